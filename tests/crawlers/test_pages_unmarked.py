"""Pages on which nothing marks the title as such, or where much stands between title and text."""

from __future__ import annotations

import pytest

from crawlers.errors import ReadError
from crawlers.pages import read_page
from crawlers.records import PageText

URL = "https://xa.example.gov.vn/tin/12.html"
TITLE = "Xã Nậm Cắn mở lớp dạy chữ cho phụ nữ bản xa"
PROSE = (
    "Lớp học mở từ bảy giờ tối tại nhà văn hóa bản, do hai cô giáo cắm bản đứng lớp, có 24 học viên theo học đều đặn.",
    "Người lớn tuổi nhất năm nay 57 tuổi, người trẻ nhất 19 tuổi; nhiều chị địu con đến lớp rồi thay nhau bế giúp.",
    "Hội Phụ nữ xã tặng mỗi chị hai quyển vở và một đèn pin, dự kiến sang năm mở thêm lớp ở ba bản giáp biên.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)


def read(article: str, *, head: str = "<title>Xã Nậm Cắn</title>", before: str = "", after: str = "") -> PageText:
    menu = '<div class="mn"><a href="/">Trang chủ</a><a href="/tin">Tin tức</a><a href="/hd">Hoạt động của xã</a></div>'
    foot = "<div>Bản quyền thuộc UBND xã Nậm Cắn</div>"
    page = (
        f'<html><head><meta charset="utf-8">{head}</head><body>{before}{menu}<div class="x">{article}</div>{after}{foot}'
        "</body></html>"
    )
    return read_page(page.encode(), URL)


@pytest.mark.parametrize(
    "section",
    [
        "<div class=khung>Hoạt động của các bản</div>",
        "<h3>Tin hoạt động của các bản</h3>",
        '<h1 id="pageTitle" class="pageTitle"><span id="PlaceTitle">Tin từ cơ sở</span></h1>',
        '<h1 class="hide-accessible">Điều hướng trên trang của xã</h1>',
        '<h2 class="visually-hidden">Nội dung chính của trang này</h2>',
        '<div role="dialog" id="dn"><h4>Đăng nhập vào hệ thống quản trị</h4></div>',
    ],
)
@pytest.mark.parametrize(
    "heading",
    [
        f'<div class="tdbv">{TITLE}</div><div class="nd">Ngày cập nhật: 8/5/2023 3:07:00 CH</div>',
        f"<td>{TITLE}</td><td>08/05/2023 15:07</td>",
        f'<div class="q1" role="heading" aria-level="1">{TITLE}</div><div>15:07 08/05/2023</div>',
        f'<span class="out tit-x">{TITLE}</span><div></div><span class="out date-x">08/05/2023 15:07:00</span>',
        f'<p class="h3 text-danger">{TITLE}</p><div>Ngày đăng: 08/05/2023 15:07</div>',
    ],
)
def test_a_line_right_above_the_date_is_the_title_whatever_it_is_called(section: str, heading: str) -> None:
    if heading.startswith("<td"):
        heading = "<table><tr>" + heading.replace("</td><td>", "</td></tr><tr><td>") + "</tr></table>"

    page = read(f'{section}<div class="ct">{heading}<div class="ndbv">{TEXT}</div></div>')

    assert page.title == TITLE
    assert str(page.published) == "2023-05-08 15:07:00+07:00"
    assert (page.text or "").split("\n\n") == list(PROSE)


@pytest.mark.parametrize(
    "behind",
    [
        " (08/05/2023 15:07)",
        " - 08/05/2023 15:07",
        " <i>Thứ Hai, 08/05/2023, 15:07</i>",
        " | 15:07 08/05/2023",
        " <small>Ngày đăng: 08/05/2023 15:07</small>",
    ],
)
def test_a_date_glued_to_the_title_is_no_part_of_it(behind: str) -> None:
    page = read(f"<h2 class=t>{TITLE}{behind}</h2><div>{TEXT}</div>")

    assert page.title == TITLE
    assert str(page.published) == "2023-05-08 15:07:00+07:00"


@pytest.mark.parametrize("title", ["Lịch cắt điện của xã ngày 08/05/2023", "Kết quả quay số mở thưởng kỳ 08/05/2023"])
def test_a_day_that_a_title_tells_of_stays(title: str) -> None:
    assert read(f"<h2>{title}</h2><div>07/05/2023 10:00</div><div>{TEXT}</div>").title == title


def test_a_kicker_is_told_with_the_title_where_the_head_does() -> None:
    parts = '<div class="phu">Chuyện ở vùng cao:</div><div class="tieude">Lớp học sau giờ lên nương</div>'

    with_head = read(
        f"{parts}<div>{TEXT}</div>", head="<title>Chuyện ở vùng cao: Lớp học sau giờ lên nương - Báo Bản</title>"
    )
    without = read(f"{parts}<div>{TEXT}</div>")

    assert with_head.title == "Chuyện ở vùng cao: Lớp học sau giờ lên nương"
    assert without.title == "Lớp học sau giờ lên nương"


@pytest.mark.parametrize(
    "line",
    [
        "Người đăng: lan.nt | Ngày đăng: 08/05/2023 03:07:27 CH | Lượt xem: 377 | In ấn bài này",
        "Đăng bởi: Quản trị | 08/05/2023 15:07 | Lượt xem: 1.204",
        "Ngày đăng: 08/05/2023 15:07 • Lượt xem: 377 • Cỡ chữ",
        "08/05/2023 15:07 | 377 lượt xem | In bài viết",
    ],
)
def test_a_row_of_marks_tells_when_and_is_no_text(line: str) -> None:
    page = read(f'<h2>{TITLE}</h2><div class="row1">{line}</div><div>{TEXT}</div>')

    assert str(page.published)[:16] == "2023-05-08 15:07"
    assert (page.text or "").split("\n\n") == list(PROSE)


@pytest.mark.parametrize(
    "clock", ['<div class="ngay">Thứ Ba, 30/05/2023</div>', "<div>Thứ Ba, 30/05/2023 | 09:12</div>"]
)
def test_of_two_dates_above_a_title_the_nearer_is_the_articles(clock: str) -> None:
    page = read(
        f'<div class="thoigian">08/05/2023, 15:07</div><div class="tieude">{TITLE}</div><div>{TEXT}</div>', before=clock
    )

    assert str(page.published) == "2023-05-08 15:07:00+07:00"


@pytest.mark.parametrize(
    "mark",
    [
        "<form><span>Đánh giá của người sử dụng: 4 / 12</span> KémTốt nhất</form>",
        "<div>Số lượt đọc: 5.817 Cỡ chữ</div>",
        "<div>Lượt xem: 5.817 In bài viết</div>",
        "<div>Điểm: 4,5/5 (12 phiếu bầu)</div>",
        "<div>Đánh giá bài viết: 4 sao</div>",
        "<div>Quảng cáo</div>",
    ],
)
def test_ratings_counters_and_labels_are_no_text(mark: str) -> None:
    shown = f"<h2>{TITLE}</h2><div>08/05/2023</div>"

    before = read(f"{shown}{mark}<div>{TEXT}</div>")
    within = read(f"{shown}<div>{TEXT.replace('</p><p>', '</p>' + mark + '<p>', 1)}</div>")

    assert (before.text or "").split("\n\n") == list(PROSE)
    assert (within.text or "").split("\n\n") == list(PROSE)


@pytest.mark.parametrize("name", ["Author_card__v0", "author-profile", "about-author", "box-tac-gia author-info"])
def test_what_a_card_says_of_the_author_is_no_text(name: str) -> None:
    card = (
        f'<div class="{name}"><strong>Lô Thị May</strong><p>Viết về đời sống vùng cao. Từng dạy học ở Kỳ Sơn.</p></div>'
    )

    page = read(f"<h1>{TITLE}</h1><div>08/05/2023</div><div>{TEXT}</div>{card}")

    assert "Từng dạy học" not in f"{page.lead}{page.text}"


@pytest.mark.parametrize(
    "icon",
    [
        '<i class="material-icons">{}</i>',
        "<mat-icon>{}</mat-icon>",
        '<span class="material-symbols-outlined">{}</span>',
    ],
)
def test_an_icons_name_is_no_text_and_a_name_before_the_date_is_the_author(icon: str) -> None:
    line = f'<div class="who">{icon.format("person")} Lô Thị May {icon.format("schedule")} 15:07 08-05-2023</div>'

    page = read(f"<h1>{TITLE}</h1>{line}<div>{TEXT}</div>")

    assert page.author == "Lô Thị May"
    assert str(page.published) == "2023-05-08 15:07:00+07:00"


@pytest.mark.parametrize(
    "signed",
    [
        '<p style="text-align: right"><em>Lô Thị May – Trung tâm Văn hóa xã</em></p>',
        '<p class="text-right font-weight-bold">Lô Thị May - Phòng PX03</p>',
    ],
)
def test_a_signature_with_an_office_names_the_person(signed: str) -> None:
    assert read(f"<h1>{TITLE}</h1><div>08/05/2023</div><div>{TEXT}{signed}</div>").author == "Lô Thị May"


def test_a_link_to_an_authors_page_names_the_author() -> None:
    line = '<div class="meta"><h4><a href="/author/lo-thi-may-9.html">Lô Thị May</a></h4><time>08/05/2023</time></div>'

    assert read(f"<header>{line}<h1>{TITLE}</h1></header><div>{TEXT}</div>").author == "Lô Thị May"


ITEM = {
    "headings with summaries": '<h2><a href="/t/{n}">Bản Xiêng Tắm có điện lưới số {n}</a></h2><p>{prose}</p>',
    "summaries below dates": '<h3><a href="/t/{n}">Bản Xiêng Tắm có điện {n}</a></h3><i>0{n}/05/2023</i><div>{prose}</div>',
    "a table": '<tr><td><a href="/t/{n}">Bản Xiêng Tắm có điện {n}</a></td></tr><tr><td>{prose} <a href="/t/{n}">Xem tiếp</a></td></tr>',
    "paragraphs": '<p><a href="/t/{n}"><b>Bản Xiêng Tắm có điện {n}</b></a> (0{n}/05/2023)<br>{prose}</p>',
    "bare lines": '<p><a href="/t/{n}">Bản Xiêng Tắm có điện lưới {n}</a></p>',
}  # fmt: skip


@pytest.mark.parametrize("item", ITEM.values(), ids=ITEM)
@pytest.mark.parametrize("title", ["Tin tức", "Phổ biến pháp luật", "Xã Nậm Cắn"])
def test_a_list_of_teasers_is_no_article(item: str, title: str) -> None:
    items = "".join(
        item.format(n=n, prose="Bà con phấn khởi vì chờ đã lâu, đêm đầu tiên cả bản thức.") for n in range(1, 6)
    )
    wrapper = "table" if item.startswith("<tr") else "div"

    with pytest.raises(ReadError, match=r"list|prose|little"):
        read(f"<h2>{title}</h2><{wrapper}>{items}</{wrapper}>", head=f"<title>{title}</title>")


@pytest.mark.parametrize("linked", [False, True])
def test_a_short_announcement_above_links_to_others_is_an_article(linked: bool) -> None:
    title = f'<a href="{URL}">{TITLE}</a>' if linked else TITLE
    others = "".join(
        f'<li><a href="/t/{n}">Bản Xiêng Tắm có điện lưới số {n}</a> (0{n}/05/2023)</li>' for n in range(1, 6)
    )

    page = read(
        f"<h2>{title}</h2><div>08/05/2023</div><div><p>{PROSE[0]}</p></div><b>Tin khác</b><ul>{others}</ul>",
        head=f"<title>{TITLE}</title>",
    )

    assert page.text == PROSE[0]


BOX = {
    "a linked headline with a summary": '<div class="b1"><a href="/t/1">Bản Xiêng Tắm có điện lưới quốc gia</a><p>{teaser}</p></div>',
    "all one link": '<a href="/t/1"><div>Bản Xiêng Tắm có điện lưới quốc gia</div><div>{teaser}</div></a>',
    "a label and a table": '<table><tr><td>Tin khác</td></tr><tr><td><a href="/1">Bản Xiêng Tắm có điện</a><br>{teaser}</td></tr></table>',
    "read more": '<div class="kk"><h4>Đọc thêm</h4><h5><a href="/t/1">Bản Xiêng Tắm có điện lưới quốc gia</a></h5><p>{teaser}</p></div>',
    "a picture beside": '<figure class="rl"><img src="a.jpg"><h3><a href="/t/1">Bản Xiêng Tắm có điện</a></h3><p>{teaser}</p></figure>',
}  # fmt: skip


@pytest.mark.parametrize("box", BOX.values(), ids=BOX)
def test_a_box_of_other_news_within_the_text_is_left_out_with_its_summary(box: str) -> None:
    teaser = "Đêm đầu tiên có điện, cả bản thức đến khuya để xem ti vi."

    page = read(
        f"<h1>{TITLE}</h1><div>08/05/2023</div><div>{TEXT.replace('</p><p>', '</p>' + box.format(teaser=teaser) + '<p>', 1)}</div>"
    )

    assert (page.text or "").split("\n\n") == list(PROSE)
