"""Chinese text for users is in words modules, in data files, or in one of the files listed here."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from repository import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOMS = ("files", "service", "cli", "tui")
CHINESE = re.compile(r"[\u3400-\u9fff]")
"""Ideographs. Punctuation alone is permitted anywhere, to join messages."""
OTHERS = {
    "files/report/file_comments.py": "comments in the report file and descriptions in its schema, which belong to the format",
    "files/report/json_schema.py": "the units in which money may be written",
    "files/report/parse.py": "the ways to write that a cell does not apply",
    "files/report/toml_errors.py": "patterns of common mistakes in TOML",
    "tui/keys/pinyin.py": "a character with two readings",
    "tui/table/cell_draft.py": "characters with which a value of a cell begins",
}
"""Files outside the words modules that contain Chinese, with the reason."""


def literals(path: Path) -> Iterator[ast.Constant]:
    """Yield the string literals of a module, except docstrings."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def test_sentences_for_users_are_in_the_modules_of_words() -> None:
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "words" not in path.relative_to(ROOT).parts]
    assert len(paths) > 100
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}" for path in paths for node in literals(path) if CHINESE.search(str(node.value))
    }
    assert sorted(place for place in found if place.partition(":")[0] not in OTHERS) == []
    assert {place.partition(":")[0] for place in found} == set(OTHERS), "an exception without need"
