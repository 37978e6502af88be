"""Where a crawler may go: the numbers, the names, and what a name leads to."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawlers.addresses import may_reach
from crawlers.errors import FetchError
from crawlers.http import HttpFetcher, Limits
from crawlers.wire import Network, resolve
from tests.crawlers.server import Reply, Server
from tests.fakes import a_source

PUBLIC = "203.162.0.181"
SOURCE = a_source(delay=0)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server({"*": Reply(body=b"tin")}) as server:
        yield server


def internet(server: Server, names: dict[str, list[str]]) -> tuple[Network, list[str]]:
    """A network whose public addresses all lead to the server; and the list of addresses that were dialled."""
    dialled: list[str] = []

    def dial(sock: socket.socket, address: str, port: int) -> None:
        dialled.append(address)
        sock.connect(("127.0.0.1", server.port))

    def look_up(host: str, port: int) -> list[str]:
        return names[host].copy() if host in names else list(resolve(host, port))

    return Network(resolve=look_up, dial=dial), dialled


def a_fetcher(network: Network, **more: ssl.SSLContext) -> HttpFetcher:
    return HttpFetcher(contact="x", limits=Limits(retries=0, read=1, total=2), network=network, **more)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.0.9", "169.254.169.254", "172.16.0.1", "172.31.9.9", "192.168.1.1",
        "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd12::1", "ff02::1", "fec0::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "100::1", "", "tin.vn",
    ],
)  # fmt: skip
def test_only_a_public_address_may_be_reached(address: str) -> None:
    assert not may_reach(address, local=False)


@pytest.mark.parametrize(
    "address", ["203.162.0.181", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2400:6540::1", "::ffff:203.162.0.181"]
)
def test_a_public_address_may_be_reached_by_anyone(address: str) -> None:
    assert may_reach(address, local=False)
    assert may_reach(address, local=True)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("192.168.1.5", True),
        ("fd00::5", True),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("::ffff:169.254.169.254", False),
        ("224.0.0.1", False),
    ],
)
def test_a_local_source_reaches_its_own_networks_and_no_stranger_ones(address: str, allowed: bool) -> None:
    assert may_reach(address, local=True) is allowed


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "localhost", "LOCALHOST.", "tin.localhost", "[::1]",
        "[::ffff:127.0.0.1]", "[::]", "0", "0.0.0.0", "10.0.0.1", "169.254.169.254", "[fe80::1]", "１２７.0.0.1",
    ],
)  # fmt: skip
def test_no_way_of_writing_an_inner_address_gets_through(server: Server, host: str) -> None:
    network, dialled = internet(server, {})

    with a_fetcher(network) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch(f"http://{host}/tin", source=SOURCE)

    assert caught.value.reason == "forbidden_address"
    assert (dialled, server.requests) == ([], [])


def test_a_name_that_leads_inside_is_refused(server: Server) -> None:
    network, dialled = internet(server, {"tin.vn": ["10.0.0.5", "::1"]})

    with a_fetcher(network) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch("http://tin.vn/", source=SOURCE)

    assert (caught.value.reason, dialled) == ("forbidden_address", [])


def test_of_several_addresses_only_the_public_ones_are_dialled(server: Server) -> None:
    network, dialled = internet(server, {"tin.vn": ["127.0.0.1", PUBLIC]})

    with a_fetcher(network) as fetcher:
        fetcher.fetch("http://tin.vn/tin", source=SOURCE)

    assert dialled == [PUBLIC]


def test_the_address_that_was_checked_is_the_one_connected_to_though_the_name_changes_its_mind(server: Server) -> None:
    answers = [[PUBLIC], ["127.0.0.1"]]
    dialled: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(sock: socket.socket, address: str, port: int) -> None:
        dialled.append(address)
        sock.connect(("127.0.0.1", server.port))

    server.routes["*"] = Reply(raw=b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\ntin")
    with a_fetcher(Network(resolve=rebinding, dial=dial)) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch("http://tin.vn/tin", source=SOURCE)  # robots.txt first; the second connection finds it rebound

    assert (caught.value.reason, dialled) == ("forbidden_address", [PUBLIC])


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://inner.tin.vn/",
        "//localhost/",
        "http://tin.vn:22/",
        "http://tin.vn:6379/",
    ],
)
def test_a_redirect_does_not_lead_inside(server: Server, place: str) -> None:
    network, _ = internet(server, {"tin.vn": [PUBLIC], "inner.tin.vn": ["192.168.0.1"]})
    server.routes["/tin"] = Reply(status=302, headers=(("Location", place),))

    with a_fetcher(network) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch("http://tin.vn/tin", source=SOURCE)

    assert caught.value.reason == "forbidden_address"
    assert server.paths() == ["/tin"]


def test_robots_txt_does_not_lead_inside_either(server: Server) -> None:
    network, dialled = internet(server, {"tin.vn": [PUBLIC]})
    server.routes["/robots.txt"] = Reply(status=302, headers=(("Location", "http://127.0.0.1/robots.txt"),))

    with a_fetcher(network) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch("http://tin.vn/tin", source=SOURCE)

    assert (caught.value.reason, dialled) == ("forbidden_address", [PUBLIC])


def test_a_connection_that_a_local_source_made_serves_no_other_source(server: Server) -> None:
    network, _ = internet(server, {"noi-bo.vn": ["127.0.0.1"]})

    with a_fetcher(network) as fetcher:
        fetcher.fetch("http://noi-bo.vn/tin", source=a_source(local=True, delay=0))
        with pytest.raises(FetchError) as caught:
            fetcher.fetch("http://noi-bo.vn/tin", source=SOURCE)

    assert caught.value.reason == "forbidden_address"


@pytest.mark.parametrize(
    "url", ["ftp://tin.vn/", "file:///etc/passwd", "tin", "http://", "http://a b/", "http://tin.vn:0/", "\ud800"]
)
def test_what_is_no_web_address_is_bad_input(server: Server, url: str) -> None:
    network, _ = internet(server, {})

    with a_fetcher(network) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch(url, source=SOURCE)

    assert caught.value.reason == "bad_input"


# --- TLS --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def secure(certificate: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Server({"*": Reply(body=b"tin")}, tls=context) as server:
        yield server


def trusting(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certificate)
    context.load_verify_locations(certificate)
    return context


def test_a_trusted_server_is_read_over_tls_by_its_name(secure: Server, certificate: Path) -> None:
    network, dialled = internet(secure, {"tin.vn": [PUBLIC]})

    with a_fetcher(network, tls=trusting(certificate)) as fetcher:
        assert fetcher.fetch("https://tin.vn/tin", source=SOURCE).content == b"tin"

    assert dialled == [PUBLIC]


@pytest.mark.parametrize(
    ("name", "words"), [("tin.vn", "self-signed certificate"), ("khac.vn", "self-signed certificate")]
)
def test_a_server_that_can_not_be_trusted_is_refused_with_the_reason(secure: Server, name: str, words: str) -> None:
    network, _ = internet(secure, {name: [PUBLIC]})

    with a_fetcher(network) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch(f"https://{name}/tin", source=SOURCE)

    assert caught.value.reason == "no_answer"
    assert caught.value.message == f"{name} can't be trusted over TLS: {words}"


def test_a_certificate_of_another_name_is_refused(secure: Server, certificate: Path) -> None:
    network, _ = internet(secure, {"khac.vn": [PUBLIC]})

    with a_fetcher(network, tls=trusting(certificate)) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch("https://khac.vn/tin", source=SOURCE)

    assert "khac.vn" in caught.value.message
    assert "TLS" in caught.value.message


def test_a_server_that_speaks_no_tls_is_said_to(server: Server) -> None:
    network, _ = internet(server, {"tin.vn": [PUBLIC]})

    with a_fetcher(network) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch("https://tin.vn/tin", source=SOURCE)

    assert (caught.value.reason, "TLS" in caught.value.message) == ("no_answer", True)


def test_http_that_leads_to_https_is_followed(secure: Server, server: Server, certificate: Path) -> None:
    def dial(sock: socket.socket, address: str, port: int) -> None:
        sock.connect(("127.0.0.1", secure.port if port == 443 else server.port))

    server.routes["/tin"] = Reply(status=301, headers=(("Location", "https://tin.vn/tin"),))
    secure.routes["/tin"] = Reply(body=b"an to\xc3\xa0n")
    answer: Callable[[str, int], list[str]] = lambda host, port: [PUBLIC]  # noqa: E731

    with a_fetcher(Network(resolve=answer, dial=dial), tls=trusting(certificate)) as fetcher:
        page = fetcher.fetch("http://tin.vn/tin", source=SOURCE)

    assert (page.url, page.content.decode()) == ("https://tin.vn/tin", "an toàn")
