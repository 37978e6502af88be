"""One tantivy index on disk: its lock, its commits, and what is said when it is damaged."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import tantivy

from index.errors import EngineError, LockedError

_HEAP = 80_000_000
"""Bytes that each of the two writers may hold before it writes a segment. Every search looks into each segment."""


class Collection:
    """One tantivy index on disk: its writer, taken when first needed, and a searcher that sees every commit."""

    def __init__(self, path: Path, schema: tantivy.Schema) -> None:
        self.schema = schema
        self._path = path
        self._index = open_part(path, schema)
        self._writer: tantivy.IndexWriter | None = None
        self._seen = self.stamp()

    @property
    def is_writing(self) -> bool:
        return self._writer is not None

    @property
    def writer(self) -> tantivy.IndexWriter:
        assert self._writer is not None, "start_writing comes first"
        return self._writer

    def start_writing(self) -> None:
        if self._writer is not None:
            return
        try:
            self._writer = self._index.writer(_HEAP, 1)
        except ValueError as e:
            if "LockBusy" not in str(e):
                raise damaged(self._path, e) from e
            message = f"Một tiến trình khác đang ghi vào chỉ mục {self._path.parent}. Chờ nó xong rồi chạy lại"
            raise LockedError(message) from e

    def commit(self) -> None:
        try:
            self.writer.commit()
        except (ValueError, OSError) as e:
            raise EngineError(f"Không ghi được chỉ mục {self._path.parent} ({e}). Kiểm tra chỗ trống trên đĩa") from e
        self._index.reload()
        self._seen = self.stamp()

    def searcher(self) -> tantivy.Searcher:
        """As of the last commit, whichever process made it."""
        stamp = self.stamp()
        if stamp != self._seen:
            try:
                self._index.reload()
            except (ValueError, OSError) as e:
                raise damaged(self._path, e) from e
            self._seen = stamp
        return self._index.searcher()

    def close(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            with suppress(ValueError, OSError):  # its files are gone, and with them what there was to take back
                writer.rollback()
            with suppress(ValueError, OSError):
                writer.wait_merging_threads()

    def stamp(self) -> tuple[int, int]:
        """Changes with every commit, as tantivy puts a new meta.json in the old one's place."""
        try:
            status = os.stat(self._path / "meta.json")
        except OSError as e:
            raise damaged(self._path, e) from e
        return status.st_mtime_ns, status.st_ino


def open_part(path: Path, schema: tantivy.Schema) -> tantivy.Index:
    path.mkdir(parents=True, exist_ok=True)
    try:
        return tantivy.Index(schema, str(path))
    except (ValueError, OSError) as e:
        raise damaged(path, e) from e


def damaged(path: Path, error: Exception) -> EngineError:
    reason = str(error).partition("\n")[0][:200]
    return EngineError(f"Chỉ mục {path.parent} bị hỏng ({reason}). Chạy `monitor reindex` để dựng lại từ kho lưu trữ")
