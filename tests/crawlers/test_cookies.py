from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.cookies import LONGEST, MOST, Cookies

NOW = datetime(2026, 9, 1, tzinfo=UTC)


def a_jar(*lines: str) -> Cookies:
    jar = Cookies()
    jar.take(list(lines), now=NOW)
    return jar


def test_a_cookie_comes_back_on_the_paths_it_is_for() -> None:
    jar = a_jar("a=1", "b=2; Path=/muc", "c=3; Path=muc", "d=4; Path=/muc/")

    assert jar.header("/", is_secure=False) == "a=1; c=3"
    assert jar.header("/muc", is_secure=False) == "a=1; b=2; c=3"
    assert jar.header("/muc/tin", is_secure=False) == "a=1; b=2; c=3; d=4"
    assert jar.header("/mucluc", is_secure=False) == "a=1; c=3"


def test_a_secure_cookie_never_travels_in_the_open() -> None:
    jar = a_jar("a=1; Secure")

    assert (jar.header("/", is_secure=False), jar.header("/", is_secure=True)) == (None, "a=1")


@pytest.mark.parametrize("end", ["Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_cookie_that_is_taken_back_is_gone(end: str) -> None:
    jar = a_jar("a=1")

    assert jar.take([f"a=; {end}"], now=NOW)
    assert jar.header("/", is_secure=True) is None


def test_the_same_cookie_again_is_no_change() -> None:
    jar = a_jar("a=1")

    assert not jar.take(["a=1", "", "=2", "nonsense"], now=NOW)
    assert jar.take(["a=2; Expires=someday"], now=NOW)


def test_no_server_fills_our_memory() -> None:
    jar = a_jar(*(f"c{n}=x" for n in range(1000)), "big=" + "x" * LONGEST)

    assert (jar.header("/", is_secure=True) or "").count("=") == MOST


@given(st.lists(st.text()))
def test_no_line_breaks_the_jar_or_smuggles_a_header(lines: list[str]) -> None:
    header = a_jar(*lines).header("/", is_secure=True) or ""

    assert header.isascii()
    assert header.isprintable()
