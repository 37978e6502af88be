"""Whom an article is about whose title says it in passing, or not at all. The sentences are ours, the figures not real."""

from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics


def entities(text: str, title: str) -> list[str | None]:
    found = find_metrics(text, title=title, published=date(2024, 9, 3), source_place=None)
    return [metric.entity for metric in found]


# --- companies ----------------------------------------------------------------------------------------------------------

# title, text, entity of each figure
COMPANIES = [
    # it only receives in the title
    ("Thị trường nước ngoài đem lại cho Viettel thêm doanh thu",
     "Nửa đầu năm, Viettel ghi nhận lãi tăng 21%. Theo Viettel, động lực đến từ châu Phi. Doanh thu dịch vụ số đạt 8.150 tỷ đồng. "
     "Mảng hạ tầng của Viettel tăng 14%.", ["Viettel"] * 3),
    # others are named before it
    ("Thanh toán không tiền mặt lên ngôi",
     "Cổng thanh toán đã nối với Agribank, BIDV và NAPAS. Đến nay, NAPAS đã mở rộng dịch vụ. Năm ngoái, NAPAS hai lần miễn phí. "
     "Hệ thống của NAPAS chạy suốt ngày đêm. Nhờ NAPAS, người dân đỡ chờ. Tổng mức phí đã giảm là 870 tỷ đồng.", ["NAPAS"]),
    # that it says so is no story of its own
    ("Tấn công mạng giảm", "Theo Kaspersky, số vụ giảm 12%. Theo Kaspersky, mã độc vẫn nhiều. Kaspersky cảnh báo "
     "lừa đảo. Số máy nhiễm là 45.000 máy.", ["Việt Nam"] * 2),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), COMPANIES)
def test_a_company_that_a_text_goes_on_about_is_whom_its_figures_are_of(
    title: str, text: str, expected: list[str]
) -> None:
    assert entities(text, title) == expected


# --- agencies -----------------------------------------------------------------------------------------------------------

# title, text, entity of each figure
AGENCIES = [
    ("Ngành Hải quan vượt dự toán", "Năm qua toàn ngành thu 312 nghìn tỷ đồng. Quy trình của Tổng cục Hải quan đã gọn hơn.",
     ["Tổng cục Hải quan"]),
    # its "Cục" in the provinces, and one inside it, are no others
    ("Nộp thuế lúc nào cũng được",
     "Hệ thống đã nối với nhiều Cục Hải quan. Ông Lê Văn Tám, Phó Tổng cục trưởng Tổng cục Hải quan, và bà Trần Thị Sáu, Cục Thuế XNK, "
     "cùng dự.\nSố doanh nghiệp tham gia mới là 815 doanh nghiệp. Toàn ngành Hải quan sẽ làm tiếp.", ["Tổng cục Hải quan"]),
    # whose rank it is
    ("Ngành thuế: Khai thuế qua mạng", "Tổng cục Thuế cho biết việc khai đã nhanh hơn. Thứ hạng về nộp thuế của Việt Nam trong báo "
     "cáo năm nay cải thiện 74 bậc.", ["Việt Nam"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), AGENCIES)
def test_what_a_branch_of_the_state_does_is_of_the_agency_that_heads_it(
    title: str, text: str, expected: list[str]
) -> None:
    assert entities(text, title) == expected


# --- contests -----------------------------------------------------------------------------------------------------------

# title, text, entity of each figure
CONTESTS = [
    ("Nhiều nước gửi bài tới Cuộc thi tìm kiếm sáng kiến Blue Lotus",
     "Theo ban tổ chức Blue Lotus, đã có 315 hồ sơ dự thi. Blue Lotus nhận bài từ nhiều nơi. Lĩnh vực kinh tế số ở Việt Nam được "
     "chú ý: y tế chiếm 21% số hồ sơ.", ["Blue Lotus"] * 2),
    # whoever wins it has the title's figures
    ("Viettel giành giải thưởng Sao Sáng", "Người dự thi rất đông, ban tổ chức cho biết. Sao Sáng có từ lâu. Viettel được "
     "bầu ở Sao Sáng. Tỷ lệ phiếu đạt 35%.", ["Viettel"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), CONTESTS)
def test_a_contest_is_whom_its_entries_are_of(title: str, text: str, expected: list[str]) -> None:
    assert entities(text, title) == expected


# --- who is only named --------------------------------------------------------------------------------------------------

# title, text, entity of each figure
ONLY_NAMED = [
    ("Hà Nội sau tổng điều tra", "Hà Nội chiếm 8,1% dân số cả nước và 35,2% dân số toàn vùng.", ["Hà Nội"] * 2),
    # where the one works who speaks
    ("Doanh nghiệp lạc quan", "Theo bà Lê Thị Tư, phụ trách mảng chính sách của Viện Kinh tế Sông Hàn, số này vẫn cao, vì còn 7,6% doanh "
     "nghiệp chưa nộp.", ["Việt Nam"]),
    # who came
    ("Hải quan tổng kết năm", "Tổng cục Hải quan mở hội nghị. Tới dự có đại diện các đơn vị thuộc Bộ Tài chính và 280 đại biểu.",
     ["Tổng cục Hải quan"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), ONLY_NAMED)
def test_who_is_only_measured_by_or_speaks_is_not_whom_a_figure_is_of(
    title: str, text: str, expected: list[str]
) -> None:
    assert entities(text, title) == expected


def test_an_office_s_article_turns_to_its_province_where_that_is_ranked() -> None:
    text = (
        "Văn phòng UBND tỉnh đã rà soát thủ tục. Nhờ các nỗ lực trong việc cải cách thủ tục hành chính suốt năm, chỉ số phục vụ năm 2024 "
        "Bình Thuận xếp thứ 31/63 tỉnh, thành. Chỉ số công khai xếp thứ 19/63 tỉnh, thành."
    )

    assert entities(text, "Văn phòng UBND tỉnh: Cải cách thủ tục") == ["Bình Thuận"] * 2
