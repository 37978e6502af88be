"""The page on which outside readers ask for news by mail, and see first how much of it there would be."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from index.errors import QuerySyntaxError
from index.querying.query_names import Names
from index.standing.alert_records import Subscription
from monitor.alerts.addresses import read_mail
from monitor.alerts.allowance import Allowance
from monitor.alerts.inviting import can_invite, invite
from monitor.alerts.keeping import draw_keys
from monitor.alerts.optin import sign_up
from monitor.alerts.preview import preview
from monitor.alerts.saying import Called
from monitor.alerts.wishes import Wish, make_subscription
from monitor.assembly import Desk
from monitor.errors import MonitorError
from monitor.form_values import PRIVATE, Form, first_of, person_of, preview_values, problem_values, read_form

log = logging.getLogger(__name__)
Render = Callable[..., HTMLResponse]
MAILS_A_DAY = 3
"""To one address, whoever asks for them."""
LOOKS_AN_HOUR = 60
"""Previews for one person; each reads a month of articles."""
EXAMPLES = 3
LONGEST_QUERY = 200
_WEB = re.compile(r"://|www\.|\w\.[a-z]{2,}", re.IGNORECASE)
"""A question is told in a mail to an address that anybody may have typed: it must not lead anywhere."""
_FIELDS = ("q", "place", "when", "every", "mail")
_EVERY = (("daily", "hằng ngày, 7 giờ sáng"), ("weekly", "mỗi sáng thứ hai"), ("instant", "ngay khi có tin"))
_SOMEBODY = "ai-do@example.vn"
"""Stands for the address in a preview, which goes to nobody."""


class SignUpPages:
    """See the module. `render` makes a page of ours from a template's name and its values."""

    def __init__(
        self, desk: Desk, names: Names, called: Callable[[], Called], render: Render, *, clock: Callable[[], datetime]
    ) -> None:
        self._desk = desk
        self._names = names
        self._called = called
        self._render = render
        self._clock = clock
        self._persons = Allowance(desk.config.signups_per_hour, timedelta(hours=1))
        self._looks = Allowance(LOOKS_AN_HOUR, timedelta(hours=1))
        self._addresses = Allowance(MAILS_A_DAY, timedelta(days=1))

    def routes(self) -> list[Route]:
        """Where it is found."""
        return [
            Route("/theo-doi", self.form, methods=["GET"]),
            Route("/theo-doi", self.filled, methods=["POST"]),
        ]

    def form(self, request: Request) -> Response:
        """The form, filled with what the address says of it; a preview and a sign-up come by POST, so that no address
        of anybody's ends up in one of the web's."""
        typed = {name: request.query_params.getlist(name) for name in (*_FIELDS, "topic")}
        return self._form({**typed, "mail": []})

    async def filled(self, request: Request) -> Response:
        """Show what would have come, or keep the wish and send the mail."""
        if request.headers.get("sec-fetch-site") == "cross-site":
            raise HTTPException(403, "Hãy điền mẫu đăng ký ngay trên trang này.")
        typed = await read_form(request)
        return await run_in_threadpool(
            self._look if first_of(typed, "do") == "preview" else self._sign_up, request, typed
        )

    def _look(self, request: Request, typed: Form) -> Response:
        now = self._clock()
        try:
            subscription = self._wished({**typed, "mail": [_SOMEBODY]}, now)
        except (QuerySyntaxError, MonitorError) as e:
            return self._form(typed, problem=e, status=400)
        if not self._looks.take(person_of(request), now):
            return self._refuse(typed, "bạn đã xem thử nhiều lần trong giờ qua")
        found = preview(self._desk.archive, self._desk.index, subscription, self._names, now, shown=EXAMPLES)
        return self._form(typed, preview=preview_values(found, self._called()))

    def _sign_up(self, request: Request, typed: Form) -> Response:
        """The answer is the same whether or not the address is known."""
        now = self._clock()
        if not can_invite(self._desk.config):
            return self._form(typed, status=503)
        try:
            subscription = self._wished(typed, now)
        except (QuerySyntaxError, MonitorError) as e:
            return self._form(typed, problem=e, status=400)
        if not self._persons.take(person_of(request), now):
            return self._refuse(typed, "bạn đã đăng ký nhiều lần trong giờ qua")
        answer = self._form(typed, sent_to=subscription.owner)
        if not first_of(typed, "website"):  # people do not see that field
            answer.background = BackgroundTask(self._keep_and_invite, subscription, now)
        return answer

    def _keep_and_invite(self, subscription: Subscription, now: datetime) -> None:
        """After the answer has gone, so that its time tells nothing of the address either."""
        kept = sign_up(self._desk.archive.alerts, subscription, now)
        if kept is None or not self._addresses.take(kept.owner.casefold(), now):
            return
        try:
            invite(self._desk, kept, self._called(), now)
        except MonitorError as e:
            log.error("a confirmation mail could not be sent: %s", e)

    def _wished(self, typed: Form, now: datetime) -> Subscription:
        place = first_of(typed, "place")
        wish = Wish(
            query=first_of(typed, "q"), topics=typed.get("topic", []), places=[place] if place else [],
            when=first_of(typed, "when") or None, every=first_of(typed, "every") or _EVERY[0][0],
            mails=[read_mail(first_of(typed, "mail"))], outside=True,
        )  # fmt: skip
        if len(wish.query) > LONGEST_QUERY or _WEB.search(wish.query):
            raise MonitorError(f"từ khóa dài không quá {LONGEST_QUERY} ký tự và không chứa địa chỉ web")
        if not (wish.query or wish.topics or wish.places or wish.when):
            raise MonitorError("hãy nêu từ khóa, chủ đề, địa phương hoặc điều kiện về số liệu")
        return make_subscription(wish, self._names, now=now, keys=draw_keys())

    def _refuse(self, typed: Form, said: str) -> HTMLResponse:
        answer = self._form(typed, problem=MonitorError(f"{said}. Hãy thử lại sau một giờ"), status=429)
        answer.headers["Retry-After"] = "3600"
        return answer

    def _form(
        self, typed: Form, *, status: int = 200, problem: Exception | None = None, **values: object
    ) -> HTMLResponse:
        shown: dict[str, Any] = {name: first_of(typed, name) for name in _FIELDS}
        shown["every"] = shown["every"] or _EVERY[0][0]
        chosen = typed.get("topic", [])
        topics = [
            {"slug": slug, "name": name, "chosen": slug in chosen} for slug, name in self._called().topics.items()
        ]
        more: Mapping[str, object] = {
            "ways": _EVERY, "topics_known": topics, "open": can_invite(self._desk.config),
            "problem": problem_values(problem), "preview": None, "sent_to": "",
        }  # fmt: skip
        page = self._render("subscribe.html", {**shown, **more, **values}, status=status)
        page.headers.update(PRIVATE)
        return page
