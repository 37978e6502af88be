"""Webhooks over a real server that also misbehaves, and the bodies that are sent."""

from __future__ import annotations

import hashlib
import hmac
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
import pytest

from crawlers.wire import Network
from index.standing.alert_records import Channel
from monitor.errors import MonitorError
from monitor.mail import Answer
from monitor.webhook_bodies import make_body, read_template
from monitor.webhooks import WebhookCaller, signed_headers
from tests.index.makers import NOON

BODY = '{"subject":"Điểm tin"}'.encode()


class Receiver:
    """Answers each request with the next of `replies`, and keeps what it was given."""

    def __init__(self) -> None:
        self.replies: list[Callable[[BaseHTTPRequestHandler], None]] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.over = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                (receiver.replies.pop(0) if receiver.replies else answers(200))(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/nhận?x=1"


def answers(status: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def reply(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), value)
        to.send_header("Content-Length", "0")
        to.end_headers()

    return reply


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    thread = threading.Thread(target=receiver.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield receiver
    receiver.over.set()
    receiver.server.shutdown()
    receiver.server.server_close()
    thread.join()


class HandingOver:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> None:
        self.calls += 1


def call(url: str, *, timeout: float = 5.0, given: HandingOver | None = None, **fields: Any) -> Answer:
    caller = WebhookCaller(timeout=timeout, allow_private=True)
    channel = Channel(kind="webhook", address=url, **fields)
    return caller.call(channel, BODY, message_id="<1.0.ab@tinh.example>", now=NOON, handing_over=given or HandingOver())


def test_a_delivery_is_posted_with_its_id_and_the_proof_of_who_sent_it(receiver: Receiver) -> None:
    given = HandingOver()

    answer = call(receiver.url, secret="bí mật", given=given)

    assert (answer.outcome, given.calls) == ("taken", 1)
    ((headers, body),) = receiver.got
    assert body == BODY
    assert headers["webhook-id"] == "1.0.ab@tinh.example"
    assert headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert headers["content-type"] == "application/json"
    assert headers["webhook-signature"] == "v1," + _signature("bí mật".encode(), headers, body)


def test_a_secret_of_standard_webhooks_is_taken_as_the_key_it_stands_for(receiver: Receiver) -> None:
    call(receiver.url, secret="whsec_" + b64encode(b"\x00key").decode())
    call(receiver.url, secret=None)

    (signed, body), (unsigned, _) = receiver.got
    assert signed["webhook-signature"] == "v1," + _signature(b"\x00key", signed, body)
    assert "webhook-signature" not in unsigned


def _signature(key: bytes, headers: dict[str, str], body: bytes) -> str:
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, "taken"), (302, "never"), (400, "never"), (401, "dead"), (403, "dead"), (404, "dead"), (410, "dead"),
        (422, "never"), (408, "later"), (429, "later"), (500, "later"), (503, "later"),
    ],
)  # fmt: skip
def test_the_status_decides_what_becomes_of_the_delivery(receiver: Receiver, status: int, outcome: str) -> None:
    receiver.replies.append(answers(status, Location="/elsewhere"))

    answer = call(receiver.url)

    assert answer == Answer(outcome=outcome, said=f"HTTP {status}")  # type: ignore[arg-type]
    assert len(receiver.got) == 1, "redirects are not followed"


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("120", 120.0), (format_datetime(NOON + timedelta(minutes=3), usegmt=True), 180.0), ("999999999", 86_400.0),
        ("mai", None), (format_datetime(NOON - timedelta(minutes=3), usegmt=True), 0.0),
    ],
)  # fmt: skip
def test_a_receiver_that_wants_peace_says_for_how_long(receiver: Receiver, asked: str, wait: float | None) -> None:
    receiver.replies.append(answers(429, Retry_After=asked))

    assert call(receiver.url).wait == wait


def test_a_receiver_that_has_the_request_and_says_nothing_leaves_it_unknown(receiver: Receiver) -> None:
    def hangs_up(to: BaseHTTPRequestHandler) -> None:
        to.close_connection = True

    receiver.replies += [hangs_up, lambda to: (receiver.over.wait(10), hangs_up(to))[1]]

    assert call(receiver.url).outcome == "unknown"
    assert call(receiver.url, timeout=0.1).outcome == "unknown"
    assert len(receiver.got) == 2


def test_nothing_is_given_away_where_there_is_no_connection() -> None:
    given = HandingOver()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        answer = call(f"http://127.0.0.1:{taken.getsockname()[1]}/", given=given)

    assert (answer.outcome, given.calls) == ("later", 0)


def test_nothing_is_given_when_the_note_of_it_can_not_be_made(receiver: Receiver) -> None:
    class Fails(HandingOver):
        def __call__(self) -> None:
            raise RuntimeError("no disk")

    with pytest.raises(RuntimeError, match="no disk"):
        call(receiver.url, given=Fails())

    assert receiver.got == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost/", "http://nội-bộ.example/", "http://[::1]/"])
def test_a_private_address_is_not_called_unless_it_may_be(url: str) -> None:
    caller = WebhookCaller(
        network=Network(resolve=lambda host, port: [host.strip("[]") if host[0] in "1[:" else "10.0.0.5"])
    )
    given = HandingOver()

    answer = caller.call(Channel(kind="webhook", address=url), BODY, message_id="<1@a>", now=NOON, handing_over=given)

    assert (answer.outcome, given.calls) == ("dead", 0)
    assert "MONITOR_WEBHOOKS_TO_PRIVATE" in answer.said


def test_what_is_no_address_is_never_called() -> None:
    assert call("ftp://a.example/").outcome == "never"


# --- bodies

VALUES = {"subject": "Điểm tin", "text": "Có 2 tin.\nMột.", "count": 2, "entries": [{"title": "Một"}], "url": None}


def test_without_a_template_the_body_is_our_own_json() -> None:
    assert orjson.loads(make_body(Channel(kind="webhook", address="https://a.example"), VALUES)) == VALUES


def test_a_telegram_bot_is_given_the_chat_and_the_text() -> None:
    bot = Channel(kind="webhook", address="https://bot.example/sendMessage?chat_id=-100123", template="telegram")

    assert orjson.loads(make_body(bot, VALUES)) == {
        "chat_id": "-100123", "text": "Điểm tin\n\nCó 2 tin.\nMột.", "disable_web_page_preview": True,
    }  # fmt: skip


def test_a_long_text_is_cut_to_what_telegram_takes() -> None:
    bot = Channel(kind="webhook", address="https://bot.example/?chat_id=1", template="telegram")

    text = orjson.loads(make_body(bot, {"subject": "Điểm tin", "text": "Tin 🙂 dài.\n" * 1000}))["text"]

    assert 4000 < len(text.encode("utf-16-le")) // 2 <= 4096
    assert text.endswith("dài.\n…")


def test_a_bot_without_a_chat_says_what_is_missing() -> None:
    with pytest.raises(MonitorError, match="chat_id"):
        make_body(Channel(kind="webhook", address="https://bot.example/", template="telegram"), VALUES)


def test_a_template_of_ones_own_is_filled_in_wherever_a_value_is_named() -> None:
    template = '{"msg": {"title": "[{count}] {subject}", "body": ["{text}", "{url}!"]}, "list": "{entries}", "n": 5}'
    channel = Channel(kind="webhook", address="https://a.example", template=template)
    values = {**VALUES, "text": 'có "ngoặc" và {count}'}

    assert orjson.loads(make_body(channel, values)) == {
        "msg": {"title": "[2] Điểm tin", "body": ['có "ngoặc" và {count}', "!"]}, "list": [{"title": "Một"}], "n": 5,
    }  # fmt: skip


@pytest.mark.parametrize("template", ["{", '"{text}"', "{subject}", "5"])
def test_a_template_that_is_no_json_says_how_to_write_one(template: str) -> None:
    with pytest.raises(MonitorError, match="Viết “telegram”, hoặc JSON như"):
        read_template(template)


def test_a_value_that_is_not_there_is_named_beside_those_that_are() -> None:
    channel = Channel(kind="webhook", address="https://a.example", template='{"a": "{sujet}"}')

    with pytest.raises(MonitorError, match=r"{sujet} mà không có giá trị ấy. Có: {subject}, {text}"):
        make_body(channel, VALUES)


def test_the_example_of_a_signature_in_the_specification_comes_out_the_same() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    at = datetime.fromtimestamp(1614265330, UTC)

    headers = dict(signed_headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, body))

    assert headers[b"webhook-signature"] == b"v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
