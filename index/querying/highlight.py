"""The pieces of an article's own text that show best why it was found, with what matched marked.

Over the archive's text, never over the index's tokens: the offsets are those of the text as stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from index.base import Document, Highlight, Node, Query, Tier
from index.querying.occurrences import Choices, ReadyText, choices_of
from index.querying.tiers import positive_words, tiers_of
from models.text import Span, split_sentences

_LENGTH = 220
"""Characters of a piece: two lines on a page, one sentence and a half."""
_BEFORE = 70
"""How far before its first match a piece may begin, so that a sentence is read from its start."""
_MOST_PIECES = 2
"""Of lead and body together; the title is shown anyway."""
_MOST_MATCHES = 50

_Part = Literal["title", "lead", "body"]


@dataclass(frozen=True, slots=True)
class _Match:
    """A place in a text, and which part of the question stands there."""

    start: int
    end: int
    asked: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Window:
    """Matches of one part that fit one piece, and what it is worth to show them."""

    part: _Part
    matches: list[_Match]
    worth: float


class Highlighter:
    """Made once for a query, used for each article of a page."""

    def __init__(self, query: Query) -> None:
        tiers = tiers_of(query)
        self._exact = [_choices(tiers.exact)]
        self._folded = [_choices(node) for node in (tiers.folded, tiers.fallback) if node is not None]

    def highlight(self, document: Document, tier: Tier) -> tuple[Highlight, ...]:
        """The title if it matches, then the best pieces of lead and body; the beginning where nothing matches.

        >>> from index.querying.query import parse_query
        >>> document = Document(id="1", url="", title="Hoà Bình: tin vắn", text="Tỉnh Hoà Bình.", source="a")
        >>> Highlighter(parse_query("hòa bình")).highlight(document, "exact")[0]
        Highlight(part='title', text='Hoà Bình: tin vắn', start=0, spans=((0, 8),))
        """
        parts = dict(_parts(document))
        matches = self._matches(parts, tier)
        return tuple(_pieces(parts, matches)) if matches else _beginning(parts)

    def sentence(self, document: Document, tier: Tier) -> tuple[Highlight, ...]:
        """As `highlight`, with one whole sentence in place of the pieces: the one that holds most of what was asked.

        >>> from index.querying.query import parse_query
        >>> text = "Tin vắn. Hôm qua, Hòa Bình khai trương cổng mới. Hết."
        >>> document = Document(id="1", url="", title="Cổng mới", text=text, source="a")
        >>> [found.text for found in Highlighter(parse_query("hòa bình")).sentence(document, "exact")]
        ['Hôm qua, Hòa Bình khai trương cổng mới.']
        """
        parts = dict(_parts(document))
        matches = self._matches(parts, tier) or {}
        return (*_title(parts, matches), *_best_sentence(parts, matches))

    def _matches(self, parts: dict[_Part, str], tier: Tier) -> dict[_Part, list[_Match]] | None:
        """What matches in each part; None where nothing does."""
        for thoroughly in (False, True):
            ready = {part: ReadyText(text, thoroughly=thoroughly) for part, text in parts.items()}
            for asked in self._exact if tier == "exact" else self._folded:
                matches = _find_all(ready, asked)
                if any(matches.values()):
                    return matches
        return None


def _parts(document: Document) -> Iterator[tuple[_Part, str]]:
    yield "title", document.title
    if document.lead:
        yield "lead", document.lead
    yield "body", document.text


def _choices(node: Node) -> list[Choices]:
    return [choices_of(leaf) for leaf in dict.fromkeys(positive_words(node))]


# --- matches ----------------------------------------------------------------------------------------------------------


def _find_all(ready: dict[_Part, ReadyText], asked: list[Choices]) -> dict[_Part, list[_Match]]:
    """The matches in each part, in order."""
    found: dict[_Part, list[_Match]] = {part: [] for part in ready}
    for number, choices in enumerate(asked):
        for sequences in choices:
            some = False
            for part, text in ready.items():
                for of, sequence in enumerate(sequences):
                    spans = islice(text.find(sequence), _MOST_MATCHES)
                    matches = [_Match(start, end, (number, of)) for start, end in spans]
                    found[part] += matches
                    some = some or bool(matches)
            if some:
                break
    for matches in found.values():
        matches.sort(key=lambda match: (match.start, -match.end))
    return found


# --- pieces -----------------------------------------------------------------------------------------------------------


def _pieces(parts: dict[_Part, str], matches: dict[_Part, list[_Match]]) -> Iterator[Highlight]:
    yield from _title(parts, matches)
    windows = [window for part, some in matches.items() if part != "title" for window in _best_windows(part, some)]
    best = sorted(windows, key=lambda window: -window.worth)[:_MOST_PIECES]
    for window in sorted(best, key=lambda window: (window.part != "lead", window.matches[0].start)):
        text = parts[window.part]
        yield _piece(window.part, text, _bounds(text, window.matches), matches[window.part])


def _title(parts: dict[_Part, str], matches: dict[_Part, list[_Match]]) -> Iterator[Highlight]:
    if matches.get("title"):
        yield _piece("title", parts["title"], (0, len(parts["title"])), matches["title"])


def _best_sentence(parts: dict[_Part, str], matches: dict[_Part, list[_Match]]) -> Iterator[Highlight]:
    """The first of the best; where none matches, the first of all."""
    best: tuple[float, _Part, Span] | None = None
    for part, text in parts.items():
        if part == "title":
            continue
        for start, end in split_sentences(text):
            inside = [match for match in matches.get(part, ()) if start <= match.start and match.end <= end]
            worth = _worth(inside)
            if best is None or worth > best[0]:
                best = worth, part, (start, end)
    if best is not None:
        _, part, bounds = best
        yield _piece(part, parts[part], bounds, matches.get(part, []))


def _worth(matches: list[_Match]) -> float:
    """How many different parts of the question stand there, and a little for standing there often."""
    return len({one.asked for one in matches}) + min(len(matches), 9) / 10


def _best_windows(part: _Part, matches: list[_Match]) -> Iterator[_Window]:
    """The best window, then the best of those that lie wholly before or after it."""
    remaining = [matches]
    for _ in range(_MOST_PIECES):
        windows = [window for some in remaining for window in _windows(part, some)]
        if not windows:
            return
        best = max(windows, key=lambda window: window.worth)  # the first of the best
        yield best
        before, after = best.matches[0].start - _LENGTH, best.matches[-1].end + _LENGTH
        remaining = [
            [match for match in matches if match.end < before],
            [match for match in matches if match.start > after],
        ]


def _windows(part: _Part, matches: list[_Match]) -> Iterator[_Window]:
    """For each match the window that it opens. Worth most is how many different parts of the question stand there."""
    last = reached = 0
    for first, match in enumerate(matches):
        while last < len(matches) and matches[last].end - match.start <= _LENGTH - _BEFORE:
            last += 1
        last = max(last, first + 1)
        if last > reached:
            window = matches[first:last]
            yield _Window(part, window, _worth(window))
        reached = last


_SENTENCE = re.compile(r"(?:[.!?…]\s+|\n+)(?=\S)")


def _bounds(text: str, window: list[_Match]) -> Span:
    """Where a piece begins and ends: at a sentence if one is near, else between words; never over a paragraph's end."""
    first, last = window[0], window[-1]
    start = _begin(text, first.start)
    end = min(len(text), max(start + _LENGTH, last.end))
    paragraph = text.find("\n\n", first.end, end)
    if paragraph >= 0:
        return start, paragraph
    if end < len(text) and not text[end].isspace():
        end = max(text.rfind(" ", last.end, end), text.rfind("\n", last.end, end), last.end)
    return start, start + len(text[start:end].rstrip())


def _begin(text: str, match: int) -> int:
    earliest = max(0, match - _BEFORE)
    # a match may itself open the sentence, so its first letter is looked at too
    starts = [found.end() for found in _SENTENCE.finditer(text, earliest, match + 1)]
    if starts:
        return min(starts[-1], match)
    if earliest == 0:
        return min(match, len(text) - len(text.lstrip()))
    space = text.find(" ", earliest, match)
    return space + 1 if space >= 0 else match


def _piece(part: _Part, text: str, bounds: Span, matches: list[_Match]) -> Highlight:
    """Matches side by side are marked as one."""
    start, end = bounds
    spans: list[Span] = []
    for match in matches:
        if match.start < start or match.end > end:
            continue
        if spans and (match.start <= spans[-1][1] or text[spans[-1][1] : match.start].isspace()):
            spans[-1] = (spans[-1][0], max(spans[-1][1], match.end))
        else:
            spans.append((match.start, match.end))
    shifted = tuple((first - start, last - start) for first, last in spans)
    return Highlight(part=part, text=text[start:end], start=start, spans=shifted)


def _beginning(parts: dict[_Part, str]) -> tuple[Highlight, ...]:
    """For a question of filters alone: how the article begins."""
    part: _Part = "lead" if "lead" in parts else "body"
    text = parts[part]
    if not text.strip():
        return ()
    first = len(text) - len(text.lstrip())
    return (_piece(part, text, _bounds(text, [_Match(first, first, (0, 0))]), []),)
