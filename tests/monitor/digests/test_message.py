"""The message that carries a digest: headers that survive the way, and nothing that gets into them."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import AwayError
from index.standing.alert_records import Channel, Digest, Subscription
from monitor.assembly import Desk
from monitor.digests.message import ONE_CLICK, header_text, put_together, write_message, write_view
from monitor.digests.render import Rendered
from monitor.errors import MonitorError
from tests.monitor.digests import replay
from tests.monitor.digests.makers import NOW, a_daily, a_story, a_view
from tests.monitor.digests.replay import MORNING, open_replay

LAN = Address(addr_spec="lan@tinh.example")
SENDER = Address(display_name="Điểm tin", addr_spec="diem-tin@tinh.example")
ID = "<9.0.abc@tinh.example>"


def a_message(
    subject: str = "Tin",
    *,
    base_url: str | None = "https://theodoi.example.vn",
    sender: Address = SENDER,
    **fields: Any,
) -> EmailMessage:
    rendered = Rendered(subject=subject, html="<p>Điểm tin</p>", text="Điểm tin\n", images=())
    wish = a_daily(**fields)
    view = a_view(a_story("a"), subscription=wish, base_url=base_url)
    return put_together(rendered, view, wish, message_id=ID, now=NOW, sender=sender, to=LAN)


def sent(message: EmailMessage) -> EmailMessage:
    """The message as the other side reads it."""
    raw = message.as_bytes(policy=SMTP)
    assert max(map(len, raw.split(b"\r\n"))) <= 998  # RFC 5322
    assert raw.isascii()
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


# --- headers ---


@pytest.mark.parametrize(
    "subject",
    [
        "Điểm tin 28/11: 5 tin về dịch vụ công trực tuyến – Lào Cai: tỷ lệ hồ sơ trực tuyến toàn trình 92,3%",
        "Ngắn",
        "“Xóa lõm sóng”, nâng chất (dịch vụ) <công> 🎉, a@b.vn; c",
        "Không dấu ma rat dai " * 12,
        "Mộttiếngdàikhôngcódấucách" * 9,
    ],
)
def test_a_vietnamese_subject_survives_the_way(subject: str) -> None:
    assert sent(a_message(subject))["Subject"] == subject.strip()


@given(st.text(max_size=120) | st.text("aBáÁđ🙂 ,(<=?_", max_size=160))
@example("00000000000000¡¡¡¡¡¡¡¡𐀀𐀀𐀀 ¡ ¡")  # lost a space where Python folded it
def test_whatever_a_title_holds_the_subject_is_one_line_and_read_back_as_written(subject: str) -> None:
    message = sent(a_message(subject))

    assert message["Subject"] == header_text(subject)
    assert set(message.keys()) == set(a_message().keys())


@given(st.text('aBáÁđ ,(<=?_"\\@.', max_size=60))
@example("<<<<<<<<<<<<<<<<<<<<<<<= ?ÁÁÁÁÁÁÁÁÁ Á")
def test_a_sender_s_name_is_read_back_as_written_and_its_address_too(name: str) -> None:
    message = a_message(sender=Address(display_name=header_text(name), addr_spec="a@b.vn"))

    raw = email.message_from_bytes(message.as_bytes(policy=SMTP))[
        "From"
    ]  # as RFC 2047 says; 3.11's newer parser adds spaces
    encoded, address = parseaddr(raw.replace("\r\n", ""))
    assert (str(make_header(decode_header(encoded))), address) == (header_text(name), "a@b.vn")


@pytest.mark.parametrize(
    "line", ["\r\nBcc: x@y.vn", "\nBcc: x@y.vn", "\r\n\r\n<b>", "\u2028Bcc: x@y.vn", "\x00", "=?utf-8?q?=0D=0ABcc=3A?="]
)
def test_neither_a_title_nor_a_name_gets_a_line_of_its_own_into_the_headers(line: str) -> None:
    message = sent(a_message(f"Tin{line}", name=f"Tên{line}", id=f"s{line}", token=f"t{line}"))

    assert set(message.keys()) <= set(a_message().keys())
    assert "Bcc" not in message
    assert message.get_body(("plain",)) is not None


def test_the_headers_are_those_that_servers_and_clients_ask_for() -> None:
    message = sent(a_message(token="x" * 43))

    assert message["From"] == "Điểm tin <diem-tin@tinh.example>"
    assert message["To"] == "lan@tinh.example"
    assert message["Date"] == "Sat, 28 Nov 2026 07:00:00 +0700"
    assert message["Message-ID"] == ID
    assert message["List-Id"] == "<s1.diem-tin.tinh.example>"
    assert message["List-Unsubscribe-Post"] == ONE_CLICK == "List-Unsubscribe=One-Click"
    assert (message["Auto-Submitted"], message["Precedence"]) == ("auto-generated", "bulk")


@pytest.mark.parametrize("length", [8, 43, 300])
def test_an_unsubscribe_address_of_any_length_stands_in_the_header_as_it_is(length: int) -> None:
    raw = a_message(token="x" * length).as_bytes(policy=SMTP)

    assert f"\r\nList-Unsubscribe: <https://theodoi.example.vn/theo-doi/{'x' * length}/huy>\r\n".encode() in raw


def test_one_click_is_offered_over_https_only_and_nothing_where_there_is_no_page() -> None:
    over_http, without = a_message(base_url="http://may-chu:8470"), a_message(base_url=None)

    assert over_http["List-Unsubscribe"] == "<http://may-chu:8470/theo-doi/token-s1/huy>"
    assert "List-Unsubscribe-Post" not in over_http
    assert "List-Unsubscribe" not in without


def test_a_message_id_is_taken_as_it_is_or_not_at_all() -> None:
    rendered = Rendered(subject="Tin", html="<p></p>", text="", images=())
    wish, view = a_daily(), a_view()

    for bad in ("", "a", "<a b@c>", "<a@b>\r\nBcc: x@y.vn", "<á@b>"):
        with pytest.raises(MonitorError):
            put_together(rendered, view, wish, message_id=bad, now=NOW, sender=SENDER, to=LAN)


# --- with the stores ---


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_replay(tmp_path_factory.mktemp("replay")) as desk:
        yield desk


@pytest.fixture(scope="module")
def told(desk: Desk) -> tuple[Subscription, list[Digest]]:
    wish = replay.a_daily()
    return wish, replay.replay(desk, wish)


def test_the_newsroom_s_morning_is_a_mail_with_html_text_and_a_chart(
    desk: Desk, told: tuple[Subscription, list[Digest]]
) -> None:
    wish, digests = told

    message = sent(write_message(desk, wish, digests[-1], message_id=ID, now=MORNING, uncertain=digests[-2]))

    assert message["Subject"].startswith("Điểm tin 16/1: 4 tin về dịch vụ công trực tuyến – Huế: hồ sơ nộp trực tuyến")
    assert message["To"] == "lan@tinh.example"
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]
    html, image = list(message.walk())[3:]
    assert f"cid:{image['Content-ID'].strip('<>')}" in html.get_content()
    assert image.get_content().startswith(b"\x89PNG")
    text = list(message.walk())[1].get_content()
    assert "Thêm 1 nơi đăng: Báo Nhịp Cải Cách" in text
    assert "84,6% — tỷ lệ hồ sơ nộp trực tuyến, Lào Cai, năm 2025 (trước đó 81,4%, 1/7/2025–16/7/2025)" in text
    assert "có thể chưa đến được với bạn" in text


def test_a_story_whose_reprint_comes_a_month_later_was_told_before(desk: Desk) -> None:
    wish = replay.a_daily(id="s-reprint", query="Huế")
    desk.archive.alerts.add(wish)
    first, again = sorted(
        (document for document in desk.archive.all_documents() if "2026-01-14" <= str(document.published) < "2026-01-16"
         and "Huế" in document.title),
        key=lambda document: str(document.published),
    )  # fmt: skip
    replay.tell(desk, wish, [(first.id, "exact")], MORNING - 29 * replay.DAY)
    digest = replay.tell(desk, wish, [(again.id, "exact")], MORNING)
    assert digest is not None

    view = write_view(desk, wish, digest, now=MORNING)

    assert view.stories == ()
    assert [(line.article_id, line.publishers) for line in view.follow_ups] == [(first.id, 1)]


class Away:
    """An index that answers nothing."""

    def __getattr__(self, name: str) -> Any:
        raise AwayError("chỉ mục không trả lời")


def test_an_index_that_is_away_costs_the_comparisons_and_no_mail(
    desk: Desk, told: tuple[Subscription, list[Digest]]
) -> None:
    wish, digests = told

    view = write_view(replace(desk, index=Away()), wish, digests[-1], now=MORNING)  # type: ignore[arg-type]

    assert view.total == 4


def test_a_question_that_can_no_longer_be_read_marks_nothing_and_is_told_still(
    desk: Desk, told: tuple[Subscription, list[Digest]]
) -> None:
    wish, digests = told

    view = write_view(desk, replace(wish, query="((", topics=("khong_con",)), digests[-1], now=MORNING)

    assert view.total == 4


def test_each_channel_has_its_own_receiver_and_a_folder_has_none(
    desk: Desk, told: tuple[Subscription, list[Digest]]
) -> None:
    wish, digests = told
    channels = (
        Channel(kind="folder", address="/tmp/x"),
        *wish.channels,
        Channel(kind="mail", address="minh@tinh.example"),
    )
    wish = replace(wish, channels=channels)

    def receiver(channel: Channel | None) -> str:
        message = write_message(desk, wish, digests[0], message_id=ID, now=MORNING, channel=channel)
        return str(sent(message)["To"])

    assert [receiver(None), receiver(channels[1]), receiver(channels[2])] == ["lan@tinh.example"] * 2 + [
        "minh@tinh.example"
    ]
    assert "@" not in receiver(channels[0])


def test_an_address_that_is_none_is_refused_in_words(desk: Desk, told: tuple[Subscription, list[Digest]]) -> None:
    wish, digests = told

    for bad in ("không phải địa chỉ", "a@b\r\nBcc: x@y.vn", "@", ""):
        channel = Channel(kind="mail", address=bad)
        with pytest.raises(MonitorError, match="không phải địa chỉ thư"):
            write_message(desk, replace(wish, channels=(channel,)), digests[0], message_id=ID, now=MORNING)


def test_the_store_is_read_only(desk: Desk, told: tuple[Subscription, list[Digest]]) -> None:
    wish, digests = told
    before = desk.archive.alerts.counts()

    messages = [write_message(desk, wish, digests[-1], message_id=ID, now=MORNING) for _ in range(2)]

    assert desk.archive.alerts.counts() == before
    assert len({message["Subject"] for message in messages}) == 1
