"""How far two people agree on the topics of the same passages, the second of whom never saw the first's labels."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from models.errors import TrainingError
from models.records import TOPIC_IDS
from models.topics.corpus import Example
from models.topics.evaluation import TopicEvaluation, evaluate_topics
from models.vocabulary import DATA

SECOND_PATH = DATA / "second_labels.jsonl"


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Two labellings of the same passages; F1 takes the first as right, and is the same the other way round."""

    passages: int
    result: TopicEvaluation
    kappa: float
    """Cohen's, over all passages and topics."""


def measure_agreement(examples: tuple[Example, ...], path: Path = SECOND_PATH) -> Agreement:
    """Compare the corpus's labels with the second labelling ({"id", "topics"} a line).

    Raises TrainingError for an id that the corpus does not hold.
    """
    first = {example.id: example.topics for example in examples}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if unknown := [row["id"] for row in rows if row["id"] not in first]:
        raise TrainingError(f"{path.name}: no passage {unknown[0]} in the corpus")
    pairs = [(first[row["id"]], tuple(row["topics"])) for row in rows]
    flags = [(topic in ours, topic in theirs) for ours, theirs in pairs for topic in TOPIC_IDS]
    return Agreement(
        passages=len(rows),
        result=evaluate_topics([ours for ours, _ in pairs], [theirs for _, theirs in pairs]),
        kappa=_kappa(flags),
    )


def _kappa(flags: list[tuple[bool, bool]]) -> float:
    """Cohen (1960): agreement beyond what chance would give.

    >>> _kappa([(True, True), (False, False), (True, False), (False, False)])
    0.5
    """
    count = len(flags)
    same = sum(a == b for a, b in flags) / count
    first, second = sum(a for a, _ in flags) / count, sum(b for _, b in flags) / count
    chance = first * second + (1 - first) * (1 - second)
    return (same - chance) / (1 - chance) if chance < 1 else 1.0
