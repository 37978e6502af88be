"""The scoring of figures: what counts as right, wrong, missed and trapped."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.errors import TrainingError
from models.figures.evaluation import FigureEvaluation, as_json, as_lines, compare, join_labels, load_labelled
from models.records import Metric

TEXT = "Năm 2024, Huế đạt 82,5% hồ sơ trực tuyến theo Quyết định 45."


def row(**changes: Any) -> dict[str, Any]:
    label = {
        "quote": "82,5%", "start": 18, "end": 23, "name": "tỷ lệ hồ sơ trực tuyến", "value": 82.5, "unit": "percent",
        "out_of": None, "bound": "exact", "kind": "achieved", "entity": "Huế",
        "period": {"start": "2024-01-01", "end": "2024-12-31"}, **changes,
    }  # fmt: skip
    trap = {"quote": "Quyết định 45", "start": 46, "end": 59}
    return {"id": "a", "title": None, "text": TEXT, "published": "2025-01", "metrics": [label], "non_metrics": [trap]}


def metric(**changes: Any) -> Metric:
    fields = {
        "quote": "82,5%", "start": 18, "end": 23, "sentence": TEXT, "name": "tỷ lệ hồ sơ nộp trực tuyến",
        "value": Decimal("82.5"), "unit": "percent", "entity": "thành phố Huế",
    }  # fmt: skip
    return Metric(**{**fields, **changes})


def scored(label: dict[str, Any], *found: Metric) -> FigureEvaluation:
    (one,) = join_labels([label], [label])
    result = FigureEvaluation()
    compare(one, found, result)
    return result


def test_a_figure_of_the_same_value_and_unit_is_right_and_its_fields_are_rated_one_by_one() -> None:
    result = scored(row(), metric())

    assert (result.right, result.wrong, result.missed, result.named) == (1, 0, 0, 1)
    assert result.share("entity") == 1.0
    assert result.share("period") == 0.0
    assert any("period" in error for error in result.errors)


@pytest.mark.parametrize(
    "changes", [{"value": Decimal(82)}, {"unit": "hồ sơ"}, {"start": 40, "end": 44}], ids=["value", "unit", "span"]
)
def test_what_differs_in_value_unit_or_place_is_both_wrong_and_missed(changes: dict[str, Any]) -> None:
    result = scored(row(), metric(**changes))

    assert (result.right, result.wrong, result.missed) == (0, 1, 1)
    assert result.f1 == 0.0


def test_a_figure_under_another_name_counts_for_the_value_only() -> None:
    result = scored(row(), metric(name="số cán bộ"))

    assert result.f1 == 1.0
    assert result.name_f1 == 0.0


def test_an_optional_label_counts_neither_way() -> None:
    assert scored(row(optional=True), metric()).right == 0
    assert scored(row(optional=True), metric(unit="hồ sơ")).wrong == 0
    assert scored(row(optional=True)).missed == 0


def test_a_field_that_its_annotator_was_unsure_of_is_not_rated() -> None:
    assert scored(row(unsure=["period"]), metric()).share("period") is None


def test_a_number_that_is_no_figure_counts_as_taken_when_something_overlaps_it() -> None:
    assert scored(row(), metric(), metric(start=57, end=59)).trap_share == 1.0
    assert scored(row(), metric()).trap_share == 0.0


def test_the_scores_are_told_to_people_and_to_machines() -> None:
    result = scored(row(), metric())

    assert "F1 1.000" in as_lines(result)[0]
    assert as_json(result)["name_f1"] == 1.0


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text(json.dumps(row()) + "\n" + json.dumps({"id": "b"}) + "\n", "utf-8")

    with pytest.raises(TrainingError, match=r"some\.jsonl, line 2"):
        load_labelled(file)
