"""Each figure's name: the rules' own, or the words that the model would rather have, where it is surer of them.

The model gives each word the probability that a person's name for the figure holds it. From these follows how well a name
fits (the expected F1 of its syllables, as in Ye et al., Optimizing F-measures, 2012), and which stretches of words fit best.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.naming.apart import is_joined
from models.naming.kinds import measures, sort_of
from models.naming.names import said_once
from models.naming.nearest import is_bare
from models.naming.segments import without_trail
from models.text import Span
from models.vocabulary import any_of_many, longest_suffix, small_letters, words
from models.wording.laying import Figure, lay_out
from models.wording.tokens import COMMA, NUMBER, WORD, Ints, Token
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
    held = chances * windows.size
    starts = np.array([start for start, _ in windows.bounds])
    totals = np.add.reduceat(held, starts)
    best, present = best_fits(windows, chances, held, totals), own_fits(windows, chances, held, totals)
    fits = zip(figures, best.tolist(), present.tolist(), totals.tolist(), strict=True)
    return [_better(windows, chances, i, *fit) if fit[1] - fit[2] > BETTER_BY else None for i, fit in enumerate(fits)]


def _better(
    windows: Windows, chances: Floats, i: int, figure: Figure, best: float, present: float, total: float
) -> str | None:
    start, end = windows.bounds[i]
    own, sizes = chances[start:end].tolist(), windows.size[start:end].tolist()
    kinds, sides = windows.kind_of_word[start:end].tolist(), windows.side[start:end].tolist()
    chosen = stretches(own, sizes, kinds, sides, best / 2)
    held = sum(sizes[row] for row in chosen)
    fit = 2 * sum(own[row] * sizes[row] for row in chosen) / (held + total)
    if fit - present <= BETTER_BY:
        return None
    name = written(windows, start, chosen, figure)
    is_worse = says_only_less(name, figure.name) or is_joined(name, figure.name)
    return name if says_of_what(name) and not is_worse else None


def best_fits(windows: Windows, chances: Floats, held: Floats, totals: Floats) -> Floats:
    """For each figure the expected F1 of the words that fit best, however they stand.

    `held` are the syllables that a person's name is expected to hold of each word, `totals` those of each figure's words.
    """
    order = (2 * windows.figure - chances).argsort(kind="stable")  # figure by figure, the likeliest first
    starts = np.array([start for start, _ in windows.bounds])
    size, found = (_added_up(of_row[order], starts, windows.figure) for of_row in (windows.size, held))
    best: Floats = np.maximum.reduceat(2 * found / np.maximum(size + totals[windows.figure], 1e-9), starts)
    return best


def _added_up(values: NDArray[Any], starts: Ints, figure: Ints) -> NDArray[Any]:
    """Each value with those before it of the same figure."""
    upto = values.cumsum()
    before = upto[starts - 1]
    before[0] = 0
    added: NDArray[Any] = upto - before[figure]
    return added


def own_fits(windows: Windows, chances: Floats, held: Floats, totals: Floats) -> Floats:
    """For each figure the expected F1 of the name that the rules made; a word that stands twice counts where it is likelier."""
    said = (windows.in_rule & (windows.size > 0)).nonzero()[0]
    words = windows.figure[said] << 32 | windows.id[said]
    order = np.lexsort((-chances[said], words))
    words = words[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = words[1:] != words[:-1]
    once = said[order[first]]
    starts = [start for start, _ in windows.bounds]
    fits: Floats = 2 * np.bincount(windows.figure[once], held[once], len(starts)) / (windows.rule_size[starts] + totals)
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
        begun = out - _NEW_STRETCH
        came.append((within >= begun, within > out))
        if within > out:
            out = within
        if within < begun:
            within = begun
        within += (chance - threshold) * size if size else _PASSED.get(kind, _NEVER)
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
_IS_MONEY = re.compile(
    r"(?<!\w)(?:tổng )?(?:doanh (?:thu|số)|lợi nhuận|lãi|lỗ|vốn|chi phí|thu nhập|lương|kim ngạch|giá trị|trị giá"
    r"|kinh phí)(?!\w)|^tiền(?!\w)"
)
_HEAD = re.compile(rf"(?:{any_of_many('names.head')})(?!\w)")
_BROKEN_HEAD = re.compile(r"t[ỷỉ] (?!lệ|trọng|suất|giá)")
"""What is left of "tỷ trọng" where "trọng" was not chosen."""


def written(windows: Windows, start: int, chosen: list[int], figure: Figure) -> str:
    """The chosen words as a name: "số" and its like first, then what is counted or measured, then the rest.

    A word that one side gave is not given again by another.
    """
    sort, measure = sort_of(figure.unit), measures().get(figure.unit.lower())
    parts: list[str] = []
    given: set[int] = set()
    by_side: dict[int, list[int]] = {}
    for row in (start + i for i in chosen):
        by_side.setdefault(int(windows.side[row]), []).append(row)
    for side in _COUNTED if sort == "count" and measure is None else _MEASURED:
        if rows := by_side.get(side):
            ids = windows.id[rows].tolist()
            parts.append(_stretch(windows, _not_given(windows, rows, ids, given), side))
            given.update(word for row, word in zip(rows, ids, strict=True) if windows.size[row])
    name = " ".join(said_once(" ".join(filter(None, parts)).split()))
    if sort == "count" and measure is None and (unit := _unit_left_out(name, figure)):
        name = " ".join(said_once(f"{unit} {name.removeprefix('số ')}".split()))
    own = _HEAD.match(figure.name)
    if (broken := _BROKEN_HEAD.match(name)) is not None:
        return f"{own[0] if own and own[0].startswith('t') else _HEADS['share']} {name[broken.end() :]}"
    if not name or _HEAD.match(small := small_letters(name)) or small.startswith(_BEGINNINGS):
        return name
    if measure is not None:
        name = name.removeprefix(figure.unit).lstrip(" ,")
        head = own[0] if own and own[0] != "số" else measure
        return name if name.startswith(head) else f"{head} {name}"
    is_own = sort not in ("count", "share") or figure.name.startswith("chỉ số ")
    head = own[0] if own and is_own else _HEADS.get(sort, "")
    if sort == "place" and figure.name.startswith("thứ hạng"):
        head = "thứ hạng"
    if sort == "money" and (money := _IS_MONEY.search(small)):
        return f"{name[money.start() :]} {without_trail(name[: money.start()])}".strip()
    return f"{head} {name}".strip()


def _unit_left_out(name: str, figure: Figure) -> str:
    """The counted things where the rules' name has them and the other does not, but for people, who go by many names."""
    unit = small_letters(figure.unit)
    syllables = {*unit.replace(",", "").split()}
    if unit == "người" or "/" in unit or syllables <= {*small_letters(name).replace(",", " ").split()}:
        return ""
    at = small_letters(figure.name).find(unit)
    if at < 0 or says_only_less(f"số {name.removeprefix('số ')}", figure.name):
        return ""
    return figure.name[at : at + len(unit)]


def _not_given(windows: Windows, rows: list[int], ids: list[int], given: set[int]) -> list[int]:
    """The words without those that were given, but for one that goes with the word before it: "ngang bộ", "xổ số"."""
    kept: list[int] = []
    for row, word in zip(rows, ids, strict=True):
        if word not in given or (
            kept and kept[-1] == row - 1 and windows.word(row - 1).kind == WORD and windows.size[row] == 1
        ):
            kept.append(row)
    return kept


def says_of_what(name: str) -> bool:
    """Whether a name says more than "tỷ lệ", "số" or "vốn": at least two syllables besides.

    >>> says_of_what("số hồ sơ"), says_of_what("tỷ lệ"), says_of_what("tổng mức")
    (True, False, False)
    """
    small = small_letters(name)
    own = [syllable for syllable in small.split() if syllable not in words("wording.heads")]
    return len(own) >= _FEWEST and not is_bare(small)


def says_only_less(name: str, other: str) -> bool:
    """Whether a name is so short that little more than what is counted is left of the other.

    >>> says_only_less("số địa phương", "số địa phương có trạm 5G"), says_only_less("số trạm", "số địa phương có trạm 5G")
    (True, True)
    """
    own, others = small_letters(name).split(), small_letters(other).split()
    return len(own) <= _FEWEST + 1 and len(own) < len(others) and {*own} <= {*others}


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
            said += f" {_small(windows, row, word)}"
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


def _small(windows: Windows, row: int, word: Token) -> str:
    """A word as the text writes it, without the capital that only begins a sentence."""
    if not word.has_capital:
        return word.spelt
    layout, spot = windows.layout, int(windows.spot[row])
    opens = layout.words[spot - 1] == layout.lexicon.start and (len(word.spelt) == 1 or word.spelt[1:].islower())
    if not opens or (row + 1 < len(windows.id) and windows.has_capital[row + 1]):
        return word.spelt
    return word.spelt[0].lower() + word.spelt[1:]
