"""Names that lean on what the title, the sentence or the sentences before speak of."""

from __future__ import annotations

import pytest

from models.figures.metrics import find_metrics


def names(text: str, title: str | None = None) -> list[str]:
    return [metric.name for metric in find_metrics(text, title=title)]


# text, names of its figures
MONEY = [
    ("Tỉnh dành kinh phí chuyển đổi số 50 tỷ đồng, trong đó ngân sách tỉnh 38 tỷ đồng, xã hội hóa 12 tỷ đồng.",
     ["kinh phí chuyển đổi số", "kinh phí chuyển đổi số từ ngân sách tỉnh", "kinh phí chuyển đổi số từ xã hội hóa"]),
    ("Mã độc tống tiền gây thiệt hại 70 tỷ đồng cho doanh nghiệp.", ["thiệt hại do mã độc tống tiền"]),
    ("Doanh thu công nghiệp phần mềm đạt 900 triệu USD, xuất khẩu 640 triệu USD.",
     ["doanh thu công nghiệp phần mềm", "xuất khẩu công nghiệp phần mềm"]),
    ("Lãi sau thuế thu hẹp từ 90 tỷ đồng xuống 41 tỷ đồng.", ["lãi sau thuế"] * 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MONEY, ids=str)
def test_money_is_named_by_its_source_its_cause_or_the_trade_it_is_of(text: str, expected: list[str]) -> None:
    assert names(text) == expected


DOERS = [
    ("Hệ thống thông tin giải quyết thủ tục hành chính ghi nhận 51.300 hồ sơ.",
     "số hồ sơ ghi nhận hệ thống thông tin giải quyết thủ tục hành chính"),
    ("Qua rà soát cho thấy có 27 máy trạm nhiễm mã độc.", "số máy trạm nhiễm mã độc"),
    ("Trận lũ lớn làm 3 người chết.", "số người chết"),
    ("Cả ba cấp tiếp nhận tổng cộng 8.410 hồ sơ.", "số hồ sơ tiếp nhận"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), DOERS, ids=str)
def test_a_count_is_named_with_what_holds_it_but_not_with_who_says_it(text: str, name: str) -> None:
    assert names(text) == [name]


def test_an_abbreviation_stays_one_in_the_names_of_later_sentences() -> None:
    text = "Nhà mạng đã lắp 310 trạm 5G. Ở đồng bằng, Viettel nhiều nhất với 190 trạm."

    assert names(text)[1] == "số trạm 5G"


def test_words_all_in_capitals_are_no_abbreviations() -> None:
    text = "THÔNG BÁO SỐ HỒ SƠ có 20 tờ khai. Huyện tiếp nhận 3.100 hồ sơ."

    assert names(text)[-1] == "số hồ sơ tiếp nhận"


INDICES = [
    ("Hải Phòng dẫn đầu PAR Index",
     "Bộ Nội vụ công bố PAR Index và SIPAS.\n\nHải Phòng dẫn đầu với 91,2%.\n\nVề SIPAS, Huế đạt 88%.\n\nHà Nội xếp thứ 4.",
     ["chỉ số PAR Index", "chỉ số SIPAS", "xếp hạng PAR Index"]),
    ("Tỉnh tăng 4 bậc về chính quyền số", "Tỉnh xếp thứ 12/63, tăng 4 bậc.",
     ["xếp hạng chính quyền số", "số bậc tăng xếp hạng chính quyền số"]),
    (None, "Tốc độ Internet đạt 61 Mbps, xếp thứ 40 thế giới.", ["tốc độ Internet", "xếp hạng tốc độ Internet thế giới"]),
    (None, "Khối huyện có Từ Sơn đạt 88,9 điểm (xếp thứ 1/8).", ["điểm khối huyện", "xếp hạng khối huyện"]),
    ("Ông nói về ICT Index", "Chúng ta xếp thứ 2 toàn quốc.", ["xếp hạng ICT Index"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), INDICES, ids=str)
def test_points_and_places_are_of_the_index_the_article_is_about(
    title: str | None, text: str, expected: list[str]
) -> None:
    assert names(text, title) == expected


SHARES = [
    ("Tỷ lệ hồ sơ trực tuyến đạt 62%, tỷ lệ thanh toán trực tuyến đạt 41%. Năm 2021 hai tỷ lệ này mới là 20% và 9%.",
     ["tỷ lệ hồ sơ trực tuyến", "tỷ lệ thanh toán trực tuyến"] * 2),
    ("Khu vực kinh tế số đóng góp 13,2% GRDP.", ["tỷ trọng kinh tế số trong GRDP"]),
    ("Tỷ lệ hồ sơ trực tuyến của Sa Pa đạt 71%, cao hơn Bắc Hà 4 điểm phần trăm.",
     ["tỷ lệ hồ sơ trực tuyến", "chênh lệch tỷ lệ hồ sơ trực tuyến"]),
    ("Bộ yêu cầu cắt giảm 10% thủ tục và 10% chi phí tuân thủ.", ["mức giảm thủ tục", "tỷ lệ chi phí tuân thủ"]),
    ("(1) số hóa sổ hộ tịch, kế hoạch 90%; (2) thanh toán trực tuyến, kế hoạch 70%.",
     ["tỷ lệ số hóa sổ hộ tịch", "tỷ lệ thanh toán trực tuyến"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHARES, ids=str)
def test_a_share_is_of_what_stands_next_to_it_or_is_pointed_at(text: str, expected: list[str]) -> None:
    assert names(text) == expected


COUNTS = [
    ("Sở Tư pháp có 900 hồ sơ hộ tịch. Dẫn đầu là phường Cửa Nam với 310 hồ sơ.", ["số hồ sơ hộ tịch"] * 2),
    ("Nhà mạng lắp 310 trạm 5G ở 34 tỉnh.", ["số trạm 5G nhà mạng lắp", "số tỉnh có trạm 5G"]),
    ("Bộ cắt giảm 61 thủ tục.", ["số thủ tục cắt giảm"]),
    ("Có 300 cơ sở ăn uống, bán lẻ dùng hóa đơn điện tử.", ["số cơ sở ăn uống, bán lẻ dùng hóa đơn điện tử"]),
    ("Trung tâm tiếp nhận 800 hồ sơ, gần một nửa trong số đó được nộp trực tuyến.",
     ["số hồ sơ tiếp nhận trung tâm", "tỷ lệ hồ sơ trong số đó được nộp trực tuyến"]),
    ("Có 214 lượt người khám bệnh sau 7 tuần.", ["số lượt người khám bệnh"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COUNTS, ids=str)
def test_things_of_which_only_the_unit_is_told_are_named_by_what_stands_around(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_how_many_are_beyond_a_value_says_of_what() -> None:
    found = names("Tỷ lệ hồ sơ trực tuyến đạt 71%. Còn 12 xã dưới 50%.")

    assert found[1] == "số xã dưới 50% tỷ lệ hồ sơ trực tuyến"


def test_each_time_taken_is_of_its_own_procedure() -> None:
    text = "Cấp phép lái xe giảm từ 9 ngày còn 4 ngày; đăng ký hộ kinh doanh từ 5 ngày còn 3 ngày."

    assert names(text) == ["thời gian cấp phép lái xe"] * 2 + ["thời gian đăng ký hộ kinh doanh"] * 2


def test_what_is_said_of_money_behind_a_comma_is_no_part_of_its_name() -> None:
    text = "Về kinh phí, thành phố đã bố trí 6 tỷ đồng cho đào tạo kỹ năng số."

    assert names(text) == ["kinh phí đào tạo kỹ năng số"]


def test_what_was_done_to_all_of_the_things_was_done_to_a_part_of_them() -> None:
    text = "Có 44 phiếu được rút ngắn so với quy định, trong đó có 26 phiếu cấp tỉnh và 18 phiếu cấp xã."

    names = [metric.name for metric in find_metrics(text)]

    assert names == ["số phiếu được rút ngắn", "số phiếu cấp tỉnh được rút ngắn", "số phiếu cấp xã được rút ngắn"]


def test_what_was_done_to_all_of_the_things_was_done_to_those_of_each_field() -> None:
    text = "Tỉnh đã bãi bỏ 60 thủ tục, gồm 40 thủ tục lĩnh vực đất đai và 20 thủ tục lĩnh vực xây dựng."

    names = [metric.name for metric in find_metrics(text)]

    assert names[1:] == ["số thủ tục lĩnh vực đất đai đã bãi bỏ", "số thủ tục lĩnh vực xây dựng đã bãi bỏ"]
