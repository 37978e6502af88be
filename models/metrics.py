"""Figures out of an article: numbers + periods + bodies + the words around them ─► Metric, each with its sentence.

The numbers come first (models/numbers.py); everything else is looked for only in the sentences that hold one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from models import claims, names, periods, subjects
from models.indicators import match_indicator
from models.numbers import numbers_in
from models.places import find_places, name_on
from models.records import Kind, Metric, Number, Period
from models.text import align, split_sentences, unify_tones
from models.units import is_pointed_at
from models.vocabulary import small_letters, words

Span = tuple[int, int]
_TIME_TAKEN = re.compile(
    r"thời gian|rút ngắn|xuống còn|giảm từ|còn lại|trung bình|bình quân|thay vì|trước đây|trước kia|trước hạn|cắt giảm|sớm hơn|chậm hơn|giảm xuống|so với (?:gần|hơn)?"
)
_TIME_SCHEDULE = re.compile(r"(?:trong|sau|suốt|trước|qua|vòng|mỗi|hơn|từng|gần)\s+(?:\w+\s+)?$")
_CLOCK = re.compile(r"(?:từ|đến|lúc|hồi)\s+(?:\w+\s+)?$")
_SHORTENED = re.compile(r"(?:giảm|rút ngắn|tăng|cắt giảm|xuống|từ \d+ (?:ngày|giờ|phút))[^.;]{0,30}$")
_TAIL = re.compile(
    r"\n\s*(?:tin\s+(?:tức\s+)?(?:liên\s+quan|cùng\s+chuyên\s+mục|khác|mới(?:\s+nhất)?|đọc\s+nhiều)|bài\s+(?:viết\s+)?liên\s+quan|các\s+tin\s+khác|xem\s+thêm|có\s+thể\s+bạn\s+quan\s+tâm|tiêu\s+điểm|đọc\s+thêm)\s*:?\s*(?=\n)",
    re.IGNORECASE,
)
_COUNTED_IN_NAME = re.compile(
    r"(?:tổng số|số lượng|(?<!một )(?<!con )(?<!trong )số)\s+(?!liệu)(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)[^;]*?$"
)
_INDEX_VALUE = re.compile(r"(?:chỉ số|điểm|hệ số|giá trị)[^;.]{0,60}(?:là|đạt|:|ở mức|còn|lên)\s*(?:\w+\s)?$")
_RESPECTIVELY = re.compile(r"lần lượt|tương ứng|theo thứ tự")
_SCOPE = re.compile(r"(?:\bcủa|\btrong(?:\s+tổng)?(?:\s+số)?|\bgiữa|\bcho)\s+(?:hơn\s+|gần\s+|khoảng\s+|cả\s+)?$")
_SCOPE_UNIT = re.compile(r"(?:quốc gia|nước|tỉnh|thành phố|bộ|địa phương|vùng|xã, phường$)\b")
_SAID_OF_BOTH = re.compile(r"\s+(?:cùng|đều|có|đạt|cũng)\b")
_CLAUSE = re.compile(r"[;:(]|(?<=\s)(?:trong khi|còn|nhưng|riêng|trong đó)(?=\s)|,\s")
_NATIONAL_UNIT = re.compile(r"(?:tỉnh|bộ, ngành|bộ, cơ quan|bộ ngành|quốc gia)\b")
_MOST_INHERITED = 2
_SHORTEST_SCOPE = 80
"""Days: a quarter, half a year or a year can be what a whole article is about; a month or a day cannot."""


@dataclass(slots=True)
class _Article:
    """An article as it is being read, and what carries over from one sentence to the next."""

    text: str
    lower: str
    published: date | None
    main: str | None
    bodies: list[subjects.Body]
    aims: bool
    """The title announces targets."""
    whole_period: Period | None
    """What the title says of time; for sentences that say nothing."""
    mentions: list[periods.Mention]
    mention_starts: list[int]
    index: str | None = None
    period: Period | None = None
    period_age: int = 99
    subject: str | None = None
    last_name: str | None = None
    paragraph: int = -1
    heading_aims: bool = False
    found: list[Metric] = field(default_factory=list)


def find_metrics(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    source_place: str | None = None,
    spans: Sequence[Span] | None = None,
    sentences: Sequence[Span] | None = None,
) -> tuple[Metric, ...]:
    """The figures that an article states, in the order of its text. Offsets are those of `text` as given.

    `spans` are the parts of the text that are the article; figures outside are left out. `source_place` is the place
    whose outlet published it ("Lào Cai"), for figures that name nobody.

    >>> metric, = find_metrics("Đến ngày 31/5/2024, tỷ lệ hồ sơ nộp trực tuyến của Lào Cai đạt hơn 82,5%.")
    >>> metric.name, metric.value, metric.unit, metric.bound, metric.entity
    ('tỷ lệ hồ sơ nộp trực tuyến của Lào Cai', Decimal('82.5'), 'percent', 'over', 'Lào Cai')
    """
    aligned = align(text)
    prose = unify_tones(aligned.text)
    lower = small_letters(prose)
    numbers = numbers_in(prose, lower)
    if not numbers:
        return ()
    if aligned.text == text:
        inside = spans
        bounds = sentences
    else:
        inside, bounds = None, None
    end = _article_end(lower) if spans is None else len(lower)
    bodies = subjects.find_bodies(prose, lower)
    mentions = periods.find_mentions(prose, lower, published, periods.year_spoken_of(title or ""))
    article = _Article(
        text=prose, lower=lower, published=published, main=name_on(subjects.main_body(title, bodies, source_place, prose), published), bodies=bodies,
        aims=title is not None and claims.sets_targets(title.lower()), whole_period=_title_period(title, published) or _only_period(mentions, len(prose)),
        mentions=mentions, mention_starts=[mention.start for mention in mentions],
    )  # fmt: skip
    for start, stop, group in _by_sentence(numbers, bounds or split_sentences(prose), inside, end):
        _read_sentence(article, start, stop, group)
    return tuple(_as_given(metric, text, aligned.origin(metric.start, metric.end)) for metric in article.found)


def _as_given(metric: Metric, text: str, span: Span) -> Metric:
    start, end = span
    return (
        metric
        if (metric.start, metric.quote) == (start, text[start:end])
        else replace(metric, quote=text[start:end], start=start, end=end)
    )


def _article_end(lower: str) -> int:
    """Where the list of other articles begins that some pages carry below the text."""
    tail = _TAIL.search(lower, len(lower) // 3)
    return tail.start() if tail else len(lower)


def _title_period(title: str | None, published: date | None) -> Period | None:
    """The time that a title names, unless it names several."""
    mentions = [m for m in periods.find_mentions(title or "", (title or "").lower(), published) if not m.is_compared]
    return mentions[0].period if len(mentions) == 1 else None


def _only_period(mentions: list[periods.Mention], length: int) -> Period | None:
    """The one closed period that an article names near its beginning and that no other contradicts."""
    closed = [m for m in mentions if not m.is_compared and _is_closed(m.period)]
    if not closed or not closed[0].is_scope or closed[0].start > max(400, length // 5):
        return None
    first = closed[0].period
    assert first.end is not None
    others = [m.period for m in closed[1:] if m.period != first]
    return (
        first
        if all(other.start is not None and other.start > first.end or _within(other, first) for other in others)
        else None
    )


def _is_closed(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days > _SHORTEST_SCOPE


def _within(inner: Period, outer: Period) -> bool:
    return bool(
        inner.start
        and inner.end
        and outer.start
        and outer.end
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _by_sentence(
    numbers: list[Number], sentences: Sequence[Span], inside: Sequence[Span] | None, end: int
) -> list[tuple[int, int, list[Number]]]:
    """The sentences, each with the numbers that it holds."""
    starts = [start for start, _ in sentences]
    groups: dict[int, list[Number]] = {}
    for number in numbers:
        if number.start >= end or (inside is not None and not any(a <= number.start < b for a, b in inside)):
            continue
        groups.setdefault(max(0, bisect_right(starts, number.start) - 1), []).append(number)
    return [(start, stop, groups.get(i, [])) for i, (start, stop) in enumerate(sentences) if start < end]


# --- one sentence -----------------------------------------------------------------------------------------------------


def _read_sentence(article: _Article, start: int, stop: int, numbers: list[Number]) -> None:
    lower = article.lower
    new_paragraph = "\n" in lower[max(0, start - 3) : start] or start == 0
    if new_paragraph:
        article.paragraph = start
        article.subject = None
        article.period_age += _MOST_INHERITED
        if not lower[start : start + 2].strip().startswith(("-", "+", "•", "*")):
            article.heading_aims = article.heading_aims and lower[max(0, start - 3) : start].count("\n") < 2
    mentions = _in_sentence(article, start, stop)
    article.index = (
        names.find_index(lower, start, stop)
        if ("chỉ số" in lower[start:stop] or "xếp hạng" in lower[start:stop]) and not numbers
        else article.index
    )
    if not numbers:
        _carry_over(article, start, stop, mentions, [])
        article.heading_aims = article.heading_aims or _is_heading(lower, start, stop)
        return
    kept = [
        number
        for number in map(lambda n: _with_unit(article, start, n), numbers)
        if number is not None and _is_figure(article, start, number)
    ]
    previous: Number | None = None
    kinds: tuple[Kind, int, str | None] | None = None
    for i, number in enumerate(kept):
        following = kept[i + 1].start if i + 1 < len(kept) else stop
        kind = claims.kind_of(lower, start, number, previous=kinds, aims=article.aims or article.heading_aims)
        if (
            kind == "achieved"
            and kinds is not None
            and kinds[0] == "target"
            and _still_aims(lower, kinds[1], number.start)
            and not claims.is_measured_against(lower[start : previous.start if previous else start])
        ):
            kind = "target"
        falls = claims.direction_of(lower, start, number) == "fall"
        period = _period_of(article, mentions, start, number, kept, i, kind)
        if kind == "achieved" and _lies_ahead(period, article.published):
            kind = "target"
        subject, *others = _subjects_of(article, start, stop, number, previous.end if previous else start)
        name = _name_of(article, start, stop, number, kind, falls, previous, following, _company(article, subject))
        metric = _metric(article, start, stop, number, kind, subject, period, name)
        article.found += [metric, *(replace(metric, entity=other) for other in others)]
        previous, kinds = number, (kind, number.end, number.unit)
    _carry_over(article, start, stop, mentions, kept)
    article.heading_aims = article.heading_aims or _is_heading(lower, start, stop)


def _is_heading(lower: str, start: int, stop: int) -> bool:
    """Whether a sentence announces the targets that follow it: "Mục tiêu đến năm 2025:"."""
    return lower[stop - 1] == ":" and claims.sets_targets(lower[start:stop])


def _lies_ahead(period: Period | None, published: date | None) -> bool:
    """Whether a figure speaks of days after its article: "đến năm 2030" is an aim even where no word says so."""
    if period is None or period.end is None or published is None:
        return False
    return period.end.year > published.year and (period.start is None or period.start > published)


def _still_aims(lower: str, previous_end: int, start: int) -> bool:
    return not re.search(r"\b(?:đã|hiện|đến nay|kết quả)\b", lower[previous_end:start])


def _in_sentence(article: _Article, start: int, stop: int) -> list[periods.Mention]:
    return article.mentions[bisect_left(article.mention_starts, start) : bisect_left(article.mention_starts, stop)]


def _with_unit(article: _Article, start: int, number: Number) -> Number | None:
    """A number without a unit takes that of the sentence: what is counted there, or the points of an index."""
    if number.unit is not None:
        return number
    left = article.lower[start : number.start]
    if number.out_of is not None:
        return None
    if _INDEX_VALUE.search(left[-90:]) and number.value != number.value.to_integral_value():
        return _replaced(number, "point")
    named = _COUNTED_IN_NAME.search(left[-110:])
    if named is not None and re.search(r"(?:là|đạt|:|khoảng|gần|hơn|trên|lên|còn|tới|đến|có|mức|số)\s*\(?$", left):
        return _replaced(number, named["noun"])
    return None


def _replaced(number: Number, unit: str) -> Number:
    return Number(
        start=number.start,
        end=number.end,
        value=number.value,
        value_max=number.value_max,
        unit=unit,
        out_of=number.out_of,
        bound=number.bound,
    )


def _is_figure(article: _Article, start: int, number: Number) -> bool:
    """Whether a number with a unit is a statistic: not a schedule, not one single thing, not the scope of another."""
    lower, unit = article.lower, number.unit
    left = lower[max(start, number.start - 70) : number.start]
    if unit in words("after.time"):
        return (
            number.value != 1
            and _TIME_TAKEN.search(left) is not None
            and not _TIME_SCHEDULE.search(left)
            and (_CLOCK.search(left) is None or _SHORTENED.search(left) is not None)
        )
    if (
        unit in ("percent", "percentage_point", "vnd", "usd", "point", "rank", "times", "bậc")
        or number.out_of is not None
    ):
        return True
    if number.value == 1 and number.value_max is None and "/" not in (unit or ""):
        return False
    if (
        _SCOPE.search(left)
        and _SCOPE_UNIT.match(unit or "")
        and number.value < 1000
        and number.value == number.value.to_integral_value()
    ):
        return False
    return not is_pointed_at(lower, number.end)


def _name_of(
    article: _Article,
    start: int,
    stop: int,
    number: Number,
    kind: Kind,
    falls: bool,
    previous: Number | None,
    following: int,
    subject: str | None,
) -> str:
    index = names.find_index(article.lower, start, number.start) or article.index
    if index:
        article.index = index
    name = names.name_figure(
        names.Context(
            lower=article.lower,
            number=number,
            kind=kind,
            falls=falls,
            sentence_start=start,
            sentence_end=stop,
            previous_end=previous.end if previous else start,
            next_start=following,
            previous_name=article.last_name,
            index=index,
            previous_here=previous is not None,
            subject=subject,
            is_named=any(number.start - 12 <= body.end <= number.start for body in article.bodies),
        )  # fmt: skip
    )
    article.last_name = names.base_of(name)
    return _with_capitals(name, article.text[start:stop])


def _company(article: _Article, subject: str | None) -> str | None:
    """The subject if it is a company: a figure of one is called by its name, "lỗ của Tiki"."""
    is_company = any(body.name == subject and body.kind in ("company", "other") for body in article.bodies)
    return subject.lower() if subject and is_company else None


@lru_cache(maxsize=16)
def _capitals(sentence: str) -> dict[str, str]:
    """How a sentence writes the words that it never writes small: names and abbreviations."""
    found = re.findall(r"\w+", sentence)
    return {word.lower(): word for word in found[1:] if word != word.lower() and word.lower() not in found}


def _with_capitals(name: str, sentence: str) -> str:
    """A name in small letters with the capitals that its sentence gives to names and abbreviations."""
    written = _capitals(sentence)
    return re.sub(r"\w+", lambda word: written.get(word[0], word[0]), name) if written else name


def _metric(
    article: _Article,
    start: int,
    stop: int,
    number: Number,
    kind: Kind,
    subject: str | None,
    period: Period | None,
    name: str,
) -> Metric:
    sentence = article.text[start:stop]
    unit = number.unit or ""
    return Metric(
        quote=article.text[number.start : number.end], start=number.start, end=number.end, sentence=sentence, name=name,
        indicator=match_indicator(name, sentence, unit), value=number.value, value_max=number.value_max, unit=unit,
        out_of=number.out_of, bound=number.bound, kind=kind, entity=subject, period=period,
    )  # fmt: skip


# --- whom and when ----------------------------------------------------------------------------------------------------


def _subject_of(article: _Article, start: int, stop: int, number: Number, previous_end: int) -> str | None:
    lower = article.lower
    clause = start
    for boundary in _CLAUSE.finditer(lower, start, number.start):
        clause = boundary.end()
    body = subjects.subject_of(article.bodies, lower, start, number.start, min(clause, max(previous_end, start)))
    if body is not None and not (body.kind == "ministry" and subjects.is_national(lower, number.end, stop)):
        return _full_name(article, body)
    if _NATIONAL_UNIT.match(number.unit or "") or subjects.is_national(lower, start, number.start):
        return "Việt Nam"
    behind = _body_behind(article, number, stop)
    if behind is not None:
        return behind
    if subjects.is_national(lower, start, stop):
        return "Việt Nam"
    return article.subject or article.main


def _subjects_of(article: _Article, start: int, stop: int, number: Number, previous_end: int) -> list[str | None]:
    """Whom a figure is about; two when it is said of both: "Bộ Y tế và Bộ Tài chính đều đạt 100%"."""
    first = _subject_of(article, start, stop, number, previous_end)
    named = [
        body
        for body in article.bodies
        if start <= body.start and body.end <= number.start and body.kind in ("ministry", "province")
    ]
    if len(named) < 2 or named[-1].name != first or article.text[named[-2].end : named[-1].start].strip() != "và":
        return [first]
    if not _SAID_OF_BOTH.match(article.lower, named[-1].end):
        return [first]
    return [named[-2].name, first]


def _full_name(article: _Article, body: subjects.Body) -> str | None:
    if body.kind == "own":
        return article.main
    if body.kind == "department" and article.main and not _ends_with_place(body.name):
        return f"{body.name} {article.main}" if article.main != "Việt Nam" else body.name
    return body.name


def _ends_with_place(name: str) -> bool:
    return bool(find_places(name))


def _body_behind(article: _Article, number: Number, stop: int) -> str | None:
    """ "82% hồ sơ của Lào Cai": the body that owns the counted things, named behind them."""
    for body in article.bodies:
        if number.end <= body.start < min(stop, number.end + 70):
            between = article.lower[number.end : body.start]
            if re.search(r"\b(?:của|tại|ở|trên|thuộc)\s+(?:tỉnh\s+|thành phố\s+)?$", between) and not re.search(
                r"[,;.()]|\d", between
            ):
                return (
                    _full_name(article, body)
                    if body.kind in ("country", "province", "own", "ministry", "district", "department")
                    else None
                )
            return None
    return None


def _period_of(
    article: _Article,
    mentions: list[periods.Mention],
    start: int,
    number: Number,
    numbers: list[Number],
    i: int,
    kind: Kind,
) -> Period | None:
    lower = article.lower
    plain = [m for m in mentions if not m.is_compared]
    right = next((m for m in mentions if m.start >= number.end), None)
    if (
        right is not None
        and re.fullmatch(r"\s*(?:của|trong|vào|hồi|,?\s*đến)?\s*", lower[number.end : right.start])
        and right.period.end is not None
        and not lower[number.end : right.start].strip(" ").startswith(",")
    ):
        if not right.is_compared or lower[number.end : right.start].strip() == "của":
            return _known(right.period)
    left = [m for m in mentions if m.end <= number.start]
    if (
        left
        and left[-1].is_compared
        and re.fullmatch(r"\s*\(\s*(?:là\s+|đạt\s+|xếp\s+)?(?:thứ\s+|hạng\s+)?", lower[left[-1].end : number.start])
    ):
        return _known(left[-1].period)
    if (
        left
        and re.fullmatch(r"\s*(?:là|đạt)\s*", lower[left[-1].end : number.start])
        and left[-1].period.end is not None
    ):
        return _known(left[-1].period)
    before = [m for m in plain if m.end <= number.start]
    if before:
        if (several := _respective(lower, before, start, number, numbers, i)) is not None:
            return several
        return _known(before[-1].period)
    after = [
        m
        for m in plain
        if m.start >= number.end and not re.match(r"\s*(?:là|đạt|có|chỉ|mới|con số)\b", lower[m.end : m.end + 12])
    ]
    if (
        after
        and not any(other.start < after[0].start for other in numbers[i + 1 :])
        and after[0].start - number.end < 120
    ):
        return _known(after[0].period)
    if article.period is not None and article.period_age < _MOST_INHERITED:
        return article.period
    if kind == "change" and article.whole_period is None and (year_after := _year_after(mentions)) is not None:
        return year_after
    return article.whole_period


def _year_after(mentions: list[periods.Mention]) -> Period | None:
    """The year of "tăng 3% so với năm 2023", where nothing else says it: the one that follows."""
    for mention in reversed(mentions):
        start, end = mention.period.start, mention.period.end
        if mention.is_compared and start and end and (start.month, end.month) == (1, 12):
            return Period(start=date(end.year + 1, 1, 1), end=date(end.year + 1, 12, 31))
    return None


def _known(period: Period) -> Period | None:
    """A period that says something: "đến nay" of an undated article does not."""
    return None if period.start is None and period.end is None else period


def _respective(
    lower: str, before: list[periods.Mention], start: int, number: Number, numbers: list[Number], i: int
) -> Period | None:
    """ "Năm 2016 và 2017 lỗ lần lượt là 179 tỷ và 282 tỷ": the first year for the first number."""
    if len(before) < 2 or before[-1].start - before[-2].end > 6 or not _RESPECTIVELY.search(lower, start, number.start):
        return None
    after_words = [n for n in numbers if n.start > before[-1].end]
    group: list[Number] = []
    for other in after_words:
        if group and other.start - group[-1].end > 5:
            group = []
        group.append(other)
        if other.start == number.start:
            break
    years = [m for m in before if before[-1].start - m.start < 40]
    return years[len(group) - 1].period if len(group) <= len(years) else None


def _carry_over(article: _Article, start: int, stop: int, mentions: list[periods.Mention], kept: list[Number]) -> None:
    """What the next sentence inherits: the time, and the one at whom the sentence began."""
    plain = [m for m in mentions if not m.is_compared]
    if plain:
        article.period, article.period_age = (None if plain[-1].is_now else _known(plain[-1].period)), 0
    else:
        article.period_age += 1
        if any(start <= b.start < stop and not b.is_source and b.kind != "own" for b in article.bodies) and not kept:
            article.period = None
    first = next((b for b in article.bodies if start <= b.start < min(stop, start + 60)), None)
    if first is not None and not first.is_source and kept:
        article.subject = _full_name(article, first)
    elif first is not None:
        article.subject = None
