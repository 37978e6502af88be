"""The archive's database: opening it, bringing its tables up to date, and all that is peculiar to SQLite.

What is peculiar to PostgreSQL stands in index/postgres.py.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Engine, Table, create_engine, event, exc, inspect, select, table
from sqlalchemy import column as any_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url

from index import postgres
from index.codec import dumps
from index.errors import ArchiveError
from index.kept.tables import HEAD
from index.records import Server

T = TypeVar("T")
_BUSY_MS = 10_000
_MOST_VALUES = 500
"""How many values one IN list holds."""
_IMMEDIATE = {"immediate": True}


def open_engine(url: str) -> Engine:
    """An engine whose database holds today's tables, made or migrated if need be."""
    engine = make_engine(url)
    try:
        with translated_errors(engine.url):
            _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def make_engine(url: str) -> Engine:
    """An engine as it is; nothing is connected yet. ArchiveError where the address can't be read."""
    try:
        parsed = postgres.with_driver(make_url(url))
        options = postgres.engine_options(parsed) if postgres.is_postgres(parsed) else {}
        engine = create_engine(parsed, json_serializer=_to_json, json_deserializer=orjson.loads, **options)
    except (exc.ArgumentError, exc.NoSuchModuleError, ValueError):
        # neither the address nor the library's words about it: a password may be in them
        raise ArchiveError(f"Không hiểu địa chỉ kho lưu trữ. {_WRITE}") from None
    except ModuleNotFoundError as e:
        raise ArchiveError(f"Thiếu thư viện {e.name} để mở kho lưu trữ {shown(parsed)}. Cài nó rồi chạy lại") from e
    if engine.dialect.name not in ("sqlite", "postgresql"):
        raise ArchiveError(f"Kho lưu trữ không dùng được trên {engine.dialect.name}. {_WRITE}")
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


_WRITE = "Viết như sqlite:///du-lieu/archive.db hoặc postgresql://nguoi-dung:mat-khau@may-chu/ten"


def shown(url: URL) -> str:
    """An address as it may be shown to anyone."""
    return postgres.shown(url) if postgres.is_postgres(url) else url.render_as_string()


def describe(connection: Connection) -> Server:
    """What a connection leads to."""
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    version = ".".join(map(str, connection.dialect.server_version_info or ()))
    url = connection.engine.url
    at = shown(url) if postgres.is_postgres(url) else str(url.database)
    return Server(name=names[connection.dialect.name], version=version, at=at)


def _to_json(values: Any) -> str:
    return dumps(values).decode()


# --- SQLite ---


def _prepare_sqlite(engine: Engine) -> None:
    if engine.url.database and engine.url.database != ":memory:":
        try:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise ArchiveError(f"Không tạo được thư mục cho {engine.url.database} ({e.strerror}). Chọn nơi khác") from e
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: Python's module begins too late for a consistent read
    # FULL: what was committed survives kill -9 (NORMAL would do for that) and a power cut as well. One sync a commit
    # is one sync a listing or a batch of articles, next to the network's seconds.
    for pragma in (f"busy_timeout={_BUSY_MS}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """The first to open an archive sets this for all; SQLite does not wait for the lock by itself here."""
    ends = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as e:
            if e.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    # a write that begins as a read fails at once when another process wrote in between; an immediate one waits
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def insert_into(connection: Connection, into: Table) -> postgresql.Insert | sqlite.Insert:
    """INSERT with ON CONFLICT, which both databases have and SQLAlchemy keeps apart."""
    return sqlite.insert(into) if connection.dialect.name == "sqlite" else postgresql.insert(into)


# --- transactions ---


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view; nothing waits for it."""
    with translated_errors(engine.url), engine.connect() as connection:
        yield postgres.begin_reading(connection) if _is_postgres(engine) else connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """All or nothing, on disk when it ends. One at a time, whichever process or machine writes."""
    with (
        translated_errors(engine.url),
        engine.connect().execution_options(**_IMMEDIATE) as connection,
        connection.begin(),
    ):
        if _is_postgres(engine):
            postgres.begin_writing(connection)
        yield connection


def _is_postgres(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


@contextmanager
def translated_errors(url: URL) -> Iterator[None]:
    try:
        yield
    except exc.DBAPIError as e:
        if postgres.is_bug(e):
            raise
        raise ArchiveError(postgres.meaning(e, url) if postgres.is_postgres(url) else _sqlite_meaning(e, url)) from e
    except exc.TimeoutError as e:
        raise ArchiveError(
            f"Kho lưu trữ {shown(url)}: hết kết nối trong tiến trình này. Chạy ít việc cùng lúc hơn"
        ) from e


def _sqlite_meaning(error: exc.DBAPIError, url: URL) -> str:
    reason = str(error.orig).partition("\n")[0]
    return f"Kho lưu trữ {shown(url)} không dùng được ({reason}). Kiểm tra tệp, quyền ghi và chỗ trống"


def batched(values: Sequence[T], size: int = _MOST_VALUES) -> Iterator[Sequence[T]]:
    """As many values at a time as one IN list holds."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


# --- migrations ---


def _migrate(engine: Engine) -> None:
    with reading(engine) as connection:
        if _revision(connection) == HEAD:
            return
    with writing(engine) as connection:  # two processes that start at once: the second waits, and finds it done
        if _is_postgres(engine):
            postgres.check_server(connection)
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    """Run the steps that this archive lacks. Without Alembic's env.py: we have a connection, and no command line."""
    from alembic.migration import MigrationContext  # 0.2 s that only a new or an old archive pays for
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory
    from alembic.script.revision import RevisionError
    from alembic.util import CommandError

    context = MigrationContext.configure(connection)
    scripts = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    try:
        steps = list(scripts.iterate_revisions(_target(), context.get_current_revision() or "base"))
    except (CommandError, RevisionError) as e:
        message = f"Kho lưu trữ {shown(connection.engine.url)} do phiên bản mới hơn của chương trình tạo ra. Hãy nâng cấp chương trình"
        raise ArchiveError(message) from e
    for step in reversed(steps):
        with Operations.context(context):
            step.module.upgrade()
        context.stamp(scripts, step.revision)


def _target() -> str:
    """How far an archive is brought."""
    return "head"


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(any_column("version_num")).select_from(table("alembic_version")))
