"""One sender at a time for a database, whichever processes and machines open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select

from index.database import translated_errors

_KEY = 7_204_110_711
"""Our name for the lock among PostgreSQL's advisory locks, which are numbers."""


@contextmanager
def sender_lock(engine: Engine) -> Iterator[bool]:
    """Whether we are the sender now; the lock ends with the block, and with the process however it ends."""
    if engine.dialect.name == "sqlite":
        with _file_lock(engine.url.database) as is_ours:
            yield is_ours
    else:
        with _advisory_lock(engine) as is_ours:
            yield is_ours


@contextmanager
def _file_lock(database: str | None) -> Iterator[bool]:
    if not database or database == ":memory:":
        yield True  # nobody else can open it
        return
    lock = FileLock(Path(database).with_name("alerts.lock"))
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def _advisory_lock(engine: Engine) -> Iterator[bool]:
    """Held by a connection that stays open: the server lets go of it when the connection is gone."""
    with translated_errors(engine.url), engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        is_ours = bool(connection.scalar(select(func.pg_try_advisory_lock(_KEY))))
        try:
            yield is_ours
        finally:
            if is_ours:
                connection.execute(select(func.pg_advisory_unlock(_KEY)))
