from __future__ import annotations

import pytest

from bench import pages


def test_the_benchmark_runs_and_prints_both_sides_and_their_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    pages.compare(pages.read_options(["--quick"]))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 pages of 60 kB, CPU time, best of 1 rounds"
    assert [line.split()[0] for line in lines[1:]] == ["ours", "trafilatura", "ratio"]
    assert float(lines[3].split()[1]) > 1
