"""What slugs are called where people read them."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone in which times are shown and days are counted."""

STATUSES: Mapping[str, str] = {
    "new": "mới",
    "updated": "có sửa đổi",
    "unchanged": "không đổi",
    "duplicate": "trùng",
    "not_an_article": "không phải bài viết",
    "failed": "lỗi",
}

REASONS: Mapping[str, str] = {
    "no_answer": "máy chủ không trả lời",
    "timeout": "quá thời gian chờ",
    "too_large": "trang quá lớn",
    "too_many_redirects": "chuyển hướng vòng quanh",
    "forbidden_address": "địa chỉ trong mạng nội bộ, không được phép truy cập",
    "robots": "robots.txt của nguồn không cho phép",
    "http_error": "máy chủ báo lỗi",
    "rate_limited": "nguồn yêu cầu giãn nhịp truy cập",
    "bad_encoding": "không đọc được bảng mã",
    "not_a_feed": "không phải RSS hay Atom",
    "empty": "không có nội dung",
    "not_an_article": "không tìm thấy bài viết trên trang",
    "bad_input": "dữ liệu vào sai",
    "internal": "lỗi của chương trình",
}

FACETS: Mapping[str, str] = {"topic": "Chủ đề", "place": "Địa phương, bộ ngành", "source": "Nguồn", "month": "Tháng"}
KINDS: Mapping[str, str] = {"achieved": "đạt được", "target": "mục tiêu", "change": "mức thay đổi"}
BOUNDS: Mapping[str, str] = {
    "exact": "", "about": "khoảng ", "over": "hơn ", "at_least": "ít nhất ", "under": "dưới ", "at_most": "không quá ",
}  # fmt: skip
UNITS: Mapping[str, str] = {
    "percent": "%", "percentage_point": "điểm %", "vnd": "đồng", "usd": "USD", "point": "điểm", "rank": "thứ hạng", "times": "lần",
}  # fmt: skip
MEASURES: Mapping[str, str] = {
    "percent": "tỷ lệ", "percentage_point": "điểm %", "vnd": "tiền", "usd": "tiền", "point": "điểm số", "rank": "thứ hạng",
    "times": "số lần", "count": "số lượng",
}  # fmt: skip
"""What sort of value a unit makes; "count" stands for every counted thing."""
EVIDENCE: Mapping[str, str] = {"proven": "đã thử", "listed": "có nơi dùng", "guessed": "đoán theo mẫu"}
"""How far a source's address is proven."""

DIFFERENCES: Mapping[str, str] = {
    "restated": "công bố lại",
    "rounding": "làm tròn",
    "scale": "lệch bậc số (triệu/tỷ, dấu phẩy)",
    "percent_points": "nhầm % với điểm %",
    "denominator": "khác mẫu số",
    "target": "lấy mục tiêu làm kết quả",
    "parts": "tỷ lệ không khớp tử số và mẫu số",
    "different": "khác nhau, chưa rõ vì sao",
}
"""Why figures of one thing differ (docs/conflicts.md)."""
STANDINGS: Mapping[str, str] = {
    "issuer": "cơ quan có số liệu",
    "official": "cơ quan nhà nước khác",
    "press": "báo chí, nguồn khác",
    "reprint": "đăng lại",
}
"""How official a claim is, most first."""
