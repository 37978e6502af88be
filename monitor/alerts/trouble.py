"""What went wrong, in a line for whoever looks after the monitor."""

from __future__ import annotations

from index.errors import SearchError
from monitor.errors import MonitorError

UNREADABLE_ARTICLE = "không đọc được bài"
"""What is said, with the error behind it, where what is stored of an article makes no sense."""
_LONGEST = 200


def unreadable_said(error: BaseException) -> str:
    """
    >>> unreadable_said(KeyError("value"))
    "không đọc được bài trong kho lưu trữ: KeyError: 'value'"
    """
    return f"{UNREADABLE_ARTICLE} trong kho lưu trữ: {trouble_said(error)}"


def trouble_said(error: BaseException) -> str:
    """An error of ours in its own words, any other with its kind before them.

    >>> trouble_said(KeyError("value")), trouble_said(MonitorError("không có mẫu này"))
    ("KeyError: 'value'", 'không có mẫu này')
    """
    words = " ".join(str(error).split())
    if not isinstance(error, SearchError | MonitorError):
        words = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
