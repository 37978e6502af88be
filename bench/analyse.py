"""The whole analysis of an article on one core, beside underthesea's word_tokenize alone on the same articles.

usage: python -m bench.analyse [--articles N] [--rounds N] [--file ARTICLES.jsonl]
Two sets, 2,500 characters an article: a newspaper's mix (models/data/held_out: press and portals, half of it ordinary news),
and the demo newsroom, which is full of figures (26 an article). The rows take turns in every round, so that a busy machine
slows all of them alike; the best round of each counts. --file measures on articles of one's own, as they are, instead.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # one core, so before numpy is imported

NEWSROOM = Path(__file__).parent.parent / "monitor" / "demo" / "newsroom"
LENGTH = 2500


def newsroom() -> list[dict[str, Any]]:
    """The demo's articles: title, lead and text."""
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(NEWSROOM.glob("*.toml"))]
    return [article for table in tables for article in table["article"]]


def newspaper() -> list[dict[str, Any]]:
    """The held-out articles, as press and portals publish them."""
    from models.topics.held_out import load_held_out

    return [{"title": article.title, "text": article.text} for article in load_held_out()]


def make_articles(count: int, articles: Sequence[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """Articles of LENGTH characters out of the given ones (the newsroom's); the same every time."""
    articles = articles or newsroom()
    made = []
    for number in range(count):
        first = articles[number % len(articles)]
        text, follower = first["text"].strip(), number
        while len(text) < LENGTH:
            follower += len(articles) // 2 + number // len(articles)
            text += "\n\n" + articles[follower % len(articles)]["text"].strip()
        made.append({"title": first["title"], "lead": first.get("lead"), "text": text[:LENGTH]})
    return made


def measure(
    rows: dict[str, Callable[[Sequence[dict[str, Any]]], object]], articles: Sequence[dict[str, Any]], rounds: int
) -> dict[str, float]:
    """Seconds of CPU for each article, the best round of each row."""
    best = dict.fromkeys(rows, float("inf"))
    for number in range(rounds + 1):
        for name, run in rows.items():
            # Numbered, so that no cache of ours knows an article from an earlier round.
            fresh = [{**article, "text": f"{article['text'][:-4]}{number:03}."} for article in articles]
            start = time.process_time()
            run(fresh)
            if number:  # the first round only loads
                best[name] = min(best[name], (time.process_time() - start) / len(articles))
    return best


def our_rows() -> dict[str, Callable[[Sequence[dict[str, Any]]], object]]:
    from underthesea import word_tokenize

    from models.annotation import annotate, classifier, figures
    from models.bodies.places import prominent_places
    from models.language import load
    from models.reading import read
    from models.words import words

    nlp = load()

    def pipe(articles: Sequence[dict[str, Any]]) -> object:
        return [doc._.metrics for doc, _ in nlp.pipe([(a["text"], a) for a in articles], as_tuples=True)]

    def only_figures(articles: Sequence[dict[str, Any]]) -> object:
        return [figures(a["text"], title=a["title"], published=None, source_place=None) for a in articles]

    return {
        "underthesea word_tokenize": lambda articles: [word_tokenize(a["text"]) for a in articles],
        "annotate (all)": lambda articles: [annotate(a["text"], title=a["title"], lead=a["lead"]) for a in articles],
        "nlp.pipe (all)": pipe,
        "· reading, sentences": lambda articles: [read(a["text"]) for a in articles],
        "· reading, topics": lambda articles: [
            classifier().predict(a["title"], a["lead"], a["text"], read(a["text"]).article_sentences) for a in articles
        ],
        "· reading, figures": only_figures,
        "· places": lambda articles: [prominent_places(a["title"], a["lead"], a["text"]) for a in articles],
        "words (dictionary)": lambda articles: [words(a["text"]) for a in articles],
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--file", type=Path, help='{"title", "text"} a line')
    chosen = parser.parse_args(arguments)
    rows = our_rows()
    print(f"one core, CPU time, best of {chosen.rounds} rounds")
    for name, articles in _sets(chosen.file, chosen.articles).items():
        report(name, measure(rows, articles, chosen.rounds), articles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB (all of the above, underthesea and spaCy included)")


def _sets(file: Path | None, count: int) -> dict[str, list[dict[str, Any]]]:
    if file is None:
        return {
            "a newspaper's mix": make_articles(count, newspaper()),
            "full of figures": make_articles(count, newsroom()),
        }
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {file.name: [{"title": row.get("title"), "lead": None, "text": row["text"]} for row in rows]}


def report(name: str, seconds: dict[str, float], articles: Sequence[dict[str, Any]]) -> None:
    """Print one set's table."""
    from models.annotation import figures

    found = [figures(a["text"], title=a["title"], published=None, source_place=None) for a in articles]
    characters, reference = sum(len(a["text"]) for a in articles), seconds["underthesea word_tokenize"]
    size, density = characters // len(articles), 2500 * sum(map(len, found)) / characters
    print(f"\n{name}: {len(articles)} articles of {size:,} characters, {density:.0f} figures in 2,500")
    print(f"{'':28} {'ms':>8} {'articles/s':>11} {'of word_tokenize':>17}")
    for row, each in seconds.items():
        print(f"{row:28} {each * 1000:8.2f} {1 / each:11.0f} {each / reference:17.3f}")


if __name__ == "__main__":
    main()
