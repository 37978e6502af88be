"""How quick standing questions are matched against new articles.

    .venv/bin/python -m bench.alerts [--subscriptions 10000] [--articles 1000] [--rounds 3]

Ours (index.matching) is told each article and names the subscriptions that it answers, exactly as a search would. Beside it:
pyahocorasick alone, which only finds where the subscriptions' phrases stand in the text in small letters, and judges nothing;
and one search a subscription in the embedded index that holds the same articles. The sides take turns; the best round counts.

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
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import ahocorasick

from bench.analyse import make_articles, newspaper
from index.base import Document, Query
from index.matching import Matcher
from index.query import parse_query
from index.tantivy import TantivyIndex
from index.tiers import positive_words
from models.annotation import annotate
from models.records import TOPIC_IDS
from models.topics.corpus import load_corpus
from models.words import words

_NAME = re.compile(r"(?<=[^\W\d_] )(?:[A-ZĐ]\w+ ){1,3}[A-ZĐ]\w+")
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
            start = time.process_time()
            found = run()
            seconds = time.process_time() - start
            best[name] = min(best.get(name, (seconds, found)), (seconds, found))
    return best


def _phrases_alone(subscriptions: dict[str, Query]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for query in subscriptions.values():
        for leaf in positive_words(query.root):
            automaton.add_word(" ".join(leaf.words), 0)
    automaton.make_automaton()
    return automaton


def _matches(matcher: Matcher, documents: Sequence[Document]) -> Iterator[object]:
    for document in documents:
        yield from matcher.match(document)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subscriptions", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    documents = make_documents(chosen.articles)
    subscriptions = make_subscriptions(chosen.subscriptions)
    start = time.process_time()
    matcher = Matcher(subscriptions)
    built = time.process_time() - start
    automaton = _phrases_alone(subscriptions)
    with tempfile.TemporaryDirectory() as folder:
        index = TantivyIndex(Path(folder) / "index")
        index.add(documents)
        index.commit()
        sides: dict[str, Callable[[], int]] = {
            "pyahocorasick alone": lambda: sum(1 for one in documents for _ in automaton.iter(one.text.lower())),
            "Matcher": lambda: sum(1 for _ in _matches(matcher, documents)),
            "a search each (tantivy)": lambda: sum(
                index.search(query, limit=chosen.articles, sort="newest", facets=()).total
                for query in subscriptions.values()
            ),
        }
        results = measure(sides, chosen.rounds)
        index.close()
    reference = results["pyahocorasick alone"][0]
    print(
        f"{len(subscriptions):,} subscriptions × {len(documents):,} articles, one core, best of {chosen.rounds} rounds"
    )
    print(f"{'':26}{'seconds':>9}{'ms an article':>15}{'times':>8}{'found':>10}")
    for name, (seconds, found) in results.items():
        print(f"{name:26}{seconds:9.2f}{seconds / len(documents) * 1000:15.3f}{seconds / reference:8.2f}{found:10,}")
    print(f"making the matcher took {built:.2f} s", end="; ")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, all sides together")


if __name__ == "__main__":
    main()
