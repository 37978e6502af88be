"""Companies unknown to us whose story a title tells: "Điện máy Tân Cương mở lại cửa hàng", "Ví điện tử MoPi cán mốc …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from models.bodies.abroad import STRANGE
from models.bodies.body import Body
from models.bodies.brands import named_shortly
from models.bodies.heroes import project_of
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
_BY_FORM = rf"(?i:\b(?:{_FORMS}))(?: (?:CP|TNHH|TMCP|MTV|{_SMALL})){{0,4}} "
_LED, _FORM_FIRST = re.compile(f"{_BY_FORM}$"), re.compile(rf"(?i:{_FORMS})\b")
_LED_SHORTLY = re.compile(
    r"\b(?:[Cc]ông ty|[Tt]ổng công ty|[Nn]gân hàng)(?: (?:[Cc]ổ phần|CP|TNHH|MTV|TMCP|một thành viên))* $"
)
_EARNS = re.compile(r"(?: [^\W\d_]+){0,2} (?:doanh thu|lợi nhuận|lỗ|lãi)\b")
_STRANGE_END = re.compile(rf"(?<!\w){STRANGE}$")
_FARTHEST_FORM, _SHORTEST = 60, 3
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
_PLACES = ("country", "abroad", "region", "province", "district", "commune")
_BRAND = re.compile(rf"(?!{CAPITAL})[^\W\d_][A-Z]|\d$")  # "MoPi", "Sức24"
_LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã")
_BRANCH = re.compile(rf"(?P<firm>{NAME}) chi nhánh (?:tỉnh |thành phố |TP )?(?P<place>{NAME})")
_FORM_IN_TITLE = re.compile(
    r"(?i:\b(?:start-?up|nhà mạng|hãng|công ty|sàn|chuỗi|ngân hàng|ví điện tử|tập đoàn|nền tảng)\b)"
)
# "ứng dụng Bếp Nhà", "Tổng công ty Đầu tư Vitel (Vitel Global, mã VTG)", "hệ thống của Hanseong Telecom"
_INTRODUCED = re.compile(
    rf"(?:{_BY_FORM}|\(|\b(?:của|tại) (?={STRANGE}))(?P<name>{SYLLABLE} {SYLLABLE}(?: {SYLLABLE})?)(?=[\s,.)])"
)
_OPENING, _GOES_ON = 700, 3
_FURTHER = re.compile(rf" {SYLLABLE}")


def firm_of(title: str, text: str, lower: str) -> tuple[str, tuple[str, ...]] | None:
    """The company that a title opens with, as the text calls it, and all the names that it has there; None for anything else."""
    if branch := _BRANCH.match(title):
        name = f"{branch['firm']} {branch['place']}"
        return name, (name, branch[0])
    opening = _TITLE.match(title)
    if opening is None or opening["own"] not in text or len(opening["own"]) < _SHORTEST:
        return None
    field, own, whole = opening["field"], opening["own"], opening["name"]
    if (field and field.startswith(_EVENTS)) or resolve(whole) is not None:
        return None
    if not (_is_of_business(lower) or (_BRAND.search(own) and "công ty" in lower)):
        return None
    return _named_by_place(whole, text) if resolve(own) is not None else _named(field, own, text)


def _named_by_place(whole: str, text: str) -> tuple[str, tuple[str, ...]] | None:
    """ "Cấp nước Sơn La" where the text calls it a company."""
    at = next(
        (at for at in _occurrences(whole, text) if _LED_SHORTLY.search(text, max(0, at - _FARTHEST_FORM), at)), None
    )
    if at is None:
        return None
    return f"Công ty {whole}" if text.endswith("Công ty ", 0, at) else whole, (whole,)


def _named(field: str | None, own: str, text: str) -> tuple[str, tuple[str, ...]] | None:
    if not _is_firm(field, own, text):
        return None
    if field is not None:
        whole = f"{field} {own}"
        if text.count(own) > 2 * text.count(whole) and not _FORM_FIRST.match(field):
            name = _as_the_text_calls(own, text)
            return name, (name, own, whole)
        if text.count(short := f"{' '.join(field.split()[:2])} {own}") > text.count(whole):
            return short, (short, whole, own)
        if any(at > 0 and not text.endswith((". ", "\n", ": "), 0, at) for at in _occurrences(whole, text)):
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


def _occurrences(name: str, text: str) -> Iterator[int]:
    """Where a text holds a name, as words of their own."""
    at = text.find(name)
    while at >= 0:
        if not text[at - 1 : at].isalnum() and not text[at + len(name) : at + len(name) + 1].isalnum():
            yield at
        at = text.find(name, at + 1)


def _is_firm(field: str | None, own: str, text: str) -> bool:
    """Whether the text tells of a company by that name."""
    if field and _FORM_FIRST.match(field):
        return True
    found = list(_occurrences(own, text))
    if len(found) > 1 and _STRANGE_END.search(own):
        return True
    for at in found:
        start = at - len(field) - 1 if field and text.endswith(f"{field} ", 0, at) else at
        if _LED.search(text, max(0, start - _FARTHEST_FORM), start) or _EARNS.match(text, at + len(own)):
            return True
    return False


def _as_the_text_calls(own: str, text: str) -> str:
    """A name with what it has more where the text introduces it: "Lạc Hồng Invoice"."""
    for at in _occurrences(own, text):
        more = _FURTHER.match(text, at + len(own))
        if more and _LED_SHORTLY.search(text, max(0, at - _FARTHEST_FORM), at):
            return own + more[0]
    return own


def project_or_firm(
    title: str | None, text: str, lower: str, bodies: list[Body], *, is_of_a_place: bool
) -> tuple[str | None, list[Body]]:
    """The building project or the company whose story a title tells, if any, and the bodies with it among them."""
    if not title:
        return None, bodies
    if not is_of_a_place and (project := project_of(title, text, lower)) is not None:
        return project[0], merge(project[1], bodies)
    firm = firm_of(title, text, lower) or firm_told_of(title, text, lower)
    return (firm[0], told_of(firm, bodies, text)) if firm else (None, bodies)
