"""Findings as SARIF 2.1.0 (OASIS), for code scanning services and editors."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from ... import __version__
from ...core.checks.finding import Severity
from ...core.publishing.printable import clean_line
from ...templates import load_catalogue
from ..output import json_text
from .check_json import policy_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.checks.finding import Finding, Rule
    from ...service.check_file import CheckedFile

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def document(checked: Sequence[CheckedFile]) -> str:
    """Return a SARIF log with one run."""
    catalogue = load_catalogue()
    used = [rule for code, rule in catalogue.items() if any(finding.code == code for file in checked for finding in file.findings)]
    index = {rule.code: number for number, rule in enumerate(used)}
    run: dict[str, object] = {
        "tool": {"driver": {"name": "nianbao", "version": __version__, "rules": [_rule(rule) for rule in used]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(file, finding, index) for file in checked for finding in file.findings],
    }
    judged = [_file_properties(file) for file in checked if file.policy is not None or file.waived or file.previous is not None]
    if judged:
        run["properties"] = {"files": judged}
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _file_properties(file: CheckedFile) -> dict[str, object]:
    """Return a file's policy, number of waived findings and last year's report, as in the JSON document."""
    policy = None if file.policy is None else policy_data(file.policy)
    return {"uri": _uri(file.path), "policy": policy, "waived": file.waived, "previous": file.previous}


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explain},
        "help": {"text": f"{rule.clause}\n{rule.mend}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(file: CheckedFile, finding: Finding, index: dict[str, int]) -> dict[str, object]:
    location: dict[str, object] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(finding.file or file.path)}, **_region(finding)},
        "logicalLocations": [{"fullyQualifiedName": str(address), "kind": "element"} for address in finding.cells],
    }
    if not finding.cells:
        del location["logicalLocations"]
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": clean_line(load_catalogue().message(finding))},
        "locations": [location],
    }
    if finding.waiver:
        result["partialFingerprints"] = {"nianbao/v1": finding.waiver}
    if finding.waived:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": finding.waived}]
    return result


def _region(finding: Finding) -> dict[str, object]:
    return {"region": {"startLine": finding.line, "startColumn": max(1, finding.column)}} if finding.line else {}


def _uri(path: str) -> str:
    return quote(PurePath(path).as_posix(), errors="surrogateescape")
