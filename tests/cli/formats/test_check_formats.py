"""Findings as text, JSON, SARIF and GitHub annotations."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from command_line import CLEAN, WRONG, Run


def test_text_output_goes_by_section_and_gravity(nianbao: Run) -> None:
    lines = nianbao("check", WRONG).out.split("\n")
    headings = [line.strip() for line in lines if line.startswith("  ") and line[2] != " "]
    order = "整份报告 前言 一、总体情况 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 四、政府信息公开行政复议、行政诉讼情况 五、存在的主要问题及改进情况 六、其他需要报告的事项"
    assert headings == order.split()
    section = lines[lines.index("  三、收到和处理政府信息公开申请情况") :]
    levels = [line.split()[1] for line in section if line[:5].strip().isdigit() or line[4:6].strip().isdigit()]
    third = levels[: levels.index("警告") + 1]
    assert third == sorted(third, key=["错误", "警告", "提示"].index)


def test_json_names_cells_lines_values_and_repairs(nianbao: Run) -> None:
    document = json.loads(nianbao("check", WRONG, CLEAN, "--format", "json").out)
    assert set(document) == {"files", "summary"}
    assert [file["path"] for file in document["files"]] == [WRONG, CLEAN]
    assert {*document["files"][0]} == {"path", "edition", "policy", "waived", "previous", "findings"}
    assert document["files"][1] == {"path": CLEAN, "edition": "2021", "policy": None, "waived": 0, "previous": None, "findings": []}
    finding = next(f for f in document["files"][0]["findings"] if f["code"] == "C04")
    assert finding["cells"][0] == "review.reconsideration.total"
    assert (finding["severity"], finding["section"], finding["expected"], finding["actual"]) == ("error", "review", 3, 0)
    assert finding["repairs"][0] == [{"cell": "review.reconsideration.total", "from": 0, "to": 3}]
    assert finding["line"] == 64
    assert finding["column"] > 1
    counts = document["summary"]
    assert counts["files"] == 2
    assert counts["errors"] == sum(f["severity"] == "error" for f in document["files"][0]["findings"])


def test_an_unreadable_file_is_a_finding_in_json_too(nianbao: Run) -> None:
    outcome = nianbao("check", "nothing.toml", "--format", "json")
    file = json.loads(outcome.out)["files"][0]
    assert outcome.code == 2
    assert file["edition"] is None
    assert file["findings"][0]["code"] == "F01"


SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {"rules": {"type": "array", "items": {"type": "object", "required": ["id"]}}},
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "properties": {
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"type": "object", "required": ["text"]},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "region": {
                                                        "type": "object",
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                        },
                                                    }
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""Subset of the SARIF 2.1.0 schema (OASIS) that this output uses."""


def test_sarif_is_what_the_standard_says(nianbao: Run) -> None:
    log = json.loads(nianbao("check", WRONG, CLEAN, "nothing.toml", "--format", "sarif").out)
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    logical = [place for result in run["results"] for place in result["locations"][0].get("logicalLocations", [])]
    assert {"fullyQualifiedName": "review.reconsideration.total", "kind": "element"} in logical


def test_github_annotations_are_one_escaped_line_each(nianbao: Run, tmp_path: Path) -> None:
    odd = tmp_path / "a,b%.toml"
    odd.write_bytes(Path(WRONG).read_bytes())
    lines = nianbao("check", str(odd), "--format", "github").out.splitlines()
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    assert all("a%2Cb%25.toml" in line for line in lines)
    assert any(",line=64,col=" in line and "title=C04" in line for line in lines)
