"""Which articles are to be asked again whether they changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, union_all

from index.kept.frontier import link_of
from index.kept.tables import aliases, articles, links
from index.records import Link


def load_rechecks(
    connection: Connection, source_ids: Sequence[str], *, seen_after: datetime, checked_before: datetime
) -> tuple[Link, ...]:
    """The links of articles first seen after the one moment and last checked before the other; one an article.

    The link is what opens the page; the article's own address need not (http only, "www." only).
    """
    ways = union_all(
        select(articles.c.url.label("url"), articles.c.id.label("id")), select(aliases.c.url, aliases.c.article_id)
    ).subquery()
    statement = (
        select(links, articles.c.id.label("article_id"))
        .join(ways, ways.c.url == links.c.url)
        .join(articles, articles.c.id == ways.c.id)
        .where(links.c.state == "done", links.c.source_id.in_(source_ids), links.c.source_id == articles.c.source_id)
        .where(articles.c.first_seen_at > seen_after, articles.c.checked_at < checked_before)
        .order_by(articles.c.checked_at, links.c.found_at, links.c.url)
    )
    found: dict[str, Link] = {}
    for row in connection.execute(statement):
        found.setdefault(row.article_id, link_of(row))
    return tuple(found.values())
