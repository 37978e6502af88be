from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures.metrics import find_metrics
from models.naming.hiding import COVER, cover_names, without_names
from models.naming.kinds import base_of, sort_of
from models.records import Metric

# text, quote, name
WITHOUT_NAMES = [
    ("Tỷ lệ hồ sơ nộp qua mạng của huyện Bắc Hà đạt 71,5%.", "71,5%", "tỷ lệ hồ sơ nộp qua mạng"),
    ("Tại Quảng Trị, thanh toán không dùng tiền mặt đạt 44%.", "44%", "tỷ lệ thanh toán không dùng tiền mặt"),
    ("Bộ Xây dựng cho biết mức độ hài lòng đạt 91%.", "91%", "mức độ hài lòng"),
]  # fmt: skip

SAID_BEFORE = [
    ("Tỷ lệ hồ sơ số hóa của tỉnh là 62%. Cao nhất là thị xã Mường Lay (81,2%).", "81,2%", "tỷ lệ hồ sơ số hóa"),
    ("Tỷ lệ hồ sơ số hóa của tỉnh là 62%. Năm ngoái tỷ lệ này mới đạt 40,5%.", "40,5%", "tỷ lệ hồ sơ số hóa"),
    ("Tỷ lệ hồ sơ số hóa là 62%, huyện Mộc Châu dẫn đầu với 88%.", "88%", "tỷ lệ hồ sơ số hóa"),
    ("Đã cấp 900 chữ ký số cho cán bộ xã (đạt 73%).", "73%", "tỷ lệ chữ ký số cho cán bộ xã đã cấp"),
    ("Chỉ số hài lòng đạt 83%. Con số này cao hơn trung bình cả nước.", "83%", "chỉ số hài lòng"),
    ("Thời gian cấp phép giảm từ 12 ngày xuống còn 5 ngày.", "5 ngày", "thời gian cấp phép"),
    ("Tỷ lệ hồ sơ đúng hạn khối sở đạt 99%, cấp xã 95%.", "95%", "tỷ lệ hồ sơ đúng hạn khối sở cấp xã"),
]  # fmt: skip

INDICES = [
    ("PAR Index của tỉnh đạt 86,4%, xếp thứ 20.", "86,4%", "chỉ số PAR Index"),
    ("Điểm thanh toán trực tuyến đạt 7,5/10 điểm.", "7,5/10 điểm", "điểm thanh toán trực tuyến"),
    ("Chỉ số chuyển đổi số của tỉnh xếp thứ 15/63.", "15/63", "xếp hạng chỉ số chuyển đổi số"),
    ("Trong các trụ cột, xã hội số xếp thứ 31.", "thứ 31", "xếp hạng xã hội số"),
    ("Tỉnh được 11,2/13 điểm về cải cách tổ chức bộ máy.", "11,2/13 điểm", "điểm cải cách tổ chức bộ máy"),
]  # fmt: skip

COUNTS = [
    ("Phần mềm quản lý văn bản được triển khai tại 45 đơn vị.", "45 đơn vị", "số đơn vị Phần mềm quản lý văn bản được triển khai"),
    ("Hiện 17/20 sở và 9/10 huyện dùng chữ ký số chuyên dùng.", "17/20 sở", "số sở dùng chữ ký số chuyên dùng"),
    ("Kinh tế số phát triển, toàn tỉnh có 120 doanh nghiệp công nghệ số.", "120 doanh nghiệp công nghệ số", "số doanh nghiệp công nghệ số"),
    ("Đề án số 58 nêu rõ: huyện tiếp nhận 3.100 hồ sơ.", "3.100 hồ sơ", "số hồ sơ tiếp nhận"),
]  # fmt: skip

SUMS = [
    ("Tỉnh bố trí 25 tỷ đồng để mua sắm thiết bị hội nghị.", "25 tỷ đồng", "kinh phí bố trí mua sắm thiết bị hội nghị"),
    ("Thiệt hại do lừa đảo qua mạng ước tính lên tới 90 tỷ đồng.", "90 tỷ đồng", "thiệt hại do lừa đảo qua mạng"),
    ("Nhà máy được xây trên diện tích 12 ha.", "12 ha", "diện tích nhà máy"),
    ("Tỉnh lập đề án trung tâm dữ liệu với tổng vốn 300 tỷ đồng.", "300 tỷ đồng", "tổng vốn đề án trung tâm dữ liệu"),
    ("Dịch vụ này giúp tiết kiệm hơn 40 tỷ đồng chi phí xã hội.", "40 tỷ đồng", "chi phí xã hội tiết kiệm"),
    ("Lệ phí thu trực tuyến đạt 2,5 tỷ đồng.", "2,5 tỷ đồng", "lệ phí thu trực tuyến"),
]  # fmt: skip

CHANGES = [
    ("Tỉnh đã cắt giảm 35% thời gian giải quyết.", "35%", "mức giảm thời gian giải quyết"),
    ("Hồ sơ trực tuyến đạt 62%, vượt 12% so với kế hoạch.", "12%", "hồ sơ trực tuyến vượt kế hoạch"),
    ("Số giao dịch qua mạng gấp 3 lần năm trước.", "3 lần", "số giao dịch qua mạng gấp so với năm trước"),
    ("Số thẻ phát hành tăng 9% so với quý trước và 14% so với cùng kỳ.", "9%", "mức tăng số thẻ phát hành so với quý trước"),
    ("Thời gian cấp phép được rút ngắn bình quân 20%.", "20%", "mức giảm thời gian cấp phép được rút ngắn bình quân"),
]  # fmt: skip

TOLD_MORE = [
    ("Huyện lập 96 tổ công nghệ số cộng đồng với 702 thành viên.", "702 thành viên", "số thành viên tổ công nghệ số cộng đồng"),
    ("Vùng này hiện còn 8.400 ha mía.", "8.400 ha", "diện tích mía"),
    ("Toàn tỉnh có 15 xã đạt chuẩn nông thôn mới nâng cao.", "15 xã", "số xã đạt chuẩn nông thôn mới nâng cao"),
    ("Trong đó 310 thủ tục (chiếm 25%) được cung cấp toàn trình.", "310 thủ tục", "số thủ tục được cung cấp toàn trình"),
    ("Tỉnh bố trí 2% tổng chi ngân sách cho khoa học.", "2%", "tỷ lệ chi ngân sách cho khoa học"),
    ("Có 5.100 doanh nghiệp khai thuế qua mạng, chiếm 97% số doanh nghiệp.", "97%", "tỷ lệ doanh nghiệp khai thuế qua mạng"),
    ("Tỉnh đứng thứ 3 cả nước về chính quyền số.", "thứ 3", "xếp hạng chính quyền số"),
    ("Tổng đài 1088 nhận 640 cuộc gọi.", "640 cuộc gọi", "số cuộc gọi nhận tổng đài 1088"),
    ("Sở đã kết nối nền tảng với 9 bộ và 21 tỉnh.", "21 tỉnh", "số tỉnh đã kết nối nền tảng"),
    ("Chỉ số đổi mới sáng tạo 2023: tỉnh xếp 12/63.", "12/63", "xếp hạng chỉ số đổi mới sáng tạo"),
]  # fmt: skip

NEVER = ["khoản lỗ lỗ", "xếp hạng xếp hạng", "tỷ lệ tỷ lệ", "tỷ lệ trở", "¤"]


def the(text: str, quote: str) -> Metric:
    found = find_metrics(text, published=date(2024, 10, 15), title="Tin của tỉnh Lào Cai")
    return next(metric for metric in found if metric.quote == quote)


@pytest.mark.parametrize(
    ("text", "quote", "name"), [*WITHOUT_NAMES, *SAID_BEFORE, *INDICES, *COUNTS, *SUMS, *CHANGES, *TOLD_MORE], ids=str
)
def test_a_figure_is_named_by_what_is_measured(text: str, quote: str, name: str) -> None:
    assert the(text, quote).name.lower() == name.lower()


def test_an_index_spoken_of_is_what_the_shares_of_the_next_sentence_are_of() -> None:
    text = "Bộ Nội vụ công bố Chỉ số cải cách hành chính năm 2023. Hải Phòng dẫn đầu (91,8%), sau đó là Quảng Ninh (90,6%)."

    names = [metric.name for metric in find_metrics(text)]

    assert [name.lower() for name in names] == ["chỉ số cải cách hành chính"] * 2


def test_what_stands_before_a_colon_is_what_shares_without_words_are_of() -> None:
    names = [metric.name for metric in find_metrics("Thị phần chữ ký số: VNPT chiếm 31%, Viettel 28%.")]

    assert names[0] == "Thị phần chữ ký số".lower()


def test_changes_in_a_row_are_of_the_figures_before_them_in_turn() -> None:
    text = "Tỉnh nhận 9.000 hồ sơ và 400 kiến nghị, tăng lần lượt 12% và 30% so với năm 2022."

    names = [metric.name for metric in find_metrics(text) if metric.kind == "change"]

    assert [("hồ sơ" in name, "kiến nghị" in name) for name in names] == [(True, False), (False, True)]


def test_a_row_of_figures_shares_the_words_behind_it() -> None:
    text = "Ba huyện lần lượt có 81%, 76% và 60% hồ sơ trực tuyến."

    assert [metric.name for metric in find_metrics(text)] == ["tỷ lệ hồ sơ trực tuyến"] * 3


def test_names_that_only_capitals_tell_are_covered() -> None:
    text = "Dẫn đầu là Cần Giuộc, sau đó đến Cổng Dịch vụ công và Mobile Money."

    covered = cover_names(text, text.lower(), [])

    assert covered == f"dẫn đầu là {COVER * 9}, sau đó đến cổng dịch vụ công và mobile money."
    assert len(covered) == len(text)
    assert without_names(covered) == "dẫn đầu là , sau đó đến cổng dịch vụ công và mobile money."


@pytest.mark.parametrize(
    ("unit", "sort"), [("percent", "share"), ("bậc", "place"), ("usd", "money"), ("ngày", "time"), ("hồ sơ", "count")]
)
def test_figures_go_on_about_what_others_of_their_sort_were_about(unit: str, sort: str) -> None:
    assert sort_of(unit) == sort


@pytest.mark.parametrize("name", ["số hồ sơ", "tỷ lệ hồ sơ", "mức tăng hồ sơ so với cùng kỳ", "hồ sơ vượt kế hoạch"])
def test_what_a_name_is_about_is_said_without_how_it_is_measured(name: str) -> None:
    assert base_of(name) == "hồ sơ"


@given(
    st.sampled_from(["hồ sơ nộp qua mạng", "dịch vụ công toàn trình", "kết quả số hóa", "hộ có tài khoản"]),
    st.sampled_from(["Sa Pa", "Quỳ Hợp", "Con Cuông", "A Lưới", "thị xã Nghĩa Lộ", "Sở Tư pháp"]),
    st.integers(1, 99),
    st.integers(1, 99),
)
def test_somebody_elses_share_of_the_same_thing_has_the_same_name(
    thing: str, who: str, first: int, second: int
) -> None:
    found = find_metrics(f"Tỷ lệ {thing} đạt {first},5%. Riêng {who} mới đạt {second},7%.")

    assert [metric.name for metric in found] == [f"tỷ lệ {thing}"] * 2


@given(st.lists(st.sampled_from(
    ["Tỷ lệ", "hồ sơ", "này", "đạt", "60%", "trở lên", ",", "cao nhất là", "Sa Pa", "(", "87,5%", ")", "với", "số", "12 xã", ".",
     "kinh phí", "5 tỷ đồng", "xếp thứ 8", "tăng 3 bậc", "chỉ số", "vượt", "chỉ tiêu", "đến nay", "và"]
), max_size=25).map(" ".join))  # fmt: skip
def test_no_name_is_cut_off_or_doubled(text: str) -> None:
    for metric in find_metrics(text):
        assert metric.name
        assert not [words for words in NEVER if words in metric.name.lower() and words not in text.lower()]


def test_a_name_taken_from_the_title_keeps_its_capitals() -> None:
    (metric,) = find_metrics("Tỉnh đứng thứ 8/63.", title="Lào Cai công bố kết quả PAR Index 2023")

    assert "PAR Index" in metric.name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Tỷ lệ số hóa kết quả giải quyết đạt 82,4%, thanh toán trực tuyến 71%.",
            ["tỷ lệ số hóa kết quả giải quyết", "tỷ lệ thanh toán trực tuyến"],
        ),
        ("Tỷ trọng số hóa các ngành trong GRDP chỉ đạt 4,3%.", ["tỷ trọng số hóa các ngành trong GRDP"]),
        (
            "Xã lập 21 tổ công nghệ số cộng đồng, gồm 126 thành viên.",
            ["số tổ công nghệ số cộng đồng lập", "số thành viên tổ công nghệ số cộng đồng"],
        ),
        (
            "Năm 2024, DTI của Bắc Giang xếp thứ 8. Bộ chỉ số gồm 8 chỉ số chính; tỉnh đạt 0,6870 điểm.",
            ["xếp hạng DTI", "điểm chỉ số DTI"],
        ),
    ],
)
def test_a_name_keeps_the_digital_in_it_and_the_index_and_group_spoken_of(text: str, names: list[str]) -> None:
    assert [metric.name for metric in find_metrics(text)] == names
