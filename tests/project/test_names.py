"""Each name of the product means one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

from repository import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLOORS = ("core", "templates", "files", "service", "cli", "tui")


def modules() -> Iterator[Path]:
    for floor in FLOORS:
        yield from (path for path in sorted((ROOT / floor).rglob("*.py")) if path.name != "__init__.py")


def test_a_class_name_stands_for_one_class() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(str(path.relative_to(ROOT)))
    assert len(found) > len(FLOORS)
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_a_file_name_stands_for_one_module() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        found[path.name].append(str(path.relative_to(ROOT)))
    assert len(found) > len(FLOORS)
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
