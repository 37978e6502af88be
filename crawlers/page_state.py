"""What a page hands to its own script: the article as JSON, as Nuxt, Next and their like print it into the page.

Told as JSON-LD would tell it, so that the reader of the head needs no second way.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any

_MARKS = (b"__N", b"_STATE__")
"""What every such script has in it; two short ones, as each costs 13 µs a page."""
_SCRIPT = re.compile(
    rb"<script[^<>]{0,200}?(?:id=[\"']?__(?:NUXT_DATA|NEXT_DATA)__[^<>]{0,200}>|>[^<>]{0,60}?__[A-Z_]{4,20}__\s*=)"
)
_MOST_SCRIPTS = 5
_LARGEST = 3_000_000
_MOST_THINGS = 20_000
_SHORTEST_TITLE, _SHORTEST_BODY = 12, 150
_TITLES = ("title", "headline", "name", "tieude", "ten", "tentin", "tenbai", "subject")
_BODIES = ("content", "body", "noidung", "html", "contenthtml", "detail", "fulltext", "articlebody", "bodyhtml")
_DATES = (
    "publishedat", "publishdate", "publisheddate", "publishtime", "publishedtime", "publishat", "datepublished",
    "ngaydang", "ngayxuatban", "ngaydangtin", "date", "createdat", "createddate", "ngaytao",
)  # fmt: skip
_LEADS = ("description", "summary", "sapo", "lead", "excerpt", "tomtat", "trichyeu", "intro", "mota")
_AUTHORS = ("author", "authorname", "tacgia", "writer", "penname", "butdanh", "nguoiviet")
_NAMES = ("name", "fullname", "displayname", "ten", "hoten", "penname")
# In a state that is a program rather than JSON, the fields are looked for close to each other.
_LOOSE_TITLE = re.compile(r'"?\btitle"?\s*:\s*("(?:[^"\\]|\\.){12,250}")')
_LOOSE_BODY = re.compile(r'"?\b(?:content|body|noiDung)"?\s*:\s*"(?:[^"\\]|\\.){150}')
_LOOSE_DATE = re.compile(r'"?\b(?:publish\w*|ngayDang\w*)"?\s*:\s*"(\d{4}-[^"]{4,30})"', re.I)
_LOOSE_REACH = 3_000
_MOST_TITLES = 50
_BREAK = re.compile(r"</(?:p|div|h\d|li|tr)>|<br\s*/?>", re.I)
_TAG = re.compile(r"<[^<>]*>")


def read_state(markup: bytes) -> dict[str, Any] | None:
    """The article in a page's state, with the keys of JSON-LD; None where there is no state or no article in it."""
    if len(markup) > _LARGEST or not any(mark in markup for mark in _MARKS):
        return None
    for script in islice(_SCRIPT.finditer(markup), _MOST_SCRIPTS):
        end = markup.find(b"</script>", script.end())
        text = markup[script.end() : end if end >= 0 else None].decode(errors="replace").strip().removesuffix(";")
        try:
            state = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            found = _loose_article(text)
        else:
            found = next(filter(None, map(_article, _things(state))), None)
        if found:
            return found
    return None


def _things(state: object) -> Iterator[dict[str, Any]]:
    """Every object, from the outside in; in Nuxt 3's flat list a number is the place of a value."""
    flat = state if isinstance(state, list) else None
    waiting: deque[object] = deque([state])
    for _ in range(_MOST_THINGS):
        if not waiting:
            return
        thing = waiting.popleft()
        if isinstance(thing, dict):
            yield {_plain_key(key): _resolved(value, flat) for key, value in thing.items()}
            waiting.extend(value for value in thing.values() if isinstance(value, (dict, list)))
        elif isinstance(thing, list):
            waiting.extend(value for value in thing if isinstance(value, (dict, list)))


def _plain_key(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


def _resolved(value: object, flat: list[Any] | None) -> object:
    if flat is not None and type(value) is int and 0 <= value < len(flat):
        value = flat[value]
        if isinstance(value, dict):
            return {key: _resolved(inner, flat) for key, inner in value.items() if not isinstance(inner, dict)}
    return value


def _article(thing: dict[str, Any]) -> dict[str, Any] | None:
    title = _first_text(thing, _TITLES, _SHORTEST_TITLE)
    body = _first_text(thing, _BODIES, _SHORTEST_BODY)
    if title is None or body is None:
        return None
    return {
        "headline": _without_tags(title),
        "articleBody": _without_tags(body),
        "datePublished": _first_text(thing, _DATES, 8),
        "description": _without_tags(_first_text(thing, _LEADS, 30) or "") or None,
        "author": _author(thing),
    }


def _first_text(thing: dict[str, Any], keys: tuple[str, ...], shortest: int) -> str | None:
    values = (thing.get(key) for key in keys)
    return next((value for value in values if isinstance(value, str) and len(value) >= shortest), None)


def _author(thing: dict[str, Any]) -> str | None:
    for key in _AUTHORS:
        value = thing.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = _first_text({_plain_key(name): said for name, said in value.items()}, _NAMES, 3)
        if isinstance(value, str) and 3 <= len(value) <= 60:
            return value
    return None


def _loose_article(text: str) -> dict[str, Any] | None:
    for title in islice(_LOOSE_TITLE.finditer(text), _MOST_TITLES):
        near = text[max(0, title.start() - _LOOSE_REACH) : title.end() + _LOOSE_REACH]
        if _LOOSE_BODY.search(near) is None:
            continue
        date = _LOOSE_DATE.search(near)
        try:
            headline = json.loads(title.group(1))
        except ValueError:
            continue
        return {"headline": _without_tags(headline), "datePublished": date.group(1) if date else None}
    return None


def _without_tags(text: str) -> str:
    """Text of HTML, a line for each of its blocks."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip() if "<" in text or "&" in text else text
