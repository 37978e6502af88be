"""Whom an article is about, and whom a figure in it: the body named last before it, or the article's own place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from models.bodies.abroad import firm_abroad, of_a_foreign_setting, setting_of
from models.bodies.agencies import agency_of, catcher_of
from models.bodies.body import Body
from models.bodies.brands import brands, canonical_names, codes, in_brackets, named_shortly, renamed, short_names
from models.bodies.companies import company_in_title
from models.bodies.districts import find_districts, opening_district
from models.bodies.firms import project_or_firm
from models.bodies.grounds import home_of, is_national, most_named, province_of, ranks_provinces, told_by_districts
from models.bodies.heroes import company_of, contest_of, decided_for, goes_on_about, hero_of, or_the_country, star_of
from models.bodies.introduced import introduced_firms, told_firms
from models.bodies.lists import trailing_list
from models.bodies.named import find_bodies, merge
from models.bodies.patterns import office_names, offices_alone
from models.bodies.places import PlaceSpan, places_in, resolve
from models.bodies.relations import relate
from models.bodies.renamed import as_called, name_then
from models.text import unify_tones
from models.vocabulary import small_letters

_OF_MANY = re.compile(r"\b(?:nhiều|các|63|34) (?:tỉnh|địa phương|bộ|thành phố)\b")
# "PII 2023: Hà Nội dẫn đầu": who leads is only one of those whom a ranking tells of.
_LEADS = re.compile(
    r"\b(?:dẫn đầu|đứng đầu|đầu bảng|ngôi đầu|ngôi vương|quán quân|soán ngôi|đứng nhất|xếp (?:thứ )?nhất)\b"
)
_RANKED = 6
# What foreign countries take or send: "Riêng Philippines nhập 1,01 triệu tấn" is of our exports.
_OF_MARKETS = re.compile(
    r"\b(?:xuất khẩu|nhập khẩu|xuất siêu|du khách|khách quốc tế|khách du lịch|lượt khách"
    r"|lao động đi|(?:đi làm việc|làm việc|du học) ở nước ngoài|xuyên biên giới|kiều hối)\b"
)
_SCHOOLS = ("Đại học", "Trường", "Học viện", "Viện", "Bệnh viện")


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
    small = small_letters(unify_tones(title)) if title else ""
    bodies, titled = _as_named(text, lower, places, title, small)
    if source_place is None and (
        _lists_provinces(titled, small) or (_tells_of_many(small, bodies) and ranks_provinces(bodies, lower))
    ):
        titled = [body for body in titled if body.kind != "province"]
    titled = [or_the_country(body, small, bodies) for body in _opened(titled, small)]
    if source_place is None and "cử tri" in small:
        titled = _without_voters(titled, small)
    setting = setting_of(_leading(titled, small), bodies) if source_place is None else None
    if setting is not None:
        bodies = of_a_foreign_setting(bodies, lower)
    home = home_of(titled, bodies, source_place)
    if home is not None:
        bodies = merge(bodies, find_districts(text, lower, home, published))
        if title:
            titled = merge(titled, find_districts(title, small, home, published))
    built_or_firm, bodies = project_or_firm(title, text, lower, bodies, is_of_a_place=source_place is not None)
    if _OF_MARKETS.search(small) or _leads_with_company(titled):
        bodies = [body._replace(role="within") if _is_market(body, setting) else body for body in bodies]
    star = star_of(title, small) if title and source_place is None else None
    contest = contest_of(title, lower) if title and all(body.is_source for body in titled) else None
    if contest is not None:  # the country is where it takes place
        bodies = [body._replace(role="within") if body.kind == "country" else body for body in bodies]
    main = contest or built_or_firm or star or firm_abroad(small, titled, bodies) or setting
    main = main or _main(_leading(titled, small), bodies, home, source_place, small, text, lower)
    if home is None and main is not None and (place := resolve(main)) is not None and place.kind == "province":
        home = main
    if any(body.name == main and body.is_company for body in bodies):  # the parts of the world are where it works
        bodies = [body for body in bodies if body.kind != "continent"]
    if home is None:  # an office is one of a province
        bodies = [body for body in bodies if body.name not in offices_alone()]
    is_guess = main == "Việt Nam" and not any(body.kind == "country" for body in titled) and source_place is None
    home_then = name_then(home, published, lower)
    return Cast(
        main=home_then if main == home else name_then(main, published, lower),
        home=home_then,
        bodies=as_called(relate(bodies, lower), home, home_then, lower),
        is_guess=is_guess,
    )


def _as_named(
    text: str, lower: str, places: list[PlaceSpan], title: str | None, small: str
) -> tuple[list[Body], list[Body]]:
    """The bodies of a text and of its title, each by the one name that it has in both: brands, codes, offices in full."""
    bodies = find_bodies(text, lower, places)
    firms = introduced_firms(text, lower)
    if firms:
        bodies = merge(bodies, told_firms(firms, text, lower))
    introduced = in_brackets(text, bodies)
    if introduced:
        bodies = merge(codes(introduced, text), bodies)
    company = company_in_title(title) if title else None
    if company is not None:
        bodies = merge(named_shortly(text, {company: company}), bodies)
    titled = relate(find_bodies(title, small, places_in(title, small)), small) if title else []
    if title and (district := opening_district(title)) is not None and not (titled and titled[0].start < district.end):
        titled = [district, *titled]
    if title and firms:
        titled = merge(titled, named_shortly(title, dict.fromkeys(firms, "")))
    if title and company is not None:
        titled = merge(named_shortly(title, {company: company}), titled)
    if shortly := short_names(introduced, text) | brands(title or "", text, bodies):
        in_text, in_title = named_shortly(text, shortly), named_shortly(title or "", shortly)
        names = canonical_names(shortly, in_text + in_title)
        bodies, titled = renamed(merge(in_text, bodies), names), renamed(merge(in_title, titled), names)
    if longer := _longer_names(bodies):
        bodies, titled = ([_office_in_full(body, longer) for body in several] for several in (bodies, titled))
    return bodies, titled


def _tells_of_many(title: str, bodies: list[Body]) -> bool:
    """Whether a title tells of many provinces, or of the one that leads the many of its text."""
    if _OF_MANY.search(title):
        return True
    ranked = _LEADS.search(title) is not None
    return ranked and len({body.name for body in bodies if body.kind == "province"}) >= _RANKED


def _lists_provinces(titled: list[Body], title: str) -> bool:
    """Whether a title tells of several provinces together, in one list."""
    named = [body for body in titled if body.kind == "province"]
    return len(trailing_list(title, named)) > 2


def _without_voters(titled: list[Body], title: str) -> list[Body]:
    """A title's bodies where a ministry answers voters: not those whose voters they are, and the country for the ministry."""
    asked = [
        body for body in titled if not title.endswith(("cử tri ", "cử tri tỉnh ", "cử tri thành phố "), 0, body.start)
    ]
    return [
        body._replace(name="Việt Nam", kind="country")
        if body.kind == "ministry" and body.name.startswith("Bộ ")
        else body
        for body in asked
    ]


def _leads_with_company(titled: list[Body]) -> bool:
    """Whether a title tells of a company first: the countries in the text are where it works."""
    first = titled[0] if titled else None
    return first is not None and first.is_company and not first.is_source and not first.name.startswith(_SCHOOLS)


def _is_market(body: Body, setting: str | None) -> bool:
    return body.kind == "abroad" and body.role in ("subject", "source") and body.name != setting


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
    titled: list[Body],
    bodies: list[Body],
    home: str | None,
    source_place: str | None,
    title: str,
    text: str,
    lower: str,
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
    if not named and (
        hero := hero_of(bodies, text, lower)
        or company_of(bodies)
        or catcher_of(title, bodies)
        or (goes_on_about(bodies) if title else None)
    ):
        return _with_home(hero, home)
    if not named and title and not source_place and (agency := agency_of(title, bodies, lower)) is not None:
        return agency
    if source_place:
        outlet = resolve(source_place)
        national = outlet is not None and (outlet.kind == "ministry" or is_national(bodies, lower, source_place))
        return "Việt Nam" if national else source_place
    return (
        decided_for(bodies, lower)
        or most_named(bodies, text, lower if title else "", home)
        or told_by_districts(bodies, home)
        or "Việt Nam"
    )


def _with_home(body: Body, home: str | None) -> str:
    """A body's name, a department's with its province."""
    return f"{body.name} {home}" if body.kind == "department" and home and not province_of(body) else body.name
