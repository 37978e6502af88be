"""Feeds of every age and state of repair are read; what is no feed is refused in words."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.errors import ReadError
from crawlers.feeds import read_feed

URL = "https://baomoi.example.vn/rss/chuyen-doi-so.rss"


def rss(*items: str, head: str = "") -> bytes:
    channel = f"<channel><title>Chuyển đổi số</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0">{channel}</rss>'.encode()


def an_item(title: str = "Hậu Giang mở kênh hỏi đáp thủ tục", *, link: str = "/tin-1.html", rest: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{rest}</item>"


def test_entries_come_in_the_feeds_order_with_absolute_addresses() -> None:
    entries = read_feed(rss(an_item(link="/b-2.html"), an_item(link="https://khac.example.vn/a-1.html")), URL)

    assert [entry.url for entry in entries] == [
        "https://baomoi.example.vn/b-2.html",
        "https://khac.example.vn/a-1.html",
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mon, 14 Sep 2026 09:13:00 +0700", "2026-09-14T09:13:00+07:00"),
        ("Mon, 14 Sep 2026 09:13:00 +07:00", "2026-09-14T09:13:00+07:00"),
        ("Mon, 14 Sep 26 09:13:00 +0700", "2026-09-14T09:13:00+07:00"),
        ("Mon, 14 Sep 2026 02:13:00 GMT", "2026-09-14T02:13:00+00:00"),
        ("Mon, 14 Sep 2026 09:13:00 GMT+7", "2026-09-14T09:13:00+07:00"),
        ("2026-09-14T02:13:00Z", "2026-09-14T02:13:00+00:00"),
        ("9/14/2026 6:44:00 PM", "2026-09-14T18:44:00+07:00"),
        ("14/09/2026 09:13", "2026-09-14T09:13:00+07:00"),
        ("14/09/2026", "2026-09-14"),
        ("không rõ", None),
    ],
)
def test_a_date_keeps_the_feeds_own_zone(written: str, expected: str | None) -> None:
    [entry] = read_feed(rss(an_item(rest=f"<pubDate>{written}</pubDate>")), URL)

    assert (entry.published.isoformat() if entry.published else None) == expected


@pytest.mark.parametrize(
    "written",
    [
        "Hỏi & đáp: 5 câu về VNeID",
        "Hỏi &amp; đáp: 5 câu về VNeID",
        "<![CDATA[Hỏi & đáp: 5 câu về VNeID]]>",
        "<![CDATA[Hỏi &amp; đáp: 5 c&acirc;u về VNeID]]>",
        "H&#7887;i &amp;amp; đáp: 5 c&acirc;u về VNeID",
        "<![CDATA[ <b>Hỏi &amp; đáp:</b> 5 câu\n về VNeID ]]>",
    ],
)
def test_a_title_is_plain_text_however_it_is_escaped(written: str) -> None:
    [entry] = read_feed(rss(an_item(written)), URL)

    assert entry.title == "Hỏi & đáp: 5 câu về VNeID"


def test_an_ampersand_left_bare_in_a_link_breaks_nothing() -> None:
    entries = read_feed(rss(an_item(link="/view.aspx?id=7&cat=2"), an_item(link="/view.aspx?id=8&amp;cat=2")), URL)

    assert [entry.url for entry in entries] == [
        "https://baomoi.example.vn/view.aspx?id=7&cat=2",
        "https://baomoi.example.vn/view.aspx?id=8&cat=2",
    ]


def test_a_summary_is_prose_without_picture_and_related_news() -> None:
    description = (
        '<description><![CDATA[<a href="/tin-1.html"><img src="/a.jpg" /></a></br>Tỉnh có thêm 40 điểm tiếp nhận hồ sơ.'
        '<ul><li><a href="/tin-9.html">Vị Thanh trả kết quả qua bưu điện</a></li></ul>]]></description>'
    )
    [entry] = read_feed(rss(an_item(rest=description)), URL)

    assert entry.summary == "Tỉnh có thêm 40 điểm tiếp nhận hồ sơ."


def test_an_item_without_title_and_link_is_dropped() -> None:
    entries = read_feed(rss("<item><title/><description>No Description</description></item>", an_item()), URL)

    assert [entry.title for entry in entries] == ["Hậu Giang mở kênh hỏi đáp thủ tục"]


def test_an_item_named_only_by_its_guid_is_kept() -> None:
    [entry] = read_feed(
        rss('<item><title>Tin</title><guid isPermaLink="true">https://baomoi.example.vn/tin-5.html</guid></item>'), URL
    )

    assert entry.url == "https://baomoi.example.vn/tin-5.html"


def test_atom_is_read() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title type="html">Bến Tre &amp;amp; dữ liệu mở</title>
    <link rel="alternate" href="/tin-3.html"/><published>2026-09-14T09:13:00+07:00</published>
    <updated>2026-09-15T09:13:00+07:00</updated></entry></feed>"""
    [entry] = read_feed(atom.encode(), URL)

    assert (entry.title, entry.url) == ("Bến Tre & dữ liệu mở", "https://baomoi.example.vn/tin-3.html")
    assert entry.published is not None
    assert entry.published.isoformat() == "2026-09-14T09:13:00+07:00"


def test_rdf_is_read() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/">
    <item rdf:about="https://baomoi.example.vn/tin-4.html"><title>Trà Vinh số hóa sổ hộ tịch</title>
    <link>https://baomoi.example.vn/tin-4.html</link><dc:date>2026-09-14</dc:date></item></rdf:RDF>"""
    [entry] = read_feed(rdf.encode(), URL)

    assert (entry.title, entry.published) == ("Trà Vinh số hóa sổ hộ tịch", date(2026, 9, 14))


def test_the_oldest_rss_without_version_is_read() -> None:
    content = b"<rss version='0.91'><channel><title>x</title>" + an_item().encode() + b"</channel></rss>"

    assert len(read_feed(content, URL)) == 1


def test_a_feed_cut_off_gives_what_came_whole() -> None:
    content = rss(an_item("Tin thứ nhất"), an_item("Tin thứ hai", link="/tin-2.html"))

    assert [entry.title for entry in read_feed(content[: content.index(b"</channel>")], URL)] == [
        "Tin thứ nhất",
        "Tin thứ hai",
    ]


def test_an_empty_feed_has_no_entries() -> None:
    assert read_feed(rss(), URL) == ()


def test_a_wrong_declared_encoding_does_no_harm() -> None:
    content = rss(an_item("Sóc Trăng thử nghiệm trợ lý ảo")).replace(b'"utf-8"', b'"us-ascii"')

    assert (
        read_feed(content, URL, content_type="application/xml; charset=iso-8859-1")[0].title
        == "Sóc Trăng thử nghiệm trợ lý ảo"
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "nothing"),
        (b"  \n", "nothing"),
        (
            "<!DOCTYPE html><html><head><title>Trang không tồn tại</title></head></html>".encode(),
            "HTML page.*Trang không tồn tại",
        ),
        (b"<html><script>location.reload()</script></html>", "HTML page"),
        (b'{"code": 403}', "JSON"),
        (b"Access denied", "plain text"),
        (b'<?xml version="1.0"?><urlset><url><loc>https://a.vn/</loc></url></urlset>', "urlset"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_came_instead(content: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=says) as caught:
        read_feed(content, URL)

    assert caught.value.reason == "not_a_feed"


def test_an_entity_bomb_does_not_go_off() -> None:
    bomb = (
        '<!DOCTYPE r [<!ENTITY a "'
        + "ha" * 500
        + '">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 40}">' for n in range(9))
        + "]>"
    )
    started = time.process_time()

    entries = read_feed(rss(an_item("Tin &j;"), head=bomb), URL)

    assert time.process_time() - started < 5
    assert all(len(entry.title or "") < 100 for entry in entries)


def test_a_file_of_this_machine_is_not_read_into_a_feed() -> None:
    head = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

    assert "root:" not in str(read_feed(rss(an_item("Tin &x; mới"), head=head), URL))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=120), st.integers(0, 300))
def test_a_damaged_feed_is_read_or_refused(noise: bytes, at: int) -> None:
    content = rss(an_item(), an_item(link="/tin-2.html"))
    try:
        entries = read_feed(content[:at] + noise + content[at:], URL)
    except ReadError as e:
        entries = ()
        assert e.message  # noqa: PT017 (either way is right)
    assert all(entry.url.startswith("http") for entry in entries)
