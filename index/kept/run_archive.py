"""Runs and their failures, as the archive keeps them. Reached as `archive.runs`; see index/archive.py, law 6."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Engine

from crawlers.records import Failure
from index.database import reading, writing
from index.kept import runs
from index.records import PartKey, PastFailure, Run, RunKind, RunPart


class RunArchive:
    """A method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self, now: datetime, *, kind: RunKind = "crawl", parts: Iterable[str] = ()) -> int:
        """Begin a run; with the names of its parts, one that is shared out and ends with the last of them."""
        with writing(self._engine) as connection:
            return runs.start_run(connection, now, kind, list(parts))

    def finish(self, run_id: int, counts: dict[str, int], now: datetime) -> None:
        with writing(self._engine) as connection:
            runs.finish_run(connection, run_id, counts, now)

    def count_in_part(self, part: PartKey, counts: Mapping[str, int]) -> None:
        """Add to what a part of a run has counted so far."""
        with writing(self._engine) as connection:
            runs.count_in_part(connection, part, counts)

    def finish_part(self, part: PartKey, now: datetime) -> None:
        """A part is done, and so is its run if it was the last. To say so twice changes nothing."""
        with writing(self._engine) as connection:
            runs.finish_part(connection, part, now)

    def parts(self, run_id: int) -> tuple[RunPart, ...]:
        """The parts of a run by name, with what each has counted."""
        with reading(self._engine) as connection:
            return runs.load_parts(connection, run_id)

    def latest(self, limit: int = 20, *, kind: RunKind | None = None) -> tuple[Run, ...]:
        """The newest first; of one kind, or of all."""
        with reading(self._engine) as connection:
            return runs.load_runs(connection, limit, kind)

    def record_failures(self, failures: Iterable[Failure], now: datetime, *, run_id: int | None = None) -> None:
        with writing(self._engine) as connection:
            runs.add_failures(connection, run_id, failures, now)

    def failures(self, *, run_id: int | None = None, limit: int = 100) -> tuple[PastFailure, ...]:
        """The newest first; of one run, or of all."""
        with reading(self._engine) as connection:
            return runs.load_failures(connection, run_id, limit)
