"""Where the noun behind a number ends, so that no unit is half a word: "tín chỉ", "chủ tài khoản", "căn hộ"."""

from __future__ import annotations

import re
from functools import lru_cache

from models.text import unify_i
from models.vocabulary import words
from models.words import dictionary, longest_from

_SYLLABLE = re.compile(r"[^\S\n]+(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")
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
    noun = _Syllables(text, lower, position)
    if not noun.reaches(1) or noun.spoken[0] in words("after.stop"):
        return position
    length = noun.length_of_word(0)
    if length == 1:
        if noun.reaches(2) and not _is_whole(noun):
            length += noun.length_of_word(1)
    elif noun.spoken[0] in _PREFIXES:
        length = max(length, 1 + noun.length_of_word(1))
    return noun.ends[length - 1]


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
    behind = _Syllables(text, lower, end)
    return behind.ends[0] if behind.reaches(1) and behind.length_of_word(0) == 1 else end


class _Syllables:
    """The syllables from a position on, up to a mark or a name; read no further than they are asked for."""

    __slots__ = ("ends", "lower", "position", "spoken", "text")

    def __init__(self, text: str, lower: str, position: int) -> None:
        self.text, self.lower, self.position = text, lower, position
        self.spoken: list[str] = []
        self.ends: list[int] = []

    def reaches(self, count: int) -> bool:
        """Whether so many syllables stand there."""
        while len(self.spoken) < count:
            syllable = _SYLLABLE.match(self.lower, self.position)
            if syllable is None:
                return False
            word = syllable["word"]
            if self.spoken and (self.text[syllable.start("word")].isupper() or word in words("after.no_part")):
                return False
            self.position = syllable.end()
            self.spoken.append(word)
            self.ends.append(self.position)
        return True

    def length_of_word(self, first: int) -> int:
        """How many syllables from one on make a word; 1 where the dictionary holds none."""
        if not self.reaches(first + 2):
            return 1
        longest = _reach(f"{self.spoken[first]} {self.spoken[first + 1]}")
        for length in range(longest, 1, -1):
            if self.reaches(first + length) and _is_word(" ".join(self.spoken[first : first + length])):
                return length
        return 1


def _is_whole(noun: _Syllables) -> bool:
    """Whether a noun ends with its first syllable: what goes on is no noun, or it is a foreign word or a symbol ("m")."""
    first, second = noun.spoken[:2]
    if len(first) == 1 or second in words("after.stop") or _FOREIGN.search(first):
        return True
    noun.reaches(3)
    doing = " ".join(noun.spoken[1:3])
    return doing in words("names.verb") or doing in words("after.predicate")


@lru_cache(maxsize=4096)
def _reach(pair: str) -> int:
    return longest_from(unify_i(pair))


@lru_cache(maxsize=4096)
def _is_word(phrase: str) -> bool:
    return unify_i(phrase) in dictionary()
