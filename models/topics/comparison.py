"""Which features and which model: compared on the same folds, for docs/topics-report.md (`monitor evaluate --report`).

Every passage is scored by a model that never saw its origin. A topic's threshold is chosen on one half of the origins and
used on the other, so that no passage has a say in its own threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import GroupKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from models.records import TOPIC_IDS
from models.spelling import canonical_syllables
from models.topics.corpus import Example
from models.topics.evaluation import TopicEvaluation, evaluate_topics
from models.topics.features import Extractor, Passages, Vocabulary, whole
from models.topics.passage_model import AT_LEAST, REGULARISATION, SEED, as_labelled
from models.topics.passage_model import logistic as shipped_model
from models.topics.phrases import PhraseFinder, find_by_phrases, load_topics
from models.topics.training import FOLDS
from models.words import words

Scores = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Features = Callable[[Sequence[int], Sequence[int]], tuple[csr_matrix, csr_matrix]]
"""Numbers of the known and the unseen passages ─► their rows; what is learnt of words is learnt from the known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One way to tag passages, and how it did on passages that it was not trained on."""

    features: str
    model: str
    result: TopicEvaluation


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """The learning curve: the share of the known origins that was learnt from, and the score."""

    share: float
    passages: int
    macro_f1: float


class Comparison:
    """The corpus made ready once, for all the ways to tag it."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = sorted(examples, key=lambda example: example.id)
        self.labelled = as_labelled(self.examples)
        self.wanted: Flags = np.array([one.topics for one in self.labelled], dtype=bool)
        origins = [example.origin for example in self.examples]
        folds = GroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
        self._folds = [(list(k), list(u)) for k, u in folds.split(self.examples, groups=origins)]
        # The hash parts the origins into halves that no order of the files can change.
        self._half = np.array([sha256(origin.encode()).digest()[0] % 2 == 0 for origin in origins])
        self._syllables = [_joined(one.article) for one in self.labelled]
        self._words = [" ".join(_words_of(f"{e.title}\n{e.text}")) for e in self.examples]

    # --- what is compared

    def candidates(self) -> Iterator[Candidate]:
        """The phrase list, then features under one model, then models over the best features, then an ensemble."""
        finder = PhraseFinder(load_topics())
        found = [find_by_phrases(finder, one.article.pieces) for one in self.labelled]
        yield Candidate(features="phrase list", model="–", result=evaluate_topics(self._gold(), found))
        for name, features in self._features().items():
            yield self._candidate(name, features, "LogisticRegression", logistic)
        shipped = self._shipped
        for name, make in {"LinearSVC": svc, "RidgeClassifier": ridge, "ComplementNB": bayes}.items():
            yield self._candidate(SHIPPED_FEATURES, shipped, name, make)
        first = self.scores(shipped, logistic)
        second = self.scores(self._tfidf(self._words, (1, 2)), svc)
        both = _as_ranks(first) + _as_ranks(second)
        yield Candidate(
            features=f"{SHIPPED_FEATURES}; segmented words 1–2",
            model="LogisticRegression + LinearSVC, mean rank",
            result=self.rate(both),
        )

    def learning_curve(self) -> Iterator[Step]:
        """The shipped way, learnt from a growing share of the known passages."""
        for share in (0.25, 0.5, 0.75, 1.0):
            scores, held = np.zeros(self.wanted.shape), 0
            for known, unseen in self._folds:
                part = known[:: round(1 / share)] if share < 0.6 else known[: round(share * len(known))]
                if share == 0.75:
                    part = [number for i, number in enumerate(known) if i % 4]
                held += len(part)
                scores[unseen] = self._fit(self._shipped, logistic, part, unseen)
            yield Step(share=share, passages=held // len(self._folds), macro_f1=self.rate(scores).macro_f1)

    # --- scores

    def scores(self, features: Features, make: Model) -> Scores:
        """Each passage's score for each topic, by the model of its fold."""
        scores = np.zeros(self.wanted.shape)
        for known, unseen in self._folds:
            scores[unseen] = self._fit(features, make, known, unseen)
        return scores

    def rate(self, scores: Scores) -> TopicEvaluation:
        """With thresholds for F1 from the other half of the origins."""
        found = np.zeros(self.wanted.shape, dtype=bool)
        for half in (self._half, ~self._half):
            for topic in range(len(TOPIC_IDS)):
                found[half, topic] = scores[half, topic] >= _threshold(scores[~half, topic], self.wanted[~half, topic])
        return evaluate_topics(self._gold(), [_names(row) for row in found])

    def _candidate(self, name: str, features: Features, model: str, make: Model) -> Candidate:
        return Candidate(features=name, model=model, result=self.rate(self.scores(features, make)))

    def _fit(self, features: Features, make: Model, known: Sequence[int], unseen: Sequence[int]) -> Scores:
        learnt, asked = features(known, unseen)
        columns = []
        for topic in range(len(TOPIC_IDS)):
            wanted = self.wanted[known, topic]
            both = bool(wanted.any() and not wanted.all())  # a small share of a small corpus may lack a topic
            columns.append(make(learnt, wanted, asked) if both else np.full(len(unseen), float(wanted.all()) - 1))
        return np.stack(columns, axis=1)

    def _gold(self) -> list[list[str]]:
        return [_names(row) for row in self.wanted]

    # --- features

    def _features(self) -> dict[str, Features]:
        return {
            "syllables 1": self._tfidf(self._syllables, (1, 1)),
            "syllables 1–2": self._tfidf(self._syllables, (1, 2)),
            "syllables 1–3": self._tfidf(self._syllables, (1, 3)),
            "segmented words 1": self._tfidf(self._words, (1, 1)),
            "segmented words 1–2": self._tfidf(self._words, (1, 2)),
            "syllables 1–2 + segmented words": _beside(
                self._tfidf(self._syllables, (1, 2)), self._tfidf(self._words, (1, 1))
            ),
            "seed-word counts": self._counts,
            SHIPPED_FEATURES: self._shipped,
        }

    def _tfidf(self, texts: Sequence[str], pieces: tuple[int, int]) -> Features:
        def rows(known: Sequence[int], unseen: Sequence[int]) -> tuple[csr_matrix, csr_matrix]:
            vectorizer = TfidfVectorizer(analyzer=_grams(pieces), min_df=2, sublinear_tf=True)
            learnt = vectorizer.fit_transform([texts[number] for number in known])
            return learnt.tocsr(), vectorizer.transform([texts[number] for number in unseen]).tocsr()

        return rows

    def _extracted(self, known: Sequence[int], unseen: Sequence[int]) -> tuple[list[Any], list[Any], Vocabulary]:
        vocabulary = Vocabulary.learn([self.labelled[number].article for number in known], at_least=AT_LEAST)
        extractor = Extractor(vocabulary, load_topics())
        learnt, asked = (
            [extractor.rows(whole(self.labelled[number].article)) for number in numbers] for numbers in (known, unseen)
        )
        return learnt, asked, vocabulary

    def _shipped(self, known: Sequence[int], unseen: Sequence[int]) -> tuple[csr_matrix, csr_matrix]:
        learnt, asked, vocabulary = self._extracted(known, unseen)
        return _matrix(learnt, len(vocabulary)), _matrix(asked, len(vocabulary))

    def _counts(self, known: Sequence[int], unseen: Sequence[int]) -> tuple[csr_matrix, csr_matrix]:
        learnt, asked, _ = self._extracted(known, unseen)
        first, second = (csr_matrix(np.concatenate([one.counts for one in rows])) for rows in (learnt, asked))
        return first, second


STEPS = 17
"""Steps of a whole comparison, for whoever shows its progress."""
SHIPPED_FEATURES = "syllables 1–2 + segmented words + seed-word counts"


def _joined(article: Passages) -> str:
    return " ".join([*canonical_syllables(article.title), "\n", *chain.from_iterable(article.syllables)])


def _words_of(text: str) -> list[str]:
    return [word.lower().replace(" ", "_") for word in words(text)]


def _grams(pieces: tuple[int, int]) -> Callable[[str], list[str]]:
    first, last = pieces

    def grams(text: str) -> list[str]:
        tokens = text.split()
        found = list(tokens) if first == 1 else []
        if last >= 2:
            found += [f"{a} {b}" for a, b in pairwise(tokens)]
        if last >= 3:
            found += [f"{a} {b} {c}" for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)]
        return found

    return grams


def _beside(first: Features, second: Features) -> Features:
    def rows(known: Sequence[int], unseen: Sequence[int]) -> tuple[csr_matrix, csr_matrix]:
        sides = first(known, unseen), second(known, unseen)
        return hstack([sides[0][0], sides[1][0]]).tocsr(), hstack([sides[0][1], sides[1][1]]).tocsr()

    return rows


def _matrix(rows: Sequence[Any], size: int) -> csr_matrix:
    number = np.concatenate([np.full(len(one.column), i) for i, one in enumerate(rows)])
    column, value = (np.concatenate([getattr(one, name) for one in rows]) for name in ("column", "value"))
    counts = csr_matrix(np.concatenate([one.counts for one in rows]))
    return hstack([csr_matrix((value, (number, column)), shape=(len(rows), size)), counts]).tocsr()


# --- models: rows to learn from, whether each has the topic, rows to score ─► scores ------------------------------------

Model = Callable[[csr_matrix, Flags, csr_matrix], Scores]


def logistic(learnt: csr_matrix, wanted: Flags, asked: csr_matrix) -> Scores:
    model = shipped_model(REGULARISATION)
    return np.asarray(model.fit(learnt, wanted).decision_function(asked))


def svc(learnt: csr_matrix, wanted: Flags, asked: csr_matrix) -> Scores:
    model = LinearSVC(C=0.5, intercept_scaling=10, max_iter=5000, random_state=SEED)
    return np.asarray(model.fit(learnt, wanted).decision_function(asked))


def ridge(learnt: csr_matrix, wanted: Flags, asked: csr_matrix) -> Scores:
    model = RidgeClassifier(alpha=0.5, solver="sparse_cg")
    return np.asarray(model.fit(learnt, wanted).decision_function(asked))


def bayes(learnt: csr_matrix, wanted: Flags, asked: csr_matrix) -> Scores:
    found = ComplementNB(alpha=0.3).fit(learnt, wanted).predict_log_proba(asked)
    return np.asarray(found[:, 1] - found[:, 0])


# --- thresholds -------------------------------------------------------------------------------------------------------


def _threshold(scores: Scores, wanted: Flags) -> float:
    """The score from which on F1 is best; the middle between it and the next lower one."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(wanted[order])
    quality = 2 * right / (np.arange(1, len(order) + 1) + wanted.sum())
    best = int(np.argmax(quality))
    following = scores[order[min(best + 1, len(order) - 1)]]
    return float(scores[order[best]] + following) / 2


def _as_ranks(scores: Scores) -> Scores:
    """Scores of any scale as shares of the passages below, so that two models' can be added."""
    return np.argsort(np.argsort(scores, axis=0, kind="stable"), axis=0, kind="stable") / len(scores)


def _names(flags: Sequence[Any]) -> list[str]:
    return [topic for topic, flag in zip(TOPIC_IDS, flags, strict=True) if flag]
