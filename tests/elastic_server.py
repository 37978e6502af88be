"""A real Elasticsearch for the tests: one node on loopback, with TLS and a password, in a temporary folder.

Whoever owns the run (pytest, or xdist's controller) starts it as soon as a test is collected that needs it, and stops it by
its process id; the tests wait until it answers. The distribution comes from Maven, once, and is kept unpacked beside other
things that outlive a run.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from base64 import b64encode
from pathlib import Path

VERSION = "9.5.0"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
USER, PASSWORD = "monitor", "mat-khau-thu"
_HASH = "$2a$10$dd9f9ANAFbgNS8Ci.J5zD.EBnRkoeacETAbKxBUiG7/x/1yXpGCue"
"""Of PASSWORD, as `elasticsearch-users useradd` writes it."""
_HEAP = "512m"
_PATIENCE = 180
KEPT = Path(os.environ.get("TEST_CACHE", "/var/tmp/vn-news-monitor"))
LARGEST_REQUEST, MOST_UNDER_WAY = "10mb", "40mb"
"""So small that a test can ask too much of it."""


class MissingError(Exception):
    """This machine lacks something that Elasticsearch needs; the message says what."""


class Server:
    """Where the one server of a run is, or will be."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def ca_file(self) -> Path:
        return self.folder / "ca.pem"

    def start(self) -> None:
        """Begin to start it; `wait` waits for it. What it lacks is written down for those who wait."""
        try:
            self._launch()
        except (MissingError, subprocess.CalledProcessError, OSError) as e:
            (self.folder / "failed").write_text(str(e))

    def wait(self) -> None:
        """Until it answers. MissingError where it can't."""
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            if (self.folder / "failed").exists():
                raise MissingError((self.folder / "failed").read_text())
            if self._answers():
                return
            time.sleep(0.25)
        log = self.folder / "out.txt"
        raise MissingError(f"it did not answer within {_PATIENCE} s: {log.read_text()[-500:] if log.exists() else ''}")

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _launch(self) -> None:
        java, home = _java_home(), _distribution()
        config = self.folder / "config"
        shutil.copytree(home / "config", config)
        self._write_certificates(config)
        (config / "elasticsearch.yml").write_text(self._settings())
        (config / "users").write_text(f"{USER}:{_HASH}\n")
        (config / "users_roles").write_text(f"superuser:{USER}\n")
        for name in ("data", "logs", "tmp"):
            (self.folder / name).mkdir()
        _give_to_nobody(self.folder)
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "ES_JAVA_HOME": str(java), "ES_PATH_CONF": str(config),
            "ES_TMPDIR": str(self.folder / "tmp"), "ES_JAVA_OPTS": f"-Xms{_HEAP} -Xmx{_HEAP} -XX:TieredStopAtLevel=1",
        }  # fmt: skip
        command = [*_as_nobody(), str(home / "bin" / "elasticsearch")]
        with (self.folder / "out.txt").open("wb") as out:
            self._process = subprocess.Popen(
                command, env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True
            )  # fmt: skip

    def _settings(self) -> str:
        return "\n".join(
            (
                "cluster.name: vn-news-monitor-test",
                "node.name: one",
                "discovery.type: single-node",
                "http.host: 127.0.0.1",
                "transport.host: 127.0.0.1",
                f"http.port: {self.port}",
                f"transport.port: {free_port()}",
                f"http.max_content_length: {LARGEST_REQUEST}",
                f"indexing_pressure.memory.limit: {MOST_UNDER_WAY}",
                f"path.data: {self.folder / 'data'}",
                f"path.logs: {self.folder / 'logs'}",
                "cluster.routing.allocation.disk.threshold_enabled: false",
                "xpack.security.enabled: true",
                "xpack.security.http.ssl.enabled: true",
                "xpack.security.http.ssl.key: node.key",
                "xpack.security.http.ssl.certificate: node.pem",
                "",
            )
        )

    def _write_certificates(self, config: Path) -> None:
        """An authority of this run's own, and the node's certificate by it."""
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        made = config / "made"
        made.mkdir()
        (made / "extensions").write_text("subjectAltName=IP:127.0.0.1\nauthorityKeyIdentifier=keyid\n")
        _openssl(
            made, "req", "-x509", *curve, "-days", "3", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA"
        )
        _openssl(made, "req", *curve, "-keyout", "node.key", "-out", "node.csr", "-subj", "/CN=127.0.0.1")
        _openssl(
            made, "x509", "-req", "-in", "node.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3",
            "-out", "node.pem", "-extfile", "extensions",
        )  # fmt: skip
        for name in ("node.key", "node.pem"):
            shutil.copy(made / name, config / name)
        shutil.copy(made / "ca.pem", self.ca_file)
        shutil.rmtree(made)

    def _answers(self) -> bool:
        if not self.ca_file.exists():
            return False
        token = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(
            f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s", headers={"Authorization": f"Basic {token}"}
        )
        trust = ssl.create_default_context(cafile=str(self.ca_file))
        try:
            with urllib.request.urlopen(request, timeout=5, context=trust) as reply:
                return bool(reply.status == 200)
        except (OSError, urllib.error.URLError):
            return False


def make_server() -> Server:
    """A place for the server; it is not started yet."""
    folder = Path(tempfile.mkdtemp(prefix="vn-news-monitor-es-"))
    folder.chmod(0o755)
    return Server(folder, free_port())


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _java_home() -> Path:
    """A JDK of version 21 or later."""
    given = [Path(value) for name in ("ES_JAVA_HOME", "JAVA_HOME") if (value := os.environ.get(name))]
    for home in (*given, *sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)):
        release = home / "release"
        if (home / "bin" / "java").exists() and release.exists():
            lines = [line for line in release.read_text().splitlines() if line.startswith("JAVA_VERSION=")]
            if lines and int(lines[0].partition('"')[2].partition(".")[0].strip('"')) >= 21:
                return home
    raise MissingError("no JDK of version 21 or later: install one, or set ES_JAVA_HOME")


def _distribution() -> Path:
    """The unpacked server, fetched by Maven where it is not there yet."""
    home = KEPT / f"elasticsearch-{VERSION}"
    if not home.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            _fetch(Path(folder))
            with zipfile.ZipFile(next(Path(folder).glob("*.zip"))) as archive:
                archive.extractall(folder)
            unpacked = Path(folder) / home.name
            for program in (*unpacked.glob("bin/*"), *unpacked.glob("modules/*/platform/*/bin/*")):
                program.chmod(0o755)
            if not home.exists():
                unpacked.rename(home)
    return home


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingError("no Maven to fetch Elasticsearch with: install maven")
    command = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode or not list(folder.glob("*.zip")):
        raise MissingError(f"Maven could not fetch Elasticsearch: {(done.stdout + done.stderr).strip()[-300:]}")


def _openssl(folder: Path, *arguments: str) -> None:
    if shutil.which("openssl") is None:
        raise MissingError("no openssl to make the server's certificate with: install openssl")
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def _as_nobody() -> list[str]:
    """Elasticsearch refuses to run as root. With setpriv it also ends when we are killed and can't end it."""
    has_setpriv = shutil.which("setpriv") is not None
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig", "TERM"] if has_setpriv else []
    if not has_setpriv:
        raise MissingError("no setpriv to start Elasticsearch as another user than root: install util-linux")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig", "TERM"]


def _give_to_nobody(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "nobody", "nogroup")


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
