"""Which words name an office or a section rather than tell of a deed, as headings of portals do."""

from __future__ import annotations

import re

_SITE_NAME = re.compile(
    r"(?:(?:cổng|trang) (?:thông tin|tin)|website|báo (?:điện tử )?[^\s,:]+(?: [^\s,:]+){0,3}$|"
    r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hđnd|sở|bộ|công an|tỉnh ủy|thành ủy|đảng bộ|huyện|xã|phường|"
    r"thành phố|tỉnh)\b"
    r"(?!.*\b(?:tổ chức|ban hành|xử phạt|triển khai|công bố|khai|họp|làm việc|tăng|giảm|đạt|đẩy|hoàn thành|"
    r"kiểm tra|tập huấn|ra mắt|tiếp|đưa|có)\b))",
    re.I,
)

_SUBJECT = (
    r"chính trị|kinh tế|văn hóa|văn hoá|xã hội|giáo dục|y tế|thể thao|du lịch|khoa học|công nghệ|môi trường|quốc phòng|"
    r"an ninh|pháp luật|thời sự|thế giới|đời sống|nông nghiệp|công nghiệp|thương mại|đào tạo|chuyển đổi số|sự kiện|"
    r"cải cách hành chính|nội chính|đối ngoại|đoàn thể|nghiên cứu|trao đổi|bình luận|xây dựng đảng"
)
_GENERIC = re.compile(
    rf"(?:xem )?(?:nội dung )?chi tiết(?: (?:bài(?: viết)?|tin(?: tức| bài)?|bản tin|thông báo|nội dung|sự kiện))?|"
    rf"nội dung(?: (?:bài viết|tin|chi tiết))?|(?:trang )?tin tức(?: (?:sự kiện|mới|nổi bật|chung|hoạt động))?|"
    rf"(?:trang )?tin(?: (?:hoạt động|mới|mới nhất|(?:trong|ngoài) (?:nước|tỉnh|huyện|xã|phường|ngành)|trong thành phố|"
    rf"từ cơ sở|cơ sở|địa phương|nổi bật|tổng hợp|ngành|"
    rf"vắn|nóng|bài|khác|liên quan|{_SUBJECT}))?|thông báo(?: (?:mới|chung|khác))?|tin hoạt động(?: \w+){{0,4}}|"
    rf"bài viết(?: mới)?|bản tin|điểm tin|trang (?:chủ|nhất)|sự kiện|văn bản(?: mới)?|giới thiệu|hỏi đáp|liên hệ|{_SUBJECT}|"
    rf"cổng thông tin(?: điện tử)?|trang thông tin(?: điện tử)?|điều hướng|đường dẫn|danh mục|chuyên mục|"
    rf"home(?:page)?|news(?: details?)?|articles?|details?|untitled(?: \w+)?|document|view ?news|post|blog",
    re.I,
)
_OFFICE_WORD = re.compile(
    r"(?:"
    r"a|an|ban|báo|binh|bộ|cao|chi|chính|chí|chức|cổng|công|cục|cơ|cứu|các|dân|dụng|dục|dựng|du|dược|đào"
    r"|đảng|đầu|điện|đoàn|độ|đô|đồng|động|gia|giao|giáo|hành|hóa|hoá|hoạch|học|hội|hợp|huyện|kế|khoa|khu"
    r"|kiểm|kinh|kiến|lao|lâm|lịch|liên|luật|lý|lực|mặt|môi|minh|nam|năng|nghệ|nghiệp|nghiên|ngoại|người"
    r"|nguyên|nhân|nhà|ninh|nội|nông|pháp|phát|phố|phòng|phụ|phường|quan|quản|quân|quận|quốc|sản|sát|sở|sự"
    r"|tài|tạo|tạp|tải|tế|thanh|thành|thao|thể|thị|thống|thông|thôn|thuế|thương|thủy|thuỷ|tin|tỉnh|tình"
    r"|toàn|tổng|tòa|trang|trấn|tra|trận|trị|triển|trung|trúc|trường|truyền|tư|tử|tộc|tôn|tổ|uỷ|ủy|và|vận"
    r"|văn|viên|viện|việt|vụ|xã|xuất|xây|y"
    r")"
)
TITLE_PARTS = re.compile(r"\s+[-–—|»>:·]+\s+|\s*\|\s*")
_GENERIC_JOIN = re.compile(r"\s+[-–—|»>:·/&]+\s+|\s*[|,»>]\s*|\s+và\s+")

_LONGEST_TITLE = 500


def is_site_name(text: str) -> bool:
    """Whether a heading is but an office's or a paper's name: it begins as one, and nothing in it tells of a deed.

    >>> is_site_name("Sở Nông nghiệp và Môi trường tỉnh Hải Dương"), is_site_name("Xã Mường Kim mở chợ phiên")
    (True, False)
    """
    words = text.split()
    if len(words) > 14 or _SITE_NAME.match(text) is None:
        return False
    return text.isupper() or all(
        word[:1].isupper() or word in "-–" or _OFFICE_WORD.fullmatch(word.strip("-–,")) for word in words
    )


def is_generic(text: str) -> bool:
    """Whether a heading could stand on any page of a portal: a section's, or of what the page does.

    >>> is_generic("Chi tiết tin tức"), is_generic("Văn hóa - Xã hội"), is_generic("Tin tức giả lan trên mạng")
    (True, True, False)
    """
    parts = [part for part in _GENERIC_JOIN.split(text) if part.strip()]
    return len(text) <= 80 and all(_GENERIC.fullmatch(part.strip()) for part in parts)


def names_no_article(text: str) -> bool:
    """Whether a title says but the section, the page or the site, or these side by side.

    >>> names_no_article("Chi tiết bài viết | Sở Tài chính"), names_no_article("Tin tức | Xã Mường Kim mở chợ phiên")
    (True, False)
    """
    parts = [part for part in TITLE_PARTS.split(text[:_LONGEST_TITLE]) if part.strip()]
    return is_site_name(text) or is_generic(text) or all(is_generic(part) or is_site_name(part) for part in parts)
