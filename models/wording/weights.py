"""What was learnt: a weight for each place that features are hashed to, and the file that keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import ModelError
from models.vocabulary import DATA
from models.wording.features import ALONE, PAIRS, SIZE, VALUES, features_of, places_alone, places_of_words
from models.wording.windows import Windows

PATH = DATA / "names.npz"
_LEAST = 0.004
"""Smaller weights are left out of the file."""
_ROWS = VALUES * np.arange(ALONE)[:, None]


@dataclass(frozen=True)
class Weights:
    """A logistic regression over hashed features."""

    table: NDArray[np.float32]
    bias: float
    learnt_from: str = ""
    """A hash of the labelled articles."""

    def chances(self, windows: Windows) -> NDArray[np.float64]:
        """The probability of each word that a person's name holds it; 0 for marks and numbers."""
        features = features_of(windows)
        seen = np.empty((PAIRS + ALONE, len(windows.id)), dtype=np.float32)
        self.table.take(places_of_words(features), out=seen[:PAIRS], mode="clip")
        self._alone.take(features.alone + _ROWS, out=seen[PAIRS:], mode="clip")
        score = seen.sum(axis=0) + self.bias
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-score.astype(np.float64)))
        chances[windows.size == 0] = 0.0
        return chances

    @cached_property
    def _alone(self) -> NDArray[np.float32]:
        """The weights of the features that tell of no word, looked up once: a few thousand, which stay in the cache."""
        return self.table[places_alone()].ravel()

    def save(self, path: Path = PATH) -> None:
        kept = np.flatnonzero(np.abs(self.table) >= _LEAST)
        steps = np.diff(kept, prepend=0).astype(np.uint32)
        weights = self.table[kept].astype(np.float16)
        bias, learnt_from = np.float32(self.bias), np.array(self.learnt_from)
        np.savez_compressed(path, steps=steps, weights=weights, bias=bias, learnt_from=learnt_from)


def load_weights(path: Path = PATH) -> Weights:
    """ModelError where the file is missing or no such file."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            table = np.zeros(SIZE, dtype=np.float32)
            table[np.cumsum(kept["steps"])] = kept["weights"]
            return Weights(table, float(kept["bias"]), str(kept["learnt_from"]))
    except (OSError, ValueError, KeyError, IndexError) as e:
        raise ModelError(f"{path.name}: {e}") from e


@cache
def shipped() -> Weights:
    """The weights that come with the program, read once."""
    return load_weights()
