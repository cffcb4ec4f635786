"""An internal failure in a rule, reader or file becomes a finding; everything else continues, and the exit code is 70."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nianbao.cli.commands.check import FORMATS
from nianbao.cli.diagnostics import worst_exit_code
from nianbao.cli.main import main
from nianbao.core.checks import run_checks
from nianbao.core.checks.boundary import FAILURES
from nianbao.core.checks.context import CheckContext
from nianbao.core.checks.finding import Finding, Severity
from nianbao.core.checks.run_checks import run_check
from nianbao.core.prose import read_prose
from nianbao.files.importing.html import read_html
from nianbao.files.report import parse as reading
from nianbao.templates import load_catalogue
from nianbao.tui.flows import findings
from repository import EXAMPLES
from tui_support import editing, wrong_report

EXAMPLE = (EXAMPLES / "department-2024.toml").read_text(encoding="utf-8")
WRONG = EXAMPLE.replace('kind = "department"', 'kind = ""', 1)
MARK = "这一份让程序出错"
PAGE = "<html><body>{mark}<h1>示例市民政局2024年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>按期公开。</p></body></html>"
ERRORS = (ValueError("planted"), RecursionError("planted"), MemoryError(), AssertionError("planted"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty reports, each with one error of its own; the tenth contains the mark."""
    for number in range(30):
        text = WRONG if number != 9 else WRONG.replace('agency = "', f'agency = "{MARK}', 1)
        (tmp_path / f"{number:02}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def raises_half_way(context: CheckContext) -> Iterator[Finding]:
    """Rule that fails after its first finding, on the marked report only."""
    yield context.finding("C70", key=("report", "agency"))
    if MARK in context.report.header.agency:
        raise ValueError(MARK)


def deep(context: CheckContext) -> Iterator[Finding]:
    """Rule with infinite recursion."""
    yield from deep(context)


def plant_rule(monkeypatch: pytest.MonkeyPatch, check: Callable[[CheckContext], Iterator[Finding]]) -> None:
    monkeypatch.setattr(run_checks, "CHECKS", (check, *run_checks.CHECKS))


def plant_reader(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Install a reader of report files that fails on the marked one."""

    def parse(text: str) -> object:
        if MARK in text:
            raise error
        return reading.parse(text)

    monkeypatch.setattr("nianbao.files.report.report_file.parse", parse)


def checked(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, list[dict[str, object]]]]:
    """Return the exit code and the findings of each file."""
    code = main(["check", str(folder), "--format", "json", "--jobs", "1", *options])
    files = json.loads(capsys.readouterr().out)["files"]
    return code, {Path(file["path"]).name: file["findings"] for file in files}


def codes(findings: list[dict[str, object]]) -> list[object]:
    return [finding["code"] for finding in findings]


def test_what_a_rule_found_before_it_failed_is_kept() -> None:
    told: list[Exception] = []

    def check(_: CheckContext) -> Iterator[Finding]:
        yield Finding("C01")
        raise KeyError

    found = list(run_check(CheckContext(wrong_report(), load_catalogue(), on_failure=told.append), check))
    assert [finding.code for finding in found] == ["C01", "C91"]
    assert [type(error) for error in told] == [KeyError]


def test_an_interruption_passes_the_boundary() -> None:
    def check(_: CheckContext) -> Iterator[Finding]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(run_check(CheckContext(wrong_report(), load_catalogue()), check))


def test_a_rule_that_fails_over_one_of_thirty_reports_costs_only_its_own_findings(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = checked(folder, capsys)[1]
    plant_rule(monkeypatch, raises_half_way)
    code, after = checked(folder, capsys)
    assert code == 70
    assert len(after) == 30
    for name, found in after.items():
        extra = sorted(set(map(str, codes(found))) - set(map(str, codes(before[name]))))
        assert extra == (["C70", "C91"] if name == "09.toml" else ["C70"])
    failure = next(finding for finding in after["09.toml"] if finding["code"] == "C91")
    assert failure["severity"] == "error"
    assert "raises_half_way" in str(failure["message"])
    assert "ValueError" in str(failure["message"])


def test_a_rule_that_recurses_without_end_is_a_finding_in_each_report(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_rule(monkeypatch, deep)
    code, found = checked(folder, capsys)
    assert code == 70
    assert all(codes(findings).count("C91") == 1 and "C72" in codes(findings) for findings in found.values())


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_reader_that_fails_over_one_of_thirty_reports_costs_only_that_report(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    before = checked(folder, capsys)[1]
    plant_reader(monkeypatch, error)
    code, after = checked(folder, capsys)
    assert code == 70
    assert codes(after.pop("09.toml")) == ["F15"]
    before.pop("09.toml")
    assert after == before


@pytest.mark.parametrize("wanted", FORMATS)
def test_every_format_names_the_file_that_failed_and_all_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    plant_reader(monkeypatch, ValueError("planted"))
    assert main(["check", str(folder), "--format", wanted, "--jobs", "2"]) == 70
    out = capsys.readouterr().out
    assert "F15" in out
    assert "Traceback" not in out
    assert all(f"{number:02}.toml" in out for number in range(30))


@pytest.mark.parametrize("options", [["--ignore", "C,F"], ["--select", "C01"], ["--fail-on", "never"], ["--draft"]])
def test_no_option_hides_or_lowers_a_failure(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    plant_rule(monkeypatch, raises_half_way)
    code, found = checked(folder, capsys, *options)
    assert code == 70
    failure = next(finding for finding in found["09.toml"] if finding["code"] == "C91")
    assert failure["severity"] == "error"
    assert "key" not in failure


def test_no_policy_hides_or_lowers_a_failure(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    policy = folder / "office.rules"
    policy.write_text('[rules]\nC91 = "info"\nC = "off"\n', encoding="utf-8")
    plant_rule(monkeypatch, raises_half_way)
    code, found = checked(folder, capsys, "--policy", str(policy))
    assert code == 70
    assert [finding["severity"] for finding in found["09.toml"] if finding["code"] == "C91"] == ["error"]


def test_a_failure_cannot_be_waived_and_makes_no_waiver_stale(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "09.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[waivers]\n"C70@00000000" = "属实"\n"C91@00000000" = "不管"\n', encoding="utf-8")
    assert "C90" in codes(checked(folder, capsys)[1]["09.toml"])
    plant_rule(monkeypatch, raises_half_way)
    findings = checked(folder, capsys)[1]["09.toml"]
    assert "C90" not in codes(findings)
    assert main(["check", str(path), "--waive", "C91", "--reason", "不管"]) == 2


def test_a_traceback_is_printed_on_stderr_only_where_it_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_rule(monkeypatch, raises_half_way)
    monkeypatch.delenv("NIANBAO_DEBUG", raising=False)
    main(["check", str(folder / "09.toml")])
    assert "Traceback" not in capsys.readouterr().err
    monkeypatch.setenv("NIANBAO_DEBUG", "1")
    main(["check", str(folder / "09.toml")])
    assert "raises_half_way" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["diff"], ["sum"], ["facts"], ["export"], ["check", "--previous"]], ids=" ".join)
def test_every_command_on_a_report_whose_reader_fails_ends_with_70_and_says_why(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    plant_reader(monkeypatch, ValueError("planted"))
    given = [str(folder / "09.toml")] if command[0] in ("facts", "export") else [str(folder / "09.toml"), str(folder / "08.toml")]
    assert main([*command, *given]) == 70
    assert "ValueError" in capsys.readouterr().err


def test_similar_compares_the_reports_that_can_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_reader(monkeypatch, ValueError("planted"))
    assert main(["similar", *(str(folder / f"{number:02}.toml") for number in (8, 9, 10)), "--brief"]) == 70
    said = capsys.readouterr()
    assert "08.toml" in said.out
    assert "09.toml" in said.err


def test_facts_of_the_other_sections_are_printed(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    calls = itertools.count()

    def fails_once(text: str, **header: object) -> object:
        if next(calls) == 0:
            raise ValueError
        return read_prose(text, **header)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr("nianbao.cli.commands.facts.read_prose", fails_once)
    assert main(["facts", str(folder / "00.toml")]) == 70
    said = capsys.readouterr()
    assert said.out
    assert "C91" not in said.out
    assert "ValueError" in said.err


def pages(folder: Path, mark: str) -> list[str]:
    """Three web pages, the second with the mark."""
    paths = [folder / f"{number}.html" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_text(PAGE.format(mark=mark if number == 1 else ""), encoding="utf-8")
    return list(map(str, paths))


def test_a_page_over_which_the_importer_fails_costs_only_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(text: str) -> object:
        if MARK in text:
            raise AssertionError
        return read_html(text)

    monkeypatch.setattr("nianbao.files.importing.source.read_html", fails)
    out = tmp_path / "out"
    assert main(["import", *pages(tmp_path, MARK), "-o", str(out)]) == 70
    assert sorted(path.name for path in out.iterdir()) == ["0.toml", "2.toml"]
    assert "1.html" in capsys.readouterr().err


@pytest.mark.parametrize(
    "mark", ["<![ endif]>", "<![ x", "<![", "<!-[ x]>", "<![endif]-->", "<![CDATA[ x ]]>", f"&#{'9' * 5000};", f"&#x{'f' * 5000};"]
)
def test_odd_markup_is_passed_over(tmp_path: Path, mark: str) -> None:
    out = tmp_path / "out"
    assert main(["import", *pages(tmp_path, f"<p>甲</p>{mark}<p>乙</p>"), "-o", str(out)]) == 1
    assert len(list(out.iterdir())) == 3


@pytest.mark.parametrize("run_of", ["零", "九", "9", "１", "万", "百分之零", "零点", "9,999"])
def test_runs_of_thousands_of_figures_are_read_by_every_command(tmp_path: Path, run_of: str) -> None:
    path = tmp_path / "report.toml"
    path.write_text(EXAMPLE.replace('text = """', f'text = """收到申请{run_of * 4301}件，', 1), encoding="utf-8")
    assert main(["check", str(path)]) in (0, 1)
    assert main(["facts", str(path), "--format", "json"]) == 0


def test_the_gravest_exit_code_of_many_files_counts() -> None:
    order = (130, 70, 3, 2, 1, 0)
    for graver, lighter in itertools.combinations(order, 2):
        assert worst_exit_code([lighter, graver, lighter]) == graver
    assert worst_exit_code([]) == 0


async def test_the_editor_opens_a_report_over_which_a_rule_fails_and_lists_the_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_rule(monkeypatch, deep)
    async with editing(tmp_path, wrong_report()) as stage:
        found = stage.editor.examined()
        assert found is not None
        known = {finding.code for finding in found.findings}
        assert "C91" in known
        assert known & {"C01", "C02", "C03", "C04"}
        await stage.write("新")
        assert stage.editor.is_running


async def test_the_editor_goes_on_where_the_check_as_a_whole_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nianbao.service.examine.with_policy_limits", lambda *_: 1 / 0)
    async with editing(tmp_path, wrong_report()) as stage:
        found = stage.editor.examined()
        assert found is not None
        assert [(finding.code, finding.severity) for finding in found.findings] == [("F15", Severity.ERROR)]
        findings.show_list(stage.editor)
        await stage.settle()
        assert "程序检查这个文件时" in stage.screen()


def test_the_codes_of_failures_are_errors() -> None:
    assert {load_catalogue().severity(code, draft=draft) for code in FAILURES for draft in (False, True)} == {Severity.ERROR}
