"""The sender of the fault test: forks one for each line it is given, so that each starts in milliseconds.

    python -m tests.monitor.alerts.fault_child

A line is a data folder, its archive's address, the mail server's port, the number of the round and, perhaps, a step at which
the sender is to kill itself, parted by tabs: "/tmp/x sqlite:////tmp/x/archive.db 2525 17", "… 18 before:settle".
The sender says its process id when it begins to work. The line "wait" waits for its end and answers with its exit status;
until then its process id is nobody else's.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.archive import Archive, open_archive
from index.standing.alert_archive import AlertArchive
from index.standing.alert_records import Channel
from monitor.alerts.matching import Matching
from monitor.alerts.scheduler import run_due
from monitor.assembly import Desk
from monitor.config import Config
from tests.index.alert_makers import a_subscription, store
from tests.index.makers import NOON
from tests.monitor.alerts.makers import a_post, mail_settings

STEPS = ("settle_matching", "cut", "set_due", "recover", "due_deliveries", "hand_over", "settle")
"""Methods of the archive, each of which is one transaction."""


class DyingArchive(AlertArchive):
    """Kills its process before or after one of its methods."""

    def __init__(self, alerts: AlertArchive, at: str) -> None:
        super().__init__(alerts._engine)
        when, _, step = at.partition(":")
        method: Callable[..., Any] = getattr(self, step)

        def dying(*given: Any, **named: Any) -> Any:
            if when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            result = method(*given, **named)
            os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(self, step, dying)


TOPICS = ("cấp tỉnh", "cấp xã", "hồ sơ", "dữ liệu", "an toàn")
PER_TOPIC = 4


def subscribe(archive: Archive) -> None:
    """Twenty people who want to know at once, four of them the same."""
    for place, topic in enumerate(TOPICS):
        for number in range(PER_TOPIC):
            to = Channel(kind="mail", address=f"nguoi-{place}-{number}@tinh.example")
            archive.alerts.add(a_subscription(f"s{place}-{number}", query=f'"{topic}"', channels=(to,)))


def moment_of(number: int) -> datetime:
    """Each round is ten minutes after the one before, so that what is to be tried again is."""
    return NOON + number * timedelta(minutes=10)


def learn() -> Matching:
    """What takes long the first time is done before the fork, on a store that is thrown away."""
    with TemporaryDirectory() as folder:
        archive = open_archive(f"sqlite:///{folder}/archive.db")
        subscribe(archive)
        store(archive, "a", title=TOPICS[0])
        matching = Matching()
        matching.run(a_desk_without_index(archive, Config(data=Path(folder))), NOON)
        archive.close()
    return matching


def send_all(folder: Path, url: str, port: int, number: int, die_at: str, matching: Matching) -> None:
    """Rounds until nothing is left to do. A lock that a dead sender's server still holds is waited for."""
    archive = open_archive(url)
    if die_at:
        archive.alerts = DyingArchive(archive.alerts, die_at)
    desk = a_desk_without_index(archive, Config(data=folder, **mail_settings(port)))
    post = a_post(desk)
    print(os.getpid(), flush=True)
    while True:
        done = run_due(desk, moment_of(number), matching=matching, post=post)
        if done.is_busy:
            time.sleep(0.005)
        elif not (done.matched.articles or done.digests or done.sent.states):
            return


def a_desk_without_index(archive: Archive, config: Config) -> Desk:
    """Only conditions ask the index, and a process that has its threads is not to be forked."""
    return Desk(config=config, archive=archive, index=None)  # type: ignore[arg-type]


def main() -> None:
    matching = learn()
    print("ready", flush=True)
    pid = 0
    for line in sys.stdin:
        if line == "wait\n":
            print(os.waitpid(pid, 0)[1], flush=True)
            continue
        folder, url, port, number, die_at = line.rstrip("\n").split("\t")
        pid = os.fork()
        if not pid:
            status = 1
            try:
                send_all(Path(folder), url, int(port), int(number), die_at, matching)
                status = 0
            finally:
                os._exit(status)


if __name__ == "__main__":
    main()
