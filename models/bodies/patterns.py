"""How departments, districts, communes and companies are named, as one regular expression over models/data/places/."""

from __future__ import annotations

import re
from functools import cache

from models.sought import Sought
from models.vocabulary import alternatives, load_toml

# Beyond U+1EA0 small and capital letters alternate: a range would take both.
CAPITAL = "[A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(filter(str.isupper, map(chr, range(0x1EA0, 0x1EFA)))) + "]"
SYLLABLE = rf"{CAPITAL}[^\W_]*(?:['’][^\W_]+)?"
NAME = rf"{SYLLABLE}(?:[ \u00a0]{SYLLABLE}){{0,3}}"
_LEVEL = r"[Hh]uyện(?: đảo)?|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Pp]hường|[Xx]ã|[Tt]hị trấn|[Đđ]ặc khu"
# "quận 7", "xã A Lưới 3"; but not "xã 12% hộ", "huyện Sa Pa 9 hồ sơ".
_OWN_NUMBER = r"(?![\d%/]|[.,]\d|\s?(?:%|hồ sơ|điểm|bậc|lượt|người|hộ|thủ tục|dịch vụ|tài khoản|trường hợp|ca)\b)"
_COMPANY_VERBS = (
    "bàn|thông|tuyên|mở|bán|đầu|tăng|giảm|tiếp|phủ|vận|thu|đã|đang|cũng|hiện|có|đạt|lỗ|lãi|sẽ|còn|phải|ghi|công|cung"
    "|triển|cho|là|chiếm|nắm"
)
_SUBJECT_VERBS = (
    "đã|có|đạt|xếp|đứng|cũng|hiện|tiếp|phấn|đặt|sẽ|mới|chỉ|đang|còn|tăng|giảm|cung|triển|thành|giao|được|tổ|hoàn|ghi|thực"
    "|vươn|nằm|cấp|chi|xây|dành|bố|đề|kích|thu|công|ban|lập|vận|cắt|rà|đưa|giải|phê|trích|hỗ|lên|tụt|duy|đón|đầu|trang|bỏ"
)
VERBS = frozenset(f"{_COMPANY_VERBS}|{_SUBJECT_VERBS}".split("|"))
"""First syllables of what is said of a body: "có", "đạt", "triển khai"."""
_NOT_NAMED = (
    rf"(?!\s+{CAPITAL})(?!\s+(?:hội|phận|máy|luật|nghề|nghiệp|dân|ủy|thể|tiêu|hữu)\b)(?!\s?[/–-])"
    r"(?!,\s(?:thành|thị|huyện|quận|xã|phường|bộ|sở|ban|ngành|địa))"
)
_INSTITUTIONS = "(?:Bệnh viện|BV|ĐH|Học viện|Viện|Đại học|Trường|Tập đoàn|Tổng công ty|Công ty|Ngân hàng)"
_REFERENCES = "tỉnh|thành phố|huyện|quận|thị xã|thị trấn|phường|xã|ngành|Bộ|[Ss]ở"  # "toàn bộ" is no ministry
# What each of the ways begins with: to try the expression only there takes a third of its time.
_SIGNS = (
    "huyện", "quận", "thị xã", "thành phố", "tp.", "tp ", "tx.", "tx ", "phường", "xã ", "thị trấn", "đặc khu", "tập đoàn",
    "tổng công ty", "công ty", "ngân hàng", "đại học", "trường đại học",
    "trường cao đẳng", "trường tiểu học", "trường mầm non", "trường thcs", "trường thpt",
    "bệnh viện", "học viện", "đh ", "bv ", "trường đh", "hiệp hội", "viện", "trung tâm",
    "trên địa bàn", "địa bàn", "tỉnh", "bộ ", "sở ", "sở\n", "doanh nghiệp", "nhà mạng",
    "nơi đây", "nơi này", "nước này", "quốc gia này", "nhà trường", "đơn vị này", "địa phương này", "toàn khối", "ở bệnh viện",
)  # fmt: skip
_FOREIGN_SIGN = re.compile(
    r"[A-Z](?<!\w[A-Z])(?:[A-Z]*\.(?:com|vn|net)\s|[a-eg-ik-vxy\d_]*(?:[fjwz][a-z.]|(?<=[a-z])[A-Z][A-Za-z]|\.(?:com|vn|net)\s))"
)


def _spellings(section: str) -> dict[str, str]:
    table = load_toml("places/departments.toml")[section]
    assert isinstance(table, dict)
    return {spelling: name for name, others in table.items() for spelling in (name, *others)}


@cache
def department_names() -> dict[str, str]:
    """Every way to write a department's field, with its full name: "GD&ĐT" → "Giáo dục và Đào tạo"."""
    return _spellings("departments")


@cache
def office_names() -> dict[str, str]:
    """Every way to write a provincial office that is no department: "BHXH" → "Bảo hiểm xã hội"."""
    return _spellings("offices")


def _name_words(*lists: str) -> str:
    """Words of two syllables that institutions' names hold, the second one small: "Công nghệ"."""
    return rf"(?:{alternatives(pair for name in lists for pair in name_words(name))})(?!\w)"


@cache
def name_words(name: str) -> frozenset[str]:
    """One of the lists of words that institutions' names hold."""
    words = load_toml("places/others.toml")[name]
    assert isinstance(words, list)
    return frozenset(words)


def further_names() -> str:
    """How a name goes on behind its first word: " Thông tin và Truyền thông"."""
    words = _name_words("name_words", "name_words_inside")
    return rf"(?:(?:[ \u00a0]|\s[-–&]\s|\svà\s(?!{_INSTITUTIONS}\s))(?!TP\b)(?:{words}|{SYLLABLE})){{0,7}}"


def _double_names() -> str:
    """The districts whose names are two: "Phan Rang - Tháp Chàm"."""
    table = load_toml("places/districts.toml")["districts"]
    assert isinstance(table, dict)
    doubles = {name.split(" ", 2)[2] for names in table.values() for name in names if " - " in name}
    return alternatives(doubles).replace("\\-", "[-–]")


@cache
def offices_alone() -> frozenset[str]:
    """The offices that need no "tỉnh" behind them to be known: there is one in each province and nowhere else."""
    table = load_toml("places/departments.toml")["alone"]
    assert isinstance(table, list)
    return frozenset(table)


def _offices() -> str:
    """Any office, the longest first; tries only those that begin with the right letter."""
    capital_only = load_toml("places/departments.toml")["capital"]
    assert isinstance(capital_only, list)
    by_letter: dict[str, list[str]] = {}
    for name in sorted(office_names(), key=len, reverse=True):
        first = f"(?<={name[0]})" if name in capital_only else ""
        by_letter.setdefault(name[0], []).append(first + re.escape(name[1:]))
    return "|".join(f"[{letter}{letter.lower()}](?:{'|'.join(rests)})" for letter, rests in by_letter.items())


@cache
def body_pattern() -> re.Pattern[str]:
    """One named group for each way to name a body; to be matched at `body_signs`."""
    return re.compile(
        # the letters that one of the ways begins with, so that few words are looked at twice
        r"(?<!\w)(?:"
        rf"(?:(?P<level>{_LEVEL})\s+|(?P<short>T[PpXx])(?:\.\s*|\s+)|(?<!Ảnh: )(?P<initial>[HQ])\.\s?(?={SYLLABLE}\s{SYLLABLE}|\d))"
        rf"(?P<name>{_double_names()}|{NAME}(?:\s\d{_OWN_NUMBER})?|\d{{1,2}}{_OWN_NUMBER})"
        rf"|(?P<department>[Ss]ở)\s+(?P<field>{alternatives(department_names())})(?!\w)"
        rf"|(?P<alone>{alternatives(offices_alone())})(?!\w)"
        rf"(?!\s+(?:tỉnh|thành phố|TP|huyện|quận|thị|xã|phường|cấp|của|và {CAPITAL}|{CAPITAL}))"
        rf"|(?P<office>{_offices()})(?=\s+(?:tỉnh|thành phố|TP|{CAPITAL}))"
        r"|(?P<clinic>[Tt]rung tâm Y tế(?: (?:khu vực|huyện|thị xã|thành phố|TP))?"
        rf"|Bệnh viện [^\W\d_]+(?: [^\W\d_]+){{0,2}} (?:tỉnh|thành phố|khu vực|huyện|vùng))\s(?P<where>{NAME})"
        r"|(?P<company>Tập đoàn|Tổng công ty|[Cc]ông ty(?:\s+(?:[Cc]ổ phần|CP|TNHH(?:\s+MTV)?|con))*"
        r"|[Nn]gân hàng(?:\s+(?:TMCP|[Tt]hương mại cổ phần))?"
        r"|Đại học|đại học(?<!trường đại học)(?<!các đại học)(?<!bậc đại học)(?<!học đại học)(?<!độ đại học)(?<!hệ đại học)|ĐH|BV"
        r"|Trường (?:Đại học|ĐH|Cao đẳng|Tiểu học|Mầm non|THCS|THPT)|Bệnh viện|Học viện|Viện|Hiệp hội)\s+"
        rf"(?P<brand>(?:{_name_words('name_words')}|{SYLLABLE}){further_names()})"
        r"|(?P<foreign>[A-Z][\w]*\.(?:com|vn|net)|[A-Z][a-z]+[A-Z][A-Za-z]+|[A-Z][a-z]*[fjwz][a-z]+)"
        rf"(?=\s(?:{_COMPANY_VERBS})\b)"
        r"|(?:[Tt]oàn|[Cc]ả|(?:[Tt]rên\s+)?địa bàn(?:\s+toàn)?|[Cc]ủa|[Tt]ại|[Cc]hính quyền(?= TP)|[Ởở](?= bệnh))\s+"
        rf"(?P<own>{_REFERENCES}|TP(?![.\s]*{CAPITAL})|công ty|hiệp hội|bệnh viện)\b{_NOT_NAMED}"
        r"|(?P<school>[Nn]hà trường)(?!\w)"
        r"|(?=[^\W\d_]+(?: [^\W\d_]+)? này\b)"
        rf"(?P<this>(?i:{_REFERENCES}|nước|quốc gia|ngân hàng|tập đoàn|công ty|hiệp hội|doanh nghiệp|đơn vị|địa phương)) này\b"
        r"|(?P<here>[Nn]ơi (?:đây|này)|[Tt]oàn khối)\b"
        rf"|(?P<self>[Tt]ỉnh|[Tt]hành phố|[Hh]uyện|[Tt]hị xã|[Pp]hường|[Xx]ã|Bộ|[Ss]ở"
        rf"|[Nn]gân hàng|[Cc]ông ty|[Hh]iệp hội|[Tt]ập đoàn|Doanh nghiệp|[Nn]hà mạng"
        rf"|(?<!\d )[Bb]ệnh viện(?! công lập))(?=\s+(?:{_SUBJECT_VERBS})\b))"
    )


def _sign_phrases() -> tuple[str, ...]:
    own = (
        f"{word}{blank}{reference}"
        for word in ("toàn", "của", "tại", "cả", "chính quyền")
        for blank in " \n"
        for reference in (
            "tỉnh",
            "thành phố",
            "tp ",
            "tp,",
            "huyện",
            "quận",
            "thị",
            "phường",
            "xã",
            "ngành",
            "bộ",
            "sở",
            "công ty",
            "hiệp",
            "bệnh",
        )
    )
    return (*_SIGNS, *own, *{name.lower() for name in office_names()})


_INITIALS = Sought(" h.", " q.", "(h.", "(q.")
_BODY_SIGNS = Sought(*_sign_phrases())


def body_signs(text: str, lower: str) -> list[int]:
    """Where a body may be named, in order."""
    initials = [start + 1 for start in _INITIALS.starts_in(lower)]
    return sorted(_BODY_SIGNS.starts_in(lower) + initials + [match.start() for match in _FOREIGN_SIGN.finditer(text)])
