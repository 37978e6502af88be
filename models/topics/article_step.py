"""The second step of the topic model: how the passages of an article speak for all of it, and from which probability on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.records import TOPIC_IDS
from models.text import split_sentences
from models.topics.classifier import TopicClassifier, evidence, passage_scores
from models.topics.corpus import Example
from models.topics.features import Floats, Passages
from models.topics.passage_model import Labelled, label, rounded

# Precision counts more: a wrong tag on ordinary news is what readers complain about. Macro F1 on held-out articles / on the
# demo newsroom: 0.5 gives 0.949 / 0.941, 0.7 0.962 / 0.954; with 1 twice as many ordinary passages are tagged.
BETA = 0.7


def make_articles(examples: Sequence[Example], rng: random.Random) -> list[Labelled]:
    """Articles as they come: a passage alone, several of one topic, sections of two topics, a topic among ordinary news,
    ordinary news alone; and any of them with a sentence of another topic in passing, which carries no tag."""
    ordinary = [example for example in examples if not example.topics]
    tagged = [example for example in examples if example.topics]
    articles = [label(example.title, example.text, example.topics) for example in examples]
    for example in tagged:
        alike = [other for other in tagged if set(other.topics) & set(example.topics)]
        articles.append(_joined(rng, example, rng.choices(alike, k=rng.randint(1, 4))))
        articles.append(_joined(rng, example, rng.choices(tagged, k=1)))
        if ordinary:
            articles.append(_joined(rng, example, rng.choices(ordinary, k=rng.randint(1, 2))))
        articles.extend(_in_passing(rng, example, alike, rng.choice(tagged)) for _ in range(2))
    for example in ordinary:
        articles.append(_joined(rng, example, rng.choices(ordinary, k=rng.randint(1, 4))))
        if tagged:
            articles.append(_in_passing(rng, example, ordinary, rng.choice(tagged)))
    return articles


def _joined(rng: random.Random, first: Example, others: Sequence[Example]) -> Labelled:
    parts = [first, *others]
    topics = {topic for part in parts for topic in part.topics}
    texts = [part.text for part in parts]
    rng.shuffle(texts)
    return label(first.title, "\n\n".join(texts), topics)


def _in_passing(rng: random.Random, example: Example, alike: Sequence[Example], other: Example) -> Labelled:
    """The example, with up to two passages that bring no topic of their own, and one sentence of another article."""
    fitting = [one for one in alike if set(one.topics) <= set(example.topics)]
    texts = [example.text, *(one.text for one in rng.choices(fitting, k=rng.randint(0, 2)))]
    sentences = [other.text[start:end] for start, end in split_sentences(other.text)]
    place = rng.randrange(len(texts))
    texts[place] = f"{texts[place]} {rng.choice(sentences)}"
    return label(example.title, "\n\n".join(texts), example.topics)


@dataclass(frozen=True, kw_only=True, slots=True)
class Second:
    """What the second step learns; see topics.Weights."""

    blend: Floats
    offset: Floats
    thresholds: Floats


def fit_second(models: Sequence[TopicClassifier], articles: Sequence[Sequence[Labelled]]) -> Second:
    """Learn from the articles of each fold, scored by the fold's model, how passages speak for an article."""
    scored = [(model, one) for model, unseen in zip(models, articles, strict=True) for one in unseen]
    pieces = np.stack([_evidence(model, one.article) for model, one in scored])
    wanted = np.array([one.topics for _, one in scored])
    count, topics, size = pieces.shape
    which = np.tile(np.eye(topics), (count, 1))
    model = LogisticRegression(C=1.0, solver="lbfgs", max_iter=2000, tol=1e-6)
    model.fit(np.hstack([pieces.reshape(count * topics, -1), which]), wanted.reshape(-1))
    blend = rounded(model.coef_[0][:size])
    offset = rounded(model.coef_[0][size:] + model.intercept_[0])
    scores = 1 / (1 + np.exp(-(pieces @ blend + offset)))
    return Second(blend=blend, offset=offset, thresholds=choose_thresholds(scores, wanted))


def _evidence(model: TopicClassifier, article: Passages) -> Floats:
    rows = model.extractor.rows(article)
    return evidence(rows, passage_scores(rows, model.weights))


def choose_thresholds(scores: Any, wanted: Any) -> Floats:
    """For each topic the probability from which on F-beta is best, drawn half-way to the best for all topics together:
    a topic's own best is noise as long as a fold holds few articles of it."""
    grid = np.round(np.arange(0.2, 0.96, 0.01), 2)
    common = _best_threshold(grid, scores.ravel(), wanted.ravel() > 0)
    own = [_best_threshold(grid, scores[:, n], wanted[:, n] > 0) for n in range(len(TOPIC_IDS))]
    return rounded((np.array(own) + common) / 2)


def _best_threshold(grid: Any, scores: Any, is_right: Any) -> float:
    """The middle of the thresholds that are as good as the best."""
    quality = np.array([_f_beta(scores >= threshold, is_right) for threshold in grid])
    return float(np.median(grid[quality >= quality.max() - 0.002]))


def _f_beta(found: Any, wanted: Any) -> float:
    right, weight = float((found & wanted).sum()), BETA * BETA
    return (1 + weight) * right / max(1.0, float(found.sum()) + weight * float(wanted.sum()))


def with_second(model: TopicClassifier, second: Second) -> TopicClassifier:
    """The same passages' weights with the second step given."""
    weights = replace(model.weights, blend=second.blend, offset=second.offset, thresholds=second.thresholds)
    return TopicClassifier(model.extractor.vocabulary, weights)
