"""A subscription's own page, for confirming, pausing and ending it, its one-click way out, and its Atom feed.

A GET only shows, for mail scanners open every link; what changes something is a POST. Whoever has the token may.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from index.base import Everything, Query
from index.errors import QuerySyntaxError
from index.querying.query_names import Names
from index.standing.alert_records import Subscription
from monitor.alerts.asking import query_of
from monitor.alerts.feed import read_entries, write_feed
from monitor.alerts.optin import Action, act, actions_for, of_token, page_of
from monitor.alerts.page_words import ACTIONS, LABELS, state_said
from monitor.alerts.saying import Called, channel_said, masked, watched_said, when_said
from monitor.assembly import Desk
from monitor.errors import MonitorError
from monitor.form_values import PRIVATE, first_of, read_form

Render = Callable[..., HTMLResponse]


class AlertPages:
    """See the module. `render` makes a page of ours from a template's name and its values."""

    def __init__(
        self, desk: Desk, names: Names, called: Callable[[], Called], render: Render, *, clock: Callable[[], datetime]
    ) -> None:
        self._desk = desk
        self._names = names
        self._called = called
        self._render = render
        self._clock = clock

    def routes(self) -> list[Route]:
        """Where they are found."""
        return [
            Route("/theo-doi/{token}", self.show, methods=["GET"]),
            Route("/theo-doi/{token}", self.acted, methods=["POST"]),
            Route("/theo-doi/{token}/huy", self.show, methods=["GET"]),
            Route("/theo-doi/{token}/huy", self.one_click, methods=["POST"]),
            Route("/theo-doi/{token}/diem-tin.atom", self.feed, methods=["GET"]),
        ]

    def show(self, request: Request) -> Response:
        """The subscription's page; whoever opens it changes nothing."""
        subscription = self._of(request)
        language = subscription.language
        labels, words = LABELS[language], ACTIONS[language]
        base = self._desk.config.base_url or str(request.base_url)
        buttons = [
            {"action": action, "label": labels["not_me"] if _is_refusal(subscription, action) else words[action]}
            for action in actions_for(subscription)
        ]
        values = {
            "name": subscription.name, "language": language, "labels": labels, "state": subscription.state,
            "state_said": state_said(subscription), "rows": watched_said(subscription, self._called()),
            "when": when_said(subscription), "buttons": buttons, "action": f"/theo-doi/{subscription.token}",
            "channels": [
                masked(one.address) if one.kind == "mail" else channel_said(one) for one in subscription.channels if one.kind != "atom"
            ],
            "feed": f"{page_of(subscription, base)}/diem-tin.atom" if subscription.state in ("active", "paused") else "",
        }  # fmt: skip
        page = self._render("subscription.html", values)
        page.headers.update(PRIVATE)
        return page

    async def acted(self, request: Request) -> Response:
        """Do what a button says, then show the page."""
        action = first_of(await read_form(request), "action")
        known: tuple[Action, ...] = ("confirm", "pause", "resume", "end")
        chosen = next((one for one in known if one == action), None)
        if chosen is None:
            raise HTTPException(400, "Không rõ cần làm gì. Hãy bấm một nút trên trang.")
        token = request.path_params["token"]
        if await run_in_threadpool(act, self._desk.archive.alerts, token, chosen, self._clock()) is None:
            raise _gone()
        return RedirectResponse(f"/theo-doi/{token}", status_code=303, headers=PRIVATE)

    async def one_click(self, request: Request) -> Response:
        """RFC 8058: the reader's mail program ends it. Always 200, so that a program that asks twice reports no failure."""
        token = request.path_params["token"]
        await run_in_threadpool(act, self._desk.archive.alerts, token, "end", self._clock())
        return PlainTextResponse("Đã hủy. Unsubscribed.\n", headers=PRIVATE)

    def feed(self, request: Request) -> Response:
        """The matches as Atom; 304 where the reader has them."""
        subscription = self._of(request)
        if subscription.state == "ended":
            raise HTTPException(410, "Theo dõi này đã hủy nên không còn nguồn Atom.")
        if subscription.state == "unconfirmed":
            raise HTTPException(404, "Theo dõi này chưa được xác nhận nên chưa có nguồn Atom.")
        entries = read_entries(self._desk.archive, subscription, self._query_of(subscription), self._called().sources)
        base = self._desk.config.base_url or str(request.base_url)
        made = write_feed(subscription, entries, address=f"{page_of(subscription, base)}/diem-tin.atom", base_url=base)
        headers = {**PRIVATE, "Cache-Control": "private, no-cache", "ETag": made.etag}
        if made.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(made.content, media_type="application/atom+xml", headers=headers)

    def _query_of(self, subscription: Subscription) -> Query:
        """What is to be marked: nothing where the question can't be read any more, as a topic of its was removed."""
        try:
            return query_of(subscription, self._names)
        except (QuerySyntaxError, MonitorError):
            return Query(typed="", root=Everything())

    def _of(self, request: Request) -> Subscription:
        found = of_token(self._desk.archive.alerts, request.path_params["token"], self._clock())
        if found is None:
            raise _gone()
        return found


def _gone() -> HTTPException:
    return HTTPException(404, "Liên kết này không còn hiệu lực: đăng ký chưa xác nhận được xóa sau 7 ngày.")


def _is_refusal(subscription: Subscription, action: Action) -> bool:
    return subscription.state == "unconfirmed" and action == "end"
