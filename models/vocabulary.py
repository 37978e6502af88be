"""The word lists of models/data/words.toml, as sets and as regular expressions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import ahocorasick_rs

DATA = Path(__file__).parent / "data"
# For some hundred phrases. A DFA is quicker alone, and slower amid all else, as the processor's cache can't hold it.
QUICK = ahocorasick_rs.Implementation.ContiguousNFA


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


def whole_words(path: str) -> str:
    """As any_of, for phrases that no letter may touch. Twice as quick: a search skips to the first letters."""
    ways = (f"{letter}(?<!\\w{letter}){rest}" for letter, rest in _by_first_letter(path))
    return f"(?:{'|'.join(ways)})(?!\\w)"


def whole_words_apart(path: str) -> str:
    """As whole_words, to stand among other ways that begin with a letter or mark of their own: a search skips to these."""
    return "|".join(f"{letter}(?<!\\w{letter}){rest}(?!\\w)" for letter, rest in _by_first_letter(path))


def any_of_many(path: str) -> str:
    """As any_of, for a long list: tries only the phrases that begin with the right letter."""
    return "|".join(letter + rest for letter, rest in _by_first_letter(path))


def _by_first_letter(path: str) -> list[tuple[str, str]]:
    by_letter: dict[str, list[str]] = {}
    for phrase in alternatives(words(path)).split("|"):
        by_letter.setdefault(phrase[0], []).append(phrase[1:])
    return [(letter, f"(?:{'|'.join(rests)})") for letter, rests in by_letter.items()]


def ends_with(text: str, position: int, path: str, *, most: int = 5) -> str | None:
    """The longest phrase of a list that stands right before a position, or None.

    >>> ends_with("Tổng đài hỗ trợ, khoảng trên 60%", 29, "bounds.over")
    'khoảng trên'
    """
    return longest_suffix(text[max(0, position - 40) : position].lower().split()[-most:], words(path))


def last_match(pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The last match within a stretch of text."""
    found = None
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        found = match
    return found


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
    if not tokens or (longest := _longest_by_last_word(phrases).get(tokens[-1])) is None:
        return None
    for start in range(max(0, len(tokens) - longest), len(tokens)):
        phrase = " ".join(tokens[start:])
        if phrase in phrases:
            return phrase
    return None


@cache
def last_words(*paths: str) -> frozenset[str]:
    """The words with which the phrases of some lists end: a glance at them spares most calls of longest_suffix.

    >>> "lẻ" in last_words("before.price"), "đồng" in last_words("before.price")
    (True, False)
    """
    return frozenset(phrase.split()[-1] for path in paths for phrase in words(path))


@cache
def _longest_by_last_word(phrases: frozenset[str]) -> dict[str, int]:
    """How many words the longest phrase has that ends in a word; nine look-ups in ten end here."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        tokens = phrase.split()
        longest[tokens[-1]] = max(len(tokens), longest.get(tokens[-1], 0))
    return longest
