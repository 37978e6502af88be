"""The laws of `Index` (index/base.py), held by every engine."""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.base import FACETS, Document, Index, Sort
from index.errors import EngineError
from index.querying.query import parse_query
from tests.index.both_engines import ENGINES, Open, opener
from tests.index.makers import NOON, a_document, a_metric


@pytest.fixture(params=ENGINES)
def open_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the one index of a test, as often as it likes."""
    opened: list[Index] = []
    open_one = opener(request.param, request, tmp_path)

    def open_it() -> Index:
        opened.append(open_one())
        return opened[-1]

    yield open_it
    for index in opened:
        index.close()


@pytest.fixture
def index(open_index: Open) -> Index:
    return open_index()


def fill(index: Index, *documents: Document) -> None:
    index.add(documents)
    index.commit()


def ids(index: Index, typed: str, *, sort: Sort = "relevance") -> list[str]:
    return [found.id for found in index.search(parse_query(typed), sort=sort, limit=1000).found]


def tiers(index: Index, typed: str) -> dict[str, str]:
    return {found.id: found.tier for found in index.search(parse_query(typed), limit=1000).found}


def pages(index: Index, typed: str, *, size: int, sort: Sort) -> list[str]:
    """The ids that paging to the end yields."""
    query = parse_query(typed)
    results = index.search(query, limit=size, sort=sort)
    found = [one.id for one in results.found]
    while results.cursor:
        results = index.search(query, limit=size, sort=sort, after=results.cursor)
        found += [one.id for one in results.found]
    return found


# --- law 1: replacing, committing


def test_what_is_not_committed_is_not_seen(index: Index) -> None:
    index.add([a_document(title="Chuyển đổi số")])

    assert ids(index, "chuyển đổi số") == []


def test_a_document_of_the_same_id_replaces_the_old_one_and_its_figures(index: Index) -> None:
    fill(index, a_document(title="Bản cũ", metrics=(a_metric("30"), a_metric("40"))))
    fill(index, a_document(title="Bản mới", metrics=(a_metric("50"),)))

    assert (ids(index, '"bản cũ"'), ids(index, '"bản mới"'), index.count()) == ([], ["a"], 1)
    assert [str(entry.metric.value) for entry in index.figures(parse_query(""))] == ["50"]


def test_the_last_of_two_documents_of_one_id_in_a_batch_wins(index: Index) -> None:
    fill(index, a_document(title="Bản cũ", metrics=(a_metric(),)), a_document(title="Bản mới"))

    assert (ids(index, ""), ids(index, "mới"), index.figures(parse_query(""))) == (["a"], ["a"], ())


def test_a_deleted_document_is_gone_with_its_figures(index: Index) -> None:
    fill(index, a_document("a", metrics=(a_metric(),)), a_document("b"))
    index.delete(["a", "never-there"])
    index.commit()

    assert (ids(index, ""), index.figures(parse_query("")), index.count()) == (["b"], (), 1)


def test_clearing_takes_everything_out_at_the_next_commit(index: Index) -> None:
    fill(index, a_document(metrics=(a_metric(),)))
    index.clear()

    assert index.count() == 1

    index.commit()

    assert (index.count(), ids(index, ""), index.figures(parse_query(""))) == (0, [], ())


def test_a_reader_opened_before_sees_every_commit(open_index: Open) -> None:
    reader, writer = open_index(), open_index()
    fill(writer, a_document("a"))

    assert reader.count() == 1

    fill(writer, a_document("b"))

    assert sorted(ids(reader, "")) == ["a", "b"]


def test_what_was_committed_is_there_after_closing_and_opening(open_index: Open) -> None:
    first = open_index()
    fill(first, a_document("a", metrics=(a_metric(),)))
    first.add([a_document("b")])
    first.close()

    again = open_index()

    assert (ids(again, ""), len(again.figures(parse_query("")))) == (["a"], 1)


def test_committing_nothing_is_fine(index: Index) -> None:
    index.commit()
    index.add([])
    index.commit()

    assert index.count() == 0


def test_the_stamp_is_another_after_each_commit_that_changed_anything_and_only_then(open_index: Open) -> None:
    reader, writer = open_index(), open_index()
    stamps = [reader.stamp()]
    for change in (
        lambda: writer.add([a_document("a", metrics=(a_metric(),))]),
        lambda: writer.add([a_document("a")]),
        lambda: writer.delete(["a"]),
    ):
        change()
        writer.commit()
        writer.release()
        stamps.append(reader.stamp())
        reader.search(parse_query(""))

    assert len(set(stamps)) == len(stamps)
    assert reader.stamp() == stamps[-1]


# --- law 2: order, ties, pages


def test_exact_matches_come_before_folded_ones_whatever_their_score(index: Index) -> None:
    folded = [a_document(f"f{number}", title="Bao so 5, bao so 5", text="bao so " * 9) for number in range(3)]
    fill(index, *folded, a_document("exact", text="Trong bài dài này có nói đến báo số " + "khác " * 300))

    found = index.search(parse_query("báo số"))

    assert [one.id for one in found.found] == ["exact", "f0", "f1", "f2"]
    assert (found.total, found.exact_total) == (4, 1)


def test_more_of_a_word_and_a_word_in_the_title_rank_higher(index: Index) -> None:
    filler = "tin tức trong ngày của các địa phương " * 10
    fill(
        index,
        a_document("body", title="Tin vắn", text="hộ tịch. " + filler),
        a_document("title", title="Hộ tịch", text=filler),
        a_document("none", title="Tin vắn", text=filler),
    )

    assert ids(index, "hộ tịch") == ["title", "body"]


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_ties_fall_by_id_though_they_were_added_in_another_order(index: Index, sort: Sort) -> None:
    for name in ["c", "a", "d", "b", "e"]:
        fill(index, a_document(name, title="Cùng một tin"))

    assert ids(index, "cùng một tin", sort=sort) == ["a", "b", "c", "d", "e"]


def test_newest_comes_first_a_day_counts_from_its_start_and_the_undated_come_last(index: Index) -> None:
    fill(
        index,
        a_document("undated", published=None),
        a_document("day", published=date(2024, 5, 20)),
        a_document("day before", published=datetime(2024, 5, 19, 16, 59, tzinfo=UTC)),
        a_document("noon", published=NOON),
        a_document("old", published=date(1999, 1, 1)),
    )

    assert ids(index, "một tin", sort="newest") == ["noon", "day", "day before", "old", "undated"]
    assert ids(index, "source:bao-a") == ["noon", "day", "day before", "old", "undated"]


@pytest.mark.parametrize("sort", ["relevance", "newest"])
@pytest.mark.parametrize("typed", ["", "báo số", "bao so", "bao", "số OR báo", "-báo"])
def test_pages_neither_repeat_nor_leave_out(index: Index, typed: str, sort: Sort) -> None:
    titles = ["Báo số", "Bao so", "Báo giấy số", "Bão số 5", "Tin vắn"]
    documents = [
        a_document(f"{number:02}", title=titles[number % 5], published=date(2024, 1, 1 + number % 3))
        for number in range(23)
    ]
    fill(index, *documents[:9])
    fill(index, *documents[9:])
    everything = ids(index, typed, sort=sort)

    assert len(set(everything)) == len(everything) == index.search(parse_query(typed)).total
    for size in (1, 4, 7, 23):
        assert pages(index, typed, size=size, sort=sort) == everything


def test_newest_pages_stay_true_while_articles_come_in_on_top(index: Index) -> None:
    fill(index, *(a_document(f"{day}", published=date(2024, 1, day)) for day in range(1, 7)))
    first = index.search(parse_query("tin"), limit=3, sort="newest")
    fill(index, *(a_document(f"new{day}", published=date(2024, 2, day)) for day in range(1, 5)))

    second = index.search(parse_query("tin"), limit=3, sort="newest", after=first.cursor)

    assert [found.id for found in (*first.found, *second.found)] == ["6", "5", "4", "3", "2", "1"]


@pytest.mark.parametrize("cursor", ["x", "🙂", "WzFd", "AAAA", "bnVsbA==", "e30="])
def test_a_cursor_that_is_none_of_ours_is_refused(index: Index, cursor: str) -> None:
    fill(index, a_document())

    with pytest.raises(EngineError):
        index.search(parse_query("tin"), after=cursor)


@pytest.mark.parametrize(
    "values",
    [
        ["exact", False, 10**10, 1.0, "a"],
        ["exact", False, 10_001, 1.0, "a"],
        ["folded", False, 2**62, 1.0, "a"],
        ["exact", False, True, 1.0, "a"],
        ["exact", True, 2**62, 1, "a"],
        ["exact", True, 1, 1e300, "a"],
        ["exact", True, 1, 2**63, "a"],
        ["exact", True, 1, -(2**63), "a"],
        ["exact", True, 1, True, "a"],
        [["exact"], True, 1, 1, "a"],
    ],
)
def test_a_cursor_that_was_tampered_with_is_refused(index: Index, values: list[object]) -> None:
    fill(index, a_document(title="Tin"))
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()

    with pytest.raises(EngineError):
        index.search(parse_query("tin"), sort="newest" if values[1] else "relevance", after=cursor)


@pytest.mark.parametrize("by_date", [False, True])
def test_a_limit_beyond_all_reason_takes_no_more_memory_than_there_are_articles(index: Index, by_date: bool) -> None:
    fill(index, a_document(title="Tin"))

    results = index.search(parse_query("tin"), sort="newest" if by_date else "relevance", limit=10**12)

    assert [found.id for found in results.found] == ["a"]


def test_the_undated_are_paged_to_the_end(index: Index) -> None:
    fill(index, *(a_document(str(number), title="Tin", published=None) for number in range(5)))

    assert pages(index, "tin", size=2, sort="newest") == ["0", "1", "2", "3", "4"]


def test_a_page_of_nothing_still_counts(index: Index) -> None:
    fill(index, a_document())

    results = index.search(parse_query("tin"), limit=0)

    assert (results.total, results.found, results.cursor) == (1, (), None)


# --- law 3: totals and facets


@pytest.mark.parametrize(
    "typed",
    ["", "báo số", "bao so", "báo", "bảo", "lịch OR báo số", "số -báo", "date:2024-01", '"bảo số" OR lịch', "5"],
)
def test_each_facet_count_is_what_the_query_finds_with_that_filter(index: Index, typed: str) -> None:
    fill(index, *_varied_documents())
    results = index.search(parse_query(typed), limit=1000)

    assert results.total == len(results.found)
    assert results.exact_total == sum(found.tier == "exact" for found in results.found)
    assert set(results.facets) == set(FACETS)
    for facet, counts in results.facets.items():
        assert [count.count for count in counts] == sorted((count.count for count in counts), reverse=True)
        for count in counts:
            narrowed = f"({typed})" if typed else ""
            field = "date" if facet == "month" else facet
            again = index.search(parse_query(f'{narrowed} {field}:"{count.value}"'), limit=1000)
            assert again.total == len(again.found) == count.count, (facet, count)
            assert {one.id for one in again.found} <= {one.id for one in results.found}


def _varied_documents() -> list[Document]:
    titles = ["Báo số", "Bao so", "Báo giấy có số", "Bão số 5", "Lịch tuần", "Lich tuan", "Số liệu"]
    topics: list[tuple[str, ...]] = [(), ("security",), ("security", "data_sharing", "security")]
    places: list[tuple[str, ...]] = [("Lào Cai",), (), ("Huế", "Lào Cai"), ("Bộ Y tế",)]
    moments = [
        None,
        date(2024, 1, 31),
        datetime(2024, 1, 31, 17, 0, tzinfo=UTC),
        datetime(2024, 1, 31, 16, 59, tzinfo=UTC),
    ]
    return [
        a_document(
            f"{number:02}", title=titles[number % 7], topics=topics[number % 3], places=places[number % 4],
            source=f"bao-{number % 2}", published=moments[number % 4 - number % 2],
        )
        for number in range(42)
    ]  # fmt: skip


def test_only_the_facets_asked_for_are_counted(index: Index) -> None:
    fill(index, a_document(topics=("security",)))

    assert index.search(parse_query(""), facets=()).facets == {}
    assert set(index.search(parse_query(""), facets=("topic",)).facets) == {"topic"}
    assert index.search(parse_query("không-có-gì"), facets=("topic",)).facets == {"topic": ()}


# --- law 4: time is Vietnam's


def test_days_and_months_are_those_of_vietnam(index: Index) -> None:
    fill(
        index,
        a_document("may", published=datetime(2024, 5, 31, 16, 59, tzinfo=UTC)),
        a_document("june", published=datetime(2024, 5, 31, 17, 0, tzinfo=UTC)),
    )

    assert ids(index, "date:2024-05") == ["may"]
    assert ids(index, "ngày:1/6/2024") == ["june"]
    months = {count.value: count.count for count in index.search(parse_query("")).facets["month"]}
    assert months == {"2024-05": 1, "2024-06": 1}


@pytest.mark.parametrize("days", ["[* TO 2030]", "[1900 TO *]", "[* TO *]", "2024"])
def test_an_undated_article_is_found_by_words_and_by_no_date_range(index: Index, days: str) -> None:
    fill(index, a_document("undated", published=None), a_document("dated"))

    assert ids(index, "tin") == ["dated", "undated"] or ids(index, "tin") == ["undated", "dated"]
    assert ids(index, f"tin date:{days}") == ["dated"]


def test_both_ends_of_a_date_range_belong_to_it(index: Index) -> None:
    fill(index, *(a_document(f"{day}", published=date(2024, 5, day)) for day in range(1, 7)))

    assert ids(index, "date:[2024-05-02 TO 2024-05-04]", sort="newest") == ["4", "3", "2"]
    assert ids(index, "date:{2024-05-02 TO 2024-05-04}", sort="newest") == ["3"]
    assert ids(index, "date:<=2/5/2024", sort="newest") == ["2", "1"]


# --- law 5: text as it stands


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_nfd_and_nfc_find_one_another(index: Index, form: str) -> None:
    fill(index, a_document("nfc", title="Hoà Bình"), a_document("nfd", title=unicodedata.normalize("NFD", "Hòa Bình")))

    typed = unicodedata.normalize(form, "hòa bình")

    assert tiers(index, typed) == {"nfc": "exact", "nfd": "exact"}


def test_lone_surrogates_nul_and_emptiness_break_nothing(index: Index) -> None:
    broken = "chuyển \ud83d đổi\x00 số"
    metric = a_metric(sentence=broken, entity="\udc00", name="")
    fill(
        index,
        a_document("a", title=broken, text=broken, lead="", places=("\ud800",), metrics=(metric,)),
        a_document("b", title="", text="", lead=None),
    )

    assert ids(index, "chuyển đổi số") == ["a"]
    assert sorted(ids(index, "")) == ["a", "b"]
    assert index.figures(parse_query(""))[0].metric.sentence.startswith("chuyển")


def test_a_very_long_word_is_found_by_itself(index: Index) -> None:
    long = "x" * 70_000
    fill(index, a_document("a", text=f"trước {long} sau"))

    assert ids(index, "trước sau") == ["a"]
    assert ids(index, "x" * 1_000) == ["a"]


@pytest.mark.parametrize(
    "typed", ["15,91%", "15,91", "749/QĐ-TTg", "749", "1.887", "1887", "06", '"Đề án 06"', "5G", "62/83"]
)
def test_numbers_and_codes_are_found_as_people_type_them(index: Index, typed: str) -> None:
    text = "Theo Quyết định 749/QĐ-TTg và Đề án 06, tỷ lệ đạt 15,91% (1.887 hồ sơ, 62/83 xã có 5G)."
    fill(index, a_document("a", text=text), a_document("b", text="Đạt 15% của 91, 887 hồ sơ, 83 xã, 62 phường, QĐ 748"))

    assert ids(index, typed) == ["a"]


# --- law 6: what a word may match


@pytest.mark.parametrize("typed", ["Đắk Lắk", "ĐẮK LẮK", '"đắk lắk"', "dak lak"])
def test_case_does_not_matter_and_what_is_typed_without_diacritics_finds_both(index: Index, typed: str) -> None:
    fill(index, a_document("a", title="Đắk Lắk đẩy mạnh dịch vụ công"), a_document("b", title="Huế công bố chỉ số"))

    assert ids(index, typed) == ["a"]


def test_a_query_without_diacritics_puts_what_stands_as_typed_first(index: Index) -> None:
    fill(index, a_document("with", title="Báo cáo an toàn"), a_document("without", title="bao cao an toan"))

    assert tiers(index, "bao cao") == {"without": "exact", "with": "folded"}
    assert ids(index, "bao cao") == ["without", "with"]


def test_a_run_of_words_also_finds_undiacritised_writing_and_spelling_variants(index: Index) -> None:
    fill(
        index,
        a_document("exact", text="UBND tỉnh Đắk Lắk"),
        a_document("variant", text="UBND tỉnh Đăk Lăk"),
        a_document("bare", text="Dak Lak"),
        a_document("apart", text="dak xa lak"),
    )

    assert tiers(index, "Đắk Lắk") == {"exact": "exact", "variant": "folded", "bare": "folded"}


def test_a_single_word_with_diacritics_is_not_folded_where_it_is_found(index: Index) -> None:
    fill(index, a_document("news", title="Báo"), a_document("storm", title="Bão"))

    assert tiers(index, "báo") == {"news": "exact"}


def test_a_single_word_folds_where_nothing_holds_it_exactly(index: Index) -> None:
    fill(index, a_document("storm", title="Bão"))

    assert tiers(index, "báo") == {"storm": "folded"}


def test_a_filter_never_makes_a_word_mean_more(index: Index) -> None:
    fill(index, a_document("news", title="Báo", source="x"), a_document("storm", title="Bão", source="y"))

    assert tiers(index, "báo source:y") == {}


def test_a_word_that_is_excluded_without_diacritics_is_excluded_in_all_spellings(index: Index) -> None:
    fill(
        index, a_document("flood", title="Bão lũ"), a_document("storm", title="Bao to"), a_document("x", title="bao lu")
    )

    assert ids(index, "bao -lu") == ["storm"]


def test_excluding_a_phrase_also_excludes_its_undiacritised_writing_among_the_folded(index: Index) -> None:
    fill(
        index,
        a_document("a", text="hoc sinh"),
        a_document("b", text="hoc sinh, lua dao"),
        a_document("c", text="học sinh"),
    )

    assert tiers(index, 'học sinh -"lừa đảo"') == {"c": "exact", "a": "folded"}


def test_filters_hold_alike_in_both_tiers(index: Index) -> None:
    fill(
        index,
        a_document("exact in", title="Báo số", source="x"), a_document("exact out", title="Báo số", source="y"),
        a_document("folded in", title="Bao so", source="x"), a_document("folded out", title="Bao so", source="y"),
    )  # fmt: skip

    assert tiers(index, "báo số source:x") == {"exact in": "exact", "folded in": "folded"}


def test_words_are_anded_and_or_not_and_parentheses_do_what_they_say(index: Index) -> None:
    fill(index, a_document("ab", title="hộ tịch"), a_document("a", title="hộ khẩu"), a_document("c", title="đất đai"))

    assert ids(index, "hộ tịch") == ["ab"]
    assert sorted(ids(index, "hộ tịch OR đất đai")) == ["ab", "c"]
    assert ids(index, "hộ AND NOT tịch") == ["a"]
    assert sorted(ids(index, "-(tịch OR khẩu)")) == ["c"]
    assert ids(index, "hộ -tịch") == ["a"]


def test_a_phrase_needs_its_words_side_by_side_and_in_order(index: Index) -> None:
    fill(index, a_document("yes", text="chính quyền số"), a_document("no", text="số quyền chính, chính sách quyền số"))

    assert ids(index, '"chính quyền số"') == ["yes"]


def test_near_words_stand_in_order_with_at_most_so_many_between(index: Index) -> None:
    fill(
        index,
        a_document("0", text="chính quyền"), a_document("1", text="chính x quyền"), a_document("2", text="chính x y quyền"),
        a_document("back", text="quyền chính"),
    )  # fmt: skip

    assert sorted(ids(index, '"chính quyền"~1')) == ["0", "1"]
    assert sorted(ids(index, '"chính quyền"~2')) == ["0", "1", "2"]


def test_a_phrase_never_reaches_from_the_title_into_the_text(index: Index) -> None:
    fill(index, a_document("a", title="Tin chính", lead="quyền lợi", text="số liệu"))

    assert ids(index, '"chính quyền"~10') == []
    assert ids(index, '"lợi số"~10') == []
    assert ids(index, "chính quyền số") == ["a"]


def test_an_abbreviation_finds_what_it_stands_for_and_itself(index: Index) -> None:
    fill(
        index,
        a_document("long", text="dịch vụ công"),
        a_document("short", text="DVC"),
        a_document("no", text="công vụ dịch"),
    )

    assert sorted(ids(index, "DVC")) == ["long", "short"]


# --- filters and law 7: figures


def test_filters_find_their_values_and_several_values_are_alternatives(index: Index) -> None:
    fill(
        index,
        a_document("a", topics=("security",), places=("Lào Cai",)), a_document("b", topics=("data_sharing",), places=("Huế",)),
    )  # fmt: skip

    assert ids(index, "topic:security") == ["a"]
    assert ids(index, 'nơi:"Huế"') == ["b"]
    assert ids(index, "chủ_đề:(security OR data_sharing)") == ["a", "b"]
    assert ids(index, "-topic:security") == ["b"]


def test_articles_are_found_by_their_figures(index: Index) -> None:
    fill(
        index,
        a_document("both", metrics=(a_metric("40", indicator="x"), a_metric("5", indicator="y"))),
        a_document("crossed", metrics=(a_metric("5", indicator="x"), a_metric("40", indicator="y"))),
        a_document("none"),
    )

    assert sorted(ids(index, "indicator:x")) == ["both", "crossed"]
    assert ids(index, "indicator:x value:[30 TO *]") == ["both"]
    assert ids(index, "tin chỉ_tiêu:x giá_trị:>=30 nguồn:bao-a") == ["both"]
    assert ids(index, "-indicator:x") == ["none"]


def test_figures_are_found_by_filters_ranges_and_words_newest_first(index: Index) -> None:
    fill(
        index,
        a_document(
            "old", published=date(2020, 1, 1), metrics=(a_metric("15.91", entity="Huế"), a_metric("62", entity="Huế"))
        ),
        a_document("new", published=date(2024, 1, 1), topics=("security",), metrics=(a_metric("40"),)),
        a_document("undated", published=None, metrics=(a_metric(None, sentence="Số vụ tấn công giảm.", name="số vụ"),)),
    )

    def values(typed: str) -> list[str]:
        return [str(entry.metric.value) for entry in index.figures(parse_query(typed))]

    assert values("") == ["40", "15.91", "62", "None"]
    assert values('place:"Huế"') == ["15.91", "62"]
    assert values("value:[15,91 TO 40]") == ["40", "15.91"]
    assert values("value:[* TO *]") == ["40", "15.91", "62"]
    assert values("topic:security") == ["40"]
    assert values("date:2020 value:62") == ["62"]
    assert values("tấn công") == values('"so vu" tan cong') == ["None"]
    assert values("ho so truc tuyen") == ["40", "15.91", "62"]
    assert values("unit:% kind:achieved -value:>=50") == ["40", "15.91", "None"]


def test_figures_come_back_as_they_went_in_and_ties_stand_in_the_order_of_the_text(index: Index) -> None:
    metrics = (a_metric("2", start=50), a_metric("1", start=10))
    fill(index, a_document("b", metrics=metrics), a_document("a", metrics=metrics))

    found = index.figures(parse_query("hồ sơ"))

    assert [(entry.article_id, entry.metric.start) for entry in found] == [("a", 10), ("a", 50), ("b", 10), ("b", 50)]
    assert found[0].metric == metrics[1]
    assert (found[0].published, found[0].source, found[0].url) == (NOON, "bao-a", "https://bao.example/a")
    assert index.figures(parse_query("hồ sơ"), limit=3) == found[:3]
    assert index.figures(parse_query(""), limit=0) == ()
