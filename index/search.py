"""Archive and index together: a question ─► articles as people see them, the words marked in their own text."""

from __future__ import annotations

from index.archive import Archive
from index.base import FACETS, Hit, HitPage, Index, Query, Sort
from index.querying.highlight import Highlighter


def search(
    index: Index,
    archive: Archive,
    query: Query,
    *,
    limit: int = 10,
    sort: Sort = "relevance",
    after: str | None = None,
    with_facets: bool = True,
) -> HitPage:
    """One page of hits. An article that the archive does not hold (any more) is counted and not shown."""
    results = index.search(query, limit=limit, sort=sort, after=after, facets=FACETS if with_facets else ())
    documents = archive.documents([found.id for found in results.found], with_metrics=False)
    by_id = {document.id: document for document in documents}
    highlighter = Highlighter(query)
    hits = [
        Hit(
            id=document.id,
            url=document.url,
            title=document.title,
            published=document.published,
            source=document.source,
            topics=document.topics,
            places=document.places,
            tier=found.tier,
            highlights=highlighter.highlight(document, found.tier),
        )
        for found in results.found
        if (document := by_id.get(found.id)) is not None
    ]
    return HitPage(
        total=results.total,
        exact_total=results.exact_total,
        hits=tuple(hits),
        facets=results.facets,
        cursor=results.cursor,
    )
