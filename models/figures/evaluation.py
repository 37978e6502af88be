"""How well the figures read out of labelled texts fit their labels.

A figure is right when it overlaps a labelled one and says the same value in the same unit. Of those that are, the other
fields are rated one by one. A label marked optional counts neither way, and a field that its annotator was unsure of is not
rated.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.annotation import figures
from models.errors import TrainingError
from models.records import Metric
from models.text import Span, fold, syllables

FIELDS = ("entity", "period", "kind", "bound", "out_of", "indicator")
"""What is rated of the figures that are right in value and unit; the indicator only where one is linked."""
_CLASSES = frozenset(("percent", "percentage_point", "vnd", "usd", "point", "rank", "times"))
_SAME_NAME = 0.6
# "tỉnh Lào Cai" is Lào Cai, and an annotator may have written either.
_TITLES = frozenset(("ubnd", "tinh", "thanh", "pho", "tp", "thi", "xa", "huyen"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A figure as a person read it."""

    span: Span
    quote: str
    name: str
    value: Decimal
    unit: str
    fields: Mapping[str, Any]
    """Of FIELDS those that the person filled in; a period is a pair of days."""
    optional: bool = False
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledText:
    """A text, its figures, and the numbers in it that look like one and are none."""

    id: str
    title: str | None
    text: str
    published: date | None
    source_place: str | None
    labels: tuple[Label, ...]
    traps: tuple[Span, ...]


@dataclass(slots=True)
class FigureEvaluation:
    """Counts; the shares are properties."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    named: int = 0
    """Of the right ones, those whose name is the label's too."""
    traps: int = 0
    trapped: int = 0
    rated: Counter[str] = field(default_factory=Counter)
    agreeing: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    """In words, in the order of the texts."""

    @property
    def f1(self) -> float:
        """Of value and unit."""
        return _f1(self.right, self.wrong, self.missed)

    @property
    def name_f1(self) -> float:
        """Of value, unit and name."""
        astray = self.right - self.named
        return _f1(self.named, self.wrong + astray, self.missed + astray)

    @property
    def trap_share(self) -> float:
        return self.trapped / self.traps if self.traps else 0.0

    def share(self, name: str) -> float | None:
        """How often a field is right where value and unit are; None where no label says."""
        return self.agreeing[name] / self.rated[name] if self.rated[name] else None


def load_labelled(path: Path) -> tuple[LabelledText, ...]:
    """Labelled texts of a *.jsonl: id, text, title, published, place, metrics, non_metrics. TrainingError names a bad line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(_labelled(json.loads(line)))
        except (ValueError, KeyError, TypeError, ArithmeticError) as e:
            raise TrainingError(f"{path.name}, line {number}: {type(e).__name__} {e}") from e
    return tuple(found)


def join_labels(texts: Iterable[Mapping[str, Any]], labels: Iterable[Mapping[str, Any]]) -> tuple[LabelledText, ...]:
    """Texts whose labels stand in a file of their own, brought together by id; texts without labels are left out."""
    by_id = {str(one["id"]): one for one in labels}
    return tuple(_labelled({**one, **by_id[str(one["id"])]}) for one in texts if str(one["id"]) in by_id)


def _labelled(row: Mapping[str, Any]) -> LabelledText:
    return LabelledText(
        id=str(row["id"]),
        title=row.get("title"),
        text=row["text"],
        published=_day(row.get("published")),
        source_place=row.get("place"),
        labels=tuple(map(_label, row["metrics"])),
        traps=tuple((trap["start"], trap["end"]) for trap in row.get("non_metrics", ())),
    )


def _day(written: str | None) -> date | None:
    """None too where only the month is known."""
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def _label(row: Mapping[str, Any]) -> Label:
    days = row.get("period") or {}
    fields = {name: row[name] for name in FIELDS if name in row}
    fields["period"] = tuple(days.get(end) and date.fromisoformat(days[end]) for end in ("start", "end"))
    fields["out_of"] = None if row.get("out_of") is None else Decimal(str(row["out_of"]))
    return Label(
        span=(row["start"], row["end"]), quote=row["quote"], name=row["name"], value=Decimal(str(row["value"])),
        unit=row["unit"], fields=fields, optional=bool(row.get("optional")), unsure=tuple(row.get("unsure") or ()),
    )  # fmt: skip


def evaluate_figures(texts: Iterable[LabelledText]) -> FigureEvaluation:
    """Read each text as an article is read, and compare."""
    result = FigureEvaluation()
    for one in texts:
        found = figures(one.text, title=one.title, published=one.published, source_place=one.source_place)
        compare(one, found, result)
    return result


def matched(one: LabelledText, found: Iterable[Metric]) -> list[tuple[Metric, Label]]:
    """Those of the found figures that are right in value and unit, in order, each with its label; optional ones left out."""
    found = list(found)
    pairs = []
    for label in one.labels:
        match = next((metric for metric in found if _matches(metric, label)), None)
        if match is not None:
            found.remove(match)
            if not label.optional:
                pairs.append((match, label))
    return sorted(pairs, key=lambda pair: pair[0].start)


def compare(one: LabelledText, found: Sequence[Metric], result: FigureEvaluation) -> None:
    """Add what was found in one text to the counts."""
    left = list(found)
    for label in one.labels:
        match = next((metric for metric in left if _matches(metric, label)), None)
        if match is not None:
            left.remove(match)
        if label.optional:
            left = [metric for metric in left if not _overlap((metric.start, metric.end), label.span)]
        elif match is None:
            result.missed += 1
            result.errors.append(f"{one.id}: thiếu {label.quote!r} ({label.name})")
        else:
            _rate(one.id, match, label, result)
    result.wrong += len(left)
    result.errors += [f"{one.id}: thừa {metric.quote!r} ({metric.name})" for metric in left]
    taken = [any(_overlap((metric.start, metric.end), trap) for metric in found) for trap in one.traps]
    result.traps += len(taken)
    result.trapped += sum(taken)


def _rate(key: str, match: Metric, label: Label, result: FigureEvaluation) -> None:
    result.right += 1
    if same_name(match.name, label.name):
        result.named += 1
    else:
        result.errors.append(f"{key}: tên của {label.quote!r} là {match.name!r}, đúng ra {label.name!r}")
    for name in FIELDS:
        if name not in label.fields or name in label.unsure or (name == "indicator" and match.indicator is None):
            continue
        result.rated[name] += 1
        if _agrees(name, match, label.fields[name]):
            result.agreeing[name] += 1
        else:
            said = getattr(match, name)
            result.errors.append(f"{key}: {name} của {label.quote!r} là {said}, đúng ra {label.fields[name]}")


def _matches(metric: Metric, label: Label) -> bool:
    same = metric.value is not None and abs(metric.value - label.value) <= Decimal("1e-6") * max(
        Decimal(1), abs(label.value)
    )
    return same and _overlap((metric.start, metric.end), label.span) and same_unit(metric.unit, label.unit)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _agrees(name: str, metric: Metric, wanted: Any) -> bool:
    if name == "entity":
        return _bare_entity(metric.entity) == _bare_entity(wanted)
    if name == "period":
        days = (metric.period.start, metric.period.end) if metric.period else (None, None)
        return days == tuple(wanted)
    return bool(getattr(metric, name) == wanted)


def _bare_entity(name: str | None) -> list[str] | None:
    if not name:
        return None
    words = syllables(fold(name).lower())
    first = next((i for i, word in enumerate(words) if word not in _TITLES), 0)
    return words[first:]


def same_unit(one: str, other: str) -> bool:
    """Units of a class are that class only; of counted things one may be said shorter ("hồ sơ", "hồ sơ trực tuyến").

    >>> same_unit("hồ sơ", "hồ sơ trực tuyến"), same_unit("percent", "point")
    (True, False)
    """
    if one in _CLASSES or other in _CLASSES:
        return one == other
    first, second = (syllables(fold(unit).lower()) for unit in (one, other))
    if not first or not second:
        return False
    return first[0] == second[0] or set(first) <= set(second) or set(second) <= set(first)


def same_name(one: str, other: str) -> bool:
    """Whether two names share enough of their syllables: F1 of at least 0.6.

    >>> same_name("tỷ lệ hồ sơ trực tuyến", "tỷ lệ hồ sơ nộp trực tuyến"), same_name("số hồ sơ", "số cán bộ")
    (True, False)
    """
    first, second = (Counter(syllables(fold(name).lower())) for name in (one, other))
    length = first.total() + second.total()
    return bool(length) and 2 * (first & second).total() / length >= _SAME_NAME


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def as_json(result: FigureEvaluation) -> dict[str, Any]:
    """The scores under names for machines."""
    return {
        "f1": result.f1, "name_f1": result.name_f1, "traps_taken": result.trap_share,
        **{name: share for name in FIELDS if (share := result.share(name)) is not None},
    }  # fmt: skip


def as_lines(result: FigureEvaluation) -> list[str]:
    """The scores in Vietnamese, for people."""
    shares = [(name, result.share(name)) for name in FIELDS]
    return [
        f"giá trị và đơn vị: F1 {result.f1:.3f}; cả tên chỉ số: F1 {result.name_f1:.3f} "
        f"({result.right + result.missed} số liệu, thừa {result.wrong})",
        "đúng trong số đó: " + ", ".join(f"{name} {share:.3f}" for name, share in shares if share is not None),
        f"số không phải số liệu bị lấy: {result.trapped}/{result.traps}",
    ]
