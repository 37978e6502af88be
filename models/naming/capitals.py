"""How an article writes a name's words: figures are named in small letters, people read "PAR Index" and "Lào Cai"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_WORD = re.compile(r"\w+")
_TONED = re.compile(r"[^\WA-ZĐ\d_]")


def as_written(name: str, sentence: str, abbreviations: Mapping[str, str]) -> str:
    """A name in small letters with the capitals of its sentence, and of its title's abbreviations.

    >>> as_written("chỉ số par index", "Chỉ số PAR Index đạt 90 điểm.", {})
    'chỉ số PAR Index'
    """
    capitals = {**abbreviations, **_capitals(sentence)}
    written = {small: word for small, word in capitals.items() if small in name}
    return _WORD.sub(lambda word: written.get(word[0], word[0]), name) if written else name


def abbreviations_in(title: str | None) -> dict[str, str]:
    """How a title writes its abbreviations ("PAR Index"), for names that are taken from it."""
    if title is None or title.isupper():
        return {}
    return {
        word.lower(): word
        for word in _WORD.findall(title)
        if word == "Index" or sum(letter.isupper() for letter in word) > 1
    }


def abbreviations_of(sentence: str) -> dict[str, str]:
    """How a sentence writes its abbreviations, for names that the sentences behind it take from it.

    A sentence with words all in capitals that are no abbreviations ("QUYẾT ĐỊNH") tells none.

    >>> abbreviations_of("Sở Nội vụ công bố PAR Index, phủ sóng 5G.")
    {'par': 'PAR', 'index': 'Index', '5g': '5G'}
    """
    found = {small: word for small, word in _capitals(sentence).items() if word[1:] != small[1:] or word == "Index"}
    return {} if any(word.isupper() and _TONED.search(word) for word in found.values()) else found


@lru_cache(maxsize=16)
def _capitals(sentence: str) -> dict[str, str]:
    """How a sentence writes the words that it never writes small: names and abbreviations."""
    first = _WORD.search(sentence)
    behind = sentence[first.end() :] if first else ""
    pieces = " ".join([piece for piece in behind.split() if not piece.islower() and piece != piece.lower()])
    written = {small: word for word in _WORD.findall(pieces) if (small := word.lower()) != word}
    if not any(small in sentence for small in written):
        return written
    found = {*_WORD.findall(sentence)}
    return {small: word for small, word in written.items() if small not in found}
