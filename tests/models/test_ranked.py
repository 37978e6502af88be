from __future__ import annotations

import numpy as np
import pytest

from models.ranked import Ranked


@pytest.mark.parametrize("size", [0, 1, 64, 700])
def test_each_number_is_found_where_it_stands_and_no_other(size: int) -> None:
    chance = np.random.default_rng(size)
    some = np.sort(chance.choice(2000, size, replace=False)).astype(np.int64)

    places, is_there = Ranked(some, 2000).find(np.arange(2000))

    assert np.arange(2000)[is_there].tolist() == some.tolist()
    assert places[is_there].tolist() == list(range(size))
