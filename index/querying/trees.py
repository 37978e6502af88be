"""What a query's tree means, for every engine that translates one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from index.base import And, Filter, Node, Not, Or, Phrase, Term, ValueRange
from index.querying.tokens import tokens

TITLE_WEIGHT = 2.0
"""How much more a word counts that also stands in the title."""
_FIGURE_FIELDS = ("indicator", "unit", "kind")


def same_figure(parts: Sequence[Node]) -> list[Node]:
    """The parts of an AND that one and the same figure of an article must satisfy."""
    about_figures = [part for part in parts if is_about_figures(part)]
    return about_figures if any(not isinstance(part, Not) for part in about_figures) else []


def is_about_figures(node: Node) -> bool:
    """Whether a tree asks about an article's figures and nothing else."""
    match node:
        case ValueRange():
            return True
        case Filter(field=field):
            return field in _FIGURE_FIELDS
        case And(parts=parts) | Or(parts=parts):
            return all(map(is_about_figures, parts))
        case Not(part=part):
            return is_about_figures(part)
        case _:
            return False


def as_words(terms: Sequence[str]) -> Node:
    """Terms as they are looked for in a figure's sentence, which is too short to have terms of its own.

    >>> as_words(["lừa đảo"])
    Or(parts=(Phrase(words=('lừa', 'đảo'), slop=0, folded=False),))
    """
    cut = [tuple(tokens(term)) for term in terms]
    return Or(parts=tuple(Phrase(words=words) if len(words) > 1 else Term(words=words) for words in cut))


def arrangements(phrase: Phrase) -> Iterator[list[tuple[int, str]]]:
    """Every way in which the words may lie, in order: tantivy's own slop would also find them the other way round.

    >>> list(arrangements(Phrase(words=("a", "b"), slop=1)))
    [[(0, 'a'), (1, 'b')], [(0, 'a'), (2, 'b')]]
    """
    count, slop = len(phrase.words), phrase.slop
    for later in combinations(range(1, count + slop), count - 1):
        yield list(zip((0, *later), phrase.words, strict=True))
