"""A connection to an SMTP server, encrypted and logged in as its address says."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import certifi

from monitor.errors import MonitorError
from monitor.mail import WayClosedError

Tls = Literal["if_offered", "required", "from_start", "never"]
_SCHEMES: dict[str, tuple[Tls, int]] = {
    "smtp": ("if_offered", 25), "smtp+starttls": ("required", 587), "smtps": ("from_start", 465),
    "smtp+plain": ("never", 25),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class SmtpSettings:
    """A server, who we are to it, and how patient we are."""

    host: str
    port: int
    tls: Tls
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    sender: str
    """The address that bounces go to."""
    timeout: float = 30.0
    per_minute: int | None = None

    @property
    def server(self) -> str:
        """How people are told of it; without the password."""
        return f"máy chủ thư {self.host}:{self.port}"


def read_smtp_url(
    url: str, *, sender: str, ca_file: Path | None = None, timeout: float = 30.0, per_minute: int | None = None
) -> SmtpSettings:
    """Read an address like smtps://user:password@mail.example:465.

    Raises MonitorError, which does not repeat what may hold a password.
    """
    try:
        parts = urlsplit(url.strip())
        tls, usual_port = _SCHEMES[parts.scheme]
        host, port = parts.hostname, parts.port or usual_port
    except (ValueError, KeyError) as e:
        raise MonitorError(_BAD_URL) from e
    if not host or parts.path.strip("/") or parts.query:
        raise MonitorError(_BAD_URL)
    return SmtpSettings(
        host=host, port=port, tls=tls, user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None, ca_file=ca_file, sender=sender, timeout=timeout,
        per_minute=per_minute,
    )  # fmt: skip


_BAD_URL = (
    "MONITOR_SMTP_URL không đọc được. Viết như smtps://nguoi-dung:mat-khau@thu.example.vn, smtp+starttls://…, smtp://… "
    "hoặc folder:thu-thu; ký tự đặc biệt trong mật khẩu viết theo kiểu %40"
)


def connect(settings: SmtpSettings) -> smtplib.SMTP:
    """A server that has greeted us and will have our mail.

    Raises WayClosedError.
    """
    line = _dial(settings)
    try:
        _secure(line, settings)
        if settings.user is not None:
            _log_in(line, settings, settings.user)
    except BaseException:
        line.close()
        raise
    return line


def _dial(settings: SmtpSettings) -> smtplib.SMTP:
    name = socket.gethostname()
    name = name if "." in name else "[127.0.0.1]"  # smtplib's own way asks a resolver, which may take its time
    try:
        if settings.tls == "from_start":
            return smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout, local_hostname=name, context=_trust(settings)
            )
        return smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout, local_hostname=name)
    except smtplib.SMTPResponseException as e:
        raise WayClosedError(f"{settings.server} từ chối kết nối: {e.smtp_code} {text_of(e.smtp_error)}") from e
    except ssl.SSLCertVerificationError as e:
        raise _untrusted(settings, e) from e
    except (smtplib.SMTPException, OSError) as e:
        raise WayClosedError(f"không kết nối được {settings.server} ({words_of(e)}). Sẽ tự thử lại") from e


def _secure(line: smtplib.SMTP, settings: SmtpSettings) -> None:
    """Greet, and go over to TLS where that is wanted."""
    try:
        line.ehlo_or_helo_if_needed()
        if settings.tls in ("from_start", "never"):
            return
        if line.has_extn("starttls"):
            line.starttls(context=_trust(settings))
            line.ehlo_or_helo_if_needed()
        elif settings.tls == "required":
            raise WayClosedError(
                f"{settings.server} không có STARTTLS. Dùng smtps://, hoặc smtp:// nếu chấp nhận không mã hóa"
            )
    except ssl.SSLCertVerificationError as e:
        raise _untrusted(settings, e) from e
    except (smtplib.SMTPException, OSError) as e:
        raise WayClosedError(f"{settings.server} không chào hoặc không mã hóa được kết nối ({words_of(e)})") from e


def _log_in(line: smtplib.SMTP, settings: SmtpSettings, user: str) -> None:
    if not (isinstance(line.sock, ssl.SSLSocket) or _is_loopback(line)):
        raise WayClosedError(
            f"{settings.server} không mã hóa kết nối, nên mật khẩu không được gửi đi. Dùng smtps:// hoặc smtp+starttls://"
        )
    if not (user + (settings.password or "")).isascii():
        message = (
            f"tên và mật khẩu của {settings.server} chỉ được gồm chữ không dấu, số và ký hiệu. Sửa MONITOR_SMTP_URL"
        )
        raise WayClosedError(message)  # smtplib can't send others
    try:
        line.login(user, settings.password or "")
    except smtplib.SMTPAuthenticationError as e:
        message = f"{settings.server} không nhận tên hoặc mật khẩu ({e.smtp_code}). Kiểm tra MONITOR_SMTP_URL"
        raise WayClosedError(message) from e
    except (smtplib.SMTPException, OSError) as e:
        message = f"không đăng nhập được {settings.server} ({words_of(e)}). Kiểm tra MONITOR_SMTP_URL"
        raise WayClosedError(message) from e


def _trust(settings: SmtpSettings) -> ssl.SSLContext:
    """The system's authorities, certifi's, and the user's own."""
    try:
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        if settings.ca_file is not None:
            context.load_verify_locations(settings.ca_file)
    except (OSError, ssl.SSLError) as e:
        raise WayClosedError(f"không đọc được MONITOR_SMTP_CA_FILE {settings.ca_file} ({words_of(e)})") from e
    return context


def _untrusted(settings: SmtpSettings, e: ssl.SSLCertVerificationError) -> WayClosedError:
    return WayClosedError(
        f"không tin được chứng chỉ của {settings.server} ({e.verify_message}). Đặt MONITOR_SMTP_CA_FILE là tệp chứng chỉ "
        "gốc, hoặc dùng smtp+plain:// nếu máy chủ ở ngay máy này"
    )


def _is_loopback(line: smtplib.SMTP) -> bool:
    sock = line.sock
    return sock is not None and str(sock.getpeername()[0]).partition("%")[0] in ("127.0.0.1", "::1")


def text_of(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:300]


def words_of(e: Exception) -> str:
    if isinstance(e, OSError) and e.strerror:
        return e.strerror
    return text_of(str(e)) or type(e).__name__
