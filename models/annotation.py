"""The whole analysis of an article: topics, figures and places. Needs no spaCy, whose import takes a second."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from models.bodies.places import most_prominent, name_on
from models.figures.metrics import metrics_in
from models.reading import read
from models.records import Annotation, Metric
from models.text import normalise
from models.topics.classifier import MODEL_PATH, TopicClassifier
from models.topics.tagging import SHIPPED, Tagging, tagger_of
from models.wording.weights import PATH as NAMES_PATH
from models.wording.weights import Weights, shipped

# Raised whenever the code finds other topics, figures or places in the same text.
CODE_VERSION = 2
_VIETNAM = timezone(timedelta(hours=7))
# What is learnt or listed; a change in any of them is another version.
_DATA = (MODEL_PATH, NAMES_PATH, MODEL_PATH.parent.parent / "topics.toml", *sorted(MODEL_PATH.parent.rglob("*.toml")))


def classifier() -> TopicClassifier:
    """The trained topic classifier that comes with the program, read once. ModelError when there is none."""
    return tagger_of(SHIPPED).classifier


@lru_cache(maxsize=8)
def model_version(tagging: Tagging = SHIPPED) -> str:
    """Names what made an annotation: the code's version, and a hash of what it has learnt and been told."""
    content = b"".join(path.read_bytes() for path in _DATA if path.exists())
    own = "" if tagging == SHIPPED else f"-{tagger_of(tagging).mark}"
    return f"{CODE_VERSION}-{hashlib.sha256(content).hexdigest()[:12]}{own}"


def annotate(
    text: str,
    *,
    title: str | None = None,
    lead: str | None = None,
    published: datetime | date | None = None,
    source_place: str | None = None,
    tagging: Tagging = SHIPPED,
) -> Annotation:
    """All that the models say of an article. Offsets and quotes of figures are those of `text` as given.

    `tagging` names another topic model than the shipped one, and the user's own topics.

    >>> found = annotate("Đến 31/5/2024, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 82,5%.", title="Dịch vụ công trực tuyến")
    >>> [topic.topic for topic in found.topics], [metric.quote for metric in found.metrics]
    (['online_services'], ['82,5%'])
    >>> annotate("Tỉnh tiếp nhận 96.512 hồ sơ.", source_place="Lào Cai").places
    ('Lào Cai',)
    """
    title = normalise(title) if title else None
    lead = normalise(lead) if lead else None
    reading = read(text)
    places = most_prominent(title, lead, reading.article_places)
    own = name_on(source_place, local_day(published))
    return Annotation(
        topics=tagger_of(tagging).tag(title, lead, reading.text, reading.article_sentences),
        metrics=figures(text, title=title, published=published, source_place=source_place),
        places=places or ((own,) if own else ()),  # an outlet that names no place speaks of its own
        model_version=model_version(tagging),
    )


def figures(
    text: str,
    *,
    title: str | None,
    published: datetime | date | None,
    source_place: str | None,
    weights: Weights | None = None,
) -> tuple[Metric, ...]:
    """The figures of an article, with offsets into `text` as given. `weights` are other ones than those that come with us."""
    return metrics_in(
        read(text),
        title=title and normalise(title),
        published=local_day(published),
        source_place=source_place,
        weights=weights or shipped(),
    )


def local_day(published: datetime | date | None) -> date | None:
    """The day in Vietnam on which something was published."""
    if isinstance(published, datetime):
        return published.astimezone(_VIETNAM).date() if published.tzinfo else published.date()
    return published
