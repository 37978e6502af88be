"""A run: sources are asked, links are read, articles are annotated, kept and indexed; each is counted once."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from crawlers import urls
from crawlers.crawl import Crawl, Job, Listed, NotModified, Outcome, Poll, Read
from crawlers.http import Fetcher
from crawlers.records import Article, Failure, FeedEntry, Source, Validators
from index.records import Link, PartKey, SourceState, Stored
from monitor.assembly import Desk
from monitor.indexing import catch_up
from monitor.keeper import Keeper

log = logging.getLogger(__name__)

YOUNG = timedelta(days=7)
"""An article is asked for changes as long as it is younger than this …"""
RECHECK_AFTER = timedelta(hours=6)
"""… and this long after the last time."""
RETRIES = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""When a link that failed is tried again; after the last it is given up."""
LONGEST_PAUSE = timedelta(days=1)
"""A source that fails is asked more and more seldom, but never more seldom than this."""
_MINUTE = 60.0


@dataclass(kw_only=True, slots=True)
class Summary:
    """What a run did: each article in exactly one status, each source in one of its own."""

    articles: Counter[str] = field(default_factory=Counter)
    """new, updated, unchanged, duplicate, not_an_article, failed."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why articles failed."""
    sources: Counter[str] = field(default_factory=Counter)
    """listed, not_modified, failed."""
    failures: list[Failure] = field(default_factory=list)
    """Sources that could not be read."""
    waits: str | None = None
    """Why articles wait for the index, if they do."""

    def as_counts(self) -> dict[str, int]:
        """For the archive's record of the run."""
        return {**self.articles, **{f"sources_{name}": count for name, count in self.sources.items()}}


class Run:
    """One crawl over some sources, driving the crawlers and keeping what they bring."""

    def __init__(
        self,
        desk: Desk,
        sources: Iterable[Source],
        *,
        now: datetime,
        part: PartKey | None = None,
        since: datetime | None = None,
    ) -> None:
        """For a `part` of a run that several share and that began at `since`, what is counted is counted there."""
        self._desk = desk
        self._part = part
        self._since = since or now
        self._told: Counter[str] = Counter()
        """What of the summary is in the archive already."""
        self._archive = desk.archive
        self._sources = {source.id: source for source in sources}
        self._states = self._archive.links.source_states()
        self._now = now
        places = {source.id: source.place for source in self._sources.values()}
        self._keeper = Keeper(desk, now=now, places=places, part=part, since=since)
        self._met: set[str] = set()
        """Canonical addresses of the articles that this run has met."""
        self._attempts: dict[str, int] = {}
        self.summary = Summary()

    def jobs(self, *, all_sources: bool = False) -> list[Job]:
        """What is due: sources to poll, links left over from earlier runs, articles to ask again."""
        ids = list(self._sources)
        polls: list[Job] = [
            Poll(source=source, validators=self._state(source).validators)
            for source in self._sources.values()
            if (all_sources and not self._was_polled(source)) or self._is_due(source)
        ]
        rechecks = self._archive.links.to_recheck(
            ids, seen_after=self._now - YOUNG, checked_before=self._now - RECHECK_AFTER
        )
        return [*polls, *self._pending(ids), *self._reads(rechecks)]

    def drive(
        self, fetcher: Fetcher, jobs: Sequence[Job], *, workers: int = 64
    ) -> Generator[tuple[int, int], None, None]:
        """Do the jobs and those that follow from them. Yields (jobs done, jobs known) as it goes."""
        run_id = self._part.run_id if self._part else self._archive.runs.start(self._now)
        known, done = len(jobs), 0
        if self._part is None:
            catch_up(self._desk)
        with Crawl(fetcher, now=self._now, workers=workers) as crawl:
            for job in jobs:
                crawl.add(job)
            for job, outcome in crawl.outcomes():
                for more in self._settle(job, outcome):
                    known += 1
                    crawl.add(more)
                done += 1
                yield done, known
        self.keep()
        self._archive.runs.record_failures(self.summary.failures, self._now, run_id=run_id)
        if self._part is None:
            self._keeper.finish()
            self.summary.waits = self._keeper.waits
            self._archive.runs.finish(run_id, self.summary.as_counts(), datetime.now(UTC))

    def keep(self) -> None:
        """Store what was read so far, and tell the part what was counted."""
        self._count(self._keeper.flush())
        self._tell_part()

    def _state(self, source: Source) -> SourceState:
        return self._states.get(source.id) or SourceState(source_id=source.id)

    def _was_polled(self, source: Source) -> bool:
        """In this run already: by a worker that died before the part was done."""
        polled = self._state(source).last_polled_at
        return self._part is not None and polled is not None and polled >= self._since

    def _is_due(self, source: Source) -> bool:
        due = self._state(source).next_due_at
        return due is None or due <= self._now

    # --- links ---

    def _pending(self, source_ids: Sequence[str]) -> Iterator[Read]:
        return self._reads(self._archive.links.pending(self._now, 100_000, source_ids=source_ids))

    def _reads(self, links: Iterable[Link]) -> Iterator[Read]:
        """A job for each link to an article that this run has not met yet."""
        for link in links:
            address = urls.canonical(link.url)
            if address in self._met:
                continue
            self._met.add(address)
            self._attempts[link.url] = link.attempts
            entry = FeedEntry(url=link.url, title=link.title, published=link.published, summary=link.summary)
            validators = self._archive.page_validators(link.url) or Validators()
            yield Read(source=self._sources[link.source_id], entry=entry, validators=validators)

    # --- outcomes ---

    def _settle(self, job: Job, outcome: Outcome) -> Iterable[Job]:
        if isinstance(job, Read):
            self._settle_read(job, outcome)
            return ()
        if isinstance(outcome, Listed):
            return self._settle_listing(job, outcome)
        self._settle_poll(job, outcome)
        return ()

    def _settle_listing(self, job: Poll, listed: Listed) -> Iterable[Job]:
        """Keep the list and go on to what is new in it; what is not new is unchanged, or met by another way."""
        self.summary.sources["listed"] += 1
        state = self._succeeded(job.source, listed.validators, "ok", _newest(listed.entries))
        self._archive.links.store_listing(state, listed.entries, self._now)
        jobs = list(self._pending([job.source.id]))
        begun = {urls.canonical(job.entry.url) for job in jobs}
        known = self._archive.links.known([entry.url for entry in listed.entries])
        for url, link in known.items():
            address = urls.canonical(url)
            if address not in begun:
                self._count_known(address, link)
        return jobs

    def _count_known(self, address: str, link: Link) -> None:
        """An article that is listed and not read in this run: met by another way, read before, or given up."""
        if address in self._met:  # counted already in this run, by whichever way it was met
            return
        self._met.add(address)
        if link.state == "done":
            self.summary.articles["unchanged"] += 1
        elif link.reason == "not_an_article":
            self.summary.articles["not_an_article"] += 1
        else:
            self.summary.articles["failed"] += 1
            self.summary.reasons[link.reason or "no_answer"] += 1

    def _settle_poll(self, job: Poll, outcome: Outcome) -> None:
        if isinstance(outcome, Failure):
            self.summary.sources["failed"] += 1
            self.summary.failures.append(outcome)
            self._archive.links.save_source_state(self._failed(job.source, outcome))
            return
        self.summary.sources["not_modified"] += 1
        self._archive.links.save_source_state(
            self._succeeded(job.source, self._state(job.source).validators, "not_modified")
        )

    def _settle_read(self, job: Read, outcome: Outcome) -> None:
        url = job.entry.url
        if isinstance(outcome, Article):
            self._count(self._keeper.add(outcome, listed_as=url))
        elif isinstance(outcome, NotModified):
            self._archive.mark_unchanged(url, self._now)
            self.summary.articles["unchanged"] += 1
        elif isinstance(outcome, Failure):
            self._settle_failed_read(url, outcome)

    def _settle_failed_read(self, url: str, failure: Failure) -> None:
        if failure.reason == "not_an_article" and self._archive.find_id(urls.canonical(url)) is None:
            self.summary.articles["not_an_article"] += 1
            self._archive.links.mark_failed(url, failure.reason, next_try_at=None)
            return
        self.summary.articles["failed"] += 1
        self.summary.reasons[failure.reason] += 1
        attempts = self._attempts.get(url, 0)
        again = self._now + RETRIES[attempts] if attempts < len(RETRIES) else None
        self._archive.links.mark_failed(url, failure.reason, next_try_at=again)
        log.info("%s: %s", url, failure.message)

    def _tell_part(self) -> None:
        if self._part is None:
            return
        counts = Counter(self.summary.as_counts())
        counts.update({f"because_{reason}": count for reason, count in self.summary.reasons.items()})
        if untold := counts - self._told:
            self._archive.runs.count_in_part(self._part, untold)
            self._told = counts

    def _count(self, stored: Sequence[Stored]) -> None:
        self.summary.articles.update(found.status for found in stored)
        if stored and self._part is not None:
            self._told.update(found.status for found in stored)  # they were counted as they were stored
            self._tell_part()
        failed, self._keeper.failed = self._keeper.failed, []
        for url in failed:
            message = "the models could not read it; the log says why"
            self._settle_failed_read(url, Failure(source_id="", url=url, reason="internal", message=message))

    # --- states ---

    def _succeeded(
        self, source: Source, validators: Validators, status: str, newest: datetime | None = None
    ) -> SourceState:
        before = self._state(source)
        return SourceState(
            source_id=source.id, validators=validators, last_polled_at=self._now, last_success_at=self._now,
            last_status=status, failures_in_row=0,
            next_due_at=self._now + timedelta(minutes=self._desk.config.poll_minutes),
            newest_article_at=max(filter(None, (newest, before.newest_article_at)), default=None),
        )  # fmt: skip

    def _failed(self, source: Source, failure: Failure) -> SourceState:
        before = self._state(source)
        failures = before.failures_in_row + 1
        pause = timedelta(minutes=self._desk.config.poll_minutes) * 2 ** min(failures, 10)
        asked = timedelta(seconds=failure.retry_after or 0)
        return SourceState(
            source_id=source.id, validators=before.validators, last_polled_at=self._now,
            last_success_at=before.last_success_at, last_status=failure.reason, failures_in_row=failures,
            next_due_at=self._now + max(min(pause, LONGEST_PAUSE), asked), newest_article_at=before.newest_article_at,
        )  # fmt: skip


def wait_until_due(
    states: Iterable[SourceState], *, meanwhile: Callable[[], object], sleep: Callable[[float], object] = time.sleep
) -> None:
    """Sleep until the first source is due, at least a minute; `meanwhile` is called each minute."""
    due = min((state.next_due_at for state in states if state.next_due_at), default=None)
    left = max(_MINUTE, (due - datetime.now(UTC)).total_seconds() if due else 0.0)
    while left > _MINUTE:
        sleep(_MINUTE)
        left -= _MINUTE
        meanwhile()
    sleep(left)


def _newest(entries: Iterable[FeedEntry]) -> datetime | None:
    moments = [_moment(entry.published) for entry in entries if entry.published is not None]
    return max(moments, default=None)


def _moment(published: datetime | date) -> datetime:
    if isinstance(published, datetime):
        return published.astimezone(UTC)
    return datetime(published.year, published.month, published.day, tzinfo=UTC)
