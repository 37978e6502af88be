"""Articles with their versions and annotations, as they are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from crawlers import urls as addresses
from crawlers.records import Article, Validators
from index.codec import storable
from index.database import batched, insert_into
from index.kept import outbox
from index.kept.annotating import annotation_columns
from index.kept.documents import is_current_version
from index.kept.duplicates import sign
from index.kept.frontier import Columns, finish_links, moment_columns, moment_of
from index.kept.known_texts import KnownTexts
from index.kept.tables import aliases, article_annotations, article_versions, articles
from index.records import NewArticle, Stored
from index.standing import matches
from index.terms import pack
from models.text import normalise

_FEWEST_CHARACTERS = 40
"""Pages with less text than this ("Đang cập nhật") are alike without being the same article."""


def article_id(url: str) -> str:
    """The id of the article at a canonical address: the same on every machine and for all time.

    >>> article_id("https://laocai.gov.vn/tin/1")
    '2d03d9fa419996d0'
    """
    return _hash(storable(url), 8)


def content_hash(article: Article) -> str:
    """The same for the same words, however they are spaced or composed."""
    parts = (article.title, article.lead or "", article.text)
    return _hash("\0".join(" ".join(normalise(part).split()) for part in parts), 16)


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()


# --- storing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    """An article as the archive holds it, or as this batch is about to store it."""

    id: str
    version: int
    content_hash: str
    published: datetime | date | None
    checked_at: datetime


@dataclass(slots=True)
class _Batch:
    """What a batch will write, gathered before anything is written."""

    new_articles: list[Columns] = field(default_factory=list)
    changed_articles: list[Columns] = field(default_factory=list)
    checked: list[Columns] = field(default_factory=list)
    left_behind: set[str] = field(default_factory=set)
    """Articles whose links now lead to another one: they are asked again in due time, not in every run."""
    versions: list[Columns] = field(default_factory=list)
    annotations: list[Columns] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    done_links: list[str] = field(default_factory=list)
    clusters: dict[str, str] = field(default_factory=dict)


class ArticleWriter:
    """Stores one batch of articles within one transaction. Every article gets exactly one status."""

    def __init__(self, connection: Connection, known: KnownTexts, now: datetime, since: datetime | None) -> None:
        self._connection = connection
        self._known_texts = known
        self._neighbours = known.neighbours
        self._now = now
        self._since = since
        self._batch = _Batch()
        self._by_id: dict[str, _Known] = {}
        self._by_content: dict[tuple[str, str], str] = {}
        self._alias_of: dict[str, str] = {}
        self._met: set[str] = set()
        """The ids that this batch stored or checked."""

    def store(self, items: Sequence[NewArticle]) -> tuple[Stored, ...]:
        contents = [content_hash(item.article) for item in items]
        self._load(items, contents)
        stored = tuple(map(self._store_one, items, contents))
        self._write()
        return stored

    def _load(self, items: Sequence[NewArticle], contents: list[str]) -> None:
        """All that the archive knows of these addresses and contents, in three queries a batch."""
        urls = list({url for item in items for url in (storable(item.article.url), *_ways_to(item))})
        for some in batched(urls):
            rows = self._connection.execute(select(aliases).where(aliases.c.url.in_(some)))
            self._alias_of.update((row.url, row.article_id) for row in rows)
        for some in batched(list(set(contents))):
            for row in self._connection.execute(_known_articles().where(articles.c.content_hash.in_(some))):
                self._by_content.setdefault((row.source_id, row.content_hash), row.id)
                self._remember(row)
        for some in batched([*map(article_id, urls), *self._alias_of.values()]):
            for row in self._connection.execute(_known_articles().where(articles.c.id.in_(some))):
                self._remember(row)

    def _remember(self, row: Row[Any]) -> None:
        self._by_id[row.id] = _Known(row.id, row.version, row.content_hash, moment_of(row), row.checked_at)

    def _store_one(self, item: NewArticle, content: str) -> Stored:
        claimed, ways = storable(item.article.url), _ways_to(item)
        url = self._own_url(item, claimed, ways, content)
        if url != claimed:
            item = replace(item, article=replace(item.article, url=url))
        self._batch.done_links += {url, *ways}
        stored = self._store_article(item, url, content)
        for way in {url, *ways}:
            before = {self._alias_of.get(way, ""), article_id(way)} & self._by_id.keys()
            self._batch.left_behind |= before - {stored.id}
            if article_id(way) != stored.id:
                self._alias_of[way] = self._batch.aliases[way] = stored.id
        return stored

    def _own_url(self, item: NewArticle, claimed: str, ways: set[str], content: str) -> str:
        """The address that a page claims, unless the claim is its template's: then the one where it was fetched.

        A template's is that of an article with other words, to which none of the ways to this page has led so far.
        """
        known = self._by_id.get(article_id(claimed))
        if known is None or known.content_hash == content or item.article.address is None:
            return claimed
        own = storable(addresses.canonical(item.article.address))
        if own == claimed or known.id in map(self._alias_of.get, ways):
            return claimed
        return own

    def _store_article(self, item: NewArticle, url: str, content: str) -> Stored:
        known = self._by_id.get(article_id(url))
        if known is not None:
            return self._store_again(known, item, content)
        repeated = self._repeated(item, url, content)
        if repeated is not None:
            return Stored(id=repeated, status="duplicate")
        return self._store_new(item, url, content)

    def _repeated(self, item: NewArticle, url: str, content: str) -> str | None:
        """The article of the same source that this one repeats word for word under another address."""
        same = self._by_content.get((storable(item.article.source_id), content))
        alias = self._alias_of.get(url)
        if alias is not None and self._by_id[alias].content_hash == content:
            return alias
        return same if len(item.article.text) >= _FEWEST_CHARACTERS else None

    def _store_new(self, item: NewArticle, url: str, content: str) -> Stored:
        article, key = item.article, article_id(url)
        signature = sign(article.text)
        self._batch.new_articles.append(
            {
                "id": key,
                "source_id": article.source_id,
                "url": url,
                "address": article.address,
                "version": 1,
                "content_hash": content,
                "annotated_by": item.annotation.model_version,
                "first_seen_at": self._now,
                "checked_at": self._now,
                "cluster_id": self._find_cluster(key, signature),
                **_validator_columns(article.validators),
            }
        )
        self._add_version(key, 1, item, content, signature)
        self._by_content.setdefault((storable(article.source_id), content), key)
        return Stored(id=key, status="new")

    def _store_again(self, known: _Known, item: NewArticle, content: str) -> Stored:
        """An address that is known: the same words, other words, or the same by a second way in one run."""
        is_met = known.id in self._met or (self._since is not None and known.checked_at >= self._since)
        self._met.add(known.id)
        gained_date = known.published is None and item.article.published is not None
        if known.content_hash == content and not gained_date:
            if is_met:
                return Stored(id=known.id, status="duplicate")
            columns = {"key": known.id, "checked_at": self._now, **_validator_columns(item.article.validators)}
            self._batch.checked.append(columns)
            return Stored(id=known.id, status="unchanged")
        version = known.version + 1
        self._batch.changed_articles.append(
            {
                "key": known.id,
                "address": item.article.address,
                "version": version,
                "content_hash": content,
                "annotated_by": item.annotation.model_version,
                "checked_at": self._now,
                **_validator_columns(item.article.validators),
            }
        )
        if item.article.published is None:
            item = replace(item, article=replace(item.article, published=known.published))
        self._add_version(known.id, version, item, content, sign(item.article.text))
        return Stored(id=known.id, status="updated")

    def _add_version(self, key: str, version: int, item: NewArticle, content: str, signature: bytes | None) -> None:
        article, annotation = item.article, item.annotation
        terms, terms_version = pack(annotation.terms)
        self._batch.versions.append(
            {
                "article_id": key,
                "version": version,
                "title": article.title,
                "lead": article.lead,
                "text": article.text,
                "author": article.author,
                **moment_columns(article.published),
                "fetched_at": article.fetched_at,
                "content_hash": content,
                "signature": signature,
                "terms": terms,
                "terms_version": terms_version,
            }
        )
        self._batch.annotations.append(annotation_columns(key, version, annotation, self._now))
        self._by_id[key] = _Known(key, version, content, article.published, self._now)
        self._met.add(key)

    def _find_cluster(self, key: str, signature: bytes | None) -> str | None:
        """The cluster is named after its first article, which joins it when the second comes."""
        if signature is None:
            return None
        first = self._neighbours.nearest(signature)
        self._neighbours.add(key, signature)
        if first is None:
            return None
        cluster = self._cluster_of(first)
        self._batch.clusters[first] = self._batch.clusters[key] = cluster
        return cluster

    def _cluster_of(self, key: str) -> str:
        if key in self._batch.clusters:
            return self._batch.clusters[key]
        found: str | None = self._connection.scalar(select(articles.c.cluster_id).where(articles.c.id == key))
        return found or key

    def _write(self) -> None:
        batch = self._batch
        for number, columns in enumerate(batch.versions, self._known_texts.read_to + 1):
            columns["number"] = number
        self._known_texts.read_to += len(batch.versions)
        if batch.new_articles:
            self._connection.execute(insert(articles), batch.new_articles)
        if batch.versions:
            self._connection.execute(insert(article_versions), batch.versions)
            self._connection.execute(insert(article_annotations), batch.annotations)
        for columns in (*batch.checked, *batch.changed_articles):
            values = {name: value for name, value in columns.items() if name != "key"}
            self._connection.execute(update(articles).where(articles.c.id == columns["key"]).values(values))
        for some in batched(list(batch.left_behind)):
            self._connection.execute(update(articles).where(articles.c.id.in_(some)).values(checked_at=self._now))
        for key, cluster in batch.clusters.items():
            self._connection.execute(update(articles).where(articles.c.id == key).values(cluster_id=cluster))
        if batch.aliases:
            upsert = insert_into(self._connection, aliases)
            upsert = upsert.on_conflict_do_update(
                index_elements=["url"], set_={"article_id": upsert.excluded.article_id}
            )
            self._connection.execute(upsert, [{"url": url, "article_id": key} for url, key in batch.aliases.items()])
        outbox.mark(self._connection, [columns["article_id"] for columns in batch.versions])
        matches.add_unmatched(self._connection, [columns["id"] for columns in batch.new_articles])
        finish_links(self._connection, batch.done_links)


def _known_articles() -> Select[Any]:
    return select(
        articles.c.id,
        articles.c.source_id,
        articles.c.version,
        articles.c.content_hash,
        articles.c.checked_at,
        article_versions.c.published_at,
        article_versions.c.published_is_date,
    ).join(article_versions, is_current_version())


def _ways_to(item: NewArticle) -> set[str]:
    """The addresses that led to an article beside the one that it claims: as listed, and as that and it stand for."""
    listed, address = item.listed_as, item.article.address
    ways = {listed, listed and addresses.canonical(listed), address and addresses.canonical(address)}
    return {storable(way) for way in ways if way}


def _validator_columns(validators: Validators) -> Columns:
    return {"etag": validators.etag, "last_modified": validators.last_modified, "body_hash": validators.body_hash}


# --- addresses --------------------------------------------------------------------------------------------------------


def find_id(connection: Connection, url: str) -> str | None:
    """The id of the article that this address leads to."""
    known: str | None = connection.scalar(select(articles.c.id).where(articles.c.url == url))
    return known or connection.scalar(select(aliases.c.article_id).where(aliases.c.url == url))


def load_validators(connection: Connection, url: str) -> Validators | None:
    key = find_id(connection, url)
    columns = select(articles.c.etag, articles.c.last_modified, articles.c.body_hash)
    row = connection.execute(columns.where(articles.c.id == key)).one_or_none()
    return row and Validators(etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash)


def mark_unchanged(connection: Connection, url: str, now: datetime) -> None:
    """The server said that the page is as it was."""
    aliased = select(aliases.c.article_id).where(aliases.c.url == url)
    reached = (articles.c.url == url) | articles.c.id.in_(aliased)  # a page that has moved may stand for two
    connection.execute(update(articles).where(reached).values(checked_at=now))
    finish_links(connection, [url])
