"""Addresses that messages are sent to, as typed ─► as we keep them, or what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from models.text import normalise
from monitor.errors import MonitorError

LONGEST_URL = 2000


def read_mail(typed: str) -> str:
    """A mail address in its normal form, a domain with diacritics as mail servers write it; nobody is asked whether it exists.

    >>> read_mail(" Lan@Example.VN "), read_mail("lan@tỉnh.vn")
    ('Lan@example.vn', 'lan@xn--tnh-dlz.vn')
    """
    text = typed.strip()
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as e:
        raise MonitorError(f"“{_shorten(text)}” không phải địa chỉ thư. Viết như lan@example.vn") from e
    return found.ascii_email or found.normalized


def read_webhook(typed: str) -> str:
    """A webhook's address: http or https, with a host and nobody's password in it.

    Whether its host may be reached at all is looked at when something is sent.
    """
    text = normalise(typed).strip()
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_whole = False
    if not is_whole or len(text) > LONGEST_URL or any(letter.isspace() for letter in text):
        raise MonitorError(f"“{_shorten(text)}” không phải địa chỉ webhook. Viết như https://example.vn/nhan-tin")
    if urlsplit(text).username is not None:
        raise MonitorError("địa chỉ webhook không được chứa tên và mật khẩu. Bỏ phần trước @, dùng --secret để ký")
    return text


def read_folder(typed: str) -> str:
    """A folder as an absolute path, since whoever sends may stand elsewhere."""
    text = typed.strip()
    if not text or "\0" in text:
        raise MonitorError("thư mục đang trống. Viết như --folder ./thu-mau")
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise MonitorError(f"{path} là một tệp, không phải thư mục. Chọn nơi khác cho --folder")
    return str(path)


def _shorten(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
