"""The report on the topic model: what is measured, and what of it people read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.agreement import measure_agreement
from models.comparison import WAYS, Comparison
from models.corpus import Example
from models.errors import TrainingError
from models.evaluation import calibration
from monitor.topics_report import Measured, write_report
from tests.models.test_training import a_corpus


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return Comparison(a_corpus())


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_every_way_is_compared_and_learns_a_corpus_that_says_its_topics_plainly(comparison: Comparison) -> None:
    candidates, curve = list(comparison.candidates()), list(comparison.learning_curve())

    assert len(candidates) + len(curve) == WAYS
    assert len({(one.features, one.model) for one in candidates}) == len(candidates)
    by_name = {(one.features, one.model): one.result.macro_f1 for one in candidates}
    assert by_name["phrase list", "–"] > 0.8
    assert by_name["seed-word counts", "LogisticRegression"] > 0.8
    assert [step.share for step in curve] == [0.25, 0.5, 0.75, 1.0]
    assert curve[0].passages < curve[-1].passages


def test_no_passage_has_a_say_in_its_own_threshold(comparison: Comparison) -> None:
    # Scores that are right within each half and the other way round between the halves: only a threshold that was
    # chosen on the passage's own half would tag them rightly.
    half = comparison._half[:, None]
    scores = comparison.wanted * 1.0 + half * 10.0

    assert comparison.rate(scores).macro_f1 < 0.5


def test_the_report_tells_all_that_was_measured(comparison: Comparison) -> None:
    examples = tuple(comparison.examples)
    result = comparison.rate(comparison.wanted * 1.0)
    measured = Measured(
        corpus="0123", passages=64, ordinary=16, folds=5, candidates=[], curve=list(comparison.learning_curve()),
        agreement=None, calibration=calibration([(0.9, True), (0.1, False)]), articles={"A set": (result, result)},
    )  # fmt: skip

    page = write_report(measured)

    assert "Corpus `0123`: 64 passages, 16 of them without a topic." in page
    assert "| macro F1 | 1.000 | 1.000 |  |" in page
    assert "| 0.70 to 0.95 | 1 | 0.900 | 1.000 |" in page
    assert len(examples) == 64


def test_two_labellings_are_compared_topic_by_topic(tmp_path: Path) -> None:
    examples = (_example("a", "security"), _example("b"), _example("c", "security", "data_sharing"))
    file = tmp_path / "second.jsonl"
    rows = [("a", ["security"]), ("b", ["security"]), ("c", ["security", "data_sharing"])]
    file.write_text("\n".join(json.dumps({"id": key, "topics": topics}) for key, topics in rows), "utf-8")

    found = measure_agreement(examples, file)

    assert found.passages == 3
    assert found.result.topics["security"].f1 == pytest.approx(0.8)
    assert found.result.topics["data_sharing"].f1 == 1.0
    assert 0.5 < found.kappa < 1


def test_a_second_labelling_of_an_unknown_passage_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "second.jsonl"
    file.write_text('{"id": "x", "topics": []}', "utf-8")

    with pytest.raises(TrainingError, match="no passage x"):
        measure_agreement((_example("a"),), file)


def _example(key: str, *topics: str) -> Example:
    return Example(id=key, origin=key, title="", text="x", topics=topics)
