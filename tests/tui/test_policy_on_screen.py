"""Policy files in the editor: applied as on the command line, named on opening and in the list of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examined import findings_of
from nianbao.core.verdict import Verdict
from nianbao.files.policy import find_policy
from nianbao.files.report.report_file import read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.tui.screens.findings_screen import FindingsScreen
from nianbao.tui.widgets.list_pane import ListPane, TextPane
from tui_support import Stage, editing, finished_report, wrong_report

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.core.report import Report
    from nianbao.service.examination import Examination

HOSTILE = '[rules]\nC = "off"\n[length]\noverview = 0\n'


def delivered(folder: Path, policy: str) -> tuple[Path, Path]:
    """Return a directory of reports with a policy in its parent: (directory, policy)."""
    path = folder / find_policy.NAME
    path.write_text(policy, encoding="utf-8")
    reports = folder / "reports"
    reports.mkdir()
    return reports, path


def examined(stage: Stage) -> Examination:
    examination = stage.editor.examined()
    assert examination is not None
    return examination


def codes(report: Report) -> list[tuple[str, str]]:
    """Return the codes that `check` reports without a policy."""
    return sorted((finding.code, finding.severity) for finding in findings_of(read_report(report_bytes(report))))


async def listed(stage: Stage) -> str:
    """Return the list of findings with the full message of its last entry."""
    await stage.press("f7")
    screen = stage.editor.screen
    assert isinstance(screen, FindingsScreen)
    pane = screen.query_one(ListPane)
    pane.action_end(1)
    await stage.settle()
    return stage.screen() + screen.query_one("#detail", TextPane).text


async def test_a_hostile_policy_beside_the_report_changes_no_finding_and_is_named(tmp_path: Path) -> None:
    folder, path = delivered(tmp_path, HOSTILE)
    report = wrong_report()
    async with editing(folder, report) as stage:
        found = examined(stage).findings
        assert sorted((finding.code, finding.severity) for finding in found) == codes(report)
        assert stage.message().startswith("规则文件有2条没有采用")
        shown = await listed(stage)
        assert str(path) in shown
        assert 'rules.C = "off"、length.overview = 0' in shown
        assert "可以发布" not in shown


async def test_a_clean_report_beside_a_hostile_policy_is_ready(tmp_path: Path) -> None:
    folder, path = delivered(tmp_path, HOSTILE)
    async with editing(folder, finished_report()) as stage:
        assert examined(stage).verdict in (Verdict.CLEAN, Verdict.HINTS)
        shown = await listed(stage)
        assert "可以发布" in shown
        assert str(path) in shown


async def test_a_policy_that_was_given_lowers_all_but_what_is_protected(tmp_path: Path) -> None:
    folder, path = delivered(tmp_path, HOSTILE)
    async with editing(folder, wrong_report(), policy=str(path)) as stage:
        assert {finding.code for finding in examined(stage).findings} == {"C01", "C02", "C03"} & {code for code, _ in codes(wrong_report())}
        assert examined(stage).verdict is Verdict.ERRORS
        assert "C01、" in await listed(stage)


async def test_under_a_policy_that_lowers_nothing_is_ready_to_be_published(tmp_path: Path) -> None:
    folder, path = delivered(tmp_path, HOSTILE)
    async with editing(folder, finished_report(), policy=str(path)) as stage:
        assert examined(stage).verdict is Verdict.BY_POLICY
        await stage.press("f8")
        assert "可以发布" not in stage.message()
        shown = await listed(stage)
        assert "按规则文件没有错误" in shown
        assert "可以发布" not in shown


async def test_a_policy_may_be_declined(tmp_path: Path) -> None:
    folder, _ = delivered(tmp_path, '[rules]\nC5 = "error"\n')
    async with editing(folder, finished_report(), policy=find_policy.NO_FILE) as stage:
        assert examined(stage).policy is None


async def test_a_broken_policy_that_was_found_is_an_error_and_the_rest_is_checked(tmp_path: Path) -> None:
    folder, path = delivered(tmp_path, '[rules]\nC00 = "off"\n')
    report = wrong_report()
    async with editing(folder, report) as stage:
        found = examined(stage).findings
        assert sorted((finding.code, finding.severity) for finding in found) == sorted([("F14", "error"), *codes(report)])
        assert stage.message().startswith(f"规则文件 {path}"[:20])
        await stage.press("f7")
        screen = stage.editor.screen
        assert isinstance(screen, FindingsScreen)
        assert "没有规则 C00" in screen.query_one("#detail", TextPane).text
        assert f"{path}:2:7" in screen.query_one("#detail", TextPane).text
