"""The article is told from the portal's heads and tails, and offsets stay true."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.article_text import article_spans, clean_text
from crawlers.line_kinds import is_signature, kind_of

BODY = [
    "Năm 2025, tỉnh Bắc Giang số hóa 184.300 hồ sơ đất đai, đạt 61,4% kế hoạch.",
    "Toàn tỉnh có 2.140 tổ công nghệ số cộng đồng với gần 12.000 thành viên.",
    "Cổng dịch vụ công của tỉnh đã có trên 3,2 triệu lượt truy cập từ đầu năm.",
    "Phấn đấu đến năm 2027, 90% hồ sơ được nộp trực tuyến./.",
]
TITLE = "Bắc Giang số hóa hơn 184 nghìn hồ sơ đất đai"
HEAD = [
    "Cổng thông tin điện tử tỉnh http://bacgiang.example.gov.vn/images/logo-moi.png",
    "Trang chủ > Tin tức > Chuyển đổi số",
    "Bắc Giang, Ngày 20/10/2025",
    "Ngày đăng: 12/10/2025   09:15",
    "Lượt xem: 1.204",
    "Mặc định Cỡ chữ",
    "A- A A+",
    "In bài viết Gửi email Chia sẻ Facebook",
]
TAIL = [
    "Theo: bacgiang.example.gov.vn",
    "Tin tức cùng chuyên mục",
    "Lạng Giang cấp 300 chữ ký số trong một tuần",
    "Ngày đăng 11/10/2025",
    "Huyện Lạng Giang đã cấp 300 chữ ký số cho người dân, đạt 120% kế hoạch của cả tháng.",
    "Tiêu điểm",
    "Yên Thế thử nghiệm thanh toán phí bằng mã QR",
    "Lượt truy cập: 9.776.577",
    "Đang online: 41",
    "Bản quyền thuộc Ủy ban nhân dân tỉnh. Giấy phép số 12/GP-STTTT",
]


def test_heads_and_tails_of_a_portal_are_cut_and_nothing_of_the_article() -> None:
    text = "\n".join([*HEAD, *BODY, *TAIL])

    assert clean_text(text, TITLE).split("\n\n") == BODY


@pytest.mark.parametrize("line", HEAD)
def test_each_head_line_is_cut_where_it_stands_alone_before_the_article(line: str) -> None:
    assert clean_text("\n".join([line, *BODY])).split("\n\n") == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Tin liên quan",
        "CÁC TIN KHÁC",
        "Những tin cũ hơn",
        "Bài viết cùng chủ đề:",
        "Xem thêm:",
        "Ý kiến của bạn",
        "Đọc nhiều nhất",
    ],
)
def test_what_follows_a_heading_of_other_news_is_cut(line: str) -> None:
    text = "\n".join([*BODY, line, "Tân Yên có thêm 5 điểm hỗ trợ", "Lục Nam: 40 hồ sơ mỗi ngày"])

    assert clean_text(text).split("\n\n") == BODY


def test_spans_are_offsets_into_the_text_as_given() -> None:
    text = "\n\n".join([*HEAD, *BODY, *TAIL])

    kept = [text[start:end] for start, end in article_spans(text)]

    assert kept == BODY


def test_the_address_of_a_picture_is_cut_out_of_its_line() -> None:
    text = "/uploads/news/2025_10/anh-123986672.jpg Cán bộ xã Tân Mỹ hướng dẫn người dân. Ngày 12/10, xã tiếp nhận 35 hồ sơ."

    assert clean_text(text) == "Cán bộ xã Tân Mỹ hướng dẫn người dân. Ngày 12/10, xã tiếp nhận 35 hồ sơ."


def test_a_box_of_related_news_in_the_middle_does_not_end_the_article() -> None:
    long_body = [
        f"Đoạn thứ {n} của bài kể về việc cấp chữ ký số cho người dân ở xã vùng cao thứ {n}." for n in range(12)
    ]
    text = "\n".join([*long_body[:2], "Tin liên quan", *long_body[2:]])

    assert set(long_body) <= set(clean_text(text).split("\n\n"))


def test_a_title_is_kept_in_the_spans_and_left_out_of_the_clean_text() -> None:
    text = "\n".join([TITLE, *BODY])

    assert article_spans(text)[0] == (0, len(TITLE))
    assert clean_text(text, TITLE).split("\n\n") == BODY


SENTENCES = [
    "Theo kế hoạch năm 2026, tỉnh sẽ hoàn thành 100% hồ sơ.",
    "Theo Sở Y tế, đến nay đã có 120 ca khỏi bệnh.",
    "Tin mới nhất từ Sở Y tế cho biết 98% trạm đã nối mạng.",
    "Thông tin khác được quan tâm là 14 xã chưa có cáp quang.",
    "Thực hiện: 98% kế hoạch năm.",
    "Hôm nay, 45 người đến nộp hồ sơ tại xã Tân Mỹ.",
    "Mời bà con đến nhà văn hóa tham gia buổi tập huấn vào sáng thứ bảy.",
    "Đăng ký nhận hỗ trợ tại bộ phận một cửa của xã.",
    "Theo dõi báo cáo của xã, bà con thấy số hộ nghèo đã giảm một nửa.",
    "Nhận thông báo của xã, bà con đã ra đồng từ sáng sớm.",
    "Nhận tin mới về cơn bão, xã đã cho học sinh nghỉ học.",
    "Ý kiến của bạn đọc được xã trả lời trong ba ngày.",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_that_begins_like_a_portal_line_is_kept_at_the_end(line: str) -> None:
    assert clean_text("\n".join([*BODY, line])).split("\n\n") == [*BODY, line]


@pytest.mark.parametrize(
    "line",
    [
        "In - - - - - - Email - - - - - - " * 4,
        "xem 1.......... " * 9,
        "Lượt xem: ........ " * 8,
        "a - " * 39,
        "tin tin tin " * 13,
    ],
)
def test_no_line_makes_a_pattern_run_away(line: str) -> None:
    started = time.process_time()

    kind_of(line[:158] + "xq")

    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("line", BODY)
def test_prose_is_never_taken_for_a_portal_line(line: str) -> None:
    assert kind_of(line) is None
    assert not is_signature(line)


@pytest.mark.parametrize(
    "line",
    ["Nguyễn Văn Hùng", "Thu Hà (tổng hợp)", "PV", "(Theo TTXVN)", "Bài, ảnh: Minh Khôi", "Nguồn: Báo Bắc Giang"],
)
def test_a_signature_is_cut_at_the_end(line: str) -> None:
    assert clean_text("\n".join([*BODY, line])).split("\n\n") == BODY


@given(st.text(alphabet=st.sampled_from("aăâ 1.,:\n/-|()ĐTin liên quanLượt xem"), max_size=200))
def test_spans_are_ordered_and_within_the_text(text: str) -> None:
    spans = article_spans(text)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_a_long_line_costs_no_more_than_its_length() -> None:
    text = ("Lượt truy cập " * 20_000) + "\n" + "a - " * 50_000

    assert article_spans(text)
