"""Around each figure of an article the words that its name may be made of, as arrays: a row for every word of every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.text import Span
from models.wording.laying import Figure, Layout
from models.wording.tokens import (
    COMMA,
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
_LONGEST_NAME = 10
_SIDES = 6
_MOST_COUNTED = np.array(((3, 3, 0, 3, 0, 0), (2, 2, 0, 2, 0, 0)))[:, None]
"""How many commas and numbers are counted on each side, BEFORE … RULE."""
_COUNTS = 10
"""From this row on of a stretch is told how many there are at its edge, and how many are counted."""
_COUNTED = np.array(((COMMA,), (NUMBER,)))
_OWN = 4
"""So many rows tell of a word wherever it stands."""
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
    kind_of_word: Ints
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
        return self.layout.lexicon.token(character)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The names that the rules made, word for word."""

    said: NDArray[np.bool_]
    """For each figure and each key whether its name holds a word with that key."""
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
    counts = (layout.facts[:, KIND] == _COUNTED).cumsum(axis=1)
    of_stretch, ends = _stretches(layout, rules, figures, counts)
    shift, begin, origin, side, figure, unit, kind, anchor, follow, rule_size = of_stretch[:_COUNTS]
    edges, most = of_stretch[_COUNTS:-2], of_stretch[-2:]
    at = shift + np.arange(len(shift))
    own = (side == RULE).nonzero()[0]
    at[own] = 0
    spot = at.copy()
    spot[own] = -1 - np.arange(len(own))
    of_word = _words(layout, counts).take(at, axis=1)
    of_word[:_OWN, own] = rules.unseen_facts[:, :_OWN].T
    own_id, own_key, size, kind_of_word, has_capital, in_title, left, right = of_word[:-2]
    in_rule = np.zeros(len(at) + 2, dtype=np.int64)  # with a place before the first and behind the last
    in_rule[1:-1] = rules.said.take(figure * rules.said.shape[1] + own_key)
    commas, numbers = np.minimum(np.abs(edges - of_word[-2:]), most)
    return Windows(
        layout=layout, own=rules.unseen, bounds=list(pairwise((0, *ends))), spot=spot, id=own_id, side=side,
        figure=figure, size=size, distance=np.abs(at - origin), from_start=at - begin,
        commas=commas, numbers=numbers, left=left, right=right, has_capital=has_capital, kind_of_word=kind_of_word,
        in_rule=in_rule[1:-1], left_in_rule=in_rule[:-2], right_in_rule=in_rule[2:],
        in_title=in_title, unit=unit, kind=kind, anchor=anchor, follow=follow, rule_size=rule_size,
    )  # fmt: skip


def _rules(layout: Layout, figures: Sequence[Figure]) -> _Rules:
    own = layout.lexicon
    names = own.read_parts([figure.name for figure in figures])
    joined = "".join(names)
    facts = own.facts(joined)
    is_word = (facts[:, SYLLABLES] > 0).nonzero()[0]
    facts = facts.take(is_word, axis=0)
    figure = np.arange(len(names)).repeat([len(name) for name in names])[is_word]
    keys = facts[:, KEY]
    unseen = _unseen(figure.tolist(), facts[:, IS_HEAD].tolist(), own.among(layout.keys, keys).tolist())
    said = np.zeros((len(names), own.keys), dtype=np.bool_)
    said[figure, keys] = True
    return _Rules(
        said=said, sizes=np.bincount(figure, minlength=len(names)),
        unseen="".join([joined[i] for i in is_word[unseen].tolist()]), unseen_facts=facts.take(unseen, axis=0),
        unseen_sizes=np.bincount(figure[unseen], minlength=len(names)),
    )  # fmt: skip


def _unseen(figures: list[int], are_heads: list[int], are_around: list[bool]) -> Ints:
    """Which words of the figures' names stand nowhere around, or begin a name with nothing but the like before."""
    found: list[int] = []
    figure, leads = -1, False
    for i, (one, is_head, is_around) in enumerate(zip(figures, are_heads, are_around, strict=True)):
        leads = is_head == 1 and (leads or one != figure)
        figure = one
        if leads or not is_around:
            found.append(i)
    return np.array(found, dtype=np.int64)


def _stretches(layout: Layout, rules: _Rules, figures: Sequence[Figure], counts: Ints) -> tuple[Ints, list[int]]:
    """Rows of what is to be known of each word's stretch and figure, and where each figure's words end."""
    before, start, quote, behind, end = layout.places
    none = np.zeros(len(figures), dtype=np.int64)
    first = np.maximum(before, start - _MOST_BEFORE)
    left = np.maximum(start, quote - _MOST_LEFT)
    last = np.minimum(end, behind + _MOST_RIGHT)
    title_size = min(layout.title_end - 1, _MOST_TITLE)
    begins = np.array((first, left, quote, behind, none + 1, none)).T
    sizes = np.array(
        (start - first, quote - left, behind - quote, last - behind, none + title_size, rules.unseen_sizes)
    )
    sizes = sizes.T.ravel()
    ends = sizes.cumsum()
    of_stretch = np.empty((_COUNTS + 4, len(figures), _SIDES), dtype=np.int64)
    of_stretch[0] = begins - (ends - sizes).reshape(begins.shape)  # a stretch's first row has its first word
    of_stretch[1] = begins
    of_stretch[2] = np.array((quote, quote, quote - 1, behind - 1, none, none)).T
    of_stretch[3] = np.arange(_SIDES)
    of_stretch[4:_COUNTS] = np.array(_facts(layout, rules, figures))[:, :, None]
    of_stretch[_COUNTS:-2] = counts.take(quote - 1, axis=1)[:, :, None]
    of_stretch[_COUNTS:-2, :, RIGHT] = counts.take(behind - 1, axis=1)
    of_stretch[-2:] = _MOST_COUNTED
    return of_stretch.reshape(len(of_stretch), -1).repeat(sizes, axis=1), ends[_SIDES - 1 :: _SIDES].tolist()


def _facts(layout: Layout, rules: _Rules, figures: Sequence[Figure]) -> tuple[Ints, ...]:
    """Of each figure its number, unit, kind, anchor, follow and rule_size."""
    _, start, quote, behind, _ = layout.places
    ids = layout.facts[:, ID]
    spots = np.arange(len(ids))
    spots[layout.facts[:, IS_PASSED_OVER] == 1] = 0
    kept = np.maximum.accumulate(spots)  # the last word up to each that is not passed over
    anchor = np.maximum(kept[quote - 1], np.minimum(start, quote - 1))
    unit = np.array([_UNIT_NUMBERS.get(figure.unit, 0) for figure in figures])
    kind = np.array([KINDS.index(figure.kind) for figure in figures])
    return np.arange(len(figures)), unit, kind, ids[anchor], ids[behind], np.minimum(rules.sizes, _LONGEST_NAME)


def _words(layout: Layout, counts: Ints) -> Ints:
    """Rows of what is to be known of each word of the layout."""
    facts = layout.facts
    keys = facts[:, KEY]
    in_title = layout.lexicon.among(keys[1 : layout.title_end], keys)
    in_title[0] = False
    beside = facts[:, ID].take(np.arange(-1, len(facts) + 1), mode="clip")
    return np.concatenate((facts[:, :5].T, in_title[None], beside[None, :-2], beside[None, 2:], counts))
