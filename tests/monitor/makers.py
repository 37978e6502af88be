"""Makers of figures for the tests that compare them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from index.base import FigureEntry
from models.records import Metric, Period

YEAR = Period(start=date(2024, 1, 1), end=date(2024, 12, 31))


def a_claim(
    value: str, *, article: str = "a1", source: str = "bao_a", published: date | None = date(2025, 1, 5), **fields: Any
) -> FigureEntry:
    """One figure of one article; name what matters to the test. `out_of` and `value_max` may be written as texts."""
    amounts = {key: Decimal(fields.pop(key)) for key in ("out_of", "value_max") if fields.get(key)}
    plain: dict[str, Any] = {
        "quote": value, "start": 0, "end": len(value), "sentence": f"Tỷ lệ hồ sơ nộp trực tuyến đạt {value}.",
        "name": "tỷ lệ hồ sơ nộp trực tuyến", "indicator": "online_services.online_dossier_rate", "unit": "percent",
        "entity": "Lào Cai", "period": YEAR,
    }  # fmt: skip
    metric = Metric(value=Decimal(value), **{**plain, **amounts, **fields})
    return FigureEntry(
        article_id=article, url=f"https://{article}.vn/", source=source, published=published, metric=metric
    )
