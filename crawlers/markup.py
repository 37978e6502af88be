"""HTML ─► a light tree of blocks over a flat list of lines, which the page readers work on.

Lexbor parses; one walk then copies what a reader needs: each line of text with the block it stands in, each block
with the range of its lines. Everything after is arithmetic on ranges. Depth and work are bounded for any input.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.block_names import is_icon, is_menu, is_stamp, is_telling, is_telling_in_prose
from crawlers.charset import squeeze

MAX_DEPTH = 200
"""Blocks nested deeper are read as part of the block at this depth."""
_BLOCK_TAGS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "time",
))  # fmt: skip
_MENU_TAGS = frozenset(("ul", "div", "ol", "section"))
_LINK, _BOLD, _SLANTED = range(3)
_STAMP = 3
"""A place set before the first sentence, parted from it by style alone."""
_STYLES = {"a": _LINK, "b": _BOLD, "strong": _BOLD, "i": _SLANTED, "em": _SLANTED}
# Void elements, those whose text is never prose, and what is no element.
_SILENT_TAGS = frozenset((
    "img", "input", "link", "meta", "source", "wbr", "col", "amp-img", "embed", "param", "script", "style",
    "noscript", "iframe", "svg", "select", "button", "textarea", "template", "object", "canvas", "map", "audio",
    "video", "head", "nav", "amp-ad", "amp-analytics", "amp-iframe", "amp-sidebar", "dialog", "mat-icon", "ion-icon", "-comment",
    "-doctype", "-text",
))  # fmt: skip
_PLAIN_TAGS = frozenset(("b", "strong", "i", "em", "u", "font", "sup", "sub", "s", "big", "small", "mark", "o:p"))


_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.I)
_RIGHT_STYLE = re.compile(r"text-align\s*:\s*right", re.I)
_HEADING_LEVELS = frozenset("123456")
_ENDS_IN_TIME = re.compile(r"(?:[/-](?:19|20)\d\d|:\d\d)$")


@dataclass(eq=False, slots=True)
class Block:
    """An element that breaks the line, and the lines [first, last) that stand in it."""

    tag: str
    name: str
    """Its class and id, lower case."""
    parent: Block | None
    first: int
    last: int = 0
    itemprop: str = ""
    when: str = ""
    """What a <time> states."""
    is_right: bool = False
    """Set flush right, as signatures are."""

    def holds(self, other: Block) -> bool:
        return self.first <= other.first and other.last <= self.last

    def ancestors(self) -> list[Block]:
        """From its parent up to the root."""
        found = []
        block = self.parent
        while block is not None:
            found.append(block)
            block = block.parent
        return found


@dataclass(eq=False, slots=True)
class Line:
    """A line as a reader sees it."""

    text: str
    block: Block
    link_chars: int = 0
    bold_chars: int = 0
    slanted_chars: int = 0
    links: int = 0

    @property
    def is_link(self) -> bool:
        """Nearly all of it can be clicked."""
        return self.link_chars * 10 >= len(self.text) * 8

    @property
    def is_bold(self) -> bool:
        return self.bold_chars * 10 >= len(self.text) * 9

    @property
    def is_slanted(self) -> bool:
        return self.slanted_chars * 10 >= len(self.text) * 9


@dataclass(eq=False, slots=True)
class Outline:
    """A page as lines and blocks, in document order."""

    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def lines_of(self, block: Block) -> list[Line]:
        return self.lines[block.first : block.last]

    def text_of(self, block: Block) -> str:
        return " ".join(line.text for line in self.lines_of(block))


def outline(tree: LexborHTMLParser) -> Outline:
    """Read the visible text of a parsed page. What is marked as hidden is taken out of the tree."""
    if tree.body is not None:
        for node in tree.body.css("[hidden]"):
            node.decompose()
    return _Walk(tree.body).page if tree.body is not None else Outline()


class _Walk:
    """One pass over the tree without recursion, collecting lines and blocks."""

    def __init__(self, body: LexborNode) -> None:
        root = Block(tag="body", name="", parent=None, first=0)
        self.page = Outline(blocks=[root])
        self._block = root
        self._open: list[tuple[Block | None, int | None]] = []  # of each open element, its block and its style
        self._parts: list[str] = []
        self._styled = 0
        self._inside = [0, 0, 0]  # how many links, bold and slanted elements are open
        self._chars = [0, 0, 0]  # characters of the open line within each of them
        self._links = 0
        self._run(body)
        self._break()
        root.last = len(self.page.lines)

    def _run(self, body: LexborNode) -> None:
        above: list[LexborNode] = []  # asking a node for its parent costs more than keeping it
        node = body.first_child
        while node is not None:
            text = node.text_content
            if text is not None:
                self._add_text(text)
            elif self._enter(node):
                child = node.first_child
                if child is not None:
                    above.append(node)
                    node = child
                    continue
                self._leave()
            following = node.next
            while following is None and above:
                self._leave()
                node = above.pop()
                following = node.next
            node = following

    def _enter(self, node: LexborNode) -> bool:
        """Open an element; False for one that holds nothing to read."""
        tag = node.tag
        if tag is None or tag in _SILENT_TAGS:
            return False
        if tag == "br" or tag == "hr":
            self._break()
            return False
        block = None
        if tag not in _PLAIN_TAGS and len(self._open) < MAX_DEPTH:
            attributes = node.attributes
            name, is_marked = "", False
            if attributes:
                style = attributes.get("style")
                if style and _HIDDEN_STYLE.search(style):
                    return False
                if "class" in attributes or "id" in attributes:
                    name = _name_of(attributes)
                if tag == "a":
                    href = attributes.get("href") or ""
                    is_marked = "/author/" in href or "/tac-gia/" in href or attributes.get("rel") == "author"
                elif tag == "span":
                    is_marked = attributes.get("role") == "heading"
            if name and tag in _MENU_TAGS and is_menu(name):
                return False
            if tag in _BLOCK_TAGS or is_marked or (name and self._is_telling(tag, name)):
                block = self._open_block(tag, name)
                if tag == "a" and is_marked:
                    block.itemprop = "author"
                if len(attributes) > ("class" in attributes):  # most blocks have a class and nothing else
                    _describe(block, attributes)
            elif name and tag == "span" and is_icon(name):
                return False  # its letters are an icon's name: "schedule"
            elif name and tag == "span" and is_stamp(name):
                self._open.append((None, _STAMP))
                return True
        elif tag == "i" and is_icon(node.attributes.get("class") or ""):
            return False
        kind = _STYLES.get(tag)
        self._open.append((block, kind))
        if kind is not None:
            self._styled += 1
            self._inside[kind] += 1
            self._links += kind == _LINK
        return True

    def _open_block(self, tag: str, name: str) -> Block:
        if self._parts:
            self._break()
        self._block = Block(tag, name, self._block, len(self.page.lines))
        self.page.blocks.append(self._block)
        return self._block

    def _leave(self) -> None:
        block, kind = self._open.pop()
        if block is not None:
            if self._parts:
                self._break()
            block.last = len(self.page.lines)
            assert block.parent is not None
            self._block = block.parent
        if kind == _STAMP:
            self._parts.append(" ")
        elif kind is not None:
            self._styled -= 1
            self._inside[kind] -= 1

    def _is_telling(self, tag: str, name: str) -> bool:
        if len(name) <= 3:
            return False
        if tag == "a" or self._block.tag == "p":
            return is_telling_in_prose(name)
        return tag in ("span", "label") and is_telling(name)

    def _add_text(self, text: str) -> None:
        if text.isspace():
            if self._parts:
                self._parts.append(" ")
            return
        if self._parts and text[0].isdigit() and _ENDS_IN_TIME.search(self._parts[-1]):
            self._parts.append(" ")  # "<span>12/10/2025</span><i></i><span>215 lượt xem</span>": style parts them
        if "\n" in text and self._block.tag == "pre":
            *whole, text = text.split("\n")
            for piece in whole:
                self._parts.append(piece)
                self._break()
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        self._parts.append(text)
        if self._styled:
            length = len(text.strip())
            for kind in _LINK, _BOLD, _SLANTED:
                if self._inside[kind]:
                    self._chars[kind] += length

    def _break(self) -> None:
        """Close the open line."""
        if self._parts:
            text = " ".join(self._parts[0].split()) if len(self._parts) == 1 else ""
            if not text or not text.isprintable():
                text = squeeze("".join(self._parts))  # composed again, as a letter's parts may stand in two elements
            if text:
                linked, bold, slanted = self._chars
                links = max(self._links, self._inside[_LINK])
                self.page.lines.append(Line(text, self._block, linked, bold, slanted, links))
            self._parts = []
            self._chars = [0, 0, 0]
        self._links = 0


def _name_of(attributes: dict[str, str | None]) -> str:
    name, own = attributes.get("class"), attributes.get("id")
    if own:
        name = f"{name} {own}" if name else own
    return name.strip().lower() if name else ""


def _describe(block: Block, attributes: dict[str, str | None]) -> None:
    """Note what an element's attributes say of it."""
    block.itemprop = attributes.get("itemprop") or block.itemprop
    role = attributes.get("role")
    if role == "heading":
        level = attributes.get("aria-level")
        block.tag = f"h{level}" if level in _HEADING_LEVELS else "h2"
    elif role in ("dialog", "alertdialog"):
        block.tag = "dialog"
    if block.tag == "time":
        block.when = squeeze(attributes.get("datetime"))
    style = attributes.get("style")
    align = attributes.get("align")
    block.is_right = bool((align and align.lower() == "right") or (style and _RIGHT_STYLE.search(style)))
