"""The demo newsroom is what the demo promises: varied outlets, natural articles, honest labels."""

from __future__ import annotations

import unicodedata
import urllib.error
import urllib.request
from collections import Counter

from models.records import TOPIC_IDS
from monitor.demo.newsroom import Newsroom, encode_1258, load_outlets

OUTLETS = load_outlets()
ARTICLES = [article for outlet in OUTLETS for article in outlet.articles]


def get(newsroom: Newsroom, outlet: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    source = next(source for source in newsroom.sources if source.id == outlet.replace("-", "_"))
    request = urllib.request.Request(
        source.url, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as e:
        with e:
            return e.code, dict(e.headers), e.read()


def test_the_newsroom_has_outlets_of_every_kind_and_habit() -> None:
    assert len(OUTLETS) >= 12
    assert {outlet.kind for outlet in OUTLETS} == {"feed", "listing", "sitemap"}
    assert {outlet.habit for outlet in OUTLETS} >= {"undated", "redirects", "windows-1258", "html-for-rss", "stalls"}
    assert {outlet.listing for outlet in OUTLETS} >= {
        "rss2.xml",
        "atom.xml",
        "rdf.xml",
        "rss091.xml",
        "sitemapindex.xml",
    }


def test_the_articles_cover_topics_places_and_years() -> None:
    topics = Counter(topic for article in ARTICLES for topic in article.topics)
    places = {outlet.place for outlet in OUTLETS if outlet.articles and outlet.place}

    assert len(ARTICLES) >= 80
    assert set(topics) == set(TOPIC_IDS)
    assert sum(not article.topics for article in ARTICLES) >= 10
    assert len([place for place in places if place.startswith("Bộ")]) >= 4
    assert {article.published.year for article in ARTICLES} == set(range(2019, 2027))


def test_every_article_is_nfc_and_has_an_address_of_its_own() -> None:
    addresses = {outlet.article_path(article) for outlet in OUTLETS for article in outlet.articles}

    assert len(addresses) == len(ARTICLES)
    assert all(unicodedata.is_normalized("NFC", article.title + article.text) for article in ARTICLES)


def test_a_second_request_with_the_etag_gets_a_304(newsroom: Newsroom) -> None:
    status, headers, body = get(newsroom, "cong-da-nang")

    again, _, nothing = get(newsroom, "cong-da-nang", If_None_Match=headers["ETag"])

    assert (status, again, nothing) == (200, 304, b"")
    assert b"<rss" in body


def test_an_outlet_of_the_old_kind_speaks_windows_1258(newsroom: Newsroom) -> None:
    _, headers, body = get(newsroom, "cong-dak-lak")

    text = unicodedata.normalize("NFC", body.decode("windows-1258"))

    assert "windows-1258" in headers["Content-Type"]
    assert "Đắk Lắk" in text
    assert "?" not in encode_1258(ARTICLES[0].title).decode("windows-1258")


def test_an_outlet_answers_html_where_it_promised_rss(newsroom: Newsroom) -> None:
    status, headers, body = get(newsroom, "cong-ninh-binh")

    assert status == 200
    assert headers["Content-Type"].startswith("text/html")
    assert b"<h1>" in body
