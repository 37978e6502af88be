"""What the sign-up page is sent by browsers, and what its template is given."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from index.errors import QuerySyntaxError
from monitor.alerts.preview import Preview
from monitor.alerts.saying import Called
from monitor.telling import cut_marks, day_said
from monitor.web_values import marked

Form = Mapping[str, list[str]]
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
"""Headers of pages that are somebody's."""
MOST_BYTES = 20_000
"""Of a form; ours are some hundred."""


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
    most = max((count for _, count in found.days), default=0)
    return {
        "articles": found.articles, "digests": found.digests, "is_whole": found.is_whole, "since": day_said(found.since).rpartition(" ")[2],
        "days": [{"day": f"{day.day}/{day.month}", "count": count, "share": round(100 * count / most)} for day, count in found.days]
        if most else [],
        "last": [
            {
                "id": one.document.id, "title": one.document.title, "published": day_said(one.document.published) or "không rõ ngày",
                "source": called.sources.get(one.document.source, one.document.source),
                "why": [(cut_marks(why.text, why.start), marked(why.text, why.spans)) for why in one.why],
            }
            for one in found.last
        ],
    }  # fmt: skip
