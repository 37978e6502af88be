"""What the figures read so far were about: the ones behind them lean on it."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from functools import cache

from models.naming.kinds import base_of, is_said, sort_of
from models.naming.segments import without_trail
from models.records import Kind
from models.vocabulary import any_of_many, words

_LONGEST_COUNTED = 10
"""Words of the counted things that are said again by their unit alone."""
_KIND_ENDS = re.compile(
    rf"\s(?:{any_of_many('names.verb')}|đã|được|chưa|có|không|phải|cần|còn|đang|bị|làm|trong|ở|tại|của|cho|vào|là|trên|đi|nữ|nam|cấp|thuộc|\d)(?!\w)"
    r"|,\s(?!công chức|viên chức)"
)
_SAYS_NOTHING = ("tỷ lệ", "xếp hạng", "thứ hạng", "số liệu", "bậc tăng xếp hạng", "bậc giảm xếp hạng")
_LONGEST_KIND = 6
SAY_ALONE = frozenset(("cpi", "gdp", "grdp", "iip", "pmi", "fdi", "vn-index", "arpu", "eps", "roe"))
"""They say what is measured in one word."""
_MOST_KEPT = 3
"""Sentences after which what a figure was about is forgotten."""
_MOST_TOLD = 12
"""Figures of which it is remembered what they were about."""


@cache
def _people() -> tuple[str, ...]:
    return tuple(words("names.people"))


@dataclass(slots=True)
class Said:
    """What the figures read so far were about, without "số", "tỷ lệ", "mức tăng"; it changes from figure to figure."""

    place_word: str = "xếp hạng"
    """What the article calls a place in a ranking: "thứ hạng" where it says so."""
    last: str | None = None
    by_sort: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The last one of each sort of unit, and in which sentence."""
    last_sort: str | None = None
    index: tuple[str | None, int] = (None, 0)
    """The index spoken of last, and in which sentence."""
    counted: str | None = None
    """What was counted last: "hồ sơ"."""
    by_unit: dict[str, tuple[str, int]] = field(default_factory=dict)
    """What was counted in each unit last, in full ("trạm 5G" of "trạm"), and in which sentence."""
    done: str = ""
    """What is done to the things that were counted last: "tiếp nhận"."""
    sentence: int = 0
    told: deque[tuple[str, str, int]] = field(default_factory=lambda: deque(maxlen=_MOST_TOLD))
    """What the last figures were about, each with its sort of unit and its sentence."""

    people: tuple[str, int] = ("", 0)
    """The kind of people counted last ("cán bộ, công chức dôi dư"), and in which sentence."""
    in_full: str = ""
    """What the last figure was about, with who did it: "vụ điều tra làm rõ"."""
    is_respective: bool = False
    """Whether each of that row is of one of the figures right before it."""
    row_lefts: list[str] = field(default_factory=list)
    """What stands before that row, once for each of its figures, where it tells of as many things."""
    row_rises: bool = False
    """Whether that row is of shares by which as many things rose."""
    points_back: bool = False
    """Whether the row of figures that is being read points at as many that were told before."""

    def keep(self, name: str, unit: str, kind: Kind) -> None:
        """Remember a figure's name."""
        base, of_unit = base_of(name), sort_of(unit)
        self.last_sort = sort = "change" if kind == "change" else of_unit
        self.told.append((base, of_unit, self.sentence))
        if (len(base.split()) > 1 or base in SAY_ALONE) and base not in _SAYS_NOTHING:
            self.last = base
            self.by_sort[sort] = base, self.sentence
        if of_unit == "count" and base.startswith(_people()):
            people = self.people[0]
            if not (people and base.startswith(people)) or unit != "người":
                people = " ".join(_KIND_ENDS.split(base, maxsplit=1)[0].split()[:_LONGEST_KIND])
            self.people = people, self.sentence
        if sort == "count":
            self.counted = unit.lower()
            if len(base.split()) > _LONGEST_COUNTED:
                base = without_trail(" ".join(base.split()[:_LONGEST_COUNTED]))
            length, own = len(base.split()), self.counted.split()
            if base.startswith(self.counted):
                sizes = range(1, min(len(own) + 1, length))
                self.by_unit |= {" ".join(own[:size]): (base, self.sentence) for size in sizes}

    def respective(self, unit: str, count: int, place: int) -> str | None:
        """What one of `count` figures in a row is about, where as many stand before them: "tăng lần lượt 3% và 5%"."""
        before = [(base, sort) for base, sort, sentence in self.told if sentence == self.sentence]
        before = before[: len(before) - place]
        if count < 2:
            return None
        last = before[-count:]
        if len({sort for _, sort in last}) == 1 and len(last) == count:
            return last[place][0]
        same = [base for base, sort in before if sort == sort_of(unit)]
        found = same if len(same) >= count else [base for base, _ in before]
        return found[-count + place] if len(found) >= count else None

    def of_unit(self, unit: str, *, compares: bool) -> str | None:
        """What the things counted in a unit were called last: "trạm 5G" of "trạm".

        What is only said of them ("hồ sơ đã giải quyết") holds for a sentence, or for one that `compares` places.
        """
        base, sentence = self.by_unit.get(unit, ("", 0))
        if not compares and sentence < self.sentence and is_said(base[len(unit) :].strip()):
            return None
        return base if base and self.sentence - sentence <= _MOST_KEPT else None

    def pointed_at(self, unit: str, count: int, place: int) -> str | None:
        """As respective, of all that was told: "hai tỷ lệ này là 21% và 9%"."""
        before = [*self.told][: len(self.told) - place]
        recent = [base for base, sort, at in before if sort == sort_of(unit) and self.sentence - at <= _MOST_KEPT]
        found = list(dict.fromkeys(recent))
        return found[-count + place] if 2 <= count <= len(found) else None

    def speak_of(self, index: str) -> None:
        """Remember an index that the sentence speaks of."""
        self.index = index, self.sentence

    def of_share(self) -> str | None:
        """What a share without words of its own is of: the index spoken of, or what the last share was of."""
        (share, at), (index, spoken) = self.by_sort.get("share", (None, 0)), self.index
        found = index if share is None or spoken > at else share
        return found if self.sentence - max(at, spoken) <= _MOST_KEPT else None

    def of_sort(self, unit: str) -> str | None:
        """What the last figure of this sort of unit was about."""
        if (sort := sort_of(unit)) == "share":
            return self.of_share()
        base, sentence = self.by_sort.get(sort, (None, 0))
        return base if self.sentence - sentence <= _MOST_KEPT else None
