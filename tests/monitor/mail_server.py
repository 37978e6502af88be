"""A real SMTP server (aiosmtpd) that misbehaves when it is told to."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, AnyStr, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Step = Literal["MAIL", "RCPT", "DATA", "END"]
"""END is after the whole text."""
Stage = Literal["asked", "answered"]
"""asked: the server waits for the text (354). answered: it has told the client that it has taken the message."""
DROP, DROP_TAKEN, STALL, STALL_TAKEN = "drop", "drop, but keep the message", "stall", "stall, but keep the message"


class MailServer:
    """What it has taken, and what it is to do: `rules[step, recipient]` are replies to give before it behaves.

    A rule for "*" holds for everybody. At MAIL the recipient is not known yet: there only "*" holds.
    """

    def __init__(self) -> None:
        self.port = 0
        self.rules: defaultdict[tuple[Step, str], list[str]] = defaultdict(list)
        self.taken: list[tuple[str, EmailMessage]] = []
        """Recipient and message."""
        self.connections = 0
        self.lines = 0
        """Connections that are open."""
        self.commands: list[str] = []
        self.stages: list[tuple[Stage, str]] = []
        """What came of messages so far, and whose: the recipient."""
        self.changed = threading.Condition()
        self.on_taken: Callable[[], object] = lambda: None
        """Called when a message has been taken, before the client is told."""

    def rule(self, step: Step, recipient: str = "*", *replies: str) -> None:
        self.rules[step, recipient] += replies

    @property
    def ids(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(str(message["Message-ID"]) for _, message in self.taken)

    def note(self, stage: Stage, recipient: str) -> None:
        with self.changed:
            self.stages.append((stage, recipient))
            self.changed.notify_all()

    def count_line(self, change: int) -> None:
        with self.changed:
            self.lines += change
            self.changed.notify_all()

    def last_to(self, recipient: str) -> EmailMessage:
        """The last message that was taken for somebody."""
        return next(message for to, message in reversed(self.taken) if to == recipient)

    def next_rule(self, step: Step, recipient: str) -> str | None:
        for key in ((step, recipient), (step, "*")):
            if self.rules[key]:
                return self.rules[key].pop(0)
        return None

    def keep(self, envelope: Envelope) -> None:
        assert isinstance(envelope.original_content, bytes)
        message = message_from_bytes(envelope.original_content, policy=default)
        assert isinstance(message, EmailMessage)
        with self.changed:
            self.taken.append((envelope.rcpt_tos[0], message))
            self.changed.notify_all()
        self.on_taken()


class _Session(SMTP):
    """aiosmtpd's own, but for DATA, which it would answer with 354 whatever the handler says; and it tells how far it is."""

    _recipient = ""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        handler: _Handler = self.event_handler
        recipient = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        reply = await handler.obey("DATA", recipient, self)
        if reply is not None:
            await self.push(reply)
            return
        self._recipient, taken = recipient, len(handler.told.taken)
        await super().smtp_DATA(arg)
        if len(handler.told.taken) > taken:
            handler.told.note("answered", recipient)

    async def push(self, status: AnyStr) -> None:
        await super().push(status)
        if isinstance(status, str) and status.startswith("354"):
            self.event_handler.told.note("asked", self._recipient)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.event_handler.told.count_line(-1)


class _Handler:
    def __init__(self, told: MailServer) -> None:
        self.told = told

    async def obey(self, step: Step, recipient: str, server: SMTP) -> str | None:
        """The reply that was asked for, if any; or silence, or the end of the connection."""
        rule = self.told.next_rule(step, recipient)
        if rule in (DROP, DROP_TAKEN):
            server.transport.abort()
        if rule in (DROP, DROP_TAKEN, STALL, STALL_TAKEN):
            await asyncio.Event().wait()  # cancelled when the connection is gone
        return rule

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.told.commands.append(" ".join(["MAIL", address, *options]))
        reply = await self.obey("MAIL", "*", server)
        if reply is None:
            envelope.mail_from = address
        return reply or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.told.commands.append(f"RCPT {address}")
        reply = await self.obey("RCPT", address, server)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipient = envelope.rcpt_tos[0]
        rules = self.told.rules[("END", recipient)] or self.told.rules[("END", "*")]
        if not rules or rules[0] in (DROP_TAKEN, STALL_TAKEN):
            self.told.keep(envelope)
        return await self.obey("END", recipient, server) or "250 2.0.0 OK"


class _Controller(Controller):
    def __init__(self, told: MailServer, **options: Any) -> None:
        self._told = told
        super().__init__(_Handler(told), hostname="127.0.0.1", port=told.port, **options)

    def factory(self) -> SMTP:
        self._told.connections += 1
        self._told.count_line(1)
        return _Session(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        """aiosmtpd connects to itself to see that it serves; with port 0 it would not know where."""
        assert self.server is not None
        self.port = self._told.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(
    told: MailServer, *, tls: ssl.SSLContext | None = None, smtps: ssl.SSLContext | None = None, password: str | None = None
) -> Iterator[MailServer]:  # fmt: skip
    """Serve on a free port. `tls` offers STARTTLS, `smtps` speaks TLS from the start, `password` is that of "lan"."""

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=given.login == b"lan" and given.password == (password or "").encode(), handled=False)

    options: dict[str, Any] = {"ssl_context": smtps, "tls_context": tls}
    if password is not None:
        options |= {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    controller = _Controller(told, enable_SMTPUTF8=True, **options)
    controller.start()
    told.connections = 0  # it has just called itself
    try:
        yield told
    finally:
        controller.stop()
