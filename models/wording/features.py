"""What the model sees of each word: facts of it and of where it stands, one by one and in pairs, each hashed to a place in a
table of weights (feature hashing: Weinberger et al., 2009)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.wording.tokens import Ints
from models.wording.windows import Windows

BITS = 19
SIZE = 1 << BITS
PAIRS, ALONE = 13, 12
"""Features that tell of a word, and others."""
VALUES = 1 << 11
"""More than any of the others can have."""
_BUCKETS = np.array([0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, *[8] * 4, *[9] * 6, *[10] * 10, *[11] * 34])
_FARTHEST = len(_BUCKETS) - 1
_LATEST = 6
# Odd numbers with well mixed bits, from Murmur3's and xxHash's finalisers.
_BY_WORD, _BY_PLACE, _BY_TEMPLATE, _AT_LAST = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x2C1B3C6D


@dataclass(frozen=True, slots=True)
class Features:
    """What the model sees of each word: a column for each."""

    words: Ints
    stands: Ints
    """Of the features that tell of a word: it, or two of them, and what of its standing goes with it."""
    alone: Ints
    """The features that tell only where it stands."""


def features_of(windows: Windows) -> Features:
    w = windows
    side_said = 2 * w.side + w.in_rule
    commas_said = 2 * (w.commas + 4 * w.side) + w.in_rule
    near = _BUCKETS[np.minimum(w.distance, _FARTHEST)] + 16 * w.side
    near_unit = 8 * near + w.unit
    behind = 4 * (np.minimum(w.from_start, _LATEST) + 8 * w.side)
    none = np.zeros(len(near), dtype=np.int64)
    return Features(
        np.array((
            w.id, w.id, w.id, w.id, w.left, w.right, w.left ^ w.id << 1, w.id ^ w.right << 1,
            w.anchor, w.anchor, w.follow, w.follow, w.anchor ^ w.id << 1,
        )),
        np.array((
            none, w.side, w.in_rule, w.unit, side_said, side_said, none, none,
            commas_said, near, commas_said, near_unit, none,
        )),
        np.array((
            4 * side_said + w.left_in_rule + 2 * w.right_in_rule, 2 * near + w.in_rule, 4 * near + w.commas,
            4 * commas_said + w.numbers, 2 * side_said + w.has_capital, 2 * side_said + w.in_title,
            8 * commas_said + w.unit, 2 * near_unit + w.in_rule, 4 * side_said + w.kind, behind + w.commas,
            2 * (behind + w.numbers) + w.in_rule, 16 * side_said + w.rule_size,
        )),
    )  # fmt: skip


def places_of(windows: Windows) -> Ints:
    """For each feature and word its place in the table of weights: (features, words)."""
    features = features_of(windows)
    return np.concatenate((places_of_words(features), np.take_along_axis(places_alone(), features.alone, axis=1)))


def places_of_words(features: Features) -> Ints:
    """The places of the features that tell of a word."""
    return _hashed(features.words * _BY_WORD + features.stands * _BY_PLACE, first=1)


def places_alone() -> Ints:
    """For each of the other features the place of each value that it can have: (ALONE, VALUES)."""
    return _hashed(np.tile(np.arange(VALUES) * _BY_PLACE, (ALONE, 1)), first=PAIRS + 1)


def _hashed(values: Ints, *, first: int) -> Ints:
    """Each template's values in their own way; the templates are numbered from the first."""
    values += (np.arange(first, first + len(values)) * _BY_TEMPLATE)[:, None]
    values ^= values >> 15
    values *= _AT_LAST
    values ^= values >> 12
    values &= SIZE - 1
    return values
