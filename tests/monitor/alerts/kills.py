"""Senders that are killed, when, and where that met them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.archive import Archive
from tests.monitor.mail_server import MailServer, Stage

ROOT = Path(__file__).parents[3]
_PATIENCE = 3.0
_DELAYS: dict[Stage, float] = {"asked": 0.003, "answered": 0.002}
"""The longest pause between what the server did and the kill: about as long as the sender's next step takes."""

Place = Literal["before", "at the server", "before the note"]
"""Where a kill fell. at the server: between 354 and the answer. before the note: the sender was told that the message is
taken, and the archive was not. before: anywhere else, so that no message was under way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """What a sender works with."""

    folder: Path
    url: str
    archive: Archive
    server: MailServer


class Senders:
    """Starts senders, and waits for their end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, sending: Sending, number: int, die_at: str = "") -> int:
        """The process id of a sender that has just begun to work through this store."""
        self._say(f"{sending.folder}\t{sending.url}\t{sending.server.port}\t{number}\t{die_at}")
        return int(self._line())

    def wait(self) -> int:
        """How it ended: 0, or the number of the signal that killed it."""
        self._say("wait")
        return int(self._line())

    def run(self, sending: Sending, number: int, die_at: str = "") -> int:
        self.start(sending, number, die_at)
        return self.wait()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def starting_senders() -> Iterator[Senders]:
    command = [sys.executable, "-m", "tests.monitor.alerts.fault_child"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, env=environment, stdin=pipe, stdout=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Senders(process)
        process.stdin.close()


class Killer:
    """Kills senders: every fourth as soon as the server waits for a text, every fourth as it has answered, or a little
    later, and the others at any time."""

    def __init__(self, sending: Sending, senders: Senders, chance: random.Random, *, longest: float) -> None:
        self._sending = sending
        self._senders = senders
        self._chance = chance
        self._longest = longest
        self.places = Counter[Place]()
        """Of those that were still at work."""
        self.done = 0
        """How many were done before they could be killed."""

    def kill_one(self, number: int) -> None:
        """Start a sender and kill it; and wait until the server has noticed."""
        server, aims = self._sending.server, ("asked", "answered")
        begun = len(server.stages)
        pid = self._senders.start(self._sending, number)
        if number % 4 < 2:
            self._await_stage(aims[number % 2], begun)
        else:
            time.sleep(self._chance.uniform(0, self._longest))  # the point of it: nobody knows where this is
        seen = server.stages[begun:]
        os.kill(pid, signal.SIGKILL)
        if self._senders.wait() == 0:
            self.done += 1
        else:
            self.places[self._place(seen)] += 1
        with server.changed:
            assert server.changed.wait_for(lambda: not server.lines, 10)

    def _await_stage(self, stage: Stage, begun: int) -> None:
        """Until one of this sender's first three messages is so far, and half the time a little longer; or until it takes too long."""
        server, wanted = self._sending.server, self._chance.randint(1, 3)
        with server.changed:
            server.changed.wait_for(lambda: [was for was, _ in server.stages[begun:]].count(stage) >= wanted, _PATIENCE)
        if self._chance.random() < 0.5:
            time.sleep(self._chance.uniform(0, _DELAYS[stage]))

    def _place(self, seen: list[tuple[Stage, str]]) -> Place:
        if not seen:
            return "before"
        stage, recipient = seen[-1]
        if stage == "asked":
            return "at the server"
        message_id = str(self._sending.server.last_to(recipient)["Message-ID"])
        open_ones = self._sending.archive.alerts.deliveries(states=("waiting", "handing_over"))
        return "before the note" if message_id in {one.message_id for one in open_ones} else "before"
