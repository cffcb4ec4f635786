"""Policy files on the command line: given, found near the reports or in the user's configuration, and their mention in each format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from nianbao.cli.commands.check import FORMATS
from nianbao.cli.input_paths import expand_paths
from nianbao.cli.main import main
from nianbao.files.policy import find_policy
from repository import EXAMPLES
from rule_check import CATALOGUE

WRONG = (EXAMPLES / "wrong-2024.toml").read_bytes()
CLEAN = (EXAMPLES / "department-2024.toml").read_bytes()


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class County:
    """A directory of reports, and a user's configuration directory."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.report = folder / "bureaus" / "report.toml"
        self.report.parent.mkdir()
        self.report.write_bytes(WRONG)

    def check(self, *options: str) -> Outcome:
        return self.run("check", str(self.report), *options)

    def run(self, *argv: str) -> Outcome:
        self.capsys.readouterr()
        code = main(argv)
        return Outcome(code, *self.capsys.readouterr())

    def findings(self, *options: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(self.check("--format", "json", *options).out)["files"][0]["findings"]
        return found

    def codes(self, *options: str) -> dict[str, str]:
        return {finding["code"]: finding["severity"] for finding in self.findings(*options)}

    def policy(self, text: str, folder: str = ".") -> Path:
        path = self.folder / folder / find_policy.NAME
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def county(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)
    monkeypatch.setenv("NIANBAO_CONFIG", str(tmp_path / "config"))
    return County(tmp_path, capsys)


LOWERING = '[rules]\nC08 = "off"\nC54 = "error"\nC0 = "info"\n'
HOSTILE = '[rules]\nC = "off"\n[length]\noverview = 0\n[deadlines]\ngovernment = "12-31"\n'
"""Policy file that a sender might include to disable every check."""


def test_a_given_policy_switches_off_and_weighs_otherwise_but_for_protected_rules(county: County) -> None:
    before = county.codes()
    after = county.codes("--policy", str(county.policy(LOWERING)))
    assert "C08" not in after
    assert (before["C54"], after["C54"]) == ("warning", "error")
    assert set(before) - {"C08"} == set(after)
    for code, severity in after.items():
        if code.startswith("C0"):
            assert severity == ("error" if CATALOGUE[code].protected else "info")


def test_a_found_policy_makes_graver_and_nothing_else(county: County) -> None:
    before = county.codes()
    county.policy(LOWERING)
    assert county.codes() == before | {"C54": "error"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_hostile_policy_in_a_delivery_changes_no_finding_and_is_named_in_every_format(county: County, form: str) -> None:
    before = county.check("--format", form, "--no-policy")
    path = county.policy(HOSTILE)
    after = county.check("--format", form)
    assert (before.code, after.code) == (1, 1)
    assert str(path) in after.out
    for entry in ('rules.C = "off"', "length.overview = 0", 'deadlines.government = "12-31"'):
        assert entry in after.out.replace('\\"', '"')
    assert "可以发布" not in after.out + after.err
    if form == "json":
        (was,), (now,) = json.loads(before.out)["files"], json.loads(after.out)["files"]
        assert (was["findings"], was["policy"]) == (now["findings"], None)
        assert (now["policy"]["path"], now["policy"]["trusted"], now["policy"]["silenced"]) == (str(path), False, [])
        assert {entry["reason"] for entry in now["policy"]["ignored"]} == {"untrusted"}
    elif form == "sarif":
        (was,), (now,) = json.loads(before.out)["runs"], json.loads(after.out)["runs"]
        assert was["results"] == now["results"]
        assert now["properties"]["files"][0]["policy"]["path"] == str(path)
    else:
        known = after.out.splitlines()
        assert all(line in known for line in before.out.splitlines())


def test_a_clean_delivery_is_ready_and_the_policy_beside_it_is_named(county: County) -> None:
    county.report.write_bytes(CLEAN)
    path = county.policy(HOSTILE)
    outcome = county.check()
    assert outcome.code == 0
    assert str(path) in outcome.err
    assert 'rules.C = "off"' in outcome.err
    assert "可以发布" in outcome.err


def test_the_same_policy_given_lowers_all_but_what_is_protected_and_says_what(county: County) -> None:
    before = county.codes()
    path = county.policy(HOSTILE)
    after = county.codes("--policy", str(path))
    assert after == {code: severity for code, severity in before.items() if CATALOGUE[code].protected}
    policy = json.loads(county.check("--format", "json", "--policy", str(path)).out)["files"][0]["policy"]
    assert policy["trusted"]
    assert {entry["code"] for entry in policy["silenced"]} == set(before) - set(after)
    (refused,) = policy["ignored"]
    assert refused["reason"] == "protected"
    assert {"C01", "C02", "C03", "C04", "C05", "C14", "C15", "C50"} <= set(refused["codes"])


@pytest.mark.parametrize("severity", ["off", "info"])
def test_under_a_policy_that_lowers_nothing_is_ready_to_be_published(county: County, severity: str) -> None:
    county.report.write_bytes(CLEAN)
    path = county.policy(f'[rules]\nC5 = "{severity}"\n')
    outcome = county.check("--policy", str(path))
    assert outcome.code == 0
    assert "按规则文件没有错误" in outcome.err
    assert "可以发布" not in outcome.err


def test_the_users_own_configuration_is_trusted(county: County) -> None:
    path = county.policy('[rules]\nC08 = "off"\n', "config")
    assert "C08" not in county.codes()
    policy = json.loads(county.check("--format", "json").out)["files"][0]["policy"]
    assert (policy["path"], policy["origin"], policy["trusted"]) == (str(path), "user", True)
    assert policy["silenced"] == [{"code": "C08", "entry": 'rules.C08 = "off"', "count": 1}]


def test_the_nearest_file_counts_alone_and_the_users_own_is_the_last(county: County) -> None:
    county.policy('[rules]\nC54 = "error"\n', "config")
    assert county.codes()["C54"] == "error"
    county.policy('[rules]\nC08 = "error"\n')
    found = county.codes()
    assert (found["C54"], found["C08"]) == ("warning", "error")
    county.policy('[rules]\nC54 = "error"\n', "bureaus")
    found = county.codes()
    assert (found["C54"], found["C08"]) == ("error", "warning")


def test_a_policy_is_named_or_declined_on_the_command_line(county: County) -> None:
    county.policy('[rules]\nC54 = "error"\n')
    other = county.policy('[rules]\nC54 = "info"\n', "other")
    assert county.codes("--no-policy")["C54"] == "warning"
    assert county.codes("--policy", str(other))["C54"] == "info"
    assert county.check("--policy", "nothing.toml").code == 2
    assert county.check("--policy", str(other), "--no-policy").code == 2


def test_local_lengths_and_deadlines_take_the_place_of_the_forms_where_they_ask_more(county: County) -> None:
    assert "C52" not in county.codes()
    county.policy('[length]\noverview = 30\n[deadlines]\ngovernment = "06-30"\n')
    found = county.codes()
    assert "C52" in found
    assert "C58" in found
    path = county.policy('[length]\noverview = 30\n[deadlines]\ngovernment = "06-30"\n')
    assert "C58" not in county.codes("--policy", str(path))
    silenced = json.loads(county.check("--format", "json", "--policy", str(path)).out)["files"][0]["policy"]["silenced"]
    assert silenced == [{"code": "C58", "entry": 'deadlines.government = "06-30"', "count": 1}]


def test_how_many_findings_are_waived_is_said_in_every_format(county: County) -> None:
    key = next(finding["key"] for finding in county.findings() if finding["code"] == "C54")
    county.report.write_bytes(WRONG + f'\n[waivers]\n"{key}" = "属实"\n'.encode())
    assert json.loads(county.check("--format", "json").out)["files"][0]["waived"] == 1
    assert json.loads(county.check("--format", "sarif").out)["runs"][0]["properties"]["files"][0]["waived"] == 1
    assert "已认可：1 处" in county.check().out
    assert "已认可：1 处" in next(line for line in county.check("--format", "github").out.splitlines() if line.startswith("::notice"))


BROKEN = '[rules]\nC00 = "off"\nC01 = "of"\n[length]\nsummary = 1\n'


@pytest.mark.parametrize("form", ["json", "sarif", "github", "text"])
def test_a_broken_policy_that_was_found_is_an_error_and_the_rest_is_checked(county: County, form: str) -> None:
    county.report.write_bytes(CLEAN)
    path = county.policy(BROKEN)
    outcome = county.check("--format", form)
    assert outcome.code == 1
    for line, said in ((2, "没有规则 C00"), (3, "C01 的值是"), (5, "没有“summary”这一部分")):
        assert f"{path}:{line}:" in outcome.out
        assert said in outcome.out
    if form == "github":
        assert f"file={path},line=2" in outcome.out


def test_every_report_under_a_broken_policy_is_checked_and_has_the_error(county: County) -> None:
    other = county.report.with_name("clean.toml")
    other.write_bytes(CLEAN)
    before = county.codes()
    county.policy(BROKEN)
    assert county.codes() == before | {"F14": "error"}
    files = json.loads(county.check(str(other), "--format", "json").out)["files"]
    assert [sum(finding["code"] == "F14" for finding in file["findings"]) for file in files] == [3, 3]
    first = next(finding for finding in files[0]["findings"] if finding["code"] == "F14")
    assert (first["file"], first["line"], first["column"]) == (str(county.folder / find_policy.NAME), 2, 7)


@pytest.mark.parametrize("options", [("--ignore", "F"), ("--select", "C01"), ("--ignore", "F14")])
def test_a_broken_policy_is_never_ignored(county: County, options: tuple[str, ...]) -> None:
    county.report.write_bytes(CLEAN)
    county.policy(BROKEN)
    assert county.check(*options).code == 1


def test_a_broken_policy_that_was_given_is_refused_with_all_that_is_wrong(county: County) -> None:
    path = county.policy(BROKEN)
    for command in ("check", "export", "edit"):
        outcome = county.run(command, str(county.report), "--policy", str(path))
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.count(f"{path}:") == 3


def test_an_export_is_judged_by_the_same_rule(county: County) -> None:
    path = county.policy(HOSTILE)
    outcome = county.run("export", str(county.report))
    assert outcome.code == 1
    assert 'rules.C = "off"' in outcome.err
    county.report.write_bytes(CLEAN)
    county.policy(BROKEN)
    assert county.run("export", str(county.report)).code == 1
    assert county.run("export", str(county.report), "--policy", str(path)).code == 2


def test_an_empty_policy_asks_nothing(county: County) -> None:
    before = county.codes()
    county.policy("\n")
    assert county.codes() == before


def test_a_policy_file_is_no_report(county: County) -> None:
    county.policy("[report]\n", "bureaus")
    assert expand_paths([str(county.folder)]) == ([str(county.report)], [], [])
