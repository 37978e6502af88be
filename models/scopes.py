"""Whom a figure is about: what its sentence says, else what the text before it said."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from models import subjects
from models.places import find_places
from models.records import Number
from models.text import Span
from models.vocabulary import last_match

# Each way begins with a letter of its own, which a search can skip to.
_CLAUSE = re.compile(
    r";|:|\(|,\s|t(?<=\st)rong (?:khi|đó)(?=\s)|c(?<=\sc)òn(?=\s)|n(?<=\sn)hưng(?=\s)|r(?<=\sr)iêng(?=\s)"
)
_NATIONAL_UNIT = re.compile(r"(?:tỉnh|bộ, ngành|bộ, cơ quan|bộ ngành|quốc gia)\b")
_SAID_OF_BOTH = re.compile(r"\s+(?:cùng|đều|có|đạt|cũng)\b")
_OWNS = re.compile(r"[^,;.()\d]*\b(?:của|tại|ở|trên|thuộc)\s+(?:tỉnh\s+|thành phố\s+)?")
_OWNERS = ("country", "province", "own", "ministry", "district", "department")
_FARTHEST_OWNER, _NAMED_BEFORE = 70, 12
_SENTENCE_SUBJECT = 60
"""Characters: who is named this early in a sentence is whom the next one goes on about."""


@dataclass(slots=True)
class Scope:
    """What an article has said so far of whom and when; it changes from sentence to sentence."""

    lower: str
    main: str | None
    """Whom the article is about."""
    bodies: list[subjects.Body]
    subject: str | None = None
    sentence: Span = (0, 0)
    here: list[subjects.Body] = field(default_factory=list)
    """The bodies that the sentence names."""
    _starts: list[int] = field(init=False)
    _ends: list[int] = field(init=False)
    _national: list[Span] = field(init=False)
    _companies: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._starts = [body.start for body in self.bodies]
        self._ends = [body.end for body in self.bodies]
        self._national = subjects.find_national(self.lower)
        self._companies = frozenset(body.name for body in self.bodies if body.kind in ("company", "other"))

    def begin_sentence(self, start: int, stop: int) -> None:
        """Turn to a sentence that holds figures."""
        self.sentence = (start, stop)
        self.here = self.named(start, stop)

    def named(self, start: int, stop: int) -> list[subjects.Body]:
        """The bodies named in a stretch of text."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, stop)
        return self.bodies[first:last]

    def entities(self, number: Number, previous_end: int) -> list[str | None]:
        """Whom a figure of the sentence is about; two when of both: "Bộ Y tế và Bộ Tài chính đều đạt 100%"."""
        first = self._entity(number, previous_end)
        if len(self.here) < 2:
            return [first]
        named = [b for b in self.here if b.end <= number.start and b.kind in ("ministry", "province")]
        if len(named) < 2 or named[-1].name != first or self.lower[named[-2].end : named[-1].start].strip() != "và":
            return [first]
        return [named[-2].name, first] if _SAID_OF_BOTH.match(self.lower, named[-1].end) else [first]

    def _entity(self, number: Number, previous_end: int) -> str | None:
        start, stop = self.sentence
        body = self._subject(number, previous_end) if self.here else None
        if body is not None and not (body.kind == "ministry" and self._is_national(number.end, stop)):
            return self._full_name(body)
        if _NATIONAL_UNIT.match(number.unit or "") or self._is_national(start, number.start):
            return "Việt Nam"
        if (owner := self._owner_behind(number, stop)) is not None:
            return owner
        return "Việt Nam" if self._is_national(start, stop) else self.subject or self.main

    def _subject(self, number: Number, previous_end: int) -> subjects.Body | None:
        last = last_match(_CLAUSE, self.lower, self.sentence[0], number.start)
        clause = self.sentence[0] if last is None else last.end()
        return subjects.subject_of(self.here, self.lower, number.start, min(clause, previous_end))

    def _is_national(self, start: int, end: int) -> bool:
        """Whether a stretch of text speaks of the whole country without naming it."""
        return any(start <= first and last <= end for first, last in self._national)

    def _full_name(self, body: subjects.Body) -> str | None:
        """ "Sở Y tế" of an article on Lào Cai is "Sở Y tế Lào Cai"."""
        if body.kind == "own":
            return self.main
        if body.kind == "department" and self.main not in (None, "Việt Nam") and not find_places(body.name):
            return f"{body.name} {self.main}"
        return body.name

    def _owner_behind(self, number: Number, stop: int) -> str | None:
        """ "82% hồ sơ của Lào Cai": the body that owns the counted things, named behind them."""
        body = next((b for b in self.here if b.start >= number.end), None)
        if body is None or body.start >= min(stop, number.end + _FARTHEST_OWNER) or body.kind not in _OWNERS:
            return None
        return self._full_name(body) if _OWNS.fullmatch(self.lower, number.end, body.start) else None

    def company(self, name: str | None) -> str | None:
        """The name in small letters if it is a company's: "lỗ của tiki"."""
        return name.lower() if name and name in self._companies else None

    def names_at(self, position: int) -> bool:
        """Whether somebody is named right before a position: "thị xã Sa Pa (47,9%)"."""
        last = bisect_right(self._ends, position)
        return last > 0 and self._ends[last - 1] >= position - _NAMED_BEFORE

    # --- from one sentence to the next --------------------------------------------------------------------------------

    def begin_paragraph(self) -> None:
        """A new paragraph speaks of somebody else."""
        self.subject = None

    def turns(self, start: int, stop: int) -> bool:
        """Whether a sentence speaks of somebody by name."""
        return any(not b.is_source and b.kind != "own" for b in self.named(start, stop))

    def end_sentence(self, start: int, stop: int, *, has_figures: bool) -> None:
        """Keep what the next sentence inherits: the one with whom the sentence began."""
        named = self.named(start, stop)
        if named and named[0].start < start + _SENTENCE_SUBJECT:
            self.subject = self._full_name(named[0]) if has_figures and not named[0].is_source else None
