"""The analysis as a spaCy pipeline: `nlp = models.load()`, then `nlp(text)` or `nlp.pipe(texts, n_process=2)`.

A Doc carries `doc.cats` (every topic and its probability), `doc._.topics`, `doc._.metrics` and `doc._.places`. What the
text does not say comes as context: `nlp.pipe([(text, {"title": …, "published": …})], as_tuples=True)`, with the arguments
of `annotate` as keys. A single text: `doc = nlp.make_doc(text); doc._context = {…}; nlp(doc)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise, repeat
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from models.annotation import annotate, classifier, figures, model_version
from models.bodies.places import most_prominent
from models.reading import read
from models.records import TOPIC_IDS, Metric, Period, TopicScore
from models.text import normalise
from models.topics.features import cut

__all__ = ["annotate", "load", "model_version"]

COMPONENTS = ("topics", "figures", "places")
# What living Docs were made of: `Doc.text` puts a text together from its tokens anew, which takes 1 ms each time.
_TEXTS: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()
_SURROGATE = re.compile("[\ud800-\udfff]")
# A number or a syllable, one other mark, or space that is more than the one blank which spaCy keeps by itself.
_TOKEN = re.compile(r"(\d+(?:[.,/]\d+)*|[^\W_]+|[^\w\s]|_)( ?)|(\s)")


class SyllableTokenizer:
    """Text ─► Doc of syllables, numbers and marks, with the sentences of `models.text`. Has nothing to store.

    A lone surrogate becomes U+FFFD, as spaCy cannot store one; no offset moves.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        text = _SURROGATE.sub("\ufffd", text)
        found: list[tuple[str, str, str]] = []
        begins: list[bool | int | None] = []
        starts = _sentence_starts(text)
        # No token reaches over the start of a sentence, and all of the text is in one.
        for start, stop in pairwise(sorted(starts | {0, len(text)})):
            tokens = _TOKEN.findall(text, start, stop)
            found += tokens
            begins += [start in starts, *repeat(False, len(tokens) - 1)]
        words = [word or blank for word, _, blank in found]
        doc = Doc(self.vocab, words=words, spaces=[space != "" for _, space, _ in found], sent_starts=begins)
        _TEXTS[doc] = text
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> SyllableTokenizer:
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        return None

    def from_disk(self, _path: str | Path, **_: Any) -> SyllableTokenizer:
        return self


def _text_of(doc: Doc) -> str:
    """The text of a Doc, also of one that another tokenizer made."""
    text = _TEXTS.get(doc)
    return doc.text if text is None else text


def _sentence_starts(text: str) -> set[int]:
    reading = read(text)
    return {reading.aligned.origin(*sentence)[0] for sentence in reading.sentences}


def load() -> Language:
    """A new pipeline. Each component can be disabled as in any spaCy pipeline: `nlp.select_pipes(enable="topics")`.

    >>> doc = load()("Hacker tấn công, mã độc tống tiền khóa dữ liệu của bệnh viện.")
    >>> max(doc.cats, key=doc.cats.get), len(list(doc.sents))
    ('security', 1)
    """
    nlp = spacy.blank("xx")
    nlp.tokenizer = SyllableTokenizer(nlp.vocab)
    for name in COMPONENTS:
        nlp.add_pipe(f"monitor_{name}", name=name)
    nlp.meta["name"], nlp.meta["version"] = "vn_news_monitor", f"0.0.0+{model_version()}"
    return nlp


# --- components: plain functions that leave msgpack-able values, so that they survive the way between processes --------


@Language.component("monitor_topics", assigns=["doc.cats"])
def _set_topics(doc: Doc) -> Doc:
    reading, context = read(_text_of(doc)), _context_of(doc)
    scores = classifier().scores(cut(context["title"], context["lead"], reading.text, reading.article_sentences))
    doc.cats = {topic: round(float(score), 4) for topic, score in zip(TOPIC_IDS, scores, strict=True)}
    return doc


@Language.component("monitor_figures", assigns=["doc._.metrics"])
def _set_figures(doc: Doc) -> Doc:
    context = _context_of(doc)
    found = figures(
        _text_of(doc),
        title=context["title"],
        published=context["published"],
        source_place=context["source_place"],
    )
    doc.user_data["metrics"] = [_pack(metric) for metric in found]
    return doc


@Language.component("monitor_places", assigns=["doc._.places"])
def _set_places(doc: Doc) -> Doc:
    context = _context_of(doc)
    found = read(_text_of(doc)).article_places
    doc.user_data["places"] = list(most_prominent(context["title"], context["lead"], found))
    return doc


def _context_of(doc: Doc) -> dict[str, Any]:
    """The arguments of `annotate` that came as context; any other context is the caller's own and left alone."""
    given = doc._context if isinstance(doc._context, dict) else {}
    words = {name: normalise(given[name]) if given.get(name) else None for name in ("title", "lead")}
    return words | {name: given.get(name) for name in ("published", "source_place")}


def _pack(metric: Metric) -> dict[str, Any]:
    packed = {name: getattr(metric, name) for name in Metric.__slots__}  # dataclasses.asdict takes ten times as long
    for name in ("value", "value_max", "out_of"):
        packed[name] = None if packed[name] is None else str(packed[name])
    if metric.period is not None:
        days = (metric.period.start, metric.period.end)
        packed["period"] = [day and day.isoformat() for day in days]
    return packed


def _unpack(packed: dict[str, Any]) -> Metric:
    fields = dict(packed)
    for name in ("value", "value_max", "out_of"):
        fields[name] = None if fields[name] is None else Decimal(fields[name])
    if fields["period"] is not None:
        start, end = (day and date.fromisoformat(day) for day in fields["period"])
        fields["period"] = Period(start=start, end=end)
    return Metric(**fields)


def _topics(doc: Doc) -> tuple[TopicScore, ...]:
    return classifier().chosen([doc.cats.get(topic, 0.0) for topic in TOPIC_IDS])


def _metrics(doc: Doc) -> tuple[Metric, ...]:
    return tuple(_unpack(packed) for packed in doc.user_data.get("metrics", ()))


def _places(doc: Doc) -> tuple[str, ...]:
    return tuple(doc.user_data.get("places", ()))


_GETTERS: dict[str, Callable[[Doc], object]] = {"topics": _topics, "metrics": _metrics, "places": _places}
for _name, _getter in _GETTERS.items():
    Doc.set_extension(_name, getter=_getter, force=True)
