"""What every real server of the tests needs: a port, a user that is not root, and to be waited for."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path


class MissingError(Exception):
    """This machine lacks something that a server needs; the message says what."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(answers: Callable[[], bool], folder: Path, *, patience: float, pause: float) -> None:
    """Until a server answers whose start wrote `failed` or `out.txt` into its folder. MissingError where it can't."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if (folder / "failed").exists():
            raise MissingError((folder / "failed").read_text())
        if answers():
            return
        time.sleep(pause)
    log = folder / "out.txt"
    raise MissingError(f"it did not answer within {patience:.0f} s: {log.read_text()[-500:] if log.exists() else ''}")


def as_nobody(*, ends_by: str = "TERM") -> list[str]:
    """How to start what refuses to run as root. With setpriv it also ends, by this signal, when we are killed."""
    has_setpriv = shutil.which("setpriv") is not None
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig", ends_by] if has_setpriv else []
    if not has_setpriv:
        raise MissingError("no setpriv to start a server as another user than root: install util-linux")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig", ends_by]


def give_to_nobody(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "nobody", "nogroup")
