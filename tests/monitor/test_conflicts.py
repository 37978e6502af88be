"""Contradictions: what is one thing at one time, who is heard first, what is a copy, and what is no contradiction at all."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from index.base import FigureEntry
from models.records import Period
from monitor.conflicts import Conflict, find_conflicts
from monitor.differences import Reason
from monitor.shapes import conflicts_shape, dumps
from monitor.standing import STANDINGS, Bench
from monitor.words import DIFFERENCES
from monitor.words import STANDINGS as STANDING_NAMES
from tests.fakes import a_source
from tests.monitor.makers import a_claim

BENCH = Bench.of(
    [
        a_source(id="cong_lao_cai", name="Cổng Lào Cai", outlet="province", place="Lào Cai", organisation="UBND Lào Cai"),
        a_source(id="cong_hue", name="Cổng Huế", outlet="province", place="Huế", organisation="UBND Huế"),
        a_source(id="bo_khcn", name="Bộ KH&CN", outlet="ministry", place="Bộ Khoa học và Công nghệ", organisation="Bộ KHCN"),
        a_source(id="bao_a", name="Báo A", organisation="Báo A"),
        a_source(id="bao_a_so", name="Báo A – Số", organisation="Báo A"),
        a_source(id="bao_b", name="Báo B", organisation="Báo B"),
    ]
)  # fmt: skip


def conflicts(
    *figures: FigureEntry, copies: Mapping[str, str] | None = None, everything: bool = False
) -> tuple[Conflict, ...]:
    return find_conflicts(figures, BENCH, copies=copies or {}, with_rounding=everything)


def told(conflict: Conflict) -> list[tuple[str, str, str | None]]:
    return [(str(claim.value), claim.standing, claim.reason) for claim in conflict.claims]


def test_two_sources_that_differ_are_a_conflict_the_more_official_first() -> None:
    (found,) = conflicts(
        a_claim("74.8", article="a", source="bao_a"),
        a_claim("78.4", article="b", source="cong_lao_cai", published=date(2025, 2, 1)),
    )

    assert found.reason == "different"
    assert found.name == "Tỷ lệ hồ sơ nộp trực tuyến"
    assert told(found) == [("78.4", "issuer", None), ("74.8", "press", "different")]


def test_sources_that_agree_are_none() -> None:
    assert conflicts(a_claim("78.4", article="a"), a_claim("78.40", article="b", source="bao_b")) == ()


@pytest.mark.parametrize(
    "other",
    [
        {"entity": "Huế"},
        {"period": Period(start=date(2023, 1, 1), end=date(2023, 12, 31))},
        {"kind": "target"},
        {"indicator": "online_services.full_online_rate"},
        {"unit": "hồ sơ"},
    ],
)
def test_another_place_time_kind_indicator_or_measure_is_no_conflict(other: dict[str, Any]) -> None:
    assert conflicts(a_claim("78.4", article="a"), a_claim("74.8", article="b", source="bao_b", **other)) == ()


def test_claims_of_one_standing_stand_in_the_order_of_time_and_the_undated_last() -> None:
    (found,) = conflicts(
        a_claim("1.5", article="c", published=None, source="bao_b"),
        a_claim("3.5", article="b", published=date(2025, 3, 1)),
        a_claim("2.5", article="a", published=date(2025, 1, 1), source="bao_b"),
    )

    assert [str(claim.value) for claim in found.claims] == ["2.5", "3.5", "1.5"]


def test_a_reprint_is_one_claim_with_its_copies() -> None:
    (found,) = conflicts(
        a_claim("78.4", article="a", source="cong_lao_cai"),
        a_claim("78.4", article="b", source="bao_a"),
        a_claim("74.8", article="c", source="bao_b"),
        copies={"a": "k1", "b": "k1"},
    )

    assert [(claim.source, [copy.source for copy in claim.copies]) for claim in found.claims] == [
        ("cong_lao_cai", ["bao_a"]), ("bao_b", []),
    ]  # fmt: skip


def test_a_reprint_that_changed_the_figure_is_heard_last_and_told_as_such() -> None:
    (found,) = conflicts(
        a_claim("78.4", article="a", source="bao_b", published=date(2025, 1, 9)),
        a_claim("74.8", article="b", source="bao_a", published=date(2025, 1, 10)),
        a_claim("78.4", article="c", source="bao_a", published=date(2025, 1, 11)),
        copies={"a": "k1", "b": "k1"},
    )

    assert told(found) == [("78.4", "press", None), ("78.4", "press", None), ("74.8", "reprint", "different")]


def test_the_same_body_that_tells_another_value_later_restates() -> None:
    (own,) = conflicts(
        a_claim("72.1", article="a", source="cong_lao_cai", published=date(2025, 1, 5)),
        a_claim("73.4", article="b", source="cong_lao_cai", published=date(2025, 3, 5)),
    )
    (sections,) = conflicts(
        a_claim("72.1", article="a", source="bao_a"),
        a_claim("73.4", article="b", source="bao_a_so", published=date(2025, 3, 5)),
    )
    (others,) = conflicts(a_claim("72.1", article="a", source="bao_a"), a_claim("73.4", article="b", source="bao_b"))

    assert [own.reason, sections.reason, others.reason] == ["restated", "restated", "different"]


def test_rounding_alone_is_only_told_when_asked_for() -> None:
    figures = [a_claim("78.4", article="a"), a_claim("78", article="b", source="bao_b", bound="over")]

    assert conflicts(*figures) == ()
    assert [found.reason for found in conflicts(*figures, everything=True)] == ["rounding"]


def test_a_real_difference_outweighs_a_rounding_beside_it() -> None:
    (found,) = conflicts(
        a_claim("78.4", article="a", source="cong_lao_cai"),
        a_claim("78", article="b", source="bao_a"),
        a_claim("74.8", article="c", source="bao_b"),
    )

    assert found.reason == "different"
    assert [claim.reason for claim in found.claims] == [None, "rounding", "different"]


def test_a_result_that_is_the_target_of_that_year_is_told_as_such() -> None:
    (found,) = conflicts(
        a_claim("72.1", article="a", source="cong_lao_cai"),
        a_claim("80", article="b", source="bao_a"),
        a_claim("80", article="c", source="bao_b", kind="target", period=Period(start=None, end=date(2024, 12, 31))),
    )

    assert found.reason == "target"
    assert len(found.claims) == 2


def asia_rank(quote: str, *, article: str, name: str, sentence: str, **fields: Any) -> FigureEntry:
    value, total = quote.split("/")
    plain: dict[str, Any] = {"indicator": None, "unit": "rank", "entity": "Việt Nam", "period": None, **fields}
    return a_claim(
        value,
        article=article,
        source=f"{article}.gov.vn",
        out_of=total,
        quote=quote,
        name=name,
        sentence=sentence,
        **plain,
    )


def test_the_asian_rank_of_the_un_survey_of_2020_as_three_portals_told_it() -> None:
    survey = Period(start=date(2017, 8, 1), end=date(2020, 7, 31))
    name = "xếp hạng mức độ phát triển chính phủ điện tử châu Á"

    (found,) = conflicts(
        asia_rank(
            "24/24", article="dic", name=name, period=survey, published=date(2020, 8, 27),
            sentence="Theo báo cáo khảo sát, Việt Nam tăng 2 bậc, xếp hạng thứ 86/193 quốc gia, 24/24 châu Á và 6/11 Đông Nam Á.",
        ),
        asia_rank(
            "24/47", article="nghean", name=name.replace("châu", "Châu"), published=None,
            sentence="Theo Báo cáo khảo sát xếp hạng mức độ phát triển Chính phủ điện tử của 193 quốc gia, vùng lãnh thổ trên "
            "toàn cầu, Việt Nam tăng 2 bậc, xếp hạng 86/193 quốc gia, 24/47 Châu Á và 6/11 Đông Nam Á.",
        ),
        asia_rank(
            "24/47", article="mic", name="xếp hạng châu Á", published=date(2020, 8, 26),
            period=Period(start=date(2020, 1, 1), end=date(2020, 12, 31)),
            sentence="Theo Báo cáo khảo sát năm 2020, Việt Nam xếp hạng 86/193 quốc gia, 24/47 tại châu Á về phát triển Chính phủ "
            "điện tử.",
        ),
        asia_rank(
            "6/11", article="dic", name="xếp hạng mức độ phát triển chính phủ điện tử Đông Nam Á", period=survey,
            published=date(2020, 8, 27), start=40,
            sentence="Theo báo cáo khảo sát, Việt Nam tăng 2 bậc, xếp hạng thứ 86/193 quốc gia, 24/24 châu Á và 6/11 Đông Nam Á.",
        ),
    )  # fmt: skip

    assert found.reason == "denominator"
    assert {(claim.source, int(claim.out_of or 0)) for claim in found.claims} == {
        ("dic.gov.vn", 24), ("mic.gov.vn", 47), ("nghean.gov.vn", 47),
    }  # fmt: skip
    assert "phát triển chính phủ điện tử" in found.name


def test_names_without_a_slug_are_grouped_by_their_words() -> None:
    names = ["số thủ tục đủ điều kiện được cắt giảm", "tổng số TTHC đủ điều kiện cắt giảm"]
    one, other = (
        a_claim(
            value,
            article=name[:3],
            source=source,
            name=name,
            indicator=None,
            unit="thủ tục",
            sentence=f"{name} là {value}.",
        )
        for name, value, source in zip(names, ["152", "118"], ["bao_a", "bao_b"], strict=True)
    )

    assert len(conflicts(one, other)) == 0  # "thủ tục hành chính" and "thủ tục" are words apart
    assert (
        len(
            conflicts(
                one,
                a_claim("118", article="x", name="các thủ tục đủ điều kiện cắt giảm", indicator=None, unit="thủ tục"),
            )
        )
        == 1
    )


def test_short_names_say_too_little_to_contradict() -> None:
    figures = [
        a_claim(value, article=value, name="số người", indicator=None, unit="người") for value in ("31000", "190000")
    ]

    assert conflicts(*figures) == ()


def test_money_on_another_scale_is_found_though_the_names_differ() -> None:
    (found,) = conflicts(
        a_claim(
            "214600000000", article="a", source="cong_lao_cai", unit="vnd", indicator=None, quote="214,6 tỷ đồng",
            name="số phí, lệ phí và nghĩa vụ tài chính đất đai nộp trực tuyến",
            sentence="Số phí, lệ phí và nghĩa vụ tài chính đất đai nộp trực tuyến đạt 214,6 tỷ đồng.",
        ),
        a_claim(
            "214600000", article="b", source="bao_a", unit="vnd", indicator=None, quote="214,6 triệu đồng", name="số tiền nộp qua mạng",
            sentence="Tiền phí, lệ phí và nghĩa vụ tài chính về đất đai người dân nộp qua mạng đạt 214,6 triệu đồng.",
        ),
    )  # fmt: skip

    assert found.reason == "scale"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ở cấp quận, Hải Châu dẫn đầu với 48,6% hồ sơ trực tuyến.",
        "Riêng xã Bản Hồ đạt 48,6%.",
        "Tỷ lệ hồ sơ nộp trực tuyến cấp tỉnh đạt 99,4%, cấp xã 48,6%.",
    ],
)
def test_a_figure_of_a_part_does_not_contradict_the_whole(sentence: str) -> None:
    part = a_claim("48.6", article="b", quote="48,6%", sentence=sentence)

    assert conflicts(a_claim("34.8", article="a"), part) == ()


def test_figures_of_one_article_are_not_held_against_each_other() -> None:
    assert conflicts(a_claim("48.9"), a_claim("71.3", start=50)) == ()


def test_an_article_with_several_values_agrees_where_one_of_them_agrees() -> None:
    figures = [a_claim("48.9"), a_claim("71.3", start=50), a_claim("48.9", article="b", source="bao_b")]

    assert conflicts(*figures) == ()


def test_an_article_with_several_values_and_none_that_is_surely_meant_is_not_heard() -> None:
    figures = [a_claim("48.9"), a_claim("71.3", start=50), a_claim("50.5", article="b", source="bao_b")]

    assert conflicts(*figures) == ()


def test_figures_without_a_period_are_of_one_time_only_when_published_together() -> None:
    def pair(days: int) -> tuple[Conflict, ...]:
        other = a_claim("74.8", article="b", source="bao_b", period=None, published=date(2025, 1, 5 + days))
        return conflicts(a_claim("78.4", article="a", period=None), other)

    assert [len(pair(1)), len(pair(20))] == [1, 0]


def test_until_now_is_as_good_as_no_period() -> None:
    def until_now(value: str, article: str, day: date) -> FigureEntry:
        return a_claim(value, article=article, source=article, published=day, period=Period(start=None, end=day))

    assert len(conflicts(until_now("78.4", "a", date(2025, 1, 5)), until_now("74.8", "b", date(2025, 1, 6)))) == 1
    assert conflicts(until_now("78.4", "a", date(2025, 1, 5)), until_now("84.8", "b", date(2025, 3, 6))) == ()


def test_changes_contradict_only_against_the_same_time() -> None:
    def change(value: str, article: str, behind: str, unit: str = "percentage_point") -> FigureEntry:
        sentence = f"Tỷ lệ hồ sơ nộp trực tuyến tăng {value} {behind}."
        return a_claim(
            value, article=article, source=article, kind="change", unit=unit, sentence=sentence, indicator=None
        )

    last_year = "so với cùng kỳ"

    assert conflicts(change("7.4", "a", "so với tháng 9"), change("18.6", "b", last_year)) == ()
    assert [found.reason for found in conflicts(change("7.4", "a", last_year), change("4.7", "b", last_year))] == [
        "different"
    ]
    assert [
        found.reason for found in conflicts(change("7.7", "a", last_year), change("7.7", "b", last_year, "percent"))
    ] == ["percent_points"]


def part_and_rate(
    part: str, total: str, rate: str, between: str, *, article: str = "a", bound: str = "exact"
) -> list[FigureEntry]:
    quote, percent = f"{part}/{total} nhiệm vụ", f"{rate.replace('.', ',')}%"
    sentence = f"Tỉnh đã hoàn thành {quote}{between}{percent}."
    fields: dict[str, Any] = {
        "article": article,
        "sentence": sentence,
        "indicator": None,
        "name": "số nhiệm vụ đã hoàn thành",
    }
    start = sentence.index(quote)
    return [
        a_claim(part, out_of=total, quote=quote, unit="nhiệm vụ", start=start, **fields),
        a_claim(rate, quote=percent, start=sentence.index(percent, start + len(quote)), bound=bound, **fields),
    ]


@pytest.mark.parametrize("between", [", đạt ", " (đạt tỷ lệ ", ", tương đương ", ", chiếm "])
def test_a_percentage_that_does_not_follow_from_its_parts_is_told(between: str) -> None:
    (found,) = conflicts(*part_and_rate("62", "83", "70", between))

    assert found.reason == "parts"
    assert [(str(claim.value), claim.unit, claim.reason) for claim in found.claims] == [
        ("62", "nhiệm vụ", None), ("70", "percent", "parts"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "between", "bound"),
    [
        ("74.7", ", đạt ", "exact"),
        ("74.69", ", đạt ", "exact"),
        ("75", ", đạt ", "exact"),
        ("74", ", đạt hơn ", "over"),
        ("75", ", đạt gần ", "about"),
        ("70", ", đạt từ ", "at_least"),
        ("70", ", vượt kế hoạch, đạt ", "exact"),
        ("12.5", ", tăng ", "exact"),
    ],
)
def test_a_percentage_that_follows_or_is_of_something_else_is_not(rate: str, between: str, bound: str) -> None:
    assert conflicts(*part_and_rate("62", "83", rate, between, bound=bound)) == ()


def test_an_old_name_of_a_place_is_the_same_place() -> None:
    figures = [
        a_claim("88.3", article="a", source="cong_hue", entity="Huế"),
        a_claim("83.8", article="b", entity="Thừa Thiên Huế"),
    ]

    assert [claim.standing for claim in conflicts(*figures)[0].claims] == ["issuer", "press"]


def test_a_ministry_issues_the_countrys_figures_and_an_unknown_portal_is_official() -> None:
    (found,) = conflicts(
        a_claim("1.5", article="a", source="bao_a", entity="Việt Nam"),
        a_claim("2.5", article="b", source="nghean.gov.vn", entity="Việt Nam"),
        a_claim("3.5", article="c", source="bo_khcn", entity="Việt Nam"),
    )

    assert found.claims[0].source == "bo_khcn"


@pytest.mark.parametrize(
    ("url", "entity", "standing"),
    [
        ("https://laocai.gov.vn/b", "Lào Cai", "issuer"),
        ("https://sotttt.yenbai.gov.vn/b", "Yên Bái", "issuer"),
        ("https://nghean.gov.vn/b", "Lào Cai", "official"),
        ("https://moh.gov.vn/b", "Bộ Y tế", "issuer"),
        ("https://moh.gov.vn/b", "Việt Nam", "issuer"),
        ("https://xaydungchinhsach.chinhphu.vn/b", "Lào Cai", "official"),
        ("https://baolaocai.vn/b", "Lào Cai", "press"),
        ("https://a.vn/b", "Lào Cai", "press"),
    ],
)
def test_what_came_from_elsewhere_is_judged_by_its_address(url: str, entity: str, standing: str) -> None:
    assert BENCH.standing(replace(a_claim("2.5", source="la", entity=entity), url=url)) == standing


def test_the_newest_conflict_comes_first() -> None:
    old = [a_claim(v, article=v, source=s, published=date(2025, 1, 5)) for v, s in (("1.5", "bao_a"), ("2.5", "bao_b"))]
    new = [
        a_claim(v, article=v, source=s, entity="Huế", published=date(2025, 6, 5))
        for v, s in (("3.5", "bao_a"), ("4.5", "bao_b"))
    ]

    assert [found.entity for found in conflicts(*old, *new)] == ["Huế", "Lào Cai"]


def test_thousands_of_figures_of_one_place_and_year_are_not_all_held_against_each_other() -> None:
    names = {f"{1001 + number}": f"số thiết bị loại {number} đã cấp phát" for number in range(2_000)}
    figures = [
        a_claim(value, article=name, name=name, indicator=None, unit="thiết bị") for value, name in names.items()
    ]
    started = time.process_time()

    assert conflicts(*figures) == ()
    assert time.process_time() - started < 20  # 2 s here; all against all took 40


def test_every_reason_and_standing_has_a_name_and_is_documented() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "conflicts.md").read_text("utf-8")

    assert set(get_args(Reason)) == set(DIFFERENCES)
    assert set(STANDINGS) == set(STANDING_NAMES)
    assert [
        slug for slug, name in {**DIFFERENCES, **STANDING_NAMES}.items() if f"| `{slug}` | {name} |" not in page
    ] == []


def test_the_shape_is_the_one_that_programs_rely_on() -> None:
    (shape,) = conflicts_shape(conflicts(a_claim("78.4", article="a"), a_claim("74.8", article="b", source="bao_b")))

    assert {"indicator", "name", "entity", "period", "reason", "claims"} <= set(shape)
    assert {"value", "unit", "out_of", "url", "source", "published", "sentence"} <= set(shape["claims"][0])
    assert shape["claims"][0]["value"] == 78.4
    dumps(shape)
