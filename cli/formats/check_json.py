"""JSON document of `nianbao check --format json`. Its keys are a stable interface."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...core.checks.finding import Severity
from ...core.report import Cell, Mark, Text
from ...templates import load_catalogue
from ..output import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.checks.finding import Finding
    from ...core.policy_effect import PolicyEffect
    from ...service.check_file import CheckedFile


def document(checked: Sequence[CheckedFile]) -> str:
    """Return the document with a final line feed."""
    files = [
        {
            "path": file.path,
            "edition": file.edition,
            "policy": None if file.policy is None else policy_data(file.policy),
            "waived": file.waived,
            "previous": file.previous,
            "findings": [finding_data(finding) for finding in file.findings],
        }
        for file in checked
    ]
    severities = [finding.severity for file in checked for finding in file.findings]
    summary = {
        "files": len(files),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "infos": severities.count(Severity.INFO),
    }
    return json_text({"files": files, "summary": summary})


def policy_data(effect: PolicyEffect) -> dict[str, object]:
    """Return the policy in force for a file: its path and origin, the findings it silenced, and the entries that were ignored."""
    return {
        "path": effect.path,
        "origin": effect.origin.value,
        "trusted": effect.origin.trusted,
        "silenced": [{"code": code, "entry": entry, "count": number} for code, entry, number in effect.silenced],
        "ignored": [
            {"entry": entry, "codes": list(codes), "reason": "protected" if protected else "untrusted"}
            for entry, codes, protected in effect.ignored
        ],
    }


def finding_data(finding: Finding) -> dict[str, object]:
    """Return a finding as JSON data; `expected`, `actual`, `line` and `column` are null if unknown.

    `key` is the key for waiving it, present if it can be waived; `waived` is present if it is. `file` is present if `line` and `column`
    refer to another file, the policy.
    """
    data: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": load_catalogue().message(finding),
        "section": finding.section,
        "cells": [str(address) for address in finding.cells],
        "line": finding.line or None,
        "column": finding.column or None,
        "expected": None if finding.expected is None else cell_data(finding.expected),
        "actual": None if finding.actual is None else cell_data(finding.actual),
        "repairs": [
            [{"cell": str(change.cell), "from": cell_data(change.before), "to": cell_data(change.after)} for change in changes]
            for changes in finding.repairs
        ],
    }
    if finding.file:
        data["file"] = finding.file
    if finding.waiver:
        data["key"] = finding.waiver
    if finding.waived:
        data["waived"] = {"reason": finding.waived}
    return data


def cell_data(value: Cell) -> int | float | str:
    """Return a cell as JSON: a number, "" for blank, "/" for not applicable, else the text as written."""
    if isinstance(value, Mark):
        return value.value
    if isinstance(value, Text):
        return value.raw
    return float(value) if isinstance(value, Decimal) else value
