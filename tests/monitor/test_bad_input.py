"""What the web and people hand in wrong: each gets a clear reason, none stops the others, nothing is lost."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.http import HttpFetcher, Limits
from crawlers.records import Source
from index.querying.query import parse_query
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from monitor.pipeline import Run
from tests.crawlers.server import Reply, Server
from tests.fakes import a_source
from tests.monitor.conftest import Monitor

XML = ("Content-Type", "application/rss+xml; charset=utf-8")
HTML = ("Content-Type", "text/html; charset=utf-8")
PROSE = (
    "Sáng nay, trung tâm phục vụ hành chính công của phường đón những người dân đầu tiên đến nộp hồ sơ qua mạng.",
    "Theo ban quản lý, trong ngày đầu có 312 lượt người được hướng dẫn, phần lớn là làm thủ tục cư trú và hộ tịch.",
    "Phường phấn đấu đến hết năm có 80% hồ sơ được nộp trực tuyến, người dân không phải đi lại nhiều lần.",
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "nổ nổ nổ nổ nổ nổ nổ nổ">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + '<!ELEMENT x ANY>]><rss version="2.0"><channel><title>&m;</title></channel></rss>'
)


def a_feed(*paths: str) -> bytes:
    items = "".join(f"<item><title>Tin {path}</title><link>{path}</link></item>" for path in paths)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>{items}</channel></rss>'.encode()


def a_page(title: str, prose: tuple[str, ...] = PROSE) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div></body></html>".encode()


def article_paths(count: int) -> list[str]:
    return [f"/tin/bai-viet-so-{number}-{100000 + number}.html" for number in range(count)]


ROUTES = {
    "/good.rss": Reply(headers=(XML,), body=a_feed("/tin/bai-lanh-lan-1001.html", "/tin/nfd-1002.html", "/tin/la-1003.html")),
    "/tin/bai-lanh-lan-1001.html": Reply(headers=(HTML,), body=a_page("Phường mở trung tâm phục vụ hành chính công")),
    "/tin/nfd-1002.html": Reply(
        headers=(HTML,),
        body=unicodedata.normalize(
            "NFD", a_page("Đắk Lắk đẩy mạnh chuyển đổi số tới từng buôn", tuple(f"{p} Đắk Lắk." for p in PROSE)).decode()
        ).encode(),
    ),
    "/tin/la-1003.html": Reply(
        headers=(HTML,),
        body=a_page("Trang có ký tự lạ trong bài viết này", tuple(f"{p} &#xD800; &#55357; hết." for p in PROSE)),
    ),
    "/broken.rss": Reply(headers=(XML,), body=b'<?xml version="1.0"?><rss><channel><item><title>\xff\xfe do dang'),
    "/bomb.rss": Reply(headers=(XML,), body=BOMB.encode()),
    "/empty.rss": Reply(headers=(XML,), body=a_feed()),
    "/large.rss": Reply(headers=(XML,), body=(b"<rss>" + b" " * 65_536 for _ in range(3_200)), chunked=True),
    "/gzip.rss": Reply(
        headers=(XML, ("Content-Encoding", "gzip")), body=gzip.compress(b"<rss>" + b"a" * 60_000_000, compresslevel=9)
    ),
    "/loop.rss": Reply(status=302, headers=(("Location", "/loop2.rss"),)),
    "/loop2.rss": Reply(status=302, headers=(("Location", "/loop.rss"),)),
    "/inward.rss": Reply(status=302, headers=(("Location", "http://169.254.169.254/latest/meta-data/"),)),
    "/script.rss": Reply(headers=(XML,), body=a_feed("/tin/chi-co-ma-lenh-2001.html")),
    "/tin/chi-co-ma-lenh-2001.html": Reply(
        headers=(HTML,), body=b"<html><body><div id=app></div><script>" + b"render();" * 9_000 + b"</script></body></html>"
    ),
    "/many.rss": Reply(headers=(XML,), body=a_feed(*article_paths(10_000))),
}  # fmt: skip
EXPECTED = {
    "broken": "not_a_feed", "bomb": None, "empty": None, "large": "too_large", "gzip": "too_large",
    "loop": "too_many_redirects", "inward": "forbidden_address", "script": None, "good": None,
}  # fmt: skip


def a_local_source(name: str, server: Server) -> Source:
    url = f"http://127.0.0.1:{server.port}/{name}.rss"
    return a_source(id=name, url=url, kind="feed", local=True, delay=0.0)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(routes=dict(ROUTES)) as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(Config(data=tmp_path)) as desk:
        yield desk


def run_over(desk: Desk, sources: list[Source]) -> Run:
    run = Run(desk, sources, now=datetime.now(UTC))
    limits = Limits(connect=2, read=2, total=5, retries=0, max_bytes=2_000_000)
    with HttpFetcher(contact="https://example.org", limits=limits) as fetcher:
        for _ in run.drive(fetcher, run.jobs(all_sources=True)):
            pass
    return run


def test_each_bad_source_gets_its_reason_and_the_good_one_is_read(desk: Desk, server: Server) -> None:
    summary = run_over(desk, [a_local_source(name, server) for name in EXPECTED]).summary

    reasons = {failure.source_id: failure.reason for failure in summary.failures}
    assert reasons == {name: reason for name, reason in EXPECTED.items() if reason}
    assert all(failure.message for failure in summary.failures)
    assert dict(summary.articles) == {"new": 3, "not_an_article": 1}


def test_what_was_written_decomposed_or_with_broken_letters_is_kept_and_found(desk: Desk, server: Server) -> None:
    run_over(desk, [a_local_source("good", server)])

    titles = {document.title for document in desk.archive.all_documents()}
    texts = "".join(document.text for document in desk.archive.all_documents())

    assert "Đắk Lắk đẩy mạnh chuyển đổi số tới từng buôn" in titles
    assert not any("\ud800" <= letter <= "\udfff" for letter in texts)
    assert desk.index.search(parse_query("Đắk Lắk")).total == 1
    assert desk.index.search(parse_query("ký tự lạ")).total == 1


def test_a_feed_of_ten_thousand_items_is_listed_whole_and_survives_a_stop(desk: Desk, server: Server) -> None:
    server.routes |= {"*": Reply(status=503), "/robots.txt": Reply(status=404)}
    source = a_local_source("many", server)
    run = Run(desk, [source], now=datetime.now(UTC))
    with HttpFetcher(contact="https://example.org", limits=Limits(retries=0, total=30)) as fetcher:
        for done, _ in run.drive(fetcher, run.jobs()):
            if done == 5:
                break

    assert desk.archive.counts().links["pending"] == 10_000


LINES = [
    {
        "url": "https://a.vn/1.html",
        "title": "Phường mở lớp kỹ năng số",
        "text": " ".join(PROSE),
        "published": "2026-05-04",
    },
    "không phải JSON",
    ["một danh sách"],
    {"url": "https://a.vn/2.html", "title": "Thiếu nội dung"},
    {"url": "ftp://a.vn/3", "title": "Sai địa chỉ", "text": " ".join(PROSE)},
    {"url": "https://a.vn/4.html", "title": "Ngày lạ", "text": " ".join(PROSE[1:]), "published": "hôm kia"},
]


def as_jsonl(lines: list[object]) -> str:
    return "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)


def test_bad_lines_of_a_jsonl_are_named_and_the_rest_is_kept(monitor: Monitor) -> None:
    done = monitor("ingest", "-", stdin=as_jsonl(LINES))
    found = json.loads(monitor("search", "--json").stdout)

    assert done.returncode == 1
    assert [line.partition(":")[0] for line in done.stderr.splitlines()[:5]] == [f"dòng {n}" for n in (2, 3, 4, 5, 6)]
    assert {hit["title"]: hit["published"] for hit in found["hits"]} == {
        "Phường mở lớp kỹ năng số": "2026-05-04", "Ngày lạ": None,
    }  # fmt: skip


def test_analyse_names_bad_lines_and_prints_the_others_in_order(monitor: Monitor) -> None:
    lines: list[object] = [
        {"id": 1, "title": "A", "text": "Tỷ lệ hồ sơ nộp trực tuyến của Huế năm 2025 đạt 88,3%."},
        '{"id": 2, "text": 5}',
        {"id": 3, "title": "B", "text": "lạ \ud83d đến đây"},
        {"id": 4, "text": ""},
    ]

    done = monitor("analyse", stdin=as_jsonl(lines))
    printed = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 1
    assert "dòng 2" in done.stderr
    assert [shape["id"] for shape in printed] == [1, 3, 4]
    assert printed[0]["metrics"][0]["value"] == 88.3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["search", '"một cửa'], 1, "Thiếu dấu ngoặc kép"),
        (["search", "--topic", "bóng đá"], 1, "bóng đá"),
        (["series", "không có chỉ tiêu này"], 1, "store series --list"),
        (["extract", "khong-co.html"], 1, "Kiểm tra lại đường dẫn"),
        (["crawl", "--source", "khong_co"], 1, "store sources list"),
        (["search", "--limit", "không"], 2, "--limit"),
        (["khong-co-lenh"], 2, "khong-co-lenh"),
    ],
)
def test_what_can_not_be_done_is_told_in_a_line_that_says_what_to_do(
    monitor: Monitor, arguments: list[str], code: int, said: str
) -> None:
    done = monitor(*arguments)

    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_search_on_an_empty_store_says_how_to_fill_it(monitor: Monitor) -> None:
    done = monitor("search", "một cửa")

    assert (done.returncode, done.stdout) == (0, "")
    assert "store up " in done.stderr


@pytest.mark.parametrize(
    "line", ['{"id": NaN, "text": "a"}', '{"id": 1e999, "text": "a"}', "[" * 100_000, '{"id": 1, "text": "a"', "\x00"]
)
def test_a_line_that_is_not_strict_json_costs_only_itself(monitor: Monitor, line: str) -> None:
    done = monitor(
        "analyse", stdin=line + "\n" + json.dumps({"id": "lành", "text": "Huế đạt 88,3% hồ sơ trực tuyến."}) + "\n"
    )

    assert done.returncode == 1
    assert done.stderr.startswith("dòng 1: ")
    assert [json.loads(out)["id"] for out in done.stdout.splitlines()] == ["lành"]


def test_what_articles_hold_is_neither_markup_nor_a_formula(monitor: Monitor) -> None:
    article = {
        "url": "https://a.vn/1.html", "source": "nguồn lạ", "title": "=cmd|' /C calc'!A0 [/x] lạ",
        "text": "Tỷ lệ [/bold] hồ sơ trực tuyến [red] của Huế năm 2025 đạt 88,3%. " + " ".join(PROSE),
    }  # fmt: skip
    monitor("ingest", "-", stdin=json.dumps(article))

    shown = monitor("search", "hồ sơ", "--source", "nguồn lạ")
    table = monitor("figures")
    rows = monitor("search", "--csv").stdout.splitlines()

    assert "[/x] lạ" in shown.stdout
    assert (shown.returncode, table.returncode) == (0, 0)
    assert "'=cmd|" in rows[1]
