"""Pieces of syllables as one short string, in which phrases and words are found whole.

Each syllable that anybody looks for has a letter of its own, so that nothing is found that begins or ends inside one, and
offsets count syllables; a line's end parts the pieces, so that nothing reaches from one into the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
# Of the kinds that hold thousands of phrases in little memory the quickest.
_KIND = ahocorasick_rs.Implementation.ContiguousNFA
# From here on every number up to a million is a letter.
_FIRST_LETTER = 0x10000
_UNKNOWN, _END = "?", "\n"


@dataclass(frozen=True, slots=True)
class Pieces:
    """Some lists of syllables, ready to be searched by whoever has the alphabet that they are spelt in."""

    text: str
    numbers: Ints
    """Of each syllable in the alphabet, below 0 for one that it does not hold and for what parts two pieces."""
    piece_of: Ints
    """The number of the piece for each place in `text`."""


class Alphabet:
    """Syllables with a number and a letter each, in the order in which they are given."""

    def __init__(self, syllables: Iterable[str] = ()) -> None:
        self._letters: dict[str, str] = {}
        self.add(syllables)

    def add(self, syllables: Iterable[str]) -> None:
        for syllable in syllables:
            self._letters.setdefault(syllable, chr(_FIRST_LETTER + len(self._letters)))

    def spell(self, syllables: Iterable[str]) -> str:
        """
        >>> [ord(letter) - _FIRST_LETTER for letter in Alphabet(["dịch", "vụ"]).spell(["vụ", "dịch"])]
        [1, 0]
        """
        return "".join(map(self._letters.get, syllables, repeat(_UNKNOWN)))

    def join(self, pieces: Sequence[Sequence[str]]) -> Pieces:
        """
        >>> joined = Alphabet(["dịch", "vụ"]).join([["dịch", "vụ"], [], ["công", "vụ"]])
        >>> [number if number >= 0 else None for number in joined.numbers.tolist()], joined.piece_of.tolist()
        ([0, 1, None, None, None, 1], [0, 0, 0, 1, 2, 2])
        """
        text = _END.join([self.spell(piece) for piece in pieces])
        numbers = np.frombuffer(text.encode("utf-32-le"), dtype=np.int32).astype(np.int64) - _FIRST_LETTER
        return Pieces(text, numbers, np.repeat(np.arange(len(pieces)), [len(piece) + 1 for piece in pieces])[:-1])


class Finder:
    """Finds phrases, given as lists of syllables: all of them, or from left to right the longest at each place."""

    def __init__(self, phrases: Sequence[Sequence[str]], alphabet: Alphabet, *, overlapping: bool) -> None:
        alphabet.add(chain.from_iterable(phrases))
        kind = ahocorasick_rs.MatchKind.Standard if overlapping else ahocorasick_rs.MatchKind.LeftmostLongest
        self._automaton = ahocorasick_rs.AhoCorasick(list(map(alphabet.spell, phrases)), kind, implementation=_KIND)
        self._overlapping = overlapping

    def find(self, pieces: Pieces) -> tuple[Ints, Ints]:
        """The numbers of the phrases found, repeats included, and the number of the piece in which each stands.

        >>> alphabet = Alphabet()
        >>> finder = Finder([["vụ"], ["dịch", "vụ"]], alphabet, overlapping=False)
        >>> [numbers.tolist() for numbers in finder.find(alphabet.join([["dịch", "vụ"], ["vụ"]]))]
        [[1, 0], [0, 1]]
        """
        found = self._automaton.find_matches_as_indexes(pieces.text, overlapping=self._overlapping)
        # A third of the time of making an array out of triples.
        table = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found)).reshape(-1, 3)
        return table[:, 0], pieces.piece_of[table[:, 1]]
