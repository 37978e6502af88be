"""Around each figure of an article the words that its name may be made of, as arrays: a row for every word of every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from models.text import Span
from models.wording.laying import Figure, Layout
from models.wording.tokens import (
    COMMA,
    HAS_CAPITAL,
    ID,
    IS_HEAD,
    IS_PASSED_OVER,
    KEY,
    KIND,
    NUMBER,
    SYLLABLES,
    Ints,
    Token,
)

BEFORE, LEFT, QUOTE, RIGHT, TITLE, RULE = range(6)
"""Where a word stands: in the sentence before, before the number, in the quote, behind it, in the title; or, as "tỷ lệ" often
does, nowhere but in the name that the rules made."""
UNITS = ("percent", "percentage_point", "vnd", "usd", "point", "rank", "times")
"""Numbered from 1; 0 is something counted."""
KINDS = ("achieved", "target", "change")
_MOST_BEFORE, _MOST_LEFT, _MOST_RIGHT, _MOST_TITLE = 20, 40, 20, 18
"""Words looked at."""
_COMMAS_COUNTED, _NUMBERS_COUNTED, _LONGEST_NAME = (3, 3, 0, 3, 0, 0), (2, 2, 0, 2, 0, 0), 10
"""The first two for each side, BEFORE … RULE."""
_SIDES = 6
_UNIT_NUMBERS = {unit: number for number, unit in enumerate(UNITS, 1)}


@dataclass(frozen=True, slots=True)
class Windows:
    """Arrays of one length, a row for each word of each figure; but for the first three."""

    layout: Layout
    own: str
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
        character = self.layout.words[spot] if spot >= 0 else self.own[-1 - spot]
        return self.layout.lexicon.tokens(character)[0]


@dataclass(frozen=True, slots=True)
class _Rules:
    """The names that the rules made, word for word."""

    figure: Ints
    keys: Ints
    """Of each word, in order."""
    sizes: Ints
    """Syllables of each figure's."""
    unseen: str
    """The words that stand nowhere around, and those that begin a name, as "tỷ lệ": they count as its own."""
    unseen_facts: Ints
    unseen_sizes: Ints
    """Of each figure."""


def windows_of(layout: Layout, figures: Sequence[Figure]) -> Windows:
    """The windows of all figures, in their order; at least one."""
    rules = _rules(layout, figures)
    before, start, quote, behind, end = np.array(layout.places).T
    title_size = min(layout.title_end - 1, _MOST_TITLE)
    none = np.zeros(len(figures), dtype=np.int64)
    first = np.maximum(before, start - _MOST_BEFORE)
    left = np.maximum(start, quote - _MOST_LEFT)
    last = np.minimum(end, behind + _MOST_RIGHT)
    begins = np.array((first, left, quote, behind, none + 1, none))
    sizes = np.array(
        (start - first, quote - left, behind - quote, last - behind, none + title_size, rules.unseen_sizes)
    )
    origins = np.array((quote, quote, quote - 1, behind - 1, none, none))
    return _arrays(layout, rules, begins, sizes.T.ravel(), origins, _facts(layout, rules, figures))


def _rules(layout: Layout, figures: Sequence[Figure]) -> _Rules:
    names = [layout.lexicon.read(figure.name) for figure in figures]
    facts = layout.lexicon.facts("".join(names))
    figure = np.repeat(np.arange(len(names)), list(map(len, names)))
    is_word = facts[:, SYLLABLES] > 0
    said = np.flatnonzero(is_word)
    facts, figure = facts[said], figure[said]
    sizes = np.bincount(figure, minlength=len(names))
    others = np.append(0, np.cumsum(facts[:, IS_HEAD] == 0))
    leads = others[1:] == others[np.cumsum(sizes) - sizes][figure]
    unseen = np.flatnonzero(leads | (_among(facts[:, KEY], layout.keys) == 0))
    joined = "".join(names)
    return _Rules(
        figure=figure, keys=facts[:, KEY], sizes=sizes, unseen="".join([joined[i] for i in said[unseen].tolist()]),
        unseen_facts=facts[unseen], unseen_sizes=np.bincount(figure[unseen], minlength=len(names)),
    )  # fmt: skip


def _facts(layout: Layout, rules: _Rules, figures: Sequence[Figure]) -> tuple[Ints, ...]:
    """Of each figure its unit, kind, anchor, follow and rule_size."""
    _, start, quote, behind, _ = np.array(layout.places).T
    ids = layout.facts[:, ID]
    spots = np.where(layout.facts[:, IS_PASSED_OVER], 0, np.arange(len(ids)))
    kept = np.maximum.accumulate(spots)  # the last word up to each that is not passed over
    anchor = np.maximum(kept[quote - 1], np.minimum(start, quote - 1))
    unit = np.array([_UNIT_NUMBERS.get(figure.unit, 0) for figure in figures])
    kind = np.array([KINDS.index(figure.kind) for figure in figures])
    return unit, kind, ids[anchor], ids[behind], np.minimum(rules.sizes, _LONGEST_NAME)


def _arrays(
    layout: Layout, rules: _Rules, begins: Ints, sizes: Ints, origins: Ints, facts: tuple[Ints, ...]
) -> Windows:
    ends = np.cumsum(sizes)
    stretches = np.repeat(np.arange(len(sizes)), sizes)
    commas, numbers = (np.cumsum(layout.facts[:, KIND] == kind) for kind in (COMMA, NUMBER))
    edges = begins[[RIGHT if side == RIGHT else QUOTE for side in range(_SIDES)]] - 1
    of_stretch = np.array((
        begins.T.ravel(), origins.T.ravel(), ends - sizes, commas[edges].T.ravel(), numbers[edges].T.ravel(),
        np.tile(_COMMAS_COUNTED, len(begins[0])), np.tile(_NUMBERS_COUNTED, len(begins[0])),
        np.tile(np.arange(_SIDES), len(begins[0])), np.repeat(np.arange(len(begins[0])), _SIDES),
        *[np.repeat(fact, _SIDES) for fact in facts],
    )).take(stretches, axis=1)  # fmt: skip
    begin, origin, first, edge_commas, edge_numbers, most_commas, most_numbers, side, figure = of_stretch[:9]
    unit, kind, anchor, follow, rule_size = of_stretch[9:]
    at = begin + np.arange(len(side)) - first
    own = np.flatnonzero(side == RULE)
    at[own] = 0
    spot = at.copy()
    spot[own] = -1 - np.arange(len(own))
    ids, keys = layout.facts[:, ID], layout.facts[:, KEY]
    in_title = _among(keys, keys[1 : layout.title_end])
    in_title[0] = 0
    of_word = np.array((
        ids, keys, layout.facts[:, SYLLABLES], layout.facts[:, HAS_CAPITAL], commas, numbers, in_title,
        np.append(ids[0], ids[:-1]), np.append(ids[1:], ids[-1]),
    )).take(at, axis=1)  # fmt: skip
    of_word[:3, own] = rules.unseen_facts[:, [ID, KEY, SYLLABLES]].T
    own_id, own_key, size, has_capital, commas, numbers, in_title, left, right = of_word
    in_rule = _among(figure << 32 | own_key, rules.figure << 32 | rules.keys)
    bounds = np.append(0, ends[_SIDES - 1 :: _SIDES]).tolist()
    return Windows(
        layout=layout, own=rules.unseen, bounds=list(pairwise(bounds)), spot=spot, id=own_id, side=side,
        figure=figure, size=size, distance=np.abs(at - origin), from_start=at - begin,
        commas=np.minimum(np.abs(edge_commas - commas), most_commas),
        numbers=np.minimum(np.abs(edge_numbers - numbers), most_numbers),
        left=left, right=right, has_capital=has_capital,
        in_rule=in_rule, left_in_rule=np.append(0, in_rule[:-1]), right_in_rule=np.append(in_rule[1:], 0),
        in_title=in_title, unit=unit, kind=kind, anchor=anchor, follow=follow, rule_size=rule_size,
    )  # fmt: skip


def _among(values: Ints, some: Ints) -> Ints:
    """For each value 1 where it is one of some others, else 0. Of a few hundred values, a tenth of the time of numpy.isin."""
    if not len(some):
        return np.zeros(len(values), dtype=np.int64)
    ordered = np.sort(some)
    found: Ints = (ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values).astype(np.int64)
    return found
