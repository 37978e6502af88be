"""The indicators of this field, as data (models/data/indicators.toml), and which one a figure states.

An indicator keeps its slug when its name changes; where the law changed what is counted, a new one succeeds it and a
series over both shows the break.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import ahocorasick_rs

from models.text import unify_tones
from models.vocabulary import load_toml

_IN_SENTENCE = "~"
_FIXED_UNITS = ("percent", "percentage_point", "point", "rank", "times", "vnd", "usd")


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerName:
    """What an indicator was called, and the last day on which it was."""

    name: str
    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """One thing that articles measure."""

    slug: str
    name: str
    units: tuple[str, ...]
    """Fixed units, or the first words of the counted thing."""
    groups: tuple[frozenset[str], ...]
    """Of every group one phrase must stand in the figure's name; one marked ~ may stand in its sentence."""
    none: frozenset[str] = frozenset()
    rising_is_good: bool | None = None
    since: date | None = None
    until: date | None = None
    succeeds: str | None = None
    was: tuple[FormerName, ...] = ()


@cache
def all_indicators() -> dict[str, Indicator]:
    """The catalogue by slug, in its own order; the first that fits a figure is the one.

    >>> all_indicators()["online_services.full_online_rate"].succeeds
    'online_services.level4_rate'
    """
    rows = load_toml("indicators.toml")["indicator"]
    assert isinstance(rows, list)
    return {row["slug"]: _indicator(row) for row in rows}


def _indicator(row: dict[str, object]) -> Indicator:
    def texts(key: str) -> tuple[str, ...]:
        values = row.get(key, [])
        assert isinstance(values, list)
        return tuple(map(str, values))

    groups, was = row["all"], row.get("was", [])
    since, until, succeeds, up = row.get("since"), row.get("until"), row.get("succeeds"), row.get("up")
    assert isinstance(groups, list) and isinstance(was, list)
    assert since is None or isinstance(since, date)
    assert until is None or isinstance(until, date)
    assert succeeds is None or isinstance(succeeds, str)
    assert up is None or isinstance(up, bool)
    return Indicator(
        slug=str(row["slug"]), name=str(row["name"]), units=texts("units"), groups=tuple(frozenset(group) for group in groups),
        none=frozenset(texts("none")), rising_is_good=up, since=since, until=until, succeeds=succeeds,
        was=tuple(FormerName(name=former["name"], until=former["until"]) for former in was),
    )  # fmt: skip


def match_indicator(name: str, sentence: str, unit: str) -> str | None:
    """The slug of the indicator that a figure of this name and unit states; None rather than a wrong one.

    >>> match_indicator("tỷ lệ DVCTT mức độ 4", "Tỷ lệ DVCTT mức độ 4 đạt 15,91%.", "percent")
    'online_services.level4_rate'
    >>> match_indicator("tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo còn 3%.", "percent") is None
    True
    """
    phrases = _phrases()
    said = phrases.find(unify_tones(name).lower())
    candidates = [one for one in _by_unit(unit.lower()) if one.none.isdisjoint(said)]
    around: frozenset[str] | None = None
    for one in candidates:
        missing = [group for group in one.groups if group.isdisjoint(said)]
        if missing and around is None and any(phrase.startswith(_IN_SENTENCE) for group in missing for phrase in group):
            around = frozenset(_IN_SENTENCE + phrase for phrase in phrases.find(unify_tones(sentence).lower()))
        if not any(group.isdisjoint(around or ()) for group in missing):
            return one.slug
    return None


class _Phrases:
    """All phrases of the catalogue, found in one pass."""

    def __init__(self) -> None:
        catalogue = all_indicators().values()
        groups = [phrase for one in catalogue for group in one.groups for phrase in group]
        self.texts = sorted(
            {phrase.removeprefix(_IN_SENTENCE) for phrase in groups}
            | {phrase for one in catalogue for phrase in one.none}
        )
        self._matcher = ahocorasick_rs.AhoCorasick(self.texts)

    def find(self, text: str) -> set[str]:
        """Which of the phrases stand in a text, the ones within others too."""
        return {self.texts[index] for index, _, _ in self._matcher.find_matches_as_indexes(text, overlapping=True)}


@cache
def _phrases() -> _Phrases:
    return _Phrases()


@cache
def _by_unit(unit: str) -> tuple[Indicator, ...]:
    catalogue = all_indicators().values()
    if unit in _FIXED_UNITS:
        return tuple(one for one in catalogue if unit in one.units)
    return tuple(one for one in catalogue if any(unit == thing or unit.startswith(thing + " ") for thing in one.units))
