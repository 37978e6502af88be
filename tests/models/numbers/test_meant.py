"""Numbers that say which ones are meant, how many at a time or how long a term runs; and those that were missed before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.figures.metrics import find_metrics

MEANT_ONLY: list[tuple[str, list[tuple[str, str]]]] = [
    ("Cứ nhận được 20 thư thì 3 thư là lừa đảo.", [("3", "thư")]),
    ("Cứ mỗi 50 máy tính thì có 12 máy nhiễm mã độc.", [("12", "máy")]),
    ("Chỉ 3% thí sinh đăng ký từ 11 đến 25 nguyện vọng.", [("3", "percent")]),
    ("Có 40% hộ nuôi từ ba đến 10 con bò.", [("40", "percent")]),
    ("Số trễ hạn tăng 8% và giảm từ 74 còn 29 hồ sơ.", [("8", "percent"), ("74", "hồ sơ"), ("29", "hồ sơ")]),
    ("Cả 3 ngành đều xét học bạ.", []),
    ("Tỉnh đưa lên mạng cả 28 dịch vụ.", [("28", "dịch vụ")]),
    ("Vụ 12 người mắc kẹt trong hang: đã cứu 4 người.", [("4", "người")]),
    ("Sở Nội vụ 15 người, Sở Y tế 21 người.", [("15", "người"), ("21", "người")]),
    ("Vùng đất này được biết đến với 3 chiến thắng lớn.", []),
    ("Bộ phim gồm 4 phân đoạn.", []),
    ("Đứng đầu là 4 nước lần lượt là Lào, Nga, Nhật và Pháp.", []),
    ("Tuyến đường nối 2 thành phố Vinh và Huế.", []),
    ("Huyện mới có 2 xã Tân Lập và Yên Hòa đạt chuẩn.", [("2", "xã")]),
    ("Thời gian lập quy hoạch không quá 8 tháng kể từ ngày phê duyệt.", []),
    ("Thời gian đào tạo là 4,5 năm.", []),
    ("Thời gian thi hành án giảm 2 tháng.", [("2", "tháng")]),
    ("Kỹ sư có 4 năm kinh nghiệm nhận trung bình 18 triệu đồng.", [("18000000", "vnd")]),
    ("Thời gian nắng nóng từ 10-16 giờ.", []),
    ("Trọng lượng 171g 182g 190g tùy bản.", []),
    ("Miễn vé cho trẻ cao từ 1 m - 1,2 m.", []),
    ("Chiếc xe tải 12 tấn lật trên đèo.", []),
    ("Tâm bão cách đảo Lý Sơn khoảng 310 km.", []),
    ("Cô về nhất cự ly 800 m.", []),
]
NOT_MISSED: list[tuple[str, list[tuple[str, str]]]] = [
    ("Cơ quan trả lời kết quả chỉ sau 2 ngày.", [("2", "ngày")]),
    ("Sở nâng cấp thêm 64 dịch vụ loại này.", [("64", "dịch vụ")]),
    ("Tổng điểm của đội tuyển là 248.", [("248", "point")]),
    ("Brazil vẫn giữ ngôi số 1 thế giới.", [("1", "rank")]),
    ("Xếp thứ 4 và 5 lần lượt là Pháp và Bỉ.", [("4", "rank"), ("5", "rank")]),
    (
        "Chính quyền số xếp thứ 35, kinh tế số 48, xã hội số 40.",
        [("35", "rank"), ("48", "rank"), ("40", "rank")],
    ),
    ("Viện có gần 200 bác sĩ, trong đó, 2/3 có bằng tiến sĩ.", [("200", "bác sĩ"), ("2", "bác sĩ")]),
    ("Viện hoạt động tại ba cơ sở, với 36 khoa.", [("3", "cơ sở"), ("36", "khoa")]),
    ("Tỉnh có 1 di sản thiên nhiên, 4 khu bảo tồn.", [("1", "di sản"), ("4", "khu")]),
    ("Đây là một trong số 17 tỉnh được chọn.", [("17", "tỉnh")]),
    ("Đội có 7 trận thắng, 2 trận hòa.", [("7", "trận thắng"), ("2", "trận hòa")]),
    ("Năm qua, 9 tập thể và 12 cá nhân được tặng bằng khen.", [("9", "tập thể"), ("12", "cá nhân")]),
    ("Dịp này, 9 tập thể và 12 cá nhân được tặng bằng khen.", []),
    ("Giám đốc tặng bằng khen cho 9 tập thể.", []),
    ("Khảo sát nêu 4 xu hướng nổi bật của thị trường.", []),
    ("Điện thoại là một phần không thể thiếu của đời sống.", []),
    ("Một phần ba số xã có mạng.", [("1", "xã")]),
    ("Chi cục gửi Cơ quan Thường trực Ủy ban 1899 danh sách 2 thủ tục mới.", [("2", "thủ tục")]),
    ("Tiểu ban gửi Ban Chỉ đạo 389 danh sách 25 vụ.", [("25", "vụ")]),
    ("Bộ Công an (7 thủ tục), Bộ Quốc phòng (6 thủ tục) đã kết nối.", [("7", "thủ tục"), ("6", "thủ tục")]),
]


@pytest.mark.parametrize(("sentence", "figures"), MEANT_ONLY + NOT_MISSED)
def test_a_count_is_a_figure_where_it_states_something(sentence: str, figures: list[tuple[str, str]]) -> None:
    found = [(metric.value, metric.unit) for metric in find_metrics(sentence)]

    assert found == [(Decimal(value), unit) for value, unit in figures]
