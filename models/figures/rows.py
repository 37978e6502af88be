"""Figures that stand together: in one row ("89%, 93% và 71% hồ sơ"), or in brackets behind another."""

from __future__ import annotations

import re

from models.naming.kinds import is_part
from models.records import Number

_IN_ROW = re.compile(r"\s*(?:,|và|, và|cùng)\s*(?:hơn |gần |trên |khoảng )?")
_OF_THE_FIRST = (" trong số đó", " trong số này", " trong đó", " số đó", " số này")
_ENDS_PHRASE = re.compile(r"[;:()]")
_LONGEST_JOINT = 20
"""Characters between two numbers of one row."""


def rows_of(lower: str, numbers: list[Number]) -> list[tuple[int, int]]:
    """For each number the first and the last of those that stand in one row with it: "89%, 93% và 71% hồ sơ"."""
    rows: list[tuple[int, int]] = []
    first = 0
    for k in range(1, len(numbers) + 1):
        if k == len(numbers) or not _joins(lower, numbers[k - 1], numbers[k]):
            rows += [(first, k - 1)] * (k - first)
            first = k
    return rows


def _joins(lower: str, one: Number, other: Number) -> bool:
    """Whether what follows the second number is said of the first too: of "17 sở và 9 huyện", not of "9 hồ sơ và 5 lượt"."""
    if other.start - one.end >= _LONGEST_JOINT or not _IN_ROW.fullmatch(lower, one.end, other.start):
        return False
    if lower.startswith(_OF_THE_FIRST, other.end):
        return False
    return (one.unit or "") == (other.unit or "") or is_part(one.unit or "") or not one.unit


def aside_of(lower: str, numbers: list[Number], i: int, stop: int) -> tuple[int, int, int]:
    """Where brackets open and close that stand behind the i-th number and hold the next, and where the one behind begins."""
    if i + 1 == len(numbers) or (opening := lower.rfind("(", numbers[i].end, numbers[i + 1].start)) < 0:
        return -1, -1, stop
    closing = lower.find(")", opening, stop) + 1
    if closing <= numbers[i + 1].start or _ENDS_PHRASE.search(lower, numbers[i].end, opening):
        return -1, -1, stop
    return opening, closing, next((number.start for number in numbers[i + 2 :] if number.start >= closing), stop)
