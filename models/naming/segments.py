"""The phrases around a number: where an indicator's name begins and ends in a Vietnamese sentence, all in small letters."""

from __future__ import annotations

import re
from functools import cache

from models.naming.hiding import COVER, without_names
from models.naming.undated import without_time
from models.vocabulary import any_of, last_match, last_words, longest_suffix, whole_words, whole_words_apart, words

_HEAD = re.compile(whole_words("names.head"))
# These are heads only where a phrase begins; elsewhere they are part of one: "ở mức 5%", "nguồn vốn".
_WEAK_HEADS = (
    "mức",
    "điểm",
    "vốn",
    "tổng",
    "lượng",
    "phí",
    "lệ phí",
    "ngân sách",
    "dự toán",
    "nguồn vốn",
    "vốn đầu tư",
)
_BEFORE_WEAK_HEAD = ("đưa", "nâng", "và", "với", "có", "về", "thì", "nhưng", "thấy")
_BEFORE_COUNT = re.compile(rf"(?:^\s*|[,;:(–—\"“-]\s*|{COVER}\s*|(?<!\w)(?:{any_of('names.before_count')})\s+)$")
NUMBER_OF = r"số(?!\s(?:hóa(?! (?:đơn|chất))|liệu|hiệu|dư)(?!\w))"
"""The word "số" where it counts, not where it begins another one: "số hồ sơ", but not "số hóa", "số liệu"."""
_PASSING = re.compile(
    r"(?<=mức)\s(?:độ\s+)?\d|\s(?:hóa(?! (?:đơn|chất))|hiệu|tự|nhà|liệu|này|qua|tới|diễn ra|vừa qua|gần đây"
    r"|hành chính công|không|đông|cộng)\b"
    r"|(?<=lệ)\s1\s?[/:]\s?\d"
    r"|(?<=điểm)\s(?:trừ|nghẽn|sáng|yếu|mới|đến|cầu|đầu|cuối)\b"
    r"|(?<=thời gian)\sthực\b(?! hiện)|(?<=tổng)\s(?:đài|kết|cục|công ty|hợp|thể|bí thư|giám đốc|điều tra|rà soát)\b"
)
_NEW_CLAUSE = re.compile(r"[;:]|,\s|\b(?:đạt|là|tăng|giảm|lên|chiếm|khiến|kéo theo)\b")
_PREDICATE = re.compile(rf"{whole_words_apart('names.predicate')}|:")
_STATES_VALUE = re.compile(
    r"(?:đã |hiện |đều |mới |chỉ |cũng |ước |phải |cần |sẽ )?(?:đạt|tăng|giảm|chiếm)(?:$| )|là$|lần lượt|:"
)
_VERB = re.compile(whole_words("names.verb"))
_BEFORE_VERB = frozenset(("đã", "được", "vừa", "đang", "sẽ", "mới"))
# Each way begins with a letter or mark of its own, which a search can skip to.
_ENDS_NAME = re.compile(rf";|:|\.|!|\?|\(|\)|\n|“|”|\"|–|—|,(?=\s)| -\s|\t-\s|{whole_words_apart('names.ends_name')}")
# One of these stands in all that the two below find.
_TIES = (" của ", " tại ", " ở ", " trên ")
_OF_THESE = re.compile(r"\s(?:của|ở|tại)\s(?:[^\s,]+\s){1,4}(?:này|đó|ấy)(?!\w).*$")
_OF_ITSELF = re.compile(
    r"\s(?:của|trên địa bàn|tại|ở)\s(?:toàn\s)?(?:tỉnh|thành phố|huyện|xã|bộ|sở|địa phương|đơn vị|ta)(?=\s+(?:đã|hiện|đạt|là|mới)\b|\s*$)"
)
_LIST_COMMA = re.compile(rf",\s+(?!thành công)(?:{any_of('leads.list_goes_on')})(?!\w)|,\s*\d")
# Two kinds of things that have one verb: "cơ sở ăn uống, bán lẻ dùng hóa đơn điện tử".
_SHARED_VERB = re.compile(
    r",\s(?!đã|được|có|trong|đạt|tỉnh|thành phố|huyện|cả|toàn|là|nhưng|song|riêng|đến|nay|hiện|vẫn|đang|chưa|không"
    r"|còn|mỗi|phần)(?:[^\W\d]+\s){1,2}?"
    r"(?:của|được|có|dùng|sử dụng|tham gia|hoàn thành|chấp nhận|triển khai|kết nối|thực hiện)(?!\w)"
)
_PARENTHESES = re.compile(r"\s*\([^()]*\)?")
_ASIDE = re.compile(r"\s,|,\s(?:kết quả|nước ta|việt nam)(?!\w)")
_EDGES = " \t\n\u00a0,;:–—-+*•.…“”\"'(["
_PIECES = re.compile(r",\s(?!\d)|(?<!\d),\s|\s[-–—]\s")
_SAYS = re.compile(rf"{whole_words('names.says')}(?:\s+(?:rằng|là))?[\s:,]+(?=\S+\s+\S)")
# Here "với" belongs to the verb: "kết nối với cơ sở dữ liệu quốc gia".
_BEFORE_WITH = ("kết nối ", "liên thông ", "đối khớp ", "chia sẻ ", "hài lòng ", "đồng tình ", "phù hợp ", "đối mặt ")
# Here somebody means to do it: "doanh nghiệp có kế hoạch tăng quy mô".
_BEFORE_CHANGE = ("kế hoạch ", "muốn ", "dự định ", "ý định ", "dự kiến ", "buộc phải ", "mong ", "đề nghị ")
_LONGEST_VERB_PHRASE = 9
_SHORT_NOUN_PHRASE = 7


def without_lead(phrase: str) -> str:
    """A phrase without the words that only lead up to it.

    >>> without_lead("còn các hồ sơ")
    'hồ sơ'
    """
    leads, tokens = words("leads.before"), phrase.split()
    while tokens:
        first = tokens[0].strip(_EDGES + ")")
        if len(tokens) > 1 and f"{first} {tokens[1]}" in leads:
            del tokens[:2]
        elif not first or (first in leads and f"{first} {''.join(tokens[1:2])}" not in words("leads.nouns")):
            del tokens[0]
        else:
            break
    return " ".join(tokens).lstrip(_EDGES + ")")


def without_trail(phrase: str) -> str:
    """A phrase without the words that lead on to a value.

    >>> without_trail("hồ sơ trực tuyến đạt khoảng"), without_trail("chuyển đổi số là")
    ('hồ sơ trực tuyến', 'chuyển đổi số')
    """
    trails, kept, ends, tokens = words("leads.after"), words("leads.kept"), last_words("leads.after"), phrase.split()
    while tokens:
        last = tokens[-1].strip(_EDGES)
        if last and last not in ends:
            break
        before = tokens[-2] if len(tokens) > 1 else ""
        if f"{before} {last}" in trails and tokens[-3:-2] != ["trị"]:
            del tokens[-2:]
        elif last == "số" and before in words("leads.digital"):
            break
        elif not last or (last in trails and f"{before} {last}" not in kept):
            del tokens[-1]
        else:
            break
    return " ".join(tokens).rstrip(_EDGES)


def tidy(phrase: str) -> str:
    """A phrase without brackets and times, and without the words that lead up to it or on from it."""
    phrase = without_names(without_time(_without_parentheses(phrase)))
    phrase = _ASIDE.split(phrase, maxsplit=1)[0] if "," in phrase else phrase
    if any(map(phrase.__contains__, _TIES)):
        phrase = _OF_ITSELF.sub("", _OF_THESE.sub("", phrase))
    return without_trail(phrase if _HEAD.match(phrase) else without_lead(phrase)).strip()


def clip(phrase: str) -> str:
    """A phrase up to where a name ends; the commas of "sở, ban, ngành" and of "mức độ 3, 4" do not end it.

    >>> clip("sở, ban, ngành kết nối, trong đó có")
    'sở, ban, ngành kết nối'
    """
    position = 0
    while found := _ENDS_NAME.search(phrase, position):
        if _goes_on(phrase, found):
            position = found.end()
        elif found[0] == "(" and (closing := phrase.find(")", found.end())) > 0:
            position = closing + 1
        else:
            return phrase[: found.start()]
    return phrase


def goes_on_in_list(phrase: str, comma: int) -> bool:
    """Whether a comma stands inside one noun phrase: "xã, phường"."""
    found = _LIST_COMMA.match(phrase, comma)
    return found is not None and not found[0][-1].isdigit()


def _goes_on(phrase: str, found: re.Match[str]) -> bool:
    """Whether a comma or "và" stands inside a noun phrase: "quản lý văn bản và điều hành"."""
    if found[0] == ",":
        if _SHARED_VERB.match(phrase, found.start()):
            return True
        list_comma = _LIST_COMMA.match(phrase, found.start())
        return list_comma is not None and (not list_comma[0][-1].isdigit() or phrase[found.start() - 1].isdigit())
    if found[0] == "với":
        return phrase.endswith(_BEFORE_WITH, 0, found.start())
    if found[0] in ("tăng", "giảm"):
        return phrase.endswith(_BEFORE_CHANGE, 0, found.start())
    if found[0] != "và":
        return False
    behind = phrase[found.end() :].split()
    return (
        len(phrase[: found.start()].split()) <= _SHORT_NOUN_PHRASE
        and len(behind) > 1
        and behind[0] not in words("names.and_others")
    )


def head_phrase(left: str, *, near: bool = False, bare: bool = False) -> str | None:
    """The indicator's noun phrase in what stands before a number, without its predicate; None when there is none.

    `near` wants the number right behind the predicate; `bare` takes a head that stands alone right before the number.

    >>> head_phrase("trong đó tỷ lệ hồ sơ đúng hạn của tỉnh đạt khoảng ")
    'tỷ lệ hồ sơ đúng hạn của tỉnh '
    """
    best: re.Match[str] | None = None
    for head in _HEAD.finditer(left):
        if _is_head(left, head) and (best is None or _NEW_CLAUSE.search(left, best.end(), head.start())):
            best = head
    if best is None:
        return None
    rest = left[best.end() :]
    predicate = _predicate_in(rest)
    if predicate is None:
        return left[best.start() :] if bare or rest.strip() or best.start() == 0 else None
    if near and len(without_trail(rest[predicate:]).split()) > 3:
        return None
    return best[0] + rest[:predicate]


def _is_head(left: str, head: re.Match[str]) -> bool:
    before = left[: head.start()].split()[-1:]
    if head[0] == "số" and not _counts(left, head):
        return False
    if head[0] in _WEAK_HEADS and before and before[0] not in _BEFORE_WEAK_HEAD and before[0][-1] not in ",;:()-–+•*":
        return False
    return _PASSING.match(left, head.end()) is None


def _counts(left: str, head: re.Match[str]) -> bool:
    """Whether "số" is "the number of" and not part of "chuyển đổi số" or "báo cáo số 58"."""
    behind = left[head.end() : head.end() + 2]
    return behind[:1] == " " and not behind[1:].isdigit() and _BEFORE_COUNT.search(left[: head.start()]) is not None


def _predicate_in(rest: str) -> int | None:
    """Where the predicate begins that leads to the value: one that states it, or the run that ends right before it."""
    found: int | None = None
    for match in _PREDICATE.finditer(rest):
        states = _STATES_VALUE.match(match[0]) is not None
        if not states and without_trail(" " + rest[match.end() :]).strip():
            found = None
            continue
        found = match.start() if found is None else found
        if states:
            break
    return found


def verb_before(left: str) -> str:
    """The verb phrase right before a number.

    >>> verb_before("trung tâm tiếp nhận mới gần ")
    'tiếp nhận'
    """
    verb = last_match(_VERB, left)
    if verb is None:
        return ""
    tail, before = left[verb.start() :], left[: verb.start()].split()
    while before and before[-1] in _BEFORE_VERB:
        tail = f"{before.pop()} {tail}"
    phrase = without_trail(tail)
    if "," in tail or len(tail.split()) > _LONGEST_VERB_PHRASE or phrase.endswith(("cho thấy", "cho biết")):
        return ""
    return phrase


def subject_before(left: str) -> str:
    """The noun phrase before the predicate where no head word stands; empty where somebody's name is all there is.

    >>> subject_before("hồ sơ giải quyết đúng hạn: "), subject_before("cao nhất là ¤¤¤¤ (")
    ('hồ sơ giải quyết đúng hạn', '')
    """
    clause = without_time(without_names(_without_parentheses(left)))
    if (said := last_match(_SAYS, clause)) is not None and without_trail(clause[said.end() :]):
        clause = clause[said.end() :]
    piece = last_piece(clause)
    predicate = _PREDICATE.search(piece)
    if predicate is not None and piece[: predicate.start()].strip():
        piece = piece[: predicate.start()]
    return without_stand_ins(without_lead(without_trail(piece)))


def without_stand_ins(phrase: str) -> str:
    """A phrase without the words at its edges that only point to what was spoken of before.

    >>> without_stand_ins("tỷ lệ này cùng kỳ"), without_stand_ins("riêng thanh toán trực tuyến")
    ('', 'thanh toán trực tuyến')
    """
    tokens = phrase.split()
    while tokens and (front := _stand_in_front(tokens)):
        del tokens[:front]
    while tokens and (back := longest_suffix([token.strip(_EDGES) for token in tokens[-5:]], words("names.stands_in"))):
        del tokens[-len(back.split()) :]
    return " ".join(tokens).strip(_EDGES + ")")


def _stand_in_front(tokens: list[str]) -> int:
    """How many words at the front of a phrase only point to something."""
    bare = [token.strip(_EDGES) for token in tokens[:5]]
    if not bare[0]:
        return 1
    for size in range(min(len(bare), _longest_stand_ins().get(bare[0], 0)), 0, -1):
        phrase = " ".join(bare[:size])
        if size == 1 and " ".join(bare[:2]) in words("leads.nouns"):
            return 0
        if phrase in words("names.stands_in") or phrase in words("names.stands_before"):
            return size
    return 0


@cache
def _longest_stand_ins() -> dict[str, int]:
    """How many words the longest stand-in has that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in words("names.stands_in") | words("names.stands_before"):
        tokens = phrase.split()
        longest[tokens[0]] = max(len(tokens), longest.get(tokens[0], 0))
    return longest


def last_piece(left: str) -> str:
    """What stands behind the last comma or dash, trailing words left out."""
    return _PIECES.split(without_trail(left))[-1]


def _without_parentheses(phrase: str) -> str:
    return _PARENTHESES.sub(" ", phrase) if "(" in phrase else phrase
