"""Answers kept while the stores are unchanged, for questions that read every figure."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from index.base import Index

Answer = TypeVar("Answer")


class Kept:
    """The last answers of one running program. A commit by whomever, and all are forgotten."""

    def __init__(self, index: Index, *, most: int = 16) -> None:
        self._index = index
        self._most = most
        self._stamp = ""
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._under_way: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def ask(self, question: Hashable, work: Callable[[], Answer]) -> Answer:
        """What `work` answers, or answered before. Those who ask the same at the same time wait for one to work."""
        stamp = self._index.stamp()  # before reading: what changes meanwhile is read anew by whoever asks next
        with self._lock:
            working = self._under_way.setdefault((stamp, question), threading.Lock())
        try:
            with working:
                known, answer = self._recall(stamp, question)
                if not known:
                    answer = work()
                    self._keep(stamp, question, answer)
        finally:
            with self._lock:
                self._under_way.pop((stamp, question), None)
        found: Answer = answer
        return found

    def _recall(self, stamp: str, question: Hashable) -> tuple[bool, Any]:
        with self._lock:
            if stamp != self._stamp:
                self._answers.clear()
                self._stamp = stamp
            if question not in self._answers:
                return False, None
            self._answers.move_to_end(question)
            return True, self._answers[question]

    def _keep(self, stamp: str, question: Hashable, answer: object) -> None:
        with self._lock:
            if stamp == self._stamp:
                self._answers[question] = answer
                if len(self._answers) > self._most:
                    self._answers.popitem(last=False)
