"""Articles ─► entries: one a story, with its sentence and figures; what was told before is a line.

Which article leads a story: one of a public body before one of the press, then the earliest; an undated one last.
In which order stories stand: by how many organisations tell them, those led by a public body first, then the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.base import Document, Highlight
from index.moments import seconds
from index.querying.highlight import Highlighter
from index.standing.alert_records import Match
from monitor.alerts.why import sentence_of
from monitor.digests.figures import ByThing, key_figures
from monitor.digests.reprints import Shelf, Words, group
from monitor.digests.texts import clean, cut, marked_sentence, marked_title, plain, web_address
from monitor.digests.views import Copy, FollowUp, Marked, Story
from monitor.standing import Bench


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An article that an earlier digest told, and when."""

    words: Words
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Sorted:
    """A digest's articles by story."""

    new: tuple[tuple[Document, ...], ...]
    """The leading article first, then the earliest; the stories in the order in which they are told."""
    told: tuple[tuple[Told, tuple[Document, ...]], ...]
    """Articles that tell again what was told before."""


class Editor:
    """Puts a subscription's articles into entries."""

    def __init__(self, bench: Bench, highlighter: Highlighter, *, places: Sequence[str]) -> None:
        self._bench = bench
        self._highlighter = highlighter
        self._places = places

    # --- sorting ---

    def sort(self, articles: Iterable[Words], told: Sequence[Told]) -> Sorted:
        """Which articles tell one story, and which of the stories is new."""
        shelf = Shelf([one.words for one in told])
        new: list[tuple[Document, ...]] = []
        again: list[tuple[Told, tuple[Document, ...]]] = []
        for story in group(sorted(articles, key=lambda words: self._lead_order(words.document))):
            documents = tuple(words.document for words in story)
            known = [number for words in story if (number := shelf.first_like(words)) is not None]
            if known:
                again.append((told[min(known)], documents))
            else:
                new.append((documents[0], *sorted(documents[1:], key=_time_order)))
        return Sorted(new=tuple(sorted(new, key=self._story_order)), told=tuple(again))

    def _lead_order(self, document: Document) -> tuple[bool, bool, int, str]:
        return not self._is_public(document), *_time_order(document)

    def _story_order(self, story: Sequence[Document]) -> tuple[int, bool, bool, int, str]:
        undated, moment, key = _time_order(story[0])
        return -len(self.publishers(story)), not self._is_public(story[0]), undated, -moment, key

    def _is_public(self, document: Document) -> bool:
        return self._bench.is_public(document.source, document.url)

    def publishers(self, documents: Iterable[Document]) -> frozenset[str]:
        """The organisations behind articles."""
        return frozenset(self._bench.publisher_of(document.source, document.url) for document in documents)

    # --- entries ---

    def story(self, documents: Sequence[Document], matches: Mapping[str, Match], earlier: ByThing) -> Story:
        """A new story, led by the first of its articles."""
        lead = documents[0]
        match = matches[lead.id]
        title, sentence = self._why(lead, match)
        return Story(
            article_id=lead.id, url=web_address(lead.url), title=title, source=self._name(lead),
            published=lead.published, tier=match.tier, sentence=_unless_title(sentence, title),
            figures=key_figures(
                lead, sentence, places=self._places, met=match.figures, earlier=earlier,
                own=[document.id for document in documents],
            ),
            topics=lead.topics, places=tuple(map(clean, lead.places)), copies=tuple(map(self._copy, documents[1:])),
            publishers=len(self.publishers(documents)),
        )  # fmt: skip

    def follow_up(self, told: Told, documents: Sequence[Document]) -> FollowUp:
        """A line on a story that was told before."""
        first = told.words.document
        return FollowUp(
            article_id=first.id, url=web_address(first.url), title=cut(clean(first.title), 160), told_at=told.at,
            copies=tuple(self._copy(document) for document in sorted(documents, key=_time_order)),
            publishers=len(self.publishers(documents) - self.publishers([first])),
        )  # fmt: skip

    def _why(self, document: Document, match: Match) -> tuple[Marked, Highlight | None]:
        """The title with its marks, and the sentence: the figure's that met the condition, else the one that matched."""
        found = self._highlighter.sentence(document, match.tier)
        spans = next((one.spans for one in found if one.part == "title"), ())
        title = marked_title(document.title, spans)
        met = [document.metrics[number] for number in match.figures if number < len(document.metrics)]
        sentence = next((one for one in found if one.part != "title"), None)
        return title, (met and sentence_of(document, met[0])) or sentence

    def _copy(self, document: Document) -> Copy:
        return Copy(
            article_id=document.id, url=web_address(document.url), source=self._name(document),
            published=document.published,
        )  # fmt: skip

    def _name(self, document: Document) -> str:
        return clean(self._bench.name(document.source))


def _time_order(document: Document) -> tuple[bool, int, str]:
    published = document.published
    return published is None, 0 if published is None else seconds(published), document.id


def _unless_title(sentence: Highlight | None, title: Marked) -> Marked:
    """Some portals put the title at the head of the text."""
    shown = marked_sentence(sentence.text, sentence.spans) if sentence else ()
    return () if plain(shown).rstrip(".").casefold() == plain(title).rstrip(".").casefold() else shown


def all_words(documents: Iterable[Document]) -> Iterator[Words]:
    """The articles made comparable."""
    return map(Words.of, documents)
