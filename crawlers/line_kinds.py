"""What kind a line of a page's text is: a date, a counter, a heading of other news, a source, a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from crawlers.dates import FoundDate, find_date

Kind = Literal[
    "date",
    "counter",
    "tool",
    "crumb",
    "image",
    "others",
    "comments",
    "invitation",
    "source",
    "byline",
    "footer",
    "label",
]

_IMAGE_FILE = r"\.(?:jpe?g|png|gif|webp|svg|bmp)"
_IMAGE = rf"(?:https?:/)?/[^\s<>\"']+?{_IMAGE_FILE}(?:\?\S*)?(?![\w/])"
_IMAGE_ADDRESS, _IMAGE_ENDING = re.compile(_IMAGE, re.I), re.compile(_IMAGE_FILE, re.I)
_NAME_WORD = r"(?:[A-ZÀ-ỸĐ][\w.'’-]*)"
_NAME = rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,4}}"
_CREDIT = r"tin|bài|ảnh|hình ảnh|video|clip|đồ họa|thực hiện|tác giả|người viết|biên tập|phóng viên|nhóm pv|pv|ctv|btv"
_PUBLIC = r"(?:(?:quý |các |quý vị ){0,2}(?:độc giả|bạn đọc|khán giả|thính giả))"
_READER = rf"(?:{_PUBLIC}|quý vị|(?:các )?bạn(?! (?:trẻ|nhỏ|bè|học|đọc|nghe|xem)))"
_DO = r"(?:theo dõi|đón (?:xem|đọc|nghe)|xem|nghe|đọc|tham gia|gửi|bình luận|chia sẻ|tải|bấm|nhấn|truy cập|đăng ký|gọi)"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))  # type: ignore[misc]
    for kind, pattern in (
        (
            "others",
            r"(?:[>»▪•*-]\s*)?(?:(?:các\s+)?(?:tin|bài(?:\s+viết)?|nội dung|thông tin|chủ đề|video|sự kiện|"
            r"văn bản)(?:\s+(?:tức|bài))?\s+"
            r"(?:(?:đã đưa|cùng|khác|liên quan|mới|cũ|nổi bật|đọc nhiều|xem nhiều|nóng|tiếp theo|hay|gần đây|"
            r"quan tâm|trước|đăng|đã đăng)\b[^.,;\d]{0,30})"
            r"|có thể bạn (?:quan tâm|thích|muốn).*|tiêu điểm|đọc nhiều(?: nhất)?|xem nhiều(?: nhất)?|mới nhất|tin mới|"
            r"cùng chuyên mục|cùng chủ đề|đừng bỏ lỡ|bạn có biết|liên quan|related (?:news|posts|articles)|other news|"
            r"(?:xem|đọc) (?:thêm|tiếp)|(?:bài|tin) (?:trước|sau|kế tiếp)|đọc thêm về|dành cho bạn|khám phá thêm|"
            r"các tin .{0,20}|"
            r"những tin (?:mới|cũ) hơn|thông tin (?:cùng|khác).{0,20}|bài (?:mới|cũ) hơn|trở lại đầu trang)\s*[:.»>…]*",
        ),
        (
            "tool",
            r"\W*(?:đánh giá|xếp hạng|bình chọn|điểm)(?: (?:của|bởi|bài|bài viết|tin|trung bình|người (?:sử dụng|dùng|xem|đọc)|"
            r"bạn(?: đọc)?|độc giả)){0,3}\s*:\s*\d+(?:[.,]\d+)?\s*(?:/|trên|sao|phiếu|lượt|★).{0,60}|"
            r"\W*(?:rất )?(?:kém|tệ)\W*(?:rất )?tốt(?: nhất)?\W*",
        ),
        (
            "comments",
            r"(?:(?:gửi |viết |thêm |các |\d+ )?(?:bình luận|ý kiến|phản hồi)(?: của bạn| bạn đọc| độc giả|"
            r" của bạn đọc| bài viết này)?(?:\s*\(?\d*\)?)|"
            r"ý kiến của bạn|bạn đọc bình luận|comments?|leave a (?:reply|comment)|để lại (?:một )?bình luận|"
            r"gửi phản hồi|"
            r"đánh giá(?: bài viết)?(?:\s*:\s*\d.{0,40})?|click để đánh giá bài viết|tổng số điểm của bài viết là.*|"
            r"xếp hạng:? .{0,30}phiếu bầu.*)\s*[:.…]*",
        ),
        # What a site asks of its readers. "Mời bà con đến xem" is an article's: only those who read or watch are asked.
        (
            "invitation",
            rf"\W*(?:(?:kính |trân trọng )?mời {_READER}.{{0,60}}?{_DO}.{{0,120}}"
            r"|(?:để |hãy )?đăng ký (?:nhận|theo dõi)(?: ngay)? (?:bản tin|tin|kênh|newsletter|báo|email)\b[^,]{0,100}"
            r"|nhận (?:bản tin|tin (?:mới|tức|nóng|qua))\b[^,]{0,60}(?:mỗi|hằng|hàng|qua|tại đây|của bạn|sớm nhất)[^,]{0,60}"
            r"|(?:hãy )?(?:theo dõi|follow|like|quan tâm) (?:báo|trang|kênh|fanpage|page|chúng tôi|tạp chí)\b[^,]{0,40}"
            r"(?:trên|tại|qua) [^,]{2,50}"
            r"|tải (?:ngay )?(?:ứng dụng|app) (?:báo|của báo|đọc báo|tin tức)\b[^,]{0,100}"
            rf"|(?:bình luận|ý kiến|phản hồi|góp ý) của {_READER} (?:(?:đã|sẽ|đang|cần|được|phải|chờ) ){{1,3}}"
            r"(?:gửi|xét duyệt|duyệt|kiểm duyệt|hiển thị|đăng|biên tập|ghi nhận)\b.{0,100}"
            r"|(?:xin )?vui lòng (?:nhập|đăng nhập|gõ|điền|viết|sử dụng) .{0,100}"
            r"|hãy (?:là người đầu tiên|chia sẻ bài|bình luận)\b.{0,80}"
            r"|(?:bấm|nhấn|ấn|click) (?:(?:vào|nút|đây|để) ){0,3}(?:theo dõi|quan tâm|đăng ký|chia sẻ|like|thích)\b.{0,80}"
            r"|(?:mọi |các )?(?:ý kiến|bài viết|tin,? bài|góp ý|bài vở)[^.]{0,60}(?:xin|vui lòng|mời) gửi .{0,90}"
            rf"|{_PUBLIC}.{{0,30}}(?:có thể|vui lòng|xin).{{0,20}}(?:gửi|bình luận|theo dõi|để lại|đăng ký).{{0,100}}"
            r"|tặng (?:sao|quà|cà phê|ly cà phê) cho tác giả.{0,100}|ủng hộ (?:tác giả|tòa soạn)\b.{0,80})",
        ),
        (
            "counter",
            r"\W*+(?:(?:tổng\s+)?(?:số\s+)?(?:lượt|lần|người)?\s*(?:xem|truy cập|đọc|view(?:s| count)?|hits?|"
            r"trực tuyến|online|đang (?:online|truy cập|xem|trực tuyến)|"
            r"hôm nay|hôm qua|tuần này|tháng này|tháng hiện tại|tất cả|tổng(?: lượt truy cập| cộng)?|thành viên|"
            r"máy chủ tìm kiếm|khách viếng thăm|khách)"
            r"(?:\s+(?:xem|truy cập|bài|tin|bài viết))?\s*+[:=(-]?\s*+[\d.,]++\)?\s*+(?:lượt(?: xem| truy cập)?|lần|"
            r"người)?\W*+){1,8}(?:(?:cỡ chữ|in (?:bài|trang)(?: viết)?|a\s*[-+]?)(?!\w)\W*+){0,5}|"
            r"\W*+[\d.,]++\s*(?:lượt (?:xem|truy cập|đọc|thích)|views?|likes?|người xem|bình luận)\W*",
        ),
        (
            "tool",
            r"\W*+(?:(?:mặc định|(?:(?:xem|chọn|thay đổi|đổi|với) ){0,3}(?:cỡ|kích (?:cỡ|thước)) chữ(?: (?:nhỏ|vừa|lớn))?|"
            r"in(?: ấn)? (?:bài(?: viết)?|trang|tin)(?: này)?|in ấn|(?:xem )?bản in|in|gửi (?:email|mail|"
            r"e-mail|bài viết|cho bạn bè|tin)|"
            r"chia sẻ(?: (?:qua|lên|bài viết|với|facebook|zalo).{0,20})?|facebook|twitter|zalo|google\+?|linkedin|"
            r"pinterest|email|print|send email|share|tweet|like|thích|"
            r"copy link|sao chép(?: liên kết| link)?|link gốc|lưu(?: bài(?: viết)?)?|"
            r"đọc (?:bài|tin)(?: (?:viết|báo|này))?|chế độ đọc|nghe(?: (?:bài|"
            r"đọc)(?: viết)?)?|nghe audio|dừng|"
            r"theo dõi .{0,30}trên.{0,20}|google news|quay lại|trở (?:về|lại).{0,20}|về đầu trang|lên đầu trang|"
            r"đầu trang|"
            r"tương phản|chế độ (?:ban đêm|tương phản)|phóng to|thu nhỏ|tăng|giảm|đọc|a|aa|bản để in|"
            r"phát audio|giọng (?:nam|nữ|đọc).{0,20}|đóng|mở rộng|tải (?:về|xuống)|rss|bài đọc|\d[.,]\d{1,2}x?|"
            r"normal|1x)(?!\w)\W*+)+|\W*+a\s*[-+]\W*+(?:a\W*+)*",
        ),
        ("tool", r"\W*(?:quảng cáo|advertisements?|advertising|sponsored|tài trợ)\W*"),
        ("crumb", r"(?:trang chủ|home)\s*(?:[>/»|›\\-].*)?|bạn đang ở đây:?.*"),
        (
            "source",
            r"\W*+(?:nguồn(?: tin| ảnh| bài)?\s*(?:[:.]?\s+|[/|–-]\s*).{2,70}|nguồn\s*:.{0,90}|(?:theo|source|trích nguồn)\s*:\s*.{2,70}|"
            # "Theo Báo Thanh Bình" is a source, "Theo kế hoạch, 80 xã sẽ …" a sentence
            r"(?:theo|nguồn)\s+(?-i:[A-ZÀ-ỸĐ\"“])(?:[^,;:.\d]|\.(?=\w)){1,50}|"
            r"link nguồn.*|https?://\S+|xem bài gốc.*)\W*",
        ),
        (
            "footer",
            r"(?:©|copyright|bản quyền|giấy phép (?:số|thiết lập|hoạt động|xuất bản|báo)|địa chỉ\s*:|"
            r"điện thoại\s*:|đt\s*:|tel\s*:|email\s*:|fax\s*:|đường dây nóng|hotline|"
            r"(?:chịu trách nhiệm|trưởng ban biên tập|tổng biên tập|cơ quan chủ quản|đơn vị (?:chủ quản|quản lý|"
            r"phát triển))\b.{0,10}:|thiết kế (?:bởi|và)|"
            r"® |ghi rõ nguồn|vui lòng ghi rõ|phát triển bởi|powered by).*",
        ),
        (
            "label",
            r"(?:từ khóa|từ khoá|tags?|chủ đề|thẻ|keywords?|chuyên mục|sự kiện|file đính kèm|tệp đính kèm|"
            r"tài liệu đính kèm)\s*:.*|\W*(?:tags?|từ kho[áa]|từ khóa)\W*",
        ),
        ("byline", rf"\W*(?:{_CREDIT})(?:\s*(?:[,&/+-]|và)\s*(?:{_CREDIT}))*\s*[:.]\s*[^\d]{{2,60}}"),
        ("byline", r"\W*(?:được )?(?:viết|đăng|biên tập|thực hiện) bởi\s*:?\s+[^\d.]{2,50}"),
        ("image", _IMAGE),
    )
)
_DATE_LABEL = re.compile(
    r"^\W*(?:ngày (?:đăng|xuất bản|tạo|cập nhật|gửi|viết|phát hành|ban hành)|đăng (?:lúc|ngày|bởi)|"
    r"cập nhật(?: lần cuối)?(?: lúc| ngày)?|xuất bản|"
    r"thời gian(?: đăng)?|posted(?: on)?|publish(?:ed)?(?: date| on)?|date|updated|ngày|lúc|thứ \w+|chủ nhật|"
    r"được đăng|đã đăng|created|last updated|[^\W\d][\w\s.]{1,25},)[\s:,-]*",
    re.I,
)
_SIGNED = re.compile(
    rf"\W*(?:{_NAME}|PV|P\.V|TTXVN|T/h)(?:\s*(?:[-–,/&]|và)\s*{_NAME})*\s*(?:\((?:[^()]{{2,40}})\))?\W*"
)
_INVITED = re.compile(rf"\W*(?:kính )?mời {_READER}\b", re.I)
_CREDITS_ONLY = re.compile(r"\W*\((?:theo|nguồn|tổng hợp|ảnh|t/h|tin|bài)[^()]{0,60}\)\W*", re.I)
_SHORT = 160
_REMEMBERED = 2048
_MARK_JOIN = re.compile(r"[|•·]")
_MOST_MARKS = 8
_POSTED_BY = re.compile(
    r"\W*(?:người (?:đăng|gửi|cập nhật)|đăng bởi|chuyên mục|tác giả)\s*:?\s+(?:[^.]|\.(?=\w)){2,40}", re.I
)


def kind_of(line: str) -> Kind | None:
    """What a line is when it is surely not the article's prose; None when it may be.

    >>> kind_of("Lượt truy cập: 1.204.331"), kind_of("Tin liên quan"), kind_of("Mặc định Cỡ chữ")
    ('counter', 'others', 'tool')
    >>> kind_of("Cổng dịch vụ công có trên 2 triệu lượt truy cập.") is None
    True
    """
    if len(line) <= _SHORT:
        return _kind_of_short(line)
    return _find_kind(line) if _INVITED.match(line) else None


def image_addresses(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The addresses of images in a stretch of text. To look for a file's ending first takes a twentieth of the time."""
    return _IMAGE_ADDRESS.finditer(text, start, end) if _IMAGE_ENDING.search(text, start, end) else iter(())


def _find_kind(line: str) -> Kind | None:
    for kind, pattern in _KINDS:
        if pattern.fullmatch(line):
            return kind
    picture = next(image_addresses(line, 0, len(line)), None)
    if picture and picture.end() == len(line) and not re.search(r"[.!?]\s", line[: picture.start()]):
        return "image"  # a logo with the portal's name, a picture with its file's
    return "date" if is_date_line(line) else None


@lru_cache(maxsize=_REMEMBERED)
def _kind_of_short(line: str) -> Kind | None:
    """A page asks of a line several times, and a site says the same on all its pages."""
    return _find_kind(line)


def is_date_line(line: str) -> bool:
    """A line that only says when: "Thứ sáu - 02/05/2025 20:10", "Lào Cai, Ngày 05/05/2025", "Ngày đăng 02/05/2025"."""
    return len(line) <= _SHORT and _only_says_when(line)


@lru_cache(maxsize=_REMEMBERED)
def _only_says_when(line: str) -> bool:
    found = find_date(line)
    if found is None:
        return False
    return (len(line) <= 100 and _is_bare_date(line, found)) or is_row_of_marks(line)


def _is_bare_date(line: str, found: FoundDate) -> bool:
    before, after = line[: found.start], line[found.end :]
    previous = None
    while before and before != previous:
        previous, before = before, _DATE_LABEL.sub("", before, count=1)
    rest = re.sub(
        r"\(?GMT.{0,8}|lượt xem.*|view count.*|[\d.,]+ (?:lượt|views).*|\W+|\d+", "", before + " " + after, flags=re.I
    )
    return len(rest) <= 3


def is_row_of_marks(line: str) -> bool:
    """What a page says of its article in one row: "Người đăng: Lan | Ngày đăng: 20/03/2018 | Lượt xem: 377 | In bài này"."""
    if len(line) > _SHORT or _MARK_JOIN.search(line) is None:
        return False
    parts = [part for part in _MARK_JOIN.split(line) if part.strip()]
    return 1 < len(parts) <= _MOST_MARKS and all(_POSTED_BY.fullmatch(part) or kind_of(part) for part in parts)


def is_signature(line: str) -> bool:
    """A reporter's name, or whom a text is taken from, as it stands alone under an article.

    >>> is_signature("Trần Thu Hà (tổng hợp)"), is_signature("Thu Hà đã phát biểu.")
    (True, False)
    """
    if len(line) > 70 or (re.search(r"\d{2}|[.:;]$", line.strip()) and kind_of(line) not in ("byline", "source")):
        return False
    kind = kind_of(line)
    if _SIGNED.fullmatch(line) or _CREDITS_ONLY.fullmatch(line):
        return kind in (None, "byline", "source", "date")
    return kind in ("byline", "source")
