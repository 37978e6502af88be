"""What was worked out of short strings, kept for when they come again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Remembered(dict[str, T]):
    """What a function makes of a string, worked out when first met: `table[string]`. A full table is begun anew.

    Quicker than functools.lru_cache where strings come by the hundred: `map(table.__getitem__, text.split())`.

    >>> sizes = Remembered(len, room=2)
    >>> [sizes[word] for word in ("một", "mười", "một")], len(sizes)
    ([3, 4, 3], 2)
    """

    def __init__(self, make: Callable[[str], T], *, room: int) -> None:
        super().__init__()
        self._make, self._room = make, room

    def __missing__(self, key: str) -> T:
        if len(self) >= self._room:
            self.clear()
        found = self[key] = self._make(key)
        return found
