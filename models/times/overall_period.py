"""The time that an article as a whole is about: the one its title names, or the one that it opens with."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from models.figures.claims import names_target
from models.records import Period
from models.times.periods import Mention, find_mentions
from models.times.reach import bracket_end, known, lies_ahead
from models.times.writing import year_of_writing, year_spoken_of
from models.vocabulary import any_of

_EDITION = re.compile(
    r"(?:\b(?:chỉ số|xếp hạng|khảo sát)|index|papi|sipas|gii|gci|pci|pii|dti|egdi|ddci|pobi)\b[^.;]*$"
)
_INSPECTED = re.compile(r"\b(?:kiểm\s+toán|thanh\s+tra|giám\s+sát)\s[^.;]*$")
_INSPECTED_BEFORE = 200
# "Tiệm cận mục tiêu 12 triệu người dùng ngay trong năm 2025"
_AIMED_AT = re.compile(r"^(?!.*\b(?:hoàn\s+thành|vượt|đích)\b).*\b(?:mục\s+tiêu|phấn\s+đấu)\s[^.;:]*$")
_SHORTEST_SCOPE = 80
"""Days: a quarter or a year can be what a whole article is about; a month or a day cannot."""
_OPENING = 400
_AIM_BEFORE, _YEAR = 30, 360


_PAPER = r"(?:phương\s+án|đề\s+án|chương\s+trình|luật|bộ\s+luật|nghị\s+định|quy\s+chế|hiến\s+pháp)"
_OF_PAPER = re.compile(
    rf"\b{_PAPER}\b(?:(?!\b(?:kết\s+quả|tình\s+hình|tổng\s+kết|sơ\s+kết|đánh\s+giá|trong)\b)[^.;:\d])*$"
)
# No figure stands between the time and what took place in it.
_TOOK_PLACE = re.compile(
    rf"\s*,?\s+(?:[^\W\d]+\s+){{1,9}}?(?:đã|vừa|mới|chính\s+thức|được)\s+(?:{any_of('periods.took_place')})\b"
)
_OPENS = re.compile(r"(?:^|[.,:;()\n–-]|\b(?:trong|qua|riêng|rằng|theo|và|cho\s+thấy|biết|là))\W*$")
_VALUE = re.compile(r"[^.;\d]{0,60}\d")
_REPORT = re.compile(rf"\b(?:{any_of('periods.report')})\b")


class Whole(NamedTuple):
    """The time of a whole article, for the figures of sentences that say nothing of when."""

    reached: Period | None
    """Of what was reached; None where the text opens with the time of a target: "đặt ra cho năm 2019"."""
    aimed: Period | None
    """Of targets."""


def whole_period(title: str | None, published: date | None, mentions: list[Mention], lower: str) -> Whole:
    """The time of a whole article: the one its title names, or the one that it opens with and never contradicts.

    Of a ranking the edition that the article opens with counts, whatever it says of editions before.
    """
    small = (title or "").lower()
    named = find_mentions(small, published, None if published else year_spoken_of(small) or year_of_writing(lower))
    titled = [m for m in named if m.period.end and not (m.is_compared or m.is_event or m.period.start == m.period.end)]
    if titled:
        longest = max(titled, key=_length)
        whole = known(_around_aside(longest.period, mentions, len(small) if lower.startswith(small) else 0))
        is_aim = _AIMED_AT.search(small, 0, longest.start) or _hardly_begun(whole, published)
        return Whole(None if is_aim else whole, whole)
    opening = _opening_time(published, mentions, lower) or _opening_month(published, mentions, lower)
    if opening is None:
        return Whole(None, None)
    sentence = max(lower.rfind(mark, 0, opening.start) for mark in (". ", "\n")) + 1
    return Whole(None if names_target(lower[sentence : opening.start]) else opening.period, opening.period)


def _around_aside(titled: Period, mentions: list[Mention], begin: int) -> Period:
    """The longer time that a text, from `begin` on, speaks of first, where it comes to the one of its title only aside.

    "Quý II lãi kỷ lục" above "sáu tháng đầu năm, doanh thu đạt 900 tỷ đồng. Riêng quý II, …".
    """
    if not any(m.is_aside and m.period == titled for m in mentions):
        return titled
    plain = (m for m in mentions if m.start >= begin and not (m.is_compared or m.is_past or m.is_event or m.is_aside))
    ending_so = (m.period for m in plain if _is_closed(m.period) and m.period.end == titled.end)
    return next((period for period in ending_so if _contains(period, titled)), titled)


def _hardly_begun(whole: Period | None, published: date | None) -> bool:
    """Whether a part of a year lies before the article: "chạy nước rút ba tháng cuối năm", written in October."""
    if whole is None or whole.start is None or whole.end is None or published is None or published >= whole.end:
        return False
    return (whole.end - whole.start).days < _YEAR and published - whole.start < whole.end - published


def _opening_time(published: date | None, mentions: list[Mention], lower: str) -> Mention | None:
    closed = [m for m in mentions if _is_closed(m.period) and not (m.is_compared or m.is_past or m.is_event)]
    if (
        not closed
        or not (closed[0].is_scope or _is_inspected(lower, closed[0]))
        or closed[0].start > max(_OPENING, len(lower) // 5)
    ):
        return None
    first = closed[0]
    if first.is_deadline or lies_ahead(first.period, published):
        return None
    if _EDITION.search(lower, max(0, first.start - 100), first.start):
        return first
    if not (_is_inspected(lower, first) or _speaks_of(lower, first)):
        return None
    agree = all(
        _agrees(m.period, first.period, published)
        or bracket_end(lower, m)
        or (published is None and _is_foreseen(m, first))
        for m in closed
    )
    return first if agree else None


def _opening_month(published: date | None, mentions: list[Mention], lower: str) -> Mention | None:
    """The month that an article reports on, where it never reports on another time that is over."""
    own = [m for m in mentions if not (m.is_compared or m.is_past or m.is_event or m.is_now) and m.period.end]
    first = next((m for m in own if m.period.start), None)
    if first is None or not _is_month(first.period) or first.start > _OPENING or lies_ahead(first.period, published):
        return None
    if first.is_deadline or not _speaks_of(lower, first, by_value=False):
        return None
    return first if all(_leaves_month(m, first.period, published, lower) for m in own) else None


def _leaves_month(mention: Mention, month: Period, published: date | None, lower: str) -> bool:
    """Whether a time is the month, one before it that it is seen against, or one to come that something is aimed at."""
    assert mention.period.end
    assert month.start
    assert month.end
    if mention.period == month or mention.period.end < month.start or lies_ahead(mention.period, published):
        return True
    if mention.period.start is None and mention.period.end > month.end:
        return True
    aimed = names_target(lower[max(0, mention.start - _AIM_BEFORE) : mention.start])
    return aimed or bracket_end(lower, mention) is not None


def _is_month(period: Period) -> bool:
    return period.start is not None and period.end is not None and 27 <= (period.end - period.start).days <= 30


def _speaks_of(lower: str, first: Mention, *, by_value: bool = True) -> bool:
    """Whether a sentence reports on the time that it names: "Năm 2019, tỉnh tiếp nhận", "tổng kết công tác năm 2019".

    It does not where the time is that of a plan or a law, where something took place in it, and where it only stands
    behind the name of a prize: "được phê duyệt phương án năm 2025", "năm 2024, Bộ đã phát động phong trào". `by_value` says
    whether a number right behind it is enough.
    """
    sentence = max(lower.rfind(mark, 0, first.start) for mark in (". ", "\n")) + 1
    if _OF_PAPER.search(lower, sentence, first.start) or _TOOK_PLACE.match(lower, first.end):
        return False
    if bracket_end(lower, first) is not None or lower.endswith("hồi ", 0, first.start):
        return False
    if _OPENS.search(lower, max(sentence - 1, first.start - 12), first.start):
        return True
    if by_value and _VALUE.match(lower, first.end):
        return True
    return _REPORT.search(lower, sentence, first.start) is not None


def _is_inspected(lower: str, first: Mention) -> bool:
    """Whether it is the time that auditors or inspectors looked at: "kiểm toán việc mua sắm giai đoạn 2019-2021"."""
    return _INSPECTED.search(lower, max(0, first.start - _INSPECTED_BEFORE), first.start) is not None


def _is_foreseen(mention: Mention, first: Mention) -> bool:
    """Whether a longer time around the first is what a plan or a forecast is of: "dự báo cả năm đạt 14,2 triệu máy"."""
    return mention.is_yearless and _contains(mention.period, first.period)


def _contains(longer: Period, period: Period) -> bool:
    assert longer.start
    assert longer.end
    assert period.start
    assert period.end
    return longer.start <= period.start and period.end <= longer.end


def _length(mention: Mention) -> int:
    start, end = mention.period.start, mention.period.end
    return (end - start).days if start and end else 0


def _is_closed(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days > _SHORTEST_SCOPE


def _agrees(other: Period, first: Period, published: date | None) -> bool:
    """Whether a time lies within the first one, ahead, as plans do, or before it, as what it is seen against does."""
    assert other.start
    assert other.end
    assert first.start
    assert first.end
    comes_after = other.start > first.end and (published is None or other.end >= published)
    return comes_after or other.end < first.start or (first.start <= other.start and other.end <= first.end)
