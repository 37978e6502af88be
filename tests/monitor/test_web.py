"""The search page: finds, narrows, escapes, and says what to do where there is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from crawlers.records import Article
from index.errors import AwayError
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from monitor.keeper import Keeper
from monitor.web import create_app
from monitor.web_values import marked
from tests.fakes import NOON, a_source

SOURCES = [a_source(id="cong_hue", name="Cổng TTĐT thành phố Huế", place="Huế")]


def an_article(number: int, title: str, text: str, *, url: str | None = None) -> Article:
    return Article(
        url=url or f"https://hue.vn/tin-{number}.html", title=title, text=text, source_id="cong_hue", fetched_at=NOON,
        published=datetime(2026, 5, number, 1, tzinfo=UTC),
    )  # fmt: skip


ARTICLES = [
    an_article(
        1, "Huế đạt 88,3% hồ sơ trực tuyến",
        "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 88,3%, tăng 7,7 điểm % so với năm 2024.",
    ),
    an_article(2, "Mưa lớn ở miền núi", "Mưa lớn kéo dài, học sinh một số xã vùng cao được nghỉ học đến hết tuần."),
    an_article(
        3, "<script>alert(1)</script> & <b>đậm</b>", "Nội dung có <img src=x onerror=alert(2)> trong bài viết này.",
        url="javascript:alert(3)",
    ),
]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(Config(data=tmp_path)) as desk:
        yield desk


@pytest.fixture
def client(desk: Desk) -> TestClient:
    keeper = Keeper(desk, now=NOON, places={"cong_hue": "Huế"})
    for article in ARTICLES:
        keeper.add(article)
    keeper.flush()
    keeper.index()
    return TestClient(create_app(desk, SOURCES))


def test_the_front_page_shows_the_newest_first(client: TestClient) -> None:
    page = client.get("/").text

    assert page.index("script") > 0
    assert page.index("Mưa lớn ở miền núi") < page.index("Huế đạt 88,3%")
    assert "3 bài" in page


def test_a_search_marks_what_it_found_and_a_facet_narrows_it(client: TestClient) -> None:
    page = client.get("/", params={"q": "hồ sơ trực tuyến"}).text
    narrowed = client.get("/", params={"q": "hồ sơ trực tuyến", "topic": "online_services", "month": "2026-05"}).text

    assert "<mark>hồ sơ trực tuyến</mark>" in page  # in the title, which holds all of it
    assert "topic=online_services" in page
    assert "1 bài" in narrowed
    assert "Bỏ lọc" in narrowed


def test_what_articles_hold_can_not_run_in_the_page(client: TestClient, desk: Desk) -> None:
    ids = [document.id for document in desk.archive.all_documents()]
    pages = [client.get("/").text, *(client.get(f"/bai/{key}").text for key in ids)]

    assert all(
        "<script>alert" not in page and "<img src=x" not in page and 'href="javascript' not in page for page in pages
    )
    assert "script-src 'self'" in client.get("/").headers["content-security-policy"]


def test_an_article_shows_its_figures_marked_and_in_a_table(client: TestClient, desk: Desk) -> None:
    key = next(document.id for document in desk.archive.all_documents() if "88,3%" in document.title)

    page = client.get(f"/bai/{key}").text

    assert '<mark class="figure">88,3%</mark>' in page
    assert "năm 2025" in page
    assert "Cổng TTĐT thành phố Huế" in page


def test_an_indicator_has_a_page_with_its_sentences(client: TestClient) -> None:
    listed = client.get("/chi-tieu").text
    page = client.get("/chi-tieu/online_services.online_dossier_rate").text

    assert "online_services.online_dossier_rate" in listed
    assert "tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 88,3%" in page


def test_figures_outside_the_catalogue_are_listed_and_followed_under_their_own_name(desk: Desk) -> None:
    keeper = Keeper(desk, now=NOON)
    for year in (2022, 2023):
        text = f"Năm {year}, Huế có {year - 1900} điểm phát sóng wifi miễn phí 24/7 tại công viên."
        url = f"https://hue.example/{year}.html"
        keeper.add(Article(url=url, title=f"Wifi {year}", text=text, source_id="cong_hue", fetched_at=NOON))
    keeper.flush()
    keeper.index()
    client = TestClient(create_app(desk, SOURCES))

    (link,) = re.findall(r'href="(/chi-tieu/[^"]*wifi[^"]*)"', client.get("/chi-tieu").text)
    page = client.get(link).text

    assert "122" in page
    assert "123" in page


@pytest.mark.parametrize("path", ["/khong-co", "/bai/khong-co", "/chi-tieu/khong.co", "/static/khong.css"])
def test_what_is_not_there_is_a_404_that_leads_back(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert 'href="/"' in answer.text or path.startswith("/static")


def test_a_bad_query_is_shown_with_the_place(client: TestClient) -> None:
    answer = client.get("/", params={"q": 'một "cửa'})

    assert answer.status_code == 400
    assert "Thiếu dấu ngoặc kép" in answer.text
    assert "\n    ^" in answer.text


def test_an_empty_store_says_how_to_fill_it(desk: Desk) -> None:
    page = TestClient(create_app(desk, SOURCES, command="./run.sh monitor")).get("/").text

    assert "./run.sh monitor up --demo" in page


@pytest.mark.parametrize(
    "query", ["after=xyz", "topic=%00", "month=2026-13", "month=abc", "sort=zzz", "place=Atlantis"]
)
def test_tampered_parameters_do_no_harm(client: TestClient, query: str) -> None:
    assert client.get(f"/?q=hồ&{query}").status_code in {200, 400}


def test_spans_that_overlap_are_marked_once() -> None:
    assert str(marked("một cửa", [(0, 3), (0, 7), (4, 7)])) == "<mark>một</mark> <mark>cửa</mark>"


def test_many_readers_at_once_are_answered(client: TestClient) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def ask(number: int) -> httpx.Response:
        return client.get("/", params={"q": ["hồ sơ", "mưa", "không có"][number % 3]})

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(40)))

    assert {answer.status_code for answer in answers} == {200}


def test_dates_narrow_the_search_and_stay_in_the_boxes(client: TestClient) -> None:
    page = client.get("/", params={"q": "", "since": "2026-05-02", "until": "2026-05-02"}).text

    assert "Mưa lớn ở miền núi" in page
    assert "Huế đạt" not in page
    assert 'name="since" value="2026-05-02"' in page


@pytest.mark.parametrize("days", [{"since": "hôm qua"}, {"since": "2026-05-03", "until": "2026-05-01"}])
def test_days_that_cannot_be_are_told(client: TestClient, days: dict[str, str]) -> None:
    page = client.get("/", params=days)

    assert page.status_code == 400
    assert "ngày" in page.text


def test_a_chosen_topic_survives_a_new_search(client: TestClient) -> None:
    page = client.get("/", params={"q": "hồ sơ", "topic": "online_services"}).text

    assert '<input type="hidden" form="find" name="topic" value="online_services">' in page


def test_what_is_found_is_exported_whole_and_harmless(client: TestClient) -> None:
    answer = client.get("/xuat.csv", params={"q": "trực tuyến"})

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "id,url,title,published,source,topics,places,tier"
    assert len(lines) == 2
    assert "Huế đạt 88,3% hồ sơ trực tuyến" in lines[1]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert client.get("/xuat.csv", params={"q": "(("}).status_code == 400


CLAIMS = [
    an_article(
        4, "Huế: kết quả năm", "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 83,8%.", url="https://bao-b.vn/4"
    ),
    an_article(5, "Huế trước đây", "Năm 2023, tỷ lệ hồ sơ nộp trực tuyến của tỉnh Thừa Thiên Huế đạt 70,2%."),
]


@pytest.fixture
def disputed(client: TestClient, desk: Desk) -> TestClient:
    keeper = Keeper(desk, now=NOON, places={"cong_hue": "Huế"})
    keeper.add(replace(CLAIMS[0], source_id="bao_b"))
    keeper.add(CLAIMS[1])
    keeper.flush()
    keeper.index()
    return client


def test_contradictions_have_a_page_with_their_sources_and_reasons(disputed: TestClient) -> None:
    page = disputed.get("/mau-thuan").text

    assert page.index("88,3%") < page.index("83,8%")
    assert "khác nhau, chưa rõ vì sao" in page
    assert "Cổng TTĐT thành phố Huế" in page
    assert 'href="/mau-thuan?tat_ca=1"' in page


def test_the_page_of_an_indicator_leads_to_its_contradictions(disputed: TestClient) -> None:
    series = disputed.get("/chi-tieu/online_services.online_dossier_rate").text

    assert 'href="/mau-thuan?chi_tieu=online_services.online_dossier_rate"' in series
    assert "83,8%" in disputed.get("/mau-thuan?chi_tieu=online_services.online_dossier_rate").text
    assert "83,8%" not in disputed.get("/mau-thuan?noi=Lào Cai&chi_tieu=admin_reform.sipas").text


def test_no_contradictions_and_no_articles_are_told_apart(client: TestClient, tmp_path: Path) -> None:
    with open_desk(Config(data=tmp_path / "empty")) as empty:
        nothing = TestClient(create_app(empty, SOURCES, command="./run.sh monitor")).get("/mau-thuan").text

    assert "Không thấy số liệu nào mâu thuẫn" in client.get("/mau-thuan").text
    assert "./run.sh monitor up --demo" in nothing


def test_what_the_conflicts_are_asked_for_can_not_run_in_the_page(client: TestClient) -> None:
    page = client.get("/mau-thuan", params={"noi": "<script>alert(1)</script>"}).text

    assert "<script>alert" not in page
    assert "không có số liệu nào của" in page


def test_old_provinces_are_rolled_up_on_the_page_of_an_indicator(disputed: TestClient) -> None:
    page = disputed.get("/chi-tieu/online_services.online_dossier_rate?gop=1").text

    assert "Không gộp được các tỉnh cũ" in page
    assert '<h2 id="1">Huế</h2>' in page
    assert "Thừa Thiên Huế</h2>" not in page


def test_an_export_that_the_index_cannot_answer_now_is_not_the_readers_fault(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise AwayError("Chỉ mục không trả lời")

    monkeypatch.setattr(desk.index, "search", away)

    assert client.get("/xuat.csv?q=hồ+sơ").status_code == 503
