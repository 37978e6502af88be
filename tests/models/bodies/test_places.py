from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bodies.places import all_places, find_places, name_on, prominent_places, redrawn_on, resolve


def names(text: str) -> list[str]:
    return [found.place.name for found in find_places(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UBND tỉnh Lào Cai họp", ["Lào Cai"]),
        ("tỉnh Hoà Bình và Khánh Hoà", ["Hòa Bình", "Khánh Hòa"]),
        ("một cuộc sống hòa bình", []),
        ("UBND TỈNH ĐIỆN BIÊN", ["Điện Biên"]),
        ("đường Điện Biên Phủ", []),
        ("TP.HCM, TP. Hồ Chí Minh và TPHCM", ["TP Hồ Chí Minh"] * 3),
        ("Đoàn TNCS Hồ Chí Minh", []),
        ("BR-VT và Bà Rịa – Vũng Tàu", ["Bà Rịa - Vũng Tàu"] * 2),
        ("Thừa Thiên - Huế", ["Thừa Thiên Huế"]),
        ("thành phố Đà Nẵng", ["Đà Nẵng"]),
        ("thành phố Lào Cai", []),
        ("phường Thái Bình", []),
        ("ông Nguyễn Thái Bình", []),
        ("Bộ TT&TT, Bộ TTTT và Bộ Thông tin và Truyền thông", ["Bộ Thông tin và Truyền thông"] * 3),
        ("Bộ VH,TT&DL", ["Bộ Văn hóa, Thể thao và Du lịch"]),
        ("trên cả nước", ["Việt Nam"]),
        ("Việt Nam và Liên Hợp Quốc", ["Việt Nam", "Liên Hợp quốc"]),
        ("VNPT và Viettel.vn", ["VNPT"]),
        ("Hà Nộimới", []),
        ("Tổng thống Mỹ, Nga và Đức", ["Mỹ", "Nga", "Đức"]),
        ("Tại Đức, theo pháp luật; Pháp luật quy định", ["Đức"]),
        ("bà Nga, ông Lê Đức ở xã Mỹ Đức", []),
        ("Hoa Kỳ và Thụy Sỹ", ["Mỹ", "Thụy Sĩ"]),
    ],
)  # fmt: skip
def test_places_are_found_by_name_and_capitals(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lao cai", "Lào Cai"), ("Tỉnh Lào Cai", "Lào Cai"), ("LÀO CAI", "Lào Cai"), ("lao_cai", "Lào Cai"), ("tp hcm", "TP Hồ Chí Minh"),
        ("thành phố Hồ Chí Minh", "TP Hồ Chí Minh"), ("Thành phố Cần Thơ", "Cần Thơ"),
        ("brvt", "Bà Rịa - Vũng Tàu"),
        ("Bộ TT&TT", "Bộ Thông tin và Truyền thông"),
        ("bo y te", "Bộ Y tế"), ("UBND tỉnh Hoà Bình", "Hòa Bình"), ("cả nước", "Việt Nam"),
    ],
)  # fmt: skip
def test_a_place_is_understood_however_it_is_typed(typed: str, name: str) -> None:
    place = resolve(typed)

    assert place is not None
    assert place.name == name


@pytest.mark.parametrize("typed", ["", "Atlantis", "   ", "tỉnh"])
def test_an_unknown_place_is_none(typed: str) -> None:
    assert resolve(typed) is None


def test_the_catalogue_holds_sixty_three_provinces_until_the_merger_and_thirty_four_after() -> None:
    provinces = [place for place in all_places().values() if place.kind == "province"]

    def on(day: date) -> int:
        return sum((p.since is None or p.since <= day) and (p.until is None or day <= p.until) for p in provinces)

    assert (on(date(2024, 6, 30)), on(date(2025, 6, 30)), on(date(2025, 7, 1))) == (63, 63, 34)


def test_every_successor_exists_and_was_there_when_it_took_over() -> None:
    for place in all_places().values():
        for code in place.successors:
            successor = all_places()[code]
            assert place.until is not None
            assert successor.since is None or successor.since > place.until


def test_a_split_ministry_has_two_successors() -> None:
    split = resolve("Bộ Thông tin và Truyền thông")

    assert split is not None
    assert set(split.successors) == {"bo_khoa_hoc_va_cong_nghe", "bo_van_hoa_the_thao_va_du_lich"}


def test_a_kept_name_is_not_a_kept_territory() -> None:
    assert redrawn_on("Thái Nguyên") == date(2025, 7, 1)
    assert redrawn_on("Lai Châu") is None


def test_a_place_has_the_name_of_its_time() -> None:
    assert name_on("Huế", date(2020, 1, 1)) == "Thừa Thiên Huế"
    assert name_on("Huế", date(2025, 2, 1)) == "Huế"
    assert name_on(None, date(2020, 1, 1)) is None


def test_the_title_says_whom_an_article_is_about() -> None:
    text = "Tại Nghệ An, Bộ Nội vụ đánh giá cao. Thanh Hóa cũng dự."

    assert prominent_places("Nghệ An đẩy mạnh chuyển đổi số", None, text) == ("Nghệ An",)


def test_a_list_of_provinces_is_about_none_of_them() -> None:
    listed = ", ".join(
        ["Hà Giang", "Cao Bằng", "Lạng Sơn", "Sơn La", "Phú Thọ", "Nghệ An", "Hà Tĩnh", "Gia Lai", "Cà Mau"]
    )

    assert prominent_places("Thời tiết", None, f"Các tỉnh {listed}. " * 3) == ()


@given(st.sampled_from(sorted(place.name for place in all_places().values())))
def test_every_name_of_the_catalogue_is_found_and_resolves_to_itself(name: str) -> None:
    place = resolve(name)

    assert place is not None
    assert place.name == name
    assert names(f"Tại {name} đã có") == [name]


@given(st.text(max_size=120))
def test_no_text_breaks_the_search(text: str) -> None:
    for start, end, _ in find_places(text):
        assert 0 <= start < end <= len(text)
