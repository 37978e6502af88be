"""Each figure's name: the rules' own, or the words that the model would rather have, where it is surer of them.

The model gives each word the probability that a person's name for the figure holds it. From these follows how well a name
fits (the expected F1 of its syllables, as in Ye et al., Optimizing F-measures, 2012), and which stretches of words fit best.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.naming.kinds import sort_of
from models.naming.names import said_once
from models.naming.nearest import is_bare
from models.text import Span
from models.vocabulary import any_of_many, longest_suffix, small_letters, words
from models.wording.laying import Figure, lay_out
from models.wording.tokens import COMMA, NUMBER, WORD
from models.wording.weights import Weights
from models.wording.windows import BEFORE, LEFT, QUOTE, RIGHT, RULE, TITLE, Windows, windows_of

BETTER_BY = 0.1
"""By how much another name must fit better than the rules' one to take its place."""
_NEW_STRETCH = 0.5
"""What it costs to begin a stretch of words: names are made of few."""
_PASSED = {COMMA: -0.05, NUMBER: -0.15}
"""What it costs to reach over a mark or a number."""
_NEVER = -9.0


Floats = NDArray[np.float64]


def names_for(
    text: str, title: str, sentences: Sequence[Span], figures: Sequence[Figure], weights: Weights
) -> list[str | None]:
    """For each figure the name to take in place of the rules' one; None where that stays."""
    if not figures:
        return []
    windows = windows_of(lay_out(text, title, sentences, figures), figures)
    chances = weights.chances(windows)
    totals = np.add.reduceat(chances * windows.size, [start for start, _ in windows.bounds])
    best, present = best_fits(windows, chances, totals), own_fits(windows, chances, totals)
    return [
        _better(windows, chances, i, figures[i], float(best[i]), float(present[i]), float(totals[i]))
        if best[i] - present[i] > BETTER_BY
        else None
        for i in range(len(figures))
    ]


def _better(
    windows: Windows, chances: Floats, i: int, figure: Figure, best: float, present: float, total: float
) -> str | None:
    start, end = windows.bounds[i]
    own, sizes = chances[start:end].tolist(), windows.size[start:end].tolist()
    kinds = [0 if size else windows.word(start + row).kind for row, size in enumerate(sizes)]
    chosen = stretches(own, sizes, kinds, windows.side[start:end].tolist(), best / 2)
    held = sum(sizes[row] for row in chosen)
    fit = 2 * sum(own[row] * sizes[row] for row in chosen) / (held + total)
    if fit - present <= BETTER_BY:
        return None
    name = written(windows, start, chosen, figure)
    return name if says_of_what(name) else None


def best_fits(windows: Windows, chances: Floats, totals: Floats) -> Floats:
    """For each figure the expected F1 of the words that fit best, however they stand."""
    order = np.argsort(2 * windows.figure - chances, kind="stable")  # figure by figure, the likeliest first
    sizes, figure = windows.size[order], windows.figure[order]
    starts = np.array([start for start, _ in windows.bounds])
    sizes_upto, held_upto = np.cumsum(sizes), np.cumsum(chances[order] * sizes)
    size = sizes_upto - (sizes_upto - sizes)[starts][figure]
    held = held_upto - np.append(0.0, held_upto)[starts][figure]
    best: Floats = np.maximum.reduceat(2 * held / np.maximum(size + totals[figure], 1e-9), starts)
    return best


def own_fits(windows: Windows, chances: Floats, totals: Floats) -> Floats:
    """For each figure the expected F1 of the name that the rules made; a word that stands twice counts where it is likelier."""
    said = np.flatnonzero(windows.in_rule & (windows.size > 0))
    order = said[np.lexsort((-chances[said], windows.id[said], windows.figure[said]))]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (np.diff(windows.id[order]) != 0) | (np.diff(windows.figure[order]) != 0)
    once = order[first]
    count = len(windows.bounds)
    held = np.bincount(windows.figure[once], chances[once] * windows.size[once], count)
    starts = np.array([start for start, _ in windows.bounds])
    fits: Floats = 2 * held / (windows.rule_size[starts] + totals)
    return fits


def stretches(
    chances: list[float], sizes: list[int], kinds: list[int], sides: list[int], threshold: float
) -> list[int]:
    """The stretches of words whose chances exceed the threshold by most, each of them paid for (Viterbi's way)."""
    out, within = 0.0, _NEVER
    came: list[tuple[bool, bool]] = []
    before = -1
    for chance, size, kind, side in zip(chances, sizes, kinds, sides, strict=True):
        if side != before:
            if not (before in (LEFT, QUOTE) and side in (QUOTE, RIGHT)):
                within = _NEVER
            before = side
        worth = (chance - threshold) * size if size else _PASSED.get(kind, _NEVER)
        goes_on = within >= out - _NEW_STRETCH
        came.append((goes_on, within > out))
        out, within = max(out, within), (within if goes_on else out - _NEW_STRETCH) + worth
    inside = within > out
    chosen: list[int] = []
    for i in range(len(came) - 1, -1, -1):
        if inside:
            chosen.append(i)
        inside = came[i][0 if inside else 1]
    return chosen[::-1]


# --- writing ----------------------------------------------------------------------------------------------------------


_FEWEST = 2
_BEGINNINGS = (
    "mức ",
    "số ",
    "chênh lệch",
    "tốc độ",
    "hạng ",
    "xếp hạng",
    "thứ hạng",
    "bảng xếp hạng",
    "vị trí",
    "điểm ",
)
_MAY_BEGIN = ("tổng", "tăng", "giảm", "đạt")
_COUNTED, _MEASURED = (RULE, QUOTE, RIGHT, LEFT, BEFORE, TITLE), (RULE, LEFT, RIGHT, BEFORE, TITLE)
_HEADS = {"count": "số", "share": "tỷ lệ", "money": "số tiền", "time": "thời gian", "place": "xếp hạng"}
_HEAD = re.compile(rf"(?:{any_of_many('names.head')})(?!\w)")
_BROKEN_HEAD = re.compile(r"t[ỷỉ] (?!lệ|trọng|suất|giá)")
"""What is left of "tỷ trọng" where "trọng" was not chosen."""


def written(windows: Windows, start: int, chosen: list[int], figure: Figure) -> str:
    """The chosen words as a name: "số" and its like first, then what is counted or measured, then the rest.

    A word that one side gave is not given again by another.
    """
    sort = sort_of(figure.unit)
    parts: list[str] = []
    given: set[int] = set()
    for side in _COUNTED if sort == "count" else _MEASURED:
        rows = [start + i for i in chosen if windows.side[start + i] == side]
        parts.append(_stretch(windows, [row for row in rows if windows.id[row] not in given], side))
        given |= {int(windows.id[row]) for row in rows if windows.size[row]}
    name = " ".join(said_once(" ".join(filter(None, parts)).split()))
    own = _HEAD.match(figure.name)
    if (broken := _BROKEN_HEAD.match(name)) is not None:
        return f"{own[0] if own and own[0].startswith('t') else _HEADS['share']} {name[broken.end() :]}"
    if not name or _HEAD.match(small := small_letters(name)) or small.startswith(_BEGINNINGS):
        return name
    is_own = sort not in ("count", "share") or figure.name.startswith("chỉ số ")
    head = own[0] if own and is_own else _HEADS.get(sort, "")
    if sort == "place" and figure.name.startswith("thứ hạng"):
        head = "thứ hạng"
    return f"{head} {name}".strip()


def says_of_what(name: str) -> bool:
    """Whether a name says more than "tỷ lệ", "số" or "vốn": at least two syllables besides.

    >>> says_of_what("số hồ sơ"), says_of_what("tỷ lệ"), says_of_what("tổng mức")
    (True, False, False)
    """
    small = small_letters(name)
    own = [syllable for syllable in small.split() if syllable not in words("wording.heads")]
    return len(own) >= _FEWEST and not is_bare(small)


def _stretch(windows: Windows, rows: list[int], side: int) -> str:
    """One side's words, without marks and light words at either end."""
    tokens = [windows.word(row) for row in rows]
    if side == RULE:
        return " ".join(token.spelt for token in tokens)
    first, last = 0, len(tokens)
    while last > first and tokens[last - 1].kind != WORD:
        last -= 1
    while first < last and tokens[first].kind != WORD and tokens[first].spelt not in _MAY_BEGIN:
        first += 1
    said = ""
    for row, word in zip(rows[first:last], tokens[first:last], strict=True):
        if _belongs_to_number(windows, row):
            number = windows.word(row - 1).spelt
            said = f"{said.removesuffix(f' {number}')} {number}{word.spelt}"
        elif word.kind != COMMA:
            said += f" {_small(windows, row)}"
        elif word.spelt in ",/-":
            said += word.spelt
    if longest_suffix(small_letters(said).split(), words("wording.numbered")) and (
        number := _number_behind(windows, rows[last - 1])
    ):
        said += f" {number}"
    return said.strip()


def _belongs_to_number(windows: Windows, row: int) -> bool:
    """Whether a word is the letter of the number before it: "4G"."""
    letter = windows.word(row).spelt
    if len(letter) > 1 or not letter.isupper() or row == 0 or windows.side[row - 1] != windows.side[row]:
        return False
    before = windows.word(row - 1)
    return before.kind == NUMBER and before.spelt.isdigit()


def _number_behind(windows: Windows, row: int) -> str:
    """The number that the text has right behind a word on the same side: "mức độ" is nothing without its 4."""
    behind = row + 1
    if behind == len(windows.id) or windows.side[behind] != windows.side[row]:
        return ""
    word = windows.word(behind)
    return word.spelt if word.kind == NUMBER and "%" not in word.spelt else ""


def _small(windows: Windows, row: int) -> str:
    """A word as the text writes it, without the capital that only begins a sentence."""
    word = windows.word(row)
    layout, spot = windows.layout, int(windows.spot[row])
    opens = layout.words[spot - 1] == layout.lexicon.start and (len(word.spelt) == 1 or word.spelt[1:].islower())
    if not opens or (row + 1 < len(windows.id) and windows.has_capital[row + 1]):
        return word.spelt
    return word.spelt[0].lower() + word.spelt[1:]
