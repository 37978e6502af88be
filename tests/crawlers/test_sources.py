from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import sources, urls
from crawlers.errors import SourcesError
from tests.fakes import a_source

ROOT = Path(__file__).parent.parent.parent
A_TABLE = """
[[source]]
id = "bao_a"
name = "Báo A"
url = "https://a.vn/rss"
kind = "feed"
outlet = "press"
organisation = "Báo A"
"""


def test_the_catalogue_holds_the_known_outlets() -> None:
    catalogue = sources.load()

    assert len(catalogue) >= 150
    assert {source.evidence for source in catalogue} == {"proven", "listed", "guessed"}
    assert all(source.evidence_note for source in catalogue)
    assert not any(source.local for source in catalogue)


def test_the_outlets_of_provinces_and_ministries_say_whose_they_are() -> None:
    nameless = [
        source.id
        for source in sources.load()
        if source.outlet in ("province", "ministry", "provincial_press") and not source.place
    ]

    assert nameless == []


def test_nearly_every_province_has_an_outlet() -> None:
    places = {source.place for source in sources.load()}
    without = [
        place.name for place in sources.load_places() if place.kind in ("province", "city") and place.name not in places
    ]

    assert without == ["Huế", "Quảng Trị"]  # nobody's list names a feed of theirs


def test_all_texts_of_the_catalogue_are_composed() -> None:
    for name in ("sources.toml", "places.toml"):
        text = (ROOT / "crawlers" / name).read_text("utf-8")

        assert unicodedata.is_normalized("NFC", text)


def test_there_are_34_provinces_and_17_ministries_and_agencies() -> None:
    kinds = [place.kind for place in sources.load_places()]

    assert (kinds.count("city"), kinds.count("province")) == (9, 25)
    assert (kinds.count("ministry"), kinds.count("agency")) == (14, 3)


def test_ids_and_names_of_places_are_unique_and_their_portals_web_addresses() -> None:
    places = sources.load_places()

    assert len({place.id for place in places}) == len({place.name for place in places}) == len(places)
    assert all(urls.is_fetchable(place.portal) for place in places if place.portal)


def test_places_are_called_as_the_models_call_them() -> None:
    known = [
        *tomllib.loads((ROOT / "models/data/places/provinces.toml").read_text("utf-8"))["province"],
        *tomllib.loads((ROOT / "models/data/places/ministries.toml").read_text("utf-8"))["ministry"],
    ]
    today = {place["name"] for place in known if "until" not in place}

    assert {place.name for place in sources.load_places()} <= today


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ('id = "bao_b"\n[[source]]\nid = "x"', "name is missing"),
        ('id = "Báo A"', "an id is made of"),
        ('kind = "rss"', "kind is one of feed, listing, sitemap, not 'rss'"),
        ('outlet = "blog"', "outlet is one of"),
        ('evidence = "sure"', "evidence is one of proven, listed, guessed"),
        ('url = "ftp://a.vn/rss"', "no web address"),
        ('url = "https://a.vn:22/rss"', "no web address"),
        ('place = "Yên Bái"', "no province or ministry of today is called 'Yên Bái'"),
        ('place = ""', "not empty"),
        ('name = "Ba\u0301o A"', "NFC"),
        ("delay = -1", "delay is a number of seconds"),
        ('delay = "1"', "delay is a number of seconds"),
        ("delay = nan", "delay is a number of seconds"),
        ('local = "yes"', "true or false"),
        ('link_pattern = "("', "no regular expression"),
        ("colour = 1", "there is no field 'colour'"),
    ],
)
def test_a_mistake_is_reported_with_its_place(tmp_path: Path, change: str, complaint: str) -> None:
    name = change.partition(" ")[0]
    lines = [line for line in A_TABLE.splitlines() if not line.startswith(f"{name} =")]
    file = tmp_path / "mine.toml"
    file.write_text("\n".join([*lines, change]), "utf-8")

    with pytest.raises(SourcesError) as caught:
        sources.load(file)

    assert complaint in str(caught.value)
    assert "mine.toml, source" in str(caught.value)


def test_two_sources_never_share_an_id_or_an_address() -> None:
    twin = A_TABLE.replace("https://a.vn/rss", "https://b.vn/rss")
    same = A_TABLE.replace("bao_a", "bao_b").replace("https://a.vn/rss", "http://www.a.vn/rss/?utm_source=x")

    with pytest.raises(SourcesError, match='two sources have the id "bao_a"'):
        sources.parse(A_TABLE + twin)
    with pytest.raises(SourcesError, match='"bao_a" and "bao_b" read the same address'):
        sources.parse(A_TABLE + same)


@pytest.mark.parametrize("text", ["[[source]", "source = 3", 'title = "x"', "[source]\nid = 'a'", "source = [1]"])
def test_what_is_no_catalogue_is_refused(text: str) -> None:
    with pytest.raises(SourcesError):
        sources.parse(text)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"none\.toml can't be read"):
        sources.load(tmp_path / "none.toml")


def test_the_catalogue_written_as_toml_reads_the_same() -> None:
    catalogue = sources.load()

    assert sources.parse("\n".join(map(sources.to_toml, catalogue))) == catalogue


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_text_survives_toml(name: str, pattern: str) -> None:
    name = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    source = a_source(name=name if name.strip() else "x", link_pattern=r"\d" + '"', evidence_note=pattern)

    assert (
        tomllib.loads(sources.to_toml(source).encode("utf-8", "replace").decode())["source"][0]["name"] == source.name
    )


def test_the_catalogue_exported_as_opml_and_imported_reads_the_same_feeds() -> None:
    catalogue = sources.load()

    back = sources.from_opml(sources.to_opml(catalogue))

    told = [(s.id, s.name, s.url, s.kind, s.outlet, s.organisation, s.place) for s in catalogue]
    assert [(s.id, s.name, s.url, s.kind, s.outlet, s.organisation, s.place) for s in back] == told


def test_an_opml_file_of_another_reader_is_read_through_its_folders() -> None:
    opml = """<?xml version="1.0" encoding="ISO-8859-1"?>
    <opml version="1.1"><head><title>Subs</title></head><body>
      <outline text="Tỉnh"><outline type="rss" text="Báo &quot;Lào Cai&quot; &amp; bạn" xmlUrl="https://baolaocai.vn/rss/home.rss"/></outline>
      <outline text="Nhân Dân" title="Báo Nhân Dân" xmlUrl="https://nhandan.vn/rss/home.rss" htmlUrl="https://nhandan.vn"/>
      <outline text="again" xmlUrl="http://www.nhandan.vn/rss/home.rss"/>
      <outline text="no feed" htmlUrl="https://x.vn"/><outline xmlUrl="javascript:alert(1)"/><outline xmlUrl="https://plo.vn/rss"/>
    </body></opml>"""

    found = sources.from_opml(opml)

    assert [(s.id, s.name) for s in found] == [
        ("bao_lao_cai_ban", 'Báo "Lào Cai" & bạn'),
        ("bao_nhan_dan", "Báo Nhân Dân"),
        ("plo_vn", "plo.vn"),
    ]
    sources.check(found)


def test_an_opml_file_can_not_make_a_source_local_nor_put_nonsense_into_it() -> None:
    opml = (
        '<opml xmlns:monitor="urn:x"><body><outline text="X" xmlUrl="https://x.vn/rss" monitor:id="x" monitor:local="true"/>'
        '<outline text="Y" xmlUrl="https://y.vn/rss" monitor:kind="nonsense" monitor:place="Atlantis"/></body></opml>'
    )

    first, second = sources.from_opml(opml)

    assert not first.local
    assert (second.kind, second.place) == ("feed", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_opml_file_with_entities_is_refused_in_any_encoding(encoding: str) -> None:
    bomb = '<!DOCTYPE opml [<!ENTITY a "https://a.vn/"><!ENTITY b "&a;&a;">]><opml><body><outline xmlUrl="&b;"/></body></opml>'

    with pytest.raises(SourcesError, match="document type"):
        sources.from_opml(bomb.encode(encoding))


@pytest.mark.parametrize(
    "text", ["", "<rss/>", "<opml><body>", "<opml><body/></opml>", "{}", "<opml>\x00</opml>", b"\xff\xfe\x00"]
)
def test_what_is_no_opml_is_refused_with_a_reason(text: str | bytes) -> None:
    with pytest.raises(SourcesError, match="OPML"):
        sources.from_opml(text)


def test_letters_that_xml_can_not_hold_do_not_break_an_export() -> None:
    back = sources.from_opml(sources.to_opml([a_source(name="Báo\x00 <A> & \ud800\"B'")]))

    assert back[0].name == "Báo <A> & \"B'"
