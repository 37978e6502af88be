"""What a person asks for becomes a subscription, or is refused with what to do."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.errors import QuerySyntaxError
from index.standing.alert_records import Channel, Condition, QuietHours, Schedule, Subscription
from monitor.alerts.wishes import ConditionWish, Keys, Wish, is_asked_already, make_subscription
from monitor.errors import MonitorError
from monitor.naming import names_for
from tests.fakes import a_source

NOW = datetime(2026, 11, 28, 1, tzinfo=UTC)
KEYS = Keys(id="a1", token="t" * 32, secret="drawn")
NAMES = names_for([a_source(id="bao_a", name="Báo A")])


def made(**fields: Any) -> Subscription:
    wish = Wish(**{"mails": ["lan@example.vn"], "owner": "lan", **fields})
    return make_subscription(wish, NAMES, now=NOW, keys=KEYS)


def test_names_are_kept_as_what_they_mean() -> None:
    found = made(query="  chuyển  đổi số", topics=["an toàn thông tin"], places=["tỉnh lào cai"], sources=["báo a"])

    assert found.query == "chuyển đổi số"
    assert (found.topics, found.places, found.sources) == (("security",), ("Lào Cai",), ("bao_a",))
    assert found.name == "chuyển đổi số · Lào Cai · An toàn thông tin"
    assert (found.id, found.token, found.made_at, found.state) == (KEYS.id, KEYS.token, NOW, "active")


def test_what_is_not_said_is_the_press_review_of_seven_in_the_morning() -> None:
    found = made(query="một cửa")

    assert found.schedule == Schedule(every="daily", at=time(7))
    assert (found.timezone, found.language, found.quiet) == ("Asia/Ho_Chi_Minh", "vi", None)


def test_times_are_read_as_people_type_them() -> None:
    found = made(query="một cửa", every="hằng tuần", at="8h30", weekday="thứ sáu", quiet="22:00-06:00")

    assert found.schedule == Schedule(every="weekly", at=time(8, 30), weekday=4)
    assert found.quiet == QuietHours(start=time(22), end=time(6))


def test_each_channel_is_told_once_and_a_webhook_is_always_signed(tmp_path: Path) -> None:
    found = made(
        mails=["lan@Example.vn", "lan@example.vn"],
        webhooks=["https://example.vn/hook"],
        folders=[str(tmp_path)],
        atom=True,
    )

    assert found.channels == (
        Channel(kind="mail", address="lan@example.vn"),
        Channel(kind="webhook", address="https://example.vn/hook", secret="drawn"),
        Channel(kind="folder", address=str(tmp_path)),
        Channel(kind="atom"),
    )


def test_a_condition_is_given_in_words_or_by_its_parts() -> None:
    in_words = made(when="tỷ lệ hồ sơ nộp trực tuyến của Lào Cai dưới 90%")
    parts = ConditionWish(indicator="online_services.online_dossier_rate", of="lào cai", below="90")
    by_parts = made(condition=parts)

    assert in_words.condition == by_parts.condition == Condition(
        test="below", indicator="online_services.online_dossier_rate", place="Lào Cai", bound=Decimal(90)
    )  # fmt: skip
    assert in_words.name == "Tỷ lệ hồ sơ nộp trực tuyến của Lào Cai dưới 90%"


def test_an_outside_reader_owns_it_by_address_and_has_to_confirm() -> None:
    found = made(query="một cửa", owner="", outside=True)

    assert (found.owner, found.state) == ("lan@example.vn", "unconfirmed")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mails": []}, "chưa nói gửi đi đâu"),
        ({"mails": ["lan@"]}, "không phải địa chỉ thư"),
        ({"mails": ["nguyễn@example.vn"]}, "không phải địa chỉ thư"),
        ({"mails": ["lan@example.vn\r\nBcc: x@example.vn"]}, "không phải địa chỉ thư"),
        ({"webhooks": ["ftp://example.vn"]}, "không phải địa chỉ webhook"),
        ({"webhooks": ["https://:99999/"]}, "không phải địa chỉ webhook"),
        ({"webhooks": ["https://lan:mk@example.vn/"]}, "không được chứa tên và mật khẩu"),
        ({"folders": [__file__]}, "không phải thư mục"),
        ({"secret": "x"}, "chỉ dùng cùng --webhook"),
        ({"webhooks": ["https://example.vn/"], "template": "telegram"}, "thiếu ?chat_id="),
        ({"webhooks": ["https://example.vn/"], "template": "{"}, "mẫu của webhook không phải JSON"),
        ({"topics": ["bóng đá"]}, "không có chủ đề"),
        ({"places": ["Atlantis"]}, "không có địa phương"),
        ({"sources": ["bao_z"]}, "không có nguồn"),
        ({"every": "yearly"}, "không phải nhịp gửi"),
        ({"every": "instant", "at": "07:00"}, "chỉ dùng với --every daily"),
        ({"every": "daily", "weekday": "T2"}, "chỉ dùng với --every weekly"),
        ({"at": "25:00"}, "không phải giờ trong ngày"),
        ({"every": "weekly", "weekday": "T9"}, "không phải ngày trong tuần"),
        ({"quiet": "22:00"}, "không phải khoảng giờ"),
        ({"quiet": "22:00-22:00"}, "không bao giờ gửi"),
        ({"timezone": "Asia/Hanoi!"}, "không có múi giờ"),
        ({"language": "fr"}, "chưa có ngôn ngữ"),
        ({"owner": " "}, "chưa rõ ai theo dõi"),
        ({"name": " \u200b "}, "tên theo dõi đang trống"),
        ({"outside": True, "webhooks": ["https://example.vn/"]}, "đúng một địa chỉ thư"),
        ({"when": "xin chào"}, "không thấy so sánh nào"),
        ({"condition": ConditionWish(indicator="par_index")}, "chưa nói so sánh thế nào"),
        ({"condition": ConditionWish(indicator="PAR Index", below="9", differs=True)}, "nhiều phép so sánh"),
        ({"when": "PAR Index tụt hạng", "condition": ConditionWish(indicator="x", differs=True)}, "hai lần"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(MonitorError) as caught:
        made(**{"query": "một cửa", **fields})

    assert said in str(caught.value)


def test_a_bad_query_points_at_the_place() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        made(query='một "cửa')

    assert caught.value.position == 4


def test_a_name_is_one_short_line() -> None:
    found = made(query="một cửa", name="Tin\r\nBcc: x " + "dài " * 100)

    assert "\n" not in found.name
    assert len(found.name) <= 120


def test_the_same_question_to_the_same_place_is_asked_already() -> None:
    one, other = made(query="một cửa", topics=["security"]), made(query="một  cửa", name="Khác", topics=["security"])
    elsewhere = made(query="một cửa", topics=["security"], mails=["an@example.vn"])

    assert is_asked_already(other, [one]) is one
    assert is_asked_already(elsewhere, [one]) is None


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ('"dịch vụ công" OR topic:security', "dịch vụ công hoặc chủ đề An toàn thông tin"),
        ('một cửa "trực tuyến" -covid', "một cửa, trực tuyến, trừ covid"),
        ('(DVC OR "một cửa"~3) NOT nguồn:"Báo A"', "(DVC hoặc một cửa) trừ nguồn Báo A"),
        ("topic:(security OR data_sharing) nơi:lao-cai", "chủ đề (An toàn thông tin hoặc Chia sẻ dữ liệu), Lào Cai"),
        ('place:"tỉnh thừa thiên huế" date:2020', "Thừa Thiên Huế, năm 2020"),
        ("date:[2020-02-03 TO 2020-03-04] x", "3/2/2020–4/3/2020, x"),
        (
            "indicator:admin_reform.par_index value:[30,5 TO *] unit:% kind:target",
            "chỉ tiêu Chỉ số cải cách hành chính (PAR Index), giá trị từ 30,5, đơn vị %, số liệu mục tiêu",
        ),
        ("value:[30 TO 40] OR value:<=5 OR value:7", "giá trị từ 30 đến 40 hoặc giá trị đến 5 hoặc giá trị 7"),
        ("lúc 7:30 C++ 62/83", "lúc 7:30 C++ 62/83"),
    ],
)
def test_one_without_a_name_is_called_by_its_question_in_words(query: str, name: str) -> None:
    assert made(query=query).name == name
