"""Opening an archive: migrations on both databases, addresses, and what people read where it can't be opened."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from crawlers.records import FeedEntry
from index import database
from index.archive import Archive, open_archive
from index.database import open_engine
from index.errors import ArchiveError
from index.kept import tables
from index.records import NewArticle, SourceState
from tests.databases import unique_name
from tests.index.makers import NOON, an_annotation, an_article
from tests.postgres_server import PASSWORD, USER, PostgresServer, a_database

SCRIPTS = ScriptDirectory(str(Path(database.__file__).parent / "migrations"))
REVISIONS = tuple(script.revision for script in reversed(list(SCRIPTS.walk_revisions())))
"""The oldest first."""


@pytest.fixture
def named(postgres: PostgresServer) -> Iterator[str]:
    """The name of an empty database on PostgreSQL."""
    name = unique_name("tin")
    with a_database(postgres, name):
        yield name


def store_one(archive: Archive) -> str:
    (stored,) = archive.store_articles([NewArticle(article=an_article(), annotation=an_annotation("security"))], NOON)
    return stored.id


# --- migrations


def test_the_migrations_make_just_the_tables_that_the_code_works_with(empty_archive_url: str) -> None:
    engine = open_engine(empty_archive_url)

    assert differences(engine) == []
    assert SCRIPTS.get_current_head() == tables.HEAD
    engine.dispose()


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_an_archive_of_each_earlier_revision_is_brought_up_to_date(
    empty_archive_url: str, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(database, "HEAD", revision)
        earlier.setattr(database, "_target", lambda: revision)
        engine = open_engine(empty_archive_url)
    with engine.begin() as connection:
        for statement in AN_OLD_ARTICLE:
            connection.execute(text(statement))
        if revision >= "0005":  # whoever stores a version numbers it
            connection.execute(text("UPDATE article_versions SET number = version"))
    engine.dispose()

    engine = open_engine(empty_archive_url)

    assert differences(engine) == []
    engine.dispose()
    archive = open_archive(empty_archive_url)
    assert [version.title for version in archive.versions("2d03d9fa419996d0")] == ["Tin cũ", "Tin cũ, sửa"]
    assert archive.document(store_one(archive)) is not None
    with archive._engine.connect() as connection:
        numbers = connection.execute(text("SELECT number FROM article_versions ORDER BY fetched_at, version"))
        assert list(numbers.scalars()) == [1, 2, 3]
    archive.close()


AN_OLD_ARTICLE = (
    "INSERT INTO articles (id, source_id, url, version, content_hash, first_seen_at, checked_at)"
    " VALUES ('2d03d9fa419996d0', 'bao-a', 'https://laocai.gov.vn/tin/1', 2, 'x', '2024-01-01', '2024-01-02')",
    "INSERT INTO article_versions (article_id, version, title, text, published_is_date, fetched_at, content_hash) VALUES"
    " ('2d03d9fa419996d0', 1, 'Tin cũ', 'Bài.', false, '2024-01-01', 'w'),"
    " ('2d03d9fa419996d0', 2, 'Tin cũ, sửa', 'Bài.', false, '2024-01-02', 'x')",
)


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), tables.metadata))


def test_two_that_open_a_new_archive_at_once_make_its_tables_once(empty_archive_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        archives = list(threads.map(open_archive, [empty_archive_url] * 4))

    assert [archive.counts().articles for archive in archives] == [0] * 4
    for archive in archives:
        archive.close()


def test_an_archive_opens_again_with_what_it_held(archive_url: str) -> None:
    first = open_archive(archive_url)
    store_one(first)
    first.close()

    again = open_archive(archive_url)

    assert again.counts().articles == 1
    again.close()


def test_an_archive_of_a_newer_program_is_refused(archive: Archive, archive_url: str) -> None:
    with archive._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(ArchiveError, match="mới hơn"):
        open_archive(archive_url)


# --- SQLite


def test_a_file_that_somebody_is_just_writing_to_for_the_first_time_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE theirs (a)")
        other.execute("BEGIN IMMEDIATE")
        done = threading.Timer(0.3, other.execute, ["COMMIT"])
        done.start()

        archive = open_archive(f"sqlite:///{path}")

        done.join()
        assert archive.counts().articles == 0
        archive.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def test_foreign_keys_hold_and_the_journal_is_a_wal_synced_at_each_commit(file: Path) -> None:
    archive = open_archive(f"sqlite:///{file}")
    with archive._engine.connect() as connection:
        pragmas = [
            connection.scalar(text(f"PRAGMA {name}")) for name in ("foreign_keys", "journal_mode", "synchronous")
        ]
    archive.close()

    assert pragmas == [1, "wal", 2]


def test_a_file_that_is_no_database_is_refused(file: Path) -> None:
    file.write_bytes(b"not a database at all, sorry" * 100)

    with pytest.raises(ArchiveError):
        open_archive(f"sqlite:///{file}")


def test_a_reader_goes_on_while_another_writes(file: Path) -> None:
    archive = open_archive(f"sqlite:///{file}")
    store_one(archive)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert archive.counts().articles == 1

    other.execute("ROLLBACK")
    other.close()
    archive.close()


# --- addresses


@pytest.mark.parametrize(
    "url",
    ["no address", "nosuch://host/db", "sqlite:////proc/nowhere/archive.db", "postgresql://a:bi-mat@host:x/db", "mysql://a:bi-mat@h/d"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_refused_with_what_to_do_and_without_its_secrets(url: str) -> None:
    with pytest.raises(ArchiveError) as refused:
        open_archive(url)

    assert "bi-mat" not in told(refused.value)


def told(error: BaseException) -> str:
    """All that a log would show of it."""
    said = ""
    seen: BaseException | None = error
    while seen is not None:
        said += f"{seen!r} {seen}\n"
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return said


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_an_address_is_taken_as_people_write_it(postgres: PostgresServer, named: str, scheme: str) -> None:
    archive = open_archive(postgres.url(named).replace("postgresql", scheme, 1))

    assert archive.counts().articles == 0
    archive.close()


def test_the_options_of_an_address_are_the_drivers(postgres: PostgresServer, named: str) -> None:
    archive = open_archive(f"{postgres.url(named)}?application_name=toa-soan&options=-c%20work_mem%3D8MB")

    with archive._engine.connect() as connection:
        named = [connection.scalar(text(f"SHOW {name}")) for name in ("application_name", "work_mem", "lock_timeout")]
    archive.close()

    assert named == ["toa-soan", "8MB", "1min"]


# --- what people read


def refusal(url: str) -> str:
    with pytest.raises(ArchiveError) as refused:
        open_archive(url)
    assert PASSWORD not in told(refused.value)
    return str(refused.value)


def test_a_server_that_is_away_is_said_so_with_where_it_was_looked_for(postgres: PostgresServer) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, and nobody listens
        port = nobody.getsockname()[1]
        said = refusal(f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{port}/tin")

    assert f"postgresql://127.0.0.1:{port}/tin" in said
    assert "Kiểm tra máy chủ PostgreSQL đang chạy" in said


def test_a_wrong_password_a_missing_database_and_missing_rights_are_told_apart(
    postgres: PostgresServer, named: str
) -> None:
    postgres.execute(f"CREATE ROLE \"lan-{named}\" LOGIN PASSWORD '{PASSWORD}'")
    try:
        assert "mật khẩu" in refusal(postgres.url(named, password="sai"))
        assert "mật khẩu" in refusal(postgres.url(named, user="khong-co"))
        assert "createdb" in refusal(postgres.url("khong-co"))
        assert "không đủ quyền" in refusal(postgres.url(named, user=f"lan-{named}"))
    finally:
        postgres.execute(f'DROP ROLE "lan-{named}"')


def test_a_server_that_only_reads_is_said_so_and_still_read(postgres: PostgresServer, named: str) -> None:
    url = postgres.url(named)
    open_archive(url).close()
    postgres.execute(f'ALTER DATABASE "{named}" SET default_transaction_read_only = on')

    archive = open_archive(url)
    assert archive.counts().articles == 0
    with pytest.raises(ArchiveError, match="chỉ cho đọc"):
        store_one(archive)
    archive.close()


def test_a_database_that_holds_no_vietnamese_is_refused(postgres: PostgresServer) -> None:
    name = unique_name("latin")
    postgres.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
    try:
        assert "--encoding=UTF8" in refusal(postgres.url(name))
    finally:
        postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_connection_lost_within_a_batch_keeps_what_was_stored_and_the_next_batch_goes_on(
    postgres: PostgresServer, named: str
) -> None:
    url = postgres.url(named)
    archive = open_archive(url)
    store_one(archive)

    with pytest.raises(ArchiveError, match="chạy lại lệnh này") as lost:
        archive.links.store_listing(SourceState(source_id="bao-a"), breaks_off(postgres, named), NOON)

    assert PASSWORD not in told(lost.value)
    assert archive.links.source_states() == {}
    assert archive.counts().articles == 1
    archive.close()


def breaks_off(server: PostgresServer, name: str) -> Iterator[FeedEntry]:
    """A listing during which the server ends all its sessions."""
    with psycopg.connect(server.url(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    yield FeedEntry(url="https://bao.example/1")
