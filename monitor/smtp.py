"""Mail through an SMTP server: one connection for many messages, one recipient a message, at most once."""

from __future__ import annotations

import re
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from monitor.mail import Answer, WayClosedError
from monitor.smtp_line import SmtpSettings, connect, text_of, words_of
from monitor.smtp_replies import Step, is_about_message, outcome_of

_LAST_PATIENCE = 10
"""How many times longer the answer to a whole message is waited for; RFC 5321 asks for ten minutes there."""
_WIRE = SMTP.clone(cte_type="7bit")  # every server takes it
_WIRE_UTF8 = SMTPUTF8.clone(cte_type="8bit")


class SmtpMailer:
    """See Mailer for what is promised. Used by one thread; not fit for two at once."""

    def __init__(
        self,
        settings: SmtpSettings,
        *,
        sleep: Callable[[float], object] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._monotonic = monotonic
        self._line: smtplib.SMTP | None = None
        self._not_before = float("-inf")

    def close(self) -> None:
        """Say goodbye; a server that does not answer to that is left."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(smtplib.SMTPException, OSError):
                line.quit()
            line.close()

    def greet(self) -> None:
        """Open the connection, to see that there is a way.

        Raises WayClosedError.
        """
        self._line = self._line or connect(self._settings)

    def send(self, message: EmailMessage, to: str, *, handing_over: Callable[[], object]) -> Answer:
        """Speak up to where the server waits for the text, then hand it over."""
        try:
            recipient, needs_utf8 = envelope_address(to)
            content = message.as_bytes(policy=_WIRE_UTF8 if needs_utf8 else _WIRE)
        except (UnicodeError, ValueError) as e:
            return Answer(outcome="never", said=f"không gửi được đến địa chỉ này ({e})")
        self._keep_pace()
        line, answer = self._open_envelope(recipient, needs_utf8)
        if answer is None:
            answer = self._begin(line)
        if answer is not None:
            self._forget_envelope(line)
            return answer
        return self._hand_over(line, content, handing_over)

    # --- up to the text: the server has nothing yet ---

    def _open_envelope(self, recipient: str, needs_utf8: bool) -> tuple[smtplib.SMTP, Answer | None]:
        """MAIL and RCPT. A connection that has gone stale since the last message is made anew, once."""
        if self._line is not None:
            try:
                return self._line, self._ask_for(self._line, recipient, needs_utf8)
            except (smtplib.SMTPException, OSError):
                self._drop()
        self._line = line = connect(self._settings)
        try:
            return line, self._ask_for(line, recipient, needs_utf8)
        except (smtplib.SMTPException, OSError) as e:
            self._drop()
            raise WayClosedError(
                f"{self._settings.server} ngắt kết nối giữa chừng ({words_of(e)}). Sẽ tự thử lại"
            ) from e

    def _ask_for(self, line: smtplib.SMTP, recipient: str, needs_utf8: bool) -> Answer | None:
        """None: the server will have a message for this recipient."""
        if needs_utf8 and not line.has_extn("smtputf8"):
            return Answer(outcome="never", said="máy chủ thư không nhận địa chỉ có dấu (SMTPUTF8)")
        line.command_encoding = "utf-8" if needs_utf8 else "ascii"
        code, text = _decoded(line.mail(self._settings.sender, ["SMTPUTF8", "BODY=8BITMIME"] if needs_utf8 else []))
        if code // 100 != 2:
            if is_about_message(code, text):
                return Answer(outcome="never", said=f"{code} {text}")
            self.close()
            raise WayClosedError(
                f"{self._settings.server} không nhận thư gửi từ {self._settings.sender}: {code} {text}. "
                "Kiểm tra MONITOR_MAIL_FROM, tên và mật khẩu"
            )
        return _judged("rcpt", *_decoded(line.rcpt(recipient)))

    def _begin(self, line: smtplib.SMTP) -> Answer | None:
        """DATA. None: the server waits for the text."""
        try:
            code, text = _decoded(line.docmd("DATA"))
        except (smtplib.SMTPException, OSError) as e:
            self._drop()
            return Answer(outcome="later", said=f"máy chủ thư ngắt kết nối trước khi nhận ({words_of(e)})")
        return None if code == 354 else _judged("data", code, text) or Answer(outcome="later", said=f"{code} {text}")

    def _forget_envelope(self, line: smtplib.SMTP) -> None:
        """So that the next message can go over the same connection."""
        try:
            if self._line is not None and line.rset()[0] != 250:
                self.close()
        except (smtplib.SMTPException, OSError):
            self._drop()

    # --- the text: from here on only the server knows ---

    def _hand_over(self, line: smtplib.SMTP, content: bytes, handing_over: Callable[[], object]) -> Answer:
        try:
            handing_over()
        except BaseException:
            self._drop()  # the server waits for a text, and an end of the line means that none comes
            raise
        try:
            line.send(_stuffed(content))
        except (smtplib.SMTPException, OSError) as e:
            self._drop()  # the end of the text comes last: whoever lacks a part of it lacks that, and takes nothing
            return Answer(outcome="later", said=f"đứt kết nối khi đang gửi ({words_of(e)})")
        try:
            if line.sock is not None:
                line.sock.settimeout(self._settings.timeout * _LAST_PATIENCE)
            code, text = _decoded(line.getreply())
            if line.sock is not None:
                line.sock.settimeout(self._settings.timeout)
        except (smtplib.SMTPException, OSError) as e:
            self._drop()
            return Answer(outcome="unknown", said=f"đã gửi hết thư nhưng máy chủ không trả lời ({words_of(e)})")
        if code == 421:
            self._drop()
        return _judged("end", code, text) or Answer(outcome="taken", said=f"{code} {text}")

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _keep_pace(self) -> None:
        """No more messages a minute than we were told."""
        if self._settings.per_minute is None:
            return
        wait = self._not_before - self._monotonic()
        if wait > 0:
            self._sleep(wait)
        self._not_before = max(self._not_before, self._monotonic()) + 60.0 / self._settings.per_minute


def envelope_address(address: str) -> tuple[str, bool]:
    """An address as SMTP wants it, and whether that needs SMTPUTF8: only for letters beyond ASCII before the @.

    >>> envelope_address("lan@tỉnh.example"), envelope_address("lân@tinh.example")
    (('lan@xn--tnh-dlz.example', False), ('lân@tinh.example', True))
    """
    if re.search(r"[\x00-\x20\x7f<>]", address):
        raise ValueError("địa chỉ chứa ký tự lạ")
    local, at, domain = address.rpartition("@")
    if not (local and at and domain):
        raise ValueError("địa chỉ không có tên hoặc tên miền")
    domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    return f"{local}@{domain}", not local.isascii()


def _judged(step: Step, code: int, text: str) -> Answer | None:
    """None: the server goes along."""
    outcome = outcome_of(step, code, text)
    return None if outcome == "taken" else Answer(outcome=outcome, said=f"{code} {text}".strip())


def _stuffed(content: bytes) -> bytes:
    """A message as DATA takes it: no line that could pass for the end, and the end."""
    doubled = re.sub(rb"(?m)^\.", b"..", content)
    return doubled + (b"" if doubled.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _decoded(reply: tuple[int, bytes]) -> tuple[int, str]:
    return reply[0], text_of(reply[1])
