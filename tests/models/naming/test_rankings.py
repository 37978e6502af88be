"""What ranks are called: what they are ranked in, not who stands there."""

import pytest

from models.figures.metrics import find_metrics


def names_of_ranks(text: str, title: str | None = None) -> list[str]:
    return [metric.name for metric in find_metrics(text, title=title) if metric.unit == "rank"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # who is ranked is nothing to be ranked in
        ("Theo bảng xếp hạng PCI năm 2022, tỉnh ta xếp thứ 9. Nhóm bứt phá đứng thứ 12.", ["xếp hạng PCI"] * 2),
        ("Chỉ số SIPAS vừa được công bố. Một năm trước tỉnh đứng thứ 41, gây bất ngờ khi leo lên thứ 17.", ["xếp hạng SIPAS"] * 2),
        # a part of the index is
        ("Chỉ số DTI vừa được công bố. Xã hội số vẫn đứng thứ 25.", ["xếp hạng xã hội số"]),
        ("Chỉ số DTI vừa được công bố. Kinh tế số kém nhất, đứng thứ 51.", ["xếp hạng kinh tế số"]),
        # what the words behind the second of two ranks say is true of the first
        (
            "Việt Nam đứng thứ 3 trong khu vực ASEAN và thứ 12 thế giới về tốc độ Internet cố định.",
            ["xếp hạng tốc độ Internet cố định khu vực ASEAN", "xếp hạng tốc độ Internet cố định thế giới"],
        ),
        # the region may stand before
        ("Chỉ số EGDI năm 2024 đã có. Trong khu vực Đông Nam Á, Việt Nam đứng thứ 5.", ["xếp hạng EGDI khu vực"]),
        # where no index is spoken of, by the share told of before, or by what is told of who stands there
        (
            "Tỷ lệ giải ngân vốn đầu tư công cả nước đạt 61%. Cuối bảng là ba tỉnh miền núi, xếp thứ 32, 33 và 34.",
            ["xếp hạng tỷ lệ giải ngân vốn đầu tư công"] * 3,
        ),
        ("Đứng thứ hai là ngân hàng quân đội với lợi nhuận trước thuế đạt 7.900 tỷ đồng.", ["xếp hạng lợi nhuận trước thuế"]),
        # an index of its own is named in full
        ("Theo chỉ số công khai ngân sách tỉnh (POBI), Bến Tre đứng thứ 41.", ["xếp hạng chỉ số công khai ngân sách tỉnh (POBI)"]),
        # an index may have a number for a name
        ("Trên Bộ chỉ số 766, phường đứng thứ 4/99.", ["xếp hạng bộ chỉ số 766"]),
        ("Theo xếp hạng an toàn, an ninh mạng toàn cầu, Việt Nam đứng thứ 17.", ["xếp hạng an toàn, an ninh mạng toàn cầu"]),
    ],
)  # fmt: skip
def test_a_rank_is_named_after_what_is_ranked(text: str, names: list[str]) -> None:
    assert [name.lower() for name in names_of_ranks(text)] == [name.lower() for name in names]


def test_a_place_is_called_as_the_article_calls_it() -> None:
    text = "Thứ hạng của tỉnh được cải thiện. Theo xếp hạng DTI, tỉnh đứng thứ 14."

    assert names_of_ranks(text) == ["thứ hạng DTI"]


@pytest.mark.parametrize("junk", ["tăng mạnh", "top 10", "quan trọng", "được công bố"])
def test_what_only_looks_like_an_index_names_no_rank(junk: str) -> None:
    text = f"Năm 2023 có nhiều chỉ số {junk}. Chỉ số PAPI được chú ý hơn cả. Tỉnh đứng thứ 21."

    assert names_of_ranks(text) == ["xếp hạng PAPI"]
