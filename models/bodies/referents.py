"""The names of bodies in full, and of those that "tỉnh", "công ty này" and "nhà trường" refer to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from models.bodies.body import Body
from models.bodies.named import COMPANY_WORDS
from models.bodies.places import find_places, is_city
from models.bodies.subjects import Cast
from models.text import Span

_LOOKS_BACK = 12
"""Bodies among which the one that "huyện này" refers to is looked for."""
_LEVELS = {
    "huyện": ("Huyện",), "quận": ("Quận",), "thị xã": ("Thị xã",), "thị trấn": ("Thị trấn",), "phường": ("Phường",),
    "xã": ("Xã",), "bộ": ("Bộ ",), "sở": ("Sở ",), "thành phố": ("Thành phố",),
    "bệnh viện": ("Bệnh viện",), "nhà trường": ("Trường", "Đại học", "Học viện"),
}  # fmt: skip
_LOCAL = ("province", "district", "commune")


@dataclass(slots=True)
class Referents:
    """Those whom an article can refer to, at the sentence that is being read."""

    lower: str
    cast: Cast
    subject: str | None = None
    """With whom the paragraph goes on."""
    sentence: Span = (0, 0)
    companies: frozenset[str] = field(init=False)
    _ends: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._ends = [body.end for body in self.cast.bodies]
        self.companies = frozenset(body.name for body in self.cast.bodies if body.is_company)

    def company(self, name: str | None) -> str | None:
        """The name in small letters if it is a company's: "lỗ của tiki"."""
        return name.lower() if name and name in self.companies else None

    def full_name(self, body: Body) -> str | None:
        """ "Sở Y tế" of an article on Lào Cai is "Sở Y tế Lào Cai"; "huyện này" is the one named before."""
        if body.kind == "own":
            return self._refers_to(body)
        if body.kind == "department" and not _has_province(body.name):
            return self._with_province(body)
        if body.kind in ("ministry", "other") and self.cast.main == f"{body.name} {self.cast.home}":
            return self.cast.main  # "KBNN" of an article on Kho bạc Nhà nước Bến Tre
        return body.name

    def _with_province(self, body: Body) -> str:
        main, home = self.cast.main, self.cast.home or self._last(body.start, lambda b: b.kind == "province")
        if (
            main is not None
            and main.startswith("Thành phố ")
            and self.lower.endswith(" thành phố", body.start, body.end)
        ):
            return f"{body.name} thành phố {main.removeprefix('Thành phố ')}"
        if home is None:
            return body.name
        if body.name.endswith(" tỉnh") and is_city(home):
            return f"{body.name.removesuffix(' tỉnh')} thành phố {home}"
        return f"{body.name} {home}"

    def _refers_to(self, body: Body) -> str | None:
        word, main, home = body.name, self.cast.main, self.cast.home
        if word in ("nước", "quốc gia"):
            return self._last(body.start, lambda b: b.kind == "abroad", far=True) or main
        if word in ("tỉnh", "toàn khối"):
            return home or self._last(body.start, lambda b: b.kind == "province") or main
        if word == "thành phố" and home is not None and is_city(home):
            return home
        if word == "ngành":
            return self._last_here(body.start, ("department", "ministry")) or self.subject or main
        if word == "hiệp hội":
            return self._last(body.start, lambda b: b.kind == "association", far=True) or main
        if word in COMPANY_WORDS:
            return self._refers_to_company(body) or main
        if word == "địa phương":
            return self._last(body.start, lambda b: b.kind in _LOCAL) or main
        if word in _LEVELS:
            city = (
                self._last(body.start, lambda b: b.kind == "province" and is_city(b.name))
                if word == "thành phố"
                else None
            )
            return self._of_level(_LEVELS[word], body.start) or city or (home if word == "thành phố" else None) or main
        return self.subject or self._last(body.start, lambda b: b.kind != "country") or main

    def _refers_to_company(self, body: Body) -> str | None:
        """The company of "công ty này": the last one of the sentence, the one it goes on about, the article's."""
        this = " này" in self.lower[body.start : body.end + 4]
        start, companies = self.sentence[0], self.companies
        told = self._last(body.start, lambda b: b.is_company and b.start >= start and (this or not b.is_source))
        if (told := told or self.subject) in companies:
            return told
        return self.cast.main if self.cast.main in companies else self._last(body.start, lambda b: b.is_company)

    def _last_here(self, position: int, kinds: tuple[str, ...]) -> str | None:
        """The name of the last body of one of the kinds that the sentence names before a position."""
        return self._last(position, lambda b: b.kind in kinds and b.start >= self.sentence[0])

    def _of_level(self, beginnings: tuple[str, ...], position: int) -> str | None:
        main = self.cast.main
        if main is not None and main.startswith(beginnings):
            return main
        fitting = self._last(position, lambda b: b.name.startswith(beginnings) and not b.is_source)
        return fitting or self._last(position, lambda b: b.name.startswith(beginnings))

    def _last(self, position: int, fits: Callable[[Body], bool], *, far: bool = False) -> str | None:
        """The name of the last body before a position that fits; of those near it, unless `far`."""
        first = bisect_right(self._ends, position)
        for body in reversed(self.cast.bodies[0 if far else max(0, first - _LOOKS_BACK) : first]):
            if body.kind != "own" and fits(body):
                return self.full_name(body)
        return None


@lru_cache(maxsize=256)
def _has_province(name: str) -> bool:
    return any(found.place.kind == "province" for found in find_places(name))
