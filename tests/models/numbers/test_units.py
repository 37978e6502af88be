"""What is counted: whole words, abbreviations, measures, money of other countries, and what seldom is a statistic."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures.metrics import find_metrics

# sentence, its figures: quote, value, unit
WHOLE_WORDS: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("Khóa học có 96 tín chỉ.", [("96 tín chỉ", "96", "tín chỉ")]),
    ("Trường đón 310 tân sinh viên.", [("310 tân sinh viên", "310", "tân sinh viên")]),
    ("Viện nhận 25 nghiên cứu sinh.", [("25 nghiên cứu sinh", "25", "nghiên cứu sinh")]),
    ("Cục Thuế mời 4.200 chủ tài khoản.", [("4.200 chủ tài khoản", "4200", "chủ tài khoản")]),
    ("Tòa nhà có 240 căn hộ cho thuê.", [("240 căn hộ", "240", "căn hộ")]),
    ("Cả nước có 54 dân tộc.", [("54 dân tộc", "54", "dân tộc")]),
    ("Chương trình gồm 16 ca khúc mới.", [("16 ca khúc", "16", "ca khúc")]),
    ("Quỹ trao 40 suất học bổng.", [("40 suất học bổng", "40", "suất học bổng")]),
    ("Lớp mầm non có 45 cháu độ tuổi lên ba.", [("45 cháu", "45", "cháu")]),
    ("Hội chợ trưng bày 36 tác phẩm chất lượng.", [("36 tác phẩm", "36", "tác phẩm")]),
    ("Cảng đón 18 container nông sản.", [("18 container", "18", "container")]),
    ("Quận giải thể 12 ban đầu tư.", [("12 ban", "12", "ban")]),
    ("Bến có 28 tàu hoạt động.", [("28 tàu", "28", "tàu")]),
    ("Hệ thống chặn 8.100 đợt dò quét.", [("8.100 đợt dò quét", "8100", "đợt dò quét")]),
    ("Bộ có 31 khoa, phòng.", [("31 khoa, phòng", "31", "khoa, phòng")]),
    ("Ngân hàng trao 15 giải thưởng.", [("15 giải thưởng", "15", "giải thưởng")]),
    ("Bảo tàng nhận 75 hiện vật.", [("75 hiện vật", "75", "hiện vật")]),
    ("Ban tổ chức trao 31 giải cho học sinh.", [("31 giải", "31", "giải")]),
    ("Ban quản lý phấn đấu đến 31/12 giải ngân 95%.", [("95%", "95", "percent")]),
    ("Ứng dụng nối với 7 trung gian thanh toán.", [("7 trung gian thanh toán", "7", "trung gian thanh toán")]),
    ("Trong tháng, 17 Chi cục Thuế đã nối mạng.", [("17 Chi cục Thuế", "17", "chi cục thuế")]),
    ("Quý 3, hãng đạt 2.100 tỷ doanh thu.", [("2.100 tỷ", "2100000000000", "vnd")]),
]  # fmt: skip
ABBREVIATIONS: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("Công an huyện điều động 90 CBCS.", [("90 CBCS", "90", "CBCS")]),
    ("Sở đã đổi 21 nghìn GPLX.", [("21 nghìn GPLX", "21000", "GPLX")]),
    ("Chi nhánh cấp 340 C/O trong tuần.", [("340 C/O", "340", "C/O")]),
    ("Đoàn giành 1 HCV và 3 HCB.", [("1 HCV", "1", "HCV"), ("3 HCB", "3", "HCB")]),
    ("Năm 2018 VCCI công bố chỉ số này.", []),
    ("Lần 3 UBND huyện gia hạn.", []),
    ("Có 412 HTX trên tổng số 800 HTX nộp báo cáo.", [("412 HTX", "412", "HTX"), ("800 HTX", "800", "HTX")]),
    ("Cuộc họp ngày 14 TTXVN đã đưa tin.", []),
    ("Tàu có máy 900 CV.", []),
]  # fmt: skip
MEASURES: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("Mái nhà lắp 7.500 mét vuông pin.", [("7.500 mét vuông", "7500", "mét vuông")]),
    ("Hồ chứa 4 triệu mét khối nước.", [("4 triệu mét khối", "4000000", "mét khối")]),
    ("Nhà máy phát 52 gigawatt-giờ mỗi năm.", [("52 gigawatt-giờ", "52", "gigawatt-giờ")]),
    ("Lúa đạt 62 tạ/ha.", [("62 tạ/ha", "62", "tạ/ha")]),
    ("Cửa hàng bán 9.000 lít xăng.", [("9.000 lít", "9000", "lít")]),
    ("Công an thu giữ 1 tấn pháo.", [("1 tấn", "1", "tấn")]),
    ("Tang vật là 800 bánh thuốc có trọng lượng 1 tấn.", [("800 bánh thuốc", "800", "bánh thuốc"), ("1 tấn", "1", "tấn")]),
    ("Số thuế tăng 12.5 per cent.", [("12.5 per cent", "12.5", "percent")]),
]  # fmt: skip
MONEY: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("Hắn bị phạt hơn 12 triệu đông.", [("12 triệu đông", "12000000", "vnd")]),
    ("Tokyo chi 5 tỷ yên.", [("5 tỷ yên", "5000000000", "yên")]),
    ("Bắc Kinh đầu tư 8 tỷ nhân dân tệ.", [("8 tỷ nhân dân tệ", "8000000000", "nhân dân tệ")]),
    ("Anh chi 2 tỷ bảng.", [("2 tỷ bảng", "2000000000", "bảng anh")]),
    ("Canberra viện trợ 6 triệu đô la Úc.", [("6 triệu đô la Úc", "6000000", "đô la úc")]),
    ("Tỉnh giúp 20 nghìn đồng bào vùng cao.", [("20 nghìn đồng bào", "20000", "đồng bào")]),
]  # fmt: skip
SELDOM: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("Trạm Con Cuông đo được 42,7 độ C.", [("42,7 độ C", "42.7", "độ C")]),
    ("Nhiệt độ ghi nhận ở Vinh là 40,3 độ, ở Huế là 39,1 độ.", [("40,3 độ", "40.3", "độ"), ("39,1 độ", "39.1", "độ")]),
    ("Trung tâm Dự báo cho biết nhiệt độ tại Hà Tĩnh đạt 41°C.", [("41°C", "41", "độ C")]),
    ("Nắng nóng sẽ còn gay gắt, trạm Đô Lương đo được 40,8 độ.", [("40,8 độ", "40.8", "độ")]),
    ("Trận động đất mạnh 6,8 độ xảy ra đêm qua.", [("6,8 độ", "6.8", "độ richter")]),
    ("Lượng mưa đo được ở Trà My là 412 mm.", [("412 mm", "412", "mm")]),
    ("Đội bóng để thủng lưới 6 bàn từ đầu mùa.", [("6 bàn", "6", "bàn")]),
    ("Hậu vệ này ra sân 8/11 trận.", [("8/11 trận", "8", "trận")]),
    ("Câu lạc bộ bất bại 9 trận.", [("9 trận", "9", "trận")]),
    ("Chỉ số VN-Index lên 1.280 điểm.", [("1.280 điểm", "1280", "point")]),
]  # fmt: skip
SELDOM_NOTHING = [
    "Ngày mai Hà Nội nắng, nhiệt độ cao nhất 35 độ C.",
    "Dự báo nhiệt độ xuống 9 độ.",
    "Cháu bé nhập viện khi sốt 39,2 độ.",
    "Không thả trâu khi nhiệt độ xuống 10 độ C.",
    "Tâm bão ở khoảng 14,8 độ vĩ Bắc; 110,2 độ kinh Đông.",
    "Điện thoại xoay được 180 độ.",
    "Dự báo mưa lớn, có nơi 250 mm.",
    "Anh ghi 2 bàn trong trận gặp đội khách.",
    "Trận đấu kết thúc sau 3 set.",
]


def _figures(sentence: str) -> list[tuple[str, Decimal | None, str]]:
    return [(metric.quote, metric.value, metric.unit) for metric in find_metrics(sentence)]


@pytest.mark.parametrize(("sentence", "figures"), WHOLE_WORDS + ABBREVIATIONS + MEASURES + MONEY + SELDOM)
def test_a_unit_is_a_whole_word_a_measure_or_an_abbreviation(
    sentence: str, figures: list[tuple[str, str, str]]
) -> None:
    assert _figures(sentence) == [(quote, Decimal(value), unit) for quote, value, unit in figures]


@pytest.mark.parametrize("sentence", SELDOM_NOTHING)
def test_degrees_rain_and_goals_that_nobody_summed_up_are_left_out(sentence: str) -> None:
    assert _figures(sentence) == []


@given(
    st.integers(20, 1899),
    st.sampled_from(["tín chỉ", "chủ doanh nghiệp", "căn hộ", "tân sinh viên", "CNVC", "nghệ sĩ"]),
)
def test_a_count_reads_back_with_its_whole_noun(count: int, noun: str) -> None:
    (figure,) = find_metrics(f"Có thêm {count} {noun}.")

    assert (figure.value, figure.unit) == (count, noun)
