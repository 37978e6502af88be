"""The errors of the crawlers.

CrawlError
├── FetchError       a page could not be had; `reason` is one of records.FailureReason
│   └── FetchStopped the fetcher was closed meanwhile; says nothing about the page
├── ReadError        bytes came that are not what they should be
└── SourcesError     sources.toml, or a source somebody added, is wrong
"""

from __future__ import annotations

from crawlers.records import FailureReason


class CrawlError(Exception):
    """Root of the crawlers' errors."""


class FetchError(CrawlError):
    """A page could not be had."""

    def __init__(self, url: str, reason: FailureReason, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(f"{url}: {message}")
        self.url = url
        self.reason: FailureReason = reason
        self.message = message
        self.retry_after = retry_after


class FetchStopped(FetchError):  # noqa: N818 (nothing went wrong: somebody said stop)
    """The fetcher was closed before the page came; it says nothing about the page or its server."""


class ReadError(CrawlError):
    """Bytes came that are not what they should be."""

    def __init__(self, reason: FailureReason, message: str) -> None:
        super().__init__(message)
        self.reason: FailureReason = reason
        self.message = message


class SourcesError(CrawlError):
    """The catalogue of sources holds a mistake."""
