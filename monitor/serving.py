"""The web server of `monitor up`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

import uvicorn

from crawlers.records import Source
from monitor.alerts.matching import Matching
from monitor.alerts.posting import make_post
from monitor.alerts.scheduler import Scheduler
from monitor.assembly import Desk
from monitor.console import talk
from monitor.indexing import catch_up
from monitor.web import create_app

log = logging.getLogger(__name__)
EVERY = 60.0
"""Seconds between two looks at which sources are due."""


def serve(
    desk: Desk, sources: Sequence[Source], *, port: int, demo: bool, command: str, collect: Callable[[], object]
) -> None:
    """Serve the search page until Ctrl-C; collect what falls due meanwhile, and send the alerts that are due."""
    app = create_app(desk, sources, demo=demo, command=command)
    settings = uvicorn.Config(app, host=desk.config.host, port=port, log_level="warning")
    server = uvicorn.Server(settings)
    talk(f"Trang tìm kiếm: http://{desk.config.host}:{port}/  (Ctrl-C để dừng)")
    stop = threading.Event()
    keeping_on = threading.Thread(target=_keep_on, args=(desk, collect, stop), name="collect", daemon=True)
    keeping_on.start()
    alerts = Scheduler(desk, matching=Matching(), post=make_post(desk.config))
    alerts.start()
    try:
        server.run()
    finally:
        stop.set()
        alerts.stop()


def _keep_on(desk: Desk, collect: Callable[[], object], stop: threading.Event) -> None:
    while not stop.wait(EVERY):
        try:
            catch_up(desk)
            collect()
        except Exception:  # one round of a long-running job, and of what the page shows: the next one goes on
            log.exception("this round failed; the next one goes on")
