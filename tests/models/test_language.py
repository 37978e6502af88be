"""The whole analysis: as values, and as a spaCy pipeline that says the same."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import models
from models.annotation import annotate, local_day, model_version
from models.reading import read
from models.records import TOPIC_IDS

TITLE = "Huế: dịch vụ công trực tuyến vượt kế hoạch"
TEXT = (
    "Đến ngày 31/5/2024, tỷ lệ hồ sơ nộp trực tuyến của thành phố Huế đạt 82,5%. Cổng Dịch vụ công đã tiếp nhận "
    "1.245 hồ sơ toàn trình.\n\nMục tiêu đến năm 2025 là 90% hồ sơ."
)
TAIL = "\n\nTin liên quan\nTin tặc tấn công mã độc tống tiền ngân hàng\nLượt truy cập: 776.577"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return models.load()


def test_an_annotation_holds_topics_figures_places_and_its_maker() -> None:
    found = annotate(TEXT, title=TITLE, published=date(2024, 6, 2))

    assert "online_services" in [topic.topic for topic in found.topics]
    assert "82,5%" in [metric.quote for metric in found.metrics]
    assert found.places == ("Huế",)
    assert found.model_version == model_version()


def test_figures_of_a_decomposed_text_are_quoted_from_the_text_as_given() -> None:
    given_text = "\ufeff" + unicodedata.normalize("NFD", TEXT)

    found = annotate(given_text, title=TITLE)

    assert found.metrics
    assert all(given_text[metric.start : metric.end] == metric.quote for metric in found.metrics)
    assert [metric.value for metric in found.metrics] == [
        metric.value for metric in annotate(TEXT, title=TITLE).metrics
    ]


def test_what_a_portal_adds_below_the_article_changes_nothing() -> None:
    plain, with_tail = annotate(TEXT, title=TITLE), annotate(TEXT + TAIL, title=TITLE)

    assert with_tail == plain


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="hồ sơ đạt 12,5% tỷ.\n\u0300\u200b\ud800/-0123456789"))
def test_quotes_are_substrings_of_any_text(text: str) -> None:
    for metric in annotate(text).metrics:
        assert text[metric.start : metric.end] == metric.quote


def test_an_empty_text_has_an_empty_annotation() -> None:
    found = annotate("")

    assert (found.topics, found.metrics, found.places) == ((), (), ())


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (datetime(2024, 5, 31, 18, 0, tzinfo=UTC), date(2024, 6, 1)),
        (date(2024, 5, 31), date(2024, 5, 31)),
        (None, None),
    ],
)
def test_the_day_of_publication_is_that_of_vietnam(published: datetime | date | None, expected: date | None) -> None:
    assert local_day(published) == expected


def test_annotating_does_not_import_spacy_or_scikit_learn() -> None:
    code = (
        "import sys; from models.annotation import annotate; annotate('Một câu.');"
        "print(sorted({'spacy', 'sklearn', 'underthesea', 'torch'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


# --- spaCy ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [TEXT, "", " \n ", "a  b\t\tc\r\n", "mic.gov.vn/_x_", "e\u0301 \u0301"])
def test_a_doc_keeps_its_text_to_the_letter(nlp: Language, text: str) -> None:
    assert nlp.make_doc(text).text == text


def test_a_lone_surrogate_moves_no_figure_of_a_doc(nlp: Language) -> None:
    text = f"Nửa \ud83d chữ. {TEXT}"

    doc = nlp(text)

    assert doc.text == text.replace("\ud83d", "\ufffd")
    assert doc._.metrics
    assert [(m.start, m.end, m.quote) for m in doc._.metrics] == [
        (m.start, m.end, m.quote) for m in annotate(text).metrics
    ]


def test_a_doc_of_another_tokenizer_is_analysed_too(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=TEXT.split(" "))

    assert nlp(doc)._.metrics == annotate(doc.text).metrics != ()


def test_a_doc_has_the_sentences_of_the_text(nlp: Language) -> None:
    doc = nlp(TEXT)

    assert [str(sentence).strip() for sentence in doc.sents] == [TEXT[a:b] for a, b in read(TEXT).sentences]


def test_a_doc_says_what_annotate_says(nlp: Language) -> None:
    context = {"title": TITLE, "published": date(2024, 6, 2), "source_place": "Huế", "id": 5}
    expected = annotate(TEXT, title=TITLE, published=date(2024, 6, 2), source_place="Huế")

    ((doc, returned),) = nlp.pipe([(TEXT, context)], as_tuples=True)

    assert (doc._.topics, doc._.metrics, doc._.places) == (expected.topics, expected.metrics, expected.places)
    assert set(doc.cats) == set(TOPIC_IDS)
    assert returned is context


def test_two_processes_say_what_one_says(nlp: Language) -> None:
    pairs = [(TEXT, {"title": TITLE}), ("Đội nhà thắng 2-1 trong mưa.", {"title": "Bóng đá"})] * 4
    alone = list(nlp.pipe(pairs, as_tuples=True))

    together = list(nlp.pipe(pairs, as_tuples=True, n_process=2, batch_size=2))

    assert [(d.text, d.cats, d._.topics, d._.metrics, d._.places, c) for d, c in together] == [
        (d.text, d.cats, d._.topics, d._.metrics, d._.places, c) for d, c in alone
    ]


def test_a_context_that_is_no_mapping_is_left_alone(nlp: Language) -> None:
    assert [context for _, context in nlp.pipe([("Một câu.", 7)], as_tuples=True)] == [7]


def test_a_disabled_component_leaves_its_part_empty(nlp: Language) -> None:
    with nlp.select_pipes(enable="topics"):
        doc = nlp(TEXT)

    assert doc.cats
    assert doc._.metrics == ()


def test_a_pipeline_can_be_written_and_read(nlp: Language) -> None:
    assert models.load().from_bytes(nlp.to_bytes())(TEXT).cats == nlp(TEXT).cats
