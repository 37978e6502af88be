from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics


def links(text: str, *, title: str | None = None) -> list[tuple[str, str | None]]:
    return [(one.quote, one.indicator) for one in find_metrics(text, title=title, published=date(2023, 8, 1))]


def link(text: str, quote: str, *, title: str | None = None) -> str | None:
    return dict(links(text, title=title))[quote]


@pytest.mark.parametrize(
    ("text", "quote", "slug"),
    [
        (
            "Kon Tum có 312 dịch vụ công trực tuyến mức độ 3, 4.",
            "312 dịch vụ công trực tuyến",
            "online_services.level34_count",
        ),
        (
            "Cổng đã cung cấp 1.204 dịch vụ công trực tuyến mức 3 và 4.",
            "1.204 dịch vụ công trực tuyến",
            "online_services.level34_count",
        ),
        (
            "Mức độ phát triển chính phủ điện tử của Việt Nam xếp hạng 86/193 quốc gia, 24/47 châu Á và 6/11 Đông Nam Á.",
            "6/11",
            "digital_economy.egdi_rank_asean",
        ),
        (
            "Đã có 9 bộ kết nối Cơ chế một cửa quốc gia với 121 thủ tục hành chính.",
            "121 thủ tục hành chính",
            "online_services.nsw_procedures",
        ),
        (
            "Trong tháng, 4.210 phản ánh được gửi đến, trong đó 3.120 phản ánh được xác minh, xử lý.",
            "3.120 phản ánh",
            None,
        ),
    ],
)
def test_what_stands_beside_a_figure_makes_up_for_its_name(text: str, quote: str, slug: str | None) -> None:
    assert link(text, quote) == slug


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Chỉ số GII của Việt Nam được công bố. Trong khu vực ASEAN, Việt Nam đứng thứ 3 sau Singapore.", "thứ 3"),
        ("Về PCI, An Giang xếp thứ 12 khu vực Đồng bằng sông Cửu Long.", "thứ 12"),
    ],
)
def test_a_rank_among_some_is_not_the_rank_among_all(text: str, quote: str) -> None:
    assert link(text, quote) is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Trung bình mỗi năm Trung tâm Hành chính công tỉnh tiếp nhận 21.500 hồ sơ.", "21.500 hồ sơ"),
        ("Mỗi ngày, khoảng 1,2 triệu giao dịch thực hiện qua nền tảng NDXP.", "1,2 triệu giao dịch"),
        ("Các nhà mạng phấn đấu triển khai thêm 4.000 trạm 5G trong năm nay.", "4.000 trạm"),
        ("Sở làm sạch dữ liệu đất đai, còn 11.200 thửa đất còn lại chưa đồng bộ.", "11.200 thửa đất"),
        ("Số cơ sở dùng hóa đơn khởi tạo từ máy tính tiền đạt 84% kế hoạch.", "84%"),
        ("Tổng đài 1022 nhận 9.100 cuộc gọi trong tuần đầu.", "9.100 cuộc gọi"),
        ("Mới 31 bệnh viện trong hơn 1.400 bệnh viện triển khai bệnh án điện tử.", "1.400 bệnh viện"),
        ("Tỉnh phấn đấu chỉ số PAPI năm nay tăng ít nhất 1,5 điểm.", "1,5 điểm"),
        ("Chỉ số EGDI của Việt Nam cao hơn trung bình châu Á (0,699 điểm).", "0,699 điểm"),
    ],
)
def test_an_average_an_increase_a_rest_or_a_share_of_a_plan_is_not_the_level(text: str, quote: str) -> None:
    assert link(text, quote) is None


def test_what_is_told_for_one_of_many_may_be_an_average() -> None:
    text = "Tại xã Ia Kha, thời gian chờ trung bình của người dân ở bộ phận một cửa là 9 phút."

    assert link(text, "9 phút") == "admin_reform.waiting_minutes"


def test_a_sentence_says_a_count_once_and_then_only_its_parts() -> None:
    text = "Tuần qua có 640 lỗ hổng được công bố, trong đó có 290 lỗ hổng mức cao và 41 lỗ hổng mức thấp."

    assert links(text) == [
        ("640 lỗ hổng", "security.vulnerabilities"),
        ("290 lỗ hổng", None),
        ("41 lỗ hổng", None),
    ]


def test_the_next_sentence_may_tell_the_parts_too() -> None:
    text = "Tuần qua có 640 lỗ hổng được công bố. Trong đó có ít nhất 131 lỗ hổng cho phép chèn mã lệnh."

    assert links(text) == [("640 lỗ hổng", "security.vulnerabilities"), ("131 lỗ hổng", None)]


def test_a_count_may_change_within_a_sentence_or_be_of_two_places() -> None:
    course = "Số thủ tục tiếp nhận tại bộ phận một cửa tăng từ 92 lên 240 thủ tục."

    assert dict(links(course))["240 thủ tục"] == "admin_reform.procedures_one_stop"


def test_the_figures_of_an_article_on_one_field_are_not_of_all_fields() -> None:
    text = "Từ đầu năm, đơn vị tiếp nhận 8.120 hồ sơ. Số hồ sơ giải quyết đúng hạn chiếm 97,1%."

    on_one = links(text, title="Hoàn thuế vào guồng sau nửa năm vướng mắc")
    on_all = links(text, title="Bộ phận một cửa Sa Thầy sau nửa năm")

    assert {slug for _, slug in on_one} == {None}
    assert ("97,1%", "admin_reform.on_time_rate") in on_all


def test_in_an_article_on_one_field_a_sentence_may_speak_of_all() -> None:
    text = "Chín tháng, toàn tỉnh tiếp nhận 168.000 hồ sơ thủ tục hành chính."

    assert (
        link(text, "168.000 hồ sơ thủ tục hành chính", title="Nghẽn ở hồ sơ đất đai") == "admin_reform.received_count"
    )


def test_one_company_is_not_its_market() -> None:
    market = "Cả nước có 22,4 triệu thuê bao Internet cáp quang."
    company = "Viettel có 9,1 triệu thuê bao Internet cáp quang."

    assert link(market, "22,4 triệu thuê bao") == "infrastructure.fixed_broadband"
    assert link(company, "9,1 triệu thuê bao") is None


def test_in_an_article_on_one_field_the_figure_of_a_place_by_name_is_that_of_all() -> None:
    title = "Huế hoàn thành số hóa sổ hộ tịch"
    text = "Tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 81%. Tỷ lệ hồ sơ nộp trực tuyến đạt 92%."

    assert [metric.indicator for metric in find_metrics(text, title=title)] == [
        "online_services.online_dossier_rate",
        None,
    ]


def test_those_that_reach_so_much_and_a_share_of_an_aim_are_no_level() -> None:
    text = "Tỷ lệ hồ sơ nộp trực tuyến chưa đều. Đơn vị chỉ đạt 80% mục tiêu được giao về hồ sơ nộp trực tuyến."

    assert [metric.indicator for metric in find_metrics(text)] == [None]
