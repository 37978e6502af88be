"""A preview in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.base import Highlight
from index.standing.alert_records import Subscription
from monitor.alerts.preview import DAYS, Preview
from monitor.alerts.saying import when_said
from monitor.telling import cut_marks, day_said

_BARS = " ▁▂▃▄▅▆▇█"


def preview_lines(found: Preview, subscription: Subscription, sources: Mapping[str, str]) -> Iterator[str]:
    """How often it would have fired, day by day, and the last matches, what matched in «»."""
    since = day_said(found.since).rpartition(" ")[2]
    span = f"{DAYS} ngày qua" if found.is_whole else f"Từ {since}, ngày đầu của kho này (tính cả bài cũ vừa thu thập)"
    if not found.articles:
        yield f"{span}: không có bài nào khớp."
        return
    yield f"{span}: {found.articles} bài, {found.digests} điểm tin ({when_said(subscription)})."
    first, last = found.days[0][0], found.days[-1][0]
    if first != last:
        yield f"  {first.day}/{first.month} {bars([count for _, count in found.days])} {last.day}/{last.month}"
    busiest = max(found.days, key=lambda day: day[1])
    yield f"  Nhiều nhất: {busiest[1]} bài ngày {busiest[0].day}/{busiest[0].month}."
    if found.is_flood:
        yield "  Như vậy là quá nhiều để đọc: thêm từ, thêm bộ lọc, hoặc chọn --every daily."
    yield "Gần nhất:"
    for one in found.last:
        document = one.document
        folded = " (khớp khi bỏ dấu)" if one.tier == "folded" else ""
        day = day_said(document.published).rpartition(" ")[2] or "không rõ ngày"
        title = next((piece_said(why) for why in one.why if why.part == "title"), document.title)
        yield f"  {day}  {title}{folded} – {sources.get(document.source, document.source)}"
        for why in (why for why in one.why if why.part != "title"):
            yield f"      {piece_said(why)}"


def bars(counts: list[int]) -> str:
    """A column a day.

    >>> bars([0, 1, 4, 8])
    ' ▁▄█'
    """
    most = max(counts, default=0) or 1
    return "".join(_BARS[-(-count * 8 // most)] for count in counts)


def piece_said(why: Highlight) -> str:
    """A piece of text on one line, what matched in «»."""
    before, behind = cut_marks(why.text, why.start) if why.part != "title" else ("", "")
    pieces, position = [], 0
    for start, end in why.spans:
        pieces += [why.text[position:start], "«", why.text[start:end], "»"]
        position = end
    return " ".join("".join([before, *pieces, why.text[position:], behind]).split())
