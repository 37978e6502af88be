"""Fixtures for the fourth floor: a newsroom that serves, a store on disk, and the whole program as a child."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from index.engines.elastic_client import ElasticSettings
from monitor.config import Config
from monitor.demo.newsroom import Newsroom

ROOT = Path(__file__).parent.parent.parent
Monitor = Callable[..., subprocess.CompletedProcess[str]]


def heed_ctrl_c() -> None:
    """In a child about to begin: a shell that has put the tests into the background lets it ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def free_ports(count: int = 20) -> int:
    """The first of `count` ports that are free now; a worker of its own range, so that two suites do not meet."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for start in range(20_000 + 2_000 * worker, 60_000, count):
        if all(_is_free(port) for port in range(start, start + count)):
            return start
    raise AssertionError(f"no {count} free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@pytest.fixture(scope="session")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(port=free_ports()) as newsroom:
        yield newsroom


@pytest.fixture
def monitor(tmp_path: Path) -> Monitor:
    """Run `monitor …` on a store of this test's own, as a child process."""

    def run(*arguments: str, data: Path | None = None, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "200"}
        command = [sys.executable, "-m", "monitor", "--data", str(data or tmp_path / "store"), *arguments]
        given = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin
        done = subprocess.run(command, input=given, capture_output=True, env=environment, timeout=120, check=False)
        return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def elastic_config(tmp_path: Path, elastic: ElasticSettings) -> Config:
    """A store of this test's own, with an index of its own."""
    assert elastic.password is not None
    return Config(
        data=tmp_path / "store", elasticsearch_url=elastic.urls[0], elasticsearch_user=elastic.user,
        elasticsearch_password=SecretStr(elastic.password), elasticsearch_ca_file=elastic.ca_file,
        elasticsearch_prefix=f"{elastic.prefix}-{time.time_ns()}", elasticsearch_tries=2,
    )  # fmt: skip


@pytest.fixture
def elastic_away(elastic_config: Config) -> Config:
    """The same store while its index is away."""
    return elastic_config.model_copy(update={"elasticsearch_url": "https://127.0.0.1:9"})


def elastic_environment(config: Config) -> dict[str, str]:
    """The settings of a store on Elasticsearch as variables, for a child."""
    assert config.elasticsearch_password is not None
    return {
        **os.environ, "PYTHONPATH": str(ROOT), "MONITOR_DATA": str(config.data),
        "MONITOR_ELASTICSEARCH_URL": config.elasticsearch_url or "", "MONITOR_ELASTICSEARCH_USER": config.elasticsearch_user or "",
        "MONITOR_ELASTICSEARCH_PASSWORD": config.elasticsearch_password.get_secret_value(),
        "MONITOR_ELASTICSEARCH_CA_FILE": str(config.elasticsearch_ca_file),
        "MONITOR_ELASTICSEARCH_PREFIX": config.elasticsearch_prefix,
    }  # fmt: skip
