"""Hits on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from index.base import Count, Hit, HitPage
from monitor.console import table_console
from monitor.telling import cut_marks, day_said
from monitor.words import FACETS

CHOICES = 8
"""Values shown of each facet."""


def show_hits(page: HitPage, sources: Mapping[str, str], topics: Mapping[str, str], *, typed_folded: bool) -> None:
    """Print a page of hits with its facets. `sources` and `topics` name them; what was typed without diacritics needs no mark."""
    console = table_console()
    folded = 0 if typed_folded else page.total - page.exact_total
    console.print(f"{page.total} bài" + (f", trong đó {folded} bài chỉ khớp khi bỏ dấu" if folded else ""))
    for hit in page.hits:
        _show_hit(console, hit, sources, topics, is_marked=hit.tier == "folded" and not typed_folded)
    console.print()
    if page.total > len(page.hits):
        console.print(
            f"Còn {page.total - len(page.hits)} bài nữa: thêm --limit {page.total}, hoặc --csv để xuất tất cả."
        )
    for name, counts in page.facets.items():
        if counts:
            console.print(
                Text(f"{FACETS[name]}: ", style="bold"),
                Text(_choices(counts, {"topic": topics, "source": sources}.get(name, {}), newest=name == "month")),
                sep="",
            )


def _show_hit(
    console: Console, hit: Hit, sources: Mapping[str, str], topics: Mapping[str, str], *, is_marked: bool
) -> None:
    console.print()
    mark = Text("  (khớp khi bỏ dấu)" if is_marked else "", style="yellow")
    console.print(Text(hit.title, style="bold"), mark, sep="")
    about = [
        day_said(hit.published) or "không rõ ngày",
        sources.get(hit.source, hit.source),
        ", ".join(topics.get(slug, slug) for slug in hit.topics),
        ", ".join(hit.places),
    ]
    console.print(Text(" · ".join(part for part in about if part), style="dim"))
    for highlight in hit.highlights:
        if highlight.part != "title":
            snippet = Text(highlight.text.replace("\n", " "))
            for start, end in highlight.spans:
                snippet.stylize("bold underline", start, end)
            before, behind = cut_marks(highlight.text, highlight.start)
            console.print("  ", before, snippet, behind, sep="")
    console.print(Text(f"  {hit.url}", style="blue"))


def _choices(counts: Sequence[Count], labels: Mapping[str, str], *, newest: bool) -> str:
    """The most frequent values; months stand newest first, since they are read as time."""
    ordered = sorted(counts, key=lambda count: count.value, reverse=True) if newest else counts
    shown = ", ".join(f"{labels.get(count.value, count.value)} {count.count}" for count in ordered[:CHOICES])
    return shown + (f" … và {len(counts) - CHOICES} nữa" if len(counts) > CHOICES else "")
