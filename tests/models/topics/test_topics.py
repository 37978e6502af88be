"""The topic classifier as shipped, its file, and its arithmetic."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.annotation import classifier
from models.errors import ModelError
from models.pieces import join
from models.records import TOPIC_IDS
from models.topics.classifier import MODEL_PATH, TopicClassifier
from models.topics.features import PASSAGE_LENGTH, cut
from models.topics.phrases import PhraseFinder, load_topics, read_topics

ORDINARY = (
    "Chiều qua trên sân Thống Nhất, đội chủ nhà thắng 2-1 nhờ hai bàn trong hiệp hai. Huấn luyện viên khen các cầu thủ trẻ "
    "đã giữ được bình tĩnh khi bị dẫn trước. Gần mười nghìn khán giả đến sân dù trời mưa lớn suốt buổi chiều. "
)
SECURITY = (
    "Tin tặc đã cài mã độc tống tiền vào máy chủ của bệnh viện, mã hóa toàn bộ dữ liệu và đòi tiền chuộc. Đội ứng cứu sự cố "
    "đang khôi phục từ bản sao lưu; cơ quan an ninh mạng khuyến cáo vá ngay lỗ hổng bảo mật và đổi mật khẩu quản trị. "
)


def topics_of(text: str, *, title: str | None = None, lead: str | None = None) -> list[str]:
    return [found.topic for found in classifier().predict(title, lead, text)]


@pytest.mark.parametrize(
    ("title", "text", "topic"),
    [
        (
            "Nộp hồ sơ qua mạng",
            "Tỷ lệ hồ sơ nộp trực tuyến trên Cổng Dịch vụ công của tỉnh đạt 82%.",
            "online_services",
        ),
        ("Bệnh viện bị tấn công", SECURITY, "security"),
        (
            "Kết nối dữ liệu",
            "Cơ sở dữ liệu quốc gia về dân cư đã chia sẻ dữ liệu với ngành bảo hiểm qua LGSP.",
            "data_sharing",
        ),
        ("Gửi, nhận văn bản", "Mọi văn bản điện tử đều được ký số và gửi qua trục liên thông văn bản.", "e_documents"),
        ("Xóa vùng lõm sóng", "Nhà mạng dựng thêm 12 trạm BTS, phủ sóng 4G cho các bản vùng cao.", "infrastructure"),
    ],
)
def test_a_plain_case_gets_its_topic(title: str, text: str, topic: str) -> None:
    assert topic in topics_of(text, title=title)


def test_ordinary_news_gets_no_topic() -> None:
    assert topics_of(ORDINARY * 3, title="Thắng ngược trên sân nhà") == []


def test_the_subject_of_one_section_counts_in_a_long_article() -> None:
    text = "\n\n".join([ORDINARY * 3, SECURITY * 3, ORDINARY * 6])

    assert topics_of(text, title="Tin trong ngày") == ["security"]


def test_a_word_in_passing_does_not_count_in_a_long_article() -> None:
    text = ORDINARY * 6 + "Ban tổ chức cho biết vé được bán trực tuyến. " + ORDINARY * 3

    assert topics_of(text, title="Thắng ngược trên sân nhà") == []


def test_what_the_given_sentences_leave_out_counts_for_nothing() -> None:
    text = ORDINARY + "\n\n" + SECURITY * 2
    kept = [(0, len(ORDINARY))]

    assert classifier().predict("Tin thể thao", None, text, kept) == ()


@pytest.mark.parametrize("text", ["", " ", "…", "12 34", "\ud800", "a" * 50_000, "hồ sơ " * 20_000])
def test_odd_texts_are_scored_without_complaint(text: str) -> None:
    scores = classifier().scores(cut(None, None, text))

    assert np.isfinite(scores).all()


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text())
def test_any_text_gets_scores_between_0_and_1(title: str, text: str) -> None:
    scores = classifier().scores(cut(title, None, text))

    assert ((scores >= 0) & (scores <= 1)).all()


def test_topics_come_best_first_and_at_their_threshold_at_least() -> None:
    found = classifier().predict("Dịch vụ công trực tuyến và an toàn thông tin", None, SECURITY)
    thresholds = dict(zip(TOPIC_IDS, classifier().weights.thresholds, strict=True))

    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.score >= thresholds[one.topic] for one in found)


def test_an_explanation_names_the_passage_and_the_words() -> None:
    text = "\n\n".join([ORDINARY * 4, SECURITY * 2])

    best = classifier().explain(cut("Tin trong ngày", None, text), "security")[0]

    assert "Tin tặc" in text[slice(*best.span)]
    security = next(topic for topic in load_topics() if topic.slug == "security")
    named = {term for term, _ in best.terms} & {*security.strong, *security.weak}
    assert len(named) >= 3
    assert all(term in SECURITY.lower() for term in named)


def test_passages_hold_whole_sentences_and_are_about_as_long_as_a_section() -> None:
    text = (ORDINARY + "\n\n") * 12

    spans = cut(None, None, text).spans

    assert all(text[start:end].endswith(".") for start, end in spans)
    assert all(PASSAGE_LENGTH * 0.9 <= end - start <= PASSAGE_LENGTH * 2 for start, end in spans)


def test_a_lead_counts_unless_the_text_repeats_it() -> None:
    assert len(cut("Tít", "Sa-pô riêng.", ORDINARY).syllables) == 2
    assert len(cut("Tít", ORDINARY[:40], ORDINARY).syllables) == 1


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_saved_classifier_is_the_same_when_loaded_and_saved_again(tmp_path: Path) -> None:
    classifier().save(tmp_path / "one.npz")
    TopicClassifier.load(tmp_path / "one.npz").save(tmp_path / "two.npz")

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    loaded = TopicClassifier.load(tmp_path / "two.npz")
    assert loaded.predict("Tít", None, SECURITY) == classifier().predict("Tít", None, SECURITY)


def test_the_shipped_file_is_small_and_quick_to_load() -> None:
    start = time.process_time()
    TopicClassifier.load()

    assert time.process_time() - start < 1.0
    assert MODEL_PATH.stat().st_size < 20_000_000


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04broken"])
def test_a_broken_file_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "topics.npz"
    path.write_bytes(content)

    with pytest.raises(ModelError, match="monitor train"):
        TopicClassifier.load(path)


def test_a_missing_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing: run `monitor train`"):
        TopicClassifier.load(tmp_path / "none.npz")


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    own = classifier()
    wrong = TopicClassifier(own.extractor.vocabulary, replace(own.weights, bias=own.weights.bias[:3]))
    wrong.save(tmp_path / "wrong.npz")

    with pytest.raises(ModelError, match="does not fit"):
        TopicClassifier.load(tmp_path / "wrong.npz")


def test_nothing_pickled_is_ever_loaded(tmp_path: Path) -> None:
    np.savez(tmp_path / "evil.npz", header=np.array([{"a": 1}], dtype=object))

    with pytest.raises(ModelError):
        TopicClassifier.load(tmp_path / "evil.npz")


# --- the phrases ------------------------------------------------------------------------------------------------------


def test_every_phrase_of_every_topic_is_found_where_it_stands() -> None:
    finder = PhraseFinder(load_topics())

    for number, phrase in enumerate(finder.phrases):
        article = cut(None, None, f"Theo đó {phrase} đã có.")
        assert number in finder.find(join(map(finder.alphabet.read, article.texts)))[0], phrase


def test_a_phrase_matches_whole_syllables_only() -> None:
    finder = PhraseFinder(load_topics())

    assert finder.find(join([finder.alphabet.read("ioto socs")]))[0].tolist() == []


def test_a_phrase_never_reaches_from_one_piece_into_the_next() -> None:
    finder = PhraseFinder(load_topics())

    assert finder.find(join(map(finder.alphabet.read, ["mã", "độc"])))[0].tolist() == []
    assert len(finder.find(join([finder.alphabet.read("mã độc")]))[0])


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[topic", "not TOML"),
        ("", "must hold each"),
        ('[[topic]]\nslug = "security"\nname = "A"', "security lacks 'strong'"),
    ],
)
def test_a_wrong_topics_file_is_refused_with_the_reason(toml: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        read_topics(toml)
