"""Puts together what sending needs: who writes a digest, and the ways that it may go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from index.standing.alert_records import Channel, Digest, Subscription
from monitor.alerts.parts import Post
from monitor.assembly import Desk, make_mailer
from monitor.config import Config
from monitor.digests.message import write_message, write_view
from monitor.digests.render import render
from monitor.digests.views import Copy, DigestView, Marked, Story
from monitor.shapes import Shape, local_time, metric_shape
from monitor.webhooks import WebhookCaller


def make_post(config: Config) -> Post:
    """The writers of digests and the ways out; nothing is connected yet."""
    return Post(
        write_message=write_message,
        write_values=write_values,
        open_mailer=cache(lambda: make_mailer(config)),  # one for all rounds, or each would begin its minute anew
        webhooks=WebhookCaller(timeout=config.timeout, allow_private=config.webhooks_to_private),
    )


def write_values(
    desk: Desk,
    subscription: Subscription,
    digest: Digest,
    *,
    message_id: str,
    now: datetime,
    uncertain: Digest | None,
    channel: Channel,
) -> Mapping[str, Any]:
    """A digest as a webhook is given it: the mail's subject and plain text, and its stories as data (docs/alerts.md)."""
    view = write_view(desk, subscription, digest, now=now, uncertain=uncertain)
    rendered = render(view, with_chart=False)
    return {
        "id": message_id.strip("<>"), "subscription": subscription.id, "name": view.name, "subject": rendered.subject,
        "text": rendered.text, **view_shape(view),
    }  # fmt: skip


def view_shape(view: DigestView) -> Shape:
    """What a digest tells, without the words around it."""
    return {
        "made_at": local_time(view.made_at), "since": local_time(view.since), "articles": view.articles,
        "uncertain_before": local_time(view.uncertain.made_at) if view.uncertain else None,
        "stories": [_story_shape(story, view) for story in view.stories], "left_out": view.left_out,
        "follow_ups": [
            {
                "article": one.article_id, "url": one.url, "title": one.title, "told_at": local_time(one.told_at),
                "copies": list(map(_copy_shape, one.copies)),
            }
            for one in view.follow_ups
        ],
        "search": view.addresses.search, "manage": view.addresses.manage,
    }  # fmt: skip


def _story_shape(story: Story, view: DigestView) -> Shape:
    return {
        "article": story.article_id, "url": story.url, "page": view.addresses.article(story.article_id),
        "title": _plain(story.title), "source": story.source, "published": local_time(story.published), "tier": story.tier,
        "sentence": _plain(story.sentence), "matched": [piece.text for piece in story.sentence if piece.marked],
        "figures": [
            {**metric_shape(figure.metric), "indicator_name": figure.name, "is_met": figure.is_met} for figure in story.figures
        ],
        "topics": list(story.topics), "places": list(story.places), "copies": list(map(_copy_shape, story.copies)),
    }  # fmt: skip


def _copy_shape(copy: Copy) -> Shape:
    return {"article": copy.article_id, "url": copy.url, "source": copy.source, "published": local_time(copy.published)}


def _plain(marked: Marked) -> str:
    return "".join(piece.text for piece in marked)
