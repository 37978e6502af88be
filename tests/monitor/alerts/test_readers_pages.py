"""Outside readers sign up, confirm, pause and end; nobody gets anything they did not confirm, and a GET changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from shutil import copytree

import feedparser
import pytest
from starlette.testclient import TestClient

from crawlers.records import Article
from index.standing.alert_records import Match, Subscription
from monitor.alerts.keeping import draw_keys, find_subscription, remove, resume
from monitor.alerts.wishes import Wish, make_subscription
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.naming import names_for
from monitor.pipeline import Keeper
from monitor.web import create_app
from tests.fakes import a_source

START = datetime(2026, 11, 28, 1, tzinfo=UTC)
SOURCES = [a_source(id="cong_hue", name="Cổng TTĐT thành phố Huế", place="Huế")]
FORM = {"q": '"một cửa"', "every": "daily", "mail": "lan@example.vn", "do": "send"}


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one article, to be copied."""
    folder = tmp_path_factory.mktemp("stored")
    with open_desk(Config(data=folder)) as desk:
        keeper = Keeper(desk, now=START - timedelta(days=2))
        text = "Mưa lớn kéo dài. Huế mở rộng mô hình một cửa <số>. Trời lại nắng."
        keeper.add(
            Article(
                url="https://hue.vn/1.html", title="Tin vắn & mới", text=text, source_id="cong_hue", fetched_at=START
            )
        )
        keeper.flush()
        keeper.index()
    return folder


@pytest.fixture
def desk(tmp_path: Path, stored: Path) -> Iterator[Desk]:
    data = tmp_path / "store"
    copytree(stored, data)
    with open_desk(
        Config(data=data, smtp_url="folder:thu", base_url="https://tin.example.vn", signups_per_hour=3)
    ) as desk:
        yield desk


@pytest.fixture
def client(desk: Desk, clock: Clock) -> TestClient:
    return TestClient(create_app(desk, SOURCES, clock=clock), base_url="https://tin.example.vn", follow_redirects=False)


def mails(desk: Desk) -> list[EmailMessage]:
    files = sorted((desk.config.data / "thu").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]  # type: ignore[misc]


def link_in(message: EmailMessage) -> str:
    (link,) = re.findall(r"https://tin\.example\.vn(/theo-doi/\S+)", message.get_content())
    return str(link)


def state_of(desk: Desk) -> str:
    (subscription,) = desk.archive.alerts.subscriptions()
    return subscription.state


# --- signing up


def test_signing_up_sends_one_plain_mail_that_says_who_what_and_that_doing_nothing_ends_it(
    client: TestClient, desk: Desk
) -> None:
    answer = client.post("/theo-doi", data={**FORM, "topic": "security"})

    (message,) = mails(desk)
    text = message.get_content()
    assert answer.status_code == 200
    assert "Hãy xem hộp thư" in answer.text
    assert message.get_content_type() == "text/plain"
    assert (message["To"], message["Auto-Submitted"]) == ("lan@example.vn", "auto-generated")
    assert message["Subject"] == "Xác nhận theo dõi tin"
    for part in (
        "08:00 28/11/2026",
        "tin.example.vn",
        '"một cửa"',
        "An toàn thông tin",
        "hằng ngày lúc 07:00",
        "7 ngày",
    ):
        assert part in text
    assert len(text) < 1000
    assert state_of(desk) == "unconfirmed"


def test_the_answer_is_the_same_for_an_address_that_is_known(client: TestClient, desk: Desk) -> None:
    first = client.post("/theo-doi", data=FORM)
    client.post(link_in(mails(desk)[0]), data={"action": "confirm"})

    again = client.post("/theo-doi", data=FORM)

    assert (again.status_code, again.text) == (first.status_code, first.text)
    assert "đang theo dõi" in mails(desk)[-1]["Subject"]
    assert len(desk.archive.alerts.subscriptions()) == 1


def test_one_person_may_ask_only_so_often_an_hour(client: TestClient, desk: Desk, clock: Clock) -> None:
    answers = [client.post("/theo-doi", data={**FORM, "mail": f"lan{n}@example.vn"}) for n in range(4)]
    clock.now += timedelta(hours=1)
    later = client.post("/theo-doi", data={**FORM, "mail": "mai@example.vn"})

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "3600"
    assert later.status_code == 200
    assert len(mails(desk)) == 4


def test_one_address_is_written_to_three_times_a_day_at_most(client: TestClient, desk: Desk, clock: Clock) -> None:
    for hour in range(6):
        clock.now = START + timedelta(hours=hour)
        client.post("/theo-doi", data={**FORM, "q": f"một cửa {hour}"})

    assert len(mails(desk)) == 3


def test_a_field_that_people_do_not_see_catches_machines(client: TestClient, desk: Desk) -> None:
    answer = client.post("/theo-doi", data={**FORM, "website": "https://spam.example"})

    assert answer.status_code == 200
    assert mails(desk) == []
    assert desk.archive.alerts.subscriptions() == ()


def test_a_form_on_another_site_is_refused(client: TestClient, desk: Desk) -> None:
    answer = client.post("/theo-doi", data=FORM, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert mails(desk) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mail": "lan"}, "không phải địa chỉ thư"),
        ({"mail": "lan@example.vn\nBcc: b@example.vn"}, "không phải địa chỉ thư"),
        ({"q": 'một "cửa'}, "Thiếu dấu ngoặc kép"),
        ({"q": ""}, "ãy nêu từ khóa"),
        ({"q": "trúng thưởng tại http://xau.example/"}, "không chứa địa chỉ web"),
        ({"q": "trúng thưởng tại Xau.com"}, "không chứa địa chỉ web"),
        ({"q": "trúng thưởng " * 50}, "không quá 200 ký tự"),
        ({"place": "Atlantis"}, "hông có địa phương"),
        ({"topic": "bong_da"}, "hông có chủ đề"),
        ({"every": "never"}, "không phải nhịp gửi"),
        ({"when": "xin chào"}, "không thấy so sánh nào"),
    ],
)
def test_what_can_not_be_followed_is_said_on_the_form(
    client: TestClient, desk: Desk, fields: dict[str, str], said: str
) -> None:
    answer = client.post("/theo-doi", data={**FORM, **fields})

    assert answer.status_code == 400
    assert said in answer.text
    assert mails(desk) == []


@pytest.mark.parametrize(
    ("content", "status"), [(b"x" * 30_000, 413), (b"&".join(b"a=1" for _ in range(200)), 400), (b"\xff\xfe", 400)]
)
def test_a_form_that_is_none_is_refused(client: TestClient, content: bytes, status: int) -> None:
    assert client.post("/theo-doi", content=content).status_code == status


def test_a_preview_comes_before_the_mail(client: TestClient, desk: Desk) -> None:
    answer = client.post("/theo-doi", data={**FORM, "do": "preview"})

    assert "1 bài, 1 thư" in answer.text
    assert "<mark>một cửa</mark> &lt;số&gt;" in answer.text
    assert 'value="lan@example.vn"' in answer.text
    assert mails(desk) == []


def test_an_address_in_a_link_is_not_filled_in(client: TestClient) -> None:
    page = client.get("/theo-doi", params={"q": "một cửa", "mail": "lan@example.vn"}).text

    assert 'value="một cửa"' in page
    assert "lan@example.vn" not in page


def test_a_monitor_that_sends_no_mail_takes_no_addresses(tmp_path: Path) -> None:
    with open_desk(Config(data=tmp_path)) as desk:
        client = TestClient(create_app(desk, SOURCES))

        page, answer = client.get("/theo-doi"), client.post("/theo-doi", data=FORM)

    assert "chưa nhận đăng ký" in page.text
    assert 'name="mail"' not in page.text
    assert answer.status_code == 503
    assert 'href="/theo-doi"' not in client.get("/mau-thuan").text


# --- one subscription


def test_opening_the_link_changes_nothing_and_the_button_confirms(client: TestClient, desk: Desk) -> None:
    client.post("/theo-doi", data=FORM)
    link = link_in(mails(desk)[0])

    page = client.get(link)
    before = state_of(desk)
    pressed = client.post(link, data={"action": "confirm"})

    assert "Chưa xác nhận" in page.text
    assert "5/12/2026" in page.text
    assert "lan@example.vn" not in page.text
    assert (before, state_of(desk)) == ("unconfirmed", "active")
    assert (pressed.status_code, pressed.headers["location"]) == (303, link)
    assert "Đang theo dõi" in client.get(link).text


def test_a_reader_pauses_resumes_ends_and_comes_back(client: TestClient, desk: Desk) -> None:
    client.post("/theo-doi", data=FORM)
    link = link_in(mails(desk)[0])

    states = []
    for action in ("confirm", "confirm", "pause", "pause", "resume", "end", "end", "confirm", "resume"):
        client.post(link, data={"action": action})
        states.append(state_of(desk))

    assert states == ["active", "active", "paused", "paused", "active", "ended", "ended", "ended", "active"]


def test_who_says_no_is_not_written_to_again(client: TestClient, desk: Desk) -> None:
    client.post("/theo-doi", data=FORM)
    link = link_in(mails(desk)[0])

    page = client.get(link).text
    client.post(link, data={"action": "end"})
    client.post("/theo-doi", data={**FORM, "q": "khác"})
    client.post(link, data={"action": "resume"})

    assert "Không phải tôi" in page
    assert len(mails(desk)) == 1
    assert state_of(desk) == "ended"


def test_what_nobody_confirms_is_forgotten_after_a_week(client: TestClient, desk: Desk, clock: Clock) -> None:
    client.post("/theo-doi", data=FORM)
    link = link_in(mails(desk)[0])

    clock.now += timedelta(days=7, seconds=1)
    late = client.post(link, data={"action": "confirm"})
    client.post("/theo-doi", data={**FORM, "mail": "mai@example.vn"})

    assert [one.owner for one in desk.archive.alerts.subscriptions()] == ["mai@example.vn"]
    assert (late.status_code, client.get(link).status_code) == (404, 404)


def test_one_click_ends_it_however_often_and_whatever_is_sent(client: TestClient, desk: Desk) -> None:
    client.post("/theo-doi", data=FORM)
    link = link_in(mails(desk)[0])
    client.post(link, data={"action": "confirm"})

    shown = client.get(f"{link}/huy")
    still = state_of(desk)
    answers = [
        client.post(f"{link}/huy", data={"List-Unsubscribe": "One-Click"}),
        client.post(f"{link}/huy", files={"List-Unsubscribe": (None, "One-Click")}),
        client.post("/theo-doi/khong-co/huy", data={"List-Unsubscribe": "One-Click"}),
    ]

    assert "Hủy theo dõi" in shown.text
    assert (still, state_of(desk)) == ("active", "ended")
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, "Đã hủy. Unsubscribed.\n")}


def test_an_unknown_button_does_nothing(client: TestClient, desk: Desk) -> None:
    client.post("/theo-doi", data=FORM)
    link = link_in(mails(desk)[0])

    assert client.post(link, data={"action": "delete"}).status_code == 400
    assert state_of(desk) == "unconfirmed"


def test_the_pages_are_for_nobody_else(client: TestClient, desk: Desk) -> None:
    client.post("/theo-doi", data=FORM)
    link = link_in(mails(desk)[0])
    client.post(link, data={"action": "confirm"})

    for address in (link, "/theo-doi", f"{link}/diem-tin.atom"):
        headers = client.get(address).headers
        assert "noindex" in headers["x-robots-tag"]
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers


def test_an_english_reader_is_spoken_to_in_english(client: TestClient, desk: Desk) -> None:
    kept = keep(desk, query="một cửa", language="en", every="weekly", name="One-stop")

    page = client.get(f"/theo-doi/{kept.token}").text

    assert "Mondays at 07:00" in page
    assert "Unsubscribe" in page


# --- the feed


def keep(desk: Desk, **fields: object) -> Subscription:
    wish = Wish(**{"atom": True, "owner": "lan", **fields})  # type: ignore[arg-type]
    subscription = make_subscription(wish, names_for(SOURCES), now=START, keys=draw_keys())
    desk.archive.alerts.add(subscription)
    return subscription


def found(desk: Desk, subscription: Subscription) -> None:
    ids = [document.id for document in desk.archive.all_documents()]
    matches = [Match(subscription_id=subscription.id, article_id=key, tier="exact", found_at=START) for key in ids]
    desk.archive.alerts.settle_matching(matches, [])


def test_the_feed_holds_the_matches_with_the_sentence_that_matched(client: TestClient, desk: Desk) -> None:
    kept = keep(desk, query='"một cửa"', name="Một cửa & <khác>")
    found(desk, kept)

    answer = client.get(f"/theo-doi/{kept.token}/diem-tin.atom")

    assert answer.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(answer.content, sanitize_html=False)
    (entry,) = feed.entries
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert (feed.feed.title, entry.title) == ("Một cửa & <khác>", "Tin vắn & mới")
    assert entry.link == "https://hue.vn/1.html"
    assert entry.author == "Cổng TTĐT thành phố Huế"
    assert entry.updated == "2026-11-28T01:00:00Z"
    assert "<mark>một cửa</mark> &lt;số&gt;" in entry.summary


def test_a_feed_that_is_unchanged_is_not_sent_again(client: TestClient, desk: Desk) -> None:
    kept = keep(desk, query="một cửa")
    address = f"/theo-doi/{kept.token}/diem-tin.atom"
    etag = client.get(address).headers["etag"]

    unchanged = client.get(address, headers={"If-None-Match": f'W/"x", {etag}'})
    found(desk, kept)
    changed = client.get(address, headers={"If-None-Match": etag})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert changed.status_code == 200


def test_what_xml_can_not_hold_breaks_no_feed(client: TestClient, desk: Desk) -> None:
    keeper = Keeper(desk, now=START)
    text = "Một cửa \x0b]]> \ud83d & <b>."
    keeper.add(Article(url="javascript:alert(1)", title="\x00\ud83d]]>", text=text, source_id="la", fetched_at=START))
    keeper.flush()
    kept = keep(desk, query="một cửa")
    found(desk, kept)

    feed = feedparser.parse(client.get(f"/theo-doi/{kept.token}/diem-tin.atom").content)

    assert not feed.bozo
    assert len(feed.entries) == 2
    assert all(entry.link.startswith("https://") for entry in feed.entries)


def test_a_question_that_can_not_be_read_any_more_still_has_its_matches(client: TestClient, desk: Desk) -> None:
    lost = replace(keep(desk, query="một cửa"), id="lost", token="lost", topics=("mat_roi",))
    desk.archive.alerts.add(lost)
    found(desk, lost)

    feed = feedparser.parse(client.get("/theo-doi/lost/diem-tin.atom").content)

    assert [entry.link for entry in feed.entries] == ["https://hue.vn/1.html"]


@pytest.mark.parametrize(("state", "status"), [("unconfirmed", 404), ("ended", 410), ("paused", 200)])
def test_the_feed_of_what_is_not_followed_is_not_there(client: TestClient, desk: Desk, state: str, status: int) -> None:
    kept = keep(desk, query="một cửa")
    desk.archive.alerts.set_state(kept.id, state, START)  # type: ignore[arg-type]

    assert client.get(f"/theo-doi/{kept.token}/diem-tin.atom").status_code == status


def test_an_unknown_token_leads_nowhere(client: TestClient) -> None:
    for address in ("/theo-doi/khong-co", "/theo-doi/khong-co/huy", "/theo-doi/khong-co/diem-tin.atom"):
        assert client.get(address).status_code == 404


# --- who may bring back what


def test_what_a_reader_ended_only_the_reader_brings_back(client: TestClient, desk: Desk) -> None:
    client.post("/theo-doi", data=FORM)
    link = link_in(mails(desk)[0])
    for action in ("confirm", "end"):
        client.post(link, data={"action": action})
    alerts = desk.archive.alerts
    (ended,) = alerts.subscriptions()

    with pytest.raises(MonitorError, match="tự hủy"):
        resume(alerts, ended, START)
    client.post(link, data={"action": "resume"})
    removed = remove(alerts, find_subscription(alerts, ended.id), START)

    assert removed.state == "ended"
    assert resume(alerts, removed, START).state == "active"


def test_what_was_never_confirmed_is_not_brought_to_life_by_removing_it(client: TestClient, desk: Desk) -> None:
    client.post("/theo-doi", data=FORM)
    alerts = desk.archive.alerts
    (waiting,) = alerts.subscriptions()

    with pytest.raises(MonitorError, match="chưa xác nhận"):
        resume(alerts, waiting, START)
    with pytest.raises(MonitorError, match="chưa từng xác nhận"):
        resume(alerts, remove(alerts, waiting, START), START)
