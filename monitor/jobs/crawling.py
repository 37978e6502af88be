"""A crawl in parts, one for each host: what is put into the queue, and what a worker does with a part."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from crawlers import urls
from crawlers.http import Fetcher
from crawlers.records import Source
from index.archive import Archive
from index.records import PartKey
from monitor.assembly import Desk
from monitor.jobs.queue import CRAWL, Queue
from monitor.pipeline import RECHECK_AFTER, YOUNG, Run

AT_ONCE = 4
"""Hosts that one part asks at the same time: its own, and those that its lists lead to."""
Groups = Mapping[str, tuple[Source, ...]]


def by_host(sources: Iterable[Source]) -> dict[str, tuple[Source, ...]]:
    """The sources of each host. "www." is the same host; of the user's own network each port is one.

    >>> from tests.fakes import a_source
    >>> list(by_host([a_source(url="https://www.a.vn/rss"), a_source(id="b", url="https://a.vn/tin")]))
    ['a.vn']
    """
    groups: dict[str, tuple[Source, ...]] = {}
    for source in sources:
        found = urls.address(source.url)
        name = source.url if found is None else found.authority if source.local else found.host.removeprefix("www.")
        groups[name] = (*groups.get(name, ()), source)
    return groups


def with_work(archive: Archive, sources: Iterable[Source], now: datetime) -> Groups:
    """The hosts that have something to do now: a source to poll, a link to read, an article to ask again."""
    known = {source.id: source for source in sources}
    states = archive.links.source_states()
    dues = {key: state.next_due_at for key, state in states.items()}
    waiting = archive.links.waiting_sources(now)
    young = archive.links.to_recheck(list(known), seen_after=now - YOUNG, checked_before=now - RECHECK_AFTER)
    again = {link.source_id for link in young}

    def has_work(source: Source) -> bool:
        due = dues.get(source.id)
        return due is None or due <= now or source.id in waiting or source.id in again

    groups = by_host(known.values())
    return {host: some for host, some in groups.items() if any(map(has_work, some))}


def put_crawl(queue: Queue, archive: Archive, groups: Groups, now: datetime, *, all_sources: bool) -> int:
    """Hand out a crawl, a part for each host; the run's id."""
    run_id = archive.runs.start(now, parts=groups)
    for host, sources in groups.items():
        queue.put(
            "crawl",
            queue=CRAWL,
            lock=_lock(host),
            arguments={
                "run_id": run_id,
                "part": host,
                "sources": [asdict(source) for source in sources],  # a worker need not have the user's own file of them
                "all_sources": all_sources,
                "asked_at": now.isoformat(),
            },
        )
    return run_id


def put_due(queue: Queue, archive: Archive, sources: Iterable[Source], now: datetime) -> int:
    """Hand out what is due, but for hosts whose turn is in the queue already; how many hosts that is."""
    busy = queue.busy_locks()
    groups = {host: some for host, some in with_work(archive, sources, now).items() if _lock(host) not in busy}
    if groups:
        put_crawl(queue, archive, groups, now, all_sources=False)
    return len(groups)


def _lock(host: str) -> str:
    return f"host {host}"


def crawl_part(
    desk: Desk, fetcher: Fetcher, arguments: Mapping[str, Any], *, now: datetime, check: Callable[[], None]
) -> None:
    """Crawl the sources of one host. `check` is called between outcomes, and raises to give the rest back.

    What a worker before this one did of the part stands: its links are done or pending, its counts are kept.
    """
    part = PartKey(run_id=arguments["run_id"], name=arguments["part"])
    if is_done(desk.archive, part):
        return
    sources = [Source(**fields) for fields in arguments["sources"]]
    run = Run(desk, sources, now=now, part=part, since=datetime.fromisoformat(arguments["asked_at"]))
    outcomes = run.drive(fetcher, run.jobs(all_sources=arguments["all_sources"]), workers=AT_ONCE)
    try:
        for _ in outcomes:
            check()
    except BaseException:
        outcomes.close()
        run.keep()
        raise
    # the next one to have this host's lock may be on another machine, and knows nothing of our last request
    time.sleep(max(source.delay for source in sources))
    desk.archive.runs.finish_part(part, datetime.now(UTC))


def is_done(archive: Archive, part: PartKey) -> bool:
    return any(one.is_done for one in archive.runs.parts(part.run_id) if one.name == part.name)
