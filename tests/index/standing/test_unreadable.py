"""Law 5 of index/standing/alert_archive.py, in each database in turn: one row that makes no sense stops no other."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from index.archive import Archive
from index.errors import UnreadableError
from tests.index.alert_makers import a_subscription
from tests.index.makers import NOON

DAMAGES = {
    "schedule": "{}",
    "channels": '[{"kind": "mail", "nơi": "lan@tinh.example"}]',
    "condition": '{"test": "below", "indicator": "x.y", "bound": "chín mươi"}',
    "topics": "5",
    "quiet": '{"start": "25:00", "end": "06:00"}',
}


def damage(archive: Archive, key: str, column: str, value: str) -> None:
    with archive._engine.begin() as connection:
        statement = text(f"UPDATE subscriptions SET {column} = :value WHERE id = :key")
        connection.execute(statement, {"value": value, "key": key})


@pytest.mark.parametrize("column", DAMAGES)
def test_a_subscription_that_makes_no_sense_is_left_out_and_named_with_what_is_wrong(
    archive: Archive, column: str
) -> None:
    alerts = archive.alerts
    for key in ("s1", "s2", "s3"):
        alerts.add(a_subscription(key, name=f"Theo dõi {key}"))

    damage(archive, "s2", column, DAMAGES[column])

    for readable in (alerts.subscriptions(), alerts.listening(), alerts.due_subscriptions(NOON)):
        assert [one.id for one in readable] == ["s1", "s3"]
    (wrong,) = alerts.unreadable()
    assert (wrong.id, wrong.name, wrong.owner, wrong.state) == ("s2", "Theo dõi s2", "lan", "active")
    assert alerts.unreadable(owner="ai đó") == ()
    with pytest.raises(UnreadableError, match="không đọc được theo dõi s2 trong kho lưu trữ"):
        alerts.subscription("s2")
    assert alerts.subscription("s1") is not None


def test_what_is_no_json_or_no_time_is_left_out_where_the_database_takes_it(archive: Archive) -> None:
    alerts = archive.alerts
    is_sqlite = archive.server().name == "SQLite"
    for key in ("s1", "s2", "s3"):
        alerts.add(a_subscription(key))

    damage(archive, "s1", "channels", "[hỏng" if is_sqlite else "7")
    damage(archive, "s3", "made_at" if is_sqlite else "channels", "hôm qua" if is_sqlite else "7")

    assert [one.id for one in alerts.subscriptions()] == ["s2"]
    assert {one.id for one in alerts.unreadable()} == {"s1", "s3"}


def test_it_can_be_ended_as_it_is_and_is_back_when_it_is_mended(archive: Archive) -> None:
    alerts = archive.alerts
    alerts.add(a_subscription("s1"))
    alerts.add(a_subscription("s2"))
    damage(archive, "s1", "topics", "5")
    damage(archive, "s2", "topics", "5")

    assert alerts.set_state("s1", "ended", NOON, reason="đã bỏ") is None
    damage(archive, "s2", "topics", "[]")

    assert alerts.unreadable() == ()
    assert [one.id for one in alerts.unreadable(ended=True)] == ["s1"]
    assert [one.id for one in alerts.listening()] == ["s2"]
