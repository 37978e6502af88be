"""Topics that a user adds: found by their words alone, and by what examples teach beside them.

The words follow the rule of thumb that does well on real news (one in the title, or two in the text), as a probability;
examples add weights for other syllables and pairs of syllables, learnt by models/topics/own_training.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.errors import TopicError
from models.pieces import join
from models.records import TOPIC_IDS, TopicScore
from models.spelling import canonical_syllables
from models.text import fold, normalise
from models.topics.features import Extractor, Passages, whole
from models.topics.phrases import PhraseFinder, Topic

THRESHOLD = 0.5
# One word once is no topic (0.35), the same twice just is (0.54), two words are (0.72), one in the title is (0.80).
_EACH_WORD, _ENOUGH, _IN_TITLE = 1.6, 1.4, 2.0
_REPEAT = 0.5
"""What a word said again counts for, of one said first."""
_MOST_REPEATS = 5
SILENT = -_EACH_WORD * _ENOUGH
"""What the words say of an article that holds none of them."""
_LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnTopic:
    """A user's topic. Without `weights` it works from its words alone."""

    slug: str
    name: str
    words: tuple[str, ...]
    weights: tuple[tuple[str, float], ...] = ()
    """Syllables and pairs of syllables that examples taught, each with its weight."""
    bias: float = 0.0
    """Goes with the weights."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnExample:
    """An article of which a person says whether it carries the topic."""

    title: str
    text: str
    is_topic: bool


def make_topic(name: str, words: Sequence[str]) -> OwnTopic:
    """A new topic from what a person typed; the name is one of its words where none are given.

    Raises TopicError, which says what to give instead.

    >>> make_topic("Trợ lý ảo", ["chatbot", "trợ lý ảo"]).slug
    'tro_ly_ao'
    """
    name = " ".join(normalise(name).split())
    slug = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    if not slug or len(name) > _LONGEST_NAME:
        raise TopicError(f"tên chủ đề phải có chữ và không quá {_LONGEST_NAME} ký tự")
    if slug in TOPIC_IDS:
        raise TopicError(f"“{name}” trùng với chủ đề có sẵn {slug}")
    kept = dict.fromkeys(" ".join(normalise(word).split()) for word in words or (name,))
    usable = tuple(word for word in kept if canonical_syllables(word))
    if not usable:
        raise TopicError("chủ đề cần ít nhất một từ khóa, ví dụ --words 'trợ lý ảo, chatbot'")
    return OwnTopic(slug=slug, name=name, words=usable)


class OwnTopics:
    """Scores an article for a user's topics, with the classifier's own features."""

    def __init__(self, topics: Sequence[OwnTopic], extractor: Extractor) -> None:
        self._topics = tuple(topics)
        self._extractor = extractor
        found = [Topic(slug=topic.slug, name=topic.name, strong=topic.words, weak=()) for topic in topics]
        self._finder = PhraseFinder(found)
        self._learnt = [extractor.vocabulary.vector(dict(topic.weights)) for topic in topics]

    def tag(self, article: Passages) -> tuple[TopicScore, ...]:
        """The user's topics that an article carries, best first."""
        if not self._topics:
            return ()
        scored = zip(self._topics, self.scores(article), strict=True)
        kept = [TopicScore(topic=topic.slug, score=round(score, 4)) for topic, score in scored if score >= THRESHOLD]
        return tuple(sorted(kept, key=lambda found: (-found.score, found.topic)))

    def scores(self, article: Passages) -> list[float]:
        """The probability of each of the topics, in their order."""
        said = self.word_scores(article)
        rows = self._extractor.rows(whole(article)) if any(topic.weights for topic in self._topics) else None
        logits = []
        for topic, learnt, words in zip(self._topics, self._learnt, said, strict=True):
            beside = float(rows.value @ learnt[rows.column]) if rows is not None and topic.weights else 0.0
            logits.append(words + beside + topic.bias)
        return [1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) for logit in logits]

    def word_scores(self, article: Passages) -> list[float]:
        """What the words alone say for each topic; above 0 is a yes."""
        in_title = self._counts([article.title])
        in_text = self._counts(article.pieces)
        return [
            _EACH_WORD * (_strength(text) - _ENOUGH) + (_IN_TITLE if head else 0.0)
            for head, text in zip(in_title, in_text, strict=True)
        ]

    def _counts(self, pieces: Sequence[str]) -> list[dict[int, int]]:
        """For each topic how often each of its words stands in the pieces; no word reaches over two of them."""
        counts: list[dict[int, int]] = [{} for _ in self._topics]
        for phrase in self._finder.find(join(map(self._finder.alphabet.read, pieces)))[0].tolist():
            of_topic = counts[self._finder.topic_of[phrase]]
            of_topic[phrase] = of_topic.get(phrase, 0) + 1
        return counts


def _strength(counts: Mapping[int, int]) -> float:
    repeats = min(_MOST_REPEATS, sum(counts.values()) - len(counts))
    return len(counts) + _REPEAT * repeats
