"""Lazily compiled patterns: all are valid, and each is compiled once."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import nianbao.cli
import nianbao.core
import nianbao.files
import pytest
from nianbao.core.lazy_regex import lazy_pattern

ROOMS = (nianbao.core, nianbao.files, nianbao.cli)


def lazy_patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for room in ROOMS:
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            for name, value in vars(import_module(module.name)).items():
                if type(value) is type(lazy_pattern("x")):
                    found.append((f"{module.name}.{name}", value))
    return found


def compiles(value: re.Pattern[str]) -> bool:
    try:
        value.search("")
    except re.error:
        return False
    return True


def test_every_pattern_of_the_program_compiles() -> None:
    found = lazy_patterns()
    assert len(found) > 30
    wrong = [name for name, value in found if not compiles(value)]
    assert wrong == []


def test_a_pattern_does_what_a_compiled_one_does() -> None:
    lazy, compiled = lazy_pattern(r"(\d)(\D)?"), re.compile(r"(\d)(\D)?")
    for method in ("search", "match", "fullmatch"):
        mine, theirs = getattr(lazy, method)("1年"), getattr(compiled, method)("1年")
        assert (mine.span(), mine.groups()) == (theirs.span(), theirs.groups())
    assert lazy.sub("x", "1年2") == compiled.sub("x", "1年2")
    assert lazy.findall("1年2") == compiled.findall("1年2")
    assert lazy.split("1年2") == compiled.split("1年2")


def test_a_pattern_has_nothing_else_and_a_wrong_one_says_so_when_used() -> None:
    with pytest.raises(AttributeError):
        lazy_pattern("x").scanner("x")  # type: ignore[attr-defined] # compiled patterns have it, though the stubs do not
    with pytest.raises(re.error):
        lazy_pattern("(").search("x")


def test_what_was_asked_for_once_is_the_compiled_method_itself() -> None:
    lazy = lazy_pattern("年")
    assert lazy.search("2024年") is not None
    assert vars(lazy)["search"] is vars(lazy)["search"]
    assert vars(lazy)["search"].__self__.pattern == "年"
