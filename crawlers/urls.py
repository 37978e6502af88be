"""Addresses: one form per article, and the parts that a request is made of. Pure text work; nothing is looked up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from courlan.clean import TRACKERS_RE

from crawlers.charset import tidy

WEB_PORTS = {"http": 80, "https": 443}
PUBLIC_PORTS = frozenset({80, 443, 8080, 8443})
REGISTRIES = frozenset(
    f"{kind}.vn" for kind in ("com", "net", "org", "edu", "gov", "info", "name", "pro", "health", "ac")
)
"""Second-level names under .vn that belong to nobody, so nothing before them is a mere prefix."""

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_JUNK = re.compile(r"[\x00-\x1f\x7f]+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/:@!$&'()*+,;=~%"
_QUERY_SAFE = "/:@!$'()*+,;=~%?"
_SESSION_ID = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"\.amp(?=(?:\.html?)?$)", re.IGNORECASE)
_VARIANT_HOST = re.compile(r"(?:www|m|mobile|amp)\.(?=[^.]+\.)")

# Beside courlan's: Vietnamese networks and portals, and Liferay's way back to the page one came from.
_TRACKERS = frozenset({
    "zarsrc", "zalo", "zns", "zalo_source", "vnsource", "itm", "gidzl", "tbclid", "igshid", "mibextid", "si", "rtc",
    "spm", "_ga", "_gl", "ref", "ref_src", "ref_url", "referer", "referrer", "fromsource", "share", "shared", "amp",
    "p_auth", "redirect", "inheritredirect",
})  # fmt: skip
_TRACKER_PREFIXES = ("utm_", "fb_", "pk_", "mtm_", "at_")


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """What a request needs of an address, ASCII only. The same parts are checked and connected to."""

    scheme: str
    host: str
    """Lower-case, IDNA; an IPv6 literal without its brackets."""
    port: int
    target: str
    """Path and query, percent-encoded."""

    @property
    def origin(self) -> str:
        """Scheme, host and port: whose robots.txt it is."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """The host as the Host header names it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == WEB_PORTS[self.scheme] else f"{name}:{self.port}"

    def __str__(self) -> str:
        return self.origin + self.target


def address(url: str) -> Address | None:
    """Take an address apart for a request; None when it is not a web address.

    >>> str(address("http://Bao.vn:80/tin mới?q=số liệu#cuối"))
    'http://bao.vn/tin%20m%E1%BB%9Bi?q=s%E1%BB%91%20li%E1%BB%87u'
    """
    parts = _split(_clean(url))
    if parts is None:
        return None
    scheme, host, port, split = parts
    query = f"?{_encode(split.query, _QUERY_SAFE + '&')}" if split.query else ""
    path = _encode(split.path, _PATH_SAFE) or "/"
    return Address(scheme=scheme, host=host.strip("[]"), port=port or WEB_PORTS[scheme], target=path + query)


def is_fetchable(url: str, *, local: bool = False) -> bool:
    """Whether the fetcher would try this address: http or https, with a host and, unless local, on a usual port.

    >>> is_fetchable("https://laocai.gov.vn/tin-tuc"), is_fetchable("mailto:a@b.vn"), is_fetchable("http://a.vn:22/")
    (True, False, False)
    """
    found = address(url)
    return found is not None and (local or found.port in PUBLIC_PORTS)


def host(url: str) -> str | None:
    """The host of a web address, lower-case and IDNA, "www." kept; None when it has none.

    >>> host("https://WWW.LaoCai.gov.vn:443/tin")
    'www.laocai.gov.vn'
    """
    found = address(url)
    return found.host if found else None


def canonical(url: str, *, base: str | None = None) -> str:
    """The one form of an article's address, whichever way led to it.

    It says which article it is: https, no "www.", "m." or "amp.", no fragment, no tracking, no AMP form, no trailing
    slash, parameters sorted. "www." goes because outlets link to themselves both ways, and hardly one serves two sites.
    Parameters that may name the article stay: a tracking name with a number for its value is kept unless it is
    one of the well-known ones. An explicit unusual port keeps its scheme, since https rarely answers there. To fetch,
    use the address as it was listed: a few old portals know only http.
    What is no web address comes back as it is, cleaned of blanks around it; nothing raises.

    >>> canonical("http://www.baolaocai.vn//chuyen-doi-so/?utm_source=zalo&id=12#binh-luan")
    'https://baolaocai.vn/chuyen-doi-so?id=12'
    >>> canonical("../tin/amp/", base="https://m.laocai.gov.vn/muc/1")
    'https://laocai.gov.vn/tin'
    """
    text = _join(base, _clean(url))
    parts = _split(text)
    if parts is None:
        return text
    scheme, host, port, split = parts
    place = _main_host(host)
    if port in (None, *WEB_PORTS.values()):
        scheme = "https"
    else:
        place = f"{place}:{port}"
    query = _canonical_query(split.query)
    return f"{scheme}://{place}{_canonical_path(split.path)}{'?' if query else ''}{query}"


def opening(url: str) -> str:
    """The address as it opens, without what only tracks who opens it: same scheme, host and path.

    >>> opening("http://www.a.vn/tin.aspx?id=7&utm_source=rss#top")
    'http://www.a.vn/tin.aspx?id=7'
    """
    found = address(url)
    if found is None:
        return url
    path, _, query = found.target.partition("?")
    kept = _canonical_query(query)
    return f"{found.origin}{path}{'?' if kept else ''}{kept}"


def _clean(url: str) -> str:
    return _JUNK.sub("", unicodedata.normalize("NFC", url)).strip()


def _join(base: str | None, text: str) -> str:
    if base is not None:
        try:
            text = _clean(urljoin(_clean(base), text))
        except ValueError:
            return text
    return f"https:{text}" if text.startswith("//") else text


def _split(text: str) -> tuple[str, str, int | None, SplitResult] | None:
    """Scheme, host (brackets kept), port if given, and the rest; None when this is no web address."""
    try:
        split = urlsplit(text.replace("\\", "/"))
        port, name = split.port, split.hostname or ""
    except ValueError:
        return None
    host = _ascii_host(name)
    if split.scheme not in WEB_PORTS or host is None or port == 0:
        return None
    return split.scheme, host, port, split


def _ascii_host(name: str) -> str | None:
    if ":" in name:
        name = f"[{name}]"
    elif not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    name = name.lower().rstrip(".")
    return name if _HOST.fullmatch(name) and ".." not in name else None


def _main_host(host: str) -> str:
    while match := _VARIANT_HOST.match(host):
        if host[match.end() :] in REGISTRIES:
            break
        host = host[match.end() :]
    return host


def _encode(text: str, safe: str) -> str:
    """Percent-encode what must be, decode what need not be, and write the rest in one way."""

    def again(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter in _UNRESERVED else match[0].upper()

    text = _ESCAPE.sub(again, _STRAY_PERCENT.sub("%25", text))
    # Decoding may have made a new escape out of "%2%35"; the first pass has turned its stray "%" into "%25" already.
    return quote(text, safe=safe, errors="surrogatepass")


def _canonical_path(path: str) -> str:
    segments: list[str] = []
    for segment in _SESSION_ID.sub("", _encode(path, _PATH_SAFE)).split("/"):
        if segment == "..":
            segments = segments[:-1]
        elif segment not in ("", "."):
            segments.append(segment)
    while len(segments) > 1 and segments[-1].lower() == "amp":
        segments.pop()
    while len(segments) > 1 and segments[0].lower() == "amp":
        segments.pop(0)
    while segments and len(segments[-1]) > 4 and (bare := _AMP_SUFFIX.sub("", segments[-1])) != segments[-1]:
        segments[-1] = bare
    return "/" + "/".join(segments)


def _canonical_query(query: str) -> str:
    pairs = (pair.partition("=") for pair in _encode(query, _QUERY_SAFE + "&").split("&") if pair.strip("="))
    kept = sorted((name, equals, value) for name, equals, value in pairs if not _is_tracking(name.lower(), value))
    return "&".join(name + equals + value for name, equals, value in kept)


def _is_tracking(name: str, value: str) -> bool:
    if name in _TRACKERS or name.startswith(_TRACKER_PREFIXES) or (name == "outputtype" and value == "amp"):
        return True
    # courlan's list takes cid, eid and uid for tracking, by which small portals name their articles
    return bool(TRACKERS_RE.search(name)) and (name.endswith("clid") or not value.isdigit())


def absolute_url(base: str, href: str | None) -> str | None:
    """The http address that a link on a page means, without fragment; None when it means none."""
    href = (href or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        url = urldefrag(urljoin(base, href)).url
        parts = urlsplit(url)
    except ValueError:
        return None
    return tidy(url) if parts.scheme in ("http", "https") and parts.hostname else None
