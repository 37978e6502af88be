from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics

# sentence, quote, kind
KINDS = [
    ("Xưởng có 52 thợ, ít hơn kỳ trước 14 thợ.", "14 thợ", "change"),
    ("Giá vé xe đạt mức cao hơn cùng kỳ tới 8,5%.", "8,5%", "change"),
    ("Hãng thu 412 tỷ đồng, mất 24% so với cùng kỳ.", "24%", "change"),
    ("Cảng đón 812 tàu (+16%).", "16%", "change"),
    ("Cả nước tăng 92.300 lao động so với quý trước và 54.000 lao động so với cùng kỳ.", "54.000 lao động", "change"),
    ("Nhóm giao thông rẻ đi 1,6%.", "1,6%", "change"),
    ("Huyện từ vị trí thứ 11 lùi về thứ 14.", "thứ 11", "achieved"),
    ("Số giao dịch đạt 48.000 giao dịch, gấp 1,8 lần quý I-2023.", "1,8 lần", "change"),
    ("Hồ sơ được xử lý nhanh gấp ba lần trước đây.", "gấp ba lần", "change"),
    ("Năm 2022 tỉnh công bố 41 bộ dữ liệu, nhiều hơn năm 2021 33 bộ dữ liệu.", "33 bộ dữ liệu", "change"),
    ("Thời gian chờ rút ngắn trung bình 35 phút.", "35 phút", "change"),
    ("Chỉ số hài lòng đạt 82,6%, cao hơn mức 80,9% của năm trước.", "80,9%", "achieved"),
    ("Bộ Kế hoạch và Đầu tư có 89% hồ sơ trực tuyến.", "89%", "achieved"),
    ("Sở Kế hoạch và Đầu tư xử lý 620 văn bản.", "620 văn bản", "achieved"),
    ("Hệ thống có 3,8 triệu yêu cầu được tiếp nhận, chiếm 97%.", "97%", "achieved"),
    ("Kho dữ liệu đăng ký hộ tịch có 65 triệu hồ sơ.", "65 triệu hồ sơ", "achieved"),
    ("Tỉnh phấn đấu có 70% số xã dùng chung nền tảng, tuy nhiên mới có 98 xã.", "98 xã", "achieved"),
    ("Huyện phấn đấu thực hiện 80% hồ sơ trên môi trường mạng.", "80%", "target"),
    ("Kế hoạch của tỉnh là phủ một cửa hiện đại ở ít nhất 10 huyện.", "10 huyện", "target"),
    ("UBND tỉnh giao các sở trong năm 2023 đạt ít nhất 50% hồ sơ trực tuyến.", "50%", "target"),
    ("Cổng giao dịch có 50% hồ sơ trong năm 2023.", "50%", "achieved"),
    ("Tỷ lệ đạt 72%, vượt 22% so với chỉ tiêu Chính phủ giao là 50%.", "50%", "target"),
    ("Cao Bằng đặt chỉ tiêu đạt 90% cơ quan có trang thông tin.", "90%", "target"),
    ("Lợi nhuận vượt 3% kế hoạch.", "3%", "change"),
    ("Năm 2023 đặt mục tiêu 80% hồ sơ; năm 2021 tỷ lệ này mới là 21%.", "21%", "achieved"),
    ("Mục tiêu là 60% cơ quan được bảo vệ, thay vì mức 7% hiện tại.", "7%", "achieved"),
    ("Tỷ lệ đạt 13%, thấp hơn mục tiêu nghị quyết (15%).", "15%", "target"),
    ("Tỉnh phấn đấu trong quý IV hoàn thành 100% hồ sơ số hóa.", "100%", "target"),
    ("Sở đã triển khai kế hoạch với 13 nhiệm vụ.", "13 nhiệm vụ", "achieved"),
    ("Doanh thu phần mềm đạt 12 tỷ USD (tăng 11%), cao nhất từ trước tới nay.", "11%", "change"),
    ("Trong tuần, trung tâm tiếp nhận thêm 240 hồ sơ.", "240 hồ sơ", "achieved"),
    ("Theo kế hoạch, đến cuối năm 2026 có 85% số thôn dùng chung nền tảng.", "85%", "target"),
    ("Hiệp hội kêu gọi doanh nghiệp dành ít nhất 5% doanh thu cho bảo mật.", "5%", "target"),
    ("Mỗi cơ quan cần dành ít nhất 10% kinh phí cho bảo mật.", "10%", "target"),
    ("Tăng mạnh nhất là cải cách tài chính công, với 1,12 điểm.", "1,12 điểm", "change"),
    ("Giảm nhiều nhất là tổ chức bộ máy (bớt 0,42 điểm).", "0,42 điểm", "change"),
    ("Đứng đầu là cải cách tài chính công, với 91,2 điểm.", "91,2 điểm", "achieved"),
    ("Đứng thứ hai là Sở Kế hoạch và Đầu tư (81,4 điểm).", "81,4 điểm", "achieved"),
    ("Số hóa kết quả, kế hoạch 85%, thực hiện 91,2%.", "91,2%", "achieved"),
    ("Số hóa kết quả, kế hoạch 85%, thực hiện 91,2%.", "85%", "target"),
    ("Tỷ lệ này vẫn thấp hơn mức 65% tỉnh giao cho cấp xã.", "65%", "target"),
    ("Hai chỉ tiêu này của phường lần lượt là 93% và 78%.", "93%", "achieved"),
    ("Thuê bao cáp quang đạt 410.000 thuê bao, gấp 1,6 lần cuối năm 2015.", "1,6 lần", "change"),
    ("Có 9.300 giao dịch, bằng 1,4 lần quý trước.", "1,4 lần", "change"),
    ("Trong 14 chỉ tiêu tỉnh giao, huyện hoàn thành 12 chỉ tiêu.", "12 chỉ tiêu", "achieved"),
    ("Huyện chưa đạt hai chỉ tiêu: chữ ký số 21% và hộ kinh doanh 64%.", "64%", "achieved"),
    ("Năm 2023 mục tiêu là 80% hồ sơ trực tuyến.", "80%", "target"),
    ("Hồ sơ trực tuyến đạt 93% (kế hoạch 85%); thanh toán qua mạng 97%.", "85%", "target"),
    ("Hồ sơ trực tuyến đạt 93% (kế hoạch 85%); thanh toán qua mạng 97%.", "97%", "achieved"),
    ("Thấp là chữ ký số (27%, kế hoạch 35%) và hộ kinh doanh (78%, kế hoạch 80%).", "78%", "achieved"),
    ("Thấp là chữ ký số (27%, kế hoạch 35%) và hộ kinh doanh (78%, kế hoạch 80%).", "80%", "target"),
    ("Ba năm qua, ngành này tăng trưởng với tốc độ 18% mỗi năm.", "18%", "change"),
    ("Tốc độ tăng trưởng lượng khách trong 3 năm gần đây là 18%.", "18%", "change"),
    ("Trường giảm học phí, lệ phí tuyển sinh 25% cho thí sinh vùng cao.", "25%", "change"),
    ("Trường giảm học phí, lệ phí tuyển sinh 25% so với năm trước.", "25%", "change"),
    ("Huyện giảm phiền hà ở 25% thủ tục.", "25%", "achieved"),
    ("Huyện giảm tỷ lệ hộ nghèo xuống 3%.", "3%", "achieved"),
    ("Tỉnh tăng cường kiểm tra 15% cơ sở.", "15%", "achieved"),
    ("Tốc độ tăng dân số chậm lại, số người già chiếm 14%.", "14%", "achieved"),
    ("Cục Thuế yêu cầu 13.500 người bán hàng qua mạng kê khai.", "13.500 người", "achieved"),
    ("Cục Thuế yêu cầu 100% người bán hàng qua mạng kê khai.", "100%", "target"),
    ("Học viện tuyển sinh 900 sinh viên hệ dân sự.", "900 sinh viên", "target"),
    ("Học viện đã tuyển sinh 900 sinh viên hệ dân sự.", "900 sinh viên", "achieved"),
    ("Trong năm nay, Bộ triển khai thêm 13 tỉnh nữa.", "13 tỉnh", "target"),
    ("Bộ đã mở thêm 13 điểm giao dịch nữa.", "13 điểm giao dịch", "achieved"),
    ("Năng lực sẽ tăng từ 1.100 xe lên 3.000 xe mỗi ngày.", "1.100 xe", "achieved"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "quote", "kind"), KINDS)
def test_a_figure_is_a_state_a_target_or_a_change(sentence: str, quote: str, kind: str) -> None:
    assert {metric.quote: metric.kind for metric in find_metrics(sentence)}[quote] == kind


# title, kind of what its article says without a word of its own
TITLES = [
    ("Kế hoạch chuyển đổi số của huyện năm 2025", "target"),
    ("Huyện về đích nhiều chỉ tiêu chuyển đổi số", "achieved"),
    ("Sơ kết sáu tháng thực hiện chỉ tiêu chuyển đổi số", "achieved"),
    ("Kế hoạch và Đầu tư: ngành nhiều đổi mới", "achieved"),
    ("Thành phố sẽ tháo dỡ công trình vi phạm", "achieved"),
]


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_a_title_that_announces_targets_makes_targets_of_figures(title: str, kind: str) -> None:
    metric, *_ = find_metrics("- 95% hồ sơ công việc cấp xã trên môi trường mạng.", title=title)

    assert metric.kind == kind


def test_what_will_be_done_announces_targets_before_a_colon() -> None:
    metric, *_ = find_metrics("Trong năm tới, xã sẽ thực hiện:\n- 95% hồ sơ công việc trên môi trường mạng.")

    assert metric.kind == "target"


def test_what_was_reached_before_is_no_target_among_targets() -> None:
    text = "Năm 2025, tỉnh phấn đấu 90% hồ sơ trực tuyến (năm 2023 là 74,5%), ít nhất 60% người dân có chữ ký số."

    found = find_metrics(text, published=date(2024, 12, 20))

    assert [(metric.quote, metric.kind) for metric in found] == [
        ("90%", "target"), ("74,5%", "achieved"), ("60%", "target"),
    ]  # fmt: skip


def test_a_month_that_is_over_tells_of_no_target_under_a_title_that_does() -> None:
    text = "Trong tháng 10, trung tâm giải quyết 5.120 hồ sơ. Tháng 10 năm trước tăng 12%."

    found = find_metrics(text, title="Xã đặt mục tiêu thành xã số", published=date(2025, 11, 18))

    assert [(metric.quote, metric.kind) for metric in found] == [("5.120 hồ sơ", "achieved"), ("12%", "change")]


def test_a_title_that_tells_how_far_an_aim_is_makes_no_target_of_each_figure() -> None:
    found = find_metrics("Tỉnh đón 24.500 lượt khách.", title="Khách trở lại, nhưng mục tiêu doanh thu còn xa")

    assert [metric.kind for metric in found] == ["achieved"]


# text, quote, what it is
OF_NEW_KINDS = [
    ("Tỉnh rà soát, cắt giảm từ 40-60% thời gian so với quy định.", "40-60%", "change"),
    ("Khối công nghệ thu 8.472 tỷ đồng, lãi 1.155 tỷ đồng, tăng trưởng lần lượt 23,8% và 27,5%.", "27,5%", "change"),
    ("Thanh toán qua thẻ tăng 3,2% về số lượng và 45,7% giá trị; rút tiền ít đi.", "45,7%", "change"),
    ("Tỷ lệ dùng IPv6 đạt 65%, cao gấp 1,6 lần so với mức trung bình toàn cầu.", "1,6 lần", "achieved"),
    ("Số vụ cao gấp 1,6 lần so với cùng kỳ năm trước.", "1,6 lần", "change"),
    ("Cứ 220 người dùng sẽ có một nạn nhân, tỷ lệ là 0,45%.", "0,45%", "achieved"),
    ("Tỷ lệ nộp qua mạng đạt 94% (vượt chỉ tiêu toàn quốc là 60%).", "60%", "target"),
    (
        "Có 19/26 chỉ tiêu của nghị quyết giai đoạn 2021-2025, định hướng đến năm 2030 đã xong, còn 7 chỉ tiêu dở dang.",
        "7 chỉ tiêu",
        "achieved",
    ),
    ("Số vé và số khách đều tăng trưởng, tương ứng 35,2% và 20% so với năm 2019.", "35,2%", "change"),
    ("Số vé và số khách đều tăng trưởng, tương ứng 35,2% và 20% so với năm 2019.", "20%", "change"),
    ("Tỷ lệ ở hai huyện đều tăng, lần lượt 62% và 45%.", "62%", "achieved"),
    ("Số vé tăng mạnh tương ứng gần 45% so với năm 2019.", "45%", "change"),
    ("Doanh thu tăng gần 300 tỷ (6%) lên 5.200 tỷ đồng.", "6%", "change"),
    ("Số đơn giảm 1.200 đơn, tương đương 15%.", "15%", "change"),
    ("Doanh thu đạt 300 tỷ đồng, tương đương 85% kế hoạch.", "85%", "achieved"),
    ("Có 412 hộ trên tổng số 800 hộ đã đăng ký thực hiện, chiếm 51,5%.", "51,5%", "achieved"),
    ("Năm nay xã đăng ký thực hiện 12 công trình.", "12 công trình", "target"),
]


@pytest.mark.parametrize(("text", "quote", "kind"), OF_NEW_KINDS)
def test_what_is_said_beside_a_figure_tells_what_it_is(text: str, quote: str, kind: str) -> None:
    assert {metric.quote: metric.kind for metric in find_metrics(text)}[quote] == kind


def test_a_title_that_tells_how_much_of_a_plan_was_met_announces_no_targets() -> None:
    title = "Hải quan thu 314 tỷ đồng, đạt 95,1% chỉ tiêu phấn đấu"

    assert [metric.kind for metric in find_metrics("Cục có 640 cán bộ.", title=title)] == ["achieved"]
