"""The queue's tables: procrastinate's own schema, made once and brought up to date by its own migrations."""

from __future__ import annotations

from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager

from index.postgres import conninfo
from monitor.errors import MonitorError

_LOCK = 0x766E_6D6F_6E32
_MADE = (  # asked of the catalogue's rows: to_regclass may know only what was there before we waited for the lock
    "SELECT obj_description(oid, 'pg_class') FROM pg_class WHERE relname = 'procrastinate_jobs' AND pg_table_is_visible(oid)"
)


def ensure_schema(url: str) -> None:
    """Make the queue's tables where they are missing, or older than the library. One process does it, others wait."""
    steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"), key=lambda step: step.name)
    newest = steps[-1].stem
    try:
        with psycopg.connect(conninfo(url)) as connection:
            if _is_made(connection) == (True, newest):
                return
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            is_there, mark = _is_made(connection)
            if not is_there:
                connection.execute(SchemaManager.get_schema())
            for step in steps if is_there and mark else ():
                if step.stem > (mark or ""):
                    connection.execute(step.read_text("utf-8").encode())
            connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{newest}'".encode())
    except psycopg.Error as e:
        raise MonitorError(f"không lập được hàng đợi trên PostgreSQL ({str(e).partition(chr(10))[0]})") from e


def _is_made(connection: psycopg.Connection) -> tuple[bool, str | None]:
    """Whether the tables are there, and the last migration that they have seen."""
    row = connection.execute(_MADE).fetchone()
    return (False, None) if row is None else (True, row[0])
