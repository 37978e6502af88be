"""Short headlines without dates or summaries are told by what their addresses share."""

from __future__ import annotations

import pytest

from crawlers.feeds import read_items
from crawlers.listings import read_listing

HOST = "https://xa.example.gov.vn"
HEADLINES = (
    "Than cho mùa khô", "Cảng Cái Lân đón tàu lớn", "Ngán giống khan hiếm", "Chả mực lên giá", "Gạch ngói có lò mới",
    "Mất mùa tôm ở Quảng Yên", "Vịnh thu phí theo tuyến", "Đường lên mỏ được tưới nước", "Xây chợ Cẩm Đông",
    "Tàu cá vay vốn ưu đãi",
)  # fmt: skip
SLUGS = (
    "than-mua-kho", "cang-cai-lan", "ngan-giong", "cha-muc-len-gia", "gach-ngoi", "mat-mua-tom", "vinh-thu-phi",
    "duong-len-mo", "cho-cam-dong", "tau-ca-vay-von",
)  # fmt: skip
NUMBERED = [
    "/tin.asp?id=51{n}",
    "/NewsDetail.aspx?id=23{n}",
    "/Lists/TinTuc/DispForm.aspx?ID=88{n}",
    "/Pages/tin-tuc.aspx?ItemID=151{n}",
    "/viewnews.php?sid=7&newsid=61{n}",
    "/channel/2024/201908/{slug}-296120{n}/",
    "/index.php/tin-tuc/hoat-dong/41{n}-{slug}",
    "/index.php?option=com_content&view=article&id=39{n}:{slug}&catid=9",
    "/vi/news/an-sinh/{slug}-119{n}.html",
    "/tin-tuc/Tin-hoat-dong/{slug}-11850{n}",
    "/node/501{n}",
    "/2022/08/1{n}/{slug}/",
    "/?p=991{n}",
    "/web/guest/tin/-/journal_content/56_INSTANCE_Qw2e/10180/56001{n}",
    "/web/guest/tin/-/asset_publisher/Xy9/content/{slug}?redirect=https%3A%2F%2Fxa.example.gov.vn%2Ftin%3Fp_p_id%3D1",
    "/chi-tiet-tin/{slug}-8{n}2",
    "/bai-viet/{slug}.5{n}71a.html",
    "/TinTuc/tabid/63/ArticleID/31{n}/Default.aspx",
    "/xem-tin.php?id=40{n}",
    "/{slug}-a20{n}55.html",
    "/Trang/ChiTietTinTuc.aspx?nid=1609{n}",
    "/trang/{slug}-16090{n}.html",
]
AROUND = """<ul class="menu"><li><a href="/gioi-thieu">Giới thiệu chung về xã</a></li><li><a href="/to-chuc">Tổ chức bộ
máy của xã</a></li></ul><div class="left"><ul><li><a href="/muc.asp?m=1">Phổ biến pháp luật</a></li><li><a
href="/muc.asp?m=2">Hộ tịch, quốc tịch</a></li><li><a href="/muc.asp?m=3">Bổ trợ tư pháp</a></li></ul><ul><li><a
href="/DanhMuc.aspx?cid=4">Tin nông nghiệp</a></li><li><a href="/DanhMuc.aspx?cid=5">Tin xây dựng nông thôn mới</a></li>
</ul></div>"""
FOOT = """<div>Trang 1 <a href="?trang=2">2</a> <a href="?trang=3">3</a> <a href="/tin?page=4">Sau</a></div><div><a
href="/tag/than-da">than đá Quảng Ninh</a> <a href="/van-ban/12">Quyết định số 12/QĐ-UBND về khen thưởng</a></div>
<div><a href="/login.aspx?ReturnUrl=%2ftin">Đăng nhập quản trị</a><a href="#top">Đầu trang</a></div>"""
SHAPES = {
    "bare items": '<li><a href="{link}">{headline}</a></li>',
    "lines": '» <a href="{link}">{headline}</a><br>',
    "cells": '<tr><td><img src="dot.gif"></td><td><a href="{link}">{headline}</a></td></tr>',
    "headings": '<div class="i"><h3><a href="{link}">{headline}</a></h3></div>',
}


def a_page(address: str, shape: str) -> tuple[str, list[str]]:
    links = [address.format(n=n, slug=slug) for n, slug in enumerate(SLUGS)]
    items = "".join(
        SHAPES[shape].format(link=link.replace("&", "&amp;"), headline=headline)
        for link, headline in zip(links, HEADLINES, strict=True)
    )
    wrapper = {"bare items": "ul", "cells": "table"}.get(shape, "div")
    return f"<body>{AROUND}<div class='ds'><{wrapper}>{items}</{wrapper}></div>{FOOT}</body>", [
        HOST + link for link in links
    ]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("address", NUMBERED)
def test_ten_short_headlines_with_numbers_of_one_kind_are_articles(address: str, shape: str) -> None:
    page, links = a_page(address, shape)

    entries = read_listing(page.encode(), f"{HOST}/tin")

    assert [entry.url for entry in entries] == links


@pytest.mark.parametrize("address", ["/content/{slug}", "/{slug}/", "/tin/{slug}.html"])
@pytest.mark.parametrize(
    "beside", ["<i>1{n}/08/2022</i>", '<img src="a{n}.jpg"><p>Bà con đi lại dễ hơn, hàng hóa bớt ế ẩm.</p>']
)
def test_slugs_beside_dates_or_pictures_with_summaries_are_articles(address: str, beside: str) -> None:
    items = "".join(
        f'<div class="i"><h3><a href="{address.format(slug=slug)}">{headline}</a></h3>{beside.format(n=n)}</div>'
        for n, (slug, headline) in enumerate(zip(SLUGS, HEADLINES, strict=True))
    )

    entries = read_listing(f"<body>{AROUND}<div>{items}</div>{FOOT}</body>".encode(), f"{HOST}/tin")

    assert [entry.title for entry in entries] == list(HEADLINES)


SECTION_NAMES = (
    "Phổ biến pháp luật", "Hộ tịch, quốc tịch", "Bổ trợ tư pháp", "Tin nông nghiệp", "Xây dựng nông thôn mới",
    "Cải cách hành chính", "Thi đua khen thưởng", "Quốc phòng an ninh", "Tiếp công dân", "Công khai ngân sách",
)  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "/muc.asp?id={n}",
        "/danhsach.aspx?id={n}",
        "/chuyen-muc-{n}.html",
        "/index.php/1{n}-muc",
        "/c/{n}",
        "/list.php?id={n}",
    ],
)
def test_ten_sections_are_no_articles(address: str) -> None:
    items = "".join(f'<li><a href="{address.format(n=n)}">{name}</a></li>' for n, name in enumerate(SECTION_NAMES))

    assert read_listing(f"<body><ul>{items}</ul></body>".encode(), f"{HOST}/tin") == ()


@pytest.mark.parametrize("address", ["/vb.aspx?id=31{n}", "/hethong/vb-31{n}77.html"])
def test_ten_documents_are_no_articles(address: str) -> None:
    items = "".join(
        f'<li><a href="{address.format(n=n)}">Quyết định số {n}2/QĐ-UBND về việc khen thưởng</a></li>'
        for n in range(10)
    )

    assert read_listing(f"<body><ul>{items}</ul></body>".encode(), f"{HOST}/tin") == ()


def test_older_news_set_as_a_menu_are_told_by_the_folder_they_share() -> None:
    new = "".join(
        f'<h2><a href="/tin/hd/42{n}-{SLUGS[n]}">{HEADLINES[n]}</a></h2><p>Sáng ngày 5/8/2022</p>' for n in range(5)
    )
    old = "".join(f'<li><a href="/tin/hd/41{n}-{SLUGS[n]}">{HEADLINES[n]}</a></li>' for n in range(5, 9))
    menu = "".join(f'<li><a href="/tin/hd/1{n}-{SLUGS[n]}">{name}</a></li>' for n, name in enumerate(SECTION_NAMES[:4]))

    entries = read_listing(
        f'<body><ul class="nav">{menu}</ul><div>{new}</div><ol class="nav">{old}</ol></body>'.encode(), f"{HOST}/tin"
    )

    assert [entry.title for entry in entries] == list(HEADLINES[:9])


def test_a_link_is_told_as_the_page_writes_it() -> None:
    items = "".join(
        f'<li><a href="/tin.asp?id=51{n}&amp;src=box">{headline}</a></li>' for n, headline in enumerate(HEADLINES)
    )

    entries = read_listing(f"<body><ul>{items}</ul></body>".encode(), f"{HOST}/tin")

    assert [entry.url for entry in entries] == [f"{HOST}/tin.asp?id=51{n}&src=box" for n in range(10)]


def test_an_item_of_a_feed_that_holds_nothing_is_none() -> None:
    feed = (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title>'
        b"<item><title>A</title><link>https://a.vn/1</link></item><item><title></title><link></link></item></channel></rss>"
    )

    assert [item.title for item in read_items(feed, "https://a.vn/rss")] == ["A"]
