"""What is made on the cluster: pairs of indices, of one version, of which one serves and one may be built beside it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from index.elastic import ElasticIndex
from index.engines.elastic_client import Connection, ElasticSettings
from index.engines.elastic_schema import VERSION
from index.errors import EngineError
from index.querying.query import parse_query
from tests.index.engines.elastic.asking import fill, ids, values
from tests.index.makers import a_document, a_metric


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
