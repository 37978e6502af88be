"""Words by the longest match in the dictionary."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text import syllables
from models.words import word_spans, words

PRESS = (
    "Ủy ban nhân dân tỉnh yêu cầu các cơ quan chuyên môn rà soát thủ tục hành chính, cập nhật cơ sở dữ liệu và trả lời "
    "kiến nghị của người dân trước ngày 15 hằng tháng. Theo báo cáo, tỷ lệ hồ sơ giải quyết đúng hạn đã tăng đáng kể, "
    "tuy nhiên nhiều doanh nghiệp vẫn phản ánh thời gian chờ đợi lâu và chi phí đi lại còn cao. Lãnh đạo sở cho biết sẽ "
    "tổ chức đối thoại, đồng thời công khai kết quả xử lý trên trang thông tin để nhân dân giám sát."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chữ ký điện tử", ["chữ ký", "điện tử"]),
        ("chữ kí điện tử", ["chữ kí", "điện tử"]),
        ("HOÀ BÌNH thế giới", ["HOÀ BÌNH", "thế giới"]),
        ("cơ sở, dữ liệu", ["cơ sở", "dữ liệu"]),
        ("thủ\ntục", ["thủ", "tục"]),
        ("đạt 15,91% hồ sơ", ["đạt", "15,91%", "hồ sơ"]),
        ("", []),
        ("…", []),
    ],
)
def test_the_longest_known_word_wins_and_never_reaches_over_a_mark(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy áàảãạ.,-0İ_\n"))
def test_words_hold_every_syllable_once_and_in_order(text: str) -> None:
    spans = word_spans(text)

    assert [syllable for start, end in spans for syllable in syllables(text[start:end])] == syllables(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_words_agree_with_underthesea_on_most_of_a_press_text() -> None:
    from underthesea import word_tokenize  # a second that the other tests do without

    theirs = [word for word in word_tokenize(PRESS) if syllables(word)]

    common = set(words(PRESS)) & set(theirs)

    assert len(common) / len(set(theirs)) >= 0.85


def test_reading_the_dictionary_does_not_import_underthesea() -> None:
    code = "import sys; from models.words import words; words('cơ sở dữ liệu'); print('underthesea' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
