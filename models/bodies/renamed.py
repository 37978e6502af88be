"""What a place was called when a text was written whose day nobody knows: Huế was "Thừa Thiên Huế" until 2024."""

from __future__ import annotations

import re
from datetime import date, timedelta

from models.bodies.body import Body
from models.bodies.places import name_on, resolve

_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_CITY_BEFORE = ("thành phố ", "tp ", "tp. ", "tp.")
# Who is a city run by the centre has none of these.
_OF_A_PROVINCE = re.compile(r"\b(?:toàn tỉnh|ubnd tỉnh|tỉnh ủy|hđnd tỉnh|địa bàn tỉnh|tỉnh thừa thiên)\b")


def name_then(name: str | None, published: date | None, lower: str) -> str | None:
    """The name of a place on the day of an article; where that is unknown, by the years that it speaks of.

    >>> name_then("Huế", None, "năm 2017, toàn tỉnh đón 3 triệu lượt khách"), name_then("Huế", None, "năm 2026")
    ('Thừa Thiên Huế', 'Huế')
    """
    if name is None or published is not None:
        return name_on(name, published)
    place = resolve(name)
    if place is None or place.since is None or place.kind != "province" or not _speaks_of_before(lower, place.since):
        return name
    return name_on(name, place.since - timedelta(days=1))


def _speaks_of_before(lower: str, since: date) -> bool:
    if _OF_A_PROVINCE.search(lower):
        return True
    years = [int(year[0]) for year in _YEAR.finditer(lower)]
    return bool(years) and max(years) < since.year


def as_called(bodies: list[Body], home: str | None, name: str | None, lower: str) -> list[Body]:
    """The article's own province by the name that it had; "thành phố Huế" was a part of it before it was all of it."""
    if home is None or name is None or name == home:
        return bodies
    return [_as_called(body, home, name, lower) for body in bodies]


def _as_called(body: Body, home: str, name: str, lower: str) -> Body:
    if body.kind != "province" or body.name != home:
        return body
    if lower.endswith(_CITY_BEFORE, 0, body.start) or lower.startswith(_CITY_BEFORE, body.start):
        return body._replace(name=f"Thành phố {home}", kind="district")
    return body._replace(name=name)
