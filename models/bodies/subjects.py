"""Whom an article is about, and whom a figure in it: the body named last before it, or the article's own place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from models.bodies.abroad import STRANGE, of_a_foreign_setting, setting_of
from models.bodies.companies import is_code
from models.bodies.districts import find_districts
from models.bodies.heroes import company_of, hero_of, or_the_country, project_of
from models.bodies.named import COMPANY_WORDS, Body, find_bodies, merge, relate
from models.bodies.national import find_national
from models.bodies.patterns import SYLLABLE, office_names, offices_alone
from models.bodies.places import PlaceSpan, places_in, resolve
from models.bodies.renamed import as_called, name_then
from models.text import unify_tones
from models.vocabulary import small_letters

_MOST_NAMED = 3
_OPENING = 400
_MEASURES = ("scale", "within")
"""Roles of a place that is only around, or measured by."""
_GROUNDS = ("province", "country")
_OF_MANY = re.compile(r"\b(?:nhiều|các|63|34) (?:tỉnh|địa phương|bộ|thành phố)\b")
_BRACKET = re.compile(
    r"\s\((?:sau đây gọi (?:tắt )?là |gọi tắt là |(?P<code>[Mm]ã (?:[^\W\d_]+ ){0,2}"
    r"|(?:HOSE|HoSE|HNX|UPCoM|UPCOM): ?))?(?P<name>[A-Z][\w.-]+)\)"
)
_FORM = re.compile(r"^(?:Công ty (?:[Cc]ổ phần |CP |TNHH (?:MTV )?|con )*)?(?:Tập đoàn )?")
_STRANGE = re.compile(rf"{STRANGE}")
_BUSINESSES = ("Ngân hàng", "Công ty", "Tổng công ty", "Tập đoàn")
_SIGNATURE = re.compile(
    rf"(?:[Bb]áo|[Đđ]ài[^\n]{{0,24}}|Cổng[^\n]{{0,30}})\s(?P<name>{SYLLABLE}(?:\s{SYLLABLE}){{1,2}})"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """The bodies of an article: whom it is about, on whose ground, and all that it names, in order."""

    main: str | None
    """Whom figures are about where nothing else says it."""
    home: str | None
    """The province where it all takes place."""
    bodies: list[Body]
    is_guess: bool = False
    """Nothing says whom the article is about; `main` is the country, as for most such articles."""


def cast_of(
    text: str,
    lower: str,
    places: list[PlaceSpan],
    *,
    title: str | None,
    source_place: str | None,
    published: date | None,
) -> Cast:
    """Who appears in an article; `places` are those that its text names."""
    bodies = find_bodies(text, lower, places)
    bodies = merge(_codes(text, bodies), bodies)
    small = small_letters(unify_tones(title)) if title else ""
    titled = find_bodies(title, small, places_in(title, small)) if title else []
    if short_names := _short_names(text, bodies) | _brands(title or "", text, bodies):
        in_text, in_title = _named_shortly(text, short_names), _named_shortly(title or "", short_names)
        names = _canonical_names(short_names, in_text + in_title)
        bodies, titled = _renamed(merge(in_text, bodies), names), _renamed(merge(in_title, titled), names)
    if longer := _longer_names(bodies):
        bodies, titled = ([_office_in_full(body, longer) for body in several] for several in (bodies, titled))
    if title and source_place is None and _OF_MANY.search(small) and _ranks_provinces(bodies, lower):
        titled = [body for body in titled if body.kind != "province"]
    titled = _opened(titled, small)
    titled = [or_the_country(body, small, bodies) for body in titled]
    setting = setting_of(_leading(titled, small), bodies) if source_place is None else None
    if setting is not None:
        bodies = of_a_foreign_setting(bodies, lower)
    home = _home(titled, bodies, source_place)
    if home is not None:
        bodies = merge(bodies, find_districts(text, lower, home, published))
        if title:
            titled = merge(titled, find_districts(title, small, home, published))
    project = project_of(title, text, lower) if title and source_place is None else None
    if project is not None:
        bodies = merge(project[1], bodies)
    main = project[0] if project else setting or _main(_leading(titled, small), bodies, home, source_place, text, lower)
    if home is None and main is not None and (place := resolve(main)) is not None and place.kind == "province":
        home = main
    if home is None:  # an office is one of a province
        bodies = [body for body in bodies if body.name not in offices_alone()]
    is_guess = main == "Việt Nam" and not any(body.kind == "country" for body in titled) and source_place is None
    return Cast(
        main=name_then(main, published, lower),
        home=name_then(home, published, lower),
        bodies=[as_called(body, home, published, lower) for body in relate(bodies, lower)],
        is_guess=is_guess,
    )


def _short_names(text: str, bodies: list[Body]) -> dict[str, str]:
    """What companies are called after they are introduced, and as what: "Ngân hàng TMCP Á Đông (ADB)"."""
    introduced = ((body, _BRACKET.match(text, body.end)) for body in bodies if body.kind == "company")
    return {bracket["name"]: body.name for body, bracket in introduced if bracket and not is_code(bracket, text)}


def _codes(text: str, bodies: list[Body]) -> list[Body]:
    """Where companies are called by the code that they were introduced with: "Thế Giới Di Động (mã MWG)"."""
    introduced = ((body, _BRACKET.match(text, body.end)) for body in bodies if body.kind == "company")
    codes = {bracket["name"]: body.name for body, bracket in introduced if bracket and is_code(bracket, text)}
    return [body._replace(name=codes[body.name]) for body in _named_shortly(text, codes)] if codes else []


def _brands(title: str, text: str, bodies: list[Body]) -> dict[str, str]:
    """What companies are called for short in the title, or later in the text, and as what they are introduced."""
    brands = {}
    for body in bodies:
        if body.kind == "company" and (brand := _FORM.sub("", body.name)) != body.name and _is_brand(brand):
            called = list(dict.fromkeys((body.name, brand, " ".join(brand.split()[-2:]))))
            short = next((name for name in called if name in title), None) or _most_used(called, text[body.end :])
            if short != body.name and resolve(short) is None and short[0].isupper():
                brands[short] = body.name
    return brands


def _is_brand(name: str) -> bool:
    """Whether a name without the company's form says who it is: "Sao Việt", "Dabaco", but not "Xây"."""
    return " " in name or _STRANGE.fullmatch(name) is not None


def _most_used(names: list[str], text: str) -> str:
    """Which of several names, each the end of the one before, a text uses most often; the longest where it uses none."""
    counts = [text.count(name) for name in names]
    alone = {name: count - longer for name, count, longer in zip(names, counts, [0, *counts], strict=False)}
    return max(alone, key=lambda name: alone[name])


def _named_shortly(text: str, short_names: dict[str, str]) -> list[Body]:
    """Where companies are called by their short names, in order."""
    pattern = re.compile(rf"(?<![\w(])(?:{'|'.join(map(re.escape, short_names))})(?!\w)")
    return [Body(m.start(), m.end(), m[0], "company") for m in pattern.finditer(text)]


def _canonical_names(short_names: dict[str, str], shortly: list[Body]) -> dict[str, str]:
    """The one name for each company that has two: a business's brand, if the article goes on to use it (as VNPT's is)."""
    used = {body.name for body in shortly}
    names = {}
    for short, full in short_names.items():
        name = short if short in used and full.startswith(_BUSINESSES) else full
        names[short] = names[full] = name
    return names


def _renamed(bodies: list[Body], names: dict[str, str]) -> list[Body]:
    return [body._replace(name=names.get(body.name, body.name)) if body.kind == "company" else body for body in bodies]


def _longer_names(bodies: list[Body]) -> dict[str, str]:
    """What offices are called that the text names in full too: "Hải quan" and "Cục Hải quan Đồng Nai"."""
    offices = {_office_of(body) for body in bodies if body.kind == "department"}
    return {
        short: longer
        for longer in offices
        for short in (longer.removeprefix("Cục "), longer.partition(" và ")[0])
        if short != longer and short in office_names()
    }


def _office_of(body: Body) -> str:
    """A department's name without its province."""
    place = province_of(body)
    return body.name.removesuffix(f" {place}") if place else body.name


def _office_in_full(body: Body, longer: dict[str, str]) -> Body:
    office = _office_of(body) if body.kind == "department" else ""
    return body._replace(name=longer[office] + body.name[len(office) :]) if office in longer else body


def _home(titled: list[Body], bodies: list[Body], source_place: str | None) -> str | None:
    """The province of an article: the one in its title, its outlet's, or the only one that it names."""
    for body in titled:
        if not body.is_source and (place := province_of(body)) is not None:
            return place
    outlet = resolve(source_place) if source_place else None
    if outlet is not None and outlet.kind == "province":
        return outlet.name
    named = Counter(place for body in bodies if (place := province_of(body)) is not None)
    return next(iter(named)) if len(named) == 1 else None


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


def _opened(titled: list[Body], title: str) -> list[Body]:
    """A title's bodies; the place that it opens with is told of though it says or asks something: "Hà Nội yêu cầu …"."""
    for i, body in enumerate(titled[:2]):
        of_office = i == 1 and titled[0].kind == "ministry" and title[titled[0].end : body.start].strip() in ("", "của")
        if body.kind in ("province", "abroad") and body.role == "source" and (body.start == 0 or of_office):
            return [*titled[:i], body._replace(role="subject"), *titled[i + 1 :]]
    return titled


def _leading(titled: list[Body], title: str) -> list[Body]:
    """Of a title's bodies the commune, district or country that it opens with: "Xã Ea Ly: Ba tháng vận hành Trung tâm …"."""
    opens = titled and titled[0].kind in ("district", "commune", "abroad") and title.startswith(":", titled[0].end)
    return titled[:1] if opens else titled


def _main(
    titled: list[Body], bodies: list[Body], home: str | None, source_place: str | None, text: str, lower: str
) -> str | None:
    """Whom the article is about: whom its title names, whose outlet it is, or whom it names most."""
    named = [body for body in titled if body.kind != "own" and not body.is_source]
    for kinds in (
        ("province", "country"),
        ("other", "company", "abroad", "ministry", "department", "clinic"),
        ("district", "commune"),
    ):
        for body in named:
            if body.kind in kinds:
                return _with_home(body, home)
    if not named and (hero := hero_of(bodies, lower) or company_of(bodies)) is not None:
        return _with_home(hero, home)
    if source_place:
        outlet = resolve(source_place)
        national = outlet is not None and (outlet.kind == "ministry" or _is_national(bodies, lower))
        return "Việt Nam" if national else source_place
    return _most_named(bodies, text) or "Việt Nam"


def _with_home(body: Body, home: str | None) -> str:
    """A body's name, a department's with its province."""
    return f"{body.name} {home}" if body.kind == "department" and home and not province_of(body) else body.name


def _is_national(bodies: list[Body], lower: str) -> bool:
    """Whether an article of a province's outlet speaks of the country, and of nobody at home."""
    told = [
        body for body in bodies if body.role not in ("scale", "within", "compared") and body.name not in COMPANY_WORDS
    ]
    kinds = {body.kind for body in told}
    if kinds & {"own", "department", "district", "commune"}:
        return False
    return _ranks_provinces(told, lower) if "province" in kinds else "country" in kinds


def _ranks_provinces(bodies: list[Body], lower: str) -> bool:
    """Whether a text names several provinces among all of the country's."""
    return len({body.name for body in bodies if body.kind == "province"}) >= _MOST_NAMED and bool(find_national(lower))


def _most_named(bodies: list[Body], text: str) -> str | None:
    """The province that an article of unknown origin is about, or None: it names others as often, or the country."""
    told = [(body, province_of(body) or body.name) for body in bodies if body.kind in _GROUNDS or province_of(body)]
    named = Counter(name for body, name in told if body.role not in _MEASURES)
    provinces = Counter({name: count for name, count in named.items() if name != "Việt Nam"})
    own = any(body.kind == "own" and body.name in ("tỉnh", "thành phố") for body in bodies)
    if provinces:
        ((best, count),) = provinces.most_common(1)
        if own and len(provinces) <= _MOST_NAMED:
            return best
        opens = next(body.start for body, name in told if name == best) < _OPENING
        if opens and count > named["Việt Nam"] and count * 2 > provinces.total():
            return best
    return _signature(text) if own else None


def _signature(text: str) -> str | None:
    """The province whose newspaper the text is taken from: "Theo Báo Đắk Nông"."""
    for name in _SIGNATURE.finditer(text):
        place = resolve(name["name"]) or resolve(" ".join(name["name"].split()[:2]))
        if place is not None and place.kind == "province":
            return place.name
    return None
