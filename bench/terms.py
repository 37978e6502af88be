"""What terms cost, and how quick they are counted: ms and bytes an article, and the requests that a detector of bursts makes.

    .venv/bin/python bench/terms.py [--articles 20000] [--rounds 10]

The articles are those of bench/search.py, six years of them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import mean, median

import tantivy

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.search import make_articles  # noqa: E402 - a script finds its packages first
from index.base import Document  # noqa: E402
from index.querying.query import parse_query  # noqa: E402
from index.tantivy import TantivyIndex  # noqa: E402
from models.terms import terms_in  # noqa: E402

WEEK, BEFORE = "date:[2026-08-25 TO 2026-08-31]", "date:[2026-06-30 TO 2026-08-24]"


def documents(count: int) -> Iterator[Document]:
    for number, item in enumerate(make_articles(count)):
        article, annotation = item.article, item.annotation
        assert annotation is not None
        yield Document(
            id=f"{number:07}", url=article.url, title=article.title, text=article.text, published=article.published,
            source=article.source_id, topics=tuple(one.topic for one in annotation.topics), places=annotation.places,
        )  # fmt: skip


def main(arguments: list[str] | None = None) -> dict[str, float]:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args(arguments)
    some = list(documents(min(options.articles, 2_000)))
    found = _print_cost(some)
    with tempfile.TemporaryDirectory() as folder:
        found["bytes"] = _bytes_of_terms(Path(folder) / "terms", documents(options.articles)) / options.articles
        print(f"terms alone on disk: {found['bytes']:,.0f} bytes an article")
        index = TantivyIndex(Path(folder) / "index")
        index.add(documents(options.articles))
        index.commit()
        index.close()
        found |= _print_times(index, options.rounds)
    return found


def _print_cost(some: list[Document]) -> dict[str, float]:
    for one in some[:200]:  # the first articles fill the table of syllables
        terms_in(one.title, one.lead, one.text)
    start = time.process_time()
    terms = [terms_in(one.title, one.lead, one.text) for one in some]
    taken = (time.process_time() - start) / len(some) * 1_000
    characters = mean(len(one.text) for one in some)
    print(f"{taken:.2f} ms an article of {characters:,.0f} characters, {mean(map(len, terms)):.0f} terms each")
    return {"ms": taken}


def _bytes_of_terms(folder: Path, some: Iterable[Document]) -> int:
    """An index that holds nothing but terms, kept as our articles keep them."""
    folder.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("term", fast=True, tokenizer_name="raw", index_option="basic")
    index = tantivy.Index(builder.build(), str(folder))
    writer = index.writer(80_000_000, 1)
    for one in some:
        entry = tantivy.Document()
        for term in terms_in(one.title, one.lead, one.text):
            entry.add_text("term", term)
        writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()
    return sum(file.stat().st_size for file in folder.iterdir())


def _print_times(index: TantivyIndex, rounds: int) -> dict[str, float]:
    everything, week, before = parse_query(""), parse_query(WEEK), parse_query(BEFORE)
    candidates = [count.value for count in index.common_terms(week, most=1_000, at_least=3)[0].terms]
    requests: dict[str, Callable[[], object]] = {
        "histogram of all by month": lambda: index.histogram(everything, by="month"),
        "histogram of all by day": lambda: index.histogram(everything, by="day"),
        "this week's commonest 1,000": lambda: index.common_terms(week, most=1_000, at_least=3),
        "this week's, by topic": lambda: index.common_terms(week, most=1_000, at_least=3, by="topic"),
        "this week's, by place": lambda: index.common_terms(week, most=1_000, at_least=3, by="place"),
        f"{len(candidates):,} given terms, eight weeks before": lambda: index.term_counts(before, candidates),
        "the same by week": lambda: index.term_counts(before, candidates, by="week"),
        "the same by topic": lambda: index.term_counts(before, candidates, by="topic"),
        "commonest 100 of all articles": lambda: index.common_terms(everything),
    }
    print(f"{index.count():,} articles, of which {index.search(week, limit=0).total:,} this week; ms p50 of {rounds}")
    return {name: _print_time(name, call, rounds) for name, call in requests.items()}


def _print_time(name: str, call: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1_000)
    print(f"{name:45} {median(times):8.1f}")
    return median(times)


if __name__ == "__main__":
    main()
