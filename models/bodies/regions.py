"""The regions of the country, where a text tells of one: "Tây Nguyên có tỷ lệ thấp nhất", "của đồng bằng sông Hồng là 71%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.bodies.body import Body
from models.sought import Sought

_NAMES = (
    "Bắc Trung Bộ và Duyên hải miền Trung", "Duyên hải Nam Trung Bộ", "Trung du và miền núi phía Bắc", "Đồng bằng sông Cửu Long",
    "Đồng bằng sông Hồng", "Đông Nam Bộ", "Tây Nam Bộ", "Bắc Trung Bộ", "Nam Trung Bộ", "Tây Nguyên",
)  # fmt: skip
_REGIONS = Sought(*(name.lower() for name in _NAMES))
# "thứ 6 trong 13 tỉnh đồng bằng sông Cửu Long", "vựa lúa của Tây Nguyên, nơi có 12 tỉnh": it is only where.
TOLD_OF = re.compile(
    r"\s(?:(?:thấp|cao|đông|nhiều|ít) nhất\s)?(?:(?:đã|cũng|vẫn|chỉ|mới|hiện|còn|lại)\s)?(?:có|đạt|là|với|chiếm|đóng góp|gieo|thu|sản xuất"
    r"|dẫn đầu|đứng|tăng|giảm|\d)"
)
_ONLY_WHERE = re.compile(
    r"(?:\btỉnh|\bthành|\bthành phố|\bở|\btại|\blớn|\bnhất|\bthứ|\btrong|\bso với|\bhơn|\bkém|\bcủa vùng)\s(?:vùng\s)?$"
)


def regions_in(lower: str) -> Iterator[Body]:
    """The regions of which a text tells something itself, in order."""
    end = 0
    for start, which in _REGIONS.found_in(lower):
        name = _NAMES[which]
        if start < end or not TOLD_OF.match(lower, start + len(name)):
            continue
        if not _ONLY_WHERE.search(lower, max(0, start - 20), start) or lower.endswith("nhất là ", 0, start):
            end = start + len(name)
            yield Body(start, end, name, "region")
