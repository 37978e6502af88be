"""How well predicted topics fit the gold ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.records import TOPIC_IDS


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicResult:
    """One topic: how many were found rightly, found wrongly and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """None where the topic was never predicted."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """None where no article has the topic."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float:
        """0 where nothing was right."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicEvaluation:
    """All topics, and what happened to the articles that have none."""

    topics: Mapping[str, TopicResult]
    ordinary: int
    """Articles without a topic."""
    ordinary_tagged: int
    """Those of them that got one."""

    @property
    def macro_f1(self) -> float:
        """The mean over the topics that occur in the gold labels or in the predictions."""
        met = [result.f1 for result in self.topics.values() if result.right + result.wrong + result.missed]
        return sum(met) / len(met) if met else 0.0

    @property
    def ordinary_tagged_share(self) -> float | None:
        return self.ordinary_tagged / self.ordinary if self.ordinary else None


def evaluate_topics(
    gold: Sequence[Collection[str]],
    predicted: Sequence[Collection[str]],
    *,
    uncertain: Sequence[Collection[str]] | None = None,
) -> TopicEvaluation:
    """Compare the predicted topics with the gold ones, article by article. An uncertain label counts neither way.

    >>> result = evaluate_topics([["security"], []], [["security", "data_sharing"], []])
    >>> result.topics["security"].f1, result.topics["data_sharing"].wrong, result.ordinary_tagged
    (1.0, 1, 0)
    """
    doubts = [()] * len(gold) if uncertain is None else uncertain
    rows = list(zip(gold, predicted, doubts, strict=True))
    ordinary = [found for wanted, found, doubt in rows if not wanted and not doubt]
    return TopicEvaluation(
        topics={topic: _result(topic, rows) for topic in TOPIC_IDS},
        ordinary=len(ordinary),
        ordinary_tagged=sum(bool(found) for found in ordinary),
    )


def _result(topic: str, rows: Sequence[tuple[Collection[str], Collection[str], Collection[str]]]) -> TopicResult:
    rated = [(topic in wanted, topic in found) for wanted, found, doubt in rows if topic not in doubt]
    return TopicResult(
        right=rated.count((True, True)), wrong=rated.count((False, True)), missed=rated.count((True, False))
    )


def marks(
    gold: Sequence[Collection[str]],
    predicted: Sequence[Collection[str]],
    uncertain: Sequence[Collection[str]] | None = None,
) -> npt.NDArray[np.int64]:
    """Article × topic × (right, wrong, missed), each 0 or 1, for what resamples articles.

    >>> marks([["security"]], [[]])[0, TOPIC_IDS.index("security")]
    array([0, 0, 1])
    """
    doubts = [()] * len(gold) if uncertain is None else uncertain
    return np.array(
        [
            [
                (topic not in doubt) * np.array((w and f, f and not w, w and not f), dtype=np.int64)
                for topic in TOPIC_IDS
                for w, f in ((topic in wanted, topic in found),)
            ]
            for wanted, found, doubt in zip(gold, predicted, doubts, strict=True)
        ]
    )


def macro_f1s(made: npt.NDArray[np.int64], times: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Macro F1 of samples: `made` as `marks` gives it, `times` (sample × article) how often each holds each article."""
    right, wrong, missed = np.moveaxis(np.tensordot(times, made, axes=1), -1, 0)
    met = right + wrong + missed > 0
    f1 = 2 * right / np.maximum(1, 2 * right + wrong + missed)
    means: npt.NDArray[np.float64] = f1.sum(axis=1) / np.maximum(1, met.sum(axis=1))
    return means


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """The scores within some bounds: how many, what they said on average, and how many of them were right."""

    low: float
    high: float
    count: int
    said: float
    right: float


def calibration(
    scored: Iterable[tuple[float, bool]], bounds: Sequence[float] = (0, 0.05, 0.3, 0.7, 0.95, 1)
) -> list[Bin]:
    """Whether a probability means what it says (a reliability table, DeGroot & Fienberg 1983); empty bins are left out.

    >>> [(found.count, found.right) for found in calibration([(0.99, True), (0.97, True), (0.1, False)])]
    [(1, 0.0), (2, 1.0)]
    """
    pairs = sorted(scored)
    found = []
    for low, high in pairwise(bounds):
        held = [(said, right) for said, right in pairs if low <= said < high or (said == high == 1)]
        if held:
            said, right = (sum(column) / len(held) for column in zip(*held, strict=True))
            found.append(Bin(low=low, high=high, count=len(held), said=said, right=right))
    return found


def as_table(result: TopicEvaluation) -> str:
    """The scores as lines of Vietnamese text: precision, recall, F1 and the number of articles that carry the topic."""
    lines = [f"{'chủ đề':16} {'P':>6} {'R':>6} {'F1':>6} {'số bài':>6}"]
    for topic, one in result.topics.items():
        lines.append(f"{topic:16} {_show(one.precision)} {_show(one.recall)} {one.f1:6.3f} {one.right + one.missed:6}")
    lines.append(f"macro F1 {result.macro_f1:.3f}, bài thường bị gắn {result.ordinary_tagged}/{result.ordinary}")
    return "\n".join(lines)


def _show(share: float | None) -> str:
    return f"{'–':>6}" if share is None else f"{share:6.3f}"
