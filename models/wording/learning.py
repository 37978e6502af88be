"""Labelled articles ─► weights: which of the words around a figure a person's name for it holds. The same files give the
same weights.

Each figure is shown twice: with the name that the rules made, and with that name spoilt. The rules were mended on some of these
very articles, so that their names are better here than on others; who sees only those would trust them too much.

    python -m models.wording.learning
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.figures.evaluation import LabelledText, load_labelled, matched
from models.figures.metrics import metrics_in
from models.reading import read
from models.vocabulary import DATA
from models.wording.features import SIZE, places_of
from models.wording.laying import Figure, lay_out
from models.wording.tokens import tokens_of
from models.wording.weights import Weights
from models.wording.windows import BEFORE, LEFT, QUOTE, RIGHT, RULE, TITLE, Windows, windows_of

LABELLED = DATA / "figures"
_PREFERRED = {RULE: 0, QUOTE: 1, LEFT: 2, RIGHT: 2, BEFORE: 3, TITLE: 4}
"""Of a word that stands in several places the one here that the name is taken to have it from."""
_SPOILT_COUNTS = 3.0
_INVERSE_PENALTY, _ROUNDS = 0.03, 40
_REPLACED, _CUT = 0.35, 0.6
_SEED = 20260101


def learn(paths: Iterable[Path]) -> Weights:
    """Weights from files of labelled articles. TrainingError names a bad line."""
    from sklearn.linear_model import LogisticRegression

    chance = random.Random(_SEED)
    rows, wanted, counts = [], [], []
    files = sorted(paths)
    for text in (text for path in files for text in load_labelled(path)):
        figures, names = labelled_figures(text)
        if not figures:
            continue
        reading = read(text.text)
        for shown, count in (
            (figures, 1.0),
            ([spoilt(figure, text.text, chance) for figure in figures], _SPOILT_COUNTS),
        ):
            windows = windows_of(lay_out(reading.text, text.title or "", reading.sentences, shown), shown)
            is_word = windows.size > 0
            rows.append(places_of(windows).T[is_word])
            wanted.append(chosen_by_person(windows, names)[is_word])
            counts.append(np.full(len(wanted[-1]), count))
    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=_ROUNDS, solver="liblinear", random_state=_SEED)
    model.fit(_as_matrix(np.concatenate(rows)), np.concatenate(wanted), sample_weight=np.concatenate(counts))
    return Weights(model.coef_[0].astype(np.float32), float(model.intercept_[0]), hash_of(files))


def hash_of(paths: Iterable[Path]) -> str:
    """Names the labelled articles that weights were learnt from."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(paths))).hexdigest()[:16]


def labelled_figures(text: LabelledText) -> tuple[list[Figure], list[str]]:
    """The figures that the reader finds where a person labelled one, with the person's names."""
    reading = read(text.text)
    found = metrics_in(reading, title=text.title, published=text.published, source_place=text.source_place)
    sentences = reading.sentences
    figures, names = list[Figure](), list[str]()
    for metric, label in matched(text, found):
        holding = next((span for span in sentences if span[0] <= metric.start < span[1]), None)
        if holding is not None and (not figures or metric.start >= figures[-1].end):
            figures.append(Figure(metric.start, metric.end, holding, metric.unit, metric.kind, metric.name))
            names.append(label.name)
    return figures, names


def spoilt(figure: Figure, text: str, chance: random.Random) -> Figure:
    """A figure whose name is in part another stretch of the text, in part cut short, and else as it was."""
    words, dice = figure.name.split(), chance.random()
    before = re.findall(r"[^\W\d_]+", text[max(0, figure.start - 250) : figure.start])
    if dice < _REPLACED and len(before) > 8:
        first = chance.randrange(len(before) - 4)
        return figure._replace(name=" ".join((words[0], *before[first : first + chance.randrange(2, 7)])))
    if _REPLACED <= dice < _CUT and len(words) > 3:
        return figure._replace(name=" ".join(words[: chance.randrange(2, len(words))]))
    return figure


def chosen_by_person(windows: Windows, names: Sequence[str]) -> NDArray[np.int64]:
    """1 for each word that is in the person's name, once for each time that the name holds it."""
    wanted = np.zeros(len(windows.id), dtype=np.int64)
    for (start, end), name in zip(windows.bounds, names, strict=True):
        left = Counter(syllable for token in tokens_of(name) for syllable in token.small)
        for row in sorted(
            range(start, end), key=lambda i: (_PREFERRED[int(windows.side[i])], int(windows.distance[i]))
        ):
            small = windows.word(row).small
            if small and 2 * sum(left[syllable] > 0 for syllable in small) > len(small):
                wanted[row] = 1
                left.subtract(small)
    return wanted


def _as_matrix(places: NDArray[np.int64]) -> Any:
    from scipy.sparse import csr_matrix

    words, features = places.shape
    ones = np.ones(places.size, dtype=np.float32)
    return csr_matrix((ones, places.ravel(), np.arange(0, places.size + 1, features)), shape=(words, SIZE))


if __name__ == "__main__":
    learn(LABELLED.glob("*.jsonl")).save()
