"""The dated gazetteer of models/data/places: complete, of one piece, and agreeing with the mapping that underthesea ships."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from models.bodies.districts import districts_of, former_districts
from models.bodies.places import all_places, resolve
from models.records import Place
from models.text import normalise

MERGER = date(2025, 7, 1)
REFORM = date(2025, 3, 1)


@cache
def mapping() -> dict[str, list[dict[str, str]]]:
    spec = find_spec("underthesea")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "address" / "data" / "mapping.json"
    loaded: dict[str, list[dict[str, str]]] = json.loads(path.read_text("utf-8"))
    return loaded


def existing(kind: str, day: date) -> list[Place]:
    places = [place for place in all_places().values() if place.kind == kind]
    return [p for p in places if (p.since is None or p.since <= day) and (p.until is None or day <= p.until)]


def province_after(place: Place) -> Place:
    while place.until is not None:
        (successor,) = place.successors
        place = all_places()[successor]
    return place


def test_every_old_province_has_exactly_one_successor_of_the_thirty_four() -> None:
    today = existing("province", MERGER)

    found = {province_after(place).name for place in existing("province", date(2025, 6, 30))}

    assert len(today) == 34
    assert found == {place.name for place in today}


def test_provinces_merge_as_the_shipped_mapping_says() -> None:
    pairs = {(row["old_province"], row["new_province"]) for row in mapping()["ward_mapping"]}

    assert len(pairs) == 63
    for old, new in pairs:
        before, after = resolve(normalise(old)), resolve(normalise(new))
        assert before is not None
        assert after is not None
        assert province_after(before) == after


def test_a_province_that_took_in_others_is_marked_as_redrawn() -> None:
    from models.bodies.places import redrawn_on

    took_in = {code for place in all_places().values() if place.until == date(2025, 6, 30) for code in place.successors}

    for place in existing("province", MERGER):
        assert (redrawn_on(place.name) == MERGER) == (place.code in took_in)


def test_there_are_seventeen_ministries_and_agencies_of_that_rank_since_march_2025() -> None:
    bodies = [p.name for p in existing("ministry", REFORM) if p.name.startswith("Bộ ")]
    agencies = ["Văn phòng Chính phủ", "Thanh tra Chính phủ", "Ngân hàng Nhà nước"]

    assert len(bodies) == 14
    assert all(resolve(name) is not None for name in agencies)


def test_every_ministry_that_ended_has_successors_that_exist() -> None:
    ended = [p for p in all_places().values() if p.kind == "ministry" and p.until is not None]

    assert ended
    assert all(place.successors for place in ended)
    assert all(code in all_places() for place in ended for code in place.successors)


def test_the_districts_are_those_that_the_shipped_mapping_knows() -> None:
    theirs: dict[str, set[str]] = {}
    for row in mapping()["ward_mapping"]:
        place = resolve(normalise(row["old_province"]))
        assert place is not None
        theirs.setdefault(place.name, set()).add(loose(row["old_district"]))

    for province, names in theirs.items():
        former = {name for name, _, _ in former_districts(province)}
        ours = {loose(name) for name in districts_of(province) if name not in former}
        assert ours == names


def loose(name: str) -> str:
    """A name as both sources write it: "Mù Căng Chải" and "Mù Cang Chải" are one district."""
    folded = normalise(name).lower().replace("’", "'").replace("căng", "cang")
    return "".join(letter for letter in folded if letter.isalpha())


@pytest.mark.parametrize("province", sorted(place.name for place in existing("province", date(2024, 12, 31))))
def test_a_district_that_ended_early_became_one_that_is_known(province: str) -> None:
    for _, until, into in former_districts(province):
        assert until < MERGER
        assert into
        assert set(into) <= set(districts_of(province))
