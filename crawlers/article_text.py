"""Which lines of a page's text are the article, and which the portal put around it.

Works on lines of text alone, so it serves pages read from HTML and text that arrives as text (`article_spans`).
A line is judged by its kind (a date line, a counter, a heading of other news …) and by where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawlers.line_kinds import Kind, image_addresses, is_signature, kind_of

_PROSE_END = re.compile(r"[.!?…:;][”\"')»/\s]*$")
_PREFIX = re.compile(
    r"\s*(?:#+\s*)?(?:date\s+\d{4}-\d\d(?:-\d\d)?(?:\s+\d\d:\d\d(?::\d\d)?)?\b|"
    r"(?:ngày đăng|cập nhật|ngày xuất bản|đăng lúc|đăng ngày)\s*(?:lúc|"
    r"ngày)?\s*:?\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:[\s,|-]*\d{1,2}[:h]\d\d(?::\d\d)?)?)\s*",
    re.I,
)
_SOURCE = "Nguồn"
_SUFFIX = re.compile(rf"(?:\s*\(?\b{_SOURCE}\s*:\s*(?:\[[^\]]*\]|[^.!?\n]{{2,60}}?))+\)?\s*$")
_HEAD_ZONE = 12


def body_of(lines: Sequence[str]) -> list[bool]:
    """For each line whether it is the article's, title included: heads, tails and lone counters are not."""
    kinds = [kind_of(line) for line in lines]
    keep = [bool(line) for line in lines]
    prose = [kind is None and _is_prose(line) for kind, line in zip(kinds, lines, strict=True)]
    start = _cut_head(lines, kinds, prose, keep)
    _cut_tail(lines, kinds, prose, keep, start)
    for i, kind in enumerate(kinds):
        if kind in ("counter", "image", "tool"):
            keep[i] = False
    return keep


def _is_prose(line: str) -> bool:
    return len(line) >= 60 or (len(line) >= 25 and _PROSE_END.search(line) is not None)


def _cut_head(lines: Sequence[str], kinds: list[Kind | None], prose: list[bool], keep: list[bool]) -> int:
    """Drop what is no prose before the first that is; where the body starts."""
    candidates = (i for flags in (prose, [kind is None for kind in kinds]) for i, flag in enumerate(flags) if flag)
    first_prose = next(candidates, 0)
    for i in range(min(first_prose, _HEAD_ZONE)):
        if kinds[i] is not None or any(image_addresses(lines[i], 0, len(lines[i]))):
            keep[i] = False
    return first_prose


def _cut_tail(lines: Sequence[str], kinds: list[Kind | None], prose: list[bool], keep: list[bool], start: int) -> None:
    """Drop everything from the heading that opens the other news, then what is left hanging at the end."""
    end = len(lines)
    for i in range(start + 1, len(lines)):
        if kinds[i] in ("others", "comments") and _opens_tail(i, kinds, prose, lines):
            end = i
            break
    for i in range(end, len(lines)):
        keep[i] = False
    while end > start + 1 and (kinds[end - 1] is not None or not lines[end - 1] or is_signature(lines[end - 1])):
        end -= 1
        keep[end] = False


def _opens_tail(at: int, kinds: list[Kind | None], prose: list[bool], lines: Sequence[str]) -> bool:
    """A heading of other news ends the article, unless more of the article than before follows without a date or heading.

    In the middle of an article a box of related news is a few short lines; what comes after it is prose again.
    """
    after = [i for i in range(at + 1, len(lines)) if lines[i]]
    following = sum(len(lines[i]) for i in after if prose[i])
    before = sum(len(lines[i]) for i in range(at) if prose[i])
    listed = sum(kinds[i] == "date" for i in after) + sum(not prose[i] and kinds[i] is None for i in after)
    return following <= before or listed * 2 >= len(after)


def article_spans(text: str) -> list[tuple[int, int]]:
    """The spans of a text that are the article, its title included; what lies between them is the portal's.

    >>> text = "Ngày đăng: 02/05/2025 10:15\\nXã đã có 7 tổ công nghệ số.\\n\\nLượt truy cập: 9.004"
    >>> [text[start:end] for start, end in article_spans(text)]
    ['Xã đã có 7 tổ công nghệ số.']
    """
    spans = [match.span() for match in re.finditer(r"[^\n]+", text)]
    lines = [text[start:end].strip() for start, end in spans]
    kept = body_of(lines)
    if not any(kept):
        return [(0, len(text))] if text.strip() else []
    found: list[tuple[int, int]] = []
    last = max(i for i, keep in enumerate(kept) if keep)
    for i, ((start, end), keep) in enumerate(zip(spans, kept, strict=True)):
        if keep:
            found.extend(_within(text, start, end, is_head=i < _HEAD_ZONE, is_last=i == last))
    return found


def clean_text(text: str, title: str | None = None) -> str:
    """The article out of a text that a portal's heads and tails are mixed into; paragraphs parted by a blank line.

    A first line that repeats the title is left out.

    >>> clean_text("Trang chủ > Tin tức\\nMặc định Cỡ chữ\\nXã Mường Lai đã có tổ công nghệ số.\\nTin liên quan\\nHội nghị A")
    'Xã Mường Lai đã có tổ công nghệ số.'
    """
    paragraphs: list[str] = []
    end_of_last = 0
    for start, end in article_spans(text):
        piece = " ".join(text[start:end].split())
        if not paragraphs and title and _plain(piece) == _plain(title):
            continue
        if paragraphs and "\n" not in text[end_of_last:start]:
            paragraphs[-1] += " " + piece
        else:
            paragraphs.append(piece)
        end_of_last = end
    return "\n\n".join(paragraphs)


def _within(text: str, start: int, end: int, *, is_head: bool, is_last: bool) -> list[tuple[int, int]]:
    """The spans of one kept line: without prefix, suffix, and addresses of images."""
    prefix = _PREFIX.match(text, start, end) if is_head else None
    if prefix and prefix.end() < end:
        start = prefix.end()
    suffix = _SUFFIX.search(text[start:end]) if is_last and _SOURCE in text[start:end] else None
    if suffix:
        end = start + suffix.start()
    spans = []
    for image in image_addresses(text, start, end):
        spans.append((start, image.start()))
        start = image.end()
    spans.append((start, end))
    return [stripped for span in spans if (stripped := _strip(text, *span))[0] < stripped[1]]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _plain(text: str | None) -> str:
    return re.sub(r"\W+", "", (text or "").lower())
