"""How an article writes a name's words: figures are named in small letters, people read "PAR Index" and "Lào Cai"."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = re.compile(r"\w+")
_TONED = re.compile(r"[^\WA-ZĐ\d_]")


def as_written(name: str, capitals: Mapping[str, str]) -> str:
    """A name in small letters with the capitals of the words that have some.

    >>> as_written("chỉ số par index", capitals_of("Chỉ số PAR Index đạt 90 điểm."))
    'chỉ số PAR Index'
    """
    has_marks = "(" in name or "," in name or "/" in name or "-" in name or "." in name
    if not has_marks and capitals.keys().isdisjoint(name.split()):
        return name
    return _WORD.sub(lambda word: capitals.get(word[0], word[0]), name)


def abbreviations_in(title: str | None) -> dict[str, str]:
    """How a title writes its abbreviations ("PAR Index"), for names that are taken from it."""
    if title is None or title.isupper():
        return {}
    return {word.lower(): word for word in _WORD.findall(title) if word == "Index" or sum(map(str.isupper, word)) > 1}


def abbreviations_among(capitals: Mapping[str, str]) -> dict[str, str]:
    """The abbreviations of a sentence's capitals, for names that the sentences behind it take from it.

    A sentence with words all in capitals that are no abbreviations ("QUYẾT ĐỊNH") tells none.

    >>> abbreviations_among(capitals_of("Sở Nội vụ công bố PAR Index, phủ sóng 5G."))
    {'par': 'PAR', 'index': 'Index', '5g': '5G'}
    """
    found = {
        small: word
        for small, word in capitals.items()
        if small == "index" or (len(word) > 1 and not word[1:].islower())
    }
    return {} if found and any(word.isupper() and _TONED.search(word) for word in found.values()) else found


def capitals_of(sentence: str) -> dict[str, str]:
    """How a sentence writes the words that it never writes small: names and abbreviations."""
    first = _WORD.search(sentence)
    behind = sentence[first.end() :] if first else ""
    pieces = " ".join([piece for piece in behind.split() if not piece.islower() and piece != piece.lower()])
    written = {small: word for word in _WORD.findall(pieces) if (small := word.lower()) != word}
    return {small: word for small, word in written.items() if not _stands_in(sentence, small)}


def _stands_in(sentence: str, word: str) -> bool:
    """Whether a word stands in a sentence by itself."""
    start = sentence.find(word)
    while start >= 0:
        end = start + len(word)
        if not _is_in_word(sentence[start - 1 : start]) and not _is_in_word(sentence[end : end + 1]):
            return True
        start = sentence.find(word, start + 1)
    return False


def _is_in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
