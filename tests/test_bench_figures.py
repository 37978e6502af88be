from __future__ import annotations

import pytest

from bench import figures


def test_the_benchmark_of_figures_runs_and_says_how_long_each_question_takes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = figures.main(["--times", "1", "--rounds", "2"])

    assert all(min(times[0]) > 0 for times in found.values())
    assert "conflicts, as the web page asks" in capsys.readouterr().out


def test_no_two_copies_share_an_article_and_all_have_as_many_figures() -> None:
    once = figures.newsroom_documents()[:5]
    twice = list(figures.repeated(once, 2))

    assert len({document.id for document in twice}) == 10
    assert [len(document.metrics) for document in twice[5:]] == [len(document.metrics) for document in once]
    assert {metric.sentence for document in twice[:5] for metric in document.metrics}.isdisjoint(
        metric.sentence for document in twice[5:] for metric in document.metrics
    )
