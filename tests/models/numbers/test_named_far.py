"""Numbers whose thing stands at some distance, or whose neighbour only looks like a label."""

import pytest

from models.figures.metrics import find_metrics


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở đã rà soát, công bố danh mục 96 TTHC.", [("96 TTHC", "tthc")]),
        ("Thuê bao di động dùng máy thông minh (smartphone) đạt trên 98,4 triệu.", [("98,4 triệu", "thuê bao di động")]),
        ("Tổng số giao dịch 31,5 triệu, giá trị trên 900 tỷ đồng.", [("31,5 triệu", "giao dịch"), ("900 tỷ đồng", "vnd")]),
        ("Số lượng hóa đơn phát hành 1,84 tỷ.", [("1,84 tỷ", "hóa đơn")]),
        ("Hai trụ cột cùng đạt số điểm tuyệt đối 20/20.", [("20/20", "point")]),
        ("Trong tuần ghi nhận 21.450 (tuần trước là ít hơn) thiết bị bị lợi dụng.", [("21.450", "thiết bị")]),
        ("Lương khởi điểm bình quân 9,6 triệu đồng mỗi tháng.", [("9,6 triệu đồng", "vnd")]),
        ("Thời gian giao hàng rút ngắn, tỷ lệ hoàn hàng 5,2%.", [("5,2%", "percent")]),
        ("Tên miền quốc gia cán mốc 604.900.", [("604.900", "tên miền")]),
        ("Tổng số giao dịch qua trục liên thông tháng 8 là 41.207.336. Đó là mức cao.", [("41.207.336", "giao dịch")]),
        ("Kho bạc đã từ chối 318 khoản chi sai chế độ.", [("318 khoản", "khoản")]),
        ("Sàn tổ chức 52 phiên giao dịch việc làm.", [("52 phiên", "phiên")]),
        ("Công an đã cấp 88,2 triệu số định danh.", [("88,2 triệu số định danh", "số định danh")]),
    ],
)  # fmt: skip
def test_a_number_finds_its_thing(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(metric.quote, metric.unit) for metric in find_metrics(text)] == expected
