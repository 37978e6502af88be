"""The embedded index: two tantivy indexes in one directory, kept in step by a journal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import orjson
import tantivy

from index.base import (
    FACETS,
    Document,
    FacetName,
    FigureEntry,
    Group,
    IndexState,
    Node,
    Query,
    Results,
    Sort,
    Span,
    SpanCount,
    TermCounts,
)
from index.codec import figure_from_json
from index.engines.cursors import Place
from index.engines.garbage import held_back
from index.engines.tantivy_collection import Collection, damaged, open_part
from index.engines.tantivy_counting import Counting
from index.engines.tantivy_query import QueryBuilder
from index.engines.tantivy_schema import VERSION, article_entry, articles_schema, figure_entry, figures_schema
from index.engines.tantivy_shelves import Shelves, stored, top
from index.errors import EngineError, LockedError
from index.kept.journal import Journal
from index.memory import give_back
from index.querying.tiers import has_words


class TantivyIndex:
    """`Index` in a directory. Any number of readers; the one writer is taken at the first add, delete or clear."""

    def __init__(self, path: Path) -> None:
        self._path = path
        _check_version(path)
        _check_parts(path)
        self._journal = Journal(path / "journal.jsonl")
        self._articles = Collection(path / "articles", articles_schema())
        self._figures = Collection(path / "figures", figures_schema())
        self._article_queries = QueryBuilder(self._articles.schema, self._articles_with_figure)
        self._figure_queries = QueryBuilder(self._figures.schema)
        self._put_in: set[str] | None = None
        """What this writer has put into an index that was empty: all else replaces nothing, and needs no note of that."""
        self._finish_commit()

    # --- writing

    def add(self, documents: Iterable[Document]) -> None:
        self._start_writing()
        for document in documents:
            self._put(self._journal.add(document))

    def delete(self, ids: Iterable[str]) -> None:
        self._start_writing()
        for article_id in ids:
            self._journal.delete(article_id)
            self._remove(article_id)

    def clear(self) -> None:
        self._start_writing()
        self._journal.clear()
        self._remove_all()

    def commit(self) -> Mapping[str, str]:
        """Durable when it returns: tantivy syncs its files, and the journal was synced before. It refuses nothing."""
        if self._articles.is_writing:
            self._journal.seal()
            self._figures.commit()
            self._articles.commit()
            self._journal.empty()
        return {}

    def state(self) -> IndexState:
        return IndexState(engine="tantivy", version=version("tantivy"), at=str(self._path))

    def release(self) -> None:
        self.close()

    def close(self) -> None:
        """Give the writer free, and its memory back. What was not committed is forgotten."""
        was_writing = self._articles.is_writing
        self._figures.close()
        self._articles.close()
        self._journal.close()
        if was_writing:
            give_back()

    def _start_writing(self) -> None:
        """Take the writer, and first do again what a killed process had sealed: our journal would overwrite it."""
        if self._articles.is_writing:
            return
        try:
            self._articles.start_writing()
            self._figures.start_writing()
            is_empty = not self._articles.searcher().num_docs and not self._figures.searcher().num_docs
            self._put_in = set() if is_empty else None
            if self._journal.is_sealed():
                self._redo()
        except BaseException:
            self.close()
            raise

    def _put(self, document: Document) -> None:
        if self._put_in is None or document.id in self._put_in:
            self._remove(document.id)
        else:
            self._put_in.add(document.id)
        self._articles.writer.add_document(article_entry(document))
        for metric in document.metrics:
            self._figures.writer.add_document(figure_entry(document, metric))

    def _remove(self, article_id: str) -> None:
        self._articles.writer.delete_documents_by_term("id", article_id)
        self._figures.writer.delete_documents_by_term("article", article_id)

    def _remove_all(self) -> None:
        self._articles.writer.delete_all_documents()
        self._figures.writer.delete_all_documents()

    def _finish_commit(self) -> None:
        """Do again what a killed process had sealed; where another process holds the writer, it is still at it."""
        if self._journal.is_sealed():
            with suppress(LockedError):
                self._start_writing()
            self.close()

    def _redo(self) -> None:
        for entry in self._journal.unfinished():
            if entry is None:
                self._remove_all()
            elif isinstance(entry, Document):
                self._put(entry)
            else:
                self._remove(entry)
        self._figures.commit()
        self._articles.commit()
        self._journal.empty()

    # --- reading

    def stamp(self) -> str:
        return f"{self._articles.stamp()} {self._figures.stamp()}"

    def count(self) -> int:
        return self._articles.searcher().num_docs

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        sort: Sort = "relevance",
        after: str | None = None,
        facets: Sequence[FacetName] = FACETS,
    ) -> Results:
        by_date = sort == "newest" or not has_words(query.root)
        shelves = Shelves(self._articles.searcher(), self._article_queries, query)
        start = Place.read(after, by_date=by_date) if after else Place(by_date=by_date)
        found, place = shelves.page(start, limit)
        counts = shelves.count(facets) if facets else {}
        return Results(
            total=shelves.total,
            exact_total=shelves.exact.total,
            found=found,
            facets=counts,
            cursor=place.write() if found and shelves.has_more(place) else None,
        )

    def figures(self, query: Query, *, limit: int | None = None) -> tuple[FigureEntry, ...]:
        searcher = self._figures.searcher()
        wanted = searcher.num_docs if limit is None else min(limit, searcher.num_docs)
        if wanted == 0:
            return ()
        matching = Shelves(searcher, self._figure_queries, query).matching()
        hits = top(searcher, matching, wanted, by_date=True).hits
        with held_back():
            entries = [(key, _read_figure(searcher, at)) for key, at in hits]
            entries.sort(key=lambda ranked: (-ranked[0], ranked[1].article_id, ranked[1].metric.start))
            return tuple([entry for _, entry in entries[:wanted]])

    def histogram(self, query: Query, *, by: Span) -> tuple[SpanCount, ...]:
        return self._counting(query).histogram(by)

    def common_terms(
        self, query: Query, *, most: int = 100, at_least: int = 1, by: Group | None = None
    ) -> tuple[TermCounts, ...]:
        return self._counting(query).common_terms(most, at_least, by)

    def term_counts(self, query: Query, terms: Sequence[str], *, by: Group | None = None) -> tuple[TermCounts, ...]:
        return self._counting(query).term_counts(terms, by)

    def _counting(self, query: Query) -> Counting:
        searcher = self._articles.searcher()
        return Counting(searcher, Shelves(searcher, self._article_queries, query).matching())

    def _articles_with_figure(self, node: Node) -> Sequence[str]:
        searcher = self._figures.searcher()
        found = searcher.search(self._figure_queries.matching(node), max(1, searcher.num_docs), count=False)
        return list({stored(searcher, at, "article")[0] or "" for _, at in found.hits})


def _read_figure(searcher: tantivy.Searcher, at: tantivy.DocAddress) -> FigureEntry:
    entry = stored(searcher, at, "entry")[0]
    return figure_from_json(orjson.loads(entry or b"{}"))


_UNFINISHED = "version.json."


def _check_version(path: Path) -> None:
    """A directory with another version's tokens would answer, and wrongly."""
    file = path / "version.json"
    try:
        path.mkdir(parents=True, exist_ok=True)
        if all(name.startswith(_UNFINISHED) for name in os.listdir(path)):
            unfinished = path / f"{_UNFINISHED}{os.getpid()}"  # two processes that start at once: either's will do
            unfinished.write_bytes(orjson.dumps(VERSION))
            unfinished.replace(file)
        found = orjson.loads(file.read_bytes())
    except (OSError, ValueError) as e:
        raise damaged(file, e) from e
    if found != VERSION:
        raise EngineError(f"Chỉ mục {path} do phiên bản khác tạo ra. Chạy `monitor reindex` để dựng lại từ kho lưu trữ")


def _check_parts(path: Path) -> None:
    """Articles without the figures' files, or the other way round; an empty part alone is a start that was killed."""
    schemas = {path / "articles": articles_schema(), path / "figures": figures_schema()}
    missing = [part for part in schemas if not (part / "meta.json").exists()]
    there = schemas.keys() - set(missing)
    if missing and any(open_part(part, schemas[part]).searcher().num_docs for part in there):
        raise damaged(missing[0], FileNotFoundError(f"thiếu {missing[0].name}"))
