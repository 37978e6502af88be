"""Whether a title, a heading or the words before a colon announce targets."""

from __future__ import annotations

import re

_HEADS = re.compile(
    r"\W*(?:[\divx]{1,3}[.)]\s*)?(?:(?:các|những|một số)\s+)?(?:mục tiêu|chỉ tiêu|định hướng|phấn đấu)\b|\W*kế hoạch\b[^.:;]*\?$"
)
_ANNOUNCES = re.compile(r"mục tiêu|phấn đấu|chỉ tiêu|kế hoạch (?:năm|giai đoạn)|^\W*kế hoạch(?! (?:và|&|-|–) đầu tư)")
_WILL = re.compile(r"\bsẽ\b|dự kiến")
_REPORTS = re.compile(
    r"\d\s?% (?:so với )?(?:dự toán|chỉ tiêu|kế hoạch|mục tiêu)|vượt"
    r"|hoàn thành|kết quả|đã đạt|(?:về|cán) đích|cán mốc|tiệm cận|tiến gần|áp sát|tổng kết|sơ kết|còn xa|\bnhưng\b|\bsong\b"
)


def sets_targets(lower: str) -> bool:
    """Whether a title announces targets. What somebody "will" do, as many titles tell, makes no target of each figure."""
    return _ANNOUNCES.search(lower) is not None and _REPORTS.search(lower) is None


def leads_to_targets(lower: str) -> bool:
    """Whether the words before a colon announce targets."""
    return sets_targets(lower) or (_WILL.search(lower) is not None and _REPORTS.search(lower) is None)


def heads_targets(lower: str) -> bool:
    """Whether a line is the heading of a list of targets: "1. Mục tiêu đến năm 2025"."""
    return _HEADS.match(lower) is not None
