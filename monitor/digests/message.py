"""A digest as a message: HTML and plain text, its pictures inside, and the headers that mail servers and clients ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address, HeaderRegistry, UniqueAddressHeader, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import parseaddr
from urllib.parse import urlsplit

from index.standing.alert_records import Channel, Digest, Subscription
from monitor.assembly import Desk
from monitor.config import Config
from monitor.digests.compose import compose
from monitor.digests.gathering import gather
from monitor.digests.render import Rendered, render
from monitor.digests.texts import clean
from monitor.digests.views import DigestView
from monitor.errors import MonitorError

ONE_CLICK = "List-Unsubscribe=One-Click"
"""The body with which clients ask for the end of a subscription (RFC 8058)."""


class _AsItStands(UnstructuredHeader):
    """A header of addresses on the web. Of one longer than a line Python would make encoded words, which nobody reads."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


# Python 3.11's own folding loses spaces between encoded words; the older class loses none.


class _Subject(UnstructuredHeader):
    """A line of text."""

    def fold(self, *, policy: Policy) -> str:
        return f"Subject: {_encoded(str(self), 'Subject', policy)}{policy.linesep}"


class _Mailbox(UniqueAddressHeader):
    """A name and an address; one that is not of ASCII is left to those who speak SMTPUTF8."""

    def fold(self, *, policy: Policy) -> str:
        (mailbox,) = self.addresses
        if not mailbox.display_name or mailbox.display_name.isascii() or not mailbox.addr_spec.isascii():
            return str(super().fold(policy=policy))  # type: ignore[misc]
        name = _encoded(mailbox.display_name, self.name, policy)  # type: ignore[attr-defined]
        return f"{self.name}: {name} <{mailbox.addr_spec}>{policy.linesep}"  # type: ignore[attr-defined]


def _encoded(text: str, header: str, policy: Policy) -> str:
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, header_name=header).encode(linesep=policy.linesep)


def _policy() -> Policy:
    registry = HeaderRegistry()
    for name in ("from", "to"):
        registry.map_to_type(name, _Mailbox)  # type: ignore[arg-type]  # the stubs know no mixins
    registry.map_to_type("subject", _Subject)  # type: ignore[arg-type]
    for name in ("list-unsubscribe", "list-id"):
        registry.map_to_type(name, _AsItStands)  # type: ignore[arg-type]  # the stubs know no mixins
    return SMTP.clone(header_factory=registry)


_POLICY = _policy()


def write_message(
    desk: Desk,
    subscription: Subscription,
    digest: Digest,
    *,
    message_id: str,
    now: datetime,
    uncertain: Digest | None = None,
    channel: Channel | None = None,
) -> EmailMessage:
    """The mail that tells a digest, to the channel's address; without a channel to the first that is a mailbox.

    `uncertain` is the digest before, where nobody knows whether it arrived. Raises MonitorError where an address or the
    Message-ID can't stand in a header.
    """
    view = write_view(desk, subscription, digest, now=now, uncertain=uncertain)
    return put_together(
        render(view), view, subscription, message_id=message_id, now=now, sender=_sender(desk.config),
        to=_receiver(subscription, channel),
    )  # fmt: skip


def write_view(
    desk: Desk, subscription: Subscription, digest: Digest, *, now: datetime, uncertain: Digest | None = None
) -> DigestView:
    """A digest's values, for whatever carries them."""
    return compose(gather(desk, subscription, digest, uncertain=uncertain), now=now)


def put_together(
    rendered: Rendered,
    view: DigestView,
    subscription: Subscription,
    *,
    message_id: str,
    now: datetime,
    sender: Address,
    to: Address,
) -> EmailMessage:
    """The message of a digest that is rendered."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = header_text(rendered.subject)
    message["Date"] = now.astimezone(view.zone)
    message["Message-ID"] = _message_id(message_id)
    for name, value in _list_headers(view, subscription, sender):
        message[name] = value
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    message["Content-Language"] = subscription.language
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    *_, html = message.iter_parts()
    assert isinstance(html, EmailMessage)
    for image in rendered.images:
        html.add_related(
            image.png, "image", "png", cid=f"<{image.cid}>", filename=f"{image.cid}.png", disposition="inline"
        )
    return message


def _list_headers(view: DigestView, subscription: Subscription, sender: Address) -> Iterator[tuple[str, str]]:
    """RFC 2919, 2369 and 8058. One click needs https; without an address of our own there is nothing to click."""
    domain = sender.domain if sender.domain.isascii() else "localhost"
    yield "List-Id", f"<{re.sub(r'[^A-Za-z0-9-]', '-', subscription.id)}.diem-tin.{domain}>"
    manage = view.addresses.manage
    if manage is None or not manage.isascii():
        return
    yield "List-Unsubscribe", f"<{manage}/huy>"
    if urlsplit(manage).scheme == "https":
        yield "List-Unsubscribe-Post", ONE_CLICK


# --- what may stand in a header ---------------------------------------------------------------------------------------


def header_text(text: str) -> str:
    """A line that is read back as it was written: what looks like an encoded word is parted.

    >>> header_text("Tin\\r\\nBcc: a@b.vn =?utf-8?q?x?=")
    'Tin Bcc: a@b.vn = ?utf-8?q?x?='
    """
    return clean(text).replace("=?", "= ?")


def _sender(config: Config) -> Address:
    if config.mail_from is None:
        return Address(display_name="Điểm tin", username="diem-tin", domain="localhost")
    return _address(*parseaddr(config.mail_from))


def _receiver(subscription: Subscription, channel: Channel | None) -> Address:
    """Who it is for; a folder of .eml files takes what is for nobody."""
    mailboxes = [one for one in (channel, *subscription.channels) if one is not None and one.kind == "mail"]
    if channel is not None and channel.kind != "mail":
        mailboxes = []
    return _address("", mailboxes[0].address) if mailboxes else Address(display_name=header_text(subscription.name))


def _address(name: str, address: str) -> Address:
    try:
        return Address(display_name=header_text(name), addr_spec=address)
    except (ValueError, MessageError, IndexError) as e:
        raise MonitorError(f"“{clean(address)}” không phải địa chỉ thư. Sửa lại địa chỉ của đăng ký này") from e


def _message_id(given: str) -> str:
    bare = given.strip().removeprefix("<").removesuffix(">")
    if not re.fullmatch(r"[!-;=?-~]+@[!-;=?-~]+", bare):
        raise MonitorError(f"“{clean(given)}” không dùng làm Message-ID được: phải có dạng <số@tên-miền>")
    return f"<{bare}>"
