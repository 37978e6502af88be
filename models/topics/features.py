"""An article ─► the numbers that the topic classifier weighs, one row for each of its passages.

A row holds which syllables, pairs of syllables and words stand in the title and the passage (weighted by how rare they are,
length 1), and how many of each topic's phrases. Rows of passages, not of the article: a topic that is the subject of one
section must count, and a long article must not drown it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from models.pieces import Finder, Ints, Pieces, join
from models.ranked import Ranked
from models.spelling import Alphabet, canonical_syllables
from models.text import Span, split_sentences
from models.topics.phrases import PhraseFinder, Topic
from models.words import dictionary

Floats = npt.NDArray[np.float32]

# About the length of one section of a press article, and of the passages that the corpus holds.
PASSAGE_LENGTH = 600
# distinct strong, all strong, distinct weak, strong in the title, distinct weak in the title
COUNTS_PER_TOPIC = 5
# Beside words of length 1 the counts are large numbers, and regularisation would hardly touch their weights. Macro F1 on
# passages out of three folds / on held-out articles / on the demo newsroom: 0.1 gives 0.931 / 0.949 / 0.936, 0.08 0.934 /
# 0.949 / 0.941, 0.05 0.938 / 0.963 / 0.945, none 0.927 / 0.970 / 0.926 (of an earlier corpus). The corpus seeks roundabout
# wording and so undervalues phrases, which real press is full of; hence more of them than the passages alone would ask for.
COUNT_SCALE = 0.08


@dataclass(frozen=True, kw_only=True, slots=True)
class Passages:
    """An article cut for the classifier: its title, and the passages as spans and as text."""

    title: str
    spans: tuple[Span, ...]
    """Into the text; the lead's is empty, as it does not stand there."""
    texts: tuple[str, ...]

    @property
    def pieces(self) -> tuple[str, ...]:
        """The title and the passages."""
        return self.title, *self.texts

    @property
    def syllables(self) -> tuple[list[str], ...]:
        """Those of each passage."""
        return tuple(map(canonical_syllables, self.texts))


def cut(title: str | None, lead: str | None, text: str, sentences: Sequence[Span] | None = None) -> Passages:
    """Cut an article into passages of whole sentences. Sentences left out of `sentences` are not looked at.

    >>> cut("Tít", None, "Câu một. Câu hai.").syllables
    (['câu', 'một', 'câu', 'hai'],)
    """
    spans = list(_passages(split_sentences(text) if sentences is None else sentences))
    pieces = [text[start:end] for start, end in spans]
    if lead and lead not in text:
        spans.insert(0, (0, 0))
        pieces.insert(0, lead)
    return Passages(title=title or "", spans=tuple(spans) or ((0, 0),), texts=tuple(pieces) or ("",))


def _passages(sentences: Iterable[Span]) -> Iterable[Span]:
    """Sentences gathered until a passage is long enough; a short rest joins the last one."""
    found: list[Span] = []
    start: int | None = None
    end = 0
    for sentence in sentences:
        start = sentence[0] if start is None else start
        end = sentence[1]
        if end - start >= PASSAGE_LENGTH:
            found.append((start, end))
            start = None
    if start is not None:
        if found and end - start < PASSAGE_LENGTH // 3:
            start = found.pop()[0]
        found.append((start, end))
    return found


def whole(article: Passages) -> Passages:
    """The article as one passage, for those whose labels speak of all of it."""
    return Passages(title=article.title, spans=(article.spans[0],), texts=("\n".join(article.texts),))


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """The passages of one article as numbers: a sparse part (three arrays, ordered by row) and a dense one."""

    row: Ints
    column: Ints
    value: Floats
    counts: Floats
    """Rows × (topics · COUNTS_PER_TOPIC)."""


class Vocabulary:
    """The syllables, pairs of syllables and words of several syllables that the classifier knows, and how rare each is."""

    def __init__(self, syllables: Sequence[str], pairs: Ints, words: Sequence[str], rarity: Floats) -> None:
        self.syllables = tuple(syllables)
        self.pairs = pairs
        """first · len(syllables) + second, ascending."""
        self._pairs = Ranked(pairs, len(self.syllables) ** 2)
        self.words = tuple(words)
        """Each with single spaces between its syllables."""
        self.rarity = rarity
        """Of each column: the syllables first, then the pairs, then the words."""
        self._number = {syllable: number for number, syllable in enumerate(self.syllables)}
        self._word_number = {word: number for number, word in enumerate(self.words)}
        self.alphabet = Alphabet(self.syllables)
        """The syllables with their numbers, and behind them others that phrases hold."""
        self._finder = _word_finder(self.words, self.alphabet)

    def __len__(self) -> int:
        return len(self.syllables) + len(self.pairs) + len(self.words)

    @classmethod
    def learn(
        cls, articles: Sequence[Passages], *, at_least: int, pairs: bool = True, words: bool = True
    ) -> Vocabulary:
        """All that stands in `at_least` articles. The same articles give the same vocabulary, in whatever order."""
        bags = [canonical_syllables("\n".join(article.pieces)) for article in articles]
        syllables = _frequent((set(bag) for bag in bags), at_least)
        number = {syllable: i for i, syllable in enumerate(syllables)}
        found_pairs = _frequent((_pair_codes(bag, number) for bag in bags), at_least) if pairs else {}
        found_words = _frequent(map(_words_in, bags), at_least) if words else {}
        held = [*syllables.values(), *found_pairs.values(), *found_words.values()]
        rarity = np.log((1 + len(bags)) / (1 + np.array(held, dtype=np.float64))) + 1
        codes = np.array(list(found_pairs), dtype=np.int64)
        return cls(list(syllables), codes, list(found_words), rarity.astype(np.float32))

    def name(self, column: int) -> str:
        """What a column stands for; a word's syllables are joined by "_", which tells it from a pair.

        >>> vocabulary = Vocabulary(["dữ", "liệu"], np.array([1]), ["dữ liệu"], np.ones(4, dtype=np.float32))
        >>> [vocabulary.name(column) for column in range(4)]
        ['dữ', 'liệu', 'dữ liệu', 'dữ_liệu']
        """
        size, pairs = len(self.syllables), len(self.pairs)
        if column < size:
            return self.syllables[column]
        if column >= size + pairs:
            return self.words[column - size - pairs].replace(" ", "_")
        first, second = divmod(int(self.pairs[column - size]), size)
        return f"{self.syllables[first]} {self.syllables[second]}"

    def vector(self, weights: Mapping[str, float]) -> Floats:
        """Weights by name (as `name` gives them) as a column each; those of names not known here are left out."""
        vector = np.zeros(len(self), dtype=np.float32)
        for name, weight in weights.items():
            if (column := self._column_of(name)) is not None:
                vector[column] = weight
        return vector

    def _column_of(self, name: str) -> int | None:
        if "_" in name:
            word = self._word_number.get(name.replace("_", " "))
            return None if word is None else len(self.syllables) + len(self.pairs) + word
        first, _, second = name.partition(" ")
        if not second:
            return self._number.get(first)
        a, b = self._number.get(first), self._number.get(second)
        if a is None or b is None:
            return None
        code = a * len(self.syllables) + b
        place = int(np.searchsorted(self.pairs, code))
        return place + len(self.syllables) if place < len(self.pairs) and self.pairs[place] == code else None

    def columns(self, pieces: Pieces) -> tuple[Ints, Ints]:
        """The columns of all known syllables, pairs and words, repeats included, and the number of the piece of each.

        All pieces at once, as numpy takes as long for ten numbers as for a thousand.
        """
        numbers, piece_of = pieces.numbers(), pieces.piece_of
        is_known = (numbers >= 0) & (numbers < len(self.syllables))
        is_pair = is_known[:-1] & is_known[1:]
        pairs, is_known_pair = self._pairs.find((numbers[:-1] * len(self.syllables) + numbers[1:])[is_pair])
        words, word_piece = self._finder.find(pieces)
        size = len(self.syllables)
        return (
            np.concatenate([numbers[is_known], pairs[is_known_pair] + size, words + (size + len(self.pairs))]),
            np.concatenate([piece_of[is_known], piece_of[:-1][is_pair][is_known_pair], word_piece]),
        )


def _word_finder(words: Sequence[str], alphabet: Alphabet) -> Finder:
    """Parts syllables into words as models.words does: the longest that is known, from left to right."""
    return Finder([word.split() for word in words], alphabet, overlapping=False)


@cache
def _all_words() -> tuple[list[str], Alphabet, Finder]:
    known, alphabet = sorted(dictionary()), Alphabet()
    return known, alphabet, _word_finder(known, alphabet)


def _words_in(bag: Sequence[str]) -> set[str]:
    known, alphabet, finder = _all_words()
    return {known[word] for word in finder.find(join([alphabet.spell(bag)]))[0]}


def _pair_codes(bag: Sequence[str], number: dict[str, int]) -> set[int]:
    known = [number.get(syllable, -1) for syllable in bag]
    size = len(number)
    return {a * size + b for a, b in pairwise(known) if a >= 0 and b >= 0}


def _frequent(bags: Iterable[set[Any]], at_least: int) -> dict[Any, int]:
    """What enough bags hold, in order, with the number of bags."""
    held = Counter(chain.from_iterable(bags))
    return {item: count for item, count in sorted(held.items()) if count >= at_least}


class Extractor:
    """Passages ─► Rows, with one vocabulary and the phrases of the topics."""

    def __init__(self, vocabulary: Vocabulary, topics: Sequence[Topic]) -> None:
        self.vocabulary = vocabulary
        self.finder = PhraseFinder(topics, vocabulary.alphabet)
        self._topics = len(topics)
        is_strong = np.array(self.finder.is_strong, dtype=bool)
        topic_of = np.array(self.finder.topic_of, dtype=np.int64)
        # Where a phrase is counted in a piece's table of three rows (distinct strong, all strong, distinct weak).
        self._distinct_slot = np.where(is_strong, 0, 2) * self._topics + topic_of
        self._every_slot = np.where(is_strong, self._topics + topic_of, -1)

    def rows(self, article: Passages) -> Rows:
        """The numbers of all passages of an article."""
        passages, size = len(article.texts), len(self.vocabulary)
        joined = self._join(article)
        columns, piece = self.vocabulary.columns(joined)
        begins = np.arange(-1, passages) * size
        everywhere = begins[1:, None] + columns[piece == 0]  # the title's stand in every row
        here = (begins[piece] + columns)[piece > 0]
        codes, times = np.unique(
            _narrow(np.concatenate([everywhere.ravel(), here]), passages * size), return_counts=True
        )
        row, column = np.divmod(codes, size) if size else (codes, codes)
        value: npt.NDArray[Any] = (1 + np.log(times)) * self.vocabulary.rarity[column]
        length = np.sqrt(np.bincount(row, weights=value * value, minlength=passages))
        value = (value / length[row]).astype(np.float32)
        return Rows(row=row, column=column, value=value, counts=self._counts(joined, passages))

    def hits(self, article: Passages) -> tuple[Ints, Ints]:
        """The pieces (0 = title, 1 = first passage, …) and the numbers of the phrases that stand in them."""
        phrase, piece = self.finder.find(self._join(article))
        return piece, phrase

    def _join(self, article: Passages) -> Pieces:
        return join(map(self.vocabulary.alphabet.read, article.pieces))

    def _counts(self, joined: Pieces, passages: int) -> Floats:
        """Logarithms of the counts, so that the tenth phrase says less than the first."""
        phrase, piece = self.finder.find(joined)
        table = 3 * self._topics
        is_there = np.zeros((passages + 1, len(self._every_slot)), dtype=bool)
        is_there[piece, phrase] = True
        each_piece, each_phrase = is_there.nonzero()
        every = self._every_slot[phrase]
        strong = every >= 0
        slots = [each_piece * table + self._distinct_slot[each_phrase], (piece * table + every)[strong]]
        found = np.bincount(np.concatenate(slots), minlength=(passages + 1) * table).astype(np.float32)
        logs = (COUNT_SCALE * np.log1p(found)).astype(np.float32).reshape(passages + 1, table)
        counts = np.empty((passages, COUNTS_PER_TOPIC * self._topics), dtype=np.float32)
        counts[:, :table] = logs[1:]
        counts[:, table : -self._topics] = logs[0, : self._topics]
        counts[:, -self._topics :] = logs[0, 2 * self._topics :]
        return counts


def _narrow(codes: Ints, end: int) -> Ints:
    """Whole numbers below `end`, in 32 bits where that is enough: sorted and looked up in two thirds of the time."""
    return codes.astype(np.int32) if end <= np.iinfo(np.int32).max else codes
