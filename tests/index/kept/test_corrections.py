"""What people say of topics: it holds at once, outlives models and versions, and every word of it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from index.archive import Archive
from index.records import Kept, NewArticle, SavedTopic
from models.topics.own_topics import OwnExample, make_topic
from tests.index.makers import NOON, an_annotation, an_article

LATER = NOON + timedelta(hours=1)


def store(archive: Archive, *topics: str, text: str = "Nội dung của bài viết.") -> str:
    item = NewArticle(article=an_article(text=text), annotation=an_annotation(*topics))
    (stored,) = archive.store_articles([item], NOON)
    archive.settle_outbox(archive.take_outbox())
    return stored.id


def topics_of(archive: Archive, key: str) -> tuple[str, ...]:
    document = archive.document(key)
    assert document is not None
    return document.topics


def test_a_correction_holds_at_once_and_the_index_is_told(archive: Archive) -> None:
    key = store(archive, "security", "infrastructure")

    archive.correct(key, {"infrastructure": False, "data_sharing": True}, who="lan", now=LATER)

    assert topics_of(archive, key) == ("data_sharing", "security")
    assert [entry.article_id for entry in archive.take_outbox()] == [key]
    assert next(iter(archive.all_documents())).topics == ("data_sharing", "security")


def test_who_said_what_and_when_is_kept_with_what_was_before(archive: Archive) -> None:
    key = store(archive, "security")

    archive.correct(key, {"security": False}, who="lan", now=NOON, note="chỉ nhắc qua")
    archive.correct(key, {"security": None}, who="minh", now=LATER)

    last, first = archive.corrections()
    assert (first.topic, first.was, first.now, first.who, first.at, first.note) == (
        "security", True, False, "lan", NOON, "chỉ nhắc qua",
    )  # fmt: skip
    assert (last.was, last.now, last.who, last.at, last.note) == (False, None, "minh", LATER, None)
    assert first.title == "Một tin"
    assert topics_of(archive, key) == ("security",)
    assert archive.corrected() == ()


def test_what_holds_already_is_not_said_again(archive: Archive) -> None:
    key = store(archive, "security")
    archive.correct(key, {"security": False}, who="lan", now=NOON)
    archive.settle_outbox(archive.take_outbox())

    again = archive.correct(key, {"security": False, "data_sharing": None}, who="minh", now=LATER)

    assert again == ()
    assert len(archive.corrections()) == 1
    assert archive.take_outbox() == ()


def test_agreeing_with_the_models_is_said_too_and_taught(archive: Archive) -> None:
    key = store(archive, "security", "e_documents")

    archive.correct(key, {"security": True}, who="lan", now=LATER)

    (taught,) = archive.corrected()
    assert (taught.topics, taught.said) == (("security", "e_documents"), {"security": True})


def test_a_correction_outlives_a_new_version_and_a_new_model(archive: Archive) -> None:
    key = store(archive, "security")
    archive.correct(key, {"security": False}, who="lan", now=LATER)

    changed = NewArticle(article=an_article(text="Nội dung đã sửa."), annotation=an_annotation("security"))
    archive.store_articles([changed], LATER)
    assert topics_of(archive, key) == ()

    kept = Kept(id=key, version=2, article=changed.article)
    archive.annotate([(kept, an_annotation("security", "infrastructure", model_version="2"))], LATER)
    assert topics_of(archive, key) == ("infrastructure",)
    assert [entry.article_id for entry in archive.take_outbox()] == [key]


def test_an_unknown_article_cannot_be_corrected(archive: Archive) -> None:
    assert archive.correct("0" * 16, {"security": True}, who="lan", now=NOON) == ()


def test_a_users_topic_comes_back_as_it_was_saved(archive: Archive) -> None:
    topic = replace(make_topic("Trợ lý ảo", ["chatbot"]), weights=(("máy trả", 1.25), ("hỏi", -0.5)), bias=-0.75)
    saved = SavedTopic(topic=topic, examples=(OwnExample(title="Tít", text="Bài", is_topic=False),))

    archive.save_topic(SavedTopic(topic=make_topic("Trợ lý ảo", [])), NOON)
    archive.save_topic(saved, LATER)

    assert archive.own_topics() == (saved,)


def test_removing_a_topic_takes_it_from_the_articles_and_leaves_the_record(archive: Archive) -> None:
    key = store(archive, "security")
    archive.save_topic(SavedTopic(topic=make_topic("Trợ lý ảo", [])), NOON)
    archive.correct(key, {"tro_ly_ao": True, "security": True}, who="lan", now=NOON)
    archive.settle_outbox(archive.take_outbox())

    archive.remove_topic("tro_ly_ao")

    assert archive.own_topics() == ()
    assert topics_of(archive, key) == ("security",)
    assert len(archive.corrections(key)) == 2
    assert [entry.article_id for entry in archive.take_outbox()] == [key]
