"""A subscription of which what is stored makes no sense: the others are served, and somebody is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from index.standing.alert_records import Channel
from monitor.alerts.cutting import cut_due
from monitor.alerts.matching import Matching
from monitor.alerts.scheduler import run_due
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from tests.index.alert_makers import a_subscription, store
from tests.index.makers import NOON
from tests.index.standing.test_unreadable import damage
from tests.monitor.alerts.makers import a_desk, a_post
from tests.monitor.conftest import Monitor

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(archive_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Two that are told in a folder each, in each database in turn."""
    with open_desk(Config(data=tmp_path / "store", database_url=SecretStr(archive_url))) as desk:
        subscribe(desk, tmp_path)
        yield desk


def subscribe(desk: Desk, folder: Path) -> None:
    for key in ("s1", "s2"):
        desk.archive.alerts.add(a_subscription(key, channels=(Channel(kind="folder", address=str(folder / key)),)))


def test_a_round_serves_the_others(desk: Desk, tmp_path: Path) -> None:
    damage(desk.archive, "s1", "schedule", "{}")
    store(desk.archive, "a")

    done = run_due(desk, NOON, matching=Matching(), post=a_post(desk))

    assert (done.matched.found, done.digests, dict(done.sent.states)) == (1, 1, {"sent": 1})
    assert [path.name for path in tmp_path.iterdir() if path.name in ("s1", "s2")] == ["s2"]


def test_what_waits_to_be_sent_for_it_waits_with_the_reason_and_goes_out_when_it_is_mended(desk: Desk) -> None:
    store(desk.archive, "a")
    Matching().run(desk, NOON)
    cut_due(desk, NOON)
    damage(desk.archive, "s1", "quiet", '{"start": 5}')

    first = run_due(desk, NOON, matching=Matching(), post=a_post(desk))
    (waits,) = desk.archive.alerts.deliveries(subscription_id="s1")
    damage(desk.archive, "s1", "quiet", "null")
    second = run_due(desk, NOON + 2 * HOUR, matching=Matching(), post=a_post(desk))

    assert (dict(first.sent.states), dict(second.sent.states)) == ({"sent": 1}, {"sent": 1})
    assert (waits.state, waits.attempts) == ("waiting", 0)
    assert "không đọc được theo dõi s1" in (waits.answer or "")


def test_wherever_one_looks_it_is_named_with_the_reason_and_it_can_be_removed(monitor: Monitor, tmp_path: Path) -> None:
    with a_desk(tmp_path / "store") as desk:
        subscribe(desk, tmp_path)
        damage(desk.archive, "s1", "channels", '[{"kind": "mail", "nơi": "x"}]')
        store(desk.archive, "a")

    done, listed, doctor = monitor("digest", "--due"), monitor("alerts", "list"), monitor("doctor").stdout
    as_json = monitor("alerts", "list", "--json")

    said = "theo dõi s1 “Chuyển đổi số” của lan không đọc được trong kho lưu trữ nên bị bỏ qua (TypeError: "
    assert "1 điểm tin mới; lượt gửi: 1 đã gửi" in done.stdout
    assert (done.returncode, listed.returncode) == (1, 0)
    for told in (done.stderr, listed.stderr, doctor, as_json.stderr):
        assert said in told
    assert listed.stderr.endswith(" alerts remove s1\n")
    assert any(
        line.startswith("s1 ") and line.rstrip().endswith("không đọc được") for line in listed.stdout.splitlines()
    )
    assert [one["id"] for one in json.loads(as_json.stdout)] == ["s2"]

    assert monitor("alerts", "pause", "s1").returncode == 1
    assert monitor("alerts", "remove", "s1").stdout == "Đã hủy s1, theo dõi không đọc được.\n"
    assert said not in monitor("doctor").stdout
