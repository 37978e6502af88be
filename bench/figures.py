"""How long contradictions, series and the list of indicators take over a store of many figures, first and then again.

    .venv/bin/python bench/figures.py [--times 30] [--rounds 3]

The figures are those of the demo newsroom, again and again with other articles, days and provinces: 30 times makes 49,200.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from crawlers.records import Source  # noqa: E402 - a script finds its packages first
from index.base import Document  # noqa: E402
from models.annotation import annotate  # noqa: E402
from models.bodies.places import all_places  # noqa: E402
from models.records import Metric, Period  # noqa: E402
from monitor.assembly import Desk, open_desk  # noqa: E402
from monitor.config import Config  # noqa: E402
from monitor.demo.newsroom import Newsroom, load_outlets  # noqa: E402

_DAYS = timedelta(days=37)
"""A copy of all articles is so much older than the one before."""


def newsroom_documents() -> list[Document]:
    found = []
    for outlet in load_outlets():
        for number, article in enumerate(outlet.articles):
            published = article.published.astimezone(UTC)
            said = annotate(article.text, title=article.title, published=published, source_place=outlet.place)
            found.append(
                Document(
                    id=f"{outlet.id}-{number:02}", url=f"https://{outlet.id}.example/{number}", title=article.title,
                    text=article.text, published=published, source=outlet.id.replace('-', '_'),
                    topics=tuple(one.topic for one in said.topics), places=said.places, metrics=said.metrics,
                )
            )  # fmt: skip
    return found


def repeated(documents: list[Document], times: int) -> Iterator[Document]:
    """All of them as often as wanted, each time of other days and provinces."""
    provinces = sorted({one.name for one in all_places().values() if one.kind == "province" and one.until is None})
    for number in range(times):
        moved = {name: provinces[(place + number) % len(provinces)] for place, name in enumerate(provinces)}
        for document in documents:
            assert isinstance(document.published, datetime)
            yield replace(
                document, id=f"{document.id}-{number}", url=f"{document.url}/{number}", published=document.published - number * _DAYS,
                metrics=tuple(_moved(metric, moved, number * _DAYS) for metric in document.metrics),
            )  # fmt: skip


def _moved(metric: Metric, places: dict[str, str], days: timedelta) -> Metric:
    period = metric.period and Period(start=_earlier(metric.period.start, days), end=_earlier(metric.period.end, days))
    entity = places.get(metric.entity, metric.entity) if metric.entity else None
    return replace(metric, entity=entity, period=period, sentence=f"{metric.sentence} (lần {days.days})")


def _earlier(day: date | None, days: timedelta) -> date | None:
    return day and day - days


def questions(desk: Desk, sources: tuple[Source, ...]) -> dict[str, Callable[[], object]]:
    """What people ask that reads all figures, or many."""
    from monitor.disputes import Disputes, read_conflicts
    from monitor.kept import Kept
    from monitor.own_names import group_by_name
    from monitor.timeline import all_figures, indicators_with_figures, read_series
    from monitor.web_conflicts import Chosen, page_values

    conflicts = partial(read_conflicts, desk, sources)
    disputes = Disputes(desk, sources, Kept(desk.index))
    return {
        "conflicts": conflicts,
        "conflicts, as the web page asks": lambda: page_values(disputes, Chosen.read({"noi": "Huế"}), str),
        "conflicts of one place": partial(conflicts, place="Huế"),
        "conflicts of one indicator": partial(conflicts, indicator="online_services.online_dossier_rate"),
        "list of indicators and names": lambda: (
            indicators_with_figures(figures := all_figures(desk.index)),
            group_by_name(figures),
        ),
        "one series": lambda: read_series(desk.index, "online_services.online_dossier_rate"),
    }


def main(arguments: list[str] | None = None) -> dict[str, list[tuple[float, float]]]:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    sources = Newsroom(port=8473).sources
    found: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder, open_desk(Config(data=Path(folder))) as desk:
        desk.index.add(repeated(newsroom_documents(), options.times))
        desk.index.commit()
        desk.index.release()
        for name, ask in questions(desk, sources).items():
            found[name] = [_seconds(ask) for _ in range(options.rounds)]
            (wall, cpu), (again, _) = found[name][0], min(found[name][1:], default=(0.0, 0.0))
            print(f"{name:32} first {wall:6.2f} s ({cpu:5.2f} s of one core), again {again:6.3f} s")
    return found


def _seconds(ask: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of one core: on a machine that others use, too, only the latter can be compared."""
    start, before = time.perf_counter(), time.process_time()
    ask()
    return time.perf_counter() - start, time.process_time() - before


if __name__ == "__main__":
    main()
