"""What the doctor says of alerts."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from index.records import NewArticle
from index.standing.alert_records import Channel, Condition, Schedule
from monitor.alerts.checkup import look_at_alerts
from monitor.alerts.matching import Matching
from monitor.alerts.scheduler import run_due
from monitor.config import Config
from tests.index.alert_makers import a_subscription, store
from tests.index.makers import NOON, a_metric, an_annotation, an_article
from tests.monitor.alerts.makers import SENDER, a_desk, a_post
from tests.monitor.conftest import Monitor
from tests.monitor.mail_server import DROP, MailServer, serving


def looked(desk: Any, **settings: Any) -> dict[str, tuple[bool | None, str]]:
    config = Config(data=desk.config.data, **settings)
    return {about: (is_good, said) for is_good, about, said in look_at_alerts(config, desk.archive.alerts)}


def test_without_subscriptions_there_is_one_line(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        assert looked(desk) == {"Theo dõi": (True, "chưa có. Thêm: monitor alerts add")}


def test_each_state_is_counted_and_what_to_do_is_said(tmp_path: Path) -> None:
    with serving(MailServer()) as server, a_desk(tmp_path, smtp_port=server.port) as desk:
        for number, name in enumerate(("a", "b", "c", "d")):
            to = Channel(kind="mail", address=f"{name}@tinh.example")
            desk.archive.alerts.add(a_subscription(f"s{number}", channels=(to,)))
        desk.archive.alerts.add(a_subscription("s9", state="unconfirmed"))
        server.rule("RCPT", "a@tinh.example", "550 5.1.1 No such user")
        server.rule("RCPT", "b@tinh.example", "451 4.7.1 Greylisted")
        server.rule("END", "c@tinh.example", DROP)
        store(desk.archive, "x")
        run_due(desk, NOON, matching=Matching(), post=a_post(desk))
        store(desk.archive, "y")

        found = looked(desk)

    is_good, said = found["Theo dõi"]
    assert is_good is None
    assert said.startswith("3 đang chạy, 1 chờ xác nhận, 1 tạm dừng; 1 bài mới chờ đối chiếu ở lượt tới; 1 bị dừng")
    is_good, said = found["Gửi tin"]
    assert is_good is None
    assert said.startswith("1 đã gửi; 1 đang chờ; trong đó 1 chưa gửi được")
    assert "451 4.7.1 Greylisted; 1 bị từ chối" in said
    assert "1 không rõ đã đến nơi" in said


def test_mail_that_has_no_way_is_told_with_what_to_set(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        desk.archive.alerts.add(a_subscription())

        found = looked(desk)

    assert found["Máy chủ thư"][0] is False
    assert "MONITOR_SMTP_URL" in found["Máy chủ thư"][1]
    assert found["Địa chỉ trang web"][0] is None


def test_the_mail_server_is_greeted_and_given_nothing(tmp_path: Path) -> None:
    with serving(MailServer()) as server, a_desk(tmp_path) as desk:
        url = SecretStr(f"smtp://127.0.0.1:{server.port}")
        assert looked(desk, smtp_url=url, mail_from=SENDER)["Máy chủ thư"] == (
            True, f"trả lời tốt; thư gửi từ {SENDER}",
        )  # fmt: skip
        assert (server.connections, server.commands) == (1, [])
    with a_desk(tmp_path) as desk:
        is_good, said = looked(desk, smtp_url=url, mail_from=SENDER)["Máy chủ thư"]
        assert is_good is False
        assert "không kết nối được máy chủ thư" in said


def test_the_doctor_shows_it(monitor: Monitor, tmp_path: Path) -> None:
    with a_desk(tmp_path / "store") as desk:
        desk.archive.alerts.add(a_subscription(channels=(Channel(kind="folder", address=str(tmp_path)),)))

    assert "✓ Theo dõi: 1 đang chạy\n" in monitor("doctor").stdout


def test_what_goes_wrong_again_and_again_is_told_wherever_one_looks(monitor: Monitor, tmp_path: Path) -> None:
    folder = Channel(kind="folder", address=str(tmp_path / "thu"))
    below = Condition(test="below", indicator="online_services.level4_rate", bound=Decimal(90))
    with a_desk(tmp_path / "store") as desk:
        alerts = desk.archive.alerts
        alerts.add(a_subscription("s1", query="", condition=below, channels=(folder,)))
        alerts.add(
            a_subscription("s2", timezone="Châu Á/Hà Nội", schedule=Schedule(every="hourly"), channels=(folder,))
        )
        item = NewArticle(article=an_article(title="Tin hỏng"), annotation=an_annotation(metrics=(a_metric("NaN"),)))
        (stored,) = desk.archive.store_articles([item], NOON)

    done, as_json = monitor("digest", "--due"), json.loads(monitor("digest", "--due", "--json").stdout)
    doctor, listed = monitor("doctor").stdout, monitor("alerts", "list").stdout
    shown, as_shape = (
        monitor("alerts", "show", "s2").stdout,
        json.loads(monitor("alerts", "show", "s2", "--json").stdout),
    )

    why = "theo dõi s1: AssertionError"
    held_up = f"1 bài chưa đối chiếu xong, được thử lại mỗi lượt (mới nhất: {stored.id}, {why})"
    untold = "1 theo dõi chưa soạn được điểm tin, được thử lại mỗi lượt; lý do xem ở: monitor alerts list"
    assert done.returncode == 1
    assert f"Trục trặc: {held_up}\nTrục trặc: {untold}\n" in done.stderr
    assert (as_json["matched"]["left"], as_json["troubles"]) == (1, [held_up, untold])
    assert f"! Theo dõi: 2 đang chạy; {held_up}; 1 theo dõi chưa soạn" in doctor
    assert "ZoneInfoNotFoundError" in listed
    assert "  Trục trặc: chưa soạn được điểm tin: ZoneInfoNotFoundError: 'No time zone found" in shown
    assert f"  Chưa đối chiếu xong: Tin hỏng ({why})\n" in shown
    assert as_shape["held_up"] == [{"article": stored.id, "why": why}]
    assert as_shape["trouble"].startswith("ZoneInfoNotFoundError")
