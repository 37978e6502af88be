"""Examples ─► what a user's topic learns beside its words. Repeatable: the same examples give the same weights."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from models.errors import TopicError
from models.topics.corpus import Example
from models.topics.features import Extractor, Passages, cut, whole
from models.topics.own_topics import SILENT, OwnExample, OwnTopic, OwnTopics

Doubles = npt.NDArray[np.float64]

_SEED = 20250701
_BACKGROUND = 600
"""Passages of our corpus that stand for everything else."""
_REGULARISATION = 1.0
_MOST_WEIGHTS = 300
_FEWEST_EXAMPLES = 2


def learn(
    topic: OwnTopic, examples: Sequence[OwnExample], background: Sequence[Example], extractor: Extractor
) -> OwnTopic:
    """The topic with what the examples teach.

    Passages of the background that hold one of the topic's words say nothing and are left out.
    Raises TopicError when fewer than two examples carry the topic.
    """
    if sum(example.is_topic for example in examples) < _FEWEST_EXAMPLES:
        raise TopicError(f"cần ít nhất {_FEWEST_EXAMPLES} bài mẫu thuộc chủ đề “{topic.name}”")
    by_words = OwnTopics([replace(topic, weights=(), bias=0.0)], extractor)
    given = [cut(example.title, None, example.text) for example in examples]
    others = _others(background, by_words)
    articles = [whole(article) for article in (*given, *others)]
    wanted = np.array([example.is_topic for example in examples] + [False] * len(others))
    said = np.array([score for (score,) in map(by_words.word_scores, articles)])
    weights, bias = _fit(_rows(extractor, articles), said, wanted)
    return replace(topic, weights=_heaviest(extractor, weights), bias=round(bias, 4))


def _fit(rows: csr_matrix, said: Doubles, wanted: npt.NDArray[np.bool_]) -> tuple[Doubles, float]:
    """Logistic regression on top of what the words say, which stays as it is: a person asked for them.

    Both sides weigh the same in all; L2 on the weights, and on the bias too, so that few examples move little.
    """
    sign = np.where(wanted, 1.0, -1.0)
    weight = np.where(wanted, 0.5 / wanted.sum(), 0.5 / max(1, (~wanted).sum())) * len(wanted)

    def loss(parameters: Doubles) -> tuple[float, Doubles]:
        margin = sign * (said + rows @ parameters[:-1] + parameters[-1])
        pull = -sign * weight / (1 + np.exp(margin))
        gradient = np.append(rows.T @ pull, pull.sum()) * _REGULARISATION + parameters
        value = _REGULARISATION * (weight * np.logaddexp(0, -margin)).sum() + 0.5 * parameters @ parameters
        return float(value), gradient

    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return found.x[:-1], float(found.x[-1])


def _others(background: Sequence[Example], by_words: OwnTopics) -> list[Passages]:
    some = random.Random(_SEED).sample(list(background), min(_BACKGROUND, len(background)))
    passages = [cut(example.title, None, example.text) for example in some]
    return [passage for passage in passages if by_words.word_scores(passage)[0] == SILENT]


def _rows(extractor: Extractor, articles: Sequence[Passages]) -> csr_matrix:
    found = [extractor.rows(article) for article in articles]
    row = np.concatenate([np.full(len(one.column), number) for number, one in enumerate(found)])
    column = np.concatenate([one.column for one in found])
    value = np.concatenate([one.value for one in found])
    return csr_matrix((value, (row, column)), shape=(len(found), len(extractor.vocabulary)))


def _heaviest(extractor: Extractor, weights: Doubles) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-np.abs(weights), kind="stable")[:_MOST_WEIGHTS]
    named = ((extractor.vocabulary.name(int(column)), round(float(weights[column]), 4)) for column in order)
    return tuple((name, weight) for name, weight in named if weight)
