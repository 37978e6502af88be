"""How often one person may do something that costs others: so many times in so long, counted in memory."""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta

_MOST_KEYS = 10_000


class Allowance:
    """Lets each key through `most` times in any span of `within`; safe for many threads.

    It forgets when the program ends, and when more keys come than it can hold, those that were quiet longest.
    """

    def __init__(self, most: int, within: timedelta) -> None:
        self._most = most
        self._within = within
        self._taken: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def take(self, key: str, now: datetime) -> bool:
        """Whether this one may pass; one that may not does not count."""
        with self._lock:
            taken = self._taken.pop(key, None) or deque()
            self._taken[key] = taken  # the last to come stands last
            while taken and taken[0] <= now - self._within:
                taken.popleft()
            while taken and taken[0] > now:  # the clock was set back
                taken.popleft()
            if len(self._taken) > _MOST_KEYS:
                del self._taken[next(iter(self._taken))]
            if len(taken) >= self._most:
                return False
            taken.append(now)
            return True
