"""Imports go down: monitor ► index ► models ► crawlers, and never in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = {"crawlers": 1, "models": 2, "index": 3, "monitor": 4}
UNDERTHESEA = {"models/text.py", "models/words.py", "models/bodies/places.py"}


def our_files() -> list[Path]:
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", our_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_its_own_floor_or_a_floor_below(path: Path) -> None:
    floor = path.relative_to(ROOT).parts[0]

    above = [
        name
        for name in imported(ast.parse(path.read_text("utf-8")))
        if FLOORS.get(name.split(".")[0], 0) > FLOORS[floor]
    ]

    assert above == []


def test_no_file_imports_another_that_imports_it_back() -> None:
    modules = {module_name(path): path for path in our_files()}
    graph = {
        name: {other for other in imported(ast.parse(path.read_text("utf-8"))) if other in modules and other != name}
        for name, path in modules.items()
        if path.name != "__init__.py"
    }

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as e:
        pytest.fail(f"a circle: {e.args[1]}")


@pytest.mark.parametrize("floor", FLOORS)
def test_a_package_imports_nothing_by_itself(floor: str) -> None:
    for path in (ROOT / floor).rglob("__init__.py"):
        at_import = [
            node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.Import | ast.ImportFrom)
        ]

        assert at_import == [], path


def test_underthesea_is_known_to_three_files_only() -> None:
    users = {
        str(path.relative_to(ROOT))
        for path in our_files()
        if any(name.split(".")[0] == "underthesea" for name in imported(ast.parse(path.read_text("utf-8"))))
    }

    assert users <= UNDERTHESEA
