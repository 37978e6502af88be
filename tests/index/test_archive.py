from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawlers.records import Failure, FeedEntry, Validators
from index.archive import Archive, open_archive
from index.kept.articles import article_id
from index.records import Kept, Link, NewArticle, OutboxEntry, Run, SourceState
from tests.index.makers import NOON, a_metric, an_annotation, an_article

LATER = NOON + timedelta(hours=1)
BODY = " ".join(f"tiếng{number}" for number in range(60))


def new(path: str = "a", *, listed_as: str | None = None, **fields: object) -> NewArticle:
    article = replace(an_article(path), **fields)  # type: ignore[arg-type]
    return NewArticle(article=article, annotation=an_annotation("security"), listed_as=listed_as)


def statuses(archive: Archive, *items: NewArticle, now: datetime = NOON, since: datetime | None = None) -> list[str]:
    return [stored.status for stored in archive.store_articles(items, now, since=since)]


def entry(path: str, **fields: object) -> FeedEntry:
    return replace(FeedEntry(url=f"https://bao.example/{path}"), **fields)  # type: ignore[arg-type]


STATE = SourceState(source_id="bao-a", validators=Validators(etag='"1"'), last_polled_at=NOON, last_status="ok")


# --- the frontier


def test_a_listing_brings_its_new_links_and_its_sources_state(archive: Archive) -> None:
    assert (
        archive.links.store_listing(
            STATE, [entry("1"), entry("2", title="Tin", published=date(2024, 5, 1)), entry("1")], NOON
        )
        == 2
    )
    assert archive.links.store_listing(replace(STATE, failures_in_row=1), [entry("2"), entry("3")], LATER) == 1

    assert [link.url[-1] for link in archive.links.pending(LATER)] == ["1", "2", "3"]
    assert archive.links.pending(LATER)[1] == Link(
        url="https://bao.example/2", source_id="bao-a", title="Tin", published=date(2024, 5, 1), found_at=NOON
    )
    assert archive.links.source_state("bao-a") == replace(STATE, failures_in_row=1)
    assert archive.links.source_states() == {"bao-a": replace(STATE, failures_in_row=1)}
    assert archive.links.source_state("unknown") is None


def test_a_listing_is_kept_wholly_or_not_at_all(archive: Archive) -> None:
    def breaks() -> Iterator[FeedEntry]:
        yield entry("1")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        archive.links.store_listing(STATE, breaks(), NOON)

    assert (archive.links.source_states(), archive.links.pending(NOON)) == ({}, ())


def test_pending_links_can_be_limited_in_number_and_to_sources(archive: Archive) -> None:
    archive.links.store_listing(STATE, [entry("1"), entry("2")], NOON)
    archive.links.store_listing(replace(STATE, source_id="bao-b"), [entry("3")], NOON)

    assert len(archive.links.pending(NOON, 2)) == 2
    assert [link.source_id for link in archive.links.pending(NOON, source_ids=["bao-b"])] == ["bao-b"]
    assert archive.links.pending(NOON, source_ids=[]) == ()


def test_a_failed_link_waits_for_its_next_try_and_is_given_up_without_one(archive: Archive) -> None:
    archive.links.store_listing(STATE, [entry("1")], NOON)
    url = "https://bao.example/1"

    archive.links.mark_failed(url, "timeout", next_try_at=LATER)

    assert archive.links.pending(NOON) == ()
    assert [(link.attempts, link.reason) for link in archive.links.pending(LATER)] == [(1, "timeout")]

    archive.links.mark_failed(url, "robots", next_try_at=None)

    assert archive.links.pending(LATER) == ()
    assert archive.links.one(url) == Link(
        url=url, source_id="bao-a", state="failed", attempts=2, reason="robots", found_at=NOON
    )


def test_a_stored_article_finishes_its_link_and_the_one_that_led_to_it(archive: Archive) -> None:
    archive.links.store_listing(STATE, [entry("a"), entry("goto?id=b")], NOON)

    statuses(archive, new("a"), new("b", listed_as="https://bao.example/goto?id=b", text=BODY))

    assert archive.links.pending(NOON) == ()
    assert archive.find_id("https://bao.example/goto?id=b") == archive.find_id("https://bao.example/b") != None  # noqa: E711
    assert archive.counts().links == {"done": 2}


def test_a_finished_link_is_fetched_again_when_its_own_source_dates_it_later(archive: Archive) -> None:
    archive.links.store_listing(STATE, [entry("a", published=NOON)], NOON)
    statuses(archive, new("a"))

    assert archive.links.store_listing(replace(STATE, source_id="bao-b"), [entry("a", published=LATER)], LATER) == 0
    assert archive.links.store_listing(STATE, [entry("a", published=NOON)], LATER) == 0
    tomorrow = NOON + timedelta(days=1)
    assert archive.links.store_listing(STATE, [entry("a", published=LATER)], tomorrow) == 1
    assert [link.published for link in archive.links.pending(tomorrow)] == [LATER]


@pytest.mark.parametrize("fails", [False, True])
def test_a_feed_that_dates_all_it_lists_with_the_present_brings_nothing_new_at_each_poll(
    archive: Archive, fails: bool
) -> None:
    archive.links.store_listing(STATE, [entry("a", published=NOON)], NOON)
    if fails:
        archive.links.mark_failed("https://bao.example/a", "not_an_article", next_try_at=None)
    else:
        statuses(archive, new("a"))

    polls = [NOON + timedelta(minutes=31 * number) for number in range(1, 13)]
    again = [archive.links.store_listing(STATE, [entry("a", published=now)], now) for now in polls]

    assert again == [0] * 11 + [1], "only the poll after six hours asks again"


def test_a_link_that_waits_for_its_next_try_waits_on_when_it_is_dated_later(archive: Archive) -> None:
    archive.links.store_listing(STATE, [entry("a", published=NOON)], NOON)
    archive.links.mark_failed("https://bao.example/a", "timeout", next_try_at=LATER)

    assert archive.links.store_listing(STATE, [entry("a", published=LATER)], NOON) == 0
    (link,) = archive.links.pending(LATER)
    assert (link.attempts, link.published) == (1, LATER)
    assert archive.links.pending(NOON) == ()


@pytest.mark.parametrize("way", ["a?utm_id={}", "a;jsessionid={}", "a?fbclid=x{}#top"])
def test_an_address_that_changes_its_tracking_at_each_poll_is_one_link(archive: Archive, way: str) -> None:
    ways = [entry(way.format(number)) for number in range(8)]

    assert archive.links.store_listing(STATE, ways[:2], NOON) == 1
    assert archive.links.store_listing(STATE, ways[2:3], NOON) == 0, "it waits already"
    archive.links.mark_failed(ways[0].url, "robots", next_try_at=None)
    assert archive.links.store_listing(STATE, ways[3:4], NOON) == 0, "it was given up"
    statuses(archive, new("a", listed_as=ways[0].url))
    assert archive.links.store_listing(STATE, ways[4:], LATER) == 0, "it is stored"
    assert archive.counts().links == {"done": 1}
    assert archive.links.known([ways[7].url])[ways[7].url].state == "done"


def test_a_link_that_leads_to_an_article_by_way_of_another_address_is_known_by_its_canonical_form(
    archive: Archive,
) -> None:
    archive.links.store_listing(STATE, [entry("goto?id=7&utm_id=1")], NOON)
    statuses(archive, new("a", listed_as="https://bao.example/goto?id=7&utm_id=1"))

    assert archive.links.store_listing(STATE, [entry("goto?id=7&utm_id=2"), entry("goto?id=8")], LATER) == 1


def test_a_success_forgets_the_failures_before_it(archive: Archive) -> None:
    archive.links.store_listing(STATE, [entry("a")], NOON)
    archive.links.mark_failed("https://bao.example/a", "timeout", next_try_at=LATER)

    statuses(archive, new("a"), now=LATER)

    link = archive.links.one("https://bao.example/a")
    assert link is not None
    assert (link.state, link.attempts) == ("done", 0)


# --- articles


def test_an_article_comes_back_as_it_went_in(archive: Archive) -> None:
    metrics = (a_metric("15.91"), a_metric(None, entity=None, indicator=None))
    article = replace(an_article(lead="Sa-pô"), author="An", validators=Validators(etag="x", body_hash="y"))
    annotation = an_annotation("security", "data_sharing", places=("Lào Cai",), metrics=metrics)
    (stored,) = archive.store_articles([NewArticle(article=article, annotation=annotation)], NOON)

    document = archive.document(stored.id)

    assert document is not None
    assert (document.url, document.title, document.lead, document.text) == (
        article.url,
        "Một tin",
        "Sa-pô",
        article.text,
    )
    assert (document.published, document.source) == (NOON, "bao-a")
    assert (document.topics, document.places, document.metrics) == (("security", "data_sharing"), ("Lào Cai",), metrics)
    assert archive.documents([stored.id], with_metrics=False) == (replace(document, metrics=()),)
    assert archive.versions(stored.id) == (article,)
    assert list(archive.all_articles()) == [Kept(id=stored.id, version=1, article=article)]
    assert archive.annotation(stored.id) == annotation
    assert archive.page_validators(article.url) == article.validators


@pytest.mark.parametrize("published", [None, date(2024, 5, 31), datetime(2024, 5, 31, 23, 59, 59, 123456, tzinfo=UTC)])
def test_a_day_stays_a_day_a_time_stays_aware_and_unknown_stays_unknown(
    archive: Archive, published: datetime | date | None
) -> None:
    (stored,) = archive.store_articles([new(published=published)], NOON)

    (document,) = archive.documents([stored.id])

    assert document.published == published
    assert type(document.published) is type(published)


def test_each_article_gets_one_status(archive: Archive) -> None:
    assert statuses(archive, new("a"), new("b", title="Tin khác")) == ["new", "new"]
    assert statuses(archive, new("a"), new("b", title="Tin đã sửa"), new("c"), now=LATER) == [
        "unchanged",
        "updated",
        "new",
    ]


def test_other_spaces_or_another_composition_is_no_change(archive: Archive) -> None:
    statuses(archive, new(text="Hòa  bình\n"))

    assert statuses(archive, new(text=" Ho\u0300a bi\u0300nh"), now=LATER) == ["unchanged"]


def test_a_changed_article_is_a_new_version_and_the_old_one_stays(archive: Archive) -> None:
    (first,) = archive.store_articles([new(text="Bản một.")], NOON)
    (second,) = archive.store_articles([new(text="Bản hai.")], LATER)

    assert first.id == second.id
    assert [version.text for version in archive.versions(first.id)] == ["Bản một.", "Bản hai."]
    document = archive.document(first.id)
    assert document is not None
    assert (document.text, document.topics) == ("Bản hai.", ("security",))


def test_a_date_that_was_unknown_makes_a_new_version(archive: Archive) -> None:
    statuses(archive, new(published=None))

    assert statuses(archive, new(published=NOON), now=LATER) == ["updated"]
    assert statuses(archive, new(published=None), now=LATER) == ["unchanged"]


def test_the_same_words_at_the_same_address_twice_in_a_batch_or_a_run_are_a_duplicate(archive: Archive) -> None:
    assert statuses(archive, new("a"), new("a")) == ["new", "duplicate"]
    assert statuses(archive, new("a"), now=LATER, since=NOON) == ["duplicate"]
    assert statuses(archive, new("a"), now=LATER, since=LATER) == ["unchanged"]


def test_other_words_at_the_same_address_in_one_batch_or_run_are_not_lost(archive: Archive) -> None:
    assert statuses(archive, new("a"), new("a", text="Đã sửa."), new("a", text="Sửa nữa.")) == [
        "new",
        "updated",
        "updated",
    ]
    assert statuses(archive, new("a", text="Sửa lần cuối."), now=LATER, since=NOON) == ["updated"]

    versions = archive.versions(archive.find_id("https://bao.example/a") or "")
    assert [version.text for version in versions][1:] == ["Đã sửa.", "Sửa nữa.", "Sửa lần cuối."]
    assert len(archive.take_outbox()) == 1


def test_a_new_version_without_a_date_keeps_the_one_that_was_known(archive: Archive) -> None:
    (stored,) = archive.store_articles([new(published=date(2024, 5, 1))], NOON)
    archive.store_articles([new(text="Bản hai.", published=None), new(text="Bản ba.", published=None)], LATER)

    assert [version.published for version in archive.versions(stored.id)] == [date(2024, 5, 1)] * 3


TEMPLATE = "https://bao.example/trang-chu.html"


def claiming(claimed: str, path: str, text: str) -> NewArticle:
    """A page at one address that names another as its own."""
    fetched = f"http://www.bao.example/{path}"
    return new(url=claimed, address=fetched, text=text, listed_as=f"{fetched}?utm_source=rss")


def test_pages_that_all_claim_one_address_are_articles_of_their_own(archive: Archive) -> None:
    pages = [claiming(TEMPLATE, f"bai-{number}", f"Bài số {number}.") for number in range(4)]

    assert statuses(archive, *pages[:2]) == ["new", "new"]
    assert statuses(archive, *pages[2:], now=LATER) == ["new", "new"]
    assert statuses(archive, *pages, now=LATER + timedelta(hours=1)) == ["unchanged"] * 4
    assert statuses(archive, claiming(TEMPLATE, "bai-2", "Đã sửa."), now=LATER + timedelta(hours=2)) == ["updated"]
    texts = [version.text for version in archive.versions(archive.find_id("https://bao.example/bai-2") or "")]
    assert texts == ["Bài số 2.", "Đã sửa."]


def test_a_page_that_claims_another_address_and_changes_is_updated(archive: Archive) -> None:
    claimed = "https://bao.example/bai.html"

    assert statuses(archive, claiming(claimed, "bai?id=1", "Bản một.")) == ["new"]
    assert statuses(archive, claiming(claimed, "bai?id=1", "Bản hai."), now=LATER) == ["updated"]
    assert statuses(archive, new(url=claimed, text="Bản ba."), now=LATER + timedelta(hours=1)) == ["updated"]
    assert archive.counts().articles == 1


def test_an_article_whose_page_leads_elsewhere_now_was_asked(archive: Archive) -> None:
    archive.links.store_listing(STATE, [entry("a")], NOON)
    statuses(archive, new("a"))

    statuses(archive, new("b", text=BODY, listed_as="https://bao.example/a"), now=LATER)

    before = {"seen_after": NOON - timedelta(days=1)}
    assert archive.links.to_recheck(["bao-a"], checked_before=LATER, **before) == ()
    archive.mark_unchanged("https://bao.example/a", LATER + timedelta(hours=1))
    assert archive.links.to_recheck(["bao-a"], checked_before=LATER + timedelta(hours=1), **before) == ()


def test_the_same_words_of_the_same_source_under_another_address_are_a_duplicate(archive: Archive) -> None:
    first, second, other = archive.store_articles(
        [new("a", text=BODY), new("a?print=1", text=BODY), new("b", text=BODY, source_id="bao-b")], NOON
    )

    assert [first.status, second.status, other.status] == ["new", "duplicate", "new"]
    assert second.id == first.id == archive.find_id("https://bao.example/a?print=1") != other.id
    assert statuses(archive, new("a?print=1", text=BODY), now=LATER) == ["duplicate"]


def test_an_alias_that_gets_words_of_its_own_becomes_an_article(archive: Archive) -> None:
    statuses(archive, new("a", text=BODY), new("b", text=BODY))

    assert statuses(archive, new("b", text=BODY + " rồi khác đi"), now=LATER) == ["new"]
    assert archive.find_id("https://bao.example/b") == article_id("https://bao.example/b")
    assert archive.counts().articles == 2


def test_pages_with_hardly_any_text_are_not_taken_for_one_another(archive: Archive) -> None:
    assert statuses(archive, new("a", text="Ảnh."), new("b", text="Ảnh."), new("c", text="")) == ["new"] * 3


def test_a_page_that_was_not_modified_is_checked_and_its_link_done(archive: Archive) -> None:
    statuses(archive, new("a"))
    archive.links.store_listing(STATE, [entry("a")], NOON)

    archive.mark_unchanged("https://bao.example/a", LATER)

    assert archive.links.pending(LATER) == ()
    assert statuses(archive, new("a"), now=LATER, since=LATER) == ["duplicate"]


def test_reprints_across_sources_share_a_cluster(archive_url: str) -> None:
    first = open_archive(archive_url)
    first.store_articles([new("a", text=BODY), new("z", text="Một bài khác hẳn. " * 40)], NOON)
    first.close()
    archive = open_archive(archive_url)  # the signatures come back from the archive

    archive.store_articles([new("b", text=BODY + " (theo Báo A)", source_id="bao-b")], LATER)
    archive.store_articles([new("c", text="Theo tin: " + BODY, source_id="bao-c")], LATER)

    keys = tuple(archive.find_id(f"https://bao.example/{path}") for path in "abc")
    assert archive.reprints(keys[2] or "")[0] == keys[0]
    assert set(archive.reprints(keys[0] or "")) == set(keys)
    assert archive.reprints(archive.find_id("https://bao.example/z") or "") == ()
    assert archive.clusters() == dict.fromkeys((key or "" for key in keys), keys[0])
    assert archive.counts().clustered == 3
    archive.close()


def test_all_documents_come_once_in_batches_of_any_size(archive: Archive) -> None:
    archive.store_articles([new(f"{number}", title=f"Tin {number}") for number in range(25)], NOON)

    for batch in (1, 7, 25, 100):
        found = [document.id for document in archive.all_documents(batch=batch)]
        assert found == sorted(found)
        assert len(set(found)) == 25


def test_documents_come_in_the_order_asked_for_without_the_unknown(archive: Archive) -> None:
    stored = archive.store_articles([new(f"{number}", title=f"Tin {number}") for number in range(5)], NOON)
    ids = [one.id for one in reversed(stored)]

    assert [document.id for document in archive.documents([ids[0], "unknown", *ids[1:]])] == ids
    assert (archive.documents([]), archive.document("unknown")) == ((), None)


def test_text_that_no_database_takes_is_stored_with_a_mark_in_its_place(archive: Archive) -> None:
    metric = a_metric(sentence="hỏng \ud83d")
    item = NewArticle(
        article=replace(an_article(), title="Tin \ud83d", text="a\x00b"), annotation=an_annotation(metrics=(metric,))
    )
    (stored,) = archive.store_articles([item], NOON)

    document = archive.document(stored.id)
    assert document is not None
    assert (document.title, document.text, document.metrics[0].sentence) == ("Tin \ufffd", "a\ufffdb", "hỏng \ufffd")
    assert statuses(archive, item, now=LATER) == ["unchanged"]


def test_new_annotations_stand_beside_the_old_ones_and_are_the_ones_shown(archive: Archive) -> None:
    (stored,) = archive.store_articles([new()], NOON)
    archive.settle_outbox(archive.take_outbox())

    (kept,) = archive.all_articles()

    archive.annotate(
        [(kept, an_annotation("data_sharing", model_version="2")), (replace(kept, id="unknown"), an_annotation())],
        LATER,
    )
    archive.annotate([(kept, an_annotation("e_documents", model_version="2"))], LATER)

    document = archive.document(stored.id)
    assert document is not None
    assert document.topics == ("e_documents",)
    assert archive.counts().annotations == 2
    assert [one.article_id for one in archive.take_outbox()] == [stored.id]


def test_an_annotation_of_an_older_version_is_not_put_on_the_newer_one(archive: Archive) -> None:
    (stored,) = archive.store_articles([new()], NOON)
    (kept,) = archive.all_articles()
    archive.store_articles([new(text="Đã sửa.")], LATER)

    archive.annotate([(kept, an_annotation("e_documents", model_version="2"))], LATER)

    assert archive.annotation(stored.id) == an_annotation("security")
    assert archive.counts().annotations == 2


# --- outbox


def test_what_is_new_or_changed_waits_in_the_outbox_until_it_is_settled(archive: Archive) -> None:
    (stored,) = archive.store_articles([new()], NOON)
    taken = archive.take_outbox()

    assert [one.article_id for one in taken] == [stored.id]
    assert archive.take_outbox() == taken

    archive.settle_outbox(taken)
    statuses(archive, new(), now=LATER)

    assert archive.take_outbox() == ()


def test_settling_an_older_state_settles_nothing_newer(archive: Archive) -> None:
    (stored,) = archive.store_articles([new()], NOON)
    taken = archive.take_outbox()
    archive.store_articles([new(text="Đã sửa.")], LATER)

    archive.settle_outbox(taken)

    assert [one.article_id for one in archive.take_outbox()] == [stored.id]
    archive.settle_outbox([OutboxEntry(article_id=stored.id, mark=taken[0].mark)])
    assert len(archive.take_outbox()) == 1


def test_each_state_that_goes_into_the_outbox_is_a_revision_of_its_own(archive: Archive) -> None:
    (stored,) = archive.store_articles([new()], NOON)
    first = archive.document(stored.id)
    statuses(archive, new(), now=LATER)
    same = archive.document(stored.id)
    archive.store_articles([new(text="Đã sửa.")], LATER)
    changed = archive.document(stored.id)

    assert [one.revision for one in (first, same, changed) if one] == [1, 1, 2]


def test_what_the_index_refuses_stays_with_the_reason_until_it_is_settled_or_changes(archive: Archive) -> None:
    archive.store_articles([new("a"), new("b", text="Chuyện khác hẳn.")], NOON)
    first, second = archive.take_outbox()
    archive.refuse_outbox({first.mark: "quá dài"})

    assert [one.refused for one in archive.take_outbox()] == ["quá dài", None]
    assert [one.mark for one in archive.take_outbox(only_refused=True)] == [first.mark]
    assert archive.take_outbox(after=first.mark) == (second,)
    assert archive.counts().refused == 1

    archive.store_articles([new("a", text="Đã sửa.")], LATER)
    assert archive.counts().refused == 0


# --- runs and failures


def test_runs_and_failures_are_kept(archive: Archive) -> None:
    run = archive.runs.start(NOON)
    failure = Failure(
        source_id="bao-a", url="https://bao.example/x", reason="timeout", message="Quá 20 giây không trả lời"
    )
    archive.runs.record_failures([failure, replace(failure, reason="robots")], NOON, run_id=run)
    archive.runs.record_failures([], NOON)
    archive.runs.finish(run, {"new": 3}, LATER)
    killed = archive.runs.start(LATER)

    assert archive.runs.latest() == (
        Run(id=killed, started_at=LATER),
        Run(id=run, started_at=NOON, finished_at=LATER, counts={"new": 3}),
    )
    assert [past.reason for past in archive.runs.failures(run_id=run)] == ["robots", "timeout"]
    assert archive.runs.failures(run_id=killed) == ()
    assert (archive.runs.failures()[0].at, archive.runs.failures()[0].message) == (NOON, failure.message)
    counts = archive.counts()
    assert (counts.runs, counts.failures, counts.sources, counts.failing_sources) == (2, 2, 0, 0)
