"""The word lists of models/data/words.toml, as sets and as regular expressions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def load_toml(name: str) -> dict[str, object]:
    """A file of models/data, read once."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def words(path: str) -> frozenset[str]:
    """One list of words.toml by its dotted name.

    >>> "này" in words("after.demonstrative")
    True
    """
    section, name = path.split(".")
    table = load_toml("words.toml")[section]
    assert isinstance(table, dict)
    return frozenset(table[name])


def alternatives(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases, the longest first; a space stands for any run of blanks.

    >>> alternatives(["số", "tổng số"])
    'tổng\\\\s+số|số'
    """
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)


def any_of(path: str) -> str:
    """A regular expression for any word of one list."""
    return alternatives(words(path))


def ends_with(text: str, position: int, path: str, *, most: int = 5) -> str | None:
    """The longest phrase of a list that stands right before a position, or None.

    >>> ends_with("Tổng đài hỗ trợ, khoảng trên 60%", 29, "bounds.over")
    'khoảng trên'
    """
    return longest_suffix(text[max(0, position - 40) : position].lower().split()[-most:], words(path))


def small_letters(text: str) -> str:
    """Lower case of the same length: the one letter that would grow (İ) stays."""
    lower = text.lower()
    return (
        lower
        if len(lower) == len(text)
        else "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
    )


def longest_suffix(tokens: list[str], phrases: frozenset[str]) -> str | None:
    """The longest run of tokens at the end that is one of the phrases."""
    for start in range(max(0, len(tokens) - _longest(phrases)), len(tokens)):
        phrase = " ".join(tokens[start:])
        if phrase in phrases:
            return phrase
    return None


@cache
def _longest(phrases: frozenset[str]) -> int:
    return max(len(phrase.split()) for phrase in phrases)
