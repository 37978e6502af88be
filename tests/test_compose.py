"""compose.yaml and the Dockerfile, as far as they can be tried without Docker: names, commands, checks, accounts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer.main
import uvicorn
import yaml
from packaging.requirements import Requirement

from index.elastic import ElasticIndex
from index.engines.elastic_client import ElasticSettings
from index.errors import AwayError
from monitor.assembly import open_desk
from monitor.cli import app
from monitor.config import Config
from monitor.web import create_app
from tests.demands import lacking
from tests.elastic_server import make_folder
from tests.index.engines.elastic.rights import assert_can_do_all_that_a_monitor_does, assert_reaches_no_other_index
from tests.own_servers import as_nobody, free_port, give_to_nobody

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "compose.yaml").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
OURS = [name for name, service in SERVICES.items() if service.get("image") == "vn-news-monitor"]
COMMANDS = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_every_setting_in_the_compose_file_is_one() -> None:
    given = {name for service in OURS for name in SERVICES[service]["environment"]}
    known = {f"MONITOR_{name.upper()}" for name in Config.model_fields} | {"MONITOR_COMMAND"}

    assert given
    assert given - known == set()


@pytest.mark.parametrize("service", OURS)
def test_every_command_in_the_compose_file_is_one(service: str) -> None:
    assert SERVICES[service]["command"][0] in COMMANDS


def test_the_example_of_the_environment_names_all_that_the_compose_file_wants_and_nothing_else() -> None:
    wanted = set(re.findall(r"(?<!\$)\$\{(\w+)", TEXT))
    named = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.M))

    assert named == wanted


def test_no_password_stands_in_the_compose_file_or_has_a_default() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name:
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), name


def test_every_volume_and_network_is_declared_and_what_must_outlive_a_container_has_one() -> None:
    compose = yaml.safe_load(TEXT)
    volumes = {mount.partition(":")[0] for service in SERVICES.values() for mount in service.get("volumes", ())}
    networks = {name for service in SERVICES.values() for name in service.get("networks", ())}

    assert volumes == set(compose["volumes"])
    assert networks == set(compose["networks"])
    for name in ("web", "worker", "elasticsearch", "postgres"):
        assert SERVICES[name]["volumes"], name
        assert SERVICES[name]["restart"] == "unless-stopped", name
        assert SERVICES[name]["healthcheck"]["test"], name


def test_elasticsearch_and_postgresql_are_not_reachable_from_outside() -> None:
    for name in ("elasticsearch", "postgres"):
        assert "ports" not in SERVICES[name]
        assert SERVICES[name]["networks"] == ["inside"]
    assert SERVICES["elasticsearch"]["environment"]["xpack.security.enabled"] == "true"
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


def test_elasticsearch_may_write_its_snapshots_before_it_starts(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        lacking("root", "only root gives folders away, as in the container")
    maker, elasticsearch = SERVICES["snapshots-folder"], SERVICES["elasticsearch"]
    folder = elasticsearch["environment"]["path.repo"]

    subprocess.run([str(tmp_path) if part == folder else part for part in maker["entrypoint"]], check=True)

    assert maker["volumes"] == [f"snapshots:{folder}"]
    assert set(maker["volumes"]) < set(elasticsearch["volumes"])
    assert (maker["user"], tmp_path.stat().st_uid) == ("0", 1000)
    assert elasticsearch["depends_on"]["snapshots-folder"]["condition"] == "service_completed_successfully"


# --- the checks and the account, on real servers


def test_the_check_of_the_page_succeeds_where_it_answers_and_fails_where_it_does_not(tmp_path: Path) -> None:
    port = free_port()
    with open_desk(Config(data=tmp_path)) as desk, serving(create_app(desk, []), port):
        assert page_is_well(port)
    assert not page_is_well(port)


def page_is_well(port: int) -> bool:
    _, program, *arguments = SERVICES["web"]["healthcheck"]["test"]
    command = [shutil.which(program) or program, *(one.replace("8470", str(port)) for one in arguments)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def serving(page: Any, port: int) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(page, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield
    server.should_exit = True
    thread.join()


def shell(elastic: ElasticSettings, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run what compose would hand to the shell in a container, on the tests' own server."""
    script = script.replace("$$", "$").replace("http://localhost:9200", elastic.urls[0])
    script = script.replace('"elastic:$ELASTIC_PASSWORD"', f'"{elastic.user}:$ELASTIC_PASSWORD"')
    variables = {
        "PATH": os.environ["PATH"],
        "CURL_CA_BUNDLE": str(elastic.ca_file),
        "URL": elastic.urls[0],
        **environment,
    }
    return subprocess.run(["bash", "-euc", script], env=variables, capture_output=True, text=True, check=False)


def test_the_check_of_elasticsearch_succeeds_by_its_password_alone(elastic: ElasticSettings) -> None:
    _, script = SERVICES["elasticsearch"]["healthcheck"]["test"]

    assert shell(elastic, script, ELASTIC_PASSWORD=elastic.password or "").returncode == 0
    assert shell(elastic, script, ELASTIC_PASSWORD="sai").returncode != 0


def test_the_account_is_made_at_each_start_and_gets_all_that_the_monitor_needs_and_no_more(
    elastic: ElasticSettings,
) -> None:
    (script,) = SERVICES["elasticsearch-user"]["command"]
    mine = SERVICES["web"]["environment"]["MONITOR_ELASTICSEARCH_USER"]

    for password in ("mat-khau-cu", "mat-khau-moi"):
        done = shell(elastic, script, ELASTIC_PASSWORD=elastic.password or "", USER_PASSWORD=password)
        assert done.returncode == 0, done.stderr

    assert_can_do_all_that_a_monitor_does(replace(elastic, user=mine, password="mat-khau-moi"))
    assert_reaches_no_other_index(replace(elastic, user=mine, password="mat-khau-moi"))
    with pytest.raises(AwayError, match="không nhận"), closing(
        ElasticIndex(replace(elastic, user=mine, password="mat-khau-cu"))
    ) as index:  # fmt: skip
        index.count()


def test_no_account_is_made_where_elasticsearch_refuses_and_the_others_wait(elastic: ElasticSettings) -> None:
    (script,) = SERVICES["elasticsearch-user"]["command"]

    assert shell(elastic, script, ELASTIC_PASSWORD="sai", USER_PASSWORD="mat-khau").returncode != 0
    assert SERVICES["web"]["depends_on"]["elasticsearch-user"]["condition"] == "service_completed_successfully"


# --- PostgreSQL's check


def test_the_check_of_postgresql_succeeds_where_it_answers() -> None:
    _, script = SERVICES["postgres"]["healthcheck"]["test"]
    programs = postgres_programs()
    if programs is None:
        lacking("PostgreSQL", "it is not on this machine")
    port = free_port()
    variables = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "POSTGRES_USER": "monitor",
        "POSTGRES_DB": "monitor",
        "PGPORT": str(port),
    }

    def is_well() -> bool:
        command = ["bash", "-c", script.replace("$$", "$")]
        return subprocess.run(command, env=variables, check=False).returncode == 0

    assert not is_well()
    with running_postgres(programs, port):
        ends = time.monotonic() + 30
        while not is_well():
            assert time.monotonic() < ends
            time.sleep(0.05)


def postgres_programs() -> Path | None:
    """The folder of initdb, postgres and pg_isready."""
    folders = [Path(name) for name in os.environ["PATH"].split(":")]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wanted = ("initdb", "postgres", "pg_isready")
    return next((folder for folder in folders if all((folder / name).exists() for name in wanted)), None)


@contextmanager
def running_postgres(programs: Path, port: int) -> Iterator[None]:
    data = make_folder()
    give_to_nobody(data)
    command = [*as_nobody(), str(programs / "initdb"), "-D", str(data), "-U", "monitor", "--no-sync"]
    subprocess.run(command, check=True, capture_output=True, cwd="/")
    options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-p", str(port)]
    process = subprocess.Popen(
        [*as_nobody(), str(programs / "postgres"), "-D", str(data), *options], cwd="/", stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(data, ignore_errors=True)


# --- the image


def test_the_image_runs_as_another_user_than_root_and_names_no_registry() -> None:
    lines = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
    last_user = [line for line in lines if line.startswith("USER")][-1]

    assert last_user.split()[1] not in ("root", "0")
    assert lines.index(last_user) > max(number for number, line in enumerate(lines) if line.startswith("RUN"))
    assert not re.search(
        r"https?://|index-url|\.io/|\.com/", DOCKERFILE + TEXT.replace("http://", "").replace("${", "")
    )


def test_what_the_image_is_made_of_is_there_and_nothing_else_goes_in() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    kept = [line[1:] for line in ignored if line.startswith("!")]

    assert "*" in ignored
    assert all((ROOT / name).exists() for name in kept)
    assert {"requirements.txt", "crawlers", "models", "index", "monitor"} <= set(kept)
    assert not any(name in kept for name in (".env", "data", ".git", "tests"))


def test_the_tests_run_on_the_very_versions_that_the_image_gets() -> None:
    pins = [Requirement(line) for line in (ROOT / "requirements.txt").read_text().splitlines() if line.strip()]
    wanted = {pin.name: str(pin.specifier) for pin in pins if pin.marker is None or pin.marker.evaluate()}

    assert len(wanted) > 40
    assert {name: f"=={version(name)}" for name in wanted} == wanted
