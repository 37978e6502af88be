"""The system of record: every article as fetched, what the models said of it, and what is left to do.

Laws, held by tests/index/test_archive.py:
1.  What a method has returned is committed and survives kill -9 of the process (and, with SQLite's synchronous=FULL, a
    power cut). A method is one transaction: it happens wholly or not at all.
2.  A listing's new links and its source's new validators are stored together, so no link is lost between two polls.
3.  Every article handed in gets exactly one status, and every article stored or changed is in the outbox until settled.
    A new one is in `unmatched` as well, until the subscriptions were asked (index/standing/alert_archive.py).
4.  Nothing is overwritten: a changed article is a new version, another model's annotation stands beside the old one.
5.  One transaction writes at a time, whichever thread, process or machine it is of, and the others wait (SQLite: the file's
    lock, up to 10 s; PostgreSQL: an advisory lock, up to 60 s). So statuses, duplicates, clusters, revisions and outbox
    marks come out as if all were written by one; any number read meanwhile, each at one moment.
6.  A run may be shared out in parts. What a part counts is committed with what it stores, so that a killed worker's counts
    and articles agree; the run ends with its last part.
Laws 1 to 6 hold on both databases.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine

from crawlers.records import Article, Validators
from index.base import Document
from index.database import describe, open_engine, reading, writing
from index.kept import annotating, articles, corrections, documents, outbox, own_topics, runs
from index.kept.known_texts import KnownTexts
from index.kept.link_archive import LinkArchive
from index.kept.run_archive import RunArchive
from index.records import (
    ArchiveCounts,
    Corrected,
    Correction,
    Kept,
    NewArticle,
    OutboxEntry,
    PartKey,
    SavedTopic,
    Server,
    Stored,
)
from index.standing.alert_archive import AlertArchive
from models.records import Annotation

_BATCH = 500


def open_archive(url: str) -> Archive:
    """The archive at a SQLAlchemy address, made or migrated if need be: "sqlite:////var/lib/monitor/archive.db"."""
    return Archive(open_engine(url))


class Archive:
    """See the module's laws. Times are given by the caller; records go in and come out."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._storing = threading.Lock()
        self._known_texts: KnownTexts | None = None
        self.links = LinkArchive(engine)
        """What is left to do: sources' state, and the links that they named."""
        self.runs = RunArchive(engine)
        """What was done, and what failed."""
        self.alerts = AlertArchive(engine)
        """What is kept of subscriptions, and of what was sent."""

    def close(self) -> None:
        self._engine.dispose()

    # --- articles

    def mark_unchanged(self, url: str, now: datetime) -> None:
        """The server said that an article's page is as it was."""
        with writing(self._engine) as connection:
            articles.mark_unchanged(connection, url, now)

    def page_validators(self, url: str) -> Validators | None:
        """What to ask a page's server with; None where the address leads to no article."""
        with reading(self._engine) as connection:
            return articles.load_validators(connection, url)

    def store_articles(
        self,
        items: Sequence[NewArticle],
        now: datetime,
        *,
        since: datetime | None = None,
        part: PartKey | None = None,
    ) -> tuple[Stored, ...]:
        """Store a batch; one status each, in the same order.

        new: its address was unknown. updated: its words changed, or it gained a date. unchanged: neither. duplicate:
        the same words were already stored at this address in this batch, or since `since` (the start of the run); or
        the same source has them under another address, which becomes an alias. A version without a date keeps the one
        that was known. A page that claims the address of an article with other words is one of its own, unless it was
        met on the way to that article before. With a `part`, the statuses are counted there in the same transaction.
        """
        with self._storing:
            known, self._known_texts = self._known_texts or KnownTexts(), None  # half a batch's are not to be kept
            with writing(self._engine) as connection:
                known.catch_up(connection, now)
                stored = articles.ArticleWriter(connection, known, now, since).store(items)
                if part is not None:
                    runs.count_in_part(connection, part, Counter(one.status for one in stored))
            self._known_texts = known
        return stored

    def annotate(self, items: Iterable[tuple[Kept, Annotation]], now: datetime) -> None:
        """Put new annotations on the versions that they were made from, skipping articles changed since.

        Terms are kept with the version where the annotation brings them, and left as they are where it does not.
        """
        with writing(self._engine) as connection:
            annotating.annotate(connection, items, now)

    def annotate_once(
        self, items: Sequence[tuple[Kept, Annotation]], now: datetime, *, part: PartKey | None = None
    ) -> int:
        """`annotate`, but for articles that this model version has read meanwhile; how many it was put on.

        With a `part`, "read" and "changed" are counted there in the same transaction; changed is what now has other
        topics or figures.
        """
        with writing(self._engine) as connection:
            done, changed = annotating.annotate_once(connection, items, now)
            if part is not None:
                runs.count_in_part(connection, part, {"read": done, "changed": changed})
        return done

    def keep_terms(self, items: Iterable[tuple[Kept, tuple[str, ...]]]) -> None:
        """Keep terms with the versions that they were made of; nothing else changes, and the index learns nothing new."""
        with writing(self._engine) as connection:
            for kept, terms in items:
                annotating.keep_terms(connection, kept.id, kept.version, terms)

    def count_without_terms(self) -> int:
        """How many articles `all_articles` gives `without_terms`."""
        with reading(self._engine) as connection:
            return documents.count_without_terms(connection)

    def find_id(self, url: str) -> str | None:
        """The id of the article that an address leads to, its aliases included."""
        with reading(self._engine) as connection:
            return articles.find_id(connection, url)

    def document(self, article_id: str) -> Document | None:
        found = self.documents([article_id])
        return found[0] if found else None

    def documents(self, ids: Sequence[str], *, with_metrics: bool = True) -> tuple[Document, ...]:
        """Articles with their annotations, in the order of the ids; unknown ids are left out.

        Without metrics (and terms) it is cheaper, for those who only show the text.
        """
        with reading(self._engine) as connection:
            return documents.load_documents(connection, ids, with_metrics=with_metrics)

    def readable_documents(self, ids: Sequence[str]) -> tuple[list[Document], dict[str, Exception]]:
        """`documents`, and by id what is wrong with those of which what is stored makes no sense: they stop no other."""
        with reading(self._engine) as connection:
            return documents.load_readable(connection, ids)

    def all_documents(
        self, *, batch: int = _BATCH, after: str = "", unreadable: dict[str, Exception] | None = None
    ) -> Iterator[Document]:
        """Every article, by id, in constant memory. What is stored meanwhile may or may not be among them.

        `after` is an id: those up to it are left out, for a job that was cut short. An article of which what is stored
        makes no sense is put into `unreadable`, with what is wrong; without that it raises.
        """
        last = after
        while True:
            with reading(self._engine) as connection:
                ids = documents.load_ids_after(connection, last, batch)
                found, wrong = documents.load_readable(connection, ids)
            if wrong and unreadable is None:
                raise next(iter(wrong.values()))
            if not ids:
                return
            yield from found
            if unreadable is not None:
                unreadable.update(wrong)
            last = ids[-1]

    def seen_since(self, since: datetime) -> dict[str, datetime]:
        """The articles that came at this time or later, by id, each with when it was first seen."""
        with reading(self._engine) as connection:
            return documents.load_seen_since(connection, since)

    def first_seen(self) -> datetime | None:
        """When the first article of all came; None while there is none."""
        with reading(self._engine) as connection:
            return documents.load_first_seen(connection)

    def count_after(self, article_id: str) -> int:
        """How many articles `all_documents` has after an id."""
        with reading(self._engine) as connection:
            return documents.count_after(connection, article_id)

    def all_articles(
        self,
        *,
        batch: int = _BATCH,
        after: str = "",
        up_to: str | None = None,
        unread_by: str | None = None,
        without_terms: bool = False,
    ) -> Iterator[Kept]:
        """Every article's current version, as `all_documents`: for models that read all again.

        `up_to` is the last id; with `unread_by`, those that this model version has read are left out; with
        `without_terms`, those whose terms are kept as today's program makes them.
        """
        last = after
        while True:
            with reading(self._engine) as connection:
                found = documents.load_articles_after(
                    connection, last, batch, up_to, unread_by=unread_by, without_terms=without_terms
                )
            if not found:
                return
            yield from found
            last = found[-1].id

    def count_unread(self, model_version: str) -> int:
        """How many articles this model version has not read yet."""
        with reading(self._engine) as connection:
            return documents.count_unread(connection, model_version)

    def chunks(self, size: int) -> tuple[str, ...]:
        """The last id of each so many articles, in their order: what several read anew in parts."""
        with reading(self._engine) as connection:
            return documents.load_ends(connection, size)

    def versions(self, article_id: str) -> tuple[Article, ...]:
        """An article as it stood at each fetch that found it changed, oldest first."""
        with reading(self._engine) as connection:
            return documents.load_versions(connection, article_id)

    def annotation(self, article_id: str) -> Annotation | None:
        """What the newest models said of an article's current version; people's corrections are not in it."""
        return self.annotations([article_id]).get(article_id)

    def annotations(self, ids: Sequence[str], *, only_readable: bool = False) -> dict[str, Annotation]:
        """`annotation` of several articles, by id; those without one are left out, or with one that makes no sense."""
        with reading(self._engine) as connection:
            load = documents.load_readable_annotations if only_readable else documents.load_annotations
            return load(connection, ids)

    def reprints(self, article_id: str) -> tuple[str, ...]:
        """The ids of an article and its near-duplicates, the first stored first; empty where it has none."""
        with reading(self._engine) as connection:
            return documents.load_cluster(connection, article_id)

    def clusters(self) -> dict[str, str]:
        """Every article that has near-duplicates, with the name of the cluster that it shares with them."""
        with reading(self._engine) as connection:
            return documents.load_clusters(connection)

    # --- what people say

    def correct(
        self, article_id: str, said: dict[str, bool | None], *, who: str, now: datetime, note: str | None = None
    ) -> tuple[Correction, ...]:
        """Let an article carry topics (True), not carry them (False), or as the models say (None).

        The corrections that this made; what holds already makes none. It outlives new versions and new models.
        """
        with writing(self._engine) as connection:
            return corrections.correct(connection, article_id, said, who=who, note=note, now=now)

    def corrections(self, article_id: str | None = None, *, limit: int | None = None) -> tuple[Correction, ...]:
        """The newest first; of one article, or of all."""
        with reading(self._engine) as connection:
            return corrections.load_corrections(connection, article_id, limit)

    def corrected(self) -> tuple[Corrected, ...]:
        """The articles about whose topics people have had a say, by id: to learn from."""
        with reading(self._engine) as connection:
            return tuple(corrections.load_corrected(connection))

    def save_topic(self, topic: SavedTopic, now: datetime) -> None:
        """Add a user's topic, or put it in the place of the one with its slug."""
        with writing(self._engine) as connection:
            own_topics.save_topic(connection, topic, now)

    def remove_topic(self, slug: str) -> None:
        """Remove a user's topic, and what people said of it on articles; the list of corrections keeps it."""
        with writing(self._engine) as connection:
            own_topics.remove_topic(connection, slug)
            said = [one.id for one in corrections.load_corrected(connection) if slug in one.said]
            corrections.forget_topic(connection, slug, said)

    def own_topics(self) -> tuple[SavedTopic, ...]:
        """The users' topics, by slug."""
        with reading(self._engine) as connection:
            return own_topics.load_topics(connection)

    # --- what the index has yet to learn

    def take_outbox(
        self, limit: int = _BATCH, *, after: int = 0, only_refused: bool = False
    ) -> tuple[OutboxEntry, ...]:
        """The articles that wait longest for the index. They stay until settled, so a kill forgets none.

        `after` is a mark: the refused ones stay, and whoever takes on and on goes past them.
        """
        with reading(self._engine) as connection:
            return outbox.load(connection, limit, after, only_refused=only_refused)

    def refuse_outbox(self, reasons: Mapping[int, str]) -> None:
        """The index would not take these: mark → why. They stay, to be tried again."""
        with writing(self._engine) as connection:
            outbox.refuse(connection, reasons)

    def refuse(self, reasons: Mapping[str, str]) -> None:
        """Put articles back into the outbox that the index would not take when it was made anew: id → why."""
        with writing(self._engine) as connection:
            outbox.mark(connection, list(reasons))
            outbox.refuse(
                connection,
                {entry.mark: reasons[entry.article_id] for entry in outbox.load_of(connection, list(reasons))},
            )

    def settle_outbox(self, entries: Iterable[OutboxEntry]) -> None:
        """These are committed in the index. One that changed since it was taken stays."""
        with writing(self._engine) as connection:
            outbox.settle(connection, entries)

    # --- the whole

    def server(self) -> Server:
        """What the archive lies in."""
        with reading(self._engine) as connection:
            return describe(connection)

    def counts(self) -> ArchiveCounts:
        with reading(self._engine) as connection:
            return runs.count_everything(connection)
