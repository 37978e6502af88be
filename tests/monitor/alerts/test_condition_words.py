"""Conditions out of Vietnamese phrases, and what is said of phrases that can't be read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.standing.alert_records import Condition
from models.bodies import places
from models.figures.indicators import all_indicators
from monitor.alerts.condition_words import condition_said, read_condition
from monitor.errors import MonitorError
from monitor.naming import indicator_slugs


def a_place(typed: str) -> Sequence[str]:
    found = places.resolve(typed)
    return (found.name,) if found else ()


def read(words: str) -> Condition:
    return read_condition(words, indicator_slugs, a_place)


SATISFACTION = "admin_reform.satisfaction_rate"
RATE = "online_services.online_dossier_rate"


@pytest.mark.parametrize(
    ("words", "test", "indicator", "place", "bound"),
    [
        ("chỉ tiêu tỷ lệ hồ sơ nộp trực tuyến của tỉnh Lào Cai dưới 90", "below", RATE, "Lào Cai", 90),
        ("hồ sơ nộp trực tuyến của Lào Cai dưới 90%", "below", RATE, "Lào Cai", 90),
        ("Khi tỷ lệ hồ sơ nộp trực tuyến ở TP.HCM chỉ đạt thấp hơn 90,5 %.", "below", RATE, "TP Hồ Chí Minh", "90.5"),
        ("ty le ho so nop truc tuyen cua lao cai < 90", "below", RATE, "Lào Cai", 90),
        (f"{RATE} Lào Cai không quá 90", "at_most", RATE, "Lào Cai", 90),
        ("tỷ lệ hồ sơ nộp trực tuyến không dưới 90%", "at_least", RATE, None, 90),
        ("tỷ lệ hồ sơ nộp trực tuyến từ 90% trở lên", "at_least", RATE, None, 90),
        ("tỷ lệ hồ sơ nộp trực tuyến từ 90% trở xuống", "at_most", RATE, None, 90),
        ("số hồ sơ nộp trực tuyến vượt 1,2 triệu hồ sơ", "above", "online_services.online_dossier_count", None, 1200000),
        ("PAR Index của Lào Cai dưới 85", "below", "admin_reform.par_index", "Lào Cai", 85),
        ("PAR Index của Lào Cai tụt hạng", "rank_drop", "admin_reform.par_index_rank", "Lào Cai", None),
        ("DTI Hue tut hang", "rank_drop", "digital_economy.dti_rank", "Huế", None),
        ("chỉ số cải cách hành chính của Huế bị tụt bậc so với năm trước", "rank_drop", "admin_reform.par_index_rank", "Huế", None),
        ("SIPAS của Huế khác số đã công bố", "differs", "admin_reform.sipas", "Huế", None),
        ("thứ hạng SIPAS của Huế mâu thuẫn", "differs", "admin_reform.sipas_rank", "Huế", None),
        ("mức độ hài lòng của người dân, doanh nghiệp ở Huế khác với số liệu đã được công bố", "differs", SATISFACTION, "Huế", None),
        ("tỷ lệ hồ sơ quá hạn của Bộ Y tế thay đổi quá 5% so với kỳ trước", "change_over", "admin_reform.late_rate", "Bộ Y tế", 5),
        ("thứ hạng PAR Index của Huế biến động hơn 3 bậc", "change_over", "admin_reform.par_index_rank", "Huế", 3),
    ],
)  # fmt: skip
def test_a_phrase_is_read(words: str, test: str, indicator: str, place: str | None, bound: object) -> None:
    found = read(words)

    assert (found.test, found.indicator, found.place) == (test, indicator, place)
    assert found.bound == (None if bound is None else Decimal(str(bound)))
    assert found.kind == "achieved"


def test_a_target_is_asked_for_by_its_word() -> None:
    found = read("mục tiêu tỷ lệ thanh toán trực tuyến của Huế từ 80% trở lên")

    assert (found.kind, found.indicator, found.place) == ("target", "online_services.payment_rate", "Huế")


def test_money_keeps_its_currency() -> None:
    assert read("quy mô kinh tế số dưới 10 tỷ đồng").unit == "vnd"
    assert read("quy mô kinh tế số dưới 10 tỷ USD").unit == "usd"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "đang trống"),
        ("xin chào", "không thấy so sánh nào"),
        ("dưới 90", "chưa thấy tên chỉ tiêu"),
        ("tỷ lệ hồ sơ nộp trực tuyến của Lào Cai dưới", "sau “dưới” cần một con số"),
        ("tỷ lệ hồ sơ nộp trực tuyến của Lào Cai dưới 90 trong năm 2026", "chưa hiểu “trong năm 2026”"),
        ("hồ sơ trực tuyến của Lào Cai dưới 90", "có thể là nhiều chỉ tiêu"),
        ("tỷ lệ trẻ em đến trường của Lào Cai dưới 90", "không có chỉ tiêu “tỷ lệ trẻ em đến trường”"),
        ("tỷ lệ hồ sơ nộp trực tuyến của Atlantis dưới 90", "không biết địa phương hay cơ quan “Atlantis”"),
        ("tỷ lệ hồ sơ nộp trực tuyến tụt hạng", "không phải thứ hạng"),
        ("tỷ lệ hồ sơ nộp trực tuyến giảm quá 5%", "chưa phân biệt tăng với giảm"),
        ("PAPI của Huế dưới 40%", "tính bằng điểm, không bằng %"),
        ("thứ hạng PAR Index của Huế thay đổi quá 5%", "thay đổi theo bậc"),
        ("số hồ sơ nộp trực tuyến thay đổi quá 5 tỷ đồng", "tính bằng %"),
        ("tỷ lệ hồ sơ nộp trực tuyến dưới 90-95%", "không phải là một con số"),
        ("x" * 400, "dài quá"),
    ],
)
def test_what_can_not_be_read_is_told_in_words_that_help(words: str, said: str) -> None:
    with pytest.raises(MonitorError) as caught:
        read(words)

    assert said in str(caught.value)


def test_what_was_understood_is_told_beside_what_was_not() -> None:
    with pytest.raises(MonitorError) as caught:
        read("hồ sơ trực tuyến của Lào Cai dưới 90")

    assert "chỉ tiêu “hồ sơ trực tuyến”, của “Lào Cai”, “dưới 90”" in str(caught.value)


@pytest.mark.parametrize("slug", sorted(all_indicators()))
def test_each_indicator_of_the_catalogue_is_said_in_words_that_are_read_as_the_same(slug: str) -> None:
    indicator = all_indicators()[slug]
    unit = indicator.units[0] if {"usd", "vnd"} <= set(indicator.units) else None
    conditions = [
        Condition(test="below", indicator=slug, place="Lào Cai", bound=Decimal("12.5"), unit=unit),
        Condition(test="change_over", indicator=slug, place="Bộ Y tế", bound=Decimal(5)),
        Condition(test="differs", indicator=slug),
        Condition(test="at_least", indicator=slug, place="Huế", bound=Decimal(1000), unit=unit, kind="target"),
    ]
    if "rank" in indicator.units:
        conditions.append(Condition(test="rank_drop", indicator=slug, place="Huế"))

    assert [read(condition_said(condition)) for condition in conditions] == conditions


PIECES = st.sampled_from(
    ["tỷ lệ", "hồ sơ", "của", "Lào Cai", "dưới", "trên", "90", "%", "tụt", "hạng", "<", ">", "quá", "từ"]
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join)))
def test_whatever_is_typed_is_read_or_refused_in_words(words: str) -> None:
    try:
        said = condition_said(read(words))
    except MonitorError as e:
        said = str(e)

    assert said
