"""docs/indicators.md: the catalogue of indicators as a page, out of models/data/indicators.toml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from models.figures.indicators import Indicator, all_indicators
from monitor.naming import topic_names

_HEAD = """# Indicators: what a figure can be linked to

Printed by `./run.sh monitor series --catalogue docs/indicators.md` from `models/data/indicators.toml`; nothing here is typed by
hand. {count} indicators, {formulas} of them with a formula, {defined} with the text that defines them.

## How the catalogue is built

- An indicator is one thing that articles of this field state again and again. Those that law or an index manual defines came first,
  then what the passages, the demo newsroom and the labelled figures of this project count again and again.
- A figure gets an indicator by three things: its unit is one of `units`; of every group in `all` one phrase stands in the figure's
  name (marked `~`: in its sentence); and no phrase of `none` stands in the name. The first indicator that fits is the one, so what
  is narrow stands before what is wide. What fits none keeps its own words: a wrong link is worse than none.
- A growth told in percent ("tăng 8%") is never the rate itself, and a target is the indicator with the kind `target`.
- A figure of one field only ("hồ sơ đất đai") or an average ("bình quân mỗi ngày") is not the total, and gets no indicator.
- A slug stays when the name changes. Where the law changed what is counted, a new indicator `succeeds` the old one: a series over
  both shows the break, on the day of `since`.
- Nothing here matches a portal's visitor counter: visits count only where an article says of which portal of services.
- `tests/data/indicators.txt` holds a sentence for every indicator, and one beside it that must not get it where two lie close.

## The fields

| field | what it is |
| --- | --- |
| `slug` | for machines; a series joins what carries the same slug |
| `name` | what people read; `was` holds the names it had, each with the last day it was in use |
| `units` | fixed units, or the first words of the counted thing |
| `all`, `none` | the words that a figure's name must and must not hold |
| `up` | ↑ more is better, ↓ less is better (a rank, too); – neither |
| `since`, `until` | the first and the last day it was in use; `succeeds` the one before it |
| `formula` | what it is worked out from, as an expression of slugs; a rate is the quotient × 100 |
| `defined` | law, decree, decision or index manual; a dash where none is known for sure |"""
_ARROWS = {True: "↑", False: "↓", None: "–"}


def write_report() -> str:
    """The whole page, as Markdown."""
    catalogue = list(all_indicators().values())
    formulas = [one for one in catalogue if one.formula]
    parts = [
        _HEAD.format(
            count=len(catalogue), formulas=len(formulas), defined=sum(one.defined is not None for one in catalogue)
        )
    ]
    names = topic_names()
    for topic, group in groupby(catalogue, key=lambda one: one.slug.partition(".")[0]):
        parts += [f"## {names[topic]}", _table(("slug", "name", "unit", "up", "defined in"), map(_row, group))]
    parts += ["## Formulas", _table(("slug", "formula"), ((f"`{one.slug}`", f"`{one.formula}`") for one in formulas))]
    return "\n\n".join(parts) + "\n"


def _row(one: Indicator) -> Sequence[str]:
    return f"`{one.slug}`", _named(one), ", ".join(_units(one)), _ARROWS[one.rising_is_good], one.defined or "–"


def _named(one: Indicator) -> str:
    """The name, with the days it was in use and the names before it."""
    days = [f"from {one.since}"] if one.since else []
    days += [f"until {one.until}"] if one.until else []
    before = [f"until {former.until} “{former.name}”" for former in one.was]
    notes = "; ".join((" ".join(days), *before)).strip("; ")
    return f"{one.name} ({notes})" if notes else one.name


def _units(one: Indicator) -> list[str]:
    """The units, without those that only stand for the beginning of a list ("xã,")."""
    return [unit for unit in one.units if not unit.endswith(",")]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)
