"""Where output goes: data to stdout, talk and progress to stderr."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

_HINT = re.compile(
    r"\bmonitor (up|crawl|search|figures|series|conflicts|sources|topics|corrections|train|evaluate|reindex|doctor|extract|analyse"
    r"|ingest|alerts|digest|worker)\b"
)
PIPED_WIDTH = 180
"""Columns of a table that goes into a file or another program."""


def out(line: str = "") -> None:
    """One line of data."""
    sys.stdout.write(line + "\n")


def talk(line: str) -> None:
    """One line for the person who watches."""
    sys.stderr.write(line + "\n")


def command_for(data: Path) -> str:
    """What a person types before a command's name, so that it works on this store from where they stand."""
    command = os.environ.get("MONITOR_COMMAND", "monitor")
    if data == Path(os.environ.get("MONITOR_DATA", "data")):
        return command
    shown = os.path.relpath(data)
    return f"{command} --data {shown if len(shown) < len(str(data)) else data}"


def with_command(text: str, data: Path) -> str:
    """The text with each hint "monitor VERB" made into what can be pasted."""
    return _HINT.sub(lambda match: f"{command_for(data)} {match[1]}", text)


def table_console() -> Console:
    """A console on stdout for tables; plain and wide when it is not a terminal."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=PIPED_WIDTH, soft_wrap=True)


def add_row(table: Table, *cells: str) -> None:
    """A row of a table as it stands: what the web wrote is never markup."""
    table.add_row(*map(Text, cells))


class Counter:
    """A job's progress: so much done of so much, and a word on how it goes."""

    def __init__(self, progress: Progress, name: str, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task(name, total=total, said="")

    def grow(self, count: int) -> None:
        """There is more to do than was known."""
        self._progress.update(self._task, total=(self._progress.tasks[self._task].total or 0) + count)

    def advance(self, count: int = 1, *, said: str | None = None) -> None:
        """So much more is done."""
        if said is None:
            self._progress.advance(self._task, count)
        else:
            self._progress.update(self._task, advance=count, said=said)


@contextmanager
def progress(name: str, total: int | None = None) -> Iterator[Counter]:
    """A progress bar on stderr with counts and time left; silent where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("còn"), TimeRemainingColumn(), TextColumn("{task.fields[said]}"),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield Counter(bar, name, total)
