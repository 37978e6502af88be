"""Central agencies and police whose own work an article tells, though its title does not name them."""

from __future__ import annotations

import re

from models.bodies.body import Body
from models.bodies.known import agencies_with_own_work

_OPENING, _OWN_WORK = 400, 2
_ITSELF = r"phó (?:tổng )?cục trưởng|toàn cục|toàn ngành|(?:của|tại) cục"
_CAUGHT = re.compile(r"\b(?:bắt|triệt phá|triệt xóa|thu giữ|khởi tố|tạm giữ|truy bắt|phá án|phá đường dây)\b")
_CATCHERS = ("Công an", "Bộ đội Biên phòng", "Cục Hải quan")
_RANK = re.compile(r"^(?:Tổng cục|Cục)\s|\s(?:Việt Nam|Nhà nước|nhân dân tối cao)$")


def agency_of(title: str, bodies: list[Body], lower: str) -> str | None:
    """The agency that an article is on: the only one with work of its own, named early, whom the title or the text goes on about.

    `title` is in small letters: "hải quan tổng kết năm".
    """
    if headed := _headed_by(title, lower):
        return headed
    agencies = [body for body in bodies if body.kind == "ministry" and body.name in agencies_with_own_work()]
    if not agencies or len({_RANK.sub("", body.name) for body in agencies}) > 1:
        return None
    early = agencies[0].start <= _OPENING
    agencies = [body for body in agencies if body.name.startswith("Tổng cục ")] or agencies  # over its "Cục"
    field = _RANK.sub("", agencies[0].name).lower()
    if re.match(rf"(?:(?:toàn )?ngành |cơ quan )?{field}(?!\w)", title):
        return agencies[0].name
    if not early or all(lower.endswith("theo ", 0, body.start) for body in agencies):
        return None
    said = re.findall(rf"\b(?:(?:ngành|cơ quan|các) {field}|{_ITSELF})(?!\w)", lower)
    return agencies[0].name if len(said) >= _OWN_WORK else None


def _headed_by(title: str, lower: str) -> str | None:
    """The general department that a title calls by its field, and the text only by who heads it: "Phó Tổng cục trưởng"."""
    if "tổng cục trưởng" not in lower:
        return None
    names = (name for name in agencies_with_own_work() if name.startswith("Tổng cục "))
    return next((name for name in names if title.startswith(name.removeprefix("Tổng cục ").lower())), None)


def catcher_of(title: str, bodies: list[Body]) -> Body | None:
    """The police or the border guards who caught those of whom a title tells: "Triệt phá đường dây cá độ"."""
    if not _CAUGHT.search(title):
        return None
    first = next((body for body in bodies if body.kind == "department" and body.name.startswith(_CATCHERS)), None)
    return first if first is not None and first.start < _OPENING else None
