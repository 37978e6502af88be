"""Figures out of an article: numbers + periods + bodies + the words around them ─► Metric, each with its sentence.

The numbers come first (models/numbers/reading.py); everything else is looked for only in the sentences that hold one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from models.figures import claims, headings
from models.figures.compared import compared_with
from models.figures.course import Course, covered, enter_sentence, holds, open_course
from models.figures.rows import aside_of, rows_of
from models.naming import indices as index_names
from models.naming.capitals import abbreviations_among, as_written, capitals_of
from models.naming.kinds import base_of
from models.naming.names import name_figure
from models.naming.surroundings import Context
from models.numbers.reading import numbers_in
from models.numbers.sifting import sift
from models.reading import Reading, read
from models.records import Kind, Metric, Number
from models.text import Span
from models.times import periods
from models.times.writing import day_of_writing
from models.wording.rewording import reword
from models.wording.weights import Weights

# The heading of the list of other articles that some pages carry below the text.
_TAIL = re.compile(
    r"\n\s*(?:tin\s+(?:tức\s+)?(?:liên\s+quan|cùng\s+chuyên\s+mục|khác|mới(?:\s+nhất)?|đọc\s+nhiều)"
    r"|bài\s+(?:viết\s+)?liên\s+quan|các\s+tin\s+khác|xem\s+thêm|có\s+thể\s+bạn\s+quan\s+tâm|tiêu\s+điểm|đọc\s+thêm)"
    r"\s*:?\s*(?=\n)"
)
_STOPS_AIMING = re.compile(
    r"\b(?:đã|hiện(?! đại)|đến nay|kết quả|mới (?:đạt|có|chỉ|là|làm|hoàn|phân|giải)|trong khi|thay vì|tuy nhiên|song|nhưng|thực tế)\b"
)
_NEAR_BEFORE = 400
"""Characters before a sentence in which its things may have been called by their full name."""


def find_metrics(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    source_place: str | None = None,
) -> tuple[Metric, ...]:
    """The figures that an article states, in the order of its text. Offsets are those of `text` as given.

    `source_place` is the place whose outlet published it ("Lào Cai"), for figures that name nobody.

    >>> metric, = find_metrics("Đến ngày 31/5/2024, tỷ lệ hồ sơ nộp trực tuyến của Lào Cai đạt hơn 82,5%.")
    >>> metric.name, metric.value, metric.unit, metric.bound, metric.entity
    ('tỷ lệ hồ sơ nộp trực tuyến', Decimal('82.5'), 'percent', 'over', 'Lào Cai')
    """
    reading = read(text)
    tail = _TAIL.search(reading.lower, len(reading.lower) // 3)
    spans = [(0, tail.start() if tail else len(reading.text))]
    return _as_given(_find(reading, spans, title, published, source_place), reading)


def metrics_in(
    reading: Reading,
    *,
    title: str | None,
    published: date | None,
    source_place: str | None,
    weights: Weights | None = None,
) -> tuple[Metric, ...]:
    """As find_metrics, for a text that is read already; figures in what is not the article are left out.

    With weights, names that a learnt model is surer of take the place of those that the rules make.
    """
    found = _find(reading, reading.spans, title, published, source_place)
    return _as_given(reword(found, reading, title, weights) if weights else found, reading)


def _find(
    reading: Reading, spans: Sequence[Span], title: str | None, published: date | None, source_place: str | None
) -> list[Metric]:
    numbers = _inside(numbers_in(reading.text, reading.lower), spans)
    if not numbers:
        return []
    course = open_course(reading, title, published or day_of_writing(reading.lower), source_place)
    for (start, stop), held in _by_sentence(numbers, reading.sentences):
        _read_sentence(course, start, stop, held)
    return course.found


def _as_given(metrics: Sequence[Metric], reading: Reading) -> tuple[Metric, ...]:
    """With the offsets and quotes of the text as it came."""
    if reading.text == reading.given:
        return tuple(metrics)
    origins = [reading.aligned.origin(metric.start, metric.end) for metric in metrics]
    return tuple(
        replace(metric, quote=reading.given[start:end], start=start, end=end)
        for metric, (start, end) in zip(metrics, origins, strict=True)
    )


def _inside(numbers: list[Number], spans: Sequence[Span]) -> list[Number]:
    """The numbers that stand in one of the spans, which are in order."""
    starts = [start for start, _ in spans]
    parts = ((number, bisect_right(starts, number.start) - 1) for number in numbers)
    return [number for number, part in parts if part >= 0 and number.start < spans[part][1]]


def _by_sentence(numbers: list[Number], sentences: Sequence[Span]) -> Iterator[tuple[Span, list[Number]]]:
    """The sentences up to the last that holds a number, each with the numbers that it holds."""
    starts = [start for start, _ in sentences]
    groups: dict[int, list[Number]] = {}
    for number in numbers:
        groups.setdefault(max(0, bisect_right(starts, number.start) - 1), []).append(number)
    for i in range(max(groups) + 1):
        yield sentences[i], groups.get(i, [])


# --- one sentence -----------------------------------------------------------------------------------------------------


def _read_sentence(course: Course, start: int, stop: int, numbers: list[Number]) -> None:
    enter_sentence(course, start)
    first = bisect_left(course.mention_starts, start)
    mentions = course.mentions[first : bisect_left(course.mention_starts, stop, first)]
    kept = sift(course.lower, start, numbers) if numbers else []
    has_index = holds(course.index_signs, start, stop)
    if kept:
        course.whom.begin_sentence(start, stop)
        _read_figures(course, start, stop, kept, mentions, has_index=has_index)
    elif has_index and (indices := index_names.find_indices(covered(course, start, stop))):
        course.index = indices[0][1]
        course.main_index = index_names.fuller(course.main_index, course.index)
        course.said.speak_of(course.index)
        course.abbreviations |= abbreviations_among(capitals_of(course.text[start:stop]))
    course.whom.end_sentence(start, stop, has_figures=bool(kept))
    turns = not kept and course.timing.period is not None and course.whom.names_somebody(start, stop)
    course.timing.end_sentence(start, mentions, kept, turns=turns)
    if course.lower[stop - 1] == ":" and headings.leads_to_targets(course.lower[start:stop]):
        course.heading_aims = True
    if (
        mentions
        and not kept
        and course.lower[stop - 1] not in ".!"
        and headings.heads_targets(course.lower[start:stop])
    ):
        course.timing.announce(mentions)


def _read_figures(
    course: Course,
    start: int,
    stop: int,
    numbers: list[Number],
    mentions: list[periods.Mention],
    *,
    has_index: bool,
) -> None:
    """One sentence's figures, from the first to the last: each leans on the one before it."""
    before: tuple[Number, Kind] | None = None
    sentence, lower, hidden = course.text[start:stop], course.lower[start:stop], covered(course, start, stop)
    indices = index_names.find_indices(hidden) if has_index else []
    rows, own_capitals = rows_of(course.lower, numbers), capitals_of(sentence)
    earlier = f"{course.title}. {course.lower[max(0, start - _NEAR_BEFORE) : start]}"
    capitals = {**course.abbreviations, **own_capitals}
    course.said.sentence += 1
    for i, number in enumerate(numbers):
        direction = claims.direction_of(course.lower, start, number)
        kind = _kind_of(course, start, number, direction, before)
        if kind == "target" and _looks_back(course, start, numbers, i, mentions):
            kind = "change" if direction else "achieved"
        period = course.timing.period_of(mentions, start, numbers, i, kind)
        if kind != "target" and course.timing.is_ahead(period):
            kind = "target"
        previous_end = before[0].end if before else start
        entity, *others = course.whom.of(numbers, i, previous_end)
        following = numbers[i + 1].start if i + 1 < len(numbers) else stop
        first, last = rows[i]
        index_end, course.index = next(
            (index for index in reversed(indices) if index[0] <= number.start - start), (-1, course.index)
        )
        if index_end > previous_end - start and course.index:
            course.main_index = index_names.fuller(course.main_index, course.index)
            course.said.speak_of(course.index)
        opening, closing, beyond = aside_of(course.lower, numbers, i, stop)
        context = Context(
            lower=hidden, number=number, unit=number.unit or "", kind=kind, falls=direction == "fall",
            start=number.start - start, end=number.end - start, previous_end=previous_end - start,
            next_start=following - start, row_end=numbers[last].end - start,
            row_next=(numbers[last + 1].start if last + 1 < len(numbers) else stop) - start, row_size=last - first + 1, row_place=i - first,
            aside=(opening - start, closing - start, beyond - start) if opening >= 0 else None, said=course.said,
            company=course.whom.company(entity), index=course.index, index_end=index_end,
            earlier=earlier,
        )  # fmt: skip
        small, name = _name(course, capitals, context)
        metric = Metric(
            quote=course.text[number.start : number.end], start=number.start, end=number.end, sentence=sentence,
            name=name, indicator=course.links.link(small, lower, context, entity, period), value=number.value,
            value_max=number.value_max, unit=number.unit or "", out_of=number.out_of, bound=number.bound, kind=kind,
            entity=entity, period=period,
            against=compared_with(course.text, course.lower, number, (start, stop), mentions) if kind == "change" else None,
        )  # fmt: skip
        course.found.append(metric)
        course.found += [replace(metric, entity=other) for other in others]
        before = number, kind
    course.abbreviations |= abbreviations_among(own_capitals)


def _looks_back(course: Course, start: int, numbers: list[Number], i: int, mentions: list[periods.Mention]) -> bool:
    """Whether a figure among targets is what was reached before: its part names a time that is over and sets no target."""
    begin = course.timing.begins_look_back(mentions, start, numbers, i)
    return begin is not None and not claims.names_target(course.lower[begin : numbers[i].start])


def _kind_of(
    course: Course, start: int, number: Number, direction: str | None, before: tuple[Number, Kind] | None
) -> Kind:
    previous = (before[1], before[0].end, before[0].unit) if before else None
    aims = course.aims or course.heading_aims
    may_aim = holds(course.target_signs, start, number.start)
    kind = claims.kind_of(
        course.lower, start, number, direction=direction, previous=previous, may_aim=may_aim, aims=aims
    )
    if kind != "achieved" or before is None or before[1] != "target" or claims.is_starting_value(course.lower, number):
        return kind
    if claims.aims_aside(course.lower[start : number.start], before[0].start - start):
        return kind
    goes_on = _STOPS_AIMING.search(course.lower, before[0].end, number.start) is None
    return "target" if goes_on and not claims.is_measured_against(course.lower[start : before[0].start]) else kind


def _name(course: Course, capitals: dict[str, str], context: Context) -> tuple[str, str]:
    """A figure's name in small letters and as the article writes it."""
    name = name_figure(context)
    course.said.keep(name.removesuffix(context.agent), context.unit, context.kind)
    course.said.in_full = base_of(name)
    return name, as_written(name, capitals)
