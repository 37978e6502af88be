"""Markup ─► a tree, at a cost that is bounded for any input."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

_MANY_TAGS = 20_000
_SOME_TAGS = 2_000
_UNCLOSED = 100
_DEEPEST = 300
_DEEPEST_INLINE = 30
_LEFT_OPEN = ("div", "span", "font", "b", "i", "em", "strong", "a", "u")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_FLAT_TAGS = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "html", "head", "body",
    "script", "style", "title",
))  # fmt: skip


def parse_html(markup: str | bytes) -> LexborHTMLParser:
    """Parse any page, bytes as UTF-8; absurdly deep nesting, which costs a parser quadratic time, is flattened first."""
    tags = markup.count(b"<") if isinstance(markup, bytes) else markup.count("<")
    if tags > _SOME_TAGS:
        markup = markup.decode() if isinstance(markup, bytes) else markup
        if tags > _MANY_TAGS or _unclosed(markup) > _UNCLOSED:
            markup = _flatten(markup)
    # without mutation events, which nobody here listens to: a fifth of the parser's time
    return LexborHTMLParser(markup, options=LexborDocumentOptions.WO_EVENTS)


def _unclosed(markup: str) -> int:
    """Elements left open, nearly: only a page of many can nest deeply without many tags."""
    return max(markup.count(f"<{tag}") - markup.count(f"</{tag}") for tag in _LEFT_OPEN)


def _flatten(markup: str) -> str:
    """Drop the tags, not the text, of all that is nested deeper than any real page.

    Fonts left open are the worst: the parser opens them all again in every paragraph.
    """
    depth = {True: 0, False: 0}
    kept: list[str] = []
    at = 0
    for tag in _TAG.finditer(markup):
        name = tag.group(2).lower()
        if name in _FLAT_TAGS or tag.group(0).endswith("/>"):
            continue
        inline = name in _LEFT_OPEN and name != "div"
        closing = bool(tag.group(1))
        if depth[inline] > (_DEEPEST_INLINE if inline else _DEEPEST) - closing:
            kept.append(markup[at : tag.start()])
            at = tag.end()
        depth[inline] = max(0, depth[inline] + (-1 if closing else 1))
    kept.append(markup[at:])
    return "".join(kept)
