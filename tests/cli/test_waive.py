"""`check --waive` and `--unwaive`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from nianbao.cli.main import main
from nianbao.core.report import Waiver
from nianbao.files.report.report_file import read_report
from nianbao.files.saving.directories import user_places
from nianbao.files.saving.process import now, this_process
from nianbao.files.session.lock import acquire
from repository import EXAMPLES

WRONG = (EXAMPLES / "wrong-2024.toml").read_bytes()


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Terminal:
    """The command line on one report."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self.capsys = capsys

    def check(self, *options: str) -> Outcome:
        self.capsys.readouterr()
        code = main(["check", str(self.path), *options, "--no-policy"])
        return Outcome(code, *self.capsys.readouterr())


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)
    monkeypatch.setenv("NIANBAO_STATE", str(tmp_path / "state"))
    path = tmp_path / "report.toml"
    path.write_bytes(WRONG)
    return Terminal(path, capsys)


def test_a_finding_is_waived_by_its_code_and_shown_as_waived_in_every_format(terminal: Terminal) -> None:
    outcome = terminal.check("--waive", "c08".upper(), "--reason", "有法定授权", "--select", "C08", "--fail-on", "info")
    assert outcome.code == 0
    assert "（已认可：有法定授权）" in outcome.out
    assert "已认可 C08 disclosure.regulations.in_force@" in outcome.err
    finding = json.loads(terminal.check("--select", "C08", "--format", "json").out)["files"][0]["findings"][0]
    assert (finding["severity"], finding["waived"]) == ("info", {"reason": "有法定授权"})
    assert finding["key"].startswith("C08 disclosure.regulations.in_force@")
    result = json.loads(terminal.check("--select", "C08", "--format", "sarif").out)["runs"][0]["results"][0]
    assert result["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "有法定授权"}]
    assert "（已认可：有法定授权）" in terminal.check("--select", "C08", "--format", "github").out


def test_taking_a_waiver_back_brings_the_finding_back(terminal: Terminal) -> None:
    terminal.check("--waive", "C08", "--reason", "有法定授权")
    outcome = terminal.check("--unwaive", "C08 disclosure.regulations.in_force", "--select", "C08", "--fail-on", "warning")
    assert outcome.code == 1
    assert terminal.path.read_bytes().strip() == WRONG.strip()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--waive", "C08"], "--reason"),
        (["--reason", "属实"], "--waive"),
        (["--waive", "C10", "--reason", "属实"], "没有可以认可的检查结果“C10”"),
        (["--unwaive", "C08"], "没有“C08”这条认可"),
        (["--waive", "C08", "--unwaive", "C08"], "不能和"),
        (["other.toml", "--waive", "C08", "--reason", "属实"], "一次只用于一个报告文件"),
    ],
)
def test_what_cannot_be_waived_is_said_and_changes_nothing(terminal: Terminal, options: list[str], said: str) -> None:
    outcome = terminal.check(*options)
    assert outcome.code == 2
    assert said in outcome.err
    assert terminal.path.read_bytes() == WRONG


def test_several_findings_of_one_code_are_listed_with_their_keys(terminal: Terminal) -> None:
    text = WRONG.decode().replace("refused_by_law               = [0,", "refused_by_law               = [-1,")
    text = text.replace("refused_security             = [0,", "refused_security             = [-1,")
    terminal.path.write_text(text, encoding="utf-8")
    outcome = terminal.check("--waive", "C16", "--reason", "属实")
    assert outcome.code == 2
    keys = [line.split("  ")[0] for line in outcome.err.splitlines() if line.startswith("C16 ")]
    assert len(keys) == 2
    assert terminal.check("--waive", keys[1], "--reason", "属实").code == 1
    assert read_report(terminal.path.read_bytes()).report.header.waivers == (Waiver(keys[1], "属实"),)


def test_a_report_open_in_an_editor_is_not_changed(terminal: Terminal) -> None:
    with acquire(terminal.path, user_places(), this_process(now())):
        outcome = terminal.check("--waive", "C08", "--reason", "属实")
    assert outcome.code == 3
    assert terminal.path.read_bytes() == WRONG
