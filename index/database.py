"""The archive's database: opening it, bringing its tables up to date, and all that is peculiar to SQLite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Engine, Table, create_engine, event, exc, inspect, select, table
from sqlalchemy import column as any_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url

from index.codec import dumps
from index.errors import ArchiveError
from index.tables import HEAD

T = TypeVar("T")
_BUSY_MS = 10_000
_MOST_VALUES = 500
"""How many values one IN list holds."""
_IMMEDIATE = {"immediate": True}


def open_engine(url: str) -> Engine:
    """An engine whose database holds today's tables, made or migrated if need be."""
    engine = _create(url)
    try:
        with translated_errors(engine.url):
            _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _create(url: str) -> Engine:
    try:
        parsed = make_url(url)
        engine = create_engine(parsed, json_serializer=_to_json, json_deserializer=orjson.loads)
    except (exc.ArgumentError, exc.NoSuchModuleError) as e:
        raise ArchiveError(f"Không hiểu địa chỉ kho lưu trữ “{url}”. Viết như sqlite:///du-lieu/archive.db") from e
    except ModuleNotFoundError as e:
        raise ArchiveError(f"Thiếu thư viện {e.name} để mở kho lưu trữ {parsed!r}. Cài nó rồi chạy lại") from e
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


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
    for pragma in (f"busy_timeout={_BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


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
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """All or nothing, on disk when it ends."""
    with (
        translated_errors(engine.url),
        engine.connect().execution_options(**_IMMEDIATE) as connection,
        connection.begin(),
    ):
        yield connection


_BUGS = (exc.IntegrityError, exc.ProgrammingError, exc.DataError)


@contextmanager
def translated_errors(url: URL) -> Iterator[None]:
    try:
        yield
    except _BUGS:
        raise
    except exc.DBAPIError as e:
        reason = str(e.orig).partition("\n")[0]
        raise ArchiveError(
            f"Kho lưu trữ {url!r} không dùng được ({reason}). Kiểm tra tệp, quyền ghi và chỗ trống"
        ) from e


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
        steps = list(scripts.iterate_revisions("head", context.get_current_revision() or "base"))
    except (CommandError, RevisionError) as e:
        message = f"Kho lưu trữ {connection.engine.url!r} do phiên bản mới hơn của chương trình tạo ra. Hãy nâng cấp chương trình"
        raise ArchiveError(message) from e
    for step in reversed(steps):
        with Operations.context(context):
            step.module.upgrade()
        context.stamp(scripts, step.revision)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(any_column("version_num")).select_from(table("alembic_version")))
