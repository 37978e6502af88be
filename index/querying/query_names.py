"""The names that a query may hold (topics, places, sources, indicators), and how each is resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.records import TOPIC_IDS
from models.terms import term_of
from models.text import fold, normalise, unify_tones

Resolve = Callable[[str], Sequence[str]]
"""A name as typed ─► the values it stands for; empty when it is no such name."""


def resolver(known: Mapping[str, Iterable[str]]) -> Resolve:
    """Finds values by their names, whatever the case, the tone placement and, failing that, the diacritics.

    >>> topic = resolver({"security": ["An toàn thông tin"], "admin_reform": ["Cải cách hành chính"]})
    >>> topic("AN TOÀN THÔNG TIN"), topic("cai cach hanh chinh"), topic("security"), topic("bóng đá")
    (('security',), ('admin_reform',), ('security',), ())
    """
    exact: dict[str, dict[str, None]] = {}
    folded: dict[str, dict[str, None]] = {}
    for value, names in known.items():
        for name in (value, *names):
            exact.setdefault(_name_key(name), {})[value] = None
            folded.setdefault(fold(_name_key(name)), {})[value] = None

    def resolve(typed: str) -> Sequence[str]:
        key = _name_key(typed)
        found = exact.get(key)
        if found is None and fold(key) == key:
            found = folded.get(key)
        return tuple(found or ())

    return resolve


def _name_key(name: str) -> str:
    return " ".join(unify_tones(normalise(name).casefold()).replace("_", " ").replace("-", " ").split())


def as_typed(typed: str) -> Sequence[str]:
    return (normalise(typed).strip(),) if typed.strip() else ()


_SLUGS = resolver(dict.fromkeys(TOPIC_IDS, ()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """How names in a query are resolved. The floors above know the catalogues; by default a name is its own value."""

    topic: Resolve = _SLUGS
    place: Resolve = as_typed
    source: Resolve = as_typed
    indicator: Resolve = as_typed


AS_TYPED = Names()
KIND = resolver({"achieved": ["đạt được"], "target": ["mục tiêu", "chỉ tiêu"], "change": ["tăng giảm"]})
_UNIT = resolver(
    {"percent": ["%", "phần trăm"], "percentage_point": ["điểm phần trăm"], "vnd": ["đồng"], "usd": ["đô la"]}
)


def unit(typed: str) -> Sequence[str]:
    """A unit by its slug or name; anything else is the counted thing itself ("hồ sơ")."""
    return _UNIT(typed) or as_typed(typed)


def as_term(typed: str) -> Sequence[str]:
    """A term as models.terms spells it; nothing where no letter was typed."""
    term = term_of(typed)
    return (term,) if term else ()
