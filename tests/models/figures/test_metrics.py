from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures.metrics import find_metrics, metrics_in
from models.reading import read
from models.records import Metric

PUBLISHED = date(2024, 10, 15)


def figures(text: str, **about: object) -> tuple[Metric, ...]:
    return find_metrics(text, **{"published": PUBLISHED, "title": "Tin của tỉnh Lào Cai", **about})  # type: ignore[arg-type]


# sentence, quote, name
NAMES = [
    ("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,2%.", "98,2%", "tỷ lệ hồ sơ giải quyết đúng hạn"),
    ("Tỷ lệ dịch vụ công trực tuyến (DVCTT) toàn trình hiện đạt khoảng 61%.", "61%", "tỷ lệ dịch vụ công trực tuyến toàn trình"),
    ("Có 82% hồ sơ được nộp trực tuyến.", "82%", "tỷ lệ hồ sơ được nộp trực tuyến"),
    ("100% các sở, ban, ngành đã kết nối liên thông.", "100%", "tỷ lệ sở, ban, ngành đã kết nối liên thông"),
    ("Thanh toán trực tuyến đạt 81,3%.", "81,3%", "tỷ lệ thanh toán trực tuyến"),
    ("Hồ sơ giải quyết đúng hạn: 99,1%.", "99,1%", "tỷ lệ hồ sơ giải quyết đúng hạn"),
    ("Tỉnh đã cung cấp 2.034 dịch vụ công trực tuyến.", "2.034 dịch vụ công trực tuyến", "số dịch vụ công trực tuyến đã cung cấp"),
    ("Các cơ quan tiếp nhận 48.215 hồ sơ.", "48.215 hồ sơ", "số hồ sơ tiếp nhận"),
    ("Số thuê bao di động đạt gần 1,2 triệu thuê bao.", "1,2 triệu thuê bao", "số thuê bao di động"),
    ("Tiết kiệm cho ngân sách hơn 9 tỷ đồng.", "9 tỷ đồng", "số tiền tiết kiệm cho ngân sách"),
    ("Kinh phí chuyển đổi số là 412 tỷ đồng.", "412 tỷ đồng", "kinh phí chuyển đổi số"),
    ("Chỉ số cải cách hành chính (PAR Index) đạt 87,6 điểm.", "87,6 điểm", "chỉ số cải cách hành chính"),
    ("Con số đáng nói là 12,4%: đó là tỷ lệ hồ sơ nộp trực tuyến.", "12,4%", "tỷ lệ hồ sơ nộp trực tuyến"),
    ("Tỉnh xếp thứ 13/63 về Chỉ số cải cách hành chính.", "13/63", "xếp hạng Chỉ số cải cách hành chính"),
]  # fmt: skip

# sentence, quote, kind
KINDS = [
    ("Tỷ lệ hồ sơ trực tuyến đạt 70%.", "70%", "achieved"),
    ("Phấn đấu đến năm 2030, 90% hồ sơ nộp trực tuyến.", "90%", "target"),
    ("Mục tiêu năm 2025 là 80% người dân có tài khoản.", "80%", "target"),
    ("Tỉnh sẽ cắt giảm ít nhất 20% thời gian giải quyết.", "20%", "target"),
    ("Hồ sơ trực tuyến tăng 12% so với cùng kỳ.", "12%", "change"),
    ("Số vụ tấn công giảm 1.200 vụ so với năm 2023.", "1.200 vụ", "change"),
    ("Chỉ số tăng 3 bậc so với năm 2023.", "3 bậc", "change"),
    ("Tỷ lệ này tăng lên 70%.", "70%", "achieved"),
    ("Tỷ lệ này tăng từ 21% lên 38%.", "38%", "achieved"),
    ("Tỷ lệ hồ sơ đạt 72%, vượt chỉ tiêu 60%.", "72%", "achieved"),
    ("Tỷ lệ hồ sơ đạt 72%, vượt chỉ tiêu 60%.", "60%", "target"),
    ("Giá trị giao dịch gấp 28 lần quy mô ngành.", "28 lần", "achieved"),
    ("Doanh số tăng gấp 3 lần so với năm trước.", "3 lần", "change"),
    ("Thực hiện kế hoạch, tỉnh đã cấp 5.000 chữ ký số.", "5.000 chữ ký số", "achieved"),
]  # fmt: skip

# sentence, quote, entity
ENTITIES = [
    ("Toàn tỉnh có 152 xã kết nối mạng.", "152 xã", "Lào Cai"),
    ("Cả nước có 1.204 sự cố mạng.", "1.204 sự cố", "Việt Nam"),
    ("Yên Bái đạt 81%.", "81%", "Yên Bái"),
    ("Sở Y tế đạt 97%.", "97%", "Sở Y tế Lào Cai"),
    ("Sở GD&ĐT Nghệ An đạt 88%.", "88%", "Sở Giáo dục và Đào tạo Nghệ An"),
    ("Huyện Si Ma Cai chỉ đạt 17,5%.", "17,5%", "Huyện Si Ma Cai"),
    ("Dẫn đầu là thành phố Lào Cai (56,2%), thị xã Sa Pa (47,9%).", "47,9%", "Thị xã Sa Pa"),
    ("Theo Bộ Nội vụ, tỷ lệ hồ sơ đúng hạn của tỉnh đạt 98%.", "98%", "Lào Cai"),
    ("Bộ Y tế có 85 thủ tục toàn trình.", "85 thủ tục", "Bộ Y tế"),
    ("Năm 2018, Viettel lãi hơn 133 tỷ đồng.", "133 tỷ đồng", "Viettel"),
    ("Tỷ lệ hồ sơ trực tuyến đạt 66%.", "66%", "Lào Cai"),
]  # fmt: skip

# sentence, quote, start, end
PERIODS = [
    ("Năm 2023, tỷ lệ đạt 70%.", "70%", "2023-01-01", "2023-12-31"),
    ("Tỷ lệ đạt 70% trong quý III/2024.", "70%", "2024-07-01", "2024-09-30"),
    ("Tính đến 31/5/2024, tỉnh cấp 900 chữ ký số.", "900 chữ ký số", None, "2024-05-31"),
    ("Đến nay đã có 34 video.", "34 video", None, "2024-10-15"),
    ("Năm 2023 đạt 70%, so với 55% của năm 2022.", "55%", "2022-01-01", "2022-12-31"),
    ("Năm 2024, tỉnh xếp thứ 9/63, tăng 2 bậc so với năm 2023 (thứ 11/63).", "11/63", "2023-01-01", "2023-12-31"),
    ("Năm 2022 và 2023, Viettel lãi lần lượt là 179 tỷ và 282 tỷ đồng.", "282 tỷ đồng", "2023-01-01", "2023-12-31"),
    ("Phấn đấu đến năm 2030 đạt 95%.", "95%", None, "2030-12-31"),
    ("Tỷ lệ hồ sơ đạt 66%.", "66%", None, None),
]  # fmt: skip

NOT_TAKEN = [
    "Trong 3 ngày tới, đoàn sẽ kiểm tra 1 xã.",
    "Hai tháng cuối năm, các sở tập trung giải quyết tồn đọng.",
    "Sau 5 năm triển khai, người dân đã quen.",
    "Mô hình chính quyền địa phương 2 cấp vận hành từ 1/7.",
    "Ông nói: “Mỗi ngày tôi làm 8 giờ”.",
    "Báo cáo khảo sát của 193 quốc gia cho thấy xu hướng chung.",
    "Hội nghị có sự tham dự của lãnh đạo các sở lúc 8h30 ngày 26/8.",
    "Vé tham quan giá 50.000 đồng.",
]  # fmt: skip


def the(text: str, quote: str) -> Metric:
    return next(metric for metric in figures(text) if metric.quote == quote)


@pytest.mark.parametrize(("sentence", "quote", "name"), NAMES)
def test_a_figure_is_called_in_the_articles_own_words(sentence: str, quote: str, name: str) -> None:
    assert the(sentence, quote).name == name


@pytest.mark.parametrize(("sentence", "quote", "kind"), KINDS)
def test_states_targets_and_changes_are_told_apart(sentence: str, quote: str, kind: str) -> None:
    assert the(sentence, quote).kind == kind


@pytest.mark.parametrize(("sentence", "quote", "entity"), ENTITIES)
def test_a_figure_belongs_to_whom_the_sentence_names_or_to_the_articles_place(
    sentence: str, quote: str, entity: str
) -> None:
    assert the(sentence, quote).entity == entity


@pytest.mark.parametrize(("sentence", "quote", "start", "end"), PERIODS)
def test_a_figure_has_the_time_that_its_sentence_gives(
    sentence: str, quote: str, start: str | None, end: str | None
) -> None:
    period = the(sentence, quote).period

    assert (period and period.start and period.start.isoformat(), period and period.end and period.end.isoformat()) == (
        start,
        end,
    )


@pytest.mark.parametrize("sentence", NOT_TAKEN)
def test_schedules_prices_and_scopes_are_no_figures(sentence: str) -> None:
    assert [metric.quote for metric in figures(sentence)] == []


def test_one_rate_said_of_two_ministries_is_two_figures() -> None:
    found = figures("Trong đó Bộ Y tế và Bộ Tài chính đều đạt 100%.", title="Cả nước")

    assert [(metric.entity, metric.value) for metric in found] == [("Bộ Y tế", 100), ("Bộ Tài chính", 100)]


def test_the_next_sentence_inherits_the_time_of_its_paragraph() -> None:
    text = "Năm 2022 tỉnh tiếp nhận 9.000 hồ sơ. Tỷ lệ đúng hạn đạt 98%. Đến nay đã cấp 300 chữ ký số."

    assert [metric.period and metric.period.end for metric in figures(text)] == [
        date(2022, 12, 31),
        date(2022, 12, 31),
        PUBLISHED,
    ]


def test_targets_go_on_through_a_list() -> None:
    text = "Chỉ tiêu năm 2025: ít nhất 35% dịch vụ toàn trình, 20% hồ sơ nộp qua mạng và 100% hồ sơ được số hóa."

    assert [(metric.value, metric.kind, metric.bound) for metric in figures(text)] == [
        (35, "target", "at_least"), (20, "target", "exact"), (100, "target", "exact"),
    ]  # fmt: skip


def test_a_processing_time_is_a_figure() -> None:
    found = figures("Thời gian giải quyết giảm từ 15 ngày xuống còn 7 ngày.")

    assert [(metric.value, metric.unit) for metric in found] == [(15, "ngày"), (7, "ngày")]


def test_a_figure_carries_its_sentence_its_indicator_and_its_place_in_the_text() -> None:
    text = "Mở đầu.\n\nTỷ lệ DVCTT mức độ 4 đạt 15,91%. Hết."

    (metric,) = figures(text)

    assert metric.sentence == "Tỷ lệ DVCTT mức độ 4 đạt 15,91%."
    assert metric.name == "tỷ lệ DVCTT mức độ 4"
    assert metric.indicator == "online_services.level4_rate"
    assert text[metric.start : metric.end] == metric.quote == "15,91%"


def test_the_outlets_place_stands_in_when_nobody_is_named() -> None:
    (metric,) = find_metrics("Tỷ lệ hồ sơ trực tuyến đạt 66%.", source_place="Huế", published=date(2021, 5, 1))

    assert metric.entity == "Thừa Thiên Huế"


def test_figures_outside_the_article_are_left_out() -> None:
    text = "Tỉnh cấp 500 chữ ký số.\n\n1.234 lượt xem"

    found = metrics_in(read(text), title=None, published=None, source_place=None)

    assert [metric.value for metric in figures(text)] == [500, 1234]
    assert [metric.value for metric in found] == [500]


def test_the_list_of_other_articles_below_the_text_is_no_part_of_it() -> None:
    text = "Tỉnh đã cấp 500 chữ ký số trong năm nay cho các xã.\n\nTin liên quan:\n\nHuyện A có 300 hộ nghèo"

    assert [metric.value for metric in figures(text)] == [500]


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = unicodedata.normalize("NFD", "Tỷ lệ hồ sơ trực tuyến ở Hoà Bình đạt hơn 66,5%.")

    (metric,) = find_metrics(text)

    assert text[metric.start : metric.end] == metric.quote == "66,5%"
    assert metric.entity == "Hòa Bình"


def test_a_text_without_numbers_has_no_figures() -> None:
    assert find_metrics("") == ()
    assert find_metrics("Không có con số nào.") == ()


@given(
    st.decimals(min_value=1, max_value=100, places=1),
    st.sampled_from(["Lào Cai", "Nghệ An", "Bộ Y tế", "Cà Mau"]),
    st.integers(2012, 2025),
)
def test_a_printed_rate_reads_back_whole(value: Decimal, place: str, year: int) -> None:
    (metric,) = find_metrics(f"Năm {year}, tỷ lệ hồ sơ trực tuyến của {place} đạt {str(value).replace('.', ',')}%.")

    assert (metric.value, metric.unit, metric.entity) == (value, "percent", place)
    assert metric.period is not None
    assert metric.period.start == date(year, 1, 1)


@given(st.text(alphabet="0123456789,./%() -\nTỷlệđạtnămtỉnhxếpthứtrăm", max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    for metric in find_metrics(text, title=text[:20], published=PUBLISHED):
        assert text[metric.start : metric.end] == metric.quote
        assert metric.name
        assert metric.unit


def test_a_product_is_not_whom_a_figure_is_about() -> None:
    (metric,) = figures("Hệ thống VNPT iOffice có 14.800 tài khoản.")

    assert metric.entity == "Lào Cai"
