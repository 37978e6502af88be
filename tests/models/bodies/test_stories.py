"""Whose story an article tells that its title names by half, or not at all. The sentences are ours, companies and figures made up."""

from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics


def entities(text: str, title: str, place: str | None = None) -> list[str | None]:
    found = find_metrics(text, title=title, published=date(2024, 9, 3), source_place=place)
    return [metric.entity for metric in found]


# --- companies that no list holds ---------------------------------------------------------------------------------------

SOLD = "Doanh thu sáu tháng đạt 812 tỷ đồng. Khách hàng của công ty ở Hải Phòng chiếm 14%."


@pytest.mark.parametrize(
    ("title", "opening", "expected"),
    [
        ("Điện máy Hoa Mai mở lại cửa hàng", "Chuỗi bán lẻ Điện máy Hoa Mai vừa mở thêm cửa hàng.", "Điện máy Hoa Mai"),
        ("Ví điện tử KaPi thêm người dùng", "Công ty mẹ nói ví điện tử KaPi đã qua lúc khó.", "KaPi"),
        ("Giao hàng Nhanh Chân lãi trở lại", "Hãng giao hàng công nghệ Nhanh Chân vừa họp cổ đông.", "Nhanh Chân"),
        ("Cấp nước Sơn La giảm thất thoát", "Công ty cổ phần Cấp nước Sơn La vừa họp cổ đông.", "Cấp nước Sơn La"),
        ("Hóa đơn Phù Sa: một năm nhìn lại", "Công ty cổ phần Phù Sa Invoice vừa họp cổ đông.", "Phù Sa Invoice"),
    ],
)  # fmt: skip
def test_the_company_that_a_title_opens_with_is_whom_the_article_is_about(
    title: str, opening: str, expected: str
) -> None:
    assert entities(f"{opening}\n\n{SOLD}", title) == [expected, expected]


def test_a_title_opens_with_no_company_where_the_text_tells_of_no_business() -> None:
    text = "Người dân xã Hoa Mai dùng ứng dụng Hoa Mai.\n\nTỉnh Sơn La đã cấp 812 tài khoản."

    assert entities(text, "Ứng dụng Hoa Mai về với bà con") == ["Sơn La"]


def test_a_company_that_its_title_does_not_name_is_whom_the_article_goes_on_about() -> None:
    text = (
        "Người dùng ứng dụng Bếp Quê nhận tin báo chiều qua. Bếp Quê sẽ dừng phục vụ. Công ty mẹ cảm ơn khách hàng.\n\n"
        "Năm ngoái doanh thu 812 tỷ đồng. Bếp Quê không còn cổ đông lớn."
    )

    assert entities(text, "Startup giao đồ ăn dừng cuộc chơi") == ["Bếp Quê"]
    assert entities(text, "Giao đồ ăn đã qua thời vàng son") == ["Việt Nam"]


def test_a_name_that_is_written_as_a_brand_needs_few_words_of_business() -> None:
    text = "Ứng dụng khám từ xa SứcTrẻ24 là của một công ty ở Hải Phòng.\n\nHiện có 1.480 bác sĩ tham gia."

    assert entities(text, "Phòng khám SứcTrẻ24: hai năm nhìn lại") == ["SứcTrẻ24"]


def test_the_initial_of_a_photographer_is_no_district() -> None:
    text = "Cửa hàng điện thoại. Ảnh: Q.Vinh Hãng nghiên cứu ước tính 3,1 triệu máy được bán."

    assert entities(text, "Người dùng đổi máy chậm hơn") == ["Việt Nam"]


def test_the_branch_in_a_title_is_whom_the_article_is_about() -> None:
    text = "Toàn tỉnh còn nhiều bản xa.\n\nChi nhánh có 61.300 khách hàng, trong đó toàn tỉnh 412 hộ nghèo."

    assert entities(text, "Agribank chi nhánh Sơn La đưa dịch vụ về bản", "Sơn La") == ["Agribank Sơn La"] * 2


def test_figures_are_not_about_who_provides_what_somebody_else_uses() -> None:
    text = "Sau một năm dùng phần mềm do Viettel cung cấp, đã có 1.150 hồ sơ được số hóa."

    assert entities(text, "Sơn La số hóa hồ sơ") == ["Sơn La"]


def test_what_is_being_built_is_whom_the_article_is_about() -> None:
    text = (
        "Ra công trường gặp các mũi thi công vắng người. Nhà thầu chờ cát, gói thầu nào cũng chậm, mặt bằng còn vướng.\n\n"
        "Đã giải ngân 915 tỷ đồng."
    )

    assert entities(text, "Cao tốc Tân An - Bình Hòa chậm tiến độ") == ["Dự án cao tốc Tân An - Bình Hòa"]


# --- agencies and police ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Đăng kiểm qua cơn khó", "Bà Lụa (Ba Vì, Hà Nội) chờ từ sáng. Cục Đăng kiểm Việt Nam vừa họp.\n\nĐã cấp 2.415 giấy.",
         "Cục Đăng kiểm Việt Nam"),
        ("Thuế: hoàn tiền còn chậm", "Phó Tổng cục trưởng nhận lỗi.\n\nĐã ban hành 2.415 quyết định.", "Tổng cục Thuế"),
        ("Đơn nhãn hiệu còn tồn", "Cục Sở hữu trí tuệ vừa họp; toàn Cục làm thêm giờ, theo Phó Cục trưởng Vũ Lê.\n\n"
         "Đã xử lý 2.415 đơn.", "Cục Sở hữu trí tuệ"),
        ("Triệt phá một đường dây lừa đảo", "Công an tỉnh Hà Nam vừa thông tin về vụ án.\n\nĐã tạm giữ 14 người.",
         "Công an Hà Nam"),
    ],
)  # fmt: skip
def test_an_agency_whose_work_is_told_is_whom_the_article_is_about(title: str, text: str, expected: str) -> None:
    assert entities(text, title) == [expected]


def test_an_agency_that_is_only_asked_is_not_whom_the_article_is_about() -> None:
    text = "Tổng cục Hải quan cho biết việc kết nối đã xong.\n\nĐã có 2.415 doanh nghiệp tham gia."

    assert entities(text, "Một cửa quốc gia thêm bận rộn") == ["Việt Nam"]


# --- places in passing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "passing",
    [
        "Bà Lụa có một xưởng gỗ ở Bình Định.",
        "Người dân đi chợ Hôm (Hà Nội). Ảnh: Vũ Lê",
        "Cuộc họp ở 48 phố Huế, Hà Nội.",
    ],
)
def test_figures_are_not_about_a_place_named_in_passing(passing: str) -> None:
    assert entities(f"{passing}\n\nLao động có việc làm tăng 92.300 người.", "Thêm việc làm") == ["Việt Nam"]


def test_figures_are_not_about_who_only_counts() -> None:
    text = (
        "Dung lượng mất đi theo ước tính của Cục Viễn thông là 75%. Theo khảo sát mẫu của VNNIC, 47% tên miền còn dùng."
    )

    assert entities(text, "Cáp biển lại đứt") == ["Việt Nam", "Việt Nam"]


def test_what_foreign_markets_take_is_of_the_countrys_exports() -> None:
    text = "Việt Nam xuất khẩu 2,1 triệu tấn gạo. Riêng Philippines nhập 1,01 triệu tấn."

    assert entities(text, "Xuất khẩu gạo quý I lập đỉnh") == ["Việt Nam", "Việt Nam"]
    assert entities(text, "Gạo trong bữa ăn châu Á") == ["Việt Nam", "Philippines"]


# --- names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trường Đại học Nông nghiệp miền Trung tuyển 1.200 sinh viên.", "Trường Đại học Nông nghiệp miền Trung"),
        ("Quỹ tín dụng nhân dân xã Cẩm Hà có 1.200 thành viên.", "Quỹ tín dụng nhân dân xã Cẩm Hà"),
    ],
)
def test_a_name_is_read_with_the_region_or_the_commune_that_belongs_to_it(text: str, expected: str) -> None:
    assert entities(text, "Tin vắn") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tập đoàn công nghệ FPT ghi nhận doanh thu 1.240 tỷ đồng.", "FPT"),
        ("Tập đoàn Bưu chính - Viễn thông VNPT có 31 triệu thuê bao.", "VNPT"),
        ("Tổng công ty Viễn thông MobiFone có 21 triệu thuê bao.", "MobiFone"),
        ("Mobifone đạt 2,1 triệu thuê bao 5G.", "MobiFone"),
        # a part of a group is a company of its own
        ("Tổng công ty Công trình Viettel lãi 84 tỷ đồng.", "Tổng công ty Công trình Viettel"),
    ],
)
def test_a_group_is_called_by_its_brand(text: str, expected: str) -> None:
    assert entities(text, "Tin doanh nghiệp") == [expected]


def test_a_company_is_called_as_the_text_mostly_calls_it() -> None:
    text = (
        "Tập đoàn Công nghệ Nam Hồng vừa họp cổ đông. Nam Hồng tăng thị phần. Cổ đông của Nam Hồng hỏi về lợi nhuận.\n\n"
        "Doanh thu của Nam Hồng đạt 2.914 tỷ đồng."
    )

    assert entities(text, "Công nghệ Nam Hồng: quý III lãi kỷ lục") == ["Nam Hồng"]


# --- companies that a text introduces -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Northern Lake Mobile, nhà mạng lớn thứ hai, vừa họp. Northern Lake Mobile có 9,5 triệu khách hàng.",
         "Northern Lake Mobile"),
        ("Đại diện LVGC nói thêm về sự cố. LVGC có 214.000 khách hàng.", "LVGC"),
        ("Công ty cổ phần 7Ship vừa họp báo. Hiện 7Ship có 3.120 khách hàng.", "7Ship"),
        ("Giá thuê tăng mạnh. KX Foundry hôm qua báo lãi lớn. KX Foundry có 31 nhà máy.", "KX Foundry"),
    ],
)  # fmt: skip
def test_a_company_is_known_by_how_the_text_introduces_it(text: str, expected: str) -> None:
    assert entities(text, "Chuyện thị trường tuần qua") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Theo hãng tin KLP, mưa lớn làm 214 người phải đi sơ tán.",
        "Doanh nghiệp FDI xuất khẩu mạnh. FDI đạt 20 tỷ USD.",
        "Đại diện NCKM nói thêm. Trung tâm Khẩn cấp mạng (NCKM) thuộc bộ. NCKM có 214 người.",
    ],
)
def test_who_only_tells_of_others_is_no_such_company(text: str) -> None:
    assert set(entities(text, "Chuyện thị trường tuần qua")) == {"Việt Nam"}


def test_the_company_whose_chairman_a_title_quotes_is_whom_the_article_is_about() -> None:
    text = "Ông Phổ đang điều hành Tân Đại Dương, công ty phần mềm. Ông kể về Tân Đại Dương.\n\nNăm ngoái thu 96 triệu USD."

    assert entities(text, "Chủ tịch Tân Đại Dương: Gia công chưa hết thời") == ["Tân Đại Dương"]


def test_the_company_that_a_title_calls_by_its_country_alone_is_whom_the_article_is_about() -> None:
    text = "Tòa tuyên phạt Northern Lake Mobile, nhà mạng lớn thứ hai. Hãng mất dữ liệu.\n\nTrước đó hãng chi 140 triệu USD."

    assert entities(text, "Hãng viễn thông Canada bị phạt") == ["Northern Lake Mobile"]


def test_what_the_government_decides_is_of_the_country_in_any_story() -> None:
    text = (
        "Malaysia chiếm 13% thị phần. Malaysia có 50 nhà máy.\n\n"
        "Thủ tướng đã ký Quyết định 1018, đào tạo ít nhất 50.000 kỹ sư. Các trường mới tuyển 3.200 sinh viên."
    )

    assert entities(text, "Malaysia đóng gói chip")[-2:] == ["Việt Nam", "Việt Nam"]


def test_the_office_that_a_text_goes_on_to_call_the_centre_is_whom_it_is_about() -> None:
    text = (
        "Trung tâm Dịch vụ việc làm Thái Bình chuyển sang phỏng vấn qua mạng. Theo Giám đốc Trung tâm, ai cũng quen dần.\n\n"
        "Đã có 23.615 lượt lao động dự.\n\nNăm tới, Trung tâm dự kiến mở thêm phiên."
    )

    assert entities(text, "Tìm việc giữa mùa dịch") == ["Trung tâm Dịch vụ việc làm Thái Bình"]
    assert entities(text.replace("Trung tâm dự", "tỉnh dự"), "Tìm việc giữa mùa dịch") == ["Thái Bình"]


def test_those_who_work_abroad_are_ours_wherever_they_go() -> None:
    text = "Chín tháng có 103.026 lao động đi. Theo thị trường: Nhật Bản 51.859 người, Hàn Quốc 4.311 người."

    assert set(entities(text, "Đưa lao động đi làm việc ở nước ngoài vượt kế hoạch")) == {"Việt Nam"}
