"""The search page: articles with facets, one article with its figures, one indicator over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from crawlers.records import Source
from index.base import FACETS as FACET_NAMES
from index.base import Count, Everything, FacetName, Query, Sort
from index.errors import AwayError, EngineError, QuerySyntaxError
from index.search import search
from models.figures.indicators import all_indicators
from monitor.alert_pages import AlertPages
from monitor.alerts.inviting import can_invite
from monitor.alerts.saying import Called
from monitor.analytics import Series
from monitor.assembly import Desk
from monitor.disputes import Disputes
from monitor.errors import MonitorError
from monitor.kept import Kept
from monitor.naming import all_topic_names, indicator_name, names_for, stored_sources
from monitor.own_names import find_group, group_by_name
from monitor.search_text import read_days, read_query
from monitor.sign_up_pages import SignUpPages
from monitor.spreadsheets import HIT_HEAD, csv_lines, hit_row
from monitor.telling import day_said
from monitor.timeline import all_figures, indicators_with_figures, read_own_series, read_series
from monitor.web_conflicts import Chosen, empty_page, page_values
from monitor.web_values import figure_values, hit_values, line_values, marked_paragraphs
from monitor.words import FACETS

PAGE = 20
MOST_EXPORTED = 10_000
CHOICES = 12
"""Values shown of each facet."""
MOST_OWN_NAMES = 100
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def now_in_utc() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def create_app(
    desk: Desk,
    sources: Iterable[Source],
    *,
    demo: bool = False,
    command: str = "monitor",
    clock: Callable[[], datetime] = now_in_utc,
) -> Starlette:
    """The web app over an open desk. `command` is what hints tell people to type, `clock` tells the time of sign-ups."""
    pages = _Pages(desk, tuple(sources), demo=demo, command=command)
    routes = [
        Route("/", pages.search),
        Route("/xuat.csv", pages.export),
        Route("/bai/{id}", pages.article),
        Route("/chi-tieu", pages.indicators),
        Route("/chi-tieu/{slug:path}", pages.series),
        Route("/mau-thuan", pages.conflicts),
        Route("/health", pages.health),
        *SignUpPages(desk, pages.names, pages.called, pages.page, clock=clock).routes(),
        *AlertPages(desk, pages.names, pages.called, pages.page, clock=clock).routes(),
        Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: pages.problem, EngineError: pages.away})


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One value of a facet, and where a click on it leads."""

    label: str
    count: int
    href: str
    chosen: bool


class _Pages:
    def __init__(self, desk: Desk, sources: Sequence[Source], *, demo: bool, command: str) -> None:
        self._desk = desk
        self._sources = {source.id: source for source in sources}
        self._kept = Kept(desk.index)
        self._disputes = Disputes(desk, sources, self._kept)
        self.names = names_for(
            sources, stored=partial(stored_sources, desk.index), topics=partial(all_topic_names, desk.archive)
        )
        self._templates = Environment(
            loader=PackageLoader("monitor"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._always = {"demo": demo, "command": command, "can_follow": can_invite(desk.config)}
        self._foot: dict[str, object] = {"count": 0, "newest": ""}
        """What the foot of each page says, as last known."""

    def called(self) -> Called:
        """What topics and sources are called."""
        names = {key: source.name for key, source in self._sources.items()}
        return Called(topics=all_topic_names(self._desk.archive), sources=names)

    # Sync endpoints: starlette runs them in threads, and the stores are sync.

    def search(self, request: Request) -> Response:
        typed = request.query_params.get("q", "").strip()
        sort: Sort = "newest" if request.query_params.get("sort") == "newest" or not typed else "relevance"
        chosen = {name: request.query_params.getlist(name) for name in FACET_NAMES}
        values: dict[str, Any] = {
            "typed": typed,
            "sort": sort,
            "problem": None,
            "hits": [],
            "facets": [],
            "total": 0,
            "exact_total": 0,
        }
        days = {name: request.query_params.get(name, "") for name in ("since", "until")}
        narrowed = any(chosen.values()) or any(days.values())
        values |= {
            "typed_folded": False,
            "next": None,
            "narrowed": narrowed,
            "export": _href(request, {}, to="/xuat.csv"),
            **days,
        }
        values["kept"] = [(name, value) for name, some in chosen.items() for value in some]
        try:
            query = self._query(request)
            page = search(
                self._desk.index,
                self._desk.archive,
                query,
                limit=PAGE,
                sort=sort,
                after=request.query_params.get("after"),
            )
        except QuerySyntaxError as e:
            return self.page("search.html", values | {"problem": e}, status=400)
        except (MonitorError, EngineError) as e:
            problem = QuerySyntaxError("", 0, str(e))
            status = 503 if isinstance(e, AwayError) else 400
            return self.page("search.html", values | {"problem": problem}, status=status)
        topics = all_topic_names(self._desk.archive)
        values |= {
            "hits": [hit_values(hit, topics, self._source_name) for hit in page.hits],
            "facets": [self._facet(name, page.facets.get(name, ()), request, chosen) for name in FACET_NAMES],
            "total": page.total,
            "exact_total": page.exact_total,
            "typed_folded": query.folded,
            "next": page.cursor and _href(request, {"after": page.cursor}),
        }
        return self.page("search.html", values)

    def article(self, request: Request) -> Response:
        document = self._desk.archive.document(request.path_params["id"])
        if document is None:
            raise HTTPException(404, "Không có bài này trong kho.")
        marked = marked_paragraphs(document.text, document.metrics, lead=document.lead)
        names = all_topic_names(self._desk.archive)
        annotation = self._desk.archive.annotation(document.id)
        scores = {found.topic: found.score for found in annotation.topics} if annotation else {}
        return self.page(
            "article.html",
            {
                "article": _Shown(
                    url=document.url if _is_web(document.url) else "",
                    title=document.title,
                    lead=document.lead,
                    author=None,
                ),
                "source": self._source_name(document.source),
                "published": day_said(document.published),
                "topics": [{"name": names.get(slug, slug), "score": scores.get(slug)} for slug in document.topics],
                "places": document.places,
                "paragraphs": marked,
                "figures": [figure_values(metric) for metric in document.metrics],
            },
        )

    def indicators(self, request: Request) -> Response:
        return self.page("indicators.html", self._kept.ask("indicators", self._list_indicators))

    def _list_indicators(self) -> dict[str, object]:
        figures = all_figures(self._desk.index)
        own = [group for group in group_by_name(figures) if group.articles > 1][:MOST_OWN_NAMES]
        rows = [{"name": group.name, "figures": len(group.figures), "places": group.places} for group in own]
        return {"indicators": indicators_with_figures(figures), "own": rows}

    def series(self, request: Request) -> Response:
        slug = request.path_params["slug"]
        rollup = request.query_params.get("gop") == "1"
        if slug in all_indicators():
            series: Series | None = read_series(self._desk.index, slug, rollup=rollup)
        else:
            series = self._kept.ask(("series", slug, rollup), partial(self._own_series, slug, rollup))
        if series is None:
            raise HTTPException(404, "Không có chỉ tiêu này trong danh mục, và không có số liệu nào mang tên như vậy.")
        lines = [line_values(line, series, self._source_name) for line in series.places]
        return self.page("series.html", {"name": indicator_name(series.indicator), "series": series, "lines": lines})

    def _own_series(self, name: str, rollup: bool) -> Series | None:
        group = find_group(group_by_name(all_figures(self._desk.index)), name)
        return read_own_series(group, rollup=rollup) if group else None

    def conflicts(self, request: Request) -> Response:
        chosen = Chosen.read(request.query_params)
        if self._desk.index.count():
            return self.page("conflicts.html", page_values(self._disputes, chosen, self._source_name))
        return self.page("conflicts.html", empty_page(chosen))

    def health(self, request: Request) -> Response:
        return PlainTextResponse(f"{self._desk.index.count()} articles\n")

    async def problem(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        said = error.detail if error.detail.endswith(".") else "Không có trang này."  # starlette's own says "Not Found"
        return self.page("missing.html", {"said": said}, status=error.status_code)

    def away(self, request: Request, error: Exception) -> Response:
        """The index can't answer, whatever was asked."""
        return self.page("missing.html", {"said": f"{error}."}, status=503)

    # --- what the templates are given ---------------------------------------------------------------------------------

    def export(self, request: Request) -> Response:
        """What the search page finds, as a spreadsheet; the byte order mark tells Excel that it is UTF-8."""
        try:
            query = self._query(request)
            page = search(self._desk.index, self._desk.archive, query, limit=MOST_EXPORTED, with_facets=False)
        except (QuerySyntaxError, MonitorError) as e:  # what the index can't answer is not the question's fault: `away`
            return PlainTextResponse(str(e), status_code=400, headers=_HEADERS)
        lines = csv_lines(HIT_HEAD, map(hit_row, page.hits))
        headers = {**_HEADERS, "Content-Disposition": 'attachment; filename="bai-viet.csv"'}
        return Response("\ufeff" + "".join(lines), media_type="text/csv", headers=headers)

    def _query(self, request: Request) -> Query:
        typed = request.query_params.get("q", "").strip()
        chosen = {name: request.query_params.getlist(name) for name in FACET_NAMES}
        since, until = read_days(*(request.query_params.get(name) or None for name in ("since", "until")))
        months = chosen["month"]
        typed_all = " ".join([f"({typed})" if typed and months else typed, *(f"date:{month}" for month in months[:1])])
        return read_query(
            typed_all.strip(), self.names, topics=chosen["topic"], places=chosen["place"], sources=chosen["source"],
            since=since, until=until,
        )  # fmt: skip

    def _facet(
        self, name: FacetName, counts: Iterable[Count], request: Request, chosen: Mapping[FacetName, Sequence[str]]
    ) -> dict[str, object]:
        choices = [
            Choice(
                label=self._label(name, found.value), count=found.count, chosen=found.value in chosen[name],
                href=_href(request, {name: None if found.value in chosen[name] else found.value}),
            )
            for found in _in_order(name, counts)[:CHOICES]
        ]  # fmt: skip
        return {"name": FACETS[name], "choices": choices}

    def _label(self, name: FacetName, value: str) -> str:
        if name == "topic":
            return all_topic_names(self._desk.archive).get(value, value)
        if name == "source":
            return self._source_name(value)
        return "/".join(reversed(value.split("-"))) if name == "month" else value

    def _source_name(self, source_id: str) -> str:
        source = self._sources.get(source_id)
        return source.name if source else source_id

    def _newest(self) -> str:
        """The day of the newest article: what tells a reader whether the news stopped coming."""
        found = self._desk.index.search(Query(typed="", root=Everything()), limit=1, sort="newest", facets=()).found
        return day_said(found[0].published).rpartition(" ")[2] if found else ""

    def page(self, template: str, values: Mapping[str, object], *, status: int = 200) -> HTMLResponse:
        with suppress(EngineError):  # the page that says so has a foot too
            self._foot = {"count": self._desk.index.count(), "newest": self._newest()}
        frame = {"typed": "", "sort": "relevance", **self._foot}
        text = self._templates.get_template(template).render(self._always | frame | dict(values))
        return HTMLResponse(text, status_code=status, headers=_HEADERS)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    url: str
    title: str
    lead: str | None
    author: str | None


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _href(request: Request, changes: Mapping[str, str | None], *, to: str = "/") -> str:
    """The same page, or another for the same question, with these parameters set, or left out where None; paging starts anew."""
    kept = [
        (name, value) for name, value in request.query_params.multi_items() if name not in changes and name != "after"
    ]
    return f"{to}?" + urlencode(kept + [(name, value) for name, value in changes.items() if value is not None])


def _in_order(name: FacetName, counts: Iterable[Count]) -> list[Count]:
    """Months newest first, since they are read as time; the rest as they come, the most frequent first."""
    return sorted(counts, key=lambda found: found.value, reverse=True) if name == "month" else list(counts)
