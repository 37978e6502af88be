"""The noun phrase in front of a figure that says whose a bare "vốn đầu tư" or "công suất" is."""

from __future__ import annotations

import re
from functools import cache

from models.naming.hiding import without_names
from models.naming.segments import clip, tidy
from models.naming.undated import without_time
from models.vocabulary import any_of_many, words

# Where a noun phrase ends and what is said of it begins.
_SAID_OF_IT = re.compile(
    rf"\s(?:{any_of_many('names.verb')}|{any_of_many('names.predicate')}|này|đó|đặt|rộng|giữ|chậm|được)(?!\w)"
)
_OPENING = re.compile(
    r"(?:[-+•*]\s*)?(?:(?:nói )?về|trên|qua|ở khâu|trong lĩnh vực|(?:riêng |còn )?đối với|riêng(?: việc| về)?)\s"
    r"(?P<topic>[^,;:.()\d]{6,90}?)(?:,|:| theo| thì)\s"
)
_WHOSE = re.compile(r"\s(?:của|tại|ở|vào|trên|cao|thấp)(?:\s|$)")
# What only some of the things are: "hồ sơ quá hạn".
_ONLY_SOME = re.compile(r"\w+\s(?:\w+\s)?(?:đúng|trước|quá|trễ|chậm|đã|được|chưa|không|có|cho|về)(?!\w)")
_SAYS_NOTHING = ("kế hoạch", "mục tiêu", "chỉ tiêu", "nội dung", "quốc gia")
_LONGEST_THING = 8
_SIZES = (
    "công suất", "tổng công suất", "diện tích", "tổng diện tích", "dung lượng", "tổng dung lượng", "quy mô", "thị phần", "tăng trưởng kép",
    "thời gian xử lý",
)  # fmt: skip


def is_bare(name: str) -> bool:
    """Whether a name says only what is measured: "vốn đầu tư", "công suất"."""
    return name in _SIZES or name in words("leads.money")


def thing_before(lower: str, end: int) -> str:
    """The last thing named in a stretch of a sentence, with what tells it from others; "" for none.

    >>> thing_before("trung tâm dữ liệu của hãng đặt tại bình dương, công suất ", 50)
    'trung tâm dữ liệu của hãng'
    """
    nouns = list(_noun().finditer(lower, 0, end))
    while nouns:
        noun = nouns.pop()
        while nouns and nouns[-1].end() == noun.start() - 1 and lower[noun.start() - 1] == " ":
            noun = nouns.pop()
        thing = _thing(lower[noun.start() : end])
        if len(thing) > 1 and " ".join(thing) not in _SAYS_NOTHING and thing[:2] != ["tỷ", "lệ"]:
            return " ".join(thing[:_LONGEST_THING])
    return ""


def _thing(phrase: str) -> list[str]:
    """The words of the noun phrase with which a phrase begins."""
    phrase = without_names(without_time(clip(phrase)))
    said = _SAID_OF_IT.search(phrase)
    return tidy(phrase[: said.start()] if said else phrase).split()


def topic_of(lower: str, end: int) -> str:
    """What a sentence says at its beginning that it is about; "" for nothing.

    >>> topic_of("về thanh toán trực tuyến, tỉnh ghi nhận 48 giao dịch", 40)
    'thanh toán trực tuyến'
    """
    opening = _OPENING.match(lower, 0, end)
    topic = tidy(opening["topic"]) if opening else ""
    return topic if 2 < len(topic.split()) <= _LONGEST_THING else ""


def named_before(earlier: str, unit: str) -> str:
    """What things were called in full last of which only the unit is named now; "" for nothing.

    >>> named_before("cả xã dựa vào tổ công nghệ số cộng đồng.", "tổ")
    'tổ công nghệ số cộng đồng'
    """
    at = earlier.rfind(f"{unit} ")
    while at >= 0:
        if not (at and earlier[at - 1].isalnum()):
            thing = _WHOSE.split(" ".join(_thing(earlier[at:])))[0]
            if (
                len(unit.split()) + 1 < len(thing.split()) <= _LONGEST_THING
                and thing.replace(" ", "").isalpha()
                and not _ONLY_SOME.match(thing)
            ):
                return thing
        at = earlier.rfind(f"{unit} ", 0, at)
    return ""


def last_word(phrase: str, lower: str, start: int, end: int) -> int | None:
    """Where a phrase stands last within a stretch of text, as whole words and with a blank behind."""
    at = lower.rfind(phrase, start, end)
    while at >= 0:
        behind = at + len(phrase)
        if behind < end and lower[behind].isspace() and not (at and _is_letter(lower[at - 1])):
            return at
        at = lower.rfind(phrase, start, behind - 1)
    return None


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{any_of_many('nouns.counted')}|thị trường|ngành|mảng|mạng|quỹ|công viên|công nghiệp|tập đoàn)(?!\w)"
    )
