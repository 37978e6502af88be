"""The gate itself, and the shipped model held to it."""

from __future__ import annotations

import json

from models.topics.corpus import corpus_hash, load_corpus
from tests.eval.gate import FLOORS, failures, figure_pins, measure, measure_figures, pins, raised


def test_the_shipped_model_reaches_its_floors() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["topics"]["floors"]

    assert failures(measure(), floors) == []


def test_the_figures_reach_their_floors_on_texts_that_have_not_changed() -> None:
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))["figures"]

    assert failures(measure_figures(), pinned["floors"]) == []
    assert figure_pins()["texts"] == pinned["texts"], "run `python -m tests.eval.gate --raise`"


def test_the_floors_are_those_of_what_is_in_the_repository() -> None:
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))["topics"]

    assert {name: pinned[name] for name in pins()} == pins()
    assert pinned["corpus"] == corpus_hash(load_corpus()), (
        "run `monitor train`, then `python -m tests.eval.gate --raise`"
    )


def test_a_score_below_its_floor_fails() -> None:
    assert failures({"macro F1": 0.80}, {"macro F1": 0.85}) == ["macro F1: 0.800, floor 0.850"]


def test_a_floor_without_a_score_fails() -> None:
    assert failures({}, {"macro F1": 0.85}) != []


def test_a_little_less_passes_as_every_new_passage_moves_the_scores() -> None:
    assert failures({"macro F1": 0.845}, {"macro F1": 0.85}) == []


def test_raising_keeps_a_floor_that_today_is_a_little_under() -> None:
    assert raised({"macro F1": 0.845, "new": 0.7}, {"macro F1": 0.85}) == {"macro F1": 0.85, "new": 0.7}
