"""What a law or a contract sets, and no statistic tells: rates of tax, fines, limits, the numbers of a list's points."""

from __future__ import annotations

import re

from models.records import Number

# "thuế suất 8%", "thuế nhập khẩu ô tô về 0%", "bậc thuế 35%"; "thuế thu được tăng 8%" tells of what was taken.
_TAX = re.compile(
    r"\b(?:thuế suất|bậc thuế|mức thuế)(?!\s(?:thực|bình quân))(?:\s(?!đạt|chiếm|tăng|giảm|thu)[^\W\d]+){0,7}\s$"
    r"|\bthuế (?:nhập khẩu|xuất khẩu|gtgt|giá trị gia tăng|vat|tiêu thụ đặc biệt)(?:\s(?!đạt|chiếm|tăng|thu|bằng)[^\W\d]+){0,6}"
    r"\s(?:về|còn|xuống|ở mức|là|xuống còn)\s$"
)
_TAX_BEHIND = re.compile(r"\s(?:thuế )?(?:vat|gtgt|giá trị gia tăng)\b")
_WITH_TAX = re.compile(r"\b(?:gồm|kể cả|tính|cộng|thêm|trừ)\s$")
_RULE = r"\b(?:luật|bộ luật|nghị định|thông tư|pháp lệnh|dự thảo|quy định|quy chế|chế tài)\b"
# A fine that is threatened, not one that was paid.
_FINE = re.compile(
    r"\bphạt(?: tiền| hành chính| vi phạm)?(?: ở)?(?: mức)?(?: tối đa| tối thiểu| cao nhất| từ| tới| đến| lên tới| lên đến| là)*"
    r"\s(?:[\d.,]+ ?%?(?: triệu| tỷ)?(?: đồng)?\s(?:đến|tới|-|–)\s)?$"
)
_FOR_OFFENCES = re.compile(r"[^.;]{0,40}\b(?:vi phạm|hành vi|đối với|nếu|cá nhân|tổ chức)\b")
_NAMES_RULE = re.compile(_RULE)
_OFFENCES_BEFORE = re.compile(r"\bmức phạt\b[^.;]*\bkhông quá\s$")
# "ngưỡng doanh thu nâng từ 100 triệu đồng lên 200 triệu đồng", "hạn mức giao dịch 10 triệu đồng/tháng"
_LIMIT = re.compile(
    r"(?<!dưới )(?<!vượt )\b(?:ngưỡng (?:doanh thu|chịu thuế|thu nhập|miễn thuế)|hạn mức (?:giao dịch|chuyển|thanh toán|rút|nạp)"
    r"|(?:áp|mức) trần|mức giảm trừ)\b[^.;]{0,60}$"
)
# "Luật cho phép nhà đầu tư nước ngoài sở hữu tới 100% vốn", "được miễn thuế 4 năm, giảm 50%"
_GRANTED = re.compile(
    _RULE + r"[^.;]{0,120}\b(?:cho phép|miễn thuế|được miễn|được hưởng|ưu đãi|giới hạn)\b[^.;]{0,50}$"
)
# "giao dịch trên 10 triệu đồng phải xác thực"
_MUST = re.compile(r"(?:/\w+|\strở lên|\smột (?:lần|ngày)|\smỗi (?:lần|ngày))*\s(?:phải|buộc phải|bắt buộc)\b")
_OVER = re.compile(r"\b(?:trên|hơn|từ|quá)\s$")
_POINT = re.compile(r"(?:^|[;:,.]|\svà|\n)\s*\($")
_LAST_POINT = 30
_MONEY = frozenset(("vnd", "usd"))
_REACH = 180
"""Characters before a number in which the rule is named."""


def is_set_by_rule(lower: str, sentence_start: int, number: Number) -> bool:
    """Whether a share or a sum is a rate, a fine or a limit that somebody has set."""
    is_share = number.unit == "percent"
    if not is_share and number.unit not in _MONEY:
        return False
    left = lower[max(sentence_start, number.start - _REACH) : number.start]
    if is_share and "thu" in left and _TAX.search(left):
        return True
    if is_share and _TAX_BEHIND.match(lower, number.end) and _WITH_TAX.search(left):
        return True
    if "phạt" in left and (_FINE.search(left) or _OFFENCES_BEFORE.search(left)):
        return _NAMES_RULE.search(left) is not None or _FOR_OFFENCES.match(lower, number.end) is not None
    if ("ngưỡng" in left or "mức" in left or "trần" in left) and _LIMIT.search(left):
        return True
    if is_share and _GRANTED.search(left):
        return True
    return not is_share and _MUST.match(lower, number.end) is not None and _OVER.search(left) is not None


def numbers_a_point(lower: str, sentence_start: int, number: Number) -> bool:
    """Whether a number only numbers a point of a list: "gồm: (1) hạ tầng; (2) nhân lực"."""
    if number.value > _LAST_POINT or lower[number.end : number.end + 2] != ") ":
        return False
    return _POINT.search(lower, max(sentence_start, number.start - 4), number.start) is not None
