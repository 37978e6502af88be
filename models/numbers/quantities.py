"""Amounts: a number with its scale and its unit, "1,25 triệu hồ sơ", "12-15%", "USD 4.5 million", "1 giờ 20 phút"."""

from __future__ import annotations

import re
from decimal import Decimal

from models.numbers import amounts
from models.numbers.parts import Prose, bound_of, is_whole, make_number
from models.numbers.seldom import read_seldom
from models.numbers.units import Unit, are_places, is_pointed_at, read_unit
from models.records import Number
from models.vocabulary import last_words, longest_suffix, words

# A range whose unit stands twice: "12% - 15%", "20 tỷ đến 30 tỷ đồng".
_AGAIN = re.compile(
    r"(?:\s?[-–—]\s?|\s+đến\s+|\s+tới\s+)(?:hơn\s|gần\s|khoảng\s)?(?P<digits>\d+(?:[.,]\d+)*)(?=\s?%|\s?(?:triệu|tỷ|tỉ|nghìn|ngàn)\b)"
)
_ENGLISH_COUNT = re.compile(r"[1-9]\d{0,2},\d{3}")
_VIETNAMESE_COUNT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
_CURRENCY_BEFORE = re.compile(r"(?:(?P<usd>usd|us\$|\$)|(?P<vnd>vnđ|vnd)|(?P<eur>eur|€))\s?$")
# "giảm 1 giờ 20 phút": two measures of one time.
_HOURS_AND_MINUTES = re.compile(r"(?P<hours>\d{1,2})\s?giờ\s(?P<minutes>\d{1,2})\sphút")
_TIME_GIVEN = re.compile(
    r"(?:giảm|rút ngắn|tăng|còn|mất|bình quân|trung bình|chỉ|hết|tiết kiệm|xuống)\s(?:còn\s|được\s|gần\s|khoảng\s|hơn\s)?$"
)
_PEOPLE = re.compile(r"\s?(?:người|dân|lượt)\b")
_MONEY = re.compile(
    r"\b(?:đầu tư|kinh phí|vốn|chi|tiền|ngân sách|doanh thu|giá trị|trị giá|tiết kiệm|lợi nhuận|lỗ|lãi|thuế|phí|đồng|thu)\b"
)
_SUM_OF_MONEY = re.compile(r"\b(?:phạt|trị giá|kinh phí|số tiền|vốn)\b[^.;,]{0,25}$")
# "số lượng hóa đơn phát hành 2,6 tỷ"
_NUMBER_OF_THINGS = re.compile(
    r"\b(?:số lượng|tổng số|số)\s(?!tiền|vốn|thu|thuế|dư|nợ|kinh|lãi|chi|phí|liệu)[^.;,:\d]{3,40}\s(?:là |đạt |hơn |gần |khoảng )*$"
)
# "Đạt 4.060 tỷ doanh thu": what the money is, and nothing that is counted.
_KINDS_OF_MONEY = frozenset(
    ("doanh thu", "lợi nhuận", "vốn", "dư nợ", "lãi", "thuế", "tiền", "ngân sách", "nợ", "giá trị")
)
_COUNTED_TIMES = re.compile(r"(?:số lần|số lượt|(?<!phải )đi lại)\b[^.;]{0,70}$")
_PER_PIECE = re.compile(
    r"(?:\s?/\s?|\smỗi\s|\smột\s)(?:lít|kg|lượng|chỉ|tấn|kwh|m2|m3|suất|vé|chiếc|cái|quả|chục|gói|phút|tin|ly|bát|lần|lượt|bản|trang)\b"
)
# "giá xuất khẩu bình quân 653 USD/tấn", "giá căn hộ chạm 62 triệu đồng/m2": what a market pays, and no price of one thing.
_OF_A_MARKET = re.compile(r"\s?(?:/|một|mỗi)\s?(?:kg|tấn|tạ|m2|m3|kwh|thùng|ounce)\b")
_MARKET = re.compile(
    r"\bgiá\b(?![^.;]*\d[.,\d]* (?:m2|kg)\b)[^;\n]{0,70}"
    r"\b(?:bình quân|trung bình|tăng|giảm|nhích|tụt|hạ|rẻ đi|đắt thêm|lên|xuống|giao dịch|so với)\b[^;\n]*$"
)
_TICKET = re.compile(
    r"\b(?:vé|học phí|lương (?:tối thiểu|cơ sở|khởi điểm)|(?<!đánh )(?<!đấu )(?<!trị )giá(?!\s(?:trị|rẻ)))\b"
    r"(?![^.;\n]*(?:bình quân|trung bình|trung vị))[^.;\n]{0,25}$"
)
# "giao dịch từ 10 triệu đồng", "khoản chi dưới 50 triệu đồng": which ones are meant, and no sum of theirs.
_FROM_WHICH = re.compile(
    r"\b(?<!giá trị )(?<!tổng )(?:giao dịch|chuyển tiền|khoản chi|khoản vay|gói thầu|hóa đơn|đơn hàng)\s"
    r"[^.;]{0,60}?\b(?:từ|trên|dưới|không quá)\s$"
    r"|\b(?:phân khúc|chuyển khoản|món vay|thương vụ nào|(?:khách hàng|người|khách) (?:trả|chi|mua))(?:\s[^\W\d]+){0,3}?"
    r"\s(?:từ|trên|dưới|vượt|dưới mức|trên mức)\s$"
    # "món nhỏ nhất 5 triệu đồng": one single thing.
    r"|\b(?:giao dịch|món|gói|vé|căn|lô)(?:\s[^\W\d]+){0,3}?\s(?:nhỏ|thấp|rẻ|đắt) nhất\b[^.;]{0,30}\s$"
)
# "15 triệu đông", "2 tỷ dồng": slips of the keyboard; "3 tỷ bảng": no đồng; nor is "500 tỷ ringgit".
_OTHER_MONEY = re.compile(
    r"\s?(?:(?:đông|dồng|đòng|đồn|dong)(?!\w)(?!\s(?:đảo|nam|bắc|á|âu)\b)|(?P<other>bảng(?:\sanh)?|ringgit|rupiah|rupee"
    r"|won|đài tệ|yên|yen|baht|bạt|peso|euro|rúp|franc|kyat|kíp|riel|nhân dân tệ"
    r"|(?:đô la|đô)\s(?:singapore|úc|canada|hồng kông|hong kong|new zealand|đài loan))(?!\w))"
)
_POINTS_OF_INDEX = re.compile(r"\b(?:index|chỉ số|dow jones|nasdaq|nikkei|s&p|hang seng|kospi|điểm)\b[^.;]{0,60}$")
# "nối 2 thành phố Vinh và Huế": they are named one by one, and counted by the way.
_NAMES_BEHIND = re.compile(r"(?P<words>(?:\s[^\W\d_][\w.]*){1,6}?)(?:\svà|,)\s(?P<next>[^\W\d_])")
_NAMED_ONE_BY_ONE, _SAID_OF_NAMED = 4, frozenset(("có", "còn", "chỉ", "mới", "được", "thêm", "gồm"))
_LARGE_SUM, _LARGEST_THRESHOLD, _LARGEST_PRICE = 100_000_000, 10**9, 10**10
_LARGEST_PRIZE = {"vnd": 100_000_000, "usd": 10_000}
_LARGE_PRICE = 1_000_000
_FEW = 15
_LONGEST_BRACKET = 60
# "từ 508 năm 2020 xuống 389 năm 2023"
_OF_A_YEAR = re.compile(r"\s(?:năm|quý|tháng)\s(?:\d|[ivx]+\b)")
# "Tới 2030 vùng phủ đạt 99%": at the head of a clause it is no count.
_BEFORE_YEAR = re.compile(r"(?:^|[.;,(\n]\s*)(?:đến|tới|vào|từ|trước|sau|cuối|đầu)\s$")
_CURRENCY_ENDS = ("d", "đ", "r", "$", "€")
_NO_RANGE = frozenset(("", *",.;:)"))
_RANGED = ("percent", "vnd", "usd", None)
_VAGUE_WORDS, _PRICE_LAST = words("before.vague"), last_words("before.price")
# "dư nợ cho vay khách hàng 251.300 tỷ đồng", "ngân hàng 6%": no "hàng triệu".
_WHOSE_WORD_ENDS_SO = (["khách"], ["ngân"], ["nhà"], ["cửa"], ["đơn"], ["mặt"], ["bán"], ["giao"])
_DATE_LAST = last_words("before.year", "before.date")
_VAGUE = ("none", "guessed", "capitals", "idle", "time")
_GUESSED = ("guessed", "capitals")
_ORDINAL_WORDS = frozenset(("lần", "kỳ", "số", "mùa", "vụ", "bài", "hồi"))
# "Tổng số 1.253 DN" counts them.
_NUMBER_OF = (["tổng", "số"], ["trong", "số"], ["trên", "số"])
_LAST_DAY, _TWO_DIGITS = 31, 100


def read_amount(prose: Prose, start: int, end: int, value: Decimal, other: Decimal | None) -> Number | None:
    """A number with its scale and unit: "1,25 triệu hồ sơ", "12-15%"."""
    digits, scale = prose.text[start:end], amounts.scale_at(prose.lower, end)
    currency = _currency_before(prose.lower, start)
    if scale is not None:
        factor = amounts.scale_of(scale["scale"])
        other = other * factor if other is not None else None
        value, end = amounts.read_sum(prose.lower, scale.end(), value, factor)
    if currency is not None and read_unit(prose.text, prose.lower, end).family in _VAGUE:
        start, unit = currency.start(), Unit(currency.lastgroup, end, "fixed")
    else:
        unit = _unit_of(prose, start, end, value, scale["scale"] if scale else None)
    end = unit.end if unit.name is not None else end
    may_range = other is None and unit.name in _RANGED and prose.lower[end : end + 1] not in _NO_RANGE
    if may_range and (again := _AGAIN.match(prose.lower, end)):
        long_range = _read_long_range(prose, start, again, value)
        if long_range is not None:
            return long_range
    if scale is None and unit.family in ("counted", *_GUESSED):
        value = _whole_count(digits, value, english=prose.english)
    if not _counts(prose, start, unit, value, scaled=scale is not None):
        return None
    return make_number((start, end), value, unit.name, bound=bound_of(prose, start, end), value_max=other)


def read_hours(prose: Prose, start: int) -> Number | None:
    """ "giảm 1 giờ 20 phút": 80 phút; a clock time otherwise."""
    time = _HOURS_AND_MINUTES.match(prose.lower, start)
    if time is None or _TIME_GIVEN.search(prose.lower, max(0, start - 24), start) is None:
        return None
    minutes = Decimal(time["hours"]) * 60 + Decimal(time["minutes"])
    return make_number(time.span(), minutes, "phút", bound=bound_of(prose, *time.span()))


def _currency_before(lower: str, start: int) -> re.Match[str] | None:
    """The sign of a currency right before a number; four numbers in five end at the first glance."""
    if lower[max(0, start - 2) : start].rstrip()[-1:] not in _CURRENCY_ENDS:
        return None
    return _CURRENCY_BEFORE.search(lower, max(0, start - 4), start)


def _whole_count(digits: str, value: Decimal, *, english: bool) -> Decimal:
    """A thing that is counted has no three decimals: "1,250 hồ sơ" is 1250, "14.600 điểm" too in an English style."""
    other_style = _VIETNAMESE_COUNT if english else _ENGLISH_COUNT
    return Decimal(re.sub(r"[.,]", "", digits)) if other_style.fullmatch(digits) else value


def _unit_of(prose: Prose, start: int, end: int, value: Decimal, scale: str | None) -> Unit:
    """The unit of an amount: what stands behind it, else the money that its scale or the sign before it stands for."""
    unit = read_unit(prose.text, prose.lower, end)
    if scale is not None and (money := _OTHER_MONEY.match(prose.lower, end)):
        other = money["other"]
        if not other:
            return Unit("vnd", money.end(), "fixed")
        return Unit("bảng anh" if other.startswith("bảng") else other, money.end(), "counted")
    if scale is not None and unit.family in ("counted", "guessed") and unit.name in _KINDS_OF_MONEY:
        return Unit("vnd", end, "fixed")
    is_vague = scale is not None and unit.family in _VAGUE
    if is_vague and _is_money(scale or "", prose.lower, start, end, guessed=unit.family in _GUESSED):
        return Unit("vnd", end, "fixed")
    if unit.name == "times" and _COUNTED_TIMES.search(prose.lower, max(0, start - 90), start):
        return Unit("lần", unit.end, "counted")
    if unit.name == "point" and is_whole(value) and are_places(prose.lower, start):
        return unit._replace(name="điểm", family="counted")
    if unit.name == "point" and scale is None and _VIETNAMESE_COUNT.fullmatch(prose.text, start, end):
        if _POINTS_OF_INDEX.search(prose.lower, max(0, start - 90), start):
            return unit
        return unit._replace(name="điểm", family="counted")
    if unit.family == "time" and value >= _TWO_DIGITS and _OF_A_YEAR.match(prose.lower, end):
        return Unit(None, end)
    if unit.family == "none" and prose.lower.startswith(" (", end) and (beyond := _beyond_bracket(prose, end)):
        return beyond
    if unit.family in ("idle", "none") and scale is None and (seldom := read_seldom(prose, start, end, value)):
        return seldom
    if unit.family == "few":
        return unit._replace(family="counted") if scale or value >= _FEW else Unit(None, end, "idle")
    return unit


def _beyond_bracket(prose: Prose, end: int) -> Unit | None:
    """ "có 37.102 (tuần trước 36.032) thiết bị": the noun counted stands behind the bracket."""
    close = prose.lower.find(")", end, end + _LONGEST_BRACKET)
    if close < 0:
        return None
    unit = read_unit(prose.text, prose.lower, close + 1)
    return unit._replace(end=end) if unit.family == "counted" else None


def _is_money(scale: str, lower: str, start: int, end: int, *, guessed: bool) -> bool:
    """179 tỷ stands for đồng; a million may be of anything, so đồng must be near."""
    things = _NUMBER_OF_THINGS.search(lower, max(0, start - 60), start) is not None
    if scale.endswith(("tỷ", "tỉ")) and not things:
        if guessed:
            return _MONEY.search(lower, max(0, start - 50), start) is not None
        return _PEOPLE.match(lower, end) is None
    if guessed or things:
        return False
    return "đồng" in lower[end : end + 40] or _SUM_OF_MONEY.search(lower, max(0, start - 50), start) is not None


def _read_long_range(prose: Prose, start: int, again: re.Match[str], value: Decimal) -> Number | None:
    other = amounts.read_digits(again["digits"], english=prose.english)
    if other is None:
        return None
    end = again.end()
    if scale := amounts.SCALE.match(prose.lower, end):
        other, end = other * amounts.scale_of(scale["scale"]), scale.end()
    unit = read_unit(prose.text, prose.lower, end)
    end = unit.end if unit.name else end
    if other <= value:
        return None
    return make_number((start, end), value, unit.name, bound=bound_of(prose, start, end), value_max=other)


def _counts(prose: Prose, start: int, unit: Unit, value: Decimal, *, scaled: bool) -> bool:
    """Whether this number measures something, as far as its neighbours tell."""
    tokens = prose.tokens_before(start, 3)
    if (
        tokens
        and tokens[-1] in _VAGUE_WORDS
        and unit.name != "percent"
        and (tokens[-1] != "hàng" or tokens[-2:-1] not in _WHOSE_WORD_ENDS_SO)
    ):
        return False
    if unit.name == "times":
        return not is_whole(value) or longest_suffix(tokens, words("before.gap")) is not None
    if is_price(prose, start, unit, value):
        return False
    if scaled or unit.family == "fixed":
        return True
    if unit.family == "idle" or _is_time(prose, start, unit, value, tokens):
        return False
    if (
        unit.family in ("counted", "guessed")
        and value <= _NAMED_ONE_BY_ONE
        and _are_named(prose.text, unit.end)
        and not (tokens and tokens[-1] in _SAID_OF_NAMED)
    ):
        return False
    if unit.family == "capitals" and tokens and tokens[-1] in _ORDINAL_WORDS and tokens[-2:] not in _NUMBER_OF:
        return False  # "lần 2 UBND tỉnh …"
    return not (unit.family in ("counted", "guessed") and is_pointed_at(prose.lower, unit.end))


def _are_named(text: str, position: int) -> bool:
    """Whether names stand behind a counted noun, or behind the two words that go on with it."""
    names = _NAMES_BEHIND.match(text, position)
    if names is None or not names["next"].isupper():
        return False
    capitals = [word[0].isupper() for word in names["words"].split()]
    return any(capitals[:3]) and all(capitals[capitals.index(True) :])


def _is_market_price(lower: str, start: int, end: int) -> bool:
    """Whether a sum is what a market pays on average, or how its price moved: "giá bán bình quân 3,1 USD/kg"."""
    return _OF_A_MARKET.match(lower, end) is not None and _MARKET.search(lower, max(0, start - 130), start) is not None


def is_price(prose: Prose, start: int, unit: Unit, value: Decimal) -> bool:
    """Whether a sum is what one thing costs: "giá 1,6 triệu đồng", "lệ phí 50.000 đồng"."""
    if unit.name not in ("vnd", "usd"):
        return False
    piece = _PER_PIECE.match(prose.lower, unit.end)
    if piece and (unit.name == "usd" or value >= _LARGE_PRICE) and _is_market_price(prose.lower, start, unit.end):
        return False
    tokens = prose.tokens_before(start, 3)
    if tokens and tokens[-1] in _PRICE_LAST and (cue := longest_suffix(tokens, words("before.price"))):
        return value < (_LARGEST_PRIZE[unit.name] if cue == "trị giá" else _LARGEST_PRICE)
    if piece:
        return True
    if value < _LARGEST_THRESHOLD and _FROM_WHICH.search(prose.lower, max(0, start - 90), start):
        return True
    return (
        unit.name == "vnd" and value < _LARGE_SUM and _TICKET.search(prose.lower, max(0, start - 40), start) is not None
    )


def _is_time(prose: Prose, start: int, unit: Unit, value: Decimal, tokens: list[str]) -> bool:
    """Whether a bare number is a year, a day of the month or an hour."""
    dated = bool(tokens) and tokens[-1] in _DATE_LAST
    after_year_word = dated and longest_suffix(tokens, words("before.year")) is not None
    if (
        prose.text.startswith(("19", "20"), start)
        and _YEAR.match(prose.text, start)
        and (
            unit.family in ("none", "time", "capitals")
            or after_year_word
            or _BEFORE_YEAR.search(prose.lower, max(0, start - 12), start)
        )
    ):
        return True
    if unit.family == "time" and tokens and tokens[-1] in words("before.clock"):
        return True
    if dated and value <= _LAST_DAY and unit.family != "symbol" and longest_suffix(tokens, words("before.date")):
        return True
    return after_year_word and value < _TWO_DIGITS and tokens[-1] != "mùa"
