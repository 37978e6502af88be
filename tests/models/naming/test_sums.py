"""What sort of money a sum is."""

from __future__ import annotations

import pytest

from models.figures.metrics import find_metrics


def _names(text: str) -> list[str]:
    return [metric.name for metric in find_metrics(text)]


# text, names of its figures
ABROAD = [
    ("Hãng chi 90 triệu euro cho bảo mật.", ["kinh phí chi bảo mật"]),
    ("Doanh thu của hãng đạt 320 tỷ won.", ["doanh thu của hãng"]),
    ("Người dân nộp phạt qua mạng 42 triệu ringgit.", ["số tiền nộp phạt qua mạng"]),
]  # fmt: skip

SORTS = [
    ("Bán lẻ qua mạng mang về 90 tỷ đồng.", ["doanh thu bán lẻ qua mạng"]),
    ("Doanh số của sàn đạt 700 tỷ đồng, trong đó hàng gia dụng đóng góp 80 tỷ đồng.", ["doanh số của sàn", "doanh số hàng gia dụng"]),
    ("Chi tiêu bình quân đạt 2,8 triệu đồng mỗi tháng.", ["chi tiêu bình quân"]),
    ("Một trạm ở vùng núi tốn 2 tỷ đồng.", ["chi phí một trạm ở vùng núi"]),
    ("Thị trường thương mại điện tử đạt 30 tỷ USD.", ["quy mô thị trường thương mại điện tử"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ABROAD)
def test_money_of_another_country_is_named_as_money_not_as_things_counted(text: str, expected: list[str]) -> None:
    assert _names(text) == expected


@pytest.mark.parametrize(("text", "expected"), SORTS)
def test_a_sum_is_of_the_sort_that_its_verb_or_the_sentence_tells(text: str, expected: list[str]) -> None:
    assert _names(text) == expected


def test_a_sum_behind_its_share_of_the_turnover_is_turnover() -> None:
    text = "Đồ gia dụng chiếm 29,5% tổng doanh thu, với hơn 740 tỷ đồng."

    assert _names(text)[1] == "doanh thu đồ gia dụng"


def test_tons_are_an_amount_of_what_is_weighed() -> None:
    assert _names("Tỉnh cấp cho dân 120 tấn gạo.") == ["lượng gạo cấp cho dân"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Doanh thu của sàn đạt 700 tỷ đồng, bằng 70% kế hoạch năm (1.000 tỷ đồng).", "doanh thu của sàn theo kế hoạch năm"),
        ("Tỉnh giải ngân 290 tỷ đồng trong 410 tỷ đồng kế hoạch vốn năm.", "kế hoạch vốn năm"),
        ("Chợ bán 80 tấn vải, đạt 80% kế hoạch. Xã xử lý 90 hồ sơ trễ, bằng 90% kế hoạch năm (kế hoạch là 100 hồ sơ).",
         "số hồ sơ trễ xử lý theo kế hoạch"),
    ],
)  # fmt: skip
def test_a_value_beside_a_share_of_the_plan_is_the_plan(text: str, name: str) -> None:
    assert _names(text)[-1] == name


def test_time_that_people_spend_is_called_by_what_they_do_in_it() -> None:
    text = "Mỗi học sinh dành 2,1 giờ/ngày để đọc truyện trên mạng. Trong mùa hè, con số này lên 4,2 giờ/ngày và hiện ở mức 3,5 giờ/ngày."

    assert _names(text) == ["thời gian đọc truyện trên mạng"] * 3


def test_a_sum_that_something_grew_to_is_its_value_and_so_is_the_mark_that_it_passes() -> None:
    text = "Dù khó khăn, các dịch vụ kỹ thuật số tiếp tục tăng trưởng mạnh mẽ, đạt 90 tỷ USD năm 2020 và đang trên đà vượt mốc 200 tỷ USD."

    assert _names(text) == ["giá trị dịch vụ kỹ thuật số"] * 2
