"""Topics that a user adds: by words alone, and with examples."""

from __future__ import annotations

import pytest

from models.annotation import annotate, classifier, model_version
from models.errors import TopicError
from models.topics.corpus import load_corpus
from models.topics.features import cut
from models.topics.own_topics import OwnExample, OwnTopic, OwnTopics, make_topic
from models.topics.own_training import learn
from models.topics.tagging import SHIPPED, Tagging

BACKGROUND = load_corpus()
ASSISTANT = make_topic("Trợ lý ảo", ["trợ lý ảo", "chatbot"])
FOOTBALL = "Chiều qua đội chủ nhà thắng 2-1 nhờ hai bàn trong hiệp hai, trước gần mười nghìn khán giả. "

# The thing without the words: an answering machine that talks with people.
UNSAID = (
    "Từ tháng 3, người dân nhắn câu hỏi vào trang của phường và được máy trả lời ngay, cả ngoài giờ hành chính. Máy soạn câu "
    "trả lời bằng trí tuệ nhân tạo, câu nào không chắc thì chuyển cho cán bộ.",
    "Tổng đài của sở thử cho máy nghe điện thoại thay người trực đêm. Máy hiểu câu hỏi bằng tiếng Việt, trả lời tự động về "
    "giờ làm việc, lệ phí, thủ tục; gặp câu lạ thì hẹn cán bộ gọi lại.",
    "Ứng dụng mới của bệnh viện trò chuyện với người bệnh, tự động trả lời câu hỏi về lịch khám nhờ trí tuệ nhân tạo.",
    "Một công cụ hỏi đáp tự động vừa được đưa lên trang của tỉnh: gõ câu hỏi, máy trả lời và dẫn điều luật, do trí tuệ nhân "
    "tạo soạn từ kho văn bản.",
)


def scores(topic: OwnTopic, text: str, title: str | None = None) -> float:
    return OwnTopics([topic], classifier().extractor).scores(cut(title, None, text))[0]


@pytest.mark.parametrize(
    ("title", "text", "carries"),
    [
        ("Trợ lý ảo trả lời dân", FOOTBALL, True),
        (None, "Sở mở chatbot. Mỗi ngày chatbot trả lời 300 lượt.", True),
        (None, "Sở mở chatbot, gọi là trợ lý ảo.", True),
        (None, f"Sở mở chatbot. {FOOTBALL}", False),
        ("Kỹ thuật TRỢ LÍ ẢO", "Bài một dòng.", True),
        (None, "Trợ lý của huấn luyện viên, sân cỏ ảo, chat bót.", False),
        (None, "", False),
    ],
)
def test_words_alone_decide_by_the_title_or_by_two_mentions(title: str | None, text: str, carries: bool) -> None:
    assert (scores(ASSISTANT, text, title) >= 0.5) is carries


def test_a_word_never_reaches_from_one_piece_of_the_text_into_the_next() -> None:
    assert scores(ASSISTANT, "ảo ảnh", title="Chuyện của một trợ lý") < 0.5


def test_examples_find_what_the_words_do_not_say() -> None:
    shown = [OwnExample(title="", text=text, is_topic=True) for text in UNSAID[:3]]
    shown += [OwnExample(title="", text=FOOTBALL * 2, is_topic=False)]

    learnt = learn(ASSISTANT, shown, BACKGROUND, classifier().extractor)

    assert scores(ASSISTANT, UNSAID[3]) < 0.5 <= scores(learnt, UNSAID[3])
    assert scores(learnt, FOOTBALL * 3) < 0.5
    assert scores(learnt, "Sở mở chatbot, gọi là trợ lý ảo.") >= 0.5


def test_the_same_examples_give_the_same_weights() -> None:
    shown = [OwnExample(title="", text=text, is_topic=True) for text in UNSAID]

    first, second = (learn(ASSISTANT, shown, BACKGROUND, classifier().extractor) for _ in range(2))

    assert first == second
    assert 0 < len(first.weights) <= 300


def test_too_few_examples_are_refused_in_words() -> None:
    with pytest.raises(TopicError, match="cần ít nhất 2 bài mẫu"):
        learn(ASSISTANT, [OwnExample(title="", text="x", is_topic=True)], BACKGROUND, classifier().extractor)


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("…", ["a"], "phải có chữ"),
        ("x" * 61, [], "60 ký tự"),
        ("Security", [], "trùng với chủ đề có sẵn"),
        ("Cờ", ["…"], "từ khóa"),
    ],
)
def test_a_topic_that_cannot_be_is_refused_in_words(name: str, words: list[str], reason: str) -> None:
    with pytest.raises(TopicError, match=reason):
        make_topic(name, words)


def test_an_own_topic_stands_beside_the_shipped_ones_and_marks_the_version() -> None:
    tagging = Tagging(own=(ASSISTANT,))

    found = annotate("Sở mở chatbot, gọi là trợ lý ảo.", tagging=tagging)

    assert "tro_ly_ao" in [topic.topic for topic in found.topics]
    assert found.model_version == model_version(tagging) != model_version(SHIPPED)
