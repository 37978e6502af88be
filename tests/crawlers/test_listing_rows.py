"""Short addresses and short headlines are articles where they stand in a row, with dates or summaries beside them."""

from __future__ import annotations

import time

import pytest

from crawlers.listings import read_listing

HEADLINES = ["Lịch cắt điện tuần 18", "Khám mắt cho người già", "Sửa xong cầu Bản Mạ", "Chợ phiên Nà Hỳ đông khách"]
SLUGS = ["lich-cat-dien", "kham-mat", "cau-ban-ma", "cho-phien"]
HOST = "https://xa.example.gov.vn"
MENU = """<div class="top"><a href="/">Trang chủ</a><a href="/gioi-thieu">Giới thiệu chung về xã</a></div>
<div class="cot-trai"><ul><li><a href="/tin/kinh-te">Tin kinh tế nông nghiệp</a></li><li><a href="/tin/van-hoa">Tin
văn hóa xã hội</a></li><li><a href="/tin/quoc-phong">Tin quốc phòng an ninh</a></li></ul></div>"""
FOOT = """<div class="trang"><a href="/tin?trang=2">2</a><a href="/tin?trang=3">3</a><a href="/tin?trang=4">Trang cuối</a></div>
<div class="chan"><a href="/dang-nhap">Đăng nhập hệ thống quản trị</a></div>"""
# How an item is set, and how its address is written; {n} counts from 0.
ITEMS = {
    "a list with dates": (
        "/tin/{slug}",
        '<li><a href="{link}">{headline}</a> <span>(1{n}/05/2024)</span></li>',
    ),
    "lines parted by <br>": ("/tin/{slug}.html", '» <a href="{link}">{headline}</a> (1{n}/05/2024)<br>'),
    "a card that is all one link": (
        "/bai/{slug}",
        '<a class="card" href="{link}"><img src="a.jpg"><h3>{headline}</h3><p>Tin từ cơ sở.</p><i>1{n}/05/2024</i></a>',
    ),
    "a table with numbers": (
        "/chitiet.asp?id=78{n}",
        '<tr><td>{n}</td><td><a href="{link}">{headline}</a></td><td>1{n}/05/2024</td></tr>',
    ),
    "dates in <dt>": ("/tin/{slug}", '<dt>1{n}/05/2024</dt><dd><a href="{link}">{headline}</a></dd>'),
    "headings and paragraphs without a box": (
        "/tin/{slug}",
        '<h3><a href="{link}">{headline}</a></h3><p class="date">1{n}-05-2024</p><p>Tin từ cơ sở.</p>',
    ),
    "a day without its year": (
        "/tin/{slug}",
        '<div class="it"><div><b>1{n}</b> <span>Th5</span></div><div><a href="{link}">{headline}</a></div></div>',
    ),
    "a portlet's content": (
        "/web/guest/tin/-/asset_publisher/kX3Qy7/content/{slug}",
        '<div class="asset"><h4><a href="{link}">{headline}</a></h4><span>1{n}/05/2024</span></div>',
    ),
    "a portlet's query": (
        "/tin?p_p_id=101_INSTANCE_kX&p_p_lifecycle=0&_101_INSTANCE_kX_urlTitle={slug}",
        '<div class="asset"><h4><a href="{link}">{headline}</a></h4><p>Bà con vui mừng vì việc này đã chờ lâu.</p></div>',
    ),
    "node numbers": (
        "/node/12{n}",
        '<div class="views-row"><span><a href="{link}">{headline}</a></span><div>3 ngày trước</div></div>',
    ),
    "post numbers": ("/?p=12{n}", '<article><h2><a href="{link}">{headline}</a></h2><time>1{n}/05/2024</time></article>'),
    "a number in the query": (
        "/Default.aspx?tabid=41&ArticleId=7{n}",
        '<table><tr><td><img src="a.jpg"></td><td><a href="{link}">{headline}</a><br>Ngày 1{n}-05-2024</td></tr></table>',
    ),
    "a script on the item": (
        "/chi-tiet/{slug}",
        '<div class="n" onclick="location.href=\'{link}\'"><h5>{headline}</h5><em>1{n}/05/2024</em></div>',
    ),
    "a script on the headline": (
        "/chi-tiet/{slug}",
        '<div class="n"><span onclick="window.location = \'{link}\';">{headline}</span><em>1{n}/05/2024</em></div>',
    ),
    "a script in the address": (
        "/chi-tiet/{slug}",
        '<li><a href="javascript:window.open(\'{link}\',\'_self\')">{headline}</a> 1{n}/05/2024</li>',
    ),
    "summaries without dates": (
        "/ban-tin/{slug}",
        '<div class="row"><div class="col"><h3><a href="{link}">{headline}</a></h3><p>Bà con vui mừng vì việc này đã chờ '
        'lâu.</p><a href="{link}">Xem tiếp</a></div></div>',
    ),
    "two columns": (
        "/ban-tin/{slug}",
        '<div class="col"><a href="{link}"><img src="a.jpg"></a><a href="{link}">{headline}</a><br>1{n}/05/2024</div>',
    ),
}  # fmt: skip


def a_listing(style: str) -> tuple[bytes, list[str]]:
    address, item = ITEMS[style]
    links = [address.format(slug=slug, n=n) for n, slug in enumerate(SLUGS)]
    items = "".join(
        item.format(link=link.replace("&", "&amp;"), headline=headline, n=n)
        for n, (link, headline) in enumerate(zip(links, HEADLINES, strict=True))
    )
    wrapper = {"<l": "ul", "<t": "table", "<d": "div"}.get(item[:2], "div")
    page = f"<html><body>{MENU}<div class='ds'><{wrapper}>{items}</{wrapper}></div>{FOOT}</body></html>"
    return page.encode(), [HOST + link for link in links]


@pytest.mark.parametrize("style", ITEMS)
def test_the_items_of_a_list_and_nothing_else_are_articles(style: str) -> None:
    page, links = a_listing(style)

    entries = read_listing(page, f"{HOST}/tin")

    assert [entry.url for entry in entries] == links


@pytest.mark.parametrize("style", ["a list with dates", "a card that is all one link", "a script on the item"])
def test_an_item_is_told_by_its_headline(style: str) -> None:
    page, _ = a_listing(style)

    assert [entry.title for entry in read_listing(page, f"{HOST}/tin")] == HEADLINES


def test_a_headline_that_is_set_larger_above_the_list_is_an_article_too() -> None:
    page, links = a_listing("a list with dates")
    first = f'<div class="noi-bat"><h2><a href="/tin/le-hoi">Xã mở lễ hội xuống đồng đầu năm</a></h2></div>{MENU}'

    entries = read_listing(page.replace(MENU.encode(), first.encode()), f"{HOST}/tin")

    assert [entry.url for entry in entries] == [f"{HOST}/tin/le-hoi", *links]


def test_a_list_of_documents_with_dates_is_no_list_of_articles() -> None:
    documents = "".join(
        f'<tr><td>1{n}/QĐ-UBND</td><td><a href="/xem/{n}">Về việc khen thưởng tập thể xuất sắc</a></td><td>1{n}/05/2024</td></tr>'
        for n in range(6)
    )

    assert read_listing(f"<body><table>{documents}</table></body>".encode(), f"{HOST}/tin") == ()


def test_the_heading_of_a_section_is_no_article_though_dated_news_stand_below_it() -> None:
    news = "".join(
        f'<li><a href="/tin/{slug}-{{n}}">{headline} {{n}}</a> 12/05/2024</li>'
        for slug, headline in zip(SLUGS, HEADLINES, strict=True)
    )
    boxes = "".join(
        f'<div class="hop"><h2><a href="/muc/{n}">Chuyển đổi số ở cơ sở</a></h2><ul>{news.format(n=n)}</ul></div>'
        for n in "abcd"
    )

    entries = read_listing(f"<body>{boxes}</body>".encode(), f"{HOST}/")

    assert len(entries) == 16
    assert not [entry.url for entry in entries if "/muc/" in entry.url]


def test_many_short_links_take_seconds() -> None:
    items = "".join(
        f'<li><a href="/a">{HEADLINES[0]} {n}</a><h3><a href="/tin/{n}">{HEADLINES[1]}</a></h3><i>12/05/2024</i></li>'
        for n in range(8_000)
    )
    started = time.process_time()

    assert len(read_listing(f"<ul>{items}</ul>".encode(), f"{HOST}/tin")) >= 8_000
    assert time.process_time() - started < 20


@pytest.mark.parametrize("address", ["/w/{slug}-{n}", "/node/9{n}", "/chi-tiet/{slug}-77{n}"])
def test_addresses_that_show_one_thing_need_no_date_beside_them(address: str) -> None:
    links = [address.format(slug=slug, n=n) for n, slug in enumerate(SLUGS)]
    items = "".join(
        f'<div><a href="{link}"><img src="a.jpg"></a><p><a href="{link}">{headline}</a></p></div>'
        for link, headline in zip(links, HEADLINES, strict=True)
    )

    entries = read_listing(f"<body>{MENU}<div>{items}</div>{FOOT}</body>".encode(), f"{HOST}/tin")

    assert [entry.url for entry in entries] == [HOST + link for link in links]
