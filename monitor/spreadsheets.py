"""Rows ─► CSV that a spreadsheet opens without being tricked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from index.base import Hit
from monitor import shapes

HIT_HEAD = ("id", "url", "title", "published", "source", "topics", "places", "tier")


def hit_row(hit: Hit) -> Sequence[object]:
    """A found article as HIT_HEAD names its cells."""
    published = shapes.local_time(hit.published)
    return hit.id, hit.url, hit.title, published, hit.source, ";".join(hit.topics), ";".join(hit.places), hit.tier


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file, the head first.

    >>> list(csv_lines(["title"], [["=1+1"], ["Một, hai"]]))
    ['title\\n', "'=1+1\\n", '"Một, hai"\\n']
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in (head, *rows):
        writer.writerow([_harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _harmless(cell: object) -> object:
    """A spreadsheet takes a text that begins like this for a formula; articles are not to be trusted with that."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
