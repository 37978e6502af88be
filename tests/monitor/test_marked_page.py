"""`analyse --html`: every figure marked where it stands, nothing of the text lost, and nothing in it that runs."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from models.records import Annotation, Metric, Period, TopicScore
from monitor.marked_page import Marked, render_page
from tests.monitor.conftest import Monitor

TEXT = "Năm 2024, Lào Cai đạt 72,1% hồ sơ trực tuyến;\n\nmục tiêu 80%."


def a_metric(quote: str, text: str = TEXT, **fields: Any) -> Metric:
    start = text.index(quote)
    plain: dict[str, Any] = {
        "name": "tỷ lệ hồ sơ trực tuyến", "value": None, "unit": "percent", "entity": "Lào Cai",
        "period": Period(start=date(2024, 1, 1), end=date(2024, 12, 31)), "sentence": text,
    }  # fmt: skip
    return Metric(quote=quote, start=start, end=start + len(quote), **{**plain, **fields})


def page_of(text: str, *metrics: Metric, title: str | None = "Tin", **fields: Any) -> LexborHTMLParser:
    annotation = Annotation(
        topics=(TopicScore(topic="online_services", score=0.934),), metrics=metrics, places=(), model_version="1"
    )
    one = Marked(id=fields.get("id"), title=title, text=text, annotation=annotation)
    return LexborHTMLParser("".join(render_page([one], {"online_services": "Dịch vụ công trực tuyến"})))


def text_of(page: LexborHTMLParser) -> str:
    """The text as given, without what the page adds to it."""
    node = page.css_first(".text")
    assert node is not None
    inner = re.sub(
        r'<b>.*?</b>|<sup>.*?</sup>|<span class="about".*?</span></mark>', "", node.inner_html or "", flags=re.S
    )
    return html.unescape(re.sub(r"</?mark[^>]*>", "", inner))


def test_figures_are_marked_by_kind_and_explained() -> None:
    page = page_of(TEXT, a_metric("72,1%"), a_metric("80%", kind="target"))

    marks = page.css(".text mark")
    assert [mark.attributes["class"] for mark in marks] == ["achieved", "target"]
    assert marks[0].text().startswith("72,1%tỷ lệ1")
    assert "Lào Cai" in marks[0].css_first(".about").text()  # type: ignore[union-attr]
    assert "năm 2024" in marks[0].text()
    assert [row.css_first("td").text() for row in page.css("tbody tr")] == ["1", "2"]  # type: ignore[union-attr]
    assert "Dịch vụ công trực tuyến 0,93" in page.css_first(".topics").text()  # type: ignore[union-attr]


def test_the_text_is_all_there_as_it_was_given() -> None:
    odd = "Ký tự lạ: & < > \" ' \u00a0 và xuống dòng\n\n\tĐạt 72,1% </div>"

    assert text_of(page_of(odd, a_metric("72,1%", odd))) == odd
    assert text_of(page_of(TEXT)) == TEXT


def test_two_figures_in_one_place_share_a_mark_and_overlapping_ones_do_too() -> None:
    whole, part = a_metric("72,1% hồ sơ"), a_metric("1% hồ sơ trực tuyến", entity="Yên Bái")

    page = page_of(TEXT, whole, a_metric("72,1% hồ sơ", entity="Huế"), part)

    (mark,) = page.css(".text mark")
    assert mark.css_first("sup").text() == "1,2,3"  # type: ignore[union-attr]
    assert all(name in mark.text() for name in ("Lào Cai", "Huế", "Yên Bái"))
    assert text_of(page) == TEXT


def test_nothing_of_a_text_can_run() -> None:
    evil = '<script>alert(1)</script> đạt 72,1% <img src=x onerror="alert(2)">'

    page = page_of(
        evil,
        a_metric("72,1%", evil, name="<b onmouseover=alert(3)>", entity="</span><script>"),
        title="<script>",
        id="<i>",
    )

    assert not page.css("script, img, i[onmouseover], b[onmouseover]")
    assert page.css_first("meta[http-equiv]").attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'"  # type: ignore[union-attr]
    assert text_of(page) == evil


def test_no_file_but_the_page_itself_is_needed() -> None:
    page = page_of(TEXT, a_metric("72,1%"))

    assert not page.css("link, [src], [href]")


LINES = [
    {"id": "a", "title": "Lào Cai", "text": "Năm 2023, tỷ lệ hồ sơ nộp trực tuyến của Lào Cai đạt 72,1%."},
    {"id": 2, "text": "Không có số nào, và một ký tự hỏng: \ud83d"},
]


def test_the_command_writes_a_page(monitor: Monitor, tmp_path: Path) -> None:
    given = "\n".join(json.dumps(line) for line in LINES)
    file = tmp_path / "trang.html"

    done = monitor("analyse", "-", "--html", str(file), stdin=given)
    out = monitor("analyse", "-", "--html", "-", stdin=given)

    assert (done.returncode, done.stdout) == (0, "")
    assert "Đã ghi 2 bài" in done.stderr
    assert "72,1%<b>tỷ lệ</b>" in file.read_text("utf-8")
    assert "Không có số liệu." in file.read_text("utf-8")
    assert out.stdout == file.read_text("utf-8")


def test_a_bad_line_costs_itself_and_a_missing_file_leaves_no_page(monitor: Monitor, tmp_path: Path) -> None:
    file = tmp_path / "trang.html"

    missing = monitor("analyse", str(tmp_path / "none.jsonl"), "--html", str(file))
    left = list(tmp_path.glob("*.html")) + list(tmp_path.glob(".*"))
    bad = monitor("analyse", "-", "--html", str(file), stdin="bad\n" + json.dumps(LINES[0]))

    assert (missing.returncode, left) == (1, [])
    assert bad.returncode == 1
    assert "dòng 1" in bad.stderr
    assert file.exists()


@pytest.mark.parametrize("options", [["--html", "/khong/co/x.html"], ["--html", "-", "--explain"]])
def test_what_can_not_be_is_told(monitor: Monitor, options: list[str]) -> None:
    done = monitor("analyse", "-", *options, stdin=json.dumps(LINES[0]))

    assert done.returncode == (2 if "--explain" in options else 1)
    assert done.stdout == ""
    assert done.stderr
