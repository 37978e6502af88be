"""Both databases that an archive may lie in, each with one of its own for a test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from index.archive import open_archive
from tests.postgres_server import PostgresServer, a_database

DATABASES = ("sqlite", "postgresql")
_NUMBER = count(1)
_MADE: dict[str, str] = {}
"""The database that holds the tables, and nothing in them, by the server's folder: a copy of it is quicker than the migrations."""


@contextmanager
def archive_at(database: str, request: pytest.FixtureRequest, folder: Path, *, empty: bool = False) -> Iterator[str]:
    """The address of an archive of this test's own: its tables are there, unless it is to be `empty`."""
    if database == "sqlite":
        yield f"sqlite:///{folder}/new folder/archive.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with a_database(server, unique_name("archive"), template="template0" if empty else _with_tables(server)) as url:
        yield url


def _with_tables(server: PostgresServer) -> str:
    key = str(server.folder)
    if key not in _MADE:
        name = unique_name("tables")
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        open_archive(server.url(name)).close()
        _MADE[key] = name
    return _MADE[key]


def unique_name(what: str) -> str:
    """A name that no other test of this run gives to a database or a role: they share the server."""
    return f"{what}-{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}-{next(_NUMBER)}"
