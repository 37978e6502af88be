"""What kind of thing a unit, a phrase or a name speaks of."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from models.naming.segments import NUMBER_OF
from models.vocabulary import any_of_many, load_toml, words

_BEGINNING = re.compile(rf"^(?:tổng số|số lượng|số tiền|{NUMBER_OF}|tỷ lệ|mức tăng|mức giảm|chênh lệch)\s+")
_COMPARED_TO = re.compile(r"\s+(?:(?:tăng\s+)?gấp|so với|vượt|còn thiếu|thiếu|kém|cao hơn|thấp hơn)(?=\s|$)")
_COMPARED_SIGNS = (" gấp", " so với", " vượt", "thiếu", " kém", "hơn")
_PART = re.compile(rf"(?:{any_of_many('names.part')})(?!\w)")
_SAID = re.compile(
    rf"(?!(?:chi phí|thu nhập|giao dịch|lãi suất|gửi tiền)(?!\w))(?:{any_of_many('names.said_behind')}"
    rf"|{any_of_many('names.verb')})(?!\w)"
)
_SORTS = {
    "percent": "share", "percentage_point": "share", "rank": "place", "point": "place", "bậc": "place",
    "vnd": "money", "usd": "money", "times": "change",
}  # fmt: skip


@lru_cache(maxsize=1000)
def sort_of(unit: str) -> str:
    """What a unit measures: a share, a place among others, money, time, a count, or a size (then the unit itself)."""
    if (sort := _SORTS.get(unit)) is not None:
        return sort
    if unit.lower() in words("names.currencies"):
        return "money"
    return unit.lower() if is_measured(unit) else "time" if unit in words("names.time_units") else "count"


def is_measured(unit: str) -> bool:
    """Whether a unit measures what stands in front of it: "diện tích 23 ha"."""
    return unit.lower() in words("names.measure_units")


@cache
def measures() -> dict[str, str]:
    """What a unit measures where the text does not say: "diện tích" of "23 ha"."""
    table = load_toml("words.toml")["measures"]
    assert isinstance(table, dict)
    return {unit: measure for measure, units in table.items() for unit in units}


def base_of(name: str) -> str:
    """What a name is about, to be said again of the next figure.

    >>> base_of("mức tăng số lượng thẻ so với năm 2024")
    'số lượng thẻ'
    """
    if any(map(name.__contains__, _COMPARED_SIGNS)):
        name = _COMPARED_TO.split(name, maxsplit=1)[0]
    beginning = _BEGINNING.match(name)
    return (name[beginning.end() :] if beginning else name).strip()


@lru_cache(maxsize=1000)
def is_part(phrase: str) -> bool:
    """Whether a phrase names a part of a whole: "cấp huyện", "khối sở, ngành"."""
    return _PART.match(phrase) is not None and " ".join(phrase.split()[:2]) not in words("leads.nouns")


def is_said(phrase: str) -> bool:
    """Whether a phrase only says something of the counted things: "nộp trực tuyến"."""
    return _SAID.match(phrase) is not None
