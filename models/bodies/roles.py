"""What a named body does in its sentence: the figure's subject, or its source, a term of comparison, a place around it."""

from __future__ import annotations

import re
from typing import Literal

from models.bodies.addresses import PLACES, only_belongs, only_leads_there, only_tells_the_time
from models.bodies.known import agencies_with_own_work
from models.vocabulary import last_words, longest_suffix, words

Role = Literal["subject", "source", "compared", "scale", "within"]
"""source: says it, or is worked with. compared: "kém Huế". scale: "thứ ba cả nước". within: "xã Ia Ly (Gia Lai)"."""

_ACCORDING = re.compile(r"\s*(?:cũng\s+)?(?:theo|dẫn|trong báo cáo|tại báo cáo|tại hội nghị|phát biểu)\b")
_SAYS = re.compile(
    r",?\s*(?:\([^)]*\)\s*)?(?:đã\s+|vừa\s+|cũng\s+|lại\s+)*(?:cho biết|cho hay|thông tin|báo cáo|đánh giá"
    r"|nhận định|dự báo|đặt ra|đề ra|khẳng định|lưu ý|yêu cầu|đề nghị"
    r"|ước tính|thông báo|nêu|phát biểu|chủ trì|khuyến cáo|cảnh báo|cho thấy"
    r"|(?:công bố|thống kê|giao|chấm|hướng dẫn)(?!\s+(?:hơn |gần |trên |khoảng )?(?:\d|cắt giảm|bãi bỏ|đơn giản)))\b"
)
# What institutes, associations and companies say of others: "Hiệp hội Blockchain gửi phiếu tới 900 doanh nghiệp".
_ASKS_OTHERS = re.compile(
    r",?\s(?:đã |vừa |cũng |từng )*(?:cho rằng|nhận xét|phân tích|lý giải|thừa nhận|gửi phiếu|phỏng vấn|khảo sát|thăm dò|hỏi|thử tính)\b"
)
_OF_NO_PLACE = ("company", "association", "other")
_INSTITUTES = ("đại học", "trường", "học viện", "viện ")
# What a ministry or department tells of the country or the province: "Bộ Y tế ghi nhận 8.652 ca".
_TELLS = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:đã\s+|vừa\s+|cũng\s+)*(?:ghi nhận|đặt (?:ra )?(?:mục tiêu|chỉ tiêu|yêu cầu))\b"
)
_CARRIES_OUT = re.compile(r"\s+(?:[^\W\d_]+\s)?(?:tiến hành|thực hiện|tổ chức|công bố|phát hành)\b")
# What others use: "phần mềm do Ngân hàng Hợp tác hỗ trợ".
_PROVIDES = re.compile(r"\s+(?:hỗ trợ|tài trợ|cung cấp|phát triển|xây dựng|vận hành|thực hiện)\b")
# "Bộ Nội vụ tổ chức hội nghị về dữ liệu": what is told there is of the country.
_HOLDS_MEETING = re.compile(
    r"\s+(?:\([^)]*\)\s+)?(?:đã |vừa )?(?:(?:phối hợp|cùng)[^.;\n]{0,60} )?(?:tổ chức|chủ trì|khai mạc|dự)\s(?:[^\W\d_]+\s){0,2}?"
    r"(?:hội nghị|hội thảo|tọa đàm|họp|cuộc họp|buổi họp|phiên họp|diễn đàn|giao ban|sơ kết|tổng kết|lễ công bố|buổi làm việc)\b"
)
# "nhờ nâng cấp hạ tầng của Tổng cục Thuế": who only helped.
_THANKS_TO = re.compile(r"\bnhờ\s[^,;.:()\n]{2,60}\scủa\s$")
_WITH_THOSE_OF = re.compile(
    r"\b(?:phối hợp|hợp tác|liên kết|làm việc)(?: chặt chẽ)?(?: cùng)? với (?:các |lực lượng |cơ quan |chức năng |đơn vị |đối tác |phía "
    r"|chính quyền |doanh nghiệp |công ty |của |nước bạn )+$"
)
# Whose man it is that speaks: "Phó tổng giám đốc …", "Người phát ngôn của …".
_OFFICER = re.compile(
    r"\b(?:giám đốc|(?<!tăng )trưởng(?: phòng| ban| khoa| bộ phận| đại diện| nhóm)?|chủ tịch|tổng thư ký|thống đốc|chánh văn phòng"
    r"|chánh án|ceo|cto|người phát ngôn|phát ngôn viên|người đại diện|nhà sáng lập|sáng lập|lãnh đạo|phóng viên|pv|(?<!\d )chuyên gia"
    r"|huấn luyện viên|hlv)(?: (?:của|phụ trách|điều hành|cấp cao|tại|kinh doanh|kỹ thuật|công nghệ|marketing|truyền thông|hãng|công ty"
    r"|ngân hàng|đội|đội tuyển|quỹ))*\s$"
)
# What _OFFICER ends in, for a quick no.
_OFFICER_ENDS = frozenset((
    "đốc", "trưởng", "phòng", "ban", "khoa", "phận", "diện", "nhóm", "tịch", "ký", "án", "ceo", "cto", "ngôn", "viên", "lập", "đạo", "pv",
    "gia", "hlv", "của", "trách", "hành", "cấp", "cao", "tại", "doanh", "thuật", "nghệ", "marketing", "thông", "hãng", "ty", "hàng", "đội",
    "tuyển", "quỹ",
))  # fmt: skip
# What a news agency does itself; else it only signs: "(TTXVN)", "Ảnh: TTXVN", "TTXVN Vụ 5 người …".
_ACTS = re.compile(
    r"\s(?:có|đã|đạt|hiện có|đang có|sẽ|ra mắt|khai trương|phát sóng|xuất bản|tổ chức|triển khai|đứng|xếp|dẫn đầu|là|vận hành"
    r"|cung cấp|số hóa)\b"
)
# What is done to a company: "thương vụ mua Uber".
_OF_THOSE = ("các", "lượng", "quan", "năng", "vị", "tác", "phía", "quyền", "nghiệp", "ty", "của", "bạn")
_BUYS = ("mua", "lại", "tóm", "kiện", "thủ")
_BOUGHT = re.compile(r"\b(?:mua|mua lại|thâu tóm|kiện|đối thủ)\s$")
_SURVEY = re.compile(r"(?:khảo sát|thống kê|báo cáo|đánh giá|kiểm tra)\s$")
_DATELINE = re.compile(r"ngày [\d/-]+,? (?:tại|ở) (?:tp\.? |thành phố |tỉnh )?$")
# An agency's dateline: "Hà Nội (16/7) - …", "Hà Nội (TTXVN, 16/7) - …".
_FILED = r"(?:[, ]+ngày |[, ]+)?\d{1,2}/\d{1,2}(?:/\d{4})?\)\s?[-–:]"
_FILED_FROM, _FILED_BY = re.compile(rf"\s?\((?:[^\W\d]+)?{_FILED}"), re.compile(_FILED)
_REPORT_OF = re.compile(
    r"(?:báo cáo|thống kê|số liệu|khảo sát|tổng hợp|công bố|đánh giá|kết quả|ước tính|đo đạc|điều tra)"
    r"[^.;\n]{0,50}\bcủa\s+(?:tỉnh\s+|ubnd\s+)*$"
)
# "Theo ông Lê Tư, Trưởng ban Pháp chế của VCCI, …": where he works.
_AS_HE_SAYS = re.compile(r"\btheo (?:ông|bà|anh|chị|đồng chí|ts\.?|pgs\.?(?:ts)?) [^,.;\n]{3,40}, [^,.;\n\d]{3,60}\s$")
# "đại diện các đơn vị thuộc Bộ Tài chính và 300 đại biểu": who came.
_GUEST = re.compile(
    r"\b(?:đại diện|lãnh đạo|đồng chí|thành viên)\s"
    r"(?:(?:các|một số|nhiều|lãnh đạo|đơn vị|cơ quan|vụ|cục|ban|phòng|chức năng|liên quan|và|,) ?){1,8}"
    r"(?:thuộc|của)\s$"
)
_COMPARED = re.compile(
    r"\b(?:so với|hơn|kém|thua|sau|vượt|vượt qua|bỏ xa|trên|trước|gấp (?:rưỡi|đôi|ba|nhiều lần|[\d,]+ lần)"
    r"|tương đương(?: với)?|ngang(?: bằng)?(?: với)?"
    r"|bằng (?:(?:chưa đến|chưa tới|khoảng|gần|hơn|một) )?(?:nửa|phân nửa|phần \w+|\d+/\d+|[\d,]+%|\w+ phần \w+)(?: của| so với)?)"
    r"\s+(?:cả\s+)?(?:(?:dân số|diện tích|quy mô|gdp|mức)\s+(?:của\s+)?)?(?:tỉnh\s+|thành phố\s+)?$"
)
# Each way begins with a letter of its own, which a search can skip to; so do the ranks.
_COMPARED_ALL = re.compile(
    r"(?:s(?<!\ws)o với|h(?<!\wh)ơn|k(?<!\wk)ém|b(?<!\wb)ằng|v(?<!\wv)ượt|t(?<!\wt)(?:ương đương|rên (?:mức|trung bình|bình quân))"
    r"|d(?<!\wd)ưới (?:mức|trung bình|bình quân))\b[^,;.:()\n]{0,30}$"
)
_RANKS = (
    r"(?:t(?<!\wt)(?:hứ|ốp|op)|h(?<!\wh)ạng|v(?<!\wv)ị trí|n(?<!\wn)(?:hất|hì|hóm)|d(?<!\wd)ẫn đầu|đ(?<!\wđ)ứng đầu"
    r"|c(?<!\wc)uối bảng)\b"
    r"(?:[^,;.:()\n]|, (?=thị|thành|huyện|xã|phường|ngành)){0,40}"
)
_RANKED = re.compile(rf"{_RANKS}$")
_RANKED_IN = re.compile(rf"{_RANKS}\b(?:của|trong|toàn|trên địa bàn|cả)\s+(?:tỉnh\s+|thành phố\s+)?$")
# "xếp hạng về nộp thuế của Việt Nam là 86/190": it is ranked itself.
_ITS_RANK = re.compile(
    r"\b(?:(?<!bảng )xếp|thứ) hạng (?:(?!(?:nhất|nhì|ba|cao|đầu|dẫn|thứ|trong)\b)[^\W\d_]+ ){0,9}của $|\bvị trí của $"
)
# "chiếm 9% dân số cả nước": of what it is a share.
_SHARE_OF = re.compile(r"\bchiếm\s(?:tỷ (?:trọng|lệ) )?(?:hơn |gần |trên |khoảng )?[\d,.]+%\s(?:[^\W\d_]+\s){0,5}$")
# What _RANKED_IN and _COMPARED end in, for a quick no.
_INSIDE = ("của", "trong", "toàn", "bàn", "cả", "tỉnh", "phố")
_THAN = (
    "với", "hơn", "kém", "thua", "sau", "vượt", "qua", "xa", "trên", "trước", "cả", "tỉnh", "phố", "rưỡi", "đôi", "ba", "lần", "đương",
    "ngang", "bằng", "nửa", "của", "số", "tích", "mô", "%", "mức", "hai", "tư", "năm", "mười", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    "0",
)  # fmt: skip
# Whose the portal is on which somebody else works: "trên Cổng dịch vụ công của tỉnh".
_TOOL_OF = re.compile(
    r"\b(?:trên|qua|vào|lên) (?:cổng|hệ thống|trục|nền tảng|phần mềm|trang|ứng dụng|kho)\b[^,;.:()\n]{0,40} của (?:tỉnh|thành phố)?\s*$"
)
_TOOL_NAMED_FOR = re.compile(
    r"\b(?:trên|qua|vào|lên) (?:cổng|trang|hệ thống|ứng dụng)(?: (?:dịch vụ công|thông tin|điện tử|trực tuyến|một cửa)){1,3}\s$"
)
_HOLDS = (" có ", " đã ", " tiếp nhận ")
_PAPERS = ("báo", "tạp chí", "chuyên trang")
_WHOSE = ("của", "của tỉnh", "của thành phố")
_AVERAGE = ("trung bình ", "bình quân ", "trung bình của ", "bình quân của ")
"""What is before a part of the world where only one figure of it is compared with."""
_AT = ("tại", "ở", "phố", "tỉnh", "tp", "tp.")
# What was merged into the one that is spoken of: "thành lập trên cơ sở nhập các xã Nậm Pung, Bản Xèo".
_MERGED = re.compile(
    r"\b(?:(?:cơ sở|từ|do)\s(?:việc\s)?(?:sáp\s)?(?:nhập|hợp nhất|sắp xếp)|(?:nhập|hợp nhất)\s(?:từ|toàn bộ|nguyên trạng|các|hai|ba|\d+)"
    r"(?:\s(?:xã|phường|thị trấn|tỉnh|huyện|thị xã|thành phố|đơn vị))?)\s(?:(?!(?:vào|thành|lấy tên|mang tên)\s)[^.;:\n])*$"
)
_FARTHEST_MERGED, _FARTHEST_OPENING = 140, 300
_MERGING = ("commune", "district", "province")
_SAYERS = ("ministry", "department", "company", "association")
_REPORTERS = (*_SAYERS, "other")
# What _REPORT_OF ends in, and the words before a source or its officer.
_REPORTED = ("của", "tỉnh", "ubnd")
_BEFORE_SOURCE = _OFFICER_ENDS | last_words("claims.source") | {"tỉnh", "phố", "ubnd", "thuộc"}


_OVERSEERS = ("Cục ", "Ngân hàng Nhà nước")
_IS_MEASURED = re.compile(
    r"\s?(?:việt nam )?(?:\(?\d|(?:vẫn |tiếp tục |cũng |đã |hiện |cùng |mới |chỉ )*(?:đứng|xếp|dẫn|đạt|có tỷ lệ|có chỉ số|được \d|là \d))"
)


def role_of(lower: str, start: int, end: int, kind: str) -> Role:
    """What the body named in a stretch of a text does there."""
    if kind == "country":
        return scale_of(lower, start) or ("within" if only_tells_the_time(lower, start) else "subject")
    if kind == "continent" and (
        lower.endswith(_AVERAGE, 0, start) or _COMPARED_ALL.search(lower, max(0, start - 50), start)
    ):
        return "source"
    if kind in ("abroad", "continent") and only_belongs(lower, start):
        return "within"
    if kind == "own":
        if lower.startswith("của", start) and _TOOL_OF.search(lower, max(0, start - 60), start + 4):
            return "within"
        return scale_of(lower, start) or (
            "source" if _asks(lower, start, end) or _aims(lower, start, end) else "subject"
        )
    led = lower[max(0, start - 16) : start].rstrip()
    if kind == "province" and led.endswith(_WHOSE) and _TOOL_OF.search(lower, max(0, start - 60), start):
        return "within"
    if kind == "ministry" and (led.endswith(_PAPERS) or _only_names_a_tool(lower, start, end)):
        return "within"
    if led.endswith(_INSIDE) and _RANKED_IN.search(lower, max(0, start - 60), start):
        return "scale"
    if led.endswith(_THAN) and _COMPARED.search(lower, max(0, start - 40), start):
        return "compared"
    if kind == "province" and _FILED_FROM.match(lower, end):
        return "within"
    if led.endswith("(") and _FILED_BY.match(lower, end):
        return "within" if kind == "province" else "source"
    if kind == "province" and led.endswith(_AT) and _DATELINE.search(lower, max(0, start - 24), start):
        return "within"
    if kind in PLACES and only_leads_there(lower, start, end):
        return "within"
    if led.endswith(_BUYS) and kind in ("company", "other") and _BOUGHT.search(lower, max(0, start - 14), start):
        return "compared"
    if led.endswith(_OF_THOSE) and _WITH_THOSE_OF.search(lower, max(0, start - 60), start):
        return "source"
    if kind in ("ministry", "department") and _HOLDS_MEETING.match(lower, end):
        return "source"
    if led.endswith(" của") and kind != "own" and _THANKS_TO.search(lower, max(0, start - 80), start):
        return "within"
    if kind in _MERGING and _is_merged(lower, start):
        return "source"
    if kind in _OF_NO_PLACE and _asks_others(lower, start, end):
        return "within"
    if _is_led_as_source(lower, start, led) or _says(lower, start, end, kind, led):
        return "source"
    return "subject"


def _only_names_a_tool(lower: str, start: int, end: int) -> bool:
    """Whether a ministry's name is that of the portal where things are done: "nộp trên Cổng dịch vụ công Bộ Công an"."""
    return not lower.startswith(_HOLDS, end) and _TOOL_NAMED_FOR.search(lower, max(0, start - 60), start) is not None


def _asks_others(lower: str, start: int, end: int) -> bool:
    """Whether an institute only asks others, reckons, or is where the one works who speaks: "(Học viện Tài chính)"."""
    if _ASKS_OTHERS.match(lower, end):
        return True
    if not lower.startswith(_INSTITUTES, start):
        return False
    in_brackets = lower.startswith(")", end) and lower.endswith("(", 0, start)
    return in_brackets or (lower.endswith("do ", 0, start) and _CARRIES_OUT.match(lower, end) is not None)


def _is_merged(lower: str, start: int) -> bool:
    """Whether a place is named as a part of what was merged."""
    first = max(0, start - _FARTHEST_MERGED)
    before = lower[first:start]
    speaks = "nhập" in before or "hợp nhất" in before or "sắp xếp" in before
    return speaks and _MERGED.search(lower, first, start) is not None


def signs(lower: str, start: int, end: int) -> bool:
    """Whether a news agency only signs what it tells, or its picture."""
    return not _ACTS.match(lower, end) or lower.endswith(("ảnh: ", "nguồn: ", "theo ", "(", "/", "- "), 0, start)


def oversees(name: str, lower: str, end: int) -> bool:
    """Whether a central agency only counts what it oversees: "Cục Viễn thông đã thu hồi 2 triệu SIM" is of the country.

    Not where it is ranked or measured itself, nor one that tells of its own work.
    """
    overseer = name.startswith(_OVERSEERS) and name not in agencies_with_own_work()
    return overseer and not _IS_MEASURED.match(lower, end)


def scale_of(lower: str, start: int) -> Role | None:
    """How "cả nước" only measures another's figure: "thứ ba cả nước", "cao hơn mức của tỉnh"; None where it does not."""
    if _RANKED.search(lower, max(0, start - 60), start):
        itself = lower.startswith("việt nam", start) and _ITS_RANK.search(lower, max(0, start - 80), start)
        return None if itself else "scale"
    if lower.startswith(("cả nước", "toàn quốc"), start) and _SHARE_OF.search(lower, max(0, start - 70), start):
        return "scale"
    return "compared" if _COMPARED_ALL.search(lower, max(0, start - 50), start) else None


def _asks(lower: str, start: int, end: int) -> bool:
    """Whether "Sở" or "Bộ" is the one that asks others: "qua khảo sát của Sở"."""
    return lower.endswith(("sở", "bộ"), start, end) and _SURVEY.search(lower, max(0, start - 24), start) is not None


def _aims(lower: str, start: int, end: int) -> bool:
    """Whether "Bộ" sets the country a target: "Bộ đặt chỉ tiêu 80% dân số có hồ sơ sức khỏe"."""
    return lower.endswith("bộ", start, end) and _TELLS.match(lower, end) is not None


def _is_led_as_source(lower: str, start: int, led: str) -> bool:
    """Whether the words before a name make it a source or a companion, not the subject; `led` are the nearest of them."""
    if not led or led.split()[-1] not in _BEFORE_SOURCE:
        return False
    before = lower[max(0, start - 40) : start].replace("tỉnh ", "").replace("thành phố ", "").replace("ubnd ", "")
    tokens = before.split()[-4:]
    if tokens and tokens[-1] in ("thuộc", "của") and _GUEST.search(lower, max(0, start - 80), start):
        return True
    if tokens and tokens[-1] in _OFFICER_ENDS and _OFFICER.search(lower, max(0, start - 60), start):
        return True
    return longest_suffix(tokens, words("claims.source")) is not None


def _says(lower: str, start: int, end: int, kind: str, led: str) -> bool:
    """Whether a body is the one that says or asks: "Bộ Nội vụ cho biết …"; or stands in the "theo …" that opens a sentence."""
    if _SAYS.match(lower, end):
        return True
    if kind in _REPORTERS and led.endswith(_REPORTED) and _REPORT_OF.search(lower, max(0, start - 80), start):
        return True
    if kind in ("company", "other") and lower.endswith("do ", 0, start) and _PROVIDES.match(lower, end):
        return True
    if kind in _SAYERS and _CARRIES_OUT.match(lower, end) and lower.endswith("do ", 0, start):
        return True
    if kind in ("ministry", "association") and _TELLS.match(lower, end):
        return True
    if kind in _REPORTERS and lower.startswith(",", end) and _AS_HE_SAYS.search(lower, max(0, start - 120), start):
        return True
    first = max(0, start - _FARTHEST_OPENING)
    opening = max(lower.rfind(". ", first, start), lower.rfind("\n", first, start), lower.rfind("; ", first, start))
    if opening < 0 < first:
        return False
    return _ACCORDING.match(lower, opening + 1) is not None and "," not in lower[opening + 2 : start].replace(
        ", thể thao", ""
    )
