"""All that is peculiar to PostgreSQL: addresses as people write them, one writer at a time, and what its errors mean."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, exc, text
from sqlalchemy.engine import URL, make_url

from index.errors import ArchiveError

DRIVER = "postgresql+psycopg"
OLDEST = (13,)
"""The oldest server that we know to work; the task queue asks for it too."""
PATIENCE_MS = 60_000
"""How long a writer waits for the one before it. Batches take hundredths of a second."""
WRITER = 0x766E_6D6F_6E31
"""The number of the lock that whoever writes holds; another program's would have to be the same by chance."""
_READING = {"isolation_level": "REPEATABLE READ"}


def is_postgres(url: URL) -> bool:
    """
    >>> from sqlalchemy.engine import make_url
    >>> [is_postgres(make_url(one)) for one in ("postgres://db/a", "postgresql+psycopg://db/a", "sqlite:///a.db")]
    [True, True, False]
    """
    return url.drivername.partition("+")[0] in ("postgres", "postgresql")


def with_driver(url: URL) -> URL:
    """The address with our driver in it, whichever name people give the server: postgres://, postgresql://.

    >>> from sqlalchemy.engine import make_url
    >>> str(with_driver(make_url("postgres://db/monitor")))
    'postgresql+psycopg://db/monitor'
    """
    return url.set(drivername=DRIVER) if url.drivername in ("postgres", "postgresql") else url


def engine_options(url: URL) -> dict[str, Any]:
    """What `create_engine` is told: connections that notice a server or a network that is gone, and let no lock hang."""
    waits = f"-c lock_timeout={PATIENCE_MS} -c idle_in_transaction_session_timeout={PATIENCE_MS}"
    keepalives = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
    given = {"connect_timeout": 10, "client_encoding": "utf8", "application_name": "vn-news-monitor", **keepalives}
    asked = {name: value for name, value in given.items() if name not in url.query}
    options = f"{waits} {own}" if isinstance(own := url.query.get("options", ""), str) else waits
    return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 24, "connect_args": {**asked, "options": options}}


def begin_reading(connection: Connection) -> Connection:
    """Let all that this connection reads be of one moment."""
    return connection.execution_options(**_READING)


def begin_writing(connection: Connection) -> None:
    """Wait until nobody else writes; the lock goes with the transaction, however that ends.

    The lock comes first and each statement then sees what was committed before it: as on SQLite, what a writer read
    can't change under it, and no two can wait for one another.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITER})


def check_server(connection: Connection) -> None:
    """ArchiveError where the server is too old, or the database can't hold Vietnamese."""
    version = connection.dialect.server_version_info or OLDEST
    if version < OLDEST:
        raise ArchiveError(f"PostgreSQL {version[0]} cũ quá: cần bản {OLDEST[0]} trở lên")
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        name = connection.engine.url.database
        raise ArchiveError(
            f"Cơ sở dữ liệu “{name}” dùng bảng mã {encoding}, không chứa được tiếng Việt. Tạo lại bằng: "
            f"createdb --encoding=UTF8 --template=template0 {name}"
        )


# --- what went wrong ---


def is_bug(error: exc.DBAPIError) -> bool:
    """Whether an error is of our own making, rather than the server's state or the account's rights."""
    ours = isinstance(error, (exc.IntegrityError, exc.ProgrammingError, exc.DataError))
    return ours and _state_of(error) not in _MEANINGS


def meaning(error: exc.DBAPIError, url: URL) -> str:
    """What happened and what to do, in one line; no password is in it."""
    at, reason = shown(url), str(error.orig).strip().partition("\n")[0]
    state = _state_of(error)
    if state in _MEANINGS:
        return f"Kho lưu trữ {at}: {_MEANINGS[state].format(user=url.username or '', database=url.database or '')}"
    if error.connection_invalidated or state.startswith(("08", "57P")):
        return f"Mất kết nối với kho lưu trữ {at} ({reason}). {_GO_ON}"
    if isinstance(error, exc.OperationalError) and not state:
        return f"Không kết nối được với kho lưu trữ {at} ({reason}). {_REACH}"
    return f"Kho lưu trữ {at} không dùng được ({reason}). Xem nhật ký của máy chủ PostgreSQL"


def shown(url: URL) -> str:
    """An address as it may be shown to anyone: host, port and database; no user's secret, no option.

    >>> from sqlalchemy.engine import make_url
    >>> shown(make_url("postgresql://lan:bí-mật@db.example:5433/tin?sslpassword=x"))
    'postgresql://db.example:5433/tin'
    """
    bare = URL.create("postgresql", host=url.host or _host_in_query(url), port=url.port, database=url.database)
    return bare.render_as_string()


def _host_in_query(url: URL) -> str | None:
    host = url.query.get("host")
    return host if isinstance(host, str) and not host.startswith("/") else None


def _state_of(error: exc.DBAPIError) -> str:
    """The five characters by which PostgreSQL names what went wrong; empty where it never got to answer.

    Of a connection that is refused the driver keeps the words alone.
    """
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state or next((code for words, code in _REFUSALS if words.search(str(error.orig))), "")


_REFUSALS = (
    (re.compile("password authentication failed|no password supplied"), "28P01"),
    (re.compile("no pg_hba.conf entry|authentication failed|not permitted to log in|role .* does not exist"), "28000"),
    (re.compile("database .* does not exist"), "3D000"),
    (re.compile("too many (clients|connections)|connection slots"), "53300"),
)
_GO_ON = "Những gì đã báo là lưu thì vẫn còn. Khi máy chủ trở lại, chạy lại lệnh này: phần dở sẽ được làm tiếp"
_REACH = "Kiểm tra máy chủ PostgreSQL đang chạy, và tên máy, cổng trong MONITOR_DATABASE_URL, rồi chạy lại: phần dở sẽ được làm tiếp"
_RIGHTS = "Cấp quyền cho tài khoản: GRANT CREATE, USAGE ON SCHEMA public và quyền đọc, ghi các bảng"
_MEANINGS = {
    "28P01": "máy chủ không nhận người dùng hoặc mật khẩu. Kiểm tra MONITOR_DATABASE_URL (hoặc PGPASSWORD, ~/.pgpass)",
    "28000": "máy chủ không cho người dùng “{user}” vào từ máy này. Kiểm tra tên người dùng và pg_hba.conf của máy chủ",
    "3D000": "chưa có cơ sở dữ liệu “{database}”. Tạo bằng: createdb --encoding=UTF8 --template=template0 {database}",
    "25006": "máy chủ chỉ cho đọc (bản sao dự phòng, hoặc default_transaction_read_only). Trỏ MONITOR_DATABASE_URL vào máy chủ chính",
    "42501": f"người dùng “{{user}}” không đủ quyền. {_RIGHTS}",
    "53100": "đĩa của máy chủ đã đầy. Dọn chỗ trống rồi chạy lại; phần dở sẽ được làm tiếp",
    "53300": "máy chủ hết chỗ cho kết nối mới. Tăng max_connections, hoặc chạy ít tiến trình hơn",
    "55P03": "một tiến trình khác ghi quá lâu nên không chờ được nữa. Chạy lại sau ít phút",
}
"""By SQLSTATE (PostgreSQL's appendix A)."""


def conninfo(url: str) -> str:
    """An archive's address as libpq takes it, for those who connect without SQLAlchemy. It holds the password."""
    from psycopg.conninfo import make_conninfo  # whoever stays with SQLite does without it

    parsed = with_driver(make_url(url))
    _, options = parsed.get_dialect()().create_connect_args(parsed)
    keepalives = {"connect_timeout": 10, "application_name": "vn-news-monitor", "client_encoding": "utf8"}
    return make_conninfo("", **{**keepalives, **options})
