"""What a real Elasticsearch needs of this machine: Java, the distribution, a user that is not root, certificates."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path

from tests.own_servers import MissingError

VERSION = "9.5.0"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
KEPT = Path(os.environ.get("TEST_CACHE", "/var/tmp/vn-news-monitor"))
_ACCOUNTS = Path(__file__).parent / "data" / "elasticsearch" / "Accounts.java"
_DESCRIPTOR = f"""\
name=accounts
description=What the index of accounts is analysed with
version={VERSION}
elasticsearch.version={VERSION}
java.version=21
classname=accounts.Accounts
"""


class Authority:
    """Signs the certificates of one run's nodes; whoever trusts `ca_file` trusts them all."""

    _CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")

    def __init__(self, folder: Path) -> None:
        """In a folder that is there."""
        self._folder = folder
        self.ca_file = folder / "ca.pem"

    def make(self) -> None:
        (self._folder / "extensions").write_text("subjectAltName=IP:127.0.0.1\nauthorityKeyIdentifier=keyid\n")
        self._openssl(
            "req", "-x509", *self._CURVE, "-days", "3", "-keyout", "ca.key", "-out", "made.pem", "-subj", "/CN=Test CA"
        )
        (self._folder / "made.pem").rename(self.ca_file)  # whoever waits for it sees it whole

    def sign(self, config: Path) -> None:
        """Put a node's key and certificate into its configuration: node.key, node.pem."""
        key, request, certificate = (str(config / name) for name in ("node.key", "node.csr", "node.pem"))
        self._openssl("req", *self._CURVE, "-keyout", key, "-out", request, "-subj", "/CN=127.0.0.1")
        self._openssl(
            "x509", "-req", "-in", request, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3",
            "-out", certificate, "-extfile", "extensions",
        )  # fmt: skip

    def _openssl(self, *arguments: str) -> None:
        if shutil.which("openssl") is None:
            raise MissingError("no openssl to make the server's certificate with: install openssl")
        subprocess.run(["openssl", *arguments], cwd=self._folder, check=True, capture_output=True)


def java_home() -> Path:
    """A JDK of version 21 or later."""
    given = [Path(value) for name in ("ES_JAVA_HOME", "JAVA_HOME") if (value := os.environ.get(name))]
    for home in (*given, *sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)):
        release = home / "release"
        if (home / "bin" / "javac").exists() and release.exists():
            lines = [line for line in release.read_text().splitlines() if line.startswith("JAVA_VERSION=")]
            if lines and int(lines[0].partition('"')[2].partition(".")[0].strip('"')) >= 21:
                return home
    raise MissingError("no JDK of version 21 or later: install one, or set ES_JAVA_HOME")


def distribution() -> Path:
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


def home() -> Path:
    """The server as it is run: the distribution, and the plugin by which it can keep accounts and API keys."""
    shipped = distribution()
    made = KEPT / f"{shipped.name}-{zlib.crc32(_ACCOUNTS.read_bytes()):08x}"
    if not made.exists():
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            making = Path(folder) / made.name
            plugin = making / "plugins" / "accounts"
            plugin.mkdir(parents=True)
            for part in shipped.iterdir():
                if part.name != "plugins":
                    (making / part.name).symlink_to(part)
            _compile(_ACCOUNTS, Path(folder) / "classes", against=shipped / "lib")
            shutil.make_archive(str(plugin / "accounts"), "zip", Path(folder) / "classes")
            (plugin / "accounts.zip").rename(plugin / "accounts.jar")
            (plugin / "plugin-descriptor.properties").write_text(_DESCRIPTOR)
            if not made.exists():
                making.rename(made)
    return made


def _compile(source: Path, into: Path, *, against: Path) -> None:
    command = [str(java_home() / "bin" / "javac"), "-d", str(into), "-cp", f"{against}/*", str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(f"javac could not compile {source.name}: {done.stderr.strip()[-300:]}")


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingError("no Maven to fetch Elasticsearch with: install maven")
    command = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode or not list(folder.glob("*.zip")):
        raise MissingError(f"Maven could not fetch Elasticsearch: {(done.stdout + done.stderr).strip()[-300:]}")
