"""Figures that no indicator of the catalogue takes: those under alike names together, so that they too can be followed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.base import FigureEntry
from monitor.sameness import FEWEST_WORDS, are_alike, measure_of, name_words, rarest_words, telling_words


@dataclass(frozen=True, kw_only=True, slots=True)
class NameGroup:
    """Figures of one measure whose names say nearly the same."""

    name: str
    """The commonest of the names."""
    words: frozenset[str]
    figures: tuple[FigureEntry, ...]

    @property
    def places(self) -> int:
        """Of how many bodies there are figures."""
        return len({figure.metric.entity for figure in self.figures if figure.metric.entity})

    @property
    def articles(self) -> int:
        return len({figure.article_id for figure in self.figures})


def group_by_name(figures: Iterable[FigureEntry]) -> list[NameGroup]:
    """The figures without an indicator in groups, the largest first. A name that says too little is left out.

    Two names are alike when they share four fifths of the syllables that say something ("số", "tỷ lệ" and whom it is about
    say nothing); each group is known by the words of its commonest name.
    """
    alike: defaultdict[tuple[str, frozenset[str]], list[FigureEntry]] = defaultdict(list)
    for figure in figures:
        metric = figure.metric
        if metric.indicator is None and metric.kind != "change" and len(words := name_words(metric)) >= FEWEST_WORDS:
            alike[measure_of(metric), words].append(figure)
    counts = Counter(word for _, words in alike for word in words)
    led: list[tuple[str, frozenset[str], list[FigureEntry]]] = []
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for (measure, words), some in sorted(
        alike.items(), key=lambda item: (-len(item[1]), item[0][0], sorted(item[0][1]))
    ):
        rare = rarest_words(words, counts)
        near = dict.fromkeys(number for word in rare for number in by_word[word])
        found = next((n for n in near if led[n][0] == measure and are_alike(led[n][1], words)), None)
        if found is None:
            found = len(led)
            led.append((measure, words, []))
            for word in rare:
                by_word[word].append(found)
        led[found][2].extend(some)
    groups = [_group(words, some) for _, words, some in led]
    return sorted(groups, key=lambda group: (-len(group.figures), group.name))


def _group(words: frozenset[str], figures: Sequence[FigureEntry]) -> NameGroup:
    names = Counter(figure.metric.name for figure in figures)
    commonest = min(names, key=lambda name: (-names[name], len(name), name))
    return NameGroup(name=commonest, words=words, figures=tuple(figures))


def find_group(groups: Sequence[NameGroup], typed: str) -> NameGroup | None:
    """The group that a name means: the one most alike; else the largest whose name holds every word that was typed."""
    words = telling_words(typed)
    if not words:
        return None
    alike = [group for group in groups if are_alike(group.words, words) or group.words == words]
    if alike:
        return max(alike, key=lambda group: len(group.words & words) / len(group.words | words))
    return next((group for group in groups if words <= group.words), None)
