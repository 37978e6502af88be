"""Text ─► words, numbers and marks, each with a number that stands for it in the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple
from zlib import crc32

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from models.remembered import Remembered
from models.text import fold, unify_i, unify_tones
from models.vocabulary import QUICK, small_letters, words
from models.words import dictionary

WORD, LIGHT, COMMA, BREAK, NUMBER = range(5)
"""Kinds: a word, one that only joins others ("của", "đạt"), a mark within a sentence, one that ends it, a number."""

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*%?|[^\W\d_]+|[^\w\s]|\w")
_ENDS = frozenset(".;!?…")
_UNKNOWN, _NO_WORD = "~", "\n"
_FIRST_LETTER = 0x3400


class Token(NamedTuple):
    """A word of one or more syllables, a number or a mark."""

    spelt: str
    """As the text writes it."""
    id: int
    """Of its small letters; all numbers have one, and all marks of a kind."""
    kind: int
    has_capital: bool = False
    small: tuple[str, ...] = ()
    """Its syllables in small letters; none for a number or mark."""
    folded: tuple[str, ...] = ()
    """The same without diacritics, by which names are compared."""
    key: int = 0
    """Of its first syllable without diacritics; 0 for a number or mark."""
    letter: str = _NO_WORD
    """Stands for a syllable where words of several are looked for."""
    row: int = 0
    """Of the table that `facts_of` reads."""


class _Table:
    """What arrays need of each token that was ever made, a row each: id, kind, capital, syllables, key."""

    def __init__(self) -> None:
        self.size = 0
        self.columns = np.zeros((5, 1 << 14), dtype=np.int64)

    def add(self, token: Token) -> int:
        row = self.size
        if row == self.columns.shape[1]:
            self.columns = np.concatenate((self.columns, np.zeros_like(self.columns)), axis=1)
        self.columns[:, row] = (token.id, token.kind, token.has_capital, len(token.small), token.key)
        self.size += 1
        return row


_TABLE = _Table()


def _listed(token: Token) -> Token:
    return token._replace(row=_TABLE.add(token))


START = _listed(Token("\n", BREAK, BREAK))
"""Stands before each sentence."""


def facts_of(tokens: Sequence[Token]) -> NDArray[np.int64]:
    """For each token its id, its kind, whether it has a capital, its syllables and its key: (5, tokens)."""
    return _TABLE.columns[:, [token.row for token in tokens]]


def _token(spelt: str) -> Token:
    if spelt[0].isdigit():
        return _listed(Token(spelt, NUMBER, NUMBER))
    if not spelt[0].isalpha():
        kind = BREAK if spelt in _ENDS else COMMA
        return _listed(Token(spelt, kind, kind))
    small = small_letters(unify_tones(spelt))
    kind = LIGHT if small in words("wording.light") else WORD
    letter = _letters().get(unify_i(small), _UNKNOWN)
    folded = fold(small)
    return _listed(Token(spelt, _id_of(small), kind, spelt[0].isupper(), (small,), (folded,), _id_of(folded), letter))


def _id_of(small: str) -> int:
    return crc32(small.encode()) | 8  # below 8 are the marks


_TOKENS = Remembered(_token, room=30_000)


def _cut(piece: str) -> tuple[Token, ...]:
    return tuple(map(_TOKENS.__getitem__, _TOKEN.findall(piece)))


_PIECES = Remembered(_cut, room=60_000)


def tokens_of(text: str) -> list[Token]:
    """The syllables, numbers and marks of a text.

    >>> [token.spelt for token in tokens_of("Huế: 1.887 hồ sơ, đạt 98,5%")]
    ['Huế', ':', '1.887', 'hồ', 'sơ', ',', 'đạt', '98,5%']
    """
    return [token for piece in map(_PIECES.__getitem__, text.split()) for token in piece]


# --- words of several syllables ---------------------------------------------------------------------------------------


@cache
def _words_of_several() -> tuple[list[str], ...]:
    return tuple(unify_i(word).split() for word in dictionary() if " " in word)


@cache
def _letters() -> dict[str, str]:
    """Each syllable of a word of several ─► a letter that stands for it."""
    syllables = dict.fromkeys(syllable for word in _words_of_several() for syllable in word)
    return {syllable: chr(_FIRST_LETTER + number) for number, syllable in enumerate(syllables)}


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    several = ["".join(map(_letters().__getitem__, word)) for word in _words_of_several()]
    return ahocorasick_rs.AhoCorasick(several, ahocorasick_rs.MatchKind.LeftmostLongest, implementation=QUICK)


def words_among(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where the words of several syllables begin and end, in order.

    >>> words_among(tokens_of("Tỷ lệ hồ sơ trực tuyến"))
    [(0, 2), (2, 4), (4, 6)]
    """
    letters = "".join([token.letter for token in tokens])
    return [(start, end) for _, start, end in _automaton().find_matches_as_indexes(letters)]


def word_of(parts: Sequence[Token]) -> Token:
    """Several syllables as one word."""
    return _WORDS[" ".join([part.spelt for part in parts])]


def _join(spelt: str) -> Token:
    parts = tokens_of(spelt)
    small = tuple(syllable for part in parts for syllable in part.small)
    folded = tuple(syllable for part in parts for syllable in part.folded)
    return _listed(Token(spelt, _id_of(" ".join(small)), WORD, parts[0].has_capital, small, folded, parts[0].key))


_WORDS = Remembered(_join, room=30_000)
