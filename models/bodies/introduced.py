"""Companies that no list holds, known by how a text introduces them: "hãng xe Vút Đi", "NovaPay, doanh nghiệp đi trước"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.bodies.abroad import STRANGE
from models.bodies.body import Body
from models.bodies.brands import named_shortly
from models.bodies.companies import is_a_thing
from models.bodies.patterns import CAPITAL, SYLLABLE
from models.bodies.places import resolve
from models.bodies.roles import role_of
from models.sought import Sought
from models.words import dictionary, spelled

_FORMS = (
    "công ty", "doanh nghiệp", "hãng", "nhà mạng", "chuỗi", "start-up", "startup", "nhà cung cấp", "đối thủ", "ví điện tử", "thương hiệu",
)  # fmt: skip
_OFFICERS = ("giám đốc", "đại diện", "ceo", "người phát ngôn", "nhà sáng lập")
_RESULTS = ("báo lãi", "báo lỗ")
_INTRODUCES = Sought(*_FORMS, *_OFFICERS, *_RESULTS)
_SMALL = rf"(?!{CAPITAL})[^\W\d_]+"
_OWN = r"\d?[A-Z][A-Za-z0-9&.-]*[A-Za-z0-9](?: [A-Z][A-Za-z0-9&-]*[A-Za-z0-9])*"
_OURS = rf"{SYLLABLE}(?: {SYLLABLE}){{1,3}}"
_BEHIND = re.compile(rf"(?P<field>(?: {_SMALL}){{0,4}}) (?P<name>{_OWN}|{_OURS})(?!\w)(?! {CAPITAL})")
_LED = "".join(f"|(?<={word} )" for word in ("của", "hành", "lập", "mua", "với", "do", "bởi"))
_BEFORE = re.compile(rf"(?:(?:^|(?<=[.;:–-] )|(?<=\n){_LED})(?P<ours>{_OURS})|(?<!\w)(?P<own>{_OWN})), (?:một |là )?$")
# "SK hynix tuần qua báo lãi": what only a business does.
_EARNS = re.compile(rf"(?:^|(?<=[.;:] )|(?<=\n))(?P<own>{_OWN})(?P<ours>)(?: {_SMALL}){{0,3}} $")
_FOREIGN = re.compile(rf"\b(?:{STRANGE}|\d?[A-Z]\w*[A-Z]\w*|\d[A-Z]\w+|\w*[fjwz]\w*)\b")
_BRAND = re.compile(r"[A-Z]{3,}|\d?[A-Z][a-z]*[A-Z]\w*")
# "hãng tin AFP", "hãng nghiên cứu IDC": they tell of others. "chuỗi sự kiện Tech Fest" is no company.
_OF_OTHERS = re.compile(
    r"\b(?:tin|thông tấn|nghiên cứu|phân tích|xếp hạng|kiểm toán|luật|bảo mật|an ninh|an toàn|tư vấn|sự kiện|chương trình|hội thảo|giá|của"
    r"|và|với|tại|ở|là|có|từ|vào|cho|trong|về|đến|theo|thuộc|trên|như)\b"
)
_NO_NAMES = frozenset((
    "ADB", "AI", "ASEAN", "ATM", "B2B", "BHXH", "BOT", "BTS", "Ban", "Bộ", "CA", "CEO", "CFO", "CNTT", "CP", "CSP", "CTO", "Châu",
    "Cục", "DNNN", "EU", "FDI", "GPS", "HCM", "HTX", "ICT", "IOC", "IPO", "IT", "Internet", "KCN", "MTV", "OCOP", "ODM", "OEM", "POS",
    "Phần", "SIM", "SMB", "SME", "SMEs", "Sở", "TMCP", "TNHH", "TP", "TP.HCM", "UBND", "VN", "VND", "VNR500", "VNeID", "XNK",
))  # fmt: skip
_NUMERAL = re.compile(r"[IVX]+")
# "Trung tâm Ứng cứu khẩn cấp không gian mạng (VNCERT)": no company.
_AGENCY = r"(?:Cục|Trung tâm|Ban|Hội|Hiệp hội|Viện|Ủy ban|Bộ|Quỹ|Tổ chức|Vụ|Liên minh|Cổng|Hệ thống|Ứng dụng)\b[^().\n]{5,90} \("
_FARTHEST = 60


def introduced_firms(text: str, lower: str) -> list[str]:
    """The companies that a text introduces as such, longest name first."""
    names = {name for name in _introduced(text, lower) if _is_unknown(name, lower)}
    return sorted(names, key=lambda name: (-len(name), name))


def told_firms(names: list[str], text: str, lower: str) -> list[Body]:
    """Where a text names these companies, in order."""
    told = named_shortly(text, dict.fromkeys(names, ""))
    return [body._replace(role=role_of(lower, body.start, body.end, "company")) for body in told]


def _introduced(text: str, lower: str) -> Iterator[str]:
    for start, which in _INTRODUCES.found_in(lower):
        word = _INTRODUCES.phrases[which]
        if word not in _RESULTS:
            behind = _BEHIND.match(text, start + len(word))
            if behind and not _OF_OTHERS.search(behind["field"]) and _is_name(behind["name"], text, word):
                yield behind["name"]
        if word not in _OFFICERS:
            before = (_EARNS if word in _RESULTS else _BEFORE).search(text, max(0, start - _FARTHEST), start)
            if before and _is_name(name := before["own"] or before["ours"], text, word):
                yield name


def _is_name(name: str, text: str, word: str) -> bool:
    """Whether a name is a company's; the one behind "giám đốc" may be a man's."""
    if word in _OFFICERS:
        return _BRAND.fullmatch(name) is not None and not re.search(rf"{_AGENCY}{re.escape(name)}\b", text)
    if _FOREIGN.search(name):
        return _NUMERAL.fullmatch(name) is None
    return text.count(name) > 1 and (" " in name or not _begins_word(name, text))


def _begins_word(name: str, text: str) -> bool:
    """Whether a syllable is the first of a word of ours somewhere in a text: "Thanh toán"."""
    following = re.finditer(rf"(?<!\w){re.escape(name)} (?P<next>[^\W\d_]+)", text)
    return any(not one["next"].islower() or spelled(f"{name} {one['next']}") in dictionary() for one in following)


def _is_unknown(name: str, lower: str) -> bool:
    words = re.split(r"[ \d]", name)
    return (
        not (set(words) & _NO_NAMES)
        and resolve(name) is None
        and resolve(words[0]) is None
        and not is_a_thing(name, lower)
    )
