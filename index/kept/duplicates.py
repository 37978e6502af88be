"""Reprints across sources: MinHash signatures of syllable bigrams, and which of the known ones lie near.

64 permutations in 16 bands of 4: two texts of which one word in sixteen differs (similarity 0.78) share a band with
probability 0.999; what shares a band by chance is told by comparing the signatures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from index.querying.tokens import tokens

PERMUTATIONS = 64
_SEED = 42
_BANDS, _ROWS = 16, 4
_SIMILAR = 0.6
"""Reprints with a tenth of their words changed stay above; two articles on one event stay below 0.3."""
_FEWEST_SYLLABLES = 30
"""A shorter text says too little to be told from another."""
_MOST_LOOSE = 4_000

_Signatures = NDArray[np.uint32]
_Keys = NDArray[np.uint64]
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)


def sign(text: str) -> bytes | None:
    """The signature to store with an article's version; None for a text too short to compare."""
    syllables = tokens(text)
    if len(syllables) < _FEWEST_SYLLABLES:
        return None
    minhash = RMinHash(PERMUTATIONS, _SEED)
    minhash.update([f"{first} {second}" for first, second in pairwise(syllables)])
    return np.array(minhash.digest(), np.uint32).tobytes()


class Neighbours:
    """Signatures by article, searched for near ones. Rebuilt from the archive; 0.45 kB an article."""

    def __init__(self, known: Iterable[tuple[str, bytes]] = ()) -> None:
        pairs = list(known)
        self._ids = [article_id for article_id, _ in pairs]
        self._signatures = _stack([signature for _, signature in pairs])
        self._loose: list[tuple[str, _Signatures]] = []
        self._loose_bands: dict[tuple[int, int], list[int]] = {}
        self._sort()

    def add(self, article_id: str, signature: bytes) -> None:
        row = np.frombuffer(signature, np.uint32)
        for band, key in enumerate(_band_keys(row[None, :])[0].tolist()):
            self._loose_bands.setdefault((band, key), []).append(len(self._loose))
        self._loose.append((article_id, row))
        if len(self._loose) >= _MOST_LOOSE:
            self._settle()

    def nearest(self, signature: bytes) -> str | None:
        """The most similar article known, if it is a reprint."""
        row = np.frombuffer(signature, np.uint32)
        best_id, best = None, _SIMILAR
        for article_id, other in self._candidates(row):
            similarity = float(np.mean(row == other))
            if similarity >= best and (best_id is None or similarity > best):
                best_id, best = article_id, similarity
        return best_id

    def _candidates(self, row: _Signatures) -> Iterable[tuple[str, _Signatures]]:
        settled: set[int] = set()
        loose: set[int] = set()
        for band, key in enumerate(_band_keys(row[None, :])[0]):
            keys = self._keys[band]
            first = int(keys.searchsorted(key))
            while first < len(keys) and keys[first] == key:
                settled.add(int(self._order[band][first]))
                first += 1
            loose.update(self._loose_bands.get((band, int(key)), ()))
        yield from ((self._ids[number], self._signatures[number]) for number in sorted(settled))
        yield from (self._loose[number] for number in sorted(loose))

    def _settle(self) -> None:
        self._ids += [article_id for article_id, _ in self._loose]
        self._signatures = np.vstack([self._signatures, *(row for _, row in self._loose)])
        self._loose, self._loose_bands = [], {}
        self._sort()

    def _sort(self) -> None:
        keys = _band_keys(self._signatures).T
        self._order = np.argsort(keys, axis=1).astype(np.uint32)
        self._keys: _Keys = np.take_along_axis(keys, self._order.astype(np.int64), axis=1)


def _stack(signatures: Sequence[bytes]) -> _Signatures:
    return np.frombuffer(b"".join(signatures), np.uint32).reshape(-1, PERMUTATIONS)


def _band_keys(signatures: _Signatures) -> _Keys:
    """One number for each band of each signature."""
    bands = signatures.reshape(-1, _BANDS, _ROWS).astype(np.uint64)
    keys: _Keys = np.bitwise_xor.reduce(bands * _FACTORS, axis=2)
    return keys
