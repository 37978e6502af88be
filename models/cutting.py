"""A text ─► units: dictionary words, names, lone syllables, numbers, and what says nothing. For models/terms.py.

Each syllable of the dictionary has a letter of its own, so that a text is a short string in which an automaton finds all
that is known in one pass, a tenth of the time of looking each word up. Where a mark stands, or what is no unit, is a "\\n":
two units are neighbours where one ends at the place at which the other begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import ahocorasick_rs

from models.remembered import Remembered
from models.text import normalise, unify_i, unify_tones
from models.vocabulary import load_toml, small_letters
from models.words import dictionary

# Kinds of units. Plain numbers, as two thirds of the time would go into hashing the members of an enum.
PAIRED, TERM, LABEL, NUMBER = 1, 2, 4, 8
"""It makes a pair with its neighbour; it is a term by itself; a number after it makes a name; it is a short number."""
FUNCTION = 0
"""It says nothing of what the text is about."""
WORD = NAME = SYMBOL = PAIRED | TERM
SYLLABLE = PAIRED
"""One that no word of several was found in."""

Unit = tuple[int, int, int]
"""Where it begins and ends in a layout, and its kind."""

_LONGEST_NAME = 5
_LONGEST_SYLLABLE = 24
"""Longer is no word of any language: an address, a key."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_SHORT_NUMBER = re.compile(r"\d{1,3}")
_CAPITALISED = re.compile(r"[Aa]{2,}")
_VOWELS = "aăâeêioôơuưy"
_VIETNAMESE = re.compile(
    rf"(?:ngh?|gh?|nh|[ckp]h|t[hr]|gi|qu|[bcdđhklmnprstvx])?[{_VOWELS}]{{1,3}}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_TONES = str.maketrans(
    "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
    "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy",
)
_FIRST_LETTER = 0x3400
_BREAK, _SYMBOL, _UNKNOWN, NUMBERED = "\n~^#"
"""No unit; no Vietnamese syllable, or a listed one (VNeID, AI); a syllable that no dictionary knows; a short number."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as three rows of one length: a letter, a spelling and a case for each syllable."""

    letters: str
    spelt: tuple[str, ...]
    """In small letters, one place for the tone; "" for a break."""
    cases: str
    """"A" for a syllable with a capital, "a" for one all in capitals, "." for all else."""


_Row = tuple[str, tuple[str, ...], str]


def lay_out(text: str) -> Layout:
    """
    >>> layout = lay_out("KỸ thuật, đề án\\nHoà 06")
    >>> layout.spelt, layout.cases
    (('kỹ', 'thuật', '', 'đề', 'án', '', 'hòa', '06'), 'a......A.')
    """
    pieces = map(_PIECES.__getitem__, text.replace("\n", " \n ").split(" "))
    letters, spelt, cases = zip(*pieces, strict=True)
    return Layout("".join(letters), tuple(chain.from_iterable(spelt)), "".join(cases))


def _lay_out_piece(piece: str) -> _Row:
    """What stands between two blanks as its part of a layout."""
    text = normalise(piece)
    found: list[tuple[str, str, str]] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if text[end : match.start()].strip(" -_"):
            found.append((_BREAK, "", "."))
        token = unify_tones(match[0])
        found.append((_letter(token), small_letters(token), _case(token)))
        end = match.end()
    if text[end:].strip(" -_") or (text and not end):  # a dash by itself parts, too
        found.append((_BREAK, "", "."))
    letters, spelt, cases = zip(*found, strict=True) if found else ((), (), ())
    return "".join(letters), spelt, "".join(cases)


_PIECES = Remembered(_lay_out_piece, room=60_000)


def _case(token: str) -> str:
    if not token[0].isupper():
        return "."
    return "a" if token.isupper() else "A"


def _letter(token: str) -> str:
    lists = _lists()
    if token in lists.alone:
        return _SYMBOL
    if token[0].isdigit():
        return NUMBERED if _SHORT_NUMBER.fullmatch(token) else _BREAK
    if len(token) > _LONGEST_SYLLABLE:
        return _BREAK
    small = unify_i(small_letters(token))
    if small in lists.letters:
        return lists.letters[small]
    return _UNKNOWN if len(token) == 1 or _VIETNAMESE.fullmatch(small.translate(_TONES)) else _SYMBOL


def units(layout: Layout) -> list[Unit]:
    """All of a text in order. A name stands in the place of the words within it."""
    lists = _lists()
    kinds = lists.kinds
    found = [
        (start, end, kinds[which]) for which, start, end in lists.automaton.find_matches_as_indexes(layout.letters)
    ]
    for run in _CAPITALISED.finditer(layout.cases):
        if "A" in run[0]:  # a heading all in capitals is no name
            _put_name(found, *run.span())
    return found


def _put_name(found: list[Unit], start: int, end: int) -> None:
    """A run of capitals, cut back where a word reaches over its end ("Bộ Công" an) or says nothing ("Theo" Việt Á)."""
    first, last = bisect_left(found, (start,)), bisect_left(found, (end,))
    if first < last and found[last - 1][1] > end:
        last -= 1
    while first < last and found[first][2] == FUNCTION:
        first += 1
    while first < last and found[last - 1][2] == FUNCTION:
        last -= 1
    if first < last:
        start, end = found[first][0], found[last - 1][1]
        if 2 <= end - start <= _LONGEST_NAME:
            found[first:last] = [(start, end, NAME)]


# --- what is listed ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Lists:
    automaton: ahocorasick_rs.AhoCorasick
    kinds: list[int]
    """Of the automaton's phrases, by their number."""
    letters: dict[str, str]
    """A syllable ─► its letter."""
    alone: frozenset[str]


@cache
def _lists() -> _Lists:
    kinds = _kinds()
    syllables = dict.fromkeys(syllable for word in kinds for syllable in word.split())
    letters = {syllable: chr(_FIRST_LETTER + number) for number, syllable in enumerate(syllables)}
    phrases = ["".join(map(letters.__getitem__, word.split())) for word in kinds]
    automaton = ahocorasick_rs.AhoCorasick(
        [_SYMBOL, _UNKNOWN, NUMBERED, *phrases],
        ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
    )
    return _Lists(automaton, [SYMBOL, SYLLABLE, NUMBER, *kinds.values()], letters, frozenset(_listed("alone")))


def _kinds() -> dict[str, int]:
    """All that is known, a syllable or several ─► its kind."""
    loose, kept = frozenset(_listed("loose", _key)), frozenset(_listed("kept", _key))
    kinds = dict.fromkeys((syllable for word in dictionary() for syllable in word.split()), SYLLABLE)
    kinds |= {word: WORD for word in dictionary() if word.split()[0] not in loose or word in kept}
    kinds |= dict.fromkeys(_listed("function", _key), FUNCTION)
    return kinds | {word: kinds.get(word, 0) | LABEL for word in _listed("numbered", _key)}


def _listed(name: str, spell: Callable[[str], str] = str) -> Iterator[str]:
    """One list of terms.toml."""
    found = load_toml("terms.toml")[name]
    assert isinstance(found, list)
    return map(spell, found)


def _key(phrase: str) -> str:
    return unify_i(small_letters(unify_tones(phrase)))
