"""Whom each figure of an article is about: read from its sentence, else from the sentences before, else from the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.bodies.body import Body
from models.bodies.known import agencies_with_own_figures, foreign_countries
from models.bodies.lists import (
    counts_peers,
    owned_in_turn,
    paired_with,
    ranked_behind,
    respective,
    sets_side_by_side,
    tells_in_turn,
    trailing_list,
)
from models.bodies.national import WORLD, find_national, find_world, is_decided_by_government
from models.bodies.referents import Referents
from models.records import Number
from models.text import Span
from models.vocabulary import last_match

# Each way begins with a letter of its own, which a search can skip to.
_CLAUSE = re.compile(
    r";|:|\(|,\s|t(?<=\st)rong (?:khi|đó)(?=\s)|c(?<=\sc)òn(?=\s)|n(?<=\sn)hưng(?=\s)|r(?<=\sr)iêng(?=\s)"
)
_NATIONAL_UNIT = re.compile(r"(?:tỉnh|bộ, ngành|bộ, cơ quan|bộ ngành|quốc gia)\b")
_SAID_OF_ALL = re.compile(
    r"\s+(?:(?:cùng|đều|có|đạt|cũng|mỗi (?:nơi|đơn vị|huyện|xã|bộ|tỉnh|ngân hàng|mạng)|là (?:hai|ba|bốn|năm|các|những)"
    r"|(?:thuộc|nằm trong) (?:nhóm|tốp|top)|(?:chỉ|mới|còn|chưa)(?: đạt| đến| tới)?)\b|(?=\d))"
)
_LEVEL_NAMES = r"(?:, (?:xã|phường|thị trấn|quận|huyện|thị xã|thành phố|ngành|địa phương)\b)*"
_OWNS = re.compile(rf"{_LEVEL_NAMES}[^,;.()\d]*\b(?:của|tại|ở|trên|thuộc)\s+(?:tỉnh\s+|thành phố\s+)?")
_OWNERS = ("country", "province", "own", "ministry", "district", "department", "continent")
_BESIDE = re.compile(
    r"\s*\(\s*(?:hạng|thứ|vị trí|đạt|là|với|được|chỉ|xếp)?\s*(?:thứ|hạng|trên|hơn|gần|khoảng|dưới|chừng)?\s*"
    r"(?:\d[^()\n]{0,40}?(?:,|;| và| xuống| lên)\s[^()\n\d]{0,20})?"
)
# "đứng sau Philippines với thứ hạng 126 thế giới, 18 châu Á": the ranks of the one compared with.
_HOLDS = re.compile(
    r"\s(?:\(|với thứ )(?:hạng |thứ |\d+ |châu á|châu lục|thế giới|đông nam á|khu vực |toàn quốc|cả nước|và |, ?|\s)*"
)
_RIGHT_BEHIND = re.compile(r"\s*(?:là|đạt|:|với|có|chỉ)?\s*")
_IS = re.compile(r"\s*(?:chỉ |mới )?(?:là|đạt)\s+(?:chỉ |mới |gần |trên |hơn |khoảng )?")
_FRONTED = re.compile(r"\s*(?:trong(?: tổng)? số|với|trên tổng số|từ)\s")
_OF = re.compile(r"\s+của\s+(?:tỉnh\s+|thành phố\s+)?")
_LEVEL_OF = re.compile(r"\b(?:mức|so với|con số)\s+(?:chung\s+)?(?:là\s+)?$")
_AT = re.compile(r"\b(?:tại|ở)\s+(?:tỉnh\s+|thành phố\s+)?$")
_IS_RANKED = re.compile(r"\s(?:xếp|đứng) (?:thứ|hạng|vị trí)\b")
_THINKERS = ("VCCI", "Viện ", "Học viện ", "Đại học ", "Trường ", "Hiệp hội ")  # whose men tell of the country
_WHERE = ("ở ", "tại ", "trong ")
_CONSISTS_OF = re.compile(r",?\s(?:bao )?gồm(?: các)?\s")
_APPOSED = re.compile(r", (?:là )?(?:một trong|đơn vị|địa phương|huyện|xã|phường|cơ quan|nơi)\b[^,;:(.]{0,40}\s")
# "theo ước tính của Cục Viễn thông là 8,7 Tbps": it only says so.
_BY_ITS_COUNT = re.compile(
    r"\b(?:theo|ước tính|khảo sát|đo đạc|đo lường|thống kê|số liệu|điều tra|báo cáo|tính toán|dự báo)\b[^.,;:()\n]{0,30}\s(?:của|do)\s$"
)
# Whose counts are of their own, whoever quotes them.
_FUNDS = ("Bảo hiểm xã hội Việt Nam", "Kho bạc Nhà nước")
_OF_THE_PEOPLE = re.compile(r"\s(?:dân số|người dân|người việt|dân)\b")
# "gấp 1,6 lần mức trung bình thế giới"
_NOT_OF_IT = re.compile(r"[,;:(]|\b(?:mức|so với|trung bình|bình quân|hơn)\b")
_PAUSE = re.compile(r"[,;:(]")
_FARTHEST_OWNER, _SENTENCE_SUBJECT, _FARTHEST_PART, _NEAR_WORLD = 70, 60, 100, 50
"""Characters: who is named this early in a sentence is whom the next one goes on about."""
_NEW_TOPIC = re.compile(r"\W*(?:toàn bộ|riêng (?:việc|về)|về)\s")
_ALONE = re.compile(r"\briêng\s+(?:tỉnh\s+|thành phố\s+)?$")


def _is_below_province(name: str | None) -> bool:
    return name is not None and name.startswith(("Huyện ", "Quận ", "Thị xã ", "Thành phố ", "Xã ", "Phường "))


@dataclass(slots=True)
class Entities(Referents):
    """Who has been named so far; it changes from sentence to sentence."""

    here: list[Body] = field(default_factory=list)
    """The bodies that it names."""
    _starts: list[int] = field(init=False)
    _national: list[Span] = field(init=False)
    _world: list[Span] = field(init=False)

    def __post_init__(self) -> None:
        Referents.__post_init__(self)
        self._starts = [body.start for body in self.cast.bodies]
        self._national = find_national(self.lower)
        self._world = find_world(self.lower)

    def begin_sentence(self, start: int, stop: int) -> None:
        """Turn to a sentence that holds figures."""
        self.sentence = (start, stop)
        self.here = self.named(start, stop)
        if self.subject is not None and _NEW_TOPIC.match(self.lower, start):
            self.subject = None

    def begin_paragraph(self) -> None:
        """A new paragraph speaks of somebody else."""
        self.subject = None

    def end_sentence(self, start: int, stop: int, *, has_figures: bool) -> None:
        """Keep the one with whom the sentence began, for the next."""
        named = self.named(start, stop)
        if not named and self._is_of_others() and is_decided_by_government(self.lower, start, stop):
            self.subject = "Việt Nam"
        if named and named[0].start < start + (_FARTHEST_PART if named[0].kind == "continent" else _SENTENCE_SUBJECT):
            takes_over = named[0].is_company and self.cast.main in self.companies
            if named[0].kind == "continent":
                takes_over, has_figures = not self.lower.endswith(_WHERE, start, named[0].start), False
            goes_on = (has_figures or takes_over) and not named[0].is_source and not self._is_exception(named[0])
            if named[0].kind == "region" or (named[0].kind == "department" and _is_below_province(self.cast.main)):
                goes_on = False
            if named[0].kind == "country" and self.cast.main in self.companies:
                goes_on = False  # a company's story turns to the country for one sentence
            self.subject = self.full_name(named[0]) if goes_on and not sets_side_by_side(named) else None
        elif len(named) == 1 and named[0].kind == "province" and _IS_RANKED.match(self.lower, named[0].end):
            self.subject = named[0].name

    def _is_exception(self, body: Body) -> bool:
        """Whether a body is named only beside the one spoken of: "riêng Bảo Yên đạt 12%"."""
        return _ALONE.search(self.lower, max(0, body.start - 20), body.start) is not None

    def names_somebody(self, start: int, stop: int) -> bool:
        """Whether a stretch of text names a body that figures can be about."""
        return any(not body.is_source and body.kind != "own" for body in self.named(start, stop))

    def named(self, start: int, stop: int) -> list[Body]:
        """The bodies named in a stretch of text."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, stop)
        return self.cast.bodies[first:last]

    # --- the figure's own sentence ------------------------------------------------------------------------------------

    def of(self, numbers: Sequence[Number], i: int, previous_end: int) -> list[str | None]:
        """Whom the i-th figure of the sentence is about; several when of all: "Bộ Y tế và Bộ Tài chính đều đạt 100%"."""
        number = numbers[i]
        if len(numbers) > 1 and tells_in_turn(self.lower, self.sentence[0], number.start):
            paired = respective(self.lower, self.cast.bodies, self.sentence, numbers, i)
            if paired is not None:
                return [self.full_name(paired)]
        if self.here and (held := ranked_behind(self.lower, self.here, numbers, i)) is not None:
            return [self.full_name(held)]
        if len(numbers) > 1 and len(self.here) > 1 and (owner := owned_in_turn(self.lower, self.here, numbers, i)):
            return [self.full_name(owner)]
        first = self._entity(number, previous_end)
        if len(self.here) < 2:
            return [first]
        named = [b for b in self.here if b.end <= number.start and not b.is_source]
        if len(numbers) > 1 and len(named) > 1 and (paired := paired_with(self.lower, named, numbers, i)) is not None:
            return [self.full_name(paired)]
        together = trailing_list(self.lower, named)
        if len(together) < 2 or self.full_name(together[-1]) != first:
            return [first]
        return [self.full_name(b) for b in together] if _SAID_OF_ALL.match(self.lower, together[-1].end) else [first]

    def _entity(self, number: Number, previous_end: int) -> str | None:
        start, stop = self.sentence
        body = self._subject(number, previous_end) if self.here else None
        if body is not None:
            return self.cast.home if counts_peers(body, number) and self.cast.home else self.full_name(body)
        if self._world and self._is_of_the_world(number):
            return WORLD
        if _NATIONAL_UNIT.match(number.unit or "") or self._is_national(start, number.start):
            return "Việt Nam"
        if (owner := self._owner_behind(number, stop)) is not None:
            return owner
        if self._is_national(start, stop):
            return "Việt Nam"
        if (follows := self._subject_behind(number)) is not None:
            return self.full_name(follows)
        if self._is_of_others() and is_decided_by_government(self.lower, start, stop):
            return "Việt Nam"
        speaks = any(b.role == "source" and b.end <= number.start for b in self.here)
        return self.cast.main if speaks else self.subject or self.cast.main

    def _subject(self, number: Number, previous_end: int) -> Body | None:
        """The body that a figure is about, among those that its sentence names before it; None when none is.

        One named in the figure's own clause wins over one before; sources and companions count only right beside it.
        """
        before = [body for body in self.here if body.end <= number.start]
        if (compared := self._compared_behind(number)) is not None:
            return compared
        if not before:
            return None
        if before[-1].is_source and self._stands_beside(before[-1], number):
            return before[-1]
        named = [body for body in before if not body.is_source]
        if len(named) > 1 and self.lower.find(")", start := self.sentence[0], number.start) >= 0:
            named = [body for body in named if not self._is_aside(body, start, number.start)] or named
        if not named:
            return self._tells_of_itself(before, number)
        last = last_match(_CLAUSE, self.lower, self.sentence[0], number.start)
        clause = min(self.sentence[0] if last is None else last.end(), previous_end)
        here = [body for body in named if body.start >= clause]
        if len(places := trailing_list(self.lower, named)) > 2 and len(places) < len(named):
            whole = named[-len(places) - 1]
            if not here or _CONSISTS_OF.fullmatch(self.lower, whole.end, places[0].start):
                return whole
        return self._not_its_place((here or named)[-1], named, number)

    def _is_aside(self, body: Body, start: int, stop: int) -> bool:
        """Whether a body is named in brackets that end before a figure: "Đồng Nai (sau khi nhập Bình Phước) đạt 90%"."""
        opened = self.lower.rfind("(", start, body.start)
        closed = self.lower.find(")", body.end, stop)
        return opened >= 0 and closed >= 0 and self.lower.find(")", opened, body.start) < 0

    def _compared_behind(self, number: Number) -> Body | None:
        """The body whose figure is only compared with: "gấp đôi mức 14% của cả nước"."""
        behind = next((b for b in self.here if b.start >= number.end), None)
        if behind is None or not _OF.fullmatch(self.lower, number.end, behind.start):
            return None
        return behind if _LEVEL_OF.search(self.lower, max(0, number.start - 20), number.start) else None

    def _tells_of_itself(self, before: list[Body], number: Number) -> Body | None:
        """The company or agency that tells of itself: "VNPT cho biết đã có 2 triệu thuê bao"."""
        body = before[-1]
        if body.role != "source" or any(b.kind == "country" for b in self.here):
            return None
        if _OF_THE_PEOPLE.match(self.lower, number.end):
            return None
        theirs = body.name.startswith(_THINKERS) and self.lower.startswith("theo ", self.sentence[0])
        led = theirs or self.lower.endswith("theo ", 0, body.start) or self._only_counts(body)
        if body.name in agencies_with_own_figures():
            return body if not led or body.name in (*_FUNDS, self.cast.main) else None
        return body if body.is_company and self.cast.is_guess and not led else None

    def _only_counts(self, body: Body) -> bool:
        """Whether a body is named as the one whose count it is: "theo khảo sát của VNNIC"."""
        return _BY_ITS_COUNT.search(self.lower, max(0, body.start - 60), body.start) is not None

    def _stands_beside(self, body: Body, number: Number) -> bool:
        if body.role in ("within", "scale"):
            return False
        if _BESIDE.fullmatch(self.lower, body.end, number.start):
            return True
        if body.role == "compared" and number.unit == "rank" and _HOLDS.fullmatch(self.lower, body.end, number.start):
            return True
        if body.kind == "country":
            return _IS.fullmatch(self.lower, body.end, number.start) is not None
        return (
            body.role == "source"
            and not self._only_counts(body)
            and _RIGHT_BEHIND.fullmatch(self.lower, body.end, number.start) is not None
        )

    def _not_its_place(self, chosen: Body, named: list[Body], number: Number) -> Body:
        """Of "Huế là thành phố duy nhất của Việt Nam" or "VNPT lắp tại Huế 12 trạm" the one before."""
        if len(named) < 2 or named[-2].kind == "own":
            return chosen
        led = self.lower[max(0, chosen.start - 16) : chosen.start]
        if chosen.kind == "country" and led.rstrip().endswith(" của"):
            return named[-2]
        between = self.lower[named[-2].end : chosen.start]
        if chosen.kind == "own" and _APPOSED.fullmatch(between) and "," in self.lower[chosen.end : number.start]:
            return named[-2]
        return named[-2] if _AT.search(led) and not _PAUSE.search(between) else chosen

    def _is_of_others(self) -> bool:
        """Whether an article, or its paragraph, is on a company or on a land abroad."""
        told = self.subject or self.cast.main
        return told in self.companies or told in foreign_countries()

    def _is_national(self, start: int, end: int) -> bool:
        """Whether a stretch of text speaks of the whole country without naming it."""
        return any(start <= first and last <= end for first, last in self._national)

    def _is_of_the_world(self, number: Number) -> bool:
        """Whether a figure of nobody named is the world's: "trên toàn thế giới đã có 3,9 triệu ca", "200.000 máy toàn cầu"."""
        if number.unit == "rank" or (self.subject or self.cast.main) in self.companies:
            return False
        start, near = self.sentence[0], number.end + _NEAR_WORLD
        return any(
            (start <= first and last <= number.start and ";" not in self.lower[last : number.start])
            or (number.end <= first < near and not _NOT_OF_IT.search(self.lower, number.end, first))
            for first, last in self._world
        )

    def _owner_behind(self, number: Number, stop: int) -> str | None:
        """ "82% hồ sơ của Lào Cai": the body that owns the counted things, named behind them."""
        body = next((b for b in self.here if b.start >= number.end), None)
        if body is None or body.start >= min(stop, number.end + _FARTHEST_OWNER) or body.kind not in _OWNERS:
            return None
        of_share = body.kind == "continent" and "chiếm " in self.lower[self.sentence[0] : number.start]
        return self.full_name(body) if not of_share and _OWNS.fullmatch(self.lower, number.end, body.start) else None

    def _subject_behind(self, number: Number) -> Body | None:
        """ "Trong số 320 nhiệm vụ được giao, Bộ Y tế hoàn thành 300": the subject of the clause that follows."""
        start = self.sentence[0]
        body = next((b for b in self.here if b.start >= number.end), None)
        if body is None or body.is_source or body.kind == "own" or body.start > number.end + _FARTHEST_OWNER:
            return None
        opens_clause = self.lower.endswith(", ", number.end, body.start)
        return body if opens_clause and _FRONTED.match(self.lower, start) else None
