"""What a figure is called, in the article's own words: the noun phrase before the number or behind it.

"tỷ lệ hồ sơ đúng hạn đạt 98%" ─► "tỷ lệ hồ sơ đúng hạn"; "82% hồ sơ nộp trực tuyến" ─► "tỷ lệ hồ sơ nộp trực tuyến";
"đã cấp 1.756 chữ ký" ─► "số chữ ký đã cấp".
"""

from __future__ import annotations

import re

from models.naming.apart import tell_apart
from models.naming.changes import against_time
from models.naming.counts import name_count
from models.naming.hiding import without_names
from models.naming.indices import name_points, short
from models.naming.kinds import sort_of
from models.naming.nearest import is_bare, thing_before, topic_of
from models.naming.rankings import name_rank, name_steps
from models.naming.segments import clip, tidy, without_trail
from models.naming.shares import name_share
from models.naming.sums import name_money, name_time
from models.naming.surroundings import Context

_SAID_BEHIND = re.compile(
    r"\s*[:,–-]?\s*(?:đó |đây )?(?:cũng )?là\s+(?P<name>(?:tỷ lệ|số|tổng số|mức|số lượng|con số|chỉ số)\s[^,;.()]{6,90})"
)
_AVERAGE = re.compile(r"(?<!hơn )(?<!với )(?<!kém )(?<!vượt )(?P<word>trung bình|bình quân)[^,;]{0,20}$")
_LONGEST_TWICE = 4
_MOST_SYLLABLES = 16
_SHORT = 6
_COUNTS = ("số ", "tổng số ", "kinh phí ")


def said_once(words: list[str]) -> list[str]:
    """The words of a name without any, one to four, that stand twice in a row."""
    if len(set(words)) == len(words):
        return words
    kept: list[str] = []
    for word in words:
        is_new = word not in kept[-_LONGEST_TWICE:]
        kept.append(word)
        if is_new:
            continue
        for size in range(1, min(_LONGEST_TWICE, len(kept) // 2) + 1):
            if kept[-size:] == kept[-2 * size : -size]:
                del kept[-size:]
                break
    return kept


def _with_average(context: Context, name: str) -> str:
    average = _AVERAGE.search(context.left) if "bình" in context.left else None
    if not average or average["word"] in name:
        return name
    context.agent = average["word"]
    return f"{name} {average['word']}"


def name_figure(context: Context) -> str:
    """What the figure is called; never empty."""
    unit = context.unit
    tell_apart(context)
    if "là" in context.right and (said := _SAID_BEHIND.match(context.right)):
        name = tidy(clip(said["name"]))
    elif unit == "rank":
        name = name_rank(context)
    elif unit == "bậc":
        then = against_time(context)
        name = f"{name_steps(context).removeprefix('số ')}{then}" if then else name_steps(context)
    elif unit == "point":
        name = name_points(context) + (against_time(context) if context.kind == "change" else "")
    elif unit in ("percent", "percentage_point", "times"):
        name = _with_average(context, name_share(context))
        if context.index and name == short(context.index):
            name = context.index
    elif sort_of(unit) == "money":
        name = _with_average(context, name_money(context)).removeprefix("tỷ trọng ")
    elif sort_of(unit) == "time":
        name = _with_average(context, name_time(context))
    else:
        name = name_count(context)
    if is_bare(bare := name.strip()):
        at = context.lower.rfind(bare, 0, context.start)
        name = f"{bare} {thing_before(context.lower, at if at >= 0 else context.start)}"
    if name.startswith(_COUNTS) and len(name.split()) <= _SHORT and (topic := topic_of(context.lower, context.start)):
        name = name if {*topic.split()} & {*name.split()} else f"{name} {topic}"
    words = said_once(without_names(name).split())
    cut = " ".join(words[:_MOST_SYLLABLES])
    if len(words) > _MOST_SYLLABLES:
        cut = without_trail(cut)
    cut = cut.strip(' ,;:-–."“”')
    return cut or (unit if " " in unit else "tỷ lệ" if unit == "percent" else "số liệu")
