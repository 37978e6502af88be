"""What is looked for the quick way is what the plain way finds: in the demo newsroom, and in any text."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models import text
from models.bodies import national
from models.figures import claims
from models.naming import segments, undated
from models.numbers import amounts, traps
from models.reading import read
from models.sought import Sought, digits_in
from models.spelling import Alphabet, canonical, canonical_syllables
from models.text import syllables, unify_tones
from models.times import against, finding, periods
from models.times import words as time_words
from models.vocabulary import any_of, small_letters

NEWSROOM = Path(__file__).parents[2] / "monitor" / "demo" / "newsroom"
ARTICLES = [
    article["text"]
    for file in sorted(NEWSROOM.glob("*.toml"))
    for article in tomllib.loads(file.read_text("utf-8"))["article"]
]
PIECES = (
    "năm", "tháng", "quý", "ngày", "đến", "nay", "hiện", "trong", "từ", "đầu", "cuối", "2024", "31/5/2024", "5/2024",
    "6 tháng", "1900", "84", "1.234", "4,0", "24/7", "45G", "12h30", "Đ", "QĐ-TTg", "0912", "%", "°", "cả nước", "các bộ",
    "63 tỉnh", "bộ, ngành, địa phương", "mục tiêu", "tỷ lệ", "đã", "hoà", "ngưỡng", "hai triệu", "một nửa", "quý", "qúy", "hoàn", "hòan",
    "so với", "thành lập", "tại", ".", ",", "…",
    "\n", " ", "  ", "/", "-", "a", "Á", "3",
)  # fmt: skip
SCALE_WORDS = Sought(*amounts.SCALE_WORDS)
TWO_VOWELS = re.compile("|".join((*text._OPEN, *text._CLOSED)))
ALPHABET = Alphabet(("năm", "tháng", "hóa", "0", "hiện"))
PROSE = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.lists(
    st.sampled_from(PIECES), max_size=25
).map(" ".join)


def small(prose: str) -> str:
    return small_letters(unify_tones(prose))


def everywhere(prose: str) -> None:
    lower = small(prose)
    found = spans(match for match, _ in finding.find_times(lower))
    assert all(any(start <= time < end for start, end in found) for time in times_the_plain_way(lower))
    assert unify_tones(prose) == TWO_VOWELS.sub(text._move_tone, prose)
    assert spans(text._breaks(prose)) == spans(text._BREAK.finditer(prose))
    assert canonical_syllables(prose) == [canonical(syllable) for syllable in syllables(prose)]
    assert ALPHABET.read(prose) == ALPHABET.spell(canonical_syllables(prose))
    for match in re.finditer(r"\d", prose):
        if traps._NO_SHAPE.match(prose, match.start()):
            assert traps._SHAPES.match(prose, match.start()) is None
    scales = [amounts.SCALE_WORD.match(lower, start) for start in SCALE_WORDS.starts_in(lower)]
    assert spans(match for match in scales if match) == spans(amounts.SCALE_WORD.finditer(lower))
    for run in digits_in(lower):
        scale, plain = amounts.scale_at(lower, run.end()), amounts.SCALE.match(lower, run.end())
        assert (scale and scale.span()) == (plain and plain.span())
    if national._NATIONAL.search(lower):
        assert national._national_spans(lower)
    if claims._TARGET.search(lower) or claims._TARGET_VALUE.search(lower):
        assert claims.target_signs(lower)
    assert [run.start() for run in digits_in(lower)] == [run.start() for run in digits_in(prose)]
    for start in range(len(lower)):
        for pattern, ends in (
            (against._COMPARED, against._COMPARED_ENDS),
            (periods._UNTIL, periods._UNTIL_ENDS),
            (periods._EVENT, periods._EVENT_ENDS),
        ):
            if pattern.search(lower, max(0, start - periods._BEFORE), start):
                assert lower[:start].rstrip().endswith(ends)
    if undated._TIME.search(lower):
        assert any(sign in lower for sign in undated._TIME_SIGNS)


def times_the_plain_way(lower: str) -> list[int]:
    """Where any of the ways to name a time fits, every place tried."""
    ways = [(way.pattern, way.behind) for way in time_words.WAYS]
    return [
        start
        for start in range(len(lower))
        if not (start and (lower[start - 1].isalnum() or lower[start - 1] in "/.,-_"))
        and any(
            pattern.match(lower, start) and (behind is None or behind.search(lower, max(0, start - 60), start))
            for pattern, behind in ways
        )
    ]


def spans(matches: object) -> list[tuple[int, int]]:
    return [match.span() for match in matches]  # type: ignore[attr-defined]


@settings(max_examples=200, deadline=None)
@given(PROSE)
@example("63 tỉnh, thành phố trực thuộc trung ương")
@example("từ năm 2020 đến năm 2023, năm 2024")
@example("84 . 31/5/2024")
@example("năm\ntháng")
def test_short_cuts_find_the_same_in_any_text(prose: str) -> None:
    everywhere(prose)


def test_short_cuts_find_the_same_in_the_newsroom() -> None:
    for article in ARTICLES:
        everywhere(article)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        (segments._HEAD, "names.head"),
        (claims._TARGET, "claims.target"),
        (claims._ACHIEVED, "claims.achieved"),
    ],
    ids=["head", "target", "achieved"],
)
def test_whole_words_are_those_that_a_plain_alternation_finds(pattern: re.Pattern[str], path: str) -> None:
    plain = re.compile(rf"(?<!\w)(?:{any_of(path)})(?!\w)")

    for article in map(small, ARTICLES):
        assert spans(pattern.finditer(article)) == spans(plain.finditer(article))


def test_places_of_the_article_are_those_of_its_parts_alone() -> None:
    article = "Tỉnh Nghệ An có 5 xã, tỉnh Huế có 3."
    reading = read(f"Trang chủ > Lào Cai\n\n{article}\n\nTin liên quan\n\nĐắk Lắk họp\nHà Nội họp")

    found = reading.article_places

    assert [(place.place.name, place.start) for place in found] == [("Nghệ An", 5), ("Huế", article.index("Huế"))]
