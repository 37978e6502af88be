"""topics.toml ─► the topics with their phrases, and where those phrases stand in a text."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.errors import ModelError
from models.pieces import Finder, Ints, Pieces, join
from models.records import TOPIC_IDS
from models.spelling import Alphabet, canonical_syllables


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """A topic: its slug, its display name, and the phrases that speak of it."""

    slug: str
    name: str
    strong: tuple[str, ...]
    """Where one stands, the text nearly always speaks of the topic."""
    weak: tuple[str, ...]
    """Say it only beside others."""


@cache
def load_topics() -> tuple[Topic, ...]:
    """The topics of topics.toml, in the order of TOPIC_IDS.

    >>> [topic.name for topic in load_topics()][:2]
    ['Dịch vụ công trực tuyến', 'Chia sẻ dữ liệu']
    """
    return read_topics(files("models").joinpath("topics.toml").read_text(encoding="utf-8"))


def read_topics(toml: str) -> tuple[Topic, ...]:
    """Read and check a topics.toml; ModelError says what is wrong with it."""
    try:
        tables = tomllib.loads(toml).get("topic", [])
    except tomllib.TOMLDecodeError as e:
        raise ModelError(f"topics.toml is not TOML: {e}") from e
    found = {}
    for table in tables:
        try:
            topic = Topic(
                slug=table["slug"], name=table["name"], strong=tuple(table["strong"]), weak=tuple(table["weak"])
            )
        except KeyError as e:
            raise ModelError(f"topics.toml: topic {table.get('slug', '?')} lacks {e}") from e
        found[topic.slug] = topic
    if len(found) != len(tables) or set(found) != set(TOPIC_IDS):
        raise ModelError(f"topics.toml must hold each of these once: {', '.join(TOPIC_IDS)}")
    return tuple(found[slug] for slug in TOPIC_IDS)


class PhraseFinder:
    """Finds all phrases of all topics in one pass, whole syllables only, also inside one another."""

    def __init__(self, topics: Sequence[Topic], alphabet: Alphabet | None = None) -> None:
        self.alphabet = alphabet or Alphabet()
        self.phrases: list[str] = []
        self.topic_of: list[int] = []
        self.is_strong: list[bool] = []
        for number, topic in enumerate(topics):
            self._add(number, topic.strong, strong=True)
            self._add(number, topic.weak, strong=False)
        syllables = [canonical_syllables(phrase) for phrase in self.phrases]
        self._finder = Finder(syllables, self.alphabet, overlapping=True)

    def _add(self, topic: int, phrases: Iterable[str], *, strong: bool) -> None:
        for phrase in phrases:
            self.phrases.append(phrase)
            self.topic_of.append(topic)
            self.is_strong.append(strong)

    def find(self, pieces: Pieces) -> tuple[Ints, Ints]:
        """The number of the phrase and of the piece for each hit in pieces that are spelt in our alphabet."""
        return self._finder.find(pieces)


def find_by_phrases(finder: PhraseFinder, pieces: Sequence[str]) -> list[str]:
    """The topics that the phrase list alone gives an article: two strong phrases of it, or one in the title, the first piece."""
    found = finder.find(join(map(finder.alphabet.read, pieces)))
    strong = {(phrase, piece) for phrase, piece in zip(*found, strict=True) if finder.is_strong[phrase]}
    in_title = {finder.topic_of[phrase] for phrase, piece in strong if piece == 0}
    everywhere = Counter(finder.topic_of[phrase] for phrase in {phrase for phrase, piece in strong if piece})
    return [topic for number, topic in enumerate(TOPIC_IDS) if number in in_title or everywhere[number] >= 2]
