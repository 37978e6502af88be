"""The benchmark of the analysis still runs."""

from __future__ import annotations

import pytest

from bench import analyse


def test_the_benchmark_holds_every_stage_against_word_tokenize(capsys: pytest.CaptureFixture[str]) -> None:
    analyse.main(["--articles", "3", "--rounds", "1"])

    rows = [line.rsplit(maxsplit=3) for line in capsys.readouterr().out.splitlines()[2:-1]]
    ratios = {name.strip(): float(ratio) for name, _, _, ratio in rows}
    assert ratios.pop("underthesea word_tokenize") == 1
    assert {"annotate (all)", "nlp.pipe (all)", "· reading, topics", "· reading, figures"} <= set(ratios)
    assert ratios["annotate (all)"] > 0


def test_every_article_of_the_benchmark_has_the_length_it_says() -> None:
    articles = analyse.make_articles(120)

    assert {len(article["text"]) for article in articles} == {analyse.LENGTH}
