"""A real Elasticsearch for the tests: nodes on loopback, with TLS and a password, in a temporary folder.

Whoever owns the run (pytest, or xdist's controller) starts one as soon as a test is collected that needs it, and stops it by
its process id; the tests wait until it answers. The distribution comes from Maven, once, and is kept unpacked beside other
things that outlive a run.
"""

from __future__ import annotations

import os
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from index.engines.elastic_client import ElasticSettings
from tests.elastic_parts import Authority, home, java_home
from tests.own_servers import MissingError, as_nobody, free_port, give_to_nobody, wait_until

USER, PASSWORD = "quan-tri", "mat-khau-thu"
_HASH = "$2a$10$dd9f9ANAFbgNS8Ci.J5zD.EBnRkoeacETAbKxBUiG7/x/1yXpGCue"
"""Of PASSWORD, as `elasticsearch-users useradd` writes it."""
_PATIENCE = 180
LARGEST_REQUEST, MOST_UNDER_WAY = "10mb", "40mb"
"""So small that a test can ask too much of it."""
_QUICK_START = ("-Xms512m", "-Xmx512m", "-XX:TieredStopAtLevel=1")
_ALONE = ("discovery.type: single-node",)


class Server:
    """Where one node is, or will be: by itself, unless `discovery` tells it of others."""

    def __init__(
        self,
        folder: Path,
        port: int,
        *,
        authority: Authority | None = None,
        name: str = "one",
        discovery: Sequence[str] = _ALONE,
        java_options: Sequence[str] = _QUICK_START,
        transport_port: int | None = None,
    ) -> None:
        self.folder = folder
        self.port = port
        self._authority = authority or Authority(folder)
        self._owns_authority = authority is None
        self._name = name
        self._discovery = discovery
        self._java_options = java_options
        self._transport_port = transport_port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def ca_file(self) -> Path:
        return self._authority.ca_file

    @property
    def snapshots(self) -> Path:
        """Where it may keep snapshots."""
        return self.folder / "snapshots"

    def start(self) -> None:
        """Begin to start it; `wait` waits for it. What it lacks is written down for those who wait."""
        try:
            self._prepare()
            self.run()
        except (MissingError, subprocess.CalledProcessError, OSError) as e:
            (self.folder / "failed").write_text(str(e))

    def run(self) -> None:
        """Begin to run what `start` has prepared, again after a `kill`."""
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "ES_JAVA_HOME": str(java_home()),
            "ES_PATH_CONF": str(self._config), "ES_TMPDIR": str(self.folder / "tmp"),
            "ES_JAVA_OPTS": " ".join(self._java_options),
        }  # fmt: skip
        command = [*as_nobody(), str(home() / "bin" / "elasticsearch")]
        with (self.folder / "out.txt").open("ab") as out:
            self._process = subprocess.Popen(
                command, env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True
            )  # fmt: skip

    def wait(self) -> None:
        """Until it answers. MissingError where it can't."""
        wait_until(self._answers, self.folder, patience=_PATIENCE, pause=0.25)

    def kill(self) -> None:
        """kill -9, by its process id."""
        process, self._process = self._process, None
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def settings(self, prefix: str) -> ElasticSettings:
        """How our index is let in."""
        return elastic_settings((self.url,), self.ca_file, prefix)

    @property
    def _config(self) -> Path:
        return self.folder / "config"

    def _prepare(self) -> None:
        shutil.copytree(home() / "config", self._config)
        if self._owns_authority:
            self._authority.make()
        self._authority.sign(self._config)
        (self._config / "elasticsearch.yml").write_text("\n".join((*self._lines(), *self._discovery, "")))
        (self._config / "users").write_text(f"{USER}:{_HASH}\n")
        (self._config / "users_roles").write_text(f"superuser:{USER}\n")
        for path in (self.folder / "data", self.folder / "logs", self.folder / "tmp", self.snapshots):
            path.mkdir()
        give_to_nobody(self.folder)

    def _lines(self) -> Sequence[str]:
        return (
            "cluster.name: vn-news-monitor-test",
            f"node.name: {self._name}",
            "http.host: 127.0.0.1",
            "transport.host: 127.0.0.1",
            f"http.port: {self.port}",
            f"transport.port: {self._transport_port or free_port()}",
            f"http.max_content_length: {LARGEST_REQUEST}",
            f"indexing_pressure.memory.limit: {MOST_UNDER_WAY}",
            f"path.data: {self.folder / 'data'}",
            f"path.logs: {self.folder / 'logs'}",
            f"path.repo: {self.snapshots}",
            "cluster.routing.allocation.disk.threshold_enabled: false",
            "xpack.security.enabled: true",
            "xpack.security.http.ssl.enabled: true",
            "xpack.security.http.ssl.key: node.key",
            "xpack.security.http.ssl.certificate: node.pem",
        )

    def _answers(self) -> bool:
        if not self.ca_file.exists():
            return False
        try:
            self.ask("/_cluster/health?wait_for_status=yellow&timeout=1s")
        except (OSError, urllib.error.URLError):
            return False
        return True

    def ask(self, path: str) -> Any:
        """What the node itself answers, without our client between."""
        token = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Basic {token}"})
        trust = ssl.create_default_context(cafile=str(self.ca_file))
        with urllib.request.urlopen(request, timeout=5, context=trust) as reply:
            return orjson.loads(reply.read())


def elastic_settings(urls: tuple[str, ...], ca_file: Path, prefix: str) -> ElasticSettings:
    return ElasticSettings(urls=urls, user=USER, password=PASSWORD, ca_file=ca_file, prefix=prefix, timeout=60.0)


def make_server(*, java_options: Sequence[str] = _QUICK_START) -> Server:
    """A place for the server; it is not started yet."""
    return Server(make_folder(), free_port(), java_options=java_options)


def make_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="vn-news-monitor-es-"))
    folder.chmod(0o755)
    return folder


if __name__ == "__main__":  # python -m tests.elastic_server: for trying things out, until Ctrl-C
    server = make_server()
    try:
        server.start()
        server.wait()
        print(f"MONITOR_ELASTICSEARCH_URL={server.url} MONITOR_ELASTICSEARCH_CA_FILE={server.ca_file}", file=sys.stderr)
        print(f"MONITOR_ELASTICSEARCH_USER={USER} MONITOR_ELASTICSEARCH_PASSWORD={PASSWORD}", file=sys.stderr)
        signal.pause()
    finally:
        server.stop()
