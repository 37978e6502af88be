"""What is said of counted things that does not stand right behind their number."""

from __future__ import annotations

import pytest

from models.figures.metrics import find_metrics


def _names(text: str) -> list[str]:
    return [metric.name for metric in find_metrics(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đến nay có 900 hộ, tương đương 80% số hộ, nộp tiền điện qua mạng.", "số hộ nộp tiền điện qua mạng"),
        ("Xã có 40 gia súc, phần lớn là dê non, bị chết rét.", "số gia súc bị chết rét"),
        ("Có 3 huyện gồm Bát Xát, Sa Pa và Si Ma Cai đã phủ sóng 5G.", "số huyện phủ sóng 5G"),
        ("Cả 12 sở và 9 huyện đã có nền tảng chia sẻ dữ liệu.", "số sở có nền tảng chia sẻ dữ liệu"),
        ("Có 80 bác sĩ của 12 bệnh viện tham gia.", "số bác sĩ tham gia"),
    ],
)
def test_a_count_is_of_what_is_said_beyond_an_aside_or_others_beside_it(text: str, name: str) -> None:
    assert _names(text)[0] == name


def test_a_part_named_without_its_things_is_of_those_of_the_whole() -> None:
    text = "Đến nay đã có 462 trên tổng số 696 xã vùng cao hoàn thành sổ địa chính."

    assert _names(text)[0] == "số xã vùng cao hoàn thành sổ địa chính"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở có 90 kỹ sư mạng, trong đó 30 người biết tiếng Anh.", "số kỹ sư mạng biết tiếng Anh"),
        ("Tổng số cán bộ tin học là 612 người, trong đó cấp xã có 212 người.", "số cán bộ tin học cấp xã"),
        ("Tỉnh thiếu 900 giáo viên. Con số này gồm 600 người ở tiểu học.", "số giáo viên ở tiểu học"),
        ("Xã có 90 cán bộ, 700 người lao động đi xa.", "số người lao động đi xa"),
    ],
)
def test_people_are_of_the_kind_that_was_told_before(text: str, name: str) -> None:
    assert _names(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ở trạm VNIX, lưu lượng cao điểm là 510 Gbps.", "lưu lượng cao điểm"),
        ("Dù dân số hơn 2 triệu người, tỉnh chỉ có một sân bay.", "dân số"),
        ("Sở công bố 90 thủ tục hành chính mới.", "số thủ tục hành chính mới công bố"),
        (
            "Tỉnh duyệt nhiệm vụ quy hoạch phân khu, tỷ lệ 1/2000 với quy mô 28 ha.",
            "quy mô nhiệm vụ quy hoạch phân khu",
        ),
    ],
)
def test_a_count_takes_what_tells_it_from_others(text: str, name: str) -> None:
    assert _names(text)[0] == name


def test_parts_that_remain_beyond_a_share_are_counted_not_named_as_the_share() -> None:
    names = _names("Tỷ lệ số hóa sổ hộ tịch đạt 99% (còn 22 xã trên 97%).")

    assert names[1] == "số xã trên 97% tỷ lệ số hóa sổ hộ tịch"


def test_things_called_at_length_are_called_so_again_where_places_are_compared() -> None:
    text = "Sở chặn 900 lượt truy cập vào các trang giả mạo của bọn lừa đảo. Huyện Tủa Chùa bị nhiều nhất với 70 lượt."

    assert _names(text)[1] == "số lượt truy cập vào các trang giả mạo của bọn"
