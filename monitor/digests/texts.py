"""Text from the web ─► text that is safe to set on one line of a mail, with its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from markupsafe import Markup

from models.text import Span, normalise
from monitor.digests.views import Marked, Piece

MOST_TITLE = 240
MOST_SENTENCE = 420
_BEFORE = 160
"""How much of an endless sentence stands before its first mark."""
# What turns the direction of the text behind it, and what no mail shows.
_ODD = re.compile("[\u061c\u2066-\u2069\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e007f]")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """On one line, in NFC, without controls, marks of direction and lone surrogates.

    >>> clean(" Huế:\\u202e tin\\r\\nBcc: a@b.vn ")
    'Huế: tin Bcc: a@b.vn'
    """
    return _one_line(text).strip()


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", _ODD.sub("", normalise(text)))


def cut(text: str, most: int) -> str:
    """At most so many characters and a sign for the rest, parted between words.

    >>> cut("Huế công bố chỉ số", 12), cut("Huế", 12)
    ('Huế công bố …', 'Huế')
    """
    end = _stop(text, 0, most)
    return text if end == len(text) else f"{text[:end].rstrip()} …"


def _stop(text: str, start: int, most: int) -> int:
    """Where to stop so that at most so many characters are kept."""
    if len(text) - start <= most:
        return len(text)
    space = text.rfind(" ", start + most // 2, start + most + 1)
    return space if space >= 0 else start + most


def marked_title(text: str, spans: Iterable[Span]) -> Marked:
    """A title with what matched in it; an endless one is cut."""
    return _within(text, spans, 0, _stop(text, 0, MOST_TITLE))


def marked_sentence(text: str, spans: Iterable[Span]) -> Marked:
    """A sentence with what matched in it; of an endless one the stretch around its first mark."""
    spans = tuple(spans)
    first = spans[0][0] if spans and len(text) > MOST_SENTENCE else 0
    start = max(0, first - _BEFORE)
    if start:
        start = text.find(" ", start, first) + 1 or first
    return _within(text, spans, start, _stop(text, start, MOST_SENTENCE))


def _within(text: str, spans: Iterable[Span], start: int, end: int) -> Marked:
    """The stretch from start to end in pieces, with a sign where something was left off."""
    pieces = [Piece(text="… ")] if start else []
    pieces += _pieces(text, spans, start, end)
    if end < len(text):
        pieces.append(Piece(text=" …"))
    return tuple(_trimmed(pieces))


def _pieces(text: str, spans: Iterable[Span], start: int, end: int) -> Iterator[Piece]:
    position = start
    for first, last in spans:
        if position <= first and last <= end:
            yield Piece(text=_one_line(text[position:first]))
            yield Piece(text=_one_line(text[first:last]), marked=True)
            position = last
    yield Piece(text=_one_line(text[position:end]))


def _trimmed(pieces: list[Piece]) -> Iterator[Piece]:
    kept = [piece for piece in pieces if piece.text]
    for number, piece in enumerate(kept):
        text = piece.text.lstrip() if number == 0 else piece.text
        text = text.rstrip() if number == len(kept) - 1 else text
        if text:
            yield Piece(text=text, marked=piece.marked)


def plain(marked: Marked, *, opening: str = "", closing: str = "") -> str:
    """The text, with what matched between two signs.

    >>> plain((Piece(text="ở "), Piece(text="Huế", marked=True)), opening="«", closing="»")
    'ở «Huế»'
    """
    return "".join(f"{opening}{piece.text}{closing}" if piece.marked else piece.text for piece in marked)


def as_markup(marked: Marked) -> Markup:
    """The text, escaped, with what matched in <mark>.

    >>> as_markup((Piece(text="<b> ở "), Piece(text="Huế", marked=True)))
    Markup('&lt;b&gt; ở <mark>Huế</mark>')
    """
    pieces = [Markup("<mark>{}</mark>" if piece.marked else "{}").format(piece.text) for piece in marked]
    return Markup("").join(pieces)


def web_address(url: str) -> str | None:
    """The address, if it is one that a link may lead to.

    >>> web_address("https://laocai.gov.vn/tin/1"), web_address("javascript:alert(1)"), web_address("http://a.vn/\\nb")
    ('https://laocai.gov.vn/tin/1', None, None)
    """
    if any(letter <= " " or "\x7f" <= letter <= "\xa0" or "\ud800" <= letter <= "\udfff" for letter in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None
