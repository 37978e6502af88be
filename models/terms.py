"""A text ─► the terms worth counting over time: words of several syllables, pairs of neighbouring words, names.

What a newsroom would call an issue ("lừa đảo", "hộ chiếu điện tử", "sữa giả", "đề án 06", "Việt Á", "VNeID"), so that a
rise of one shows. No term is a function word, a number or a lone syllable of Vietnamese, and none reaches over a mark or a
line's end. Terms are spelt in small letters and with one place for the tone, as `index.querying.tokens` spells: a heading in
capitals counts too, and searching for a term as a phrase finds where it stands.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from models.cutting import LABEL, NUMBER, PAIRED, TERM, lay_out, units
from models.text import normalise, syllables, unify_tones
from models.vocabulary import small_letters

TERMS_VERSION = 1
"""Goes up when the same text gives other terms: an index made before must be made anew."""

MOST_TERMS = 160
"""Of one article. One of 2,500 characters has about 100; of a longer one those count that it tells most often."""
_LONGEST_PAIR = 6
"""Syllables."""
_FEWEST_IN_BODY = 2
"""A pair that stands only in the body must stand there so often: told once it is a turn of phrase, not an issue."""


def terms_in(title: str, lead: str | None, text: str) -> tuple[str, ...]:
    """The terms of an article, each once, those of its title and lead first.

    >>> terms_in("Cảnh báo lừa đảo hộ chiếu điện tử", None, "")
    ('cảnh báo', 'lừa đảo', 'hộ chiếu', 'điện tử', 'cảnh báo lừa đảo', 'lừa đảo hộ chiếu', 'hộ chiếu điện tử')
    >>> terms_in("Đề án 06 ở Hà Nội", None, "Ông Nguyễn Văn An nói về VNeID: đạt 15% năm 2024.")
    ('đề án', 'hà nội', 'đề án 06', 'nguyễn văn an', 'vneid')
    """
    head, head_pairs = _words_and_pairs(f"{title}\n{lead or ''}")
    words, pairs = _words_and_pairs(text)
    told = Counter(words)
    told.update({
        pair: count for pair, count in Counter(pairs).items() if count >= _FEWEST_IN_BODY or pair in head_pairs
    })  # fmt: skip
    found = dict.fromkeys((*head, *head_pairs, *told))
    if len(found) > MOST_TERMS:
        found = dict.fromkeys((*head, *head_pairs, *(term for term, _ in told.most_common())))
    return tuple(found)[:MOST_TERMS]


def term_of(typed: str) -> str:
    """How a term is spelt that somebody typed.

    >>> term_of("  Hoà Bình"), term_of("Covid-19")
    ('hòa bình', 'covid 19')
    """
    return " ".join(syllables(small_letters(unify_tones(normalise(typed)))))


def _words_and_pairs(text: str) -> tuple[list[str], list[str]]:
    """As often as they stand there."""
    layout = lay_out(text)
    found, spelt = units(layout), layout.spelt
    words = [" ".join(spelt[start:end]) for start, end, kind in found if kind & TERM]
    pairs = [
        " ".join(spelt[start:end])
        for (start, middle, left), (follows, end, right) in pairwise(found)
        if middle == follows and left & right & PAIRED and end - start <= _LONGEST_PAIR
    ]
    for number in (i for i, unit in enumerate(found) if unit[2] == NUMBER and i):
        (start, middle, left), (follows, end, _) = found[number - 1 : number + 1]
        if middle == follows and left & LABEL:
            pairs.append(_numbered(spelt[start:end]))
    return words, pairs


def _numbered(words: tuple[str, ...]) -> str:
    """
    >>> _numbered(("nghị", "quyết", "số", "57")), _numbered(("bão", "số", "3"))
    ('nghị quyết 57', 'bão số 3')
    """
    *label, number = words
    if label[-1] == "số" and len(label) > 2:
        label.pop()
    return " ".join((*label, number))
