"""The two-tier rule: which tree finds the exact matches, and which finds the folded ones after them.

Typed wholly without diacritics, a query searches the folded field, and what holds the words as typed comes first. Typed
with diacritics, its words must stand exactly; then come articles in which each run of two or more adjacent words stands
as a phrase without diacritics (undiacritised writing, Đăk for Đắk). A lone syllable folded is noise ("báo" finds "bão",
six times as many hits, all wrong), so it folds only where nothing holds the words exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.base import And, DateRange, Everything, Filter, Node, Not, Or, Phrase, Query, Term, ValueRange
from index.querying.tokens import fold_tokens


@dataclass(frozen=True, kw_only=True, slots=True)
class Tiers:
    """The trees to search with. A tree's words say by `folded` which field they are looked up in."""

    exact: Node
    folded: Node | None
    """Finds the folded tier, and may find exact matches again; None where there can be no folded tier."""
    fallback: Node | None
    """Stands in for `folded` where `words` finds nothing; None where it would find nothing else."""
    words: Node
    """`exact` without the filters around it, so that a filter never changes what a word means (law 3)."""
    is_respelt: bool = False
    """Whether all that `folded` finds and `exact` does not holds a run of the words side by side in another spelling.

    For a tree finds more only where a leaf does: an excluded part, once widened, finds less.
    """


def tiers_of(query: Query) -> Tiers:
    """The trees of a query.

    >>> from index.base import Term
    >>> tiers = tiers_of(Query(typed="Đăk Lăk", root=Term(words=("đăk", "lăk"))))
    >>> tiers.folded
    Phrase(words=('dak', 'lak'), slop=0, folded=True)
    """
    root, words = query.root, _without_filters(query.root)
    if query.folded:
        folded = _fold_all(root)
        return Tiers(exact=_fold_negated(root), folded=folded, fallback=None, words=words)
    runs, all_words = _widen(root, singles=False), _widen(root, singles=True)
    return Tiers(
        exact=root,
        folded=runs if runs != root else None,
        fallback=all_words if all_words != runs else None,
        words=words,
        is_respelt=not any(isinstance(leaf, Phrase) and leaf.slop for leaf in positive_words(root)),
    )


def covers(folded: Node, exact: Node) -> bool:
    """Whether the folded tree finds all that the exact one does, so that it finds both tiers by itself.

    False is always safe. A run of words is not covered: exactly they may stand apart, folded they make a phrase.
    """
    match folded, exact:
        case (Term() as wide, Term() as narrow) | (Phrase() as wide, Phrase() as narrow) if wide != narrow:
            return replace(narrow, words=tuple(fold_tokens(narrow.words)), folded=True) == wide
        case (And(parts=wides), And(parts=narrows)) | (Or(parts=wides), Or(parts=narrows)):
            return len(wides) == len(narrows) and all(map(covers, wides, narrows))
        case _:
            return folded == exact


def has_words(node: Node) -> bool:
    """Whether anything but filters is asked for, so that scores mean something."""
    match node:
        case Term() | Phrase():
            return True
        case And(parts=parts) | Or(parts=parts):
            return any(map(has_words, parts))
        case _:
            return False


def positive_words(node: Node) -> Iterator[Term | Phrase]:
    """The words asked for; not those excluded."""
    match node:
        case Term() | Phrase():
            yield node
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from positive_words(part)


def _fold_all(node: Node) -> Node:
    match node:
        case Term() | Phrase():
            return replace(node, words=tuple(fold_tokens(node.words)), folded=True)
        case And(parts=parts) | Or(parts=parts):
            return replace(node, parts=tuple(map(_fold_all, parts)))
        case Not(part=part):
            return Not(part=_fold_all(part))
        case _:
            return node


def _fold_negated(node: Node) -> Node:
    """What a person excludes without diacritics is excluded in every spelling, or -lu would let lũ through."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            return replace(node, parts=tuple(map(_fold_negated, parts)))
        case Not():
            return _fold_all(node)
        case _:
            return node


def _widen(node: Node, *, singles: bool) -> Node:
    match node:
        case Term(words=words) | Phrase(words=words) if len(words) == 1:
            return Term(words=tuple(fold_tokens(words)), folded=True) if singles else node
        case Term(words=words):
            return Phrase(words=tuple(fold_tokens(words)), folded=True)
        case Phrase(words=words):
            return replace(node, words=tuple(fold_tokens(words)), folded=True)
        case And(parts=parts) | Or(parts=parts):
            return replace(node, parts=tuple(_widen(part, singles=singles) for part in parts))
        case Not(part=part):
            widened = _widen(part, singles=False)
            return node if widened == part else Not(part=Or(parts=(part, widened)))
        case Filter() | DateRange() | ValueRange() | Everything():
            return node


def _without_filters(root: Node) -> Node:
    if not isinstance(root, And):
        return root if has_words(root) else Everything()
    kept = tuple(part for part in root.parts if has_words(part) or (isinstance(part, Not) and has_words(part.part)))
    if not kept:
        return Everything()
    return kept[0] if len(kept) == 1 else And(parts=kept)
