"""Sitemaps, news sitemaps and indexes are read, whole or damaged."""

from __future__ import annotations

import gzip
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.errors import ReadError
from crawlers.sitemaps import read_sitemap

URL = "https://bao.example.vn/sitemap.xml"
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACES}>
<url><loc>https://bao.example.vn/hoa-binh-phat-song-1001.html</loc><lastmod>2026-09-15</lastmod>
<news:news><news:publication><news:name>Báo</news:name></news:publication><news:publication_date>2026-09-14T09:13:00+07:00</news:publication_date>
<news:title>Hòa Bình phủ sóng &amp; cấp chữ ký số</news:title></news:news>
<image:image><image:loc>https://anh.example.vn/a.jpg</image:loc><image:title>Ảnh</image:title></image:image></url>
<url><loc><![CDATA[https://bao.example.vn/da-bac-1002.html?a=1&b=2]]></loc><lastmod>2026-09-13</lastmod></url>
<url><loc> /kim-boi-1003.html </loc></url></urlset>"""


def test_articles_come_with_title_and_date_and_never_with_their_pictures() -> None:
    first, second, third = read_sitemap(NEWS.encode(), URL).entries

    assert (first.url, first.title) == (
        "https://bao.example.vn/hoa-binh-phat-song-1001.html",
        "Hòa Bình phủ sóng & cấp chữ ký số",
    )
    assert first.published is not None
    assert first.published.isoformat() == "2026-09-14T09:13:00+07:00"
    assert (second.url, second.published) == ("https://bao.example.vn/da-bac-1002.html?a=1&b=2", date(2026, 9, 13))
    assert (third.url, third.published) == ("https://bao.example.vn/kim-boi-1003.html", None)


def test_an_index_names_further_sitemaps() -> None:
    index = f"<sitemapindex {NAMESPACES}><sitemap><loc>https://bao.example.vn/s-2026-09.xml</loc><lastmod>2026-09-14</lastmod></sitemap></sitemapindex>"

    found = read_sitemap(index.encode(), URL)

    assert found.entries == ()
    assert [(entry.url, entry.published) for entry in found.sitemaps] == [
        ("https://bao.example.vn/s-2026-09.xml", date(2026, 9, 14))
    ]


def test_gzip_is_unpacked() -> None:
    assert len(read_sitemap(gzip.compress(NEWS.encode()), URL).entries) == 3


def test_a_plain_list_of_addresses_is_a_sitemap() -> None:
    assert len(read_sitemap(b"https://bao.example.vn/a\nhttps://bao.example.vn/b\n", URL).entries) == 2


def test_a_sitemap_cut_off_gives_what_came_whole() -> None:
    cut = NEWS[: NEWS.index("<url><loc> /kim")]

    assert len(read_sitemap(cut.encode(), URL).entries) == 2


def test_bare_ampersands_are_forgiven() -> None:
    text = f"<urlset {NAMESPACES}><url><loc>https://bao.example.vn/?id=1&cat=2</loc></url></urlset>"

    assert read_sitemap(text.encode(), URL).entries[0].url == "https://bao.example.vn/?id=1&cat=2"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_a_feed"),
        (b"<!doctype html><html><body>404</body></html>", "not_a_feed"),
        (b"<rss><channel/></rss>", "not_a_feed"),
        (b"not found", "not_a_feed"),
        (b"\x1f\x8b\x08broken", "bad_encoding"),
        pytest.param(gzip.compress(b" " * (60 * 1024 * 1024)), "too_large", id="gzip-bomb"),
    ],
)
def test_what_is_no_sitemap_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_sitemap(content, URL)

    assert caught.value.reason == reason


def test_an_entity_bomb_does_not_go_off() -> None:
    bomb = (
        '<!DOCTYPE u [<!ENTITY a "'
        + "ha" * 500
        + '">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 40}">' for n in range(9))
        + "]>"
    )
    started = time.process_time()

    read_sitemap(f"{bomb}<urlset {NAMESPACES}><url><loc>https://bao.example.vn/&j;</loc></url></urlset>".encode(), URL)

    assert time.process_time() - started < 5


def test_twenty_thousand_addresses_take_seconds() -> None:
    urls = "".join(
        f"<url><loc>https://bao.example.vn/tin-{n}.html</loc><lastmod>2026-09-14T09:13:00+07:00</lastmod></url>"
        for n in range(20_000)
    )
    started = time.process_time()

    assert len(read_sitemap(f"<urlset {NAMESPACES}>{urls}</urlset>".encode(), URL).entries) == 20_000
    assert time.process_time() - started < 20


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 900))
def test_a_damaged_sitemap_is_read_or_refused(noise: bytes, at: int) -> None:
    content = NEWS.encode()
    try:
        found = read_sitemap(content[:at] + noise + content[at:], URL)
    except ReadError as e:
        assert e.reason in ("not_a_feed", "bad_encoding")  # noqa: PT017 (either way is right)
        return
    assert all(entry.url.startswith("http") for entry in found.entries)
