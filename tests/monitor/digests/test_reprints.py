"""Stories: reprints are one with what they copy, and the next month's report is not."""

from __future__ import annotations

import random

import pytest

from monitor.demo.newsroom import DemoArticle, load_outlets
from monitor.digests.reprints import Words, group, is_reprint
from tests.index.makers import a_document

ARTICLES = [article for outlet in load_outlets() for article in outlet.articles]
LONGEST = max(ARTICLES, key=lambda article: len(article.text))


def words_of(text: str, name: str = "a") -> Words:
    return Words.of(a_document(name, text=text))


def with_other_words(text: str, share: float) -> str:
    """The text with some of its words taken from elsewhere."""
    dice = random.Random(7)
    others = ["chiều", "qua", "nhiều", "bà", "con", "phấn", "khởi", "vui", "mừng"]
    return " ".join(dice.choice(others) if dice.random() < share else word for word in text.split(" "))


def test_the_newsroom_s_reprints_are_found_and_nothing_else() -> None:
    named = {article.slug: article for article in ARTICLES}
    words = [words_of(article.text, article.slug) for article in ARTICLES]

    stories = [[named[one.document.id] for one in story] for story in group(words)]

    assert sorted(len(story) for story in stories if len(story) > 1) == [2] * 6
    for story in (story for story in stories if len(story) > 1):
        assert len({outlet_of(article) for article in story}) == 2
        days = sorted(article.published for article in story)
        assert (days[-1] - days[0]).days <= 1


def outlet_of(article: DemoArticle) -> str:
    return next(outlet.id for outlet in load_outlets() if article in outlet.articles)


@pytest.mark.parametrize("share", [0.02, 0.06, 0.12])
def test_a_reprint_with_other_words_here_and_there_is_the_same_story(share: float) -> None:
    assert is_reprint(words_of(LONGEST.text), words_of(with_other_words(LONGEST.text, share)))


@pytest.mark.parametrize("kept", [0.4, 0.6])
def test_a_reprint_of_the_beginning_is_the_same_story(kept: float) -> None:
    beginning = LONGEST.text[: int(len(LONGEST.text) * kept)]

    assert is_reprint(words_of(LONGEST.text), words_of(beginning))


def test_a_roundup_that_quotes_a_story_is_another_one() -> None:
    roundup = "\n\n".join(article.text for article in ARTICLES[:6])

    assert not is_reprint(words_of(ARTICLES[0].text), words_of(roundup))


def test_the_next_month_s_report_in_the_same_words_is_another_story() -> None:
    report = (
        "Trong tháng {}, toàn tỉnh tiếp nhận {} hồ sơ, trong đó {} hồ sơ nộp trực tuyến, đạt {}%. Số hồ sơ giải quyết đúng "
        "hạn là {}, đạt {}%. Các sở, ngành, địa phương tiếp tục rà soát, cắt giảm thủ tục hành chính theo chỉ đạo của UBND tỉnh."
    )
    august = words_of(report.format(8, "21.345", "17.210", "80,6", "20.988", "98,3"))
    september = words_of(report.format(9, "19.872", "16.544", "83,3", "19.601", "98,6"))

    assert not is_reprint(august, september)
    assert is_reprint(august, august)


@pytest.mark.parametrize("text", ["", "Ảnh.", "\ud83d", "Đang cập nhật nội dung"])
def test_texts_that_say_next_to_nothing_are_no_reprints_of_one_another(text: str) -> None:
    assert [len(story) for story in group([words_of(text), words_of(text)])] == [1, 1]
