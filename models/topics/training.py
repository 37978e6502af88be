"""Corpus ─► fitted classifier and its scores, repeatable: the same corpus gives the same file.

1. Read the corpus: labelled passages, one JSON object a line.
2. Fit the passages' weights; out of fold, so that each passage is scored by a model that never saw its origin.
3. Put held-out passages together to articles (alone, of one topic, mixed, among ordinary news) and fit on their scores
   how passages speak for an article, and from which probability on.
4. Fit the passages' weights again on everything.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sklearn.model_selection import GroupKFold

from models.errors import TrainingError
from models.records import TOPIC_IDS
from models.topics.article_step import fit_second, make_articles, with_second
from models.topics.classifier import TopicClassifier
from models.topics.corpus import Example, corpus_hash
from models.topics.evaluation import TopicEvaluation, evaluate_topics
from models.topics.passage_model import (
    SEED,
    SHIPPED_WAY,
    Correction,
    Labelled,
    Way,
    as_corrected,
    as_labelled,
    fit_passages,
)
from models.topics.phrases import PhraseFinder, find_by_phrases, load_topics

FOLDS = 5


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
    judged: Judged
    """The passages one by one, as `evaluations.passages` counts them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """The topics that some passages or articles carry, and those that a model found."""

    wanted: Sequence[Collection[str]]
    found: Sequence[Collection[str]]


STEPS = FOLDS + 4
"""How often `train` says that it has come further."""


def train(
    examples: Sequence[Example],
    corrections: Iterable[Correction] = (),
    *,
    way: Way = SHIPPED_WAY,
    advance: Callable[[], object] = lambda: None,
) -> Training:
    """Train on a corpus, and score on passages held out. The same examples give the same classifier.

    Corrections are learnt from beside it, and never scored on. `advance` is called after each of STEPS steps.
    """
    examples = sorted(examples, key=lambda example: example.id)
    rng = random.Random(SEED)
    folds = split(examples)
    corrected = as_corrected(corrections)

    def fit(known: Sequence[Example]) -> TopicClassifier:
        model = fit_passages(as_labelled(known) + corrected, way=way)
        advance()
        return model

    models = [fit(known) for known, _ in folds]
    articles = [make_articles(unseen, rng) for _, unseen in folds]
    advance()
    second = fit_second(models, articles)
    advance()
    models = [with_second(model, second) for model in models]
    singles = [as_labelled(unseen) for _, unseen in folds]
    judged = judge(models, singles)
    result = Evaluations(
        passages=evaluate_topics(judged.wanted, judged.found),
        baseline=evaluate_phrases(chain.from_iterable(singles)),
        articles=evaluate_model(models, articles),
    )
    advance()
    final = with_second(fit(examples), second)
    final.report = {"corpus": corpus_hash(examples), "examples": len(examples), "scores": result.as_json()}
    if corrected:
        final.report["corrections"] = len(corrected)
    return Training(classifier=final, evaluations=result, judged=judged)


def split(examples: Sequence[Example]) -> list[tuple[list[Example], list[Example]]]:
    """Grouped cross-validation: (known, unseen) pairs, no origin on both sides."""
    origins = [example.origin for example in examples]
    if len(set(origins)) < FOLDS:
        raise TrainingError(f"the corpus needs passages of at least {FOLDS} origins, and has {len(set(origins))}")
    folds = GroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED).split(examples, groups=origins)
    return [([examples[i] for i in known], [examples[i] for i in unseen]) for known, unseen in folds]


def evaluate_model(models: Sequence[TopicClassifier], articles: Sequence[Sequence[Labelled]]) -> TopicEvaluation:
    """Score the articles of each fold with the fold's model."""
    judged = judge(models, articles)
    return evaluate_topics(judged.wanted, judged.found)


def judge(models: Sequence[TopicClassifier], articles: Sequence[Sequence[Labelled]]) -> Judged:
    """Tag the articles of each fold with the fold's model."""
    wanted, found = [], []
    for model, unseen in zip(models, articles, strict=True):
        for one in unseen:
            wanted.append(names(one.topics))
            found.append(names(model.scores(one.article) >= model.weights.thresholds))
    return Judged(wanted=wanted, found=found)


def names(flags: Iterable[Any]) -> list[str]:
    """The topics whose flag is set."""
    return [topic for topic, flag in zip(TOPIC_IDS, flags, strict=True) if flag]


def evaluate_phrases(labelled: Iterable[Labelled]) -> TopicEvaluation:
    """The baseline: a topic when two of its strong phrases occur or one stands in the title."""
    finder = PhraseFinder(load_topics())
    wanted, found = [], []
    for one in labelled:
        wanted.append(names(one.topics))
        found.append(find_by_phrases(finder, one.article.pieces))
    return evaluate_topics(wanted, found)
