"""What tantivy stores: the two schemas, and a document's entries in them.

Our tokens go in as one string cut at spaces: the same tokens at the same positions as from a PreTokenizedString, which
costs 1.0 ms an article where this costs 0.1, as it makes a Python object of each token.
"""

from __future__ import annotations

from datetime import date, datetime

import tantivy

from index.base import MOST_SLOP, Document, FigureEntry
from index.codec import dumps, figure_to_json, moment_to_json
from index.engines.cursors import UNDATED
from index.engines.tantivy_pairs import PAIRS, pairs
from index.moments import local_day, local_month, seconds
from index.querying.tokens import TOKENS_VERSION, fold_tokens, tokens
from index.terms import terms_of
from models.records import Metric
from models.terms import TERMS_VERSION

VERSION = {"schema": 3, "tokens": TOKENS_VERSION, "terms": TERMS_VERSION}

# Between title, lead and body, so that no phrase reaches from one to the next: tokens that no text can hold.
_GAP = ["¶"] * (MOST_SLOP + 1)


def articles_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    _add_keywords(builder, "id", fast=False, stored=True)
    builder.add_text_field("published", stored=True, tokenizer_name="raw", index_option="basic")
    _add_moments(builder)
    _add_keywords(builder, "month", "topic", "place", "source", "term")
    _add_words(builder, "words", "folded", "title", "folded_title")
    builder.add_text_field(PAIRS, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def figures_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("entry", stored=True)
    _add_moments(builder)
    _add_keywords(builder, "article", fast=False, stored=True)
    _add_keywords(builder, "topic", "place", "source", "indicator", "unit", "kind", fast=False)
    builder.add_float_field("value", fast=True)
    _add_words(builder, "words", "folded")
    return builder.build()


def _add_keywords(builder: tantivy.SchemaBuilder, *names: str, fast: bool = True, stored: bool = False) -> None:
    for name in names:
        builder.add_text_field(name, stored=stored, fast=fast, tokenizer_name="raw", index_option="basic")


def _add_moments(builder: tantivy.SchemaBuilder) -> None:
    builder.add_integer_field("order", fast=True)
    builder.add_integer_field("day", fast=True)


def _add_words(builder: tantivy.SchemaBuilder, *names: str) -> None:
    for name in names:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")


def article_entry(document: Document) -> tantivy.Document:
    entry = _entry(document.published)
    entry.add_text("id", document.id)
    if document.published is not None:
        entry.add_text("published", moment_to_json(document.published) or "")
        entry.add_text("month", local_month(document.published))
    _add_values(entry, "topic", document.topics)
    _add_values(entry, "place", document.places)
    entry.add_text("source", document.source)
    for term in terms_of(document):
        entry.add_text("term", term)
    title, lead, body = tokens(document.title), tokens(document.lead or ""), tokens(document.text)
    _add_text(entry, "words", "folded", title + _GAP + lead + _GAP + body)
    _add_text(entry, "title", "folded_title", title)
    entry.add_text(PAIRS, " ".join(pairs(title) + pairs(lead) + pairs(body)))
    return entry


def figure_entry(document: Document, metric: Metric) -> tantivy.Document:
    figure = FigureEntry(
        article_id=document.id, url=document.url, source=document.source, published=document.published, metric=metric
    )
    entry = _entry(document.published)
    entry.add_bytes("entry", dumps(figure_to_json(figure)))
    entry.add_text("article", document.id)
    entry.add_text("source", document.source)
    _add_values(entry, "topic", document.topics)
    named = {"place": metric.entity, "indicator": metric.indicator, "unit": metric.unit, "kind": metric.kind}
    for name, value in named.items():
        if value is not None:
            entry.add_text(name, value)
    if metric.value is not None:
        entry.add_float("value", float(metric.value))
    _add_text(entry, "words", "folded", tokens(metric.sentence) + _GAP + tokens(metric.name))
    return entry


def _entry(published: datetime | date | None) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_integer("order", UNDATED if published is None else seconds(published))
    if published is not None:
        entry.add_integer("day", local_day(published).toordinal())
    return entry


def _add_values(entry: tantivy.Document, name: str, values: tuple[str, ...]) -> None:
    for value in dict.fromkeys(values):  # a value said twice must count once in a facet
        entry.add_text(name, value)


def _add_text(entry: tantivy.Document, exact: str, folded: str, words: list[str]) -> None:
    entry.add_text(exact, " ".join(words))
    entry.add_text(folded, " ".join(fold_tokens(words)))
