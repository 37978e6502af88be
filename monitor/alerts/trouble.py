"""What went wrong, in a line for whoever looks after the monitor."""

from __future__ import annotations

from index.errors import SearchError
from monitor.errors import MonitorError

_LONGEST = 200


def trouble_said(error: BaseException) -> str:
    """An error of ours in its own words, any other with its kind before them.

    >>> trouble_said(KeyError("value")), trouble_said(MonitorError("không có mẫu này"))
    ("KeyError: 'value'", 'không có mẫu này')
    """
    words = " ".join(str(error).split())
    if not isinstance(error, SearchError | MonitorError):
        words = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
