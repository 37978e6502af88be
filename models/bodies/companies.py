"""Companies that no list holds: those told of with their code on the exchange; and what is none, though it is named like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.bodies.patterns import NAME

_OF_SHARES = ("cổ phiếu", "lợi nhuận", "niêm yết", "chứng khoán")
_WITH_CODE = re.compile(
    rf"(?P<name>{NAME})\s\((?:[Mm]ã(?:\s[^\W\d_]+){{0,2}}:?\s|(?:HOSE|HoSE|HNX|UPCoM|UPCOM):\s?)?(?P<code>[A-Z]{{3}})\)"
)
_NO_CODES = frozenset((
    "CEO", "CTO", "CFO", "COO", "USD", "VND", "EUR", "GDP", "CPI", "VAT", "TTO", "TPO", "NTO", "HCM", "WHO", "IMF", "FED", "ADB", "FTA",
    "ETF", "EPS", "ROE", "FDI", "ODA", "PMI", "SJC", "LNG", "GRDP", "API", "BOT", "PPP", "ESG",
))  # fmt: skip
_CODE = 3
_PEOPLE = ("ông ", "bà ", "anh ", "chị ")
_LEADS = frozenset(
    ("Còn", "Riêng", "Trong", "Tại", "Theo", "Với", "Sau", "Trước", "Ngoài", "Cổ", "Mã", "Khi", "Nhóm", "Hai", "Ba")
)
# What these words lead to is no company: "mã độc tống tiền WannaCry".
_THINGS = (
    r"(?:mã độc|vi rút|virus|ransomware|trojan|phần mềm độc hại|phần mềm gián điệp|biến thể|lỗ hổng|chiến dịch|botnet|smartphone"
    r"|điện thoại|mẫu|dòng|máy tính bảng|laptop|chip|vi xử lý|xe|tàu|bão|siêu bão|vắc-?xin|vaccine|thuốc|biến chủng|đồng hồ|máy ảnh"
    r"|hệ điều hành|phiên bản|giải|cúp)"
)


def listed_companies(text: str, lower: str) -> Iterator[tuple[int, int, str]]:
    """Where companies are named that the text introduces with their code: "Thế Giới Di Động (MWG)"; start, end, name."""
    if not any(word in lower for word in _OF_SHARES):
        return
    names = {name for match in _WITH_CODE.finditer(text) if (name := _introduced(match, lower)) is not None}
    if names:
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        yield from ((match.start(), match.end(), match[0]) for match in pattern.finditer(text))


def is_code(bracket: re.Match[str], text: str) -> bool:
    """Whether what follows a company's name in brackets is its code on the exchange, and no short name."""
    if bracket["code"]:
        return True
    return len(bracket["name"]) == _CODE and bracket["name"].isupper() and any(word in text for word in _OF_SHARES)


def _introduced(match: re.Match[str], lower: str) -> str | None:
    if match["code"] in _NO_CODES or lower.endswith(_PEOPLE, 0, match.start()):
        return None
    first, _, rest = match["name"].partition(" ")
    return (rest or None) if first in _LEADS else match["name"]


def is_a_thing(name: str, lower: str) -> bool:
    """Whether a text calls what has a company's look a virus, a telephone, a storm."""
    return re.search(rf"\b{_THINGS}(?:\s[^\W\d_]+){{0,3}}\s[\"“']?{re.escape(name.lower())}\b", lower) is not None
