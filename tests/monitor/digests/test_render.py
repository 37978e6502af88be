"""A digest as subject, HTML and plain text: it says something, fits a phone and a mailbox, and nothing from the web acts in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from index.base import Document
from index.standing.alert_records import Schedule
from monitor.digests.compose import compose
from monitor.digests.labels import _LABELS, Labels
from monitor.digests.render import MOST_HTML, Rendered, render
from monitor.digests.views import DigestView
from tests.monitor.digests.makers import (
    DAY,
    NOW,
    PORTAL,
    SOURCES,
    a_daily,
    a_digest,
    a_material,
    a_story,
    a_view,
    heard,
)
from tests.monitor.makers import a_claim

HOSTILE = (
    "<script>alert(1)</script>\r\nBcc: x@y.vn \u202eđảo\u202c \u2067chữ\u2069 👩‍👩‍👧 \ud83d ' \" & " + "rất dài " * 60
)


def rendered(*documents: Document, **fields: Any) -> Rendered:
    return render(a_view(*documents, **fields), with_chart=False)


def changed_figure() -> tuple[Document, Document]:
    """An article with a figure, and one told before with an earlier value; neither names a period."""
    now = a_story("now", metrics=(a_claim("92.3", period=None).metric,))
    before = a_story("before", hours=30, metrics=(a_claim("90.1", period=None).metric,))
    return now, before


# --- subjects ---


def test_the_subject_of_one_story_is_its_title() -> None:
    assert rendered(a_story("a", title="Huế đạt 92,7% hồ sơ trực tuyến")).subject == "Huế đạt 92,7% hồ sơ trực tuyến"


def test_the_subject_of_several_says_how_many_on_what_and_the_first_title() -> None:
    subject = rendered(a_story("a", title="Cũ", hours=9), a_story("b", title="Huế: cổng mới")).subject

    assert subject == "Điểm tin 28/11: 2 tin về hồ sơ trực tuyến – Huế: cổng mới"


def test_a_figure_that_changed_is_told_in_the_subject() -> None:
    now, before = changed_figure()

    found = rendered(now, a_story("b", hours=9), told=[a_digest(before, number=8, days=1)], known=[before])

    assert found.subject == "Điểm tin 28/11: 2 tin về hồ sơ trực tuyến – Lào Cai: tỷ lệ hồ sơ nộp trực tuyến 92,3%"
    assert "92,3% — tỷ lệ hồ sơ nộp trực tuyến, Lào Cai (trước đó 90,1%, điểm tin 27/11)" in found.text
    assert "Lào Cai, tỷ lệ hồ sơ nộp trực tuyến: 90,1% → 92,3%" in found.text


def test_subjects_of_digests_without_news_say_why() -> None:
    told, again = a_story("told", about="x", hours=30), a_story("again", about="x", source="bao_b")
    silent = {"cong": heard(PORTAL, failures_in_row=9)}
    stopped = {source.id: heard(source, last_polled_at=NOW - 3 * DAY) for source in SOURCES}

    assert rendered().subject == "Điểm tin 28/11: không có tin mới về hồ sơ trực tuyến"
    assert rendered(states=silent, sources=(PORTAL,)).subject.endswith(
        "không có tin mới về hồ sơ trực tuyến, 1 nguồn im lặng"
    )
    assert rendered(states=stopped).subject == "Điểm tin 28/11: chưa thu thập được tin về hồ sơ trực tuyến"
    follow_up = rendered(again, told=[a_digest(told, number=8, days=1)], known=[told])
    assert follow_up.subject == "Điểm tin 28/11: không có tin mới về hồ sơ trực tuyến, 1 tin đã gửi có thêm nơi đăng"


def test_an_endless_title_makes_no_endless_subject() -> None:
    found = rendered(a_story("a", title="Rất dài " * 80))

    assert len(found.subject) <= 160
    assert found.subject.endswith(" …")


# --- what is said ---


def test_the_text_reads_like_a_morning_mail() -> None:
    told, again = a_story("told", about="x", hours=30), a_story("again", about="x", source="bao_b")
    lead = a_story(
        "a",
        about="t",
        title="Lào Cai số hóa hồ sơ",
        source="cong",
        text="Tỉnh số hóa hồ sơ đất đai. " + a_story("a").text,
    )
    copy = replace(lead, id="copy", source="bao_a", url="https://bao.example/copy")

    found = rendered(lead, copy, again, told=[a_digest(told, number=8, days=1)], known=[told])

    assert found.text.startswith(
        "ĐIỂM TIN · Thứ Bảy, 28/11/2026\n"
        "Hồ sơ trực tuyến\n\n"
        "1 tin mới (3 bài, 3 nơi đăng) kể từ 7:00 ngày 27/11. Kỳ trước có 1 tin.\n\n"
        "1. Lào Cai số hóa hồ sơ\n"
        "   Cổng Lào Cai · 6:00 ngày 28/11\n"
        "   Tỉnh số hóa «hồ sơ» đất đai.\n"
        "   Thêm 1 nơi đăng: Báo A\n"
        "   https://bao.example/a\n\n"
        "TIN ĐÃ GỬI, NAY CÓ THÊM NƠI ĐĂNG\n"
        "- Tin told về hồ sơ\n"
        "  đã gửi ngày 27/11, nay thêm 1 nơi đăng lại: Báo B\n"
    )
    assert "gửi hằng ngày lúc 07:00." in found.text


def test_an_empty_digest_parts_silence_from_no_news() -> None:
    silent = {**{source.id: heard(source) for source in SOURCES}}
    silent["cong"] = heard(PORTAL, failures_in_row=9, last_success_at=NOW - 3 * DAY, last_status="timeout")

    working, quiet = rendered(), rendered(states=silent)

    assert "Cả 4 nguồn theo dõi vẫn hoạt động, chỉ là không có tin khớp." in working.text
    assert "3/4 nguồn vẫn hoạt động, không có tin khớp." in quiet.text
    assert (
        "1 nguồn im lặng, có thể sót tin:\n  - Cổng Lào Cai: không lấy được tin từ 7:00 ngày 25/11 (quá thời gian chờ)"
        in quiet.text
    )
    assert "im lặng" not in working.text


def test_that_the_digest_before_may_be_lost_is_said_in_one_line() -> None:
    before = a_digest(a_story("x"), a_story("y"), number=8, days=1)

    found = rendered(a_story("a"), uncertain=before)

    line = "Điểm tin lúc 7:00 ngày 27/11 (2 bài) có thể chưa đến được với bạn, vì nơi nhận không xác nhận."
    assert found.text.count(line) == found.html.count(line) == 1


def test_an_article_that_comes_late_says_so() -> None:
    found = rendered(a_story("late", hours=24 * 7))

    assert "Báo A · 7:00 ngày 21/11 · đăng từ trước, nay mới thu thập được" in found.text


def test_an_instant_alert_of_one_story_is_short() -> None:
    found = rendered(a_story("a", title="Tin gấp về hồ sơ"), subscription=a_daily(schedule=Schedule(every="instant")))

    assert found.subject == "Tin gấp về hồ sơ"
    assert "kể từ" not in found.text
    assert "gửi ngay khi có tin" in found.text


def test_an_english_digest_has_english_labels_and_vietnamese_articles() -> None:
    found = rendered(a_story("a"), a_story("b"), subscription=a_daily(language="en"))

    assert found.subject == "Digest 28 Nov: 2 stories on hồ sơ trực tuyến – Tin a về hồ sơ"
    assert "2 new stories by 1 publisher since 7:00, 27 Nov." in found.text
    assert '<html lang="en">' in found.html


@pytest.mark.parametrize("label", _LABELS)
def test_both_languages_of_a_label_are_given_the_same_values(label: str) -> None:
    fields = [set(re.findall(r"\{(\w+)", said)) for said in _LABELS[label]]

    assert fields[0] == fields[1]


def test_days_of_another_year_go_with_their_year() -> None:
    view = a_view()
    labels = Labels("vi", view.zone, NOW)

    assert (labels.day(NOW), labels.day(NOW - 365 * DAY)) == ("28/11", "28/11/2025")


# --- HTML ---


def test_nothing_from_the_web_acts_in_the_mail() -> None:
    story = a_story(
        "a",
        title=HOSTILE,
        text=f"{HOSTILE} hồ sơ <img src=x onerror=alert(1)>. " + a_story("a").text,
        source="<b>x</b>",
    )
    story = replace(story, url="javascript:alert(1)", places=(HOSTILE,))
    figure = replace(a_claim("92").metric, name=HOSTILE, entity=HOSTILE, unit=HOSTILE, sentence=HOSTILE, indicator=None)
    story = replace(story, metrics=(figure,))

    found = rendered(story, digest=a_digest(story, a=(0,)), subscription=a_daily(name=f"{HOSTILE} tên"))

    assert not re.search(
        r"<(script|img|b)\b|javascript:|\son\w+=[^&]*>", found.html.replace("<body", "").split("</head>")[1]
    )
    for said in (found.subject, found.html, found.text):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\ud800-\udfff\r\x00]", said)
        said.encode()
    assert "\n" not in found.subject


def test_the_mail_holds_no_address_of_the_web_but_links() -> None:
    found = rendered(a_story("a", metrics=(a_claim("92").metric,)))

    assert not re.search(r"<(img|link|iframe|video)\b|@import|url\(", found.html)
    assert re.findall(r'src="([^"]*)"', found.html) == []
    assert set(re.findall(r'href="(https?://[^/"]+)', found.html)) == {
        "https://bao.example",
        "https://theodoi.example.vn",
    }


def test_styles_stand_on_the_elements_and_what_asks_for_dark_or_small_screens_is_kept() -> None:
    found = rendered(a_story("a"))

    assert re.search(r"<h1 style=\"[^\"]*font-size", found.html)
    assert "Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif" in found.html.split("<body")[1]
    assert re.search(r"@media \(prefers-color-scheme: ?dark\)", found.html)
    assert re.search(r"@media \(max-width: ?480px\)", found.html)


def test_a_mail_is_never_so_large_that_gmail_cuts_it() -> None:
    text = "Hồ sơ trực tuyến " * 40
    figures = tuple(
        a_claim(str(number), indicator=f"a.b{number}", name="tỷ lệ rất dài " * 6).metric for number in range(3)
    )
    stories = [a_story(f"n{number}", title=text, text=f"{number} {text}", metrics=figures) for number in range(300)]

    found = rendered(*stories)

    assert len(found.html.encode()) <= MOST_HTML
    shown = found.html.count('class="title"')
    assert 1 < shown <= 30
    assert f"Còn {300 - shown} tin nữa." in found.html
    assert f"Còn {300 - shown} tin nữa." in found.text
    assert "Tạm dừng hoặc hủy đăng ký" in found.html


def test_the_chart_is_a_picture_inside_the_mail_and_says_what_it_shows() -> None:
    told = [a_digest(a_story(f"d{day}"), number=100 - day, days=day) for day in range(1, 25)]

    found = render(a_view(a_story("a"), a_story("b"), told=told))

    (image,) = found.images
    assert image.png.startswith(b"\x89PNG")
    assert len(image.png) < 30_000
    assert image.alt == "Số bài khớp mỗi ngày, từ 30/10 đến 28/11: kỳ này 2 bài, nhiều nhất 2 bài (28/11)."
    assert f'src="cid:{image.cid}"' in found.html
    assert image.alt in found.html


def test_every_kind_of_digest_renders_in_both_languages() -> None:
    told, again = a_story("told", about="x", hours=30), a_story("again", about="x")
    views: list[DigestView] = []
    for language in ("vi", "en"):
        for every in ("instant", "hourly", "daily", "weekly"):
            wish = a_daily(language=language, schedule=Schedule(every=every), sources=("cong", "bao_a"))
            states = {"cong": heard(PORTAL, last_success_at=None, failures_in_row=1)}
            material = a_material(
                again, told=[a_digest(told, number=8, days=1)], known=[told], subscription=wish, states=states
            )
            views += [
                compose(material, now=NOW),
                a_view(subscription=wish, states={}),
                a_view(subscription=wish, sources=()),
            ]

    for view in views:
        found = render(view, with_chart=False)
        assert found.subject
        assert view.name in found.text
        assert "</html>" in found.html
