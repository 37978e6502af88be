"""Pages whose head names but the section or the page: the headline and its date are found beside the text."""

from __future__ import annotations

import pytest

from crawlers.errors import ReadError
from crawlers.line_kinds import kind_of
from crawlers.pages import read_page
from crawlers.records import PageText

URL = "https://huyen.example.gov.vn/tin/chi-tiet.aspx?id=12"
TITLE = "Mường Khoa lắp trạm quan trắc nước ở ba hồ chứa"
LONG_TITLE = "Huyện Mường Khoa hoàn thành lắp đặt trạm quan trắc nước tự động tại ba hồ chứa trước mùa mưa bão"
"""Longer than the lines of many a text: so long a line passes for its first."""
LEAD = "Ba hồ chứa lớn của huyện nay có máy đo mực nước gửi số liệu về trung tâm theo thời gian thực."
PROSE = (
    "Ba trạm đặt ở các hồ Bản Chát, Nà Tăm và Huổi Luông, mỗi trạm gửi mực nước về trung tâm điều hành mười phút một lần.",
    "Kinh phí lắp đặt 2,4 tỷ đồng lấy từ nguồn phòng chống thiên tai; hai kỹ sư trông coi và bảo dưỡng hằng tháng.",
    "Đến hết tháng 9, hệ thống đã gửi 14 lượt cảnh báo, giúp các bản ven suối di chuyển 65 hộ dân đến nơi an toàn.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
DATE = '<span class="ngay">05/04/2023 14:31:00</span>'
TOOLS = (
    '<span class="xem">Xem cỡ chữ</span> <a>A</a><a>A</a> <a href="javascript:nghe()">Đọc bài viết</a> <a>In trang</a>'
)
PUBLISHED = "2023-04-05 14:31:00+07:00"
GENERIC = "<title>Chi tiết tin tức</title>"


def read(article: str, *, head: str = GENERIC, before: str = "") -> PageText:
    menu = '<ul class="mn"><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul>'
    others = (
        '<div class="tin-lien-quan"><h3>Các tin khác</h3><ul>'
        '<li><a href="/1">Họp giao ban khối nội chính tháng tư tại huyện</a> (04/04/2023)</li>'
        '<li><a href="/2">Kiểm tra công tác phòng cháy rừng ở các bản xa</a> (03/04/2023)</li></ul></div>'
    )
    foot = '<div class="foot">Địa chỉ: số 2 đường Trần Phú. Điện thoại: 0213.388.888</div>'
    page = (
        f'<html><head><meta charset="utf-8">{head}</head><body>{menu}<div class="main">{before}'
        f'<div class="ct">{article}</div>{others}</div>{foot}</body></html>'
    )
    return read_page(page.encode(), URL)


@pytest.mark.parametrize("title", [TITLE, LONG_TITLE], ids=["short", "long"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        '<h1 class="logo"><a href="/">CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN MƯỜNG KHOA</a></h1>',
        '<span class="Head">TIN TỨC - SỰ KIỆN</span>',
        '<h2 class="title">Tin trong huyện</h2>',
        '<div class="duong-dan"><a href="/">Trang chủ</a> / <a href="/t">Tin trong huyện</a></div>',
    ],
)
@pytest.mark.parametrize(
    "above",
    [
        '<h2 class="tieu-de">{title}</h2><div class="tt">{date}{tools}</div>',
        '<table><tr><td><span class="TieuDeTin">{title}</span> {date}</td></tr></table><div>{tools}</div>',
        '<div class="top">{date}</div><div class="TieuDe">{title}</div><div>{tools}</div>',
        '<div class="news_title">{title}</div><div class="cate">Tin trong huyện</div>{date}<br>{tools}',
        "<h3>{title}</h3><p>{date}</p><p>{tools}</p>",
        '<b class="tieude">{title}</b><br>{date}<br>{tools}',
    ],
)
def test_the_headline_right_above_the_text_is_found_with_its_date_where_the_head_names_but_the_page(
    above: str, before: str, title: str
) -> None:
    page = read(
        above.format(title=title, date=DATE, tools=TOOLS) + f'<div class="noi-dung">{TEXT}</div>', before=before
    )

    assert page.title == title
    assert str(page.published) == PUBLISHED
    assert (page.text or "").split("\n\n") == list(PROSE)


@pytest.mark.parametrize(
    "stated",
    [
        "Tin tức",
        "Xem tin",
        "Tin tức - Sự kiện - Cổng thông tin điện tử huyện Mường Khoa",
        "Chi tiết bài viết | Sở Tài nguyên và Môi trường",
        "Hoạt động của lãnh đạo huyện",
        "",
    ],
)
def test_a_title_that_says_section_and_site_is_no_witness(stated: str) -> None:
    page = read(
        f'<h2 class="tieu-de">{LONG_TITLE}</h2>{DATE}<div class="nd">{TEXT}</div>', head=f"<title>{stated}</title>"
    )

    assert (page.title, str(page.published)) == (LONG_TITLE, PUBLISHED)


def test_a_lead_below_a_long_headline_is_the_lead() -> None:
    lead = f'<div class="tom-tat"><b>{LEAD}</b></div>'

    page = read(f'<h2 class="tieu-de">{LONG_TITLE}</h2>{DATE}{lead}<div class="noi-dung">{TEXT}</div>')

    assert (page.title, page.lead) == (LONG_TITLE, LEAD)
    assert (page.text or "").split("\n\n") == list(PROSE)


def test_a_headline_that_the_head_cuts_short_is_read_in_full() -> None:
    head = f"<title>{LONG_TITLE[:60].rsplit(' ', 1)[0]}... - Cổng thông tin điện tử huyện Mường Khoa</title>"

    page = read(f'<h3 class="title-detail">{LONG_TITLE}</h3><p>{DATE}</p><div>{TEXT}</div>', head=head)

    assert (page.title, str(page.published)) == (LONG_TITLE, PUBLISHED)


def test_a_page_without_a_headline_leaves_it_to_the_listing() -> None:
    assert read(f"<div>{TEXT}</div>").title is None
    assert read(f"<div>{TEXT}</div>", head=f"<title>Tin tức</title><meta name=title content='{TITLE}'>").title == TITLE


def test_a_bold_first_sentence_is_the_texts_own() -> None:
    page = read(f"<h2>{TITLE}</h2>{DATE}<div><p><b>{PROSE[0]}</b></p><p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>")

    assert page.title == TITLE
    assert " ".join(filter(None, (page.lead, page.text))).replace("\n\n", " ") == " ".join(PROSE)


def test_a_page_of_links_below_a_section_is_still_no_article() -> None:
    links = "".join(f'<h2 class="tieu-de"><a href="/{n}">{LONG_TITLE} {n}</a></h2>{DATE}' for n in range(6))

    with pytest.raises(ReadError):
        read(links)


@pytest.mark.parametrize(
    "line",
    [
        "Xem cỡ chữ AA Đọc bài viết In trang",
        "Cỡ chữ: A- A+ Đọc bài viết",
        "Xem với cỡ chữ: A- A A+",
        "Thay đổi kích thước chữ",
        "Chế độ đọc | Xem bản in",
    ],
)
def test_a_row_of_buttons_for_readers_is_a_tool(line: str) -> None:
    assert kind_of(line) == "tool"


@pytest.mark.parametrize(
    "line", ["Đọc bài viết này để hiểu vì sao giá điện tăng", "Kích thước chữ trên biển báo quá nhỏ"]
)
def test_a_sentence_about_reading_or_letters_is_prose(line: str) -> None:
    assert kind_of(line) is None


@pytest.mark.parametrize(
    ("names", "author"),
    [
        ("Lò Thị Mai - Hoàng Văn Páo (VP Tây Bắc)", "Lò Thị Mai - Hoàng Văn Páo"),
        ("Thanh Mai (TV5)", "Thanh Mai"),
        ("Thời Sự - Chính Trị", None),
    ],
)
def test_names_in_bold_beside_the_date_are_the_authors_where_the_head_knows_but_the_outlet(
    names: str, author: str | None
) -> None:
    head = f'<title>{TITLE}</title><meta property="og:site_name" content="Báo Mường Khoa"><meta name="author" content="Báo Mường Khoa">'

    page = read(f'<h1>{TITLE}</h1><p><b class="author">{names}</b>{DATE}</p><div>{TEXT}</div>', head=head)

    assert page.author == author
    assert (page.text or "").split("\n\n") == list(PROSE)
