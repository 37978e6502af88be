"""On whose ground an article is: the province where it takes place, or the country."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from models.bodies.addresses import is_aside
from models.bodies.body import Body
from models.bodies.districts import province_with
from models.bodies.named import COMPANY_WORDS
from models.bodies.national import find_national
from models.bodies.patterns import SYLLABLE
from models.bodies.places import all_places, resolve

_MOST_NAMED = 3
_OPENING = 400
_TOLD_OFTEN = 2
_MEASURES = ("scale", "within")
"""Roles of a place that is only around, or measured by."""
_GROUNDS = ("province", "country")
_OF_THE_COUNTRY = ("ministry", "company", "other")
_NOT_HERE = (*COMPANY_WORDS, "bộ", "nước", "quốc gia")
"""Words that refer to somebody who is of no province."""
_PORTAL = re.compile(r"(?<![\w@])(?:[a-z]+\.)*([a-z]+)\.gov\.vn\b")
_SIGNATURE = re.compile(
    rf"(?:[Bb]áo|[Đđ]ài[^\n]{{0,24}}|Cổng[^\n]{{0,30}})\s(?P<name>{SYLLABLE}(?:\s{SYLLABLE}){{1,2}})"
)


def home_of(titled: list[Body], bodies: list[Body], source_place: str | None) -> str | None:
    """The province of an article: the one in its title, its outlet's, or the only one that it names."""
    for body in titled:
        if not body.is_source and (place := province_of(body)) is not None:
            return place
    outlet = resolve(source_place) if source_place else None
    if outlet is not None and outlet.kind == "province":
        return outlet.name
    named = {place for body in bodies if (place := province_of(body)) is not None}
    if not named:
        named = _provinces_of_districts([*titled, *bodies])
    return next(iter(named)) if len(named) == 1 else None


def _provinces_of_districts(bodies: list[Body]) -> set[str]:
    """The provinces whose districts are named; none where one name stands for several provinces' districts."""
    found = {province_with(body.name) for body in bodies if body.kind == "district"}
    return set() if None in found else {province for province in found if province is not None}


def province_of(body: Body) -> str | None:
    """The province that a body is, or that its name ends in."""
    if body.kind == "province":
        return body.name
    return _province_at_end(body.name) if body.kind == "department" else None


@lru_cache(maxsize=512)
def _province_at_end(name: str) -> str | None:
    words = name.split()
    for first in range(1, len(words)):
        place = resolve(" ".join(words[first:]))
        if place is not None and place.kind == "province":
            return place.name
    return None


def is_national(bodies: list[Body], lower: str, outlet: str) -> bool:
    """Whether an article of a province's outlet speaks of the country, and of nobody at home."""
    told = [body for body in bodies if body.role not in ("scale", "within", "compared") and body.name not in _NOT_HERE]
    kinds = {body.kind for body in told}
    if kinds & {"own", "department", "district", "commune", "clinic"}:
        return False
    if any(body.name == outlet for body in told):
        return ranks_provinces(told, lower)
    of_the_country = sum(body.kind in _OF_THE_COUNTRY for body in bodies)
    return "country" in kinds or of_the_country >= _TOLD_OFTEN or ranks_provinces(told, lower)


def ranks_provinces(bodies: list[Body], lower: str) -> bool:
    """Whether a text names several provinces among all of the country's."""
    return len({body.name for body in bodies if body.kind == "province"}) >= _MOST_NAMED and bool(find_national(lower))


def told_by_districts(bodies: list[Body], home: str | None) -> str | None:
    """The province that a text never names, or the one district of it: "Huyện Văn Yên có … Toàn huyện …"."""
    districts = Counter(body.name for body in bodies if body.kind == "district" and not body.is_source)
    if home is None or any(province_of(body) for body in bodies) or districts.total() < _TOLD_OFTEN:
        return None
    if any(body.kind == "country" for body in bodies):
        return None
    return next(iter(districts)) if len(districts) == 1 else home


def most_named(bodies: list[Body], text: str, under_title: str, home: str | None) -> str | None:
    """The province that an article of unknown origin is about, or None: it names others as often, or the country.

    Under a title that does not name it, one that only says where somebody is does not count: "công nhân ở Bình Dương".
    """
    told = [(body, province_of(body) or body.name) for body in bodies if body.kind in _GROUNDS or province_of(body)]
    named = Counter(name for body, name in told if body.role not in _MEASURES)
    provinces = Counter({name: count for name, count in named.items() if name != "Việt Nam"})
    own = any(body.kind == "own" and body.name in ("tỉnh", "thành phố") for body in bodies)
    if provinces:
        (best, count), *others = provinces.most_common(2)
        named_best = [body for body, name in told if name == best]
        if under_title and all(b.kind == "province" and is_aside(under_title, b.start) for b in named_best):
            return None
        if own and len(provinces) <= _MOST_NAMED and (not others or others[0][1] < count):
            return best
        opens = next(body.start for body, name in told if name == best) < _OPENING
        if opens and count > named["Việt Nam"] and count * 2 > provinces.total():
            return best
    return (_signature(text) or _of_portal(text) or home) if own else None


def _of_portal(text: str) -> str | None:
    """The province whose portal is the only one of a province that a text names: "dichvucong.nghean.gov.vn"."""
    found = {_by_address()[address[1]] for address in _PORTAL.finditer(text) if address[1] in _by_address()}
    return next(iter(found)) if len(found) == 1 else None


@cache
def _by_address() -> dict[str, str]:
    """The provinces by how their portals are called: "nghean"."""
    provinces = (place for place in all_places().values() if place.kind == "province")
    return {place.code.replace("_", ""): place.name for place in provinces}


def _signature(text: str) -> str | None:
    """The province whose newspaper the text is taken from: "Theo Báo Đắk Nông"."""
    for name in _SIGNATURE.finditer(text):
        place = resolve(name["name"]) or resolve(" ".join(name["name"].split()[:2]))
        if place is not None and place.kind == "province":
            return place.name
    return None
