from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics
from models.records import Period

PUBLISHED = date(2024, 10, 15)
YEAR_2024 = ("2024-01-01", "2024-12-31")
YEAR_2023 = ("2023-01-01", "2023-12-31")
NINE_MONTHS = ("2024-01-01", "2024-09-30")
NOW = (None, "2024-10-15")


def days(period: Period | None) -> tuple[str | None, str | None] | None:
    return period and (period.start and period.start.isoformat(), period.end and period.end.isoformat())


def periods(text: str, **about: object) -> dict[str, tuple[str | None, str | None] | None]:
    """The days of each figure, by its quote."""
    found = find_metrics(text, **{"published": PUBLISHED, **about})  # type: ignore[arg-type]
    return {metric.quote: days(metric.period) for metric in found}


# text, quote, the days it covers
OWN = [
    ("Năm 2023, tỉnh tiếp nhận 48.215 hồ sơ.", "48.215 hồ sơ", YEAR_2023),
    ("Tỷ lệ hồ sơ trực tuyến đạt 61%, tăng so với 45% của năm 2023.", "45%", YEAR_2023),
    ("Từ 263 thủ tục hồi năm 2023, đến nay tỉnh chỉ còn 27 thủ tục.", "263 thủ tục", YEAR_2023),
    ("Từ 263 thủ tục hồi năm 2023, đến nay tỉnh chỉ còn 27 thủ tục.", "27 thủ tục", NOW),
    ("Tỷ lệ đúng hạn tăng từ 91% trong năm 2023 lên 97% trong 9 tháng đầu năm.", "97%", NINE_MONTHS),
    ("Năm 2024, thời gian cấp phép giảm từ 15 ngày xuống còn 10 ngày.", "15 ngày", None),
    ("So với năm 2023, số hồ sơ trễ hạn giảm từ 74 hồ sơ còn 29 hồ sơ.", "74 hồ sơ", YEAR_2023),
    ("Tỷ lệ này là 76,5% (năm 2023: 52%), cao nhất vùng.", "52%", YEAR_2023),
    ("Thành phố lấy ý kiến 1.500 người, nhận 1.462 phiếu trong 9 tháng đầu năm.", "1.500 người", NINE_MONTHS),
    ("9 tháng đầu năm đạt 70%, cao hơn cùng kỳ năm 2023 (64%).", "64%", ("2023-01-01", "2023-09-30")),
    ("Từ ngày 1/7/2024, các xã đã tiếp nhận 5.100 hồ sơ.", "5.100 hồ sơ", ("2024-07-01", "2024-10-15")),
    ("Năm 2022 và năm 2023, tỉnh cấp lần lượt 1.200 và 1.500 chữ ký số.", "1.500 chữ ký số", YEAR_2023),
    ("Đến hết tháng 9, tỉnh hiện có 512 thủ tục toàn trình.", "512 thủ tục", (None, "2024-09-30")),
    ("Hội nghị ngày 8/10 cho biết năm 2023 tỉnh nhận 320 kiến nghị.", "320 kiến nghị", YEAR_2023),
    ("Số lượt tra cứu đạt 40.000 lượt, gấp 1,5 lần năm 2022.", "40.000 lượt", None),
    ("Xã tăng 9 bậc so với năm 2023, từ vị trí 31 lên vị trí 22.", "trí 31", YEAR_2023),
    ("Tốc độ tải đạt 88,5 Mbps, tăng 20% so với mức 73,1 Mbps năm 2023.", "73,1 Mbps", YEAR_2023),
    ("Tốc độ tải đạt 88,5 Mbps, tăng 20% so với mức 73,1 Mbps năm 2023.", "88,5 Mbps", None),
    ("Cả vùng có 940 vụ tấn công, giảm so với 1.310 vụ ở quý I/2023.", "940 vụ", None),
    ("Có 64% hồ sơ nộp qua mạng, so với 12% cùng kỳ và 3% của cả năm 2023.", "3%", YEAR_2023),
    ("Giá thuê bình quân từ 70 USD/m2 năm 2023 lên 95 USD/m2 hiện nay.", "70 USD", YEAR_2023),
    ("Vòng đời của máy kéo dài từ 27 tháng năm 2023 lên 31 tháng.", "27 tháng", YEAR_2023),
    ("Công suất phòng đạt 58%, cao điểm tháng 7 lên 96%.", "58%", None),
    ("Chỉ còn 41 thương vụ, nối dài đà giảm kể từ thời tiền rẻ năm 2021.", "41 thương vụ", None),
    ("Các nước được lợi 6%.Theo kế hoạch năm 2024, hãng mở 30 đại lý.", "6%", None),
    ("Năm 2022 có 48 trạm sạc, sang 2023 là 120 trạm sạc.", "120 trạm", YEAR_2023),
    ("Theo bảng GII 2023, cả nước xếp hạng 46/132, giữ nguyên vị trí năm 2022.", "46/132", YEAR_2023),
    ("Theo xếp hạng an ninh mạng toàn cầu - GCI 2023, cả nước đạt 94,5 điểm.", "94,5 điểm", YEAR_2023),
    ("Hãng hiện có 6.500 trạm trên cả nước (tính đến tháng 9/2024).", "6.500 trạm", (None, "2024-09-30")),
    ("Năm 2023, tổng vốn đăng ký đạt 215 triệu USD.", "215 triệu USD", YEAR_2023),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "expected"), OWN)
def test_a_figure_covers_the_days_that_its_sentence_gives_it(
    text: str, quote: str, expected: tuple[str | None, str] | None
) -> None:
    assert periods(text)[quote] == expected


def test_things_rose_from_what_they_were_at_the_time_last_compared_with() -> None:
    text = "Số đơn tăng 28% so với cùng kỳ năm 2023. Tỷ lệ nộp qua mạng tăng từ 52% lên 70%."

    assert periods(f"9 tháng đầu năm 2024, xã nhận 486 đơn. {text}")["52%"] == ("2023-01-01", "2023-09-30")


def test_the_year_of_a_plan_that_was_met_is_none_of_what_was_reached() -> None:
    text = "9 tháng đầu năm 2024, thuế thu 1.186 tỷ đồng, đạt 72,6% kế hoạch cả năm; số nợ còn 61,4 tỷ đồng."

    assert periods(text) == dict.fromkeys(("1.186 tỷ đồng", "72,6%", "61,4 tỷ đồng"), NINE_MONTHS)


def test_the_same_time_is_spoken_of_in_a_sentence_of_its_own_behind_a_share() -> None:
    text = "9 tháng đầu năm 2024, xã nhận 486 đơn, bằng 88,5%. Cùng kỳ năm 2023, tỷ lệ này mới 31%."

    assert periods(text)["31%"] == ("2023-01-01", "2023-09-30")


def test_a_new_paragraph_compares_with_nothing_yet() -> None:
    text = "Số đơn tăng 28% so với năm 2023.\n\nTỷ lệ nộp qua mạng tăng từ 52% lên 70%."

    assert periods(text)["52%"] is None


def test_what_an_aim_and_a_result_share_carries_on_to_the_next_sentence() -> None:
    text = "Đến hết tháng 9, tỷ lệ này chỉ đạt 46%, trong khi mục tiêu là 50%. Khối xã đạt 63%."

    assert periods(text)["63%"] == (None, "2024-09-30")


# text, quote, by when
AIMS = [
    ("Mục tiêu đến năm 2030 đạt 90% hồ sơ trực tuyến.", "90%", (None, "2030-12-31")),
    ("Tỉnh đặt mục tiêu 80% người dân có tài khoản vào năm 2025.", "80%", (None, "2025-12-31")),
    ("Kế hoạch đến cuối năm có 200 điểm phục vụ, đến 2026 là 500 điểm phục vụ.", "500 điểm phục vụ", (None, "2026-12-31")),
    ("Tỉnh đề ra đến 2026 đấu nối 98% số hộ.", "98%", (None, "2026-12-31")),
    ("Tỉnh giao chỉ tiêu 2025: nộp qua mạng đạt ít nhất 70%.", "70%", ("2025-01-01", "2025-12-31")),
    ("Năm 2025, tỉnh phấn đấu đạt 85% hồ sơ toàn trình.", "85%", ("2025-01-01", "2025-12-31")),
    ("9 tháng đầu năm đạt 71%, trong khi kế hoạch cả năm là 80%.", "80%", ("2024-01-01", "2024-12-31")),
    ("Mục tiêu năm 2025: số hóa xong hồ sơ trước 30/6; trên 95% người dân có tài khoản.", "95%", ("2025-01-01", "2025-12-31")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "expected"), AIMS)
def test_the_days_of_a_target_end_with_its_deadline(text: str, quote: str, expected: tuple[str | None, str]) -> None:
    assert periods(text)[quote] == expected


def test_a_quarter_that_is_over_is_next_years_in_a_target() -> None:
    text = "Cục sẽ kết nối xong 63 cơ sở trong quý I."

    assert periods(text, published=date(2022, 12, 15))["63 cơ sở"] == ("2023-01-01", "2023-03-31")


def test_the_next_sentence_goes_on_about_the_same_days() -> None:
    text = "Trong quý III/2024, tỉnh nhận 152.408 hồ sơ. Hồ sơ trực tuyến chiếm 83,6%."

    assert periods(text)["83,6%"] == ("2024-07-01", "2024-09-30")


def test_a_deadline_is_not_carried_over_to_what_was_reached() -> None:
    text = "Đến tháng 8/2024, tỷ lệ đạt 43%, trong khi mục tiêu năm nay là 70%. Khối huyện mới đạt 25%."

    assert periods(text)["25%"] == (None, "2024-08-31")


def test_what_is_said_aside_in_brackets_is_not_carried_over() -> None:
    text = "Năm 2024, tỷ lệ đạt 76% (năm 2023: 52%). Cấp xã đạt 61%."

    assert periods(text)["61%"] == ("2024-01-01", "2024-12-31")


def test_a_year_in_brackets_behind_a_figure_is_that_figures_alone() -> None:
    text = "Thị xã có hơn 90 nghìn dân, chỉ bằng một góc của Vinh (580 nghìn người năm 2023)."

    assert periods(text) == {"90 nghìn dân": None, "580 nghìn người": YEAR_2023}


def test_now_is_carried_over_once() -> None:
    text = "Đến nay 173 xã đã có mạng. Số thuê bao đạt 112.480 thuê bao. Người dân ủng hộ. Có 78 máy tính."

    found = periods(text)

    assert (found["112.480 thuê bao"], found["78 máy tính"]) == (NOW, None)


def test_a_new_paragraph_falls_back_on_the_time_of_the_whole_article() -> None:
    text = "Hiện 62 hộ kinh doanh có mã QR.\n\nXã đã chứng thực 2.100 hồ sơ."

    found = periods(text, title="Kết quả chuyển đổi số tháng 9 và 9 tháng năm 2024")

    assert found["2.100 hồ sơ"] == NINE_MONTHS


def test_a_look_back_at_the_year_before_leaves_the_article_its_own_year() -> None:
    found = periods(
        "Trong năm 2023, thành phố lắp 240 camera.\n\nNăm 2022, thành phố mới có 90 camera.\n\nTrung tâm nhận 1.150 phản ánh."
    )

    assert found == {"240 camera": YEAR_2023, "90 camera": ("2022-01-01", "2022-12-31"), "1.150 phản ánh": YEAR_2023}


def test_years_in_brackets_are_those_of_the_figures_behind_them() -> None:
    text = "Ba năm liền (2021, 2022, 2023), tỷ lệ số hóa lần lượt đạt 11,3%, 24% và 36,9%."

    assert [end and end[1][:4] for end in periods(text).values()] == ["2021", "2022", "2023"]


def test_an_aim_at_the_end_says_nothing_of_what_there_is() -> None:
    text = "Cả nước có 58.000 doanh nghiệp số. Bộ đặt mục tiêu có 100.000 doanh nghiệp vào năm 2030."

    first, second = find_metrics(text, published=PUBLISHED)

    assert (first.kind, first.period, second.kind) == ("achieved", None, "target")


def test_an_edition_of_a_ranking_is_the_time_of_its_article() -> None:
    text = "Tỉnh công bố xếp hạng chuyển đổi số năm 2023.\n\nNăm 2022, tỉnh được 61 điểm.\n\nSở Nội vụ đạt 91,8 điểm."

    assert periods(text)["91,8 điểm"] == YEAR_2023


def test_parts_of_a_count_a_paragraph_below_cover_its_days() -> None:
    text = (
        "Từ 1/7 đến 30/9/2024, tỉnh tiếp nhận 80.300 hồ sơ.\n\n"
        "Huyện Sơn Hà nhận 9.120 hồ sơ; huyện Trà Bồng 4.310 và 98% người dân hài lòng.\n\n"
        "Mỗi tổ hướng dẫn 40 hồ sơ."
    )

    found = periods(text)

    assert found["9.120 hồ sơ"] == ("2024-07-01", "2024-09-30")
    assert found["40 hồ sơ"] is None


def test_other_things_counted_a_paragraph_below_do_not_cover_its_days() -> None:
    found = periods("Từ 1/7 đến 30/9/2024, tỉnh tiếp nhận 80.300 hồ sơ.\n\nMạng lưới có 310 điểm phục vụ.")

    assert found["310 điểm phục vụ"] is None


def test_what_is_counted_from_the_beginning_of_the_year_is_counted_until_publication() -> None:
    assert periods("Lũy kế từ đầu năm, sở xử lý 2.140 hồ sơ.")["2.140 hồ sơ"] == ("2024-01-01", "2024-10-15")


def test_a_target_is_not_for_the_time_of_an_article_that_is_over() -> None:
    text = "Quý III/2024, sở xử lý 12.000 hồ sơ.\n\nMỗi xã phấn đấu có ít nhất 50 hồ sơ trực tuyến."

    found = periods(text, title="Kết quả quý III/2024")

    assert found["12.000 hồ sơ"] == ("2024-07-01", "2024-09-30")
    assert found["50 hồ sơ trực tuyến"] is None


def test_the_edition_that_a_rank_is_compared_with_is_not_its_own() -> None:
    text = "Khảo sát năm 2024 vừa công bố. Việt Nam xếp thứ 71, tăng 15 bậc so với kỳ đánh giá năm 2022."

    found = periods(text, published=date(2024, 9, 20))

    assert found == {"thứ 71": YEAR_2024, "15 bậc": YEAR_2024}


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        # how long something takes, and what it costs, is so whenever it is told; an average is of its time
        ("Năm 2023 có 900 hồ sơ. Thời gian trả giấy rút từ 4 giờ xuống 2 giờ.", "2 giờ", None),
        ("Năm 2023 có 900 hồ sơ. Thời gian trả trung bình là 3 ngày.", "3 ngày", YEAR_2023),
        ("Năm 2023 có 900 hồ sơ. Thời gian trả giấy còn 1,6 ngày.", "1,6 ngày", YEAR_2023),
        ("Năm 2023 có 900 hồ sơ. Khu công nghệ có vốn đầu tư 1.200 tỷ đồng.", "1.200 tỷ đồng", None),
        # what was so before that time
        ("Năm 2023 có 900 hồ sơ. Trước đó, 140 cán bộ đã được tập huấn.", "140 cán bộ", None),
        ("Năm 2023 có 900 hồ sơ. Trước đó, năm 2022 có 410 hồ sơ.", "410 hồ sơ", ("2022-01-01", "2022-12-31")),
        # a time that is set against the one spoken of goes no further
        ("Năm 2023 đạt 71%, trong khi năm 2021 chỉ 40%. Hồ sơ trễ hạn còn 3,1%.", "3,1%", YEAR_2023),
        ("Tại ngày 30/9, tổng tài sản đạt 12.000 tỷ đồng. Tỷ lệ nợ xấu là 1,2%.", "1,2%", (None, "2024-09-30")),
    ],
)
def test_a_figure_inherits_only_a_time_that_can_be_its_own(
    text: str, quote: str, expected: tuple[str | None, str] | None
) -> None:
    assert periods(text)[quote] == expected


def test_the_time_in_a_heading_is_that_of_the_targets_listed_below_it() -> None:
    text = (
        "**1. Mục tiêu đến năm 2026**\n\n*a) Chính quyền số*\n\n- 70% hồ sơ nộp qua mạng.\n\n- Trên 45% hộ có cáp quang.\n\n"
        "**2. Định hướng đến năm 2031**\n\n- Trên 95% hồ sơ nộp qua mạng."
    )

    found = periods(text, title="Những chỉ tiêu nào cho năm 2026 và 2031?", published=None)

    assert found == {"70%": (None, "2026-12-31"), "45%": (None, "2026-12-31"), "95%": (None, "2031-12-31")}


def test_a_heading_rules_no_paragraph_of_prose_behind_the_list() -> None:
    text = "Mục tiêu đến năm 2026\n\n- Phấn đấu 70% hồ sơ nộp qua mạng.\n\nTỉnh phấn đấu 45% hộ có cáp quang."

    assert periods(text) == {"70%": (None, "2026-12-31"), "45%": None}


def test_a_plan_in_brackets_is_of_the_time_of_what_was_reached() -> None:
    text = "Hồ sơ trực tuyến đạt 93% (kế hoạch 85%), chữ ký số thấp hơn (27%, kế hoạch 35%)."

    found = periods(text, title="Phường tổng kết chuyển đổi số năm 2023", published=date(2024, 1, 14))

    assert found == dict.fromkeys(("93%", "85%", "27%", "35%"), YEAR_2023)


FIRST_HALF, YEAR_2025 = ("2024-01-01", "2024-06-30"), ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        # from a day to the end of a stretch, and from the beginning of the year that the stretch ends in
        ("Từ 1/7 đến hết năm 2023, phường nhận 9.100 hồ sơ.", "9.100 hồ sơ", ("2023-07-01", "2023-12-31")),
        ("Ứng dụng ra mắt năm 2018.\n\nTừ đầu năm đến hết tháng 9, có 9.100 phản ánh.", "9.100 phản ánh", NINE_MONTHS),
        ("Từ 1/7 đến nay, phường nhận 9.100 hồ sơ.", "9.100 hồ sơ", ("2024-07-01", "2024-10-15")),
        # the quarter of a company's accounts
        ("Công ty công bố báo cáo tài chính hợp nhất quý II/2024 với lợi nhuận 96 tỷ đồng.", "96 tỷ đồng",
         ("2024-04-01", "2024-06-30")),
        ("Nửa đầu năm 2024, công ty lãi 96 tỷ đồng. Trung tâm mới đã lấp đầy 57% sau 8 tháng. Nợ vay là 40 tỷ đồng.",
         "40 tỷ đồng", FIRST_HALF),
        # a month beside the one spoken of
        ("Trong tháng 9, đã chặn 63 tên miền giả, tháng 8 là 41 tên miền. Đường dây nóng nhận 2.760 phản ánh.",
         "2.760 phản ánh", ("2024-09-01", "2024-09-30")),
        # so much a year
        ("Năm 2023 có 900 hồ sơ. Cách làm này tiết kiệm 140 triệu đồng mỗi năm.", "140 triệu đồng", None),
        ("Năm 2023 có 900 hồ sơ. Vì vậy mỗi năm tiết kiệm được 140 triệu đồng.", "140 triệu đồng", None),
        # as many as the paragraph before counted until a day
        ("Tính đến cuối tháng 7, cả nước có 14.200 trạm.\n\nViettel lắp nhiều nhất với 7.480 trạm.", "7.480 trạm",
         (None, "2024-07-31")),
        # the year of a plan, told once
        ("Năm 2025, tỉnh phấn đấu có 85% hồ sơ trực tuyến.\n\nTỉnh sẽ phủ sóng tới 124 xã.", "124 xã", YEAR_2025),
        ("- Kế hoạch năm 2025 của trung tâm ra sao?\n\n- Chúng tôi được giao chỉ tiêu 35% hồ sơ trực tuyến.", "35%",
         YEAR_2025),
    ],
)  # fmt: skip
def test_a_time_is_read_where_it_is_told_by_what_stands_around_it(
    text: str, quote: str, expected: tuple[str | None, str] | None
) -> None:
    assert periods(text)[quote] == expected


def test_the_time_of_a_target_that_a_text_opens_with_is_not_that_of_what_was_reached() -> None:
    text = "Bộ có 416 thủ tục.\n\nChỉ tiêu nghị quyết đặt ra cho năm 2024 là 30%.\n\nTỉnh phấn đấu ít nhất 50%."

    assert periods(text) == {"416 thủ tục": None, "30%": YEAR_2024, "50%": YEAR_2024}


def test_years_told_one_after_the_other_are_not_the_time_of_the_whole_article() -> None:
    text = "Năm 2022, tỷ lệ này mới đạt 22%; quý I/2024 lên 71%.\n\nXã Tân Thành có 640 hộ làm theo."

    assert periods(text)["640 hộ"] is None


def test_money_is_taken_over_the_year_at_whose_end_things_are_counted() -> None:
    text = "Đến cuối tháng 12/2023, cả nước có 126 triệu thuê bao. VNPT báo cáo doanh thu 54 nghìn tỷ đồng."

    found = periods(text, title="Viễn thông năm 2023: Doanh thu nhích nhẹ", published=date(2024, 1, 6))

    assert found == {"126 triệu thuê bao": (None, "2023-12-31"), "54 nghìn tỷ đồng": YEAR_2023}


def test_the_heading_above_rules_targets_of_a_plan_whose_title_names_a_nearer_year() -> None:
    text = "1. Mục tiêu đến năm 2025\nTỷ trọng kinh tế số đạt 20%.\n2. Định hướng đến năm 2030\nTỷ trọng kinh tế số đạt 30%."

    found = periods(text, title="Tỉnh ban hành kế hoạch kinh tế số đến năm 2025")

    assert found == {"20%": (None, "2025-12-31"), "30%": (None, "2030-12-31")}


# text, quote, the days it covers, where a time before the one reported of is named in passing
PASSING = [
    ("Năm 2023, xã nhận 8.420 hồ sơ, năm 2019 là 2.115 hồ sơ. Tỷ lệ đúng hạn đạt 97%.", "97%", YEAR_2023),
    (
        "Năm 2023, xã nhận 8.420 hồ sơ. Con số này của năm 2019 là 2.115 hồ sơ. Tỷ lệ đúng hạn đạt 97%.",
        "97%",
        YEAR_2023,
    ),
    (
        "Năm 2023, xã nhận 8.420 hồ sơ. Từ 1/7/2022 đến 31/12/2022, xã trả 912 hồ sơ. Xã giải quyết 880 hồ sơ.",
        "880 hồ sơ",
        ("2022-07-01", "2022-12-31"),
    ),
]


@pytest.mark.parametrize(("text", "quote", "expected"), PASSING)
def test_goes_on_with_the_time_reported_of_behind_one_named_in_passing(
    text: str, quote: str, expected: tuple[str, str]
) -> None:
    found = periods(text)

    assert found[quote] == expected


def test_carries_no_time_without_an_end_to_the_next_sentence() -> None:
    text = "Từ tháng 3/2021, chợ Lớn lắp 12 máy bán vé. Ban quản lý có 46 nhân viên."

    found = periods(text, published=None)

    assert found["46 nhân viên"] is None


def test_counts_a_total_at_the_end_of_the_time_in_which_it_grew() -> None:
    found = periods("Năm 2023, huyện dựng mới 31 trạm phát sóng, nâng tổng số lên 402 trạm.")

    assert found["31 trạm phát sóng"] == YEAR_2023
    assert found["402 trạm"] == (None, "2023-12-31")


def test_counts_a_total_on_the_day_of_an_article_within_that_time_and_takes_it_for_no_aim() -> None:
    text = "Năm 2024, huyện dựng mới 31 trạm phát sóng, nâng tổng số lên 402 trạm."

    *_, total = find_metrics(text, published=date(2024, 2, 7))

    assert (total.quote, total.kind, days(total.period)) == ("402 trạm", "achieved", (None, "2024-02-07"))


def test_gives_a_figure_no_time_that_begins_the_next_part() -> None:
    found = periods("Sở đã mở lớp tại 15 huyện, trong năm nay triển khai thêm 13 huyện.", published=date(2020, 5, 6))

    assert found["15 huyện"] is None


def test_reads_a_report_and_not_the_plan_beside_it() -> None:
    text = "Tại hội nghị tổng kết công tác năm 2022, triển khai nhiệm vụ năm 2023, chi cục cho biết đã cấp 5.120 giấy phép."

    found = periods(text, published=None)

    assert found["5.120 giấy phép"] == ("2022-01-01", "2022-12-31")


def test_reads_the_week_just_over_only_where_it_stands_alone() -> None:
    found = periods("Báo cáo công bố cuối tuần qua cho thấy cả nước có 51,2 triệu lao động.")

    assert found["51,2 triệu lao động"] is None


def test_reads_a_year_just_over_that_ends_a_row_as_that_year() -> None:
    text = "Tỷ lệ này là 48% năm 2021, 55% năm 2022 và đến năm vừa qua là 61%."

    found = periods(text)

    assert found["61%"] == YEAR_2023


# text of an undated article, quote, the days it covers
UNDATED = [
    (
        "Năm 2023, sở cấp 900 giấy phép. Tỷ lệ trả lại là 4%, năm 2018 là 9%. Trong quý I, sở thu hồi 15 giấy phép.",
        "15 giấy phép",
        ("2023-01-01", "2023-03-31"),
    ),
    (
        "Năm 2023, sở cấp 900 giấy phép, phấn đấu năm 2025 cấp 1.500 giấy phép. Trong quý I, sở thu hồi 15 giấy phép.",
        "15 giấy phép",
        ("2023-01-01", "2023-03-31"),
    ),
    (
        "Thứ Tư, ngày 12/1/2022. Kết thúc năm 2021, sở cấp 900 giấy phép. Trong quý I, sở thu hồi 15 giấy phép.",
        "15 giấy phép",
        ("2021-01-01", "2021-03-31"),
    ),
    ("Quý II/2024, cảng đón 812 tàu. Năm nay, cảng tuyển thêm 320 công nhân.", "320 công nhân", YEAR_2024),
    ("Năm 2023, cảng đón 812 tàu. Năm qua, cảng tuyển thêm 320 công nhân.", "320 công nhân", YEAR_2023),
    ("Hội nghị dự kiến đến năm 2030. Trong năm nay, cảng tuyển thêm 320 công nhân.", "320 công nhân", None),
]


@pytest.mark.parametrize(("text", "quote", "expected"), UNDATED)
def test_takes_the_year_of_an_undated_report_for_times_without_one(
    text: str, quote: str, expected: tuple[str, str] | None
) -> None:
    found = periods(text, published=None)

    assert found[quote] == expected


@pytest.mark.parametrize(
    "record", ["mức cao nhất trong 4 năm trở lại đây", "thấp nhất 3 năm qua", "kỷ lục của 5 năm gần đây"]
)
def test_years_over_which_a_value_is_a_record_are_not_those_in_which_it_was_reached(record: str) -> None:
    found = periods(f"Quý II/2024, cảng thu 812 tỷ đồng, {record}. Lãi gộp là 35 tỷ đồng.")

    assert set(found.values()) == {("2024-04-01", "2024-06-30")}


@pytest.mark.parametrize("opening", ["Nếu như năm 2019", "Nếu năm 2019"])
def test_two_years_seen_beside_each_other_are_whole_years(opening: str) -> None:
    found = periods(f"{opening} cảng thu phí 120 tỷ đồng thì đến năm 2023 số thu đã đạt 260 tỷ đồng.")

    assert found == {"120 tỷ đồng": ("2019-01-01", "2019-12-31"), "260 tỷ đồng": YEAR_2023}


@pytest.mark.parametrize("opening", ["Trước khi dịch Covid-19 xuất hiện", "Khảo sát cho thấy, trước đại dịch"])
def test_what_was_so_before_the_epidemic_is_of_no_time_named_elsewhere(opening: str) -> None:
    found = periods(f"Năm 2023, tỉnh đón 900 nghìn lượt khách. {opening}, có 310 khách sạn hoạt động.")

    assert found["310 khách sạn"] is None
