"""Places that only say where somebody lives or is from, or where a road leads: "ngụ tại Hà Nội", "du khách Hàn Quốc"."""

from __future__ import annotations

import re
from bisect import bisect_left

from models.sought import Sought

PLACES = ("province", "district", "commune", "abroad")
_LEVEL = r"(?:(?:thôn|xóm|ấp|bản|tổ|khu phố|xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tp\.?|tỉnh|số|đường)\s?)?"
_LIVES = re.compile(
    r"(?:\b(?:trú|ngụ|quê|thường trú|tạm trú|cư trú|sinh sống|hộ khẩu)(?:\s(?:tại|ở|quán(?: ở| tại)?))?|\btuổi,\s(?:ở|tại|người|đến từ))\s"
    rf"(?:[^,;:.()\n]{{1,30}},\s){{0,4}}{_LEVEL}$"
)
_LIVING = Sought("tuổi,", "trú ", "ngụ ", "quê ", "sinh sống", "hộ khẩu")
_ROAD = re.compile(
    r"\b(?:cao tốc|tuyến|đường sắt|đường bay|chặng|quốc lộ|chuyến bay|tàu|xe khách|xe buýt|vành đai)\b(?:\s[^\W\d_]+){0,2}\s"
    r"(?:[^,;:.()\n]{2,25}?\s?[-–—]\s?)*$"
)
_DASHES = ("-", "–", "—")
# Before a country's name these make it say what somebody is, or where something goes: "hai nghi phạm người Lào".
_BELONGS_TO = (
    "người", "người gốc", "gốc", "quốc tịch", "biển số", "biển kiểm soát", "tiếng", "khách", "du khách", "khách du lịch", "đối tác",
    "thị trường", "hàng", "hàng hóa", "thương hiệu", "nhãn hiệu", "nhà đầu tư", "doanh nghiệp", "công ty", "tập đoàn", "hãng", "chuyên gia",
    "sang", "từ", "qua", "giáp", "biên giới", "phía", "công nghệ", "hợp tác với", "giới chức", "truyền thông", "báo chí", "quân đội",
    "cảnh sát", "du học", "đồng", "tòa án", "đại sứ quán", "lao động", "vốn", "nhạc", "phim", "xe",
)  # fmt: skip
_OF_HERE = re.compile(r"giờ\s$")
_ENDINGS = tuple(f" {word}" for word in _BELONGS_TO)
_FARTHEST = 100
# "một xưởng gỗ ở Bình Định", "trụ sở 48 Lý Thường Kiệt, Hà Nội", "chợ Hôm (Hà Nội)"
_ASIDE = re.compile(
    r"(?:[^\W\d_]\s(?:ở|tại)\s(?:tỉnh\s|thành phố\s)?|[^\W_],\s(?:tỉnh\s|thành phố\s)?|\([^().\n]{0,30})$"
)


def homes(lower: str) -> list[int]:
    """Where a text may say where somebody lives."""
    return _LIVING.starts_in(lower)


def only_lives_there(lower: str, start: int, living: list[int]) -> bool:
    """Whether a place only says where somebody is from: "ông Nam (48 tuổi, ngụ tại xã Ia Ly, Gia Lai)"; `living` are the `homes`."""
    first = max(0, start - _FARTHEST)
    at = bisect_left(living, first)
    return at < len(living) and living[at] < start and _LIVES.search(lower, first, start) is not None


def only_leads_there(lower: str, start: int, end: int) -> bool:
    """Whether a place is only one end of a road: "tuyến Hà Nội - Lào Cai"."""
    around = lower[end : end + 2].lstrip()[:1], lower[max(0, start - 2) : start].rstrip()[-1:]
    if around[0] not in _DASHES and around[1] not in _DASHES:
        return False
    return _ROAD.search(lower, max(0, start - _FARTHEST), start) is not None


def only_belongs(lower: str, start: int) -> bool:
    """Whether a country's name only says what somebody is: "du khách Hàn Quốc"."""
    return lower[max(0, start - 20) : start].rstrip().endswith(_ENDINGS)


def only_tells_the_time(lower: str, start: int) -> bool:
    """Whether a country's name only says by whose clock: "lúc 4 giờ sáng, giờ Việt Nam"."""
    return _OF_HERE.search(lower, max(0, start - 5), start) is not None


def is_aside(lower: str, start: int) -> bool:
    """Whether a place is named within a sentence on something else, to say where that is: "một nhà máy giày ở Bình Dương"."""
    return _ASIDE.search(lower, max(0, start - 40), start) is not None
