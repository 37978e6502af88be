"""A subscription in words: what it watches, when it tells, and where to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from index.standing.alert_records import Channel, Schedule, Subscription, SubscriptionState
from monitor.alerts.condition_words import condition_said
from monitor.alerts.times_typed import DAYS
from monitor.words import HERE

STATES: Mapping[SubscriptionState, str] = {
    "unconfirmed": "chờ xác nhận",
    "active": "đang theo dõi",
    "paused": "tạm dừng",
    "ended": "đã hủy",
}
DELIVERIES: Mapping[str, str] = {
    "waiting": "chờ gửi",
    "handing_over": "đang gửi",
    "sent": "đã gửi",
    "refused": "bị từ chối",
    "unknown": "không rõ đã đến",
}
CHANNELS: Mapping[str, str] = {"mail": "thư", "webhook": "webhook", "folder": "thư mục", "atom": "nguồn Atom"}
_ENGLISH_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """What slugs are called where people read them."""

    topics: Mapping[str, str]
    sources: Mapping[str, str]


def watched_said(subscription: Subscription, called: Called) -> tuple[tuple[str, str], ...]:
    """What it watches, as pairs of a label and what stands there; never empty."""
    en = subscription.language == "en"
    topics = (called.topics.get(slug, slug) for slug in subscription.topics)
    sources = (called.sources.get(key, key) for key in subscription.sources)
    rows = (
        ("Words" if en else "Từ khóa", subscription.query),
        ("Topics" if en else "Chủ đề", ", ".join(topics)),
        ("Places" if en else "Địa phương, bộ ngành", ", ".join(subscription.places)),
        ("Sources" if en else "Nguồn", ", ".join(sources)),
        ("Condition" if en else "Điều kiện", condition_said(subscription.condition) if subscription.condition else ""),
    )
    told = tuple((label, said) for label, said in rows if said)
    return told or (("Words" if en else "Từ khóa", "any new article" if en else "mọi bài mới"),)


def schedule_said(schedule: Schedule, language: Literal["vi", "en"] = "vi") -> str:
    """When it tells.

    >>> from datetime import time
    >>> schedule_said(Schedule(every="weekly", at=time(8, 30), weekday=4)), schedule_said(Schedule(every="daily"), "en")
    ('thứ sáu hằng tuần lúc 08:30', 'daily at 07:00')
    """
    at = f"{schedule.at:%H:%M}"
    if language == "en":
        words = {
            "instant": "as soon as there is news",
            "hourly": "hourly, when there is news",
            "daily": f"daily at {at}",
        }
        return words.get(schedule.every, f"{_ENGLISH_DAYS[schedule.weekday]} at {at}")
    words = {"instant": "ngay khi có tin", "hourly": "mỗi giờ, khi có tin", "daily": f"hằng ngày lúc {at}"}
    return words.get(schedule.every, f"{DAYS[schedule.weekday]} hằng tuần lúc {at}")


def when_said(subscription: Subscription) -> str:
    """When it tells, with its quiet hours, and its time zone where that is not Vietnam's."""
    en = subscription.language == "en"
    said = schedule_said(subscription.schedule, subscription.language)
    if subscription.quiet is not None:
        hours = f"{subscription.quiet.start:%H:%M}–{subscription.quiet.end:%H:%M}"
        said += f", never {hours}" if en else f", không gửi {hours}"
    return said if subscription.timezone == HERE.key else f"{said} ({subscription.timezone})"


def channel_said(channel: Channel) -> str:
    """Where to; a webhook's secret and what may be one in its address stay unsaid.

    >>> channel_said(Channel(kind="webhook", address="https://api.example.vn/bot123:abc/send?chat=1", secret="x"))
    'webhook https://api.example.vn/…'
    """
    if channel.kind == "webhook":
        scheme, _, rest = channel.address.partition("://")
        host, slash, _ = rest.partition("/")
        return f"webhook {scheme}://{host.partition('?')[0]}{'/…' if slash else ''}"
    return f"{CHANNELS[channel.kind]} {channel.address}".strip()


def not_made_said(trouble: str) -> str:
    """Why a subscription's digest could not be made."""
    return f"chưa soạn được điểm tin: {trouble}"


def masked(address: str) -> str:
    """A mail address that its owner knows again and nobody else can use.

    >>> masked("nguyenlan@example.vn"), masked("a@b.vn")
    ('n…n@example.vn', 'a…@b.vn')
    """
    name, _, host = address.rpartition("@")
    return f"{name[:1]}…{name[-1:] if len(name) > 2 else ''}@{host}"
