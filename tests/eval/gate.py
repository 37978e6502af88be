"""Keep the topic classifier and the reading of figures from getting worse unnoticed.

usage: python -m tests.eval.gate            exit 1 when a score fell below its floor
       python -m tests.eval.gate --raise    write today's scores as the new floors; refuses to lower one
       python -m tests.eval.gate --lower    as --raise, lower ones too: say why in the commit

Topics: the scores that training got out of fold, and the shipped model on whole articles that no model is trained on: the
held-out ones (models/data/held_out), and the demo newsroom's. Figures: the labelled texts of tests/eval/figures, and those
of models/data/figures, from which names are learnt. Floors are pinned to the hashes of what they were measured on: after a
change of the texts or labels they must be set anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from pathlib import Path

from models.annotation import annotate, classifier
from models.figures.evaluation import FIELDS, evaluate_figures, load_labelled
from models.records import TOPIC_IDS
from models.topics.evaluation import evaluate_topics
from models.topics.held_out import evaluate_held_out, held_out_hash, load_held_out
from models.wording.learning import LABELLED

FLOORS = Path(__file__).parent / "floors.json"
_HELD_OUT = Path(__file__).parent / "figures"
FIGURES = {
    "sentences": sorted(_HELD_OUT.glob("sentences-*.jsonl")),
    "articles": sorted(_HELD_OUT.glob("articles-*.jsonl")),
    "articles learnt from": sorted(LABELLED.glob("*.jsonl")),
}
NEWSROOM = Path(__file__).parent.parent.parent / "monitor" / "demo" / "newsroom"
# A new passage in the corpus moves every score a little.
SLACK = 0.01


def measure_figures() -> dict[str, float]:
    """Today's scores on sentences and on whole articles, all of them better when higher."""
    scores: dict[str, float] = {}
    for kind, files in FIGURES.items():
        result = evaluate_figures(text for file in files for text in load_labelled(file))
        shares = {name: share for name in FIELDS if (share := result.share(name)) is not None}
        found = {
            "value and unit": result.f1,
            "with name": result.name_f1,
            **shares,
            "traps left": 1 - result.trap_share,
        }
        scores |= {f"{kind}, {name}": round(score, 3) for name, score in found.items()}
    return scores


def figure_pins() -> dict[str, str]:
    """What the figures' scores were measured on."""
    content = b"".join(file.read_bytes() for files in FIGURES.values() for file in files)
    return {"texts": hashlib.sha256(content).hexdigest()[:16]}


def measure() -> dict[str, float]:
    """Today's scores for topics, all of them better when higher."""
    held_out = classifier().report["scores"]
    demo = _demo_scores()
    return {
        "out of fold, passages, macro F1": held_out["passages"]["macro_f1"],
        "out of fold, articles, macro F1": held_out["articles"]["macro_f1"],
        "out of fold, ordinary articles left alone": round(1 - held_out["articles"]["ordinary_tagged"], 3),
        **_held_out_scores(),
        **demo,
    }


def _held_out_scores() -> dict[str, float]:
    result = evaluate_held_out(classifier(), load_held_out())
    core = {f"held-out articles, {topic} F1": round(result.topics[topic].f1, 3) for topic in TOPIC_IDS[:3]}
    return {
        "held-out articles, macro F1": round(result.macro_f1, 3),
        **core,
        "held-out articles, ordinary articles left alone": round(1 - (result.ordinary_tagged_share or 0.0), 3),
    }


def pins() -> dict[str, str]:
    """What today's scores were measured on: hashes of the corpus that the shipped model learnt, and of the articles."""
    return {"corpus": classifier().report["corpus"], "held_out": held_out_hash()}


def _demo_scores() -> dict[str, float]:
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(NEWSROOM.glob("*.toml"))]
    articles = [article for table in tables for article in table["article"]]
    found = [annotate(one["text"], title=one["title"], lead=one.get("lead")).topics for one in articles]
    result = evaluate_topics(
        [one.get("topics", []) for one in articles], [[topic.topic for topic in topics] for topics in found]
    )
    return {
        "demo newsroom, macro F1": round(result.macro_f1, 3),
        "demo newsroom, ordinary articles left alone": round(1 - (result.ordinary_tagged_share or 0.0), 3),
    }


def failures(scores: dict[str, float], floors: dict[str, float]) -> list[str]:
    """What fell below its floor, in words; a floor without a score is a failure too."""
    return [
        f"{name}: {scores.get(name, 0.0):.3f}, floor {floor:.3f}"
        for name, floor in floors.items()
        if scores.get(name, 0.0) < floor - SLACK
    ]


def raised(scores: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """Today's scores as floors, but for those that were higher: many small steps down would be a fall that nobody saw."""
    return {name: max(score, floors.get(name, 0.0)) for name, score in scores.items()}


def main(arguments: list[str]) -> int:
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    fallen: list[str] = []
    measured = {"topics": (measure(), pins()), "figures": (measure_figures(), figure_pins())}
    for part, (scores, _) in measured.items():
        floors = pinned.get(part, {}).get("floors", {})
        for name, score in scores.items():
            print(f"{name:45} {score:.3f}  floor {floors.get(name, 0.0):.3f}")
        fallen += failures(scores, floors)
    if fallen and "--lower" not in arguments:
        print("\n".join(["", "Fell below the floor:", *fallen]), file=sys.stderr)
        return 1
    if {"--raise", "--lower"} & set(arguments):
        lower = "--lower" in arguments
        pinned = {
            part: {**pin, "floors": scores if lower else raised(scores, pinned.get(part, {}).get("floors", {}))}
            for part, (scores, pin) in measured.items()
        }
        FLOORS.write_text(json.dumps(pinned, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
