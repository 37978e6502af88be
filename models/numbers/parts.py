"""What the readers of digits and of number words share: the text, the bound around a number, the record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from models.records import Bound, Number
from models.vocabulary import last_words, longest_suffix, words

_ONWARDS = re.compile(r"(?:\s(?!trở)[^\W\d_]+){0,2}\s*trở (?:(?P<up>lên|đi)|xuống)\b")
_COMPARED = re.compile(r"\s+(?:so\s+với|(?:chỉ tiêu|kế hoạch|mục tiêu|dự toán|yêu cầu)(?!\s+đề ra))\b")
_LEADING = " \t\u00a0\"“”'‘’(*_~≈<>≥≤"
_BOUNDS: tuple[Bound, ...] = ("at_most", "at_least", "under", "over", "about")
_SIGNS: dict[str, Bound] = {">": "over", "<": "under", "≥": "at_least", "≤": "at_most", "~": "about", "≈": "about"}
_BOUND_LAST = last_words(*(f"bounds.{bound}" for bound in (*_BOUNDS, "none")))
_LONGEST_BOUND = 4
_BACK, _MOST = 40, 5


@dataclass(frozen=True, slots=True)
class Prose:
    """A text, its small letters (same length, tones unified), and its style of numbers."""

    text: str
    lower: str
    english: bool
    _tokens: dict[int, list[str]] = field(default_factory=dict, repr=False)
    """The words before a position, which are asked for five times for each number."""

    def tokens_before(self, position: int, most: int) -> list[str]:
        """The last words before a position, five at most, opening brackets and quotation marks left out."""
        tokens = self._tokens.get(position)
        if tokens is None:
            before = self.lower[max(0, position - _BACK) : position]
            tokens = before.replace("“", " ").replace('"', " ").replace("(", " ").rsplit(None, _MOST)[-_MOST:]
            self._tokens[position] = tokens
        return tokens[-most:]


def bound_of(prose: Prose, start: int, end: int) -> Bound:
    """What the words around a number make of it: "hơn", "ít nhất", "trở lên"."""
    lower = prose.lower
    if "trở" in lower[end : end + _BACK] and (onwards := _ONWARDS.match(lower, end)):
        return "at_least" if onwards["up"] else "at_most"
    tokens = prose.tokens_before(start, 1)
    if tokens and tokens[0] not in _BOUND_LAST and tokens[0].isalnum():
        return "exact"
    before = lower[max(0, start - _BACK) : start].replace("(", " ")
    if (sign := before.rstrip()[-1:]) in _SIGNS:
        return _SIGNS[sign]
    bounds, phrases = _bound_words()
    tokens = before.rstrip(_LEADING).split()[-_LONGEST_BOUND:]
    phrase = longest_suffix(tokens, phrases)
    if phrase is None or phrase in words("bounds.none"):
        return "exact"
    return "exact" if tokens[-1] == "vượt" and _COMPARED.match(lower, end) else bounds[phrase]


@cache
def _bound_words() -> tuple[dict[str, Bound], frozenset[str]]:
    bounds = {phrase: bound for bound in _BOUNDS for phrase in words(f"bounds.{bound}")}
    return bounds, frozenset(bounds) | words("bounds.none")


def make_number(
    span: tuple[int, int],
    value: Decimal,
    unit: str | None,
    *,
    bound: Bound = "exact",
    out_of: Decimal | None = None,
    value_max: Decimal | None = None,
) -> Number:
    """A Number from its span."""
    return Number(
        start=span[0], end=span[1], value=value, value_max=value_max, unit=unit, out_of=out_of, bound=bound
    )  # fmt: skip


def is_whole(value: Decimal) -> bool:
    """Whether a value has no decimals."""
    return value == value.to_integral_value()
