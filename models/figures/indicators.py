"""The indicators of this field, as data (models/data/indicators.toml), and which one a figure states.

An indicator keeps its slug when its name changes; where the law changed what is counted, a new one succeeds it and a
series over both shows the break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, reduce
from operator import or_

import ahocorasick_rs

from models.errors import ModelError
from models.text import unify_tones
from models.vocabulary import QUICK, load_toml

_IN_SENTENCE = "~"
# What something grew by, or how far two are apart, is never the thing itself; told in percent, "tăng" alone says so.
_CHANGES = ("mức tăng", "mức giảm", "chênh lệch")
_GROWTH = "tăng"
# Beside a figure they only say whence it came: "tăng từ 38,6% lên 61,6%".
_MOVES = (*_CHANGES, _GROWTH, "giảm")
# A rank among some is not the rank among all.
_OF_REGIONS = (
    "châu á",
    "đông nam á",
    "asean",
    "khu vực",
    "toàn vùng",
    "trong vùng",
    "vùng đồng bằng",
    "vùng đông",
    "vùng tây",
    "vùng trung du",
    "tây nguyên",
    "miền trung",
)
_ANYTHING = -1
_SLUG = re.compile(r"[a-z]\w*\.\w+")
FIXED_UNITS = ("percent", "percentage_point", "point", "rank", "times", "vnd", "usd")


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
    """What makes it something else, said in the figure's name or beside it; one marked ~, anywhere in its sentence."""
    of_all_fields: bool = False
    """Of all fields of an office's work: a figure of one field is something else."""
    of_a_market: bool = False
    """Of all companies together: one company's figure is something else."""
    is_average: bool = False
    """It is told for one of many: minutes a person waits, subscribers among a hundred people."""
    rising_is_good: bool | None = None
    since: date | None = None
    until: date | None = None
    succeeds: str | None = None
    was: tuple[FormerName, ...] = ()
    formula: str | None = None
    """What it is worked out from, as an expression of slugs; a rate is the quotient × 100."""
    defined: str | None = None
    """The law, decree, decision or index manual that says what it is; None where none is known for sure."""


@cache
def all_indicators() -> dict[str, Indicator]:
    """The catalogue by slug, in its own order; the first that fits a figure is the one.

    >>> all_indicators()["online_services.full_online_rate"].succeeds
    'online_services.level4_rate'
    """
    data = load_toml("indicators.toml")
    rows, one_field, of_no_office = data["indicator"], data["one_field"], data["of_no_office"]
    assert isinstance(rows, list)
    assert isinstance(one_field, list)
    assert isinstance(of_no_office, list)
    others = frozenset(map(str, (*one_field, *of_no_office)))
    catalogue = {row["slug"]: _indicator(row, others) for row in rows}
    check_formulas(catalogue)
    return catalogue


def check_formulas(catalogue: dict[str, Indicator]) -> None:
    """Raise ModelError where a formula names an indicator that is not in the catalogue."""
    for one in catalogue.values():
        unknown = [slug for slug in _SLUG.findall(one.formula or "") if slug not in catalogue]
        if unknown:
            raise ModelError(f"{one.slug}: its formula names {', '.join(unknown)}, which the catalogue does not hold")


def _indicator(row: dict[str, object], one_field: frozenset[str]) -> Indicator:
    def texts(key: str) -> tuple[str, ...]:
        values = row.get(key, [])
        assert isinstance(values, list)
        return tuple(map(str, values))

    groups, was, formula, defined = row["all"], row.get("was", []), row.get("formula"), row.get("defined")
    since, until, succeeds, up = row.get("since"), row.get("until"), row.get("succeeds"), row.get("up")
    assert isinstance(groups, list)
    assert isinstance(was, list)
    assert since is None or isinstance(since, date)
    assert until is None or isinstance(until, date)
    assert succeeds is None or isinstance(succeeds, str)
    assert up is None or isinstance(up, bool)
    assert formula is None or isinstance(formula, str)
    assert defined is None or isinstance(defined, str)
    grows = any(word in phrase for group in groups for phrase in group for word in ("tăng", "giảm"))
    regions = (
        _OF_REGIONS
        if texts("units") == ("rank",)
        and not any(region in phrase for group in groups for phrase in group for region in _OF_REGIONS)
        else ()
    )
    changes = () if grows else (*_CHANGES, _GROWTH) if "percent" in texts("units") else _CHANGES
    return Indicator(
        slug=str(row["slug"]), name=str(row["name"]), units=texts("units"), groups=tuple(frozenset(group) for group in groups),
        none=frozenset(texts("none")).union(
            changes, one_field if row.get("of_all_fields") else (), regions
        ),
        of_all_fields=bool(row.get("of_all_fields")), of_a_market=bool(row.get("market")),
        is_average=bool(row.get("average")),
        rising_is_good=up, since=since, until=until, succeeds=succeeds,
        was=tuple(FormerName(name=former["name"], until=former["until"]) for former in was),
        formula=formula, defined=defined,
    )  # fmt: skip


def match_indicator(name: str, sentence: str, unit: str) -> str | None:
    """The slug of the indicator that a figure of this name and unit states; None rather than a wrong one.

    >>> match_indicator("tỷ lệ DVCTT mức độ 4", "Tỷ lệ DVCTT mức độ 4 đạt 15,91%.", "percent")
    'online_services.level4_rate'
    >>> match_indicator("tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo còn 3%.", "percent") is None
    True
    """
    return match_small(unify_tones(name).lower(), unify_tones(sentence).lower(), unit)


def match_small(
    name: str, sentence: str, unit: str, beside: Callable[[], str] = str, part: Callable[[], str] | None = None
) -> str | None:
    """As match_indicator, for a name and a sentence in small letters with their tones unified.

    What stands beside the figure makes up for what its name leaves out, as long as the name says something of it. `part`
    is the part of the sentence that speaks of the figure.
    """
    said, touched = _matcher().find(name), _touched_by(unit := unit.lower())
    if not touched & said and touched != _ANYTHING:
        return None
    near = _matcher().find(beside())
    for rule, missing in _fitting(unit, said | near):
        if said & rule.none or near & rule.none_beside:
            continue
        if rule.needed and not any(group & said for group in rule.groups):
            continue
        if rule.none_around and rule.none_around & _find_around(part() if part else sentence):
            continue
        around = _find_around(sentence) if missing else 0
        if all(group & around for group in missing):
            return rule.slug
    return None


@lru_cache(maxsize=1000)
def _touched_by(unit: str) -> int:
    """The phrases of which a name must say one to be an indicator's of this unit."""
    rules = _rules_of(unit)
    if not all(rule.needed for rule in rules):
        return _ANYTHING
    return reduce(or_, (group for rule in rules for group in rule.groups), 0)


# Most figures have none of the phrases or the same few.
@lru_cache(maxsize=4000)
def _fitting(unit: str, said: int) -> list[tuple[_Rule, list[int]]]:
    """The indicators that a figure of such phrases may state, each with the groups that its sentence has to fill."""
    fitting = []
    for rule in _rules_of(unit):
        if rule.needed and not rule.needed & said:
            continue
        missing = [group for group in rule.groups if not group & said]
        if all(group & rule.around for group in missing):
            fitting.append((rule, missing))
    return fitting


@dataclass(frozen=True, slots=True)
class _Rule:
    """An indicator's phrases as bits of whole numbers: a figure is held against ten rules, and `&` is quick."""

    slug: str
    groups: tuple[int, ...]
    needed: int
    """The first group that the sentence can't fill; 0 when it can fill every one."""
    around: int
    """All phrases of the groups that may stand in the sentence."""
    none: int
    none_beside: int
    none_around: int


class _Matcher:
    """All phrases of the catalogue, found in one pass."""

    def __init__(self) -> None:
        catalogue = all_indicators().values()
        groups = [phrase for one in catalogue for group in one.groups for phrase in group]
        nones = [phrase for one in catalogue for phrase in one.none]
        texts = sorted({phrase.removeprefix(_IN_SENTENCE) for phrase in (*groups, *nones)})
        self._bit = {phrase: 1 << i for i, phrase in enumerate([*texts, *(_IN_SENTENCE + text for text in texts)])}
        self._bits = [self._bit[text] for text in texts]
        self._size = len(texts)
        self._automaton = ahocorasick_rs.AhoCorasick(texts, implementation=QUICK)
        self.rules = {one.slug: self._rule(one) for one in catalogue}

    def _rule(self, one: Indicator) -> _Rule:
        groups = tuple(map(self._union, one.groups))
        from_name = [group for group in one.groups if not any(phrase.startswith(_IN_SENTENCE) for phrase in group)]
        around = {phrase for group in one.groups for phrase in group if phrase.startswith(_IN_SENTENCE)}
        none_around = {phrase for phrase in one.none if phrase.startswith(_IN_SENTENCE)}
        none = one.none - none_around
        return _Rule(
            slug=one.slug, groups=groups, needed=self._union(from_name[0]) if from_name else 0,
            around=self._union(around), none=self._union(none),
            none_beside=self._union(none.difference(_MOVES)), none_around=self._union(none_around),
        )  # fmt: skip

    def _union(self, phrases: Iterable[str]) -> int:
        return sum({self._bit[phrase] for phrase in phrases})

    def find(self, text: str) -> int:
        """Which of the phrases stand in a text, the ones within others too."""
        found = 0
        for index, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            found |= self._bits[index]
        return found

    def find_around(self, sentence: str) -> int:
        """Which of the phrases that may stand in a figure's sentence stand there."""
        return self.find(sentence) << self._size


@cache
def _matcher() -> _Matcher:
    return _Matcher()


@lru_cache(maxsize=1000)
def _rules_of(unit: str) -> tuple[_Rule, ...]:
    """The rules for a unit, in the catalogue's order: a fixed one, or a thing by its first words."""
    catalogue, rules = all_indicators().values(), _matcher().rules
    if unit in FIXED_UNITS:
        return tuple(rules[one.slug] for one in catalogue if unit in one.units)
    begins = {unit[:end] for end, letter in enumerate(unit) if letter == " "} | {unit}
    return tuple(rules[one.slug] for one in catalogue if not begins.isdisjoint(one.units))


@lru_cache(maxsize=16)
def _find_around(sentence: str) -> int:
    """Remembered, as the figures of one sentence come in a row."""
    return _matcher().find_around(sentence)
