"""The bodies that a text names: provinces and ministries from the gazetteer, the others by how they are named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from models.bodies.abroad import is_of_another_country
from models.bodies.addresses import PLACES, homes, only_lives_there
from models.bodies.body import Body
from models.bodies.companies import branch_of, is_a_thing, listed_companies
from models.bodies.continents import continents_in
from models.bodies.institutions import end_of_name
from models.bodies.known import foreign_countries, press
from models.bodies.patterns import NAME, body_pattern, body_signs, department_names, office_names
from models.bodies.places import PlaceSpan, is_city, resolve
from models.bodies.regions import regions_in
from models.bodies.roles import Role, oversees, role_of, signs
from models.text import unify_tones

_DISTRICT_LEVELS = ("huyện", "quận", "thị xã", "thành phố")
_SHORT_LEVELS = {"tp": "thành phố", "tx": "thị xã", "h": "huyện", "q": "quận"}
_PROVINCE_BEHIND = re.compile(r"\s+(?:tỉnh\s+|thành phố\s+|TP\.?\s+)?")
_OWN_BEHIND = re.compile(r"\s+(?:tỉnh|thành phố)\b")
_MORE = re.compile(rf"(?:,| và| cùng)\s(?P<name>{NAME})(?=[,;.:()]|\s[^A-ZĐ\d]|\s\d)")
_ANY = re.compile(r"(?:các|mỗi|từng|(?<!\d)\d\d?)\s$")  # "15/20 Sở Y tế", but not "năm 2014 Sở Y tế"
_COUNTED = re.compile(r"(?:\b(?:hai|ba|bốn|các|những)|\d)\s$")  # not "năm", which is a year too
_SEVERAL = re.compile(r"(?:\b(?:hai|ba|bốn|năm|sáu|các|những)|\d)\s$")
_MAY_PRECEDE_SELF = re.compile(
    r"(?:^\s*|[^\w,\s]\s*|(?:hiện|hiện nay|khi|thì|mà|nhưng|song|do đó|trong đó)\s|[^.;\n]{6},\s"
    r"|(?:\d{4}|[/.]\d\d?|(?:tuần|tháng|quý|ngày) \d\d?)\s)$"
)
_LISTED_BEFORE = re.compile(r"\b(?:huyện|xã|phường|ngành|phố|bộ|sở|trấn|tỉnh|ban),\s$")
_PRODUCT = re.compile(r"[ -](?:[A-Z]|i[A-Z]|e[A-Z])")
_TOOL = re.compile(r"(?:hệ thống|phần mềm|ứng dụng|ví|sàn|nền tảng|dịch vụ|mạng xã hội|qua|trên|nhóm|kênh|trang)\s+$")
# Offices of a district or commune with work of their own; a one-stop office's figures are its commune's.
_OFFICES_OF = {
    f"{office.lower()} ": office
    for office in (
        "Công an", "Chi cục Thuế", "Chi cục Thống kê", "Chi cục Thi hành án dân sự", "Tòa án nhân dân", "Thanh tra", "HĐND", "Trạm Y tế",
        "Trường Mầm non", "Trường Mẫu giáo", "Trường Tiểu học", "Trường THCS", "Trường THPT", "Hội Nông dân", "Hội Liên hiệp Phụ nữ",
        "Hội LHPN", "Bảo hiểm xã hội", "BHXH", "Hạt Kiểm lâm", "Ban Chỉ huy Quân sự", "Phòng Giáo dục và Đào tạo", "Phòng GD&ĐT",
        "Quỹ tín dụng nhân dân",
    )
}  # fmt: skip
_OFFICES = tuple(_OFFICES_OF)
_LONGEST_OFFICE = max(map(len, _OFFICES_OF))
_IN_FULL = {"ĐH": "Đại học", "BV": "Bệnh viện"}
_WRITTEN_OUT = re.compile(r"\b(?:ĐH|BV)\b")
_JOINS = (", ", " và ", ", và ", " hoặc ", " hay ")
COMPANY_WORDS = ("ngân hàng", "tập đoàn", "công ty", "hiệp hội", "doanh nghiệp", "nhà mạng")
"""The words that refer to somebody who is of no place."""
# What groups are called before their brand: "Tập đoàn Công nghệ FPT" is FPT, "Tổng công ty Viễn thông MobiFone" MobiFone.
_GROUP_OF = re.compile(
    r"(?:Tập đoàn(?: [^\W\d_]+| [-–&]){1,6}|Tổng công ty [Vv]iễn thông(?: [Dd]i động)?) (?P<brand>[A-Z][A-Za-z]*[A-Z][A-Za-z]*|Viettel)"
)
# There is a "Bệnh viện Phụ sản - Nhi" in many a province.
_NAMED_BY_FIELD = re.compile(
    r"(?:(?:Đại học|Y|Dược|Phụ sản|Sản|Nhi|Đa khoa|đa khoa|Ung bướu|Mắt|Tâm thần|Lao|Phổi|Da liễu|Nội tiết|Y học cổ truyền"
    r"|Phục hồi chức năng|Tim mạch|Truyền nhiễm)(?:\s[-–&]\s|\svà\s|\s|$))+"
)


def find_bodies(text: str, lower: str, places: list[PlaceSpan]) -> list[Body]:
    """All the bodies that a text names, in order. `own` is a reference, with the word that refers as its name."""
    bodies = merge(list(_bodies_by_pattern(text, lower, places)), list(_from_places(text, lower, places)))
    if listed := [Body(start, end, name, "company") for start, end, name in listed_companies(text, lower)]:
        bodies = merge(bodies, listed)
    if regions := list(regions_in(lower)):
        bodies = merge(bodies, regions)
    if parts := list(continents_in(lower)):
        bodies = merge(bodies, parts)
    living = homes(lower)
    return [Body(*body[:4], _role(body, text, lower, living)) for body in bodies]


def _from_places(text: str, lower: str, places: list[PlaceSpan]) -> Iterator[Body]:
    """The places as bodies, without those that are named in another's name: "Samsung Việt Nam"."""
    end, foreign = 0, foreign_countries()
    for span in _without_tools(text, lower, places):
        if span.start < end:
            continue
        name, kind, end = span.place.name, span.place.kind, span.end
        if kind == "country" and lower.startswith(" này", end):
            continue  # "cả nước này" is another
        if kind != "other":
            yield Body(span.start, end, name, kind)
        elif name in foreign:
            yield Body(span.start, end, name, "abroad")
        else:
            branch = branch_of(text, end)
            end += len(branch)
            yield Body(span.start, end, name + branch, kind)


def _role(body: Body, text: str, lower: str, living: list[int]) -> Role:
    if body.kind == "ministry" and (
        is_of_another_country(text, body.end)
        or (body.name in press() and signs(lower, body.start, body.end))
        or oversees(body.name, lower, body.end)
    ):
        return "source"
    if living and body.kind in PLACES and only_lives_there(lower, body.start, living):
        return "within"
    return role_of(lower, body.start, body.end, body.kind)


def merge(first: list[Body], second: list[Body]) -> list[Body]:
    """Both lists in order, without those of the second that overlap one of the first."""
    merged: list[Body] = []
    i = 0
    for body in second:
        while i < len(first) and first[i].start < body.end:
            merged.append(first[i])
            i += 1
        if not merged or merged[-1].end <= body.start:
            merged.append(body)
    return merged + first[i:]


def _without_tools(text: str, lower: str, places: list[PlaceSpan]) -> Iterator[PlaceSpan]:
    """The places but for those that name a product or a way: "trên hai sàn Tiki và Shopee"."""
    tool_end = -1
    for span in places:
        listed = tool_end >= 0 and lower[tool_end : span.start] in _JOINS
        thing = span.place.kind == "other" and span.place.name not in foreign_countries()
        if thing and (listed or _is_product(text, lower, span)):
            tool_end = span.end
        else:
            yield span


def _is_product(text: str, lower: str, span: PlaceSpan) -> bool:
    """Whether a company's name is part of a product's: "hệ thống VNPT iOffice"."""
    return (_PRODUCT.match(text, span.end) is not None and not branch_of(text, span.end)) or _TOOL.search(
        lower, max(0, span.start - 20), span.start
    ) is not None


def _bodies_by_pattern(text: str, lower: str, places: list[PlaceSpan]) -> Iterator[Body]:
    pattern, end = body_pattern(), 0
    agencies = [span for span in places if span.place.kind in ("ministry", "other")]
    starts = [span.start for span in agencies]
    for start in body_signs(text, lower):
        if start < end or not (match := pattern.match(text, start)):
            continue
        around = agencies[bisect_right(starts, start) - 1] if starts and starts[0] <= start else None
        if around and start < around.end and (around.start < start or (match["company"] and match.end() <= around.end)):
            continue  # "Thông tấn xã Việt Nam" names no commune
        for body in _read(match, text, lower, places):
            yield body
            end = body.end


def _read(match: re.Match[str], text: str, lower: str, places: list[PlaceSpan]) -> list[Body]:
    if match["level"] or match["short"] or match["initial"]:
        return _lesser_bodies(match, text)
    body = _body(match, text, lower, places)
    return [body] if body else []


def _body(match: re.Match[str], text: str, lower: str, places: list[PlaceSpan]) -> Body | None:
    start, end = match.span()
    if match["this"] and _COUNTED.search(lower, max(0, start - 8), start):
        return None  # "bốn đơn vị này" are several
    if refers := match["own"] or match["this"] or match["here"] or match["school"]:
        return Body(start, end, "thành phố" if refers == "TP" else refers.lower(), "own")
    if match["self"]:
        return Body(start, end, match["self"].lower(), "own") if _opens_clause(lower, start) else None
    if match["department"] or match["office"] or match["alone"]:
        return _department(match, text, places)
    if match["clinic"]:
        return Body(start, end, _first_up(match[0]), "clinic")
    if match["foreign"]:
        return _foreign(match, lower)
    return _company(match, places)


def _foreign(match: re.Match[str], lower: str) -> Body | None:
    """A company known by its looks alone; by its usual name if we know it: "Mobifone" is MobiFone."""
    name = match["foreign"]
    known = resolve(name)
    if known is not None and known.kind == "other":
        return Body(match.start(), match.end(), known.name, known.kind)
    return None if is_a_thing(name, lower) else Body(match.start(), match.end(), name, "company")


def _opens_clause(lower: str, start: int) -> bool:
    before = lower[max(0, start - 14) : start]
    return _MAY_PRECEDE_SELF.search(before) is not None and _LISTED_BEFORE.search(before) is None


def _department(match: re.Match[str], text: str, places: list[PlaceSpan]) -> Body | None:
    start, end = match.span()
    if match["department"] and _ANY.search(text[max(0, start - 6) : start].lower()):
        return None
    if match["department"]:
        name = f"Sở {department_names()[' '.join(match['field'].split())]}"
    else:
        written = match["office"] or match["alone"]
        name = office_names().get(written) or office_names()[_first_up(written)]
    place = _province_behind(text, places, end)
    if place is not None:
        keeps_word = name == "Văn phòng UBND"
        where = (
            f"{'thành phố ' if is_city(place.place.name) else 'tỉnh '}{place.place.name}"
            if keeps_word
            else place.place.name
        )
        return Body(start, place.end, f"{name} {where}", "department")
    if match["department"] or match["alone"]:
        return Body(start, end, name, "department")
    own = _OWN_BEHIND.match(text, end)
    return Body(start, own.end(), f"{name} tỉnh" if name == "Văn phòng UBND" else name, "department") if own else None


def _first_up(name: str) -> str:
    return name[0].upper() + name[1:]


def _province_behind(text: str, places: list[PlaceSpan], end: int) -> PlaceSpan | None:
    for place in places:
        if place.start >= end and place.place.kind == "province":
            return place if _PROVINCE_BEHIND.fullmatch(text, end, place.start) else None
    return None


def _lesser_bodies(match: re.Match[str], text: str) -> list[Body]:
    """A district or commune; several after a plural: "ba huyện Cù Lao Dung, Trần Đề và Long Phú"."""
    level = (
        " ".join(match["level"].lower().split()).removesuffix(" đảo")
        if match["level"]
        else _SHORT_LEVELS[(match["short"] or match["initial"]).lower()]
    )
    name = unify_tones(match["name"].replace("–", "-"))
    if level == "thành phố" and (known := resolve(name)) is not None and is_city(known.name):
        return []
    if name.isdigit() and level not in ("quận", "phường"):
        return []
    if name[-1].isdigit() and level not in ("xã", "phường", "quận"):
        return []
    kind = "district" if level in _DISTRICT_LEVELS else "commune"
    before = text[max(0, match.start() - _LONGEST_OFFICE) : match.start()].lower()
    if before.endswith(_OFFICES):
        office = next(office for office in _OFFICES_OF if before.endswith(office))
        return [_office_of(match, office, level, name, kind)]
    shown = _first_up(level)
    bodies = [Body(match.start(), match.end(), f"{shown} {name}", kind)]
    if _SEVERAL.search(text[max(0, match.start() - 8) : match.start()].lower()):
        while more := _MORE.match(text, bodies[-1].end):
            bodies.append(Body(more.start("name"), more.end(), f"{shown} {more['name']}", kind))
    return bodies


def _office_of(match: re.Match[str], office: str, level: str, name: str, kind: str) -> Body:
    """An office or a school of a district or commune: "Công an xã Ia Ly"."""
    written = "TP" if level == "thành phố" else level
    return Body(match.start() - len(office), match.end(), f"{_OFFICES_OF[office]} {written} {name}", kind)


def _company(match: re.Match[str], places: list[PlaceSpan]) -> Body | None:
    """A company, school, hospital or association, with all of its name."""
    word, text = match["company"], match.string
    word = _WRITTEN_OUT.sub(lambda short: _IN_FULL[short[0]], word) if word.endswith(("ĐH", "BV")) else word
    end = end_of_name(text, match.start("brand"), match.end())
    brand = text[match.start("brand") : end]
    if brand in ("Việt", "Việt Nam"):
        return None  # "ngân hàng Việt Nam" are all of the country's
    known = resolve(f"{word} {brand}") or resolve(brand)
    if known is None and (group := _GROUP_OF.fullmatch(f"{word} {brand}")):
        known = resolve(group["brand"])
    if known is not None and known.kind in ("ministry", "other"):
        return Body(match.start(), end, known.name, known.kind)
    if word.lower().startswith("công ty") and brand.isascii() and " " not in brand:
        return Body(match.start(), end, brand, "company")
    if word == "Bệnh viện" and (own := _OWN_BEHIND.match(text, end)):
        return Body(match.start(), own.end(), f"Bệnh viện {brand} tỉnh", "department")
    if word == "Bệnh viện" and _NAMED_BY_FIELD.fullmatch(brand):
        where = _province_behind(text, places, end)
        name = f"Bệnh viện {brand}"
        return Body(
            match.start(), where.end if where else end, f"{name} {where.place.name}" if where else name, "department"
        )
    kind = "association" if word == "Hiệp hội" else "company"
    return Body(match.start(), end, f"{_first_up(word)} {brand}", kind)
