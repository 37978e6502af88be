"""The labelled passages that the topic classifier learns from: one JSON object a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from models.errors import TrainingError
from models.records import TOPIC_IDS
from models.text import normalise
from models.vocabulary import DATA

CORPUS_PATH = DATA / "topics"


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One labelled passage of the corpus."""

    id: str
    origin: str
    """What it was made after: passages of one origin never stand on both sides of a split."""
    title: str
    text: str
    topics: tuple[str, ...]
    style: str | None = None
    why: str | None = None


def load_corpus(path: Path = CORPUS_PATH) -> tuple[Example, ...]:
    """Read all *.jsonl of a folder, ordered by id. TrainingError names every line that is wrong."""
    examples: dict[str, Example] = {}
    mistakes: list[str] = []
    for file in sorted(path.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            try:
                example = read_example(line)
                if example.id in examples:
                    raise TrainingError(f"the id {example.id} was used before")
                examples[example.id] = example
            except TrainingError as e:
                mistakes.append(f"{file.name}, line {number}: {e}")
    if mistakes:
        raise TrainingError("\n".join(mistakes))
    if not examples:
        raise TrainingError(f"no passages in {path}: put JSONL files there")
    return tuple(examples[key] for key in sorted(examples))


def read_example(line: str) -> Example:
    """Read one line of the corpus; TrainingError says what is wrong with it.

    >>> read_example('{"id": "x-1", "title": "Tít", "text": "Bài", "topics": ["security"]}').origin
    'x-1'
    """
    try:
        value = json.loads(line)
    except json.JSONDecodeError as e:
        raise TrainingError(f"not JSON ({e.msg} at character {e.pos})") from e
    if not isinstance(value, dict):
        raise TrainingError("not a JSON object")
    for field in ("id", "text"):
        if not isinstance(value.get(field), str) or not value[field].strip():
            raise TrainingError(f'"{field}" must be a text that is not empty')
    topics = value.get("topics")
    if not isinstance(topics, list) or any(topic not in TOPIC_IDS for topic in topics):
        raise TrainingError(f'"topics" must be a list of {", ".join(TOPIC_IDS)}')
    return Example(
        id=value["id"],
        origin=value.get("origin") or value["id"],
        title=normalise(value.get("title") or ""),
        text=normalise(value["text"]),
        topics=tuple(topic for topic in TOPIC_IDS if topic in topics),
        style=value.get("style"),
        why=value.get("why"),
    )


def corpus_hash(examples: Iterable[Example]) -> str:
    """Names what a model learnt from: titles, texts and topics, in the order of ids."""
    lines = (json.dumps([e.id, e.origin, e.title, e.text, e.topics], ensure_ascii=False) for e in examples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
