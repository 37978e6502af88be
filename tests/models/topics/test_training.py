"""Corpus ─► classifier: clear complaints, honest splits, the same file every time."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.errors import TrainingError
from models.records import TOPIC_IDS
from models.topics.article_step import choose_thresholds
from models.topics.classifier import TopicClassifier, passage_scores
from models.topics.corpus import Example, corpus_hash, load_corpus, read_example
from models.topics.evaluation import as_table, evaluate_topics
from models.topics.features import Extractor
from models.topics.passage_model import REGULARISATION, as_labelled, fit_passages, logistic, matrix
from models.topics.phrases import load_topics
from models.topics.training import Training, evaluate_phrases, split, train


def a_corpus() -> list[Example]:
    """Small and artificial: each passage says two of its topic's phrases, ordinary ones say the weather."""
    examples = []
    for topic in load_topics():
        for number in range(6):
            text = f"Hôm nay tỉnh nói về {topic.strong[number % 2]} và {topic.strong[number % 2 + 2]}. Hội nghị kết thúc lúc chiều."
            examples.append(
                Example(
                    id=f"{topic.slug}-{number}",
                    origin=f"{topic.slug}-{number}",
                    title=topic.strong[number],
                    text=text,
                    topics=(topic.slug,),
                )
            )
    for number in range(16):
        text = f"Trời mưa ngày thứ {number}, gió nhẹ. Nông dân ra đồng gặt lúa. Giá thóc giữ nguyên so với tuần trước."
        examples.append(
            Example(id=f"none-{number}", origin=f"none-{number // 2}", title="Thời tiết", text=text, topics=())
        )
    return examples


@pytest.fixture(scope="module")
def training() -> Training:
    return train(a_corpus())


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    lines = [
        {"id": "b", "title": "T", "text": "B", "topics": []},
        {"id": "a", "title": "T", "text": "A", "topics": ["security"]},
    ]
    (tmp_path / "a1.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    return tmp_path


def test_the_corpus_comes_ordered_by_id(corpus_folder: Path) -> None:
    assert [example.id for example in load_corpus(corpus_folder)] == ["a", "b"]


def test_every_wrong_line_is_named_with_its_file_and_number(corpus_folder: Path) -> None:
    (corpus_folder / "a2.jsonl").write_text('{"id": "c"\n{"id": "a", "text": "x", "topics": []}\n', encoding="utf-8")

    with pytest.raises(TrainingError) as caught:
        load_corpus(corpus_folder)

    assert "a2.jsonl, line 1: not JSON" in str(caught.value)
    assert "a2.jsonl, line 2: the id a was used before" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[]", "not a JSON object"),
        ('{"id": "", "text": "x", "topics": []}', '"id" must be'),
        ('{"id": "x", "text": 5, "topics": []}', '"text" must be'),
        ('{"id": "x", "text": "x"}', '"topics" must be'),
        ('{"id": "x", "text": "x", "topics": ["sport"]}', '"topics" must be'),
        ('{"id": "x", "text": "x", "topics": [{}]}', '"topics" must be'),
    ],
)
def test_a_wrong_line_is_refused_with_the_reason(line: str, message: str) -> None:
    with pytest.raises(TrainingError, match=message):
        read_example(line)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no passages"):
        load_corpus(tmp_path)


def test_the_shipped_corpus_reads_without_complaint() -> None:
    examples = load_corpus()

    assert {topic for example in examples for topic in example.topics} == set(TOPIC_IDS)


def test_the_hash_names_the_content_and_changes_with_it() -> None:
    examples = a_corpus()
    other = [*examples[:-1], Example(id="none-15", origin="none-7", title="Khác", text="Khác", topics=())]

    assert corpus_hash(examples) == corpus_hash(a_corpus())
    assert corpus_hash(examples) != corpus_hash(other)


def test_an_origin_never_stands_on_both_sides_of_a_split() -> None:
    for known, unseen in split(a_corpus()):
        assert not {example.origin for example in known} & {example.origin for example in unseen}


def test_a_corpus_that_lacks_a_topic_is_refused() -> None:
    with pytest.raises(TrainingError, match="with and without"):
        train([example for example in a_corpus() if "security" not in example.topics])


def test_a_corpus_of_few_origins_is_refused() -> None:
    with pytest.raises(TrainingError, match="origins"):
        train(a_corpus()[:3])


def test_the_same_corpus_gives_the_same_file_in_whatever_order(training: Training, tmp_path: Path) -> None:
    again = train(a_corpus()[::-1])

    training.classifier.save(tmp_path / "one.npz")
    again.classifier.save(tmp_path / "two.npz")

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_training_learns_what_the_corpus_shows(training: Training) -> None:
    found = training.classifier.predict("Bản tin", None, "Chuyện an toàn thông tin và an toàn thông tin mạng ở tỉnh.")

    assert [topic.topic for topic in found] == ["security"]
    assert training.classifier.report["corpus"] == corpus_hash(sorted(a_corpus(), key=lambda example: example.id))


def test_the_quick_arithmetic_gives_what_scikit_learn_gives() -> None:
    labelled = as_labelled(a_corpus())
    model = fit_passages(labelled)
    extractor = Extractor(model.extractor.vocabulary, load_topics())
    features = matrix(extractor, [one.article for one in labelled])
    wanted = np.array([one.topics for one in labelled])[:, TOPIC_IDS.index("security")]
    reference = logistic(REGULARISATION).fit(features, wanted).decision_function(features)

    ours = [
        passage_scores(extractor.rows(one.article), model.weights)[0, TOPIC_IDS.index("security")] for one in labelled
    ]

    assert np.allclose(ours, reference, atol=2e-2)


def test_thresholds_lie_between_the_scores_of_right_and_wrong() -> None:
    wanted = np.tile([[0.0], [1.0]], (10, len(TOPIC_IDS)))
    scores = np.where(wanted > 0, 0.9, 0.4)

    thresholds = choose_thresholds(scores, wanted)

    assert ((thresholds > 0.4) & (thresholds <= 0.9)).all()


def test_the_phrase_list_needs_two_phrases_or_one_in_the_title() -> None:
    examples = [
        Example(id="1", origin="1", title="Tin vắn", text="Tin tặc lại đến.", topics=()),
        Example(id="2", origin="2", title="Tin vắn", text="Tin tặc gửi mã độc.", topics=("security",)),
        Example(id="3", origin="3", title="Tin tặc", text="Lại đến.", topics=("security",)),
    ]

    result = evaluate_phrases(as_labelled(examples)).topics["security"]

    assert (result.right, result.wrong, result.missed) == (2, 0, 0)


def test_uncertain_labels_count_neither_way() -> None:
    result = evaluate_topics(
        [["security"], [], []], [[], ["security"], ["security"]], uncertain=[["security"], ["security"], []]
    )

    one = result.topics["security"]
    assert (one.right, one.wrong, one.missed) == (0, 1, 0)
    assert (result.ordinary, result.ordinary_tagged, one.precision, one.recall) == (1, 1, 0.0, None)
    assert "security" in as_table(result)


def test_a_loaded_classifier_tells_how_it_was_trained() -> None:
    report = TopicClassifier.load().report

    assert report["examples"] > 300
    assert set(report["scores"]) == {"passages", "baseline", "articles"}
