"""What bodies that stand close together are to one another: a list, an office and the ministry above it, a place and where it is."""

from __future__ import annotations

import re
from itertools import pairwise

from models.bodies.body import Body

_WITHIN = re.compile(
    r"\s*(?:\(|,?\s*(?:đơn vị |địa phương )?(?:thuộc|trực thuộc|của)\s|,\s)\s*(?:huyện|thị xã|thành phố|tp\.?|tỉnh)?\s*$"
)
_NEAR = 40  # characters between two bodies
_DISTRICT_LEVELS = ("huyện", "quận", "thị xã", "thành phố")
_RANKS = {"commune": 0, "clinic": 0, "district": 1, "province": 2}
"""A body of a higher rank right behind one of a lower says where that one is."""


def relate(bodies: list[Body], lower: str) -> list[Body]:
    """The bodies with the roles that they have from those before them: "so với A và B", "xã C (huyện D)"."""
    related = [_as_dateline(body, lower) for body in bodies[:1]]
    for before, body in pairwise(bodies):
        between = lower[before.end : body.start] if body.start - before.end <= _NEAR else "."
        if (related[-1].role in ("source", "compared") and between.strip() == "và") or (
            between == " (" and (body.name == before.name or (body.is_company and before.is_company))
        ):
            related.append(body._replace(role=related[-1].role))
        elif _says_where(before, body, between, lower) or _says_whose(body, lower):
            related.append(body._replace(role="within"))
        else:
            related.append(body)
    return related


def _says_whose(body: Body, lower: str) -> bool:
    """Whether a ministry is named in brackets, as the one above: "Cục Viễn thông (Bộ Thông tin và Truyền thông)"."""
    return body.kind == "ministry" and lower.startswith(")", body.end) and lower.endswith((" (", ", "), 0, body.start)


def _as_dateline(body: Body, lower: str) -> Body:
    """The publisher in brackets that opens a text says it: "(NHNN) Trong quý I …"."""
    opens = body.start == 1 and lower[0] == "(" and lower.startswith(")", body.end)
    if opens:
        return body._replace(role="source")
    return body._replace(role="within") if _says_whose(body, lower) else body


def _says_where(before: Body, body: Body, between: str, lower: str) -> bool:
    """Whether a body only says where the one right before it is: "xã Ia Ly (Gia Lai)"."""
    rank, above = _RANKS.get(before.kind), _RANKS.get(body.kind)
    if rank is None or above is None or above <= rank:
        return False
    if between == ", " and not lower.startswith(_DISTRICT_LEVELS, body.start):
        return False
    return _WITHIN.fullmatch(between) is not None
