"""What ranks and steps in a ranking are called: "xếp hạng PAR Index", "thứ hạng tốc độ Internet ở Đông Nam Á"."""

from __future__ import annotations

import re

from models.naming.indices import BEGINNING, acronym_of, group_of, index_of, is_abbreviated, own_thing
from models.naming.kinds import is_part
from models.naming.segments import clip, tidy
from models.naming.surroundings import Context
from models.numbers.ranks import OF_ALL_RANKED
from models.vocabulary import any_of_many, last_match

_AREA = (
    r"(?:khu vực|vùng)(?:\s(?:châu á(?: - thái bình dương)?|đông nam á|asean))?|châu á(?: - thái bình dương)?|đông nam á|asean"
    r"|thế giới|toàn cầu|cả nước|toàn quốc"
)
_REGION = re.compile(rf"\s*(?:(?:nước|quốc gia)\s+)?(?:ở\s+|tại\s+|trên\s+|trong\s+)?(?P<region>{_AREA})(?!\w)")
_REGION_BEFORE = re.compile(
    r"(?<!\w)(?:trong|ở|tại|so với|riêng)\s(?:các nước\s|nhóm\s|khối\s)?"
    r"(?P<region>(?:khu vực\s)?(?:châu á(?: - thái bình dương)?|đông nam á|asean)|khu vực)(?!\w)"
)
_RANKED_IN = re.compile(
    r"\s*(?:tỉnh,? thành phố|tỉnh,? thành|địa phương|bộ,? ngành|quốc gia(?:,? vùng lãnh thổ)?|nước|nền kinh tế)?"
    rf"(?:\s+(?:(?:ở\s|trên\s|trong\s)?(?:{_AREA})|¤[¤ ]*))?"
    r"\s*(?:về|trong bảng xếp hạng|ở chỉ số|trong|theo)\s+(?!\d)(?P<what>[^,;.()\d¤]{4,80})"
)
_ABOUT = re.compile(r"\svề\s")
# "đứng thứ 2 ở Đông Nam Á và thứ 9 thế giới về tốc độ tải": what the second is ranked in is the first's, too.
_WITH_THE_NEXT = re.compile(
    r"[^;:.()]{0,60}?(?<!\w)(?:thứ|hạng)\s\w{1,4}[^;:.()\d]{0,50}?\svề\s(?P<what>[^,;.()\d¤]{4,80})"
)
_THING = re.compile(rf"(?:{any_of_many('ranked.things')})(?!\w)")
# "kinh tế số kém nhất, thứ 37", "xã hội số lại đứng thứ 7"
_SAID_OF_IT = re.compile(r"\s(?:lại|mới|vẫn|cũng|đều|thì|(?:kém|tốt|cao|thấp|yếu|mạnh) nhất|chỉ|theo)$")
_TOLD_BEHIND = re.compile(
    r"\s(?:là|thuộc về)\s[^;.\d]{2,60}?\s(?:với|đạt)\s"
    r"(?P<what>(?:lợi nhuận|doanh thu|doanh số|tỷ lệ|số|tổng|mức|điểm|vốn|thị phần|quy mô)\s[^,;.\d]{3,50}?)"
    r"\s(?:\d+ (?:tháng|năm)\s)?(?:đạt|là|hơn|gần|trên|khoảng)?\s?\d"
)
_NEAR = 3
"""Sentences."""
_PILLAR = re.compile(r"^trụ cột thì\s")


def name_rank(context: Context) -> str:
    """ "xếp hạng PAR Index", "xếp hạng phát triển Chính phủ điện tử ở Đông Nam Á"."""
    of_all = OF_ALL_RANKED.match(context.right)
    right = context.right[of_all.end() :] if of_all else context.right
    region = _REGION.match(right)
    name = _ranked_in(context, right, has_region=region is not None)
    if not name or is_part(name):
        name = _thing(context) or index_of(context) or _share_before(context) or _told_behind(context)
    place = context.said.place_word
    area = region or last_match(_REGION_BEFORE, context.lower, context.previous_end, context.start)
    return f"{place} {_ranked(context, BEGINNING.sub('', name))} {area['region'] if area else group_of(context, name)}"


def name_steps(context: Context) -> str:
    """ "số bậc tăng xếp hạng PCI"."""
    return f"số bậc {context.direction} xếp hạng {_thing(context) or acronym_of(index_of(context))}"


def _ranked_in(context: Context, right: str, *, has_region: bool) -> str:
    """What the words behind the number say that the ranking is about: "thứ 3 cả nước về chính quyền số"."""
    ranked_in = _RANKED_IN.match(right)
    if ranked_in and (not has_region or _ABOUT.search(ranked_in[0])):
        return tidy(clip(ranked_in["what"]))
    shared = _WITH_THE_NEXT.match(context.lower, context.end) if has_region else None
    return tidy(clip(shared["what"])) if shared else ""


def _thing(context: Context) -> str:
    """What is ranked where the clause says so itself: "chính quyền số đứng thứ 21"; of who stands there, nothing."""
    thing = _PILLAR.sub("", own_thing(context))
    while said := _SAID_OF_IT.search(thing):
        thing = thing[: said.start()]
    return thing if len(thing.split()) > 1 and _THING.match(thing) else ""


def _share_before(context: Context) -> str:
    """The share told of before, where no index is spoken of: by it those are ranked that "xếp thứ 32, 33 và 34"."""
    share, sentence = context.said.by_sort.get("share", ("", 0))
    is_near = context.said.sentence - sentence <= _NEAR
    return (share if share.startswith("tỷ ") else f"tỷ lệ {share}") if share and is_near else ""


def _told_behind(context: Context) -> str:
    """ "Đứng thứ hai là một ngân hàng với lợi nhuận trước thuế đạt …"."""
    told = _TOLD_BEHIND.match(context.lower, context.end)
    return tidy(clip(told["what"])) if told else ""


def _ranked(context: Context, index: str) -> str:
    """An index in whose ranking somebody stands: in full, or by its abbreviation alone, if it has one that is known."""
    if not is_abbreviated(index):
        return index
    return acronym_of(index)
