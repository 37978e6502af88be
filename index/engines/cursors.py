"""How far the pages of a question have come: the cursor that people hand back for the next page, the same for all engines."""

from __future__ import annotations

import base64
import binascii
import math
from dataclasses import dataclass

import orjson

from index.base import Tier
from index.errors import EngineError

UNDATED = -(2**62)
"""What the undated are sorted by: after all the rest."""
MOST_OFFSET = 10_000
"""How deep pages by relevance go: each is found from the top on. Pages by date go on from the last article."""
_MOST_NUMBER = 2**62
"""The undated stand at its negative; more than this no engine can count with."""
_BAD_CURSOR = "Con trỏ trang không đọc được hoặc thuộc về câu tìm khác. Hãy tìm lại từ trang đầu"
_TOO_DEEP = (
    f"Xếp theo độ liên quan chỉ xem được {MOST_OFFSET} kết quả đầu. Hãy thu hẹp câu tìm, hoặc xếp theo ngày để xem hết"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """How far the pages have come: how many of a tier were given, and the last of them."""

    tier: Tier = "exact"
    by_date: bool
    offset: int = 0
    key: float = 0
    id: str = ""

    def write(self) -> str:
        """The cursor that `read` reads again."""
        values = [self.tier, self.by_date, self.offset, self.key, self.id]
        return base64.urlsafe_b64encode(orjson.dumps(values)).decode()

    @classmethod
    def read(cls, cursor: str, *, by_date: bool) -> Place:
        try:
            tier, order, offset, key, article_id = orjson.loads(base64.urlsafe_b64decode(cursor))
        except (binascii.Error, ValueError, TypeError) as e:
            raise EngineError(_BAD_CURSOR) from e
        known = tier in ("exact", "folded") and order is by_date and isinstance(article_id, str)
        if not known or not (type(offset) is int and 0 <= offset < _MOST_NUMBER) or not _is_number(key):
            raise EngineError(_BAD_CURSOR)
        if offset > MOST_OFFSET and not by_date:
            raise EngineError(_TOO_DEEP)
        return cls(tier=tier, by_date=by_date, offset=offset, key=key, id=article_id)


def _is_number(key: object) -> bool:
    return type(key) in (int, float) and math.isfinite(key) and abs(key) <= _MOST_NUMBER  # type: ignore[arg-type]
