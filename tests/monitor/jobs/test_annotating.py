"""One part of a re-analysis, without a queue."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from index.records import NewArticle
from models.annotation import model_version
from monitor.assembly import open_desk
from monitor.config import Config
from monitor.jobs.annotating import annotate_part
from tests.index.makers import NOON, an_annotation, an_article


def test_a_part_that_is_read_again_keeps_terms_too(archive_url: str, tmp_path: Path) -> None:
    config = Config(data=tmp_path, database_url=archive_url)
    with open_desk(config) as desk:
        article = an_article(title="Cảnh báo lừa đảo", text="Sữa giả tràn lan. Sữa giả ở Huế.")
        (stored,) = desk.archive.store_articles([NewArticle(article=article, annotation=an_annotation())], NOON)
        (up_to,) = desk.archive.chunks(10)
        run_id = desk.archive.runs.start(datetime.now(UTC), kind="annotate", parts=["1"])
        arguments = {"run_id": run_id, "part": "1", "after": "", "up_to": up_to, "model": model_version(), "places": {}}

        annotate_part(desk, arguments, check=lambda: None)

        (document,) = desk.archive.documents([stored.id])
        assert {"lừa đảo", "sữa giả"} <= set(document.terms or ())
