from __future__ import annotations

import pytest

from bench import terms


def test_the_benchmark_of_terms_runs_and_finds_that_they_cost_something(capsys: pytest.CaptureFixture[str]) -> None:
    found = terms.main(["--articles", "300", "--rounds", "1"])

    assert all(value > 0 for value in found.values())
    assert "300 articles, of which" in capsys.readouterr().out
