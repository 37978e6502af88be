"""What the pages' templates are given of hits, figures, series and contradictions: words for people, and marked text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from index.base import Highlight, Hit
from models.records import Metric
from monitor.analytics import Break, PlacePoints, Point, Series, with_breaks
from monitor.conflicts import Conflict
from monitor.telling import about_said, cut_marks, day_said, period_said, point_said, value_said
from monitor.words import DIFFERENCES, KINDS, STANDINGS

Named = Callable[[str], str]
"""An outlet's id ─► what people call it."""


def hit_values(hit: Hit, topics: Mapping[str, str], named: Named) -> dict[str, object]:
    """An article as the list of hits shows it."""
    snippets = [_snippet(found) for found in hit.highlights if found.part != "title"]
    in_title = [found.spans for found in hit.highlights if found.part == "title" and found.text == hit.title]
    return {
        "id": hit.id, "title": marked(hit.title, in_title[0] if in_title else ()),
        "tier": hit.tier, "source": named(hit.source),
        "published": day_said(hit.published), "topics": [topics.get(slug, slug) for slug in hit.topics],
        "places": hit.places, "snippets": snippets,
    }  # fmt: skip


def _snippet(found: Highlight) -> Markup:
    before, behind = cut_marks(found.text, found.start)
    return Markup(before) + marked(found.text, found.spans) + behind


def conflict_values(conflict: Conflict, named: Named) -> dict[str, object]:
    """A contradiction with its claims."""
    return {
        "about": about_said(conflict), "indicator": conflict.indicator, "reason": DIFFERENCES[conflict.reason],
        "claims": [
            {
                "said": value_said(claim), "article_id": claim.article_id, "source": named(claim.source),
                "published": day_said(claim.published).rpartition(" ")[2], "sentence": claim.sentence,
                "standing": STANDINGS[claim.standing], "reason": claim.reason and DIFFERENCES[claim.reason],
                "copies": [
                    {"article_id": copy.article_id, "source": named(copy.source)} for copy in claim.copies
                ],
            }
            for claim in conflict.claims
        ],
    }  # fmt: skip


def line_values(line: PlacePoints, series: Series, named: Named) -> dict[str, object]:
    """A place's points, and between them the breaks that part them."""
    points: list[dict[str, object]] = []
    for found in with_breaks(line, series.breaks):
        if isinstance(found, Break):
            points.append({"period": day_said(found.date), "why": found.why, "disputed": False})
        else:
            points.append(_point(found, line.points, series.unit, named))
    return {"place": line.place, "points": points, "is_disputed": any(point["disputed"] for point in points)}


def _point(point: Point, points: Sequence[Point], unit: str | None, named: Named) -> dict[str, object]:
    rivals = [
        other
        for other in points
        if (other.period, other.kind) == (point.period, point.kind)
        and (other.value, other.value_max) != (point.value, point.value_max)
    ]
    claims = [
        {
            "article_id": claim.article_id,
            "source": named(claim.source),
            "sentence": claim.sentence,
        }
        for claim in point.claims
    ]
    return {
        "period": period_said(point.period), "said": point_said(point, unit=unit), "kind": KINDS[point.kind],
        "claims": claims, "disputed": bool(rivals) and point.period is not None, "why": None,
    }  # fmt: skip


def figure_values(metric: Metric) -> dict[str, object]:
    """A figure as an article's page lists it."""
    return {
        "said": value_said(metric), "name": metric.name, "indicator": metric.indicator, "entity": metric.entity,
        "period": period_said(metric.period), "kind": KINDS[metric.kind], "sentence": metric.sentence,
    }  # fmt: skip


def marked(text: str, spans: Iterable[tuple[int, int]], *, name: str = "") -> Markup:
    """The text, escaped, with the spans in <mark>.

    >>> marked("một < hai", [(6, 9)])
    Markup('một &lt; <mark>hai</mark>')
    """
    opening = Markup('<mark class="{}">').format(name) if name else Markup("<mark>")
    pieces: list[Markup] = []
    position = 0
    for start, end in spans:
        if start >= position:
            pieces += [escape(text[position:start]), opening, escape(text[start:end]), Markup("</mark>")]
            position = end
    return Markup("").join([*pieces, escape(text[position:])])


def marked_paragraphs(text: str, metrics: Iterable[Metric], *, lead: str | None) -> Iterator[Markup]:
    """The body's paragraphs with its figures marked. The metrics' offsets count from the lead, where there is one."""
    shift = len(lead) + 2 if lead else 0
    spans = sorted({(metric.start - shift, metric.end - shift) for metric in metrics if metric.start >= shift})
    start = 0
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
        yield marked(paragraph, inside, name="figure")
        start = end + 2
