"""What shares and changes are called in the wordings that the press has for them."""

from __future__ import annotations

import pytest

from models.figures.metrics import find_metrics

HELD_AGAINST = [
    ("Kho đang giữ 900 đơn chờ duyệt, nhiều hơn một năm trước 120 đơn.", "120 đơn", "mức tăng đơn chờ duyệt so với một năm trước"),
    ("Doanh thu của xưởng đạt 40 tỷ đồng, thấp hơn cùng kỳ 16%.", "16%", "mức giảm doanh thu của xưởng so với cùng kỳ"),
    ("Năng suất lúa ước 61 tạ/ha, ít hơn vụ trước 2%.", "2%", "mức giảm năng suất lúa so với vụ trước"),
    ("Đáng lưu ý, giá vé buýt cao hơn năm 2021 tới 9,5%.", "9,5%", "mức tăng giá vé buýt so với năm 2021"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), HELD_AGAINST)
def test_a_change_says_against_which_earlier_time_it_is_held(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


PLACED = [
    ("Tỷ lệ hồ sơ trực tuyến của tỉnh đạt 61%. Lào Cai và Sơn La thuộc nhóm thấp nhất, chỉ đạt 12%.", "12%", "tỷ lệ hồ sơ trực tuyến"),
    ("Tỷ lệ hộ dùng nước sạch đạt 61%. Xét theo tỉnh, Sơn La dẫn đầu (88%).", "88%", "tỷ lệ hộ dùng nước sạch"),
    ("Đã có chỉ số cải cách hành chính. Lào Cai quán quân năm thứ ba, 91,2 điểm.", "91,2 điểm", "chỉ số cải cách hành chính"),
    ("Tỷ lệ dùng nước sạch từ 61% năm 2018 giảm xuống 58% và lần này chỉ còn 52%.", "52%", "tỷ lệ dùng nước sạch"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), PLACED)
def test_a_place_among_others_is_no_name(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


MARGINS = [
    ("Biên lợi nhuận gộp từ 14,9% rơi về 10,7%.", "14,9%", "biên lợi nhuận gộp"),
    ("Biên lợi nhuận gộp từ 14,9% rơi về 10,7%.", "10,7%", "biên lợi nhuận gộp"),
    ("Lãi suất cho vay mua nhà đang ở mức 7,5%.", "7,5%", "lãi suất cho vay mua nhà"),
    ("Tỷ lệ hộ dùng mạng đạt 61%. Tốc độ tăng trưởng ổn định 2%.", "2%", "tốc độ tăng trưởng ổn định hộ dùng mạng"),
    ("Bảo hiểm y tế đạt tỷ lệ bao phủ 91% dân số.", "91%", "tỷ lệ bao phủ dân số"),
    ("Nhà mạng giữ tốc độ tăng trưởng thuê bao 2% mỗi tháng.", "2%", "tốc độ tăng trưởng thuê bao"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), MARGINS)
def test_margins_and_growth_are_measured_by_themselves(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


AT_FIRST = [
    ("So với năm 2019, lúc mới có ít xe, số chuyến phà gấp gần 6 lần.", "6 lần", "số chuyến phà gấp so với năm 2019"),
    ("So với quý II, tổng số sự cố giảm 8,7%.", "8,7%", "mức giảm tổng số sự cố so với quý II"),
    ("GDP năm 2023 tăng 5% và kinh tế số tăng 19%. Năm 2024, GDP tăng 7%.", "7%", "mức tăng GDP"),
    ("Hàng gốm chiếm 8% tổng kim ngạch, tăng 12% so với cùng kỳ.", "12%", "mức tăng hàng gốm so với cùng kỳ"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), AT_FIRST)
def test_a_change_is_of_the_thing_itself_and_against_what_its_sentence_begins_with(
    text: str, quote: str, name: str
) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


STEPS = [
    ("Lào Cai xếp thứ 9/63 về chỉ số PCI, tăng 2 bậc so với năm 2020.", "2 bậc", "bậc tăng xếp hạng PCI so với năm 2020"),
    ("Lào Cai xếp thứ 9/63 về chỉ số PCI, tụt 2 bậc so với kỳ trước.", "2 bậc", "bậc giảm xếp hạng PCI so với kỳ trước"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), STEPS)
def test_steps_say_against_when_they_are_counted(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


MULTIPLES = [
    ("Giá thuê chỗ ở phố cổ là 9 triệu đồng, gấp 3 lần vùng ven.", "3 lần", "giá thuê chỗ ở phố cổ gấp so với vùng ven"),
    ("Sản lượng tôm nay đạt 90 tấn, gấp 4 lần năm 2018, nhưng giá giảm.", "4 lần", "sản lượng tôm gấp so với năm 2018"),
    ("Trạm mới có dung lượng 80 GB, gấp 5 lần hiện nay.", "5 lần", "dung lượng gấp so với hiện nay"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), MULTIPLES)
def test_a_multiple_says_of_what_it_is_one(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


PARTS = [
    ("Máy cũ sửa lại dù chỉ chiếm 15% lượng hàng nhưng lãi nhất.", "15%", "tỷ lệ lượng hàng máy cũ sửa lại"),
    ("Tín dụng cho nông thôn mới bằng 11% dư nợ.", "11%", "tỷ lệ dư nợ tín dụng cho nông thôn"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), PARTS)
def test_a_share_says_of_the_part_and_of_its_whole(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


def test_a_name_does_not_end_in_a_word_that_leads_on() -> None:
    text = "Số hồ sơ chờ duyệt còn chừng 40 hồ sơ. Thời gian chờ loanh quanh 9 phút."

    assert [metric.name for metric in find_metrics(text)] == ["số hồ sơ chờ duyệt", "thời gian chờ"]


AIMS = [
    ("Thu phí bến cảng đạt 90 tỷ đồng, tương đương 97% dự toán.", "97%", "tỷ lệ thu phí bến cảng so với dự toán"),
    ("Thu phí bến đạt 97% dự toán, tăng mạnh 12% so với năm 2019.", "12%", "mức tăng thu phí bến so với năm 2019"),
    ("Kinh phí thay máy chưa bằng 60% nhu cầu cả năm.", "60%", "tỷ lệ kinh phí thay máy so với nhu cầu cả năm"),
    ("Thu phí bến cảng được 90 tỷ đồng, đạt 61% dự toán tỉnh giao.", "61%", "tỷ lệ thu phí bến cảng so với dự toán tỉnh giao"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), AIMS)
def test_what_was_planned_or_needed_is_no_thing_that_is_counted(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


POINTS = [
    ("Với 61,2 điểm, Lào Cai xếp thứ 9/63 về chỉ số đổi mới sáng tạo năm 2020.", "61,2 điểm", "điểm chỉ số đổi mới sáng tạo"),
    ("Năm nay Lào Cai giảm 1,2 điểm chỉ số đổi mới sáng tạo.", "1,2 điểm", "mức giảm điểm chỉ số đổi mới sáng tạo"),
    ("Đã có chỉ số PCI. Lào Cai vươn lên với tổng điểm là 61,2 điểm.", "61,2 điểm", "tổng điểm chỉ số PCI"),
    ("Chỉ số DDCI của Lào Cai đạt 61,2 điểm, tăng 1,3 điểm so với năm 2020.", "1,3 điểm", "mức tăng điểm chỉ số DDCI so với năm 2020"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), POINTS)
def test_points_are_said_once_and_held_against_the_year_before(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


EXPLAINED = [
    ("Tỷ lệ ký số văn bản – một thước đo của cải cách – đạt 96%.", "96%", "tỷ lệ ký số văn bản"),
    ("Doanh thu của 3 sàn, gồm An Mua, Bán Lẻ và Chợ Nhanh đạt 90 tỷ đồng, tăng mạnh đến 34%.", "34%", "mức tăng doanh thu"),
    ("Hàng luồng đỏ, tức phải kiểm tra thực tế, chỉ chiếm 4%.", "4%", "tỷ lệ hàng luồng đỏ"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), EXPLAINED)
def test_what_explains_a_name_is_no_part_of_it(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


def test_shares_told_respectively_are_of_the_figures_right_before_them() -> None:
    text = "Xưởng đạt 61% công suất. Quý này có 90 tỷ đồng doanh thu và 6 tỷ đồng lãi sau thuế, lần lượt đạt 39% và 42% kế hoạch năm."

    assert [metric.name for metric in find_metrics(text)][-2:] == [
        "tỷ lệ doanh thu so với kế hoạch năm",
        "tỷ lệ lãi sau thuế so với kế hoạch năm",
    ]


OF_AMOUNTS = [
    ("Dịch vụ phần mềm đóng góp 27% doanh thu.", "27%", "tỷ lệ doanh thu dịch vụ phần mềm đóng góp"),
    ("Khoản chi cho quảng cáo bằng 3% doanh thu.", "3%", "tỷ lệ doanh thu khoản chi cho quảng cáo"),
    ("Riêng chi phí vận tải khiến lợi nhuận quý II giảm 37%.", "37%", "mức giảm lợi nhuận"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), OF_AMOUNTS)
def test_a_part_of_an_amount_is_a_rate_and_an_effect_is_told_of_what_it_touches(
    text: str, quote: str, name: str
) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


def test_places_compared_in_a_sentence_of_their_own_are_told_of_the_article_s_index() -> None:
    text = "Chỉ số SIPAS năm nay đạt 84%. Khâu tiếp nhận phản ánh đạt 80,9%.\n\nXét theo tỉnh, Lào Cai dẫn đầu (90,6%)."

    assert find_metrics(text)[-1].name == "chỉ số SIPAS"


ANSWERS = [
    ("Có 59% chủ tiệm cho biết họ vẫn còn phải trả phí ngoài quy định.", "tỷ lệ chủ tiệm phải trả phí ngoài quy định"),
    ("Khoảng 60% chủ tiệm có kế hoạch tăng quy mô cửa hàng.", "tỷ lệ chủ tiệm có kế hoạch tăng quy mô cửa hàng"),
    ("Vẫn có 28% chủ tiệm chưa hài lòng với kết quả giải quyết.", "tỷ lệ chủ tiệm chưa hài lòng với kết quả giải quyết"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), ANSWERS)
def test_a_share_of_those_asked_is_called_by_the_whole_of_their_answer(text: str, name: str) -> None:
    assert [metric.name for metric in find_metrics(text)] == [name]


def test_a_share_that_somebody_takes_is_of_what_stands_behind_it() -> None:
    text = "Thành phố đông dân nhất, chiếm tỷ trọng 9,35% dân số cả nước."

    assert [metric.name for metric in find_metrics(text)] == ["tỷ trọng dân số"]


def test_the_aim_that_a_share_passed_is_of_the_same() -> None:
    text = "Tỷ lệ hồ sơ nộp trực tuyến đạt 87,3%, vượt mục tiêu năm (80%) và cao hơn cùng kỳ."

    assert [metric.name for metric in find_metrics(text)] == ["tỷ lệ hồ sơ nộp trực tuyến"] * 2
