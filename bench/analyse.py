"""The whole analysis of an article on one core, beside underthesea's word_tokenize alone on the same articles.

usage: python -m bench.analyse [--articles N] [--rounds N]
The articles are put together from the demo newsroom, 2,500 characters each. The rows take turns in every round, so that
a busy machine slows all of them alike; the best round of each counts.
"""

from __future__ import annotations

import argparse
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


def make_articles(count: int) -> list[dict[str, Any]]:
    """Articles of LENGTH characters; the same every time."""
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(NEWSROOM.glob("*.toml"))]
    articles = [article for table in tables for article in table["article"]]
    made = []
    for number in range(count):
        first = articles[number % len(articles)]
        text, follower = first["text"].strip(), number
        while len(text) < LENGTH:
            follower += len(articles) // 2 + number // len(articles)
            text += "\n\n" + articles[follower % len(articles)]["text"].strip()
        made.append({"title": first["title"], "lead": first.get("lead"), "text": text[:LENGTH]})
    return made


def measure(rows: dict[str, Callable[[Sequence[dict[str, Any]]], object]], count: int, rounds: int) -> dict[str, float]:
    """Seconds of CPU for each article, the best round of each row."""
    articles = make_articles(count)
    best = dict.fromkeys(rows, float("inf"))
    for number in range(rounds + 1):
        for name, run in rows.items():
            # Numbered, so that no cache of ours knows an article from an earlier round.
            fresh = [{**article, "text": f"{article['text'][:-4]}{number:03}."} for article in articles]
            start = time.process_time()
            run(fresh)
            if number:  # the first round only loads
                best[name] = min(best[name], (time.process_time() - start) / count)
    return best


def our_rows() -> dict[str, Callable[[Sequence[dict[str, Any]]], object]]:
    from underthesea import word_tokenize

    from models.annotation import annotate, classifier, figures
    from models.language import load
    from models.places import prominent_places
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
    chosen = parser.parse_args(arguments)
    seconds = measure(our_rows(), chosen.articles, chosen.rounds)
    reference = seconds["underthesea word_tokenize"]
    print(f"{chosen.articles} articles of {LENGTH} characters, one core, CPU time, best of {chosen.rounds} rounds")
    print(f"{'':28} {'ms':>8} {'articles/s':>11} {'of word_tokenize':>17}")
    for name, each in seconds.items():
        print(f"{name:28} {each * 1000:8.2f} {1 / each:11.0f} {each / reference:17.3f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB (all of the above, underthesea and spaCy included)")


if __name__ == "__main__":
    main()
