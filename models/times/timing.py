"""Which days a figure covers: what its sentence says of when, else what the text before it said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from models.figures.claims import is_plan_aside, is_starting_value
from models.records import Kind, Number, Period
from models.times import days
from models.times.beside import CLAUSE_ENDS, TIME_OF_NEXT, behind, beside, dated_aside, is_taken
from models.times.inherited import aim_within, is_timeless, makes_a_total, year_after
from models.times.periods import Mention
from models.times.reach import bracket_end, heading, is_horizon, known, lies_ahead, respective
from models.times.reporting import looks_back
from models.times.writing import is_written_before

_SIDE = re.compile(r"\d[^;.]*,\s*$")
_SINCE_THEN = re.compile(r"\b(?:từ|kể từ)\s[^,;.]*$")
_GOES_ON = re.compile(r"\s*(?:trong\s+(?:đó|số)|cụ\s+thể|theo\s+đó|tương\s+ứng|như\s+vậy)\b")
# "Trước đây", "Báo cáo cho thấy, trước khi dịch Covid-19 xuất hiện": nobody says since when.
_LONG_BEFORE = re.compile(
    r"\W*(?:[^,.;:\d]{3,60}(?:\brằng|\bbiết|\bthấy|\bra),?\s+)?"
    r"(?:(?:trước (?:đó|đây|kia)|ngày trước)\b(?!,?\s+(?:năm|tháng|quý|ngày)\b)"
    r"|trước (?:khi (?:có |xảy ra |xuất hiện |bùng phát )?)?(?:thời điểm )?(?:đại dịch|dịch bệnh|dịch covid|covid)\b)"
)
_SET_AGAINST = re.compile(
    r"(?:t(?<!\wt)(?:rong khi|ừ (?:mức )?[\d.,]+\s?%?)|s(?<!\ws)au [^,;.\d]{3,20} của)\s(?:[^\W\d]+\s){0,3}$"
)
_MOST_INHERITED = 2
"""Sentences of one paragraph over which a time carries."""
_MEASURES = frozenset(("percent", "percentage_point", "point", "rank", "times", "bậc", ""))
"""Units that say nothing of what was counted or paid."""


@dataclass(slots=True)
class Timing:
    """What an article has said so far of when; it changes from sentence to sentence."""

    lower: str
    published: date | None
    whole: Period | None
    """The time of the whole article, for sentences that say nothing."""
    whole_aim: Period | None
    """The same for targets."""
    period: Period | None = None
    age: int = _MOST_INHERITED
    aim: Period | None = None
    """By when the targets before were to be reached, in the same paragraph."""
    main: Period | None = None
    """The latest time that figures were reported of."""
    heading: Period | None = None
    """By when the targets below a heading are to be reached."""
    compared: Period | None = None
    """What things were last compared with, in the same paragraph."""
    year_ahead: Period | None = None
    """The first year to come that targets were set for, anywhere before."""
    _counted: dict[str, Period] = field(default_factory=dict)
    """Over which days things were counted in this paragraph, by unit."""
    _counted_above: dict[str, Period] = field(default_factory=dict)
    """The same of the paragraph before."""
    _aimed: set[int] = field(default_factory=set)
    """Where the times stand that targets took for theirs."""
    _reached: set[int] = field(default_factory=set)
    """Where those stand that what was reached took for its: "đến cuối năm chỉ đạt 46%, mục tiêu là 50%"."""

    def is_ahead(self, period: Period | None) -> bool:
        """Whether a period lies after the article."""
        if self.published is None:
            return period is not None and is_horizon(period) and is_written_before(self.lower, period)
        return lies_ahead(period, self.published)

    # --- one figure ---------------------------------------------------------------------------------------------------

    def period_of(
        self, mentions: list[Mention], start: int, numbers: list[Number], i: int, kind: Kind
    ) -> Period | None:
        """The days that the i-th figure of a sentence covers; `mentions` are the sentence's times."""
        period = self._span_of(mentions, start, numbers, i, kind)
        if kind == "achieved" and period and period.start and period.end and makes_a_total(self.lower, numbers[i]):
            return Period(start=None, end=min(period.end, self.published or period.end))  # no total of a day to come
        return period

    def _span_of(self, mentions: list[Mention], start: int, numbers: list[Number], i: int, kind: Kind) -> Period | None:
        if is_starting_value(self.lower, numbers[i]):
            return self._before_the_change(mentions, numbers[i])
        mention = self._own(mentions, start, numbers, i) if mentions else None
        if mention is None and kind == "achieved" and is_timeless(self.lower, numbers[i]):
            return None
        if mention is None and kind != "target" and _LONG_BEFORE.match(self.lower, start):
            return None
        if mention is None and kind == "target" and is_plan_aside(self.lower, numbers[i]):
            return self._inherited(mentions, "achieved", numbers[i])
        if mention is None:
            return self._inherited(mentions, kind, numbers[i]) or self._as_before(numbers[i], kind)
        if kind == "target":
            self._aimed.add(mention.start)
            self.aim = self._aim_of(mention)
            if self.year_ahead is None and self.aim.start and self.is_ahead(self.aim):
                self.year_ahead = self.aim
            return known(self.aim)
        if mention.start not in self._aimed and mention.period.start is None:
            self._reached.add(mention.start)
        period = self._closed(mention.period)
        if (period.start or not mention.is_now) and period.end and (unit := numbers[i].unit or "") not in _MEASURES:
            self._counted[unit] = period
        return known(period) if period.end else None  # since a day, until nobody knows when

    def _as_before(self, number: Number, kind: Kind) -> Period | None:
        """ "Phường A nhận 1.200 hồ sơ", a paragraph below the province's: over the same days as that."""
        period = self._counted_above.get(number.unit or "")
        if kind == "target" or period is None:
            return None
        self.period, self.age = period, 0
        return period

    def _aim_of(self, mention: Mention) -> Period:
        """By when a target is to be reached; "trong quý I", said in December, is the next year's."""
        if mention.is_deadline:
            return Period(start=None, end=mention.period.end)
        start, end = mention.period.start, mention.period.end
        if mention.is_yearless and start and end and self.published and end < self.published:
            return days.months_across(start.year + 1, start.month, end.year + 1, end.month) or mention.period
        return mention.period

    def _before_the_change(self, mentions: list[Mention], number: Number) -> Period | None:
        """When things stood at the value that they rose or fell from: beside it, else what is compared with."""
        if (close := beside(self.lower, mentions, number)) is not None:
            return known(close.period)
        compared = [m for m in mentions if m.is_compared]
        if compared:
            return known(compared[-1].period)
        before = [m for m in mentions if m.end <= number.start and not m.is_event]
        if len(before) > 1:
            return known(before[-2].period)
        return None if is_timeless(self.lower, number) else self.compared

    def _closed(self, period: Period) -> Period:
        """ "Từ ngày 1/7, đã tiếp nhận" goes on until the article was written."""
        is_open = period.end is None and period.start is not None
        if is_open and self.published and period.start and period.start <= self.published:
            return Period(start=period.start, end=self.published)
        return period

    def begins_look_back(self, mentions: list[Mention], start: int, numbers: list[Number], i: int) -> int | None:
        """Where the part of a sentence begins that tells of a time already over: "(năm 2017 là 85,6%)"."""
        first = numbers[i].start
        last = next((m for m in reversed(mentions) if m.end <= first and self._reaches(m, numbers, i)), None)
        if last is None or last.period.end is None or self.published is None or last.period.end >= self.published:
            return None
        return max(start, self.lower.rfind("(", start, last.start), self.lower.rfind(";", start, last.start))

    def _own(self, mentions: list[Mention], start: int, numbers: list[Number], i: int) -> Mention | None:
        number = numbers[i]
        if (close := beside(self.lower, mentions, number)) is not None:
            return close
        before = [m for m in mentions if m.end <= number.start and self._reaches(m, numbers, i)]
        if before:
            chosen = (
                respective(self.lower, before, start, numbers, i)
                or heading(self.lower, before, number)
                or self._prevailing(before)
            )
            return (dated_aside(self.lower, mentions, number) if chosen.is_now else None) or chosen
        plain = [m for m in mentions if not m.is_compared and not m.is_event]
        return behind(self.lower, plain, numbers, i, self.is_ahead)

    def _reaches(self, mention: Mention, numbers: list[Number], i: int) -> bool:
        """Whether a time before a figure is one for it too, not for something named between them."""
        if mention.is_compared or mention.is_event:
            return False
        if mention.is_past and any(n.start > mention.end for n in numbers[:i]):
            return False
        if (closed := bracket_end(self.lower, mention)) is not None and closed < numbers[i].start:
            return False
        return not is_taken(self.lower, mention, numbers[:i])

    def _prevailing(self, mentions: list[Mention]) -> Mention:
        """The last time named; but "đến hết tháng 9, tỉnh hiện có" is still of the end of September."""
        *earlier, last = mentions
        dated = [m for m in earlier if m.period.start is None and m.period.end is not None and not m.is_now]
        if not last.is_now or not dated or self._lies_ahead(dated[-1].period):
            return last
        return last if CLAUSE_ENDS.search(self.lower, dated[-1].end, last.start) else dated[-1]

    def _lies_ahead(self, period: Period) -> bool:
        return self.published is None or (period.end is not None and period.end > self.published)

    def _inherited(self, mentions: list[Mention], kind: Kind, number: Number) -> Period | None:
        if kind == "target":
            aim = self.aim or self.heading or aim_within(self.whole_aim, self.published) or self.year_ahead
            return known(aim) if aim else None
        if self.period is not None and self.age < _MOST_INHERITED:
            if number.unit == "vnd" and self._ends_the_whole(self.period):
                self.period = self.whole
            return self.period
        if kind == "change" and self.whole is None and (year := year_after(mentions)) is not None:
            self.period, self.age = year, 0
            return year
        return self.heading if self.heading and self.is_ahead(self.whole) else self.whole

    def _ends_the_whole(self, period: Period) -> bool:
        """Whether a day is the last of what the article is about: money is taken over the year, not until its end."""
        return period.start is None and self.whole is not None and self.whole.end == period.end

    # --- from one sentence to the next --------------------------------------------------------------------------------

    def begin_paragraph(self) -> None:
        """A new paragraph speaks of another time."""
        self.age += _MOST_INHERITED
        self.aim = self.compared = None
        self._counted_above, self._counted = self._counted, {}

    def announce(self, mentions: list[Mention]) -> None:
        """Keep by when the targets below a heading are to be reached: "Mục tiêu đến năm 2025"."""
        until = [m.period for m in mentions if not m.is_now and self._is_aim(m.period)]
        self.heading = until[-1] if until else self.heading

    def _is_aim(self, period: Period) -> bool:
        return period.end is not None if period.start is None else self.is_ahead(period)

    def end_sentence(self, start: int, mentions: list[Mention], numbers: list[Number], *, turns: bool) -> None:
        """Keep the time that the next sentence inherits; `turns` where it went on to somebody else without a figure."""
        if numbers and self.period and self.age < _MOST_INHERITED and self.period.end != self.published:
            self.main = self.period
        if compared := [m.period for m in mentions if m.is_compared]:
            self.compared = known(compared[-1])
        if not mentions and self.period is None:
            return
        plain = [m for m in mentions if self._carries(m) and not self._looks_back(m, mentions, start)]
        last = self._prevailing(plain) if plain else None
        if last is not None and self._is_of_before(last, start, numbers):
            self.period, self.age = self.main, 0
        elif last is not None:
            self.period, self.age = known(self._closed(last.period)), int(last.is_now)
            if self.period and self.period.end and numbers and not last.is_now:
                self.main = self.period
        elif turns:
            self.period = None
        elif not (_GOES_ON.match(self.lower, start) or any(m.is_compared for m in mentions)):
            self.age += 1

    def _is_of_before(self, mention: Mention, start: int, numbers: list[Number]) -> bool:
        """Whether a sentence only looks back from the time reported of: "là 4,1%, năm 2018 là 11,7%"."""
        main = self.main or self.whole
        if (
            main is None
            or main.end is None
            or mention.period.end is None
            or mention.period.end >= (main.start or main.end)
        ):
            return False
        return looks_back(self.lower, start, mention.start, numbers)

    def _looks_back(self, mention: Mention, mentions: list[Mention], start: int) -> bool:
        """Whether a time only stands beside the one spoken of: "chặn 63 tên miền, tháng 3 là 41 tên miền"."""
        if not TIME_OF_NEXT.match(self.lower, mention.end) or not _SIDE.search(self.lower, start, mention.start):
            return False
        earlier = [m.period for m in mentions if m.end <= mention.start and self._carries(m)]
        spoken_of = earlier[-1] if earlier else self.period if self.age < _MOST_INHERITED else self.whole
        if spoken_of is None or mention.period.end is None:
            return False
        begun = spoken_of.start or spoken_of.end
        return begun is not None and mention.period.end <= begun

    def _carries(self, mention: Mention) -> bool:
        if mention.is_compared or mention.is_event or mention.is_past:
            return False
        if mention.is_aside and not mention.is_scope and (self.period or self.whole):
            return False
        if mention.start in self._aimed - self._reached or _SET_AGAINST.search(
            self.lower, max(0, mention.start - 40), mention.start
        ):
            return False
        if mention.period.start is not None and self._closed(mention.period).end is None:
            return False
        if mention.is_now and _SINCE_THEN.search(self.lower, max(0, mention.start - 40), mention.start):
            return False
        return not (self.is_ahead(mention.period) or bracket_end(self.lower, mention) is not None)
