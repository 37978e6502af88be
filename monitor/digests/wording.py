"""The values of a digest ─► the phrases that both its HTML and its plain text say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from index.moments import seconds
from models.records import Metric
from monitor.alerts.saying import schedule_said
from monitor.digests.labels import Labels, within_sentence
from monitor.digests.texts import clean, cut, plain
from monitor.digests.views import Copy, DigestView, FollowUp, KeyFigure, Listening, Quiet, Story, Tally
from monitor.telling import period_said, value_said
from monitor.words import REASONS

MOST_SUBJECT = 150
"""Characters; phones show some 40, desks 70, and the rest is read when the mail is opened."""
MOST_QUIET = 8
MOST_COPIES = 8
_UNKNOWN = "–"
_LATE = timedelta(days=2)
"""An article so much older than the digest before was not overlooked then: it was not there."""


class Wording:
    """Says what one digest tells."""

    def __init__(self, view: DigestView) -> None:
        self.view = view
        self.labels = Labels(view.language, view.zone, view.made_at)
        self.say = self.labels.say

    # --- head ---

    def subject(self) -> str:
        """One line that says what there is: the title where it is one story, else how many on what, and the first of them."""
        view = self.view
        named = {"day": self.labels.day(view.made_at), "name": within_sentence(cut(view.name, 60))}
        if view.total == 1:
            said = plain(view.stories[0].title) or view.name
        elif view.stories:
            said = self.say("subject_news", n=view.total, tail=self._tail(view.stories[0]), **named)
        elif view.follow_ups:
            said = self.say("subject_told", n=len(view.follow_ups), **named)
        elif view.listening and view.listening.stopped_since:
            said = self.say("subject_stopped", **named)
        elif view.listening and view.listening.quiet:
            said = self.say("subject_quiet", n=len(view.listening.quiet), **named)
        else:
            said = self.say("subject_none", **named)
        return cut(clean(said), MOST_SUBJECT)

    def _tail(self, story: Story) -> str:
        """What the first story is: a figure that met the condition or changed, else its title."""
        telling = next((figure for figure in story.figures if figure.is_met or figure.before), None)
        if telling is None:
            return plain(story.title)
        name, value = within_sentence(telling.name), value_said(telling.metric)
        return f"{telling.metric.entity}: {name} {value}" if telling.metric.entity else f"{telling.name} {value}"

    def why(self) -> str:
        """Why the reader gets this."""
        return self.say("why", name=self.view.name, schedule=schedule_said(self.view.schedule, self.view.language))

    def summary(self) -> str | None:
        """How much is new since when, and how much there was last time; an alert of one story speaks for itself."""
        view = self.view
        if view.schedule.every == "instant" and view.total == 1:
            return None
        label = "new_alike" if view.articles == view.total else "new"
        since = self.labels.moment(view.since)
        said = self.say(label, n=view.total, articles=view.articles, publishers=view.publishers, since=since)
        if view.delta is None:
            return said
        last = self.say("last", n=view.delta.last_stories) if view.delta.last_stories else self.say("last_none")
        return f"{said} {last}"

    def rising(self) -> str | None:
        """The topics with clearly more stories than last time."""
        if self.view.delta is None or not self.view.delta.rising:
            return None
        topics = [
            self.say("rising_topic" if one.before else "rising_new", topic=one.topic, n=one.count, before=one.before)
            for one in self.view.delta.rising
        ]
        return self.say("rising", topics=", ".join(topics))

    def changed(self) -> list[str]:
        """The figures that were others before, each on a line."""
        return [self._change(figure) for figure in self.view.delta.changed] if self.view.delta else []

    def _change(self, figure: KeyFigure) -> str:
        assert figure.before is not None
        whose = f"{figure.metric.entity}, " if figure.metric.entity else ""
        values = f"{value_said(figure.before.metric)} → {value_said(figure.metric)}"
        return clean(f"{whose}{within_sentence(figure.name)}: {values}")

    def uncertain(self) -> str | None:
        """That the digest before may not have arrived."""
        before = self.view.uncertain
        if before is None:
            return None
        return self.say("uncertain", when=self.labels.moment(before.made_at), n=before.articles)

    # --- stories ---

    def published(self, moment: datetime | date | None) -> str:
        """When an article was published."""
        return self.labels.moment(moment) if moment else self.say("undated")

    def about(self, story: Story) -> str:
        """Source and time; that it comes late, and that it was found without diacritics."""
        parts = [story.source, self.published(story.published)]
        if story.published and seconds(story.published) < (self.view.since - _LATE).timestamp():
            parts.append(self.say("late"))
        if story.tier == "folded":
            parts.append(self.say("folded"))
        return " · ".join(parts)

    def value(self, figure: KeyFigure) -> str:
        """A figure's value; that it is a target is part of it."""
        said = clean(value_said(figure.metric))
        return self.say("target", said=said) if figure.metric.kind == "target" else said

    def of_what(self, figure: KeyFigure) -> str:
        """Of what, whose, for when."""
        parts = (within_sentence(figure.name), figure.metric.entity, _period(figure.metric))
        return clean(", ".join(part for part in parts if part))

    def remarks(self, figure: KeyFigure) -> str:
        """That it met the condition, and what it was before; "" where there is nothing to remark."""
        said = [self.say("met")] if figure.is_met else []
        if figure.before:
            when = _period(figure.before.metric) or (
                self.say("before_digest", day=self.labels.day(figure.before.told_at)) if figure.before.told_at else ""
            )
            said.append(self.say("before", said=clean(value_said(figure.before.metric)), when=when))
        return "; ".join(said)

    def copies(self, story: Story) -> str:
        """What stands before the names of those that tell the same story."""
        others = story.publishers - 1
        return self.say("copies", n=others) if others else self.say("copies_same")

    def follow_up(self, told: FollowUp) -> str:
        """When a story was told, and how many have printed it since."""
        day = self.labels.day(told.told_at)
        if told.publishers:
            return self.say("follow_up", day=day, n=told.publishers)
        return self.say("follow_up_same", day=day, n=len(told.copies))

    def left_out(self) -> str | None:
        """How many stories are not shown."""
        return self.say("left_out", n=self.view.left_out) if self.view.left_out else None

    # --- silence ---

    def none_since(self) -> str:
        """That nothing matched, and since when."""
        return self.say("none_since", since=self.labels.moment(self.view.since))

    def working(self, listening: Listening) -> str:
        """Whether that is because nothing was published, or because nobody could be heard."""
        if listening.stopped_since:
            return self.say("stopped", since=self.labels.moment(listening.stopped_since))
        if not listening.watched:
            return self.say("none_watched")
        if not listening.quiet:
            return self.say("all_working" if listening.watched > 1 else "one_working", n=listening.watched)
        label = "some_working" if listening.working else "none_working"
        return self.say(label, working=listening.working, n=listening.watched)

    def quiet(self, listening: Listening) -> Iterator[str]:
        """The silent sources, each with why and since when."""
        for one in listening.quiet[:MOST_QUIET]:
            yield f"{clean(one.source)}: {self._why_quiet(one)}"
        if len(listening.quiet) > MOST_QUIET:
            yield self.say("quiet_more", n=len(listening.quiet) - MOST_QUIET)

    def _why_quiet(self, one: Quiet) -> str:
        if one.kind == "never":
            return self.say("never")
        if one.kind == "stale":
            return self.say("stale", since=self.labels.day(one.since) if one.since else _UNKNOWN)
        said = self.say("failing", since=self.labels.moment(one.since)) if one.since else self.say("failing_ever")
        reason = REASONS.get(one.reason or "") if self.view.language == "vi" else (one.reason or "").replace("_", " ")
        return f"{said} ({reason})" if reason else said

    # --- chart ---

    def chart_title(self) -> str:
        return self.say("chart_weekly" if self.view.schedule.every == "weekly" else "chart_daily")

    def chart_alt(self) -> str:
        """What the chart shows, for who does not see it."""
        bars = self.view.tallies
        peak: Tally = max(bars, key=lambda bar: bar.count)
        return self.say(
            "chart_alt", title=self.chart_title(), first=self.labels.day(bars[0].start), last=self.labels.day(bars[-1].start),
            n=bars[-1].count, most=peak.count, peak=self.labels.day(peak.start),
        )  # fmt: skip


def shown_copies(copies: Sequence[Copy]) -> list[Copy]:
    """One copy of each source, the earliest, as many as a line takes."""
    return list({copy.source: copy for copy in reversed(copies)}.values())[::-1][:MOST_COPIES]


def _period(metric: Metric) -> str:
    said = period_said(metric.period)
    return "" if said == _UNKNOWN else said
