"""The benchmark of the whole path still runs."""

from __future__ import annotations

import pytest

from bench import path


@pytest.mark.slow
def test_the_path_benchmark_compares_both_sides(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench.path", "--pages", "12", "--size", "20000"])
    monkeypatch.setattr("os.sched_setaffinity", lambda pid, cpus: None)

    path.main()

    printed = capsys.readouterr().out
    assert "times as quick" in printed
    assert "peak memory" in printed
