"""Where a text speaks of the whole country without naming it: "63 tỉnh, thành phố", "các bộ, ngành"; or of the world."""

from __future__ import annotations

import re

from models.bodies.roles import scale_of
from models.sought import Sought
from models.text import Span

_NATIONAL = re.compile(
    r"\b(?:cả nước(?! (?:này|bạn))|toàn quốc|(?:tầm|bình diện|phạm vi|quy mô) quốc gia"
    r"|các bộ,? ngành,? (?:tỉnh|địa phương|cơ quan)|các bộ, cơ quan|tỉnh, thành phố trực thuộc"
    r"|địa phương trên cả nước|các tỉnh, thành(?: phố)?|khối bộ|(?<!ở )(?<!tại )(?<!cho )(?<!vào )thị trường trong nước"
    r"|(?<![/\d])63 tỉnh|(?<![/\d])34 tỉnh|63/63|34/34|bộ, ngành, địa phương)\b"
)
# What each of these ways begins with.
_NATIONAL_SIGNS = Sought(
    "cả nước", "toàn quốc", "tầm quốc gia", "bình diện quốc gia", "phạm vi quốc gia", "quy mô quốc gia",
    "các bộ", "tỉnh, thành phố", "địa phương trên", "các tỉnh, thành", "khối bộ",
    "thị trường trong nước", "63 tỉnh", "34 tỉnh", "63/63", "34/34", "bộ, ngành",
)  # fmt: skip

# What the government decides is of the country, also in an article on a company or on a land abroad.
_DECIDES = re.compile(
    r"\bthủ tướng (?:chính phủ )?(?:đã |vừa )?(?:ký|phê duyệt|ban hành) (?:ban hành )?(?:quyết định|nghị quyết|chỉ thị|chiến lược|đề án)"
    r"|\d/qđ-ttg\b|\d/nq-cp\b|\d/nq-tw\b"
)
WORLD = "Thế giới"
_WORLD = re.compile(
    r"(?:(?:trên|khắp) (?:toàn )?(?:thế giới|cầu)|(?<!chính )toàn cầu|toàn thế giới|thế giới(?= (?:hiện |đã )?(?:có|ghi nhận)\b)"
    r"|(?:trung bình|bình quân)(?: của)? thế giới)(?!\w)"
)
_WORLD_SIGNS, _LEAD = Sought("thế giới", "toàn cầu"), 24
# What is only called by the world: "chỉ số đổi mới sáng tạo toàn cầu", "hàng đầu trên thế giới".
_CALLED_BY_IT = re.compile(
    r"\b(?:chỉ số|xếp hạng|bảng|báo cáo|diễn đàn|hàng đầu|lớn|nhất|nhì|thứ|hạng|top|tốp|công dân|chuỗi|tiêu chuẩn|mạng lưới|giải|quỹ|hãng"
    r"|tập đoàn|cung ứng|liên minh|tổ chức|doanh nghiệp|công ty|biến động|hội nhập)\b[^,;.:()\n]{0,40}$"
)


def find_world(lower: str) -> list[Span]:
    """Where a text speaks of the whole world, and not only of what is ranked or called by it."""
    found = dict.fromkeys(
        match.span()
        for start in _WORLD_SIGNS.starts_in(lower)
        if (match := _WORLD.search(lower, max(0, start - _LEAD), start + _LEAD))
    )
    return [span for span in found if not _CALLED_BY_IT.search(lower, max(0, span[0] - 50), span[0])]


def find_national(lower: str) -> list[Span]:
    """Where a text speaks of the whole country without naming it, and does not only measure by it."""
    return [span for span in _national_spans(lower) if not scale_of(lower, span[0])]


def _national_spans(lower: str) -> list[Span]:
    """As _NATIONAL.finditer, stretches within others included."""
    found = (_NATIONAL.match(lower, start) for start in _NATIONAL_SIGNS.starts_in(lower))
    return [match.span() for match in found if match]


def is_decided_by_government(lower: str, start: int, stop: int) -> bool:
    """Whether a stretch of text tells of a decision of our government: "Thủ tướng đã ký Quyết định 1018"."""
    return _DECIDES.search(lower, start, stop) is not None
