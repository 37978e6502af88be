"""kill -9 between any two steps loses no digest and sends none twice, but for those that are known to be unknown."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from index.archive import Archive, open_archive
from tests.index.alert_makers import store
from tests.monitor.alerts.fault_child import PER_TOPIC, STEPS, TOPICS, subscribe
from tests.monitor.mail_server import DROP, MailServer, serving

ROOT = Path(__file__).parents[3]
KILLS = 200


class Senders:
    """Starts senders, and waits for their end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, folder: Path, server: MailServer, number: int, die_at: str = "") -> int:
        """The process id of a sender that has just begun to work through this store."""
        self._say(f"{folder}\t{server.port}\t{number}\t{die_at}")
        return int(self._line())

    def wait(self) -> int:
        """How it ended: 0, or the number of the signal that killed it."""
        self._say("wait")
        return int(self._line())

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def run(self, folder: Path, server: MailServer, number: int, die_at: str = "") -> int:
        self.start(folder, server, number, die_at)
        return self.wait()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@pytest.fixture(scope="module")
def senders() -> Iterator[Senders]:
    command = [sys.executable, "-m", "tests.monitor.alerts.fault_child"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, env=environment, stdin=pipe, stdout=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Senders(process)
        process.stdin.close()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with serving(MailServer()) as server:
        yield server


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A store with twenty subscribers."""
    archive = open_archive(f"sqlite:///{tmp_path}/archive.db")
    subscribe(archive)
    yield archive
    archive.close()


def add_news(archive: Archive, number: int) -> None:
    """An article for four of them; every tenth is for all."""
    about = TOPICS if number % 10 == 0 else (TOPICS[number % len(TOPICS)],)
    store(archive, f"tin-{number}", title=f"Tin {number}: {', '.join(about)}", text=f"Nội dung {number}.")


@pytest.mark.slow
def test_two_hundred_kills_lose_no_digest_and_send_none_twice(
    archive: Archive, server: MailServer, senders: Senders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, ends = random.Random(7), Counter[int]()
    server.rule("RCPT", "nguoi-0-0@tinh.example", *["451 4.7.1 Greylisted"] * 5)
    server.rule("END", "nguoi-1-0@tinh.example", "451 4.3.0 Queue full")
    server.rule("DATA", "nguoi-2-0@tinh.example", DROP, "450 4.2.0 Busy")
    longest = 1.5 * time_taken(archive, server, senders, tmp_path)
    started, before = time.monotonic(), len(server.taken)
    for number in range(KILLS):
        add_news(archive, number)
        pid = senders.start(tmp_path, server, number)
        time.sleep(chance.uniform(0, longest))  # the point of it: nobody knows where this is
        os.kill(pid, signal.SIGKILL)
        ends[senders.wait()] += 1
    took, arrived = time.monotonic() - started, len(server.taken) - before
    for later in (100, 200, 300):  # hours later, what the server had put off is due
        assert senders.run(tmp_path, server, KILLS + later) == 0

    counts = check(archive, server, articles=KILLS + 3)
    with capsys.disabled():
        print(
            f"\n{ends[signal.SIGKILL]} of {KILLS} senders killed at work in {took:.0f} s, who had sent {arrived}: {counts}"
        )
    assert ends[signal.SIGKILL] >= KILLS / 4, "most are to be killed before they are done"
    assert arrived > 0, "and some after they have begun to send"
    assert counts["sent"] > 4 * counts.get("unknown", 0)


def time_taken(archive: Archive, server: MailServer, senders: Senders, folder: Path) -> float:
    """How long a sender takes for an article, when nobody kills it."""
    times = []
    for number in (-1, -2, -3):
        add_news(archive, number)
        senders.start(folder, server, 0)
        started = time.monotonic()
        assert senders.wait() == 0
        times.append(time.monotonic() - started)
    return sorted(times)[1]


@pytest.mark.parametrize("step", [f"{when}:{step}" for step in STEPS for when in ("before", "after")])
def test_a_kill_at_any_step_loses_no_digest_and_sends_none_twice(
    archive: Archive, server: MailServer, senders: Senders, tmp_path: Path, step: str
) -> None:
    ends = []
    for number in range(2):
        add_news(archive, number)
        ends.append(senders.run(tmp_path, server, number, step))
    assert senders.run(tmp_path, server, 2) == 0

    counts = check(archive, server, articles=2)
    assert ends[0] == signal.SIGKILL
    lost = {"after:hand_over": {"unknown": 2}, "before:settle": {"unknown": 2, "unknown and arrived": 2}}
    assert {key: count for key, count in counts.items() if key != "sent"} == lost.get(step, {})


def test_a_kill_between_the_text_and_the_answer_leaves_it_unknown(
    archive: Archive, server: MailServer, senders: Senders, tmp_path: Path
) -> None:
    pids: Queue[int] = Queue()
    server.on_taken = lambda: os.kill(pids.get(timeout=10), signal.SIGKILL)
    add_news(archive, 1)
    pids.put(senders.start(tmp_path, server, 1))
    assert senders.wait() == signal.SIGKILL
    server.on_taken = lambda: None
    assert senders.run(tmp_path, server, 2) == 0

    counts = check(archive, server, articles=1)
    assert counts == {"sent": PER_TOPIC - 1, "unknown": 1, "unknown and arrived": 1}


def check(archive: Archive, server: MailServer, *, articles: int) -> dict[str, int]:
    """Every match is told once, every digest is at the server once; what is unknown is there once or not at all."""
    documents = list(archive.all_documents())
    assert len(documents) == articles
    counts: Counter[str] = Counter()
    arrived = {str(message["Message-ID"]): message.get_content().split() for _, message in server.taken}
    assert set(server.ids.values()) <= {1}
    for subscription in archive.alerts.subscriptions():
        digests = {digest.id: digest for digest in archive.alerts.digests(subscription.id)}
        told = [match.article_id for digest in digests.values() for match in digest.matches]
        assert sorted(told) == sorted(one.id for one in documents if subscription.query.strip('"') in one.title)
        for delivery in archive.alerts.deliveries(subscription_id=subscription.id):
            text = arrived.pop(delivery.message_id, None)
            counts[delivery.state] += 1
            counts["unknown and arrived"] += delivery.state == "unknown" and text is not None
            assert delivery.state == "unknown" or (delivery.state == "sent" and text is not None), delivery
            if text is not None:
                assert text[-len(digests[delivery.digest_id].matches) :] == [
                    match.article_id for match in digests[delivery.digest_id].matches
                ]
    assert not arrived, "nothing is there that nobody sent"
    return {key: number for key, number in counts.items() if number}
