"""The one spelling of each syllable that phrases and features use, and alphabets in which a syllable is one letter."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, repeat

from models.remembered import Remembered
from models.text import syllables, unify_i, unify_tones

FIRST_LETTER = 0x10000
"""From here on every number up to a million is a letter."""
UNKNOWN = "?"
# No syllable reaches over a blank, and nearly all that stands between two has been met before: a third of the time of
# reading each anew. Vietnamese writes about 7,000 syllables; the rest of the room is for punctuation and numbers.
_ROOM = 100_000


def canonical(syllable: str) -> str:
    """The one spelling that phrases and features use; long numbers are all alike.

    >>> [canonical(syllable) for syllable in ("HOÁ", "kỹ", "06", "1.245", "2024")]
    ['hóa', 'kĩ', '06', '0', '0']
    """
    if syllable[0].isdigit() and not (len(syllable) <= 2 or syllable[-1].isalpha()):
        return "0"
    return unify_i(unify_tones(syllable.lower()))


def canonical_syllables(text: str) -> list[str]:
    """The syllables of an NFC text in their one spelling.

    >>> canonical_syllables("Kỹ thuật (QUÝ I/2024): 15,91%")
    ['kĩ', 'thuật', 'quí', 'i', '0', '0']
    """
    return list(chain.from_iterable(map(_SYLLABLES.__getitem__, text.split())))


def _canonical_of(token: str) -> tuple[str, ...]:
    return tuple(map(canonical, syllables(token)))


_SYLLABLES = Remembered(_canonical_of, room=_ROOM)


class Alphabet:
    """Syllables with a number each, in the order in which they are given, and with the letter of that number."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._letters: dict[str, str] = {}
        self._tokens = Remembered(self._spell_token, room=_ROOM)
        self.add(known)

    def add(self, known: Iterable[str]) -> None:
        """Take in more syllables; those that are known keep their letters."""
        for syllable in known:
            self._letters.setdefault(syllable, chr(FIRST_LETTER + len(self._letters)))
        self._tokens.clear()

    def spell(self, spelt: Iterable[str]) -> str:
        """Canonical syllables with a letter each; all that are not known have the same.

        >>> [ord(letter) - FIRST_LETTER for letter in Alphabet(["dịch", "vụ"]).spell(["vụ", "dịch"])]
        [1, 0]
        """
        return "".join(map(self._letters.get, spelt, repeat(UNKNOWN)))

    def read(self, text: str) -> str:
        """As spell(canonical_syllables(text)), in half the time.

        >>> len(Alphabet(["dịch", "vụ"]).read("Dịch vụ (công)"))
        3
        """
        return "".join(map(self._tokens.__getitem__, text.split()))

    def _spell_token(self, token: str) -> str:
        return self.spell(_canonical_of(token))
