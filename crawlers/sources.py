"""sources.toml and places.toml ─► Source and PublicBody lists, checked; OPML in and out."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from crawlers import urls
from crawlers.errors import SourcesError
from crawlers.records import Evidence, OutletKind, PublicBody, Source, SourceKind

CATALOGUE = Path(__file__).with_name("sources.toml")
PLACES = Path(__file__).with_name("places.toml")
LONGEST_DELAY = 3600.0

_ID = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(SourceKind),
    "outlet": get_args(OutletKind),
    "evidence": get_args(Evidence),
}
_REQUIRED = tuple(field.name for field in fields(Source) if field.default is MISSING)
_FLAGS = ("local", "enabled")


def load(path: Path | None = None) -> tuple[Source, ...]:
    """Read a catalogue of sources, by default the one we ship, in its order.

    Raises SourcesError saying in which file, table and field the mistake stands.

    >>> next(source.name for source in load() if source.place == "Lào Cai")
    'Báo Lào Cai'
    """
    path = path or CATALOGUE
    return parse(_read(path), origin=path.name)


def parse(text: str, *, origin: str = "sources.toml") -> tuple[Source, ...]:
    """Read a catalogue from TOML text; `origin` is what the errors call it."""
    sources = tuple(_source(table, f"{origin}, {where}") for where, table in _tables(text, "source", origin))
    check(sources, origin=origin)
    return sources


def check(sources: Iterable[Source], *, origin: str = "sources") -> None:
    """Raise SourcesError if two sources share an id or an address, whatever form the address has."""
    ids: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for source in sources:
        if source.id in ids:
            raise SourcesError(f'{origin}: two sources have the id "{source.id}" ({ids[source.id]} and {source.url})')
        ids[source.id] = source.url
        address = urls.canonical(source.url)
        if address in addresses:
            raise SourcesError(f'{origin}: "{addresses[address]}" and "{source.id}" read the same address {source.url}')
        addresses[address] = source.id


@cache
def load_places() -> tuple[PublicBody, ...]:
    """The 34 provinces and the 17 ministries and agencies of ministerial rank of today, portals where known.

    >>> [place.name for place in load_places() if place.id == "lao_cai"]
    ['Lào Cai']
    """
    places = []
    for where, table in _tables(_read(PLACES), "place", PLACES.name):
        unknown = set(table) - {field.name for field in fields(PublicBody)}
        if unknown or not {"id", "name", "kind"} <= set(table):
            raise SourcesError(f"{PLACES.name}, {where}: id, name and kind are needed, portal is all there is beside")
        places.append(PublicBody(**table))
    return tuple(places)


def to_toml(source: Source) -> str:
    """One source as a [[source]] table; what is as by default is left out.

    >>> print(to_toml(Source(id="a", name="Báo A", url="https://a.vn/rss", kind="feed", outlet="press", organisation="A")))
    [[source]]
    id = "a"
    name = "Báo A"
    url = "https://a.vn/rss"
    kind = "feed"
    outlet = "press"
    organisation = "A"
    <BLANKLINE>
    """
    lines = ["[[source]]"]
    for field in fields(Source):
        value = getattr(source, field.name)
        if field.default is MISSING or value != field.default:
            lines.append(f"{field.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def from_opml(text: str | bytes) -> tuple[Source, ...]:
    """Read the feeds of an OPML file, as other readers export them.

    Each outline with an xmlUrl becomes a feed of a press outlet, unless the file is one of ours and says more. An
    address that occurs twice is taken once; one that is no web address is left out. A file with a
    document type is refused, entities and all. Raises SourcesError when the file is not OPML or lists no feed.

    >>> from_opml('<opml><body><outline text="Báo Lào Cai" xmlUrl="https://baolaocai.vn/rss/home.rss"/></body></opml>')[0].id
    'bao_lao_cai'
    """
    sources: dict[str, Source] = {}
    ids: set[str] = set()
    for outline in _outlines(text):
        url = (outline.get("xmlUrl") or "").strip()
        address = urls.canonical(url)
        if not urls.is_fetchable(url) or address in sources:
            continue
        sources[address] = _from_outline(outline, url, ids)
        ids.add(sources[address].id)
    if not sources:
        raise SourcesError("the OPML file lists no feed: no outline in it has an xmlUrl")
    return tuple(sources.values())


def to_opml(sources: Iterable[Source], *, title: str = "Nguồn tin") -> str:
    """The sources as OPML 2.0, one outline each; from_opml gives the same feeds back."""
    outlines = "".join(
        "    <outline "
        + " ".join(f"{name}={quoteattr(_xml_text(value))}" for name, value in _outline_attributes(source).items())
        + "/>\n"
        for source in sources
    )
    head = f"  <head><title>{escape(_xml_text(title))}</title></head>\n"
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0" xmlns:monitor="urn:vn-news-monitor">\n'
    return f"{start}{head}  <body>\n{outlines}  </body>\n</opml>\n"


def make_id(text: str, *, taken: Iterable[str] = ()) -> str:
    """A readable id for a new source, unlike those taken.

    >>> make_id("Báo Đắk Lắk – Thời sự"), make_id("báo", taken=["bao", "bao_2"])
    ('bao_dak_lak_thoi_su', 'bao_3')
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    slug = "_".join(words)[:60].strip("_") or "source"
    taken = set(taken)
    numbered = (f"{slug}_{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(name for name in numbered if name not in taken)


# --- reading a table ------------------------------------------------------------------------------------------------


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise SourcesError(f"{path} can't be read: {e}") from e


def _tables(text: str, kind: str, origin: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise SourcesError(f"{origin}: {e}") from e
    tables = content.pop(kind, [])
    if content or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SourcesError(f"{origin}: holds something else than [[{kind}]] tables: {', '.join(content) or kind}")
    return [(f'{kind} {n} ("{table.get("id", "no id")}")', table) for n, table in enumerate(tables, start=1)]


def _source(table: dict[str, Any], where: str) -> Source:
    known = {field.name for field in fields(Source)}
    for name in table:
        if name not in known:
            raise SourcesError(f"{where}: there is no field {name!r}; the fields are {', '.join(sorted(known))}")
    for name in _REQUIRED:
        if name not in table:
            raise SourcesError(f"{where}: {name} is missing")
    for name, value in table.items():
        _check_field(name, value, where)
    if not urls.is_fetchable(table["url"], local=table.get("local", False)):
        raise SourcesError(f"{where}: {table['url']!r} is no web address on a usual port")
    return Source(**table | {"delay": float(table.get("delay", 1.0))})


def _check_field(name: str, value: object, where: str) -> None:
    if name in _FLAGS:
        if not isinstance(value, bool):
            raise SourcesError(f"{where}: {name} is true or false, not {value!r}")
    elif name == "delay":
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LONGEST_DELAY:
            raise SourcesError(f"{where}: delay is a number of seconds from 0 to {LONGEST_DELAY:.0f}, not {value!r}")
    elif not isinstance(value, str) or not value.strip() or value != unicodedata.normalize("NFC", value):
        raise SourcesError(f"{where}: {name} is a text in NFC that is not empty, not {value!r}")
    else:
        _check_text(name, value, where)


def _check_text(name: str, value: str, where: str) -> None:
    if name in _CHOICES and value not in _CHOICES[name]:
        raise SourcesError(f"{where}: {name} is one of {', '.join(_CHOICES[name])}, not {value!r}")
    if name == "id" and not _ID.fullmatch(value):
        raise SourcesError(f"{where}: an id is made of a-z, 0-9 and single underscores, not {value!r}")
    if name == "place" and value not in {place.name for place in load_places()}:
        raise SourcesError(f"{where}: no province or ministry of today is called {value!r}")
    if name == "link_pattern":
        try:
            re.compile(value)
        except re.error as e:
            raise SourcesError(f"{where}: link_pattern is no regular expression: {e}") from e


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda letter: f"\\u{ord(letter[0]):04x}", plain) + '"'
    return repr(value)


# --- OPML -------------------------------------------------------------------------------------------------------------

_PREFIX = "monitor:"
_CARRIED = ("id", "organisation", "kind", "outlet", "place", "link_pattern", "delay")
"""What our own OPML says beside name and address. Never `local`: a file from elsewhere must not open our own network."""


def _outlines(text: str | bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    names: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        names.append(name.lower())
        if names[-1] == "outline":
            found.append(attributes)

    def refuse(*_: object) -> None:
        raise SourcesError(
            "this OPML file declares a document type, which no OPML file needs; take it out to import it"
        )

    parser = expat.ParserCreate("utf-8" if isinstance(text, str) else None)
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace") if isinstance(text, str) else text, True)
    except (expat.ExpatError, ValueError, LookupError) as e:
        raise SourcesError(f"this is no OPML file: {e}") from e
    if names[0] != "opml":
        raise SourcesError(f"this is no OPML file: it begins with <{names[0]}>")
    return found


def _from_outline(outline: dict[str, str], url: str, taken: Iterable[str]) -> Source:
    name = unicodedata.normalize("NFC", outline.get("title") or outline.get("text") or "").strip()
    name = name or urls.host(url) or url
    plain = Source(
        id=make_id(name, taken=taken),
        name=name,
        url=url,
        kind="feed",
        outlet="press",
        organisation=name,
        evidence_note="OPML",
    )
    ours: dict[str, Any] = {field: outline[_PREFIX + field] for field in _CARRIED if outline.get(_PREFIX + field)}
    if not ours:
        return plain
    try:
        if "delay" in ours:
            ours["delay"] = float(ours["delay"])
        told = _source(
            {"organisation": name, "kind": "feed", "outlet": "press", **ours, "name": name, "url": url}, "OPML"
        )
    except (SourcesError, ValueError, KeyError):
        return plain  # it calls itself ours and is not: the address is what counts
    return replace(told, evidence_note="OPML", id=make_id(told.id, taken=taken))


def _outline_attributes(source: Source) -> dict[str, str]:
    own = ((field, getattr(source, field)) for field in _CARRIED)
    return {"type": "rss", "text": source.name, "title": source.name, "xmlUrl": source.url} | {
        _PREFIX + field: str(value) for field, value in own if value is not None
    }


def _xml_text(text: str) -> str:
    """Without the letters that XML 1.0 can't hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
