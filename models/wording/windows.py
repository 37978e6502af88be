"""Around each figure of an article the words that its name may be made of, as arrays: a row for every word of every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.text import Span
from models.vocabulary import words
from models.wording.laying import Figure, Layout, Place
from models.wording.tokens import COMMA, NUMBER, Token, facts_of, tokens_of

Ints = NDArray[np.int64]

BEFORE, LEFT, QUOTE, RIGHT, TITLE, RULE = range(6)
"""Where a word stands: in the sentence before, before the number, in the quote, behind it, in the title; or, as "tỷ lệ" often
does, nowhere but in the name that the rules made."""
UNITS = ("percent", "percentage_point", "vnd", "usd", "point", "rank", "times")
"""Numbered from 1; 0 is something counted."""
KINDS = ("achieved", "target", "change")
_MOST_BEFORE, _MOST_LEFT, _MOST_RIGHT, _MOST_TITLE = 20, 40, 20, 18
"""Words looked at."""
_MOST_COMMAS, _MOST_NUMBERS, _LONGEST_NAME = 3, 2, 10
_SIDES = 6


@dataclass(frozen=True, slots=True)
class Windows:
    """Arrays of one length, a row for each word of each figure; but for the first three."""

    layout: Layout
    own: list[Token]
    """The words of RULE, in the order of their rows."""
    bounds: list[Span]
    """Where each figure's rows begin and end."""
    spot: Ints
    """Where the word stands in the layout; below 0 for those of `own`: -1 is the first, -2 the second."""
    id: Ints
    side: Ints
    """BEFORE … RULE."""
    figure: Ints
    size: Ints
    """Syllables; 0 for a mark or a number."""
    distance: Ints
    """Words to the number; of a title's, to its beginning."""
    from_start: Ints
    """Words to where its stretch begins."""
    commas: Ints
    numbers: Ints
    """Between it and the number; at most 3 and 2."""
    left: Ints
    right: Ints
    """Ids of the neighbours."""
    has_capital: Ints
    in_rule: Ints
    """Whether the name that the rules made holds it, 0 or 1."""
    left_in_rule: Ints
    right_in_rule: Ints
    in_title: Ints
    unit: Ints
    kind: Ints
    anchor: Ints
    """Id of the word before the number, "khoảng" and its like passed over."""
    follow: Ints
    """Id of what follows the quote."""
    rule_size: Ints
    """Syllables of the name that the rules made, at most 10."""

    def word(self, row: int) -> Token:
        spot = int(self.spot[row])
        return self.layout.words[spot] if spot >= 0 else self.own[-1 - spot]


def windows_of(layout: Layout, figures: Sequence[Figure]) -> Windows:
    """The windows of all figures, in their order; at least one."""
    rules = [[token for token in tokens_of(figure.name) if token.small] for figure in figures]
    laid = layout.words
    folded = {syllable for token in laid for syllable in token.folded}
    own = [_unseen(rule, folded) for rule in rules]
    title = 1, min(layout.title_end, 1 + _MOST_TITLE)
    begins: list[int] = []
    sizes: list[int] = []
    origins: list[int] = []
    first_own = 0
    for place, unseen in zip(layout.places, own, strict=True):
        before = max(place.before, place.start - _MOST_BEFORE)
        left = max(place.start, place.quote - _MOST_LEFT)
        begins += (before, left, place.quote, place.behind, title[0], 0)
        sizes += (
            place.start - before, place.quote - left, place.behind - place.quote,
            min(place.end, place.behind + _MOST_RIGHT) - place.behind, title[1] - title[0], len(unseen),
        )  # fmt: skip
        origins += (place.quote, place.quote, place.quote - 1, place.behind - 1, 0, 0)
        first_own += len(unseen)
    facts = [_facts(*each, laid) for each in zip(figures, layout.places, rules, strict=True)]
    return _arrays(layout, rules, [token for unseen in own for token in unseen], begins, sizes, origins, facts)


def _unseen(rule: list[Token], laid: set[str]) -> list[Token]:
    """The words of a rule's name that stand nowhere around, and those that begin it, as "tỷ lệ": they count as its own."""
    heads = 0
    while heads < len(rule) and rule[heads].small[0] in words("wording.heads"):
        heads += 1
    return rule[:heads] + [token for token in rule[heads:] if token.folded[0] not in laid]


@cache
def _passed_over() -> frozenset[int]:
    return frozenset(token.id for word in words("wording.passed_over") for token in tokens_of(word))


def _facts(figure: Figure, place: Place, rule: list[Token], laid: list[Token]) -> tuple[int, ...]:
    anchor = place.quote - 1
    while anchor > place.start and laid[anchor].id in _passed_over():
        anchor -= 1
    unit = UNITS.index(figure.unit) + 1 if figure.unit in UNITS else 0
    return (
        unit, KINDS.index(figure.kind), laid[anchor].id, laid[place.behind].id, min(len(rule), _LONGEST_NAME),
        place.quote - 1, place.behind - 1,
    )  # fmt: skip


def _arrays(
    layout: Layout, rules: list[list[Token]], own: list[Token], begins: list[int], sizes: list[int], origins: list[int],
    facts: list[tuple[int, ...]],
) -> Windows:  # fmt: skip
    laid = layout.words
    count = len(laid)
    ids, kinds, capitals, syllables, keys = facts_of(laid)
    commas, numbers = np.cumsum(kinds == COMMA), np.cumsum(kinds == NUMBER)
    lengths = np.array(sizes)
    part = np.repeat(np.arange(len(sizes)), lengths)
    side, figure = part % _SIDES, part // _SIDES
    ends = np.cumsum(lengths)
    step = np.arange(len(part)) - (ends - lengths)[part]
    at = np.array(begins)[part] + step
    is_own = side == RULE
    spot = at.copy()
    spot[is_own] = -1 - np.arange(len(own))
    at[is_own] = 0
    back, on = np.maximum(at - 1, 0), np.minimum(at + 1, count - 1)
    own_id, own_key, size = ids[at], keys[at], syllables[at]
    if own:
        own_id[is_own], own_key[is_own], size[is_own] = [token.id for token in own], [token.key for token in own], 1
    unit, kind, anchor, follow, rule_size, left_edge, right_edge = np.array(facts, dtype=np.int64).T[:, figure]
    edge = np.where(side == RIGHT, right_edge, left_edge)
    is_text = (side == LEFT) | (side == BEFORE) | (side == RIGHT)
    of_figure = figure << 32
    said = np.array([number << 32 | token.key for number, rule in enumerate(rules) for token in rule], dtype=np.int64)
    in_rule = _among(of_figure | own_key, said)
    bounds = np.append(0, ends[_SIDES - 1 :: _SIDES]).tolist()
    stands = ~is_own
    return Windows(
        layout=layout, own=own, bounds=list(pairwise(bounds)), spot=spot, id=own_id, side=side,
        figure=figure, size=size,
        distance=np.where(stands, np.abs(at - np.array(origins)[part]), 0),
        from_start=np.where(stands, step, 0),
        commas=np.where(is_text, np.minimum(np.abs(commas[edge] - commas[at]), _MOST_COMMAS), 0),
        numbers=np.where(is_text, np.minimum(np.abs(numbers[edge] - numbers[at]), _MOST_NUMBERS), 0),
        left=ids[back], right=ids[on], has_capital=np.where(stands, capitals[at], 0),
        in_rule=in_rule, left_in_rule=np.append(0, in_rule[:-1]), right_in_rule=np.append(in_rule[1:], 0),
        in_title=np.where(stands, _among(keys, keys[1 : layout.title_end])[at], 0),
        unit=unit, kind=kind, anchor=anchor, follow=follow, rule_size=rule_size,
    )  # fmt: skip


def _among(values: Ints, some: Ints) -> Ints:
    """For each value 1 where it is one of some others, else 0. Of a few hundred values, a tenth of the time of numpy.isin."""
    if not len(some):
        return np.zeros(len(values), dtype=np.int64)
    ordered = np.sort(some)
    found: Ints = (ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values).astype(np.int64)
    return found
