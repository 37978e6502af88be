"""Text ─► words, numbers and marks, each with a number that stands for it in the model.

A text's tokens are a string here, of which each character stands for one token: such strings are cut, joined and looked up
in no time, and become an array in one step.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.remembered import Remembered
from models.text import fold, unify_i, unify_tones
from models.vocabulary import small_letters, words
from models.words import dictionary

WORD, LIGHT, COMMA, BREAK, NUMBER = range(5)
"""Kinds: a word, one that only joins others ("của", "đạt"), a mark within a sentence, one that ends it, a number."""
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*%?|[^\W\d_]+|[^\w\s]|\w")
_ENDS = frozenset(".;!?…")
START = "\n"
"""Stands before each sentence."""
_END = " "
"""Stands behind each part of a text while all are read as one; no piece of a text is blank."""
_UNKNOWN, _NO_WORD = "~", "\n"
_FIRST_LETTER = 0x80
_FIRST_TOKEN = 0x10000
_MOST_TOKENS = 0x10FFFF - _FIRST_TOKEN
_PAIRS, _MIXING = 1 << 18, 40_503
_ROOM = 100_000
"""Tokens after which a table is begun anew; there are some 20,000 in a year of articles."""


Ints = NDArray[np.int64]
ID, KEY, SYLLABLES, KIND, HAS_CAPITAL, IS_PASSED_OVER, IS_HEAD, _LETTER = range(8)
"""Columns of facts, a token each row. KEY numbers the first syllable without diacritics, by which names are compared; 0 stands
for numbers and marks."""


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


def _token(spelt: str) -> Token:
    if spelt[0].isdigit():
        return Token(spelt, NUMBER, NUMBER)
    if not spelt[0].isalpha():
        kind = BREAK if spelt in _ENDS or spelt == START else COMMA
        return Token(spelt, kind, kind)
    small = small_letters(unify_tones(spelt))
    kind = LIGHT if small in words("wording.light") else WORD
    return Token(spelt, _id_of(small), kind, spelt[0].isupper(), (small,))


def _id_of(small: str) -> int:
    return crc32(small.encode()) | 8  # below 8 are the marks


def _joined(parts: Sequence[Token]) -> Token:
    small = tuple(syllable for part in parts for syllable in part.small)
    spelt = " ".join([part.spelt for part in parts])
    return Token(spelt, _id_of(" ".join(small)), WORD, parts[0].has_capital, small)


def _facts(token: Token, key: int) -> tuple[int, ...]:
    only = token.small[0] if len(token.small) == 1 else ""
    letter = _letters().get(unify_i(only), _UNKNOWN) if only else _NO_WORD
    return (
        token.id, key, len(token.small), token.kind, token.has_capital, only in words("wording.passed_over"),
        only in words("wording.heads"), ord(letter),
    )  # fmt: skip


class Lexicon:
    """The tokens that were met, and the character that stands for each."""

    def __init__(self) -> None:
        self._met: list[Token] = []
        self._facts = np.zeros((1 << 14, 8), dtype=np.int64)
        self._keys: dict[str, int] = {}
        self._adding = Lock()
        self._single = Remembered(lambda spelt: self._add(_token(spelt)), room=_MOST_TOKENS)
        self._pieces = Remembered(self._cut, room=60_000)
        self._begun = Remembered(self._begin, room=2 * _ROOM)
        self._longer = Remembered(self._word, room=2 * _ROOM)
        self.start = self._single[START]

    @property
    def is_full(self) -> bool:
        return len(self._met) > _ROOM

    @property
    def keys(self) -> int:
        """More than any key."""
        return len(self._keys) + 1

    def among(self, some: Ints, keys: Ints) -> NDArray[np.bool_]:
        """For each key whether it is one of some. Of a few hundred, a tenth of the time of numpy.isin."""
        told = np.zeros(self.keys, dtype=np.bool_)
        told[some] = True
        found: NDArray[np.bool_] = told[keys]
        return found

    def read(self, text: str) -> str:
        """A text's syllables, numbers and marks, a character each."""
        return "".join(map(self._pieces.__getitem__, text.split()))

    def read_parts(self, parts: Iterable[str]) -> list[str]:
        """As `read` for each of some texts, in two thirds of the time; START stands for itself."""
        pieces: list[str] = []
        for part in parts:
            pieces += part.split() if part != START else (START,)
            pieces.append(_END)
        return "".join(map(self._pieces.__getitem__, pieces)).split(_END)[:-1]

    def token(self, character: str) -> Token:
        return self._met[ord(character) - _FIRST_TOKEN]

    def tokens(self, characters: str) -> list[Token]:
        return list(map(self.token, characters))

    def facts(self, characters: str) -> Ints:
        """What is to be known of each: (tokens, 8)."""
        return self._facts.take(np.frombuffer(characters.encode("utf-32-le"), dtype="<i4") - _FIRST_TOKEN, axis=0)

    def words_among(self, characters: str, facts: Ints) -> list[tuple[int, int, str]]:
        """Where the words of several syllables begin and end, in order, and the character of each.

        >>> own = lexicon()
        >>> laid = own.read("Tỷ lệ hồ sơ trực tuyến")
        >>> [(start, end) for start, end, _ in own.words_among(laid, own.facts(laid))]
        [(0, 2), (2, 4), (4, 6)]
        """
        letters = facts[:, _LETTER]
        begins = _several().may_begin[_pairs(letters[:-1], letters[1:])].nonzero()[0].tolist()
        thirds = [*letters[2:].tolist(), 0]
        found: list[tuple[int, int, str]] = []
        at = 0
        for start in begins:
            if start < at:
                continue
            end = start + 2
            word, followers = self._begun[characters[start:end]]
            if followers and thirds[start] in followers:
                word, end = self._longest(characters, start) or (word, end)
            if word:
                found.append((start, end, word))
                at = end
        return found

    def _begin(self, two: str) -> tuple[str, frozenset[int]]:
        """The character of the word that two syllables make, none where they make none, and what may follow them in another."""
        return self._word(two), _several().thirds.get(self._spell(two), frozenset())

    def _longest(self, characters: str, start: int) -> tuple[str, int] | None:
        """The longest word of three syllables or more that begins at one, and where it ends."""
        for end in range(min(start + _several().longest, len(characters)), start + 2, -1):
            if word := self._longer[characters[start:end]]:
                return word, end
        return None

    def _word(self, parts: str) -> str:
        """The character of the word that some syllables make; none where they make no word."""
        return self._add(_joined(self.tokens(parts))) if self._spell(parts) in _several().words else ""

    def _spell(self, characters: str) -> str:
        return "".join(map(chr, self.facts(characters)[:, _LETTER].tolist()))

    def _cut(self, piece: str) -> str:
        if piece in (_END, START):
            return _END if piece == _END else self.start
        return "".join(map(self._single.__getitem__, _TOKEN.findall(piece)))

    def _add(self, token: Token) -> str:
        with self._adding:
            row = len(self._met)
            if row == _MOST_TOKENS:
                return self.start  # a text of a million different words: what goes beyond is left out
            if row == len(self._facts):
                self._facts = np.concatenate((self._facts, np.zeros_like(self._facts)))
            key = self._keys.setdefault(fold(token.small[0]), len(self._keys) + 1) if token.small else 0
            self._facts[row] = _facts(token, key)
            self._met.append(token)
            return chr(_FIRST_TOKEN + row)


_newest: list[Lexicon] = []


def lexicon() -> Lexicon:
    """The one in use. Characters are to be read by the lexicon that made them: a full one is followed by an empty one."""
    if not _newest or _newest[0].is_full:
        _newest[:] = [Lexicon()]
    return _newest[0]


def tokens_of(text: str) -> list[Token]:
    """The syllables, numbers and marks of a text.

    >>> [token.spelt for token in tokens_of("Huế: 1.887 hồ sơ, đạt 98,5%")]
    ['Huế', ':', '1.887', 'hồ', 'sơ', ',', 'đạt', '98,5%']
    """
    own = lexicon()
    return own.tokens(own.read(text))


# --- words of several syllables ---------------------------------------------------------------------------------------


@cache
def _words_of_several() -> tuple[list[str], ...]:
    return tuple(unify_i(word).split() for word in dictionary() if " " in word)


@cache
def _letters() -> dict[str, str]:
    """Each syllable of a word of several ─► a letter that stands for it: of two bytes where many words hold it, else of three."""
    syllables = Counter(syllable for word in _words_of_several() for syllable in word)
    return {syllable: chr(_FIRST_LETTER + number) for number, (syllable, _) in enumerate(syllables.most_common())}


@dataclass(frozen=True, slots=True)
class _Several:
    """The words of several syllables, each as its letters."""

    words: frozenset[str]
    longest: int
    thirds: dict[str, frozenset[int]]
    """Two letters that begin longer words ─► the third letters of these."""
    may_begin: NDArray[np.bool_]
    """By a number for two letters (`_pairs`): whether they may begin a word."""


@cache
def _several() -> _Several:
    words = ["".join(map(_letters().__getitem__, word)) for word in _words_of_several()]
    thirds: dict[str, set[int]] = {}
    for word in words:
        if len(word) > 2:
            thirds.setdefault(word[:2], set()).add(ord(word[2]))
    may_begin = np.zeros(_PAIRS, dtype=np.bool_)
    first, second = np.array([[ord(letter) for letter in word[:2]] for word in words]).T
    may_begin[_pairs(first, second)] = True
    longest = max(map(len, words))
    return _Several(frozenset(words), longest, {two: frozenset(some) for two, some in thirds.items()}, may_begin)


def _pairs(first: Ints, second: Ints) -> Ints:
    return (first * _MIXING + second) & (_PAIRS - 1)
