"""kill -9 between any two steps loses no digest and sends none twice, but for those that are known to be unknown."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from index.archive import Archive, open_archive
from tests.databases import DATABASES, archive_at
from tests.index.alert_makers import store
from tests.monitor.alerts.fault_child import PER_TOPIC, STEPS, TOPICS, subscribe
from tests.monitor.alerts.kills import Killer, Senders, Sending, starting_senders
from tests.monitor.mail_server import DROP, MailServer

KILLS = {"sqlite": 200, "postgresql": 20}


@pytest.fixture(scope="module")
def senders() -> Iterator[Senders]:
    with starting_senders() as senders:
        yield senders


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """Where the archive lies, unless a test asks for others."""
    return str(request.param)


@pytest.fixture
def sending(database: str, server: MailServer, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Sending]:
    """A store with twenty subscribers."""
    with archive_at(database, request, tmp_path) as url:
        archive = open_archive(url)
        subscribe(archive)
        yield Sending(folder=tmp_path, url=url, archive=archive, server=server)
        archive.close()


def add_news(archive: Archive, number: int) -> None:
    """An article for four of them; every tenth is for all."""
    about = TOPICS if number % 10 == 0 else (TOPICS[number % len(TOPICS)],)
    store(archive, f"tin-{number}", title=f"Tin {number}: {', '.join(about)}", text=f"Nội dung {number}.")


@pytest.mark.slow
@pytest.mark.parametrize("database", DATABASES, indirect=True)
def test_kills_at_any_moment_lose_no_digest_and_send_none_twice(
    sending: Sending, senders: Senders, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kills, server = KILLS[database], sending.server
    server.rule("RCPT", "nguoi-0-0@tinh.example", *["451 4.7.1 Greylisted"] * 5)
    server.rule("END", "nguoi-1-0@tinh.example", "451 4.3.0 Queue full")
    server.rule("DATA", "nguoi-2-0@tinh.example", DROP, "450 4.2.0 Busy")
    killer = Killer(sending, senders, random.Random(7), longest=1.5 * time_taken(sending, senders))
    started, before = time.monotonic(), len(server.taken)
    for number in range(kills):
        add_news(sending.archive, number)
        killer.kill_one(number)
    took, arrived = time.monotonic() - started, len(server.taken) - before
    for later in (100, 200, 300):  # hours later, what the server had put off is due
        assert senders.run(sending, kills + later) == 0

    counts = check(sending.archive, server, articles=kills + 3)
    fell = ", ".join(f"{number} {place}" for place, number in sorted(killer.places.items()))
    with capsys.disabled():
        print(
            f"\n{database}: {kills} kills in {took:.0f} s, {fell}, {killer.done} too late; {arrived} sent meanwhile: {counts}"
        )
    assert killer.places["before"] >= kills / 20, "before anything was given away, or between two messages"
    assert killer.places["at the server"] >= kills / 10, "between DATA and the answer"
    assert killer.places["before the note"] >= kills / 20, "between the answer and the note in the archive"
    assert counts["sent"] > 4 * counts.get("unknown", 0)


def time_taken(sending: Sending, senders: Senders) -> float:
    """How long a sender takes for an article, when nobody kills it."""
    times = []
    for number in (-1, -2, -3):
        add_news(sending.archive, number)
        senders.start(sending, 0)
        started = time.monotonic()
        assert senders.wait() == 0
        times.append(time.monotonic() - started)
    return sorted(times)[1]


@pytest.mark.parametrize("step", [f"{when}:{step}" for step in STEPS for when in ("before", "after")])
def test_a_kill_at_any_step_loses_no_digest_and_sends_none_twice(sending: Sending, senders: Senders, step: str) -> None:
    ends = []
    for number in range(2):
        add_news(sending.archive, number)
        ends.append(senders.run(sending, number, step))
    assert senders.run(sending, 2) == 0

    counts = check(sending.archive, sending.server, articles=2)
    assert ends[0] == signal.SIGKILL
    lost = {"after:hand_over": {"unknown": 2}, "before:settle": {"unknown": 2, "unknown and arrived": 2}}
    assert {key: count for key, count in counts.items() if key != "sent"} == lost.get(step, {})


def test_a_kill_between_the_text_and_the_answer_leaves_it_unknown(sending: Sending, senders: Senders) -> None:
    pids: Queue[int] = Queue()
    sending.server.on_taken = lambda: os.kill(pids.get(timeout=10), signal.SIGKILL)
    add_news(sending.archive, 1)
    pids.put(senders.start(sending, 1))
    assert senders.wait() == signal.SIGKILL
    sending.server.on_taken = lambda: None
    assert senders.run(sending, 2) == 0

    counts = check(sending.archive, sending.server, articles=1)
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
