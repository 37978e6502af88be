"""A digest as plain text. Lines are as long as their sentences: clients break them to the width they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.digests.texts import plain
from monitor.digests.views import Copy, FollowUp, Story
from monitor.digests.wording import Wording, shown_copies

# «…» and not **…**: asterisks are read aloud one by one, and stars in a sentence look like a footnote.
_OPENING, _CLOSING = "«", "»"


def write_plain(wording: Wording) -> str:
    """The whole text; what was searched for stands between « and »."""
    return "\n".join(_lines(wording)).rstrip() + "\n"


def _lines(wording: Wording) -> Iterator[str]:
    yield from _head(wording)
    for number, story in enumerate(wording.view.stories, 1):
        yield from _story(wording, number, story)
    yield from _rest(wording)
    yield from _foot(wording)


def _head(wording: Wording) -> Iterator[str]:
    view = wording.view
    yield f"{wording.say('kicker').upper()} · {wording.labels.full_day(view.made_at)}"
    yield view.name
    yield ""
    uncertain = wording.uncertain()
    if uncertain:
        yield from (uncertain, "")
    if view.stories:
        changed = wording.changed()
        yield from filter(None, (wording.summary(), wording.rising()))
        if changed:
            yield f"{wording.say('changed')}:"
            yield from (f"  - {line}" for line in changed)
    elif not view.follow_ups:
        yield f"{wording.say('none')}. {wording.none_since()}"
    if view.tallies:
        yield wording.chart_alt()
    yield ""


def _story(wording: Wording, number: int, story: Story) -> Iterator[str]:
    yield f"{number}. {plain(story.title)}"
    yield f"   {wording.about(story)}"
    if story.sentence:
        yield f"   {plain(story.sentence, opening=_OPENING, closing=_CLOSING)}"
    for figure in story.figures:
        remarks = wording.remarks(figure)
        yield f"   - {wording.value(figure)} — {wording.of_what(figure)}" + (f" ({remarks})" if remarks else "")
    if story.copies:
        yield f"   {wording.copies(story)}: {_named(story.copies)}"
    if story.url:
        yield f"   {story.url}"
    yield ""


def _rest(wording: Wording) -> Iterator[str]:
    view = wording.view
    left_out = wording.left_out()
    if left_out:
        link = f" {wording.say('left_out_link')}: {view.addresses.search}" if view.addresses.search else ""
        yield from (f"{left_out}{link}", "")
    if view.follow_ups:
        yield f"{wording.say('follow_ups').upper()}"
        for told in view.follow_ups:
            yield from _follow_up(wording, told)
        yield ""
    if view.listening:
        if not view.stories and not view.follow_ups:
            yield wording.working(view.listening)
        if view.listening.quiet:
            yield f"{wording.say('quiet', n=len(view.listening.quiet))}:"
            yield from (f"  - {line}" for line in wording.quiet(view.listening))
        yield ""


def _follow_up(wording: Wording, told: FollowUp) -> Iterator[str]:
    yield f"- {told.title}"
    yield f"  {wording.follow_up(told)}: {_named(told.copies)}"


def _named(copies: Sequence[Copy]) -> str:
    shown = shown_copies(copies)
    return ", ".join(copy.source for copy in shown) + (
        " …" if len({copy.source for copy in copies}) > len(shown) else ""
    )


def _foot(wording: Wording) -> Iterator[str]:
    view = wording.view
    yield "-- "  # where mail clients know that the text ends
    yield wording.why()
    if view.addresses.manage:
        yield f"{wording.say('manage')}: {view.addresses.manage}"
    if view.addresses.feed:
        yield f"{wording.say('feed')}: {view.addresses.feed}"
    if any(story.figures for story in view.stories):
        yield wording.say("care")
