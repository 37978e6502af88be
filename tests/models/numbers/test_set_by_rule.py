"""Rates, fines and limits that somebody has set, and what is told of what came of them."""

import pytest

from models.figures.metrics import find_metrics


def quotes(text: str) -> list[str]:
    return [metric.quote for metric in find_metrics(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Từ năm sau, thuế nhập khẩu linh kiện từ ASEAN về 0%.",
        "Người có thu nhập cao chịu bậc thuế 35%.",
        "Phí duy trì là của nhà cung cấp, chưa gồm 8% VAT.",
        "Nghị định 15 phạt từ 10 đến 20 triệu đồng với hành vi phát tán tin giả.",
        "Dự thảo luật đề xuất mức phạt tối đa 4% đối với tổ chức vi phạm.",
        "Bộ đề nghị nâng ngưỡng doanh thu chịu thuế từ 100 triệu đồng lên 200 triệu đồng.",
        "Hạn mức giao dịch 10 triệu đồng mỗi tháng bị cho là thấp.",
        "Luật cho phép nhà đầu tư nước ngoài sở hữu tới 100% vốn trung tâm dữ liệu.",
        "Lệnh chuyển trên 10 triệu đồng phải xác thực khuôn mặt.",
    ],
)
def test_what_a_rule_sets_is_no_figure(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu từ thuế nhập khẩu tăng 12% so với cùng kỳ.", ["12%"]),
        ("Ngành thuế thu hồi nợ thuế đạt 85% kế hoạch.", ["85%"]),
        ("Thanh tra đã xử phạt 120 cơ sở, tổng số tiền phạt 2,4 tỷ đồng.", ["120 cơ sở", "2,4 tỷ đồng"]),
        ("Tỷ lệ hồ sơ vượt ngưỡng cảnh báo là 3%.", ["3%"]),
        ("Thực hiện nghị định mới, tỉnh đã cắt giảm 30% thời gian giải quyết.", ["30%"]),
    ],
)
def test_what_came_of_it_is_one(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


def test_the_numbers_of_a_lists_points_count_nothing() -> None:
    text = "Các xã được chia làm ba nhóm: (1) Nhóm dẫn đầu (18 xã); (2) Nhóm khá (40 xã); (3) Nhóm cuối (7 xã)."

    assert quotes(text) == ["18 xã", "40 xã", "7 xã"]
