"""The labelled figures are well formed: every quote stands where it says, and every field holds what it may."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from models.records import Bound, Kind
from tests.eval.gate import FIGURES

FILES = [file for files in FIGURES.values() for file in files]


def texts(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_there_are_hundreds_of_figures_and_of_what_only_looks_like_one() -> None:
    every = [one for file in FILES for one in texts(file)]
    articles = [one for file in FILES if file.stem.startswith("articles") for one in texts(file)]

    assert len(articles) >= 60
    assert len(every) - len(articles) >= 800
    assert len({one["id"] for one in every}) == len(every)
    assert sum(len(one["metrics"]) for one in every) >= 3900
    assert sum(len(one["non_metrics"]) for one in every) >= 1500


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_quote_stands_where_it_says(file: Path) -> None:
    for one in texts(file):
        assert unicodedata.is_normalized("NFC", one["text"]), one["id"]
        for found in (*one["metrics"], *one["non_metrics"]):
            assert one["text"][found["start"] : found["end"]] == found["quote"], (one["id"], found)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_label_holds_what_it_may(file: Path) -> None:
    for one in texts(file):
        for found in one["metrics"]:
            assert found["bound"] in get_args(Bound), (one["id"], found)
            assert found["kind"] in get_args(Kind), (one["id"], found)
            assert found["name"], (one["id"], found)
            assert isinstance(found["value"], int | float), (one["id"], found)
            assert found["unit"], (one["id"], found)
            for day in (found["period"] or {}).values():
                assert day is None or date.fromisoformat(day)
