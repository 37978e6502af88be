"""Whom an article's title leaves out: the commune or hospital whose story it is, the country that a ministry tells of."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from models.bodies.body import Body
from models.bodies.named import COMPANY_WORDS
from models.bodies.patterns import SYLLABLE
from models.sought import Sought

_KINDS = ("commune", "district", "clinic", "department", "company")
"""Of the companies the hospitals and schools."""
_WORDS = ("xã", "phường", "thị trấn", "bệnh viện", "trung tâm", "huyện", "trường")
_OPENING = 400
_GOES_ON, _OWN_WORK = 4, 3
"""Times that an article on somebody calls them "xã", and one on a ministry's own work says "Bộ"."""
_MUCH_BUILDING = 5
_BEGINNING, _TOLD_OF, _ALL_ALONG = 200, 3, 5
"""Where at the latest an article on a company names it, and how often; how often if it begins with another."""
_NOT_THIS_ONE = (r"\w", "các ", "cấp ", "thị ", "tác ", "những ", r"\d ")
# What is built: "dự án khu đô thị Sao Mai". A project of software or of law is its owner's.
_BUILT = (
    "khu đô thị", "khu nhà ở", "khu dân cư", "khu du lịch", "khu nghỉ dưỡng", "khu phức hợp", "khu tái định cư", "khu công nghiệp",
    "chung cư", "căn hộ", "tòa nhà", "nhà ở xã hội", "nhà máy", "thủy điện", "điện gió", "điện mặt trời", "cao tốc", "đường", "cầu", "hầm",
    "sân bay", "cảng", "bến xe", "tuyến metro", "tuyến đường sắt", "đường sắt", "hồ chứa nước", "làng", "sân golf", "trung tâm thương mại",
)  # fmt: skip
_PROJECT = re.compile(
    rf"[Dd]ự án (?:(?:{'|'.join(_BUILT)}) (?:[^\W\d_A-ZĐ]+ )?)?(?P<name>{SYLLABLE}(?: (?:- )?{SYLLABLE}){{1,4}})"
)
_WORKS = re.compile(
    rf"(?:{'|'.join(built[0].upper() + built[1:] for built in _BUILT)}) (?P<name>{SYLLABLE}(?: (?:[-–] )?{SYLLABLE}){{1,4}})"
)
_OF_BUILDING = Sought("dự án", "công trường", "nhà thầu", "gói thầu", "mặt bằng", "thi công", "giải ngân")
_STARS = Sought(
    "xạ thủ", "tiền đạo", "tiền vệ", "hậu vệ", "thủ môn", "cầu thủ", "kình ngư", "vđv", "vận động viên", "tay vợt", "kỳ thủ", "võ sĩ",
    "cua-rơ", "ca sĩ",
    "diễn viên", "hoa hậu", "người mẫu", "đạo diễn", "nhạc sĩ", "hot girl", "danh hài",
)  # fmt: skip
_STAR = re.compile(
    r"\b(?:[Xx]ạ thủ|[Tt]iền đạo|[Hh]ậu vệ|[Tt]iền vệ|[Tt]hủ môn|[Cc]ầu thủ|[Kk]ình ngư|VĐV|[Vv]ận động viên|[Tt]ay vợt|[Kk]ỳ thủ"
    r"|[Vv]õ sĩ|[Cc]ua-rơ|[Cc]a sĩ|[Dd]iễn viên|[Hh]oa hậu|[Nn]gười mẫu|[Đđ]ạo diễn|[Nn]hạc sĩ|[Hh]ot girl|[Dd]anh hài)"
    rf" (?P<name>{SYLLABLE}(?: {SYLLABLE}){{1,3}})"
)
_CONTEST = re.compile(
    rf"\b(?P<what>[Cc]uộc thi|[Gg]iải thưởng|[Hh]ội thi)(?P<on>(?: [^\W\d_A-ZĐ]\w*){{0,10}})"
    rf" (?P<name>{SYLLABLE}(?: (?:{SYLLABLE}|số|thưởng|học))*)"
)
_OF_CONTESTS = Sought(
    "ban tổ chức", "dự thi", "thí sinh", "tham dự", "bài thi", "hội đồng bình chọn", "vòng chung kết", "chung khảo"
)
_IN_CHARGE = re.compile(r"\bphạm vi (?:chức năng )?quản lý(?: nhà nước)?(?: theo chức năng)? của $")
# "Giám đốc Trung tâm, …", "Trung tâm dự kiến …": the office that has been named.
_CENTRE, _ITSELF = (
    re.compile(r"\bTrung tâm(?=[,.]| (?:đã|sẽ|dự kiến|tiếp nhận|có|còn|đang|cũng|mới|cho biết|tổ chức)\b)"),
    2,
)
_COUNTS = re.compile(r"(?:Cục |Chi cục )?Thống kê (?:tỉnh |thành phố )?(?P<province>.+)")
_PROVINCE = re.compile(r"tỉnh(?<!\wtỉnh)(?<!nhiều tỉnh)\b")


def hero_of(bodies: list[Body], text: str, lower: str) -> Body | None:
    """The commune, hospital or office that a text opens with and goes on about, rather than about its province."""
    peers = [body for body in bodies if body.kind in _KINDS and not body.is_source]
    if not peers or peers[0].start > _OPENING:
        return None
    first = peers[0]
    word = next((word for word in _WORDS if first.name.lower().startswith(word)), None)
    named = Counter(body.name for body in peers if body.kind == first.kind)
    if word is None or named[first.name] < max(named.values()):
        return None
    itself = len(_CENTRE.findall(text)) if word == "trung tâm" and first.kind == "department" else 0
    if itself >= _ITSELF:
        return first
    said = len(_calls_itself(word).findall(lower))
    return first if said >= _GOES_ON and said >= 2 * len(_PROVINCE.findall(lower)) else None


@cache
def _calls_itself(word: str) -> re.Pattern[str]:
    """ "Xã" or "chúng tôi", but not "các xã"; begins with the letters themselves, which a search skips to."""
    own = (phrase + "".join(f"(?<!{before}{phrase})" for before in _NOT_THIS_ONE) for phrase in (word, "chúng tôi"))
    return re.compile(rf"(?:{'|'.join(own)})\b(?! hội|,)")


def project_of(title: str, text: str, lower: str) -> tuple[str, list[Body]] | None:
    """What is being built, whose story a title tells, and where the text speaks of it: "dự án khu đô thị Sao Mai"."""
    if (works := _WORKS.match(title)) and len(_OF_BUILDING.starts_in(lower)) >= _MUCH_BUILDING:
        return f"Dự án {works[0][0].lower()}{works[0][1:]}", []
    named = _PROJECT.search(title)
    if named is None or lower.count("dự án") < _OWN_WORK or (named["name"] not in text):
        return None
    name = f"Dự án {named[0][len('dự án ') :]}"
    spoken = re.finditer(
        rf"\b(?:[Dd]ự án (?:[^\W\d_]+ ){{0,4}}?)?{re.escape(named['name'])}\b|\bDự án(?= (?:gồm|có|được|đã|do|sẽ|này)\b)",
        text,
    )
    return name, [Body(match.start(), match.end(), name, "project") for match in spoken]


def company_of(bodies: list[Body]) -> Body | None:
    """The company that a text begins with and names most, itself or as "công ty": the story is its own."""
    bodies = [body for body in bodies if body.kind != "continent"]
    if not bodies or not bodies[0].is_company or bodies[0].start > _BEGINNING:
        return None
    first = bodies[0]
    named = Counter(body.name for body in bodies)
    if first.kind == "other" and sum(body.name == first.name and not body.is_source for body in bodies) < _ITSELF:
        return None
    said = named[first.name] + sum(named[word] for word in COMPANY_WORDS)
    most = max((count for name, count in named.items() if name not in (first.name, *COMPANY_WORDS)), default=0)
    return first if said >= _TOLD_OF and said > most else None


def goes_on_about(bodies: list[Body]) -> Body | None:
    """The company that a text, naming no place, speaks of more than of all others, though it begins with another."""
    if not all(body.is_company or body.name in COMPANY_WORDS for body in bodies):
        return None
    told = Counter(body.name for body in bodies if body.is_company and not body.is_source)
    name, count = told.most_common(1)[0] if told else ("", 0)
    first = next((body for body in bodies if body.name == name), None)
    if first is None or first.start > _OPENING or count < _ALL_ALONG or 2 * count <= len(bodies):
        return None
    return first


def star_of(title: str, small: str) -> str | None:
    """The athlete or artist whose story a title tells: "Kình ngư Lê Thị Hạ giành 3 huy chương"."""
    named = _STAR.search(title) if _STARS.starts_in(small) else None
    return named["name"] if named else None


def contest_of(title: str, lower: str) -> str | None:
    """The contest whose story a title tells: "Cuộc thi tìm kiếm giải pháp Sao Biển nhận 90 hồ sơ" is on Sao Biển."""
    named = _CONTEST.search(title)
    if named is None or len(_OF_CONTESTS.starts_in(lower)) < _ITSELF or lower.count(named["name"].lower()) < _ITSELF:
        return None
    return named["name"] if named["on"] else f"{named['what'].capitalize()} {named['name']}"


def decided_for(bodies: list[Body], lower: str) -> str | None:
    """The ministry whose procedures a decision of the government cuts: "thuộc phạm vi chức năng quản lý của Bộ Công an"."""
    if "phạm vi" not in lower:
        return None
    ministries = (body for body in bodies if body.kind == "ministry")
    return next(
        (body.name for body in ministries if _IN_CHARGE.search(lower, max(0, body.start - 60), body.start)), None
    )


def or_the_country(body: Body, title: str, bodies: list[Body]) -> Body:
    """The country for the ministry of "Bộ Y tế: Gần 1.500 điểm cầu", unless the text goes on about what "Bộ" does itself.

    The province for its statistics office, which only counts.
    """
    if body.kind == "department" and (counted := _COUNTS.match(body.name)) and title.startswith(":", body.end):
        return body._replace(name=counted["province"], kind="province")
    tells = body.name.startswith("Bộ ") and body.kind == "ministry" and title.startswith(":", body.end)
    if not tells or sum(other.name == "bộ" and not other.is_source for other in bodies) >= _OWN_WORK:
        return body
    return body._replace(name="Việt Nam", kind="country")
