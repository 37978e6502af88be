"""A real PostgreSQL for the tests: a cluster of this run's own on loopback, in a temporary folder.

Whoever owns the run (pytest, or xdist's controller) starts it as soon as a test is collected that needs it, and stops it by
its process id. Each test gets a database of its own, copied from one that the migrations made once for its worker.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.own_servers import MissingError, as_nobody, free_port, give_to_nobody, wait_until

USER, PASSWORD = "monitor", "mat-khau-thu"
_PATIENCE = 60


class PostgresServer:
    """Where the one server of a run is, or will be."""

    def __init__(self, folder: Path, port: int, *, fsync: bool = False) -> None:
        self.folder = folder
        self.port = port
        self._fsync = fsync
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres", *, user: str = USER, password: str = PASSWORD) -> str:
        """As people write it."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Begin to start it; `wait` waits for it. What it lacks is written down for those who wait."""
        try:
            self._make_cluster()
            self._launch()
        except MissingError as e:
            (self.folder / "failed").write_text(str(e))
        except subprocess.CalledProcessError as e:
            (self.folder / "failed").write_text(f"initdb: {e.stderr.decode()[-300:]}")

    def wait(self) -> None:
        """Until it answers. MissingError where it can't."""
        wait_until(self._answers, self.folder, patience=_PATIENCE, pause=0.05)

    def stop(self) -> None:
        self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)

    def halt(self) -> None:
        """Stop it at once; `start_again` goes on with what it holds."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGINT)  # a fast shutdown: sessions are broken off
            process.wait(_PATIENCE)

    def start_again(self) -> None:
        self._launch()
        self.wait()

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Outside of any transaction, as databases are made."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _make_cluster(self) -> None:
        initdb = _program("initdb")
        (self.folder / "password").write_text(PASSWORD)
        give_to_nobody(self.folder)
        command = [
            str(initdb), "-D", str(self.folder / "data"), "-U", USER, "--pwfile", str(self.folder / "password"),
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        ]  # fmt: skip
        subprocess.run(
            [*as_nobody(ends_by="INT"), *command], check=True, capture_output=True, cwd="/", stdin=subprocess.DEVNULL
        )

    def _launch(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": "",
            "fsync": "on" if self._fsync else "off",  # a kill of the server loses nothing by it, only a fall of the machine would
            "max_connections": "200", "shared_buffers": "64MB", "log_min_messages": "warning",
        }  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "out.txt").open("ab") as out:
            self._process = subprocess.Popen(
                [*as_nobody(ends_by="INT"), str(_program("postgres")), "-D", str(self.folder / "data"), *options],
                stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True,
            )  # fmt: skip

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def make_server(*, fsync: bool = False) -> PostgresServer:
    """A place for the server; it is not started yet."""
    folder = Path(tempfile.mkdtemp(prefix="vn-news-monitor-pg-"))
    folder.chmod(0o755)
    return PostgresServer(folder, free_port(), fsync=fsync)


@contextmanager
def a_database(server: PostgresServer, name: str, *, template: str = "template0") -> Iterator[str]:
    """The address of a database that lasts as long as the context."""
    server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield server.url(name)
    finally:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def programs() -> Path:
    """The folder of pg_dump and the like, of the same version as the server."""
    return _program("pg_dump").parent


def _program(name: str) -> Path:
    """Beside pg_config, in Debian's folders, or on the PATH; the newest there is."""
    for folder in _folders():
        if (folder / name).exists():
            return folder / name
    found = shutil.which(name)
    if found is None:
        raise MissingError(f"no {name} of PostgreSQL: install postgresql (Debian, Ubuntu: apt install postgresql)")
    return Path(found).resolve()


def _folders() -> Sequence[Path]:
    config = shutil.which("pg_config")
    asked = []
    if config is not None:
        done = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        asked = [Path(done.stdout.strip())] if done.returncode == 0 else []
    return [*asked, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]


if __name__ == "__main__":  # python -m tests.postgres_server: for trying things out, until Ctrl-C
    server = make_server()
    try:
        server.start()
        server.wait()
        print(f"MONITOR_DATABASE_URL={server.url()}", file=sys.stderr)
        signal.pause()
    finally:
        server.stop()
