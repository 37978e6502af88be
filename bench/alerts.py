"""How quick standing questions are matched against new articles.

    ./run.sh bench alerts [--subscriptions 10000] [--articles 1000] [--rounds 3] [--elasticsearch]

Ours (index.matching) is told each article and names the subscriptions that it answers, exactly as a search would. Beside it
pyahocorasick alone, which judges nothing: once it only looks where the subscriptions' words stand side by side in the text in
small letters; once it looks for all that they ask for (words that may stand apart, phrases, both without diacritics too) in
the articles' tokens, making which counts. And one search a subscription in an embedded index of the same articles, and with
--elasticsearch in the cluster that MONITOR_ELASTICSEARCH_URL names (`python -m tests.elastic_server` starts one and says
where). The sides take turns and the best round counts, in seconds of our own processor; for Elasticsearch by the clock.

The articles are the labelled ones of models/data/held_out, mixed to 2,500 characters and tagged; the subscriptions are names
and terms of two words out of the passages in models/data/topics, six in ten in quotes, six in ten with something beside: a
place, a topic, another phrase, an exclusion.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path

import ahocorasick

from bench.analyse import make_articles, newspaper
from index.base import Document, Index, Node, Query
from index.querying.query import parse_query
from index.querying.tiers import positive_words, tiers_of
from index.querying.tokens import fold_tokens, tokens
from index.standing.facts import Leaf, is_run, words_in
from index.standing.matching import Matcher
from index.tantivy import TantivyIndex
from models.annotation import annotate
from models.records import TOPIC_IDS
from models.topics.corpus import load_corpus
from models.words import words
from monitor.assembly import open_elastic
from monitor.config import Config

_NAME = re.compile(r"(?<=[^\W\d_] )(?:[A-ZĐ]\w+ ){1,3}[A-ZĐ]\w+")
PHRASES, ALL_WORDS = "pyahocorasick, phrases as written", "pyahocorasick, all words, both spellings"
OURS, TANTIVY, ELASTIC = "ours", "a search each, tantivy", "a search each, Elasticsearch (clock)"
PLACES = ("Lào Cai", "Huế", "Đà Nẵng", "Cần Thơ", "Đắk Lắk", "Bộ Y tế", "Quảng Ninh", "Hà Nội", "Sơn La", "Cà Mau")


def make_documents(count: int) -> list[Document]:
    """Tagged articles; the same every time."""
    documents = []
    for number, article in enumerate(make_articles(count, newspaper())):
        text = f"{article['text'][:-5]}{number:04}."
        found = annotate(text, title=article["title"])
        documents.append(
            Document(
                id=f"{number:06}",
                url=f"https://bao.example/{number}",
                title=article["title"] or "",
                text=text,
                source=f"bao-{number % 40}",
                topics=tuple(one.topic for one in found.topics),
                places=found.places,
                metrics=found.metrics,
            )
        )
    return documents


def make_subscriptions(count: int) -> dict[str, Query]:
    """Different questions as people type them; the same every time."""
    rng = random.Random(2026)
    texts = [example.text for example in load_corpus()]
    made: dict[str, Query] = {}
    while len(made) < count:
        typed = _type(rng, texts)
        made.setdefault(typed, parse_query(typed))
    return made


def _type(rng: random.Random, texts: Sequence[str]) -> str:
    phrase = _phrase(rng, texts)
    asked = f'"{phrase}"' if rng.random() < 0.6 else phrase
    match rng.randint(0, 9):
        case 0 | 1:
            return f'{asked} place:"{rng.choice(PLACES)}"'
        case 2:
            return f"{asked} topic:{rng.choice(TOPIC_IDS)}"
        case 3 | 4:
            return f'{asked} OR "{_phrase(rng, texts)}"'
        case 5:
            return f'{asked} -"{_phrase(rng, texts)}"'
        case _:
            return asked


def _phrase(rng: random.Random, texts: Sequence[str]) -> str:
    """A name ("Mù Cang Chải", "Sở Tư pháp") or a term of two words ("giám sát điều hành") out of a passage."""
    while True:
        text = rng.choice(texts)
        if rng.random() < 0.5:
            names = [match[0] for match in _NAME.finditer(text)]
            if names:
                return rng.choice(names)
        else:
            spoken = words(text)
            terms = [f"{a} {b}" for a, b in pairwise(spoken) if a.islower() and b.islower() and " " in a and " " in b]
            if terms:
                return rng.choice(terms)


def measure(sides: dict[str, Callable[[], int]], rounds: int) -> dict[str, tuple[float, int]]:
    """Seconds of the best round, and what was found."""
    best: dict[str, tuple[float, int]] = {}
    for _ in range(rounds):
        for name, run in sides.items():
            clock = time.perf_counter if name == ELASTIC else time.process_time
            start = clock()
            found = run()
            seconds = clock() - start
            best[name] = min(best.get(name, (seconds, found)), (seconds, found))
    return best


# --- the sides --------------------------------------------------------------------------------------------------------


def phrases_alone(subscriptions: dict[str, Query], documents: Sequence[Document]) -> Callable[[], int]:
    automaton = _automaton(
        " ".join(leaf.words) for query in subscriptions.values() for leaf in positive_words(query.root)
    )
    return lambda: sum(1 for document in documents for _ in automaton.iter(document.text.lower()))


def all_words_alone(subscriptions: dict[str, Query], documents: Sequence[Document]) -> Callable[[], int]:
    trees = [tree for query in subscriptions.values() for tree in _trees(query)]
    leaves = list(dict.fromkeys(leaf for tree in trees for leaf in words_in(tree)))
    as_written, folded = (
        _automaton(f" {asked} " for leaf in leaves if leaf.folded is side for asked in _asked(leaf))
        for side in (False, True)
    )

    def look() -> int:
        found = 0
        for document in documents:
            words = tokens(f"{document.title} {document.text}")
            found += sum(1 for _ in as_written.iter(f" {' '.join(words)} "))
            found += sum(1 for _ in folded.iter(f" {' '.join(fold_tokens(words))} "))
        return found

    return look


def matcher_alone(subscriptions: dict[str, Query], documents: Sequence[Document]) -> Callable[[], int]:
    start = time.process_time()
    matcher = Matcher(subscriptions)
    print(f"making the matcher took {time.process_time() - start:.2f} s")
    return lambda: sum(1 for document in documents for _ in matcher.match(document))


def search_each(index: Index, subscriptions: dict[str, Query], documents: Sequence[Document]) -> Callable[[], int]:
    index.clear()
    index.add(documents)
    index.commit()
    return lambda: sum(
        index.search(query, limit=len(documents), sort="newest", facets=()).total for query in subscriptions.values()
    )


def _automaton(patterns: Iterable[str]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for pattern in patterns:
        automaton.add_word(pattern, 0)
    automaton.make_automaton()
    return automaton


def _trees(query: Query) -> Iterator[Node]:
    tiers = tiers_of(query)
    yield tiers.exact
    if tiers.folded is not None:
        yield tiers.folded


def _asked(leaf: Leaf) -> tuple[str, ...]:
    return (" ".join(leaf.words),) if is_run(leaf) else leaf.words


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subscriptions", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--elasticsearch", action="store_true")
    chosen = parser.parse_args(arguments)
    documents = make_documents(chosen.articles)
    subscriptions = make_subscriptions(chosen.subscriptions)
    print(f"{len(subscriptions):,} subscriptions × {len(documents):,} articles, best of {chosen.rounds} rounds")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        embedded = stack.enter_context(closing(TantivyIndex(folder / "index")))
        sides = {
            PHRASES: phrases_alone(subscriptions, documents),
            ALL_WORDS: all_words_alone(subscriptions, documents),
            OURS: matcher_alone(subscriptions, documents),
            TANTIVY: search_each(embedded, subscriptions, documents),
        }
        if chosen.elasticsearch:
            cluster = stack.enter_context(closing(open_elastic(Config(elasticsearch_prefix="bench-alerts"))))
            sides[ELASTIC] = search_each(cluster, subscriptions, documents)
        show(measure(sides, chosen.rounds), len(documents))


def show(results: dict[str, tuple[float, int]], articles: int) -> None:
    print(f"{'':42}{'seconds':>9}{'ms an article':>15}{'of the 1st':>12}{'of the 2nd':>12}{'found':>10}")
    for name, (seconds, found) in results.items():
        ratios = "".join(f"{seconds / results[other][0]:12.2f}" for other in (PHRASES, ALL_WORDS))
        print(f"{name:42}{seconds:9.2f}{seconds / articles * 1000:15.3f}{ratios}{found:10,}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, all sides together")


if __name__ == "__main__":
    main()
