"""Pages of many kinds of sites are read; what is no article is refused in words."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.errors import ReadError
from crawlers.pages import read_page

PAGES = Path(__file__).parent.parent / "data" / "pages"
URL = "https://baomoi.example.vn/tin/bai-viet-12345.html"
PROSE = (
    "Xã Hồng Thái vừa lắp 14 điểm phát sóng không dây miễn phí tại nhà văn hóa các thôn, bà con rất phấn khởi.",
    "Theo lãnh đạo xã, kinh phí lắp đặt là 126 triệu đồng, do doanh nghiệp viễn thông trên địa bàn tài trợ.",
    "Mỗi ngày có khoảng 350 lượt người kết nối, chủ yếu để học trực tuyến và nộp hồ sơ dịch vụ công.",
)


def a_page(body: str, *, head: str = "", title: str = "Hồng Thái phủ sóng không dây miễn phí tới từng thôn") -> bytes:
    return f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'.encode()


def an_article(around: str = "{}", *, paragraphs: tuple[str, ...] = PROSE, date_line: str = "") -> str:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    heading = "<h1>Hồng Thái phủ sóng không dây miễn phí tới từng thôn</h1>"
    return (
        f'<div class="main"><div class="detail">{heading}{date_line}{around.format(f"<div>{prose}</div>")}</div></div>'
    )


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_a_page_is_read_as_its_golden_says(path: Path) -> None:
    golden = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    page = read_page(path.read_bytes(), golden["url"])

    read = {
        "title": page.title,
        "lead": page.lead,
        "text": (page.text or "").split("\n\n"),
        "author": page.author,
        "published": page.published.isoformat() if page.published else None,
        "canonical_url": page.canonical_url,
    }
    assert read == {name: golden[name] for name in read}
    assert not [phrase for phrase in golden["absent"] if phrase.lower() in f"{page.lead} {page.text}".lower()]


@pytest.mark.parametrize(
    "lead", ["Kết quả tính đến ngày 30/6/2024.", "Áp dụng từ 1/7/2024.", "Xong trước ngày 5/9/2024."]
)
def test_a_date_that_the_lead_tells_of_is_not_the_publication_date(lead: str) -> None:
    page = read_page(a_page(an_article(date_line=f'<div class="sapo">{lead}</div>')), URL)

    assert page.published is None


def test_a_date_in_the_text_is_never_the_publication_date() -> None:
    page = read_page(a_page(an_article(paragraphs=(*PROSE, "Ngày 12/10/2025, đoàn đã kiểm tra."))), URL)

    assert page.published is None


@pytest.mark.parametrize(
    "line",
    [
        '<div class="date">12/10/2025 08:15</div>',
        "<p>Cập nhật: 12/10/2025 08:15</p>",
        '<span class="time">08:15 | 12/10/2025</span> <span>Lượt xem: 1204</span>',
        "<div>Chủ nhật, 12/10/2025, 08:15 (GMT+7) <a>In bài</a></div>",
    ],
)
def test_a_date_shown_under_the_heading_is_the_publication_date(line: str) -> None:
    page = read_page(a_page(an_article(date_line=line)), URL)

    assert page.published is not None
    assert page.published.isoformat() == "2025-10-12T08:15:00+07:00"
    assert page.text is not None
    assert "2025" not in page.text


def test_the_clock_of_the_site_is_not_the_publication_date() -> None:
    page = read_page(
        a_page(
            '<div class="top"><div>Thứ tư, 15/10/2025 10:30:12</div><ul><li>Trang chủ</li></ul></div>' * 3
            + an_article()
        ),
        URL,
    )

    assert page.published is None


def test_dates_of_other_articles_are_not_the_publication_date() -> None:
    others = (
        '<ul class="list">'
        + "".join(
            f'<li><a href="/{n}">Bản tin số {n} của xã Hồng Thái tuần qua</a> <span>(1{n}/09/2025)</span></li>'
            for n in range(6)
        )
        + "</ul>"
    )

    assert read_page(a_page(an_article() + others), URL).published is None


def test_midnight_is_a_day_without_a_time() -> None:
    page = read_page(a_page(an_article(date_line='<div class="date">12/10/2025 | 12:00 AM</div>')), URL)

    assert page.published == date(2025, 10, 12)


def test_a_wrong_zone_in_the_head_gives_way_to_the_clock_on_the_page() -> None:
    head = '<meta property="article:published_time" content="2025-10-12T23:15:00+00:00">'
    page = read_page(a_page(an_article(date_line="<div>12/10/2025 23:15</div>"), head=head), URL)

    assert page.published is not None
    assert page.published.isoformat() == "2025-10-12T23:15:00+07:00"


@pytest.mark.parametrize(
    "name", ["admin", "Admin admin", "Super User", "Ban Biên tập", "Báo Hồng Thái", "administrator"]
)
def test_a_login_or_an_office_is_no_author(name: str) -> None:
    page = read_page(a_page(an_article(), head=f'<meta name="author" content="{name}">'), URL)

    assert page.author is None


@pytest.mark.parametrize(
    "signature",
    [
        "<p><strong>Nông Văn Dền</strong></p>",
        '<p style="text-align:right">Nông Văn Dền</p>',
        "<p>Bài, ảnh: Nông Văn Dền</p>",
        '<p class="author">Nông Văn Dền</p>',
    ],
)
def test_the_name_under_an_article_is_its_author_and_not_its_text(signature: str) -> None:
    page = read_page(a_page(an_article("{}").replace("</div></div></div>", f"{signature}</div></div></div>")), URL)

    assert page.author == "Nông Văn Dền"
    assert (page.text or "").split("\n\n") == list(PROSE)


@pytest.mark.parametrize(
    ("head_title", "shown"),
    [
        ("{} - Báo Hồng Thái", "<h1>{}</h1>"),
        ("{} | Xã hội | Báo Hồng Thái", '<div class="tieude">{}</div>'),
        ("Báo Hồng Thái - {}", "<h2>{}</h2>"),
        ("Chi tiết tin", '<span class="title">{}</span>'),
        ("Cổng thông tin điện tử xã Hồng Thái", "<h1>Cổng thông tin điện tử xã Hồng Thái</h1><h3>{}</h3>"),
        ("{}", ""),
        ("{} - Báo Hồng Thái", ""),
    ],
)
def test_the_title_comes_without_the_site_and_its_sections(head_title: str, shown: str) -> None:
    title = "Hồng Thái phủ sóng không dây tới từng thôn"
    body = f"<div>{shown.format(title)}<div class='body'>{''.join(f'<p>{p}</p>' for p in PROSE)}</div></div>"

    assert read_page(a_page(body, title=head_title.format(title)), URL).title == title


def test_a_short_article_is_found_beside_long_teasers_and_comments() -> None:
    teasers = "".join(
        f'<li><h3><a href="/b-{n}.html">Thôn số {n} ra mắt tổ công nghệ số cộng đồng</a></h3><p>{PROSE[n % 3]} Đây là tin thứ {n}.</p></li>'
        for n in range(9)
    )
    comments = (
        '<div class="comment-list">'
        + "".join(f"<p>Ý kiến số {n}: tôi rất ủng hộ việc này và mong xã làm sớm hơn nữa.</p>" for n in range(9))
        + "</div>"
    )

    page = read_page(a_page(an_article(paragraphs=PROSE[:2]) + f"<ul class='hot'>{teasers}</ul>{comments}"), URL)

    assert (page.text or "").split("\n\n") == list(PROSE[:2])


@pytest.mark.parametrize(
    "around",
    [
        '<form id="aspnetForm" method="post">{}</form>',
        '<article class="a"><section>{}</section></article>',
        '<div class="content-with-sidebar has-comments"><div class="share-wrapper">{}</div></div>',
        "<table><tr><td>{}</td></tr></table>",
        "<center><font face=Arial>{}</font></center>",
    ],
)
def test_a_wrapper_of_any_name_does_not_hide_the_article(around: str) -> None:
    page = read_page(a_page(an_article(around)), URL)

    assert (page.text or "").split("\n\n") == list(PROSE)


def test_the_rows_of_a_table_stay_together() -> None:
    table = "<table><tr><th>Thôn</th><th>Điểm phát</th></tr><tr><td>Nà Mạ</td><td>3</td></tr></table>"
    page = read_page(a_page(an_article(f"<div>{{}}{table}</div>")), URL)

    assert "Nà Mạ | 3" in (page.text or "")


def test_a_body_cut_in_two_by_an_advertisement_is_read_whole() -> None:
    more = tuple(f"{paragraph} Đây là phần sau của bài." for paragraph in PROSE)
    second = "".join(f"<p>{paragraph}</p>" for paragraph in more)
    page = read_page(a_page(an_article(f'{{}}<div class="ads">Mua ngay hôm nay</div><div>{second}</div>')), URL)

    assert (page.text or "").split("\n\n") == [*PROSE, *more]


def test_text_only_in_linked_data_is_read_from_there() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": "Hồng Thái phủ sóng không dây tới từng thôn",
        "articleBody": "\n".join(PROSE),
        "datePublished": "2025-10-12T08:15:00+07:00",
    }
    page = read_page(
        a_page('<div id="root"></div>', head=f'<script type="application/ld+json">{json.dumps(article)}</script>'), URL
    )

    assert (page.text or "").split("\n\n") == list(PROSE)
    assert page.title == "Hồng Thái phủ sóng không dây tới từng thôn"


def test_text_in_linked_data_is_composed_and_can_be_stored() -> None:
    body = " ".join(PROSE).replace("Hồng", r"Ho\u0302\u0300ng") + r" \ud83d"
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'

    text = read_page(a_page("<div id=app></div>", head=head), URL).text or ""

    assert text.startswith(PROSE[0])
    assert text.encode()


@pytest.mark.parametrize(
    "decomposed", ["e\u0302\u0323", "e&#x302;&#x323;", "e\u0302<b>\u0323</b>", "e<b>\u0302</b>&#x323;"]
)
def test_text_is_composed_however_its_letters_are_written(decomposed: str) -> None:
    paragraphs = tuple(paragraph.replace("ệ", decomposed) for paragraph in PROSE)

    text = read_page(a_page(an_article(paragraphs=paragraphs)), URL).text

    assert text == "\n\n".join(PROSE)


def test_a_page_whose_root_is_hidden_until_its_scripts_run_is_read() -> None:
    page = read_page(a_page(an_article()).replace(b"<html>", b"<html hidden>"), URL)

    assert page.text == "\n\n".join(PROSE)


def test_a_byte_order_mark_is_no_text() -> None:
    page = read_page(b"\xef\xbb\xbf" + an_article().encode(), URL)

    assert page.title == "Hồng Thái phủ sóng không dây miễn phí tới từng thôn"
    assert page.text == "\n\n".join(PROSE)


def test_a_canonical_address_that_drops_the_article_is_not_believed() -> None:
    head = '<link rel="canonical" href="https://xa.example.gov.vn/chi-tiet">'

    assert read_page(a_page(an_article(), head=head), "https://xa.example.gov.vn/chi-tiet?id=7").canonical_url is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<html><body><script>location='/x'</script></body></html>", "prose"),
        (b"\x00\x01\x02\x89PNG", "prose"),
        (b'{"error": 1}', "prose"),
    ],
)
def test_hopeless_input_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=says) as caught:
        read_page(content, URL)

    assert caught.value.reason == "not_an_article"


def test_a_page_that_lists_articles_is_refused() -> None:
    items = "".join(
        f'<div class="item"><h3><a href="/b-{n}.html">Thôn số {n} ra mắt tổ công nghệ số cộng đồng</a></h3><p>{PROSE[n % 3]}</p></div>'
        for n in range(12)
    )

    with pytest.raises(ReadError, match="list"):
        read_page(a_page(f"<h1>Chuyển đổi số</h1><div>{items}</div>", title="Chuyển đổi số"), URL)


HOSTILE = {
    "deep": "<div>" * 50_000 + "".join(PROSE) + "</div>" * 50_000,
    "fonts left open": "".join(f"<font color={n}>a<p>b" for n in range(5_000)),
    "lists in lists": "<ul><li>" * 20_000,
    "large": an_article(paragraphs=PROSE * 12_000),
    "one attribute": f"<p class='{'x ' * 500_000}'>{PROSE[0]}</p>",
    "brackets": "<" * 200_000,
    "entities": "&amp;" * 400_000,
    "one line": "Lượt xem: " * 100_000,
    "many blocks": "<div class=title>Tin</div>" * 40_000 + an_article(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_seconds(name: str) -> None:
    started = time.process_time()

    with contextlib.suppress(ReadError):
        read_page(a_page(HOSTILE[name]), URL)

    assert time.process_time() - started < 20


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        page = read_page(content + a_page(an_article())[:700], URL)
    except ReadError:
        return
    assert page.text or page.lead


def teasers(count: int) -> str:
    return "".join(
        f'<div class="item"><h3><a href="/k-{n}.html">Thôn số {n} ra mắt tổ công nghệ số cộng đồng</a></h3>'
        f"<p>Buổi ra mắt thứ {n} có đại diện các hộ dân, tổ sẽ họp vào chiều thứ sáu hằng tuần tại nhà văn hóa.</p></div>"
        for n in range(count)
    )


def test_many_teasers_do_not_outweigh_a_short_article() -> None:
    page = read_page(a_page(f'{an_article()}<div class="right">{teasers(40)}</div>'), URL)

    assert page.text == "\n\n".join(PROSE)


def test_a_column_called_sidebar_that_holds_the_heading_is_the_article() -> None:
    page = read_page(a_page(f'<div class="sidebar-1">{an_article()}</div><div>{teasers(40)}</div>'), URL)

    assert page.text == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "below",
    [
        "<p><b>* Mời bạn đọc theo dõi các số báo đã phát hành trên ứng dụng của tòa soạn!</b></p>",
        "<div><p>Tặng quà cho tác giả để có thêm bài viết hay</p></div>",
        '<div class="author">Minh Khôi</div><div><p>Nhận thư của tòa soạn vào mỗi sáng</p></div>',
        "<div><h3>Gửi bình luận</h3><p>Ý kiến của bạn đã được gửi tới tòa soạn và đang chờ duyệt</p></div>",
        "<div><p>Bạn đọc có thể gửi tin, ảnh về hộp thư của tòa soạn</p></div>",
    ],
)
def test_what_a_site_asks_of_its_readers_below_an_article_is_not_its_text(below: str) -> None:
    page = read_page(a_page(an_article(f"<div>{{}}{below}</div>")), URL)

    assert page.text == "\n\n".join(PROSE)


def test_text_goes_on_after_a_box_of_links_to_other_news() -> None:
    links = "".join(f'<a href="/k-{n}.html">Thôn số {n} ra mắt tổ công nghệ số</a><br>' for n in range(3))
    first, *others = PROSE
    box = f"<div><div>TIN LIÊN QUAN</div><div>{links}</div></div>"
    paragraphs = (PROSE[1], PROSE[2], first + box, others[0])

    page = read_page(a_page(an_article(paragraphs=paragraphs)), URL)

    assert page.text == "\n\n".join([PROSE[1], PROSE[2], first, others[0]])
    assert page.author is None


def test_a_date_beside_a_linked_section_above_the_heading_is_the_publication_date() -> None:
    section = '<div><span class="fr">Chủ nhật, 12/10/2025 - 08:15</span><a href="/so">Chuyển đổi số</a></div>'

    page = read_page(a_page(an_article().replace('<div class="detail">', f'{section}<div class="detail">')), URL)

    assert page.published is not None
    assert page.published.isoformat() == "2025-10-12T08:15:00+07:00"


def test_links_to_other_news_below_the_lead_are_not_of_it() -> None:
    lead = "Chưa đầy một tháng, cả 14 thôn của xã đã có sóng không dây miễn phí."
    links = '<div><ul><li>&gt;&gt; <a href="/k-1.html">Xã bên ra mắt tổ công nghệ số cộng đồng</a></li></ul></div>'

    page = read_page(a_page(an_article(date_line=f'<h2 class="sapo">{lead}{links}</h2>')), URL)

    assert page.lead == lead
    assert "Xã bên" not in (page.text or "")


def test_a_place_set_before_the_lead_stays_parted_from_it() -> None:
    lead = '<p class="sapo"><span class="location-stamp">Tuyên Quang</span>Cả 14 thôn của xã đã có sóng miễn phí.</p>'

    page = read_page(a_page(an_article(date_line=lead)), URL)

    assert page.lead == "Tuyên Quang Cả 14 thôn của xã đã có sóng miễn phí."


@pytest.mark.parametrize("head_title", ["Xã Hồng Thái số - Nhớ mùa lúa chín", "Nhớ mùa lúa chín | Xã Hồng Thái số"])
def test_the_name_of_the_site_in_a_heading_is_not_the_title(head_title: str) -> None:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
    body = (
        '<h1 class="sitename"><a href="/">XÃ HỒNG THÁI SỐ</a></h1>'
        f'<table><tr><td class="contentheading">Nhớ mùa lúa chín</td></tr><tr><td>{prose}</td></tr></table>'
    )

    assert read_page(a_page(body, title=head_title), URL).title == "Nhớ mùa lúa chín"


def linked_data(author: str, around: str = "{}") -> str:
    stated = {"@type": "NewsArticle", "headline": "Hồng Thái phủ sóng", "author": {"@type": "Person", "name": author}}
    return f'<script type="application/ld+json">{around.format(json.dumps(stated))}</script>'


@pytest.mark.parametrize("around", ["//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", "<!--\n{}\n-->"])
def test_linked_data_in_a_comment_is_read(around: str) -> None:
    page = read_page(a_page(an_article(), head=linked_data("Trần Thu Hà", around)), URL)

    assert page.author == "Trần Thu Hà"


def test_the_name_of_the_site_yields_to_the_name_beside_the_date() -> None:
    byline = '<p class="x"><b>Trần Thu Hà</b> - <span class="time">12/10/2025 08:15</span></p>'

    page = read_page(a_page(an_article(date_line=byline), head=linked_data("Báo Mới")), "https://baomoi.vn/a-1.html")

    assert page.author == "Trần Thu Hà"


def test_a_time_stated_in_universal_time_is_told_in_vietnamese_time() -> None:
    stated = '<meta property="article:published_time" content="2025-10-12T18:30:00Z">'

    page = read_page(a_page(an_article(), head=stated), URL)

    assert page.published is not None
    assert page.published.isoformat() == "2025-10-13T01:30:00+07:00"


@pytest.mark.parametrize("tag", ["li", "div"])
def test_teasers_within_the_block_of_the_article_are_not_its_text(tag: str) -> None:
    rows = "".join(
        f'<{tag}><a href="/k-{n}.html">Thôn số {n} ra mắt tổ công nghệ số cộng đồng</a>'
        f"<p>Buổi ra mắt thứ {n} có đại diện các hộ dân, tổ sẽ họp vào chiều thứ sáu hằng tuần.</p></{tag}>"
        for n in range(6)
    )

    page = read_page(a_page(an_article(f"{{}}{rows}")), URL)

    assert page.text == "\n\n".join(PROSE)
