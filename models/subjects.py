"""Whom a figure is about: the body named last before it, or the article's own place.

Departments, districts, communes and companies are known by their pattern, provinces and ministries from the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from models.places import PlaceSpan, lesser_place, places_in, resolve
from models.text import Span
from models.vocabulary import longest_suffix, starts_of, words

_CAPITAL = r"[A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠ-Ỹ]"
_SYLLABLE = rf"{_CAPITAL}[^\W_]*(?:['’][^\W_]+)?"
_DEPARTMENTS = {
    "Y tế": (), "Nội vụ": (), "Tư pháp": (), "Tài chính": (), "Xây dựng": (), "Du lịch": (), "Ngoại vụ": (),
    "Công Thương": ("Công thương", "CT"), "Giao thông vận tải": ("GTVT",), "An toàn thực phẩm": (),
    "Giáo dục và Đào tạo": ("GD&ĐT", "GDĐT", "GD-ĐT", "GD và ĐT", "Giáo dục & Đào tạo", "Giáo dục - Đào tạo"),
    "Khoa học và Công nghệ": ("KH&CN", "KHCN", "KH-CN", "Khoa học & Công nghệ"),
    "Thông tin và Truyền thông": ("TT&TT", "TTTT", "TT-TT", "Thông tin & Truyền thông", "Thông tin - Truyền thông"),
    "Tài nguyên và Môi trường": ("TN&MT", "TNMT", "TN-MT"), "Nông nghiệp và Môi trường": ("NN&MT", "NNMT"),
    "Nông nghiệp và Phát triển nông thôn": ("NN&PTNT", "NNPTNT", "NN-PTNT"),
    "Kế hoạch và Đầu tư": ("KH&ĐT", "KHĐT", "KH-ĐT"), "Quy hoạch - Kiến trúc": ("QH-KT",),
    "Lao động - Thương binh và Xã hội": (
        "LĐ-TB&XH", "LĐTB&XH", "LĐTBXH", "Lao động, Thương binh và Xã hội", "Lao động – Thương binh và Xã hội",
    ),
    "Văn hóa, Thể thao và Du lịch": ("VHTTDL", "VH,TT&DL", "VHTT&DL", "VH-TT&DL"),
    "Văn hóa và Thể thao": ("VH&TT", "Văn hóa - Thể thao"), "Dân tộc và Tôn giáo": ("DT&TG",),
}  # fmt: skip
_DEPARTMENT_NAMES = {spelling: name for name, others in _DEPARTMENTS.items() for spelling in (name, *others)}
_OWN_NUMBER = r"(?![\d%/]|[.,]\d)"  # "quận 7", "xã A Lưới 3", but not "xã 12% hộ"
_SUBJECT_VERBS = (
    "đã|có|đạt|xếp|đứng|cũng|hiện|tiếp|phấn|đặt|sẽ|mới|chỉ|đang|còn|tăng|giảm|cung|triển|thành|giao|được|tổ|hoàn|ghi"
    "|thực|vươn|nằm|cấp"
)
_COMPANY_VERBS = "đã|đang|cũng|hiện|có|đạt|lỗ|lãi|sẽ|còn|phải|ghi|công|cung|triển|cho|là|chiếm|nắm"
_BODIES = re.compile(
    # the letters that one of the ways begins with, so that few words are looked at twice
    r"(?<!\w)(?=[Ss]ở\s|[Cc][ôụ]|BH|[BbKk]|[HhQqTtPpXxĐđ][uạhịPãặ]|[NVD]|[A-Z][\w.]+\s)(?:"
    rf"(?P<department>[Ss]ở)\s+(?P<field>{'|'.join(map(re.escape, sorted(_DEPARTMENT_NAMES, key=len, reverse=True)))})(?!\w)"
    r"|(?P<office>[Cc]ông an|[Cc]ục Thuế|[Cc]ục Hải quan|[Cc]ục Thống kê|BHXH|Bảo hiểm xã hội|[Bb]ưu điện"
    r"|[Kk]ho bạc Nhà nước|[Tt]rung tâm (?:[Pp]hục vụ )?[Hh]ành chính công|[Vv]ăn phòng UBND|[Bb]ộ Chỉ huy quân sự)"
    rf"(?=\s+(?:tỉnh|thành phố|TP|{_CAPITAL}))"
    r"|(?P<level>[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|TP\.?|[Pp]hường|[Xx]ã|[Tt]hị trấn|[Đđ]ặc khu)\s+"
    rf"(?P<name>{_SYLLABLE}(?:[ \u00a0]{_SYLLABLE}){{0,3}}(?:\s\d{{1,2}}{_OWN_NUMBER})?|\d{{1,2}}{_OWN_NUMBER})"
    r"|(?P<company>Tập đoàn|Tổng công ty|[Cc]ông ty(?:\s+(?:cổ phần|CP|TNHH(?:\s+MTV)?|con))*"
    r"|[Nn]gân hàng(?:\s+(?:TMCP|thương mại cổ phần))?|Đại học|Trường Đại học|Bệnh viện|Học viện|Viện)\s+"
    rf"(?P<brand>{_SYLLABLE}(?:(?:[ \u00a0]|\s[-–&]\s|\svà\s){_SYLLABLE}){{0,7}})"
    r"|(?P<foreign>[A-Z][\w]*\.(?:com|vn|net)|[A-Z][a-z]+[A-Z][A-Za-z]+|[A-Z][a-z]*[fjwz][a-z]+)"
    rf"(?=\s(?:{_COMPANY_VERBS})\b)"
    r"|(?P<own>(?:[Tt]oàn|(?:[Tt]rên\s+)?địa bàn(?:\s+toàn)?|[Cc]ủa|[Tt]ại)\s+(?:tỉnh|thành phố)(?!\s+[A-ZĐ])(?!,))"
    rf"|(?P<self>(?<![\w,]\s)(?:[Tt]ỉnh|[Tt]hành phố)(?=\s+(?:{_SUBJECT_VERBS})\b)))"
)
# What each of these ways begins with: to try _BODIES only there takes a third of its time.
_BODY_SIGNS = (
    "sở ", "sở\n", "công an", "cục ", "bhxh", "bảo hiểm xã hội", "bưu điện", "kho bạc", "trung tâm", "văn phòng ubnd",
    "bộ chỉ huy", "huyện", "quận", "thị xã", "thành phố", "tp", "phường", "xã", "thị trấn", "đặc khu", "tập đoàn",
    "tổng công ty", "công ty", "ngân hàng", "đại học", "trường đại học", "bệnh viện", "học viện", "viện", "trên địa bàn",
    "địa bàn", "tỉnh",
    *(f"{word}{blank}t" for word in ("toàn", "của", "tại") for blank in (" ", "  ", "\n")),
)  # fmt: skip
_FOREIGN_SIGN = re.compile(r"[A-Z](?<!\w[A-Z])\w*(?:\.(?:com|vn|net)|[A-Zfjwz]\w*)\s")
_PROVINCE_BEHIND = re.compile(r"\s+(?:tỉnh\s+|thành phố\s+|TP\.?\s+)?$")
_NATIONAL = re.compile(
    r"\b(?:cả nước|toàn quốc|các bộ,? ngành,? (?:tỉnh|địa phương|cơ quan)|các bộ, cơ quan|tỉnh, thành phố trực thuộc"
    r"|địa phương trên cả nước|(?<![/\d])63 tỉnh|(?<![/\d])34 tỉnh|63/63|34/34|bộ, ngành, địa phương)\b"
)
# What each of these ways begins with.
_NATIONAL_SIGNS = (
    "cả nước", "toàn quốc", "các bộ", "tỉnh, thành phố", "địa phương trên", "63 tỉnh", "34 tỉnh", "63/63", "34/34",
    "bộ, ngành",
)  # fmt: skip
_ACCORDING = re.compile(r"\s*(?:cũng\s+)?(?:theo|dẫn|trong báo cáo|tại báo cáo|tại hội nghị|phát biểu)\b")
_OWN_BEHIND = re.compile(r"\s+(?:tỉnh|thành phố)\b")
_SAYS = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:đã\s+|vừa\s+|cũng\s+|lại\s+)*(?:cho biết|cho hay|công bố|thông tin|báo cáo|đánh giá"
    r"|thống kê|nhận định|dự báo|đặt ra|đề ra|khẳng định|lưu ý|yêu cầu|đề nghị|giao"
    r"|nêu|phát biểu|chủ trì|hướng dẫn|khuyến cáo|cảnh báo|cho thấy)\b"
)
_REPORT_OF = re.compile(
    r"(?:báo cáo|thống kê|số liệu|khảo sát|tổng hợp|công bố|đánh giá|kết quả)[^.;\n]{0,50}\bcủa\s+(?:tỉnh\s+|ubnd\s+)*$"
)
_PRODUCT = re.compile(r"[ -](?:[A-Z]|i[A-Z]|e[A-Z])")
_TOOL = re.compile(r"(?:hệ thống|phần mềm|ứng dụng|ví|sàn|nền tảng|dịch vụ|mạng xã hội|qua|trên|nhóm|kênh|trang)\s+$")
_MOST_NAMED = 3


class Body(NamedTuple):
    """Somebody that a figure can be about, and where the text names them."""

    start: int
    end: int
    name: str
    kind: str
    """country, province, ministry, department, district, commune, company, other, own."""
    is_source: bool
    """Named as the one who says it, or whom the subject is compared or works with."""


def find_bodies(text: str, lower: str, places: list[PlaceSpan]) -> list[Body]:
    """All the bodies that a text names, in order. `own` stands for "toàn tỉnh": the article's own place."""
    bodies = [
        Body(span.start, span.end, span.place.name, span.place.kind, _is_source(lower, span.start))
        for span in places
        if span.place.kind != "other" or not _is_product(text, lower, span)
    ]
    for match in _match_bodies(text, lower):
        body = _body(match, text, lower, places)
        if body is not None:
            bodies = [other for other in bodies if other.end <= body.start or other.start >= body.end]
            bodies.append(body)
    bodies.sort()
    return [body._replace(is_source=True) if not body.is_source and _says(body, lower) else body for body in bodies]


def _match_bodies(text: str, lower: str) -> Iterator[re.Match[str]]:
    """As _BODIES.finditer."""
    starts = starts_of(_BODY_SIGNS, lower) + [match.start() for match in _FOREIGN_SIGN.finditer(text)]
    end = 0
    for start in sorted(starts):
        if start >= end and (match := _BODIES.match(text, start)):
            yield match
            end = match.end()


def _says(body: Body, lower: str) -> bool:
    """Whether a body is the one that says or asks: "Bộ Nội vụ công bố …"; or stands in the "theo …" that opens a sentence."""
    if body.kind in ("own", "country"):
        return False
    if _SAYS.match(lower, body.end) or (
        body.kind in ("ministry", "department", "company")
        and _REPORT_OF.search(lower, max(0, body.start - 80), body.start)
    ):
        return True
    opening = max(lower.rfind(mark, 0, body.start) for mark in (". ", "\n", "; "))
    return _ACCORDING.match(lower, opening + 1) is not None and "," not in lower[opening + 2 : body.start].replace(
        ", thể thao", ""
    )


def _is_product(text: str, lower: str, span: PlaceSpan) -> bool:
    """Whether a company's name is part of a product's: "hệ thống VNPT iOffice"."""
    return (
        _PRODUCT.match(text, span.end) is not None
        or _TOOL.search(lower, max(0, span.start - 20), span.start) is not None
    )


def _body(match: re.Match[str], text: str, lower: str, places: list[PlaceSpan]) -> Body | None:
    source = _is_source(lower, match.start())
    start, end = match.span()
    if match["own"] or match["self"]:
        return Body(start, end, "", "own", False)
    if match["department"] or match["office"]:
        name = f"Sở {_DEPARTMENT_NAMES[match['field']]}" if match["department"] else _first_up(match["office"])
        place = _province_behind(text, places, end)
        if place is not None:
            return Body(start, place.end, f"{name} {place.place.name}", "department", source)
        return (
            Body(start, end, name, "department", source)
            if match["department"] or _OWN_BEHIND.match(text, end)
            else None
        )
    if match["level"]:
        return _lesser_body(match, source)
    if match["foreign"]:
        return Body(start, end, match["foreign"], "company", source)
    if match["brand"]:
        return _company(match, source)
    return None


def _first_up(name: str) -> str:
    return name[0].upper() + name[1:]


def _province_behind(text: str, places: list[PlaceSpan], end: int) -> PlaceSpan | None:
    for place in places:
        if place.start >= end and place.place.kind == "province":
            return place if _PROVINCE_BEHIND.match(text[end : place.start]) else None
    return None


def _lesser_body(match: re.Match[str], source: bool) -> Body | None:
    level = match["level"].lower().rstrip(".")
    known = resolve(match["name"])
    if (
        (
            level in ("thành phố", "tp")
            and known is not None
            and known.kind == "province"
            and lesser_place(match.string, match.string.lower(), match.start("name"))
        )
        and resolve(f"TP {match['name']}") is not None
        and known.name
        in (
            "Hà Nội",
            "TP Hồ Chí Minh",
            "Hải Phòng",
            "Đà Nẵng",
            "Cần Thơ",
            "Huế",
        )
    ):
        return None
    if match["name"].isdigit() and level not in ("quận", "phường"):
        return None
    kind = "district" if level in ("huyện", "quận", "thị xã", "thành phố", "tp") else "commune"
    shown = {"tp": "TP"}.get(level, _first_up(level))
    return Body(match.start(), match.end(), f"{shown} {match['name']}", kind, source)


def _company(match: re.Match[str], source: bool) -> Body | None:
    known = resolve(f"{match['company']} {match['brand']}") or resolve(match["brand"])
    if known is not None and known.kind in ("ministry", "other"):
        return Body(match.start(), match.end(), known.name, known.kind, source)
    if match["company"].lower().startswith("công ty") and match["brand"].isascii() and " " not in match["brand"]:
        return Body(match.start(), match.end(), match["brand"], "company", source)
    return Body(match.start(), match.end(), f"{_first_up(match['company'])} {match['brand']}", "company", source)


def _is_source(lower: str, start: int) -> bool:
    """Whether the words before a name make it a source or a companion, not the subject."""
    before = lower[max(0, start - 40) : start].replace("tỉnh ", "").replace("thành phố ", "").replace("ubnd ", "")
    return longest_suffix(before.split()[-4:], words("claims.source")) is not None


def main_body(title: str | None, bodies: list[Body], source_place: str | None, text: str) -> str | None:
    """Whom the article is about: whom its title names, whose outlet it is, or whom it names most."""
    if title:
        lower = title.lower()
        bodies_in_title = find_bodies(title, lower, places_in(title, lower))
        named = [body for body in bodies_in_title if body.kind != "own" and not body.is_source]
        for kinds in (("province", "country"), ("other", "company", "ministry", "department"), ("district", "commune")):
            for body in named:
                if body.kind in kinds:
                    return body.name
    if source_place:
        outlet = resolve(source_place)
        return "Việt Nam" if outlet is not None and outlet.kind == "ministry" else source_place
    counts: dict[str, int] = {}
    for body in bodies:
        if body.kind == "province":
            counts[body.name] = counts.get(body.name, 0) + 1
    own = any(body.kind == "own" for body in bodies)
    if counts and (own or len(counts) <= _MOST_NAMED):
        best = max(counts, key=lambda name: counts[name])
        if own or counts[best] >= 2:
            return best
    if own and (signed := _signature(text)):
        return signed
    return "Việt Nam"


def _signature(text: str) -> str | None:
    """The province whose newspaper the text is taken from: "Theo Báo Đắk Nông"."""
    for name in re.finditer(
        rf"(?:[Bb]áo|[Đđ]ài[^\n]{{0,24}}|Cổng[^\n]{{0,30}})\s(?P<name>{_SYLLABLE}(?:\s{_SYLLABLE}){{1,2}})", text
    ):
        place = resolve(name["name"]) or resolve(" ".join(name["name"].split()[:2]))
        if place is not None and place.kind == "province":
            return place.name
    return None


def find_national(lower: str) -> list[Span]:
    """Where a text speaks of the whole country without naming it, stretches within others included."""
    found = (_NATIONAL.match(lower, start) for start in starts_of(_NATIONAL_SIGNS, lower))
    return [match.span() for match in found if match]


def subject_of(bodies: list[Body], lower: str, position: int, clause: int) -> Body | None:
    """The body that a figure at `position` is about, among those that its sentence names; None when none is.

    One named in the figure's own clause wins over one before; sources and companions count only when alone.
    """
    named = [body for body in bodies if body.end <= position and not body.is_source]
    if not named:
        return None
    here = [body for body in named if body.start >= clause]
    chosen = (here or named)[-1]
    if (
        chosen.kind == "country"
        and len(named) > 1
        and lower[max(0, chosen.start - 5) : chosen.start].strip() == "của"
        and named[-2].kind != "own"
    ):
        chosen = named[-2]  # "Huế là thành phố duy nhất của Việt Nam …": the one before is meant
    return chosen
