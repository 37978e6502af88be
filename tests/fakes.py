"""Stand-ins at the seams, and makers of records for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from crawlers.errors import FetchError
from crawlers.records import Page, Source, Validators

NOON = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)

Recorded = Page | bytes | str | FetchError | Callable[[], Page]


def a_source(**fields: Any) -> Source:
    """A source with everything filled in; name what matters to the test."""
    plain = {"id": "bao_a", "name": "Báo A", "url": "https://a.vn/rss", "kind": "feed", "outlet": "press"}
    return Source(**{**plain, "organisation": "Báo A", **fields})


class RecordedFetcher:
    """A Fetcher that answers from what was recorded, and keeps in `asked` what it was asked for.

    A recording is a page, its bytes or text, an error to raise, or something to call. As the real one, it answers
    "not modified" when it is given the body hash of what it has, and raises FetchError for what it does not know.
    """

    def __init__(self, pages: Mapping[str, Recorded], *, now: datetime = NOON) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []
        self._now = now

    def fetch(self, url: str, *, source: Source, validators: Validators | None = None) -> Page:
        self.asked.append(url)
        recorded = self.pages.get(url, FetchError(url, "http_error", "the server answers 404 (Not Found)"))
        if isinstance(recorded, FetchError):
            raise recorded
        page = self._page(url, recorded)
        if validators and validators.body_hash and validators.body_hash == page.validators.body_hash:
            return replace(page, content=b"", not_modified=True)
        return page

    def _page(self, url: str, recorded: Page | bytes | str | Callable[[], Page]) -> Page:
        if isinstance(recorded, Page):
            return recorded
        if isinstance(recorded, bytes | str):
            content = recorded.encode() if isinstance(recorded, str) else recorded
            return Page(
                url=url,
                content=content,
                fetched_at=self._now,
                validators=Validators(body_hash=hashlib.sha256(content).hexdigest()),
            )
        return recorded()
