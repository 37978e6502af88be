"""The report on the topic model: what is measured, and what of it people read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from models.errors import TrainingError
from models.topics.agreement import measure_agreement
from models.topics.comparison import STEPS, Comparison
from models.topics.corpus import Example
from models.topics.evaluation import TopicEvaluation, calibration, evaluate_topics, macro_f1s, marks
from models.topics.held_out import HeldOut
from models.topics.passage_model import as_labelled, fit_passages
from models.topics.ways import WAYS, Tried, try_ways
from monitor.topics_report import Measured, _verdict, write_report
from tests.models.topics.test_training import a_corpus


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return Comparison(a_corpus())


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_every_way_is_compared_and_learns_a_corpus_that_says_its_topics_plainly(comparison: Comparison) -> None:
    candidates, curve = list(comparison.candidates()), list(comparison.learning_curve())

    assert len(candidates) + len(curve) == STEPS
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
        corpus="0123", passages=64, ordinary=16, folds=5, candidates=[],
        ways=[_tried("all of it", result), _tried("without pairs", result)],
        curve=list(comparison.learning_curve()), agreement=None, calibration=calibration([(0.9, True), (0.1, False)]),
        articles={"A set": (result, result)},
    )  # fmt: skip

    page = write_report(measured)

    assert "Corpus `0123`: 64 passages, 16 of them without a topic." in page
    assert "Shipped: all of it, the best of them." in page
    assert "| macro F1 | 1.000 | 1.000 |  |" in page
    assert "| 0.70 to 0.95 | 1 | 0.900 | 1.000 |" in page
    assert len(examples) == 64


def test_the_report_says_so_when_another_way_is_better_than_the_shipped_one(comparison: Comparison) -> None:
    good, poor = comparison.rate(comparison.wanted * 1.0), comparison.rate(comparison.wanted * 0.0)
    topics = [["security"], []] * 40

    surely = _verdict([_tried("all of it", poor, topics, [[]] * 80), _tried("without pairs", good, topics, topics)])
    perhaps = _verdict([_tried("all of it", poor, topics, topics), _tried("without pairs", good, topics, topics)])

    assert "that is more than chance, and should be shipped instead" in surely
    assert "None is better by more than chance: Without pairs is +" in perhaps


def test_each_way_is_trained_without_what_it_lacks() -> None:
    examples = a_corpus()
    held_out = (
        HeldOut(id="x", title="Diễn tập an toàn thông tin", text="Mã độc tấn công máy chủ.", topics=("security",)),
    )

    tried = list(try_ways(examples, held_out))

    assert [one.name for one in tried] == list(WAYS)
    assert all(one.quality == (one.passages.macro_f1 + one.articles.macro_f1) / 2 for one in tried)
    bare = fit_passages(as_labelled(examples), way=WAYS["syllables and segmented words only"])
    assert not len(bare.extractor.vocabulary.pairs)
    assert not bare.weights.counts.any()
    assert len(fit_passages(as_labelled(examples)).extractor.vocabulary.pairs)


def _tried(
    name: str, result: TopicEvaluation, wanted: Sequence[list[str]] = ([],), found: Sequence[list[str]] = ([],)
) -> Tried:
    made = marks(wanted, found)
    return Tried(name=name, passages=result, articles=result, passage_marks=made, article_marks=made)


def test_resampled_scores_are_those_of_the_articles_drawn() -> None:
    wanted, found = (
        [["security"], ["security"], [], ["data_sharing"]],
        [["security"], [], ["security"], ["data_sharing"]],
    )
    drawn = np.array([[1, 1, 1, 1], [2, 0, 1, 0]])

    again = [(wanted, found), ([wanted[i] for i in (0, 0, 2)], [found[i] for i in (0, 0, 2)])]

    assert macro_f1s(marks(wanted, found), drawn) == pytest.approx([evaluate_topics(*one).macro_f1 for one in again])


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
