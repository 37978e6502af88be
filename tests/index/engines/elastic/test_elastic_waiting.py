"""When Elasticsearch can't for now: read-only, full, a shard that is nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from index.elastic import ElasticIndex
from index.engines.elastic_client import Connection, ElasticSettings
from index.errors import AwayError
from tests.index.engines.elastic.asking import fill, ids
from tests.index.makers import a_document


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

        monkeypatch.setattr("index.engines.elastic_search.pause", pause)

        assert ids(index) == []
        assert waits == [1]
