"""How quick a search is, all of it: parse, two tiers, facets, the archive's text, highlights.

    .venv/bin/python bench/search.py [--articles 100000] [--folder DIR] [--rounds 30]

Beside it bare tantivy answers the same questions with its own tokenizer, top ten, facets, stored text and
SnippetGenerator, and then with nothing but ten ids. The articles are made of clauses of the demo newsroom's articles,
mixed afresh, with invented names that are as rare as names are. The same number gives the same articles.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import tantivy

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from crawlers.records import Article  # noqa: E402 - a script finds its packages first
from index.archive import Archive, open_archive  # noqa: E402
from index.base import FACETS, Document, Sort  # noqa: E402
from index.querying.query import parse_query  # noqa: E402
from index.records import NewArticle  # noqa: E402
from index.search import search  # noqa: E402
from index.tantivy import TantivyIndex  # noqa: E402
from index.terms import terms_to_keep  # noqa: E402
from models.records import TOPIC_IDS, Annotation, TopicScore  # noqa: E402
from models.text import fold  # noqa: E402

CHARACTERS = 2_500
PLACES = ["Lào Cai", "Huế", "Đà Nẵng", "Cần Thơ", "Đắk Lắk", "Bộ Y tế", "Quảng Ninh", "Hà Nội", "Sơn La", "Cà Mau"]
TODAY = datetime(2026, 9, 1, tzinfo=UTC)
_BATCH = 500


# --- made-up articles -------------------------------------------------------------------------------------------------


def make_articles(count: int) -> Iterator[NewArticle]:
    """Articles of about CHARACTERS characters, always the same for the same count."""
    chance = random.Random(20_26)
    stories = _stories()
    names = _names(chance)
    common = [clause for story in stories for clause in story]
    for number in range(count):
        clauses = [clause for story in chance.choices(stories, k=3) for clause in story] + chance.choices(common, k=20)
        text = _text(chance, clauses, names)
        if number % 50 == 0:
            text = fold(text)  # some write without diacritics
        title = ", ".join(chance.choices(clauses, k=2))[:110].capitalize()
        topics = tuple(
            TopicScore(topic=topic, score=0.9) for topic in chance.sample(TOPIC_IDS, chance.choice([0, 1, 1, 2]))
        )
        yield NewArticle(
            article=Article(
                url=f"https://bao.example/{number}", title=title, text=text, source_id=f"bao-{number % 60}",
                published=TODAY - timedelta(minutes=chance.randrange(60 * 24 * 365 * 6)), fetched_at=TODAY,
            ),
            annotation=Annotation(
                topics=topics, metrics=(), places=tuple(chance.sample(PLACES, chance.choice([0, 1, 1, 2]))), model_version="1",
                terms=terms_to_keep(title, None, text),
            ),
        )  # fmt: skip


def _stories() -> list[list[str]]:
    folder = ROOT / "monitor" / "demo" / "newsroom"
    articles = [
        article
        for file in sorted(folder.glob("*.toml"))
        for article in tomllib.loads(file.read_text("utf-8"))["article"]
    ]
    return [
        [part.strip() for part in re.split(r"[.,;:“”\n]+", article["text"]) if len(part.strip()) > 8]
        for article in articles
    ]


_HEADS = ("B", "C", "Ch", "D", "Đ", "G", "H", "Kh", "L", "M", "N", "Nh", "Ph", "Qu", "S", "T", "Th", "Tr", "V", "X")
_TAILS = ("an", "ải", "ảo", "âm", "âu", "ên", "iệp", "iên", "inh", "oài", "oan", "ong", "ông", "uân", "uyên", "ường")


def _names(chance: random.Random) -> list[str]:
    """Two syllables each; the first of the list are met often, the last hardly ever."""
    syllables = [head + tail for head in _HEADS for tail in _TAILS]
    return [
        f"{first} {second}"
        for first, second in zip(chance.choices(syllables, k=9_000), chance.choices(syllables, k=9_000), strict=True)
    ]


def _text(chance: random.Random, clauses: list[str], names: list[str]) -> str:
    sentences: list[str] = []
    length = 0
    while length < CHARACTERS:
        parts = chance.choices(clauses, k=chance.randint(1, 3))
        if chance.random() < 0.4:
            parts.append(f"theo ông {names[int(len(names) * chance.random() ** 4)]}")
        sentences.append(", ".join(parts).capitalize() + ".")
        length += len(sentences[-1]) + 1
    paragraphs = [" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4)]
    return "\n\n".join(paragraphs)


# --- questions --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """A query in our language, and the same by hand for bare tantivy."""

    typed: str
    words: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    without: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    since: datetime | None = None
    field: str = "body"
    sort: Sort = "relevance"


QUESTIONS = (
    Question("chuyển đổi số", words=("chuyển", "đổi", "số")),
    Question('"dịch vụ công trực tuyến"', phrase=("dịch", "vụ", "công", "trực", "tuyến")),
    Question("hồ sơ", words=("hồ", "sơ"), sort="newest"),
    Question("an toàn thông tin topic:security", words=("an", "toàn", "thông", "tin"), filters=(("topic", "security"),)),
    Question('hộ tịch place:"Lào Cai"', words=("hộ", "tịch"), filters=(("place", "Lào Cai"),)),
    Question("Nhuân Trường", words=("nhuân", "trường")),
    Question("chu ky so", words=("chu", "ky", "so"), field="folded"),
    Question("cải cách OR hạ tầng", either=(("cải", "cách"), ("hạ", "tầng"))),
    Question("camera -hồ", words=("camera",), without="hồ"),
    Question("ngân sách date:[2024-01-01 TO *]", words=("ngân", "sách"), since=datetime(2024, 1, 1, tzinfo=UTC)),
)  # fmt: skip


# --- bare tantivy -----------------------------------------------------------------------------------------------------


class BareTantivy:
    """The same articles and questions, as one would write it down from tantivy's own examples."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        for name in ("id", "topic", "place", "source", "month"):
            builder.add_text_field(name, stored=name == "id", fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_date_field("published", stored=True, indexed=True, fast=True)
        builder.add_text_field("title", stored=True)
        builder.add_text_field("body", stored=True)
        builder.add_text_field("folded", stored=True, tokenizer_name="folded")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, str(folder))
        tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        tokenizer = tokenizer.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
        self._index.register_tokenizer("folded", tokenizer.build())

    def fill(self, documents: Iterator[Document]) -> None:
        writer = self._index.writer(100_000_000, 1)
        for document in documents:
            assert isinstance(document.published, datetime)
            entry = tantivy.Document(id=document.id, title=document.title, body=document.text, source=document.source)
            entry.add_text("folded", document.text)
            entry.add_date("published", document.published)
            entry.add_text("month", f"{document.published:%Y-%m}")
            for name, values in (("topic", document.topics), ("place", document.places)):
                for value in values:
                    entry.add_text(name, value)
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def answer(self, question: Question) -> tuple[int, int]:
        """How many there are, and how many of the ten have a snippet."""
        searcher, query = self._index.searcher(), self._query(question)
        result = searcher.search(query, 10, order_by_field="published" if question.sort == "newest" else None)
        asked = {name: {"terms": {"field": name, "size": 5_000}} for name in FACETS}
        searcher.aggregate(query, asked)
        shown = 0
        makers = [
            tantivy.SnippetGenerator.create(searcher, query, self._schema, name) for name in ("title", question.field)
        ]
        for _, address in result.hits:
            entry = searcher.doc(address)
            shown += any(maker.snippet_from_doc(entry).fragment() for maker in makers)
        return result.count, shown  # type: ignore[attr-defined]

    def ids(self, question: Question) -> list[str]:
        searcher = self._index.searcher()
        order = "published" if question.sort == "newest" else None
        hits = searcher.search(self._query(question), 10, order_by_field=order).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    def _query(self, question: Question) -> tantivy.Query:
        must = [(tantivy.Occur.Must, self._word(question.field, word)) for word in question.words]
        if question.phrase:
            must.append((tantivy.Occur.Must, tantivy.Query.phrase_query(self._schema, "body", list(question.phrase))))
        if question.either:
            must.append((tantivy.Occur.Must, self._either(question)))
        must += [(tantivy.Occur.Must, self._word(name, value)) for name, value in question.filters]
        if question.without:
            must.append((tantivy.Occur.MustNot, self._word("body", question.without)))
        if question.since:
            after = tantivy.Query.range_query(self._schema, "published", tantivy.FieldType.Date, question.since)
            must.append((tantivy.Occur.Must, after))
        return tantivy.Query.boolean_query(must)

    def _either(self, question: Question) -> tantivy.Query:
        groups = [
            tantivy.Query.boolean_query([(tantivy.Occur.Must, self._word("body", word)) for word in words])
            for words in question.either
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, group) for group in groups])

    def _word(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, word)


# --- measuring --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds: p50 and p99 of ours, and of bare tantivy with snippets and with ids alone."""

    typed: str
    total: int
    ours: tuple[float, float]
    bare: tuple[float, float]
    ids: tuple[float, float]

    @property
    def ratio(self) -> float:
        return self.ours[0] / self.bare[0]


def measure(calls: Sequence[Callable[[], object]], rounds: int) -> list[tuple[float, float]]:
    """p50 and p99 of each call in milliseconds. They take turns, so that a busy machine slows all of them alike."""
    times: list[list[float]] = [[] for _ in calls]
    for number in range(rounds + 1):
        for taken, call in zip(times, calls, strict=True):
            start = time.perf_counter()
            call()
            if number:  # the first round warms the caches
                taken.append((time.perf_counter() - start) * 1_000)
    return [(median(taken), sorted(taken)[min(rounds - 1, int(rounds * 0.99))]) for taken in times]


def build(folder: Path, count: int) -> tuple[Archive, TantivyIndex, BareTantivy]:
    """Archive, our index and the bare one, filled; what each cost goes to stderr."""
    built = folder / f"built-{count}"
    archive, index = open_archive(f"sqlite:///{folder}/archive.db"), TantivyIndex(folder / "index")
    if built.exists():
        return archive, index, BareTantivy(folder / "bare")
    start = time.perf_counter()
    articles = make_articles(count)
    while batch := list(islice(articles, _BATCH)):
        archive.store_articles(batch, TODAY)
    start = _tell("archive", count, start)
    index.add(archive.all_documents())
    index.commit()
    index.close()
    start = _tell("our index", count, start)
    bare = BareTantivy(folder / "bare")
    bare.fill(archive.all_documents())
    _tell("bare index", count, start)
    built.touch()
    return archive, index, bare


def _tell(what: str, count: int, start: float) -> float:
    now = time.perf_counter()
    print(f"{what}: {count / (now - start):,.0f} articles/s, {now - start:.0f} s", file=sys.stderr)
    return now


def compare(archive: Archive, index: TantivyIndex, bare: BareTantivy, rounds: int) -> list[Row]:
    def ours(question: Question) -> int:
        return search(index, archive, parse_query(question.typed), sort=question.sort).total

    rows = []
    for question in QUESTIONS:
        calls = (partial(ours, question), partial(bare.answer, question), partial(bare.ids, question))
        rows.append(Row(question.typed, ours(question), *measure(calls, rounds)))
    return rows


def main(arguments: list[str] | None = None) -> list[Row]:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument(
        "--folder", type=Path, help="keep what is built here, and use it again; a temporary directory otherwise"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        archive, index, bare = build(options.folder or Path(temporary), options.articles)
        rows = compare(archive, index, bare, options.rounds)
        index.close()
        archive.close()
    _print(rows, options.articles)
    return rows


def _print(rows: list[Row], count: int) -> None:
    print(f"{count:,} articles; ms p50 / p99")
    print(f"{'question':36} {'found':>7} {'ours':>15} {'bare + snippets':>17} {'bare, ids':>15} {'ratio':>6}")
    for row in rows:
        columns = " ".join(f"{middle:7.2f}/{worst:7.2f}" for middle, worst in (row.ours, row.bare, row.ids))
        print(f"{row.typed:36} {row.total:7} {columns} {row.ratio:6.2f}")
    ours, bare = (sum(side(row) for row in rows) for side in (lambda row: row.ours[0], lambda row: row.bare[0]))
    print(
        f"all ten: {ours:.1f} ms against {bare:.1f} ms, ratio {ours / bare:.2f}; median ratio {median(row.ratio for row in rows):.2f}"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
