"""Companies that no list holds: those told of with their code on the exchange; and what is none, though it is named like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.bodies.abroad import STRANGE
from models.bodies.patterns import NAME
from models.bodies.places import resolve
from models.sought import Sought

_OF_SHARES = ("cổ phiếu", "lợi nhuận", "niêm yết", "chứng khoán")
_SHARES = Sought(*_OF_SHARES)
_CODED = re.compile(r" \((?:[Mm]ã(?:\s[^\W\d_]+){0,2}:?\s|(?:HOSE|HoSE|HNX|UPCoM|UPCOM):\s?)?(?P<code>[A-Z]{3})\)")
_NAME_BEFORE = re.compile(rf"(?<!\w){NAME}$")
_LONGEST_NAME = 40
_NO_CODES = frozenset((
    "CEO", "CTO", "CFO", "COO", "USD", "VND", "EUR", "GDP", "CPI", "VAT", "TTO", "TPO", "NTO", "HCM", "WHO", "IMF", "FED", "ADB", "FTA",
    "ETF", "EPS", "ROE", "FDI", "ODA", "PMI", "SJC", "LNG", "GRDP", "API", "BOT", "PPP", "ESG",
))  # fmt: skip
_CODE = 3
_PEOPLE = ("ông ", "bà ", "anh ", "chị ")
_LEADS = frozenset(
    ("Còn", "Riêng", "Trong", "Tại", "Theo", "Với", "Sau", "Trước", "Ngoài", "Cổ", "Mã", "Khi", "Nhóm", "Hai", "Ba")
)
_BRANCH = re.compile(
    r" (?:Việt Nam|Vietnam|Global|Electronics|Group|Holdings|Corporation|Corp|Inc|Networks|Digital|Capital)\b"
)
_OPENING_COMPANY = re.compile(
    r"(?P<name>[A-Z][\w.&'-]*(?: [A-Z][\w.&'-]*){0,2})(?: (?:vừa|đã|sẽ|bất ngờ|tiếp tục|dự kiến|lần đầu|muốn))*"
    r" (?:báo (?:lãi|lỗ)|lãi|lỗ|đạt doanh thu|doanh thu|lợi nhuận|thu (?:về|gần|hơn|\d)|mua lại|thâu tóm|gọi vốn|huy động|niêm yết|ipo"
    r"|sa thải|cắt giảm|bán (?:được|ra|hơn|gần|\d)|vượt mốc|cán mốc|có (?:hơn |gần )?\d|đạt (?:hơn |gần )?\d|đặt mục tiêu|mở rộng|đầu tư"
    r"|phá sản|nộp phạt|bị phạt)\b"
)
_NOT_OURS = re.compile(rf"^(?:{STRANGE}|[A-Z]\w*[A-Z]\w*|\w*[fjwz]\w*)")
# What these words lead to is no company: "mã độc tống tiền WannaCry".
_THING_BEFORE = re.compile(
    r"\b(?:mã độc|vi rút|virus|ransomware|trojan|phần mềm độc hại|phần mềm gián điệp|biến thể|lỗ hổng|chiến dịch|botnet|smartphone"
    r"|điện thoại|mẫu|dòng|máy tính bảng|laptop|chip|vi xử lý|xe|tàu|bão|siêu bão|vắc-?xin|vaccine|thuốc|biến chủng|đồng hồ|máy ảnh"
    r"|hệ điều hành|phiên bản|giải|cúp)(?:\s[^\W\d_]+){0,3}\s[\"“']?$"
)
_NEAR = 45


def branch_of(text: str, end: int) -> str:
    """What a company's name goes on with when a branch or a part of it is meant: " Việt Nam", " Electronics"; else ""."""
    behind = _BRANCH.match(text, end)
    return behind[0] if behind else ""


def listed_companies(text: str, lower: str) -> Iterator[tuple[int, int, str]]:
    """Where companies are named that the text introduces with their code: "Thế Giới Di Động (MWG)"; start, end, name."""
    if not _SHARES.starts_in(lower):
        return
    names = {name for match in _CODED.finditer(text) if (name := _introduced(match, text, lower)) is not None}
    if names:
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        yield from ((match.start(), match.end(), match[0]) for match in pattern.finditer(text))


def is_code(bracket: re.Match[str], text: str) -> bool:
    """Whether what follows a company's name in brackets is its code on the exchange, and no short name."""
    if bracket["code"]:
        return True
    return len(bracket["name"]) == _CODE and bracket["name"].isupper() and any(word in text for word in _OF_SHARES)


def company_in_title(title: str) -> str | None:
    """The company unknown to us that a title opens with: "Dabaco báo lãi 400 tỷ đồng"."""
    opening = _OPENING_COMPANY.match(title)
    return (
        opening["name"] if opening and _NOT_OURS.search(opening["name"]) and resolve(opening["name"]) is None else None
    )


def _introduced(bracket: re.Match[str], text: str, lower: str) -> str | None:
    """The name right before a code in brackets."""
    named = _NAME_BEFORE.search(text, max(0, bracket.start() - _LONGEST_NAME), bracket.start())
    if named is None or bracket["code"] in _NO_CODES or lower.endswith(_PEOPLE, 0, named.start()):
        return None
    first, _, rest = named[0].partition(" ")
    return (rest or None) if first in _LEADS else named[0]


def is_a_thing(name: str, lower: str) -> bool:
    """Whether a text calls what has a company's look a virus, a telephone, a storm."""
    name, start = name.lower(), -1
    while (start := lower.find(name, start + 1)) >= 0:
        if _THING_BEFORE.search(lower, max(0, start - _NEAR), start):
            return True
    return False
