"""Pieces of text as one short string of a letter a syllable, in which phrases and words are found whole.

Nothing is found that begins or ends inside a syllable, and offsets count syllables; a line's end parts the pieces, so that
nothing reaches from one into the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from models.spelling import FIRST_LETTER, Alphabet
from models.vocabulary import QUICK

Ints = npt.NDArray[np.int64]
_END = "\n"


@dataclass(frozen=True, slots=True)
class Pieces:
    """Some strings of letters, ready to be searched by whoever has their alphabet."""

    text: str
    piece_of: Ints
    """The number of the piece for each place in `text`."""

    def numbers(self) -> Ints:
        """Of each syllable in the alphabet; below 0 for one that it does not hold, and for what parts two pieces."""
        codes = np.frombuffer(self.text.encode("utf-32-le"), dtype=np.int32)
        return codes.astype(np.int64) - FIRST_LETTER


def join(spelt: Iterable[str]) -> Pieces:
    """Pieces out of strings of letters.

    >>> joined = join(map(Alphabet(["dịch", "vụ"]).read, ["dịch vụ", "", "công vụ"]))
    >>> [number if number >= 0 else None for number in joined.numbers().tolist()], joined.piece_of.tolist()
    ([0, 1, None, None, None, 1], [0, 0, 0, 1, 2, 2])
    """
    pieces = list(spelt)
    sizes = [len(piece) + 1 for piece in pieces]
    return Pieces(_END.join(pieces), np.repeat(np.arange(len(sizes)), sizes)[:-1])


class Finder:
    """Finds phrases, given as lists of syllables: all of them, or from left to right the longest at each place."""

    def __init__(self, phrases: Sequence[Sequence[str]], alphabet: Alphabet, *, overlapping: bool) -> None:
        alphabet.add(chain.from_iterable(phrases))
        kind = ahocorasick_rs.MatchKind.Standard if overlapping else ahocorasick_rs.MatchKind.LeftmostLongest
        self._automaton = ahocorasick_rs.AhoCorasick(list(map(alphabet.spell, phrases)), kind, implementation=QUICK)
        self._overlapping = overlapping

    def find(self, pieces: Pieces) -> tuple[Ints, Ints]:
        """The numbers of the phrases found, repeats included, and the number of the piece in which each stands.

        >>> alphabet = Alphabet()
        >>> finder = Finder([["vụ"], ["dịch", "vụ"]], alphabet, overlapping=False)
        >>> [numbers.tolist() for numbers in finder.find(join(map(alphabet.read, ["dịch vụ", "vụ"])))]
        [[1, 0], [0, 1]]
        """
        found = self._automaton.find_matches_as_indexes(pieces.text, overlapping=self._overlapping)
        # A third of the time of making an array out of triples.
        table = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found)).reshape(-1, 3)
        return table[:, 0], pieces.piece_of[table[:, 1]]
