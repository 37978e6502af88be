"""Indices (PAR Index, "chỉ số …"), and what points and ranks are called: they are of an index spoken of."""

from __future__ import annotations

import re

from models.naming.kinds import is_part
from models.naming.segments import clip, head_phrase, tidy
from models.naming.surroundings import Context
from models.sought import Sought
from models.vocabulary import last_match

_INDEX = re.compile(
    r"(?=[bcdegimopsx])(?P<name>(?:bộ\s+)?chỉ\s+số\s+(?:par\s?index|sipas|papi|pci|dti|ict\s?index|egdi|pii|pgi|ddci|gci|gii|osi)\b(?!\s*\()"
    r"|(?:bộ\s+)?chỉ\s+số\s+(?:(?!đạt|là |xếp|đứng|của |và )[^;.:()\d¤]){3,60}?\([a-z][\w -]{1,14}\)"
    r"|(?:bộ\s+)?chỉ\s+số\s+(?!này|đó|trên|thành phần)[^,;.:()\d¤]{3,80}?(?:\s*\([A-Za-z][\w -]{1,14}\))?"
    r"(?=\s*(?:[,;.:()¤]|$|\s(?:đạt|là|của|năm|xếp|đứng|tăng|giảm|do|với|mà|trong|tiếp tục|vươn|ở|tại|cho thấy|cấp|các|xếp|chấm)\b|\s*\d))"
    r"|(?:bảng\s+)?(?:xếp\s+hạng|chấm điểm)\s+(?:về\s+)?(?!thứ|\d)(?:chỉ\s+số\s+)?(?:an toàn,\s+)?"
    r"[^,;.:()\d¤]{3,70}?(?:\s\([a-z][\w -]{1,14}\))?"
    r"(?=\s*(?:[,;.:(¤]|$|\s(?:của|năm|kỳ|tháng|quý|đạt|là|cấp|ở|tại|đứng|vừa|công bố)\b)|\s*\d)"
    r"|\bmức độ\s+(?:ứng dụng|chuyển đổi|sẵn sàng|phát triển)\s[^,;.:()\d¤]{3,60}?(?:\s\([a-z][\w -]{1,14}\))?"
    r"(?=\s*(?:[,;.:(¤]|$|\s(?:của|năm|đạt|là|cấp|ở|tại|được)\b)|\s*\d)"
    r"|bộ\s+chỉ\s+số\s+\d{3,4}\b"
    r"|\b(?:chỉ\s+số\s+)?(?:par\s?index|sipas|papi|pci|dti|ict\s?index|egdi|pii|pgi|ddci|gci|gii|osi)\b)"
)
_INDEX_SIGNS = Sought(
    "chỉ số", "xếp hạng", "chấm điểm", "mức độ", "index", "sipas", "papi", "pci", "dti", "egdi", "pii", "pgi", "ddci", "gci", "gii", "osi",
)  # fmt: skip
# "8 chỉ số chính", "không xếp hạng cụ thể", "bảng xếp hạng của …" name no index.
_NO_INDEX = re.compile(
    r"(?:(?:bộ )?chỉ số )?(?:chính(?! (?:phủ|quyền|sách))|thành phần|nội dung|thành tố|tương tự|gồm|là|cụ thể|của|do"
    r"|theo|trong|tại|từ|cao|thấp|quốc gia|lần|trên|này|đứng|dẫn|duy nhất|chung|năm|quý|tháng|nội bộ|tăng|giảm|quan trọng"
    r"|top|tốp|được|đang|sau|trước|\w)(?!\w)"
)
_TRAIL = re.compile(
    r"\s(?:năm|tháng|kỳ|quý|lần|mà|thì|và|với|từ|theo|do|trong nhóm|trong|trung bình|đứng thứ|tiếp tục|công bố)$"
)
_RANKING = re.compile(r"^(?:bảng\s+)?(?:xếp hạng|chấm điểm)\s+(?:về\s+)?")
_ABBREVIATION = re.compile(r"par\s?index|sipas|papi|pci|dti|ict\s?index|egdi|pii|pgi|ddci|gci|gii|osi")
_ACRONYM = re.compile(r"\((?P<acronym>[a-z][\w -]{1,14})\)$")
BEGINNING = re.compile(
    r"^(?:xếp hạng|thứ hạng|(?:số )?bậc (?:tăng|giảm) xếp hạng|mức (?:tăng|giảm)(?: điểm)?|giá trị trung bình|điểm)(?:\s+|$)"
)
_RANKED_ABOUT = re.compile(
    r"(?<!\w)(?:bậc|hạng|dẫn đầu|đứng đầu|tốp|top|nhóm|vị trí|ngôi)\s(?:[^\s,;:]+\s){0,4}?về\s(?P<what>[^,;:.()\d¤]{6,80})"
)
_POINTS_FOR = re.compile(
    r"\s*(?:về|ở|cho|đối với)\s+(?:nội dung\s+|lĩnh vực\s+|tiêu chí\s+)?(?P<what>[^,;.()\d¤]{4,80})"
)
# "Với 86,4 điểm, tỉnh xếp thứ 10 về chỉ số cải cách hành chính": the index that the points are of follows their rank.
_RANKED_BEHIND = re.compile(
    r",?\s[^,;.:]{0,40}(?:xếp|đứng|dẫn đầu|vươn|ở vị trí|hạng)[^,;.:]{0,40}\s(?:về|trên bảng|trong bảng xếp hạng)\s"
    r"(?P<what>[^,;:.()\d¤]{4,70}?)(?=\s+(?:năm|quý|tháng|kỳ|của|với)(?!\w)|\s*[,;:.()\d¤]|$)"
)
_INDEX_BEHIND = re.compile(
    r"\s(?P<name>(?:chỉ số\s(?:[^\W\d]+\s?){1,6}|par index|sipas|papi|pci|dti|cchc|ddci|pii|gci)(?!\w))"
)
_NOT_RANKED = ("place", "count", "money")
_AMONG = re.compile(
    r"(?<!\w)khối\s(?:sở, (?:ban, )?ngành|bộ, ngành|tỉnh|huyện(?:, thị)?|xã(?:, phường)?|bộ|địa phương)(?!\w)"
)
_GROUP = re.compile(r"(?<!\w)khối (?:sở, (?:ban, )?ngành|huyện|xã(?:, phường)?|địa phương)(?!\w)")
_SHORT_INDEX = 4
"""Words: an index as short as "chỉ số PAR Index" does not say that it is made of points."""
_POINTS = ("điểm", "tổng điểm", "tổng số điểm", "số điểm", "khoảng cách")
_OF_ALL = re.compile(r"^(?:điểm\s+)?(?:tổng|tổng điểm|trung bình|tự đánh giá|đánh giá|số|bình quân|kết quả)?\s*$")


def index_signs(lower: str) -> list[int]:
    """Where words stand without which no index is spoken of: find_indices finds nothing in a stretch without any."""
    return _INDEX_SIGNS.starts_in(lower)


def find_indices(lower: str) -> list[tuple[int, str]]:
    """The indices that a sentence speaks of, each with its end: "chỉ số cải cách hành chính (par index)".

    >>> find_indices("chỉ số cải cách hành chính (par index) đạt 88%")
    [(38, 'chỉ số cải cách hành chính (par index)')]
    """
    return [
        (match.end(), _in_full(name))
        for match in _INDEX.finditer(lower)
        if not _NO_INDEX.match(name := _without_trail(_RANKING.sub("", " ".join(match["name"].split()))))
    ]


def index_of_title(lower: str) -> str | None:
    """The index that a title speaks of: "tỉnh tăng 3 bậc về chuyển đổi số" too.

    >>> index_of_title("tỉnh tăng 3 bậc về chuyển đổi số")
    'chuyển đổi số'
    """
    if index_signs(lower) and (indices := find_indices(lower)):
        return indices[0][1]
    ranked = _RANKED_ABOUT.search(lower)
    return tidy(clip(ranked["what"])) if ranked else None


def is_abbreviated(index: str) -> bool:
    """Whether an index is named by its abbreviation: "chỉ số PAR Index"."""
    return _ABBREVIATION.search(index.lower()) is not None


def fuller(index: str | None, other: str) -> str:
    """An index spoken of before, or another name that gives its words too.

    >>> fuller("chỉ số PAR Index", "chỉ số cải cách hành chính (par index)")
    'chỉ số cải cách hành chính (par index)'
    """
    if index is None:
        return other
    acronym = _ACRONYM.search(other)
    gives_words = acronym is not None and index.lower().endswith(acronym["acronym"].removeprefix("vietnam "))
    return other if gives_words and not _ACRONYM.search(index) else index


def _without_trail(index: str) -> str:
    """An index without what only leads on to something else: "chỉ số trung bình mà"."""
    while trail := _TRAIL.search(index):
        index = index[: trail.start()]
    return index


def _in_full(index: str) -> str:
    return f"chỉ số {index}" if _ABBREVIATION.fullmatch(index) else index


def name_points(context: Context) -> str:
    """ "chỉ số cải cách hành chính", "điểm thanh toán trực tuyến", "mức tăng điểm PAR Index"."""
    left, behind = context.left, _INDEX_BEHIND.match(context.right)
    if context.kind == "change":
        return f"mức {context.direction} điểm {tidy(behind['name']) if behind else short(index_of(context))}"
    if context.is_ahead():
        return f"chênh lệch điểm {short(index_of(context)).removeprefix('điểm ')}"
    said = _POINTS_FOR.match(context.right)
    if said:
        return f"điểm {tidy(clip(said['what']))}"
    if (
        context.index_end < 0
        and not context.previous_here
        and (told := _RANKED_BEHIND.match(context.lower, context.end))
    ):
        return f"điểm {tidy(clip(told['what']))}"
    if behind:
        return f"điểm {behind['name']}"
    head = tidy(head_phrase(left) or "")
    if (
        head
        and not _OF_ALL.match(head)
        and (head.startswith(("điểm", "giá trị ")) or not context.index or len(head.split()) > 3)
    ):
        return _of_index(context, head)
    if context.index_end > context.previous_end and context.index:
        return context.index if len(context.index.split()) > _SHORT_INDEX else f"điểm {context.index}"
    thing = own_thing(context)
    is_points = thing.startswith(_POINTS)
    if thing and not is_points:
        return _of_index(context, f"điểm {thing}")
    index = index_of(context)
    own = thing if is_points and not head else head if len(head.split()) > 1 else ""
    return (
        index
        if not own and len(index.split()) > _SHORT_INDEX
        else f"{own or 'điểm'} {short(index)} {group_of(context, index)}"
    )


def _of_index(context: Context, name: str) -> str:
    """The points of an index' part with the index, where it is short: "điểm kinh tế số DTI"."""
    index = acronym_of(context.index or "")
    is_short = len(name.split()) <= _SHORT_INDEX and bool(_ABBREVIATION.fullmatch(index))
    return f"{name} {index}" if is_short and index not in name else name


def group_of(context: Context, index: str) -> str:
    """The group of bodies of which points or places are told: "khối địa phương"; that of PAR Index are all provinces."""
    if not is_abbreviated(index) or "par" in index.lower() or "khối" not in context.earlier + context.lower:
        return ""
    group = last_match(_GROUP, context.lower, 0, context.start) or last_match(_GROUP, context.earlier)
    return group[0] if group else ""


def own_thing(context: Context) -> str:
    """What is ranked where the clause says so itself: "chính quyền số đứng thứ 21"."""
    if context.index_end > context.previous_end:
        return ""
    thing = BEGINNING.sub("", context.subject).strip()
    return thing if len(thing.split()) >= 2 and not is_part(thing) else ""


def index_of(context: Context) -> str:
    """The index that a figure is of: the one spoken of last, else what the last points or ranks were of.

    What this sentence just told a share or a size of is ranked itself: "tốc độ tải đạt 60 Mbps, xếp thứ 40".
    """
    said = context.said
    here = said.last if context.previous_here and said.told[-1][0] == said.last else None
    is_ranked = said.last_sort not in _NOT_RANKED or (here or "").startswith("điểm ")
    if here and is_ranked and context.index_end < 0 and context.unit in ("rank", "bậc"):
        return BEGINNING.sub("", here)
    return context.index or BEGINNING.sub("", said.of_sort(context.unit) or here or "") or _among(context)


def _among(context: Context) -> str:
    """Among whom points or places are told, where no index is: "khối sở, ngành"."""
    among = _AMONG.search(context.lower)
    return tidy(among[0]) if among else ""


def acronym_of(index: str) -> str:
    """An index by its abbreviation alone, where it has one: "PAR Index"."""
    bare = short(index).removeprefix("bộ ").removeprefix("chỉ số ")
    return bare if len(bare.split()) <= 2 else short(index)


def short(index: str) -> str:
    """An index by its abbreviation, where the text gives one: "chỉ số PAR Index"."""
    found = _ACRONYM.search(index)
    return f"chỉ số {found['acronym']}" if found else index
