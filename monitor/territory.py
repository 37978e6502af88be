"""Which provinces of before 1 July 2025 make up one of today."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from models.bodies.places import all_places, redrawn_on, resolve


@cache
def _predecessors() -> dict[str, tuple[str, ...]]:
    """Today's province ─► those that went into it, by their names; one that only grew is one of its own parts."""
    provinces = [place for place in all_places().values() if place.kind == "province"]
    return {
        now.name: tuple(
            sorted(old.name for old in provinces if old.name != now.name and now.code in old.successors)
        )
        for now in provinces
        if now.until is None
    }  # fmt: skip


def parts_of(name: str) -> Sequence[str]:
    """The territories of before the mergers that a province of today is made of; empty where it did not change.

    >>> parts_of("Lào Cai"), parts_of("Huế"), parts_of("Nghệ An")
    (('Lào Cai', 'Yên Bái'), ('Thừa Thiên Huế',), ())
    """
    before = _predecessors().get(name, ())
    return (name, *before) if before and redrawn_on(name) else before


@cache
def successor_of(name: str) -> str | None:
    """The province of today that an old one went into; None for one that is still there, and for what is no province.

    >>> successor_of("Yên Bái"), successor_of("Lào Cai"), successor_of("Bộ Y tế")
    ('Lào Cai', None, None)
    """
    return next((now for now, before in _predecessors().items() if name in before), None)


@cache
def today_of(name: str) -> str:
    """The name of today of a place that only changed its name; any other name as it is.

    >>> today_of("Thừa Thiên Huế"), today_of("Yên Bái")
    ('Huế', 'Yên Bái')
    """
    now = successor_of(name)
    return now if now and len(parts_of(now)) == 1 else name


def family_of(name: str) -> tuple[str, ...]:
    """A province with all that goes into one line with it when old ones are rolled up.

    >>> family_of("Yên Bái"), family_of("Nghệ An")
    (('Lào Cai', 'Yên Bái'), ('Nghệ An',))
    """
    now = successor_of(name) or name
    return tuple(dict.fromkeys((now, *parts_of(now))))


def is_part_of(entity: str, place: str) -> bool:
    """Whether an entity is the place, a body of it, or what it was before.

    >>> is_part_of("Sở Y tế Nghệ An", "Nghệ An"), is_part_of("Yên Bái", "Lào Cai"), is_part_of("Lào Cai", "Huế")
    (True, True, False)
    """
    if entity == place or entity.endswith(f" {place}"):
        return True
    before, now = resolve(entity), resolve(place)
    return before is not None and now is not None and now.code in before.successors
