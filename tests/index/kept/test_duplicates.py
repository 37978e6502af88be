from __future__ import annotations

import random

import pytest

from index.kept.duplicates import Neighbours, sign

VOCABULARY = [f"tiếng{number}" for number in range(2_000)]


def a_text(seed: int, length: int = 400) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=length)


def reworded(words: list[str], share: float, seed: int = 1) -> str:
    chance = random.Random(seed)
    return " ".join("khác" if chance.random() < share else word for word in words)


def signed(text: str) -> bytes:
    signature = sign(text)
    assert signature is not None
    return signature


@pytest.mark.parametrize("settled", [True, False])
@pytest.mark.parametrize("share", [0, 0.01, 0.03, 0.06])
def test_reprints_with_some_words_changed_are_found(share: float, settled: bool) -> None:
    known = [(f"{number}", signed(" ".join(a_text(number)))) for number in range(100)]
    neighbours = Neighbours(known if settled else ())
    for article_id, signature in () if settled else known:
        neighbours.add(article_id, signature)

    found = [neighbours.nearest(signed(reworded(a_text(number), share, seed=number))) for number in range(100)]

    assert found == [f"{number}" for number in range(100)]


def test_other_articles_are_not_reprints() -> None:
    neighbours = Neighbours((f"{number}", signed(" ".join(a_text(number)))) for number in range(200))

    assert [neighbours.nearest(signed(" ".join(a_text(number)))) for number in range(1_000, 1_050)] == [None] * 50


def test_what_is_added_is_still_found_when_it_has_been_sorted_in() -> None:
    neighbours = Neighbours()
    for number in range(4_100):
        neighbours.add(f"{number}", signed(" ".join(a_text(number, length=40))))

    for number in (0, 3_999, 4_000, 4_099):
        assert neighbours.nearest(signed(" ".join(a_text(number, length=40)))) == f"{number}"


def test_a_text_too_short_to_compare_has_no_signature() -> None:
    assert sign("Nội dung đang được cập nhật") is None
    assert sign("") is None
