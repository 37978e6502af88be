"""Rounds of alerts: by one at a time, in time, and going on after whatever goes wrong."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from index.standing.alert_records import Schedule
from monitor.alerts.matching import Matching
from monitor.alerts.scheduler import Scheduler, run_due
from monitor.assembly import Desk
from tests.index.alert_makers import a_subscription, store
from tests.monitor.alerts.makers import SENDER, a_desk, a_post
from tests.monitor.conftest import ROOT, free_ports, heed_ctrl_c
from tests.monitor.mail_server import MailServer

SEVEN = datetime(2026, 11, 28, 0, 0, tzinfo=UTC)


@pytest.fixture
def desk(server: MailServer, tmp_path: Path, archive_url: str) -> Iterator[Desk]:
    """A store in each database in turn."""
    with a_desk(tmp_path, smtp_port=server.port, database_url=SecretStr(archive_url)) as desk:
        yield desk


def test_a_round_matches_cuts_and_sends(desk: Desk, server: MailServer) -> None:
    desk.archive.alerts.add(a_subscription())
    store(desk.archive, "a")

    done = run_due(desk, SEVEN, matching=Matching(), post=a_post(desk))

    assert (done.matched.found, done.digests, dict(done.sent.states), done.is_busy) == (1, 1, {"sent": 1}, False)
    assert len(server.taken) == 1


def test_while_another_process_sends_only_matching_is_done(desk: Desk, server: MailServer) -> None:
    desk.archive.alerts.add(a_subscription())
    store(desk.archive, "a")

    with desk.archive.alerts.sender():
        busy = run_due(desk, SEVEN, matching=Matching(), post=a_post(desk))

    assert (busy.matched.found, busy.digests, busy.is_busy) == (1, 0, True)
    assert server.taken == []
    assert run_due(desk, SEVEN, matching=Matching(), post=a_post(desk)).digests == 1


def wait_for(server: MailServer, count: int, *, seconds: float = 10) -> bool:
    with server.changed:
        return server.changed.wait_for(lambda: len(server.taken) >= count, seconds)


def test_the_thread_sends_at_the_moment_that_is_due(desk: Desk, server: MailServer) -> None:
    desk.archive.alerts.add(a_subscription(schedule=Schedule(every="daily", at=time(7))))
    store(desk.archive, "a")
    started = datetime.now(UTC)

    def clock() -> datetime:
        """Half a second before seven when the thread starts; from then on as fast as any clock."""
        return SEVEN - timedelta(seconds=0.5) + (datetime.now(UTC) - started)

    scheduler = Scheduler(desk, matching=Matching(), post=a_post(desk), clock=clock)
    scheduler.start()
    try:
        assert wait_for(server, 1), "it is not waited for until twenty seconds are over"
    finally:
        scheduler.stop()

    (digest,) = desk.archive.alerts.digests("s1")
    assert SEVEN <= digest.made_at < SEVEN + timedelta(seconds=5)


def test_the_thread_survives_a_round_that_fails(
    desk: Desk, server: MailServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("monitor.alerts.scheduler.EVERY", 0.05)
    desk.archive.alerts.add(a_subscription())
    store(desk.archive, "a")

    class Breaks(Matching):
        rounds = 0

        def run(self, desk: Desk, now: datetime) -> Any:
            self.rounds += 1
            if self.rounds == 1:
                raise ZeroDivisionError
            return super().run(desk, now)

    scheduler = Scheduler(desk, matching=Breaks(), post=a_post(desk))
    with caplog.at_level(logging.ERROR):
        scheduler.start()
        try:
            assert wait_for(server, 1)
        finally:
            scheduler.stop()

    assert "ZeroDivisionError" in caplog.text


def test_a_restart_goes_on_where_the_last_left_off(server: MailServer, tmp_path: Path) -> None:
    with a_desk(tmp_path, smtp_port=server.port) as desk:
        desk.archive.alerts.add(a_subscription())
        store(desk.archive, "a")
        server.rule("RCPT", "*", "451 4.7.1 Greylisted")
        run_due(desk, SEVEN, matching=Matching(), post=a_post(desk))
    with a_desk(tmp_path, smtp_port=server.port) as desk:
        run_due(desk, SEVEN + timedelta(minutes=5), matching=Matching(), post=a_post(desk))

    assert len(server.taken) == 1


def test_the_thread_forgets_who_never_confirmed(desk: Desk, server: MailServer) -> None:
    desk.archive.alerts.add(a_subscription("old", state="unconfirmed", made_at=SEVEN - timedelta(days=8)))
    desk.archive.alerts.add(a_subscription("s1"))
    store(desk.archive, "a")

    scheduler = Scheduler(desk, matching=Matching(), post=a_post(desk), clock=lambda: SEVEN)
    scheduler.start()
    assert wait_for(server, 1)
    scheduler.stop()

    assert [one.id for one in desk.archive.alerts.subscriptions()] == ["s1"]


SERVE = """
import sys
from contextlib import suppress
from pathlib import Path
from monitor.assembly import open_desk
from monitor.config import Config
from monitor.serving import serve

with suppress(KeyboardInterrupt), open_desk(Config(data=Path(sys.argv[1]))) as desk:
    serve(desk, (), port=int(sys.argv[2]), demo=False, command="monitor", collect=lambda: None)
"""


def test_the_web_server_sends_alerts_until_it_is_stopped(server: MailServer, tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        desk.archive.alerts.add(a_subscription())
        store(desk.archive, "a")
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "MONITOR_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
        "MONITOR_MAIL_FROM": SENDER,
    }  # fmt: skip

    command = [sys.executable, "-c", SERVE, str(tmp_path), str(free_ports(1))]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=heed_ctrl_c
    ) as process:
        arrived = wait_for(server, 1, seconds=60)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)

    assert arrived, said
    assert "Traceback" not in said
    ((_, message),) = server.taken
    assert message["From"] == SENDER
    assert "chuyển đổi số" in str(message["Subject"])
