"""Outside readers: nobody gets a digest who has not said so from the very address it goes to.

A sign-up makes an unconfirmed subscription and one mail. Doing nothing ends it: after a week it is forgotten, address and
all. A reader who says no is remembered as just that, so that nobody can have the address written to again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal
from urllib.parse import urlsplit

from index.standing.alert_archive import AlertArchive
from index.standing.alert_records import Subscription, SubscriptionState
from monitor.alerts.keeping import has_said_no
from monitor.alerts.saying import Called, watched_said, when_said
from monitor.alerts.wishes import is_asked_already
from monitor.telling import day_said

CONFIRM_WITHIN = timedelta(days=7)
Action = Literal["confirm", "pause", "resume", "end"]
Send = Callable[[EmailMessage], object]
_MAY: dict[SubscriptionState, dict[Action, SubscriptionState]] = {
    "unconfirmed": {"confirm": "active", "end": "ended"},
    "active": {"confirm": "active", "pause": "paused", "resume": "active", "end": "ended"},
    "paused": {"confirm": "paused", "pause": "paused", "resume": "active", "end": "ended"},
    "ended": {"end": "ended"},
}
"""What a reader may do, and what becomes of it; a second click does no more than the first."""


def page_of(subscription: Subscription, base_url: str) -> str:
    """The page on which its reader confirms, pauses and ends it."""
    return f"{base_url.rstrip('/')}/theo-doi/{subscription.token}"


def sign_up(alerts: AlertArchive, subscription: Subscription, now: datetime) -> Subscription | None:
    """Keep a reader's wish; the subscription about which one mail is to be sent, or None where none may be.

    Asked again for what waits or runs already, that one is what the mail is about: it was lost, perhaps.
    """
    forget_old(alerts, now)
    if has_said_no(alerts, subscription.owner):
        return None
    running = alerts.subscriptions(owner=subscription.owner, states=("unconfirmed", "active", "paused"))
    if (same := is_asked_already(subscription, running)) is not None:
        return same
    alerts.add(subscription)
    return subscription


def forget_old(alerts: AlertArchive, now: datetime) -> int:
    """Delete what nobody confirmed in time; how many there were."""
    return alerts.forget_unconfirmed(now - CONFIRM_WITHIN)


def of_token(alerts: AlertArchive, token: str, now: datetime) -> Subscription | None:
    """The subscription that a link leads to; None for one that was not confirmed in time, forgotten or not."""
    found = alerts.subscription_of_token(token)
    if found is not None and found.state == "unconfirmed" and found.made_at < now - CONFIRM_WITHIN:
        return None
    return found


def act(alerts: AlertArchive, token: str, action: Action, now: datetime) -> Subscription | None:
    """Do what a reader asks for, as often as they ask; None where the token is nobody's (any more).

    What a reader may not do from where they are (take up what they ended without ever having confirmed it) is left as it is.
    """
    subscription = of_token(alerts, token, now)
    if subscription is None:
        return None
    may = _MAY[subscription.state]
    if subscription.state == "ended" and subscription.confirmed_at is not None:
        may = {**may, "resume": "active"}
    state = may.get(action, subscription.state)
    if state == subscription.state and (state != "paused" or subscription.reason is None):
        return subscription
    return alerts.set_state(subscription.id, state, now)


def actions_for(subscription: Subscription) -> tuple[Action, ...]:
    """What a reader can do now, the likeliest first."""
    match subscription.state:
        case "unconfirmed":
            return ("confirm", "end")
        case "active":
            return ("pause", "end")
        case "paused":
            return ("resume", "end")
        case "ended":
            return ("resume",) if subscription.confirmed_at is not None else ()


# --- the mail ---------------------------------------------------------------------------------------------------------


def write_confirmation(
    subscription: Subscription,
    called: Called,
    *,
    base_url: str,
    mail_from: str,
    now: datetime,
    message_id: str,
    asked_by: str | None = None,
) -> EmailMessage:
    """The one mail that an outside reader gets unasked: who wants it, what for, and that doing nothing ends it.

    `asked_by` is the person at this monitor who entered the address; None: it came from the sign-up page. Of a
    subscription that runs already, the mail says just that.
    """
    english = subscription.language == "en"
    text = (_english if english else _vietnamese)(subscription, called, base_url=base_url, now=now, asked_by=asked_by)
    is_new = subscription.state == "unconfirmed"
    # no word of the subscription's: it may be a stranger's, and this mail must carry no stranger's message
    if english:
        subject = "Please confirm that you want news" if is_new else "You already follow this news"
    else:
        subject = "Xác nhận theo dõi tin" if is_new else "Bạn đang theo dõi tin này"
    message = EmailMessage(policy=SMTP)
    message["From"] = mail_from
    name, _, host = subscription.owner.rpartition("@")
    message["To"] = Address(username=name, domain=host)
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _vietnamese(
    subscription: Subscription, called: Called, *, base_url: str, now: datetime, asked_by: str | None
) -> str:
    page, site = page_of(subscription, base_url), urlsplit(base_url).netloc or base_url
    rows = "\n".join(f"  {label}: {said}" for label, said in watched_said(subscription, called))
    what = f"{rows}\n  Nhịp gửi: {when_said(subscription)}"
    if subscription.state != "unconfirmed":
        return f"Chào bạn,\n\nĐịa chỉ này đang theo dõi tin ở {site}:\n\n{what}\n\nTạm dừng hoặc hủy ở trang sau:\n\n{page}\n"
    who = (
        f"{asked_by}, người quản trị trang {site}, vừa đăng ký nhận tin cho địa chỉ này"
        if asked_by
        else f"Lúc {day_said(now)}, có người (chắc là bạn) đã đăng ký nhận tin cho địa chỉ này ở {site}"
    )
    return (
        f"Chào bạn,\n\n{who}:\n\n{what}\n\nNếu bạn muốn nhận, hãy mở trang sau và bấm “Xác nhận”:\n\n{page}\n\n"
        f"Nếu không, bạn không cần làm gì: sau {CONFIRM_WITHIN.days} ngày, đăng ký này tự hết hiệu lực, địa chỉ của bạn được xóa "
        "và bạn sẽ không nhận thêm thư nào.\n"
    )


def _english(subscription: Subscription, called: Called, *, base_url: str, now: datetime, asked_by: str | None) -> str:
    page, site = page_of(subscription, base_url), urlsplit(base_url).netloc or base_url
    rows = "\n".join(f"  {label}: {said}" for label, said in watched_said(subscription, called))
    what = f"{rows}\n  Sent: {when_said(subscription)}"
    if subscription.state != "unconfirmed":
        return (
            f"Hello,\n\nThis address already follows the news at {site}:\n\n{what}\n\nPause or end it here:\n\n{page}\n"
        )
    who = (
        f"{asked_by}, who runs {site}, has entered this address to receive news"
        if asked_by
        else f"At {day_said(now)} (Vietnam time) somebody, probably you, asked for news to this address at {site}"
    )
    return (
        f"Hello,\n\n{who}:\n\n{what}\n\nIf you want it, open this page and press “Confirm”:\n\n{page}\n\n"
        f"If not, there is nothing to do: after {CONFIRM_WITHIN.days} days the request lapses, your address is deleted, and no "
        "further mail will come.\n"
    )
