"""The benchmark of the analysis still runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import analyse


def test_the_benchmark_holds_every_stage_against_word_tokenize(capsys: pytest.CaptureFixture[str]) -> None:
    analyse.main(["--articles", "3", "--rounds", "1"])

    tables = capsys.readouterr().out.split("\n\n")[1:]
    assert len(tables) == 2
    for table in tables:
        rows = [line.rsplit(maxsplit=3) for line in table.splitlines()[2:9]]
        ratios = {name.strip(): float(ratio) for name, _, _, ratio in rows}
        assert ratios.pop("underthesea word_tokenize") == 1
        assert {"annotate (all)", "nlp.pipe (all)", "· reading, topics", "· reading, figures"} <= set(ratios)
        assert ratios["annotate (all)"] > 0


def test_the_benchmark_measures_on_articles_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"title": "Tít", "text": "Tỷ lệ hồ sơ nộp trực tuyến đạt 82%."}\n', "utf-8")

    analyse.main(["--rounds", "1", "--file", str(file)])

    assert "mine.jsonl: 1 articles of 35 characters" in capsys.readouterr().out


def test_every_article_of_the_benchmark_has_the_length_it_says() -> None:
    articles = analyse.make_articles(120)

    assert {len(article["text"]) for article in articles} == {analyse.LENGTH}
