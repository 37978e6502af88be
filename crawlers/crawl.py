"""Sources and links ─► listings, articles and failures: many hosts at once, one request per host at a time."""

from __future__ import annotations

import logging
import queue
from collections import defaultdict, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from crawlers import urls
from crawlers.dates import LOCAL
from crawlers.errors import FetchError, ReadError
from crawlers.feeds import read_feed
from crawlers.http import Fetcher
from crawlers.listings import read_listing
from crawlers.pages import read_page
from crawlers.records import Article, Failure, FeedEntry, Page, PageText, Source, Validators
from crawlers.sitemaps import read_sitemap

log = logging.getLogger(__name__)

NESTED_SITEMAPS = 5
"""Of a sitemap index, the newest so many are read in one poll."""
CLOCK_AHEAD = timedelta(days=1)
"""A page dated further in the future than this has a wrong date, which is no date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Poll:
    """Ask a source what is new."""

    source: Source
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """Read the article behind a link."""

    source: Source
    entry: FeedEntry
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """What a source lists now."""

    entries: tuple[FeedEntry, ...]
    validators: Validators


@dataclass(frozen=True, kw_only=True, slots=True)
class NotModified:
    """The server, or the bytes, said that nothing has changed."""


Job = Poll | Read
Outcome = Listed | NotModified | Article | Failure


class Crawl:
    """Runs jobs in threads and hands their outcomes to the one thread that iterates.

    Jobs of one host run one after another in the order given; a job may be added while outcomes are being read.
    Each job yields exactly one outcome; a job never raises. Leaving the context abandons what has not begun.
    """

    def __init__(self, fetcher: Fetcher, *, now: datetime, workers: int = 64) -> None:
        self._fetcher = fetcher
        self._now = now
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="crawl")
        self._waiting: defaultdict[str, deque[Job]] = defaultdict(deque)
        self._busy: set[str] = set()
        self._done: queue.SimpleQueue[tuple[Job, Outcome]] = queue.SimpleQueue()
        self._open = 0

    def add(self, job: Job) -> None:
        """Queue a job behind those of its host."""
        host = urlsplit(_address(job)).netloc
        self._open += 1
        self._waiting[host].append(job)
        self._start(host)

    def outcomes(self) -> Iterator[tuple[Job, Outcome]]:
        """Yield each job with its outcome, in the order in which they end, until none is left."""
        while self._open:
            job, outcome = self._done.get()
            self._open -= 1
            host = urlsplit(_address(job)).netloc
            self._busy.discard(host)
            self._start(host)
            yield job, outcome

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._threads.shutdown(wait=kind is None, cancel_futures=True)

    def _start(self, host: str) -> None:
        if host not in self._busy and self._waiting[host]:
            self._busy.add(host)
            self._threads.submit(self._run, self._waiting[host].popleft())

    def _run(self, job: Job) -> None:
        try:
            outcome = run_job(job, self._fetcher, self._now)
        except Exception as e:
            log.exception("%s", _address(job))
            outcome = Failure(source_id=job.source.id, url=_address(job), reason="internal", message=repr(e))
        self._done.put((job, outcome))


def run_job(job: Job, fetcher: Fetcher, now: datetime) -> Outcome:
    """Do one job here and now; what goes wrong outside becomes a Failure."""
    try:
        page = fetcher.fetch(_address(job), source=job.source, validators=job.validators)
        if page.not_modified:
            return NotModified()
        if isinstance(job, Poll):
            return Listed(entries=_entries(job.source, page, fetcher), validators=page.validators)
        return _article(job, page, now)
    except FetchError as e:
        return Failure(
            source_id=job.source.id, url=_address(job), reason=e.reason, message=e.message, retry_after=e.retry_after
        )
    except ReadError as e:
        return Failure(source_id=job.source.id, url=_address(job), reason=e.reason, message=e.message)


def _address(job: Job) -> str:
    return job.source.url if isinstance(job, Poll) else job.entry.url


def _entries(source: Source, page: Page, fetcher: Fetcher) -> tuple[FeedEntry, ...]:
    if source.kind == "feed":
        return read_feed(page.content, page.url, content_type=page.content_type)
    if source.kind == "listing":
        return read_listing(page.content, page.url, link_pattern=source.link_pattern, content_type=page.content_type)
    sitemap = read_sitemap(page.content, page.url)
    entries = list(sitemap.entries)
    failed: list[FetchError | ReadError] = []
    for nested in sorted(sitemap.sitemaps, key=_changed, reverse=True)[:NESTED_SITEMAPS]:
        try:
            inner = fetcher.fetch(nested.url, source=source)
            entries += read_sitemap(inner.content, inner.url).entries
        except (FetchError, ReadError) as e:
            log.info("%s: %s", nested.url, e.message)
            failed.append(e)
    if failed and not entries:
        raise failed[0]
    return tuple(entries)


def _changed(entry: FeedEntry) -> str:
    """Sorts sitemaps by the day of their last change; those that give none come last."""
    return entry.published.isoformat()[:10] if entry.published else ""


def _article(job: Read, page: Page, now: datetime) -> Article:
    read = read_page(page.content, page.url, content_type=page.content_type)
    return assemble_article(read, job.entry, source_id=job.source.id, url=page.url, validators=page.validators, now=now)


def assemble_article(
    read: PageText, entry: FeedEntry, *, source_id: str, url: str, validators: Validators, now: datetime
) -> Article:
    """Join what the page says with what the listing said of it; the page's own word comes first.

    Raises ReadError when there is no title or no text: then it is not an article.
    """
    title, text = read.title or entry.title, read.text or read.lead
    if not title:
        raise ReadError("not_an_article", "the page has no title, and the listing gave none")
    if not text:
        raise ReadError("not_an_article", "no article text found on the page")
    identity = _identity(read.canonical_url, url)
    return Article(
        url=identity,
        address=None if identity == urls.opening(url) else urls.opening(url),
        title=title,
        lead=read.lead if read.text else None,
        text=text,
        author=read.author,
        published=_published(believable(read.published, now), believable(entry.published, now)),
        source_id=source_id,
        fetched_at=now,
        validators=validators,
    )


def _identity(claimed: str | None, fetched: str) -> str:
    """The address that stands for the article: its own claim where that lies on the same host and names a page."""
    if claimed:
        claim, address = urlsplit(urls.canonical(claimed, base=fetched)), urlsplit(urls.canonical(fetched))
        if claim.netloc == address.netloc and claim.path.strip("/"):
            return claim.geturl()
    return urls.canonical(fetched)


def _published(page: datetime | date | None, listed: datetime | date | None) -> datetime | date | None:
    """The page's own date, unless it is the listing's with day and month changed over, or the listing knows the time.

    "9/10/2026 10:45:00 AM" is 9 October on one portal and 10 September on the next; a feed's date has one reading.
    """
    if page is None or listed is None:
        return page or listed
    swapped = page.day != page.month and (page.year, page.month, page.day) == (listed.year, listed.day, listed.month)
    adds_time = isinstance(listed, datetime) and not isinstance(page, datetime) and _day_here(listed) == page
    return listed if swapped or adds_time else page


def _day_here(moment: datetime) -> date:
    """The day in Vietnam; what has no zone is Vietnam's already."""
    return (moment.astimezone(LOCAL) if moment.tzinfo else moment).date()


def believable(published: datetime | date | None, now: datetime) -> datetime | date | None:
    """The date, unless it lies in the future: then it is wrong, which is no date."""
    if isinstance(published, datetime):
        return published if published.astimezone(UTC) <= now + CLOCK_AHEAD else None
    return published if published is None or published <= (now + CLOCK_AHEAD).date() else None
