"""Alerts ─► the JSON shapes that other programs rely on (docs/alerts.md)."""

from __future__ import annotations

from index.standing.alert_records import Condition, Delivery, Match, Subscription, Unmatched
from monitor.alerts.condition_words import condition_said
from monitor.alerts.optin import page_of
from monitor.alerts.preview import Preview
from monitor.alerts.saying import channel_said
from monitor.shapes import Shape, day_or_time, local_time, number


def subscription_shape(one: Subscription, *, base_url: str, with_secrets: bool = False) -> Shape:
    """A subscription. `with_secrets` only where it was just made: what webhooks are signed with is not shown again."""
    page = page_of(one, base_url)
    return {
        "id": one.id, "name": one.name, "owner": one.owner, "state": one.state, "reason": one.reason, "trouble": one.trouble,
        "query": one.query,
        "topics": list(one.topics), "places": list(one.places), "sources": list(one.sources),
        "condition": None if one.condition is None else condition_shape(one.condition),
        "schedule": {
            "every": one.schedule.every, "at": f"{one.schedule.at:%H:%M}", "weekday": one.schedule.weekday,
            "timezone": one.timezone,
        },
        "quiet": None if one.quiet is None else {"start": f"{one.quiet.start:%H:%M}", "end": f"{one.quiet.end:%H:%M}"},
        "language": one.language, "tells_silence": one.tells_silence,
        "channels": [
            {
                "kind": channel.kind, "address": channel.address, "template": channel.template,
                **({"secret": channel.secret} if with_secrets and channel.secret else {}),
            }
            for channel in one.channels
        ],
        "made_at": local_time(one.made_at), "confirmed_at": local_time(one.confirmed_at),
        "next_due_at": local_time(one.next_due_at), "last_digest_at": local_time(one.last_digest_at),
        "page": page, "feed": f"{page}/diem-tin.atom",
    }  # fmt: skip


def condition_shape(condition: Condition) -> Shape:
    """A condition, with itself in words."""
    return {
        "test": condition.test, "indicator": condition.indicator, "place": condition.place, "bound": number(condition.bound),
        "unit": condition.unit, "kind": condition.kind, "said": condition_said(condition),
    }  # fmt: skip


def preview_shape(found: Preview) -> Shape:
    """How often it would have fired, by day, and the last matches with the sentence that matched."""
    return {
        "since": local_time(found.since), "is_whole": found.is_whole, "articles": found.articles, "digests": found.digests,
        "days": [{"day": day_or_time(day), "articles": count} for day, count in found.days],
        "last": [
            {
                "id": one.document.id, "url": one.document.url, "title": one.document.title, "source": one.document.source,
                "published": local_time(one.document.published), "seen_at": local_time(one.seen_at), "tier": one.tier,
                "highlights": [
                    {"part": why.part, "text": why.text, "start": why.start, "spans": [list(span) for span in why.spans]}
                    for why in one.why
                ],
            }
            for one in found.last
        ],
    }  # fmt: skip


def match_shape(one: Match) -> Shape:
    """An article that was found for a subscription; no digest yet is null."""
    return {
        "article": one.article_id, "tier": one.tier, "found_at": local_time(one.found_at), "digest": one.digest_id,
        "figures": list(one.figures),
    }  # fmt: skip


def held_up_shape(one: Unmatched) -> Shape:
    """An article that could not be held against all subscriptions."""
    return {"article": one.article_id, "why": one.why}


def delivery_shape(one: Delivery) -> Shape:
    """One digest on one channel."""
    return {
        "id": one.id, "digest": one.digest_id, "subscription": one.subscription_id, "channel": one.channel.kind,
        "to": channel_said(one.channel), "state": one.state, "attempts": one.attempts,
        "next_try_at": local_time(one.next_try_at) if one.state == "waiting" else None, "answer": one.answer,
        "changed_at": local_time(one.changed_at), "message_id": one.message_id,
    }  # fmt: skip
