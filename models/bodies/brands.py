"""What companies are called for short: by a name in brackets, a brand, a code on the exchange."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.bodies.abroad import STRANGE
from models.bodies.body import Body
from models.bodies.companies import is_code
from models.bodies.places import resolve

_BRACKET = re.compile(
    r"\s\((?:sau đây gọi (?:tắt )?là |gọi tắt là |(?P<code>[Mm]ã (?:[^\W\d_]+ ){0,2}"
    r"|(?:HOSE|HoSE|HNX|UPCoM|UPCOM): ?))?(?P<name>[A-Z][\w.-]+)\)"
)
_FORM = re.compile(r"^(?:Công ty (?:[Cc]ổ phần |CP |TNHH (?:MTV )?|con )*)?(?:Tập đoàn )?")
_STRANGE = re.compile(rf"{STRANGE}")
_BUSINESSES = ("Ngân hàng", "Công ty", "Tổng công ty", "Tập đoàn")


def in_brackets(text: str, bodies: list[Body]) -> list[tuple[Body, re.Match[str]]]:
    """The companies that are introduced with another name in brackets, and the brackets."""
    companies = [body for body in bodies if body.kind == "company" and text.startswith(" (", body.end)]
    return [(body, bracket) for body in companies if (bracket := _BRACKET.match(text, body.end))]


def short_names(introduced: list[tuple[Body, re.Match[str]]], text: str) -> dict[str, str]:
    """What companies are called after they are introduced, and as what: "Ngân hàng TMCP Á Đông (ADB)"."""
    return {bracket["name"]: body.name for body, bracket in introduced if not is_code(bracket, text)}


def codes(introduced: list[tuple[Body, re.Match[str]]], text: str) -> list[Body]:
    """Where companies are called by the code that they were introduced with: "Thế Giới Di Động (mã MWG)"."""
    by_code = {bracket["name"]: body.name for body, bracket in introduced if is_code(bracket, text)}
    return [body._replace(name=by_code[body.name]) for body in named_shortly(text, by_code)] if by_code else []


def brands(title: str, text: str, bodies: list[Body]) -> dict[str, str]:
    """What companies are called for short in the title, or later in the text, and as what they are introduced."""
    named = {}
    for body in bodies:
        if body.kind == "company" and (brand := _FORM.sub("", body.name)) != body.name and _is_brand(brand):
            called = list(dict.fromkeys((body.name, brand, " ".join(brand.split()[-2:]))))
            short = next((name for name in called if name in title), None) or _most_used(called, text[body.end :])
            if short != body.name and resolve(short) is None and short[0].isupper():
                named[short] = body.name
    return named


def _is_brand(name: str) -> bool:
    """Whether a name without the company's form says who it is: "Sao Việt", "Dabaco", but not "Xây"."""
    return " " in name or _STRANGE.fullmatch(name) is not None


def _most_used(names: list[str], text: str) -> str:
    """Which of several names, each the end of the one before, a text uses most often; the longest where it uses none."""
    counts = [text.count(name) for name in names]
    alone = {name: count - longer for name, count, longer in zip(names, counts, [0, *counts], strict=False)}
    return max(alone, key=lambda name: alone[name])


def named_shortly(text: str, short_names: dict[str, str]) -> list[Body]:
    """Where companies are called by their short names, in order; of those that overlap the first."""
    found = sorted((start, i, name) for i, name in enumerate(short_names) for start in _words_in(text, name))
    named: list[Body] = []
    for start, _, name in found:
        if not named or named[-1].end <= start:
            named.append(Body(start, start + len(name), name, "company"))
    return named


def _words_in(text: str, name: str) -> Iterator[int]:
    """Where a name stands in a text as a word of its own, and not in brackets. No pattern: each article has other names."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not _touches(text[start - 1 : start], "(_") and not _touches(text[end : end + 1], "_"):
            yield start
        start = text.find(name, start + 1)


def _touches(character: str, marks: str) -> bool:
    return character.isalnum() or (character != "" and character in marks)


def canonical_names(short_names: dict[str, str], shortly: list[Body]) -> dict[str, str]:
    """The one name for each company that has two: a business's brand, if the article goes on to use it (as VNPT's is)."""
    used = {body.name for body in shortly}
    names = {}
    for short, full in short_names.items():
        name = short if short in used and full.startswith(_BUSINESSES) else full
        names[short] = names[full] = name
    return names


def renamed(bodies: list[Body], names: dict[str, str]) -> list[Body]:
    return [body._replace(name=names.get(body.name, body.name)) if body.kind == "company" else body for body in bodies]
