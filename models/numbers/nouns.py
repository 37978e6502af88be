"""Where the noun behind a number ends, so that no unit is half a word: "tín chỉ", "chủ tài khoản", "căn hộ"."""

from __future__ import annotations

import re
from functools import lru_cache

from models.text import unify_i
from models.vocabulary import words
from models.words import dictionary

_SYLLABLE = re.compile(r"[^\S\n]+(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")
_SYLLABLES = re.compile(rf"(?:{_SYLLABLE.pattern.replace('?P<word>', '?:')}){{1,4}}")
# No Vietnamese syllable: it has two groups of vowels, or ends or begins as none does. Such a noun is whole by itself.
_VOWELS = "aeiouyăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_FOREIGN = re.compile(rf"[fjwz]|[{_VOWELS}][^{_VOWELS}]+[{_VOWELS}]|[^{_VOWELS}cghmnpt]$|[^n]g$|ck$|[^cnpt]h$")
# In front of a word that is whole by itself: "tân sinh viên".
_PREFIXES = frozenset(("tân", "cựu", "nữ", "phó", "siêu"))


def end_of_unlisted(text: str, lower: str, position: int) -> int:
    """Where a noun that no list holds ends: its word in the dictionary, or its first syllable with the word behind it.

    `position` itself where no noun stands there.

    >>> text = "168 tín chỉ, 13.000 chủ tài khoản, 12 container nông sản"
    >>> [text[at : end_of_unlisted(text, text, at)] for at in (3, 19, 37)]
    [' tín chỉ', ' chủ tài khoản', ' container']
    """
    spoken, ends = _syllables(text, lower, position)
    stop = words("after.stop")
    if not spoken or spoken[0] in stop:
        return position
    length = _length_of_word(spoken)
    if length == 1 and len(spoken) > 1 and not _is_whole(spoken):
        length += _length_of_word(spoken[1:])
    elif length > 1 and spoken[0] in _PREFIXES:
        length = max(length, 1 + _length_of_word(spoken[1:]))
    return ends[length - 1]


def end_of_listed(text: str, lower: str, start: int, end: int) -> int:
    """Where a noun of one listed syllable ends that is only the beginning of a word: "căn hộ", "dân tộc", "ca khúc".

    >>> text = "88 căn hộ, 9 ban đầu tư"
    >>> [text[at : end_of_listed(text, text, at, at + 3)] for at in (3, 13)]
    ['căn hộ', 'ban']
    """
    if " " in lower[start:end] or (next_one := _SYLLABLE.match(lower, end)) is None:
        return end
    if not _is_word(f"{lower[start:end]} {next_one['word']}") or next_one["word"] in words("after.stop"):
        return end
    spoken, ends = _syllables(text, lower, end)
    return ends[0] if spoken and _length_of_word(spoken) == 1 else end


def _is_whole(spoken: list[str]) -> bool:
    """Whether a noun ends with its first syllable: what goes on is no noun, or it is a foreign word or a symbol ("m")."""
    first, second = spoken[:2]
    if len(first) == 1 or second in words("after.stop") or _FOREIGN.search(first):
        return True
    doing = " ".join(spoken[1:3])
    return doing in words("names.verb") or doing in words("after.predicate")


def _syllables(text: str, lower: str, position: int) -> tuple[list[str], list[int]]:
    """The next syllables and where each ends, up to a mark or a name."""
    run = _SYLLABLES.match(lower, position)
    found: list[str] = []
    ends: list[int] = []
    for syllable in run[0].split() if run else ():
        start = lower.index(syllable, position)
        if found and (text[start].isupper() or syllable in words("after.no_part")):
            break
        position = start + len(syllable)
        found.append(syllable)
        ends.append(position)
    return found, ends


def _length_of_word(spoken: list[str]) -> int:
    """How many of the syllables make one word; 1 where the dictionary holds none."""
    return next((n for n in range(len(spoken), 1, -1) if _is_word(" ".join(spoken[:n]))), 1)


@lru_cache(maxsize=4096)
def _is_word(phrase: str) -> bool:
    return unify_i(phrase) in dictionary()
