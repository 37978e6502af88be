"""Article links are told from menus, sections, tags, pagers and other sites."""

from __future__ import annotations

import time

import pytest

from crawlers.errors import ReadError
from crawlers.listings import read_listing

HEADLINES = [
    "Tuyên Quang gắn mã QR cho hồ sơ đất đai",
    "Mỗi thôn một tổ công nghệ số: cách làm ở Yên Sơn",
    "Sơn Dương trả kết quả thủ tục qua bưu chính công ích",
    "Hàm Yên mở lớp dạy người cao tuổi dùng VNeID",
    "Ba tháng chạy thử trung tâm điều hành thông minh",
    "Lâm Bình đưa sóng 4G tới bản cuối cùng",
]
SLUGS = [
    "tuyen-quang-gan-ma-qr-cho-ho-so-dat-dai",
    "moi-thon-mot-to-cong-nghe-so-cach-lam-o-yen-son",
    "son-duong-tra-ket-qua-thu-tuc-qua-buu-chinh-cong-ich",
    "ham-yen-mo-lop-day-nguoi-cao-tuoi-dung-vneid",
    "ba-thang-chay-thu-trung-tam-dieu-hanh-thong-minh",
    "lam-binh-dua-song-4g-toi-ban-cuoi-cung",
]
# How sites of each kind write the address of article n with this slug, and those of a section, a tag and page 2.
STYLES = {
    "slug and long number": (
        "/{slug}-2026091409{n}33512.htm",
        "/chinh-tri.htm",
        "/chu-de/ho-so-dat-dai-276.htm",
        "/so-hoa/trang-2.htm",
    ),
    "section, slug, number": ("/so-hoa/{slug}-5040{n}17.html", "/so-hoa", "/tag/vneid-1203377", "/so-hoa-p2"),
    "slug and post number": (
        "/{slug}-post81{n}345.html",
        "/kinh-te/",
        "/tu-khoa/vneid-tag5566.vnp",
        "/kinh-te/?page=2",
    ),
    "slug and d number": ("/{slug}-d53{n}952.html", "/tai-chinh-d6/", "/tag/vneid.html", "/tai-chinh-d6/p2"),
    "date in the path": ("/2026/09/1{n}/{slug}/", "/category/so-hoa/", "/tag/vneid/", "/category/so-hoa/page/2/"),
    "old tuoitre": (
        "/tin/xa-hoi/20260914/{slug}/7240{n}1.html",
        "/tin/xa-hoi",
        "/chu-de/vneid/66337.html",
        "/tin/xa-hoi/trang-2.html",
    ),
    "liferay": (
        "/tin-tuc/-/view_content/44215{n}9-{slug}.html",
        "/tin-tuc-su-kien.html",
        "/web/en/home.html",
        "/tin-tuc.html?p_p_id=101&cur=2",
    ),
    "sharepoint": (
        "/Pages/tin-chi-tiet.aspx?ItemID=41{n}",
        "/Pages/gioi-thieu.aspx",
        "/Pages/van-ban.aspx",
        "/Pages/tin.aspx?page=2",
    ),
    "nukeviet": (
        "/vi/news/tin-tuc/{slug}-15{n}.html",
        "/vi/news/tin-tuc/",
        "/vi/news/tag/vneid/",
        "/vi/news/tin-tuc/page-2/",
    ),
    "dotnetnuke": (
        "/default.aspx?tabid=67&itemid=45{n}",
        "/default.aspx?tabid=67",
        "/default.aspx?tabid=68",
        "/default.aspx?tabid=67&page=2",
    ),
    "joomla": (
        "/index.php/tin-tuc/45{n}-{slug}",
        "/index.php/tin-tuc",
        "/index.php/lien-he",
        "/index.php/tin-tuc?start=10",
    ),
    "wordpress without dates": ("/{slug}/", "/chuyen-muc/so-hoa/", "/tag/vneid/", "/chuyen-muc/so-hoa/page/2/"),
}
HOST = "https://bao.example.vn"
URL = f"{HOST}/danh-sach"


def a_listing(style: str) -> tuple[bytes, list[str]]:
    article, section, tag, pager = STYLES[style]
    links = [article.format(slug=slug, n=n) for n, slug in enumerate(SLUGS)]
    items = "".join(
        f'<div class="item"><a href="{link}"><img src="a.jpg"></a><h3><a href="{link}">{headline}</a></h3>'
        f'<p>Tin từ cơ sở. <a href="{link}">Xem thêm</a></p><a href="{link}#comments">12 bình luận</a></div>'
        for link, headline in zip(links, HEADLINES, strict=True)
    )
    page = f"""<html><body><div class="menu"><a href="/">Trang chủ</a><a href="{section}">Chuyển đổi số và cải cách hành chính</a>
    <a href="javascript:;">Đăng nhập</a><a href="#">Lên đầu trang</a></div>{items}
    <div class="tags"><a href="{tag}">Hồ sơ đất đai và định danh điện tử</a></div>
    <div class="paging"><a href="{pager}">2</a><a href="{pager}">Trang sau của danh sách tin tức</a></div>
    <div class="footer"><a href="https://bo.example.gov.vn/tin-tuc-su-kien-12345.html">Cổng thông tin điện tử của Bộ Khoa học</a>
    <a href="/lien-he.html">Liên hệ tòa soạn và gửi bài cộng tác</a><a href="/rss">RSS</a>
    <a href="/uploads/ke-hoach-2026-12345.pdf">Tải kế hoạch chuyển đổi số năm 2026</a></div>
    </body></html>"""
    return page.encode(), [HOST + link for link in links]


@pytest.mark.parametrize("style", STYLES)
def test_the_articles_and_nothing_else_are_found_in_page_order(style: str) -> None:
    page, links = a_listing(style)

    entries = read_listing(page, URL)

    assert [entry.url for entry in entries] == links
    assert [entry.title for entry in entries] == HEADLINES


def test_a_pattern_decides_alone() -> None:
    page, links = a_listing("slug and d number")

    entries = read_listing(page, URL, link_pattern=r"-d53[01]952\.html$")

    assert [entry.url for entry in entries] == links[:2]


def test_tracking_parameters_do_not_make_two_articles_of_one() -> None:
    links = "".join(
        f'<a href="/{slug}-12345{n}.html?utm_source=home">{HEADLINES[n]}</a><a href="/{slug}-12345{n}.html">{HEADLINES[n]}</a>'
        for n, slug in enumerate(SLUGS)
    )

    assert len(read_listing(links.encode(), URL)) == len(SLUGS)


def test_a_sub_site_of_the_press_is_its_own_and_another_office_is_not() -> None:
    def page(host: str) -> bytes:
        return "".join(
            f'<a href="https://{host}/{slug}-12345{n}.html">{HEADLINES[n]}</a>' for n, slug in enumerate(SLUGS)
        ).encode()

    press = page("bao.example.vn") + page("dulich.bao.example.vn")
    offices = page("tinh.example.gov.vn") + page("so.tinh.example.gov.vn")

    assert len(read_listing(press, URL)) == 2 * len(SLUGS)
    assert len(read_listing(offices, "https://tinh.example.gov.vn/tin")) == len(SLUGS)


def test_relative_addresses_follow_the_base_of_the_page() -> None:
    page = f'<base href="{HOST}/web/">' + "".join(
        f'<a href="{slug}-12345{n}.html">{HEADLINES[n]}</a>' for n, slug in enumerate(SLUGS)
    )

    assert read_listing(page.encode(), URL)[0].url == f"{HOST}/web/{SLUGS[0]}-123450.html"


def test_a_page_of_menus_lists_no_article() -> None:
    page = '<nav><a href="/gioi-thieu">Giới thiệu</a><a href="/tin-tuc">Tin tức</a></nav>'

    assert read_listing(page.encode(), URL) == ()


@pytest.mark.parametrize("content", [b"", b"<div id=root></div><script>app()</script>"])
def test_a_page_without_links_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(ReadError, match="no links") as caught:
        read_listing(content, URL)

    assert caught.value.reason == "empty"


def test_twenty_thousand_links_take_seconds() -> None:
    page = "".join(
        f'<li><a href="/{SLUGS[n % 6]}-{100000 + n}.html">{HEADLINES[n % 6]}</a></li>' for n in range(20_000)
    )
    started = time.process_time()

    assert len(read_listing(page.encode(), URL)) == 20_000
    assert time.process_time() - started < 20


def test_articles_named_by_a_query_are_told_from_menus_and_pages_for_the_printer() -> None:
    headlines = [f"Trạm y tế thôn số {n} khám miễn phí cho người già" for n in range(5)]
    base = "/index.php?option=com_content&amp;view="
    menu = "".join(f'<a href="{base}category&amp;id={n}&amp;Itemid={n}">Mục {n}</a>' for n in range(10, 30))
    items = "".join(
        f'<div><a href="{base}article&amp;id={n}:tram-y-te&amp;Itemid=7">{headline}</a>'
        f'<a href="{base}article&amp;id={n}:tram-y-te&amp;Itemid=7&amp;tmpl=component&amp;print=1">In</a></div>'
        for n, headline in enumerate(headlines, 100)
    )

    found = read_listing(f"<body><div>{menu}</div>{items}</body>".encode(), "http://xa.example.gov.vn/index.php")

    assert [entry.title for entry in found] == headlines


@pytest.mark.parametrize("section", ["van-ban", "thu-tuc", "laws/detail"])
def test_a_document_is_not_an_article(section: str) -> None:
    items = "".join(
        f'<a href="/tin?id={n}">Trạm y tế thôn số {n} khám miễn phí cho người già</a>'
        f'<a href="/{section}?id={n}">Quyết định số {n} về việc khen thưởng các tập thể</a>'
        for n in range(100, 106)
    )

    found = read_listing(f"<body>{items}</body>".encode(), "https://xa.example.gov.vn/")

    assert [entry.url for entry in found] == [f"https://xa.example.gov.vn/tin?id={n}" for n in range(100, 106)]
