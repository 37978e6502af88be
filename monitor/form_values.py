"""What the sign-up page is sent by browsers, and what its template is given."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from index.errors import QuerySyntaxError
from monitor.alerts.preview import Preview, PreviewedMatch
from monitor.alerts.saying import Called
from monitor.telling import cut_marks, day_said
from monitor.web_values import marked

Form = Mapping[str, list[str]]
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
"""Headers of pages that are somebody's."""
MOST_BYTES = 20_000
"""Of a form; ours are some hundred."""
FEWEST_DAYS = 7


def person_of(request: Request) -> str:
    """Who asks, as far as can be told."""
    return request.client.host if request.client else "?"


async def read_form(request: Request) -> dict[str, list[str]]:
    """A form's fields; HTTPException for one that is no form of ours."""
    content = b""
    async for piece in request.stream():
        content += piece
        if len(content) > MOST_BYTES:
            raise HTTPException(413, "Mẫu gửi lên quá dài.")
    try:
        return parse_qs(content.decode(), keep_blank_values=True, max_num_fields=100)
    except ValueError as e:
        raise HTTPException(400, "Không đọc được mẫu gửi lên.") from e


def first_of(typed: Form, name: str) -> str:
    found = typed.get(name) or [""]
    return found[0].strip()


def problem_values(problem: Exception | None) -> dict[str, object] | None:
    if problem is None:
        return None
    if isinstance(problem, QuerySyntaxError):
        return {"query": problem.query, "position": problem.position, "message": problem.message}
    said = str(problem)
    return {"query": "", "position": 0, "message": f"{said[:1].upper()}{said[1:]}."}


def preview_values(found: Preview, called: Called) -> dict[str, object]:
    """A preview as the page shows it; a chart only where there are days enough for one."""
    most = max((count for _, count in found.days), default=0)
    days = [
        {"day": f"{day.day}/{day.month}", "count": count, "share": round(100 * count / most)} for day, count in found.days
    ] if most and len(found.days) >= FEWEST_DAYS else []  # fmt: skip
    return {
        "articles": found.articles, "digests": found.digests, "is_whole": found.is_whole,
        "since": day_said(found.since).rpartition(" ")[2], "days": days,
        "last": [_match_values(one, called) for one in found.last],
    }  # fmt: skip


def _match_values(one: PreviewedMatch, called: Called) -> dict[str, object]:
    document = one.document
    in_title = next((why.spans for why in one.why if why.part == "title"), ())
    inside = [why for why in one.why if why.part != "title"]
    return {
        "id": document.id, "title": marked(document.title, in_title), "published": day_said(document.published) or "không rõ ngày",
        "source": called.sources.get(document.source, document.source),
        "why": [(cut_marks(why.text, why.start), marked(why.text, why.spans)) for why in inside],
    }  # fmt: skip
