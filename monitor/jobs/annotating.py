"""The whole archive read again in parts: what is put into the queue, and what a worker does with a part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from index.archive import Archive
from index.records import PartKey
from models.annotation import model_version
from monitor.assembly import Desk
from monitor.errors import MonitorError
from monitor.jobs.crawling import is_done
from monitor.jobs.queue import ANALYSIS, Queue
from monitor.parallel import annotate_texts, text_of
from monitor.tagging import batches, read_tagging

CHUNK = 500
"""Articles in a part: some seconds of one core."""
STEP = 50
"""Articles that are stored together; a killed worker's last ones are read again."""


def put_annotate(queue: Queue, archive: Archive, places: Mapping[str, str | None], version: str, now: datetime) -> int:
    """Hand out the reading of every article by today's models; the run's id."""
    ends = archive.chunks(CHUNK)
    names = [f"{number:06}" for number in range(len(ends))]
    run_id = archive.runs.start(now, kind="annotate", parts=names)
    for name, after, up_to in zip(names, ("", *ends), ends, strict=False):
        arguments = {"run_id": run_id, "part": name, "after": after, "up_to": up_to, "model": version}
        queue.put("annotate", queue=ANALYSIS, lock=None, arguments={**arguments, "places": dict(places)})
    return run_id


def annotate_part(desk: Desk, arguments: Mapping[str, Any], *, check: Callable[[], None]) -> None:
    """Read the articles of one part that these models have not read yet. `check` raises to give the rest back."""
    part = PartKey(run_id=arguments["run_id"], name=arguments["part"])
    tagging = read_tagging(desk.config, desk.archive)
    if model_version(tagging) != arguments["model"]:
        raise MonitorError(
            f"máy này có mô hình {model_version(tagging)}, việc cần mô hình {arguments['model']}. Cài cùng phiên bản "
            f"chương trình trên mọi máy và chép {desk.config.model_path.name} cho nhau"
        )
    if is_done(desk.archive, part):
        return
    left = desk.archive.all_articles(
        batch=STEP, after=arguments["after"], up_to=arguments["up_to"], unread_by=arguments["model"]
    )
    for batch in batches(left, STEP):
        check()
        texts = [text_of(kept.article, arguments["places"], wants_terms=not kept.has_terms) for kept in batch]
        found = annotate_texts(texts, tagging=tagging)
        desk.archive.annotate_once(list(zip(batch, found, strict=True)), datetime.now(UTC), part=part)
    desk.archive.runs.finish_part(part, datetime.now(UTC))
