"""How the names of institutions go on: with small second syllables, "Học viện Báo chí và Tuyên truyền"."""

from __future__ import annotations

import re
from functools import cache

from models.bodies.patterns import VERBS, further_names
from models.words import dictionary, spelled

_NEXT = re.compile(r"[ \u00a0](?P<next>[^\W\d_]+)(?:[ \u00a0](?P<after>[^\W\d_]+))?")
_LAST_TWO = re.compile(r"(?:(?P<before>[^\W\d_]+)[ \u00a0])?(?P<last>[^\W\d_]+)$")
_REGION = re.compile(r"\smiền (?:Bắc|Trung|Nam)(?!\w)")
_MOST_WORDS = 4


def end_of_name(text: str, start: int, end: int) -> int:
    """Where an institution's name ends that is known to reach from `start` to `end`.

    Its last syllable may be the first of a word of two ("Học viện Kỹ thuật Mật|mã"), and the name go on after that.

    >>> name = "Học viện Báo chí và Tuyên truyền tuyển 1.900 sinh viên."
    >>> name[: end_of_name(name, 9, 12)]
    'Học viện Báo chí và Tuyên truyền'
    """
    end = _end_of_words(text, start, end)
    region = _REGION.match(text, end)
    return region.end() if region else end


def _end_of_words(text: str, start: int, end: int) -> int:
    for _ in range(_MOST_WORDS):
        grown = _end_of_word(text, start, end)
        if grown == end:
            return end
        more = _further().match(text, grown)
        end = more.end() if more else grown
    return end


@cache
def _further() -> re.Pattern[str]:
    return re.compile(further_names())


def _end_of_word(text: str, start: int, end: int) -> int:
    """Where the word ends whose first syllable is the last one of a name; `end` if it is all of a word."""
    following = _NEXT.match(text, end)
    if following is None or not following["next"].islower() or following["next"] in VERBS:
        return end
    last = _LAST_TWO.search(text, start, end)
    if last is None or not last["last"][0].isupper() or not _is_word(last["last"], following["next"]):
        return end
    if last["before"] and last["before"][0].isupper() and _is_word(last["before"], last["last"]):
        return end  # "Quang Trung bình quân"
    grown = following.end("next")
    if (after := following["after"]) and after.islower() and _is_word(following["next"], after):
        known = _further().match(text, grown)  # "Cảnh sát nhân dân", but not "Mai Linh hoạt động"
        return grown if known and known.end() > grown else end
    return grown


def _is_word(first: str, second: str) -> bool:
    return spelled(f"{first} {second}") in dictionary()
