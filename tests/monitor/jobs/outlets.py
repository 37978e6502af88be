"""Small outlets on loopback that note who asks them for what, and how many at once."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from crawlers import sources as catalogue

ANSWERS_AFTER = 0.05
"""Seconds that an outlet thinks before it answers, so that a part of a crawl lasts a while."""


FREE = 10
"""Different pages that an outlet answers whatever its gate."""


class Outlet(ThreadingHTTPServer):
    """One port: a feed of so many articles, whose texts resemble no others."""

    daemon_threads = True

    def __init__(self, number: int, articles: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.number, self.articles = number, articles
        self.asked: Counter[str] = Counter()
        self.gate = threading.Event()
        """While it is not set, all but the first articles wait for it."""
        self.gate.set()
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @contextmanager
    def noted(self, path: str) -> Iterator[None]:
        with self._lock:
            self.asked[path] += 1
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def answer(self, path: str) -> bytes | None:
        if path == "/rss":
            items = "".join(
                f"<item><title>Tin {number}</title><link>{self.address}/{number}.html</link></item>"
                for number in range(self.articles)
            )
            return f'<?xml version="1.0"?><rss version="2.0"><channel><title>O</title>{items}</channel></rss>'.encode()
        name = path.strip("/").removesuffix(".html")
        return self._article(int(name)).encode() if name.isdecimal() else None

    def _article(self, number: int) -> str:
        words = random.Random(f"{self.number}-{number}").choices(range(3_000), k=90)
        paragraphs = "".join(
            f"<p>{' '.join(f'tiếng{word}' for word in words[start : start + 30])} đạt {number + 1}% hồ sơ trực tuyến.</p>"
            for start in (0, 30, 60)
        )
        title = f"Tin số {number} của báo {self.number} về cải cách"
        return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{paragraphs}</div></body></html>"


class _Handler(BaseHTTPRequestHandler):
    server: Outlet

    def do_GET(self) -> None:
        with self.server.noted(self.path):
            time.sleep(ANSWERS_AFTER)
            if len(self.server.asked) > FREE:
                self.server.gate.wait()
            body = self.server.answer(self.path)
        # the answer goes out when it is noted as given: whoever has it may ask the next at once
        with suppress(BrokenPipeError):  # the asker was killed
            self.send_response(404 if body is None else 200)
            self.send_header(
                "Content-Type", "application/rss+xml" if self.path == "/rss" else "text/html; charset=utf-8"
            )
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(count: int, articles: int) -> Iterator[tuple[Outlet, ...]]:
    outlets = tuple(Outlet(number, articles) for number in range(count))
    for outlet in outlets:
        threading.Thread(target=outlet.serve_forever, daemon=True).start()
    try:
        yield outlets
    finally:
        for outlet in outlets:
            outlet.shutdown()
            outlet.server_close()


def write_sources(folder: Path, outlets: Sequence[Outlet]) -> None:
    """Let a data folder know these outlets, and none of the catalogue's."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = [
        f'[[source]]\nid = "{source.id}"\nname = "x"\nurl = "{source.url}"\nkind = "{source.kind}"\n'
        f'outlet = "{source.outlet}"\norganisation = "x"\nevidence = "listed"\nenabled = false\n'
        for source in catalogue.load()
    ]
    tables += [
        f'[[source]]\nid = "bao_{outlet.number}"\nname = "Báo {outlet.number}"\nurl = "{outlet.address}/rss"\nkind = "feed"\n'
        f'outlet = "press"\norganisation = "Báo {outlet.number}"\nevidence = "listed"\ndelay = 0.0\nlocal = true\n'
        for outlet in outlets
    ]
    (folder / "sources.toml").write_text("\n".join(tables), "utf-8")
