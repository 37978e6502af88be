"""Config ─► the running parts. The one file that builds concrete things."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers import sources as catalogue
from crawlers.records import Source
from index.archive import Archive, open_archive
from index.base import Index
from index.kept.host_turns import HostTurns
from index.tantivy import TantivyIndex
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.swapping import finish_swap

if TYPE_CHECKING:
    from crawlers.http import HttpFetcher
    from index.elastic import ElasticIndex
    from monitor.mail import Mailer


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The stores of one data folder, open."""

    config: Config
    archive: Archive
    index: Index


@contextmanager
def open_desk(config: Config) -> Iterator[Desk]:
    """Open archive and index, making what is missing; both are closed at the end.

    Raises MonitorError when the folder can't be made, and the index floor's errors.
    """
    try:
        config.data.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise MonitorError(f"không tạo được thư mục {config.data}: {e.strerror}. Chọn nơi khác bằng --data") from e
    archive = open_archive(config.archive_url)
    try:
        index = _open_index(config)
        try:
            yield Desk(config=config, archive=archive, index=index)
        finally:
            index.close()
    finally:
        archive.close()


def _open_index(config: Config) -> Index:
    if config.elasticsearch_url is not None:
        return open_elastic(config)
    finish_swap(config)
    config.index_folder.mkdir(parents=True, exist_ok=True)
    return TantivyIndex(config.index_folder)


def open_elastic(config: Config) -> ElasticIndex:
    """The index on the cluster that the settings name; nothing is asked of it yet.

    Raises MonitorError where they name none.
    """
    from index.elastic import ElasticIndex  # half a second that the embedded index does without
    from index.engines.elastic_client import ElasticSettings

    urls = tuple(url.strip() for url in (config.elasticsearch_url or "").split(",") if url.strip())
    if not urls:
        raise MonitorError("chưa đặt MONITOR_ELASTICSEARCH_URL. Đặt nó, ví dụ https://may-chu:9200, rồi chạy lại")
    key, password = config.elasticsearch_api_key, config.elasticsearch_password
    return ElasticIndex(
        ElasticSettings(
            urls=urls,
            api_key=key.get_secret_value() if key else None,
            user=config.elasticsearch_user,
            password=password.get_secret_value() if password else None,
            ca_file=config.elasticsearch_ca_file,
            prefix=config.elasticsearch_prefix,
            shards=config.elasticsearch_shards,
            replicas=config.elasticsearch_replicas,
            refresh=config.elasticsearch_refresh,
            timeout=config.elasticsearch_timeout,
            tries=config.elasticsearch_tries,
        )
    )


@contextmanager
def make_fetcher(config: Config, *, patience: float | None = None, tries: int | None = None) -> Iterator[HttpFetcher]:
    """The polite HTTP client, closed at the end; `patience` and `tries` go before the settings.

    Where several processes may crawl for one archive, they take turns at each host.
    """
    from crawlers.hosts import no_turns
    from crawlers.http import HttpFetcher, Limits  # whoever only searches does without it

    total = patience or config.timeout
    limits = Limits(
        connect=min(10.0, total),
        read=total,
        total=total,
        max_bytes=config.max_page_bytes,
        retries=(tries or config.tries) - 1,
    )
    with ExitStack() as stack:
        turns = stack.enter_context(closing(HostTurns(config.archive_url))).turn if config.is_shared else no_turns
        yield stack.enter_context(HttpFetcher(contact=config.contact, limits=limits, turns=turns))


def make_mailer(config: Config) -> Mailer:
    """The way that mail takes; nothing is connected yet.

    Raises WayClosedError where the settings name none, and MonitorError where they can't be read.
    """
    from monitor.mail import FolderMailer, WayClosedError  # whoever sends nothing does without them
    from monitor.smtp import SmtpMailer
    from monitor.smtp_line import read_smtp_url

    url = config.smtp_url.get_secret_value() if config.smtp_url else ""
    if not url:
        raise WayClosedError("chưa đặt MONITOR_SMTP_URL. Đặt nó, ví dụ smtps://nguoi-dung:mat-khau@thu.example.vn")
    if url.startswith("folder:"):
        return FolderMailer(config.data / url.removeprefix("folder:"))
    if config.mail_address is None:
        raise WayClosedError("chưa đặt MONITOR_MAIL_FROM. Đặt nó, ví dụ “Điểm tin <diem-tin@tinh.gov.vn>”")
    settings = read_smtp_url(
        url, sender=config.mail_address, ca_file=config.smtp_ca_file, timeout=config.smtp_timeout,
        per_minute=config.mail_per_minute,
    )  # fmt: skip
    return SmtpMailer(settings)


def load_sources(config: Config) -> tuple[Source, ...]:
    """The catalogue that comes with the program, and the user's own sources after it; own ids go before.

    A store made from the bundled newsroom knows the newsroom's outlets in place of the catalogue's.
    """
    if config.newsroom_mark.exists():
        return newsroom_sources(config)
    own = catalogue.load(config.sources_file) if config.sources_file.exists() else ()
    mine = {source.id for source in own}
    return tuple(source for source in catalogue.load() if source.id not in mine) + own


def newsroom_sources(config: Config) -> tuple[Source, ...]:
    """The bundled newsroom's outlets on the ports that this store knows them by."""
    from monitor.demo.newsroom import Newsroom

    try:
        port = int(config.newsroom_mark.read_text())
    except (OSError, ValueError):
        port = config.demo_port
    return Newsroom(port=port).sources
