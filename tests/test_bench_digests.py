"""The benchmark of digests still runs."""

from __future__ import annotations

import pytest

from bench import digests


def test_the_benchmark_of_digests_measures_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    digests.main(["--articles", "3", "--rounds", "1"])

    head, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("3 articles in 3 stories")
    assert [row.split("  ")[0] for row in rows] == [
        "reading the stores", "composing", "rendering", "composing + rendering", "the whole message",
    ]  # fmt: skip
    assert all(" ms" in row for row in rows)
