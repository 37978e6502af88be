"""Turns at a host, over several processes: each HostTurns stands for one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from index.errors import ArchiveError
from index.kept.host_turns import HostTurns
from tests.databases import unique_name
from tests.postgres_server import PostgresServer, a_database


class NoTurnError(Exception):
    """The host is somebody else's now."""


def give_up(seconds: float) -> None:
    raise NoTurnError


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with a_database(postgres, unique_name("turns")) as url:
        yield url


def test_a_host_is_one_processs_at_a_time_and_other_hosts_are_free(url: str) -> None:
    with closing(HostTurns(url)) as mine, closing(HostTurns(url)) as theirs:
        with mine.turn("a.vn", give_up):
            with theirs.turn("b.vn", give_up):
                pass
            with pytest.raises(NoTurnError), theirs.turn("a.vn", give_up):
                pass

        with theirs.turn("a.vn", give_up):
            pass


def test_whoever_waits_has_the_turn_when_it_is_given_back(url: str) -> None:
    with closing(HostTurns(url)) as mine, closing(HostTurns(url)) as theirs:
        turn = mine.turn("a.vn", give_up)
        turn.__enter__()

        with theirs.turn("a.vn", lambda seconds: turn.__exit__(None, None, None) and None):
            pass


def test_a_process_that_dies_gives_its_turn_back(url: str) -> None:
    with closing(HostTurns(url)) as mine, closing(HostTurns(url)) as theirs:
        turn = mine.turn("a.vn", give_up)
        turn.__enter__()
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

        with theirs.turn("a.vn", give_up):
            pass

        with pytest.raises(ArchiveError):  # it learns of it when it says goodbye …
            turn.__exit__(None, None, None)
        with mine.turn("a.vn", give_up):  # … and goes on with a new connection
            pass
