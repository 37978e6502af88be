"""Which numbers are figures: a schedule, one single thing or the scope of another figure is none."""

from __future__ import annotations

import re

from models.numbers.bare import with_named_unit, with_unit
from models.numbers.meant import HONOURED, is_first_of_list, is_thanked, says_which
from models.numbers.parts import is_whole
from models.numbers.set_by_rule import is_set_by_rule, numbers_a_point
from models.numbers.sharing import share_in_sentence, with_totals
from models.numbers.units import is_pointed_at
from models.records import Number
from models.vocabulary import any_of, words

_SAID_ABOVE = (" nói trên", " kể trên", " nêu trên")
_OTHER_NEWS = (">>", "»")
_FIXED_UNITS = frozenset(("percent", "percentage_point", "vnd", "usd", "point", "rank", "times", "bậc"))
# A stretch of time is a figure where something takes it, and none where something is planned.
_TIME_TAKEN = re.compile(
    r"thời gian(?! lưu trú)|quy trình|số giờ|(?<!suất )(?<!gửi )tiết kiệm|trả (?:lời )?kết quả|gói gọn|\bchờ\b"
    r"|rút ngắn|gián đoạn|rút từ|xuống còn|giảm từ|còn lại|trung bình|bình quân|thay vì|trước đây|trước kia|trước hạn|cắt giảm"
    r"|\b(?:giảm|cắt)(?: được| bớt| thêm| tối thiểu| ít nhất)? $|sớm hơn|chậm hơn|giảm xuống|vòng đời"
    r"|chu kỳ (?:thay|đổi|sửa|bảo dưỡng)|so với (?:gần|hơn)?"
)
_PLANNED = re.compile(
    r"(?<!chỉ )(?<!trung bình )(?<!bình quân )(?:trong|sau|suốt|trước|qua|vòng|mỗi|hơn|từng|gần)\s+(?:\w+\s+)?$"
)
# A term that runs from a day: "không quá 9 tháng kể từ ngày phê duyệt"; how long one studies, or sits.
_TERM = re.compile(
    r"\s(?:kể )?từ (?:ngày|khi) (?:được )?(?:phê duyệt|ký|ban hành|có hiệu lực|khởi công|công bố|giao|thành lập)\b"
    r"|\s(?:kinh nghiệm|công tác|tù|tuổi nghề|liên tiếp|liền)\b"
)
_COURSE = re.compile(
    r"\b(?:đào tạo|khóa học|chương trình học|theo học|bảo hành|án|phạt|tù)\b(?:(?!giảm|rút|xuống|còn|từ )[^.;,]){0,20}$"
)
_CLOCK_RANGE = re.compile(r"(?<!chỉ )(?<!còn )\btừ\s$")
_CLOCK = re.compile(r"(?:từ|đến|lúc|hồi)\s+(?:\w+\s+)?$")
_CLOCK_UNITS = ("giờ", "h", "tiếng", "năm", "tháng", "tuần", "quý")
_FALLS = re.compile(
    r"(?:\slàm việc|/năm)?(?:\s\([^()]{0,20}\))?,?\s(?:(?:nay |giảm |chỉ |rút )?(?:xuống|còn)|thay vì|so với)\b"
)
_FALLEN = re.compile(
    r"(?:\bxuống|\b(?:ngày|giờ|phút|ngày làm việc|chỉ|nay|rút|đa|giảm) còn|\bthay vì|/năm (?:\([^()]{0,20}\) )?còn)"
    r"\s(?:còn\s|chỉ còn\s)?(?:dưới|khoảng|tối đa|không quá|gần|hơn)?\s?$"
)
_CALENDAR = re.compile(r"năm|tháng|quý|tuần|thập kỷ|thế kỷ")
_PASSED = re.compile(r"\s(?:đầu|cuối|qua|tới|sau|trước(?!\s(?:đây|kia|khi)))\b|:")
_SHORTENED = re.compile(r"(?:giảm|rút ngắn|rút|kéo dài|tăng|cắt giảm|xuống|từ \d+ (?:ngày|giờ|phút))[^.;]{0,30}$")
# Whose figure it is, not the figure: "báo cáo của 193 quốc gia".
_SCOPE = re.compile(r"(?:\bcủa|\btrong(?:\s+tổng)?(?:\s+số)?|\bgiữa)\s+(?:hơn\s+|gần\s+|khoảng\s+|cả\s+)?$")
# All provinces are no count of any, unless so many things were put there, nor are the places where people were asked.
_WHERE, _ALL_PROVINCES = re.compile(r"(?:^|[;,.])[^;,.\d]*\b(?:tại|ở)(?: cả| khắp| đủ)?\s$"), (63, 34)
_ASKED_WHERE = re.compile(
    r"\b(?:phiếu|ngẫu nhiên|ý kiến|phỏng vấn)\b[^.;]{0,40}\b(?:tại|ở)\s(?:\d+ [^.;,\d]{2,14}(?:, [^.;,\d]{2,10})?(?:, | và ))?$"
)
# "là một trong số 17 tỉnh được phủ sóng" says how many there are.
_ONE_OF = re.compile(r"\b(?:một|tiếp theo|nằm|thuộc) trong số\s$")
_ONLY = re.compile(r"\b(?:chỉ có|chỉ còn|mới có|đúng)\s0?$|(?:còn|xuống)\s0?$|\d[\w\s,]{3,60}(?:,|\svà)\s$")
_SCOPE_UNIT = re.compile(r"(?:quốc gia|nước|tỉnh|thành phố|bộ|địa phương|vùng)\b")
_DISTRICTS = ("quận", "huyện", "xã", "phường")
_LARGEST_SCOPE = 1000
# "Trong 8 lĩnh vực đánh giá, tỉnh có …", "là một trong 3 đô thị": out of how few the figure is.
_OUT_OF_FEW, _FEW = re.compile(r"\btrong(?: số| tổng số)?\s$"), 15
# Who has to act, or what a share is of: "đơn vị dưới 70 điểm phải giải trình", "35% chỉ có không quá 5 người".
_THRESHOLD = re.compile(r"(?:\strở lên|\strở xuống)?(?:\s[^\W\d_]+){0,5}\s(?:phải|thì|sẽ bị)\b")
# Of a share only where nobody is named behind it: "dưới 10% người bệnh phải dùng giấy" states something.
_THRESHOLD_OF_SHARE = re.compile(
    r"(?:\s(?:số )?(?:điểm|kế hoạch|chỉ tiêu|mức)(?:\s[^\W\d_]+){0,2})?(?:\strở lên|\strở xuống)?\s(?:phải|thì|sẽ bị)\b"
)
_A_YEAR_OR_LESS = re.compile(r"/(?:năm|tháng) trở (?:lên|xuống)(?:\s[^\W\d_]+){0,5}\s(?:phải|thì|sẽ bị)\b")
# What the law takes: "nộp theo tỷ lệ 1,5% trên doanh thu", "thuế suất 8%".
_TAXED_AT = re.compile(r"\b(?:nộp|tính|đóng|trích)(?: [^\W\d]+){0,3} theo tỷ lệ\s$")
_FROM_OR_UNDER = re.compile(r"\b(?:dưới|từ|trên)\s$")
_BOUNDED = frozenset(("under", "at_least", "at_most"))
_SHARE_BEFORE = re.compile(r"\d%[^.;,]{0,40}$")
_FURNITURE = re.compile(
    rf"(?<!\w)(?:{any_of('before.furniture')})(?:\s(?:hôm nay|hôm qua|trong ngày|trong tuần|trong tháng))?\s?:"
)
# What points are given out of: "thang 100 điểm", "mỗi nội dung chấm từ 1 đến 10 điểm", "tối đa 80 điểm".
_SCALE_OF_POINTS = re.compile(
    r"\bthang(?: điểm)?(?: là| tối đa)?\s$|\b(?:chấm|tính)(?: điểm)? (?:theo|trên|từ)(?: thang)?\s$|\bđiểm tối đa(?: là)?\s$"
)
# What an index is made of: "bộ chỉ số gồm 8 chỉ số chính, 98 chỉ số thành phần".
_PART_OF_INDEX = re.compile(r"(?:chỉ số|tiêu chí|trụ cột|lĩnh vực nội dung|nội dung)\b")
_MADE_OF = re.compile(
    r"\b(?:chỉ số|index|papi|dti|sipas|bộ tiêu chí)(?:\s[^;.\d]{0,40})?\s(?:gồm|gồm có|bao gồm|có)\s"
    r"(?:\d+ [^;.\d]{2,25}(?:,\s|,? và ))?$|\bchia (?:thành|làm|theo)\s$"
)
_RESTING_ON = ("dựa trên ", "căn cứ ", "căn cứ vào ")
# "Mỗi phiếu gồm 68 câu hỏi", "thi bằng 40 câu hỏi trắc nghiệm", "luật sửa 7 luật".
_ASKED = re.compile(
    r"\b(?:mỗi (?:phiếu|đề|bài)|phiếu|đề thi|bài thi|thi|sát hạch)(?: [^\W\d]+){0,3} (?:gồm|có|bằng)\s$"
)
_AMENDS = re.compile(r"\b(?:luật|nghị định|thông tư) sửa(?: đổi)?(?:, bổ sung)?\s$")
_PAGES_OF_ONE = re.compile(r"\b(?:gồm|dày|dài|mb|kb|pdf)(?: hơn| gần| khoảng)?,?\s$")
# A shift, and how many things come first: "trực 3 ca", "100 người đầu tiên".
_SHIFT = re.compile(r"\b(?:trực|làm|chia|chia làm|chia thành|thành)\s$")
_FIRST = re.compile(r"\sđầu\stiên\b")
# What makes a small sum a figure: one of many taken together, or what people earn, spend or save.
_AVERAGED = re.compile(rf"(?<!\w)(?:{any_of('before.averaged')})(?!\w)(?:[^.;\n]|\.\d)*$")
_SMALL_SUMS = {"vnd": 1_000_000, "usd": 10_000}
_EXCHANGE = re.compile(r"\s?=\s?(?:khoảng )?[\d$]"), re.compile(r"\d\s?[a-z$]{0,4}\s?=\s?$")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d(?=\s)")
_BODIES = frozenset(("tỉnh", "tỉnh thành", "quốc gia", "nước"))
_MOST_BODIES = 200
# "139 thuê bao trên 100 dân": what the figure before it is measured by.
_PER = re.compile(r"\d\s[^\d.;,]{2,40}\s(?:trên|/)\s?$")
_CLASS_FROM, _CLASS_HAS = (
    re.compile(r"\bnhóm(?:\s[^\W\d]+){0,4}\s(?:từ|trên|dưới)\s$"),
    re.compile(r"(?:\strở (?:lên|xuống))?\s(?:có|gồm)\s"),
)
_BETWEEN = re.compile(r"\bnằm trong khoảng(?: từ)?\s(?:\d[\d,]*% (?:đến|tới) (?:dưới )?)?$")
_AGES = ("độ tuổi ", "độ tuổi từ ")
_WEATHER = "độ ẩm"
_CHIP_SIZES = frozenset(2**power for power in range(1, 11))
_STORED = re.compile(r"dung lượng|dữ liệu|lưu trữ|bình quân|băng thông")
_TIME_UNITS, _HANDED_IN, _COUNTED = words("after.time"), words("before.handed_in"), words("nouns.counted")
_SHARED_AMONG = ("dân", "người dân")
# The size of one thing: "cao 4,2 mét", "RAM 8 GB"; "tổng chiều dài 4.000 km" is a sum.
_SIZE = re.compile(
    rf"(?<!\w)(?<!chiều )(?:{any_of('before.size')})[^;.\d]{{0,14}}(?:\d[\d,]*\s?[^\W\d]{{1,3}}\s?(?:[-–]|đến)\s?)?$"
)
# The columns of a table: "168g 130g 143g".
_COLUMN = re.compile(r"\d\s?(?P<unit>[^\W\d]{1,3})\s$")
# What was seized, caught or gathered is weighed as a whole: "1.000 bánh cần sa có trọng lượng 1 tấn".
_WEIGHED, _GATHERED = (
    frozenset(("kg", "tấn", "tạ")),
    re.compile(r"\b(?:thu giữ|thu được|phát hiện|bắt|tang vật|vận chuyển|buôn lậu|ma túy|tổng|thu gom)\b"),
)
# "bưu gửi dưới 2 kg", "căn 70 m2": one of them.
_PACKED = re.compile(r"\b(?:bưu gửi|bưu kiện|kiện hàng|thùng|túi|bao)(?:\s[^\W\d]+){0,2}\s$")
_DWELLING = re.compile(r"\b(?:mỗi|tiền|mua|thuê) căn(?: hộ| nhà)?(?: rộng)?\s$")
_LOAD = re.compile(r"\b(?:xe tải|xe cẩu|xe ben|xe|container|tải trọng)\s$")
# "cách đảo Song Tử Tây khoảng 250 km", "cự ly 800 m", "tầm hoạt động 420 km".
_LENGTHS = ("km", "m", "mét")
_AWAY = re.compile(
    r"(?:(?<!cải )(?<!khoảng )(?<!phong )\bcách (?!mạng|làm|thức|ly|nhìn)"
    r"|\b(?:cự ly|nội dung|tầm bắn|tầm hoạt động|phạm vi hoạt động) )[^.;\d]{0,50}$"
)
_MEASURES = frozenset(("tấn", "tạ", "ha", "héc ta", "hecta", "gw", "mw", "gwh", "mwh", "twh", "tb", "tbps", "gbps"))
_SIZED = ("trang", "lớp", "mét", "m", "km", "kg", "g", "gb", "tb", "tấn")
_LARGEST_SIZE, _MANY = 100, 1000


def sift(lower: str, sentence_start: int, numbers: list[Number]) -> list[Number]:
    """The figures among a sentence's numbers, each with its unit; none in the headline of other news: ">> Khởi công …"."""
    if lower.startswith(_OTHER_NEWS, sentence_start):
        return []
    if any(number.unit is None for number in numbers):
        numbers = [n for n in numbers if n.unit is not None or not numbers_a_point(lower, sentence_start, n)]
        named = [with_named_unit(lower, sentence_start, number) for number in numbers]
        shared = share_in_sentence(lower, sentence_start, named)
        with_units = [with_unit(lower, sentence_start, number) for number in shared]
        numbers = [number for number in with_units if number is not None]
    return [number for number in with_totals(lower, numbers) if _is_figure(lower, sentence_start, number)]


def _is_figure(lower: str, sentence_start: int, number: Number) -> bool:
    unit = number.unit or ""
    left = lower[max(sentence_start, number.start - 70) : number.start]
    if unit == "gb" and number.value in _CHIP_SIZES and not _STORED.search(left):
        return False
    if ":" in left and _FURNITURE.search(left):
        return False
    if lower.startswith(_SAID_ABOVE, number.end):
        return False
    if unit in _TIME_UNITS:
        if _TERM.match(lower, number.end) or (_CALENDAR.fullmatch(unit) and _COURSE.search(left)):
            return False
        if number.value >= _MANY and _CALENDAR.fullmatch(unit) is None:
            return True  # 1,2 triệu giờ làm việc
        return not is_whole(number.value) or _is_time_taken(lower, left, number)
    if (unit in ("point", "điểm") and number.out_of is None and _SCALE_OF_POINTS.search(left)) or (
        unit.startswith(_SHARED_AMONG) and _PER.search(left)
    ):
        return False
    if (unit == "percent" and (_WEATHER in left or _is_class(lower, left, number))) or left.endswith(_AGES):
        return False
    if is_set_by_rule(lower, sentence_start, number) or unit.startswith("nm "):
        return False
    if unit in _SMALL_SUMS and _is_price(lower, sentence_start, left, number):
        return False
    if number.bound in _BOUNDED and _is_threshold(lower, left, number):
        return False
    if unit == "vnd" and _A_YEAR_OR_LESS.match(lower, number.end) and _FROM_OR_UNDER.search(left):
        return False
    if unit == "percent" and left.endswith("tỷ lệ ") and _TAXED_AT.search(left):
        return False
    if unit in _FIXED_UNITS or number.out_of is not None:
        return True
    if lower[number.start] == "0" and (
        unit in _HANDED_IN or (number.value_max is not None and lower[number.start + 1].isdigit())
    ):
        return False
    if says_which(lower, left, number):
        return False
    if number.value == 1 and number.value_max is None and "/" not in unit and unit not in _MEASURES:
        return _ONLY.search(left) is not None or is_first_of_list(lower, left, number)
    if number.value < _FEW and _OUT_OF_FEW.search(left):
        return False
    if _SCOPE_UNIT.match(unit) and number.value < _LARGEST_SCOPE and _SCOPE.search(left) and not _ONE_OF.search(left):
        return False
    if (_SCOPE_UNIT.match(unit) or unit.startswith(_DISTRICTS)) and _says_where(left, unit, number):
        return False
    if unit.split(" ")[0] in _SIZED and _is_size(lower, sentence_start, left, number):
        return False
    if _YEAR.match(lower, number.start) and (unit not in _COUNTED or unit in _BODIES):
        return False
    return not _counts_a_make_up(lower, left, unit, number) and not is_pointed_at(lower, number.end)


def _is_size(lower: str, sentence_start: int, left: str, number: Number) -> bool:
    """Whether a measure is that of one thing: "cao 4,2 mét", "trọng lượng 168g 130g 143g"."""
    if (column := _COLUMN.search(left)) and column["unit"] == number.unit:
        return True
    if number.unit in _LENGTHS and _AWAY.search(left):
        return True
    if number.value >= _LARGEST_SIZE and number.unit == "km":
        return False
    if (number.unit == "kg" and _PACKED.search(left)) or (number.unit == "m2" and _DWELLING.search(left)):
        return True
    if number.unit == "tấn" and _LOAD.search(left):
        return True
    if number.unit in _WEIGHED and _GATHERED.search(lower, max(sentence_start, number.start - 150), number.start):
        return False
    return _SIZE.search(left) is not None


def _is_price(lower: str, sentence_start: int, left: str, number: Number) -> bool:
    """Whether a sum is an exchange rate, or so small that only an average, an income or a saving of it would be a figure."""
    if _EXCHANGE[0].match(lower, number.end) or _EXCHANGE[1].search(left):
        return True
    if number.value >= _SMALL_SUMS[number.unit or ""] or number.out_of is not None:
        return False
    return _AVERAGED.search(lower, max(sentence_start, number.start - 150), number.start) is None


def _is_class(lower: str, left: str, number: Number) -> bool:
    """Whether a percentage bounds a class of which something is said: "nhóm đạt từ 90% trở lên có 4 bộ"."""
    return ("khoảng" in left and _BETWEEN.search(left) is not None) or (
        "nhóm" in left and _CLASS_FROM.search(left) is not None and _CLASS_HAS.match(lower, number.end) is not None
    )


def _says_where(left: str, unit: str, number: Number) -> bool:
    """Whether a count of places says no more than where something was done."""
    if _ASKED_WHERE.search(left):
        return True
    return unit.startswith("tỉnh") and number.value in _ALL_PROVINCES and _WHERE.search(left) is not None


def _is_threshold(lower: str, left: str, number: Number) -> bool:
    """Whether a bound says which ones are meant, and states nothing of anybody."""
    if number.unit in _FIXED_UNITS or number.out_of is not None:
        acts = _THRESHOLD_OF_SHARE if number.unit == "percent" else _THRESHOLD
        return _FROM_OR_UNDER.search(left) is not None and acts.match(lower, number.end) is not None
    return number.value < _FEW and _SHARE_BEFORE.search(left) is not None


def _counts_a_make_up(lower: str, left: str, unit: str, number: Number) -> bool:
    """Whether a count says what one thing is made of: an index of its parts, a text of its pages, a day of its shifts."""
    if _PART_OF_INDEX.match(unit):
        return _MADE_OF.search(left) is not None or left.endswith(_RESTING_ON)
    if unit.startswith("trang"):
        return number.value < _MANY and _PAGES_OF_ONE.search(left) is not None
    if unit.startswith(HONOURED):
        return is_thanked(lower, left, number)
    if unit.startswith("câu hỏi"):
        return _ASKED.search(left) is not None
    if unit.startswith(("luật", "nghị định", "thông tư")):
        return _AMENDS.search(left) is not None
    if unit == "ca":
        return _SHIFT.search(left) is not None
    return _FIRST.match(lower, number.end) is not None or (unit in _BODIES and number.value > _MOST_BODIES)


def _is_time_taken(lower: str, left: str, number: Number) -> bool:
    """Whether a stretch of time is what something takes, and none in which something happens."""
    if _FALLS.match(lower, number.end) or _FALLEN.search(left):
        return _CALENDAR.fullmatch(number.unit or "") is None or _TIME_TAKEN.search(left) is not None
    if (
        (number.value == 1 and number.value_max is None)
        or not _TIME_TAKEN.search(left)
        or _PLANNED.search(left)
        or _PASSED.match(lower, number.end)
    ):
        return False
    if number.value_max is not None:
        return number.unit not in ("giờ", "h") or _CLOCK_RANGE.search(left) is None
    return number.unit not in _CLOCK_UNITS or _CLOCK.search(left) is None or _SHORTENED.search(left) is not None
