"""The page of contradictions over many of them: pages, filters, counts, and what has just come in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.base import Document
from models.bodies.places import all_places
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from monitor.web import create_app
from tests.index.makers import a_document
from tests.monitor.makers import a_claim

PLACES = [one.name for one in all_places().values() if one.kind == "province" and one.until is None][:23]


def two_that_differ(place: str, number: int, **fields: str | None) -> list[Document]:
    """Two articles of one place, each with a figure of its own."""
    return [
        a_document(
            f"{number}-{value}-{fields.get('indicator')}", source=source,
            metrics=(a_claim(value, entity=place, **fields).metric,),
        )
        for value, source in (("78.4", "bao_a"), ("74.8", "bao_b"))
    ]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(Config(data=tmp_path)) as desk:
        documents = [document for number, place in enumerate(PLACES) for document in two_that_differ(place, number)]
        own = {"indicator": None, "name": "tỷ lệ xe buýt dùng điện", "sentence": "Tỷ lệ xe buýt dùng điện cao."}
        desk.index.add([*documents, *two_that_differ("Huế", 99, **own)])
        desk.index.commit()
        desk.index.release()
        yield desk


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk, ()))


def headings(page: str) -> list[str]:
    return re.findall(r"<h2>(?:<a [^>]*>)?([^<]*·[^<]*)", page)


def choices(page: str) -> dict[str, tuple[str, int]]:
    """What can be chosen ─► where it leads, and how many there are said to be."""
    found = re.findall(r'<li><a href="([^"]+)"[^>]*>([^<]+)</a> <span>(\d+)</span>', page)
    return {label: (href.replace("&amp;", "&"), int(count)) for href, label, count in found}


def test_pages_hold_each_contradiction_once(client: TestClient) -> None:
    first = client.get("/mau-thuan").text
    second = client.get("/mau-thuan?trang=2").text

    assert "24 mâu thuẫn, từ 1 đến 20" in first
    assert 'href="/mau-thuan?trang=2"' in first
    assert len(set(headings(first) + headings(second))) == len(headings(first) + headings(second)) == 24
    assert "Xem tiếp" not in second
    assert 'href="/mau-thuan?trang=1"' in second


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "²", "9" * 30])
def test_a_page_that_is_none_shows_one_that_is(client: TestClient, number: str) -> None:
    answer = client.get("/mau-thuan", params={"trang": number})

    assert answer.status_code == 200
    assert headings(answer.text)


def test_each_choice_leads_to_as_many_as_it_says_and_back(client: TestClient) -> None:
    offered = choices(client.get("/mau-thuan").text)

    assert offered["Ngoài danh mục"][1] == 1
    assert offered["Huế"][1] == 2
    for href, count in offered.values():
        page = client.get(href).text
        assert f"{count} mâu thuẫn" in page
        assert 'class="chosen"' in page
    both = choices(client.get(offered["Huế"][0]).text)
    assert client.get(both["Ngoài danh mục"][0]).text.count('<section class="conflict">') == 1
    assert both["Huế"][0] == "/mau-thuan"


def test_what_was_corrected_shows_at_once(client: TestClient, desk: Desk) -> None:
    before = client.get("/mau-thuan?noi=Huế").text
    hue = PLACES.index("Huế") if "Huế" in PLACES else 99
    (wrong, right) = two_that_differ("Huế", hue)
    desk.index.add([a_document(wrong.id, source="bao_a", metrics=right.metrics)])
    desk.index.commit()
    desk.index.release()

    after = client.get("/mau-thuan?noi=Huế").text

    assert (len(headings(before)), len(headings(after))) == (2, 1)


def test_what_is_chosen_and_not_there_is_said(client: TestClient) -> None:
    assert "không có số liệu nào của “Cà Mau Đông”" in client.get("/mau-thuan?noi=Cà Mau Đông").text
    assert "không có số liệu nào của chỉ tiêu “xyz”" in client.get("/mau-thuan?chi_tieu=xyz").text
    assert "Không thấy số liệu nào mâu thuẫn" in client.get("/mau-thuan?chi_tieu=-&noi=Lào Cai").text


def test_names_outside_the_catalogue_are_listed_and_the_list_follows_what_comes_in(
    client: TestClient, desk: Desk
) -> None:
    before = client.get("/chi-tieu").text
    desk.index.delete(["99-78.4-None"])
    desk.index.commit()
    desk.index.release()

    after = client.get("/chi-tieu").text

    assert ("tỷ lệ xe buýt dùng điện" in before, "tỷ lệ xe buýt dùng điện" in after) == (True, False)
