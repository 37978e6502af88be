"""The indicator that a figure is linked to: none where it states only a part of what the indicator counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from models.figures.indicators import FIXED_UNITS, all_indicators, match_small
from models.naming.surroundings import Context
from models.records import Kind, Period
from models.vocabulary import alternatives, load_toml, small_letters

_FARTHEST_BEFORE, _FARTHEST_BEHIND = 80, 45
_UP_TO_A_BREAK = re.compile(
    r"(?s:.*)(?:[;:().\n“”\"]|(?<!\d),|,(?! ?\d)|\b(?:và|nhưng|còn|trong khi|trong đó|riêng|sau đó là|tiếp đó là)\b)"
)
_BREAK_BEHIND = re.compile(
    r"[;:().\n]| [-–] |, (?!\d)|\bvà\b(?! \d)"
    r"|\b(?:so với|với tổng số|trong khi|nhưng|đạt t[ỷỉ] lệ|chiếm|bằng|tương đương|tăng|giảm|xuống|lên)\b"
)
# What is counted for a day, a month, a place each is no total.
_EACH_BEFORE = re.compile(
    r"\b(?:bình quân|trung bình|mỗi (?:ngày|tháng|tuần|quý|năm|giờ|xã|phường|huyện|tỉnh|người|đơn vị|nơi))\b[^;:(]{0,60}$"
)
_EACH_BEHIND = re.compile(r"\s*(?:/|mỗi |một (?:ngày|tháng|tuần|năm)\b|bình quân\b|trong (?:tuần|ngày|đêm)\b)")
# "58 bệnh viện trong hơn 1.400 bệnh viện": of how many it is told.
_OUT_OF = re.compile(r"\s*(?:trong|trên)(?: tổng)?(?: số)?(?: hơn| gần| khoảng| trên)?\s*")
# A stretch of one kind is a part: "riêng qua mã QR tăng lần lượt 161% và 38,7%".
_ALONE = re.compile(r"\briêng (?:ngày|đêm|qua|khu vực|lĩnh vực|mảng|nhóm|lượng)\b[^;]*$")
# How far two are apart, or how much is won, is not the level.
_APART = re.compile(
    r"\b(?:cao hơn|thấp hơn|nhiều hơn|ít hơn|kém|thua|bỏ xa|được cộng|bị trừ|tăng|giảm)\b"
    r"(?:(?!\b(?:lên|xuống|còn|đạt|là|với|mức|từ|so)\b)[^,;(:])*$"
)
# What came on top is not what there is.
_ADDED_BEFORE = re.compile(r"\b(?:thêm|xây mới|mới xây|lắp mới|phát sóng mới|tạo mới|mở mới)\b[^,;]{0,20}$")
_ADDED_BEHIND = re.compile(r"\s*(?:mới|thêm|nữa|còn lại)\b")
# A share of a plan is not a share of the thing.
_OF_A_PLAN = re.compile(r"\s*(?:so với )?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|tổng (?:số )?thu\b(?! trực))")
_OF_ALL = re.compile(r"\b(?:toàn (?:tỉnh|thành phố|huyện|ngành)|một cửa|các cấp|thủ tục hành chính|hành chính công)\b")
_IN_A_REGION = re.compile(r"\b(?:trong|tính riêng) (?:khu vực|asean|đông nam á|châu á)\b[^;]{0,50}$")
# The sentence tells the parts of what the one before told.
_GOES_INTO_IT = re.compile(r"\W*(?:trong đó|trong số (?:này|đó|ấy))\b")
# "từ 87 lên 241 thủ tục", "38.502 và 33.119": the same at another time, or of another place.
_GOES_ON = re.compile(r"\b(?:từ|lên|xuống|còn|đến|sang|thành|lần lượt|tương ứng)\b|^(?:,| và)? *$")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Linked:
    """A figure of the sentence at hand that has its indicator."""

    slug: str
    entity: str | None
    period: Period | None
    kind: Kind
    end: int


@dataclass(slots=True)
class Links:
    """What an article's figures have been linked to so far."""

    title: str
    """In small letters."""
    _in_a_field: bool = field(init=False)
    _sentence: str = ""
    _linked: list[_Linked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._in_a_field = _field_pattern().search(self.title) is not None

    def link(self, name: str, sentence: str, figure: Context, entity: str | None, period: Period | None) -> str | None:
        """The indicator of a figure, whose name and sentence are given in small letters; None for a part of what one counts."""
        if sentence is not self._sentence:
            goes_on = _GOES_INTO_IT.match(sentence) is not None
            self._sentence, self._linked = sentence, [replace(one, end=0) for one in self._linked if goes_on]
        before = sentence[max(figure.previous_end, figure.start - _FARTHEST_BEFORE) : figure.start]
        behind = sentence[figure.end : min(figure.next_start, figure.end + _FARTHEST_BEHIND)]
        if "%" in name:
            return None  # "tỷ lệ sở đạt trên 80% hồ sơ trực tuyến" is of those that reach so much
        slug = match_small(
            name,
            sentence,
            figure.unit,
            lambda: _beside(before, sentence[figure.start : figure.end], behind),
            lambda: _part(sentence, figure),
        )
        if slug is None or self._is_narrower(slug, sentence, figure, entity) or _is_part(slug, figure, before, behind):
            return None
        if sentence.endswith(figure.unit, 0, figure.previous_end) and _OUT_OF.fullmatch(before):
            return None
        linked = _Linked(slug=slug, entity=entity, period=period, kind=figure.kind, end=figure.end)
        if self._is_told(linked, figure):
            return None
        self._linked.append(linked)
        return slug

    def _is_narrower(self, slug: str, sentence: str, figure: Context, entity: str | None) -> bool:
        """Whether it is of one company, or the article on one field of an office's work, and the indicator is of all.

        In such an article too "tỷ lệ hồ sơ nộp trực tuyến của Huế" is that of all.
        """
        one = all_indicators()[slug]
        if one.of_a_market and figure.company:
            return True
        if entity is not None and f" của {small_letters(entity)}" in sentence:
            return False
        return one.of_all_fields and self._in_a_field and not _OF_ALL.search(sentence)

    def _is_told(self, one: _Linked, figure: Context) -> bool:
        """Whether the sentence has said this count already: another number can only be a part of it."""
        if figure.unit in FIXED_UNITS or all_indicators()[one.slug].is_average:
            return False
        same = [
            other.end
            for other in self._linked
            if (other.slug, other.entity, other.period, other.kind) == (one.slug, one.entity, one.period, one.kind)
        ]
        return bool(same) and not _GOES_ON.search(self._sentence[same[-1] : figure.start])


def _beside(before: str, quote: str, behind: str) -> str:
    """What is said of a figure in its own clause."""
    before = before.rstrip("( ")  # what stands in brackets is of what stands before them
    start, stop = _UP_TO_A_BREAK.match(before), _BREAK_BEHIND.search(behind)
    clause, after = before[start.end() :] if start else before, behind[: stop.start()] if stop else behind
    region = _IN_A_REGION.search(before) if "trong" in before or "tính riêng" in before else None
    return f"{region[0] if region else ''} {clause}|{quote}{after}"


def _part(sentence: str, figure: Context) -> str:
    """The part of a sentence, between semicolons, that a figure stands in."""
    stop = sentence.find(";", figure.end)
    return sentence[sentence.rfind(";", 0, figure.start) + 1 : stop if stop >= 0 else len(sentence)]


def _is_part(slug: str, figure: Context, before: str, behind: str) -> bool:
    """Whether a figure is an average, an increase, a rest or a share of a plan."""
    if _ALONE.search(before):
        return True
    if figure.unit in FIXED_UNITS:
        if figure.unit == "point":
            return _APART.search(before) is not None
        return figure.unit == "percent" and _OF_A_PLAN.match(behind) is not None
    if _ADDED_BEFORE.search(before) or _ADDED_BEHIND.match(behind):
        return True
    averages = all_indicators()[slug].is_average
    return not averages and bool(_EACH_BEFORE.search(before) or _EACH_BEHIND.match(behind))


@cache
def _field_pattern() -> re.Pattern[str]:
    """Any field of an office's work; "xây dựng" is in too many titles."""
    fields = load_toml("indicators.toml")["one_field"]
    assert isinstance(fields, list)
    return re.compile(rf"(?<!lĩnh vực )\b(?:{alternatives(set(fields) - {'xây dựng'})})\b")
