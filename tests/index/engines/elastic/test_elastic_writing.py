"""Writing to Elasticsearch: ids and versions, what is refused, how much goes in at a time, and how far it counts."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from index.elastic import ElasticIndex
from index.engines.elastic_client import Connection, ElasticSettings
from index.querying.query import parse_query
from tests.index.engines.elastic.asking import fill, ids, values
from tests.index.makers import a_document, a_metric


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


def test_figures_that_an_article_no_longer_has_go_however_late_elastic_tells_what_it_held(
    index: ElasticIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(index, a_document(metrics=(a_metric("1"), a_metric("2", start=9), a_metric("3", start=18)), revision=1))
    really_ask, wrote = Connection.ask, threading.Event()

    def ask(self: Connection, method: str, path: str, *arguments: Any, **parameters: Any) -> Any:
        if path.endswith("/_mget"):
            wrote.wait(0.5)  # asked any later, it would tell of the new article
        reply = really_ask(self, method, path, *arguments, **parameters)
        if path.endswith("/_bulk"):
            wrote.set()
        return reply

    monkeypatch.setattr(Connection, "ask", ask)
    fill(index, a_document(metrics=(a_metric("5"),), revision=2))

    assert values(index) == ["5"]


def test_elastic_is_asked_what_it_held_of_articles_that_may_have_been_there_before(
    index: ElasticIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_ask, asked = Connection.ask, list[list[str]]()

    def ask(self: Connection, method: str, path: str, body: Any = None, **parameters: Any) -> Any:
        if path.endswith("/_mget"):
            asked.append([one["_id"] for one in body["docs"]])
        return really_ask(self, method, path, body, **parameters)

    monkeypatch.setattr(Connection, "ask", ask)
    first = [a_document(name, metrics=(a_metric("1"), a_metric("2", start=9)), revision=1) for name in "ab"]

    fill(index, *first)
    assert (asked, len(values(index))) == ([], 4), "the first state of an article replaces nothing"

    fill(index, replace(first[0], metrics=(a_metric("5"),), revision=2), a_document("c", revision=1), a_document("d"))
    assert asked == [["a", "d"]], "a revision of 0 tells nothing"
    assert sorted(values(index)) == ["1", "2", "5"]


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


def test_values_beyond_what_elastic_counts_with_are_kept_as_they_were_read(index: ElasticIndex) -> None:
    fill(index, a_document(metrics=(a_metric("1e400"),)))

    assert ids(index, "value:[1000 TO *]") == ["a"]
    assert index.figures(parse_query(""))[0].metric.value == Decimal("1e400")


def test_the_widest_question_of_all_is_one_that_elastic_answers(index: ElasticIndex) -> None:
    fill(index, a_document(text="a b c d e f g h i j k"))

    assert ids(index, '"a d g"~10 OR "b c f"~10') == ["a"]
    assert ids(index, " OR ".join(f'"a b c"~{slop} x{slop}' for slop in range(1, 11)) + ' OR "a c e"~10') == ["a"]
