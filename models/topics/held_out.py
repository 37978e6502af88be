"""Whole articles with labels that no model is ever trained on: what a new model is held to before it serves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from models.errors import TrainingError
from models.reading import cut_article
from models.records import TOPIC_IDS
from models.topics.classifier import TopicClassifier
from models.topics.corpus import corpus_hash, read_example
from models.topics.evaluation import Bin, TopicEvaluation, calibration, evaluate_topics
from models.topics.features import Passages
from models.topics.phrases import PhraseFinder, find_by_phrases, load_topics
from models.vocabulary import DATA

HELD_OUT_PATH = DATA / "held_out"


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldOut:
    """A labelled article for measuring. A label that is uncertain counts neither way."""

    id: str
    title: str
    text: str
    topics: tuple[str, ...]
    uncertain: tuple[str, ...] = ()


def load_held_out(path: Path = HELD_OUT_PATH) -> tuple[HeldOut, ...]:
    """All articles of a folder's *.jsonl, by id. TrainingError names a line that is wrong."""
    found: dict[str, HeldOut] = {}
    for file in sorted(path.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                example, uncertain = read_example(line), json.loads(line).get("uncertain") or []
            except TrainingError as e:
                raise TrainingError(f"{file.name}, line {number}: {e}") from e
            if example.id in found or any(topic not in TOPIC_IDS for topic in uncertain):
                raise TrainingError(f"{file.name}, line {number}: an id used before, or an unknown uncertain topic")
            found[example.id] = HeldOut(
                id=example.id, title=example.title, text=example.text, topics=example.topics, uncertain=tuple(uncertain)
            )
    return tuple(found[key] for key in sorted(found))


def held_out_hash(path: Path = HELD_OUT_PATH) -> str:
    """Names the articles and their labels, as corpus_hash does a corpus."""
    lines = (line for file in sorted(path.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines())
    return corpus_hash(sorted(map(read_example, lines), key=lambda example: example.id))


def evaluate_held_out(classifier: TopicClassifier, articles: tuple[HeldOut, ...]) -> TopicEvaluation:
    """How a classifier does on them, read as articles are read."""
    return evaluate_topics(
        [article.topics for article in articles],
        tag_held_out(classifier, articles),
        uncertain=[article.uncertain for article in articles],
    )


def tag_held_out(classifier: TopicClassifier, articles: tuple[HeldOut, ...]) -> list[list[str]]:
    """The topics that a classifier finds in each."""
    return [[found.topic for found in classifier.chosen(classifier.scores(_cut(article)))] for article in articles]


def calibrate_held_out(classifier: TopicClassifier, articles: tuple[HeldOut, ...]) -> list[Bin]:
    """Whether its probabilities on them mean what they say."""
    return calibration(
        (float(score), topic in article.topics)
        for article in articles
        for topic, score in zip(TOPIC_IDS, classifier.scores(_cut(article)), strict=True)
        if topic not in article.uncertain
    )


def evaluate_phrase_list(articles: tuple[HeldOut, ...]) -> TopicEvaluation:
    """The baseline on them: a topic when two of its phrases occur or one stands in the title."""
    finder = PhraseFinder(load_topics())
    predicted = [find_by_phrases(finder, cut.pieces) for cut in map(_cut, articles)]
    return evaluate_topics(
        [article.topics for article in articles], predicted, uncertain=[article.uncertain for article in articles]
    )


def _cut(article: HeldOut) -> Passages:
    return cut_article(article.title, None, article.text)
