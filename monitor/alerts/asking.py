"""What a subscription asks, as one query."""

from __future__ import annotations

from dataclasses import replace

from index.base import And, Everything, Filter, Node, Not, Or, Query
from index.querying.query_names import Names
from index.querying.trees import is_about_figures
from index.standing.alert_records import Subscription
from monitor.search_text import read_query


def query_of(subscription: Subscription, names: Names) -> Query:
    """The query and the filters as one tree, narrowed to articles that have a figure of the condition's indicator.

    Raises QuerySyntaxError for the query, MonitorError for a filter.
    """
    query = read_query(
        subscription.query, names, topics=subscription.topics, places=subscription.places, sources=subscription.sources
    )
    if subscription.condition is None or _asks_about_figures(query.root):
        return query
    narrowed = Filter(field="indicator", values=(subscription.condition.indicator,))
    match query.root:
        case Everything():
            return replace(query, root=narrowed)
        case And(parts=parts):
            return replace(query, root=And(parts=(*parts, narrowed)))
        case root:
            return replace(query, root=And(parts=(root, narrowed)))


def _asks_about_figures(node: Node) -> bool:
    """Whether figures are asked for already: two filters on figures in one AND would have to hold for one figure."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            return any(map(_asks_about_figures, parts))
        case Not(part=part):
            return _asks_about_figures(part)
        case _:
            return is_about_figures(node)
