"""Where output goes: data to stdout, talk and progress to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

PIPED_WIDTH = 180
"""Columns of a table that goes into a file or another program."""


def out(line: str = "") -> None:
    """One line of data."""
    sys.stdout.write(line + "\n")


def talk(line: str) -> None:
    """One line for the person who watches."""
    sys.stderr.write(line + "\n")


def table_console() -> Console:
    """A console on stdout for tables; plain and wide when it is not a terminal."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=PIPED_WIDTH, soft_wrap=True)


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
