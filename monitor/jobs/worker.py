"""A worker: a process that crawls, and one a core that analyses; one that ends unasked is started again."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from procrastinate.exceptions import ConnectorException

from index.archive import open_archive
from monitor.assembly import make_fetcher, open_desk
from monitor.config import Config
from monitor.console import talk
from monitor.jobs.queue import ANALYSIS, CRAWL, KEEPING
from monitor.jobs.schema import ensure_schema
from monitor.jobs.tasks import Tools, make_app

log = logging.getLogger(__name__)

GRACE = 10.0
"""Seconds in which a job may end by itself when the worker is to stop; after them it gives back what is left of it."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
LANES = {CRAWL: (CRAWL, KEEPING), ANALYSIS: (ANALYSIS, KEEPING)}


def run_worker(config: Config, *, concurrency: int) -> None:
    """Work until Ctrl-C or TERM: `concurrency` processes that analyse, and one that crawls."""
    open_archive(config.archive_url).close()  # whatever is wrong with it is said here, once
    ensure_schema(config.archive_url)
    crew = Crew(config, [CRAWL, *[ANALYSIS] * concurrency])
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: crew.stop())
    crew.work()


class Crew:
    """The processes of one worker."""

    def __init__(self, config: Config, lanes: Sequence[str]) -> None:
        self._config = config
        self._lanes = lanes
        self._context = get_context("spawn")
        self._stopping = threading.Event()
        self._pauses = dict.fromkeys(range(len(lanes)), _FIRST_PAUSE)
        self._processes: dict[int, BaseProcess] = {}

    def stop(self) -> None:
        """Let each end what it is at, or give it back; said again, they end at once, and others take up what they held."""
        self._stopping.set()
        for process in self._processes.values():
            if process.is_alive():
                process.terminate()

    def work(self) -> None:
        """Until all have ended."""
        for number in range(len(self._lanes)):
            self._start(number)
        while self._processes:
            wait([process.sentinel for process in self._processes.values()], timeout=1.0)
            for number, process in list(self._processes.items()):
                if not process.is_alive():
                    self._replace(number, process)

    def _start(self, number: int) -> None:
        lane = self._lanes[number]
        level = logging.getLogger().level
        process = self._context.Process(target=run_lane, args=(self._config, lane, level), name=f"{lane}-{number}")
        process.start()
        self._processes[number] = process
        if self._stopping.is_set():
            process.terminate()

    def _replace(self, number: int, ended: BaseProcess) -> None:
        del self._processes[number]
        if self._stopping.is_set():
            return
        talk(f"Tiến trình {ended.name} dừng đột ngột (mã {ended.exitcode}); khởi động lại.")
        if self._stopping.wait(self._pauses[number]):
            return
        self._pauses[number] = min(self._pauses[number] * 2, _LONGEST_PAUSE)
        self._start(number)


def run_lane(config: Config, lane: str, level: int) -> None:
    """One process: takes jobs of its lane until TERM."""
    os.setpgrp()  # Ctrl-C is our parent's to pass on, once
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    if level > logging.INFO:  # what people should know, we say ourselves: in one line, and in the archive
        for library in ("procrastinate", "psycopg", "asyncio"):  # asyncio tells of the first one's tasks that broke off
            logging.getLogger(library).setLevel(logging.CRITICAL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with ExitStack() as stack:
        desk = stack.enter_context(open_desk(config))
        fetcher = stack.enter_context(make_fetcher(config)) if lane == CRAWL else None
        try:
            asyncio.run(_take_jobs(config, lane, Tools(desk=desk, fetcher=fetcher)))
        except ConnectorException as e:
            talk(f"Mất kết nối với hàng đợi ({e.__cause__ or e}). Thử lại sau ít giây; việc đang dở sẽ được làm tiếp.")
            sys.exit(1)


async def _take_jobs(config: Config, lane: str, tools: Tools) -> None:
    """The library runs on a loop of its own, and our tasks in threads; of these it would give us four and one a core."""
    at_once = config.workers if lane == CRAWL else 1
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(at_once + 4, thread_name_prefix=lane))
    app = make_app(config)
    async with app.open_async():
        await app.run_worker_async(
            queues=list(LANES[lane]),
            name=f"{lane}-{os.getpid()}",
            concurrency=at_once,
            delete_jobs="successful",
            additional_context={"tools": tools},
            shutdown_graceful_timeout=GRACE,
            update_heartbeat_interval=config.dead_after / 3,
            stalled_worker_timeout=config.dead_after,
            fetch_job_polling_interval=min(5.0, config.dead_after / 3),
        )


def _end_with_parent() -> None:
    """A worker that is killed outright takes its processes with it, and they give back what they hold."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
