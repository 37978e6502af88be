"""The benchmark of standing questions still runs, and both ways find the same."""

from __future__ import annotations

import pytest

from bench import alerts


def test_the_benchmark_of_alerts_holds_a_matcher_against_a_search_each(capsys: pytest.CaptureFixture[str]) -> None:
    alerts.main(["--subscriptions", "200", "--articles", "20", "--rounds", "1"])

    printed = capsys.readouterr().out.splitlines()
    rows = {line[:42].strip(): line[42:].split() for line in printed[3:7]}
    assert rows[alerts.OURS][-1] == rows[alerts.TANTIVY][-1] != "0"
    assert float(rows[alerts.PHRASES][2]) == float(rows[alerts.ALL_WORDS][3]) == 1
