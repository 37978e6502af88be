"""The shipped way to tag next to what is left of it without one of its parts: each trained whole, each read on whole articles.

Passages alone do not choose well. The corpus seeks roundabout wording, press and portals say the standard terms, and what
helps with the one may cost with the other; so a way is chosen by both, each counting half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context

import numpy as np
import numpy.typing as npt

from models.topics.corpus import Example
from models.topics.evaluation import TopicEvaluation, evaluate_topics, macro_f1s, marks
from models.topics.held_out import HeldOut, tag_held_out
from models.topics.passage_model import SEED, Way
from models.topics.training import train

WAYS = {
    "syllables 1–2 + segmented words + seed-word counts": Way(),
    "without pairs of syllables": Way(pairs=False),
    "without segmented words": Way(words=False),
    "without seed-word counts": Way(counts=False),
    "syllables and seed-word counts only": Way(pairs=False, words=False),
    "syllables and segmented words only": Way(pairs=False, counts=False),
}
_SAMPLES = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """One way, trained on the whole corpus."""

    name: str
    passages: TopicEvaluation
    """Out of fold, with the thresholds that it would ship with."""
    articles: TopicEvaluation
    """On whole articles that nothing is trained on."""
    passage_marks: npt.NDArray[np.int64]
    """See evaluation.marks."""
    article_marks: npt.NDArray[np.int64]

    @property
    def quality(self) -> float:
        """What ways are chosen by: the mean of both macro F1."""
        return (self.passages.macro_f1 + self.articles.macro_f1) / 2


def try_ways(examples: Sequence[Example], articles: tuple[HeldOut, ...], processes: int = 1) -> Iterator[Tried]:
    """Train and read each way, in the order of WAYS, as soon as it is there."""
    jobs = zip(WAYS, repeat(tuple(examples)), repeat(articles), strict=False)
    if processes == 1:
        yield from map(_try, jobs)
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(_try, jobs)


def _try(job: tuple[str, tuple[Example, ...], tuple[HeldOut, ...]]) -> Tried:
    name, examples, articles = job
    trained = train(examples, way=WAYS[name])
    topics, doubts = [one.topics for one in articles], [one.uncertain for one in articles]
    found = tag_held_out(trained.classifier, articles)
    return Tried(
        name=name,
        passages=trained.evaluations.passages,
        articles=evaluate_topics(topics, found, uncertain=doubts),
        passage_marks=marks(trained.judged.wanted, trained.judged.found),
        article_marks=marks(topics, found, doubts),
    )


def gain(better: Tried, than: Tried) -> tuple[float, float]:
    """By how much the quality of one way is above another's, as a 90% interval: a paired bootstrap over passages and
    over articles (Efron & Tibshirani 1993). What reaches from below 0 to above it may be chance."""
    chance = np.random.default_rng(SEED)
    differences = np.zeros(_SAMPLES)
    for one, other in (better.passage_marks, than.passage_marks), (better.article_marks, than.article_marks):
        count = len(one)
        times = chance.multinomial(count, np.full(count, 1 / count), size=_SAMPLES)
        differences += (macro_f1s(one, times) - macro_f1s(other, times)) / 2
    low, high = np.quantile(differences, (0.05, 0.95))
    return float(low), float(high)
