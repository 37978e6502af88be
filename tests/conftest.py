"""Fixtures, and a wall around the suite: no connection leaves this machine."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index.engines.elastic_client import ElasticSettings
from tests import postgres_server
from tests.databases import DATABASES, archive_at
from tests.demands import lacking
from tests.elastic_server import Server, make_server
from tests.own_servers import MissingError
from tests.postgres_server import PostgresServer

# On CI the same examples at each run, so that a change is judged by itself; at home new ones are looked for each time.
settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection but to loopback fails the test that tries it."""
    really_connect = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not ipaddress.ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test tried to reach {address}")
        really_connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


# --- one Elasticsearch and one PostgreSQL for the whole run, whatever the number of workers ---

_SERVERS = pytest.StashKey[dict[str, Server | PostgresServer]]()
_STARTED = pytest.StashKey[set[str]]()
_WHERE = "TEST_SERVER_{}"
_NAMES = ("elastic", "postgres")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        servers: dict[str, Server | PostgresServer] = {
            "elastic": make_server(), "postgres": postgres_server.make_server()
        }  # fmt: skip
        config.stash[_SERVERS], config.stash[_STARTED] = servers, set()
        for name, server in servers.items():
            os.environ[_WHERE.format(name)] = f"{server.port} {server.folder}"  # workers are our children


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave word for whoever owns the servers of the ones that are needed: a test says so by its fixtures, or, where it runs
    on each engine in turn, by the engine in its name."""
    for name in _NAMES:
        if any(_needs(item, name) for item in items):
            _wanted(_place_of(name)[0]).touch()


def _needs(item: pytest.Item, name: str) -> bool:
    is_test = item.nodeid.startswith("tests/")
    return is_test and (name in item.nodeid or name in getattr(item, "fixturenames", ()))


def _wanted(folder: Path) -> Path:
    return folder / "wanted"


def pytest_collection_finish(session: pytest.Session) -> None:
    _start_what_is_needed(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: object) -> None:
    _start_what_is_needed(node.config)  # type: ignore[attr-defined]


def _start_what_is_needed(config: pytest.Config) -> None:
    """Elasticsearch takes half a minute to start, while other tests run."""
    for name, server in config.stash.get(_SERVERS, {}).items():
        if name not in config.stash[_STARTED] and _wanted(server.folder).exists():
            config.stash[_STARTED].add(name)
            server.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    for server in config.stash.get(_SERVERS, {}).values():
        server.stop()


def _place_of(name: str) -> tuple[Path, int]:
    port, _, folder = os.environ[_WHERE.format(name)].partition(" ")
    return Path(folder), int(port)


def _wait(server: Server | PostgresServer, name: str) -> None:
    """A machine that can't run it skips, unless it is demanded."""
    try:
        server.wait()
    except MissingError as e:
        lacking(name, str(e))


@pytest.fixture(scope="session")
def elastic() -> ElasticSettings:
    """The running Elasticsearch."""
    server = Server(*_place_of("elastic"))
    _wait(server, "Elasticsearch")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return server.settings(f"test-{worker}")


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    """The running PostgreSQL."""
    server = PostgresServer(*_place_of("postgres"))
    _wait(server, "PostgreSQL")
    return server


@pytest.fixture(params=DATABASES)
def archive_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an archive of the test's own, in each database in turn."""
    with archive_at(request.param, request, tmp_path) as url:
        yield url


@pytest.fixture(params=DATABASES)
def empty_archive_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an archive whose tables are still to be made, in each database in turn."""
    with archive_at(request.param, request, tmp_path, empty=True) as url:
        yield url
