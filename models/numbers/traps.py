"""Numbers that count nothing: dates, documents, levels, generations, phone numbers, names with a number in them."""

from __future__ import annotations

import re

from models.numbers.parts import Prose
from models.numbers.units import read_unit
from models.vocabulary import any_of, last_words, longest_suffix, words

# What a trap looks like from its first digit on.
_SHAPES = re.compile(
    r"(?P<date>\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d{2}(?!\d)|(?:0?[1-9]|1[0-2])\s?[/.-]\s?(?:19|20)\d{2}(?!\d|[.,]\d|\s?%)"
    r"|(?:19|20)\d{2}[/-]\d{1,2}(?:[/-]\d{1,2})?(?![\d%])|(?:19|20)\d{2}\s?[-–—]\s?(?:19|20)?\d{2}(?![\d.,%])(?!\s?(?:%|triệu|tỷ|đồng))"
    r"|\d{1,2}/\d{1,2}\s?[-–—]\s?\d{1,2}/\d{1,2}(?:/\d{4})?(?!\d))"
    r"|(?P<document>\d+[a-z]?(?:[/-](?:19|20)\d{2})?\s?[/-]\s?(?:[A-ZĐ]{2,}|[A-ZĐ]-)[\w&]*(?:\s?[-/&]\s?[\w&]+)*"
    r"|\d+\s?[-/]?\s?(?:NQ|NĐ|QĐ|CT|TT|KH|CV|TB|KL|BC|TTr)\s?[/-]\s?[\w&]+(?:[-/&]\w+)*)"
    r"|(?P<clock>\d{1,2}(?:\s?:|\s:\s)\d{2}(?::\d{2})?(?!\d)|\d{1,2}\s?(?:h|g)\s?\d{2}(?!\w)|\d{1,2}h(?!\w)|(?:1?\d|2[0-3])g(?!\w)|\d{1,2}\s?giờ\s\d{1,2}(?:\sphút)?)"
    r"|(?P<generation>[1-6]G(?!\w)(?:/[1-6]G)*|4[.,]0(?![\d%]|[.,]\d)(?!\s?(?:điểm|triệu|tỷ|tỉ|nghìn|lần|sao)))"
    r"|(?P<always>24/7(?!\d)|24/24(?:/7|h|\sgiờ)|24h/7|1022(?![\d.,]))"
    r"|(?P<phone>\(?0\d{1,3}\)?(?:[\s.-]?\d{2,4}){2,4}(?![\d,])|1[89]00[\s.-]?\d{4}(?!\d)|\+?84\d{8,})"
    r"|(?P<version>(?![1-9]\d{0,2}(?:\.\d{3})+(?!\d|\.\d))\d+(?:\.\d+){2,}(?![\d,%])|\d+(?:[_:]\d+)+)"
    r"|(?P<roman>\d+\s?[°º′'](?=\d|\s?\d|N|E|B|Đ))"
)
# Four numbers in five are seen to be none of these from what follows their first digits: "82%", "1,5 …", "1.250", "45 hồ sơ".
_NO_SHAPE = re.compile(
    r"(?!0|1[89]00|84|1022|4,0)\d++(?:[%,;)]|\.(?:\d{3}(?![\d.])|\s(?!\d))|[ \n](?![\s/.:hgNQCTKB°º′'–—-]))"
)
_LIST_AFTER_LEVEL = re.compile(r"\s?(?:,|và|hoặc|hay|đến|-|–|/|&)\s?$")
# Begins where a word begins and never steps back: 2 µs on 24 letters, and 6 without the two.
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_][\w.&/]*+)[\s-]*+$")
_LIST_ITEM = re.compile(r"\d{1,2}(?:\.\d{1,2})*\s?[.)/](?=\s+[^\W\d_]|\s*$)")
_PLATE = re.compile(r"\d{2}[A-Z]\d?\s?-\s?\d{3}")
# "159B Trần Quý Cáp"
_HOUSE = re.compile(r"[A-E](?![\w/-])")
_TIGHT_LETTERS = re.compile(r"[A-Za-zÀ-ỹ_@#&=?]")
_MEASURE = re.compile(r"(?:\s?[-–—]\s?\d+(?:[.,]\d+)*)?(?:\s?%|\s?(?:triệu|tỷ|tỉ|nghìn|ngàn|điểm)\b|[.,]\d)")
_LABEL_LAST = last_words("before.no_label", "before.label", "before.small_label")
_SMALL = 2
"""Digits: what labels such as "mức" and "cấp" are followed by."""
# "kinh tế số 48, xã hội số 40": fields of a rank, and no numbers of theirs.
_DIGITAL = frozenset(("kinh tế", "xã hội", "chính quyền", "hạ tầng", "nhân lực", "nhận thức", "thể chế"))
_ISSUED = re.compile(rf"\s(?:{any_of('after.issued')})\b")
_HUNDREDS = re.compile(r"[1-9]\d{2}")
_ITEM_ENDS = re.compile(r"\s?[,;.)](?!\d)|\svà\s")
_IN_LIST = re.compile(
    r"(?:trong đó|gồm|cụ thể|nhất là|như|:)\s[^,;.\d]{0,30}$|\d[^,;.\d]{0,25}(?:,|;|\svà)\s[^,;.\d]{2,30}$"
)
_SHORTEST_JOINED, _LONGEST_SHORT = 2, len("Tel.")
_GROUPS_OR_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+,\d{1,2}")
_PERCENT_SIGN = re.compile(r"\s?%")
# "VNeID 2.2", "iOS 17.4": a name of Latin letters in both cases within the word, and what can be no amount.
_VERSION = re.compile(
    r"\d{1,2}\.\d{1,2}(?=[,;)]|\.?(?:\s|$))(?!\.?\s(?:%|triệu|tỷ|tỉ|nghìn|ngàn|điểm|lần|mbps|gbps))", re.IGNORECASE
)
_MIXED_CASE = re.compile(r"(?:^|[\s(\"“])[A-Za-z]*[a-z][A-Z][A-Za-z]*\s$")
# The programme for poor communes; what it is named after is a decision's number.
_PROGRAMME = re.compile(r"\b(?:vùng|xã|thôn|diện|chương trình)\s$")
# "Ủy ban 1899", "Ban chỉ đạo 389": called by the number of a decision too.
_DECISION = re.compile(r"[1-9]\d{2,3}")
_BODY = re.compile(r"\b(?:[uủ][yỷ] ban|ban chỉ đạo|tổ công tác)\s$")
_MATRIX = re.compile(r"[xX×]\s?\d")


def end_of_shape(text: str, start: int) -> int | None:
    """Where a date, document, clock time, phone number or version that starts here ends; None when there is none."""
    if _NO_SHAPE.match(text, start):
        return None
    shape = _SHAPES.match(text, start)
    if shape is None:
        return None
    if shape.lastgroup == "phone" and _MEASURE.match(text, shape.end()):
        return None
    if shape.lastgroup == "document" and "%" in text[start : shape.end() + 1]:
        return None
    return shape.end()


def is_list_item(text: str, start: int) -> bool:
    """Whether the number heads a list item: "1. Thủ trưởng …", "2.3) …"."""
    before = text[max(0, start - 3) : start]
    at_line_start = start == 0 or ("\n" in before and before.strip(" *#-") in ("", "\n"))
    if not at_line_start and before[-2:] not in (". ", ": ", "; "):
        return False
    item = _LIST_ITEM.match(text, start)
    if item is None or at_line_start:
        return item is not None
    is_first = text[start] == "1" and not text[start + 1].isdigit()
    return item.end() < len(text) and (is_first or text[start - 2] != ":")  # "quá hạn: 12. Hiện nay …"


def is_glued(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of a word or an address: "H5N1", "/2020_08/", "QR2". "đạt10,8" is a slip, not a word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before.isspace() and _TIGHT_LETTERS.match(before):
        word = _WORD_BEFORE.search(text[max(0, start - 12) : start])
        if word is None:
            return True
        return word[1].lower() not in words("before.joined") and not _is_slip(text, word[1], start, end)
    if before in ("-", "–") and start > 1 and (text[start - 2].isalpha()):
        return True
    if before in ("/", "\\", ".", ",", ":") and start > 1 and not text[start - 2].isspace():
        return True
    if after in ("_", "@", "="):
        return True
    if after in ("x", "X", "×"):
        return _MATRIX.match(text, end) is not None
    return after.isupper() and (_PLATE.match(text, start) or _HOUSE.match(text, end)) is not None


def _is_slip(text: str, word: str, start: int, end: int) -> bool:
    """Whether only the blank between a word and a measured number is missing: "hài lòng17,1/18", "ngành66,2%"."""
    if not word.islower() or len(word) < _SHORTEST_JOINED:
        return False
    measured = _GROUPS_OR_COMMA.fullmatch(text, start, end) is not None or _PERCENT_SIGN.match(text, end) is not None
    return measured and (not word.isascii() or text[end : end + 1] != ".")


def is_label(prose: Prose, start: int, end: int) -> bool:
    """Whether the words before a number make it a name: "mức độ 4", "Đề án 06", "Điều 90", "Top 10", "iPhone 15"."""
    lower, tokens = prose.lower, prose.tokens_before(start, 4)
    if not tokens:
        return False
    last = tokens[-1]
    if (
        end - start == len("135")
        and lower.startswith("135", start)
        and _PROGRAMME.search(lower, max(0, start - 14), start)
    ):
        return True
    if (
        last in ("ban", "đạo", "tác")
        and _DECISION.fullmatch(lower, start, end)
        and _BODY.search(lower, max(0, start - 14), start)
    ):
        return True
    if last not in _LABEL_LAST:
        if last.isalpha() and prose.text.startswith(last, start - 1 - len(last)):
            return False  # a small word is no name
        return _follows_name(prose.text, lower, start, end)
    if " ".join(tokens[-2:]) in words("before.no_label"):
        return False
    if longest_suffix(tokens, words("before.label")):
        return not _is_quantity(lower, start, end, tokens)
    if (
        end - start <= _SMALL
        and longest_suffix(tokens, words("before.small_label"))
        and tokens[-2:-1] not in (["khối"], ["cấp"])
        and not (last == "số" and " ".join(tokens[-3:-1]) in _DIGITAL)
        and not (tokens[-1] == "cấp" and _ISSUED.match(lower, end))
        and not _is_quantity(lower, start, end, tokens)
    ):
        return True
    return _follows_name(prose.text, lower, start, end)


def _is_quantity(lower: str, start: int, end: int, tokens: list[str]) -> bool:
    """ "đường dây 3 triệu …": a label word with a measured number behind it is no label."""
    if (tokens[-1] in ("thứ", "độ") and len(tokens) > 1) or " ".join(tokens[-2:]) == "phiên bản":
        return False
    return _MEASURE.match(lower, end) is not None or "." in lower[start:end]


def _follows_name(text: str, lower: str, start: int, end: int) -> bool:
    """Whether the number belongs to the name before it: "Windows 11", "A Lưới 3", "ISO 27001"."""
    left = text[max(0, start - 24) : start]
    if left[-1:] not in (" ", "\u00a0", "-") or left.islower() or text[end : end + 1] == "/":
        return False
    if _VERSION.match(text, start) and _MIXED_CASE.search(left):
        return True
    if _MEASURE.match(text, end) or "." in text[start:end] or "," in text[start:end]:
        return False
    found = _WORD_BEFORE.search(left)
    if found is None or not found[1][0].isupper() or found[1].lower() in _OPENERS:
        return False
    if found[1][-1] == "." and len(found[1]) > _LONGEST_SHORT:
        return False  # the sentence before ends there
    may_count = (
        not found[1].isascii()
        or _PLAIN_PLACE.search(left) is not None
        or _HUNDREDS.fullmatch(text, start, end) is not None
    )
    if may_count and _counts_in_a_list(text, lower, start, end):
        return False
    if _counts_the_same(text, lower, start, end):
        return False
    before = left[: found.start()].rstrip(" \"“'(*!-")
    opens_sentence = not before or before[-1] in ".!?:;…\n" or "\n" in left[len(before) : found.start()]
    if (opens_sentence and max(0, start - 24) + found.start() > 0) or start - len(found[0]) <= 0:
        return found[1].isascii() and found[1][1:] != found[1][1:].lower()
    return True


def _counts_in_a_list(text: str, lower: str, start: int, end: int) -> bool:
    """Whether a place's count stands behind its name: "trong đó Hà Nội 31, Huế 19", "và huyện Mù Cang Chải 87 hồ sơ"."""
    if read_unit(text, lower, end).family == "counted":
        return True
    return _ITEM_ENDS.match(text, end) is not None and _IN_LIST.search(text, max(0, start - 60), start) is not None


def _counts_the_same(text: str, lower: str, start: int, end: int) -> bool:
    """Whether the thing behind a name's number was counted before: "Singapore có 30 tuyến và Malaysia 22 tuyến"."""
    unit = read_unit(text, lower, end)
    if unit.name in _MEASURED_OF_A_NAME:
        return True
    if unit.name is None or unit.family not in ("counted", "guessed", "symbol", "fixed"):
        return False
    before = lower[max(0, start - 160) : start]
    at = before.rfind(lower[end : unit.end])
    return at > 0 and before[at - 1].isdigit()


# Places without a tone on their last syllable, which no version or model is called by.
_PLAIN_PLACE = re.compile(
    r"(?:Nghệ An|Long An|Hội An|Hà Nam|Quảng Nam|Việt Nam|(?:Hà|Bắc|An|Kiên|Tiền|Hậu) Giang|Tuyên Quang|(?:Bắc|Quảng|Tây) Ninh"
    r"|Gia Lai|Kon Tum|Đồng Nai|Sơn La|Trà Vinh|Vĩnh Long|Cà Mau|Lào Cai|Thái Lan"
    r"|Indonesia|Malaysia|Singapore|Philippines|Brunei|Myanmar|Campuchia|Australia)\s\(?$"
)
_MEASURED_OF_A_NAME = frozenset(("gbps", "tbps", "mbps", "mw", "gw", "mwh", "gwh", "kwh", "km2", "m3", "ha"))
_OPENERS = frozenset(
    [
        "có",
        "đã",
        "hiện",
        "với",
        "trong",
        "hơn",
        "gần",
        "trên",
        "khoảng",
        "cả",
        "từ",
        "đến",
        "còn",
        "riêng",
        "và",
        "số",
        "là",
        "đạt",
        "tổng",
        "được",
        "ngoài",
        "chỉ",
        "mới",
        "thêm",
        "trước",
        "sau",
        "qua",
        "tăng",
        "giảm",
        "hạng",
        "thứ",
        "usd",
        "vnd",
        "vnđ",
        "eur",
    ]
)


def follows_level(text: str, lower: str, previous_end: int, start: int) -> bool:
    """Whether a number goes on with a list of levels: the 4 of "mức độ 3, 4" and of "mức độ 3 và 4"."""
    if read_unit(text, lower, start + 1).family == "counted" or _PERCENT_SIGN.match(text, start + 1):
        return False
    return start - previous_end < 8 and _LIST_AFTER_LEVEL.match(lower[previous_end:start]) is not None
