"""Names that say more than one noun: what the clause, the figure before or the index's own words give them."""

from __future__ import annotations

import pytest

from models.figures.metrics import find_metrics

JUST_COUNTED = [
    ("Xã trả 640 hồ sơ, trước hẹn 91%.", "91%", "tỷ lệ hồ sơ trước hẹn"),
    ("Đã kiểm đếm xong 45/60 kho, đạt 75%.", "75%", "tỷ lệ kho kiểm đếm xong"),
    ("Huyện cấp 300 chữ ký số, đạt 60% số cán bộ xã.", "60%", "tỷ lệ cán bộ xã chữ ký số cấp"),
]  # fmt: skip

COUNTED = [
    ("Còn 90 hồ sơ trễ hạn, riêng lĩnh vực hộ tịch đã 70 hồ sơ.", "70 hồ sơ", "số hồ sơ lĩnh vực hộ tịch"),
    ("Có 30 xã đặt máy tự phục vụ. Năm ngoái con số này là 12 xã.", "12 xã", "số xã đặt máy tự phục vụ"),
    ("Đã có 4 sở và 7 huyện cung cấp 100% dịch vụ công toàn trình.", "4 sở", "số sở cung cấp 100% tỷ lệ dịch vụ công toàn trình"),
    ("Có 15 bệnh viện đã kết nối với kho dữ liệu của Bộ Y tế.", "15 bệnh viện", "số bệnh viện kết nối với kho dữ liệu"),
]  # fmt: skip

SPOKEN_BEFORE = [
    ("Kinh phí là 90 tỷ đồng, trong đó vốn sự nghiệp 30 tỷ đồng.", "30 tỷ đồng", "vốn sự nghiệp"),
    ("Có 70 hồ sơ nộp qua mạng trên 900 hồ sơ, tỷ lệ vỏn vẹn 7,8%.", "7,8%", "tỷ lệ hồ sơ nộp qua mạng"),
    ("Tỷ lệ văn bản ký số giữa các cơ quan cấp tỉnh: năm 2015 40%.", "40%", "tỷ lệ văn bản ký số giữa các cơ quan cấp tỉnh"),
    ("Có 61% thủ tục đã niêm yết. Khảo sát cho thấy mức độ hài lòng đạt 90%.", "90%", "mức độ hài lòng"),
    ("Ví điện tử này có 3 triệu khách hàng, 58% ở nông thôn.", "58%", "tỷ lệ khách hàng ở nông thôn"),
    ("Khoảng cách giữa sở cao nhất và thấp nhất là 9%.", "9%", "khoảng cách giữa sở cao nhất và thấp nhất"),
    ("Bộ có 90 thủ tục trực tuyến (mức độ 3: 61; mức độ 4: 29).", "29", "số thủ tục trực tuyến mức độ 4"),
    ("Toàn tỉnh có 900 trạm, trạm 4G: 640; trạm 5G: 260.", "260", "số trạm 5G"),
    ("Mỗi thôn dựa vào tổ công nghệ số cộng đồng. Toàn xã có 14 tổ.", "14 tổ", "số tổ công nghệ số cộng đồng"),
    ("Có 50 gian hàng của 31 doanh nghiệp.", "31 doanh nghiệp", "số doanh nghiệp có gian hàng"),
    ("Sở rút ngắn 25% thời gian giải quyết của 40 thủ tục.", "40 thủ tục", "số thủ tục có thời gian giải quyết"),
]  # fmt: skip

WHOSE = [
    ("Khu công nghệ thông tin Long Hà rộng 40 ha, vốn đầu tư 90 tỷ đồng.", "90 tỷ đồng", "vốn đầu tư khu công nghệ thông tin"),
    ("Trung tâm dữ liệu của hãng có công suất 18 MW.", "18 MW", "công suất trung tâm dữ liệu của hãng"),
    ("Thị trường điện toán đám mây được dự báo tăng trưởng kép 19%.", "19%", "tăng trưởng kép thị trường điện toán đám mây"),
    ("Cuối tháng 5, trung tâm có 8 công chức.", "8 công chức", "số công chức trung tâm"),
    ("Nợ thuế quá hạn kéo dài còn 30 tỷ đồng.", "30 tỷ đồng", "nợ thuế quá hạn kéo dài"),
]  # fmt: skip

WHOLE = [
    ("Tỷ lệ nộp trực tuyến phí, lệ phí mới đạt 42%.", "42%", "tỷ lệ nộp trực tuyến phí, lệ phí"),
    ("Thời gian chờ trung bình của người bệnh giảm từ 50 phút xuống 15 phút.", "15 phút", "thời gian chờ trung bình của người bệnh"),
    ("Năm qua, hồ sơ trực tuyến mức độ 3, 4 mới chiếm 9%.", "9%", "tỷ lệ hồ sơ trực tuyến mức độ 3, 4"),
    ("Có 90% giao dịch của khách lẻ làm trên ứng dụng, so với 71% năm 2019.", "71%", "tỷ lệ giao dịch của khách lẻ làm trên ứng dụng"),
]  # fmt: skip

RISES = [
    ("Công ty đặt mục tiêu doanh thu tăng 12% so với năm 2023.", "12%", "mức tăng doanh thu so với năm 2023"),
    ("- Mức độ hài lòng của người dân đạt trên 88%.", "88%", "mức độ hài lòng của người dân"),
    ("Tỷ lệ hộ dùng hóa đơn đạt 70%; tỷ lệ cơ sở nhỏ dùng nền tảng số trên 41%.", "41%", "tỷ lệ cơ sở nhỏ dùng nền tảng số"),
    ("Xã xin kinh phí 300 triệu đồng để thay máy quét.", "300 triệu đồng", "kinh phí thay máy quét"),
    ("Cục có 900 hồ sơ trực tuyến. Nhiều nhất là Sở Y tế Huế với 310 hồ sơ.", "310 hồ sơ", "số hồ sơ trực tuyến"),
]  # fmt: skip

APART = [
    ("Điểm chuyển đổi số của huyện Bát Xát đạt 81,2 điểm, hơn thành phố Lào Cai 0,5 điểm.", "0,5 điểm", "chênh lệch điểm chuyển đổi số"),
    ("Quý I, hãng ghi nhận 90 tỷ đồng doanh thu và 12 tỷ đồng lợi nhuận trước thuế.", "12 tỷ đồng", "lợi nhuận trước thuế"),
    ("Huyện cấp 900 giấy phép. Trong số đó, giấy phép xây dựng cấp qua mạng chiếm 41%.", "41%", "tỷ lệ giấy phép xây dựng cấp qua mạng"),
]  # fmt: skip

CHANGED = [
    ("Tổng dư nợ của quỹ là 90 tỷ đồng, tăng 12% so với đầu năm.", "12%", "mức tăng tổng dư nợ so với đầu năm"),
    ("Có 30 vụ lừa đảo gây hậu quả nặng cho người dân, giảm 8% so với tháng 3.", "8%", "mức giảm vụ lừa đảo so với tháng 3"),
    ("Đã cấp 90 giấy phép xây dựng với trị giá 3.200 tỷ đồng, tăng 12% về số lượng.", "12%", "mức tăng số lượng giấy phép xây dựng đã cấp"),
]  # fmt: skip

OPENED = [
    ("Về nộp phạt xây dựng trái phép, huyện ghi nhận 90 giao dịch.", "90 giao dịch", "số giao dịch ghi nhận nộp phạt xây dựng trái phép"),
    ("Trên Cổng dữ liệu mở, thành phố đã đăng tải 90 bộ dữ liệu.", "90 bộ dữ liệu", "số bộ dữ liệu đã đăng tải"),
    ("Hệ thống tiếp nhận và xử lý phản ánh của người dân tại trụ sở hiện có 90 tài khoản.", "90 tài khoản",
     "số tài khoản hệ thống tiếp nhận và xử lý phản ánh"),
]  # fmt: skip

PEOPLE = [
    ("Dân số của xã là 900 người, nay là 1.200 người.", "1.200 người", "dân số xã"),
    ("Huyện có hơn 73 nghìn người, phần lớn làm nông.", "73 nghìn người", "dân số huyện"),
    ("Số kỹ sư mạng của khu mới có 70 người, nay là 250 người.", "250 người", "số kỹ sư mạng của khu"),
]  # fmt: skip

SHARED = [
    ("Tổng số hóa đơn là 900 hóa đơn, bằng 87% cùng kỳ năm 2020.", "87%", "tỷ lệ hóa đơn so với cùng kỳ năm 2020"),
    ("Doanh thu qua mạng chiếm 35% tổng doanh thu của cửa hàng.", "35%", "tỷ lệ doanh thu qua mạng"),
    ("Mảng truyền hình trả tiền giữ 41% thị phần.", "41%", "thị phần mảng truyền hình trả tiền"),
    ("Sở có 90 thủ tục trực tuyến, mức độ 4 mới có 12 thủ tục.", "12 thủ tục", "số thủ tục mức độ 4"),
    ("Điểm yếu vẫn nằm ở nhân lực khi xã mới có 61 công chức tin học.", "61 công chức", "số công chức tin học"),
]  # fmt: skip

BESIDE_OTHERS = [
    ("Bình quân mỗi tháng có 170 văn bản gửi, 445 văn bản nhận.", "445 văn bản", "số văn bản nhận bình quân mỗi tháng"),
    ("Xã có 90 hồ sơ đúng hạn, 12 hồ sơ trễ hạn.", "12 hồ sơ", "số hồ sơ trễ hạn"),
    ("Có 90 trung tâm đăng kiểm đang hoạt động, 12 trung tâm dừng.", "12 trung tâm", "số trung tâm đăng kiểm dừng"),
    ("Có 90 giấy phép lái xe hạng nặng đã đổi, 12 giấy phép bị tước.", "12 giấy phép", "số giấy phép lái xe bị tước"),
    ("Huyện hỗ trợ 780 triệu đồng để nâng cấp.", "780 triệu đồng", "kinh phí hỗ trợ nâng cấp"),
    ("Hệ thống này tiếp nhận 152.000 hồ sơ.", "152.000 hồ sơ", "số hồ sơ tiếp nhận"),
]  # fmt: skip

RANKED = [
    ("Chỉ số DTI năm 2023 đã được công bố. Huyện Bát Xát đứng thứ 3.", "thứ 3", "xếp hạng DTI"),
    ("Tỉnh công bố DDCI năm 2022. Ở khối sở, ngành, Sở Công Thương Lào Cai đạt 81,2 điểm.", "81,2 điểm", "điểm chỉ số DDCI khối sở, ngành"),
]  # fmt: skip


def _named(text: str, quote: str) -> str:
    metrics = find_metrics(text)
    return next(metric.name for metric in metrics if metric.quote == quote)


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        *JUST_COUNTED,
        *COUNTED,
        *SPOKEN_BEFORE,
        *WHOSE,
        *WHOLE,
        *RISES,
        *APART,
        *CHANGED,
        *OPENED,
        *PEOPLE,
        *SHARED,
        *BESIDE_OTHERS,
        *RANKED,
    ],
)
def test_a_figure_with_few_words_of_its_own_is_named_in_full(text: str, quote: str, name: str) -> None:
    assert _named(text, quote) == name


def test_things_whose_unit_alone_is_named_are_those_of_the_title() -> None:
    metrics = find_metrics("Riêng tháng 6 có 718 sự cố.", title="Sự cố tấn công mạng vào Việt Nam tăng")

    assert [metric.name for metric in metrics] == ["số sự cố tấn công mạng"]


@pytest.mark.parametrize("scrap", ["Như vậy đơn vị", "Dù ở xa nhưng xã", "Lần khảo sát trước"])
def test_words_that_lead_on_from_the_figure_before_are_no_name(scrap: str) -> None:
    text = f"Tỷ lệ hồ sơ trực tuyến của xã là 62%. {scrap} đạt 48%."

    assert _named(text, "48%") == "tỷ lệ hồ sơ trực tuyến"


def test_an_index_known_by_its_abbreviation_is_named_by_its_words_once_the_text_gives_them() -> None:
    text = "Chỉ số cải cách hành chính (PAR Index) của tỉnh đạt 85%.\nHuyện Sa Pa dẫn đầu với 91%."

    metrics = find_metrics(text, title="Công bố PAR Index cấp huyện")

    assert [metric.name for metric in metrics] == ["chỉ số cải cách hành chính (PAR Index)"] * 2
