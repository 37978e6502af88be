"""A text as `models.text.normalise` makes it, and the way from its offsets back to those of the text as given."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from models.text import DROPPED, Span, is_clean, replace_unclean

# No letter is composed with a blank, so what stands between two is normalised by itself.
_TOKEN_OR_BLANK = re.compile(r"[^ \t\n]+|[ \t\n]+")


class _Stretch(NamedTuple):
    """A stretch of a normalised text, up to where the next begins, and what it was made of."""

    begin: int
    given: int
    given_end: int | None
    """None where each character was made of one as given."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A normalised text, and the way from its offsets back to those of the text as given."""

    text: str
    _stretches: tuple[_Stretch, ...] = ()
    """In order; none when nothing moved."""

    def origin(self, start: int, end: int) -> Span:
        """The span of the text as given that became text[start:end].

        >>> aligned = align("tỉ lệ\\u200b 50%")
        >>> aligned.text, aligned.origin(6, 9)
        ('tỉ lệ 50%', (7, 10))
        """
        if not self._stretches or end <= start:
            return start, end
        return self._given(start)[0], self._given(end - 1)[1]

    def _given(self, position: int) -> Span:
        """What one character was made of."""
        stretch = self._stretches[bisect_right(self._stretches, position, key=_begin) - 1]
        if stretch.given_end is not None:
            return stretch.given, stretch.given_end
        start = stretch.given + position - stretch.begin
        return start, start + 1


def _begin(stretch: _Stretch) -> int:
    return stretch.begin


def align(text: str) -> Aligned:
    """`normalise`, with the way back to the offsets of the text as given. All but free for a clean text."""
    if is_clean(text) and unicodedata.is_normalized("NFC", text):
        return Aligned(text)
    replaced = replace_unclean(text)
    drops = DROPPED.search(replaced) is not None
    if not drops and unicodedata.is_normalized("NFC", replaced):
        return Aligned(replaced)
    pieces: list[str] = []
    stretches: list[_Stretch] = []
    begin = given = 0
    for token in _TOKEN_OR_BLANK.findall(replaced):
        if unicodedata.is_normalized("NFC", token) and not (drops and DROPPED.search(token)):
            if not stretches or stretches[-1].given_end is not None:
                stretches.append(_Stretch(begin, given, None))
            pieces.append(token)
            begin += len(token)
        else:
            for first, last in _clusters(token):
                cluster = unicodedata.normalize("NFC", DROPPED.sub("", token[first:last]))
                stretches.append(_Stretch(begin, given + first, given + last))
                pieces.append(cluster)
                begin += len(cluster)
        given += len(token)
    return Aligned("".join(pieces), tuple(stretches))


def _clusters(text: str) -> Iterator[Span]:
    """The smallest pieces that NFC treats each by itself: a letter with its marks and what is dropped between."""
    start = 0
    for position in range(1, len(text)):
        before, letter = text[start:position], text[position]
        if letter.isascii() or not _joins(before, letter):
            yield start, position
            start = position
    if text:
        yield start, len(text)


def _joins(before: str, letter: str) -> bool:
    if unicodedata.combining(letter) or DROPPED.match(letter):
        return True
    before = DROPPED.sub("", before)
    apart = unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", letter)
    return unicodedata.normalize("NFC", before + letter) != apart
