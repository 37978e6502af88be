from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures.metrics import find_metrics

# sentence, its figures: value, unit
SHARED: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "Ấn Độ có 140 trường, Nhật Bản 88, Indonesia 31, Thái Lan 24.",
        [(n, "trường") for n in ("140", "88", "31", "24")],
    ),
    ("Cả vùng có 90 xã đạt, trong đó Nghệ An 31, Hà Nam 12.", [("90", "xã"), ("31", "xã"), ("12", "xã")]),
    ("Sở có 40 máy, cài Windows 11, Office 19.", [("40", "máy")]),
    ("Chu kỳ thay máy kéo dài từ 25 tháng năm 2019 lên 37 tháng hiện nay.", [("25", "tháng"), ("37", "tháng")]),
    ("Thời gian xử lý trung bình đã rút từ 60 giờ năm 2018 xuống 20 giờ.", [("60", "giờ"), ("20", "giờ")]),
    ("Đợt mưa kéo dài từ 3 tháng 8 đến hết tuần.", []),
    ("Nhật có khoảng 30 tuyến cáp và Malaysia 22 tuyến.", [("30", "tuyến cáp"), ("22", "tuyến")]),
    ("Các mạng thuê thêm, riêng Viettel 700 Gbps.", [("700", "gbps")]),
    ("Cả nước có 310 điểm trường, Lai Châu có 21 điểm.", [("310", "điểm trường"), ("21", "điểm")]),
    ("Mạng lưới điểm thu lên tới 4.200 điểm.", [("4200", "điểm")]),
    ("Mưa làm 30 điểm sạt lở, mới xử lý 18/30 điểm.", [("30", "điểm sạt lở"), ("18", "điểm")]),
    ("Tỉnh có chỉ số 71 điểm, tăng 2 điểm.", [("71", "point"), ("2", "point")]),
    ("Xã đã bàn giao 12,5/14,8 km.", [("12.5", "km")]),
    ("Giá gạo xuất khẩu bình quân lên 640 USD/tấn so với 520 USD/tấn.", [("640", "usd"), ("520", "usd")]),
    ("Giá cà chua ở chợ tăng lên 28.000 đồng/kg.", []),
    ("Phân khúc trên 2 triệu đồng tăng 14%, máy dưới mức 5 triệu đồng giảm.", [("14", "percent"), ("5000000", "vnd")]),
    ("Không có thương vụ nào vượt 50 triệu USD, tổng vốn là 310 triệu USD.", [("310000000", "usd")]),
    ("Dư nợ đạt 215 tỷ đồng, món vay dưới 80 triệu đồng được duyệt nhanh.", [("215000000000", "vnd")]),
    ("Giao dịch nhỏ nhất là 20.000 đồng.", []),
    ("Bưu điện nhận 4.100 bưu gửi dưới 3 kg.", [("4100", "bưu gửi")]),
    ("Có 12.400 người được chọn ngẫu nhiên tại 20 tỉnh.", [("12400", "người")]),
    ("Viện phát 5.200 phiếu tại 31 huyện, 64 xã.", [("5200", "phiếu")]),
    ("Mô hình được nhân rộng tại 31 huyện.", [("31", "huyện")]),
    ("Người trực ở 63 tỉnh có 340 người.", [("340", "người")]),
    ("Hãng lắp 2.100 trạm ở 63 tỉnh.", [("2100", "trạm"), ("63", "tỉnh")]),
    ("Nhóm thứ nhất đạt từ 90% trở lên có 5 sở.", [("5", "sở")]),
    ("Các xã còn lại nằm trong khoảng từ 70% đến dưới 80%.", []),
    ("Phụ nữ trong độ tuổi 15-49 sinh ít hơn.", []),
    ("Khách được lưu trú 45 ngày, thời gian lưu trú tối đa 90 ngày.", []),
    ("Đường dây nóng: 0935 2xx 114", []),
    ("Bộ xếp hạng dựa trên 60 chỉ số.", []),
    (
        "Hà Giang xếp thứ hai (78,4 điểm), Bắc Quang thứ ba (77 điểm).",
        [("2", "rank"), ("78.4", "point"), ("3", "rank"), ("77", "point")],
    ),
    ("Sở Y tế tụt từ thứ ba xuống thứ bảy.", [("3", "rank"), ("7", "rank")]),
    ("Việt Nam đứng thứ 7 toàn cầu và thứ hai ASEAN.", [("7", "rank"), ("2", "rank")]),
    ("Tỉnh xếp sau Huế (thứ 4) và Đà Nẵng (thứ 2).", [("4", "rank"), ("2", "rank")]),
    ("Sở đứng đầu, họp vào sáng thứ hai, tiếp dân từ thứ ba đến thứ sáu.", []),
    ("Kỳ họp thứ ba, Hội đồng nhân dân xếp lại chương trình.", []),
    (
        "Malaysia ở hạng 36, Thái Lan 43, Việt Nam 46 và Lào 111.",
        [(rank, "rank") for rank in ("36", "43", "46", "111")],
    ),
    (
        "Sở tụt 9 bậc, xuống 17, còn huyện Mường La từ 5 lên 3.",
        [("9", "bậc"), *((r, "rank") for r in ("17", "5", "3"))],
    ),
    (
        "Mỹ lên hạng 6. Ở Đông Nam Á, sau Singapore là Thái Lan (52), Brunei (75).",
        [("6", "rank"), ("52", "rank"), ("75", "rank")],
    ),
    ("Tỉnh xếp thứ 5, số xã từ 30 lên 42 xã.", [("5", "rank"), ("30", "xã"), ("42", "xã")]),
    ("Tỉnh xếp thứ 5. Dịch Covid 19, bão lũ không cản được.", [("5", "rank")]),
    ("Ngân hàng giữ tiền gửi của khách hàng 84.700 tỷ đồng.", [("84700000000000", "vnd")]),
    ("Trả bằng thẻ nhiều nhất là nhà hàng (52%), rồi đến hiệu sách (18%).", [("52", "percent"), ("18", "percent")]),
    ("Hàng tỷ đồng đã được chi.", []),
    ("Vòng gọi vốn thứ hai trị giá 7,5 triệu USD.", [("7500000", "usd")]),
    ("Ban tổ chức trao một giải nhất trị giá 20 triệu đồng.", []),
    ("Khách đến từ Trung Quốc 21%, Ấn Độ 6%.", [("21", "percent"), ("6", "percent")]),
    ("Chỉ 15% nhớ đầu số 5656 và 7% từng gọi.", [("15", "percent"), ("7", "percent")]),
    ("Chính phủ nước này góp 12 tỷ ringgit.", [("12000000000", "ringgit")]),
    ("Thị trường đạt 9 tỷ USD trong số 20 tỷ nói trên.", [("9000000000", "usd")]),
    ("Kế hoạch 215 đặt ra mục tiêu phủ sóng 90% số bản.", [("90", "percent")]),
    ("Cứ 10 hồ sơ gửi đến thì 4 trên 9 hồ sơ phải bổ sung.", [("4", "hồ sơ")]),
    (
        "Sở Y tế mới số hóa 1.240 trong tổng số 5.310 hồ sơ.",
        [("1240", "hồ sơ"), ("5310", "hồ sơ")],
    ),
    (
        "Cấp tỉnh bình quân 1,35 máy/người, cấp xã chỉ 0,72.",
        [("1.35", "máy/người"), ("0.72", "máy/người")],
    ),
    (
        "Phản ánh về rác thải nhiều nhất (820), sau đó là cây xanh (415) và điện (96).",
        [("820", "phản ánh"), ("415", "phản ánh"), ("96", "phản ánh")],
    ),
    (
        "Ba xã đứng đầu về số hồ sơ, tương ứng 1.520, 1.310 và 990.",
        [("1520", "hồ sơ"), ("1310", "hồ sơ"), ("990", "hồ sơ")],
    ),
    ("Hai phường có nhiều kiến nghị nhất, 312 và 287.", [("312", "kiến nghị"), ("287", "kiến nghị")]),
    ("Quý III: văn bản ký số 4.120/4.135 (đạt 99,6%).", [("4120", "văn bản"), ("99.6", "percent")]),
    ("Số thủ tục giảm từ 640 năm 2021 xuống 512 năm 2024.", [("640", "thủ tục"), ("512", "thủ tục")]),
    ("Ngành y tế đã tiêm 2,4 triệu mũi, riêng quý I 310 nghìn.", [("2400000", "mũi"), ("310000", "mũi")]),
    ("Bưu điện đã phát 21.300 kết quả tận nhà.", [("21300", "kết quả")]),
    ("Trước 900 người, đội nhà thắng 4-3.", [("900", "người")]),
    ("Kết quả loại 3: 15 hồ sơ, loại 2: 40 hồ sơ.", [("15", "hồ sơ"), ("40", "hồ sơ")]),
    ("Việt Nam đứng thứ 3 ASEAN. 41 quốc gia ở nhóm sau.", [("3", "rank"), ("41", "quốc gia")]),
    ("Doanh thu đạt 2,1 tỷ và 4 tỷ USD.", [("2100000000", "usd"), ("4000000000", "usd")]),
    (
        "Doanh thu đạt 20 tỷ USD (tăng 11%), có thể lên 28 tỷ.",
        [("20000000000", "usd"), ("11", "percent"), ("28000000000", "usd")],
    ),
    ("Toàn tỉnh còn ba xã chưa đạt chuẩn.", [("3", "xã")]),
    (
        "Toàn tỉnh tiếp nhận 21.430 hồ sơ, trong đó cấp xã 16.205, cấp tỉnh 5.225 hồ sơ.",
        [("21430", "hồ sơ"), ("16205", "hồ sơ"), ("5225", "hồ sơ")],
    ),
    ("Sở đã rà soát 640 thủ tục, kiến nghị bãi bỏ 52.", [("640", "thủ tục"), ("52", "thủ tục")]),
    (
        "Cả tỉnh cấp 2.310 chữ ký số, gồm 1.405 cho cá nhân và 905 cho tổ chức.",
        [("2310", "chữ ký số"), ("1405", "chữ ký số"), ("905", "chữ ký số")],
    ),
    ("Số thủ tục giảm từ 96 xuống còn 41 thủ tục.", [("96", "thủ tục"), ("41", "thủ tục")]),
    (
        "Nhiều nhất là phường Hồng Gai (730 hồ sơ), kế đến Cao Xanh (512), Hà Lầm (388).",
        [("730", "hồ sơ"), ("512", "hồ sơ"), ("388", "hồ sơ")],
    ),
    (
        "Sở Nội vụ đạt 93,5 điểm, Sở Xây dựng 90,2, Sở Y tế 88,1 điểm.",
        [("93.5", "point"), ("90.2", "point"), ("88.1", "point")],
    ),
    ("Có 58 tổ công nghệ, trong đó Đồng Hới 33, Ba Đồn 25.", [("58", "tổ"), ("33", "tổ"), ("25", "tổ")]),
    ("Viettel lắp 2.400 trạm, VNPT 950 và MobiFone 610 trạm.", [("2400", "trạm"), ("950", "trạm"), ("610", "trạm")]),
    (
        "+ Hồ sơ tiếp nhận: 9.120; đã giải quyết: 8.870; quá hạn: 12.",
        [("9120", "hồ sơ"), ("8870", "hồ sơ"), ("12", "hồ sơ")],
    ),
    ("Phường Hà An tiếp nhận 4.310 hồ sơ, phường Hà Khẩu 2.980.", [("4310", "hồ sơ"), ("2980", "hồ sơ")]),
    ("Đã phủ xã của Nghệ An (412/412 xã), Sơn La (200/200).", [("412", "xã"), ("200", "xã")]),
    ("Kết quả quý I: số hồ sơ tiếp nhận 8.640; đã giải quyết 8.105.", [("8640", "hồ sơ"), ("8105", "hồ sơ")]),
    ("Thuê bao 4G là 61,5 triệu, tăng 8%.", [("61500000", "thuê bao"), ("8", "percent")]),
    ("Số hồ sơ trực tuyến của huyện là 4.815, chiếm 61%.", [("4815", "hồ sơ trực tuyến"), ("61", "percent")]),
    ("Còn 45 hồ sơ chậm, giảm hơn hai phần ba.", [("45", "hồ sơ"), ("2", "hồ sơ")]),
    ("Số thủ tục chưa có hồ sơ chiếm một phần tư.", [("1", "thủ tục")]),
    ("Trong các hồ sơ đã nhận, một nửa nộp qua mạng.", [("1", "hồ sơ")]),
    ("Tốc độ bằng một phần ba so với Hà Nội.", [("1", "times")]),
    ("Hạ tầng số đạt 0,7315, nhân lực số 0,6904.", [("0.7315", "point"), ("0.6904", "point")]),
    ("Điểm hài lòng bình quân 92,4, tăng 1,3 điểm.", [("92.4", "point"), ("1.3", "point")]),
    ("Nhận thức số đạt điểm tuyệt đối 100/100.", [("100", "point")]),
    ("Đã xong 1.206 trên tổng số 1.344 thủ tục.", [("1206", "thủ tục"), ("1344", "thủ tục")]),
    ("Việt Nam đứng thứ 71 trong 166 nước về chính phủ điện tử.", [("71", "rank")]),
    ("Chi phí bình quân một hồ sơ còn 85.000 đồng.", [("85000", "vnd")]),
    ("Trong 1.320 thủ tục của tỉnh, 640 thủ tục làm được qua mạng.", [("1320", "thủ tục"), ("640", "thủ tục")]),
    ("Dưới 12% người dân phải đi lại lần thứ hai.", [("12", "percent")]),
    ("Từ 90% hồ sơ trở lên phải nộp trực tuyến.", [("90", "percent")]),
    ("Chưa đến 12% người bệnh phải mang giấy chuyển tuyến.", [("12", "percent")]),
    ("Tỉnh có 18 xã, 7 phường và 1 đặc khu.", [("18", "xã"), ("7", "phường"), ("1", "đặc khu")]),
]

TIMES_TAKEN: list[tuple[str, list[tuple[str, str]]]] = [
    ("Quy trình cấp phép nay tối đa còn 4 ngày làm việc.", [("4", "ngày làm việc")]),
    ("Thời gian cấp đổi từ 12 ngày nay còn 5 ngày.", [("12", "ngày"), ("5", "ngày")]),
    ("Kê khai thuế từ 210 giờ/năm (năm 2016) còn 96 giờ/năm.", [("210", "giờ"), ("96", "giờ")]),
    ("Người dân chờ trung bình 7,5 phút trước khi được gọi.", [("7.5", "phút")]),
    ("Riêng thủ tục cấp phép xây dựng giảm 3 ngày.", [("3", "ngày")]),
    ("Đăng ký hộ kinh doanh từ 4 ngày còn 2 ngày.", [("4", "ngày"), ("2", "ngày")]),
    ("Cấp phép rút từ 9 giờ xuống dưới 50 phút.", [("9", "giờ"), ("50", "phút")]),
    ("Thời gian phân luồng chỉ từ 2-4 giây.", [("2", "giây")]),
    ("Thời gian chờ còn 8 phút, so với 25 phút trước đây.", [("8", "phút"), ("25", "phút")]),
    ("Tiết kiệm trên 1,2 triệu giờ làm việc mỗi năm.", [("1200000", "giờ làm việc")]),
    (
        "Doanh nghiệp được hoàn thuế trong tối đa 3 ngày làm việc, thay vì 30 ngày.",
        [("3", "ngày làm việc"), ("30", "ngày")],
    ),
    ("Hệ thống bị gián đoạn 45 phút.", [("45", "phút")]),
]

NO_FIGURES = [
    "Lệ phí cấp lại thẻ là 60.000 đồng.",
    "Gửi xe ở cổng mất 10.000 đồng, ngồi chờ thì miễn phí.",
    "Chị bán hàng rong kể mỗi bó rau 15.000 đồng, khách cũng quét mã.",
    "Phòng họp thuê ngoài hiện ở mức 450 USD/tháng.",
    "Tiêu chí dưới 80% số điểm tối đa phải giải trình.",
    "Đơn vị dưới 65 điểm phải kiểm điểm trước Chủ tịch UBND tỉnh.",
    "Hộ có doanh thu từ 2 tỷ đồng trở lên phải dùng hóa đơn điện tử.",
    "Trong 9 tiêu chí thành phần, xã hụt ở hai tiêu chí đầu.",
    "Huyện là một trong 4 đơn vị làm sớm nhất.",
    "Nhân dịp này, Chủ tịch UBND huyện tặng giấy khen cho 7 tập thể và 15 cá nhân.",
    "Các phòng phải rà soát xong trước 30/9 rồi mới xếp hạng.",
    "Trụ sở mới: 27B Lê Lợi, thành phố Vinh.",
    "Nghị định nêu 5 phương thức chia sẻ dữ liệu.",
    "Bộ chỉ số này gồm 6 chỉ số chính, 42 chỉ số thành phần, chấm theo thang 500 điểm.",
    "SIPAS có 5 nội dung, mỗi nội dung chấm từ 1 đến 5 điểm.",
    "Bản dự thảo (tệp PDF, 4,1 MB, 62 trang) đã đăng trên cổng.",
    "Cả bộ phận chia làm 2 ca, trực cả thứ Bảy.",
    "Hệ thống tạm dừng từ 27 đến 29/8 để nâng cấp.",
    "Ứng dụng VNeID 2.1, bản mới nhất, sửa lỗi này.",
    "Ông đến lúc 8g15, 10g mới có kết quả.",
    "Bộ luật Dân sự 2015 bảo vệ thông tin riêng tư.",
    "Kể từ 2019 tỉnh mới có trung tâm điều hành.",
    "Xã thuộc vùng 135 nên đường truyền còn chập chờn.",
    "Tỷ giá áp dụng: 1 USD = 25.410 đồng.",
    "Mọi chuyện bắt đầu từ chiếc máy tính bảng giá ba triệu đồng.",
    "Chương trình tặng thẻ cho 50 người đầu tiên đến làm thủ tục.",
    "Tác giả: Thu Hà. Số lần xem: 318.",
    "Số người đang xem: 42.",
    "Phòng chờ của phường có 8 ghế chờ.",
    "Người dân phải đi lại 3 lần mới xong.",
    "Từ bản ra xã phải đi gần 25 km đường rừng.",
    "Nhà văn hóa xóm 7 vừa được lắp mạng.",
    "Giao dịch chuyển tiền trên 15 triệu đồng một lần hoặc tổng trên 30 triệu đồng một ngày phải xác thực.",
    "Bưu điện thu phí 30.000 đồng/lượt.",
    "Lương tối thiểu vùng là 3.860.000 đồng/tháng.",
    "Trang bật xác thực 3 lớp cho người dùng.",
    "Ban tổ chức in kỷ yếu 220 trang.",
    "Ngày hội 12/12 lần đầu tiên được tổ chức.",
    "Đến cuối năm tỷ lệ này sẽ được nâng lên.",
    "Trong tháng 5 tỷ lệ này được giữ nguyên.",
    "Gọi đường dây nóng 02.93 381 250 để được giúp.",
    "Lượt truy cập: 4.215.",
    "Đọc thêm: 6 người bị thương trong vụ cháy.",
    "Kết quả chấm theo thang 100 điểm.",
    "Cuốn sổ tay dày 96 trang.",
    "Tòa nhà cao 42 mét.",
    "Máy có RAM 8 GB.",
    "Phần mềm phiên bản 3.0 dùng cho hồ sơ điện tử.",
    "Kết quả 10 tháng: thời gian được rút ngắn.",
    "Hồ sơ gồm 02 ảnh, 01 bản sao và 03 tờ khai.",
    "Máy chủ mới có 256 GB RAM.",
    "Độ ẩm cao nhất 92%.",
    "Đề thi gồm 50 câu trắc nghiệm.",
    "Mỗi phiếu gồm 54 câu hỏi chia thành 6 chỉ số thành phần.",
    "Đợt sát hạch bằng 40 câu hỏi trắc nghiệm.",
    "Hộ kinh doanh có doanh thu từ 200 triệu đồng/năm trở xuống không phải nộp thuế.",
    "Người bán nộp theo tỷ lệ 1,5% trên doanh thu.",
    "Nội dung này nằm trong dự án một luật sửa 7 luật.",
    ">> Thành phố khởi công cầu vượt trên 12 tuyến phố",
    "Camera quay được 360 độ.",
    "Mực nước vượt báo động 2.",
    "Trong 3 ngày tới, sở sẽ trả lời.",
    "Khách hàng bị tính giá 1.200 đồng một tin.",
    "Tới 2030 vùng phủ sóng rộng khắp.",
    "Theo kế hoạch, đến 2030 hệ thống phục vụ mọi người dân.",
]


def _figures(sentence: str) -> list[tuple[Decimal | None, str]]:
    return [(metric.value, metric.unit) for metric in find_metrics(sentence)]


@pytest.mark.parametrize(("sentence", "figures"), SHARED + TIMES_TAKEN)
def test_a_number_takes_the_unit_that_its_sentence_says_once(sentence: str, figures: list[tuple[str, str]]) -> None:
    assert _figures(sentence) == [(Decimal(value), unit) for value, unit in figures]


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_a_number_that_is_no_statistic_is_left_out(sentence: str) -> None:
    assert _figures(sentence) == []


def test_a_count_behind_a_density_is_not_one_itself() -> None:
    *_, (_, unit) = _figures("Toàn tỉnh có 90.000 thuê bao, mật độ 71,4 thuê bao/100 dân; thuê bao cố định 12.400.")

    assert unit == "thuê bao"


def test_a_figure_per_head_is_one_figure() -> None:
    assert _figures("Mật độ đạt 112 thuê bao trên 100 dân.") == [(Decimal(112), "thuê bao")]


def test_a_part_of_a_whole_keeps_the_whole() -> None:
    first, *_ = find_metrics("Đã xong 1.206 trên tổng số 1.344 thủ tục.")

    assert (first.value, first.out_of) == (1206, 1344)


@given(st.integers(2, 999), st.integers(0, 20), st.sampled_from(["trên", "trong", "trong số"]))
def test_a_part_written_with_its_whole_reads_back_as_one_figure(part: int, more: int, word: str) -> None:
    (figure,) = find_metrics(f"Mới có {part} {word} {part + more} hồ sơ được ký số.")

    assert (figure.value, figure.out_of, figure.unit) == (part, part + more, "hồ sơ")


@given(st.lists(st.integers(2, 999_999), min_size=2, max_size=5))
def test_a_list_whose_unit_stands_last_reads_back(values: list[int]) -> None:
    *first, last = [f"{value:,}".replace(",", ".") for value in values]
    sentence = f"Ba huyện xử lý lần lượt là {', '.join(first)} và {last} hồ sơ."

    assert _figures(sentence) == [(value, "hồ sơ") for value in values]
