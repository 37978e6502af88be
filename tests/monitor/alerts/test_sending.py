"""Digests on their way, to a real mail server and a real webhook receiver that also misbehave."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from index.standing.alert_records import Channel, Delivery, QuietHours
from monitor.alerts.cutting import cut_due
from monitor.alerts.matching import Matching
from monitor.alerts.scheduler import send_now
from monitor.alerts.sending import GIVE_UP_AFTER, send_due
from monitor.assembly import Desk, make_mailer
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.mail import Answer, Mailer
from tests.index.alert_makers import MAIL, a_subscription, store
from tests.monitor.alerts.makers import a_desk, a_post
from tests.monitor.mail_server import DROP, DROP_TAKEN, MailServer
from tests.monitor.test_webhooks import Receiver, answers, receiver

__all__ = ["receiver"]

NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
"""Ten in the morning in Vietnam."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LAN, MINH = MAIL, Channel(kind="mail", address="minh@tinh.example")


@pytest.fixture
def desk(server: MailServer, tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path, smtp_port=server.port) as desk:
        yield desk


def news(desk: Desk, *paths: str) -> None:
    """Articles come in, and are cut into digests for those who get them at once."""
    store(desk.archive, *paths)
    Matching().run(desk, NOW)
    cut_due(desk, NOW)


def subscribe(desk: Desk, key: str = "s1", *channels: Channel, **fields: Any) -> None:
    desk.archive.alerts.add(a_subscription(key, channels=channels or (LAN,), **fields))


def send(desk: Desk, now: datetime = NOW, **parts: Any) -> dict[str, int]:
    return dict(send_due(desk, a_post(desk, **parts), now).states)


def delivery(desk: Desk) -> Delivery:
    (found,) = desk.archive.alerts.deliveries()
    return found


def state_of(desk: Desk, key: str = "s1") -> tuple[str, str | None]:
    subscription = desk.archive.alerts.subscription(key)
    assert subscription is not None
    return subscription.state, subscription.reason


# --- the usual


def test_each_subscriber_gets_what_is_new_once(desk: Desk, server: MailServer) -> None:
    subscribe(desk, "s1")
    subscribe(desk, "s2", MINH)
    news(desk, "a", "b")

    assert [send(desk), send(desk)] == [{"sent": 2}, {}]

    assert sorted(recipient for recipient, _ in server.taken) == [LAN.address, MINH.address]
    assert all(len(message.get_content().split()) == 2 for _, message in server.taken)
    assert server.connections == 1
    assert {one.message_id for one in desk.archive.alerts.deliveries()} == set(server.ids)


def test_a_digest_goes_out_on_each_channel(desk: Desk, server: MailServer, receiver: Receiver, tmp_path: Path) -> None:
    folder = Channel(kind="folder", address=str(tmp_path / "thử"))
    webhook = Channel(kind="webhook", address=receiver.url, secret="bí mật", template='{"nội dung": "{articles}"}')
    subscribe(desk, "s1", LAN, folder, webhook, Channel(kind="atom"))
    news(desk, "a")

    assert send(desk) == {"sent": 3}

    ((_, mail),) = server.taken
    (file,) = (tmp_path / "thử").iterdir()
    written = message_from_bytes(file.read_bytes())
    ((headers, body),) = receiver.got
    assert mail.get_content().strip() == str(written.get_payload()).strip()
    assert body.decode() == f'{{"nội dung":["{mail.get_content().strip()}"]}}'
    assert headers["webhook-id"] in {one.message_id.strip("<>") for one in desk.archive.alerts.deliveries()}


def test_in_quiet_hours_what_waits_waits_for_their_end(desk: Desk) -> None:
    subscribe(desk)
    news(desk, "a")
    subscription = desk.archive.alerts.subscription("s1")
    assert subscription is not None
    quiet = QuietHours(start=time(9), end=time(11))
    desk.archive.alerts.change(a_subscription(quiet=quiet, next_due_at=subscription.next_due_at))

    assert send(desk) == {}
    assert send(desk, NOW + 59 * MINUTE) == {}
    assert (delivery(desk).attempts, delivery(desk).answer) == (0, None)
    assert send(desk, NOW + 60 * MINUTE) == {"sent": 1}


def test_a_person_may_send_to_one_subscriber_whatever_the_hour(desk: Desk, server: MailServer) -> None:
    subscribe(desk, "s1", quiet=QuietHours(start=time(9), end=time(11)))
    subscribe(desk, "s2", MINH, quiet=QuietHours(start=time(9), end=time(11)))
    store(desk.archive, "a")

    done = send_now(desk, "s1", NOW, matching=Matching(), post=a_post(desk))

    assert (done.matched.found, done.digests, dict(done.sent.states)) == (2, 1, {"sent": 1})
    assert [recipient for recipient, _ in server.taken] == [LAN.address]


# --- a server that misbehaves


def test_greylisting_costs_some_minutes(desk: Desk, server: MailServer) -> None:
    subscribe(desk)
    news(desk, "a")
    server.rule("RCPT", LAN.address, "451 4.7.1 Greylisted")

    assert send(desk) == {"waiting": 1}
    assert (delivery(desk).attempts, delivery(desk).answer) == (1, "451 4.7.1 Greylisted")
    assert [send(desk, NOW + 4 * MINUTE), send(desk, NOW + 5 * MINUTE)] == [{}, {"sent": 1}]
    assert delivery(desk).answer == "250 2.0.0 OK"


def test_tries_become_rarer_and_end_after_two_days(desk: Desk, server: MailServer) -> None:
    subscribe(desk)
    news(desk, "a")
    server.rule("RCPT", LAN.address, *["452 4.2.2 Mailbox full"] * 100)
    tries, now = [], NOW
    while delivery(desk).state == "waiting":
        send(desk, now)
        tries.append(now - NOW)
        now = delivery(desk).next_try_at

    gaps = [int((later - earlier) / MINUTE) for earlier, later in pairwise(tries)]
    assert gaps[:7] == [5, 10, 20, 40, 80, 160, 240]
    assert set(gaps[6:]) == {240}
    assert GIVE_UP_AFTER <= tries[-1] < GIVE_UP_AFTER + 240 * MINUTE
    assert delivery(desk).state == "refused"
    assert delivery(desk).answer == f"452 4.2.2 Mailbox full (đã thử {len(tries)} lần)"
    assert state_of(desk) == ("active", None), "the next digest tries again"


def test_a_dead_mailbox_pauses_its_subscription_and_says_why(desk: Desk, server: MailServer) -> None:
    subscribe(desk)
    subscribe(desk, "s2", MINH)
    news(desk, "a")
    server.rule("RCPT", LAN.address, "550 5.1.1 User unknown")

    assert send(desk) == {"refused": 1, "sent": 1}

    assert state_of(desk) == ("paused", "lan@tinh.example không nhận nữa: 550 5.1.1 User unknown")
    news(desk, "b")
    assert send(desk) == {"sent": 1}
    desk.archive.alerts.set_state("s1", "active", NOW)
    cut_due(desk, NOW)
    assert send(desk) == {"sent": 1}, "what came while we had paused it is told"


def test_a_message_that_is_refused_is_not_sent_again(desk: Desk, server: MailServer) -> None:
    subscribe(desk)
    news(desk, "a")
    server.rule("END", LAN.address, "554 5.7.1 Looks like spam")

    assert [send(desk), send(desk, NOW + 7 * DAY)] == [{"refused": 1}, {}]
    assert state_of(desk) == ("active", None)


@pytest.mark.parametrize(("rule", "arrived"), [(DROP, 0), (DROP_TAKEN, 1)])
def test_a_delivery_without_an_answer_is_unknown_and_the_next_digest_says_so(
    desk: Desk, server: MailServer, rule: str, arrived: int
) -> None:
    subscribe(desk)
    news(desk, "a")
    server.rule("END", LAN.address, rule)

    assert [send(desk), send(desk, NOW + DAY)] == [{"unknown": 1}, {}]
    assert len(server.taken) == arrived
    news(desk, "b")
    assert send(desk) == {"sent": 1}

    _, last = server.taken[-1]
    assert last.get_content().startswith("kỳ 1 có thể chưa đến\n")
    news(desk, "c")
    send(desk)
    assert "chưa đến" not in server.taken[-1][1].get_content()


def test_a_person_may_send_what_is_unknown_again_under_the_same_id(desk: Desk, server: MailServer) -> None:
    subscribe(desk)
    news(desk, "a")
    server.rule("END", LAN.address, DROP)
    send(desk)

    assert desk.archive.alerts.send_again(delivery(desk).id, NOW) is not None
    assert send(desk) == {"sent": 1}
    assert dict(server.ids) == {delivery(desk).message_id: 1}


def test_a_server_that_is_away_is_no_try_of_any_message(desk: Desk, server: MailServer) -> None:
    for key in ("s1", "s2", "s3"):
        subscribe(desk, key)
    news(desk, "a")
    server.rule("MAIL", "*", "530 5.7.0 Log in first")

    done = send_due(desk, a_post(desk), NOW)

    assert (dict(done.states), list(done.closed)) == ({}, ["mail"])
    assert server.commands == ["MAIL diem-tin@tinh.example"], "it is asked once, not for each message"
    assert {(one.state, one.attempts) for one in desk.archive.alerts.deliveries()} == {("waiting", 0)}
    assert "530 5.7.0 Log in first" in (desk.archive.alerts.counts().last_answer or "")
    assert [send(desk, NOW + MINUTE), send(desk, NOW + 2 * MINUTE)] == [{}, {"sent": 3}]


def test_without_a_mail_server_mail_waits_and_the_rest_goes(tmp_path: Path) -> None:
    with a_desk(tmp_path / "store") as desk:
        subscribe(desk, "s1", LAN, Channel(kind="folder", address=str(tmp_path / "thư")))
        news(desk, "a")

        assert send(desk) == {"sent": 1}
        assert "MONITOR_SMTP_URL" in (desk.archive.alerts.counts().last_answer or "")


def test_a_server_whose_address_can_not_be_read_lets_mail_wait(desk: Desk) -> None:
    subscribe(desk)
    news(desk, "a")

    def open_mailer() -> Mailer:
        return make_mailer(Config(smtp_url=SecretStr("thu.tinh.example"), mail_from="a@tinh.example"))

    assert send(desk, open_mailer=open_mailer) == {}
    assert (delivery(desk).state, delivery(desk).attempts) == ("waiting", 0)
    assert "MONITOR_SMTP_URL không đọc được" in (delivery(desk).answer or "")


def test_a_dead_mailbox_is_tried_once_a_round(desk: Desk, server: MailServer) -> None:
    subscribe(desk)
    news(desk, "a")
    news(desk, "b")
    server.rule("RCPT", LAN.address, "550 5.1.1 User unknown", "550 5.1.1 User unknown")

    assert send(desk) == {"refused": 1}
    assert [one.state for one in desk.archive.alerts.deliveries()] == ["waiting", "refused"]


def test_a_folder_that_can_not_be_written_is_tried_again_and_holds_up_no_other(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    subscribe(desk, "s1", Channel(kind="folder", address=str(tmp_path / "tệp" / "a")))
    subscribe(desk, "s2", Channel(kind="folder", address=str(tmp_path / "b")))
    news(desk, "a")

    assert send(desk) == {"waiting": 1, "sent": 1}


# --- webhooks


def test_a_webhook_is_tried_again_when_it_wants_to_be(desk: Desk, receiver: Receiver) -> None:
    subscribe(desk, "s1", Channel(kind="webhook", address=receiver.url))
    news(desk, "a")
    receiver.replies += [answers(429, Retry_After="3600"), answers(500)]

    sent = [send(desk, NOW + minutes * MINUTE) for minutes in (0, 59, 60, 69, 70)]

    assert sent == [{"waiting": 1}, {}, {"waiting": 1}, {}, {"sent": 1}]
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


def test_a_webhook_that_is_gone_pauses_its_subscription_without_telling_its_address(
    desk: Desk, receiver: Receiver
) -> None:
    subscribe(desk, "s1", Channel(kind="webhook", address=receiver.url))
    news(desk, "a")
    receiver.replies.append(answers(410))

    assert send(desk) == {"refused": 1}
    assert state_of(desk) == ("paused", "webhook không nhận nữa: HTTP 410")


def test_a_template_that_can_not_be_filled_is_refused_with_the_reason(desk: Desk, receiver: Receiver) -> None:
    subscribe(desk, "s1", Channel(kind="webhook", address=receiver.url, template='{"a": "{sai}"}'))
    news(desk, "a")

    assert send(desk) == {"refused": 1}
    assert "{sai}" in (delivery(desk).answer or "")


# --- what is not the server's fault


def test_a_digest_that_can_not_be_written_stops_no_other(
    desk: Desk, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    subscribe(desk, "s1")
    subscribe(desk, "s2", MINH)
    news(desk, "a")
    write = a_post(desk).write_message

    def breaks(desk: Desk, subscription: Any, *rest: Any, **named: Any) -> Any:
        if subscription.id == "s1":
            raise ZeroDivisionError("chia cho không")
        return write(desk, subscription, *rest, **named)

    with caplog.at_level(logging.ERROR):
        assert send(desk, write_message=breaks) == {"waiting": 1, "sent": 1}
    assert "ZeroDivisionError" in caplog.text
    (kept,) = desk.archive.alerts.deliveries(subscription_id="s1")
    assert kept.answer == "chưa soạn được điểm tin này (ZeroDivisionError: chia cho không)"
    assert send(desk, NOW + 5 * MINUTE) == {"sent": 1}


def test_a_subscription_whose_hours_can_not_be_reckoned_stops_no_other(desk: Desk, server: MailServer) -> None:
    subscribe(desk, "s1")
    subscribe(desk, "s2", MINH)
    news(desk, "a")
    broken = desk.archive.alerts.subscription("s1")
    assert broken is not None
    night = QuietHours(start=time(22), end=time(6))
    desk.archive.alerts.change(replace(broken, timezone="Châu Á/Hà Nội", quiet=night))

    assert send(desk) == {"waiting": 1, "sent": 1}


def test_what_no_try_will_mend_is_refused(desk: Desk) -> None:
    subscribe(desk)
    news(desk, "a")

    def refuses(*_: Any, **__: Any) -> Any:
        raise MonitorError("địa chỉ không đứng được trong thư")

    assert send(desk, write_message=refuses) == {"refused": 1}
    assert delivery(desk).answer == "địa chỉ không đứng được trong thư"


def test_a_bug_after_the_message_was_given_away_leaves_it_unknown(desk: Desk) -> None:
    class Breaks:
        def send(self, message: Any, to: str, *, handing_over: Any) -> Answer:
            handing_over()
            raise ZeroDivisionError

        def close(self) -> None:
            pass

    subscribe(desk)
    news(desk, "a")
    mailer: Mailer = Breaks()

    assert send(desk, open_mailer=lambda: mailer) == {"unknown": 1}


def test_what_another_sender_has_taken_is_left_to_it(desk: Desk, server: MailServer) -> None:
    subscribe(desk)
    news(desk, "a")
    write = a_post(desk).write_message

    def is_overtaken(*given: Any, **named: Any) -> Any:
        desk.archive.alerts.hand_over(delivery(desk).id, NOW)
        return write(*given, **named)

    assert send(desk, write_message=is_overtaken) == {}
    assert server.taken == []


def test_whoever_is_to_stop_stops_between_two_messages(desk: Desk) -> None:
    for number in range(5):
        subscribe(desk, f"s{number}")
    news(desk, "a")
    asked = iter([False, False, True])

    first = send_due(desk, a_post(desk), NOW, is_over=lambda: next(asked))
    rest = send_due(desk, a_post(desk), NOW)

    assert (dict(first.states), first.is_cut_short) == ({"sent": 2}, True)
    assert (dict(rest.states), rest.is_cut_short) == ({"sent": 3}, False)
