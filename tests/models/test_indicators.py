from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.errors import ModelError
from models.indicators import all_indicators, check_formulas, match_indicator


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
    ],
)
def test_a_figure_is_matched_to_its_indicator_or_to_none(name: str, unit: str, slug: str | None) -> None:
    assert match_indicator(name, name, unit) == slug


def test_the_sentence_may_say_what_the_name_leaves_out() -> None:
    sentence = "Qua nền tảng tích hợp, chia sẻ dữ liệu quốc gia đã có 4 triệu giao dịch."

    assert match_indicator("số giao dịch", sentence, "giao dịch") == "data_sharing.ndxp_transactions"
    assert match_indicator("số giao dịch", "Sàn có 4 triệu giao dịch.", "giao dịch") is None


def test_the_catalogue_is_whole() -> None:
    catalogue = all_indicators()

    assert len(catalogue) >= 80
    for one in catalogue.values():
        assert one.groups, one.slug
        assert one.units, one.slug
        assert one.succeeds is None or one.succeeds in catalogue
        assert one.since is None or one.until is None or one.since <= one.until


def test_a_formula_of_what_is_not_in_the_catalogue_is_refused() -> None:
    one = all_indicators()["admin_reform.on_time_rate"]
    broken = replace(one, formula="admin_reform.resolved_count / dossiers.nowhere")

    with pytest.raises(ModelError, match=r"dossiers\.nowhere"):
        check_formulas({**all_indicators(), one.slug: broken})


def test_full_online_succeeds_level_four_and_remembers_its_name() -> None:
    successor = all_indicators()["online_services.full_online_rate"]
    before = all_indicators()[successor.succeeds or ""]

    assert successor.was[0].name == before.name
    assert before.until == date(2022, 6, 20)
    assert successor.since is not None
    assert successor.since > before.until


def test_damage_is_of_online_fraud_only_where_the_sentence_says_so() -> None:
    storm = "Ước thiệt hại do bão 1.200 tỷ đồng tại Gia Lai."
    fraud = "Số tiền bị chiếm đoạt qua các vụ lừa đảo trực tuyến là 1.200 tỷ đồng."

    assert match_indicator("thiệt hại do bão", storm, "vnd") is None
    assert match_indicator("số tiền bị chiếm đoạt", fraud, "vnd") == "security.scam_losses"
