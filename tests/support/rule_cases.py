"""Test cases of rules: `rules/CODE.toml` says how to change a clean report and what must be found.

A case changes a report of `rules/base` (`base` selects it, default "2021"): `header`, `cells` and `texts` set values, `append` adds a
paragraph, `swap` replaces text in a section, `raw` replaces text in the file. A case about the file itself may give its contents as
`file` or `hex`, or name an unreadable `source`. `previous` is last year's report, given in the same way. `policy` is the text of a
policy file beside the report. `plant` names a function of the program that raises meanwhile.
A [[fail]] lists under `find` everything its rule must report; in a [[pass]] the rule must not report anything.
The first cases that are suitable become the examples of docs/rules/CODE.md.
"""

from __future__ import annotations

import errno
import tomllib
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from unittest import mock

from examined import findings_under
from nianbao.core.carry_over import paragraph_mark
from nianbao.core.checks.finding import Finding
from nianbao.core.ids import PREFACE, SectionId, parse_address
from nianbao.core.policy import NO_POLICY, Policy
from nianbao.core.report import BLANK, NA, Cell, Report, Text, paragraphs
from nianbao.files.policy.find_policy import NAME, policy_for
from nianbao.files.report.new_document import new_document
from nianbao.files.report.report_file import MAX_BYTES, ReportFile, UnreadableError, read_bytes, read_report
from nianbao.service.published import import_document
from repository import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = ROOT / "tests" / "rules"
CHANGES = {"name", "base", "header", "cells", "texts", "append", "swap", "raw", "carried"}
KEYS = CHANGES | {"file", "hex", "source", "previous", "policy", "draft", "find", "plant"}
Table = dict[str, object]


@dataclass(frozen=True)
class Case:
    """One entry of a case file."""

    code: str
    fails: bool
    data: Table

    @property
    def name(self) -> str:
        return f"{self.code}-{'fail' if self.fails else 'pass'}-{self.data['name']}"

    def get(self, key: str, kind: type) -> object:
        value = self.data.get(key, kind())
        assert isinstance(value, kind), (self.name, key)
        return value


@cache
def cases() -> tuple[Case, ...]:
    found = []
    for path in sorted(RULES.glob("[CF]*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        assert set(data) <= {"pass", "fail"}, path
        for key in ("fail", "pass"):
            found += [Case(path.stem, key == "fail", entry) for entry in data.get(key, [])]
    return tuple(found)


class Refusing:
    """A path that the system refuses to open."""

    def __init__(self, error: OSError | ValueError) -> None:
        self.error = error

    def open(self, _mode: str) -> BinaryIO:
        raise self.error


SOURCES = {
    "missing": FileNotFoundError(2, "No such file"),
    "directory": IsADirectoryError(21, "Is a directory"),
    "permission": PermissionError(13, "Permission denied"),
    "device": OSError(5, "Input/output error"),
    "loop": OSError(errno.ELOOP, "Too many levels of symbolic links"),
}


@cache
def base_text(name: str) -> str:
    return (RULES / "base" / f"{name}.toml").read_text(encoding="utf-8")


def as_cell(value: object) -> Cell:
    if isinstance(value, str):
        return {"": BLANK, "/": NA}.get(value, Text(value))
    assert isinstance(value, int | Decimal)
    return value


def entries(value: object) -> Iterator[tuple[str, object]]:
    assert isinstance(value, dict)
    yield from value.items()


def text_of(report: Report, section: str) -> str:
    return report.header.preface if section == PREFACE else report.text(SectionId(section))


def with_text(report: Report, section: str, text: str) -> Report:
    if section == PREFACE:
        return report.with_header(report.header._replace(preface=text))
    return report.with_text(SectionId(section), text)


def changed(data: Table) -> Report:
    """Return the base report with a case's changes."""
    report = read_report(base_text(str(data.get("base", "2021"))).encode()).report
    for key, value in entries(data.get("header", {})):
        assert hasattr(report.header, key)
        assert not isinstance(value, date) or key == "published"
        new = None if value == "" and key == "published" else value
        report = report.with_header(report.header._replace(**{key: new}))  # type: ignore[arg-type] # the case knows the type
    for key, value in entries(data.get("cells", {})):
        report = report.with_cell(parse_address(key), as_cell(value))
    for section, text in entries(data.get("texts", {})):
        report = with_text(report, section, str(text))
    for section, text in entries(data.get("append", {})):
        report = with_text(report, section, f"{text_of(report, section)}\n{text}".strip())
    swaps = data.get("swap", [])
    assert isinstance(swaps, list)
    for section, old, new in swaps:
        assert old in text_of(report, section), (data["name"], old)
        report = with_text(report, section, text_of(report, section).replace(old, new))
    for section in data.get("carried", []):  # type: ignore[attr-defined] # a list of sections
        marks = tuple(paragraph_mark(paragraph) for paragraph in paragraphs(text_of(report, section)))
        report = report.with_header(report.header._replace(carried=report.header.carried + marks))
    return report


def content(case: Case) -> bytes:
    """Return the bytes of a case's file."""
    if "hex" in case.data:
        return bytes.fromhex(str(case.data["hex"]))
    if "file" in case.data:
        return str(case.data["file"]).encode()
    if case.data.get("source") == "large":
        return b"#" * (MAX_BYTES + 1)
    touched = set(case.data) & (CHANGES - {"name", "base", "raw"})
    text = new_document(changed(case.data)) if touched else base_text(str(case.data.get("base", "2021")))
    raw = case.data.get("raw", [])
    assert isinstance(raw, list)
    for old, new in raw:
        assert old in text, (case.name, old)
        text = text.replace(old, new, 1)
    return text.encode()


def examine(case: Case, folder: Path) -> tuple[ReportFile | None, tuple[Finding, ...]]:
    """Return the file as read and all its findings, with the case's fault planted."""
    with planted(str(case.data["plant"])) if "plant" in case.data else nullcontext():
        return examined(case, folder)


def planted(name: str) -> AbstractContextManager[object]:
    """Return a context in which a function of the program raises."""
    return mock.patch(f"nianbao.{name}", side_effect=RecursionError("planted"))


def examined(case: Case, folder: Path) -> tuple[ReportFile | None, tuple[Finding, ...]]:
    source = case.data.get("source")
    try:
        if source in SOURCES:
            read_bytes(Refusing(SOURCES[str(source)]))  # type: ignore[arg-type] # all that is asked of a path is to open
        if source == "published":
            import_document("page.txt", content(case))
        path = folder / "report.toml"
        path.write_bytes(content(case))
        read = read_report(read_bytes(path))
    except UnreadableError as error:
        return None, (error.finding,)
    return read, findings_under(read, policy_of(case, folder), previous=previous_of(case), draft=bool(case.data.get("draft")))[0]


def policy_of(case: Case, folder: Path) -> Policy:
    """Return the policy of a case, found in a directory of its own."""
    if "policy" not in case.data:
        return NO_POLICY
    place = folder / case.name
    place.mkdir(exist_ok=True)
    (place / NAME).write_text(str(case.data["policy"]), encoding="utf-8")
    return policy_for(place / "report.toml")


def previous_of(case: Case) -> Report | None:
    """Return last year's report of a case; None if it has none."""
    return changed(case.data["previous"]) if "previous" in case.data else None  # type: ignore[arg-type] # a table
