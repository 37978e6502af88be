"""Links that join the articles already found on a page: of their kind, or in their row. Their headlines may be short and
nothing need stand beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from statistics import median

from crawlers.listing_rows import Link, Row, is_document_title
from crawlers.title_words import is_generic

_FEWEST = 3
_WORD = re.compile(r"\w+")
_MANY = 8
_SOME = 5
_SMALLEST_NUMBER = 100
"""The number that sections, counted from 1, hardly reach."""
_WORDS_OF_LONE = 4


def words_of(link: Link) -> int:
    return len(_WORD.findall(link.title or ""))


def may_be_headline(link: Link, least: int = 2) -> bool:
    """Whether what a link says may be a headline, though a short one, and not a section's name."""
    return not link.in_menu and _reads_like_headline(link, least)


def _reads_like_headline(link: Link, least: int) -> bool:
    title = link.title or ""
    return words_of(link) >= least and not title.isdigit() and not is_generic(title) and not is_document_title(title)


def are_documents(links: Sequence[Link]) -> bool:
    """Whether most links of a kind say documents' names: news of documents are fewer."""
    return sum(is_document_title(link.title or "") for link in links) * 2 > len(links)


def say_so_themselves(links: Iterable[Link]) -> set[Link]:
    """Links whose address names an article: three of a kind, or one with a headline of some words."""
    groups: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        if link.address.names_article and may_be_headline(link):
            groups[link.address.shape].append(link)
    found: set[Link] = set()
    for shape, group in groups.items():
        if shape[0]:
            continue  # of another host
        phrases = [link for link in group if words_of(link) >= _WORDS_OF_LONE or shape[1] == "dated"]
        found.update(group if len(group) >= _FEWEST and len(phrases) * 2 >= len(group) else phrases)
    return found


def many_of_a_kind(links: Iterable[Link]) -> set[Link]:
    """Eight links of one numbered kind that say short phrases, as a list of bare headlines does: sections are fewer, are
    counted from 1, and have names rather than phrases."""
    groups: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        if link.address.tier != "slug" and not link.address.shape[0]:
            groups[link.address.shape].append(link)
    found: set[Link] = set()
    for shape, group in groups.items():
        headlines = [link for link in group if may_be_headline(link)]
        is_long = shape[1] == "number"
        if len(headlines) < (_SOME if is_long else _MANY) or len(headlines) * 10 < len(group) * 6:
            continue
        spoken = [words_of(link) for link in headlines]
        phrases = sum(words >= _WORDS_OF_LONE for words in spoken)
        large = is_long or median(link.address.number for link in headlines) >= _SMALLEST_NUMBER
        if large and sum(spoken) >= 3.5 * len(spoken) and phrases * 2 >= len(spoken):
            found.update(headlines)
    return found


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is known of the articles of one shape of address."""

    smallest: int
    depths: frozenset[int]
    folders: frozenset[str]

    def takes(self, link: Link) -> bool:
        """Whether a link is one of them: with a number as large, and as deep where it is a short one.

        A list of older news is often set as menus are; it is told from them by the folder that it shares.
        """
        address = link.address
        if link.in_menu:
            same = address.folder in self.folders and address.number * 2 >= self.smallest
            return same and _reads_like_headline(link, _WORDS_OF_LONE - 1)
        if address.number * 10 < self.smallest or not may_be_headline(link):
            return False
        return address.tier == "number" or address.depth in self.depths


def of_their_kind(links: Iterable[Link], chosen: Set[Link]) -> set[Link]:
    """Links of a numbered kind of which three articles are known."""
    groups: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in chosen:
        if link.address.tier != "slug":
            groups[link.address.shape].append(link)
    kinds = {
        shape: _Kind(
            smallest=min(link.address.number for link in group),
            depths=frozenset(link.address.depth for link in group),
            folders=frozenset(link.address.folder for link in group if link.address.folder),
        )
        for shape, group in groups.items()
        if len(group) >= _FEWEST
    }
    return {link for link in links if link.address.shape in kinds and kinds[link.address.shape].takes(link)}


def beside_them(rows: Iterable[Row], chosen: Set[Link]) -> set[Link]:
    """Links in a row of which at least half are known for articles, with an address of the same shape."""
    found: set[Link] = set()
    for row in rows:
        known = [link for link in row.items if link in chosen]
        if len(known) < 2 or len(known) * 2 < len(row.items):
            continue
        kinds = {(link.address.shape, link.address.depth) for link in known}
        found.update(
            link for link in row.items if (link.address.shape, link.address.depth) in kinds and may_be_headline(link)
        )
    return found
