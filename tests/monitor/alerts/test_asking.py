"""What a subscription asks, as one query."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.base import And, Everything, Filter, Term
from index.errors import QuerySyntaxError
from index.querying.query_names import AS_TYPED
from index.standing.alert_records import Condition
from monitor.alerts.asking import query_of
from monitor.errors import MonitorError
from tests.index.alert_makers import a_subscription

BELOW = Condition(test="below", indicator="x.y", bound=Decimal(90))
NARROWED = Filter(field="indicator", values=("x.y",))


def test_query_and_filters_are_one_tree() -> None:
    one = a_subscription(query="lũ", topics=("security", "data_sharing"), places=("Lào Cai",), sources=("bao-a",))

    assert query_of(one, AS_TYPED).root == And(
        parts=(
            Term(words=("lũ",)), Filter(field="topic", values=("security", "data_sharing")),
            Filter(field="place", values=("Lào Cai",)), Filter(field="source", values=("bao-a",)),
        )
    )  # fmt: skip
    assert query_of(a_subscription(query=""), AS_TYPED).root == Everything()


def test_a_condition_asks_for_articles_with_such_a_figure() -> None:
    def root(query: str, **fields: object) -> object:
        return query_of(a_subscription(query=query, condition=BELOW, **fields), AS_TYPED).root

    assert root("") == NARROWED
    assert root("lũ") == And(parts=(Term(words=("lũ",)), NARROWED))
    assert root("lũ", sources=("a",)) == And(
        parts=(Term(words=("lũ",)), Filter(field="source", values=("a",)), NARROWED)
    )


@pytest.mark.parametrize("query", ["value:[30 TO *]", "lũ indicator:a.b", "-unit:percent lũ", "(value:5 OR lũ) bão"])
def test_a_query_on_figures_is_not_narrowed_for_one_figure_would_have_to_be_both(query: str) -> None:
    with_condition = query_of(a_subscription(query=query, condition=BELOW), AS_TYPED)

    assert with_condition == query_of(a_subscription(query=query), AS_TYPED)


def test_what_can_not_be_read_raises_with_the_reason() -> None:
    with pytest.raises(QuerySyntaxError):
        query_of(a_subscription(query="(lũ"), AS_TYPED)
    with pytest.raises(MonitorError, match="không có chủ đề nào"):
        query_of(a_subscription(topics=("không có",)), AS_TYPED)
