"""How fast the fetcher is beside a bare httpx client, on loopback: 500 feeds on 100 hosts, nine in ten unchanged.

    python -m bench.crawl [--rounds 2] [--feeds 500] [--hosts 100] [--fastest 50] [--slowest 200] [--threads 64]

A server in a process of its own answers after 50 to 200 ms. The clients ask the same questions in as many threads,
one after the other, several times, each in a fresh process, so that none inherits another's memory or warmth. Ours
checks addresses and robots.txt, takes turns at each host and hashes bodies; the bare ones do none of that: one httpx
client for all, and one for each host. All hand the questions to the threads host by host, as the crawler does.
A warm-up round brings the validators and is not counted. Robots.txt is asked for within it, once a host and day.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from crawlers.http import HttpFetcher
from crawlers.records import Source, Validators

ROOT = Path(__file__).parent.parent
TIMEOUT = 300.0

Ask = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Result:
    """One client's run."""

    per_second: float
    cpu_ms: float
    peak_mb: float


@contextmanager
def a_server(options: argparse.Namespace) -> Iterator[int]:
    """The far end, in its own process, for as long as the context lasts; yields its port."""
    command = [
        sys.executable,
        "-m",
        "tests.crawlers.server",
        *map(str, (options.hosts, options.fastest, options.slowest)),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()


def addresses(options: argparse.Namespace) -> list[list[str]]:
    """The feeds of each host."""
    hosts = [f"127.0.{n // 50}.{n % 50 + 1}" for n in range(options.hosts)]
    share = options.feeds // options.hosts
    return [[f"http://{host}:{options.port}/feed/{n}" for n in range(share)] for host in hosts]


@contextmanager
def ours() -> Iterator[Ask]:
    """The fetcher with all its manners, delay 0."""
    validators: dict[str, Validators] = {}
    source = Source(
        id="bench",
        name="Bench",
        url="http://127.0.0.1/",
        kind="feed",
        outlet="press",
        organisation="-",
        delay=0,
        local=True,
    )
    with HttpFetcher(contact="bench") as fetcher:

        def ask(url: str) -> None:
            validators[url] = fetcher.fetch(url, source=source, validators=validators.get(url)).validators

        yield ask


@contextmanager
def bare() -> Iterator[Ask]:
    """One httpx client for all threads, with room for every connection; it keeps ETags and nothing else."""
    etags: dict[str, str] = {}
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    with httpx.Client(limits=limits, timeout=30) as client:

        def ask(url: str) -> None:
            reply = client.get(url, headers={"If-None-Match": etags[url]} if url in etags else None)
            etags[url] = reply.headers["etag"]

        yield ask


@contextmanager
def bare_per_host() -> Iterator[Ask]:
    """An httpx client for each host, which is how httpx does best here."""
    etags: dict[str, str] = {}
    tls = httpx.create_ssl_context()
    clients: defaultdict[str, httpx.Client] = defaultdict(lambda: httpx.Client(verify=tls, timeout=30))

    def ask(url: str) -> None:
        host = url.split("/")[2]
        reply = clients[host].get(url, headers={"If-None-Match": etags[url]} if url in etags else None)
        etags[url] = reply.headers["etag"]

    try:
        yield ask
    finally:
        for client in clients.values():
            client.close()


CLIENTS = {"ours": ours, "bare httpx": bare, "httpx/host": bare_per_host}


def run_client(name: str, options: argparse.Namespace) -> Result:
    """Warm up, then poll every feed once and take the time."""
    hosts = addresses(options)

    def poll(urls: list[str]) -> None:
        for url in urls:
            ask(url)

    with CLIENTS[name]() as ask, ThreadPoolExecutor(options.threads) as threads:
        list(threads.map(poll, hosts))
        started, cpu = time.perf_counter(), time.process_time()
        for _ in range(options.polls):
            list(threads.map(poll, hosts))
        taken, cpu = time.perf_counter() - started, time.process_time() - cpu
    polled = options.polls * sum(map(len, hosts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(per_second=polled / taken, cpu_ms=cpu / polled * 1000, peak_mb=peak)


def in_own_process(name: str, options: argparse.Namespace) -> Result:
    arguments = [f"--{key}={value}" for key, value in vars(options).items() if value is not None] + [f"--client={name}"]
    output = subprocess.run(
        [sys.executable, "-m", "bench.crawl", *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
    )
    return Result(**json.loads(output.stdout))


def compare(options: argparse.Namespace) -> None:
    """The clients in turn, round after round; print the middle of each and the ratio."""
    found: dict[str, list[Result]] = {name: [] for name in CLIENTS}
    with a_server(options) as options.port:
        for number in range(options.rounds):
            for name in CLIENTS if number % 2 == 0 else reversed(CLIENTS):  # neither is always the first
                found[name].append(in_own_process(name, options))
    print(
        f"{options.feeds} feeds on {options.hosts} hosts, {options.fastest}-{options.slowest} ms, {options.threads} threads"
    )
    print(f"{'':12}{'feeds/s':>10}{'CPU ms each':>14}{'peak MB':>10}")
    for name, results in found.items():
        middle = [statistics.median(getattr(result, field) for result in results) for field in Result.__annotations__]
        print(f"{name:12}{middle[0]:>10.0f}{middle[1]:>14.2f}{middle[2]:>10.0f}")
    speed = {name: statistics.median(result.per_second for result in results) for name, results in found.items()}
    for name in list(CLIENTS)[1:]:
        print(f"ratio {speed['ours'] / speed[name]:.2f} (ours / {name})")


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.crawl")
    for name, default in (("feeds", 500), ("hosts", 100), ("fastest", 50), ("slowest", 200), ("threads", 64)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--polls", type=int, default=2, help="times that each client polls all feeds in a round")
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--client", choices=CLIENTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main() -> None:
    options = read_options()
    if options.client:
        print(json.dumps(vars(run_client(options.client, options))))
    else:
        compare(options)


if __name__ == "__main__":
    main()
