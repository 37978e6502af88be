"""Whether two figures speak of one thing and one time, so that they can agree or contradict each other.

The catalogue's slug is the surest tie; figures without one are tied by the words of their names. The weaker the words, the
more the numbers must say: the same digits with another scale or another total are no chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from index.base import FigureEntry
from index.querying.query_units import ABBREVIATIONS
from index.querying.tokens import tokens
from models.records import Metric, Period
from monitor.differences import digits_of, slip_between
from monitor.territory import today_of
from monitor.words import HERE

UNDATED_DAYS = 2
"""Two figures without a period of their own are of one time when they were published this near to each other …"""
RANK_DAYS = 31
""" … and ranks, of which there is one an edition, this near."""
_LONG = timedelta(days=300)
_ALIKE = 0.8
_TOLD = 0.8
FEWEST_WORDS = 3
"""A name of fewer syllables ("số người") says too little to be one thing by itself."""
_SLIP_DIGITS = 3
_MEASURES = {"percent": "rate", "percentage_point": "rate"} | {
    unit: unit for unit in ("vnd", "usd", "point", "rank", "times")
}

_FILLERS = frozenset(
    tokens(
        "tỷ tỉ lệ số mức tổng các của và về đạt được đã có trên ở tại trong là cho với địa bàn toàn tỉnh thành phố hiện nay "
        "này lượng xếp hạng chỉ theo thì những một vào ra lên xuống tính cả nước"
    )
)
_SAME_WORDS = ((" qua mạng ", " trực tuyến "), (" trên môi trường mạng ", " trực tuyến "), (" tỉ ", " tỷ "))
_SPELT_OUT = {short: " ".join(tokens(long)) for short, long in ABBREVIATIONS.items()}
_RESPELT = frozenset((*_SPELT_OUT, "mạng", "tỉ"))
"""A text without any of these is told as it stands."""
# What makes a figure one of a part, or of another circle, than the same name without it.
_PARTS = re.compile(
    r"\bcấp (?:tỉnh|huyện|xã|quận|sở|phường|thôn|cơ sở|bộ)\b|\bkhối (?:sở|quận|huyện|xã|phường)\b|\bnông thôn\b|\bthành thị\b|"
    r"\bđô thị\b|\bmiền núi\b|\bvùng \w+(?: \w+)?|\briêng\b|\bcao nhất\b|\bthấp nhất\b|\bdẫn đầu\b|\bđứng đầu\b|\bcòn lại\b|"
    r"\bchâu á\b|\bđông nam á\b|\basean\b|\btây nguyên\b|\bđồng bằng sông \w+(?: \w+)?"
)
_VARIANTS = re.compile(
    r"\btoàn trình\b|\bmột phần\b|\bmức độ \d(?:, ?\d| và (?:mức độ )?\d)*|\bquá hạn\b|\btrễ hạn\b|\bđúng hạn\b"
)
_PER = re.compile(r"\bmỗi\b|\bbình quân\b|\btrung bình\b|/\s?(?:ngày|tháng|năm|người)\b")
_SMALLER_PLACE = re.compile(r"\b(?i:xã|phường|huyện|quận|thị trấn|đặc khu) [A-ZĐÀ-Ỹ][\w-]*(?: [A-ZĐÀ-Ỹ][\w-]*)*")
_BASIS = re.compile(r"so với\s+([^,;.()]+)")


@dataclass(frozen=True, eq=False)
class Told:
    """A figure with what it tells of its thing and its time: each read when it is first asked for, since most never are."""

    entry: FigureEntry
    metric: Metric
    period: Period | None
    """The figure's period, where its text gives one; "đến nay" is only the day it was published."""
    day: date | None
    """When it was published, in Vietnam."""

    @cached_property
    def words(self) -> frozenset[str]:
        """The name's syllables, fillers and the entity's own name left out."""
        return name_words(self.metric)

    @cached_property
    def circle(self) -> frozenset[str]:
        """The part or circle it is limited to: "cấp xã", "châu á"."""
        return _circle(self.metric)

    @cached_property
    def sentence(self) -> frozenset[str]:
        return frozenset(_plain(self.metric.sentence))


def read_told(entry: FigureEntry) -> Told:
    """A figure made comparable."""
    metric, day = entry.metric, published_day(entry.published)
    period = metric.period
    if period is not None and period.start is None and period.end == day:
        period = None
    return Told(entry, metric, period, day)


def group_of(metric: Metric) -> tuple[str, str, str]:
    """What two figures must share before their words are compared: whose, of which kind, and measured in what."""
    return today_of(metric.entity or ""), metric.kind, measure_of(metric)


def measure_of(metric: Metric) -> str:
    """What a figure is measured in, so far that two can be compared: all counted things are one."""
    return _MEASURES.get(metric.unit, "count")


def is_one_thing(one: Told, other: Told) -> bool:
    """Whether two figures of one group are of one thing, whatever their times."""
    ours, theirs = one.metric, other.metric
    if ours.indicator and theirs.indicator and ours.indicator != theirs.indicator:
        return False
    if None not in (ours.out_of, theirs.out_of) and ours.out_of != theirs.out_of and ours.value != theirs.value:
        return False  # another list, another whole: "6/11 Đông Nam Á" beside "24/47 châu Á"
    are_tied = (
        bool(ours.indicator and theirs.indicator)
        or are_alike(one.words, other.words)
        or (_is_no_chance(ours, theirs) and _is_told(one, other))
    )
    if not are_tied or one.circle != other.circle:
        return False
    return ours.kind != "change" or _have_one_basis(ours, theirs)


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names share four fifths of their words; names of too few are never alike."""
    return min(len(one), len(other)) >= FEWEST_WORDS and len(one & other) >= _ALIKE * len(one | other)


def _is_no_chance(one: Metric, other: Metric) -> bool:
    """Whether the numbers themselves tie two figures: one part of a whole, or one row of digits with a slip."""
    if one.value is None or (one.value == other.value and None not in (one.out_of, other.out_of)):
        return one.value is not None
    return slip_between(one, other) is not None and digits_of(one.value) >= _SLIP_DIGITS


def _is_told(one: Told, other: Told) -> bool:
    """Whether one's sentence holds the other's name."""
    return any(
        len(words) >= FEWEST_WORDS and len(words & sentence) >= _TOLD * len(words)
        for words, sentence in ((one.words, other.sentence), (other.words, one.sentence))
    )


def _have_one_basis(one: Metric, other: Metric) -> bool:
    """A change is only comparable with another against the same time."""
    bases = {_basis_of(one), _basis_of(other)}
    return len(bases) == 1 and "" not in bases


def _basis_of(metric: Metric) -> str:
    behind = metric.sentence.partition(metric.quote)[2]
    found = _BASIS.search(behind.lower())
    return " ".join(tokens(found[1])) if found else ""


def name_words(metric: Metric) -> frozenset[str]:
    """What a figure's name says beyond fillers and the entity's own name."""
    return telling_words(metric.name) - frozenset(tokens(metric.entity or ""))


def telling_words(name: str) -> frozenset[str]:
    """The syllables of a name that say something; abbreviations are spelt out."""
    return frozenset(_plain(name)) - _FILLERS


def _plain(text: str) -> list[str]:
    words = tokens(text)
    if _RESPELT.isdisjoint(words):
        return words
    line = f" {' '.join(_SPELT_OUT.get(word, word) for word in words)} "
    for written, meant in _SAME_WORDS:
        line = line.replace(written, meant)
    return line.split()


def _circle(metric: Metric) -> frozenset[str]:
    """The limits that the name, the words right before the figure and the sentence's opening set."""
    before = metric.sentence.partition(metric.quote)[0]
    opening = before.partition(",")[0]
    near = re.split(r"\d|;", before)[-1]
    said = " ".join((metric.name, near, opening if not re.search(r"\d", opening) else "", _behind(metric)))
    found = set(_PARTS.findall(said.lower()))
    if metric.indicator is None:  # a slug tells the variants apart by itself
        found |= set(_VARIANTS.findall(metric.name.lower()))
    if measure_of(metric) == "count" and _PER.search(said.lower()):
        found.add("bình quân")
    if metric.entity and not _SMALLER_PLACE.match(metric.entity):
        found |= {" ".join(tokens(place)) for place in _SMALLER_PLACE.findall(f"{opening} | {near}")}
    return frozenset(found)


def _behind(metric: Metric) -> str:
    """The two words behind a rank say its circle: "24/47 châu Á"."""
    return " ".join(metric.sentence.partition(metric.quote)[2].split()[:3]) if metric.unit == "rank" else ""


# --- time -------------------------------------------------------------------------------------------------------------


def is_one_time(one: Told, other: Told) -> bool:
    """Whether two figures are of one time: the same period, or where one has none, published together.

    Ranks over a year or longer that end in the same year are of one edition.
    """
    is_rank = one.metric.unit == "rank"
    if one.period and other.period:
        return one.period == other.period or (is_rank and _are_of_one_edition(one.period, other.period))
    if one.day is None or other.day is None:
        return False
    return abs((one.day - other.day).days) <= (RANK_DAYS if is_rank else UNDATED_DAYS)


def _are_of_one_edition(one: Period, other: Period) -> bool:
    return _is_long(one) and _is_long(other) and ends_in_one_year(one, other)


def edition_of(period: Period) -> int | None:
    """The year that a rank over a year or longer is an edition of; None for a shorter time."""
    return _year(period) if _is_long(period) else None


def published_day(published: date | datetime | None) -> date | None:
    """The day in Vietnam."""
    return published.astimezone(HERE).date() if isinstance(published, datetime) else published


def _is_long(period: Period) -> bool:
    return period.start is not None and period.end is not None and period.end - period.start >= _LONG


def _year(period: Period) -> int | None:
    return period.end.year if period.end else None


def ends_in_one_year(one: Period | None, other: Period | None) -> bool:
    """A target "đến năm 2026" and a result of 2026."""
    return one is not None and other is not None and _year(one) is not None and _year(one) == _year(other)


def rarest_words(words: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    """The words by which alike names find each other: two of n words that share four fifths share one of these."""
    ordered = sorted(words, key=lambda word: (counts[word], word))
    return ordered[: len(ordered) - int(_ALIKE * len(ordered) + 0.999) + 1]
