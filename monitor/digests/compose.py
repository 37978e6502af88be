"""Matches, articles and what was told before ─► a digest's values. Pure: the same material gives the same digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from crawlers.records import Source
from index.base import Document, FigureEntry, Query
from index.querying.highlight import Highlighter
from index.records import SourceState
from index.standing.alert_records import Digest, Subscription
from monitor.digests.figures import Earlier, by_thing, entry_of
from monitor.digests.listening import listen, names_its_sources, watched_sources
from monitor.digests.reprints import Words
from monitor.digests.stories import Editor, Sorted, Told
from monitor.digests.texts import clean
from monitor.digests.views import Addresses, Delta, DigestView, KeyFigure, Listening, Rising, Story, Tally, Uncertain
from monitor.standing import Bench

MOST_STORIES = 30
MOST_FOLLOW_UPS = 10
_MOST_CHANGED = 3
_MOST_RISING = 2
_RISE = 2
"""How many more stories than last time make a topic's rise."""
_DAYS, _WEEKS = 30, 12
_FEWEST_TOLD, _FEWEST_BARS, _FEWEST_FULL = 10, 7, 3
"""A chart of fewer articles, days (or weeks) in all, or days with any, says nothing that a number does not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """All that a digest is made from."""

    subscription: Subscription
    digest: Digest
    uncertain: Digest | None = None
    """The digest before, where nobody knows whether it arrived."""
    query: Query
    documents: Mapping[str, Document]
    """This digest's articles, and those of earlier ones that a story may have been told by."""
    earlier: Sequence[Digest] = ()
    """The subscription's digests before, the newest first."""
    figures: Sequence[FigureEntry] = ()
    """What is known of the indicators that the articles tell of."""
    sources: Sequence[Source] = ()
    states: Mapping[str, SourceState]
    topic_names: Mapping[str, str]
    base_url: str | None = None


def compose(material: Material, *, now: datetime) -> DigestView:
    """What this digest tells its subscriber."""
    subscription, digest = material.subscription, material.digest
    work = _Work(material)
    found = work.sort(digest, material.earlier)
    earlier = by_thing(work.earlier_figures())
    matches = {match.article_id: match for match in digest.matches}
    stories = tuple(work.editor.story(story, matches, earlier) for story in found.new[:MOST_STORIES])
    articles = [document for story in (*found.new, *(new for _, new in found.told)) for document in story]
    return DigestView(
        name=clean(subscription.name), language=subscription.language, zone=ZoneInfo(subscription.timezone),
        schedule=subscription.schedule, made_at=digest.made_at, since=digest.since,
        articles=len(articles), publishers=len(work.editor.publishers(articles)),
        stories=tuple(work.with_topic_names(stories)), left_out=len(found.new) - len(stories),
        follow_ups=tuple(work.editor.follow_up(told, new) for told, new in found.told[:MOST_FOLLOW_UPS]),
        delta=_delta(work, found, stories), listening=_listening(material, has_news=bool(articles), now=now),
        tallies=_tallies(material), uncertain=_uncertain(material.uncertain), addresses=_addresses(material),
    )  # fmt: skip


class _Work:
    """The material, with what several steps need of it worked out once."""

    def __init__(self, material: Material) -> None:
        self.material = material
        subscription = material.subscription
        self.editor = Editor(Bench.of(material.sources), Highlighter(material.query), places=subscription.places)
        self._words: dict[str, Words] = {}

    def sort(self, digest: Digest, earlier: Iterable[Digest]) -> Sorted:
        told = [
            Told(words=words, at=one.made_at)
            for one in reversed(list(earlier))  # a story was told when it was told first
            for words in self._articles(one)
        ]
        return self.editor.sort(self._articles(digest), told)

    def _articles(self, digest: Digest) -> Iterator[Words]:
        for match in digest.matches:
            document = self.material.documents.get(match.article_id)
            if document is not None:
                if document.id not in self._words:
                    self._words[document.id] = Words.of(document)
                yield self._words[document.id]

    def earlier_figures(self) -> Iterator[Earlier]:
        """What earlier digests told, and what else is known."""
        for digest in self.material.earlier:
            for words in self._articles(digest):
                for metric in words.document.metrics:
                    yield Earlier(entry=entry_of(words.document, metric), told_at=digest.made_at)
        yield from (Earlier(entry=entry) for entry in self.material.figures)

    def with_topic_names(self, stories: Iterable[Story]) -> Iterator[Story]:
        names = self.material.topic_names
        return (replace(story, topics=tuple(names.get(slug, slug) for slug in story.topics)) for story in stories)


# --- against the digest before ----------------------------------------------------------------------------------------


def _delta(work: _Work, found: Sorted, stories: Sequence[Story]) -> Delta | None:
    material = work.material
    if not material.earlier or not found.new or material.subscription.schedule.every == "instant":
        return None
    last = material.earlier[0]
    before = work.sort(last, material.earlier[1:])
    changed = (figure for story in stories for figure in story.figures if figure.before)
    return Delta(
        last_at=last.made_at, last_stories=len(before.new), rising=tuple(_rising(material, found, before)),
        changed=tuple(islice(_one_each(changed), _MOST_CHANGED)),
    )  # fmt: skip


def _rising(material: Material, found: Sorted, before: Sorted) -> Iterator[Rising]:
    now, then = _topics(found), _topics(before)
    risen = sorted((then[topic] - count, topic) for topic, count in now.items() if count - then[topic] >= _RISE)
    asked = set(material.subscription.topics)
    for _, topic in [one for one in risen if one[1] not in asked][:_MOST_RISING] if before.new else ():
        name = material.topic_names.get(topic, topic)
        yield Rising(topic=name, count=now[topic], before=then[topic])


def _topics(found: Sorted) -> Counter[str]:
    return Counter(topic for story in found.new for topic in story[0].topics)


def _one_each(figures: Iterable[KeyFigure]) -> Iterator[KeyFigure]:
    """Each thing once, as the first story has it."""
    seen = set()
    for figure in figures:
        thing = (figure.name, figure.metric.entity)
        if thing not in seen:
            seen.add(thing)
            yield figure


# --- around the stories -----------------------------------------------------------------------------------------------


def _listening(material: Material, *, has_news: bool, now: datetime) -> Listening | None:
    """Told where there is no news, or where the subscription watches some sources in particular of which some are quiet."""
    watched = watched_sources(material.subscription, material.sources)
    found = listen(watched, material.states, since=material.digest.since, now=now)
    if not has_news:
        return found
    return found if found.quiet and names_its_sources(material.subscription, watched) else None


def _tallies(material: Material) -> tuple[Tally, ...]:
    """Matched articles a day, or a week, as long as the subscription has been there; empty where that says nothing."""
    every, zone = material.subscription.schedule.every, ZoneInfo(material.subscription.timezone)
    if every not in ("daily", "weekly"):
        return ()
    step, most = (1, _DAYS) if every == "daily" else (7, _WEEKS)
    today = material.digest.made_at.astimezone(zone).date()
    digests = (material.digest, *material.earlier)
    days = [match.found_at.astimezone(zone).date() for digest in digests for match in digest.matches]
    age = (today - material.subscription.made_at.astimezone(zone).date()).days
    bars = _bars(days, today, step, min(most, age // step + 1))
    counts = [bar.count for bar in bars]
    is_telling = (
        len(bars) >= _FEWEST_BARS and sum(counts) >= _FEWEST_TOLD and len(list(filter(None, counts))) >= _FEWEST_FULL
    )
    return bars if is_telling else ()


def _bars(days: Sequence[date], today: date, step: int, count: int) -> tuple[Tally, ...]:
    """The last one ends today."""
    per_bar = Counter((today - day).days // step for day in days)
    return tuple(
        Tally(start=today - timedelta(days=step * (back + 1) - 1), count=per_bar[back])
        for back in reversed(range(count))
    )


def _uncertain(digest: Digest | None) -> Uncertain | None:
    return Uncertain(made_at=digest.made_at, articles=len(digest.matches)) if digest else None


def _addresses(material: Material) -> Addresses:
    subscription, base = material.subscription, material.base_url
    if not base:
        return Addresses()
    base = base.rstrip("/")
    asked = [("q", subscription.query)] if subscription.query else []
    for name, values in (
        ("topic", subscription.topics),
        ("place", subscription.places),
        ("source", subscription.sources),
    ):
        asked += [(name, value) for value in values]
    manage = f"{base}/theo-doi/{quote(subscription.token, safe='', errors='replace')}"
    has_feed = any(channel.kind == "atom" for channel in subscription.channels)
    return Addresses(
        base=base, search=f"{base}/?{urlencode([*asked, ('sort', 'newest')], errors='replace')}", manage=manage,
        feed=f"{manage}/diem-tin.atom" if has_feed else None,
    )  # fmt: skip
