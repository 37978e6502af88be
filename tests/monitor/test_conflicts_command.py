"""`monitor conflicts` as people and programs use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.monitor.conftest import Monitor

ARTICLES = [
    {
        "url": "https://laocai.gov.vn/q1", "title": "Lào Cai: kết quả quý I", "published": "2024-04-19",
        "text": "Trong quý I/2024, tỷ lệ hồ sơ nộp trực tuyến của tỉnh Lào Cai đạt 78,4%.",
    },
    {
        "url": "https://bao.vn/q1", "title": "Lào Cai đẩy mạnh hồ sơ trực tuyến", "published": "2024-04-22",
        "text": "Quý I/2024, tỷ lệ hồ sơ nộp trực tuyến của tỉnh Lào Cai đạt 74,8%.",
    },
    {
        "url": "https://bao-b.vn/q1", "title": "Lào Cai: gần bốn phần năm hồ sơ trực tuyến", "published": "2024-04-23",
        "text": "Quý I/2024, tỷ lệ hồ sơ nộp trực tuyến của tỉnh Lào Cai đạt hơn 78%.",
    },
    {
        "url": "https://hue.gov.vn/n", "title": "Huế", "published": "2025-01-10",
        "text": "Năm 2024, tỷ lệ hồ sơ nộp trực tuyến của thành phố Huế đạt 80,6%.",
    },
]  # fmt: skip


@pytest.fixture
def filled(monitor: Monitor) -> Monitor:
    done = monitor("ingest", "-", stdin="\n".join(json.dumps(article) for article in ARTICLES))
    assert done.returncode == 0, done.stderr
    return monitor


def test_a_table_for_people(filled: Monitor) -> None:
    done = filled("conflicts")

    assert done.returncode == 0
    assert "1. Tỷ lệ hồ sơ nộp trực tuyến · Lào Cai · quý I/2024" in done.stdout
    assert done.stdout.index("laocai.gov.vn") < done.stdout.index("bao.vn")
    assert "khác nhau, chưa rõ vì sao" in done.stdout
    assert "hơn 78% (làm tròn)" in done.stdout


def test_json_and_csv_for_programs(filled: Monitor) -> None:
    (found,) = json.loads(filled("conflicts", "--json").stdout)
    rows = filled("conflicts", "--csv").stdout.splitlines()

    assert (found["indicator"], found["entity"], found["reason"]) == (
        "online_services.online_dossier_rate", "Lào Cai", "different",
    )  # fmt: skip
    assert [claim["value"] for claim in found["claims"]] == [78.4, 74.8, 78]
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--place", "lao cai"], 1),
        (["--place", "Huế"], 0),
        (["--indicator", "online_services.online_dossier_rate"], 1),
        (["--indicator", "hồ sơ nộp trực tuyến"], 1),
        (["--indicator", "ho so nop truc tuyen", "--limit", "1"], 1),
    ],
)
def test_it_is_narrowed_by_place_and_indicator(filled: Monitor, options: list[str], count: int) -> None:
    assert len(json.loads(filled("conflicts", "--json", *options).stdout)) == count


@pytest.mark.parametrize("options", [["--place", "Atlantis"], ["--indicator", "không có"]])
def test_what_is_not_there_is_told_in_one_line(filled: Monitor, options: list[str]) -> None:
    done = filled("conflicts", *options)

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert options[1] in done.stderr


def test_a_store_without_contradictions_says_so(filled: Monitor) -> None:
    done = filled("conflicts", "--place", "Huế")

    assert (done.returncode, done.stdout) == (0, "")
    assert "Không thấy số liệu nào mâu thuẫn" in done.stderr


def test_an_empty_store_says_how_to_fill_it(monitor: Monitor, tmp_path: Path) -> None:
    done, as_json = monitor("conflicts"), monitor("conflicts", "--json", "--place", "Huế")

    assert (done.returncode, done.stdout) == (0, "")
    assert "up --demo" in done.stderr
    assert as_json.stdout == "[]\n"
