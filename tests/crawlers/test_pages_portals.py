"""Pages of offices' portals: headings that are a section's, leads without a name, dates among buttons, texts below pictures."""

from __future__ import annotations

import json

import pytest

from crawlers.pages import read_page
from crawlers.records import PageText

URL = "https://xa.example.gov.vn/tin/12.html"
TITLE = "Xã Mường Kim mở chợ phiên bán nông sản sạch"
LEAD = "Chợ họp vào sáng thứ bảy hằng tuần tại trung tâm xã, thu hút 120 hộ mang hàng tới bán."
PROSE = (
    "Từ sáng sớm, bà con các bản đã gùi rau, măng, mật ong và gạo nếp xuống chợ, bày thành dãy dọc hai bên đường.",
    "Theo lãnh đạo xã, mỗi phiên chợ có khoảng 800 lượt khách, doanh thu bình quân đạt 45 triệu đồng.",
    "Thời gian tới, xã sẽ dựng thêm hai dãy ki ốt và lắp mạng không dây để người bán nhận tiền qua mã QR.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
DATE = '<div class="dt">12/10/2023 08:15</div>'
SHOWN = f'<h2 class="tt">{TITLE}</h2>{DATE}'


def read(article: str, *, head: str = "<title>Xã Mường Kim</title>") -> PageText:
    menu = '<div class="mn"><a href="/">Trang chủ</a><a href="/tin">Tin tức</a><a href="/hd">Hoạt động của xã</a></div>'
    foot = "<div>Bản quyền thuộc UBND xã Mường Kim</div>"
    page = (
        f'<html><head><meta charset="utf-8">{head}</head><body>{menu}<div class="x">{article}</div>{foot}</body></html>'
    )
    return read_page(page.encode(), URL)


@pytest.mark.parametrize(
    "heading",
    [
        f"<h4>{TITLE}</h4>",
        f'<p class="newstitle">{TITLE}</p>',
        f'<span class="TieuDeTin">{TITLE}</span><br>',
        f'<div class="detail-tittle">{TITLE}</div>',
        f'<div class="header-title"><h3><a href="">{TITLE}</a></h3></div>',
        f'<div class="text-h5 font-weight-bold">{TITLE}</div>',
        f"<center><font size=4><b>{TITLE}</b></font></center>",
        f'<table><tr><td class="ten-bai"><strong>{TITLE}</strong></td></tr></table>',
    ],
)
@pytest.mark.parametrize(
    "section",
    [
        '<h1><a href="/">XÃ MƯỜNG KIM</a></h1>',
        "<h1>Chi tiết tin tức</h1>",
        '<div class="page-title"><h1>Hoạt động của xã</h1></div>',
        '<div class="tieudechuyenmuc">TIN TỨC SỰ KIỆN TRONG XÃ</div>',
        '<h2 class="title">Hoạt động của xã</h2>',
    ],
)
def test_the_heading_of_an_article_is_told_from_that_of_its_section(section: str, heading: str) -> None:
    page = read(f"{section}{heading}{DATE}<div>{TEXT}</div>")

    assert page.title == TITLE
    assert (page.text or "").split("\n\n") == list(PROSE)


@pytest.mark.parametrize("stated", ["Chi tiết tin tức", "Hoạt động của xã", "Tin tức > Chi tiết tin", "Xã Mường Kim"])
def test_a_head_that_speaks_of_the_section_does_not_name_the_article(stated: str) -> None:
    head = f'<title>{stated}</title><meta property="og:title" content="{stated}">'

    page = read(f"<h2>{stated}</h2><div><div>{SHOWN}</div><div>{TEXT}</div></div>", head=head)

    assert page.title == TITLE


def test_the_beginning_of_a_title_in_a_heading_is_not_the_title() -> None:
    head = "<title>Thông báo lịch cắt điện tuần 18 - Điện lực Than Uyên</title>"

    page = read(f"<h1>Thông báo</h1><h2>Thông báo lịch cắt điện tuần 18</h2>{DATE}<div>{TEXT}</div>", head=head)

    assert page.title == "Thông báo lịch cắt điện tuần 18"


def test_a_short_announcement_is_read_beside_cards_of_other_news_and_a_foot_that_says_the_sites_name() -> None:
    lines = (
        "Thời gian: Từ 7 giờ 30 phút đến 11 giờ 30 phút ngày 15/11/2023.",
        "Địa điểm: Trụ sở tiếp công dân của tỉnh, số 12 đường Trần Phú, phường Tân Phong.",
        "Thành phần: Chủ tịch UBND, lãnh đạo thanh tra, đại diện các phòng ban có liên quan.",
    )
    card = '<div class="col"><h4><a href="/{n}">Bản tin số {n} về công tác dân vận</a></h4><p>{prose}</p></div>'
    cards = "".join(card.format(n=n, prose=PROSE[0]) for n in range(4))
    foot = "<div>Cổng thông tin điện tử tỉnh Lai Châu. Giấy phép số 12/GP-TTĐT</div>"
    text = "".join(f"<p>{line}</p>" for line in lines)

    page = read(
        f"<div><h2>Lịch tiếp công dân tháng 11</h2>{DATE}<div>{text}</div></div><div>{cards}</div>{foot}",
        head="<title>Cổng thông tin điện tử tỉnh Lai Châu</title>",
    )

    assert page.title == "Lịch tiếp công dân tháng 11"
    assert (page.text or "").split("\n\n") == list(lines)


def test_headings_within_the_text_are_not_the_title() -> None:
    inner = f"<p>{PROSE[0]}</p><h3>Chợ đông khách vì hàng sạch</h3><p>{PROSE[1]}</p><p>{PROSE[2]}</p>"

    assert read(f"{SHOWN}<div>{inner}</div>").title == TITLE


def test_linked_headlines_of_other_news_above_the_article_are_not_the_title() -> None:
    others = "".join(
        f'<h1 class="small"><a href="/{n}">Ra quân làm đường giao thông nông thôn bản Nà É {n}</a></h1>'
        for n in range(3)
    )

    assert read(f'{others}<span class="NewsTitle">{TITLE}</span>{DATE}<div>{TEXT}</div>').title == TITLE


def test_a_date_behind_the_title_is_the_date_and_no_title() -> None:
    page = read(f'<div class="title_detail">{TITLE} <i>(12/10/2023 08:15)</i></div><div>{TEXT}</div>')

    assert page.title == TITLE
    assert str(page.published) == "2023-10-12 08:15:00+07:00"


def test_a_title_that_the_text_repeats_is_not_its_first_paragraph() -> None:
    page = read(f"<h1>{TITLE}</h1>{DATE}<div><p><b>{TITLE}</b></p>{TEXT}</div>")

    assert (page.text or "").startswith(PROSE[0])


@pytest.mark.parametrize("tag", ['p class="pHead"', 'div class="desnews"', 'div class="box-des-detail"', "h2", "p"])
def test_sentences_between_heading_and_text_are_kept_whatever_their_block_is_called(tag: str) -> None:
    page = read(f"{SHOWN}<{tag}>{LEAD}</{tag.split()[0]}><div>{TEXT}</div>")

    assert f"{page.lead or ''}\n\n{page.text}".strip().split("\n\n") == [LEAD, *PROSE]


@pytest.mark.parametrize(
    "line",
    [
        '<div class="block_timer_share"><div class="block_timer">Thứ năm, 12/10/2023 | <span>08:15</span> GMT+7</div>'
        '<div class="block_share"><a href="#">Chia sẻ bài viết</a></div></div>',
        '<div class="x-info"><i class="fa"></i><span>08:15 12/10/2023</span><i class="fa"></i><span>215 lượt xem</span></div>',
        '<div class="share-box"><p class="pdate">12/10/2023 08:15</p><a href="#">Facebook</a></div>',
        '<div class="tools"><span>12/10/2023 08:15</span> <a href="#">In trang</a> <a href="#">A+</a></div>',
    ],
)
@pytest.mark.parametrize("place", ["{line}<h2>{title}</h2>", "<h2>{title}</h2>{line}"])
def test_a_date_among_buttons_and_counters_is_read(place: str, line: str) -> None:
    page = read(f"{place.format(line=line, title=TITLE)}<div>{TEXT}</div>")

    assert str(page.published) == "2023-10-12 08:15:00+07:00"


def test_a_date_that_ends_the_breadcrumb_is_read() -> None:
    crumb = '<div class="crumb"><a href="/">Trang chủ</a> › <a href="/tin">Tin tức</a> › <span>12/10/2023, 08:15</span></div>'

    assert str(read(f"{crumb}<h4>{TITLE}</h4><div>{TEXT}</div>").published) == "2023-10-12 08:15:00+07:00"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="stock-box"><p>Giá hiện tại của cổ phiếu VNM là 68,2 nghìn đồng, tăng 1,2% so với hôm qua.</p></div>',
        "<div>- Advertisement -</div>",
        "<p>Quảng cáo</p>",
        '<div><a href="/1"><h4>Ra quân làm đường giao thông nông thôn</h4><p>Hơn 200 người đào đắp trong buổi sáng.</p></a></div>',
        '<table><tr><td><b>Tin liên quan</b><ul><li><a href="/1">Ra quân làm đường giao thông nông thôn</a></li></ul></td></tr></table>',
    ],
)
def test_a_box_within_the_text_is_left_out(box: str) -> None:
    page = read(f"{SHOWN}<div><p>{PROSE[0]}</p>{box}<p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>")

    assert (page.text or "").split("\n\n") == list(PROSE)


@pytest.mark.parametrize(
    ("tail", "author"),
    [
        ("<p>Viết bởi: Hoàng Thị Mây</p>", "Hoàng Thị Mây"),
        ("<p>Tác giả: Hoàng Thị Mây</p>", "Hoàng Thị Mây"),
        ('<p style="text-align: right"><b>Hoàng Mây</b></p>', "Hoàng Mây"),
        ("<p>Nguồn/Phòng Văn hóa và Thông tin</p>", None),
        ("<p>Đường dây nóng: 0912 345 678 - Email: toasoan@xa.example.vn</p>", None),
        ("<p>Đánh giá bài viết: 5/5 (3 bình chọn)</p>", None),
    ],
)
def test_what_hangs_below_the_text_is_not_the_text(tail: str, author: str | None) -> None:
    page = read(f"{SHOWN}<div>{TEXT}{tail}</div>")

    assert (page.text or "").split("\n\n") == list(PROSE)
    assert page.author == author


@pytest.mark.parametrize("row", ["<tr><td ALIGN=RIGHT><b>{}</b></td></tr>", '<tr><td class="text-end">{}</td></tr>'])
def test_a_name_flush_right_below_the_text_is_the_author(row: str) -> None:
    page = read(f"<table><tr><td>{SHOWN}</td></tr><tr><td>{TEXT}</td></tr>{row.format('Hoàng Mây')}</table>")

    assert page.author == "Hoàng Mây"


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("Thanh tra tỉnh", None),
        ("Hội Nông dân tỉnh An Giang", None),
        ("Xã Mường Kim", None),
        ("VNPT Lai Châu", None),
        ("Nguyễn Trường Đoàn", "Nguyễn Trường Đoàn"),
    ],
)
def test_an_office_in_the_head_is_no_author(stated: str, author: str | None) -> None:
    page = read(f"{SHOWN}<div>{TEXT}</div>", head=f'<title>Xã</title><meta name="AUTHOR" content="{stated}">')

    assert page.author == author


def test_an_office_in_a_block_called_author_is_told_where_no_person_is() -> None:
    page = read(f'{SHOWN}<div>{TEXT}</div><p class="newsauthor"><b>Phòng Thống kê Tổng hợp</b></p>')

    assert page.author == "Phòng Thống kê Tổng hợp"


@pytest.mark.parametrize(
    "picture",
    [
        '<figure><img src="a.jpg"><figcaption>{}</figcaption></figure>',
        '<table class="picture"><tr><td><img src="a.jpg"></td></tr><tr><td class="pCaption caption">{}</td></tr></table>',
    ],
)
def test_an_essay_of_photographs_keeps_what_stands_below_them(picture: str) -> None:
    essay = "".join(picture.format(paragraph) for paragraph in PROSE)

    assert (read(f"{SHOWN}<div>{essay}</div>").text or "").split("\n\n") == list(PROSE)


def test_a_caption_between_paragraphs_is_left_out() -> None:
    caption = '<figure><img src="a.jpg"><figcaption>Bà con bán măng ở chợ.</figcaption></figure>'

    page = read(f"{SHOWN}<div><p>{PROSE[0]}</p>{caption}<p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>")

    assert (page.text or "").split("\n\n") == list(PROSE)


ARTICLE = {
    "title": TITLE,
    "publishedAt": "2023-10-12T01:15:00.000Z",
    "content": TEXT,
    "author": {"fullName": "Hoàng Mây"},
}
MENUS = [{"title": "Giới thiệu chung về xã"}]
NEXT = json.dumps(
    {"props": {"pageProps": {"menus": MENUS, "article": ARTICLE, "related": [{"title": "Tin khác của xã"}]}}}
)
FLAT = json.dumps([{"post": 1}, {"title": 2, "publishedAt": 3, "content": 4, "author": 5}, *ARTICLE.values()])
STATES = {
    "Next": f'<script id="__NEXT_DATA__" type="application/json">{NEXT}</script>',
    "Nuxt 2": f"<script>window.__NUXT__={json.dumps({'data': [{'menus': MENUS, 'post': ARTICLE}]})};</script>",
    "Nuxt 3": f'<script type="application/json" id="__NUXT_DATA__" data-ssr="true">{FLAT}</script>',
}


@pytest.mark.parametrize("state", STATES)
def test_what_the_page_hands_to_its_script_names_title_time_and_author(state: str) -> None:
    page = read(f"<div>{TITLE}</div><div>{TEXT}</div>{STATES[state]}")

    assert (page.title, page.author) == (TITLE, "Hoàng Mây")
    assert str(page.published) == "2023-10-12 08:15:00+07:00"


@pytest.mark.parametrize("state", STATES)
def test_a_page_that_only_its_script_would_fill_is_read(state: str) -> None:
    page = read_page(f"<html><title>Xã</title><div id=app></div>{STATES[state]}</html>".encode(), URL)

    assert page.title == TITLE
    assert (page.text or "").split("\n\n") == list(PROSE)


def test_a_state_that_is_a_program_gives_title_and_time() -> None:
    post = f'{{id:1,title:"{TITLE}",publishedAt:"2023-10-12T01:15:00Z",content:"{PROSE[0]}{PROSE[1]}"}}'
    program = f"(function(a){{return {{post:{post}}}}}(1))"

    page = read(f"<div>{TITLE}</div><div>{TEXT}</div><script>window.__NUXT__={program};</script>")

    assert page.title == TITLE
    assert str(page.published) == "2023-10-12 08:15:00+07:00"
