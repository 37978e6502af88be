from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawlers import urls

ONE_FORM = "https://baolaocai.vn/chuyen-doi-so/tin-1.html"


@pytest.mark.parametrize(
    "url",
    [
        "http://baolaocai.vn/chuyen-doi-so/tin-1.html",
        "https://www.baolaocai.vn/chuyen-doi-so/tin-1.html/",
        "HTTPS://BaoLaoCai.VN:443/chuyen-doi-so//tin-1.html#binh-luan",
        "http://baolaocai.vn:80/chuyen-doi-so/./tin-1.html?utm_source=zalo&utm_medium=social",
        "https://m.baolaocai.vn/chuyen-doi-so/tin-1.html?fbclid=IwAR0abc",
        "https://amp.baolaocai.vn/chuyen-doi-so/tin-1.html?zarsrc=30&gclid=1",
        "https://baolaocai.vn/amp/chuyen-doi-so/tin-1.html",
        "https://baolaocai.vn/chuyen-doi-so/tin-1.html/amp/",
        "https://baolaocai.vn/chuyen-doi-so/tin-1.amp.html",
        "https://baolaocai.vn/chuyen-doi-so/tin-1.html.amp",
        "https://baolaocai.vn/chuyen-doi-so/tin-1.html?amp=1",
        "https://baolaocai.vn/chuyen-doi-so/tin-1.html?amp",
        "https://baolaocai.vn/chuyen%2Ddoi%2dso/khac/../tin-1.html;jsessionid=AB12",
        "  https://baolaocai.vn/chuyen-doi-so/\ntin-1.html \t",
        "https://ai:do@baolaocai.vn./chuyen-doi-so/tin-1.html",
        "//baolaocai.vn/chuyen-doi-so/tin-1.html",
    ],
)
def test_every_way_to_an_article_has_one_form(url: str) -> None:
    assert urls.canonical(url) == ONE_FORM


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("http://a.gov.vn/tin?id=123&cid=7", "https://a.gov.vn/tin?cid=7&id=123"),
        (
            "https://a.gov.vn/web/guest/tin?p_p_id=101&_101_articleId=55&p_auth=xYz",
            "https://a.gov.vn/web/guest/tin?_101_articleId=55&p_p_id=101",
        ),
        ("https://a.gov.vn/-/view_content/content/99/x", "https://a.gov.vn/-/view_content/content/99/x"),
        ("https://a.gov.vn/Default.aspx?tabid=9&ItemID=4", "https://a.gov.vn/Default.aspx?ItemID=4&tabid=9"),
        ("https://a.gov.vn/x?b=2&a=1&b=1", "https://a.gov.vn/x?a=1&b=1&b=2"),
        ("https://a.gov.vn/x?q=", "https://a.gov.vn/x?q="),
        ("https://a.gov.vn", "https://a.gov.vn/"),
        ("https://a.gov.vn/tin mới", "https://a.gov.vn/tin%20m%E1%BB%9Bi"),
        ("https://a.gov.vn/tin%20m%e1%bb%9bi", "https://a.gov.vn/tin%20m%E1%BB%9Bi"),
        ("https://a.gov.vn/100%", "https://a.gov.vn/100%25"),
        ("http://127.0.0.1:8000/tin", "http://127.0.0.1:8000/tin"),
        ("https://m.gov.vn/tin", "https://m.gov.vn/tin"),
        ("https://amp.vn/amp", "https://amp.vn/amp"),
        ("mailto:toasoan@baolaocai.vn", "mailto:toasoan@baolaocai.vn"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("https://[::1", "https://[::1"),
        ("", ""),
    ],
)
def test_what_names_the_article_is_kept(url: str, form: str) -> None:
    assert urls.canonical(url) == form


def test_a_relative_link_is_read_from_its_page() -> None:
    assert urls.canonical("tin-2.html?x=1", base="http://www.a.vn/muc/tin-1.html") == "https://a.vn/muc/tin-2.html?x=1"


WEBBY = st.builds(
    "{}://{}{}/{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.text("amw.-vn:0189@[]đ", max_size=14),
    st.sampled_from(["", ".vn", ".gov.vn", ":80", ":8443", "."]),
    st.text("amp./;=%2eE5jsesionid \\đ", max_size=24),
    st.one_of(st.just(""), st.text("?&=#amputm_id1%253+;đ ", max_size=24)),
)


@given(st.one_of(st.text(), WEBBY))
@example("https://a.vn/%2%35")
@example("https://m.amp.www.a.vn/amp/amp/x.amp.amp")
@example("https://a.vn/\ud800?\ud800=1")
def test_the_form_of_a_form_is_itself_and_no_text_breaks_it(url: str) -> None:
    form = urls.canonical(url)

    assert urls.canonical(form) == form


@given(st.one_of(st.text(), WEBBY), st.one_of(st.text(), WEBBY))
def test_no_base_breaks_it(url: str, base: str) -> None:
    form = urls.canonical(url, base=base)

    assert urls.canonical(form) == form


@given(st.one_of(st.text(), WEBBY))
def test_a_request_holds_plain_letters_only(url: str) -> None:
    found = urls.address(url)

    if found is not None:
        assert str(found).isascii()
        assert str(found).isprintable()
        assert " " not in str(found)
        assert urls.host(url) == found.host


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("https://laocai.gov.vn", True),
        ("http://laocai.gov.vn:8080/x", True),
        ("http://laocai.gov.vn:25/x", False),
        ("ftp://laocai.gov.vn/x", False),
        ("file:///etc/passwd", False),
        ("https:///x", False),
        ("tin-tuc/1", False),
        ("https://a.vn:99999/", False),
        ("https://a b.vn/", False),
    ],
)
def test_only_web_addresses_on_usual_ports_are_fetched(url: str, answer: bool) -> None:
    assert urls.is_fetchable(url) is answer


def test_a_local_source_may_use_any_port() -> None:
    assert urls.is_fetchable("http://127.0.0.1:9999/rss", local=True)
