"""The districts of a province, known by name alone in an article on it: "Bảo Lộc đạt 95%"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import ahocorasick_rs

from models.bodies.body import Body
from models.bodies.places import resolve
from models.bodies.roles import role_of
from models.text import unify_tones
from models.vocabulary import QUICK, load_toml

DISTRICTS_ENDED = date(2025, 7, 1)
_LEVELS = ("Thành phố", "Thị xã", "Quận", "Huyện")
# Before a name these make it the name of something else, or of a part.
_OTHER_THINGS = re.compile(
    r"\b(?:đường|phố|cầu|chợ|trường|sông|hồ|đèo|cảng|núi|thôn|bản|làng|ấp|xóm|viện|kcn|nghiệp|thpt|thcs|học|phái|họ|đội|xã|phường|trấn)\s$"
)
_SURNAME_LIKE = re.compile(r"(?<!\w)(?P<word>[^\W\d_]+)[ \u00a0]$")
_CAPITAL_BEHIND = re.compile(r"[ \u00a0]?[^\W\d_]")
_LEADS = frozenset((
    "riêng", "tại", "ở", "còn", "huyện", "theo", "ngoài", "trong", "đến", "với", "sau", "từ", "cùng", "tỉnh", "các", "nhất",
    "nếu", "hiện", "và", "tính", "trước", "như", "bởi", "khi", "là", "dẫn", "tiếp", "thứ", "của", "cho", "về", "hai", "ba",
))  # fmt: skip


class _Districts(NamedTuple):
    automaton: ahocorasick_rs.AhoCorasick
    names: list[str]
    """With their level: "Huyện Sa Pa"."""


def districts_of(province: str) -> tuple[str, ...]:
    """The names of a province's districts, with their level; those included that ended before 2025.

    >>> districts_of("Lai Châu")[:2]
    ('Thành phố Lai Châu', 'Huyện Mường Tè')
    """
    standing = _load()["districts"].get(province, ())
    return (*standing, *(name for name, _, _ in former_districts(province)))


def former_districts(province: str) -> tuple[tuple[str, date, tuple[str, ...]], ...]:
    """The districts of a province that ended before districts did: name, last day, what they became."""
    rows = _load()["former"].get(province, ())
    return tuple((row["name"], row["until"], tuple(row["into"])) for row in rows)


def _load() -> dict[str, dict[str, Any]]:
    return load_toml("places/districts.toml")  # type: ignore[return-value]  # tables of that file, held to by a test


@cache
def _named(province: str) -> _Districts | None:
    full_names: dict[str, str] = {}
    for full in districts_of(province):
        name = bare_name(full)
        place = resolve(name)
        if not name[0].isdigit() and not (place is not None and place.kind == "province"):
            for spelling in (name, *_load()["also"].get(name, ())):
                full_names.setdefault(unify_tones(spelling).lower(), full)
    if not full_names:
        return None
    keys = list(full_names)
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return _Districts(ahocorasick_rs.AhoCorasick(keys, kind, implementation=QUICK), [full_names[key] for key in keys])


def bare_name(full: str) -> str:
    """ "Thị xã Sa Pa" → "Sa Pa"."""
    level = next(level for level in _LEVELS if full.startswith(level))
    return full[len(level) + 1 :]


@cache
def _provinces() -> dict[str, str]:
    """The one province that has a district of a name, for those that no other has; by the full name and by the bare one."""
    having: dict[str, set[str]] = {}
    for province in _load()["districts"]:
        for full in districts_of(province):
            for name in {unify_tones(full).lower(), unify_tones(bare_name(full)).lower()}:
                having.setdefault(name, set()).add(province)
    return {name: next(iter(provinces)) for name, provinces in having.items() if len(provinces) == 1}


def province_with(district: str) -> str | None:
    """The province of a district, by a name that no other has.

    >>> province_with("Huyện Mù Cang Chải"), province_with("Huyện Châu Thành")
    ('Yên Bái', None)
    """
    return _provinces().get(unify_tones(district).lower())


def opening_district(title: str) -> Body | None:
    """The district that a title opens with, without its level: "Văn Yên: Họp Hội đồng nhân dân"."""
    if ":" not in title:
        return None
    name, colon, _ = title.partition(":")
    province = province_with(name) if colon and name.strip() == name and not name[-1:].isdigit() else None
    if province is None or resolve(name) is not None:
        return None
    full = next(
        (full for full in districts_of(province) if unify_tones(bare_name(full)).lower() == unify_tones(name).lower()),
        None,
    )
    return Body(0, len(name), full, "district") if full else None


def find_districts(text: str, lower: str, province: str, published: date | None) -> list[Body]:
    """The districts of a province that a text names without their level, in order. None since districts ended."""
    districts = _named(province) if published is None or published < DISTRICTS_ENDED else None
    if districts is None:
        return []
    return [
        Body(start, end, districts.names[index], "district", role_of(lower, start, end, "district"))
        for index, start, end in districts.automaton.find_matches_as_indexes(lower.replace("’", "'"))
        if _is_name(text, lower, start, end)
    ]


def _is_name(text: str, lower: str, start: int, end: int) -> bool:
    """Whether the words stand alone as a name: no letter touches them, no other capital continues them."""
    if lower[start - 1 : start].isalnum() or lower[end : end + 1].isalnum():
        return False
    if not all(part[0].isupper() for part in text[start:end].split()):
        return False
    if (behind := _CAPITAL_BEHIND.match(text, end)) and behind[0][-1].isupper() and behind[0][0] in " \u00a0":
        return False
    before = _SURNAME_LIKE.search(text, max(0, start - 12), start)
    if before is not None and before["word"][0].isupper() and before["word"].lower() not in _LEADS:
        return False
    return _OTHER_THINGS.search(lower, max(0, start - 10), start) is None
