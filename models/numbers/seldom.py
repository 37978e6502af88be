"""What is hardly ever a statistic and sometimes is one: degrees and rain that were measured, goals and matches of a season."""

from __future__ import annotations

import re
from decimal import Decimal

from models.numbers.parts import Prose, is_whole
from models.numbers.units import Unit

_DEGREES = re.compile(
    r"\s?(?:độ|°|º)(?:\s?(?P<richter>richter)|\s?(?P<scale>[cf])(?!\w))?(?!\w)(?!\s+(?:vĩ|kinh|tuổi|cồn)\b)"
)
_RAIN = re.compile(r"\s?(?P<name>mm)(?!\w|/)")
_LETTERS = ("đ", "°", "º", "m", "b", "t")
_WARMTH = re.compile(r"\b(?:nhiệt độ|nhiệt|nóng|rét|lạnh|trạm|ấm)\b")
_RAINED = re.compile(r"\bmưa\b")
_MEASURED = re.compile(
    r"\b(?:ghi nhận|đo được|đo|đạt|chạm|lên tới|lên đến|kỷ lục|vượt|tăng|giảm|ấm lên|cao hơn|thấp hơn|trung bình|tổng lượng|xuống)\b"
)
_FORECAST = re.compile(
    r"\b(?:(?<!tâm )(?<!cục )(?<!đài )dự báo|dự kiến|sẽ|có thể|phổ biến|ngày mai|đêm nay|sắp tới|cảnh báo|có nơi)\b"
)
_OF_ONE = re.compile(r"\b(?:sốt|thân nhiệt|(?:khi|nếu|lúc) (?:nhiệt độ|trời)|điều hòa|góc|xoay|camera)\b")
_QUAKE = re.compile(r"\b(?:động đất|rung chấn|dư chấn)\b[^.;\d]{0,60}$")
_LOOKS_BACK = 160
_GOALS = re.compile(r"\s(?P<name>bàn(?:\sthắng|\sthua)?)(?!\w)(?!\s(?:ghế|giao|cầu|tay|chân|làm|ăn|học|thờ|đạp))")
_SCORED = re.compile(
    r"\b(?:lọt lưới|thủng lưới|ghi(?: được| tới| tổng cộng)?|nhận)\s(?:hơn\s|gần\s|tới\s|tổng cộng\s)?$"
)
_IN_ONE_MATCH = re.compile(r"\s(?:trong|ở|vào|ngay)\s(?:trận|hiệp|chiến thắng|cuộc|phút|lượt)\b")
_MATCHES = re.compile(r"\s(?P<name>trận(?:\sđấu|\sthắng|\sthua|\shòa)?)(?!\w)")
_ENDED = re.compile(r"thắng|thua|hòa")
_PLAYED = re.compile(
    r"\b(?:thắng|thua|hòa|bất bại|thi đấu|ra sân|chơi|đá chính|góp mặt|toàn thắng)(?: được)?\s(?:hơn\s|gần\s|tới\s|cả\s)?$"
)


def read_seldom(prose: Prose, start: int, end: int, value: Decimal) -> Unit | None:
    """The unit of a number that ends at `end`, where the words before it make a statistic of it; None otherwise."""
    lower = prose.lower
    if lower[end : end + 2].lstrip()[:1] not in _LETTERS:
        return None
    if degrees := _DEGREES.match(lower, end):
        if degrees["richter"] or (not degrees["scale"] and _QUAKE.search(lower, max(0, start - 90), start)):
            return Unit("độ richter", degrees.end(), "counted")
        if _is_measured(lower, start, _WARMTH, exact=not is_whole(value)):
            return Unit(f"độ {degrees['scale'].upper()}" if degrees["scale"] else "độ", degrees.end(), "counted")
        return None
    if rain := _RAIN.match(lower, end):
        return Unit("mm", rain.end(), "counted") if _is_measured(lower, start, _RAINED, said=True) else None
    left = lower[max(0, start - 40) : start]
    if (goals := _GOALS.match(lower, end)) and value > 1 and _SCORED.search(left):
        return None if _IN_ONE_MATCH.match(lower, goals.end()) else Unit(goals["name"], goals.end(), "counted")
    matches = part_of_season(lower, end)
    return matches if matches and (_ENDED.search(matches.name or "") or _PLAYED.search(left)) else None


def part_of_season(lower: str, end: int) -> Unit | None:
    """Matches of which something is said, "7/10 trận"."""
    matches = _MATCHES.match(lower, end)
    return Unit(matches["name"], matches.end(), "counted") if matches else None


def _is_measured(lower: str, start: int, kind: re.Pattern[str], *, said: bool = False, exact: bool = False) -> bool:
    """Whether the sentence up to here tells what was measured, and forecasts nothing; nobody forecasts a tenth of a degree."""
    first = max(0, start - _LOOKS_BACK)
    first = max(first, lower.rfind(". ", first, start) + 1, lower.rfind("\n", first, start) + 1)
    if kind.search(lower, first, start) is None or _OF_ONE.search(lower, first, start):
        return False
    if not exact and _FORECAST.search(lower, first, start):
        return False
    return said or _MEASURED.search(lower, first, start) is not None
