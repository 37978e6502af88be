"""An article's terms stay with the version that they were made of, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from index.archive import Archive
from index.codec import document_from_json, document_to_json
from index.records import Kept, NewArticle
from index.terms import terms_to_keep
from models.terms import terms_in
from tests.index.makers import NOON, a_document, an_annotation, an_article

LATER = NOON + timedelta(hours=1)
FIRST, SECOND = ("lừa đảo", "vneid"), ("sữa giả",)


def with_terms(terms: tuple[str, ...] | None, *, words: str = "Bài đầu.", title: str = "Một tin") -> NewArticle:
    article = an_article(title=title, text=words)
    return NewArticle(article=article, annotation=replace(an_annotation("security"), terms=terms))


def store(archive: Archive, item: NewArticle) -> str:
    (stored,) = archive.store_articles([item], LATER)
    return stored.id


def terms_of_one(archive: Archive, key: str) -> tuple[str, ...] | None:
    """As both ways to documents give them."""
    (by_id,), (among_all,) = archive.documents([key]), archive.all_documents()
    assert by_id == among_all
    return by_id.terms


def test_a_document_carries_the_terms_that_its_version_was_stored_with(archive: Archive) -> None:
    key = store(archive, with_terms(FIRST))

    assert terms_of_one(archive, key) == FIRST
    assert archive.documents([key], with_metrics=False)[0].terms is None, "whoever only shows the text needs none"


def test_no_terms_are_not_the_same_as_terms_that_nobody_knows(archive: Archive) -> None:
    key = store(archive, with_terms(()))
    assert terms_of_one(archive, key) == ()

    store(archive, with_terms(None, words="Bài đã sửa."))
    assert terms_of_one(archive, key) is None


def test_a_changed_text_has_its_own_terms_and_a_new_date_or_a_correction_changes_none(archive: Archive) -> None:
    key = store(archive, with_terms(FIRST))
    store(archive, with_terms(SECOND, words="Bài đã sửa."))
    assert terms_of_one(archive, key) == SECOND

    archive.correct(key, {"security": False}, who="an", now=LATER)
    archive.annotate(
        [(kept, an_annotation("data_sharing", model_version="2")) for kept in archive.all_articles()], LATER
    )
    assert terms_of_one(archive, key) == SECOND


def test_terms_of_another_version_of_the_program_or_of_damaged_bytes_are_not_known(archive: Archive) -> None:
    key = store(archive, with_terms(FIRST))

    for change in ("terms_version = terms_version + 1", "terms_version = terms_version - 1, terms = NULL"):
        with archive._engine.begin() as connection:
            connection.execute(text(f"UPDATE article_versions SET {change}"))
        assert terms_of_one(archive, key) is None


def test_a_later_reading_fills_terms_in_for_the_version_that_it_read_and_no_other(archive: Archive) -> None:
    key = store(archive, with_terms(None))
    (first,) = archive.all_articles()
    read = replace(an_annotation(model_version="2"), terms=FIRST)

    archive.annotate([(first, read)], LATER)
    assert terms_of_one(archive, key) == FIRST

    store(archive, with_terms(None, words="Bài đã sửa."))
    archive.annotate([(first, read)], LATER)
    assert terms_of_one(archive, key) is None


def test_articles_without_terms_are_counted_and_listed_until_somebody_keeps_some(archive: Archive) -> None:
    archive.store_articles(
        [with_terms(FIRST), replace(with_terms(None), article=an_article("b", text="Bài hai."))], NOON
    )
    archive.settle_outbox(archive.take_outbox())
    (left,) = archive.all_articles(without_terms=True)
    assert (archive.count_without_terms(), left.article.text, left.has_terms) == (1, "Bài hai.", False)

    archive.keep_terms([(left, SECOND)])
    archive.keep_terms([(Kept(id=left.id, version=2, article=left.article), FIRST)])  # a version that is not there

    assert (archive.count_without_terms(), list(archive.all_articles(without_terms=True))) == (0, [])
    assert {document.id: document.terms for document in archive.all_documents()}[left.id] == SECOND
    assert archive.take_outbox() == (), "the index holds the same terms already"


def test_terms_to_keep_are_those_of_the_text_as_the_archive_gives_it_back(archive: Archive) -> None:
    title, words = "Lừa\x00 đảo qua mạng", "Sữa\x00 giả. Sữa\ud83d giả và hộ chiếu điện tử."
    key = store(archive, with_terms(terms_to_keep(title, None, words), title=title, words=words))

    (document,) = archive.documents([key])

    assert document.terms == terms_in(document.title, document.lead, document.text)


def test_terms_survive_the_journal_and_one_of_before_that_knew_none_is_read() -> None:
    for terms in (None, (), FIRST):
        document = replace(a_document(), terms=terms)
        assert document_from_json(document_to_json(document)) == document

    old = document_to_json(a_document())
    del old["terms"]
    assert document_from_json(old) == a_document()
