"""The benchmark on Elasticsearch still runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench import elastic as bench
from bench.fts5 import Fts5
from bench.search import QUESTIONS, Question
from index.engines.elastic_client import ElasticSettings
from tests.index.makers import a_document


@pytest.mark.slow
def test_the_elastic_benchmark_holds_ours_against_the_bare_client_and_tantivy_against_fts5(
    elastic: ElasticSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    server = replace(elastic, prefix=f"{elastic.prefix}-bench")

    measured = bench.main(["--count", "300", "--rounds", "2", "--clients", "3"], server=server)

    typed = [question.typed for question in QUESTIONS]
    for rows in (measured.alone, measured.together):
        assert [row.typed for row in rows] == typed
        assert all(min(*row.ours, *row.bare) > 0 for row in rows)
        assert [row.total for row in rows] == [row.totals[0] for row in measured.embedded], "both engines find the same"
    assert measured.bulk.articles == 300
    assert [one.engine for one in measured.reindexed] == ["tantivy", "elasticsearch"]
    for one in measured.reindexed:
        assert 50 < one.peak_mb < 500, one
        assert one.bytes > 300 * 1_000, one
    assert "monitor reindex of 300 articles" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("bodies", [[], ["--as-bytes"]], ids=["as documents", "as bytes"])
def test_the_writing_can_be_measured_by_itself(
    elastic: ElasticSettings, capsys: pytest.CaptureFixture[str], bodies: list[str]
) -> None:
    server = replace(elastic, prefix=f"{elastic.prefix}-bulk{len(bodies)}")

    measured = bench.main(["--count", "300", "--bulk", *bodies], server=server)

    assert (measured.bulk.articles, len(measured.bulk.ratios)) == (300, 1)
    assert "bulk, one writer" in capsys.readouterr().out
    assert not measured.alone
    assert not measured.reindexed


def test_fts5_answers_the_questions_as_one_would_by_hand(tmp_path: Path) -> None:
    fts5 = Fts5(tmp_path / "fts5.db")
    fts5.fill(
        [
            a_document("a", title="Hồ sơ", text="chữ ký số", topics=("security",)),
            a_document("b", title="Tin", text="hồ nước, sơ sài"),
            a_document("c", title="Ho so", text="chu ky so"),
        ]
    )

    assert sorted(fts5.ids(Question("hồ sơ", words=("hồ", "sơ")))) == ["a", "b"]
    assert fts5.ids(Question("", phrase=("hồ", "sơ"))) == ["a"]
    assert fts5.ids(Question("", words=("hồ",), filters=(("topic", "security"),))) == ["a"]
    assert fts5.answer(Question("", words=("chu", "ky", "so"), field="folded")) == 2
    assert fts5.ids(Question("", words=("hồ",), without="chữ")) == ["b"]
    fts5.close()
