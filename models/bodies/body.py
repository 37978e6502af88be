"""Somebody that a figure can be about."""

from __future__ import annotations

from typing import NamedTuple

from models.bodies.roles import Role


class Body(NamedTuple):
    """Somebody that a figure can be about, and where the text names them."""

    start: int
    end: int
    name: str
    kind: str
    """country, abroad, province, ministry, department, district, commune, clinic, company, association, other,
    region (of the country), continent (or another part of the world).
    own: "toàn tỉnh", "huyện này"."""
    role: Role = "subject"

    @property
    def is_source(self) -> bool:
        """Whether it is named for another reason than to say whom a figure is about."""
        return self.role != "subject"

    @property
    def is_company(self) -> bool:
        """Whether it is a company, or another of no place."""
        return self.kind in ("company", "other")
