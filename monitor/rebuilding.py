"""The index made anew from the archive, and the archive's annotations made anew by today's models."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.archive import Archive, open_archive
from index.errors import EngineError, LockedError
from index.tantivy import TantivyIndex
from models.records import Annotation
from monitor.config import Config
from monitor.console import progress
from monitor.parallel import annotate_all
from monitor.swapping import NEW, OLD
from monitor.tagging import batches, read_tagging

BATCH = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Reread:
    """How many articles were read again, and how many of them say something else now."""

    read: int
    changed: int


def rebuild(config: Config) -> int:
    """Build a new index beside the old one and put it in its place; the number of articles.

    The old one serves until then, and nobody writes to it meanwhile: what is crawled waits in the outbox, and goes into
    the new one. A kill leaves the old index as it was. Raises LockedError while another process rebuilds or writes.
    """
    new, old = config.data / NEW, config.data / OLD
    config.data.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(alone(config.data))
        for left_over in (new, old):
            shutil.rmtree(left_over, ignore_errors=True)
        archive = stack.enter_context(closing(open_archive(config.archive_url)))
        _hold(config.index_folder, stack)
        with closing(TantivyIndex(new)) as index:
            count = _fill(archive, index)
        if config.index_folder.exists():
            config.index_folder.rename(old)
        new.rename(config.index_folder)
        shutil.rmtree(old, ignore_errors=True)
    return count


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One rebuilding at a time, each of which would clear away the other's half-made index. LockedError for a second."""
    try:
        with FileLock(folder / "reindex.lock", timeout=0):
            yield
    except Timeout as e:
        raise LockedError("một lệnh reindex khác đang chạy trên kho này: đợi nó xong rồi chạy lại") from e


def _hold(folder: Path, stack: ExitStack) -> None:
    """Keep others from writing to the old index, where there is one that works.

    Raises LockedError while another process writes to it.
    """
    if not folder.exists():
        return
    try:
        stack.enter_context(closing(TantivyIndex(folder))).add(())
    except LockedError:
        raise
    except EngineError:  # damaged or of an older version, which is why it is being rebuilt
        return


def _fill(archive: Archive, index: TantivyIndex) -> int:
    total = archive.counts().articles
    with progress("Lập chỉ mục", total) as bar:
        for number, document in enumerate(archive.all_documents(), 1):
            index.add([document])
            bar.advance()
            if number % (BATCH * 20) == 0:
                index.commit()
                index.release()  # a writer keeps a note of each article that it would have replaced
        index.commit()
    return index.count()


def annotate_again(config: Config, *, processes: int, places: Mapping[str, str | None]) -> Reread:
    """Let today's models read every article of the archive again. The old annotations are kept beside the new."""
    read = changed = 0
    with closing(open_archive(config.archive_url)) as archive, progress("Đọc lại", archive.counts().articles) as bar:
        tagging = read_tagging(config, archive)
        for batch in batches(archive.all_articles(), BATCH):
            annotations = annotate_all((kept.article for kept in batch), places, processes, tagging=tagging)
            annotated = list(zip(batch, annotations, strict=True))
            changed += sum(_differs(archive, kept.id, annotation) for kept, annotation in annotated)
            archive.annotate(annotated, datetime.now(UTC))
            read += len(batch)
            bar.advance(len(batch))
    return Reread(read=read, changed=changed)


def _differs(archive: Archive, key: str, now: Annotation) -> bool:
    before = archive.annotation(key)
    if before is None:
        return True
    topics = {found.topic for found in before.topics} != {found.topic for found in now.topics}
    return topics or before.metrics != now.metrics
