"""The command line: options that hold for every command, and how errors are told.

Commands live in monitor/commands/; nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from crawlers.errors import CrawlError
from index.errors import QuerySyntaxError, SearchError
from models.errors import ModelError
from monitor.commands import alerts, collect, compare, find, keep, read
from monitor.config import ConfigError
from monitor.console import talk, with_command
from monitor.errors import MonitorError

STOPPED = 130
"""What typer makes of Ctrl-C."""

app = typer.Typer(
    name="monitor",
    help="Theo dõi tin tức chính quyền số: thu thập, gắn chủ đề, đọc số liệu, tìm kiếm theo thời gian.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (collect, read, find, compare, alerts, keep):
    commands.register(app)


@app.callback()
def _options(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option(metavar="DIR", help="Nơi lưu mọi thứ (hoặc MONITOR_DATA).")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Ghi chi tiết kỹ thuật ra stderr.")] = False,
) -> None:
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    context.obj = data


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command; exit 0 done, 1 could not (one line says what to do), 2 wrong usage."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """`main` without the exit."""
    try:
        code = app(_global_options_first(arguments), standalone_mode=False, prog_name="monitor")
    except QuerySyntaxError as e:
        talk(e.query)
        talk(" " * e.position + "^")
        talk(e.message)
    except (MonitorError, ConfigError, CrawlError, ModelError, SearchError) as e:
        talk(with_command(f"Không làm được: {e}", read_data(arguments)))
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as e:
        talk(f"Không làm được: {e.strerror or e} {e.filename or ''}. Kiểm tra quyền ghi và chỗ trống trên đĩa")
    except Exception as e:
        if hasattr(e, "exit_code") and hasattr(e, "show"):  # click's own usage errors
            e.show()
            return int(e.exit_code)
        raise
    else:
        if code == STOPPED:
            talk("Đã dừng. Những gì đã báo là lưu thì vẫn còn; lần chạy sau sẽ làm tiếp.")
        return code if isinstance(code, int) else 0  # typer hands back the code of an Exit
    return 1


def read_data(arguments: list[str]) -> Path:
    """The data folder that the arguments or the environment name, for hints; the command itself reads it again."""
    first = _global_options_first(arguments)
    if first[:1] == ["--data"] and len(first) > 1:
        return Path(first[1])
    given = first[0].removeprefix("--data=") if first and first[0].startswith("--data=") else None
    return Path(given or os.environ.get("MONITOR_DATA", "data"))


def _global_options_first(arguments: list[str]) -> list[str]:
    """Let --data and --verbose stand anywhere, as people type them.

    >>> _global_options_first(["search", "một cửa", "--data", "d", "--limit", "3"])
    ['--data', 'd', 'search', 'một cửa', '--limit', '3']
    """
    first: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument == "--":
            rest += [argument, *left]
        elif argument == "--data":
            first += [argument, *([value] if (value := next(left, None)) is not None else [])]
        elif argument.startswith("--data="):
            first.append(argument)
        elif argument in {"--verbose", "-v"}:
            first.append("--verbose")
        else:
            rest.append(argument)
    return first + rest
