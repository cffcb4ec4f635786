"""Tests lie where their subjects lie, in files that a reader can hold."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

from repository import ROOT

TESTS = ROOT / "tests"
FLOORS = ("core", "templates", "files", "service", "cli", "tui")
NO_MIRROR = {"project", "support", "rules", "golden"}
"""Folders of tests about the project as a whole, and of what tests use."""
BY_CASES = {PurePath("core/checks/prose"), PurePath("core/checks/report")}
"""Rooms of rules alone, of which each has its cases in tests/rules."""
MOST_LINES = 500


def rooms() -> set[PurePath]:
    return {path.parent.relative_to(ROOT) for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if path.name != "__init__.py"}


def folders_of_tests() -> set[PurePath]:
    return {path.parent.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}


def test_each_room_has_a_folder_of_tests() -> None:
    assert len(rooms()) > 30
    assert sorted(map(str, rooms() - folders_of_tests() - BY_CASES)) == []


def test_each_folder_of_tests_is_that_of_a_room() -> None:
    assert sorted(str(folder) for folder in folders_of_tests() - rooms() if folder.parts[0] not in NO_MIRROR) == []


def test_no_two_files_of_tests_have_one_name() -> None:
    names = Counter(path.name for path in TESTS.rglob("*.py") if path.name != "conftest.py")
    assert [name for name, count in names.items() if count > 1] == []


def test_no_file_of_tests_is_longer_than_a_reader_can_hold() -> None:
    lines = {path.relative_to(TESTS).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in TESTS.rglob("*.py")}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
