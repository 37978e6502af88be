"""Corpus ─► fitted classifier and its scores, repeatable: the same corpus gives the same file.

1. Read the corpus: labelled passages, one JSON object a line.
2. Fit the passages' weights; out of fold, so that each passage is scored by a model that never saw its origin.
3. Put held-out passages together to articles (alone, of one topic, mixed, among ordinary news) and fit on their scores
   how passages speak for an article, and from which probability on.
4. Fit the passages' weights again on everything.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from models.corpus import Example, corpus_hash
from models.errors import TrainingError
from models.evaluation import TopicEvaluation, evaluate_topics
from models.features import Extractor, Floats, Passages, Vocabulary, cut, whole
from models.phrases import PhraseFinder, find_by_phrases, load_topics
from models.records import TOPIC_IDS
from models.text import split_sentences
from models.topics import EVIDENCE, TopicClassifier, Weights, evidence, passage_scores

SEED = 20250701
# Out of fold on 3,269 passages: 10 gives macro F1 0.901, 30 0.912, 100 0.919, 300 0.923; on whole held-out articles 100 and
# 300 are alike. Pieces that stand in two passages only add nothing to three (0.927 against 0.924) and a third of the file.
REGULARISATION = 100.0
AT_LEAST = 3
FOLDS = 5
# Precision counts more: a wrong tag on ordinary news is what readers complain about. Macro F1 on held-out articles / on the
# demo newsroom: 0.5 gives 0.949 / 0.941, 0.7 0.962 / 0.954; with 1 twice as many ordinary passages are tagged.
BETA = 0.7
CORRECTION_WEIGHT = 5.0
"""A correction is of a real article, and of just what the model got wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluations:
    """Scores on passages that the model of their fold was not trained on."""

    passages: TopicEvaluation
    baseline: TopicEvaluation
    """The phrase list alone, on the same passages."""
    articles: TopicEvaluation
    """On articles put together from held-out passages."""

    def as_json(self) -> dict[str, Any]:
        """Macro F1 and the share of ordinary ones tagged, to three places."""
        named = {"passages": self.passages, "baseline": self.baseline, "articles": self.articles}
        return {
            name: {
                "macro_f1": round(result.macro_f1, 3),
                "ordinary_tagged": round(result.ordinary_tagged_share or 0.0, 3),
                "f1": {topic: round(one.f1, 3) for topic, one in result.topics.items()},
            }
            for name, result in named.items()
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Training:
    """A classifier trained on the whole corpus, and what its like scored out of fold."""

    classifier: TopicClassifier
    evaluations: Evaluations


# --- the first step: passages -----------------------------------------------------------------------------------------


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


def fit_passages(labelled: Sequence[Labelled], *, regularisation: float = REGULARISATION) -> TopicClassifier:
    """Fit the passages' weights. The second step stays neutral: the best passage's score is the article's."""
    vocabulary = Vocabulary.learn([one.article for one in labelled], at_least=AT_LEAST)
    features = matrix(Extractor(vocabulary, load_topics()), [one.article for one in labelled])
    wanted = np.array([one.topics for one in labelled])
    counts = np.array([one.weights for one in labelled])
    weights = np.zeros((features.shape[1], len(TOPIC_IDS)))
    bias = np.zeros(len(TOPIC_IDS))
    for number, topic in enumerate(TOPIC_IDS):
        if len(set(wanted[:, number])) < 2:
            raise TrainingError(f"the corpus needs passages with and without {topic}")
        model = logistic(regularisation)
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


# --- the second step: articles ----------------------------------------------------------------------------------------


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


# --- all of it --------------------------------------------------------------------------------------------------------


def train(examples: Sequence[Example], corrections: Iterable[Correction] = ()) -> Training:
    """Train on a corpus, and score on passages held out. The same examples give the same classifier.

    Corrections are learnt from beside it, and never scored on.
    """
    examples = sorted(examples, key=lambda example: example.id)
    rng = random.Random(SEED)
    folds = split(examples)
    corrected = as_corrected(corrections)
    models = [fit_passages(as_labelled(known) + corrected) for known, _ in folds]
    articles = [make_articles(unseen, rng) for _, unseen in folds]
    second = fit_second(models, articles)
    models = [with_second(model, second) for model in models]
    singles = [as_labelled(unseen) for _, unseen in folds]
    result = Evaluations(
        passages=evaluate_model(models, singles),
        baseline=evaluate_phrases(chain.from_iterable(singles)),
        articles=evaluate_model(models, articles),
    )
    final = with_second(fit_passages(as_labelled(examples) + corrected), second)
    final.report = {"corpus": corpus_hash(examples), "examples": len(examples), "scores": result.as_json()}
    if corrected:
        final.report["corrections"] = len(corrected)
    return Training(classifier=final, evaluations=result)


def split(examples: Sequence[Example]) -> list[tuple[list[Example], list[Example]]]:
    """Grouped cross-validation: (known, unseen) pairs, no origin on both sides."""
    origins = [example.origin for example in examples]
    if len(set(origins)) < FOLDS:
        raise TrainingError(f"the corpus needs passages of at least {FOLDS} origins, and has {len(set(origins))}")
    folds = GroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED).split(examples, groups=origins)
    return [([examples[i] for i in known], [examples[i] for i in unseen]) for known, unseen in folds]


def as_labelled(examples: Iterable[Example]) -> list[Labelled]:
    return [label(example.title, example.text, example.topics) for example in examples]


def with_second(model: TopicClassifier, second: Second) -> TopicClassifier:
    """The same passages' weights with the second step given."""
    weights = replace(model.weights, blend=second.blend, offset=second.offset, thresholds=second.thresholds)
    return TopicClassifier(model.extractor.vocabulary, weights)


def evaluate_model(models: Sequence[TopicClassifier], articles: Sequence[Sequence[Labelled]]) -> TopicEvaluation:
    """Score the articles of each fold with the fold's model."""
    wanted, found = [], []
    for model, unseen in zip(models, articles, strict=True):
        for one in unseen:
            wanted.append(names(one.topics))
            found.append(names(model.scores(one.article) >= model.weights.thresholds))
    return evaluate_topics(wanted, found)


def names(flags: Iterable[Any]) -> list[str]:
    """The topics whose flag is set."""
    return [topic for topic, flag in zip(TOPIC_IDS, flags, strict=True) if flag]


def evaluate_phrases(labelled: Iterable[Labelled]) -> TopicEvaluation:
    """The baseline: a topic when two of its strong phrases occur or one stands in the title."""
    finder = PhraseFinder(load_topics())
    wanted, found = [], []
    for one in labelled:
        wanted.append(names(one.topics))
        found.append(find_by_phrases(finder, one.article.title, one.article.syllables))
    return evaluate_topics(wanted, found)
