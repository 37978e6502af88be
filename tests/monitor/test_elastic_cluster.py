"""Three nodes of Elasticsearch, one of which dies: what was acknowledged is found, and searching goes on."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

import pytest

from index.base import Everything, Query
from index.engines.elastic_client import Connection, ElasticSettings
from index.errors import SearchError
from index.querying.query import parse_query
from index.records import NewArticle
from monitor.assembly import Desk, open_desk, open_elastic
from monitor.config import Config
from monitor.indexing import catch_up
from tests.elastic_cluster import Cluster
from tests.index.makers import NOON, a_metric, an_annotation, an_article

pytestmark = pytest.mark.slow

COUNT = 20_000
AT_THE_KILL = 6_000
"""So many are acknowledged when a node dies."""
ALL = Query(typed="", root=Everything())
TOWNS = ("Lào Cai", "Huế", "Đà Nẵng", "Cần Thơ", "Đắk Lắk", "Quảng Ninh", "Sơn La", "Cà Mau")


@pytest.fixture(scope="module")
def cluster(elastic: ElasticSettings) -> Iterator[Cluster]:
    """It takes its half a minute while a test fills its archive. Whatever a machine lacks, `elastic` has told."""
    cluster = Cluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def config(cluster: Cluster, elastic_config: Config) -> Config:
    """A store whose index lies on all three, each part of it twice."""
    settings = cluster.settings("any")
    return elastic_config.model_copy(
        update={
            "elasticsearch_url": ",".join(settings.urls), "elasticsearch_ca_file": settings.ca_file,
            "elasticsearch_shards": 3, "elasticsearch_replicas": 1, "elasticsearch_tries": 4,
        }
    )  # fmt: skip


@pytest.fixture
def desk(config: Config) -> Iterator[Desk]:
    with open_desk(config) as desk:
        yield desk


def made_up(count: int) -> Iterator[NewArticle]:
    for number in range(count):
        town = TOWNS[number % len(TOWNS)]
        title = f"{town}: {number} hồ sơ được nhận, {number * 7 % 100}% trực tuyến"
        text = " ".join(f"Xã số {number * step % 9973} của {town} nhận {number + step} hồ sơ." for step in range(1, 6))
        metrics = tuple(a_metric(str(number + part), start=part) for part in range(number % 3))
        article = an_article(str(number), title=title, text=text, source_id=f"bao-{number % 40}")
        yield NewArticle(article=article, annotation=an_annotation("online_services", metrics=metrics))


class Asker:
    """Asks all the time, as people at several pages do, until told to stop."""

    QUESTIONS = ("hồ sơ", '"trực tuyến" Huế', "dak lak", "topic:online_services", "xã -cần")

    def __init__(self, config: Config) -> None:
        self.failures: list[str] = []
        self.seconds: list[float] = []
        self.totals: list[int] = []
        """Of the first question, one after another."""
        self._index = open_elastic(config)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask_on, name="asker")

    def __enter__(self) -> Asker:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._index.close()

    def _ask_on(self) -> None:
        while not self._stop.is_set():
            for typed in self.QUESTIONS:
                self._stop.wait(0.05)  # or it takes from the nodes what they write with
                began = time.monotonic()
                try:
                    results = self._index.search(parse_query(typed))
                except SearchError as e:
                    self.failures.append(str(e))
                    continue
                self.seconds.append(time.monotonic() - began)
                if typed == self.QUESTIONS[0]:
                    self.totals.append(results.total)


class Killer:
    """Kills a node with kill -9 in the middle of a bulk request that it is at, once told to."""

    def __init__(self, cluster: Cluster, name: str, connection: Connection) -> None:
        self._cluster = cluster
        self._name = name
        self._connection = connection
        self._told = threading.Event()
        self._thread = threading.Thread(target=self._kill, name="killer", daemon=True)
        self._thread.start()

    def tell(self) -> None:
        self._told.set()

    def wait(self) -> None:
        self._thread.join(30)
        assert not self._thread.is_alive(), "it never saw the node at a bulk request"

    def _kill(self) -> None:
        self._told.wait()
        while not self._connection.ask("GET", "/_tasks", actions="indices:data/write/bulk*", nodes=self._name)["nodes"]:
            pass
        self._cluster.nodes[self._name].kill()


def test_nothing_that_was_acknowledged_is_lost_when_the_first_of_three_nodes_is_killed(
    cluster: Cluster, config: Config, desk: Desk
) -> None:
    fill(desk)
    cluster.wait()
    assert desk.index.count() == 0, "made now, on all three"
    acknowledged = 0

    def advance(count: int) -> None:
        nonlocal acknowledged
        acknowledged += count
        if acknowledged >= AT_THE_KILL:
            killer.tell()

    with closing(Connection(cluster.settings("any"))) as connection, Asker(config) as asker:
        killer = Killer(cluster, master_with_articles(connection, config), connection)
        ends = time.monotonic() + 120
        while desk.archive.counts().outbox and time.monotonic() < ends:  # as each crawl does
            catch_up(desk, advance=advance)
        killer.wait()
        alive = connection.ask("GET", "/_cat/nodes", format="json")

    kept = {document.id: len(document.metrics) for document in desk.archive.all_documents()}
    found = desk.index.search(ALL, limit=10**9)
    figures = Counter(entry.article_id for entry in desk.index.figures(ALL))
    # copies are missing, or, a minute later, made anew on the two that are left
    assert (len(alive), desk.index.state().health) in ((2, "yellow"), (2, "green"))
    assert (len(kept), desk.archive.counts().outbox) == (COUNT, 0)
    assert (desk.index.count(), found.total, {one.id for one in found.found}) == (COUNT, COUNT, kept.keys())
    assert figures == +Counter(kept)
    assert asker.failures == []
    assert max(asker.seconds) < 10
    assert asker.totals == sorted(asker.totals), "what was found once is found again"
    assert asker.totals[0] < AT_THE_KILL < asker.totals[-1], "it asked before and after"


def fill(desk: Desk) -> None:
    articles = made_up(COUNT)
    while batch := list(islice(articles, 500)):
        desk.archive.store_articles(batch, NOON)


def master_with_articles(connection: Connection, config: Config) -> str:
    """The node that leads the cluster; it takes the writes of a third of the articles, too, or is made to."""
    (master,) = connection.ask("GET", "/_cat/master", format="json")
    index = f"{config.elasticsearch_prefix}-articles"
    shards = connection.ask("GET", f"/_cat/shards/{index}", format="json")
    here = [shard for shard in shards if shard["node"] == master["node"]]
    # the cluster deals the copies out evenly, whichever of a part's two they are
    if all(shard["prirep"] == "r" for shard in here):
        number = here[0]["shard"]
        first = next(shard for shard in shards if shard["shard"] == number and shard["prirep"] == "p")
        cancel = {"index": first["index"], "shard": int(number), "node": first["node"], "allow_primary": True}
        connection.ask("POST", "/_cluster/reroute", {"commands": [{"cancel": cancel}]})
        connection.ask("GET", f"/_cluster/health/{index}", wait_for_status="green", timeout="60s")
        return master_with_articles(connection, config)
    return str(master["node"])
