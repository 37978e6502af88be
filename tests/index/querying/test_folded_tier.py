"""Both tiers of many questions next to the two-tier rule read word for word, over texts that differ in a mark or two."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path
from random import Random

import pytest

from index.base import And, Document, Index, Node, Not, Or, Phrase, Query, Term
from index.engines.tantivy_pairs import pairs
from index.querying.query import parse_query
from index.querying.tiers import tiers_of
from index.querying.tokens import fold_tokens, tokens
from index.tantivy import TantivyIndex
from tests.index.both_engines import ENGINES, opener
from tests.index.makers import a_document

SYLLABLES = ["hồ", "hô", "hộ", "ho", "sơ", "số", "so", "mới", "moi", "2024"]
QUESTIONS = [
    "{} {}", "{} {} {}", '"{} {}"', '"{} {} {}"', '"{} {}"~2', "{} {} OR {} {}", "({} {} OR {}) {}", "{} {} -{}",
    '{} {} -"{} {}"', '"{} {}" "{} {}"', '({} {} OR "{} {}") ({} {} OR {})', "{} OR {} {}", "{} {} source:bao-0",
]  # fmt: skip


def documents(count: int) -> list[Document]:
    chance = Random(7)

    def some_words(most: int) -> str:
        return " ".join(chance.choices(SYLLABLES, k=chance.randint(0, most)))

    return [
        a_document(
            f"{number}", title=some_words(3), lead=some_words(2) or None, text=some_words(6), source=f"bao-{number % 2}"
        )
        for number in range(count)
    ]


def expected(query: Query, documents: list[Document]) -> dict[str, str]:
    tiers = tiers_of(query)
    exact = {document.id for document in documents if holds(document, tiers.exact)}
    folded = tiers.folded
    if not exact and tiers.fallback is not None and not any(holds(document, tiers.words) for document in documents):
        folded = tiers.fallback
    also = {document.id for document in documents if folded is not None and holds(document, folded)}
    return dict.fromkeys(also - exact, "folded") | dict.fromkeys(exact, "exact")


def holds(document: Document, node: Node) -> bool:
    match node:
        case Term(words=words, folded=folded):
            return all(any(word in part for part in read(document, folded)) for word in words)
        case Phrase(words=words, folded=folded, slop=slop):
            return any(runs_through(part, words, slop) for part in read(document, folded))
        case And(parts=parts):
            return all(holds(document, part) for part in parts)
        case Or(parts=parts):
            return any(holds(document, part) for part in parts)
        case Not(part=part):
            return not holds(document, part)
        case _:
            return document.source == "bao-0"


def read(document: Document, folded: bool) -> list[list[str]]:
    parts = [tokens(part) for part in (document.title, document.lead or "", document.text)]
    return [fold_tokens(part) for part in parts] if folded else parts


def runs_through(part: list[str], words: tuple[str, ...], slop: int) -> bool:
    places = [[at for at, token in enumerate(part) if token == word] for word in words]
    return any(
        all(before < after for before, after in pairwise(way)) and way[-1] - way[0] < len(words) + slop
        for way in product(*places)
    )


@pytest.fixture(scope="module", params=ENGINES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, list[Document]]:
    index, all_documents = (
        opener(request.param, request, tmp_path_factory.mktemp("index"), of="tiers")(),
        documents(400),
    )
    for start in range(0, 400, 100):  # several segments, each with a dictionary of its own
        index.add(all_documents[start : start + 100])
        index.commit()
    index.close()
    return index, all_documents


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_tier_holds_what_the_rule_says(filled: tuple[Index, list[Document]], question: str) -> None:
    index, all_documents = filled
    chance = Random(question)

    for _ in range(25):
        query = parse_query(question.format(*chance.choices(SYLLABLES, k=question.count("{}"))))
        results = index.search(query, limit=1000)

        assert {found.id: found.tier for found in results.found} == expected(query, all_documents), query.typed
        assert (results.total, results.exact_total) == (
            len(results.found),
            sum(found.tier == "exact" for found in results.found),
        )
        assert sum(count.count for count in results.facets["source"]) == results.total


def test_a_run_of_one_spelling_has_no_folded_tier_and_a_spelling_that_was_deleted_adds_nothing(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    index.add([a_document("a", text="Đắk Lắk"), a_document("b", text="Đăk Lăk")])
    index.commit()
    index.delete(["b"])
    index.commit()
    index.close()

    results = index.search(parse_query("Đắk Lắk"))

    assert [(found.id, found.tier) for found in results.found] == [("a", "exact")]
    assert results.total == results.exact_total == 1


def test_pairs_stay_within_their_text() -> None:
    assert (pairs([]), pairs(["một"]), pairs(["một", "hai", "1,5"])) == ([], [], ["mot_hai_một_hai", "hai_1,5_hai_1,5"])
