"""Reading a page: ours next to trafilatura in its fast mode, page by page in turns in one run, on one core."""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

import trafilatura

from bench.path import pages
from crawlers.pages import read_page


def ours(url: str, content: bytes) -> object:
    return read_page(content, url)


def theirs(url: str, content: bytes) -> object:
    return trafilatura.bare_extraction(content, url=url, fast=True, with_metadata=True)


def milliseconds(read: Callable[[str, bytes], object], url: str, content: bytes) -> float:
    """CPU time of one page."""
    start = time.process_time()
    if read(url, content) is None:
        raise RuntimeError(f"{url} was not read")
    return 1000 * (time.process_time() - start)


def compare(options: argparse.Namespace) -> None:
    """Print what a page costs on either side, each page's best of all rounds, and the ratio."""
    made = pages(options.pages, size=options.size)
    readers = {"ours": ours, "trafilatura": theirs}
    best = {name: [float("inf")] * len(made) for name in readers}
    for _ in range(options.rounds):
        for number, (url, content) in enumerate(made):
            for name, read in readers.items():
                best[name][number] = min(best[name][number], milliseconds(read, url, content))
    print(f"{len(made)} pages of {options.size // 1000} kB, CPU time, best of {options.rounds} rounds")
    for name, spent in best.items():
        print(f"{name:12} {statistics.mean(spent):6.2f} ms/page")
    ratio = statistics.mean(best["trafilatura"]) / statistics.mean(best["ours"])
    print(f"ratio        {ratio:6.1f}")


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--size", type=int, default=60_000, help="bytes of a page")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="two pages, one round: does it still run?")
    options = parser.parse_args(arguments)
    if options.quick:
        options.pages, options.rounds = 2, 1
    return options


def main() -> None:
    options = read_options()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    compare(options)


if __name__ == "__main__":
    main()
