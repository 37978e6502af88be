"""The same laws where a server speaks HTTP/2."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from crawlers.errors import FetchError
from crawlers.http import HttpFetcher, Limits
from crawlers.wire import Network
from tests.fakes import a_source

SOURCE = a_source(delay=0)
PIECE = bytes(16_000)


def answer(connection: H2Connection, stream: int, headers: dict[bytes, bytes]) -> None:
    """/robots.txt is not there; /tin has an ETag; /long is longer than the limit; /silent never comes."""
    path = headers[b":path"]
    if path == b"/silent":
        return
    if path == b"/robots.txt":
        connection.send_headers(stream, [(":status", "404")], end_stream=True)
    elif headers.get(b"if-none-match") == b'"1"':
        connection.send_headers(stream, [(":status", "304")], end_stream=True)
    else:
        connection.send_headers(stream, [(":status", "200"), ("etag", '"1"')])
        for _ in range(3 if path == b"/long" else 0):
            connection.send_data(stream, PIECE)
        connection.send_data(stream, b"tin", end_stream=path != b"/long")


def serve(plain: socket.socket, tls: ssl.SSLContext) -> None:
    with suppress(OSError), tls.wrap_socket(plain, server_side=True) as sock:
        connection = H2Connection(H2Configuration(client_side=False))
        connection.initiate_connection()
        sock.sendall(connection.data_to_send())
        while received := sock.recv(65536):
            for event in connection.receive_data(received):
                if isinstance(event, RequestReceived):
                    answer(connection, event.stream_id or 0, dict(event.headers or ()))  # type: ignore[arg-type]
            sock.sendall(connection.data_to_send())


@pytest.fixture
def fetcher(certificate: Path) -> Iterator[HttpFetcher]:
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate)
    server_side.set_alpn_protocols(["h2"])
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0], server_side), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    network = Network(
        resolve=lambda host, port: ["203.162.0.181"],
        dial=lambda sock, address, port: sock.connect(listener.getsockname()),
    )
    trust = ssl.create_default_context(cafile=certificate)
    with HttpFetcher(
        contact="x", limits=Limits(max_bytes=20_000, read=0.3, total=1), network=network, tls=trust
    ) as fetcher:
        yield fetcher
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def test_a_page_comes_and_comes_back_unmodified(fetcher: HttpFetcher) -> None:
    first = fetcher.fetch("https://tin.vn/tin", source=SOURCE)
    again = fetcher.fetch("https://tin.vn/tin", source=SOURCE, validators=first.validators)

    assert (first.content, again.content, again.not_modified) == (b"tin", b"", True)


@pytest.mark.parametrize(("path", "reason"), [("/long", "too_large"), ("/silent", "timeout")])
def test_limits_hold_and_the_next_page_still_comes(fetcher: HttpFetcher, path: str, reason: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(f"https://tin.vn{path}", source=SOURCE)

    assert caught.value.reason == reason
    assert fetcher.fetch("https://tin.vn/tin", source=SOURCE).content == b"tin"
