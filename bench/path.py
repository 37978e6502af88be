"""From page bytes to archived and indexed: ours, and the same libraries assembled naively, in turns in one run.

Naive: trafilatura with metadata, underthesea.word_tokenize, TF-IDF + LinearSVC, spaCy's Matcher over 200 patterns, and the
same archive tables and tantivy index without anything of ours. Both read the same pages, on one core, batch by batch, and
what is left to be indexed at the end counts too.

usage: python -m bench.path [--pages N] [--size BYTES] [--file ARTICLES.jsonl]
The demo's articles are full of figures (26 in 2,500 characters); --file puts articles of one's own into the same pages.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import spacy
import sqlalchemy as sa
import tantivy
import trafilatura
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC
from spacy.matcher import Matcher
from underthesea import word_tokenize

from crawlers.crawl import assemble_article
from crawlers.pages import read_page
from crawlers.records import FeedEntry, Validators
from models.topics.corpus import load_corpus
from monitor.assembly import open_desk
from monitor.config import Config
from monitor.demo.newsroom import Site, load_outlets
from monitor.keeper import Keeper

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BATCH = 32


def pages(count: int, *, size: int, articles: Sequence[Mapping[str, Any]] | None = None) -> list[tuple[str, bytes]]:
    """(address, page) of the demo's articles, or of others with title and text in their place, brought to the weight of
    real pages with a menu, styles and scripts.
    """
    made: list[tuple[str, bytes]] = []
    outlets = [outlet for outlet in load_outlets() if outlet.articles]
    menu = "".join(f'<li class="nav-item"><a href="/chuyen-muc-{k}">Chuyên mục số {k}</a></li>' for k in range(120))
    script = "window.dataLayer=window.dataLayer||[];function track(e){dataLayer.push({event:e,when:Date.now()})}\n"
    while len(made) < count:
        number = len(made)
        outlet = outlets[number % len(outlets)]
        article = outlet.articles[(number // len(outlets)) % len(outlet.articles)]
        if articles is not None:
            other = articles[number % len(articles)]
            article = replace(article, title=other["title"], text=other["text"], lead=other.get("lead"))
        copy = replace(article, slug=f"{article.slug}-{number}", title=f"{article.title} ({number})")
        site = Site(replace(outlet, articles=(copy, *outlet.articles[:5])), f"https://tin{number % 50}.example.vn")
        body = site.answer(outlet.article_path(copy)).body
        heavy = f"<ul class='mega-menu'>{menu}</ul>".encode()
        heavy += b"<script>" + script.encode() * max(0, (size - len(body) - len(heavy)) // len(script)) + b"</script>"
        made.append(
            (
                f"https://tin{number % 50}.example.vn{outlet.article_path(copy)}",
                body.replace(b"</body>", heavy + b"</body>"),
            )
        )
    return made


class Ours:
    """The pipeline's own steps, without the network."""

    def __init__(self, folder: Path) -> None:
        self._desk = open_desk(Config(data=folder))
        self._parts = self._desk.__enter__()
        self._keeper = Keeper(self._parts, now=NOW)

    def take(self, batch: Sequence[tuple[str, bytes]]) -> None:
        for url, content in batch:
            read = read_page(content, url)
            article = assemble_article(
                read,
                FeedEntry(url=url),
                source_id=str(urlsplit(url).hostname),
                url=url,
                validators=Validators(),
                now=NOW,
            )
            self._keeper.add(article)
        self._keeper.flush()

    def finish(self) -> None:
        self._keeper.index()

    def close(self) -> None:
        self._desk.__exit__(None, None, None)


class Naive:
    """The same libraries as their first pages show them."""

    def __init__(self, folder: Path) -> None:
        corpus = [passage for passage in load_corpus() if passage.topics]
        texts = [word_tokenize(passage.text, format="text") for passage in corpus[:300]]
        self._vectorizer = TfidfVectorizer()
        labels = MultiLabelBinarizer().fit_transform([passage.topics for passage in corpus[:300]])
        self._classifier = OneVsRestClassifier(LinearSVC()).fit(self._vectorizer.fit_transform(texts), labels)
        self._nlp = spacy.blank("xx")
        self._matcher = Matcher(self._nlp.vocab)
        for number in range(200):
            words = corpus[number % len(corpus)].text.split()[number % 5 : number % 5 + 3]
            pattern = [{"LIKE_NUM": True, "OP": "?"}, *({"LOWER": word.lower()} for word in words)]
            self._matcher.add(f"p{number}", [pattern])
        self._engine = sa.create_engine(f"sqlite:///{folder / 'naive.db'}")
        metadata = sa.MetaData()
        self._table = sa.Table(
            "articles",
            metadata,
            sa.Column("url", sa.String),
            sa.Column("title", sa.String),
            sa.Column("text", sa.String),
        )
        metadata.create_all(self._engine)
        builder = tantivy.SchemaBuilder()
        for field in ("url", "title", "text"):
            builder.add_text_field(field, stored=True)
        self._index = tantivy.Index(builder.build(), path=str(folder))
        self._writer = self._index.writer(heap_size=50_000_000, num_threads=1)

    def take(self, batch: Sequence[tuple[str, bytes]]) -> None:
        rows = []
        for url, content in batch:
            read = trafilatura.bare_extraction(content, url=url, with_metadata=True)
            title, text = (read.title or "", read.text or "") if read else ("", "")
            self._classifier.predict(self._vectorizer.transform([word_tokenize(text, format="text")]))
            self._matcher(self._nlp(text))
            rows.append({"url": url, "title": title, "text": text})
            self._writer.add_document(tantivy.Document(url=[url], title=[title], text=[text]))
        with self._engine.begin() as connection:
            connection.execute(sa.insert(self._table), rows)
        self._writer.commit()

    def finish(self) -> None:
        """Nothing is left to do: each batch was committed."""

    def close(self) -> None:
        self._writer.wait_merging_threads()
        self._engine.dispose()


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds of wall clock and of CPU that the work took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=320)
    parser.add_argument("--size", type=int, default=60_000, help="bytes of a page")
    parser.add_argument("--file", type=Path, help="JSON lines with title and text, instead of the demo's articles")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    articles = None if options.file is None else [orjson.loads(line) for line in options.file.read_bytes().splitlines()]
    made = pages(options.pages, size=options.size, articles=articles)
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        sides = {"ours": Ours(Path(first)), "naive": Naive(Path(second))}
        for side in sides.values():
            side.take(made[:4])  # dictionaries and models are loaded before the clock runs
            side.finish()
        seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
        for start in range(4, len(made), BATCH):
            batch = made[start : start + BATCH]
            for name, side in sides.items():
                seconds[name].append(timed(lambda side=side, batch=batch: side.take(batch)))
        for name, side in sides.items():
            seconds[name].append(timed(side.finish))
        for side in sides.values():
            side.close()
    report(seconds, len(made) - 4)


def report(seconds: dict[str, list[tuple[float, float]]], count: int) -> None:
    """Print both sides' speed and their ratio."""
    for name, spent in seconds.items():
        wall, cpu = (sum(column) for column in zip(*spent, strict=True))
        print(
            f"{name:6} {count / wall:8.1f} articles/s   {1000 * wall / count:6.2f} ms an article, {1000 * cpu / count:6.2f} ms CPU"
        )
    batches = [n[0] / o[0] for o, n in zip(seconds["ours"], seconds["naive"], strict=True)][:-1]
    total = sum(wall for wall, _ in seconds["naive"]) / sum(wall for wall, _ in seconds["ours"])
    print(f"ours is {total:.1f} times as quick (median of {len(batches)} batches {statistics.median(batches):.1f})")
    print(
        f"peak memory of this process, both sides in it: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
