"""The first step of the topic model: what each syllable, pair, word and phrase of a passage weighs for each topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from models.errors import TrainingError
from models.records import TOPIC_IDS
from models.topics.classifier import EVIDENCE, TopicClassifier, Weights
from models.topics.corpus import Example
from models.topics.features import Extractor, Floats, Passages, Vocabulary, cut, whole
from models.topics.phrases import load_topics

SEED = 20250701
# Out of fold on 3,269 passages: 10 gives macro F1 0.901, 30 0.912, 100 0.919, 300 0.923; on whole held-out articles 100 and
# 300 are alike. Pieces that stand in two passages only add nothing to three (0.927 against 0.924) and a third of the file.
REGULARISATION = 100.0
AT_LEAST = 3
CORRECTION_WEIGHT = 5.0
"""A correction is of a real article, and of just what the model got wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """An article cut into passages, and its topics as zeros and ones."""

    article: Passages
    topics: tuple[int, ...]
    weights: tuple[float, ...] = (1.0,) * len(TOPIC_IDS)
    """What it counts for when each topic is learnt: nothing where nobody said anything of the topic."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """An article of which people said that it carries some topics and not others; of the rest it says nothing."""

    title: str
    text: str
    said: dict[str, bool]


def as_corrected(corrections: Iterable[Correction]) -> list[Labelled]:
    """Corrections as articles to learn from, each worth CORRECTION_WEIGHT passages of the corpus."""
    return [
        Labelled(
            article=cut(one.title, None, one.text),
            topics=tuple(int(one.said.get(topic, False)) for topic in TOPIC_IDS),
            weights=tuple(CORRECTION_WEIGHT if topic in one.said else 0.0 for topic in TOPIC_IDS),
        )
        for one in corrections
    ]


def label(title: str, text: str, topics: Iterable[str]) -> Labelled:
    """Make an article to learn from or to score."""
    known = set(topics)
    return Labelled(article=cut(title, None, text), topics=tuple(int(topic in known) for topic in TOPIC_IDS))


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """Which features a model is fitted on; all of them are shipped, and models/topics/ways.py tries what is left without some."""

    pairs: bool = True
    words: bool = True
    counts: bool = True


SHIPPED_WAY = Way()


def fit_passages(labelled: Sequence[Labelled], *, way: Way = SHIPPED_WAY) -> TopicClassifier:
    """Fit the passages' weights. The second step stays neutral: the best passage's score is the article's."""
    vocabulary = Vocabulary.learn(
        [one.article for one in labelled], at_least=AT_LEAST, pairs=way.pairs, words=way.words
    )
    features = matrix(Extractor(vocabulary, load_topics()), [one.article for one in labelled])
    if not way.counts:
        empty = csr_matrix((features.shape[0], features.shape[1] - len(vocabulary)))
        features = hstack([features[:, : len(vocabulary)], empty]).tocsr()
    wanted = np.array([one.topics for one in labelled])
    counts = np.array([one.weights for one in labelled])
    weights = np.zeros((features.shape[1], len(TOPIC_IDS)))
    bias = np.zeros(len(TOPIC_IDS))
    for number, topic in enumerate(TOPIC_IDS):
        if len(set(wanted[:, number])) < 2:
            raise TrainingError(f"the corpus needs passages with and without {topic}")
        model = logistic(REGULARISATION)
        model.fit(features, wanted[:, number], sample_weight=counts[:, number])
        weights[:, number], bias[number] = model.coef_[0], model.intercept_[0]
    return TopicClassifier(vocabulary, _neutral(vocabulary, weights, bias))


def logistic(regularisation: float) -> LogisticRegression:
    """The model of one topic. liblinear takes half of lbfgs's time; it shrinks the intercept too, unless that is scaled."""
    return LogisticRegression(C=regularisation, solver="liblinear", intercept_scaling=10, random_state=SEED)


def _neutral(vocabulary: Vocabulary, weights: Any, bias: Any) -> Weights:
    topics = len(TOPIC_IDS)
    return Weights(
        words=rounded(weights[: len(vocabulary)]),
        counts=rounded(weights[len(vocabulary) :]),
        bias=rounded(bias),
        blend=rounded(np.eye(1, len(EVIDENCE))[0]),
        offset=np.zeros(topics, dtype=np.float32),
        thresholds=np.full(topics, 0.5, dtype=np.float32),
    )


def rounded(values: Any) -> Floats:
    """To four places: a solver's last digits differ from machine to machine, and the file must not."""
    result: Floats = np.round(values, 4).astype(np.float32)
    return result


def matrix(extractor: Extractor, articles: Sequence[Passages]) -> csr_matrix:
    """One row for each article, which must be of one passage: the columns of the vocabulary, then the counts."""
    rows = [extractor.rows(whole(article)) for article in articles]
    row = np.concatenate([np.full(len(one.column), number) for number, one in enumerate(rows)])
    column = np.concatenate([one.column for one in rows])
    value = np.concatenate([one.value for one in rows])
    words = csr_matrix((value, (row, column)), shape=(len(rows), len(extractor.vocabulary)))
    counts = csr_matrix(np.concatenate([one.counts for one in rows]))
    return hstack([words, counts]).tocsr()


def as_labelled(examples: Iterable[Example]) -> list[Labelled]:
    return [label(example.title, example.text, example.topics) for example in examples]
