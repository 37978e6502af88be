"""An article's terms on their way: made once, when a version of it is kept, and handed to the index with it.

They depend on title, lead and text alone, so a version's terms stay true for all time, but for a newer TERMS_VERSION.
"""

from __future__ import annotations

import zlib

from index.base import Document
from index.codec import storable
from models.terms import TERMS_VERSION, terms_in


def terms_to_keep(title: str, lead: str | None, text: str) -> tuple[str, ...]:
    """The terms of an article as the archive will give it back.

    >>> terms_to_keep("Cảnh báo lừa đảo", None, "")
    ('cảnh báo', 'lừa đảo', 'cảnh báo lừa đảo')
    """
    return terms_in(storable(title), lead and storable(lead), storable(text))


def terms_of(document: Document) -> tuple[str, ...]:
    """Those that it carries, or that are made of it now."""
    if document.terms is not None:
        return document.terms
    return terms_in(document.title, document.lead, document.text)


def pack(terms: tuple[str, ...] | None) -> tuple[bytes | None, int | None]:
    """For the archive's two columns. Deflating them halves what they take (0.6 kB an article), and costs 0.03 ms."""
    return (None, None) if terms is None else (zlib.compress("\n".join(terms).encode()), TERMS_VERSION)


def unpack(packed: bytes | None, version: int | None) -> tuple[str, ...] | None:
    """None where they are not kept, are of another TERMS_VERSION or can't be read: they can always be made again.

    >>> unpack(*pack(("lừa đảo", "vneid"))), unpack(*pack(())), unpack(*pack(None)), unpack(b"?", TERMS_VERSION)
    (('lừa đảo', 'vneid'), (), None, None)
    """
    if packed is None or version != TERMS_VERSION:
        return None
    try:
        joined = zlib.decompress(packed).decode()
    except (zlib.error, UnicodeDecodeError):
        return None
    return tuple(joined.split("\n")) if joined else ()
