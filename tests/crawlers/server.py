"""A small real HTTP server on loopback: routes, latency and faults by configuration.

It answers just enough of HTTP/1.1 for a GET, on threads, and hands out bytes as they are told to it: a body may be a
lazy stream, a header may lie, a connection may break off. As a program it is the far end of bench/crawl.py:

    python -m tests.crawlers.server 100 50 200    100 addresses 127.0.0.1 …, 50 to 200 ms of latency, until stdin ends
"""

from __future__ import annotations

import random
import selectors
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a client asked for; header names are lower-case."""

    host: str
    path: str
    headers: Mapping[str, str]
    at: float


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server sends, faults included."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | Iterable[bytes] = b""
    delay: float = 0.0
    """Seconds before the first byte."""
    pause: float = 0.0
    """Seconds between two pieces of a streamed body."""
    chunked: bool = False
    length: int | None = None
    """A Content-Length to claim in place of the true one."""
    raw: bytes | None = None
    """Sent as it is in place of an answer; then the connection closes."""


Route = Reply | Callable[[Request], Reply]
NOT_FOUND = Reply(status=404, body=b"not here")


@dataclass
class Server:
    """Serves `routes` while it is open as a context; "*" answers what no other route does.

    `requests` lists what was asked, in order. A route can be replaced while the server runs.
    """

    routes: dict[str, Route] = field(default_factory=dict)
    hosts: tuple[str, ...] = ("127.0.0.1",)
    tls: ssl.SSLContext | None = None
    keep_log: bool = True
    port: int = 0
    requests: list[Request] = field(default_factory=list)
    busiest: int = 0
    """The most requests that were being answered at one moment."""

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._answering = 0
        self._listeners: list[socket.socket] = []
        self._bell, self._ear = socket.socketpair()
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        for host in self.hosts:
            listener = socket.create_server((host, self.port), backlog=128)
            self.port = listener.getsockname()[1]  # the first address picks the port, the others share it
            self._listeners.append(listener)
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._bell.send(b"!")
        self._accepting.join()
        with self._lock:
            for connection in self._open:
                _shut(connection)
        for listener in (*self._listeners, self._bell, self._ear):
            listener.close()

    def url(self, path: str, *, host: str | None = None) -> str:
        """The address of a path on this server."""
        return f"{'https' if self.tls else 'http'}://{host or self.hosts[0]}:{self.port}{path}"

    def connections(self) -> int:
        """How many connections are open now."""
        with self._lock:
            return len(self._open)

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def _accept(self) -> None:
        with selectors.DefaultSelector() as ready:
            for listener in (self._ear, *self._listeners):
                ready.register(listener, selectors.EVENT_READ)
            while True:
                for key, _ in ready.select():
                    if key.fileobj is self._ear:
                        return
                    connection, _ = key.fileobj.accept()  # type: ignore[union-attr]
                    threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            while (request := _read_request(connection)) and self._answer(connection, request):
                pass
        except OSError:
            pass  # the client went away, as the tests make it do
        finally:
            with self._lock:
                self._open.discard(connection)
            _shut(connection)
            connection.close()

    def _answer(self, connection: socket.socket, request: Request) -> bool:
        """Send the reply; False when the connection ends with it."""
        with self._lock:
            if self.keep_log:
                self.requests.append(request)
            self._answering += 1
            self.busiest = max(self.busiest, self._answering)
        try:
            route = self.routes.get(request.path) or self.routes.get("*", NOT_FOUND)
            return self._send(connection, route if isinstance(route, Reply) else route(request))
        finally:
            with self._lock:
                self._answering -= 1

    def _send(self, connection: socket.socket, reply: Reply) -> bool:
        if reply.delay and self._stop.wait(reply.delay):
            return False
        if reply.raw is not None:
            connection.sendall(reply.raw)
            return False
        if isinstance(reply.body, bytes) and not reply.chunked:
            connection.sendall(_head(reply, len(reply.body)) + reply.body)
            return reply.length is None
        connection.sendall(_head(reply, None))
        for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
            if self._stop.wait(reply.pause):
                return False
            connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece) if reply.chunked else piece)
        if reply.chunked:
            connection.sendall(b"0\r\n\r\n")
        return reply.chunked


def _head(reply: Reply, length: int | None) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} Whatever", *(f"{name}: {value}" for name, value in reply.headers)]
    length = reply.length if reply.length is not None else length
    if reply.chunked:
        lines.append("Transfer-Encoding: chunked")
    elif length is not None and reply.status != 304:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _read_request(connection: socket.socket) -> Request | None:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return None
        received += piece
        if received[:4] != b"GET "[: len(received)]:
            return None  # somebody speaks TLS, or nonsense, to us
    first, *lines = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(host=headers.get("host", ""), path=first.split(" ")[1], headers=headers, at=time.monotonic())


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):  # already gone
        connection.shutdown(socket.SHUT_RDWR)


def main(hosts: int, slowest_ms: int, fastest_ms: int) -> None:
    """Answer every feed with a 304 nine times in ten, after some latency; print the port, end with stdin."""
    dice = random.Random(7)
    feed = b"<rss>" + b"<item><title>Tin m\xe1\xbb\x9bi</title></item>" * 400 + b"</rss>"

    def answer(request: Request) -> Reply:
        delay = dice.uniform(fastest_ms, slowest_ms) / 1000
        if request.path == "/robots.txt":
            return Reply(status=404, delay=delay)
        if "if-none-match" in request.headers and dice.random() < 0.9:
            return Reply(status=304, headers=(("ETag", '"1"'),), delay=delay)
        return Reply(headers=(("ETag", '"1"'), ("Content-Type", "application/rss+xml")), body=feed, delay=delay)

    addresses = tuple(f"127.0.{n // 50}.{n % 50 + 1}" for n in range(hosts))
    with Server({"*": answer}, hosts=addresses, keep_log=False) as server:
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]), slowest_ms=int(sys.argv[3]), fastest_ms=int(sys.argv[2]))
