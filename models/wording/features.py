"""What the model sees of each word: facts of it and of where it stands, one by one and in pairs, each hashed to a place in a
table of weights (feature hashing: Weinberger et al., 2009)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.wording.windows import Ints, Windows

BITS = 19
SIZE = 1 << BITS
_BUCKETS = np.array([0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, *[8] * 4, *[9] * 6, *[10] * 10, *[11] * 34])
_FARTHEST = len(_BUCKETS) - 1
_LATEST = 6
# Odd numbers with well mixed bits, from Murmur3's and xxHash's finalisers.
_BY_WORD, _BY_PLACE, _BY_TEMPLATE, _AT_LAST = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x2C1B3C6D


def places_of(windows: Windows) -> NDArray[np.int64]:
    """For each feature and word its place in the table of weights: (features, words)."""
    w = windows
    side, said = w.side, w.in_rule
    near = _BUCKETS[np.minimum(w.distance, _FARTHEST)] + 16 * side
    behind = np.minimum(w.from_start, _LATEST) + 8 * side
    side_said = 2 * side + said
    commas = w.commas + 4 * side
    commas_said = 2 * commas + said
    around = w.left_in_rule + 2 * w.right_in_rule
    unit = w.unit
    none = np.zeros(len(side), dtype=np.int64)
    # a word or two, and where it stands
    pairs: list[tuple[Ints, Ints]] = [
        (w.id, none), (w.id, side), (w.id, said), (w.id, unit),
        (w.left, side_said), (w.right, side_said), (w.left ^ w.id << 1, none), (w.id ^ w.right << 1, none),
        (w.anchor, commas_said), (w.anchor, near), (w.follow, commas_said), (w.follow, 8 * near + unit), (w.anchor ^ w.id << 1, none),
        (none, 4 * side_said + around), (none, 2 * near + said), (none, 4 * near + w.commas), (none, 4 * commas_said + w.numbers),
        (none, 2 * side_said + w.has_capital), (none, 2 * side_said + w.in_title), (none, 8 * commas_said + unit),
        (none, 2 * (8 * near + unit) + said), (none, 4 * side_said + w.kind), (none, 4 * behind + w.commas),
        (none, 2 * (4 * behind + w.numbers) + said), (none, 16 * side_said + w.rule_size),
    ]  # fmt: skip
    hashed: Ints = np.array([pair[0] for pair in pairs]) * _BY_WORD
    hashed += np.array([pair[1] for pair in pairs]) * _BY_PLACE
    hashed += (np.arange(1, len(pairs) + 1) * _BY_TEMPLATE)[:, None]
    hashed ^= hashed >> 15
    hashed *= _AT_LAST
    hashed ^= hashed >> 12
    hashed &= SIZE - 1
    return hashed
