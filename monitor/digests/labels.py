"""What a digest says around the articles, in the subscriber's language. The articles themselves stay Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from models.bodies.places import resolve

Language = Literal["vi", "en"]

_LABELS: Mapping[str, tuple[str, str]] = {
    # --- subjects
    "subject_news": ("Điểm tin {day}: {n} tin về {name} – {tail}", "Digest {day}: {n} stories on {name} – {tail}"),
    "subject_told": (
        "Điểm tin {day}: không có tin mới về {name}, {n} tin đã gửi có thêm nơi đăng",
        "Digest {day}: nothing new on {name}, {n} earlier {n:story|stories} reprinted",
    ),
    "subject_none": ("Điểm tin {day}: không có tin mới về {name}", "Digest {day}: nothing new on {name}"),
    "subject_quiet": (
        "Điểm tin {day}: không có tin mới về {name}, {n} nguồn im lặng",
        "Digest {day}: nothing new on {name}, {n} {n:source|sources} silent",
    ),
    "subject_stopped": ("Điểm tin {day}: chưa thu thập được tin về {name}", "Digest {day}: nothing collected on {name}"),
    # --- head
    "kicker": ("Điểm tin", "News digest"),
    "new": (
        "{n} tin mới ({articles} bài, {publishers} nơi đăng) kể từ {since}.",
        "{n} new {n:story|stories} ({articles} articles, {publishers} {publishers:publisher|publishers}) since {since}.",
    ),
    "new_alike": (
        "{n} tin mới của {publishers} nơi đăng, kể từ {since}.",
        "{n} new {n:story|stories} by {publishers} {publishers:publisher|publishers} since {since}.",
    ),
    "last": ("Kỳ trước có {n} tin.", "The last digest had {n}."),
    "last_none": ("Kỳ trước không có tin.", "The last digest had none."),
    "rising": ("Nhiều tin hơn hẳn kỳ trước: {topics}.", "Clearly more than last time: {topics}."),
    "rising_topic": ("{topic} ({n} tin, kỳ trước {before})", "{topic} ({n}, last time {before})"),
    "rising_new": ("{topic} ({n} tin, kỳ trước không có)", "{topic} ({n}, last time none)"),
    "changed": ("Số liệu thay đổi", "Figures that changed"),
    "uncertain": (
        "Điểm tin lúc {when} ({n} bài) có thể chưa đến được với bạn, vì nơi nhận không xác nhận.",
        "The digest of {when} ({n} {n:article|articles}) may not have reached you: the receiving side did not confirm it.",
    ),
    "uncertain_link": ("Xem lại trên trang tìm kiếm", "Look it up on the search page"),
    # --- stories
    "undated": ("không rõ ngày đăng", "undated"),
    "folded": ("khớp khi bỏ dấu", "matched without diacritics"),
    "late": ("đăng từ trước, nay mới thu thập được", "published earlier, collected only now"),
    "copies": ("Thêm {n} nơi đăng", "Also by {n} {n:other|others}"),
    "copies_same": ("Cùng nội dung trên chính nguồn này", "The same text by the same publisher"),
    "target": ("mục tiêu {said}", "target {said}"),
    "met": ("khớp điều kiện", "meets your condition"),
    "before": ("trước đó {said}, {when}", "before: {said}, {when}"),
    "before_digest": ("điểm tin {day}", "digest of {day}"),
    "all_figures": ("Mọi số liệu trong bài", "All figures of the article"),
    "left_out": ("Còn {n} tin nữa.", "{n} more {n:story|stories}."),
    "left_out_link": ("Xem tất cả trên trang tìm kiếm", "See all on the search page"),
    "follow_ups": ("Tin đã gửi, nay có thêm nơi đăng", "Told before, printed by others since"),
    "follow_up": ("đã gửi ngày {day}, nay thêm {n} nơi đăng lại", "told on {day}, since reprinted by {n} more"),
    "follow_up_same": (
        "đã gửi ngày {day}, nay nguồn đó đăng thêm {n} bài cùng nội dung",
        "told on {day}, since printed {n} more {n:time|times} by the same publisher",
    ),
    # --- where there is none
    "none": ("Không có tin mới", "Nothing new"),
    "none_since": ("Không có bài nào khớp với đăng ký này kể từ {since}.", "No article has matched since {since}."),
    "stopped": (
        "Nhưng từ {since} hệ thống chưa hỏi được nguồn nào, nên chưa thể biết có tin hay không. Hãy báo người quản trị.",
        "But no source has been asked since {since}, so nobody knows whether there is news. Please tell whoever runs this.",
    ),
    "all_working": ("Cả {n} nguồn theo dõi vẫn hoạt động, chỉ là không có tin khớp.",
                    "All {n} watched sources work; nothing of theirs matched."),
    "one_working": ("Nguồn theo dõi vẫn hoạt động, chỉ là không có tin khớp.", "The watched source works; nothing of it matched."),
    "some_working": ("{working}/{n} nguồn vẫn hoạt động, không có tin khớp.", "{working} of {n} sources work; nothing of theirs matched."),
    "none_working": ("Không nguồn nào trong {n} nguồn theo dõi đang hoạt động.", "None of the {n} watched sources works."),
    "none_watched": ("Không có nguồn nào đang được theo dõi.", "No source is being watched."),
    "quiet": ("{n} nguồn im lặng, có thể sót tin", "{n} silent {n:source|sources}: news may be missing"),
    "failing": ("không lấy được tin từ {since}", "nothing could be read since {since}"),
    "failing_ever": ("chưa lần nào lấy được tin", "nothing could ever be read"),
    "never": ("chưa được thu thập lần nào", "not collected yet"),
    "stale": ("không có bài mới từ {since}", "no new article since {since}"),
    "quiet_more": ("và {n} nguồn khác", "and {n} more"),
    # --- chart
    "chart_daily": ("Số bài khớp mỗi ngày", "Matching articles a day"),
    "chart_weekly": ("Số bài khớp mỗi tuần", "Matching articles a week"),
    "chart_alt": (
        "{title}, từ {first} đến {last}: kỳ này {n} bài, nhiều nhất {most} bài ({peak}).",
        "{title}, {first} to {last}: {n} in the last, at most {most} ({peak}).",
    ),
    # --- foot
    "why": (
        "Bạn nhận thư này vì đã đăng ký theo dõi “{name}”, gửi {schedule}.",
        "You get this because you follow “{name}”, sent {schedule}.",
    ),
    "manage": ("Tạm dừng hoặc hủy đăng ký", "Pause or unsubscribe"),
    "feed": ("Nguồn Atom", "Atom feed"),
    "care": (
        "Số liệu do máy đọc từ bài viết. Hãy đối chiếu bài gốc trước khi dẫn lại.",
        "The figures were read by a machine. Check the article before you quote them.",
    ),
}  # fmt: skip
_WEEKDAYS = (
    ("Thứ Hai", "Monday"), ("Thứ Ba", "Tuesday"), ("Thứ Tư", "Wednesday"), ("Thứ Năm", "Thursday"), ("Thứ Sáu", "Friday"),
    ("Thứ Bảy", "Saturday"), ("Chủ Nhật", "Sunday"),
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _Number(int):
    """A number that chooses a word: f"{n:story|stories}"."""

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        return (one if self == 1 else many) if bar else super().__format__(spec)


class Labels:
    """The words of one language, and moments in them by the clock of one zone."""

    def __init__(self, language: Language, zone: ZoneInfo, now: datetime) -> None:
        """Days of `now`'s year go without their year."""
        self.language = language
        self._which = 0 if language == "vi" else 1
        self._zone = zone
        self._year = now.astimezone(zone).year

    def say(self, label: str, **values: object) -> str:
        """
        >>> Labels("en", ZoneInfo("UTC"), datetime(2026, 11, 28, tzinfo=ZoneInfo("UTC"))).say("left_out", n=1)
        '1 more story.'
        """
        numbers = {key: _Number(value) if isinstance(value, int) else value for key, value in values.items()}
        return _LABELS[label][self._which].format(**numbers)

    def day(self, moment: datetime | date) -> str:
        """28/11, or 28 Nov; with its year where that is another one."""
        day = moment.astimezone(self._zone).date() if isinstance(moment, datetime) else moment
        if self.language == "en":
            return f"{day.day} {_MONTHS[day.month - 1]}" + ("" if day.year == self._year else f" {day.year}")
        return f"{day.day}/{day.month}" + ("" if day.year == self._year else f"/{day.year}")

    def moment(self, moment: datetime | date) -> str:
        """Clock time and day; a day alone where no more is known."""
        if not isinstance(moment, datetime):
            return f"ngày {self.day(moment)}" if self.language == "vi" else self.day(moment)
        clock = f"{moment.astimezone(self._zone):%H:%M}".removeprefix("0")
        return f"{clock} ngày {self.day(moment)}" if self.language == "vi" else f"{clock}, {self.day(moment)}"

    def full_day(self, moment: datetime) -> str:
        """Thứ Bảy, 28/11/2026."""
        day = moment.astimezone(self._zone).date()
        if self.language == "en":
            return f"{self.weekday(day.weekday())}, {day.day} {_MONTHS[day.month - 1]} {day.year}"
        return f"{self.weekday(day.weekday())}, {day.day}/{day.month}/{day.year}"

    def weekday(self, number: int) -> str:
        """Monday is 0."""
        return _WEEKDAYS[number][self._which]


_MEASURES = frozenset(("số", "điểm", "tỷ", "chỉ"))
"""What indicators' names begin with, also where an abbreviation follows: "Điểm PAR Index"."""


def within_sentence(name: str) -> str:
    """A name with a small first letter, as it stands in a sentence; one that begins with a name of its own is kept.

    >>> within_sentence("Dịch vụ công"), within_sentence("PAR Index"), within_sentence("Huế số hóa"), within_sentence("Lào Cai")
    ('dịch vụ công', 'PAR Index', 'Huế số hóa', 'Lào Cai')
    """
    words = name.split()
    if not words or words[0][1:] != words[0][1:].lower():
        return name
    if len(words) > 1 and words[1][:1].isupper() and words[0].lower() not in _MEASURES:
        return name
    if resolve(words[0]) is not None or resolve(" ".join(words[:2])) is not None:
        return name
    return name[:1].lower() + name[1:]
