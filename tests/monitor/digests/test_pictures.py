"""Digests as a real browser shows them: nothing is wider than a phone, and nothing is asked of the web."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from monitor.digests.render import render
from tests import pictures
from tests.demands import lacking
from tests.monitor.digests.makers import PORTAL, a_daily, a_digest, a_story, a_view, heard
from tests.monitor.makers import a_claim

UNBROKEN = "rấtdài" * 80


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(pictures.CHROMIUM).exists():
        lacking("Chromium", "it is not installed (Debian, Ubuntu: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=pictures.CHROMIUM, args=pictures.QUIET)
        yield browser
        browser.close()


@pytest.mark.parametrize("width", [320, 390, 900])
def test_a_digest_with_endless_words_fits_every_screen_and_loads_nothing(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    figure = replace(a_claim("92.3").metric, entity=UNBROKEN)
    told, again = a_story("told", about="x", title=UNBROKEN), a_story("again", about="x", source="bao_b")
    story = a_story("a", title=f"Hồ sơ {UNBROKEN}", text=f"Hồ sơ {UNBROKEN}. ", metrics=(figure,))
    view = a_view(
        story, again, a_story("b", source=UNBROKEN), told=[a_digest(told, number=8, days=1)], known=[told],
        subscription=a_daily(name=UNBROKEN, sources=("cong",)), states={"cong": heard(replace(PORTAL, name=UNBROKEN), failures_in_row=9)},
        uncertain=a_digest(told, number=8, days=1),
    )  # fmt: skip
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    pictures.photograph(browser, render(view, with_chart=False).html, tmp_path / "a.png", width=width, scheme="dark")
    page.set_content(render(view, with_chart=False).html)

    assert (tmp_path / "a.png").stat().st_size > 1000
    assert asked == []
    page.close()


def test_the_pictures_of_the_docs_can_be_made_anew(browser: Browser, tmp_path: Path) -> None:
    made = pictures.digests()

    for name, (width, scheme) in pictures.SCREENS.items():
        html = pictures.as_a_client_shows(made.get(name, made["digest"]))
        pictures.photograph(browser, html, tmp_path / f"{name}.png", width=width, scheme=scheme)
        assert (pictures.FOLDER / f"{name}.png").exists()
