from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.annotation import figures
from models.errors import ModelError
from models.figures.metrics import metrics_in
from models.reading import read
from models.text import Span
from models.wording.choosing import names_for, says_only_less, stretches, written
from models.wording.features import SIZE, places_of
from models.wording.laying import Figure, lay_out
from models.wording.tokens import NUMBER, WORD, tokens_of
from models.wording.weights import Weights, load_weights, shipped
from models.wording.windows import LEFT, QUOTE, RIGHT, RULE, TITLE, windows_of

TEXT = "Kho bạc đã họp. Tại phiên này, số hồ sơ trả trước hạn của phòng một cửa là 1.204 hồ sơ, theo ông Đặng Văn Khải."
SENTENCES: tuple[Span, ...] = ((0, 15), (16, len(TEXT)))


def figure(name: str = "số hồ sơ", quote: str = "1.204 hồ sơ") -> Figure:
    start = TEXT.index(quote)
    return Figure(start, start + len(quote), SENTENCES[1], "hồ sơ", "achieved", name)


def test_words_stand_in_order_and_syllables_of_a_word_together() -> None:
    layout = lay_out(TEXT, "Một cửa", SENTENCES, [figure()])

    before, start, quote, behind, _ = (int(place[0]) for place in layout.places)
    words = [word.spelt for word in layout.lexicon.tokens(layout.words)]
    assert words[quote:behind] == ["1.204", "hồ sơ"]
    assert words[before:start] == ["Kho bạc", "đã", "họp", ".", "\n"]
    assert "trả" in words[start:quote]


def test_a_window_says_where_each_word_stands_and_whether_the_rules_took_it() -> None:
    windows = windows_of(lay_out(TEXT, "Một cửa", SENTENCES, [figure("tỷ lệ hồ sơ")]), [figure("tỷ lệ hồ sơ")])

    rows = {(windows.word(i).spelt, int(windows.side[i])): bool(windows.in_rule[i]) for i in range(*windows.bounds[0])}
    assert rows["hồ sơ", QUOTE]
    assert rows["hồ sơ", LEFT]
    assert not rows["trả", LEFT]
    assert rows["tỷ", RULE]
    assert not rows["theo", RIGHT]
    assert ("Một", TITLE) in rows or ("Một cửa", TITLE) in rows


def test_two_figures_have_a_window_each_though_they_share_a_sentence() -> None:
    both = [figure(), figure()._replace(name="số hồ sơ trả trước hạn")]

    windows = windows_of(lay_out(TEXT, "", SENTENCES, both), both)

    (first, middle), (again, end) = windows.bounds
    assert (first, middle, end) == (0, again, len(windows.id))
    assert windows.figure.tolist() == [0] * middle + [1] * (end - middle)


def test_each_feature_of_each_word_has_a_place_in_the_table() -> None:
    windows = windows_of(lay_out(TEXT, "", SENTENCES, [figure()]), [figure()])

    places = places_of(windows)

    assert places.shape[1] == len(windows.id)
    assert 0 <= places.min() <= places.max() < SIZE
    assert np.array_equal(places, places_of(windows))


def test_the_stretch_that_is_worth_more_than_it_costs_is_chosen_whole() -> None:
    chances = [0.1, 0.9, 0.3, 0.9, 0.1, 0.1, 0.6, 0.0, 0.6]
    sizes = [1, 1, 1, 1, 1, 1, 1, 0, 1]
    kinds = [WORD] * 7 + [NUMBER, WORD]

    assert stretches(chances, sizes, kinds, [LEFT] * 9, 0.4) == [1, 2, 3]


def test_no_word_is_chosen_where_none_is_likely() -> None:
    assert stretches([0.1, 0.2], [1, 1], [WORD, WORD], [LEFT, LEFT], 0.4) == []


def weights_for(*likely: str) -> Weights:
    """Weights by which these words, where they stand before the number, are in the name and no others."""
    windows = windows_of(lay_out(TEXT, "", SENTENCES, [figure()]), [figure()])
    by_word_and_side = places_of(windows)[1]
    table = np.zeros(SIZE, dtype=np.float32)
    for row in range(len(windows.id)):
        if windows.word(row).spelt in likely and windows.side[row] in (LEFT, RULE):
            table[by_word_and_side[row]] = 12.0
    return Weights(table, -6.0)


def test_words_that_the_model_is_surer_of_become_the_name() -> None:
    weights = weights_for("hồ sơ", "trả", "trước", "hạn", "trước hạn", "số")

    assert names_for(TEXT, "", SENTENCES, [figure("số phiên này")], weights) == ["số hồ sơ trả trước hạn"]


def test_a_name_that_fits_as_well_stays() -> None:
    weights = weights_for("hồ sơ", "trả", "trước", "hạn", "trước hạn", "số")

    assert names_for(TEXT, "", SENTENCES, [figure("số hồ sơ trả trước hạn")], weights) == [None]


def test_an_article_without_figures_has_no_names() -> None:
    assert names_for(TEXT, "", SENTENCES, [], shipped()) == []


def test_a_file_that_is_no_model_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "names.npz"
    broken.write_bytes(b"none")

    with pytest.raises(ModelError, match=r"names\.npz"):
        load_weights(broken)


def test_weights_come_back_from_their_file(tmp_path: Path) -> None:
    table = np.zeros(SIZE, dtype=np.float32)
    table[[0, 7, SIZE - 1]] = (0.5, -1.25, 2.0)

    Weights(table, -3.5).save(tmp_path / "some.npz")

    again = load_weights(tmp_path / "some.npz")
    assert np.array_equal(again.table, table)
    assert again.bias == -3.5


def test_every_figure_keeps_all_but_its_name() -> None:
    text = "Phường Hòa Xuân có 36 tổ dân phố. Cứ mười hộ thì chín hộ, tức 91,5%, nay đóng tiền nước qua ngân hàng, phường cho biết."

    by_rules = metrics_in(read(text), title=None, published=None, source_place=None)
    learnt = figures(text, title=None, published=None, source_place=None)

    assert [(one.quote, one.value, one.unit, one.entity) for one in learnt] == [
        (one.quote, one.value, one.unit, one.entity) for one in by_rules
    ]
    assert all(one.name for one in learnt)


def test_marks_and_numbers_are_no_syllables() -> None:
    assert [len(token.small) for token in tokens_of("đạt 98%, tăng")] == [1, 0, 0, 1]


def test_a_level_keeps_its_number() -> None:
    text = "Số dịch vụ công mức độ 4, tính đến nay, là 312 dịch vụ."
    at = text.index("312")
    one = Figure(at, at + len("312 dịch vụ"), (0, len(text)), "dịch vụ", "achieved", "số nay")
    windows = windows_of(lay_out(text, "", [(0, len(text))], [one]), [one])
    rows = [row for row in range(len(windows.id)) if windows.word(row).spelt in ("dịch vụ", "công", "mức độ")]

    name = written(windows, 0, [row for row in rows if windows.side[row] == LEFT], one)

    assert name == "số dịch vụ công mức độ 4"


def test_a_word_given_already_stays_where_it_goes_with_the_word_before_it() -> None:
    text = "Cả nước có 22 bộ ngang bộ."
    start = text.index("22")
    one = Figure(start, start + 5, (0, len(text)), "bộ", "achieved", "số bộ")
    windows = windows_of(lay_out(text, "", [(0, len(text))], [one]), [one])
    rows = [row for row in range(len(windows.id)) if windows.side[row] in (QUOTE, RIGHT) and windows.size[row]]

    assert written(windows, 0, rows, one) == "số bộ ngang bộ"


@pytest.mark.parametrize(
    ("name", "other", "less"),
    [
        ("số xã", "số xã có trạm y tế", True),
        ("số xã có trạm y tế", "số xã", False),
        ("số trường học", "số xã có trạm y tế", False),
    ],
)
def test_a_name_is_not_cut_down_to_the_counted_things_alone(name: str, other: str, less: bool) -> None:
    assert says_only_less(name, other) is less


def test_a_unit_that_measures_gives_way_to_what_it_measures() -> None:
    text = "Ở Láng là 41 độ, ở Hòa Lạc là 40 độ."
    start = text.index("40")
    one = Figure(start, start + 5, (0, len(text)), "độ", "achieved", "độ nóng")
    windows = windows_of(lay_out(text, "", [(0, len(text))], [one]), [one])
    rows = [row for row in range(len(windows.id)) if windows.word(row).spelt in ("ở", "Hòa", "Lạc", "độ")]

    assert written(windows, 0, [row for row in rows if windows.side[row] in (LEFT, QUOTE)], one).startswith("nhiệt độ")


def test_a_sum_that_is_named_within_a_name_stands_first_in_it() -> None:
    text = "Hãng tuần qua báo lãi hoạt động 700 tỷ đồng."
    start = text.index("700")
    one = Figure(start, start + len("700 tỷ đồng"), (0, len(text)), "vnd", "achieved", "tiền")
    windows = windows_of(lay_out(text, "", [(0, len(text))], [one]), [one])
    rows = [row for row in range(len(windows.id)) if windows.side[row] == LEFT and windows.size[row]]

    assert written(windows, 0, rows, one) == "lãi hoạt động hãng tuần qua báo"


def test_the_counted_things_stay_in_a_name_that_leaves_them_out() -> None:
    text = "Đứng đầu là Lào với 90 lượt, VNeID xếp sau."
    start = text.index("90")
    one = Figure(start, start + len("90 lượt"), (0, len(text)), "lượt", "achieved", "số lượt đông nhất")
    windows = windows_of(lay_out(text, "", [(0, len(text))], [one]), [one])
    rows = [row for row in range(len(windows.id)) if windows.word(row).spelt == "Lào"]

    assert written(windows, 0, rows, one) == "số lượt Lào"


def test_a_word_with_capitals_of_its_own_keeps_the_first_at_a_sentences_begin() -> None:
    text = "VNeID đã có 90 tài khoản."
    start = text.index("90")
    one = Figure(start, start + len("90 tài khoản"), (0, len(text)), "tài khoản", "achieved", "số tài khoản")
    windows = windows_of(lay_out(text, "", [(0, len(text))], [one]), [one])
    rows = [row for row in range(len(windows.id)) if windows.word(row).spelt in ("VNeID", "tài khoản")]

    assert written(windows, 0, rows, one) == "số tài khoản VNeID"


def written_from(text: str, quote: str, chosen: set[tuple[int, str]], name: str) -> str:
    """The name made of the chosen words, each with its side."""
    at = text.index(quote)
    one = Figure(at, at + len(quote), (0, len(text)), "percent", "achieved", name)
    windows = windows_of(lay_out(text, "", [(0, len(text))], [one]), [one])
    rows = range(len(windows.id))
    return written(
        windows, 0, [row for row in rows if (int(windows.side[row]), windows.word(row).spelt) in chosen], one
    )


def test_a_letter_stays_with_its_number() -> None:
    chosen = {(LEFT, "thuê bao"), (LEFT, "4"), (LEFT, "G")}

    assert written_from("Thuê bao 4G, thuê bao 4G trả sau nay là 61%.", "61%", chosen, "tỷ lệ sau").endswith(
        "thuê bao 4G"
    )
    assert written_from("Ở đây trạm 4G đạt 61%.", "61%", {(LEFT, "G")}, "tỷ lệ trạm") == "tỷ lệ 4G"


def test_only_what_opens_a_sentence_loses_its_capital() -> None:
    text = "Lúa chiếm 12% GRDP."

    assert written_from(text, "12%", {(LEFT, "Lúa"), (RIGHT, "GRDP")}, "tỷ lệ") == "tỷ lệ lúa GRDP"
    assert written_from("GRDP vượt 12%.", "12%", {(LEFT, "GRDP")}, "mức") == "tỷ lệ GRDP"


def test_a_name_keeps_the_whole_head_of_the_rules() -> None:
    text = "Lúa chiếm 12% GRDP."
    chosen = {(RULE, "tỷ"), (LEFT, "Lúa"), (RIGHT, "GRDP")}

    assert written_from(text, "12%", chosen, "tỷ trọng lúa") == "tỷ trọng lúa GRDP"
    assert written_from(text, "12%", {(LEFT, "Lúa")}, "chỉ số xanh") == "chỉ số lúa"
