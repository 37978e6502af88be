"""What sums of money and times taken are called: "kinh phí chuyển đổi số", "thời gian giải quyết"."""

from __future__ import annotations

import re

from models.naming.beside import plan_of
from models.naming.changes import name_change
from models.naming.kinds import is_part
from models.naming.nearest import thing_before
from models.naming.segments import (
    clip,
    head_phrase,
    last_piece,
    subject_before,
    tidy,
    without_lead,
    without_stand_ins,
    without_trail,
)
from models.naming.surroundings import Context
from models.vocabulary import any_of, any_of_many, last_match

_MONEY_RIGHT_BEFORE = re.compile(
    rf"(?:{any_of('leads.money')})(?:\s+(?:lên tới|lên đến|là|đạt|hơn|gần|khoảng|trên|lần lượt|tương ứng))*\s*$"
)
_SUM = re.compile(rf"(?:{any_of_many('names.head')})(?!\w)")
_ACTION = re.compile(rf"(?<!\w)(?:{any_of_many('names.verb')}|có|gồm|là)(?!\w)")
_SPENDING = re.compile(
    r"(?:đã |mới |sẽ |được )*(?:bố trí|chi|đầu tư|dành|hỗ trợ|mua sắm|giải ngân|phân bổ|huy động)(?!\w)"
)
_FLOW = re.compile(
    r"(?:xuất khẩu|nhập khẩu|thu ngân sách|nộp ngân sách|chi cho|chi ngân sách|đầu tư cho|thuế|nợ|doanh (?:thu|số)|lỗ|lãi|dư nợ|vốn)(?!\w)"
)
# Where a part of the money comes from: "trong đó ngân sách tỉnh 8 tỷ đồng, xã hội hóa 3 tỷ đồng".
_SOURCE = re.compile(
    r"(?:vốn |nguồn )?(?:ngân sách(?: (?:nhà nước|trung ương|địa phương|tỉnh|thành phố|huyện|xã|phường))?"
    r"|xã hội hóa|trung ương|đối ứng|sự nghiệp|đầu tư công)(?=$| bảo đảm| cấp| hỗ trợ)"
)
# These are for what was spoken of before, whatever was told of it; a loss or a turnover is not.
_BUDGET = re.compile(r"kinh phí|vốn|đầu tư|dự toán|chi phí|nguồn|tiền")
_FUNDS = ("vốn đầu tư công", "vốn sự nghiệp")
_FLOW_ALONE = re.compile(r"xuất khẩu|nhập khẩu|nộp ngân sách|kim ngạch")
# Prices, wages and what else is money by itself.
_SORT_OF_MONEY = re.compile(
    r"(?:tổng )?(?:giá (?:bán|thuê|mua|vốn|trị|thành|bình quân|trung bình|khởi điểm)|(?:mức )?lương|thu nhập|chi tiêu"
    r"|học phí|viện phí|cước|trị giá|doanh (?:thu|số)|quy mô|số thu|số thuế|chi phí|kim ngạch)(?!\w)"
)
# A market is as large as what is paid on it.
_MARKET = re.compile(r"(?:thị trường|(?:nền )?kinh tế (?!tăng)|thương mại điện tử|công nghiệp)(?!\w)")
_ABOUT = (
    r"(?: khoảng| gần| hơn| trên| tới| đến| từ| chừng| ước| xấp xỉ| trung bình| bình quân| tổng cộng| được| thêm)*\s*$"
)
_BRINGS_IN = re.compile(rf"\s(?:đã |sẽ |chỉ )?(?:(?:mang|đem) (?:về|lại)|(?P<adds>(?:đóng )?góp)){_ABOUT}")
_EARNINGS = re.compile(r"(?:tổng )?(?:doanh (?:thu|số)|quy mô|số thu|kim ngạch|giá trị hàng hóa)(?!\w)")
# "làm đẹp chiếm 29,5% tổng doanh thu, với hơn 74.486 tỷ đồng"
_PART_OF = re.compile(
    r"(?P<who>[^,;:()]{3,60}?)\s(?:chỉ |đã |cũng |vẫn |hiện )*(?:chiếm|(?:đóng )?góp|mang lại|hoàn thành|đạt|bằng)"
    rf"(?: tới| đến| hơn| gần| khoảng| trên)? [\d.,]+% (?:tổng |kế hoạch |của )*(?P<sort>{_EARNINGS.pattern}|lợi nhuận)"
    rf"(?:\s[^,;:()\d]{{1,40}})?,? (?:với|tương đương|tương ứng|tức|hay){_ABOUT}"
)
_PLANNED = re.compile(r"\s(?:kế hoạch|dự toán) vốn(?!\w)[^,;.()]*")
_COSTS = re.compile(rf"\s(?:tiêu tốn|tốn|ngốn){_ABOUT}")
_EARNED = re.compile(r"^(?:tổng )?doanh (?:thu|số) (?:của )?|^(?:sản )?lượng ")
_DAMAGE_BY = re.compile(r"(?P<what>[^,;:.()¤]{6,60}?)\s(?:đã )?(?:gây|khiến|làm)(?: ra)?\s(?:tổng )?thiệt hại")
# What the sum itself is: "lãi 20 tỷ đồng" told as "20 tỷ đồng lợi nhuận sau thuế".
_EARNS = re.compile(
    r"\s(?P<what>(?:(?:tổng )?doanh (?:thu|số)|lợi nhuận|lãi|lỗ|kim ngạch)(?:\s[^,;.()\d¤]*)?)(?=$|[,;.(])"
)
_SPENT_ON = re.compile(r"[^,;.()]{0,24}?\s(?:cho|để|nhằm)\s+(?P<what>[^,;.()]{6,90})")
_TIME_TAKEN = re.compile(
    r"(?<!\w)thời (?:gian|hạn)\s[^,;:()]{3,80}?"
    r"(?=\s(?:giảm|còn|từ|là|rút|xuống|tối đa|không quá|so với|được|đã|chỉ|khoảng|\d)|[,;:(]|$)"
)
_PER = re.compile(r"\s*/\s*[^\W\d_]+(?:\s[^\W\d_]+)?(?=[\s,.;)]|$)|\s*(?:mỗi|một)\s[^\W\d_]+")
# "về kinh phí, tỉnh đã bố trí", "số tiền nộp qua ứng dụng, ra mắt năm 2022, đạt": what stands behind the comma is no part of the name.
_ASIDE = re.compile(r",\s(?:[^,]*\s)?(?:đã|còn|mới|sẽ|cần)(?!\w).*$", re.DOTALL)
# Of each of the figures right before them one sum is told: "57% doanh thu và 45% lợi nhuận, tương đương 11 tỷ và 2 tỷ đồng".
_EACH = re.compile(
    r"[\s,(]*(?:(?:tức|và|đều|đã) )*(?:(?:lần lượt|tương ứng|tương đương)(?: với)?|lần lượt (?:đạt|là|tương đương))"
    r"(?: khoảng| gần| hơn| trên)*\s*"
)
_THIS_TIME = re.compile(r"(?<!\w)(?:con số|thời gian|khoảng thời gian|thời lượng|mức) này(?!\w)")
_NOW_AT = re.compile(
    r"[\s,;]*(?:và )?(?:hiện|nay|đến nay|sau đó|nhưng)(?: đã| chỉ| vẫn)?(?: ở mức| còn| là| giảm còn)" + _ABOUT
)
# "mỗi người dành 3 giờ/ngày để lướt mạng"
_SPENDS = re.compile(rf"(?<!\w)(?:dành|bỏ ra|dùng)(?: ra)?{_ABOUT}")
_SPENT_TIME_ON = re.compile(
    r"(?:\s?/\s?\w+|\s(?:mỗi|một|hằng|trong) \w+)?\s(?:để|cho(?: việc)?|vào(?: việc)?) (?P<what>[^,;.()]{4,90})"
)
# "các lĩnh vực số tiếp tục tăng trưởng mạnh mẽ, đạt 90 tỷ USD", "sẽ vượt mốc 200 tỷ USD"
_GROWN_TO = re.compile(
    r"(?P<who>[^,;:()]{6,70}?)\s(?:(?:đã|vẫn|tiếp tục|đang|cũng)\s)*(?<!đạo )(?<!đà )(?<!độ )(?<!mức )(?:tăng trưởng|phát triển|bùng nổ)"
    r"(?:\s[^\W\d]+){0,3},? (?:và )?(?:ước )?đạt" + _ABOUT
)
_PASSES_MARK = re.compile(r"(?<!\w)(?:vượt|chạm|cán|đạt) (?:mốc|ngưỡng)" + _ABOUT)
_PARTS = ("first", "second")
_PARTS_OF = re.compile(
    r"(?P<who>[^,;:()]{3,60}?)(?: \([^()]*\))?\s(?:đã |chỉ |cũng )*(?:chiếm|(?:đóng )?góp|mang (?:về|lại))(?: tới| hơn| gần| khoảng)?"
    r" [\d.,]+% (?P<first>[^\d,;:()]{3,30}) và(?: hơn| gần| khoảng)? [\d.,]+% (?P<second>[^\d,;:()]{3,30}?)(?: của [^\d,;:()]*)?, t"
)
_LONGEST_ACTION = 8


def name_money(context: Context) -> str:
    """Sums of money: "kinh phí chuyển đổi số", "số tiền tiết kiệm"."""
    left, said = context.left, context.said
    head = head_phrase(left)
    if context.kind == "change":
        return name_change(context, left, tidy(head or ""))
    if context.row_size > 1:
        if not context.row_place:
            said.is_respective = _EACH.fullmatch(left, max(0, left.rfind(","))) is not None
        if said.is_respective and (one := _of_its_share(context)):
            return one
    same = said.of_sort(context.unit)
    if same and (plan := plan_of(context)):
        context.agent = plan
        return f"{same} {plan}"
    if not head and (planned := _PLANNED.match(context.right)):
        return tidy(clip(planned[0]))
    if context.is_led_to() and (led_from := said.last if context.previous_here else same):
        return led_from
    name = tidy(_ASIDE.sub("", head)) if head is not None else ""
    if not name and (found := _MONEY_RIGHT_BEFORE.search(left)):
        name = without_trail(found[0]) or found[0].split()[0]
    if "thiệt hại" in left and (damage := _DAMAGE_BY.search(left)):
        return f"thiệt hại do {subject_before(damage['what'])}"
    if context.previous_here and same and (source := _SOURCE.match(name or context.subject)):
        if source[0] in _FUNDS:
            context.agent = source[0]
            return context.agent
        context.agent = f"từ {source[0]}"
        return f"{_sum(same)} {context.agent}"
    if context.previous_here and said.last and _FLOW_ALONE.fullmatch(name or context.subject):
        return f"{name or context.subject} {_EARNED.sub('', said.last)}"
    if not name and (earns := _EARNS.match(context.right)):
        return without_trail(clip(earns["what"]))
    if "đạt" in left and (grown := _GROWN_TO.search(left)) and (who := _who_grew(grown["who"])):
        return who
    if len(name.split()) > 1 and not _SUM.fullmatch(name):
        return name
    if name:
        return f"{name} {_purpose(context, left, name)}"
    if _PASSES_MARK.search(left) and context.previous_here and (same or said.last):
        return same or said.last or ""
    subject = context.subject
    if len(subject.split()) > 1 and _SORT_OF_MONEY.match(subject):
        return subject
    if len(subject.split()) > 2 and _FLOW.match(subject):
        return subject
    if sort := _sort_of_money(context, left):
        return sort
    if (same and len(subject.split()) < 2) or (context.previous_here and not subject):
        return _sum(same or said.last or "")
    right = _PER.sub("", context.right) if (per := _PER.match(context.right)) else context.right
    noun = clip(right)
    noun, verb = tidy(noun) if noun[:1].isspace() else "", context.verb
    if (spent := _SPENT_ON.match(right)) and not _SUM.match(verb):
        return f"kinh phí {verb} {tidy(clip(spent['what']))}"
    if not verb and len(noun.split()) < 2:
        return _sum(subject)
    return f"{_sum(f'{verb} {noun}' if not _SUM.match(noun) else f'{noun} {verb}')} {'mỗi năm' if per and 'năm' in per[0] else ''}"


def _who_grew(left: str) -> str:
    """What a sum is of that something grew to: "giá trị các lĩnh vực số"."""
    who = subject_before(left)
    if len(who.split()) < 2 or _ACTION.search(who):
        return ""
    return who if _SORT_OF_MONEY.match(who) else f"giá trị {who}"


def _of_its_share(context: Context) -> str | None:
    """What a sum of a row is of that stands behind a row of shares: of what one of these is, and of whose."""
    if context.row_size == len(_PARTS) and (parts := _PARTS_OF.search(context.lower, 0, context.start)):
        return f"{parts[_PARTS[context.row_place]]} {subject_before(parts['who'])}"
    return context.said.respective(context.unit, context.row_size, context.row_place)


def _sort_of_money(context: Context, left: str) -> str:
    """What sort of money a sum is: "doanh thu sàn điện tử" of "sàn điện tử mang về 90 tỷ đồng"; "" if it is not known."""
    if "%" in context.lower[: context.previous_end][-60:] and (part := _PART_OF.search(context.lower[: context.start])):
        return f"{part['sort']} {subject_before(part['who'])}"
    if brings := _BRINGS_IN.search(left):
        who = subject_before(left[: brings.start()])
        if len(who.split()) < 2 or _ACTION.search(who):
            return ""
        sort = last_match(_EARNINGS, context.lower, 0, context.start)
        return f"{_of_part(sort[0]) if sort else 'doanh thu'} {who}" if sort or not brings["adds"] else ""
    if costs := _COSTS.search(left):
        return f"chi phí {subject_before(left[: costs.start()])}"
    subject = context.own_subject
    if len(subject.split()) < 2 or _ACTION.search(subject):
        return ""
    if (sort := last_match(_SORT_OF_MONEY, context.lower, 0, context.start)) and context.previous_here:
        return f"{_of_part(sort[0])} {subject}"
    return f"quy mô {subject}" if _MARKET.match(subject) else ""


def _of_part(sort: str) -> str:
    return sort.removeprefix("tổng ")


def _sum(phrase: str) -> str:
    if _SUM.match(phrase) or _FLOW.match(phrase):
        return phrase
    return f"{'kinh phí' if _SPENDING.match(phrase) else 'số tiền'} {phrase}"


def _purpose(context: Context, left: str, head: str) -> str:
    """What a bare "kinh phí" is for: the company, what follows the number, what is done before it, or what was spoken of."""
    if context.previous_here and context.said.last and not _SUM.match(context.said.last):
        return context.said.last
    if context.company:
        return f"của {context.company}"
    noun = context.noun_behind()
    if len(noun.split()) > 1:
        return noun
    if spent := _SPENT_ON.match(context.right):
        return tidy(clip(spent["what"]))
    before = last_piece(tidy(left[: left.rfind(head.split()[0])]))
    verb = last_match(_ACTION, before)
    thing = without_stand_ins(without_lead(before[verb.end() :] if verb else before))
    if 2 <= len(thing.split()) <= _LONGEST_ACTION and not is_part(thing):
        return thing
    if found := thing_before(context.lower, context.start - len(left) + left.rfind(head.split()[0])):
        return found
    spoken_of = context.said.last if _BUDGET.search(head) else context.said.of_sort(context.unit)
    return noun if spoken_of is None or _SUM.match(spoken_of) else spoken_of


def name_time(context: Context) -> str:
    """How long something takes, or how often: "thời gian giải quyết", "số lần đi lại"."""
    left = context.lower[: context.start]
    head = tidy(head_phrase(context.left) or "")
    if context.kind == "change":
        return name_change(context, context.left, head)
    if "này" in context.left and _THIS_TIME.search(context.left) and (same := context.said.of_sort(context.unit)):
        return same
    if context.previous_here and _NOW_AT.fullmatch(context.left) and (same := context.said.of_sort(context.unit)):
        return same
    if _SPENDS.search(context.left) and (spent := _SPENT_TIME_ON.match(context.right)):
        return f"thời gian {tidy(clip(spent['what']))}"
    taken = last_match(_TIME_TAKEN, left)
    if len(head.split()) > 1:
        return head
    own = context.subject
    if (
        taken is not None
        and taken.end() < context.start - len(context.left)
        and 2 < len(own.split()) <= _LONGEST_ACTION
        and context.unit != "lần"
    ):
        return f"thời gian {own}"
    if taken is not None:
        return tidy(taken[0])
    if context.unit != "lần" and 2 < len(context.own_subject.split()) <= _LONGEST_ACTION and not context.is_led_to():
        return f"thời gian {context.own_subject}"
    if same := context.said.of_sort(context.unit):
        return same
    subject = context.subject
    if context.unit == "lần":
        return f"số lần {subject}"
    per = _PER.match(context.right)
    return f"thời gian {subject or context.said.last or ''} {per[0].replace('/', 'mỗi ') if per else ''}"
