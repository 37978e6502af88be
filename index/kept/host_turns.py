"""Turns at hosts, kept on the archive's server: over all processes and machines one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from index.database import make_engine, translated_errors

_KIND = 0x686F7374
"""Sets these locks apart from the writers' one."""
_LOOK_AGAIN = 0.2
"""Seconds between two tries for a turn that somebody else has."""


class HostTurns:
    """Advisory locks by host on one connection; whoever dies gives them back, as its connection ends.

    Called from many threads. A process must keep its own threads apart by host: to the server they are one.
    """

    def __init__(self, url: str) -> None:
        self._engine: Engine = make_engine(url)
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    @contextmanager
    def turn(self, host: str, pause: Callable[[float], None]) -> Iterator[None]:
        """Wait for the host's turn, and have it. ArchiveError when the server is away.

        `pause` waits so many seconds, and may raise to give up.
        """
        while not self._ask("SELECT pg_try_advisory_lock(:kind, hashtext(:host))", host):
            pause(_LOOK_AGAIN)
        try:
            yield
        finally:
            self._ask("SELECT pg_advisory_unlock(:kind, hashtext(:host))", host)

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._engine.dispose()

    def _ask(self, question: str, host: str) -> bool:
        with self._lock, translated_errors(self._engine.url):
            if self._connection is None or self._connection.invalidated:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            return bool(self._connection.scalar(text(question), {"kind": _KIND, "host": host}))
