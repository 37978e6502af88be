from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np

from models.figures.evaluation import load_labelled
from models.wording.comparison import compare_names
from models.wording.laying import Figure, lay_out
from models.wording.learning import LABELLED, chosen_by_person, hash_of, labelled_figures, learn, spoilt
from models.wording.weights import shipped
from models.wording.windows import QUOTE, RULE, windows_of

TEXT = "Trong tuần, trạm y tế xã tiêm nhắc cho 215 cụ già neo đơn ở ba thôn."


def labelled(folder: Path) -> Path:
    """One article with one label."""
    at = TEXT.index("215")
    label = {
        "quote": "215 cụ già", "start": at, "end": at + len("215 cụ già"), "name": "số cụ già neo đơn được tiêm nhắc",
        "value": 215, "unit": "cụ già", "bound": "exact", "kind": "achieved", "period": None,
    }  # fmt: skip
    path = folder / "one.jsonl"
    path.write_text(
        json.dumps({"id": "1", "title": None, "published": None, "text": TEXT, "metrics": [label]}), encoding="utf-8"
    )
    return path


def test_a_figure_is_learnt_with_the_name_that_a_person_gave_it(tmp_path: Path) -> None:
    (text,) = load_labelled(labelled(tmp_path))

    figures, names = labelled_figures(text)

    assert names == ["số cụ già neo đơn được tiêm nhắc"]
    assert TEXT[figures[0].start : figures[0].end].startswith("215")


def test_a_word_of_the_person_s_name_is_wanted_once() -> None:
    at = TEXT.index("215")
    figure = Figure(at, at + len("215 cụ già"), (0, len(TEXT)), "cụ già", "achieved", "số cụ già")
    windows = windows_of(lay_out(TEXT, "", [(0, len(TEXT))], [figure]), [figure])

    wanted = chosen_by_person(windows, ["số cụ già neo đơn"])

    found = {(windows.word(row).spelt, int(windows.side[row])) for row in np.flatnonzero(wanted)}
    assert {("số", RULE), ("cụ già", QUOTE)} <= found
    assert sum("cụ" in spelt for spelt, _ in found) == 1


def test_spoilt_names_are_the_same_each_time() -> None:
    figure = Figure(40, 43, (0, len(TEXT)), "cụ", "achieved", "số cụ già neo đơn ở ba thôn")

    some = [spoilt(figure, TEXT, random.Random(3)).name for _ in range(2)]
    many = {spoilt(figure, TEXT, random.Random(seed)).name for seed in range(30)}

    assert some[0] == some[1]
    assert len(many) > 5
    assert figure.name in many


def test_the_same_articles_give_the_same_weights() -> None:
    few = [LABELLED / "articles-i.jsonl"]

    first, second = learn(few), learn(few)

    assert np.array_equal(first.table, second.table)
    assert first.bias == second.bias
    assert np.count_nonzero(first.table) > 1000


def test_the_shipped_weights_are_learnt_from_the_articles_in_the_repository() -> None:
    assert shipped().learnt_from == hash_of(LABELLED.glob("*.jsonl")), "run `python -m models.wording.learning`"


def test_the_model_names_more_figures_rightly_than_the_rules_on_articles_that_it_has_not_learnt() -> None:
    held_out = Path(__file__).parents[2] / "eval" / "figures" / "articles-j.jsonl"

    found = compare_names(load_labelled(held_out), shipped())

    assert found.figures > 300
    assert found.with_model == found.by_rules + found.gained - found.lost
    assert found.gained > 3 * found.lost
