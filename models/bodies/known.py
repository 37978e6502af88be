"""Bodies of the catalogue of which something more is known: that they are abroad, that they sign what others do."""

from __future__ import annotations

from functools import cache

from models.vocabulary import load_toml


@cache
def agencies_with_own_figures() -> frozenset[str]:
    """The central agencies that tell of their own work, not of the country."""
    names = load_toml("places/ministries.toml")["own_figures"]
    assert isinstance(names, list)
    return frozenset(names)


@cache
def agencies_with_own_work() -> frozenset[str]:
    """The central agencies whose own work can be what an article is about."""
    names = load_toml("places/ministries.toml")["own_work"]
    assert isinstance(names, list)
    return agencies_with_own_figures() | frozenset(names)


@cache
def foreign_countries() -> frozenset[str]:
    """The countries that we know beside Việt Nam; territories that are spoken of like one included."""
    rows = load_toml("places/others.toml")["foreign"]
    assert isinstance(rows, list)
    return frozenset(str(row["name"]) for row in rows)


@cache
def press() -> frozenset[str]:
    """The news agencies and broadcasters, who sign what they tell of others."""
    names = load_toml("places/ministries.toml")["press"]
    assert isinstance(names, list)
    return frozenset(names)
