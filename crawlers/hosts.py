"""The hosts we talk to: one request at a time each, the pause between two, connection and cookies."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

import httpcore

from crawlers.cookies import Cookies
from crawlers.wire import Network, Wires

KEEP_ALIVE = 30.0
"""Seconds that an unused connection stays open."""
MOST_OPEN = 256
"""Unused connections kept open at once; a process may often hold 1,024 files in all."""
FORGET = 86_400.0
"""Seconds after which a host that nobody asked for is forgotten, cookies and all."""


Pause = Callable[[float], None]
Turns = Callable[[str, Pause], AbstractContextManager[object]]
"""Waits until no other process talks to a host, by the given pauses, and is left when we no longer do."""


def no_turns(host: str, pause: Pause) -> AbstractContextManager[object]:
    """There is no other process."""
    return nullcontext()


class StoppedError(Exception):
    """The fetcher was closed while somebody waited."""


class Line:
    """The connection to one host, made when first needed and again when lost."""

    def __init__(self, network: Network, tls: ssl.SSLContext, *, local: bool) -> None:
        self.wires = Wires(network, local=local)
        self.pool = httpcore.ConnectionPool(
            ssl_context=tls, max_connections=1, keepalive_expiry=KEEP_ALIVE, http2=True, network_backend=self.wires
        )

    def hang_up(self) -> None:
        """Close the connection; the next request makes a new one."""
        self.pool.close()


@dataclass(slots=True, eq=False)
class Host:
    """What we remember of one host. Only the holder of `lock` talks to it."""

    name: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    cookies: Cookies = field(default_factory=Cookies)
    not_before: float = float("-inf")
    """No request before this moment: the server asked for a pause, or was in trouble."""
    ended: float = float("-inf")
    """When the last request ended."""
    users: int = 0
    lines: dict[bool, Line] = field(default_factory=dict)
    """One for local sources and one for the others: a connection is good only for those who might have made it."""

    def hang_up(self) -> None:
        for line in self.lines.values():
            line.hang_up()
        self.lines.clear()


class Hosts:
    """Hands out turns to talk to a host, whichever thread asks.

    Each host has a pool of one connection, since the pools of httpx and httpcore walk through all their connections
    for each request. CPU per fetch with 64 threads on 100 hosts, 304 answers after 10-30 ms, 2 cores: one httpx.Client
    10 ms, one a thread 5 ms, one a host 1.4 ms; httpcore's pool a host 0.8 ms, urllib3 0.75 ms, http.client 0.3 ms.
    httpcore, which is what httpx runs on, speaks HTTP/2 and takes sockets of our making; the two below it do neither.
    With robots.txt, turns and hashes it is 1.1 ms (bench/crawl.py).
    """

    def __init__(self, network: Network, tls: ssl.SSLContext, pause: Pause, turns: Turns = no_turns) -> None:
        self._network = network
        self._tls = tls
        self._pause = pause
        self._turns = turns
        self._lock = threading.Lock()
        self._hosts: dict[str, Host] = {}
        self._swept = network.monotonic()
        self._is_stopped = False

    @contextmanager
    def turn(self, name: str, *, local: bool, delay: float) -> Iterator[tuple[Host, Line]]:
        """Wait for this host to be free and rested, then be the only one to talk to it."""
        host = self._enter(name)
        try:
            with host.lock, self._turns(name, self._pause):
                self._pause(max(host.ended + delay, host.not_before) - self._network.monotonic())
                try:
                    yield host, self._line(host, local=local)
                finally:
                    host.ended = self._network.monotonic()
        finally:
            self._leave(host)

    def rest(self, name: str, seconds: float) -> None:
        """Let nobody talk to this host for so long."""
        with self._lock:
            host = self._hosts.setdefault(name, Host(name))
        host.not_before = max(host.not_before, self._network.monotonic() + seconds)

    def stop(self) -> None:
        """Break off what is under way and let nobody begin."""
        with self._lock:
            self._is_stopped = True
            for host in self._hosts.values():
                for line in host.lines.values():
                    line.wires.stop()
                if not host.users:
                    host.hang_up()

    def _enter(self, name: str) -> Host:
        with self._lock:
            host = self._hosts.setdefault(name, Host(name))
            host.users += 1
            return host

    def _line(self, host: Host, *, local: bool) -> Line:
        with self._lock:
            if self._is_stopped:
                raise StoppedError
            if local not in host.lines:
                host.lines[local] = Line(self._network, self._tls, local=local)
            return host.lines[local]

    def _leave(self, host: Host) -> None:
        with self._lock:
            host.users -= 1
            if self._is_stopped and not host.users:
                host.hang_up()
            now = self._network.monotonic()
            if now - self._swept > 1.0:
                self._swept = now
                self._sweep(now)

    def _sweep(self, now: float) -> None:
        """Close connections that nobody uses; forget hosts that nobody asked for in a day."""
        unused = sorted((host for host in self._hosts.values() if not host.users), key=lambda host: host.ended)
        with_line = [host for host in unused if host.lines]
        too_many = len(with_line) - MOST_OPEN
        for place, host in enumerate(with_line):
            if place < too_many or now - host.ended > KEEP_ALIVE:
                host.hang_up()
        for host in unused:
            if now - max(host.ended, host.not_before) > FORGET:
                del self._hosts[host.name]
