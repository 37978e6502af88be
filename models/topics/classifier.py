"""Which topics an article carries.

Each passage gets a linear score per topic (features.py); a second, small linear step turns the passages' scores into one
probability for the article, so that a section counts and a word in the tail does not. Trained by training.py with
scikit-learn; here is only the arithmetic, so that reading an article does not import it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from models.errors import ModelError
from models.records import TOPIC_IDS, TopicScore
from models.text import Span
from models.topics.features import COUNTS_PER_TOPIC, Extractor, Floats, Passages, Rows, Vocabulary, cut
from models.topics.phrases import load_topics
from models.vocabulary import DATA

MODEL_PATH = DATA / "topics.npz"
# Raised when the features or the file change, so that an older file is refused and not misread.
FORMAT = 2
EVIDENCE = ("best passage", "second passage", "mean passage", "phrase in title", "phrases in best passage")


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """All that training learns, but for the vocabulary."""

    words: Floats
    """Columns of the vocabulary × topics."""
    counts: Floats
    """Counts of phrases × topics."""
    bias: Floats
    blend: Floats
    """What each piece of EVIDENCE counts for, the same for all topics."""
    offset: Floats
    """Of each topic, in the second step."""
    thresholds: Floats
    """The probability from which on an article has the topic."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageReason:
    """A passage that speaks for a topic."""

    span: Span
    score: float
    """The linear score; above 0 the passage alone says the topic."""
    terms: tuple[tuple[str, float], ...]
    """The words and phrases that weigh most for the topic, heaviest first."""


class TopicClassifier:
    """Predicts topics. `training.train` makes one; `load` reads one from a file."""

    def __init__(self, vocabulary: Vocabulary, weights: Weights, report: dict[str, Any] | None = None) -> None:
        self.extractor = Extractor(vocabulary, load_topics())
        self.weights = weights
        self.report = report or {}
        """How it was trained and what it scored; JSON values only."""

    def predict(
        self, title: str | None, lead: str | None, text: str, sentences: Sequence[Span] | None = None
    ) -> tuple[TopicScore, ...]:
        """The topics at or above their threshold, best first.

        `sentences` may leave out spans that are not the article ("Tin liên quan"): they count for nothing.
        """
        return self.chosen(self.scores(cut(title, lead, text, sentences)))

    def chosen(self, scores: Sequence[float] | Floats) -> tuple[TopicScore, ...]:
        """The topics whose score, in the order of TOPIC_IDS, reaches their threshold; best first."""
        chosen = [
            TopicScore(topic=topic, score=round(float(score), 4))
            for topic, score, threshold in zip(TOPIC_IDS, scores, self.weights.thresholds, strict=True)
            if round(float(score), 4) >= threshold
        ]
        return tuple(sorted(chosen, key=lambda topic: (-topic.score, topic.topic)))

    def scores(self, article: Passages) -> Floats:
        """The probability of each topic, in the order of TOPIC_IDS."""
        rows = self.extractor.rows(article)
        logits = evidence(rows, passage_scores(rows, self.weights)) @ self.weights.blend + self.weights.offset
        probabilities: Floats = 1 / (1 + np.exp(-logits))
        return probabilities

    def explain(self, article: Passages, topic: str, *, most: int = 8) -> tuple[PassageReason, ...]:
        """The passages that speak for a topic, best first, each with the words and phrases that weigh most.

        The lead's passage has an empty span.
        """
        rows = self.extractor.rows(article)
        number = TOPIC_IDS.index(topic)
        scores = passage_scores(rows, self.weights)[:, number]
        order = np.argsort(-scores, kind="stable")
        return tuple(
            PassageReason(
                span=article.spans[row], score=float(scores[row]), terms=self._terms(article, rows, row, number, most)
            )
            for row in order
            if scores[row] > 0 or row == order[0]
        )

    def _terms(self, article: Passages, rows: Rows, row: int, topic: int, most: int) -> tuple[tuple[str, float], ...]:
        here = rows.row == row
        columns = rows.column[here]
        weights = rows.value[here] * self.weights.words[columns, topic]
        vocabulary = self.extractor.vocabulary
        terms: dict[str, float] = {}
        for column, weight in zip(columns, weights, strict=True):
            said = vocabulary.name(int(column)).replace(
                "_", " "
            )  # a word and the pair that it is made of are one to people
            terms[said] = terms.get(said, 0.0) + float(weight)
        for phrase, weight in self._phrases(article, rows, row, topic):
            terms[phrase] = terms.get(phrase, 0.0) + weight
        best = sorted(terms.items(), key=lambda term: (-term[1], term[0]))
        return tuple((term, round(weight, 3)) for term, weight in best[:most] if weight > 0)

    def _phrases(self, article: Passages, rows: Rows, row: int, topic: int) -> Iterator[tuple[str, float]]:
        """The topic's phrases in a passage and the title; what their counts weigh is shared out evenly among them."""
        finder = self.extractor.finder
        kinds = rows.counts[row].reshape(COUNTS_PER_TOPIC, -1)[:, topic]
        weighed = kinds * self.weights.counts.reshape(COUNTS_PER_TOPIC, -1, len(TOPIC_IDS))[:, topic, topic]
        found = {(int(piece), int(phrase)) for piece, phrase in zip(*self.extractor.hits(article), strict=True)}
        in_title, in_passage = (
            [phrase for piece, phrase in sorted(found) if piece == wanted and finder.topic_of[phrase] == topic]
            for wanted in (0, row + 1)
        )
        shares = ((in_passage, True, weighed[0] + weighed[1]), (in_passage, False, weighed[2]))
        for phrases, strong, weight in (*shares, (in_title, True, weighed[3]), (in_title, False, weighed[4])):
            alike = [phrase for phrase in phrases if finder.is_strong[phrase] == strong]
            for phrase in alike:
                yield finder.phrases[phrase], float(weight) / len(alike)

    def save(self, path: Path = MODEL_PATH) -> None:
        """Write arrays and JSON, no code. The same classifier gives the same bytes."""
        vocabulary = self.extractor.vocabulary
        names = {"syllables": vocabulary.syllables, "words": vocabulary.words}
        header = {"format": FORMAT, "topics": TOPIC_IDS, **names, "report": self.report}
        arrays = {name: getattr(self.weights, name) for name in Weights.__slots__}
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                header=np.frombuffer(json.dumps(header, ensure_ascii=False, sort_keys=True).encode(), dtype=np.uint8),
                pairs=vocabulary.pairs,
                rarity=vocabulary.rarity,
                **arrays,
            )

    @classmethod
    def load(cls, path: Path = MODEL_PATH) -> TopicClassifier:
        """Read what `save` wrote. ModelError says what to do where that is impossible."""
        try:
            # Opened here, as numpy leaves its own file open where the content is broken.
            with path.open("rb") as file, np.load(file, allow_pickle=False) as content:
                arrays = dict(content)
            header = json.loads(arrays.pop("header").tobytes())
        except FileNotFoundError as e:
            raise ModelError(f"{path} is missing: run `monitor train` to make it") from e
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as e:
            raise ModelError(f"{path} is no topic model: run `monitor train` to make it again") from e
        if header.get("format") != FORMAT or tuple(header.get("topics", ())) != TOPIC_IDS:
            raise ModelError(f"{path} was made for another version of this program: run `monitor train`")
        vocabulary = Vocabulary(header["syllables"], arrays.pop("pairs"), header["words"], arrays.pop("rarity"))
        return cls(vocabulary, _checked(path, vocabulary, arrays), header["report"])


def _checked(path: Path, vocabulary: Vocabulary, arrays: dict[str, Floats]) -> Weights:
    topics = len(TOPIC_IDS)
    shapes = {
        "words": (len(vocabulary), topics),
        "counts": (topics * COUNTS_PER_TOPIC, topics),
        "bias": (topics,),
        "blend": (len(EVIDENCE),),
        "offset": (topics,),
        "thresholds": (topics,),
    }
    if {name: array.shape for name, array in arrays.items()} != shapes:
        raise ModelError(f"{path} does not fit this program: run `monitor train` to make it again")
    return Weights(**arrays)


def passage_scores(rows: Rows, weights: Weights) -> Floats:
    """The linear score of each passage for each topic; above 0 is a yes."""
    passages = len(rows.counts)
    scores = rows.counts @ weights.counts + weights.bias
    if len(rows.row):
        weighed = weights.words.take(rows.column, axis=0)  # a third of the time of [rows.column]
        weighed *= rows.value[:, None]
        starts = np.concatenate([[0], np.flatnonzero(rows.row[1:] != rows.row[:-1]) + 1])
        scores[rows.row[starts]] += np.add.reduceat(weighed, starts, axis=0)
    assert scores.shape == (passages, len(TOPIC_IDS))
    return scores


def evidence(rows: Rows, scores: Floats) -> Floats:
    """Topics × EVIDENCE: what the passages together say of an article."""
    ordered = -np.sort(-scores, axis=0)
    best = ordered[0]
    second = ordered[min(1, len(ordered) - 1)]
    counts = rows.counts.reshape(len(scores), COUNTS_PER_TOPIC, len(TOPIC_IDS))
    found = np.empty((len(TOPIC_IDS), len(EVIDENCE)), dtype=np.float32)
    for number, piece in enumerate((best, second, scores.mean(axis=0), counts[0, 3], counts[:, 0].max(axis=0))):
        found[:, number] = piece
    return found
