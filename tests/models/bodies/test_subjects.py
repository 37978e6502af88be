"""Whom an article as a whole is about. The sentences are ours; names of places are real, figures are not."""

from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics


def entities(text: str, title: str | None = None, place: str | None = None) -> list[str | None]:
    found = find_metrics(text, title=title, published=date(2024, 9, 3), source_place=place)
    return [metric.entity for metric in found]


# --- offices that the text names in full --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Hải quan Quảng Trị thu vượt dự toán",
         "Cục Hải quan Quảng Trị họp sáng 2/9.\n\nĐã thu 812 tỷ đồng.", "Cục Hải quan Quảng Trị"),
        ("Thuế Hà Nam đối thoại với doanh nghiệp",
         "Cục Thuế tỉnh vừa gặp doanh nghiệp.\n\nĐã trả lời 214 câu hỏi.", "Cục Thuế Hà Nam"),
        ("Trung tâm Hành chính công Phú Yên đông khách",
         "Trung tâm Hành chính công và Xúc tiến đầu tư tỉnh mở cửa từ 7 giờ.\n\nĐã nhận 3.415 hồ sơ.",
         "Trung tâm Hành chính công và Xúc tiến đầu tư Phú Yên"),
        ("Hải quan Quảng Trị thu vượt dự toán", "Đã thu 812 tỷ đồng.", "Hải quan Quảng Trị"),
    ],
)  # fmt: skip
def test_an_office_is_called_as_the_text_names_it_in_full(title: str, text: str, expected: str) -> None:
    assert entities(text, title) == [expected]


def test_the_short_name_of_a_central_agency_is_its_branch_in_an_article_on_that() -> None:
    text = "KBNN đã họp sáng 2/9.\n\nTrong năm, KBNN từ chối chi 3,9 tỷ đồng."

    assert entities(text, "Kho bạc Nhà nước Bến Tre: chi đúng, chi đủ") == ["Kho bạc Nhà nước Bến Tre"]
    assert entities(text, "Kho bạc Nhà nước: chi đúng, chi đủ") == ["Kho bạc Nhà nước"]


# --- an article on a commune, a hospital --------------------------------------------------------------------------------

OF_A_COMMUNE = (
    "Mới sáng ra, sân trụ sở xã Nam Cường đã đông người. Cả xã cùng học dùng điện thoại.\n\n"
    "Năm nay xã mở thêm lớp. Người từ xã cũ cũng tới. Đã có 1.214 người học.\n\nHiện toàn tỉnh có 512 lớp."
)
OF_A_HOSPITAL = (
    "Bệnh viện Đa khoa tỉnh vừa bỏ bệnh án giấy. Phóng viên hỏi chuyện giám đốc bệnh viện.\n\n"
    "- Vì sao bệnh viện làm sớm?\n\n- Chúng tôi có 820 giường. Năm ngoái, bệnh viện in quá nhiều, kho của chúng tôi đầy.\n\n"
    "Hiện toàn tỉnh có 14 phòng khám."
)


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        (OF_A_COMMUNE, "Ninh Bình", ["Xã Nam Cường", "Ninh Bình"]),
        (OF_A_HOSPITAL, "Kon Tum", ["Bệnh viện Đa khoa tỉnh Kon Tum", "Kon Tum"]),
    ],
)
def test_an_article_is_about_the_commune_or_hospital_that_it_goes_on_about(
    text: str, place: str, expected: list[str]
) -> None:
    assert entities(text, "Chuyện bây giờ mới kể", place) == expected


def test_a_commune_that_an_article_only_begins_with_is_not_what_it_is_about() -> None:
    text = (
        "Bà Mai ở xã Nam Cường vừa bán hàng qua mạng. Các xã, phường đều có tổ công nghệ số; cấp xã đi đầu.\n\n"
        "Tỉnh đã mở 512 lớp, tỉnh sẽ mở thêm; mỗi xã có người dạy.\n\nĐã có 9.800 hộ bán hàng qua mạng."
    )

    assert entities(text, "Nông dân lên sàn", "Ninh Bình")[-1] == "Ninh Bình"


# --- what a ministry tells ----------------------------------------------------------------------------------------------


def test_a_ministry_before_the_colon_of_a_title_tells_of_the_country() -> None:
    text = "Ngày 2/9, Bộ Y tế họp trực tuyến.\n\nĐã có 38 triệu sổ sức khỏe điện tử."

    assert entities(text, "Bộ Y tế: Sổ sức khỏe điện tử tăng nhanh") == ["Việt Nam"]


def test_a_ministry_that_its_article_goes_on_about_has_figures_of_its_own() -> None:
    text = (
        "Bộ Xây dựng họp sáng 2/9.\n\nBộ đã đưa 112 thủ tục lên mạng. Hệ thống của Bộ nhận 9.140 hồ sơ. "
        "Toàn Bộ có 12 đơn vị dùng chữ ký số.\n\nCòn 14 thủ tục chưa xong."
    )

    assert entities(text, "Bộ Xây dựng: Thủ tục lên mạng") == ["Bộ Xây dựng"] * 4


def test_what_bo_aims_at_is_the_countrys_where_the_article_is_on_it() -> None:
    text = "Bộ Y tế họp sáng 2/9. Sang năm, Bộ đặt chỉ tiêu 80% dân số có sổ sức khỏe điện tử."

    assert entities(text, "Sổ sức khỏe điện tử tăng nhanh") == ["Việt Nam"]


# --- who is no longer, or not, the one spoken of ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        # a new topic
        ("BHXH tỉnh xác thực 1,2 triệu nhân khẩu. Toàn bộ 214 cơ sở khám bệnh dùng thẻ căn cước.", "Kon Tum",
         ["Bảo hiểm xã hội Kon Tum", "Kon Tum"]),
        ("Sở Y tế làm sạch 9.000 hồ sơ. Riêng việc chi trả qua tài khoản mới đạt 15%.", "Kon Tum",
         ["Sở Y tế Kon Tum", "Kon Tum"]),
        ("MobiFone đạt doanh thu 27 nghìn tỷ đồng. Về dịch vụ mới, có 2,8 triệu khách hàng.", None,
         ["MobiFone", "Việt Nam"]),
        # all the provinces, the market at home
        ("Giá trị trung bình của các tỉnh, thành phố là 61%. Kon Tum đạt 58%.", "Kon Tum", ["Việt Nam", "Kon Tum"]),
        ("Malaysia có thêm 336 trạm. Quy mô thị trường trong nước ước 561 triệu USD.", None, ["Malaysia", "Việt Nam"]),
        ("Kon Tum đạt 58%, cao hơn trung bình các tỉnh, thành phố.", "Kon Tum", ["Kon Tum"]),
        # whose the portal is
        ("Huyện Đăk Hà đăng 37 thủ tục trên Cổng dịch vụ công của tỉnh, từ đầu năm có 905 hồ sơ.", "Kon Tum",
         ["Huyện Đăk Hà"] * 2),
        ("Huyện Đăk Hà nộp 37 hồ sơ qua hệ thống của tỉnh Kon Tum, trả kết quả 30 hồ sơ.", "Kon Tum",
         ["Huyện Đăk Hà"] * 2),
    ],
)  # fmt: skip
def test_a_figure_is_not_about_the_last_one_named_where_the_text_turns(
    text: str, place: str | None, expected: list[str]
) -> None:
    assert entities(text, place=place) == expected


# --- short names, and whom a title opens with ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Viễn thông Sao Khuê lãi lớn",
         "Công ty cổ phần Viễn thông Sao Khuê báo lãi 96 tỷ đồng.\n\nNợ vay còn 310 tỷ đồng.", "Viễn thông Sao Khuê"),
        ("Lãi lớn nhờ đám mây",
         "Công ty TNHH Sao Khuê Xanh có 312 kỹ sư.\n\nNăm nay Sao Khuê Xanh đạt doanh thu 96 tỷ đồng.", "Sao Khuê Xanh"),
        ("Lãi lớn nhờ đám mây",
         "Công ty CP Hạ tầng Sao Khuê có 312 kỹ sư.\n\nNăm nay Sao Khuê đạt doanh thu 96 tỷ đồng.", "Sao Khuê"),
        ("Sao Khuê lãi lớn",
         "Công ty CP Sao Khuê có 312 kỹ sư.\n\nNợ vay còn 310 tỷ đồng.", "Sao Khuê"),
        ("Lãi lớn nhờ đám mây",
         "Công ty CP Sao Khuê có 312 kỹ sư.\n\nNăm nay Sao Khuê đạt doanh thu 96 tỷ đồng.", "Sao Khuê"),
        ("Lãi lớn nhờ đám mây",
         "Công ty TNHH Sao Khuê Xanh có 312 kỹ sư. Công ty đạt doanh thu 96 tỷ đồng.", "Công ty TNHH Sao Khuê Xanh"),
    ],
)  # fmt: skip
def test_a_company_is_called_as_the_article_goes_on_to_call_it(title: str, text: str, expected: str) -> None:
    assert entities(text, title) == [expected] * 2


def test_the_commune_before_the_colon_of_a_title_is_whom_the_article_is_about() -> None:
    text = "Trung tâm của xã Nam Cường mở cửa từ tháng 7.\n\nĐã nhận 3.415 hồ sơ."

    named = entities(text, "Xã Nam Cường: Trung tâm Phục vụ hành chính công vào nếp", "Ninh Bình")

    assert named == ["Xã Nam Cường"]


def test_an_article_that_begins_with_a_company_and_goes_on_about_it_is_its_own_story() -> None:
    text = (
        "Ngân hàng Thương mại cổ phần Sao Khuê (SKBank) vừa khai trương phòng số. Đến nay SKBank có 1,2 triệu khách hàng."
        "\n\nTỷ lệ giao dịch số đạt 91%. Ngân hàng đã bỏ giấy tờ.\n\nCả nước có 87% người có tài khoản. Chi phí còn 32%."
    )

    assert entities(text, "Khai trương phòng giao dịch số") == ["SKBank", "SKBank", "Việt Nam", "SKBank"]


def test_an_article_that_only_begins_with_a_company_is_not_its_story() -> None:
    text = "Công ty TNHH Sao Khuê vừa nộp thuế qua mạng.\n\nCả nước có 87% doanh nghiệp làm vậy.\n\nĐã thu 640 tỷ đồng."

    assert entities(text, "Nộp thuế qua mạng") == ["Việt Nam", "Việt Nam"]


def test_a_medical_centre_in_the_title_is_whom_its_article_is_about() -> None:
    text = "Trung tâm mở cửa từ 7 giờ.\n\nMỗi ngày có 240 lượt người bệnh."

    assert entities(text, "Trung tâm Y tế huyện Sa Thầy bỏ giấy", "Kon Tum") == ["Trung tâm Y tế huyện Sa Thầy"]


@pytest.mark.parametrize("dateline", ["Hà Nội (2/9) - ", "(Hà Nội, 2/9) – ", "Hà Nội (TTXVN, 2/9/2024) – "])
def test_figures_are_not_about_the_city_from_which_an_agency_reports(dateline: str) -> None:
    assert entities(f"{dateline}Số thuế thu qua mạng đạt 64.000 tỷ đồng, đại diện ngành thuế cho biết.") == ["Việt Nam"]


def test_a_board_of_industrial_parks_stands_in_a_ranking_without_its_province() -> None:
    text = "Sở Nội vụ đạt 93,1 điểm, Ban Quản lý các khu công nghiệp 81,5 điểm."

    assert entities(text, place="Kon Tum") == ["Sở Nội vụ Kon Tum", "Ban Quản lý các khu công nghiệp Kon Tum"]


def test_the_hospital_is_the_one_named_before_it() -> None:
    text = (
        "Tại Bệnh viện Đa khoa tỉnh, bác sĩ xem phim trên màn hình. Từ tháng 4, bệnh viện bỏ in phim, tiết kiệm 650 triệu đồng. "
        "Trả viện phí qua thẻ ở bệnh viện chiếm 63%.\n\nĐến nay 31/38 bệnh viện công lập đã bỏ bệnh án giấy."
    )

    named = entities(text, "Chuyện chuyển đổi số ở Kon Tum", "Kon Tum")

    assert named == [*["Bệnh viện Đa khoa tỉnh Kon Tum"] * 2, "Kon Tum"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bệnh viện Phụ sản - Nhi đón 9.800 ca sinh.", "Bệnh viện Phụ sản - Nhi Kon Tum"),
        ("Bệnh viện Mắt TP.HCM khám 9.800 ca.", "Bệnh viện Mắt TP Hồ Chí Minh"),
        ("Bệnh viện Hoàn Mỹ đón 9.800 ca sinh.", "Bệnh viện Hoàn Mỹ"),
    ],
)
def test_a_hospital_that_is_called_by_its_field_is_that_of_its_province(text: str, expected: str) -> None:
    assert entities(text, place="Kon Tum") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an agency of the centre counts what it oversees
        ("Cục Viễn thông đã thu hồi 1,2 triệu SIM.", ["Việt Nam"]),
        ("Phó Vụ trưởng Vụ Thanh toán (Ngân hàng Nhà nước) cho biết giao dịch tăng 31%.", ["Việt Nam"]),
        ("Vụ Bưu chính (Bộ Thông tin và Truyền thông) thống kê sản lượng đạt 640 triệu bưu gửi.", ["Việt Nam"]),
        ("Theo số liệu, Ngân hàng Nhà nước đứng đầu với 93,1%.", ["Ngân hàng Nhà nước"]),
    ],
)
def test_what_an_agency_oversees_is_the_countrys(text: str, expected: list[str]) -> None:
    found = find_metrics(text, title=None, published=date(2024, 9, 3), source_place=None)

    assert [metric.entity for metric in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theo Tổng cục Hải quan, đã có 11 bộ, ngành nối mạng với 152 thủ tục.", ["Việt Nam"] * 2),
        ("Tổng cục Hải quan cho biết đã thông quan 4 triệu tờ khai.", ["Tổng cục Hải quan"]),
        ("Báo Hải quan cho biết có 152 thủ tục được nối mạng.", ["Việt Nam"]),
        ("Hồ sơ nộp trên Cổng dịch vụ công Bộ Công an mới đạt 11%.", ["Việt Nam"]),
        ("Qua Cổng dịch vụ công Bộ Công an có 2.400 hồ sơ.", ["Bộ Công an"]),
    ],
)
def test_an_agency_that_is_only_quoted_is_not_whom_the_figure_is_about(text: str, expected: list[str]) -> None:
    found = find_metrics(text, title=None, published=date(2024, 9, 3), source_place=None)

    assert [metric.entity for metric in found] == expected


# --- who only counts, leads, or is one of several -----------------------------------------------------------------------


def test_the_statistics_office_before_a_colon_only_counts_for_its_province() -> None:
    text = "Sản xuất công nghiệp tăng 9,8%."

    assert entities(text, "Cục Thống kê Long An: Kinh tế chín tháng khởi sắc") == ["Long An"]
    assert entities(text, "Cục Thuế Long An: Kinh tế chín tháng khởi sắc") == ["Cục Thuế Long An"]


def test_the_leader_of_a_ranking_is_not_whom_an_article_on_the_ranking_is_about() -> None:
    text = (
        "Trong 63 tỉnh, Huế được 67 điểm, Đà Nẵng 66 điểm, Lào Cai 65 điểm, Cà Mau 51 điểm, Hà Giang 50 điểm, Sơn La 49 điểm.\n\n"
        "Điểm tham gia chỉ 44,1%."
    )

    assert entities(text, "PII 2023: Huế dẫn đầu, vùng cao còn xa")[-1] == "Việt Nam"
    assert entities(text, "PII 2023: Lào Cai mừng vui")[-1] == "Lào Cai"


def test_the_police_of_a_town_are_its_own_and_not_whom_the_next_sentence_is_about() -> None:
    text = "Công an thành phố phạt 6.310 trường hợp. Ứng dụng mới có 41.200 lượt tải."

    assert entities(text, "Thành phố Vũng Tàu qua màn hình", "Bà Rịa - Vũng Tàu") == [
        "Công an thành phố Vũng Tàu",
        "Thành phố Vũng Tàu",
    ]


# --- regions of the country ---------------------------------------------------------------------------------------------


def test_a_region_has_figures_of_its_own() -> None:
    text = "Cả nước đạt 82%. Theo vùng, tỷ lệ của đồng bằng sông Hồng là 71%, thấp nhất là Tây Nguyên với 36,5%. Có 214 xã đạt."

    assert entities(text) == ["Việt Nam", "Đồng bằng sông Hồng", "Tây Nguyên", "Việt Nam"]


def test_a_region_that_only_says_where_has_none() -> None:
    text = "Bến Tre đứng thứ 6 trong 13 tỉnh đồng bằng sông Cửu Long, đạt 71%. Bến Tre là tỉnh lớn của vùng Đông Nam Bộ có 9 cảng."

    assert set(entities(text)) == {"Bến Tre"}
