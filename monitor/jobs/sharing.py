"""Work handed to the workers, with the one who handed it out looking on until it is done."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime

from crawlers.records import Failure, Source
from index.archive import Archive, open_archive
from models.annotation import model_version
from monitor.alerts.matching import Matching
from monitor.assembly import Desk
from monitor.config import Config
from monitor.console import progress, talk
from monitor.errors import MonitorError
from monitor.indexing import catch_up
from monitor.jobs.annotating import put_annotate
from monitor.jobs.crawling import by_host, put_crawl, with_work
from monitor.jobs.queue import Queue, open_queue
from monitor.pipeline import Summary
from monitor.rebuilding import Reread
from monitor.tagging import read_tagging

_LOOK_EVERY = 0.5
_SOURCES = "sources_"
_BECAUSE = "because_"


def has_workers(config: Config) -> bool:
    """Whether work can be handed out: the archive is on a server, and some worker gave a sign of life lately."""
    if not config.is_shared:
        return False
    with open_queue(config) as queue:
        return queue.alive() > 0


def crawl_by_workers(desk: Desk, sources: Sequence[Source], *, all_sources: bool) -> Summary:
    """Let the workers crawl what is due, and wait until they have; then bring our index up to the archive.

    As at the end of every crawl, the new articles are held against the alerts.
    """
    now = datetime.now(UTC)
    groups = by_host(sources) if all_sources else with_work(desk.archive, sources, now)
    summary = Summary()
    if groups:
        with open_queue(desk.config) as queue:
            run_id = put_crawl(queue, desk.archive, groups, now, all_sources=all_sources)
            summary = summary_of(look_on(queue, desk.archive, desk.config, run_id, "Thu thập"))
        summary.failures = _failures(desk.archive, run_id)
    summary.waits = catch_up(desk).waits
    Matching().run(desk, datetime.now(UTC))
    return summary


def annotate_by_workers(config: Config, places: Mapping[str, str | None]) -> Reread:
    """Let the workers read the archive again with today's models, and wait until they have."""
    with closing(open_archive(config.archive_url)) as archive, open_queue(config) as queue:
        version = model_version(read_tagging(config, archive))
        run_id = put_annotate(queue, archive, places, version, datetime.now(UTC))
        counts = look_on(queue, archive, config, run_id, "Đọc lại")
    return Reread(read=counts["read"], changed=counts["changed"])


def look_on(queue: Queue, archive: Archive, config: Config, run_id: int, name: str) -> Counter[str]:
    """What the parts of a run counted, when all are done.

    MonitorError when a part failed for good, or nobody works any more. Ctrl-C stops looking on, not the work.
    """
    parts = archive.runs.parts(run_id)
    seen_alive = time.monotonic()
    try:
        with progress(name, len(parts)) as bar:
            done = 0
            while not all(part.is_done for part in parts):
                left = queue.left_of(run_id)  # asked before the parts are: a job ends after its part
                parts = archive.runs.parts(run_id)
                bar.advance((now_done := sum(part.is_done for part in parts)) - done)
                done = now_done
                if not left and done < len(parts):
                    raise MonitorError(f"{len(parts) - done} phần không làm được. Xem lý do: monitor doctor")
                seen_alive = time.monotonic() if queue.alive() else seen_alive
                if time.monotonic() - seen_alive > 2 * config.dead_after:
                    raise MonitorError(
                        "không còn worker nào chạy. Việc vẫn nằm trong hàng đợi: chạy lại monitor worker"
                    )
                time.sleep(_LOOK_EVERY)
    except KeyboardInterrupt:
        talk("Các worker vẫn làm tiếp; xem tiến độ: monitor doctor")
        raise
    return sum((Counter(part.counts) for part in parts), Counter())


def summary_of(counts: Mapping[str, int]) -> Summary:
    """What the parts counted, as a run tells it."""
    summary = Summary()
    for name, count in counts.items():
        if name.startswith(_SOURCES):
            summary.sources[name.removeprefix(_SOURCES)] += count
        elif name.startswith(_BECAUSE):
            summary.reasons[name.removeprefix(_BECAUSE)] += count
        else:
            summary.articles[name] += count
    return summary


def _failures(archive: Archive, run_id: int) -> list[Failure]:
    past = archive.runs.failures(run_id=run_id, limit=1_000)
    return [Failure(source_id=one.source_id, url=one.url, reason=one.reason, message=one.message) for one in past]
