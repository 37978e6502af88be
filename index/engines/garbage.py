"""The garbage collector, held back while very many records are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Python looks for circles again and again as objects are made; 49,000 figures hold none, and take half the time.

    For what is finite and makes no circles. Of two threads the first to end lets the collector go on, which harms nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
