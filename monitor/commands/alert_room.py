"""What every command on alerts opens: the stores, and what names mean in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import typer

from monitor.config import read_config

if TYPE_CHECKING:
    from index.querying.query_names import Names
    from index.standing.alert_records import Subscription
    from monitor.alerts.saying import Called
    from monitor.assembly import Desk


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """An open desk with what names mean in it."""

    desk: Desk
    names: Names
    called: Called
    now: datetime

    @property
    def base_url(self) -> str:
        """Where links begin; the machine itself where no address is set."""
        config = self.desk.config
        return config.base_url or f"http://{config.host}:{config.port}"

    def find(self, typed: str) -> Subscription:
        """The subscription that is meant."""
        from monitor.alerts.keeping import find_subscription

        return find_subscription(self.desk.archive.alerts, typed)


@contextmanager
def open_room(context: typer.Context) -> Iterator[Room]:
    """Open what a command on alerts needs."""
    from monitor.alerts.saying import Called
    from monitor.assembly import load_sources, open_desk
    from monitor.naming import all_topic_names, names_for, stored_sources

    config = read_config(context.obj)
    sources = load_sources(config)
    with open_desk(config) as desk:
        topics = all_topic_names(desk.archive)
        names = names_for(sources, stored=partial(stored_sources, desk.index), topics=lambda: topics)
        called = Called(topics=topics, sources={source.id: source.name for source in sources})
        yield Room(desk=desk, names=names, called=called, now=datetime.now(UTC))
