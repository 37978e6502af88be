"""What the models find in a text: topics, metrics, places.

Amounts are `Decimal` in base units. Offsets count characters of the text as given. None means unknown, never 0 or "".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Bound = Literal["exact", "about", "over", "at_least", "under", "at_most"]
Kind = Literal["achieved", "target", "change"]
TOPIC_IDS = (
    "online_services", "data_sharing", "security", "e_documents", "infrastructure", "admin_reform", "digital_skills",
    "digital_economy",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicScore:
    """A topic and how sure the classifier is, 0 to 1."""

    topic: str
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number as read from prose: "khoảng 1,2 triệu đồng" → 1200000, unit vnd, bound about."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None = None
    unit: str | None = None
    """percent, percentage_point, vnd, usd, point, rank, times, or the counted thing in Vietnamese."""
    out_of: Decimal | None = None
    bound: Bound = "exact"


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """The closed interval of days that a figure covers; "đến 31/5/2024" has no start."""

    start: date | None
    end: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A province, ministry or other body: its canonical name, and where it stands in time."""

    code: str
    """A slug: "lao_cai", "bo_y_te"."""
    name: str
    """Canonical Vietnamese name, "tỉnh" left out: "Lào Cai", "TP Hồ Chí Minh", "Bộ Y tế"."""
    kind: Literal["country", "province", "ministry", "department", "district", "commune", "other"]
    since: date | None = None
    until: date | None = None
    """The last day on which it existed."""
    successors: tuple[str, ...] = ()
    """Codes of what it became."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """One indicator's value as one article states it. Fields as DESIGN §3, `monitor analyse`; `against` is an addition."""

    quote: str
    start: int
    end: int
    sentence: str
    name: str
    indicator: str | None = None
    value: Decimal | None
    value_max: Decimal | None = None
    unit: str
    out_of: Decimal | None = None
    bound: Bound = "exact"
    kind: Kind = "achieved"
    entity: str | None = None
    period: Period | None = None
    against: str | None = None
    """What a change is measured against, in the article's words ("cùng kỳ năm 2023"); None where it does not say."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Annotation:
    """All that the models say of one article, and which models said it."""

    topics: tuple[TopicScore, ...]
    metrics: tuple[Metric, ...]
    places: tuple[str, ...]
    """Canonical names of the provinces and ministries that the article is about, most prominent first."""
    model_version: str
    terms: tuple[str, ...] | None = None
    """What the article is counted by (`models.terms`); None where they were not asked for."""
