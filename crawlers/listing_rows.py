"""Links that stand in a row of their like, as the items of a list do: what their items show besides a headline
(a date, a summary, a picture) tells a list of articles from a menu, whatever its addresses look like."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from crawlers.charset import squeeze
from crawlers.dates import find_date
from crawlers.link_shapes import Address

_LEVELS = 8
"""How far above its link a list's item may be."""
_FEWEST = 3
_LONGEST_ITEM = 900
_MOST_HELD = 3
"""Addresses in an item: two columns of a row, or an article, its section and its author."""
_MOST_SIBLINGS = 6
_LEAST_BESIDE = 6
_SUMMARY = 30
_MANY_WORDS = 8
_WORD = re.compile(r"\w+")
_LIST_END = re.compile(
    r"^\W*(?:xem (?:thêm|tiếp|chi tiết|tất cả)|chi tiết|đọc (?:thêm|tiếp)|read more|trang (?:sau|trước|đầu|cuối)|"
    r"\d+|bình luận.*|\d+ bình luận)\W*$",
    re.I,
)
_DOCUMENT = re.compile(
    r"(?:quyết định|nghị quyết|nghị định|thông tư|công văn|chỉ thị|tờ trình|luật|kế hoạch|báo cáo|hướng dẫn)"
    r"(?: liên tịch)?(?: số)?:? \d+[/-]|(?:thủ tục|quyết định|nghị quyết|nghị định|thông tư|công văn|chỉ thị) "
    r"(?:về|ban hành|cấp|đăng ký|quy định|của)\b|\d+(?:/\d{4})?/[A-ZĐ]{2,}",
    re.I,
)


_DOCUMENT_NUMBER = re.compile(r"\b\d+(?:/(?:19|20)\d\d)?/[A-ZĐ]{2,}(?:-|\b)")
_SHORT_DATE = re.compile(
    r"(?<![\d/.-])[0-3]?\d\s*[/-]\s*[01]?\d(?![\d.,]|\s*[/-]\s*[A-Z])|\b[0-3]?\d,?\s+(?:tháng|thg|th)\.?\s*[01]?\d\b|"
    r"\b(?:\d+|một) (?:phút|giờ|ngày|tuần|tháng) trước|\bhôm (?:nay|qua)\b",
    re.I,
)
"""A day without its year, as lists show it: "12/5", "12 Th5", "3 giờ trước"."""


@dataclass(eq=False, slots=True)
class Link:
    """One address, with all that its links say."""

    address: Address
    texts: list[str] = field(default_factory=list)
    heading: str | None = None
    in_menu: bool = True
    listed: str = ""
    """The address as the page writes it, in the shortest of its forms."""

    @property
    def title(self) -> str | None:
        if self.heading:
            return self.heading
        usable = [text for text in self.texts if not _LIST_END.match(text)]
        headlines = [text for text in usable if 20 <= len(text) <= 220]
        return headlines[0] if headlines else max(usable, key=len, default=None)

    @property
    def has_headline(self) -> bool:
        title = self.title or ""
        return len(title) >= 25 and len(title.split()) >= 5


@dataclass(eq=False, slots=True)
class Row:
    """The links at one place of a list's items, and what those items show besides them."""

    items: dict[Link, Beside]

    @property
    def headlines(self) -> list[Link]:
        """Its links but for those that only happen to hang beside: a pager's number, a menu's entry."""
        return [link for link in self.items if not link.in_menu and _words(link) >= 3]

    @property
    def reads_like_headlines(self) -> bool:
        phrases = sum(not link.in_menu and _words(link) >= 4 for link in self.items)
        documents = sum(_is_document(link, beside) for link, beside in self.items.items())
        return phrases * 10 >= len(self.items) * 7 and documents * 2 < len(self.items)

    @property
    def says_when(self) -> bool:
        """Its items bear dates beside headlines, though short ones."""
        dated = sum(beside.has_date for beside in self.items.values())
        return dated * 2 >= len(self.items) and self.reads_like_headlines

    @property
    def says_more(self) -> bool:
        """Its items bear a summary, or a picture to a long headline or a numbered address; or they need none, as they
        lead where articles are shown, or are long headlines all."""
        told = sum(len(beside.text) >= _SUMMARY for beside in self.items.values())
        pictures = sum(beside.has_picture for beside in self.items.values())
        long = sum(link.has_headline or link.address.tier == "number" for link in self.items)
        shown = all(link.address.is_shown for link in self.items)
        enough = told * 2 >= len(self.items) or (pictures * 2 >= len(self.items) and long * 10 >= len(self.items) * 7)
        words = sum(map(_words, self.items)) / len(self.items)
        return (enough or shown or words >= _MANY_WORDS) and self.reads_like_headlines


@dataclass(frozen=True, slots=True)
class Beside:
    """What a list's item shows besides its link."""

    text: str
    has_date: bool
    has_picture: bool


def find_rows(places: list[tuple[Link, LexborNode]]) -> Iterator[Row]:
    """Each link's row: the lowest level at which three addresses hang in the same way below one element.

    An item that holds many addresses is no article's but a section's: its heading, and the section's news below it.
    """
    rows: dict[tuple[int, str], dict[Link, LexborNode]] = defaultdict(dict)
    held: dict[int, set[Link]] = defaultdict(set)
    keys: list[list[tuple[int, str]]] = []
    for link, element in places:
        mine = []
        for key, item in _levels(element):
            rows[key].setdefault(link, item)
            held[item.mem_id].add(link)
            mine.append(key)
        keys.append(mine)
    lowest = (next((key for key in mine if len(rows[key]) >= _FEWEST), None) for mine in keys)
    for key in dict.fromkeys(key for key in lowest if key is not None):
        items = {link: item for link, item in rows[key].items() if len(held[item.mem_id]) <= _MOST_HELD}
        if len(items) >= _FEWEST:
            yield Row({link: _beside(held[item.mem_id], item) for link, item in items.items()})


def _levels(element: LexborNode) -> Iterator[tuple[tuple[int, str], LexborNode]]:
    """Each element around a link that may be a list's item, keyed by its parent and the way from it to the link."""
    way = ""
    item = element
    for _ in range(_LEVELS):
        way = f"{item.tag}>{way}"
        parent = item.parent
        if parent is None or item.tag == "body":
            return
        yield (parent.mem_id, way), item
        item = parent


def _words(link: Link) -> int:
    title = link.title or ""
    return len(_WORD.findall(title)) if len(title) >= 12 else 0


def is_document_title(title: str) -> bool:
    """Whether a link says a document's name, as "Quyết định số 12/QĐ-UBND"."""
    return _DOCUMENT.match(title) is not None


def _is_document(link: Link, beside: Beside) -> bool:
    return is_document_title(link.title or "") or _DOCUMENT_NUMBER.search(beside.text) is not None


def _beside(links: Iterable[Link], item: LexborNode) -> Beside:
    """What an item shows besides its links: another's headline is no summary."""
    own = squeeze(item.text(separator=" ")[:_LONGEST_ITEM])
    text = own
    for link in links:
        for said in (link.heading, *link.texts):
            text = text.replace(said, " ") if said else text
    around = text
    if len(text.strip()) < _LEAST_BESIDE:  # an item that is but its headline: the rest stands before it or after it
        text += _siblings(item, forward=True)
        around = text + _siblings(item, forward=False)
    has_date = _SHORT_DATE.search(around) or find_date(around) or find_date(own) or item.css_first("time")
    return Beside(text.strip(), has_date is not None, item.css_first("img") is not None)


def _siblings(item: LexborNode, *, forward: bool) -> str:
    """The text between an item and the next of its kind."""
    text = ""
    sibling = item.next if forward else item.prev
    for _ in range(_MOST_SIBLINGS):
        if sibling is None or sibling.tag in (item.tag, "a"):
            break
        text += " " + squeeze((sibling.text_content or sibling.text(separator=" "))[:_LONGEST_ITEM])
        sibling = sibling.next if forward else sibling.prev
    return text
