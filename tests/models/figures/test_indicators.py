from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from models.errors import ModelError
from models.figures.indicators import all_indicators, check_formulas, match_indicator
from models.figures.metrics import find_metrics

SENTENCES = Path(__file__).parents[2] / "data" / "indicators.txt"


@dataclass(frozen=True, kw_only=True)
class Example:
    """One line of tests/data/indicators.txt."""

    slug: str
    wanted: bool
    text: str
    start: int
    end: int
    name: str
    unit: str


def examples() -> list[Example]:
    lines = [line for line in SENTENCES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [read_example(*line.split(" | ")) for line in lines]


def read_example(slug: str, marked: str, name: str, unit: str) -> Example:
    before, figure, after = re.fullmatch(r"(.*)\[(.+)\](.*)", marked).groups()  # type: ignore[union-attr]
    return Example(
        slug=slug.removeprefix("-"), wanted=not slug.startswith("-"), text=before + figure + after,
        start=len(before), end=len(before) + len(figure), name=name, unit=unit,
    )  # fmt: skip


@pytest.mark.parametrize("one", examples(), ids=lambda one: f"{'' if one.wanted else 'not '}{one.slug}")
def test_a_sentence_of_an_indicator_gets_it_and_one_beside_it_does_not(one: Example) -> None:
    found = match_indicator(one.name, one.text, one.unit)

    assert (found == one.slug) is one.wanted


def test_every_indicator_has_a_sentence() -> None:
    assert {one.slug for one in examples() if one.wanted} == set(all_indicators())


def test_nearly_all_the_sentences_get_their_indicator_when_read_from_the_text() -> None:
    wanted = [one for one in examples() if one.wanted]

    missed = [
        one.slug
        for one in wanted
        if one.slug not in {m.indicator for m in find_metrics(one.text) if m.start < one.end and one.start < m.end}
    ]

    assert len(missed) / len(wanted) <= 0.06, missed  # 11 of 331 when it was written


@pytest.mark.parametrize(
    ("name", "unit", "slug"),
    [
        ("tỷ lệ dịch vụ công trực tuyến mức độ 4", "percent", "online_services.level4_rate"),
        ("tỷ lệ DVCTT mức độ 4", "percent", "online_services.level4_rate"),
        ("tỷ lệ dịch vụ công trực tuyến mức độ 3, 4", "percent", "online_services.level34_rate"),
        ("tỷ lệ dịch vụ công trực tuyến toàn trình", "percent", "online_services.full_online_rate"),
        ("tỷ lệ hồ sơ trực tuyến toàn trình", "percent", "online_services.full_online_dossier_rate"),
        ("tỷ lệ hồ sơ nộp trực tuyến", "percent", "online_services.online_dossier_rate"),
        ("tỷ lệ hồ sơ giải quyết đúng hạn", "percent", "admin_reform.on_time_rate"),
        ("tỷ lệ thanh toán trực tuyến", "percent", "online_services.payment_rate"),
        ("số dịch vụ công trực tuyến mức độ 4", "dịch vụ công trực tuyến", "online_services.level4_count"),
        ("xếp hạng chỉ số cải cách hành chính (PAR Index)", "rank", "admin_reform.par_index_rank"),
        ("chỉ số cải cách hành chính (PAR Index)", "point", "admin_reform.par_index"),
        ("chỉ số hài lòng về sự phục vụ hành chính (SIPAS)", "percent", "admin_reform.sipas"),
        ("xếp hạng DTI", "rank", "digital_economy.dti_rank"),
        ("số trạm BTS", "trạm BTS", "infrastructure.base_stations"),
        ("số tổ công nghệ số cộng đồng", "tổ công nghệ số cộng đồng", "digital_skills.community_teams"),
        ("số cuộc tấn công mạng", "cuộc tấn công mạng", "security.attacks"),
        ("tỷ lệ văn bản điện tử ký số", "percent", "e_documents.signed_rate"),
        ("tỷ lệ hộ nghèo", "percent", None),
        ("số tiền", "vnd", None),
        ("mức tăng chỉ số cải cách hành chính", "point", None),
        ("tỷ lệ dịch vụ công trực tuyến mức độ 4", "vnd", None),
        ("mức tăng số dịch vụ công trực tuyến mức độ 4", "percent", None),
        ("", "percent", None),
        # of one field of work, where the indicator is of all
        ("tỷ lệ hồ sơ đổi giấy phép lái xe nộp trực tuyến", "percent", None),
        ("số hồ sơ tuyển sinh tiếp nhận", "hồ sơ", None),
        ("tỷ lệ hồ sơ đất đai trễ hạn", "percent", None),
        # a growth is not what grew
        ("mức tăng số hồ sơ nộp trực tuyến", "hồ sơ", None),
        ("chênh lệch PAR Index giữa hai bộ", "percent", None),
        # what was done with a dossier decides
        ("số hồ sơ nhận và đã giải quyết", "hồ sơ", "admin_reform.resolved_count"),
        ("số hồ sơ đúng hạn, quá hạn", "hồ sơ", "admin_reform.late_count"),
    ],
)
def test_a_figure_is_matched_to_its_indicator_or_to_none(name: str, unit: str, slug: str | None) -> None:
    assert match_indicator(name, name, unit) == slug


def test_the_sentence_may_say_what_the_name_leaves_out() -> None:
    sentence = "Qua nền tảng tích hợp, chia sẻ dữ liệu quốc gia đã có 4 triệu giao dịch."

    assert match_indicator("số giao dịch", sentence, "giao dịch") == "data_sharing.ndxp_transactions"
    assert match_indicator("số giao dịch", "Sàn có 4 triệu giao dịch.", "giao dịch") is None


def test_an_account_is_of_the_identity_that_the_sentence_speaks_of() -> None:
    identity = "Công an tỉnh cấp định danh điện tử, 812.000 tài khoản đã kích hoạt, đạt 74%."
    bank = "Ngân hàng mở mới 812.000 tài khoản đã kích hoạt, đạt 74%."

    assert match_indicator("số tài khoản đã kích hoạt", identity, "tài khoản") == "digital_skills.eid_activated"
    assert match_indicator("tỷ lệ tài khoản kích hoạt", identity, "percent") == "digital_skills.eid_rate"
    assert match_indicator("số tài khoản đã kích hoạt", bank, "tài khoản") is None
    assert match_indicator("tỷ lệ tài khoản kích hoạt", bank, "percent") is None


def test_the_catalogue_is_whole() -> None:
    catalogue = all_indicators()

    assert len(catalogue) >= 170
    for one in catalogue.values():
        assert one.groups, one.slug
        assert one.units, one.slug
        assert one.succeeds is None or one.succeeds in catalogue
        assert one.since is None or one.until is None or one.since <= one.until
        assert one.defined is None or re.search(r"(?:19|20)\d\d", one.defined), one.slug


def test_a_formula_of_what_is_not_in_the_catalogue_is_refused() -> None:
    one = all_indicators()["admin_reform.on_time_rate"]
    broken = replace(one, formula="admin_reform.resolved_count / dossiers.nowhere")

    with pytest.raises(ModelError, match=r"dossiers\.nowhere"):
        check_formulas({**all_indicators(), one.slug: broken})


@pytest.mark.parametrize("words", ["lượt truy cập", "tổng lượt truy cập", "số lượt truy cập hôm nay", "đang truy cập"])
@pytest.mark.parametrize("unit", ["lượt", "người", "lượt truy cập"])
def test_a_counter_of_visitors_is_no_indicator(words: str, unit: str) -> None:
    assert match_indicator(words, f"{words}: 776.577", unit) is None


def test_full_online_succeeds_level_four_and_remembers_its_name() -> None:
    successor = all_indicators()["online_services.full_online_rate"]
    before = all_indicators()[successor.succeeds or ""]

    assert successor.was[0].name == before.name
    assert before.until == date(2022, 8, 14)
    assert successor.since is not None
    assert successor.since > before.until


def test_damage_is_of_online_fraud_only_where_the_sentence_says_so() -> None:
    storm = "Ước thiệt hại do bão 1.200 tỷ đồng tại Gia Lai."
    fraud = "Số tiền bị chiếm đoạt qua các vụ lừa đảo trực tuyến là 1.200 tỷ đồng."

    assert match_indicator("thiệt hại do bão", storm, "vnd") is None
    assert match_indicator("số tiền bị chiếm đoạt", fraud, "vnd") == "security.scam_losses"
