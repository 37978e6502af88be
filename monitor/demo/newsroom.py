"""The demo newsroom: small outlets served over HTTP on loopback, each with habits that real ones have.

The articles are ours, in `newsroom/*.toml`; what they report is made up for the demonstration. Every outlet has a port of
its own, so that the crawler meets them as separate hosts.
"""

from __future__ import annotations

import hashlib
import threading
import tomllib
import unicodedata
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from itertools import cycle, islice
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import jinja2

from crawlers.records import OutletKind, Source, SourceKind

PORT = 8473
"""The first outlet's port; the others follow."""
STALL = 60.0
"""Seconds for which the stalling outlet keeps a caller waiting."""

Habit = Literal["plain", "undated", "redirects", "windows-1258", "html-for-rss", "stalls"]


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoArticle:
    """One article of the newsroom, with the topics that a reader would give it."""

    slug: str
    title: str
    text: str
    published: datetime
    topics: tuple[str, ...]
    lead: str | None = None
    author: str | None = None
    section: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """How one outlet publishes: where its list is, in which form, and what is odd about it."""

    id: str
    name: str
    place: str | None
    outlet: OutletKind
    kind: SourceKind
    listing: str
    """The template of its feed, listing or sitemap."""
    page: str
    """The template of its article pages."""
    habit: Habit = "plain"
    articles: tuple[DemoArticle, ...] = ()

    @property
    def path(self) -> str:
        """Where its list is served."""
        return {"feed": "/rss/home.rss", "listing": "/tin-tuc", "sitemap": "/sitemap.xml"}[self.kind]

    def article_path(self, article: DemoArticle) -> str:
        """Where an article is served, after any redirect."""
        return f"/{article.slug}-{_number(article.slug)}.html"


# id: kind, list template, page template, habit
_HABITS: Mapping[str, tuple[SourceKind, str, str, Habit]] = {
    "cong-lao-cai": ("listing", "listing.html", "portal.html", "plain"),
    "cong-da-nang": ("feed", "rss2.xml", "press.html", "plain"),
    "cong-nghe-an": ("feed", "atom.xml", "portal.html", "plain"),
    "bo-khcn": ("feed", "rdf.xml", "table.html", "plain"),
    "bao-dien-tu-so": ("feed", "rss2.xml", "press.html", "redirects"),
    "cong-can-tho": ("listing", "listing.html", "liferay.html", "plain"),
    "cong-hue": ("sitemap", "sitemap.xml", "press.html", "plain"),
    "cong-dak-lak": ("feed", "rss2.xml", "table.html", "windows-1258"),
    "cong-quang-ninh": ("feed", "rss091.xml", "liferay.html", "undated"),
    "bo-noi-vu": ("feed", "rss091.xml", "portal.html", "plain"),
    "bo-y-te": ("sitemap", "sitemapindex.xml", "liferay.html", "plain"),
    "bo-tai-chinh": ("listing", "listing.html", "table.html", "plain"),
    "bao-nhip-cai-cach": ("feed", "atom.xml", "press.html", "plain"),
}
_ODD = (
    Outlet(
        id="cong-ninh-binh", name="Cổng TTĐT tỉnh Ninh Bình", place="Ninh Bình", outlet="province", kind="feed",
        listing="construction.html", page="portal.html", habit="html-for-rss",
    ),
    Outlet(
        id="cong-ca-mau", name="Cổng TTĐT tỉnh Cà Mau", place="Cà Mau", outlet="province", kind="feed",
        listing="rss2.xml", page="portal.html", habit="stalls",
    ),
)  # fmt: skip


def load_outlets() -> tuple[Outlet, ...]:
    """All outlets of the newsroom with their articles, newest first."""
    folder = resources.files("monitor.demo") / "newsroom"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(_read_outlet(tomllib.loads(file.read_text("utf-8"))) for file in files) + _ODD


def _read_outlet(table: dict[str, Any]) -> Outlet:
    source = table["source"]
    kind, listing, page, habit = _HABITS[source["id"]]
    articles = [
        DemoArticle(**{**article, "text": article["text"].strip(), "topics": tuple(article["topics"])})
        for article in table["article"]
    ]
    return Outlet(
        id=source["id"], name=source["name"], place=source.get("place"), outlet=source["kind"], kind=kind,
        listing=listing, page=page, habit=habit,
        articles=tuple(sorted(articles, key=lambda article: article.published, reverse=True)),
    )  # fmt: skip


class Newsroom:
    """Serves all outlets on loopback while the context lasts; `sources` tells the crawler where.

    Raises OSError when one of the ports is taken.
    """

    def __init__(self, *, port: int = PORT, outlets: tuple[Outlet, ...] | None = None) -> None:
        self._outlets = outlets or load_outlets()
        self._port = port
        self._closing = threading.Event()
        self._stack = ExitStack()
        self.requests: list[tuple[str, str, int]] = []
        """(outlet, path, status) of every answer, in order."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The outlets as the crawler knows sources."""
        return tuple(
            Source(
                id=outlet.id.replace("-", "_"), name=outlet.name, organisation=outlet.name, url=f"http://127.0.0.1:{port}{outlet.path}",
                kind=outlet.kind, outlet=outlet.outlet, place=outlet.place, evidence="proven", delay=0, local=True,
            )
            for port, outlet in enumerate(self._outlets, self._port)
        )  # fmt: skip

    def __enter__(self) -> Self:
        try:
            for port, outlet in enumerate(self._outlets, self._port):
                self._serve(outlet, port)
        except OSError:
            self._stack.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._closing.set()
        self._stack.close()

    def _serve(self, outlet: Outlet, port: int) -> None:
        site = Site(outlet, f"http://127.0.0.1:{port}")
        closing, requests = self._closing, self.requests

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # the base class's name
                answer = site.answer(self.path)
                if outlet.habit == "stalls" and self.path == outlet.path:
                    closing.wait(STALL)
                if answer.status == 200 and self.headers.get("If-None-Match") == answer.headers.get("ETag"):
                    answer = Answer(304, answer.headers, b"")
                requests.append((outlet.id, self.path, answer.status))
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
                """Silent: the crawler reports what happens."""

        server = _Server(("127.0.0.1", port), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        self._stack.callback(thread.join)
        self._stack.callback(server.server_close)
        self._stack.callback(server.shutdown)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a stalled caller must not keep the newsroom open

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hangs up is none of our business."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says: status, headers, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Site:
    """One outlet's addresses and what stands there; each page is rendered once."""

    def __init__(self, outlet: Outlet, base: str) -> None:
        self._outlet = outlet
        self._base = base
        self._pages = {outlet.article_path(article): article for article in outlet.articles}
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("monitor.demo", "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._templates.filters |= {"rfc822": format_datetime, "number": _number, "paragraphs": _paragraphs}
        self._years = sorted({article.published.year for article in outlet.articles}, reverse=True)
        self._made: dict[str, Answer] = {}

    def answer(self, target: str) -> Answer:
        """Answer a GET; unknown addresses get a 404."""
        path = urlsplit(target).path
        if path not in self._made:
            self._made[path] = self._make(path)
        return self._made[path]

    def _make(self, path: str) -> Answer:
        outlet = self._outlet
        if path == "/robots.txt":
            return self._ok("User-agent: *\nDisallow: /tim-kiem\n", "text/plain")
        if path == outlet.path:
            form = "text/html" if outlet.listing.endswith(".html") else "application/xml"
            return self._ok(self._render(outlet.listing, articles=outlet.articles), form)
        if path.startswith("/sitemap-"):
            half = [article for article in outlet.articles if f"/sitemap-{article.published.year}.xml" == path]
            return self._ok(self._render("sitemap.xml", articles=half), "application/xml")
        if path.startswith("/r/"):
            return Answer(301, {"Location": path.removeprefix("/r") + "?utm_campaign=redirect"}, b"")
        if path in self._pages:
            return self._ok(self._article(self._pages[path]), "text/html")
        return Answer(404, {"Content-Type": "text/html; charset=utf-8"}, "Không tìm thấy trang".encode())

    def _article(self, article: DemoArticle) -> str:
        others = [other for other in islice(cycle(self._outlet.articles), 40) if other is not article]
        start = _number(article.slug) % len(others) if others else 0
        return self._render(self._outlet.page, article=article, related=others[start : start + 4])

    def _render(self, template: str, **values: Any) -> str:
        outlet = self._outlet
        return self._templates.get_template(template).render(
            outlet=outlet, base=self._base, dated=outlet.habit != "undated",
            encoding="windows-1258" if outlet.habit == "windows-1258" else "utf-8",
            link=self._link, years=self._years, **values,
        )  # fmt: skip

    def _link(self, article: DemoArticle) -> str:
        path = self._outlet.article_path(article)
        if self._outlet.habit == "redirects":
            return f"{self._base}/r{path}?utm_source=rss&utm_medium=feed"
        return self._base + path

    def _ok(self, text: str, form: str) -> Answer:
        encoding = "windows-1258" if self._outlet.habit == "windows-1258" else "utf-8"
        body = encode_1258(text) if encoding == "windows-1258" else text.encode()
        etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        return Answer(200, {"Content-Type": f"{form}; charset={encoding}", "ETag": etag}, body)


def encode_1258(text: str) -> bytes:
    """Encode as old Vietnamese portals do: the letter first, its tone mark after it; what has no place becomes "?".

    >>> encode_1258("ế").hex(" ")
    'ea ec'
    """
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in tones)
        base = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones))
        parts.append(base + tone if tone else letter)
    return "".join(parts).encode("windows-1258", "replace")


def _number(slug: str) -> int:
    """The number that a content system would have given the article; always the same for a slug."""
    return int.from_bytes(hashlib.blake2b(slug.encode(), digest_size=3).digest(), "big")


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
