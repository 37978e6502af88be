"""Where the words of a query occur in a text as people wrote it: in any case, tone placement and grouping of digits.

Words are looked for in all their spellings with `str.find`: an expression made for each query costs more to compile
than this costs to run, and cutting a text into tokens costs 0.15 ms an article where this costs 0.03.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from index.base import Phrase, Term
from index.querying.tokens import fold_text
from models.alignment import Aligned, align
from models.text import Span, unify_tones

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NEXT_TOKEN = re.compile(r"[\W_]+(\d+(?:[.,]\d+)+|[^\W_]+)")


class ReadyText:
    """A text made ready for looking things up in; offsets lead back to the text as given.

    Thoroughly: also where it is not in NFC or holds soft hyphens. That costs more, and hardly any text needs it.
    """

    def __init__(self, text: str, *, thoroughly: bool) -> None:
        self._aligned: Aligned | None = align(text) if thoroughly else None
        self._text = self._aligned.text if self._aligned else text

    def find(self, sequence: Sequence) -> Iterator[Span]:
        """Where a sequence occurs, spelling by spelling."""
        text = self._folded if sequence.folded else self._lower
        for spelling in sequence.words[0]:
            for start in _starts(text, spelling):
                end = _follow(text, start + len(spelling), sequence)
                if end is not None:
                    yield self._aligned.origin(start, end) if self._aligned else (start, end)

    @cached_property
    def _lower(self) -> str:
        lower = self._text.lower()
        if len(lower) == len(self._text):
            return lower
        return "".join(small if len(small := letter.lower()) == 1 else letter for letter in self._text)

    @cached_property
    def _folded(self) -> str:
        folded = fold_text(self._text)
        return folded if len(folded) == len(self._text) else ""  # not in NFC: for the thorough search


@dataclass(frozen=True, slots=True)
class Sequence:
    """Words to be found in order, each in any of its spellings, with at most `slop` others between them."""

    words: tuple[tuple[str, ...], ...]
    slop: int = 0
    folded: bool = False


Choices = tuple[tuple[Sequence, ...], ...]
"""One part of a question: lists of sequences, of which the first that occurs at all is what is shown.

For words side by side the whole run goes first: where "chuyển đổi số" stands, each single "số" is noise.
"""


def choices_of(leaf: Term | Phrase) -> Choices:
    words = tuple(_spellings(word) for word in leaf.words)
    together = (Sequence(words, leaf.slop if isinstance(leaf, Phrase) else 0, leaf.folded),)
    if isinstance(leaf, Phrase) or len(words) == 1:
        return (together,)
    return together, tuple(Sequence((word,), 0, leaf.folded) for word in dict.fromkeys(words))


def _starts(text: str, word: str) -> Iterator[int]:
    """Where a word stands as a token of its own."""
    start = text.find(word)
    while start >= 0:
        if _begins_token(text, start) and _ends_token(text, start + len(word)):
            yield start
        start = text.find(word, start + len(word))


def _begins_token(text: str, start: int) -> bool:
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalnum():
        return False
    return not (before in ".," and text[start].isdigit() and text[start - 2 : start - 1].isdigit())


def _ends_token(text: str, end: int) -> bool:
    after = text[end : end + 1]
    if after.isalnum():
        return False
    return not (after in (".", ",") and text[end - 1].isdigit() and text[end + 1 : end + 2].isdigit())


def _follow(text: str, end: int, sequence: Sequence) -> int | None:
    """Where the sequence ends that began with its first word; the nearest next word leaves fewest between."""
    others = sequence.slop
    for spellings in sequence.words[1:]:
        while True:
            token = _NEXT_TOKEN.match(text, end)
            if token is None:
                return None
            end = token.end()
            if token[1] in spellings:
                break
            others -= 1
            if others < 0:
                return None
    return end


# --- spellings --------------------------------------------------------------------------------------------------------


def _spellings(word: str) -> tuple[str, ...]:
    """A token as texts may write it: either place for the tone, dots between thousands.

    >>> _spellings("hòa"), _spellings("1887,5"), _spellings("số")
    (('hòa', 'hoà'), ('1887,5', '1.887,5'), ('số',))
    """
    if word[0].isdigit():
        return tuple(dict.fromkeys((word, _grouped(word))))
    return (word, *_other_tone_places(word))


def _grouped(number: str) -> str:
    whole, comma, decimals = number.partition(",")
    return f"{int(whole):,}".replace(",", ".") + comma + decimals if whole.isdecimal() and whole[0] != "0" else number


def _other_tone_places(word: str) -> Iterator[str]:
    """
    >>> list(_other_tone_places("thúy"))
    ['thuý']
    """
    if word.isascii():
        return
    for place in range(len(word) - 1):
        for moved in (_moved_tone(word[place], word[place + 1]), _moved_tone(word[place + 1], word[place])[::-1]):
            other = word[:place] + moved + word[place + 2 :]
            if moved and other != word and unify_tones(other) == word:
                yield other


def _moved_tone(giver: str, taker: str) -> str:
    """Two letters with the tone of the first put on the second; "" where there is none to move."""
    marks = unicodedata.normalize("NFD", giver)
    tone = "".join(mark for mark in marks if mark in _TONES)
    toned = unicodedata.normalize("NFC", taker + tone)
    if not tone or len(toned) > 1:
        return ""
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES)) + toned
