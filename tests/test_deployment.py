"""What docs/deployment.md says of backups, done on a real PostgreSQL: its lines, without Docker's part in them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.archive import open_archive
from monitor.config import Config
from monitor.jobs.queue import CRAWL, open_queue
from tests.databases import unique_name
from tests.postgres_server import PASSWORD, PostgresServer, a_database, programs

ROOT = Path(__file__).parent.parent
DOCS = (ROOT / "docs" / "deployment.md").read_text("utf-8")
BACK_UP, RESTORE = re.findall(r"```bash\n(.*?)```", DOCS.partition("## Backups")[2].partition("## Upgrades")[0], re.S)
LINE = {"url": "https://a.vn/1.html", "title": "Tin số 1", "text": "Đến nay, tỉnh Lào Cai đạt 81% hồ sơ trực tuyến."}


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with a_database(postgres, unique_name("sao-luu")) as url:
        yield url


def run(script: str, url: str, folder: Path, *, stdin: str = "") -> str:
    """Run lines for a shell in `folder`, where `data` is what the container has as /data."""
    database = url.rpartition("/")[2]
    monitor = shlex.join([sys.executable, "-m", "monitor"])
    for said, meant in (
        ("docker compose exec -T postgres ", ""),
        ("docker compose run --rm -T --no-deps --entrypoint tar web -C /data", "tar -C data"),
        ("docker compose run --rm worker ", f"{monitor} "),
        ("docker compose stop web worker", ""),
        ("docker compose up -d", ""),
        ("2026-11-28", "$(date +%F)"),
    ):
        script = script.replace(said, meant)
    assert "docker" not in script
    script = re.sub(r"(?<=-d )monitor\b|(?<=-Fc )monitor\b|\bmonitor$", database, script, flags=re.M)
    variables = {
        "PATH": f"{programs()}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MONITOR_DATA": "data",
        "MONITOR_DATABASE_URL": url, "PGHOST": "127.0.0.1", "PGPORT": url.rpartition(":")[2].partition("/")[0],
        "PGPASSWORD": PASSWORD,
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-euc", script], cwd=folder, env=variables, input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_backup_brings_all_back_though_a_newer_program_used_the_database(
    url: str, postgres: PostgresServer, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "monitor.toml").write_text("poll_minutes = 45\n")
    monitor = shlex.join([sys.executable, "-m", "monitor"])
    run(f"{monitor} ingest -", url, tmp_path, stdin=json.dumps(LINE))
    with open_queue(Config(data=tmp_path, database_url=url)) as queue:
        queue.put("crawl", queue=CRAWL, lock="a.vn", arguments={"part": "a.vn"})

    run(BACK_UP, url, tmp_path)
    run(
        f"{monitor} ingest -", url, tmp_path, stdin=json.dumps(LINE | {"url": "https://a.vn/2.html", "title": "Sau đó"})
    )
    postgres.execute("CREATE TABLE of_a_newer_program (id integer)", url.rpartition("/")[2])
    (tmp_path / "data" / "monitor.toml").unlink()
    run(RESTORE, url, tmp_path)

    found = json.loads(run(f"{monitor} search 'hồ sơ' --json", url, tmp_path))
    assert [hit["title"] for hit in found["hits"]] == ["Tin số 1"]
    assert (tmp_path / "data" / "monitor.toml").read_text() == "poll_minutes = 45\n"
    with closing(open_archive(url)) as archive, open_queue(Config(data=tmp_path, database_url=url)) as queue:
        assert (archive.counts().articles, archive.counts().outbox) == (1, 0)
        assert queue.busy_locks() == {"a.vn"}
    with pytest.raises(Exception, match="of_a_newer_program"):
        postgres.execute("SELECT * FROM of_a_newer_program", url.rpartition("/")[2])
