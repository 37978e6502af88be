"""Sockets under httpcore: connect only to addresses that were checked, keep a deadline, let go when told to."""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpcore

from crawlers.addresses import is_local_name, may_reach

MOST_ADDRESSES = 4
"""How many of a name's addresses are tried."""


class ForbiddenAddressError(Exception):
    """The name leads to no address that may be reached."""


class UnknownHostError(Exception):
    """The name leads to no address at all."""


class TlsError(httpcore.ConnectError):
    """The other side answers, but not in TLS that we can trust."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system's resolver orders them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as e:
        raise UnknownHostError(host) from e
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial(sock: socket.socket, address: str, port: int) -> None:
    """Connect a socket to an address that was checked."""
    sock.connect((address, port))


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """How names become addresses, and addresses connections; tests put their own in."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    dial: Callable[[socket.socket, str, int], None] = dial
    monotonic: Callable[[], float] = time.monotonic


class Wires(httpcore.NetworkBackend):
    """Opens the connections to one host, and watches over all that is done on them.

    The name is resolved and checked anew for each connection, and the very address that passed is connected to, so
    that no second answer of a resolver can lead elsewhere. `deadline` ends every read and write, however lively.
    """

    def __init__(self, network: Network, *, local: bool) -> None:
        self.deadline = float("inf")
        self._network = network
        self._local = local
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self.is_stopped = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: object = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers. Signature by httpcore."""
        failure: Exception | None = None
        for address in self._permitted(host, port)[:MOST_ADDRESSES]:
            try:
                return Wire(self, self._connect(address, port, timeout))
            except OSError as e:
                failure = e
        if isinstance(failure, TimeoutError):
            raise httpcore.ConnectTimeout(str(failure)) from failure
        raise httpcore.ConnectError(str(failure)) from failure

    def _permitted(self, host: str, port: int) -> list[str]:
        if is_local_name(host) and not self._local:
            raise ForbiddenAddressError(host)
        found = self._network.resolve(host, port)
        if not found:
            raise UnknownHostError(host)
        permitted = [address for address in found if may_reach(address, local=self._local)]
        if not permitted:
            raise ForbiddenAddressError(found[0])
        return permitted

    def _connect(self, address: str, port: int, timeout: float | None) -> socket.socket:
        sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        try:
            self._watch(sock)
            sock.settimeout(self.time_left(timeout))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._network.dial(sock, address, port)
        except BaseException:
            self.drop(sock)
            raise
        return sock

    def time_left(self, timeout: float | None) -> float:
        """Seconds for the next step: the step's own limit or what the deadline leaves."""
        left = min(self.deadline - self._network.monotonic(), timeout or float("inf"))
        if left <= 0:
            raise TimeoutError("the time for the whole fetch is over")
        return min(left, 3600.0)

    def _watch(self, sock: socket.socket) -> None:
        with self._lock:
            if self.is_stopped:
                raise OSError("the fetcher is closed")
            self._open.add(sock)

    def swap(self, old: socket.socket, new: socket.socket) -> None:
        """Watch over the TLS socket in place of the plain one that it took over."""
        with self._lock:
            self._open.discard(old)
            if self.is_stopped:
                _shut(new)
            self._open.add(new)

    def drop(self, sock: socket.socket) -> None:
        """Close a connection."""
        with self._lock:
            self._open.discard(sock)
        sock.close()

    def stop(self) -> None:
        """Wake whoever waits on a connection, even one still being made; open no more."""
        with self._lock:
            self.is_stopped = True
            for sock in self._open:
                _shut(sock)


class Wire(httpcore.NetworkStream):
    """One connection under the eyes of its Wires."""

    def __init__(self, wires: Wires, sock: socket.socket) -> None:
        self._wires = wires
        self._sock = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._sock.settimeout(self._wires.time_left(timeout))
            received = self._sock.recv(max_bytes)
        except TimeoutError as e:
            raise httpcore.ReadTimeout(str(e)) from e
        except OSError as e:
            raise httpcore.ReadError(str(e)) from e
        if not received and self._wires.is_stopped:
            raise httpcore.ReadError("the fetcher is closed")  # an end of our making must not pass for the page's
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            self._sock.settimeout(self._wires.time_left(timeout))
            self._sock.sendall(buffer)
        except TimeoutError as e:
            raise httpcore.WriteTimeout(str(e)) from e
        except OSError as e:
            raise httpcore.WriteError(str(e)) from e

    def close(self) -> None:
        self._wires.drop(self._sock)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        plain = self._sock
        try:
            plain.settimeout(self._wires.time_left(timeout))
            self._sock = ssl_context.wrap_socket(plain, server_hostname=server_hostname, do_handshake_on_connect=False)
            self._wires.swap(plain, self._sock)
            self._sock.do_handshake()
        except TimeoutError as e:
            self.close()
            raise httpcore.ConnectTimeout(str(e)) from e
        except (ssl.SSLError, ssl.CertificateError, ValueError) as e:
            self.close()
            raise TlsError(_words(e)) from e
        except OSError as e:
            self.close()
            raise httpcore.ConnectError(str(e)) from e
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object" and isinstance(self._sock, ssl.SSLSocket):
            return self._sock
        if info == "socket":
            return self._sock
        if info == "is_readable":
            return _is_readable(self._sock)
        return None


def _is_readable(sock: socket.socket) -> bool:
    """Whether an idle connection has something to say, which can only be its end."""
    if sock.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


def _words(e: Exception) -> str:
    if isinstance(e, ssl.SSLCertVerificationError):
        return e.verify_message
    return getattr(e, "reason", None) or str(e)


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):  # not connected yet, or already gone
        sock.shutdown(socket.SHUT_RDWR)
