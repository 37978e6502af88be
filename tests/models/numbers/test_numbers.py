from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.numbers.reading import find_numbers, read_number

# sentence, quote, value, value_max, unit, out_of, bound
FIGURES: list[tuple[str, str, str, str | None, str | None, str | None, str]] = [
    ("Tỉnh tiếp nhận 48.215 hồ sơ.", "48.215 hồ sơ", "48215", None, "hồ sơ", None, "exact"),
    ("Toàn huyện có 1.204.356 lượt truy cập.", "1.204.356 lượt truy cập", "1204356", None, "lượt truy cập", None, "exact"),
    ("Tỷ lệ này đạt 73,48%.", "73,48%", "73.48", None, "percent", None, "exact"),
    ("Tỷ lệ này đạt 73,48 %.", "73,48 %", "73.48", None, "percent", None, "exact"),
    ("Khoảng 40 phần trăm người dân đã dùng.", "40 phần trăm", "40", None, "percent", None, "about"),
    ("Tiết kiệm gần 12 tỷ đồng mỗi năm.", "12 tỷ đồng", "12000000000", None, "vnd", None, "about"),
    ("Tổng vốn hơn 3,6 nghìn tỷ đồng.", "3,6 nghìn tỷ đồng", "3600000000000", None, "vnd", None, "over"),
    ("Doanh thu 250 tỉ đồng.", "250 tỉ đồng", "250000000000", None, "vnd", None, "exact"),
    ("Chi phí 45.500 đồng cho mỗi lượt.", "45.500 đồng", "45500", None, "vnd", None, "exact"),
    ("Đầu tư 2,5 triệu USD cho hệ thống.", "2,5 triệu USD", "2500000", None, "usd", None, "exact"),
    ("Viện trợ 700.000 đô la Mỹ.", "700.000 đô la Mỹ", "700000", None, "usd", None, "exact"),
    ("Cấp 1 triệu 200 nghìn tài khoản.", "1 triệu 200 nghìn tài khoản", "1200000", None, "tài khoản", None, "exact"),
    ("Có 3 triệu rưỡi thuê bao.", "3 triệu rưỡi thuê bao", "3500000", None, "thuê bao", None, "exact"),
    ("Thu 2 tỷ 350 triệu đồng lệ phí.", "2 tỷ 350 triệu đồng", "2350000000", None, "vnd", None, "exact"),
    ("Có 5 vạn lượt khách.", "5 vạn lượt khách", "50000", None, "lượt khách", None, "exact"),
    ("Khoảng 7,6 ngàn giao dịch mỗi ngày.", "7,6 ngàn giao dịch", "7600", None, "giao dịch", None, "about"),
    ("Hoàn thành 57/61 nhiệm vụ.", "57/61 nhiệm vụ", "57", None, "nhiệm vụ", "61", "exact"),
    ("Có 18/18 xã, phường đã kết nối.", "18/18 xã, phường", "18", None, "xã, phường", "18", "exact"),
    ("Đạt 3/4 thủ tục đề ra.", "3/4 thủ tục", "3", None, "thủ tục", "4", "exact"),
    ("Tỉnh xếp thứ 21/63 tỉnh, thành phố.", "21/63", "21", None, "rank", "63", "exact"),
    ("Việt Nam đứng thứ 71/193 quốc gia.", "71/193", "71", None, "rank", "193", "exact"),
    ("Sở xếp hạng 4 trong khối.", "hạng 4", "4", None, "rank", None, "exact"),
    ("Thành phố đứng ở vị trí thứ 12 cả nước.", "thứ 12", "12", None, "rank", None, "exact"),
    ("Tỉnh vươn lên xếp thứ nhất cả nước.", "thứ nhất", "1", None, "rank", None, "exact"),
    ("Tiêu chí này đạt 9,375/12 điểm.", "9,375/12 điểm", "9.375", None, "point", "12", "exact"),
    ("Chỉ số đạt10,25/12 điểm.", "10,25/12 điểm", "10.25", None, "point", "12", "exact"),
    ("Tổng điểm 41,3/80 điểm.", "41,3/80 điểm", "41.3", None, "point", "80", "exact"),
    ("Chỉ số PAR Index đạt 88,02 điểm.", "88,02 điểm", "88.02", None, "point", None, "exact"),
    ("Giảm 12-15% chi phí.", "12-15%", "12", "15", "percent", None, "exact"),
    ("Giảm 12 – 15% chi phí.", "12 – 15%", "12", "15", "percent", None, "exact"),
    ("Tăng từ 12 đến 15% mỗi năm.", "12 đến 15%", "12", "15", "percent", None, "exact"),
    ("Mỗi tổ phụ trách từ 40 đến 60 hộ.", "40 đến 60 hộ", "40", "60", "hộ", None, "exact"),
    ("Mức đầu tư 20% - 25% tổng vốn.", "20% - 25%", "20", "25", "percent", None, "exact"),
    ("Vốn 300-450 tỷ đồng.", "300-450 tỷ đồng", "300000000000", "450000000000", "vnd", None, "exact"),
    ("Tăng 2,1 điểm % so với năm trước.", "2,1 điểm %", "2.1", None, "percentage_point", None, "exact"),
    ("Tăng 4,7 điểm phần trăm.", "4,7 điểm phần trăm", "4.7", None, "percentage_point", None, "exact"),
    ("Tăng 3 bậc so với năm 2023.", "3 bậc", "3", None, "bậc", None, "exact"),
    ("Số hồ sơ gấp 1,5 lần năm ngoái.", "1,5 lần", "1.5", None, "times", None, "exact"),
    ("Lượng truy cập gấp đôi năm trước.", "gấp đôi", "2", None, "times", None, "exact"),
    ("Lượng truy cập tăng gấp ba sau một năm.", "gấp ba", "3", None, "times", None, "exact"),
    ("Một nửa số xã đã có điểm hỗ trợ.", "Một nửa số xã", "1", None, "xã", "2", "exact"),
    ("Hơn một phần ba số hộ đã đăng ký.", "một phần ba số hộ", "1", None, "hộ", "3", "over"),
    ("Huyện đứng thứ tư với 88 điểm.", "thứ tư", "4", None, "rank", None, "exact"),
    ("Sở xếp thứ nhì khối cơ quan chuyên môn.", "thứ nhì", "2", None, "rank", None, "exact"),
    ("Thành phố giữ vị trí số 1 khu vực.", "số 1", "1", None, "rank", None, "exact"),
    ("Tỉnh xếp thứ 19 trong 34 tỉnh, thành phố.", "thứ 19", "19", None, "rank", "34", "exact"),
    ("Xã đứng thứ 6 trên tổng số 88 xã của tỉnh.", "thứ 6", "6", None, "rank", "88", "exact"),
    ("Tỉnh tụt ba bậc so với năm 2021.", "ba bậc", "3", None, "bậc", None, "exact"),
    ("Cấp 18 nghìn 250 thẻ.", "18 nghìn 250 thẻ", "18250", None, "thẻ", None, "exact"),
    ("Ghi nhận 2 triệu 045 nghìn 600 lượt.", "2 triệu 045 nghìn 600 lượt", "2045600", None, "lượt", None, "exact"),
    ("Doanh thu đạt USD 3.4 million.", "USD 3.4 million", "3400000", None, "usd", None, "exact"),
    ("Vay 25 triệu đô để làm trục dữ liệu.", "25 triệu đô", "25000000", None, "usd", None, "exact"),
    ("Chi 310 tỉ dành cho hạ tầng số.", "310 tỉ", "310000000000", None, "vnd", None, "exact"),
    ("Tiết kiệm 2,7 tỷ cho người dân mỗi năm.", "2,7 tỷ", "2700000000", None, "vnd", None, "exact"),
    ("Mạng lưới có trên 45 điểm đại lý.", "45 điểm đại lý", "45", None, "điểm đại lý", None, "over"),
    ("Tiến độ 16,5/20 điểm.", "16,5/20 điểm", "16.5", None, "point", "20", "exact"),
    ("Phải đạt từ 80/100 điểm trở lên.", "80/100 điểm", "80", None, "point", "100", "at_least"),
    ("Tỷ lệ này cao hơn 5,5% so với năm trước.", "5,5%", "5.5", None, "percent", None, "exact"),
    ("Kết quả vượt 6 điểm phần trăm so với kế hoạch.", "6 điểm phần trăm", "6", None, "percentage_point", None, "exact"),
    ("Lực lượng trên dưới 250 người.", "250 người", "250", None, "người", None, "about"),
    ("Mức độ hài lòng91,3% theo khảo sát.", "91,3%", "91.3", None, "percent", None, "exact"),
    ("Toàn huyện giải quyết52.118 hồ sơ.", "52.118 hồ sơ", "52118", None, "hồ sơ", None, "exact"),
    ("Cổng tỉnh cung cấp 74 thủ tục trực tuyến.", "74 thủ tục", "74", None, "thủ tục", None, "exact"),
    ("Trong số 36 thủ tục, đã xong quá nửa.", "36 thủ tục", "36", None, "thủ tục", None, "exact"),
    ("Bộ cắt giảm 412 điều kiện kinh doanh.", "412 điều kiện kinh doanh", "412", None, "điều kiện kinh doanh", None, "exact"),
    ("Thời gian chờ giảm 1 giờ 15 phút.", "1 giờ 15 phút", "75", None, "phút", None, "exact"),
    ("Số lần đi lại giảm từ 4 lần.", "4 lần", "4", None, "lần", None, "exact"),
    ("Còn khoảng 1/4 số xã chưa có cáp quang.", "1/4 số xã", "1", None, "xã", "4", "about"),
    ("Mật độ đạt 24 thuê bao/100 dân.", "24 thuê bao/100 dân", "24", None, "thuê bao/100 dân", None, "exact"),
    ("Sở cấp 7 chứng thư số.", "7 chứng thư số", "7", None, "chứng thư số", None, "exact"),
    ("Bưu điện có 1.340 nhân viên.", "1.340 nhân viên", "1340", None, "nhân viên", None, "exact"),
    ("Còn 17 đơn vị còn lại chưa nộp báo cáo.", "17 đơn vị", "17", None, "đơn vị", None, "exact"),
    ("Tỉnh đã cấp hơn nửa triệu thẻ.", "nửa triệu thẻ", "500000", None, "thẻ", None, "over"),
    ("Tiếp nhận mười bảy nghìn rưỡi hồ sơ.", "mười bảy nghìn rưỡi hồ sơ", "17500", None, "hồ sơ", None, "exact"),
    ("Phấn đấu trao 2 triệu máy tính bảng trở lên.", "2 triệu máy tính", "2000000", None, "máy tính", None, "at_least"),
    ("Kết quả thu đạt 105% (gần 2.300 tỷ đồng).", "105%", "105", None, "percent", None, "exact"),
    ("Số hồ sơ vượt 18% kế hoạch.", "18%", "18", None, "percent", None, "exact"),
    ("Giá rẻ thứ 12 trong 140 nước.", "thứ 12", "12", None, "rank", "140", "exact"),
    ("Việt Nam từ hạng 59 năm 2023 lên cao hơn.", "hạng 59", "59", None, "rank", None, "exact"),
    ("Đấu giá băng tần với giá 12.400 tỷ đồng.", "12.400 tỷ đồng", "12400000000000", None, "vnd", None, "exact"),
    ("Ở mức 91 – 94% hồ sơ.", "91 – 94%", "91", "94", "percent", None, "exact"),
    ("Hai phần ba số xã đã hoàn thành.", "Hai phần ba số xã", "2", None, "xã", "3", "exact"),
    ("Cấp hai mươi mốt nghìn chữ ký số.", "hai mươi mốt nghìn chữ ký số", "21000", None, "chữ ký số", None, "exact"),
    ("Hơn ba nghìn trung tâm đã mở cửa.", "ba nghìn trung tâm", "3000", None, "trung tâm", None, "over"),
    ("Có mười hai xã chưa có sóng.", "mười hai xã", "12", None, "xã", None, "exact"),
    ("Tập huấn ba trăm linh năm cán bộ.", "ba trăm linh năm cán bộ", "305", None, "cán bộ", None, "exact"),
    ("Ít nhất 85% hồ sơ nộp qua mạng.", "85%", "85", None, "percent", None, "at_least"),
    ("Từ 90% trở lên hồ sơ đúng hạn.", "90%", "90", None, "percent", None, "at_least"),
    ("Không quá 3% hồ sơ trễ hạn.", "3%", "3", None, "percent", None, "at_most"),
    ("Chưa đến 5% hồ sơ trễ hạn.", "5%", "5", None, "percent", None, "under"),
    ("Có dưới 200 lượt tải.", "200 lượt tải", "200", None, "lượt tải", None, "under"),
    ("Khoảng trên 60% văn bản được ký số.", "60%", "60", None, "percent", None, "over"),
    ("Tối đa 30 hồ sơ mỗi ngày.", "30 hồ sơ", "30", None, "hồ sơ", None, "at_most"),
    ("Xấp xỉ 1,2 triệu lượt.", "1,2 triệu lượt", "1200000", None, "lượt", None, "about"),
    ("Lên tới 900 sự cố.", "900 sự cố", "900", None, "sự cố", None, "exact"),
    ("Có ~500 máy chủ.", "500 máy chủ", "500", None, "máy chủ", None, "about"),
    ("Mạng phủ 1.350 trạm BTS.", "1.350 trạm BTS", "1350", None, "trạm BTS", None, "exact"),
    ("Băng thông đạt 400 Gbps.", "400 Gbps", "400", None, "gbps", None, "exact"),
    ("Đường truyền dài 120 km.", "120 km", "120", None, "km", None, "exact"),
    ("Đường dây nóng nhận 3.020 cuộc gọi.", "3.020 cuộc gọi", "3020", None, "cuộc gọi", None, "exact"),
    ("Mạng có 17 điểm cầu.", "17 điểm cầu", "17", None, "điểm cầu", None, "exact"),
    ("Ban hành 03 Kế hoạch.", "03 Kế hoạch", "3", None, "kế hoạch", None, "exact"),
    ("Đạt tỷ lệ 1,5 người/máy.", "1,5 người/máy", "1.5", None, "người/máy", None, "exact"),
    ("Tỷ lệ tăng 0,5%.", "0,5%", "0.5", None, "percent", None, "exact"),
    ("Có 1,250 hồ sơ tồn đọng.", "1,250 hồ sơ", "1250", None, "hồ sơ", None, "exact"),
    ("Đã cấp 1.756 chứng thư số.", "1.756 chứng thư số", "1756", None, "chứng thư số", None, "exact"),
    ("Đạt mức 95% theo kế hoạch.", "95%", "95", None, "percent", None, "exact"),
    ("Thiệt hại 89 tỷ.", "89 tỷ", "89000000000", None, "vnd", None, "exact"),
]  # fmt: skip

NO_FIGURES = [
    "Nghị quyết số 17/NQ-CP ngày 7/3/2019 của Chính phủ.",
    "Nghị định 42/2022/NĐ-CP có hiệu lực.",
    "Thực hiện Quyết định 749/QĐ-TTg và Quyết định số 942.",
    "Công văn 1215/UBND-KSTT yêu cầu các sở báo cáo.",
    "Theo khoản 2 Điều 90 của Luật.",
    "Hội nghị diễn ra sáng 26/8.",
    "Từ ngày 15/3 đến ngày 20/3, đoàn đi kiểm tra.",
    "Văn bản ký ngày 23/11/2017 tại trụ sở.",
    "Giai đoạn 2021-2025 và tầm nhìn 2030.",
    "Cung cấp ở mức độ 3, 4.",
    "Dịch vụ công trực tuyến mức độ 3 và 4.",
    "Hệ thống an toàn cấp độ 3.",
    "Mạng 4G, 5G phủ rộng.",
    "Triển khai Đề án 06 của Chính phủ.",
    "Lọt vào Top 10 cả nước.",
    "Hệ thống trực 24/7.",
    "Gọi tổng đài 1022 hoặc 1900 6600.",
    "Điện thoại: 0203 3835 678.",
    "Cuộc họp bắt đầu lúc 14 giờ 30.",
    "Cuộc họp bắt đầu lúc 8h30.",
    "Khung kiến trúc phiên bản 2.0.",
    "Cách mạng công nghiệp 4.0 đang diễn ra.",
    "Máy chạy Windows 11 và máy iPhone 15.",
    "Chứng nhận ISO 27001 còn hiệu lực.",
    "Trẻ em dưới 6 tuổi được miễn phí.",
    "Ông A, 47 tuổi, trú tại phường 5.",
    "Kỳ họp thứ 8, khóa XV.",
    "Phòng chống dịch Covid-19.",
    "Mô hình chính quyền 2 cấp.",
    "Xe mang biển số 61A-123.45 đỗ trước cổng.",
    "Tọa lạc tại số 12 đường Trần Phú.",
    "1. Giao các sở báo cáo.",
    "Vài trăm triệu đồng, hàng nghìn hồ sơ.",
    "Chiếc máy giá 1,6 triệu đồng.",
    "Chương trình trao giải nhất 20 triệu đồng.",
    "Tiếp công dân từ thứ 2 đến thứ 6.",
    "Phạt tiền từ 10 đến 20 triệu đồng với hành vi này.",
    "Giá điện 2.103 đồng/kWh.",
    "Đường dây 220 kV đi qua xã.",
    "Từ 1-7 đến 25-12, đoàn đi khảo sát.",
    "Giá xăng giảm 320 đồng.",
    "Vé máy bay từ 1,5 triệu đồng.",
    "Giá vé giường nằm 1,9 triệu đồng.",
    "Vàng tăng 250.000 đồng mỗi lượng.",
    "Băng tần 2600 MHz đã được đấu giá.",
    "Điện thoại có pin 5.000 mAh.",
    "Tờ rơi khổ 14,5 x 20,5 cm.",
    "Xe khách 29 chỗ.",
    "Cam kết xong trước 30/11 phủ sóng các bản.",
    "Đón nhận Huân chương Lao động hạng Nhì.",
    "Bệnh viện đa khoa hạng 2.",
    "Tàu gặp nạn tại vị trí 17o25,00N.",
    "Xu hướng của công nghệ 4.0.",
    "32 địa phương này đã báo cáo.",
    "Năm 2024 là năm bản lề.",
    "Tháng 7/2020 và quý III/2024.",
    "Khu vực thuộc xã A Lưới 3.",
]

FOUND_AND_LEFT_OUT = [
    ("Theo Quyết định 06/QĐ-TTg, tỉnh cấp 512 tài khoản mức độ 2.", ["512 tài khoản"]),
    ("Đến 31/5/2024, 62/83 nhiệm vụ (đạt 74,7%) đã xong.", ["62/83 nhiệm vụ", "74,7%"]),
    ("Năm 2023, Đề án 06 tiết kiệm 15 tỷ đồng ở 63 tỉnh.", ["15 tỷ đồng", "63 tỉnh"]),
    ("Có 540 dịch vụ mức độ 3, 120 dịch vụ mức độ 4.", ["540 dịch vụ", "120 dịch vụ"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "quote", "value", "value_max", "unit", "out_of", "bound"), FIGURES)
def test_a_number_is_read_with_its_scale_unit_and_bound(
    sentence: str, quote: str, value: str, value_max: str | None, unit: str | None, out_of: str | None, bound: str
) -> None:
    number = find_numbers(sentence)[0]

    assert sentence[number.start : number.end] == quote
    assert (number.value, number.unit, number.bound) == (Decimal(value), unit, bound)
    assert number.value_max == (Decimal(value_max) if value_max else None)
    assert number.out_of == (Decimal(out_of) if out_of else None)


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_a_number_that_counts_nothing_is_left_out(sentence: str) -> None:
    assert [sentence[n.start : n.end] for n in find_numbers(sentence) if n.unit not in (None, "giờ", "phút")] == []


@pytest.mark.parametrize(("sentence", "quotes"), FOUND_AND_LEFT_OUT)
def test_figures_are_told_from_the_names_and_dates_beside_them(sentence: str, quotes: list[str]) -> None:
    assert [sentence[n.start : n.end] for n in find_numbers(sentence) if n.unit] == quotes


def test_items_of_a_list_share_the_unit_that_stands_last() -> None:
    numbers = find_numbers("Số liệu lần lượt là 1.168, 632 và 87 dịch vụ.")

    assert [(n.value, n.unit) for n in numbers] == [
        (Decimal(1168), "dịch vụ"),
        (Decimal(632), "dịch vụ"),
        (Decimal(87), "dịch vụ"),
    ]


def test_items_of_a_list_share_the_scale_that_stands_last() -> None:
    numbers = find_numbers("Hai đơn vị thu lần lượt 1.350,5 và 2.120 tỷ đồng.")

    assert [(n.value, n.unit) for n in numbers] == [(Decimal("1350.5") * 10**9, "vnd"), (2120 * 10**9, "vnd")]


def test_a_sum_without_a_currency_goes_on_in_dollars() -> None:
    numbers = find_numbers("Phần mềm thu 3,1 tỷ USD, trong khi phần cứng thu 41 tỷ.")

    assert [(n.value, n.unit) for n in numbers] == [(Decimal("3.1") * 10**9, "usd"), (41 * 10**9, "usd")]


def test_the_next_item_begins_a_name_and_is_no_part_of_the_unit() -> None:
    first, *_ = find_numbers("Phường Hà An tiếp nhận 4.310 hồ sơ, phường Hà Khẩu 2.980.")

    assert first.unit == "hồ sơ"


def test_a_rank_needs_no_more_than_thu_after_another() -> None:
    numbers = find_numbers(
        "Chính quyền số đứng thứ 17, kinh tế số thứ 29; ba trụ cột xếp lần lượt 8, 11 và 30; an toàn số xếp 40."
    )

    assert [(n.value, n.unit) for n in numbers] == [(value, "rank") for value in (17, 29, 8, 11, 30, 40)]


def test_a_score_after_a_rank_is_no_rank() -> None:
    numbers = find_numbers("Tay vợt hạng 10 thế giới thắng 6-3, 6-4.")

    assert [n.value for n in numbers if n.unit == "rank"] == [10]


def test_ranks_go_on_after_the_first() -> None:
    numbers = find_numbers("Việt Nam đứng thứ 71/193 nước được khảo sát, 19/47 ở Châu Á và 5/11 trong Đông Nam Á.")

    assert [(n.value, n.out_of, n.unit) for n in numbers] == [(71, 193, "rank"), (19, 47, "rank"), (5, 11, "rank")]


def test_the_whole_text_decides_what_a_comma_means() -> None:
    english = find_numbers("Có 1,234,567 lượt, đạt 98.5%, tăng 1,250 lượt.")

    assert [n.value for n in english] == [Decimal(1234567), Decimal("98.5"), Decimal(1250)]


def test_absent_is_not_zero() -> None:
    assert read_number("không có số nào ở đây") is None
    assert read_number("") is None


@given(st.integers(min_value=2, max_value=10**9))
def test_a_grouped_number_reads_back(value: int) -> None:
    number = read_number(f"tiếp nhận {value:,} hồ sơ".replace(",", "."))

    assert number is not None
    assert (number.value, number.unit) == (value, "hồ sơ")


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_percentage_reads_back(value: Decimal) -> None:
    number = read_number(f"đạt {value}%".replace(".", ","))

    assert number is not None
    assert (number.value, number.unit) == (value, "percent")


@given(st.integers(2, 99), st.sampled_from([("nghìn", 10**3), ("triệu", 10**6), ("tỷ", 10**9)]), st.integers(1, 9))
def test_a_scaled_amount_reads_back(whole: int, scale: tuple[str, int], tenth: int) -> None:
    number = read_number(f"chi hơn {whole},{tenth} {scale[0]} đồng")

    assert number is not None
    assert (number.value, number.unit, number.bound) == (Decimal(f"{whole}.{tenth}") * scale[1], "vnd", "over")


@given(st.integers(1, 999), st.integers(1, 999), st.integers(100, 999))
def test_a_sum_of_millions_thousands_and_ones_reads_back(millions: int, thousands: int, ones: int) -> None:
    number = read_number(f"có {millions} triệu {thousands:03} nghìn {ones} lượt truy cập")

    assert number is not None
    assert (number.value, number.unit) == (millions * 10**6 + thousands * 1000 + ones, "lượt truy cập")


@given(st.integers(1, 99), st.integers(0, 60))
def test_a_rank_with_its_total_reads_back(rank: int, more: int) -> None:
    number = read_number(f"xếp thứ {rank} trong {rank + more} tỉnh, thành phố")

    assert number is not None
    assert (number.value, number.out_of, number.unit) == (rank, rank + more, "rank")


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)


@given(st.text(alphabet="0123456789.,/-% điểmtỷhồsơngàyxếpthứ\n", max_size=60))
def test_no_run_of_digits_and_marks_breaks_the_reader(text: str) -> None:
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
