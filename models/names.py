"""What a figure is called, in the article's own words: the noun phrase before the number or behind it.

"tỷ lệ hồ sơ đúng hạn đạt 98%" ─► "tỷ lệ hồ sơ đúng hạn"; "82% hồ sơ nộp trực tuyến" ─► "tỷ lệ hồ sơ nộp trực tuyến";
"đã cấp 1.756 chữ ký" ─► "số chữ ký đã cấp".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.records import Kind, Number
from models.vocabulary import any_of, words

_HEAD = re.compile(rf"(?<!\w)(?:{any_of('names.head')})(?!\w)")
_NOT_HEAD = re.compile(
    r"(?:một số|con số|mã số|chữ ký số|ký số|chuyển đổi số|kinh tế số|xã hội số|công nghệ số|kỹ năng số|chính quyền số|chính phủ số|hạ tầng số|dữ liệu số|nền tảng số|địa chỉ số|chứng thư số|công dân số|tài khoản số|môi trường số|hộ số|trong số|đa số|thiểu số|dân số|hệ số|chỉ số|tham số|thông số|tổng số|doanh số|năng lực số|dịch vụ số|không gian số|điểm số|văn hóa số|thanh toán số|giải pháp số|bản đồ số|tỷ số|hồ sơ số|y tế số|ngân hàng số|nghị quyết số|quyết định số|sản phẩm số|thông tin số|bưu chính số|số hóa|số hoá|số xã hội|số hiệu|số quốc gia|số cộng đồng)$"
)
_PREDICATE = re.compile(rf"(?<!\w)(?:{any_of('names.predicate')})(?!\w)|:")
_VERB = re.compile(rf"(?<!\w)(?:(?:đã|được|vừa|đang|sẽ|mới)\s+)*(?:{any_of('names.verb')})(?!\w)")
_ENDS_NAME = re.compile(rf"[;:.!?()\n“”\"–—]|,(?=\s)|(?<!\w)(?:{any_of('names.ends_name')})(?!\w)|\s-\s")
_ENDS_CLAUSE = re.compile(
    r"[;!?\n]|\.(?=\s|$)|:(?=\s)|(?<!\w)(?:trong đó|đồng thời|trong khi|tuy nhiên|nhưng|song)(?!\w)"
)
_PARENTHESES = re.compile(r"\s*\([^()]*\)?")
_TIME = re.compile(
    r"(?:^|\s)(?:(?:tính\s+)?(?:đến|tới|trong|vào|của|từ|trước)\s+)?(?:(?:hết|cuối|đầu|ngày|nửa|giữa)\s+)*(?:năm|tháng|quý|ngày|giai đoạn|\d+ tháng đầu năm|\d+ tháng)\s+(?:[ivx]+\s*/\s*)?\d[\d/.–-]*(?:\s+(?:năm|đến|tháng)\s+\d+)?(?=\s|$|,)"
    r"|(?:^|\s)(?:tính\s+)?(?:đến|cho đến) nay(?=\s|,|$)|(?:^|\s)hiện nay(?=\s|,|$)|(?:^|\s)(?:năm nay|năm ngoái|năm trước)(?=\s|,|$)"
)
_LEAD_WORDS = frozenset(
    "và các những của số còn riêng thì là có rằng hiện cả nay đã được khoảng trên hơn gần về cho đến tới cũng trong tại ở như với mới vẫn đều đạt chỉ "
    "hết đưa nâng lượng mà toàn".split()
)
_LEAD_PAIRS = frozenset(
    (
        "tổng số",
        "nhất là",
        "toàn bộ",
        "theo đó",
        "cụ thể",
        "song song",
        "trong đó",
        "số lượng",
        "bên cạnh",
        "ngoài ra",
        "đặc biệt",
    )
)
_TRAIL_WORDS = frozenset(
    "và các những của là có đã được khoảng trên hơn gần về cho đến tới trong tại ở với mới vẫn đều đạt chỉ còn ước từ lên chiếm để nhằm cùng cả tăng giảm "
    "thêm mức dưới khi mà thì đang sẽ do nay đưa nâng số cũng gấp quá vượt hiện xuống so cắt".split()
)
_TRAIL_PAIRS = frozenset(
    "trung bình|bình quân|lần lượt|tương ứng|tỷ lệ|ít nhất|tối thiểu|không quá|tối đa|ước tính|tổng số|xấp xỉ|phấn đấu|chưa đến|chưa tới|lúc chỉ|đột biến|lúc chưa".split(
        "|"
    )
)
_DIGITAL = frozenset(
    "ký thư đổi nghệ tế hội năng liệu tảng quyền phủ dân toán trường vụ phẩm khoản sống gian hóa lực bản học chỉ".split()
)
"""Before "số" they make it "digital": chữ ký số, chuyển đổi số."""
_KEPT_PAIRS = frozenset(("thực hiện", "phát hiện", "thể hiện", "hộ nghèo", "phía trên"))
_EDGES = " \t\n\u00a0,;:–—-+*•.…“”\"'(["
_LINK = re.compile(r"^\s*(?:trong\s+)?(?:tổng\s+)?(?:số\s+)?(?:các\s+|những\s+)?")
_INDEX = re.compile(
    r"(?P<name>(?:bộ\s+)?chỉ\s+số\s+[^,;.:()\d]{3,80}?(?:\s*\((?P<acronym>[A-Za-z][\w -]{1,14})\))?(?=\s*(?:[,;.:()]|$|\s(?:đạt|là|của|năm|xếp|đứng|tăng|giảm|cấp tỉnh năm|do|với|trong|tiếp tục|vươn)\b))"
    r"|(?:bảng\s+)?xếp\s+hạng\s+(?!thứ|\d)(?:chỉ\s+số\s+)?[^,;.:()\d]{4,70}?(?=\s*(?:[,;.:(]|$|\s(?:của|năm|đạt|là)\b)|\s*\d)"
    r"|\b(?:par\s?index|sipas|papi|pci|dti|ict\s?index|egdi|pii|pgi|ddci)\b)"
)
_ABOUT = re.compile(
    r"\s*(?:tỉnh,? thành phố|tỉnh,? thành|địa phương|bộ,? ngành|quốc gia(?:,? vùng lãnh thổ)?)?(?:\s+(?:cả nước|toàn quốc|trên cả nước|thế giới|toàn cầu))?\s*(?:về|trong bảng xếp hạng|ở chỉ số|trong|theo)\s+(?P<what>[^,;.()\d]{4,80})"
)
_REGION = re.compile(
    r"\s*(?:ở\s+|tại\s+|trong\s+)?(?P<region>châu á|đông nam á|thế giới|toàn cầu|khu vực|asean|cả nước|toàn quốc)",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?<!\w)về\s+(?P<what>[^,;.()\d]{3,40}?)(?=\s*(?:[,;.()]|$|\s(?:và|so với|trong|nhưng)\b))")
_SHORT_SUBJECT = re.compile(r"^[^\W\d_]+(?:\s+[^\W\d_]+){1,9}$")
_IS_VALUE = re.compile(
    r"(?:đã |hiện |đều |mới |chỉ |cũng |ước |phải |cần |sẽ )?(?:đạt|tăng|giảm|chiếm)(?:$| )|là$|lần lượt|:"
)
_REPEATS = re.compile(
    r"[\s,;(]*(?:và\s+)?(?:(?:cao hơn|thấp hơn|vượt|so với|bằng|hơn|còn)\s+)*(?:mức\s+)?(?:chỉ tiêu|mục tiêu|yêu cầu|kế hoạch|con số)?(?:\s+(?:năm|đề ra|đặt ra|giao|tỉnh giao|chính phủ giao|là|\d{4}))*\s*\(?\s*"
)
_AVERAGE = re.compile(r"(?<!\w)(?:trung bình|bình quân)(?:\s+(?:mỗi|một|1|hàng|hằng)\s+[^\W\d_]+)?(?=\W)")
_CHANGE_WORDS = re.compile(
    r"(?:tăng|giảm|cao hơn|thấp hơn)(?: thêm| tương ứng| lần lượt)*\s*(?:khoảng|hơn|gần|trên|tới|đến)?\s*$"
)
_ONLY_LINK = re.compile(r"\s*(?:về\s+[^,;.()\d]{2,40}?)?(?:so với[^,;()]{2,40})?\s*[,;]?\s*(?:và|còn|,|;|\()?\s*$")
_BEGINNING = re.compile(r"^(?:tổng số|số lượng|số tiền|số|tỷ lệ|mức tăng|mức giảm|mức)\s+")
_MOST = 16
_HEADS_OF_RATE = ("tỷ lệ", "tỉ lệ", "tỷ trọng", "tỉ trọng", "chỉ số", "mức độ", "thị phần")


@dataclass(slots=True)
class Context:
    """A figure among its neighbours; offsets are those of `lower`, the whole text in small letters."""

    lower: str
    number: Number
    kind: Kind
    falls: bool
    sentence_start: int
    sentence_end: int
    previous_end: int
    """Where the figure before ends, or the sentence begins."""
    next_start: int
    """Where the next figure begins, or the sentence ends."""
    previous_name: str | None
    """What the figure before was about, without "số", "tỷ lệ", "mức tăng"."""
    previous_here: bool
    """Whether that figure stands in the same sentence."""
    is_named: bool
    """Whether what stands right before the number names somebody: "thành phố Lào Cai (56,2%)"."""
    subject: str | None
    """A company that the figure is about; its name belongs to the figure's."""
    index: str | None
    """The index (PAR Index, "chỉ số …") spoken of last."""


_SAID_BEHIND = re.compile(
    r"\s*[:,–-]?\s*(?:đó |đây )?(?:cũng )?là\s+(?P<name>(?:tỷ lệ|số|tổng số|mức|số lượng|con số|chỉ số)\s[^,;.()]{6,90})"
)


def name_figure(context: Context) -> str:
    """What the figure is called; never empty."""
    unit = context.number.unit
    if said := _SAID_BEHIND.match(_right(context)):
        name = _tidy(_clip(said["name"]))
    elif unit == "rank":
        name = _name_rank(context)
    elif unit == "bậc":
        name = f"số bậc {'giảm' if context.falls else 'tăng'} thứ hạng {_short(_bare_index(context))}"
    elif unit == "point":
        name = _name_points(context)
    elif unit in ("percent", "percentage_point", "times"):
        name = _name_share(context)
    elif unit in ("vnd", "usd"):
        name = _name_money(context)
    else:
        name = _name_count(context)
    return _cut(name) or (unit if unit and " " in unit else "tỷ lệ" if unit == "percent" else "số liệu")


def _without_lead(phrase: str) -> str:
    """A phrase without the words that only lead up to it: "còn các hồ sơ" ─► "hồ sơ"."""
    tokens = phrase.split()
    while tokens:
        first = tokens[0].strip(_EDGES + ")")
        if len(tokens) > 1 and f"{first} {tokens[1]}" in _LEAD_PAIRS:
            del tokens[:2]
        elif not first or first in _LEAD_WORDS:
            del tokens[0]
        else:
            break
    return " ".join(tokens).lstrip(_EDGES + ")")


def _without_trail(phrase: str) -> str:
    """A phrase without the words that lead on to a value: "hồ sơ trực tuyến đạt khoảng" ─► "hồ sơ trực tuyến"."""
    tokens = phrase.split()
    while tokens:
        last = tokens[-1].strip(_EDGES)
        pair = f"{tokens[-2]} {last}" if len(tokens) > 1 else ""
        if pair in _TRAIL_PAIRS:
            del tokens[-2:]
        elif last == "số" and len(tokens) > 1 and tokens[-2] in _DIGITAL:
            break
        elif not last or (last in _TRAIL_WORDS and pair not in _KEPT_PAIRS):
            del tokens[-1]
        else:
            break
    return " ".join(tokens).rstrip(_EDGES)


# --- the parts of a sentence around a number --------------------------------------------------------------------------


_NEXT_PHRASE = re.compile(
    r"[,;(:–]\s?|\s(?:và|với|còn|trong đó|trong khi|tăng|giảm|lên|xuống|đạt|chiếm|là|nhưng|so với|của|ở|gồm|vượt)(?=\s)|\s?[–-]\s|\)"
)


def _left(context: Context) -> str:
    """What stands between the figure before (or the clause's begin) and the number."""
    start = max(context.sentence_start, context.previous_end)
    segment = context.lower[start : context.number.start]
    if context.previous_end > context.sentence_start:
        following = _NEXT_PHRASE.search(segment)
        segment = segment[following.start() :] if following else ""
    for boundary in _ENDS_CLAUSE.finditer(segment):
        if boundary[0] != ":" or segment[boundary.end() :].strip():
            start += 0
            last = boundary.end()
            if len(segment[last:].split()) >= 2:
                segment = segment[last:]
                break
    return segment


def _right(context: Context) -> str:
    """What follows the number's unit, as far as it may belong to the name."""
    segment = context.lower[context.number.end : context.next_start]
    if context.next_start >= context.sentence_end:
        return segment
    cut = max((segment.rfind(mark) for mark in (", ", "; ", " và ", " (", " còn ", " với ")), default=-1)
    return segment[:cut] if cut >= 0 else segment


def _noun_behind(context: Context) -> str:
    """The noun phrase right behind the number: "cơ quan nhà nước xử lý công việc trên môi trường mạng"."""
    right = _right(context)
    stripped = right[_link_length(right) :]
    if _WHO_SET_IT.match(stripped):
        return ""
    if not right[:1].isspace() or not stripped[:1].isalpha():
        return ""
    return _clip(stripped)


_WHO_SET_IT = re.compile(
    r"(?:chính phủ|thủ tướng|tỉnh|trung ương|ubnd|bộ|hđnd|quốc hội|đề án|kế hoạch|nghị quyết)\b[^,;.]{0,30}\b(?:giao|đề ra|đặt ra|yêu cầu|quy định)\b"
)


def _link_length(right: str) -> int:
    link = _LINK.match(right)
    return link.end() if link else 0


_LIST_COMMA = re.compile(
    r",\s+(?:(?:ban|ngành|bộ|phường|thị trấn|đặc khu|huyện|thành phố|thị xã|xã|quận|đơn vị|tổ chức|công chức|viên chức|doanh nghiệp|địa phương|cơ quan|tỉnh|bản|thôn|nhận|dữ liệu|chia sẻ|cơ sở dữ liệu|ubnd|trang|phản ánh|kiến nghị|an ninh|tổ dân phố)(?!\w))"
)


def _clip(phrase: str) -> str:
    """A phrase up to where the name ends; commas of lists like "sở, ban, ngành" do not end it."""
    position = 0
    while found := _ENDS_NAME.search(phrase, position):
        if found[0] == "," and phrase[found.end() :].lstrip()[:1].isdigit() and phrase[: found.start()][-1:].isdigit():
            position = found.end()
            continue
        if (found[0] == "," and _LIST_COMMA.match(phrase, found.start())) or (
            found[0] == "và" and _joins_nouns(phrase, found)
        ):
            position = found.end()
            continue
        if found[0] == "(" and (closing := phrase.find(")", found.end())) > 0:
            position = closing + 1
            continue
        return phrase[: found.start()]
    return phrase


def _joins_nouns(phrase: str, found: re.Match[str]) -> bool:
    """Whether "và" stands inside a short noun phrase with more to come: "quản lý văn bản và điều hành"."""
    after = phrase[found.end() :].split()
    return len(phrase[: found.start()].split()) <= 7 and len(after) >= 2


def _head_phrase(left: str, *, near: bool = False) -> str | None:
    """The indicator's noun phrase in what stands before a number, without its predicate; None when there is none."""
    best: re.Match[str] | None = None
    for head in _HEAD.finditer(left):
        if head[0] == "số" and (
            _NOT_HEAD.search(left[: head.end()]) or not left[head.end() : head.end() + 1].isspace()
        ):
            continue
        if _PASSING.match(left, head.end()):
            continue
        if head[0] == "tổng" and left[head.end() : head.end() + 5] == " cộng":
            continue
        if head[0] in ("mức", "điểm", "phí", "vốn", "tổng", "lượng", "mức độ") and not _starts_phrase(
            left, head.start()
        ):
            continue
        if best is None or not _continues(left, best, head):
            best = head
    if best is None:
        return None
    rest = left[best.end() :]
    predicate = _last_predicate(rest)
    if near and predicate is not None and len(_without_trail(rest[predicate:]).split()) > 3:
        return None
    phrase = rest[:predicate] if predicate is not None else rest
    if not phrase.strip() and predicate is None and best.start() > 0:
        return None
    return best[0] + phrase


_PASSING = re.compile(r"\s(?:liệu|này|qua|tới|diễn ra|vừa qua|gần đây|hành chính công|không|đông)\b")


def _starts_phrase(left: str, start: int) -> bool:
    before = left[:start].rstrip()
    return (
        not before
        or before[-1] in ",;:("
        or before.split()[-1] in ("đưa", "nâng", "và", "với", "có", "về", "thì", "nhưng")
    )


def _continues(left: str, best: re.Match[str], head: re.Match[str]) -> bool:
    """Whether a later head is only part of the earlier one's phrase: "tỷ lệ trên tổng số hồ sơ"."""
    between = left[best.end() : head.start()]
    if re.search(r"[;:]|,\s|\b(?:đạt|là|tăng|giảm|lên|chiếm)\b", between):
        return False
    return True


def _last_predicate(rest: str) -> int | None:
    """Where the predicate before the value begins: the first of those after which no comma or head noun comes."""
    found = None
    for match in _PREDICATE.finditer(rest):
        if not _without_trail(" " + rest[match.end() :]).strip() or _IS_VALUE.match(match[0]):
            found = match.start() if found is None else found
            if _IS_VALUE.match(match[0]):
                break
        elif found is not None:
            found = None
    return found


def _verb_before(left: str) -> str:
    """The verb phrase right before the number: "đã hoàn thiện", "tiếp nhận mới"."""
    last = None
    for last in _VERB.finditer(left):
        pass
    if last is None:
        return ""
    tail = left[last.start() :]
    if "," in tail or len(tail.split()) > 9:
        return ""
    return _without_trail(tail)


def _subject_before(context: Context, left: str) -> str:
    """The noun phrase before the predicate when no head word stands there: "hồ sơ giải quyết đúng hạn: 99,1%"."""
    trimmed = _without_trail(_PARENTHESES.sub(" ", left))
    pieces = re.split(r",\s|\s[-–—]\s", trimmed)
    piece = pieces[-1]
    predicate = None
    for predicate in _PREDICATE.finditer(piece):
        break
    if predicate is not None and piece[: predicate.start()].strip():
        piece = piece[: predicate.start()]
    return _without_lead(_without_trail(_TIME.sub(" ", piece))).strip()


# --- one way for each sort of figure ----------------------------------------------------------------------------------


def _name_share(context: Context) -> str:
    """Percentages and times."""
    left = _left(context)
    head = _head_phrase(left)
    if context.kind == "change" or context.number.unit in ("percentage_point", "times"):
        return _name_change(context, left, head)
    noun = _noun_behind(context)
    if context.previous_name and len(noun.split()) < 2 and (_follows_change(left) or _REPEATS.fullmatch(left)):
        return f"tỷ lệ {context.previous_name}"
    if head is not None and (head.startswith(_HEADS_OF_RATE) or len(noun.split()) < 2):
        if head.startswith(_HEADS_OF_RATE):
            return _tidy(head)
        return "tỷ lệ " + _tidy(re.sub(r"^(?:tổng số|số lượng|số)\s+", "", head))
    if len(noun.split()) >= 2 and not noun.startswith(("so với", "về ")):
        return "tỷ lệ " + _with_reach(noun, left)
    if noun and re.search(r"(?:đến|tới|cho|phủ|tại)\s*(?:\w+\s*)?$", left):
        return "tỷ lệ " + _with_reach(noun, left)
    subject = _subject_before(context, left)
    verb = _verb_before(left)
    if (
        context.previous_here
        and context.previous_name
        and (len(subject.split()) < 2 or subject == verb.strip())
        and not left.rstrip().endswith("(")
    ):
        return f"tỷ lệ {context.previous_name} {subject}".strip()
    short = len(subject.split()) <= (3 if context.previous_here else 2) and not left.rstrip().endswith("(")
    if context.previous_name and (
        context.is_named or short and not re.search(r"nộp|trực tuyến|số hóa|thanh toán", subject)
    ):
        return f"tỷ lệ {context.previous_name}{'' if context.is_named else ' ' + subject}"
    return "tỷ lệ " + (subject or noun or "")


def _with_reach(noun: str, left: str) -> str:
    """ "phủ sóng di động đến 100% số xã" ─► "xã phủ sóng di động"."""
    noun = _tidy(noun)
    before = left.rstrip()
    if len(noun.split()) <= 8 and re.search(r"(?:đến|tới|cho|phủ|tại|trên)\s*(?:gần|hơn|khoảng|trên)?$", before):
        piece = re.split(r"[,;]\s|\s[-–—]\s", _without_trail(before))[-1]
        action = _without_lead(_TIME.sub(" ", piece)).strip()
        if len(action.split()) > 8:
            action = _verb_before(_without_trail(before)) or " ".join(action.split()[-7:])
        return f"{noun} {action}"
    return noun


def _name_change(context: Context, left: str, head: str | None) -> str:
    word = "giảm" if context.falls else "tăng"
    right = _right(context)
    about = _WHERE.match(right.lstrip())
    only_link = context.previous_name is not None and _ONLY_LINK.fullmatch(_CHANGE_WORDS.sub("", left)) is not None
    if context.number.unit == "times" and context.previous_name and re.search(r"[,(]\s*gấp\b[^,]*$", left):
        only_link = True
    base = "" if only_link else _tidy(head) if head is not None else _subject_before(context, left)
    if (len(base.split()) < 2 or base in ("thành phố", "toàn tỉnh", "cả nước")) and context.previous_name:
        base = context.previous_name
    if about and not base.startswith(about["what"]):
        base = re.sub(r"^(?:số lượng|giá trị|số) ", "", base)
        base = f"{about['what']} {base}"
    if context.number.unit == "percentage_point" and not base.startswith(("tỷ lệ", "tỉ lệ", "chỉ số")):
        base = f"tỷ lệ {base}"
    compared = re.search(r"so với\s+(?:cùng kỳ\s+)?(?:năm\s+\d{4}|năm\s+\w+|cuối năm \d{4}|cùng kỳ|tháng trước)", right)
    suffix = f" {compared[0]}" if compared else ""
    return f"mức {word} {base}{suffix}"


def _name_money(context: Context) -> str:
    left = _left(context)
    head = _head_phrase(left)
    if context.kind == "change":
        return _name_change(context, left, head)
    if context.previous_name and _follows_change(left):
        return context.previous_name
    if head is not None:
        name = _tidy(head)
        return f"{name} của {context.subject}" if len(name.split()) <= 3 and context.subject else name
    if found := re.search(
        r"(?:tổng số tiền|số tiền|tổng giá trị|giá trị|tổng kinh phí|kinh phí|tổng vốn|vốn|doanh thu|lợi nhuận|mức lỗ|khoản lỗ|lãi|lỗ)(?:\s+(?:lên tới|lên đến|là|đạt|hơn|gần|khoảng|trên|lần lượt|tương ứng))*\s*$",
        left,
    ):
        about = context.previous_name if context.previous_here else f"của {context.subject}" if context.subject else ""
        return f"{_without_trail(found[0])} {about or ''}".strip()
    if context.previous_name and context.previous_here and not _without_lead(_without_trail(left)):
        return context.previous_name
    noun = _tidy(_noun_behind(context))
    verb = _verb_before(left)
    if verb:
        return f"số tiền {verb} {noun}".strip()
    return f"số tiền {noun}".strip() if len(noun.split()) >= 2 else f"số tiền {_subject_before(context, left)}".strip()


def _follows_change(left: str) -> bool:
    """Whether the number tells where a change led: "tăng gấp 3 lần lên 750 tỷ", "…, đạt 696 Gbps"."""
    return (
        re.fullmatch(
            r"(?:\s*so với[^,;]*)?[\s,(]*(?:và\s+)?(?:đã\s+)?(?:lên|đạt|còn|xuống|ở mức|từ)(?:\s+(?:tới|đến|mức|còn|hơn|trên|gần|khoảng|mức))*\s*",
            left,
        )
        is not None
    )


def _name_count(context: Context) -> str:
    left = _left(context)
    head = _head_phrase(left, near=True)
    unit = (context.number.unit or "").lower()
    if context.kind == "change":
        return _name_change(context, left, head)
    if context.previous_name and _follows_change(left):
        return context.previous_name
    if head is not None and not head.startswith(("tỷ lệ", "tỉ lệ")) and (len(head.split()) > 2 or unit in head):
        return _tidy(head)
    if head is not None and head.startswith(("tỷ lệ", "tỉ lệ")) and "/" in unit:
        return _tidy(head)
    noun = unit + _clip(_right(context))
    if len(noun.split()) - len(unit.split()) > 12:
        noun = " ".join(noun.split()[: len(unit.split()) + 11])
    noun = _tidy(noun)
    verb = _verb_before(left) if len(noun.split()) <= len(unit.split()) + 4 else ""
    if len(noun.split()) <= len(unit.split()) + 3 and (fuller := _fuller(context, unit)):
        noun = f"{fuller}{noun.removeprefix(unit)}"
    average = _AVERAGE.search(left[-60:])
    return f"số {noun} {verb} {average[0] if average else ''}".strip()


def _fuller(context: Context, unit: str) -> str | None:
    """What the counted thing was called in full before: "trung tâm phục vụ hành chính công" of "3.139 trung tâm"."""
    if (
        context.previous_here
        and context.previous_name
        and context.previous_name.startswith(unit)
        and len(unit.split()) <= 2
    ):
        return " ".join(context.previous_name.split()[:9])
    before = context.lower[
        context.sentence_start : context.previous_end if context.previous_here else context.number.start
    ]
    found = None
    for found in re.finditer(rf"(?<!\w){re.escape(unit)}\s", before):
        pass
    if found is None or len(unit.split()) > 2:
        return None
    phrase = _without_trail(_clip(before[found.start() :])).split()
    return (
        " ".join(phrase)
        if len(unit.split()) < len(phrase) <= 10 and not any(word.isdigit() for word in phrase[2:3])
        else None
    )


def _name_points(context: Context) -> str:
    left = _left(context)
    index = _bare_index(context)
    if context.kind == "change":
        return f"mức {'giảm' if context.falls else 'tăng'} điểm {_short(index)}".strip()
    head = _head_phrase(left)
    if head is not None and (head.startswith("chỉ số") and len(head.split()) > 3 or not context.index):
        return _tidy(head)
    return context.index or index or _subject_before(context, left)


def _name_rank(context: Context) -> str:
    right = _right(context)
    about = _ABOUT.match(right)
    region = _REGION.match(right)
    name = _tidy(_clip(about["what"])) if about and not region else _bare_index(context)
    if name.startswith(("xếp hạng", "thứ hạng")):
        name = name.split(maxsplit=2)[-1]
    return f"xếp hạng {_short(name)}{' ' + region['region'] if region else ''}"


def _bare_index(context: Context) -> str:
    if context.index:
        return context.index
    base = context.previous_name or ""
    return re.sub(r"^(?:xếp hạng|thứ hạng|số bậc (?:tăng|giảm) thứ hạng|mức (?:tăng|giảm)(?: điểm)?)\s+", "", base)


def _short(index: str) -> str:
    """An index by its abbreviation, where the text gives one: "chỉ số PAR Index"."""
    found = re.search(r"\((?P<acronym>[a-z][\w -]{1,14})\)$", index)
    return f"chỉ số {found['acronym']}" if found else index


def base_of(name: str) -> str:
    """What a name is about, to be said again of the next figure.

    >>> base_of("mức tăng số lượng thẻ so với năm 2024")
    'số lượng thẻ'
    """
    return _BEGINNING.sub("", name.partition(" so với")[0], count=1).strip()


def find_index(lower: str, start: int, end: int) -> str | None:
    """The last index that a stretch of text speaks of: "chỉ số cải cách hành chính (par index)"."""
    last = None
    for last in _INDEX.finditer(lower, start, end):
        pass
    if last is None:
        return None
    return re.sub(r"^(?:bảng\s+)?xếp hạng\s+", "", " ".join(last["name"].split()))


def _tidy(phrase: str) -> str:
    """Without brackets and times, without words that only lead up to a name."""
    phrase = re.split(r"\s,|,\s(?:kết quả|nước ta|việt nam)(?!\w)", _TIME.sub(" ", _PARENTHESES.sub(" ", phrase)))[0]
    match = _HEAD.match(phrase)
    if match is None:
        phrase = _without_lead(phrase)
    return _without_trail(phrase).strip()


def _cut(name: str) -> str:
    syllables = name.split()
    return " ".join(syllables[:_MOST]).strip(" ,;:-–.")


def is_counting_word(word: str) -> bool:
    """Whether a noun phrase ends with this word."""
    return word in words("after.stop")
