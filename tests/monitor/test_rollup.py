"""Old provinces under their successor: sums where there can be sums, what is missing named, and a reason where there can be none."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from index.base import FigureEntry
from models.records import Period
from monitor.analytics import PlacePoints, Series, build_series
from monitor.rollup import roll_up, why_not
from monitor.shapes import dumps, series_rows, series_shape
from monitor.telling import point_said
from tests.monitor.conftest import Monitor
from tests.monitor.makers import a_claim

RECEIVED = "Số hồ sơ tiếp nhận"


def received(value: str, place: str, *, year: int = 2024, published: date | None = None, **fields: Any) -> FigureEntry:
    period = Period(start=date(year, 1, 1), end=date(year, 12, 31))
    plain: dict[str, Any] = {"unit": "hồ sơ", "article": f"{place}-{value}", "period": period, **fields}
    return a_claim(value, entity=place, published=published or date(year + 1, 1, 5), **plain)


def rolled(*figures: FigureEntry, name: str = RECEIVED) -> Series:
    return roll_up(build_series("received", figures), name=name)


def line_of(series: Series, place: str) -> PlacePoints:
    return next(line for line in series.places if line.place == place)


def test_what_the_old_provinces_counted_is_summed_with_its_parts_and_sources() -> None:
    series = rolled(received("286400", "Lào Cai"), received("250000", "Yên Bái"))

    (point,) = line_of(series, "Lào Cai").points
    assert [line.place for line in series.places] == ["Lào Cai"]
    assert (point.value, [part.place for part in point.parts], point.missing) == (536400, ["Lào Cai", "Yên Bái"], ())
    assert len(point.claims) == 2
    assert point_said(point, unit="hồ sơ") == "536.400 hồ sơ = Lào Cai 286.400 + Yên Bái 250.000"


def test_a_sum_of_some_parts_names_those_that_are_missing() -> None:
    (point,) = line_of(rolled(received("5", "Bến Tre"), received("7", "Trà Vinh")), "Vĩnh Long").points

    assert (point.value, point.missing) == (12, ("Vĩnh Long",))
    assert point_said(point, unit="hồ sơ").endswith("(thiếu Vĩnh Long)")


def test_only_values_of_one_period_and_kind_are_summed() -> None:
    series = rolled(
        received("5", "Lào Cai"), received("7", "Yên Bái", year=2023), received("9", "Yên Bái", kind="target")
    )

    assert [(int(point.value), point.missing) for point in line_of(series, "Lào Cai").points] == [
        (7, ("Lào Cai",)), (5, ("Yên Bái",)), (9, ("Lào Cai",)),
    ]  # fmt: skip


def test_a_part_told_with_two_values_is_not_summed_and_stays_to_be_seen() -> None:
    series = rolled(received("5", "Lào Cai"), received("7", "Yên Bái"), received("8", "Yên Bái"))

    (summed,) = line_of(series, "Lào Cai").points
    assert (summed.value, summed.missing) == (5, ("Yên Bái",))
    assert [int(point.value) for point in line_of(series, "Yên Bái").points] == [7, 8]


def test_after_the_merger_a_value_is_of_the_new_province_as_it_is() -> None:
    series = rolled(received("5", "Lào Cai"), received("7", "Yên Bái"), received("20", "Lào Cai", year=2026))

    old, new = line_of(series, "Lào Cai").points
    assert (old.value, new.value, new.parts) == (12, 20, ())
    assert [found.why for found in series.breaks] == [
        "trước ngày 1/7/2025 là tổng của các tỉnh cũ có số liệu cùng kỳ: Lào Cai"
    ]


def test_what_the_new_province_tells_of_an_old_year_may_be_of_either_territory_and_is_not_summed() -> None:
    series = rolled(received("12", "Lào Cai", published=date(2026, 1, 5)), received("7", "Yên Bái"))

    assert [(int(point.value), [part.place for part in point.parts]) for point in line_of(series, "Lào Cai").points] == [
        (7, ["Yên Bái"]), (12, []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bounds", "bound"), [(("exact", "over"), "over"), (("about", "exact"), "about"), (("over", "under"), "about")]
)
def test_a_sum_is_no_surer_than_its_parts(bounds: tuple[str, str], bound: str) -> None:
    series = rolled(
        *(received("5", place, bound=one) for place, one in zip(("Lào Cai", "Yên Bái"), bounds, strict=True))
    )

    assert line_of(series, "Lào Cai").points[0].bound == bound


def test_a_new_name_goes_on_with_the_old_ones_points_in_any_unit() -> None:
    series = rolled(
        received("80.6", "Thừa Thiên Huế", year=2023, unit="percent"),
        received("88.3", "Huế", year=2025, unit="percent"),
    )

    assert [str(point.value) for point in line_of(series, "Huế").points] == ["80.6", "88.3"]
    assert all(not point.parts for point in line_of(series, "Huế").points)


@pytest.mark.parametrize("unit", ["percent", "point", "rank", "times", "ngày"])
def test_where_there_can_be_no_sum_the_lines_stay_and_it_says_why(unit: str) -> None:
    figures = [received("50", "Lào Cai", unit=unit), received("70", "Yên Bái", unit=unit)]

    series = rolled(*figures)

    assert [line.place for line in series.places] == ["Lào Cai", "Yên Bái"]
    assert series.rollup is not None
    assert not series.rollup.possible
    assert series.rollup.why


def test_averages_have_no_sum_whatever_they_count() -> None:
    assert why_not("doanh nghiệp", "Số doanh nghiệp số bình quân trên 1.000 dân")
    assert why_not("người/máy", "Số người trên một máy tính")
    assert why_not("vnd", "Kinh phí cho chuyển đổi số") is None


def test_programs_see_parts_and_what_is_missing() -> None:
    series = rolled(received("5", "Lào Cai"))
    shape = series_shape(series)

    assert shape["rollup"]["possible"]
    assert shape["places"][0]["points"][0]["parts"] == [{"place": "Lào Cai", "value": 5}]
    assert shape["places"][0]["points"][0]["missing"] == ["Yên Bái"]
    assert "rollup" not in series_shape(build_series("received", []))
    assert len(list(series_rows(series))) == 1
    dumps(shape)


ARTICLES = [
    (
        "laocai",
        "2024-01-10",
        "Năm 2023, tỉnh Lào Cai tiếp nhận 286.400 hồ sơ; tỷ lệ hồ sơ nộp trực tuyến của tỉnh Lào Cai đạt 72,1%.",
    ),
    (
        "yenbai",
        "2024-01-11",
        "Năm 2023, tỉnh Yên Bái tiếp nhận 250.000 hồ sơ; tỷ lệ hồ sơ nộp trực tuyến của tỉnh Yên Bái đạt 65,5%.",
    ),
    (
        "laocai",
        "2026-01-12",
        "Năm 2025, tỉnh Lào Cai tiếp nhận 612.000 hồ sơ; tỷ lệ hồ sơ nộp trực tuyến của tỉnh Lào Cai đạt 84,6%.",
    ),
]


def test_the_command_rolls_up_puts_places_side_by_side_and_says_why_not(monitor: Monitor) -> None:
    lines = [
        json.dumps({"url": f"https://{host}.gov.vn/{day}", "title": "Kết quả năm", "text": text, "published": day})
        for host, day, text in ARTICLES
    ]
    assert monitor("ingest", "-", stdin="\n".join(lines)).returncode == 0

    summed = monitor("series", "admin_reform.received_count", "--place", "Yên Bái", "--rollup").stdout
    refused = monitor(
        "series", "online_services.online_dossier_rate", "--place", "Lào Cai", "--place", "Yên Bái", "--rollup"
    ).stdout

    assert "536.400 hồ sơ = Lào Cai 286.400 + Yên Bái 250.000" in summed
    assert summed.index("536.400") < summed.index("── 1/7/2025") < summed.index("612.000")
    assert "Không gộp được các tỉnh cũ: tỷ lệ phần trăm không cộng được" in refused
    assert "năm 2023 72,1% [1] 65,5% [2]" in " ".join(refused.split())
    assert "[2] yenbai.gov.vn, 11/1/2024: Năm 2023" in refused
