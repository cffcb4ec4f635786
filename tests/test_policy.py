"""The policy file: found beside the reports or in the user's configuration, read whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from nianbao.cli.checking import expand, findings_of
from nianbao.cli.main import main
from nianbao.core.checks.finding import Finding, Severity
from nianbao.core.policy import NO_POLICY, Policy, adapted, weighed
from nianbao.files import policy_place
from nianbao.files.report_file import read_report
from nianbao.templates import load_catalogue

if TYPE_CHECKING:
    pass

WRONG = (Path(__file__).parents[1] / "examples" / "wrong-2024.toml").read_bytes()
CATALOGUE = load_catalogue()
SOURCE = read_report(WRONG)


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class County:
    """A folder of reports, with a configuration folder of its user."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.report = folder / "bureaus" / "report.toml"
        self.report.parent.mkdir()
        self.report.write_bytes(WRONG)

    def check(self, *options: str) -> Outcome:
        self.capsys.readouterr()
        code = main(["check", str(self.report), *options])
        return Outcome(code, *self.capsys.readouterr())

    def codes(self, *options: str) -> dict[str, str]:
        findings = json.loads(self.check("--format", "json", *options).out)["files"][0]["findings"]
        return {finding["code"]: finding["severity"] for finding in findings}

    def policy(self, text: str, folder: str = ".") -> Path:
        path = self.folder / folder / policy_place.NAME
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def county(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)
    monkeypatch.setenv("NIANBAO_CONFIG", str(tmp_path / "config"))
    return County(tmp_path, capsys)


def test_codes_are_switched_off_and_weighed_otherwise(county: County) -> None:
    before = county.codes()
    county.policy('[rules]\nC08 = "off"\nC54 = "error"\nC0 = "info"\n')
    after = county.codes()
    assert "C08" not in after
    assert (before["C54"], after["C54"]) == ("warning", "error")
    assert {severity for code, severity in after.items() if code.startswith("C0")} == {"info"}
    assert set(before) - {"C08"} == set(after)


def test_the_nearest_file_counts_alone_and_the_users_own_is_the_last(county: County) -> None:
    county.policy('[rules]\nC54 = "error"\n', "config")
    assert county.codes()["C54"] == "error"
    county.policy('[rules]\nC08 = "off"\n')
    assert county.codes()["C54"] == "warning"
    county.policy('[rules]\nC54 = "info"\n', "bureaus")
    found = county.codes()
    assert (found["C54"], found["C08"]) == ("info", "warning")


def test_a_policy_is_named_or_declined_on_the_command_line(county: County) -> None:
    county.policy('[rules]\nC54 = "error"\n')
    other = county.policy('[rules]\nC54 = "info"\n', "other")
    assert county.codes("--no-policy")["C54"] == "warning"
    assert county.codes("--policy", str(other))["C54"] == "info"
    assert county.check("--policy", "nothing.toml").code == 2
    assert county.check("--policy", str(other), "--no-policy").code == 2


def test_local_lengths_and_deadlines_take_the_place_of_the_forms(county: County) -> None:
    county.policy('[length]\noverview = 30\n[deadlines]\ngovernment = "06-30"\n')
    found = county.codes()
    assert "C52" in found
    assert "C58" not in found
    county.policy("[length]\noverview = 0\n")
    assert "C52" not in county.codes()


WRONGS = {
    '[rules]\nC99 = "off"\n': (2, "没有规则 C99"),
    '[rules]\nC01 = "of"\n': (2, '只能是 "error"'),
    "[rules]\nC01 = 3\n": (2, "C01 的值是 3"),
    '[rules]\nF03 = "off"\n': (2, "文件本身的错误总要报告"),
    "rules = 3\n": (1, "应当是一个部分"),
    "[length]\n\nsummary = 3\n": (3, "没有“summary”这一部分"),
    "[length]\noverview = -1\n": (2, "应当是字数"),
    '[deadlines]\ndepartment = "2-30"\n': (2, "月-日"),
    '[deadlines]\nbureau = "02-20"\n': (2, "不是报告类别"),
    "# 注释\n[colours]\n": (2, "没有“colours”这一部分"),
    '[rules]\nC01 = "off\n': (2, "引号没有配对"),
    "[rules]\nC01 = “off”\n": (2, "全角"),
}


@pytest.mark.parametrize(("text", "line", "said"), [(text, *wanted) for text, wanted in WRONGS.items()])
def test_what_is_wrong_is_said_with_file_and_line_and_nothing_is_checked(county: County, text: str, line: int, said: str) -> None:
    path = county.policy(text)
    outcome = county.check()
    assert (outcome.code, outcome.out) == (2, "")
    complaint = next(entry for entry in outcome.err.splitlines() if entry.startswith(f"{path}:"))
    assert complaint.startswith(f"{path}:{line}:")
    assert said in complaint


def test_everything_that_is_wrong_is_said_at_once(county: County) -> None:
    county.policy('[rules]\nC99 = "off"\nC01 = "of"\n[length]\nsummary = 1\n')
    assert county.check().err.count("nianbao.toml:") == 3


def test_an_empty_policy_asks_nothing(county: County) -> None:
    before = county.codes()
    county.policy("\n")
    assert county.codes() == before


def test_a_policy_file_is_no_report(county: County) -> None:
    county.policy("[report]\n", "bureaus")
    assert expand([str(county.folder)]) == ([str(county.report)], [], [])


SEVERITIES = st.dictionaries(st.sampled_from([*CATALOGUE, "C", "C0", "C5"]), st.sampled_from([*Severity, None]), max_size=8)


@examples(40)
@given(SEVERITIES, st.booleans())
def test_a_policy_changes_severities_and_nothing_else(severities: dict[str, Severity | None], draft: bool) -> None:
    policy = Policy(severities=tuple(severities.items()))
    before = findings_of(SOURCE, draft=draft)
    after = findings_of(SOURCE, draft=draft, policy=policy)

    def wanted(finding: Finding) -> Severity | None:
        entry = max((start for start in severities if finding.code.startswith(start)), key=len, default=None)
        return finding.severity if entry is None else severities[entry]

    kept = {finding.waiver: finding for finding in after}
    for finding in before:
        severity = wanted(finding)
        assert (finding.waiver in kept) == (severity is not None)
        if severity is not None and not draft:
            assert kept[finding.waiver].severity is severity
            assert CATALOGUE.message(kept[finding.waiver]) == CATALOGUE.message(finding)
    assert len(after) == sum(wanted(finding) is not None for finding in before)


def test_a_draft_is_not_judged_more_harshly_than_the_rule_does() -> None:
    finding = Finding("C15", Severity.INFO)
    policy = Policy(severities=(("C15", Severity.ERROR),))
    assert next(weighed(policy, CATALOGUE, [finding], draft=True)).severity is Severity.INFO
    assert next(weighed(policy, CATALOGUE, [finding])).severity is Severity.ERROR


def test_a_waived_finding_stays_waived() -> None:
    finding = Finding("C54", Severity.INFO, waived="属实")
    assert next(weighed(Policy(severities=(("C54", Severity.ERROR),)), CATALOGUE, [finding])).severity is Severity.INFO


def test_no_policy_leaves_the_report_alone() -> None:
    assert adapted(SOURCE.report, NO_POLICY) is SOURCE.report
