"""A door before the real Elasticsearch that a test can shut: to a client the server is then away, for as long as it likes."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType


class Gate:
    """Passes bytes both ways while it is open. TLS goes through it, as the certificate is for the address, not the port."""

    def __init__(self, port: int) -> None:
        """`port` is where the server listens."""
        self._to = port
        self._door: socket.socket | None = None
        self._through: list[socket.socket] = []
        self._port = 0
        self.open()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._port}"

    def __enter__(self) -> Gate:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shut()

    def open(self) -> None:
        door = self._door = socket.create_server(("127.0.0.1", self._port))
        self._port = door.getsockname()[1]
        threading.Thread(target=self._let_in, args=(door,), daemon=True).start()

    def shut(self) -> None:
        """Refuse whoever comes, and cut off whoever is inside."""
        door, self._door = self._door, None
        through, self._through = self._through, []
        for one in (*([door] if door else []), *through):
            _cut(one)

    def _let_in(self, door: socket.socket) -> None:
        while True:
            try:
                client, _ = door.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                return
            self._through += [client, server]
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):  # cut off
        while some := source.recv(65_536):
            target.sendall(some)
    _cut(source)
    _cut(target)


def _cut(one: socket.socket) -> None:
    with suppress(OSError):  # it is cut already
        one.shutdown(socket.SHUT_RDWR)
    one.close()
