"""The third floor's records, and the laws that every index keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol

from models.records import Metric

Tier = Literal["exact", "folded"]
Sort = Literal["relevance", "newest"]
FacetName = Literal["topic", "place", "source", "month"]
FACETS: tuple[FacetName, ...] = ("topic", "place", "source", "month")
Span = Literal["day", "week", "month"]
"""Days as Vietnam counts them; a week begins on Monday."""
Group = Literal["topic", "place", "source", "day", "week", "month"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """An article with its annotation, ready to be indexed."""

    id: str
    url: str
    """Where people open it."""
    title: str
    lead: str | None = None
    text: str
    published: datetime | date | None = None
    source: str
    """The source's id."""
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()
    revision: int = 0
    """Goes up with every state that the archive hands to the index, so that of two the newer is known."""
    terms: tuple[str, ...] | None = None
    """What it is counted by, as models.terms finds it in title, lead and text; None: not known, whoever needs it makes it."""


# --- what a person asks, as a tree; both engines translate it ---------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One or more syllables that must all occur."""

    words: tuple[str, ...]
    """Tokens as index.querying.tokens makes them, diacritics kept."""
    folded: bool = False
    """Look in the folded field; set by index.tiers, never by the parser."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """Syllables in this order, at most `slop` others between them; never across title, lead and body."""

    words: tuple[str, ...]
    slop: int = 0
    folded: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A field that must hold one of these values (topic, place, source, indicator, unit, kind, term)."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DateRange:
    """Published within these days, both included, counted in Asia/Ho_Chi_Minh."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueRange:
    """A figure's value within these bounds, both included."""

    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Everything:
    """The empty query: all articles."""


MOST_COUNTED = 10_000
"""Terms of one answer."""
MOST_SLOP = 10
"""The widest "near words"~n that can be asked; both engines part title, lead and body by more than this."""

Node = Term | Phrase | Filter | DateRange | ValueRange | And | Or | Not | Everything


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A question that has been read: what was typed, and the tree it means."""

    typed: str
    root: Node
    folded: bool = False
    """Typed wholly without diacritics: the folded field is searched. False where no word was typed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How often one value of a facet occurs."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SpanCount:
    """How many articles one span holds."""

    start: date
    """Its first day."""
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TermCounts:
    """Of the articles of one group, how many hold each term; the commonest first, equally common ones by name."""

    group: str
    """A topic, a place, a source or a span's first day (2026-09-07); "" where the articles were not grouped."""
    total: int
    """How many articles there are in the group."""
    terms: tuple[Count, ...]
    """Terms as models.terms spells them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One article that the index found. Its text lies in the archive."""

    id: str
    tier: Tier
    score: float
    published: datetime | date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """A page of what was found. Facets count all that was found, not the page."""

    total: int
    exact_total: int
    """How many of `total` match with their diacritics; the rest are of the folded tier and come after."""
    found: tuple[Found, ...]
    facets: dict[FacetName, tuple[Count, ...]] = field(default_factory=dict)
    cursor: str | None = None
    """Give it back as `after` for the next page; None when this was the last."""


# --- what search.py makes of it, with the archive's text --------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Highlight:
    """A piece of an article's text in which what was searched for stands."""

    part: Literal["title", "lead", "body"]
    text: str
    """Exactly text[start : start + len] of that part, as stored."""
    start: int
    """Where the piece begins in its part, in characters."""
    spans: tuple[tuple[int, int], ...]
    """What matched, as offsets into the piece, in order and apart from one another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One found article as people see it."""

    id: str
    url: str
    title: str
    published: datetime | date | None
    source: str
    topics: tuple[str, ...]
    places: tuple[str, ...]
    tier: Tier
    highlights: tuple[Highlight, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HitPage:
    """`Results` with the articles themselves: DESIGN §3, `search --json`."""

    total: int
    exact_total: int
    hits: tuple[Hit, ...]
    facets: dict[FacetName, tuple[Count, ...]]
    cursor: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureEntry:
    """One metric as the `figures` collection keeps it."""

    article_id: str
    url: str
    source: str
    published: datetime | date | None
    metric: Metric


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexState:
    """Which engine an index runs on, and how it is."""

    engine: Literal["tantivy", "elasticsearch"]
    version: str
    at: str
    """Where it lies: a folder, or an address."""
    health: Literal["green", "yellow", "red"] = "green"
    """yellow: some copies are missing; red: some articles are."""
    parts: tuple[str, ...] = ()
    """The versioned indices that serve, and those that are kept beside them."""


class Index(Protocol):
    """Finds articles and figures again. Everything in it can be rebuilt from the archive.

    Laws, held by tests/index/test_contract.py for every engine:
    1.  `add` replaces the document of the same id, its figures included; after `commit` returns, every search sees it,
        and a kill -9 does not take it back. What was added but not committed may be lost, never half-written. An engine
        that lets several write at once keeps the later revision.
    2.  `search` yields all exact matches before all folded ones; within a tier the order is by score or by date, and
        ties fall by id, so that the same question gives the same list and pages neither repeat nor leave out. A
        question without words has no scores: it is answered newest first. The undated come last.
    3.  `total` is the number of articles that paging to the end yields; each facet's count of a value is the number of
        articles that the same query with that value as a filter finds.
    4.  Months and days are those of Asia/Ho_Chi_Minh. An undated article is found by words, and by no date range.
    5.  Text goes in as it stands; a lone surrogate, NFD or an empty text breaks nothing.
    6.  What a word may match is decided in index.tiers, the same for all engines.
    7.  Filters on figures (indicator, unit, kind, value) that stand in one AND must hold for one and the same figure.
    8.  `histogram` counts each dated article of `total` once: a span's count is the number of articles that the same
        query with its days as a date range finds.
    9.  A term's count is the number of articles that the same query with that term as a filter finds, and with its
        group as another. Which terms an article holds is decided in models.terms, the same for all engines; those that a
        document carries go in as they are.
    """

    def add(self, documents: Iterable[Document]) -> None: ...

    def delete(self, ids: Iterable[str]) -> None: ...

    def commit(self) -> Mapping[str, str]:
        """What was refused, by article id, with the reason in the engine's words; all the rest is committed."""
        ...

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        sort: Sort = "relevance",
        after: str | None = None,
        facets: Sequence[FacetName] = FACETS,
    ) -> Results:
        """One page. `after` is the cursor of the page before; one that is no cursor of ours raises EngineError.

        So does one that goes deeper than 10,000 articles by relevance, for each such page is found from the top on.
        """
        ...

    def figures(self, query: Query, *, limit: int | None = None) -> tuple[FigureEntry, ...]:
        """The figures that a query finds, newest first, ties by article id and place in its text; None is all.

        Filters and ranges apply to the figure (place = its entity; date, source and topic are its article's), words
        to its sentence and name. Both tiers count, without being told apart.
        """
        ...

    def histogram(self, query: Query, *, by: Span) -> tuple[SpanCount, ...]:
        """How many articles a query finds in each span, in the order of time; spans without any are left out."""
        ...

    def common_terms(
        self, query: Query, *, most: int = 100, at_least: int = 1, by: Group | None = None
    ) -> tuple[TermCounts, ...]:
        """The commonest terms of the articles that a query finds: `most` of them, of those in `at_least` articles.

        `by` gives them for each group apart, in one request: topics, places and sources by name, spans in the order of
        time. An article of two topics is in both groups, one of none in no group. Without `by` there is just one group.

        A detector of bursts asks for this week's terms (`date:` and `at_least=3`, `by` None, "topic" and "place"), and
        for the same terms over the eight weeks before with `term_counts`, likewise grouped: six requests in all, from
        which each count's expectation is the share of the weeks before, times this week's `total`. `term_counts` by
        "week" gives a candidate's whole line, to tell a burst from what comes every week; `search` with the term as a
        filter gives its articles.

        EngineError where groups times `most` are more than 60,000.
        """
        ...

    def term_counts(self, query: Query, terms: Sequence[str], *, by: Group | None = None) -> tuple[TermCounts, ...]:
        """How many of the articles that a query finds hold each of these terms; those that none holds are left out."""
        ...

    def stamp(self) -> str:
        """Another one after each commit that changed anything, whoever made it: what was found before may be stale.

        The same one as long as nothing changed, but for a restart or a merge.
        """
        ...

    def count(self) -> int:
        """How many articles are committed."""
        ...

    def clear(self) -> None:
        """Take everything out, as of the next commit."""
        ...

    def state(self) -> IndexState:
        """Which engine serves, and how it is."""
        ...

    def release(self) -> None:
        """Let other processes write. What was not committed is forgotten; searching goes on."""
        ...

    def close(self) -> None:
        """`release`, and give back what the index holds open."""
        ...
