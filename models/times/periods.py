"""Spans of days out of Vietnamese prose: "quý III/2024", "9 tháng đầu năm", "đến 31/5/2024", "năm ngoái" ─► Period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.records import Period
from models.times import days
from models.times.against import is_compared, is_of_plan_met
from models.times.days import Known
from models.times.finding import find_times
from models.times.reporting import is_aim, is_beside_report, is_just_over, is_spoken_of
from models.times.shapes import Way
from models.times.spans import YEAR, Match
from models.times.writing import year_behind_compared, year_of_writing
from models.vocabulary import any_of, last_words, small_letters

Found = tuple[int, int, Period]

_UNTIL = re.compile(
    r"""(?:(?:tính\s+|cho\s+)?\b(?:đến|tới|trước|hết)|\b(?:tại|vào)\s+thời\s+điểm|\btại|\b(?:chậm|muộn)\s+nhất(?:\s+(?:là|vào))?)\s+
    (?:(?:hết|cuối|ngày|thời\s+điểm|khoảng|trước|sáng|trưa|chiều|tối|đêm|\d{1,2}\s?(?:h|giờ)\s?(?:\d\d)?)\s+)*$""",
    re.VERBOSE,
)
_FROM = re.compile(r"\b(?:từ|kể từ|bắt đầu từ)\s+(?:ngày\s+)?$")
# "Ngay từ năm 2017 đã đứng thứ 25": in that year, not since; the first word is often mistyped.
_AS_EARLY_AS = re.compile(r"\bng[aà]y\s+từ\s+$")
_SINCE = re.compile(r"\s*(?:cho\s+)?(?:đến|tới)\s+nay\b")
_AND_YEAR = re.compile(
    rf"\s*(?:,|và)\s*(?:năm\s+)?(?P<year>{YEAR})(?![\d.,/-]\d|\s?%|\s+[^\W\d_]{{0,3}}(?:hồ|dịch|người))"
)
_EVENT = re.compile(
    rf"""(?<!phát\s)\b(?:(?:{any_of("periods.event")})\s+(?:chính\s+thức\s+)?(?:(?:vào|từ|hồi|trong|ngày)\s+)*
    |(?:{any_of("periods.event_since")})\s+(?:thí\s+điểm\s+|chính\s+thức\s+)?từ\s+(?:ngày\s+)?)$""",
    re.VERBOSE,
)
# "Báo cáo tài chính hợp nhất quý II" is of the quarter, nothing was merged in it.
_ACCOUNTS = re.compile(r"\b(?:tài chính|doanh thu|lợi nhuận|kết quả kinh doanh) (?:sau thuế )?hợp nhất\s+$")
_OWN_DAY = re.compile(r"\b(?:trong|riêng|chỉ|phiên)\s+$")
# "Ngày 30/5, sản lượng điện đạt 49 triệu kWh": what was measured that day.
_MEASURED = re.compile(
    r",?\s+(?:[^\W\d]+\s+){0,6}?(?:ghi\s+nhận|chỉ\s+có|có\s+thêm|đạt|tiếp\s+nhận|đón|tiêu\s+thụ)\s+(?:[^\W\d]+\s+){0,2}\d"
)
_INTO = re.compile(r"\bvào\s+$")
# What _UNTIL and _EVENT end in, for a quick no.
_UNTIL_ENDS = (
    "đến", "tới", "trước", "hết", "điểm", "tại", "cuối", "ngày", "khoảng", "h", "giờ", "sáng", "trưa", "chiều", "tối", "đêm", "nhất",
    "là", "vào", *"0123456789",
)  # fmt: skip
_EVENT_ENDS = ("vào", "từ", "hồi", "trong", "ngày", *last_words("periods.event"))
# "Nếu như năm 2011 thu 217 tỷ thì đến năm 2019 đã thu 347 tỷ": one year seen beside another.
_IF_THEN = re.compile(r"\bnếu\s+(?:như\s+)?(?:(?:trong|vào|cả|cuối|đầu|hồi)\s+)*(?:năm|quý|tháng)\s[^.;\n]*\bthì\s+$")
_LONGEST_IF = 250
# "Nghị quyết về chuyển đổi số giai đoạn 2021-2025, định hướng đến năm 2030"
_OUTLOOK = re.compile(r",\s+(?:định\s+hướng|tầm\s+nhìn)\s+$")
_ASIDE = re.compile(r"\briêng\s+(?:trong\s+)?$")
_BEFORE, _EVENT_BEFORE, _NEAR = 50, 30, 16
"""Characters before a time in which the words stand that say how it is meant."""


class Mention(NamedTuple):
    """A time as a text names it."""

    start: int
    end: int
    period: Period
    is_now: bool = False
    """ "đến nay", "hiện nay": it ends on the day of publication."""
    is_compared: bool = False
    """What a figure is compared with: "so với năm 2023"."""
    is_scope: bool = False
    """A year, half-year or quarter: something that a whole article can be about."""
    is_event: bool = False
    """When something happened, not what a figure covers: "khai trương ngày 9/12"."""
    is_past: bool = False
    """Named beside the time that the text is about: "cùng kỳ là 80%"."""
    is_deadline: bool = False
    """ "vào năm 2030": a target has until then."""
    is_aside: bool = False
    """ "Riêng tháng 3", "nay còn 3", "đạt 61,7% kế hoạch năm": of one sentence only."""
    is_yearless: bool = False
    """ "trong quý I": the year was supplied from elsewhere."""


def find_periods(text: str, published: date | None = None) -> list[Found]:
    """The times that a text names, as (start, end, period), in order. Relative ones count from the day of publication.

    >>> [(p.start, p.end) for _, _, p in find_periods("6 tháng đầu năm 2020 và đến 31/5/2024")]
    [(datetime.date(2020, 1, 1), datetime.date(2020, 6, 30)), (None, datetime.date(2024, 5, 31))]
    """
    return [(mention.start, mention.end, mention.period) for mention in find_mentions(small_letters(text), published)]


def find_mentions(lower: str, published: date | None, year: int | None = None) -> list[Mention]:
    """As find_periods, in small letters, with the way each is meant.

    `year` is the year that "tháng 7" belongs to when nothing says otherwise.
    """
    mentions: list[Mention] = []
    known = Known(published, year, None, about=year)
    if published is None and year is None:
        known = known._replace(written=year_of_writing(lower), behind=year_behind_compared(lower))
    end = 0
    for match, way in find_times(lower):
        period = way.read(match, known) if match.start() >= end else None
        if period is None:
            continue
        mention = _meant(lower, match, way, period, published)
        if mentions and (joined := _joined(mentions[-1], mention)) is not None:
            mention = joined
            mentions.pop()
        mentions.append(mention)
        mentions += _years_behind(lower, mention, match)
        known, end = _after(lower, known, mentions[-1], match), mentions[-1].end
    return mentions


def _meant(lower: str, match: Match, way: Way, period: Period, published: date | None) -> Mention:
    """A time with what the words around it make of it: until, since, compared with."""
    start, end = match.span()
    first, near = max(0, start - _BEFORE), max(0, start - _NEAR)
    led, is_same = lower[first:start].rstrip(), lower.startswith("cùng", start)
    if is_compared(lower, start) or (is_same and not _stands_alone(lower, start)):
        return Mention(start, end, period, is_compared=True, is_scope=way.is_scope)
    if is_of_plan_met(lower, start):
        return Mention(start, end, period, is_compared=True, is_aside=True)
    if is_same:
        return Mention(start, end, period, is_past=True)
    if way.is_now:
        return Mention(start, end, period, is_now=True, is_aside=lower.startswith("nay", start))
    if period.start is not None and (since := _SINCE.match(lower, end)):
        return Mention(start, since.end(), Period(start=period.start, end=published), is_scope=way.is_scope)
    if lower.endswith(("những ", "thập niên "), first, start):
        return Mention(start, end, period, is_event=True)
    is_event = led.endswith(_EVENT_ENDS) and _is_of_event(lower, start, way)
    if not way.is_range:
        until = _UNTIL.search(lower, first, start) if led.endswith(_UNTIL_ENDS) else None
        if until and is_just_over(lower, start, end) and lower.endswith("và ", first, until.start()):
            return Mention(start, end, period, is_scope=way.is_scope)
        if until and way.is_scope and _is_seen_beside(lower, until.start()):
            return Mention(start, end, period, is_scope=True)
        if until and _OUTLOOK.search(lower, first, until.start()):
            return Mention(start, end, Period(start=None, end=_until(match, period)), is_event=True)
        if until:
            return Mention(until.start(), end, Period(start=None, end=_until(match, period)), is_scope=way.is_scope)
        if way.is_scope and _AS_EARLY_AS.search(lower, near, start):
            return Mention(start, end, period, is_past=True)
        if period.start is not None and _FROM.search(lower, near, start):
            return Mention(
                start, end, Period(start=period.start, end=None), is_scope=way.is_scope, is_event=is_event,
                is_yearless=not _YEAR_SAID.search(match[0]),
            )  # fmt: skip
        is_own = not way.is_day or _OWN_DAY.search(lower, near, start) or _MEASURED.match(lower, end)
        is_event = is_event or not is_own or is_beside_report(lower, start)
    return Mention(
        start, end, period, is_scope=way.is_scope, is_event=is_event,
        is_past=lower.endswith("trước", start, end), is_deadline=_INTO.search(lower, near, start) is not None,
        is_aside=_ASIDE.search(lower, near, start) is not None, is_yearless=not _YEAR_SAID.search(match[0]),
    )  # fmt: skip


def _is_seen_beside(lower: str, start: int) -> bool:
    """Whether a time is the second of two that are seen beside each other: "nếu năm 2011 là 217 thì đến năm 2019 là 347"."""
    first = max(0, start - _LONGEST_IF)
    return lower.endswith("thì ", first, start) and _IF_THEN.search(lower, first, start) is not None


def _is_of_event(lower: str, start: int, way: Way) -> bool:
    """Whether the words before a time tell of something that happened then."""
    first = max(0, start - _EVENT_BEFORE)
    is_of_accounts = way.is_scope and _ACCOUNTS.search(lower, first, start) is not None
    return _EVENT.search(lower, first, start) is not None and not is_of_accounts


def _joined(first: Mention, last: Mention) -> Mention | None:
    """ "Từ năm 2021 đến hết tháng 6/2024" is one time, whatever kinds of time its ends are."""
    is_open = first.period.start is not None and first.period.end is None
    if not is_open or last.period.start is not None or last.period.end is None or last.is_compared:
        return None
    begun = first.period.start
    if begun and first.is_yearless:
        begun = days.last_before(begun, last.period.end)
    if last.start - first.end > 1 or begun is None or begun > last.period.end:
        return None
    return Mention(first.start, last.end, Period(start=begun, end=last.period.end), is_event=first.is_event)


def _stands_alone(lower: str, start: int) -> bool:
    """Whether "cùng kỳ" begins a statement of its own: "(cùng kỳ 80%)", "trong khi cùng kỳ là 80%"."""
    return _NEW_STATEMENT.search(lower, max(0, start - 20), start) is not None


_NEW_STATEMENT = re.compile(r"(?:^|[(;.:\n]|,|\b(?:khi|còn|của|đó|trong|vào)|\d\s?%,)\s*$")


def _until(match: Match, period: Period) -> date | None:
    """The last day of "đến giữa năm", "đến giữa tháng 6": halfway."""
    if not match[0].startswith("giữa") or period.end is None:
        return period.end
    return date(period.end.year, 6, 30) if "năm" in match[0] else date(period.end.year, period.end.month, 15)


def _years_behind(lower: str, mention: Mention, match: Match) -> Iterator[Mention]:
    """The others of "năm 2020, 2021 và 2022"."""
    end = mention.end
    if not _ONE_YEAR.fullmatch(match[0]):
        return
    while more := _AND_YEAR.match(lower, end):
        whole = days.years(int(more["year"]), int(more["year"]))
        assert whole
        end = more.end()
        yield Mention(more.start("year"), end, whole, is_compared=mention.is_compared)


_ONE_YEAR = re.compile(rf"(?:(?:các\s+)?năm\s+)?{YEAR}")


def _after(lower: str, known: Known, mention: Mention, match: Match) -> Known:
    """What is known of time behind a mention."""
    written = YEARS_IN.findall(match[0])
    year = int(written[-1]) if written and not (mention.is_past or mention.is_compared) else known.named
    if (
        written
        and known.published is None
        and known.is_firm
        and not is_spoken_of(lower, mention.start, known.named, year)
    ):
        year = known.named
    if written and not mention.is_event and not is_aim(lower, mention.start, mention.end, mention.period):
        is_part = not _ONE_YEAR.fullmatch(match[0])
        known = known._replace(is_firm=True, part_of=year if is_part else known.part_of)
    if mention.is_compared or mention.is_past or mention.is_event:
        return known._replace(named=year)
    start, end = mention.period.start, mention.period.end
    if end is None or start is None:
        return known._replace(named=year, until=end or known.until)
    return known._replace(named=year, last=mention.period)


_YEAR_SAID = re.compile(rf"{YEAR}|(?:nay|này|ngoái|trước|qua|tới|sau)$")
YEARS_IN = re.compile(rf"(?<!\d){YEAR}(?!\d)")
