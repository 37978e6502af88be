"""Webhooks: one signed POST a delivery, to an address that may be reached, at most once.

Headers and signature are those of Standard Webhooks (standardwebhooks.com), which receivers have libraries for:
webhook-id, webhook-timestamp, and webhook-signature = "v1," + base64(HMAC-SHA256(secret, id.timestamp.body)).
"""

from __future__ import annotations

import hashlib
import hmac
import ssl
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpcore

from crawlers import urls
from crawlers.tls import Trust
from crawlers.urls import Address
from crawlers.wire import ForbiddenAddressError, Network, TlsError, UnknownHostError, Wires
from index.standing.alert_records import Channel
from monitor.mail import Answer, Outcome

_AGENT = b"vn-news-monitor/0.1"
_LONGEST_WAIT = 86_400.0
"""The longest Retry-After that is believed."""
_LATER = frozenset({408, 421, 425, 429})
_DEAD = frozenset({401, 403, 404, 410})
"""Wrong key, forbidden, not there, gone: nobody answers there any more (a bot that was shown the door says 403)."""


class WebhookCaller:
    """Calls webhooks. As with Mailer, `handing_over` is called before any of the request is given away."""

    def __init__(
        self,
        *,
        timeout: float = 20.0,
        allow_private: bool = False,
        network: Network | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`network` and `tls` are for tests."""
        self._timeout = timeout
        self._network = network or Network()
        self._allow_private = allow_private
        self._tls = tls or Trust()

    def call(
        self, channel: Channel, body: bytes, *, message_id: str, now: datetime, handing_over: Callable[[], object]
    ) -> Answer:
        """POST a body; redirects are not followed."""
        address = urls.address(channel.address)
        if address is None:
            return Answer(outcome="never", said="không phải địa chỉ web")
        headers = [
            (b"Host", address.authority.encode("ascii")), (b"User-Agent", _AGENT),
            (b"Content-Type", b"application/json"), (b"Content-Length", str(len(body)).encode("ascii")),
            *signed_headers(channel.secret, message_id, now, body),
        ]  # fmt: skip
        given = _Given(handing_over)
        try:
            return self._post(address, headers, body, given, now)
        except ForbiddenAddressError as e:
            said = f"địa chỉ nội bộ ({e}) không được gọi. Đặt MONITOR_WEBHOOKS_TO_PRIVATE=true nếu đó là máy của mình"
            return Answer(outcome="dead", said=said)
        except UnknownHostError:
            return Answer(outcome="later", said=f"không tìm thấy máy {address.host}")
        except TlsError as e:
            return Answer(outcome="later", said=f"không tin được chứng chỉ của {address.host} ({e})")
        except _LINE_ERRORS as e:
            if given.is_given:
                return Answer(outcome="unknown", said=f"đã gửi yêu cầu nhưng không có trả lời ({_words(e)})")
            return Answer(outcome="later", said=f"không kết nối được {address.host} ({_words(e)})")

    def _post(
        self, address: Address, headers: list[tuple[bytes, bytes]], body: bytes, given: _Given, now: datetime
    ) -> Answer:
        wires = Wires(self._network, local=self._allow_private)
        wires.deadline = self._network.monotonic() + 2 * self._timeout
        target = httpcore.URL(
            scheme=address.scheme.encode("ascii"), host=address.host.encode("ascii"), port=address.port,
            target=address.target.encode("ascii"),
        )  # fmt: skip
        limits = dict.fromkeys(("connect", "read", "write", "pool"), self._timeout)
        extensions = {"timeout": limits, "trace": given.watch}
        with (
            httpcore.ConnectionPool(ssl_context=self._tls, http2=True, network_backend=wires) as pool,
            pool.stream("POST", target, headers=headers, content=body, extensions=extensions) as response,
        ):
            said = dict(response.headers)  # what it says in its body is not needed, and may be endless
            return _judged(response.status, said.get(b"retry-after") or said.get(b"Retry-After"), now)


class _Given:
    """Notes that the request is being given away when the first of it is about to be written."""

    def __init__(self, handing_over: Callable[[], object]) -> None:
        self._handing_over = handing_over
        self.is_given = False

    def watch(self, event: str, _: dict[str, Any]) -> None:
        """httpcore's trace: called before and after each step."""
        if event.endswith(".send_request_headers.started") and not self.is_given:
            self._handing_over()
            self.is_given = True


_LINE_ERRORS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol)


def signed_headers(secret: str | None, message_id: str, now: datetime, body: bytes) -> list[tuple[bytes, bytes]]:
    """Who sends what, when, and the proof of it where there is a secret."""
    key = message_id.strip("<>")
    stamp = str(int(now.timestamp()))
    headers = [(b"webhook-id", key.encode("ascii")), (b"webhook-timestamp", stamp.encode("ascii"))]
    if secret:
        digest = hmac.new(_key(secret), f"{key}.{stamp}.".encode() + body, hashlib.sha256).digest()
        headers.append((b"webhook-signature", b"v1," + b64encode(digest)))
    return headers


def _key(secret: str) -> bytes:
    """The key that a secret stands for: "whsec_" and base64, or the text itself."""
    if secret.startswith("whsec_"):
        try:
            return b64decode(secret.removeprefix("whsec_"), validate=True)
        except ValueError:
            pass
    return secret.encode("utf-8")


def _judged(status: int, retry_after: bytes | None, now: datetime) -> Answer:
    """What an answer means for the message."""
    outcome: Outcome = "never"
    if 200 <= status < 300:
        outcome = "taken"
    elif status in _LATER or status >= 500:
        outcome = "later"
    elif status in _DEAD:
        outcome = "dead"
    return Answer(outcome=outcome, said=f"HTTP {status}", wait=_seconds(retry_after, now))


def _seconds(retry_after: bytes | None, now: datetime) -> float | None:
    text = (retry_after or b"").decode("latin-1").strip()
    if text.isdecimal():
        return min(float(text[:9]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return min(max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()), _LONGEST_WAIT)


def _words(e: Exception) -> str:
    return str(e) or type(e).__name__
