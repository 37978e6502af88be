from __future__ import annotations

import pytest

from bench import crawl


def test_the_benchmark_runs_and_prints_speed_memory_and_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    small = {"feeds": 6, "hosts": 3, "fastest": 0, "slowest": 1, "threads": 2, "rounds": 1, "polls": 1}
    options = crawl.read_options([f"--{name}={value}" for name, value in small.items()])

    crawl.compare(options)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "6 feeds on 3 hosts, 0-1 ms, 2 threads"
    assert [line.split("  ")[0] for line in lines[2:5]] == ["ours", "bare httpx", "httpx/host"]
    assert lines[5].startswith("ratio ")
