"""The docs tell the truth: README's commands run and print what stands there; every command, setting, topic and unit is written down."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer.main

from crawlers.sources import load
from models.topics.phrases import load_topics
from monitor.cli import app
from monitor.config import Config
from monitor.words import UNITS
from tests.monitor.conftest import free_ports

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCS = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+")
SHOWN = re.compile(r"^\$ (?P<command>.+)\n(?P<output>(?:(?!\$ |```).*\n)*)", re.M)


def blocks() -> list[tuple[str, list[str]]]:
    """Each command that README shows, with the lines that it says come out."""
    found = re.findall(r"```console\n(.*?)```", README, re.S)
    pairs = [match.group("command", "output") for block in found for match in SHOWN.finditer(block)]
    return [(command, [line for line in output.splitlines() if line.strip()]) for command, output in pairs]


@pytest.mark.slow
def test_the_commands_of_the_readme_run_and_print_what_it_shows(tmp_path: Path) -> None:
    port = free_ports()
    shown = {str(8473 + number): str(port + number) for number in range(20)}
    environment = {**os.environ, "MONITOR_DATA": str(tmp_path / "data"), "MONITOR_DEMO_PORT": str(port)}
    ran = 0
    for command, lines in blocks():
        if command == "./run.sh test":  # that is what is running
            continue
        done = subprocess.run(
            ["bash", "-c", command.replace("./run.sh", shlex.quote(str(ROOT / "run.sh")))],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        printed = [squeezed(line) for line in (done.stdout + done.stderr).splitlines()]
        assert done.returncode == 0, (command, done.stderr)
        for line in lines:
            line = PORT.sub(lambda match: shown[match[0]], squeezed(line))
            assert any(out.startswith(line) for out in printed), (command, line, done.stdout)
        ran += 1

    assert ran >= 5


def squeezed(line: str) -> str:
    return " ".join(line.split())


def test_the_python_of_the_readme_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    printed: list[object] = []

    exec(code.replace("print(", "printed.extend("), {"printed": _Extend(printed)})

    assert [str(value) for value in printed[1:]] == ["72.1", "Lào Cai"]


class _Extend(list[object]):
    """Takes what print would have been given."""

    def __init__(self, into: list[object]) -> None:
        super().__init__()
        self._into = into

    def extend(self, *values: object) -> None:  # type: ignore[override]
        self._into.extend(values)


def test_every_command_is_in_the_readme() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]

    missing = [name for name in commands if not re.search(rf"\./run\.sh (?:monitor )?(?:--data \S+ )?{name}\b", README)]

    assert missing == []


def test_every_setting_is_documented() -> None:
    assert [name for name in Config.model_fields if f"| `{name}` |" not in DOCS["settings.md"]] == []


def test_every_topic_is_documented_with_its_name() -> None:
    assert [
        topic.slug for topic in load_topics() if f"| `{topic.slug}` | {topic.name} |" not in DOCS["topics.md"]
    ] == []


def test_every_unit_is_documented() -> None:
    assert [unit for unit in UNITS if f"`{unit}`" not in DOCS["glossary.md"]] == []


def test_the_readme_counts_the_catalogue_rightly() -> None:
    assert f"{len(load())} outlets" in README


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)#]+)\)", README))))
def test_what_the_readme_links_to_is_there(link: str) -> None:
    assert (ROOT / link).exists()
