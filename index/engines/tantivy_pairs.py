"""Neighbouring syllables as terms of their own, which lead to the few articles that spell a run of words otherwise.

The folded tier's question is a phrase without diacritics, and nearly all that hold it hold it as it was typed: those are
exact matches, tried in vain. A term here says both how a pair reads folded and how it was written ("dak_lak_đăk_lăk"), so
all spellings of a pair stand side by side in the dictionary. An article of the folded tier holds one that was not typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import tantivy

from index.querying.tokens import fold_tokens

PAIRS = "pairs"
"""The field's name."""


def pairs(words: Sequence[str]) -> list[str]:
    """
    >>> pairs(["tỉnh", "đắk", "lắk"])
    ['tinh_dak_tỉnh_đắk', 'dak_lak_đắk_lắk']
    """
    folded = fold_tokens(words)
    return list(map("_".join, zip(folded, folded[1:], words, words[1:], strict=False)))  # no token holds the mark


def otherwise_spelt(searcher: tantivy.Searcher, runs: Iterable[tuple[str, ...]]) -> list[str]:
    """The pairs by which an article may hold one of these runs without diacritics and not as given: all but their own."""
    asked = dict.fromkeys(pair for run in runs for pair in pairs(run))
    return list(dict.fromkeys(spelling for pair in asked for spelling in _others(searcher, pair)))


def _others(searcher: tantivy.Searcher, pair: str) -> Iterator[str]:
    first, second, _ = pair.split("_", 2)
    for spelling, _ in searcher.terms_with_prefix(PAIRS, f"{first}_{second}_"):
        if spelling != pair:
            yield spelling
