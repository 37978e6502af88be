"""Words of a Vietnamese text: the longest match in underthesea's dictionary, left to right.

underthesea's own `word_tokenize` takes 20 times as long; tests/models/test_words.py holds how far the two agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from models.errors import ModelError
from models.text import Span, unify_i, unify_tones

_DICTIONARY = Path("corpus", "data", "Viet74K.txt")
# Longer entries are proverbs ("ăn quả nhớ kẻ trồng cây").
_MAX_SYLLABLES = 5
_SYLLABLE = re.compile(r"\d+(?:[.,/]\d+)+%?|[^\W_]+%?")
_INSIDE_A_WORD = (" ", "-", "_")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: frozenset[str]
    """Of two syllables and more, as `_key` spells them."""
    reach: dict[str, int]
    """The first two syllables of a word ─► how many the longest word has that begins so."""


def dictionary() -> frozenset[str]:
    """The words of several syllables that underthesea's dictionary holds, in small letters and in one spelling.

    >>> "kĩ thuật" in dictionary(), "Hà Nội" in dictionary()
    (True, False)
    """
    return _lexicon().words


def spelled(word: str) -> str:
    """A word as the dictionary spells it: small letters, one place for the tone, i for y."""
    return _key(word)


def longest_from(pair: str) -> int:
    """How many syllables the longest word has that begins with these two, in the dictionary's spelling; 0 where none does.

    >>> longest_from("cơ sở"), longest_from("dò quét")
    (4, 0)
    """
    return _lexicon().reach.get(pair, 0)


def words(text: str) -> list[str]:
    """The words of an NFC text as written, syllables joined by one space; punctuation is left out.

    >>> words("Cơ sở dữ liệu quốc gia về dân cư đã hoàn thành.")
    ['Cơ sở dữ liệu', 'quốc gia', 'về', 'dân cư', 'đã', 'hoàn thành']
    """
    return [text[start:end] for start, end in word_spans(text)]


def word_spans(text: str) -> list[Span]:
    """Where the words of an NFC text stand; a word never reaches over punctuation or a line's end.

    >>> word_spans("chữ ký, hồ sơ")
    [(0, 6), (8, 13)]
    """
    lexicon = _lexicon()
    found = [match.span() for match in _SYLLABLE.finditer(text)]
    key = _key(text)
    syllables = [key[start:end] for start, end in found]
    spans: list[Span] = []
    position, last = 0, len(found) - 1
    while position <= last:
        length = 1
        if position < last:
            reach = lexicon.reach.get(f"{syllables[position]} {syllables[position + 1]}")
            if reach:
                piece = slice(position, position + reach)
                length = _longest(lexicon.words, syllables[piece], _joined(text, found[piece]))
        spans.append((found[position][0], found[position + length - 1][1]))
        position += length
    return spans


def _joined(text: str, found: list[Span]) -> int:
    """How many of these syllables stand together with nothing but a space or a hyphen between."""
    for number in range(1, len(found)):
        if text[found[number - 1][1] : found[number][0]] not in _INSIDE_A_WORD:
            return number
    return len(found)


def _longest(known: frozenset[str], syllables: list[str], limit: int) -> int:
    for length in range(limit, 1, -1):
        if " ".join(syllables[:length]) in known:
            return length
    return 1


def _key(text: str) -> str:
    """How the lexicon spells: small letters, one place for the tone, i for y. Same length as the text."""
    small = text.lower()
    if len(small) != len(text):  # only the Turkish İ grows
        small = text.replace("İ", "I").lower()
    return unify_i(unify_tones(small))


@cache
def _lexicon() -> _Lexicon:
    """Read from the installed package's data, without importing it: that would take a second and 600 modules."""
    reach: dict[str, int] = {}
    known: set[str] = set()
    for line in _read_dictionary().splitlines():
        syllables = _key(line.replace("-", " ")).split()
        if 2 <= len(syllables) <= _MAX_SYLLABLES:
            known.add(" ".join(syllables))
            pair = f"{syllables[0]} {syllables[1]}"
            reach[pair] = max(reach.get(pair, 0), len(syllables))
    return _Lexicon(frozenset(known), reach)


def _read_dictionary() -> str:
    package = find_spec("underthesea")
    if package is None or not package.submodule_search_locations:
        raise ModelError("underthesea is not installed: pip install underthesea")
    path = Path(package.submodule_search_locations[0]) / _DICTIONARY
    try:
        return path.read_text(encoding="utf-8")
    except OSError as e:
        raise ModelError(f"{path} cannot be read: install underthesea 9.5 or later again") from e
