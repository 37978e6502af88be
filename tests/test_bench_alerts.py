"""The benchmark of standing questions still runs, and both ways find the same."""

from __future__ import annotations

import pytest

from bench import alerts


def test_the_benchmark_of_alerts_holds_a_matcher_against_a_search_each(capsys: pytest.CaptureFixture[str]) -> None:
    alerts.main(["--subscriptions", "200", "--articles", "20", "--rounds", "1"])

    printed = capsys.readouterr().out.splitlines()
    rows = {line[:26].strip(): line[26:].split() for line in printed[2:5]}
    assert rows["Matcher"][-1] == rows["a search each (tantivy)"][-1] != "0"
    assert float(rows["pyahocorasick alone"][2]) == 1
