"""Which topics an article carries: those of the trained model, and the user's own beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from models.records import TopicScore
from models.text import Span
from models.topics.classifier import MODEL_PATH, TopicClassifier
from models.topics.features import cut
from models.topics.own_topics import OwnTopic, OwnTopics


@dataclass(frozen=True, kw_only=True, slots=True)
class Tagging:
    """What to tag with: a model's file as it stands, and the user's topics. Small, and the same in every process."""

    model: Path = MODEL_PATH
    stamp: int = 0
    """Changes when the file does, so that no process goes on with the one before."""
    own: tuple[OwnTopic, ...] = ()


class Tagger:
    """Topics by the model and by the user's words; see `tagger_of`."""

    def __init__(self, classifier: TopicClassifier, own: Sequence[OwnTopic], mark: str) -> None:
        self.classifier = classifier
        self.own = OwnTopics(own, classifier.extractor)
        self.mark = mark
        """Names the model's file and the user's topics."""

    def tag(
        self, title: str | None, lead: str | None, text: str, sentences: Sequence[Span] | None = None
    ) -> tuple[TopicScore, ...]:
        """The topics at or above their threshold: the model's, then the user's own, each best first."""
        article = cut(title, lead, text, sentences)
        return self.classifier.chosen(self.classifier.scores(article)) + self.own.tag(article)


@lru_cache(maxsize=4)
def tagger_of(tagging: Tagging) -> Tagger:
    """The tagger for these settings, made once. ModelError when the model's file can't be used."""
    classifier = TopicClassifier.load(tagging.model)
    content = tagging.model.read_bytes() + repr(tagging.own).encode()
    return Tagger(classifier, tagging.own, sha256(content).hexdigest()[:12])


SHIPPED = Tagging()
"""The model that comes with the program, and no topics beside it."""
