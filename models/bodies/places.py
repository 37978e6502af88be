"""Provinces, ministries and other bodies in a text, before and after the mergers of 2025 (models/data/places/).

Names are matched with their capitals: "Hòa Bình" is the province, "hòa bình" is not.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from models.bodies.patterns import CAPITAL
from models.records import Place
from models.sought import Sought
from models.text import fold, unify_tones
from models.vocabulary import load_toml, small_letters, words

_CENTRAL_KINDS: tuple[Literal["country", "province", "ministry", "other"], ...] = (
    "country",
    "province",
    "ministry",
    "other",
)
_FILES = {
    "country": "others",
    "province": "provinces",
    "ministry": "ministries",
    "other": "others",
    "not_places": "others",
}
_CITY_WORDS = ("thành phố", "tp.", "tp", "t.p")
# Before a province's name these make it the name of something smaller: "thành phố Lào Cai", "phường Thái Bình".
_LESSER = {
    "thành phố": "Thành phố", "tp": "TP", "tp.": "TP", "thị xã": "Thị xã", "huyện": "Huyện", "quận": "Quận", "phường": "Phường", "xã": "Xã",
    "thị trấn": "Thị trấn", "đường": "", "phố": "", "cầu": "", "sân bay": "", "cảng": "", "hồ": "", "sông": "", "báo": "", "đài": "",
}  # fmt: skip
_CAPITAL_BEHIND = re.compile(rf"[ \u00a0]{CAPITAL}")
# "bà Nga" and "Trần Đức" are people; "Tại Đức" and "Tổng thống Mỹ" are not.
_NAME_BEFORE = re.compile(
    r"(?:\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]ô|[Cc]hú|[Bb]ác|[Tt]hầy|xã|phường)"
    rf"|(?<!\w)(?!(?:Tại|Ở|Theo|Còn|Riêng|Với|Và|Từ|Trong|Như|Của|Sang|Nước|Khi|Nếu|Nhưng|Trước|Sau)[ \u00a0]){CAPITAL}[^\W\d_]*)[ \u00a0]$"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+\.?)[ \u00a0]*$")
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_LISTED = 8
_TITLE_WEIGHT, _LEAD_WEIGHT = 8, 3
_PREFIX = re.compile(r"^(?:(?:ubnd|uy ban nhan dan|tinh|thanh pho|tp\.?|t\.p\.?)\s+)+")
_CITY_BEFORE = re.compile(r"^[Tt]hành phố ")
_TILDES = str.maketrans({"–": "-", "—": "-", "\u00a0": " "})


class PlaceSpan(NamedTuple):
    """A place and where a text names it."""

    start: int
    end: int
    place: Place


class _Gazetteer(NamedTuple):
    sought: Sought
    """The names in small letters, the longest first."""
    names: list[str]
    places: list[Place | None]


def code_of(name: str) -> str:
    """The slug of a name.

    >>> code_of("Bà Rịa - Vũng Tàu")
    'ba_ria_vung_tau'
    """
    return "_".join(re.findall(r"[a-z0-9]+", fold(name)))


@cache
def all_places() -> dict[str, Place]:
    """Every dated place of the catalogue by its code."""
    places: dict[str, Place] = {}
    for kind in _CENTRAL_KINDS:
        for row in _rows(kind):
            name = str(row["name"])
            into = row.get("into", [])
            assert isinstance(into, list)
            places[code_of(name)] = Place(
                code=code_of(name), name=name, kind=kind, since=_date(row.get("since")), until=_date(row.get("until")),
                successors=tuple(code_of(successor) for successor in into),
            )  # fmt: skip
    return places


def _rows(kind: str) -> list[dict[str, object]]:
    tables = load_toml(f"places/{_FILES[kind]}.toml")
    rows, foreign = tables[kind], tables["foreign"] if kind == "other" else []
    assert isinstance(rows, list)
    assert isinstance(foreign, list)
    return rows + foreign


def _date(value: object) -> date | None:
    assert value is None or isinstance(value, date)
    return value


def _spellings(row: dict[str, object]) -> list[str]:
    also = row.get("also", [])
    assert isinstance(also, list)
    return [str(row["name"]), *map(str, also)]


@cache
def _gazetteer() -> _Gazetteer:
    named: list[tuple[str, Place | None]] = [
        (spelling, all_places()[code_of(str(row["name"]))])
        for kind in _CENTRAL_KINDS
        for row in _rows(kind)
        for spelling in _spellings(row)
    ]
    others = load_toml("places/others.toml")["not_places"]
    assert isinstance(others, list)
    named += [(name, None) for name in others]
    named.sort(key=lambda one: -len(one[0]))
    names, places = [name for name, _ in named], [place for _, place in named]
    return _Gazetteer(Sought(*(unify_tones(name).lower() for name in names)), names, places)


@cache
def _cities() -> frozenset[str]:
    return frozenset(str(row["name"]) for row in _rows("province") if row.get("city"))


def is_city(name: str) -> bool:
    """Whether a province is a city run by the centre: "thành phố Huế" is all of it, "thành phố Lào Cai" a district."""
    return name in _cities()


def find_places(text: str) -> list[PlaceSpan]:
    """The provinces, ministries and other known bodies that a text names, in order; smaller places are not among them.

    >>> [found.place.name for found in find_places("Bộ TT&TT và tỉnh Hoà Bình vì hòa bình ở đường Điện Biên Phủ")]
    ['Bộ Thông tin và Truyền thông', 'Hòa Bình']
    """
    return places_in(text, small_letters(unify_tones(text)))


def places_in(text: str, lower: str) -> list[PlaceSpan]:
    """As find_places, for a text whose small letters (same length, tones unified) are at hand."""
    gazetteer = _gazetteer()
    found, end = [], 0
    for start, index in gazetteer.sought.found_in(lower):
        if start < end:
            continue  # the longest name from left to right
        place, end = gazetteer.places[index], start + len(gazetteer.names[index])
        if (
            place is not None
            and _stands_alone(lower, start, end)
            and _has_capitals(text, start, end, place, gazetteer.names[index])
            and not _is_part_of_name(text, lower, start, end, place)
        ):
            found.append(PlaceSpan(start, end, place))
    return found


def _stands_alone(lower: str, start: int, end: int) -> bool:
    return not (
        lower[start - 1 : start].isalnum()
        or lower[end : end + 1].isalnum()
        or lower[start - 1 : start] in ("@", "/", "_")
        or lower[end : end + 2] == ".v"
    )


def _has_capitals(text: str, start: int, end: int, place: Place, spelling: str) -> bool:
    written = text[start:end]
    if place.kind == "country":
        return spelling != place.name or written[0].isupper()
    if place.kind == "ministry":
        return (
            any(letter.isupper() for letter in written[3:])
            if written[0].islower()
            else not spelling.isupper() or written.isupper()
        )
    if place.kind == "other" or spelling.isupper():
        return written[0].isupper() and (len(spelling) > 3 or written == spelling)
    name = _CITY_BEFORE.sub("", written)
    return all(part[0].isupper() for part in _LETTERS.findall(name)) or (
        written.lower() == "thủ đô" and written[0].isupper()
    )


@cache
def _in_other_names() -> frozenset[str]:
    names = load_toml("places/others.toml")["in_other_names"]
    assert isinstance(names, list)
    return frozenset(names)


def _is_part_of_name(text: str, lower: str, start: int, end: int, place: Place) -> bool:
    """Whether a place's name is part of another name: a province's of a city's, street's or person's, a country's likewise."""
    if place.kind != "province":
        return text[start:end] in _in_other_names() and bool(
            _CAPITAL_BEHIND.match(text, end) or _NAME_BEFORE.search(text, max(0, start - 12), start)
        )
    before = lower[max(0, start - 12) : start].rstrip(" \u00a0")
    for word in _LESSER:
        if before.endswith(word) and not before[: -len(word)][-1:].isalnum():
            return not (place.name in _cities() and word in _CITY_WORDS)
    found = _WORD_BEFORE.search(text[max(0, start - 16) : start])
    return (
        found is not None
        and found[1][0].isupper()
        and found[1].lower() in words("before.surname")
        and not found[1].isupper()
    )


@cache
def _by_folded_name() -> dict[str, Place]:
    table: dict[str, Place] = {}
    for kind in _CENTRAL_KINDS:
        for row in _rows(kind):
            for spelling in _spellings(row):
                table.setdefault(_key(spelling), all_places()[code_of(str(row["name"]))])
    return table


def _key(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(unify_tones(name.translate(_TILDES)))))


@lru_cache(maxsize=4096)
def resolve(name: str) -> Place | None:
    """The province, ministry or body that somebody means, however they type it; None when we know none.

    >>> resolve("tinh lao cai").name, resolve("TP.HCM").name, resolve("bộ tttt").name, resolve("Atlantis")
    ('Lào Cai', 'TP Hồ Chí Minh', 'Bộ Thông tin và Truyền thông', None)
    """
    table = _by_folded_name()
    if (place := table.get(_key(name)) or all_places().get(name)) is not None:
        return place
    return table.get(_key(_PREFIX.sub("", fold(name.strip()))))


def canonical_name(name: str) -> str:
    """The name as we write it, or the name as given when it is not in the catalogue."""
    place = resolve(name)
    return place.name if place else name


def name_on(name: str | None, day: date | None) -> str | None:
    """What a place was called on a day: Huế was "Thừa Thiên Huế" in 2021.

    >>> name_on("Huế", date(2021, 6, 28))
    'Thừa Thiên Huế'
    """
    place = resolve(name) if name else None
    if place is None or day is None or place.since is None or day >= place.since:
        return name
    before = [other for other in all_places().values() if place.code in other.successors and other.kind == place.kind]
    return before[0].name if len(before) == 1 else name


@cache
def redrawn_on(name: str) -> date | None:
    """The day on which a province took in others and kept its name: figures before and after are not of one territory."""
    return next((_date(row.get("redrawn")) for row in _rows("province") if row["name"] == name), None)


def prominent_places(title: str | None, lead: str | None, text: str) -> tuple[str, ...]:
    """The provinces and ministries that an article is about, most prominent first.

    The title counts most; a sentence that lists many provinces says nothing about any of them.

    >>> prominent_places("Lào Cai: 98% hồ sơ đúng hạn", None, "Tỉnh Lào Cai đã … theo Bộ Nội vụ.")
    ('Lào Cai',)
    """
    return most_prominent(title, lead, find_places(text))


def most_prominent(title: str | None, lead: str | None, in_text: list[PlaceSpan]) -> tuple[str, ...]:
    """As prominent_places, for a text whose places are at hand."""
    weights: Counter[str] = Counter()
    in_title = {span.place.name for span in find_places(title or "") if span.place.kind in ("province", "ministry")}
    for name in in_title:
        weights[name] += _TITLE_WEIGHT
    for found, weight in ((find_places(lead or ""), _LEAD_WEIGHT), (in_text, 1)):
        for name, count in _count_outside_lists(found).items():
            weights[name] += weight * min(count, 6)
    if not weights:
        return ()
    most = max(weights.values())
    kept = [name for name, weight in weights.items() if name in in_title or (weight >= 3 and weight * 2 >= most)]
    return tuple(sorted(kept, key=lambda name: (-weights[name], name)))


def _count_outside_lists(found: list[PlaceSpan]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for run in _runs([span for span in found if span.place.kind in ("province", "ministry")]):
        if len(run) < _MOST_LISTED:
            counts.update(span.place.name for span in run)
    return counts


def _runs(found: list[PlaceSpan]) -> list[list[PlaceSpan]]:
    """Places that follow one another closely, as in a list."""
    runs: list[list[PlaceSpan]] = []
    for span in found:
        if runs and span.start - runs[-1][-1].end < 30:
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs
