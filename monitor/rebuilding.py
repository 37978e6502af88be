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
from index.kept.annotating import says_else
from index.memory import give_back
from index.tantivy import TantivyIndex
from index.terms import terms_to_keep
from models.annotation import model_version
from monitor.alerts.trouble import unreadable_said
from monitor.config import Config
from monitor.console import progress
from monitor.parallel import Annotators, cores, text_of
from monitor.swapping import NEW, OLD
from monitor.tagging import batches, read_tagging

BATCH = 500
WORTH_IT = 300
"""Articles from which on it pays to start a process for each core: each takes a second or two to start."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuilt:
    """What a rebuilding did, and which indices it left beside the new ones."""

    indexed: int
    refused: int
    """Articles that the index would not take or that can't be read: they wait in the outbox, each with why."""
    is_resumed: bool = False
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reread:
    """How many articles were read again, and how many of them say something else now."""

    read: int
    changed: int


def rebuild(config: Config) -> Rebuilt:
    """Build a new index beside the old one and put it in its place.

    The old one serves until then, and nobody writes to it meanwhile: what is crawled waits in the outbox, and goes into
    the new one; so does what can't be read, once it can. A kill leaves the old index as it was. Raises LockedError while
    another process rebuilds or writes.
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
            count, unreadable = _fill(archive, index)
        if config.index_folder.exists():
            config.index_folder.rename(old)
        new.rename(config.index_folder)
        shutil.rmtree(old, ignore_errors=True)
        archive.refuse(unreadable)
    return Rebuilt(indexed=count, refused=len(unreadable))


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


def _fill(archive: Archive, index: TantivyIndex) -> tuple[int, dict[str, str]]:
    """How many articles it holds then, and why others are missing, by id."""
    total = archive.counts().articles
    unreadable: dict[str, Exception] = {}
    with progress("Lập chỉ mục", total) as bar:
        for number, document in enumerate(archive.all_documents(unreadable=unreadable), 1):
            index.add([document])
            bar.advance()
            if number % (BATCH * 20) == 0:
                index.commit()
                give_back()
        index.commit()
    return index.count(), {key: unreadable_said(e) for key, e in unreadable.items()}


def annotate_again(
    config: Config, *, places: Mapping[str, str | None], processes: int | None = None, all_again: bool = False
) -> Reread:
    """Let today's models read the articles of the archive again that they have not read yet; with `all_again`, all.

    The old annotations are kept beside the new. A kill costs the last batch; the next call goes on from there.
    On all cores, unless a number of `processes` is given or there is too little to read for more than one.
    """
    with ExitStack() as stack:
        archive = stack.enter_context(closing(open_archive(config.archive_url)))
        tagging = read_tagging(config, archive)
        version = None if all_again else model_version(tagging)
        total = archive.counts().articles if version is None else archive.count_unread(version)
        several = processes or (cores() if total >= WORTH_IT else 1)
        annotators = stack.enter_context(Annotators(several, tagging=tagging))
        bar = stack.enter_context(progress("Đọc lại", total))
        read = changed = 0
        for batch in batches(archive.all_articles(unread_by=version), BATCH):
            found = annotators.annotate_texts(
                [text_of(kept.article, places, wants_terms=not kept.has_terms) for kept in batch]
            )
            annotated = list(zip(batch, found, strict=True))
            before = archive.annotations([kept.id for kept in batch], only_readable=True)
            changed += sum(says_else(before.get(kept.id), annotation) for kept, annotation in annotated)
            archive.annotate(annotated, datetime.now(UTC))
            read += len(batch)
            bar.advance(len(batch))
    return Reread(read=read, changed=changed)


def keep_missing_terms(config: Config) -> int:
    """Make the terms of the articles that an older program stored, and keep them with their versions; how many articles.

    Whoever indexes such an article makes its terms each time. A kill costs the last batch.
    """
    with closing(open_archive(config.archive_url)) as archive:
        total = archive.count_without_terms()
        with progress("Tìm cụm từ", total) as bar:
            for batch in batches(archive.all_articles(without_terms=True), BATCH):
                articles = [kept.article for kept in batch]
                found = [terms_to_keep(article.title, article.lead, article.text) for article in articles]
                archive.keep_terms(zip(batch, found, strict=True))
                bar.advance(len(batch))
    return total
