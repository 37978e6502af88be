"""Two tantivy indexes, one commit: what is about to be committed to both, written down first.

tantivy commits each index by itself, so a kill between two commits would leave an article without its figures. The
journal is sealed and synced before the first commit and emptied after the last; a sealed journal found on opening is
done again, which changes nothing where it had been done. An unsealed one was never promised to anybody.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import orjson

from index.base import Document
from index.codec import Json, document_from_json, document_to_json, dumps
from index.errors import EngineError

_REPLACED = "\ufffd".encode()
_SEAL = b'{"sealed":true}\n'


class Journal:
    """Belongs to the one process that holds the index's writer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def add(self, document: Document) -> Document:
        """The document as it can be stored: without lone surrogates."""
        line = self._write({"add": document_to_json(document)})
        return document if _REPLACED not in line else document_from_json(orjson.loads(line)["add"])

    def delete(self, article_id: str) -> None:
        self._write({"delete": article_id})

    def clear(self) -> None:
        self._write({"clear": True})

    def seal(self) -> None:
        """After this, all that was written will be in the index, kill -9 or not."""
        with self._on_disk():
            file = self._open()
            file.write(_SEAL)
            file.flush()
            os.fsync(file.fileno())

    def empty(self) -> None:
        """All of it is committed."""
        with self._on_disk():
            file = self._open()
            file.truncate(0)
            file.seek(0)
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """What is not sealed is forgotten, so a disk too full to take the rest of it takes nothing away."""
        if self._file is not None:
            file, self._file = self._file, None
            with suppress(OSError):
                file.close()

    def is_sealed(self) -> bool:
        """Whether a commit was begun that may not have ended."""
        with self._on_disk():
            if not self._path.exists() or self._path.stat().st_size < len(_SEAL):
                return False
            with self._path.open("rb") as file:
                file.seek(-len(_SEAL), os.SEEK_END)
                return file.read() == _SEAL

    def unfinished(self) -> Iterator[Document | str | None]:
        """What the sealed journal holds: documents to add, ids to delete, None for "take everything out"."""
        with self._on_disk(), self._path.open("rb") as file:
            for line in file:
                entry: Json = orjson.loads(line)
                if "add" in entry:
                    yield document_from_json(entry["add"])
                elif "delete" in entry:
                    yield entry["delete"]
                elif "clear" in entry:
                    yield None

    def _open(self) -> IO[bytes]:
        if self._file is None:
            self._file = self._path.open("wb")
        return self._file

    def _write(self, entry: Json) -> bytes:
        line = dumps(entry)
        with self._on_disk():
            self._open().write(line + b"\n")
        return line

    @contextmanager
    def _on_disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as e:
            message = f"Không ghi được nhật ký {self._path} ({e.strerror}). Kiểm tra chỗ trống trên đĩa và quyền ghi"
            raise EngineError(f"{message} rồi chạy lại; không bài nào bị mất") from e
