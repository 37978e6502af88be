"""The web server of `monitor up`."""

from __future__ import annotations

from collections.abc import Sequence

import uvicorn

from crawlers.records import Source
from monitor.assembly import Desk
from monitor.console import talk
from monitor.web import create_app


def serve(desk: Desk, sources: Sequence[Source], *, port: int, demo: bool, command: str) -> None:
    """Serve the search page until Ctrl-C."""
    app = create_app(desk, sources, demo=demo, command=command)
    settings = uvicorn.Config(app, host=desk.config.host, port=port, log_level="warning")
    server = uvicorn.Server(settings)
    talk(f"Trang tìm kiếm: http://{desk.config.host}:{port}/  (Ctrl-C để dừng)")
    server.run()
