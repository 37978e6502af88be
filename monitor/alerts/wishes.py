"""What a person asks for, as typed in a command or a form ─► a subscription, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from index.querying.query_names import Names, Resolve
from index.standing.alert_records import Channel, Condition, Subscription, Test
from models.text import normalise
from monitor.alerts.addresses import read_folder, read_mail, read_webhook
from monitor.alerts.condition_parts import make_condition
from monitor.alerts.condition_words import condition_said, read_condition
from monitor.alerts.query_words import query_said
from monitor.alerts.times_typed import read_every, read_language, read_quiet, read_schedule, read_timezone
from monitor.errors import MonitorError
from monitor.naming import topic_names
from monitor.search_text import read_query
from monitor.webhook_bodies import TELEGRAM, make_body, read_template

LONGEST_NAME = 120
LONGEST_OWNER = 254


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionWish:
    """A condition by its parts, for those who would rather not write it in words."""

    indicator: str
    of: str | None = None
    below: str | None = None
    above: str | None = None
    at_least: str | None = None
    at_most: str | None = None
    change_over: str | None = None
    rank_drop: bool = False
    differs: bool = False
    targets: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What was typed; nothing of it has been looked at yet."""

    query: str = ""
    name: str | None = None
    topics: Sequence[str] = ()
    places: Sequence[str] = ()
    sources: Sequence[str] = ()
    when: str | None = None
    condition: ConditionWish | None = None
    every: str = "daily"
    at: str | None = None
    weekday: str | None = None
    quiet: str | None = None
    timezone: str | None = None
    language: str = "vi"
    mails: Sequence[str] = ()
    webhooks: Sequence[str] = ()
    secret: str | None = None
    template: str | None = None
    folders: Sequence[str] = ()
    atom: bool = False
    owner: str = ""
    tells_silence: bool = False
    outside: bool = False
    """For a reader who has to confirm it first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Keys:
    """What is drawn at random for a new subscription."""

    id: str
    token: str
    secret: str = field(repr=False)
    """For webhooks that were given none."""


def make_subscription(wish: Wish, names: Names, *, now: datetime, keys: Keys) -> Subscription:
    """The subscription that a person asks for, with every name in it known and every address well formed.

    Raises QuerySyntaxError with the place in the query, MonitorError for all else.
    """
    read_query(wish.query, names, topics=wish.topics, places=wish.places, sources=wish.sources)
    condition = _condition(wish, names)
    topics, places, sources = (
        _values(typed, resolve)
        for typed, resolve in ((wish.topics, names.topic), (wish.places, names.place), (wish.sources, names.source))
    )
    channels = tuple(_channels(wish, keys))
    query = " ".join(normalise(wish.query).split())
    return Subscription(
        id=keys.id, token=keys.token, made_at=now, owner=_owner(wish, channels), query=query, topics=topics, places=places,
        sources=sources, condition=condition, name=_name(wish.name or _said(query_said(query, names), condition, places, topics)),
        schedule=read_schedule(read_every(wish.every), at=wish.at, weekday=wish.weekday), quiet=read_quiet(wish.quiet),
        timezone=read_timezone(wish.timezone), language=read_language(wish.language), channels=channels,
        tells_silence=wish.tells_silence, state="unconfirmed" if wish.outside else "active",
    )  # fmt: skip


def is_asked_already(subscription: Subscription, known: Iterable[Subscription]) -> Subscription | None:
    """A subscription that still runs, asks the same, and tells it to the same places."""
    return next((one for one in known if one.state != "ended" and _heart(one) == _heart(subscription)), None)


def _heart(subscription: Subscription) -> tuple[object, ...]:
    places = frozenset((channel.kind, channel.address) for channel in subscription.channels)
    filters = (*map(frozenset, (subscription.topics, subscription.places, subscription.sources)),)
    return subscription.owner, subscription.query, filters, subscription.condition, subscription.schedule, places


def _condition(wish: Wish, names: Names) -> Condition | None:
    if wish.when is not None and wish.condition is not None:
        raise MonitorError("điều kiện được nêu hai lần: bằng lời (--when) và bằng --indicator. Chỉ dùng một cách")
    if wish.when is not None:
        return read_condition(wish.when, names.indicator, names.place)
    return _by_parts(wish.condition, names) if wish.condition is not None else None


def _by_parts(parts: ConditionWish, names: Names) -> Condition:
    bounds = {
        name: bound
        for name in ("below", "above", "at_least", "at_most", "change_over")
        if (bound := getattr(parts, name))
    }
    flags = [name for name in ("rank_drop", "differs") if getattr(parts, name)]
    asked = [*bounds, *flags]
    if len(asked) != 1:
        said = "chưa nói so sánh thế nào" if not asked else "nêu nhiều phép so sánh cùng lúc"
        raise MonitorError(
            f"{said}. Chọn đúng một: --below N, --above N, --at-least N, --at-most N, --change-over N, --rank-drop, --differs"
        )
    test = next(name for name in _TESTS if name == asked[0])
    return make_condition(
        test, indicator=parts.indicator, place=parts.of, bound=bounds.get(asked[0]),
        kind="target" if parts.targets else "achieved", resolve_indicator=names.indicator, resolve_place=names.place,
    )  # fmt: skip


_TESTS: tuple[Test, ...] = ("below", "above", "at_least", "at_most", "change_over", "rank_drop", "differs")


def _values(typed: Sequence[str], resolve: Resolve) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for one in typed for value in resolve(one)))


def _channels(wish: Wish, keys: Keys) -> Iterable[Channel]:
    if not (wish.mails or wish.webhooks or wish.folders or wish.atom):
        raise MonitorError("chưa nói gửi đi đâu. Thêm --mail ĐỊA_CHỈ, --webhook URL, --folder THƯ_MỤC hoặc --atom")
    if (wish.secret or wish.template) and not wish.webhooks:
        raise MonitorError("--secret và --template chỉ dùng cùng --webhook. Thêm --webhook URL, hoặc bỏ chúng")
    if wish.template is not None and wish.template != TELEGRAM:
        read_template(wish.template)
    if wish.outside and (len(wish.mails) != 1 or wish.webhooks or wish.folders):
        raise MonitorError("người đọc bên ngoài nhận qua đúng một địa chỉ thư. Dùng --outside với một --mail")
    for typed in dict.fromkeys(map(read_mail, wish.mails)):
        yield Channel(kind="mail", address=typed)
    for typed in dict.fromkeys(map(read_webhook, wish.webhooks)):
        channel = Channel(kind="webhook", address=typed, secret=wish.secret or keys.secret, template=wish.template)
        if channel.template == TELEGRAM:
            make_body(channel, {"subject": "", "text": ""})  # refuses an address without a chat
        yield channel
    for typed in dict.fromkeys(map(read_folder, wish.folders)):
        yield Channel(kind="folder", address=typed)
    if wish.atom:
        yield Channel(kind="atom")


def _owner(wish: Wish, channels: Sequence[Channel]) -> str:
    owner = next(channel.address for channel in channels) if wish.outside else " ".join(normalise(wish.owner).split())
    if not owner or len(owner) > LONGEST_OWNER:
        raise MonitorError("chưa rõ ai theo dõi. Thêm --owner TÊN")
    return owner


def _name(typed: str) -> str:
    name = " ".join(normalise(typed).split())
    if not name:
        raise MonitorError("tên theo dõi đang trống. Viết như --name 'Hồ sơ trực tuyến Lào Cai'")
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _said(words: str, condition: Condition | None, places: Sequence[str], topics: Sequence[str]) -> str:
    """A name for what was given none."""
    called = (topic_names().get(slug, slug) for slug in topics)
    parts = [words, condition_said(condition) if condition else "", ", ".join(places), ", ".join(called)]
    return " · ".join(part for part in parts if part) or "Mọi bài mới"
