"""The errors of storage and search.

SearchError
├── QuerySyntaxError   what a person typed can't be read; `position` points at the place
├── EngineError        the index is missing, damaged, of another version or away
│   ├── LockedError    another process is writing to it
│   └── AwayError      it can't be used now, for a reason outside this program
├── ArchiveError       the archive is missing, locked or of another version
└── UnreadableError    what is stored of one thing makes no sense; all else can be read
"""

from __future__ import annotations


class SearchError(Exception):
    """Root of the index floor's errors."""


class QuerySyntaxError(SearchError):
    """A query that can't be read: what was typed, where it broke, and what to do."""

    def __init__(self, query: str, position: int, message: str) -> None:
        super().__init__(message)
        self.query = query
        self.position = position
        self.message = message


class EngineError(SearchError):
    """The index can't serve."""


class LockedError(EngineError):
    """Another process is writing to the index; reading goes on."""


class AwayError(EngineError):
    """The index does not answer, or takes nothing for now: what it misses waits in the archive's outbox."""


class ArchiveError(SearchError):
    """The archive can't serve."""


class UnreadableError(SearchError):
    """What is stored of one thing makes no sense; all else can be read."""
