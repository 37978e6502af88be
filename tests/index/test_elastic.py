"""What is peculiar to Elasticsearch: getting in, being refused, waiting, versions, and what it says when it can't."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from index.base import Document
from index.elastic import ElasticIndex
from index.elastic_client import Connection, ElasticSettings
from index.elastic_schema import VERSION
from index.errors import AwayError, EngineError
from index.query import parse_query
from tests.index.makers import a_document, a_metric

NO_SERVER = "http://127.0.0.1:9"
"""A port on which nothing listens."""


@pytest.fixture
def settings(elastic: ElasticSettings) -> ElasticSettings:
    return replace(elastic, prefix=f"{elastic.prefix}-own", tries=2)


@pytest.fixture
def index(settings: ElasticSettings) -> Iterator[ElasticIndex]:
    """A new and empty index of this test's own."""
    index = ElasticIndex(settings)
    index.clear()
    index.commit()
    yield index
    index.close()


@pytest.fixture
def cluster(settings: ElasticSettings) -> Iterator[Connection]:
    """What an administrator does behind our back."""
    connection = Connection(settings)
    yield connection
    connection.close()


def fill(index: ElasticIndex, *documents: Document) -> dict[str, str]:
    index.add(documents)
    return dict(index.commit())


def ids(index: ElasticIndex, typed: str = "") -> list[str]:
    return sorted(found.id for found in index.search(parse_query(typed), limit=1000).found)


def values(index: ElasticIndex) -> list[str]:
    return [str(entry.metric.value) for entry in index.figures(parse_query(""))]


# --- getting in


def test_elastic_is_not_asked_before_the_first_question() -> None:
    ElasticIndex(ElasticSettings(urls=("http://127.0.0.1:1",))).close()


def test_a_server_that_is_away_is_named_with_what_to_do_and_without_the_password() -> None:
    index = ElasticIndex(ElasticSettings(urls=("http://me:secret@127.0.0.1:9",), tries=2))

    with pytest.raises(AwayError, match=r"http://127\.0\.0\.1:9 .*MONITOR_ELASTICSEARCH_URL") as caught:
        index.count()
    assert "secret" not in str(caught.value)
    index.close()


def test_elastic_answers_through_another_node_when_one_is_away(index: ElasticIndex, settings: ElasticSettings) -> None:
    fill(index, a_document())
    several = ElasticIndex(replace(settings, urls=(NO_SERVER.replace("http", "https"), *settings.urls), tries=4))

    assert [several.count() for _ in range(6)] == [1] * 6
    several.close()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "sai"}, "MONITOR_ELASTICSEARCH_PASSWORD"),
        ({"user": None, "api_key": "c2FpOnNhaQ=="}, "MONITOR_ELASTICSEARCH_API_KEY"),
        ({"user": None}, "MONITOR_ELASTICSEARCH_API_KEY"),
        ({"ca_file": None}, "MONITOR_ELASTICSEARCH_CA_FILE"),
        ({"urls": ("không phải địa chỉ",)}, "MONITOR_ELASTICSEARCH_URL"),
    ],
)
def test_elastic_says_which_setting_keeps_us_out(settings: ElasticSettings, changed: dict[str, Any], said: str) -> None:
    index = ElasticIndex(replace(settings, **changed))

    with pytest.raises(EngineError, match=said):
        index.count()
    index.close()


def test_elastic_says_that_the_certificate_file_is_missing(settings: ElasticSettings) -> None:
    assert settings.ca_file is not None
    index = ElasticIndex(replace(settings, ca_file=settings.ca_file.with_name("không-có.pem")))

    with pytest.raises(EngineError, match="MONITOR_ELASTICSEARCH_CA_FILE"):
        index.count()


@contextmanager
def answering(status: int, headers: dict[str, str], body: bytes) -> Iterator[str]:
    """Something that is no Elasticsearch 9 and listens where one was expected."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


# What Elasticsearch 8 answers to a client of version 9; the tests have no such server at hand.
_EIGHT = {
    "error": {"type": "media_type_header_exception", "reason": "Accept version must be either 8 or 7"},
    "status": 400,
}


@pytest.mark.parametrize(
    ("status", "headers", "body", "said"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>", "MONITOR_ELASTICSEARCH_URL"),
        (200, {"Content-Type": "application/json"}, b"{}", "không phải Elasticsearch 9"),
        (
            400, {"Content-Type": "application/json", "X-Elastic-Product": "Elasticsearch"}, json.dumps(_EIGHT).encode(),
            "quá cũ.*phiên bản 9",
        ),
    ],
)  # fmt: skip
def test_another_server_than_elastic_nine_is_recognised(
    status: int, headers: dict[str, str], body: bytes, said: str
) -> None:
    with answering(status, headers, body) as url:
        index = ElasticIndex(ElasticSettings(urls=(url,), tries=1))

        with pytest.raises(AwayError, match=said):
            index.count()
        index.close()


# --- what is made on the cluster


def test_elastic_indices_are_as_the_settings_say_and_strict(settings: ElasticSettings, cluster: Connection) -> None:
    index = ElasticIndex(replace(settings, prefix=f"{settings.prefix}-shaped", shards=2, replicas=0, refresh="5s"))
    index.clear()
    index.commit()

    state = index.state()
    (articles,) = [name for name in state.parts if "articles" in name]
    made = cluster.ask("GET", f"/{articles}", flat_settings=True)[articles]

    assert (state.engine, state.version[:2], state.health, index.count()) == ("elasticsearch", "9.", "green", 0)
    assert made["settings"]["index.number_of_shards"] == "2"
    assert made["settings"]["index.number_of_replicas"] == "0"
    assert made["settings"]["index.refresh_interval"] == "5s"
    assert made["mappings"]["dynamic"] == "strict"
    index.close()


def test_an_elastic_index_of_another_version_is_recognised(
    index: ElasticIndex, settings: ElasticSettings, cluster: Connection
) -> None:
    changed = {"_meta": VERSION | {"tokens": 0}}
    cluster.ask("PUT", f"/{settings.prefix}-articles/_mapping", changed)
    again = ElasticIndex(settings)

    with pytest.raises(EngineError, match="monitor reindex"):
        again.count()
    again.close()


def test_an_elastic_index_without_its_figures_is_recognised(
    index: ElasticIndex, settings: ElasticSettings, cluster: Connection
) -> None:
    fill(index, a_document(metrics=(a_metric(),)))
    (figures,) = [name for name in index.state().parts if "figures" in name]
    cluster.ask("DELETE", f"/{figures}")
    again = ElasticIndex(settings)

    for broken in (index, again):
        with pytest.raises(EngineError, match="monitor reindex"):
            broken.figures(parse_query(""))
    again.close()


# --- writing


def test_what_is_sent_twice_to_elastic_is_written_once(index: ElasticIndex) -> None:
    document = a_document(metrics=(a_metric("1"), a_metric("2", start=9)), revision=3)

    fill(index, document)
    fill(index, document)

    assert (index.count(), values(index)) == (1, ["1", "2"])


def test_the_later_revision_stays_whichever_writer_comes_last(index: ElasticIndex, settings: ElasticSettings) -> None:
    other = ElasticIndex(settings)
    newer = a_document(title="Mới", metrics=(a_metric("5"),), revision=2)
    older = a_document(title="Cũ", metrics=(a_metric("1"), a_metric("2", start=9), a_metric("3", start=18)), revision=1)
    fill(index, older)
    fill(other, newer)

    assert fill(index, older) == {}
    assert (ids(index, "mới"), ids(index, "cũ"), values(index)) == (["a"], [], ["5"])
    other.close()


def test_an_article_that_was_taken_out_of_elastic_can_be_put_back(index: ElasticIndex) -> None:
    document = a_document(metrics=(a_metric(),), revision=4)
    fill(index, document)
    index.delete(["a"])
    index.commit()

    fill(index, document)

    assert (ids(index), values(index)) == (["a"], ["30"])


def test_elastic_refuses_one_document_with_its_reason_and_takes_the_others(
    index: ElasticIndex, settings: ElasticSettings, cluster: Connection
) -> None:
    limit = "index.mapping.nested_objects.limit"
    cluster.ask("PUT", f"/{settings.prefix}-articles/_settings", {limit: 2})
    too_many = a_document("b", metrics=tuple(a_metric(str(number)) for number in range(3)))

    refused = fill(index, a_document("a", metrics=(a_metric("7"),)), too_many, a_document("c"))

    assert refused.keys() == {"b"}
    assert "nested" in refused["b"]
    assert (ids(index), values(index)) == (["a", "c"], ["7"])

    cluster.ask("PUT", f"/{settings.prefix}-articles/_settings", {limit: None})
    assert fill(index, too_many) == {}
    assert ids(index) == ["a", "b", "c"]


def test_elastic_gets_less_at_a_time_when_it_asks_for_less(index: ElasticIndex, settings: ElasticSettings) -> None:
    """The test server takes 10 MB in one request, and a text goes in twice, with and without its diacritics."""
    greedy = ElasticIndex(replace(settings, bulk_bytes=100_000_000))
    long = [a_document(name, text="dài " * 300_000) for name in "abcdef"]

    refused = fill(greedy, *long, a_document("huge", text="dài " * 1_500_000), a_document("short"))

    assert refused.keys() == {"huge"}
    assert "http.max_content_length" in refused["huge"]
    assert ids(index) == ["a", "b", "c", "d", "e", "f", "short"]
    greedy.close()


def test_many_writers_at_once_wait_for_elastic_and_lose_nothing(index: ElasticIndex, settings: ElasticSettings) -> None:
    """The test server has room for 40 MB under way; six writers send 5 MB each at a time, and it reckons with the fourfold."""
    patient = replace(settings, tries=12)

    def write(writer: int) -> dict[str, str]:
        index = ElasticIndex(patient)
        documents = [a_document(f"{writer}-{number}", text="chờ " * 120_000) for number in range(8)]
        refused = fill(index, *documents)
        index.close()
        return refused

    with ThreadPoolExecutor(6) as pool:
        refused = list(pool.map(write, range(6)))

    assert refused == [{}] * 6
    assert index.count() == 48


def test_a_document_that_elastic_never_finds_room_for_does_not_keep_the_others_waiting(index: ElasticIndex) -> None:
    """As large as one request may be, and more than the test server has under way at a time."""
    refused = fill(index, a_document("large", text="d " * 2_450_000), a_document("small"))

    assert refused.keys() == {"large"}
    assert "rejected" in refused["large"]
    assert ids(index) == ["small"]


@pytest.mark.parametrize(
    ("block", "said"),
    [("index.blocks.write", "chỉ đọc"), ("index.blocks.read_only_allow_delete", "Đĩa.*đầy")],
)
def test_elastic_that_takes_nothing_now_is_away_and_says_why(
    index: ElasticIndex, settings: ElasticSettings, cluster: Connection, block: str, said: str
) -> None:
    """The second is the block that Elasticsearch sets by itself where its disk is nearly full."""
    fill(index, a_document("a"))
    path = f"/{settings.prefix}-articles,{settings.prefix}-figures/_settings"
    cluster.ask("PUT", path, {block: True})

    with pytest.raises(AwayError, match=said):
        fill(index, a_document("b"))
    index.release()
    assert ids(index) == ["a"]

    cluster.ask("PUT", path, {block: None})
    assert fill(index, a_document("b")) == {}
    assert ids(index) == ["a", "b"]


@contextmanager
def shard_on_no_node(index: ElasticIndex, cluster: Connection) -> Iterator[Callable[[], Any]]:
    """The index is emptied, and its articles lie on no node until what this yields is called."""
    (name,) = [name for name in index.state().parts if "articles" in name]
    nowhere = {"index.routing.allocation.require._name": "nobody"}

    def give_back() -> None:
        cluster.ask("PUT", f"/{name}/_settings", dict.fromkeys(nowhere))
        cluster.ask("GET", f"/_cluster/health/{name}", wait_for_status="green", timeout="30s")

    cluster.ask("DELETE", f"/{name}")
    cluster.ask(
        "PUT", f"/{name}", {"settings": nowhere, "aliases": {name[:-7]: {}}}, wait_for_active_shards=0
    )  # fmt: skip
    try:
        yield give_back
    finally:
        give_back()


def test_elastic_whose_shard_is_on_no_node_is_away_until_it_is(index: ElasticIndex, cluster: Connection) -> None:
    with shard_on_no_node(index, cluster) as give_back:
        for act in (lambda: fill(index, a_document("a")), lambda: ids(index)):
            with pytest.raises(AwayError, match="chưa sẵn sàng"):
                act()
        index.release()
        give_back()

        assert fill(index, a_document("a")) == {}
        assert ids(index) == ["a"]


def test_a_search_waits_for_a_shard_that_is_back_in_a_moment(
    index: ElasticIndex, cluster: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shard_on_no_node(index, cluster) as give_back:
        waits: list[int] = []

        def pause(number: int) -> float:
            waits.append(number)
            give_back()
            return 0.0

        monkeypatch.setattr("index.elastic_search.pause", pause)

        assert ids(index) == []
        assert waits == [1]


def test_values_beyond_what_elastic_counts_with_are_kept_as_they_were_read(index: ElasticIndex) -> None:
    fill(index, a_document(metrics=(a_metric("1e400"),)))

    assert ids(index, "value:[1000 TO *]") == ["a"]
    assert index.figures(parse_query(""))[0].metric.value == Decimal("1e400")


def test_the_widest_question_of_all_is_one_that_elastic_answers(index: ElasticIndex) -> None:
    fill(index, a_document(text="a b c d e f g h i j k"))

    assert ids(index, '"a d g"~10 OR "b c f"~10') == ["a"]
    assert ids(index, " OR ".join(f'"a b c"~{slop} x{slop}' for slop in range(1, 11)) + ' OR "a c e"~10') == ["a"]


# --- pairs of indices


def test_while_the_next_elastic_pair_is_built_both_are_written_and_one_step_changes_them(
    index: ElasticIndex, settings: ElasticSettings
) -> None:
    fill(index, a_document("old", title="Trước", revision=1))
    writer = ElasticIndex(settings)

    assert index.generations.begin() == ""
    index.fill_next([a_document("old", title="Trước", revision=1)])
    fill(writer, a_document("new", metrics=(a_metric("8"),)), a_document("old", title="Sau", revision=2))
    index.fill_next([a_document("old", title="Trước", revision=1)])  # read before it changed, and written after
    index.generations.mark("old")
    assert index.generations.begin() == "old", "another process would go on from there"
    index.generations.switch()

    serving, kept = index.generations.names()
    assert (ids(writer), ids(writer, "sau"), values(writer)) == (["new", "old"], ["old"], ["8"])
    assert len(serving) == len(kept) == 2
    assert fill(writer, a_document("later")) == {}
    assert index.generations.drop_old() == kept
    assert (index.generations.names(), ids(writer)) == ((serving, []), ["later", "new", "old"])
    writer.close()


def test_a_writer_that_has_not_heard_of_the_change_writes_to_what_serves_now(
    index: ElasticIndex, settings: ElasticSettings
) -> None:
    fill(index, a_document("a"))
    slow = ElasticIndex(settings)
    index.generations.begin()
    targets = slow.generations.targets()
    index.fill_next([a_document("a")])
    index.generations.switch()

    for target in targets:
        slow._write(target, {"b": a_document("b")})
    slow._is_unseen = True
    slow.commit()

    assert ids(index) == ["a", "b"]
    assert not any(name.endswith("-next") for name in slow.generations._aliases())
    assert not any(name.endswith("-next") for name in slow.generations._indices())
    slow.close()


def test_two_processes_that_start_on_an_empty_cluster_make_one_index(settings: ElasticSettings) -> None:
    fresh = replace(settings, prefix=f"{settings.prefix}-{time.time_ns()}")
    both = [ElasticIndex(fresh) for _ in range(2)]

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda index: fill(index, a_document()), both)) == [{}, {}]

    assert [index.count() for index in both] == [1, 1]
    assert len(both[0].state().parts) == 2
    for index in both:
        index.close()
