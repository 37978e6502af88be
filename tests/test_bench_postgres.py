"""The benchmark of several writers still runs."""

from __future__ import annotations

import pytest

from bench import writers
from tests.postgres_server import PostgresServer


@pytest.mark.slow
def test_the_benchmark_lets_one_two_and_four_write_to_each_database(
    postgres: PostgresServer, capsys: pytest.CaptureFixture[str]
) -> None:
    writers.main(["--articles", "40"])

    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [(row[0], row[1]) for row in rows] == [
        (name, count) for name in ("SQLite", "PostgreSQL") for count in ("1", "2", "4")
    ]
    assert all(float(row[3]) > 0 for row in rows)
