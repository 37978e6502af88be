"""The catalogue's page in the docs is what the catalogue says."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from models.figures.indicators import all_indicators
from monitor.cli import app
from monitor.indicators_report import write_report

PAGE = Path(__file__).parent.parent.parent / "docs" / "indicators.md"


def test_the_page_of_the_docs_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == write_report(), "run: ./run.sh monitor series --catalogue docs/indicators.md"


def test_the_page_shows_every_indicator_once() -> None:
    page = write_report()

    assert [slug for slug in all_indicators() if page.count(f"\n| `{slug}` | {all_indicators()[slug].name}") != 1] == []


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    path = tmp_path / "indicators.md"

    done = CliRunner().invoke(app, ["series", "--catalogue", str(path)])

    assert done.exit_code == 0, done.output
    assert path.read_text("utf-8") == write_report()
