"""Foreign settings: whose country an article is about, and that the ministries and towns there are not ours."""

from __future__ import annotations

import re
from collections import Counter

from models.bodies.body import Body
from models.bodies.known import foreign_countries
from models.bodies.patterns import CAPITAL
from models.bodies.places import resolve

# A syllable of ours has one group of vowels: "Tatarstan" and "Texas" have more.
STRANGE = r"[A-Z][a-z]*?[aeiouy]+[b-df-hj-np-tv-xz]+[aeiouy][a-z]*"
_STRANGE_BEHIND = re.compile(rf"\s(?:bang\s|của\s)?{STRANGE}")
_NAME_BEHIND = re.compile(rf"\s(?:của\s)?(?:nước\s)?(?P<name>{CAPITAL}\w*(?:\s{CAPITAL}\w*)?)")
_OPENING, _OFTEN, _LEAD = 400, 2, 200
_FIRM_OF = re.compile(
    r"(?:một |hai )?(?:hãng|công ty|nhà mạng|tập đoàn|ngân hàng|sàn|start-?up|doanh nghiệp)\b[^,:;.\d]{0,40} (?:của )?"
)
_OURS = ("ministry", "department", "district", "commune", "clinic")
_COUNTRIES = ("nước", "quốc gia")
"""What "nước này" is kept as."""
_STANDS_FOR_US = frozenset(("province", "department"))
_OF_OURS = re.compile(r"\s(?:của\s)?việt nam\b")


def is_of_another_country(text: str, end: int) -> bool:
    """Whether an office's name goes on with a country's, or a word that is none of ours: "Bộ Y tế Tatarstan"."""
    if _STRANGE_BEHIND.match(text, end):
        return True
    behind = _NAME_BEHIND.match(text, end)
    return behind is not None and _is_country(behind["name"])


def _is_country(name: str) -> bool:
    first = " ".join(name.split()[:1])
    return any((place := resolve(part)) is not None and place.name in foreign_countries() for part in (name, first))


def setting_of(titled: list[Body], bodies: list[Body]) -> str | None:
    """The foreign country that an article is about: the one that leads its title, or that a text without places of ours names most."""
    told = [body for body in titled if body.kind != "own" and body.role == "subject"]
    if told:
        first = next((body for body in told if body.kind in ("province", "country")), told[0])
        return first.name if first.kind == "abroad" else None
    kinds = {body.kind for body in bodies}
    if "abroad" not in kinds or kinds & _STANDS_FOR_US:
        return None
    named = Counter(body.name for body in bodies if body.kind in ("abroad", "country") and body.role != "within")
    foreign = [(count, name) for name, count in named.items() if name != "Việt Nam"]
    if not foreign:
        return None
    most, name = max(foreign, key=lambda one: one[0])
    opens = next(body.start for body in bodies if body.name == name) < _OPENING
    return name if opens and most >= _OFTEN and most > 2 * named["Việt Nam"] and most * 2 > named.total() else None


def firm_abroad(title: str, titled: list[Body], bodies: list[Body]) -> str | None:
    """The company that a title calls by its country alone, and the text first of all: "Hãng viễn thông Úc bị phạt"."""
    if not titled or titled[0].kind != "abroad" or not _FIRM_OF.fullmatch(title, 0, titled[0].start):
        return None
    first = next((body for body in bodies if body.is_company), None)
    return first.name if first is not None and first.start < _LEAD else None


def of_a_foreign_setting(bodies: list[Body], lower: str) -> list[Body]:
    """The bodies of an article on a foreign country, without those that are its own: its ministries, its towns."""
    return [
        body
        for body in bodies
        if body.kind not in ("own", *_OURS)
        or body.name in _COUNTRIES
        or (body.kind == "ministry" and _OF_OURS.match(lower, body.end))
    ]
