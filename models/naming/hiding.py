"""Proper names covered up: a name belongs to whom a figure is about, not to what the figure counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models.text import Span
from models.vocabulary import any_of_many, words

COVER = "¤"
"""Stands for every letter of a covered name, so that offsets stay."""

_TONES = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
# One syllable with a capital, as Vietnamese spells them: "Kông" and "Sa", but not "Mobile" or "Index".
_SYLLABLE = (
    rf"(?:(?:Ngh?|[CGKPT]h|Nh|Tr|Gi|Qu|[BCDĐGHKLMNPRSTVX])[{_TONES}]|[{_TONES.upper()}])"
    rf"[{_TONES}]{{0,2}}(?:ng|nh|ch|[cmnpt])?"
)
# To look for these first takes a third of the time of looking for names everywhere.
_CAPITALS = re.compile(rf"[B-ZĐ{_TONES.upper()}]\w*(?=[ \u00a0][A-ZĐ{_TONES.upper()}])")
_PROPER_NAME = re.compile(
    rf"(?<!\w)(?!(?:{any_of_many('names.institution')})(?!\w)){_SYLLABLE}(?:[ \u00a0]{_SYLLABLE}){{1,3}}(?!\w)"
)
_JOINS = frozenset(("và", "-", "–"))


def cover_names(sentence: str, lower: str, spans: Iterable[Span]) -> str:
    """A sentence in small letters with the spans covered, and with every proper name that only its capitals tell.

    >>> cover_names("Thấp nhất là Si Ma Cai.", "thấp nhất là si ma cai.", [])
    'thấp nhất là ¤¤¤¤¤¤¤¤¤.'
    """
    spans = sorted([*spans, *_proper_names(sentence)])
    pieces, end = [], 0
    for start, stop in spans:
        if stop > end:
            pieces += [lower[end : max(start, end)], COVER * (stop - max(start, end))]
            end = stop
    return "".join([*pieces, lower[end:]]) if pieces else lower


def _proper_names(sentence: str) -> Iterator[Span]:
    """As _PROPER_NAME.finditer."""
    end = 0
    for capital in _CAPITALS.finditer(sentence):
        if capital.start() >= end and (name := _PROPER_NAME.match(sentence, capital.start())):
            yield name.span()
            end = name.end()


def without_names(phrase: str) -> str:
    """A phrase without covered names and the words that tie them to it.

    >>> without_names("tỷ lệ hồ sơ trực tuyến của tỉnh ¤¤¤¤ đạt")
    'tỷ lệ hồ sơ trực tuyến đạt'
    """
    return _uncovered(phrase) if COVER in phrase else phrase


def _uncovered(phrase: str) -> str:
    kept: list[str] = []
    is_behind = False
    for token in phrase.split():
        if COVER in token:
            mark = _drop_before(kept, token)
            is_behind = True
        elif is_behind and token in _JOINS:
            mark = token
        else:
            kept += [mark, token] if is_behind and mark else [token]
            is_behind = False
    return " ".join(kept if not is_behind or not mark else [*kept, mark])


def _drop_before(kept: list[str], token: str) -> str:
    """Take away what ties a covered name to the words before it; the mark that follows the name is what stays of it."""
    ties = words("names.before_body")
    while kept and (kept[-1] in ties or " ".join(kept[-2:]) in ties):
        del kept[-1 if kept[-1] in ties else -2 :]
    return token.strip(COVER)
