"""Fixtures of the third floor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.archive import Archive, open_archive


@pytest.fixture
def archive(archive_url: str) -> Iterator[Archive]:
    """An empty archive, in each database in turn."""
    archive = open_archive(archive_url)
    yield archive
    archive.close()
