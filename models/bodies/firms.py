"""Companies unknown to us whose story a title tells: "Điện máy Tân Cương mở lại cửa hàng", "Ví điện tử MoPi cán mốc …"."""

from __future__ import annotations

import re
from collections import Counter

from models.bodies.abroad import STRANGE
from models.bodies.body import Body
from models.bodies.brands import named_shortly
from models.bodies.named import merge
from models.bodies.patterns import CAPITAL, NAME, SYLLABLE
from models.bodies.places import resolve
from models.sought import Sought

_SMALL = rf"(?!{CAPITAL})[^\W\d_]+"
_TITLE = re.compile(
    rf"[“\"']?(?P<name>(?:(?P<field>{CAPITAL}[^\W_]*(?: {_SMALL}){{1,4}}) )?(?P<own>{SYLLABLE}(?: {SYLLABLE}){{0,3}}))(?!\w)"
)
_FORMS = (
    "công ty|tổng công ty|tập đoàn|ngân hàng|hãng|chuỗi|ví điện tử|ví|sàn|ứng dụng|doanh nghiệp|start-?up|nền tảng|nhà mạng"
    "|thương hiệu"
)
# "hãng gọi xe công nghệ Vút Đi", "Công ty cổ phần Chứng khoán Tín Phát"
_LED = rf"(?i:\b(?:{_FORMS}))(?: (?:CP|TNHH|TMCP|MTV|{_SMALL})){{0,4}} "
_LED_SHORTLY = r"\b(?:[Cc]ông ty|[Tt]ổng công ty|[Nn]gân hàng)(?: (?:[Cc]ổ phần|CP|TNHH|MTV|TMCP|một thành viên))* "
_EARNS = r"(?: [^\W\d_]+){0,2} (?:doanh thu|lợi nhuận|lỗ|lãi)\b"
_BUSINESS = Sought("công ty", "doanh nghiệp", "hãng", "doanh thu", "lợi nhuận", "cổ đông", "khách hàng", "thị phần")
_TRADE = Sought("cửa hàng", "ứng dụng", "người dùng")
_OWN_BUSINESS = 4
"""Words of business in the text of an article on a company."""
_EVENTS = (
    "Hội thảo",
    "Hội nghị",
    "Triển lãm",
    "Cuộc thi",
    "Giải",
    "Chương trình",
    "Dự án",
    "Ngày hội",
    "Diễn đàn",
    "Bộ",
    "Sở",
    "Tỉnh",
)
_PLACES = ("country", "abroad", "province", "district", "commune")
_LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã")
_BRANCH = re.compile(rf"(?P<firm>{NAME}) chi nhánh (?:tỉnh |thành phố |TP )?(?P<place>{NAME})")
_FORM_IN_TITLE = re.compile(
    r"(?i:\b(?:start-?up|nhà mạng|hãng|công ty|sàn|chuỗi|ngân hàng|ví điện tử|tập đoàn|nền tảng)\b)"
)
# "ứng dụng Bếp Nhà", "Tổng công ty Đầu tư Vitel (Vitel Global, mã VTG)", "hệ thống của Hanseong Telecom"
_INTRODUCED = re.compile(
    rf"(?:{_LED}|\(|\b(?:của|tại) (?={STRANGE}))(?P<name>{SYLLABLE} {SYLLABLE}(?: {SYLLABLE})?)(?=[\s,.)])"
)
_OPENING, _GOES_ON = 700, 3
_FURTHER = rf" (?P<more>{SYLLABLE})"


def firm_of(title: str, text: str, lower: str) -> tuple[str, tuple[str, ...]] | None:
    """The company that a title opens with, as the text calls it, and all the names that it has there; None for anything else."""
    if branch := _BRANCH.match(title):
        name = f"{branch['firm']} {branch['place']}"
        return name, (name, branch[0])
    opening = _TITLE.match(title)
    if opening is None or not _is_of_business(lower):
        return None
    field, own = opening["field"], opening["own"]
    if len(own) < 3 or (field and field.startswith(_EVENTS)) or resolve(opening["name"]) is not None:
        return None
    if resolve(own) is not None:
        whole = opening["name"]
        named = re.search(rf"{_LED_SHORTLY}{re.escape(whole)}(?!\w)", text) if field else None
        return (f"Công ty {whole}" if named[0].startswith("Công ty " + whole) else whole, (whole,)) if named else None
    if not _is_firm(field, own, text):
        return None
    whole = f"{field} {own}" if field else own
    if field and text.count(short := f"{' '.join(field.split()[:2])} {own}") > text.count(whole):
        return short, (short, whole, own)
    if field and re.search(rf"(?<![.\n:] )(?<!\n)(?<!^){re.escape(whole)}(?!\w)", text):
        return whole, (whole, own)
    name = _as_the_text_calls(own, text)
    return name, (name, own)


def firm_told_of(title: str, text: str, lower: str) -> tuple[str, tuple[str, ...]] | None:
    """The company that a title only calls a start-up or a network, by the name that the text's opening gives it and goes on to use."""
    if not _FORM_IN_TITLE.search(title) or not _is_of_business(lower):
        return None
    named = Counter({one["name"]: 0 for one in _INTRODUCED.finditer(text, 0, _OPENING)})
    for name in named:
        named[name] = 0 if resolve(name) or resolve(name.split()[0]) else text.count(name)
    if not named:
        return None
    (name, most), *others = named.most_common(2)
    return (name, (name,)) if most >= _GOES_ON and (not others or others[0][1] * 2 <= most) else None


def _is_of_business(lower: str) -> bool:
    said = len(_BUSINESS.starts_in(lower))
    return said >= _OWN_BUSINESS or (said > 2 and said + len(_TRADE.starts_in(lower)) >= _OWN_BUSINESS)


def told_of(firm: tuple[str, tuple[str, ...]], bodies: list[Body], text: str) -> list[Body]:
    """The bodies of a text on a company, with that company wherever it is named; places in it only say where it works."""
    name, called = firm
    around = [
        body._replace(name=name) if body.kind == "company" and body.name.endswith(called) else body for body in bodies
    ]
    own = [body for body in around if body.name == name]
    spoken = [body._replace(name=name) for body in named_shortly(text, dict.fromkeys(called, name))]
    others = [body for body in around if body.name != name]
    told = merge(merge(own, spoken), others)
    return [body._replace(role="within") if _is_ground(body) else body for body in told]


def _is_ground(body: Body) -> bool:
    return (body.kind in _PLACES and body.role == "subject") or (body.kind == "own" and body.name in _LEVELS)


def _is_firm(field: str | None, own: str, text: str) -> bool:
    """Whether the text tells of a company by that name."""
    written = re.escape(own)
    inside = f"(?:{re.escape(field)} )?" if field else ""
    if re.search(rf"{_LED}{inside}{written}(?!\w)", text):
        return True
    if field and re.match(rf"(?i:{_FORMS})\b", field) and own in text:
        return True
    if re.search(rf"(?<!\w){written}{_EARNS}", text):
        return True
    return re.search(rf"(?<!\w){STRANGE}$", own) is not None and text.count(own) > 1


def _as_the_text_calls(own: str, text: str) -> str:
    """A name with what it has more where the text introduces it: "Lạc Hồng Invoice"."""
    longer = re.search(rf"{_LED_SHORTLY}{re.escape(own)}{_FURTHER}", text)
    return f"{own} {longer['more']}" if longer else own
