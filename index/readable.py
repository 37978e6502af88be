"""Many stored rows, of which one may make no sense: another hand's, a failing disk's, a newer program's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
UNREADABLE = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError)
"""What JSON of another shape, a number that is none or a time that is none raise. A database that fails raises its own."""


def read_each(
    load: Callable[[Sequence[str]], Sequence[T]], keys: Sequence[str]
) -> tuple[list[T], dict[str, Exception]]:
    """What can be loaded of some keys, in their order, and by key what is wrong with each of the others.

    These are found by halving, so that one among 500 costs some ten times a loading, and none costs nothing.

    >>> read_each(lambda keys: [int(key) for key in keys], ["1", "2", "x", "4"])
    ([1, 2, 4], {'x': ValueError("invalid literal for int() with base 10: 'x'")})
    """
    try:
        return list(load(keys)), {}
    except UNREADABLE as e:
        if len(keys) == 1:
            return [], {keys[0]: e}
    middle = len(keys) // 2
    first, wrong = read_each(load, keys[:middle])
    second, also_wrong = read_each(load, keys[middle:])
    return first + second, wrong | also_wrong
