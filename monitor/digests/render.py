"""A digest's values ─► subject, HTML, plain text and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from monitor.digests.charts import draw_tallies
from monitor.digests.plain import write_plain
from monitor.digests.texts import as_markup, cut, plain
from monitor.digests.views import Copy, DigestView, FollowUp, Listening, Story
from monitor.digests.wording import Wording, shown_copies

MOST_HTML = 95_000
"""Bytes; Gmail cuts what is longer than 102 kB, and the link to unsubscribe with it."""
CHART = "so-bai"
"""The chart's name within the message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture that goes with the HTML."""

    cid: str
    png: bytes
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """What a message is made of."""

    subject: str
    html: str
    text: str
    images: tuple[Image, ...]


def render(view: DigestView, *, with_chart: bool = True) -> Rendered:
    """The digest for a mail; of a long one as many stories as a mail takes, and how many are left out."""
    wording = Wording(view)
    image = None
    if with_chart and view.tallies:
        png = draw_tallies(view.tallies, wording.chart_title())
        image = Image(cid=CHART, png=png, alt=wording.chart_alt())
    html = _html(wording, image)
    while len(html.encode()) > MOST_HTML and len(view.stories) > 1:
        kept = min(len(view.stories) - 1, len(view.stories) * MOST_HTML // len(html.encode()))
        view = replace(view, stories=view.stories[:kept], left_out=view.total - kept)
        wording = Wording(view)
        html = _html(wording, image)
    return Rendered(subject=wording.subject(), html=html, text=write_plain(wording), images=(image,) if image else ())


def _html(wording: Wording, image: Image | None) -> str:
    view = wording.view
    page = _template().render(
        view=view, say=wording.say, css=_css(), subject=wording.subject(), full_day=wording.labels.full_day(view.made_at),
        preheader=_preheader(wording), uncertain=wording.uncertain(), summary=wording.summary(), rising=wording.rising(),
        changed=wording.changed(), none_since=wording.none_since(), chart=image,
        stories=[_story(wording, story) for story in view.stories], left_out=wording.left_out(),
        follow_ups=[_follow_up(wording, told) for told in view.follow_ups],
        listening=_listening(wording, view.listening) if view.listening else None,
        why=wording.why(),
        has_figures=any(story.figures for story in view.stories),
    )  # fmt: skip
    return _inliner().inline(page)


def _preheader(wording: Wording) -> str:
    """What a list of mails shows behind the subject: the titles that the subject does not say."""
    view = wording.view
    if view.total == 1:
        return plain(view.stories[0].sentence)
    titles = " · ".join(cut(plain(story.title), 80) for story in view.stories[:3])
    return titles or wording.none_since()


def _story(wording: Wording, story: Story) -> dict[str, object]:
    figures = [
        {"value": wording.value(figure), "of_what": wording.of_what(figure), "remarks": wording.remarks(figure)}
        for figure in story.figures
    ]
    return {
        "title": as_markup(story.title), "url": story.url, "about": wording.about(story),
        "sentence": as_markup(story.sentence), "figures": figures, "copies_label": wording.copies(story),
        "page": wording.view.addresses.article(story.article_id) if story.figures else None, **_sources(story.copies),
    }  # fmt: skip


def _follow_up(wording: Wording, told: FollowUp) -> dict[str, object]:
    return {"title": told.title, "url": told.url, "said": wording.follow_up(told), **_sources(told.copies)}


def _sources(copies: Sequence[Copy]) -> dict[str, object]:
    shown = shown_copies(copies)
    return {"copies": shown, "more_copies": len({copy.source for copy in copies}) > len(shown)}


def _listening(wording: Wording, listening: Listening) -> dict[str, object]:
    return {
        "working": wording.working(listening), "quiet": list(wording.quiet(listening)),
        "quiet_label": wording.say("quiet", n=len(listening.quiet)),
    }  # fmt: skip


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("monitor"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("digest/mail.html")


@cache
def _css() -> str:
    return (resources.files("monitor") / "templates" / "digest" / "mail.css").read_text("utf-8")


@cache
def _inliner() -> css_inline.CSSInliner:
    """Puts the styles on the elements, as many clients read no sheet; what asks for dark or a small screen stays one."""
    return css_inline.CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)
