"""The commands on Elasticsearch: they work, and say in a line when it is away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor.cli import run
from monitor.config import Config
from tests.monitor.conftest import Monitor, elastic_environment, free_ports

TEXT = "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt {}%, tăng 7,7 điểm % so với năm 2024."


class Said(NamedTuple):
    """What a command ended with and printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run `monitor …` with a store's settings as variables."""

    def command(config: Config, *arguments: str) -> Said:
        for name, value in elastic_environment(config).items():
            if name.startswith("MONITOR_"):
                monkeypatch.setenv(name, value)
        code = run(list(arguments))
        return Said(code, *capsys.readouterr())

    return command


def test_the_commands_work_on_elastic(elastic_config: Config, command: Callable[..., Said], tmp_path: Path) -> None:
    lines = [
        {"url": f"https://a.vn/{n}", "title": f"Tin {n}", "text": TEXT.format(80 + n), "published": f"2026-0{n}-01"}
        for n in (1, 2, 3)
    ]
    (tmp_path / "tin.jsonl").write_text("\n".join(map(json.dumps, lines)))

    assert command(elastic_config, "ingest", str(tmp_path / "tin.jsonl")).code == 0
    found = json.loads(command(elastic_config, "search", "hồ sơ trực tuyến", "--json").out)
    figures = json.loads(command(elastic_config, "figures", "", "--place", "Huế", "--json").out)
    again = command(elastic_config, "reindex", "--engine", "elasticsearch")
    doctor = command(elastic_config, "doctor")
    dropped = command(elastic_config, "reindex", "--drop-old")

    assert (found["total"], found["facets"]["month"]) == (3, {"2026-01": 1, "2026-02": 1, "2026-03": 1})
    assert len(figures) >= 3
    assert again.out == "Đã lập chỉ mục 3 bài trên Elasticsearch.\n"
    assert "--drop-old" in again.err
    assert doctor.code == 0, doctor.out
    assert f"✓ Máy tìm kiếm: Elasticsearch 9.5.0 tại {elastic_config.elasticsearch_url}, tốt" in doctor.out
    assert f"{elastic_config.elasticsearch_prefix}-articles-000002" in doctor.out
    assert f"{elastic_config.elasticsearch_prefix}-articles-000001" in dropped.out


def test_a_command_says_in_one_line_that_elastic_is_away(
    elastic_away: Config, command: Callable[..., Said], tmp_path: Path
) -> None:
    line = {"url": "https://a.vn/1", "title": "Tin", "text": TEXT.format(80)}
    (tmp_path / "tin.jsonl").write_text(json.dumps(line))

    kept = command(elastic_away, "ingest", str(tmp_path / "tin.jsonl"))
    found = command(elastic_away, "search", "hồ sơ")
    doctor = command(elastic_away, "doctor")

    assert kept.code == 0
    assert "1 bài chờ vào chỉ mục" in kept.err
    assert (found.code, found.err.count("\n")) == (1, 1)
    assert "Không kết nối được Elasticsearch" in found.err
    assert doctor.code == 1
    assert "✗ Máy tìm kiếm: Không kết nối được" in doctor.out


def test_a_reindex_on_elastic_needs_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MONITOR_ELASTICSEARCH_URL", raising=False)

    assert run(["--data", str(tmp_path), "reindex", "--engine", "elasticsearch"]) == 1
    assert "MONITOR_ELASTICSEARCH_URL" in capsys.readouterr().err


READING = (
    ("search", "hồ sơ trực tuyến", "--json", "--limit", "100"),
    ("search", "bao OR so", "--json", "--limit", "100", "--sort", "newest"),
    ("search", '"dịch vụ công trực tuyến"', "--csv", "--sort", "newest"),
    ("search", "số", "--topic", "security", "--since", "2025-01-01", "--json"),
    ("figures", "", "--json"),
    ("figures", "hồ sơ unit:%", "--csv"),
    ("series", "online_services.full_online_rate", "--json"),
    ("series", "online_services.full_online_rate", "--place", "Lào Cai", "--place", "Huế", "--csv"),
    ("conflicts", "--json"),
    ("conflicts", "--place", "Huế", "--json"),
)


@pytest.mark.slow
def test_what_the_commands_say_of_the_demo_is_the_same_on_elastic_and_on_tantivy(
    elastic_config: Config, command: Callable[..., Said], monitor: Monitor
) -> None:
    made = monitor("up", "--demo", "--once", "--demo-port", str(free_ports()), data=elastic_config.data)
    on_tantivy = [monitor(*reading, data=elastic_config.data).stdout for reading in READING]
    rebuilt = command(elastic_config, "reindex")
    on_elastic = [command(elastic_config, *reading).out for reading in READING]

    assert (made.returncode, rebuilt.code) == (0, 0), made.stderr + rebuilt.err
    for reading, ours, theirs in zip(READING, on_elastic, on_tantivy, strict=True):
        assert len(theirs) > 200, reading
        assert ours == theirs, reading
