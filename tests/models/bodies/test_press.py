"""Whom a figure is about in the press: foreign news, sport, spokesmen, schools. The sentences are ours, the figures not real."""

from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics


def entities(text: str, title: str | None = None, published: date | None = date(2024, 9, 3)) -> list[str | None]:
    return [metric.entity for metric in find_metrics(text, title=title, published=published, source_place=None)]


# --- foreign settings ---------------------------------------------------------------------------------------------------

# title, text, entity of each figure
ABROAD = [
    ("Myanmar: Động đất mạnh trong đêm",
     "Trận động đất làm 144 người chết. Bộ Y tế cho biết 732 người bị thương. Thành phố Mandalay có 96 ca tử vong.",
     ["Myanmar"] * 3),
    # nobody of ours is named
    (None, "Chính phủ Nhật Bản vừa thông qua gói hỗ trợ 350 tỷ USD. Theo Bộ Tài chính, nợ công bằng 210% GDP. Nhật Bản có "
     "123 triệu dân.", ["Nhật Bản"] * 3),
    # the ministry of another country
    ("Bộ Y tế Nga công bố số ca mắc", "Nga ghi nhận 3.150 ca mắc mới. Bộ Y tế cho biết 52% dân số đã tiêm.", ["Nga"] * 2),
    ("Kazakhstan thiệt hại vì lũ", "Người phát ngôn Bộ Nội vụ Akmola cho biết có 13.200 người sơ tán.", ["Kazakhstan"]),
    ("Ba Lan: Cháy chung cư",
     "Vụ cháy xảy ra lúc 4 giờ, theo giờ Việt Nam, khiến 18 người bị thương.", ["Ba Lan"]),
    # what goes abroad, or comes from there, is ours
    ("Xuất khẩu gạo sang Philippines", "Kim ngạch đạt 1,2 tỷ USD. Khách hàng Trung Quốc mua 300.000 tấn.", ["Việt Nam"] * 2),
    ("Quảng Ninh đón khách", "Quảng Ninh đón 2 triệu lượt khách. Du khách Hàn Quốc đạt 120.000 lượt.", ["Quảng Ninh"] * 2),
    (None, "Bộ đội Biên phòng Quảng Trị phối hợp với lực lượng chức năng của Lào bắt 3 nghi phạm người Lào.",
     ["Bộ đội Biên phòng Quảng Trị"]),
    ("Đà Nẵng mở đường bay", "Ba hãng của Hàn Quốc cùng mở bán. Thành phố đón 41.500 lượt khách.", ["Đà Nẵng"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), ABROAD)
def test_news_from_abroad_is_about_the_country_where_it_happens(
    title: str | None, text: str, expected: list[str]
) -> None:
    assert entities(text, title) == expected


# --- institutions -------------------------------------------------------------------------------------------------------

# the sentence as it begins, the name in it
INSTITUTIONS = [
    ("Học viện Kỹ thuật Mật mã tuyển", "Học viện Kỹ thuật Mật mã"),
    ("Học viện Báo chí và Tuyên truyền tuyển", "Học viện Báo chí và Tuyên truyền"),
    ("Học viện Cảnh sát nhân dân tuyển", "Học viện Cảnh sát nhân dân"),
    ("Trường Đại học Kiến trúc Đà Nẵng có", "Trường Đại học Kiến trúc Đà Nẵng"),
    ("Viện Vệ sinh dịch tễ Tây Nguyên đào tạo", "Viện Vệ sinh dịch tễ Tây Nguyên"),
    ("Công ty Môi trường đô thị Hà Nội có", "Công ty Môi trường đô thị Hà Nội"),
    # what is said of them is no part of the name
    ("Tập đoàn Minh Phát đạt chuẩn cho", "Tập đoàn Minh Phát"),
    ("Tập đoàn Bình Linh hoạt động với", "Tập đoàn Bình Linh"),
    ("Bệnh viện Quang Trung bình quân có", "Bệnh viện Quang Trung"),
]


@pytest.mark.parametrize(("beginning", "name"), INSTITUTIONS)
def test_an_institution_is_named_to_the_end(beginning: str, name: str) -> None:
    assert entities(f"{beginning} 320 học viên.") == [name]


# --- who speaks, who signs, who is only compared with -------------------------------------------------------------------

# title, text, entity of each figure
NOT_ABOUT_THEM = [
    # a spokesman's bank, the reporter's agency
    (None, "Bà Lê Thị Hòa, phó tổng giám đốc Ngân hàng TMCP Ngoại thương Việt Nam (Vietcombank), cho biết 61% người dân có "
     "thẻ.", ["Việt Nam"]),
    (None, "Ông Vũ Văn Long, trưởng phòng truyền thông của Lazada, nói 42% dân số đã mua hàng qua mạng.", ["Việt Nam"]),
    ("Hà Giang: Lũ quét trong đêm", "Mưa lớn làm 1.200 nhà sập. TTXVN Đến tối, đã có 35 hộ di dời.", ["Hà Giang"] * 2),
    ("Hà Giang đón khách", "Du khách dạo chợ phiên. Ảnh: TTXVN Trong 3 ngày, đã có 41.200 lượt khách.", ["Hà Giang"]),
    (None, "TTXVN đã số hóa 1,2 triệu tấm ảnh.", ["Thông tấn xã Việt Nam"]),
    # a measure
    ("Dân số chỉ bằng 1/4 Hà Nội, Phần Lan đứng đầu về hạnh phúc", "Chỉ 55% dân số sống ở thành thị.", ["Phần Lan"]),
    ("Kiên Giang đón khách gấp nhiều lần Cà Mau", "Đã có 812.000 lượt khách.", ["Kiên Giang"]),
    # but the one that asks in the title is who it is about
    ("Đà Nẵng yêu cầu 4.150 hộ kê khai", "Đã có 3.900 hộ kê khai.", ["Đà Nẵng"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), NOT_ABOUT_THEM)
def test_who_speaks_signs_or_is_compared_with_is_not_whom_a_figure_is_about(
    title: str | None, text: str, expected: list[str]
) -> None:
    assert entities(text, title) == expected


def test_a_school_of_a_commune_is_told_of_as_the_school() -> None:
    text = "Bà Hà, hiệu trưởng Trường tiểu học xã Mường Than cho biết nhà trường có 412 học sinh."

    assert entities(text) == ["Trường Tiểu học xã Mường Than"]


# --- a renamed province, the day unknown --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2016, Huế đón 3,1 triệu lượt khách. Doanh thu đạt 3.000 tỷ đồng.", ["Thừa Thiên Huế"] * 2),
        ("Toàn tỉnh đón 310.000 lượt khách. TP Huế đón 205.000 lượt khách.", ["Thừa Thiên Huế", "Thành phố Huế"]),
        ("Năm 2026, Huế đón 6,1 triệu lượt khách. Doanh thu đạt 13.000 tỷ đồng.", ["Huế"] * 2),
    ],
)
def test_hue_is_called_as_it_was_when_the_text_was_written(text: str, expected: list[str]) -> None:
    assert entities(text, "Du lịch Huế khởi sắc", published=None) == expected


# --- several companies, a virus, a project ------------------------------------------------------------------------------

COMPANIES = [
    # the one that a sentence begins with takes over until another does, though the sentence holds no figure
    ("FPT Software báo lãi, FPT Retail báo lỗ",
     "FPT Software thu 910 tỷ đồng. Công ty có 3.100 kỹ sư. FPT Retail lần đầu báo lỗ. Doanh thu của công ty còn 290 tỷ đồng. "
     "Chuỗi đã đóng 37 cửa hàng.",
     ["FPT Software"] * 2 + ["FPT Retail"] * 2),
    # known by its code on the exchange
    (None, "Cổ phiếu tăng mạnh. Sữa Bình Minh (SBM) đạt doanh thu 310 tỷ đồng. Sau đó Sữa Bình Minh mở 1.200 điểm bán.",
     ["Sữa Bình Minh"] * 2),
    (None, "Công ty CP Nhựa Hoàng Hà (mã chứng khoán NHH) lãi 351 tỷ đồng, lợi nhuận kỷ lục. Doanh thu của NHH đạt 1.500 tỷ đồng.",
     ["Công ty CP Nhựa Hoàng Hà"] * 2),
    (None, "VNG rót vốn vào Tiki từ năm 2016. Khi VNG đầu tư vào Tiki, định giá của công ty này là 50 triệu USD.", ["Tiki"]),
    ("Grab nói về thương vụ", "Thương vụ mua Uber làm thị phần vượt 50%.", ["Grab"]),
    # a virus is none
    (None, "Mã độc tống tiền WannaPay đang lan nhanh. WannaPay đã lây nhiễm 210.000 máy tính ở Việt Nam.", ["Việt Nam"]),
    # what is built is told of itself
    ("Hà Nam: đình chỉ dự án khu đô thị Sao Mai",
     "Sở Xây dựng Hà Nam đình chỉ thi công dự án khu đô thị Sao Mai. Dự án gồm 412 căn hộ. Chủ dự án xây thêm 28 căn hộ.",
     ["Dự án khu đô thị Sao Mai"] * 2),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), COMPANIES)
def test_of_several_companies_the_one_told_of_has_the_figure(title: str | None, text: str, expected: list[str]) -> None:
    assert entities(text, title) == expected


# --- the world, ranks ---------------------------------------------------------------------------------------------------

WORLDWIDE = [
    ("Đến sáng 5/4, trên toàn thế giới đã có 1,2 triệu ca nhiễm. Ở Mỹ, nước này ghi nhận 311.000 ca.", ["Thế giới", "Mỹ"]),
    ("Lỗ hổng này làm hơn 210.000 máy tính trên toàn cầu bị khóa.", ["Thế giới"]),
    ("Việt Nam xuất khẩu sang 120 nước trên thế giới.", ["Việt Nam"]),
    ("Xếp thứ 2 là Argentina, thứ 3 là Đức.", ["Argentina", "Đức"]),
    ("Xếp thứ 2 và 3 lần lượt là Argentina và Đức.", ["Argentina", "Đức"]),
    ("Đứng thứ 4 là Cần Thơ.", ["Cần Thơ"]),
    ("Đội tuyển Việt Nam đứng sau Indonesia với thứ hạng 126 thế giới, thứ 18 châu Á.", ["Indonesia"] * 2),
    ("Hà Nội họp trực tuyến. Trên toàn thành phố có 8,2 triệu bản ghi; cả nước có 65 triệu bản ghi.", ["Hà Nội", "Việt Nam"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WORLDWIDE)
def test_the_world_and_those_ranked_have_their_own_figures(text: str, expected: list[str]) -> None:
    assert entities(text) == expected


# --- titles that open with a name, decisions, addresses -----------------------------------------------------------------

OPENINGS = [
    ("Mù Cang Chải: Họp trực tuyến", "Đã có 80% số cuộc họp trực tuyến.", ["Huyện Mù Cang Chải"]),
    (None, "Huyện Văn Chấn và huyện Mù Cang Chải cùng làm. Toàn tỉnh có 41.000 hộ.", ["Yên Bái"]),
    ("Traphaco báo lãi kỷ lục", "Traphaco họp sáng nay. Doanh thu đạt 2.300 tỷ đồng.", ["Traphaco"]),
    ("Honda Việt Nam bán chạy", "Honda Việt Nam bán 201.000 xe. Công ty có 10.200 lao động.", ["Honda Việt Nam"] * 2),
    ("Kình ngư Lê Thị Hạ về nước", "Doanh thu quảng cáo đạt 12 tỷ đồng.", ["Lê Thị Hạ"]),
    ("Làng đại học Cần Thơ sắp xây", "Tổng mức đầu tư là 8.600 tỷ đồng.", ["Đại học Cần Thơ"]),
    (None, "ĐH Bách khoa Đà Nẵng tuyển 3.200 sinh viên. BV Bạch Mai khám cho 5.100 người.",
     ["Đại học Bách khoa Đà Nẵng", "Bệnh viện Bạch Mai"]),
    ("Cắt giảm thủ tục", "Quyết định đơn giản hóa thủ tục thuộc phạm vi chức năng quản lý của Bộ Công an. Thời gian giảm còn 3 ngày "
     "làm việc.", ["Bộ Công an"]),
    ("TP.HCM vá lỗ hổng", "Bộ phận giám sát mạng của TP đã chặn 100.000 mã độc. Mạng chính quyền TP có 1.500 máy.",
     ["TP Hồ Chí Minh"] * 2),
    (None, "Bộ Giáo dục đã cắt 90 thủ tục. Sở Giao thông Hà Nam đã cắt 41 thủ tục.",
     ["Bộ Giáo dục và Đào tạo", "Sở Giao thông vận tải Hà Nam"]),
    ("Nghệ An: Tai nạn xe khách", "Xe do ông Nam (48 tuổi, ngụ tại Hà Nội) lái chở 41 hành khách.", ["Nghệ An"]),
    ("Lai Châu: Kiểm tra vận tải", "Trên tuyến Hà Nội - Lào Cai có 120 xe bị phạt.", ["Lai Châu"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), OPENINGS)
def test_an_article_is_about_whom_it_opens_with(title: str | None, text: str, expected: list[str]) -> None:
    assert entities(text, title) == expected


# --- surveys, and the rest of the world ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hiệp hội An ninh mạng đã gửi phiếu tới 900 doanh nghiệp. Trong số này, 41% từng bị tấn công.", ["Việt Nam"] * 2),
        ("Kết quả thăm dò do Học viện Hành chính và Quản trị công thực hiện với 1.200 công chức. 61% đã dùng.",
         ["Việt Nam"] * 2),
        ("PGS. Tạ Văn Bảo (Học viện Tài chính) thử tính: thuế thu thêm 4.100 tỷ đồng.", ["Việt Nam"]),
        # what is only measured by the world
        ("Tốc độ gấp 1,6 lần so với mức trung bình toàn cầu.", ["Việt Nam"]),
        ("Trên toàn cầu có 3,1 triệu ca.", ["Thế giới"]),
    ],
)  # fmt: skip
def test_whoever_asks_is_not_whom_the_answers_are_about(text: str, expected: list[str]) -> None:
    assert entities(text) == expected


def test_the_whole_of_this_country_is_another_than_ours() -> None:
    text = "Học hỏi từ Đan Mạch. Cả nước này có 5,9 triệu dân. Ở tầm quốc gia, ta có 98 triệu dân."

    assert entities(text, "Bài học từ Đan Mạch") == ["Đan Mạch", "Việt Nam"]


# --- the province of an article that never names it, or names several ---------------------------------------------------


def test_the_portal_that_people_are_sent_to_says_whose_article_it_is() -> None:
    text = "Cả tỉnh đã mở 214 điểm tư vấn. Bà con xem thêm tại dichvucong.haugiang.gov.vn hoặc gọi tổng đài."

    assert entities(text, "Thêm điểm tư vấn cho bà con") == ["Hậu Giang"]


def test_the_portals_of_two_provinces_say_nothing() -> None:
    text = "Cả tỉnh đã mở 214 điểm tư vấn. Bà con xem tại haugiang.gov.vn và soctrang.gov.vn."

    assert entities(text, "Thêm điểm tư vấn cho bà con") == ["Việt Nam"]


def test_a_title_that_lists_several_provinces_is_on_none_of_them() -> None:
    text = "Mưa lớn kéo dài từ chiều qua.\n\nĐến sáng nay đã có 812 căn nhà bị ngập."

    assert entities(text, "Mưa lớn ở Quảng Trị, Quảng Nam và Bình Định") == ["Việt Nam"]
    assert entities(text, "Mưa lớn ở Quảng Trị") == ["Quảng Trị"]


def test_companies_that_the_press_tells_of_often_are_known() -> None:
    text = "VETC có 2,4 triệu khách hàng. TSMC tăng lợi nhuận 54%. Metfone đạt 9 triệu thuê bao."

    assert entities(text) == ["VETC", "TSMC", "Metfone"]


# --- who only calls a meeting, or helps ---------------------------------------------------------------------------------


def test_the_ministry_that_holds_a_meeting_is_not_whom_its_figures_are_about() -> None:
    text = "Bộ Nội vụ tổ chức hội nghị ở 95 điểm cầu. Đến nay đã có 2,1 triệu hồ sơ."

    assert entities(text, "Dữ liệu cán bộ: đủ mà chưa sạch")[-1] == "Việt Nam"
    assert entities(text.replace("tổ chức hội nghị ở", "xử lý hồ sơ ở"))[-1] == "Bộ Nội vụ"


def test_thanks_to_whom_something_got_better_is_not_whom_a_figure_is_about() -> None:
    text = "Việt Nam cải cách nhanh. Nộp thuế, nhờ hạ tầng công nghệ của Tổng cục Thuế, nhảy 22 bậc."

    assert entities(text) == ["Việt Nam"]


def test_a_ministry_that_answers_voters_tells_of_the_country() -> None:
    text = "Cử tri tỉnh Sơn La hỏi về trạm y tế. Bộ Y tế trả lời như sau:\n\nHiện có 10.604 trạm y tế cấp xã."

    assert entities(text, "Bộ Y tế trả lời cử tri tỉnh Sơn La") == ["Việt Nam"]


def test_an_agency_that_is_only_quoted_has_no_article_of_its_own() -> None:
    text = (
        "Số thu đạt 116.000 tỷ đồng, theo Tổng cục Thuế. Ngành thuế làm gì? Cơ quan thuế đã lọc ra 327.500 người bán."
    )

    assert entities(text, "Thu từ người bán trên mạng tăng nhanh") == ["Việt Nam", "Việt Nam"]
