"""Fixtures, and a wall around the suite: no connection leaves this machine."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import settings

from index.elastic_client import ElasticSettings
from tests.elastic_parts import MissingError
from tests.elastic_server import Server, make_server

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


# --- one Elasticsearch for the whole run, whatever the number of workers ---

_WHERE = "TEST_ELASTICSEARCH"
_SERVER = pytest.StashKey[Server]()
_STARTED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        server = config.stash[_SERVER] = make_server()
        os.environ[_WHERE] = f"{server.port} {server.folder}"  # workers are our children


def pytest_collection_finish(session: pytest.Session) -> None:
    _start_if_needed(session.config, (item.nodeid for item in session.items))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: object, ids: Iterable[str]) -> None:
    _start_if_needed(node.config, ids)  # type: ignore[attr-defined]


def _start_if_needed(config: pytest.Config, ids: Iterable[str]) -> None:
    """It takes half a minute to start, while other tests run."""
    needed = any(one.startswith("tests/") and "elastic" in one for one in ids)
    if _SERVER in config.stash and needed and not config.stash.get(_STARTED, False):
        config.stash[_STARTED] = True
        config.stash[_SERVER].start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _SERVER in config.stash:
        config.stash[_SERVER].stop()


@pytest.fixture(scope="session")
def elastic() -> ElasticSettings:
    """The running Elasticsearch. A machine that can't run it skips, unless all is demanded."""
    port, _, folder = os.environ[_WHERE].partition(" ")
    server = Server(Path(folder), int(port))
    try:
        server.wait()
    except MissingError as e:
        if "elasticsearch" in os.environ.get("TEST_DEMANDS", ""):
            pytest.fail(f"Elasticsearch is demanded, and can't run here: {e}")
        pytest.skip(f"Elasticsearch can't run here: {e}")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return server.settings(f"test-{worker}")
