"""What a block's class says of it: the names that sites really use."""

from __future__ import annotations

import pytest

from crawlers.block_names import is_menu
from crawlers.html_tree import parse_html
from crawlers.markup import outline


@pytest.mark.parametrize(
    "name", ["mega-menu", "header main-menu clearfix", "nav-menu", "navbar-nav mr-auto", "menu_top"]
)
def test_a_menu_is_known_by_its_name(name: str) -> None:
    assert is_menu(name)


@pytest.mark.parametrize(
    "name", ["menu-item-title", "post-content", "main-content", "submenus-of-the-day", "chuyen-muc"]
)
def test_what_only_sounds_like_a_menu_is_read(name: str) -> None:
    assert not is_menu(name)


def test_a_menu_is_passed_over_and_what_stands_around_it_is_read() -> None:
    page = outline(
        parse_html(
            "<body><p>Trước</p><ul class='mega-menu'><li><a href='/a'>Kinh tế</a></li></ul><div class='bai'><p>Sau</p></div></body>"
        )
    )

    assert [line.text for line in page.lines] == ["Trước", "Sau"]
