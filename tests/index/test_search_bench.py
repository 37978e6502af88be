from __future__ import annotations

from pathlib import Path

import pytest

from bench.search import CHARACTERS, QUESTIONS, main, make_articles


def test_the_benchmark_runs_and_finds_something_for_each_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = main(["--articles", "300", "--rounds", "2", "--folder", str(tmp_path)])

    assert [row.typed for row in rows] == [question.typed for question in QUESTIONS]
    assert all(min(*row.ours, *row.bare, *row.ids) > 0 for row in rows)
    assert sum(row.total > 0 for row in rows) >= 8, "at 300 articles the two rarest may be missing"
    assert "peak memory" in capsys.readouterr().out


def test_the_made_up_articles_are_the_same_each_time_and_as_long_as_real_ones() -> None:
    articles = [item.article for item in make_articles(20)]

    assert articles == [item.article for item in make_articles(20)]
    assert all(CHARACTERS * 0.9 < len(article.text) < CHARACTERS * 1.3 for article in articles)
    assert len({article.text for article in articles}) == 20
