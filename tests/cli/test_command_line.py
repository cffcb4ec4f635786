"""The command line as people and scripts meet it: data on stdout, narration on stderr, the exit codes of the contract."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.cli.main import MODULES, main
from nianbao.cli.words.common_words import COMMANDS
from nianbao.core.chinese.width import text_width
from nianbao.core.report import BLANK
from nianbao.files.report.report_file import load_report

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CLEAN = str(EXAMPLES / "department-2024.toml")
WRONG = str(EXAMPLES / "wrong-2024.toml")


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, *argv: str) -> Outcome: ...


@pytest.fixture
def nianbao(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)

    def run(*argv: str) -> Outcome:
        capsys.readouterr()
        code = main(argv)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


def process(*argv: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "nianbao", *argv], input=stdin, capture_output=True, check=False, env={**os.environ, **(env or {})}
    )


def test_a_clean_report_exits_0_and_prints_no_data(nianbao: Run) -> None:
    outcome = nianbao("check", CLEAN)
    assert (outcome.code, outcome.out) == (0, "")
    assert "没有发现问题，可以发布" in outcome.err


def test_findings_exit_1_and_name_the_line_the_cell_and_the_repair(nianbao: Run) -> None:
    outcome = nianbao("check", WRONG)
    assert outcome.code == 1
    line = next(line for line in outcome.out.split("\n") if "C04" in line)
    number = int(line.split(":")[0])
    assert Path(WRONG).read_text(encoding="utf-8").split("\n")[number - 1].startswith("reconsideration")
    assert "表四“行政复议”：总计填 0，维持、纠正、其他、尚未审结相加得 3" in line
    assert "建议：表四“行政复议”总计由 0 改为 3" in outcome.out


def test_text_output_goes_by_section_and_gravity(nianbao: Run) -> None:
    lines = nianbao("check", WRONG).out.split("\n")
    headings = [line.strip() for line in lines if line.startswith("  ") and line[2] != " "]
    order = "报告整体 前言 一、总体情况 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 四、政府信息公开行政复议、行政诉讼情况 五、存在的主要问题及改进情况 六、其他需要报告的事项"
    assert headings == order.split()
    section = lines[lines.index("  三、收到和处理政府信息公开申请情况") :]
    levels = [line.split()[1] for line in section if line[:5].strip().isdigit() or line[4:6].strip().isdigit()]
    third = levels[: levels.index("警告") + 1]
    assert third == sorted(third, key=["错误", "警告", "提示"].index)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", WRONG, "--fail-on", "never"], 0),
        (["check", WRONG, "--select", "C54"], 0),
        (["check", WRONG, "--select", "C54", "--fail-on", "warning"], 1),
        (["check", WRONG, "--select", "C54", "--fail-on", "info"], 1),
        (["check", WRONG, "--ignore", "C,F"], 0),
        (["check", WRONG, "--select", "c5"], 1),
        (["check", "nothing.toml"], 2),
        (["check", CLEAN, "nothing.toml"], 2),
        (["check", WRONG, "--select", "Z99"], 2),
        (["check"], 2),
        (["check", "--format", "xml", CLEAN], 2),
        (["check", CLEAN, "--previous", "nothing.toml"], 2),
        (["check", CLEAN, "--jobs", "-1"], 2),
        (["check", CLEAN, "--jobs", "many"], 2),
        (["check", CLEAN, "--jobs", "0"], 0),
        (["import", CLEAN, "--jobs", "-1"], 2),
        (["chek"], 2),
        ([], 2),
        (["--help"], 0),
        (["check", "--help"], 0),
        (["--version"], 0),
        (["explain", "C01"], 0),
        (["explain", "c01"], 0),
        (["explain", "Z1"], 2),
        (["rules"], 0),
        (["schema"], 0),
        (["export", CLEAN], 0),
        (["export", WRONG], 1),
        (["export", WRONG, "--draft"], 0),
        (["export", CLEAN, "--width", "40"], 2),
        (["check", ""], 2),
        (["check", "-", "-"], 2),
        (["check", CLEAN, "--select", " , "], 2),
        (["diff", CLEAN, ""], 2),
        (["-x"], 2),
        (["help"], 0),
        (["help", "check"], 0),
        (["help", "chek"], 2),
        (["new", CLEAN, "--from", CLEAN, "--force"], 2),
        (["export", "nothing.toml"], 2),
        (["new", "--year", "1990"], 2),
        (["new", "--year", "2015"], 0),
        (["new", "--year", "0"], 2),
        (["new", "--year", "1"], 2),
        (["new", "--year", "-5"], 2),
        (["new", "--year", "9998"], 0),
        (["new", "--year", "9999"], 2),
        (["new", "--year", "10000"], 2),
        (["new", "--year", "99999"], 2),
        (["new", "--year", "二〇二四"], 2),
    ],
)
def test_exit_codes(nianbao: Run, arguments: list[str], code: int) -> None:
    outcome = nianbao(*arguments)
    assert outcome.code == code
    assert "Traceback" not in outcome.err
    assert code != 2 or outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", CLEAN, "--fail-on", "bad"], "选项 --fail-on 不能是“bad”，可以是：error、warning、info、never"),
        (["export", CLEAN, "--ambiguous", "3"], "选项 --ambiguous 不能是“3”，可以是：1、2"),
        (["export", CLEAN, "--width", "abc"], "选项 --width 不能是“abc”，要是 80 到 160 之间的整数"),
        (["similar", CLEAN, "--threshold", "x"], "选项 --threshold 不能是“x”，要是一个数"),
        (["facts", CLEAN, "--year", "99999"], "选项 --year 不能是“99999”"),
        (["check", CLEAN, "--draft=yes"], "选项 --draft 后面不带值"),
        (["check", CLEAN, "--select", ","], "选项后面要写规则的代码"),
        (["diff"], "缺少参数：BEFORE、AFTER"),
        (["diff", "", CLEAN], "有一个文件名是空的"),
        (["check", ""], "有一个文件名是空的"),
        (["sum", "-", "-"], "标准输入只有一份"),
        (["import", str(EXAMPLES)], "这是一个文件夹，请给出其中的文件"),
        (["import", CLEAN], "这已经是报告文件，不用导入"),
        (["-x"], "没有“-x”这个选项。运行 nianbao --help 查看全部命令。"),
        (["检查"], "没有“检查”这个命令。运行 nianbao --help 查看全部命令。"),
        (["chek"], "没有“chek”这个命令。是不是 check？"),
        (["new", CLEAN, "--from", CLEAN, "--force"], "错误：" + CLEAN + " 就是所依据的报告，不能用新的报告覆盖它"),
    ],
)
def test_what_is_wrong_with_a_command_line_is_said_in_words_that_help(nianbao: Run, arguments: list[str], said: str) -> None:
    outcome = nianbao(*arguments)
    assert outcome.code == 2
    assert said in outcome.err


def test_every_command_of_the_overview_exists_and_the_reverse() -> None:
    assert {name for name, _ in COMMANDS} == set(MODULES)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_command_explains_itself_in_chinese(nianbao: Run, name: str) -> None:
    outcome = nianbao(name, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith("用法：nianbao ")
    assert "\n选项：\n" in outcome.out
    assert ":\n" not in outcome.out
    assert "usage" not in outcome.out
    assert "show this help" not in outcome.out


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
@pytest.mark.parametrize("name", sorted(MODULES))
def test_help_stays_within_the_terminal(nianbao: Run, monkeypatch: pytest.MonkeyPatch, name: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = nianbao(name, "--help").out.split("\n")
    assert max(map(text_width, lines)) <= min(columns, 80)
    assert not [line for line in lines if line.strip()[:1] in ("，", "。", "；", "）")]


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
"""The part of the SARIF 2.1.0 schema (OASIS) that this output uses."""


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


def test_standard_input_is_a_file_called_dash() -> None:
    done = process("check", "-", "--format", "json", stdin=Path(WRONG).read_bytes())
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert document["files"][0]["path"] == "-"


def test_a_folder_means_its_reports(nianbao: Run, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "b.toml").write_bytes(Path(WRONG).read_bytes())
    (tmp_path / "a.toml").write_bytes(Path(CLEAN).read_bytes())
    (tmp_path / "settings.toml").write_text("[tool]\nx = 1\n", encoding="utf-8")
    (tmp_path / ".hidden.toml").write_bytes(Path(WRONG).read_bytes())
    outcome = nianbao("check", str(tmp_path), "--format", "json")
    assert [Path(file["path"]).name for file in json.loads(outcome.out)["files"]] == ["a.toml", "b.toml"]
    assert "settings.toml：不是年报文件，已跳过" in outcome.err


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("UTF-16 with its mark", lambda text: text.encode("utf-16")),
        ("UTF-16 without a mark", lambda text: text.encode("utf-16-le")),
        ("GBK", lambda text: text.encode("gb18030")),
        ("spaces in the brackets", lambda text: text.replace("[report]", "[ report ]").encode()),
        ("quotes in the brackets", lambda text: text.replace("[report]", '["report"]').encode()),
        ("a capital", lambda text: text.replace("[report]", "[Report]").encode()),
        ("full-width brackets", lambda text: text.replace("[report]", "［report］").encode()),
        ("the table's line lost", lambda text: text.replace("[report]", "").encode()),
        ("cut to its tables", lambda text: text[text.index("[disclosure]") :].encode()),
        ("broken before its table", lambda text: text.replace("[report]", "[report").encode()),
        ("nothing left", lambda text: text[:0].encode()),
        ("only a comment left", lambda text: text[: text.index("\n")].replace("format", "# format").encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_report_in_a_folder_is_passed_over_however_it_is_written(
    nianbao: Run, tmp_path: Path, name: str, spoil: Callable[[str], bytes]
) -> None:
    (tmp_path / "good.toml").write_bytes(Path(CLEAN).read_bytes())
    other = tmp_path / "other.toml"
    other.write_bytes(spoil(Path(CLEAN).read_text(encoding="utf-8")))
    outcome = nianbao("check", str(tmp_path), "--format", "json")
    alone = nianbao("check", str(other), "--format", "json")
    assert json.loads(outcome.out)["files"][1:] == json.loads(alone.out)["files"], name
    assert outcome.code == alone.code
    assert "跳过" not in outcome.err


@pytest.mark.parametrize(
    "text",
    ["[tool]\nx = 1\n", 'title = "x"\n', "[format]\nindent = 2\n", "[[package]]\nname = 'a'\n", "\ufeff[reports]\na = 1\n"],
)
def test_other_programs_files_in_a_folder_are_passed_over_and_named(nianbao: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "good.toml").write_bytes(Path(CLEAN).read_bytes())
    (tmp_path / "other.toml").write_text(text, encoding="utf-8")
    outcome = nianbao("check", str(tmp_path))
    assert outcome.code == 0
    assert "other.toml：不是年报文件，已跳过" in outcome.err


def test_the_commit_hook_is_given_every_toml_file_and_checks_the_reports_among_them(nianbao: Run, tmp_path: Path) -> None:
    (hook,) = yaml_entries((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["language"], hook["types"]) == ("python", "[toml]")
    program, *arguments = hook["entry"].split()
    assert program == "nianbao"
    settings = tmp_path / "pyproject.toml"
    settings.write_text("[tool]\nx = 1\n", encoding="utf-8")
    assert nianbao(*arguments, str(settings)).code == 0
    outcome = nianbao(*arguments, str(settings), WRONG)
    assert outcome.code == 1
    assert "pyproject.toml：不是年报文件，已跳过" in outcome.err
    damaged = tmp_path / "2024.toml"
    damaged.write_bytes(Path(CLEAN).read_text(encoding="utf-8").encode("utf-16"))
    assert nianbao(*arguments, str(damaged)).code == 2


def yaml_entries(text: str) -> list[dict[str, str]]:
    """The entries of a list of flat tables in YAML, which is all that a hook's file is."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    entries = "\n".join(lines).removeprefix("- ").split("\n- ")
    return [dict(line.strip().split(": ", 1) for line in entry.splitlines()) for entry in entries]


def test_a_file_named_in_capitals_is_one_of_the_folders_reports(nianbao: Run, tmp_path: Path) -> None:
    (tmp_path / "A.TOML").write_bytes(Path(WRONG).read_bytes())
    assert nianbao("check", str(tmp_path)).code == 1


def test_a_folder_that_cannot_be_opened_is_reported(nianbao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good.toml").write_bytes(Path(CLEAN).read_bytes())
    (tmp_path / "shut").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    outcome = nianbao("check", str(tmp_path))
    assert outcome.code == 2
    assert "shut" in outcome.out


def test_an_empty_folder_is_no_success(nianbao: Run, tmp_path: Path) -> None:
    assert nianbao("check", str(tmp_path)).code == 2


def test_two_processes_find_what_one_finds(nianbao: Run, tmp_path: Path) -> None:
    for at in range(6):
        (tmp_path / f"{at}.toml").write_bytes(Path(WRONG if at % 2 else CLEAN).read_bytes())
    one = nianbao("check", str(tmp_path), "--format", "json", "--jobs", "1")
    two = nianbao("check", str(tmp_path), "--format", "json", "--jobs", "2")
    assert one.out == two.out


def test_last_years_report_is_found_in_a_folder(nianbao: Run) -> None:
    city = str(EXAMPLES / "city-2024.toml")
    outcome = nianbao("check", city, CLEAN, "--previous", str(EXAMPLES), "--format", "json")
    first, second = json.loads(outcome.out)["files"]
    assert {finding["code"] for finding in first["findings"]} == {"C42"}
    assert second["findings"] == []
    assert "department-2024.toml：在" in outcome.err


def test_last_years_report_is_found_beside_the_report_and_named(nianbao: Run) -> None:
    city, last = str(EXAMPLES / "city-2024.toml"), str(EXAMPLES / "city-2023.toml")
    text = nianbao("check", city)
    assert text.err.splitlines()[0] == f"{city}：已与同一文件夹里的上年报告 {last} 核对。"
    outcome = nianbao("check", city, "--format", "json")
    (file,) = json.loads(outcome.out)["files"]
    assert file["previous"] == last
    assert [finding["code"] for finding in file["findings"]] == ["C42", "C42"]
    assert last not in outcome.err
    log = json.loads(nianbao("check", city, "--format", "sarif").out)
    assert [entry["previous"] for entry in log["runs"][0]["properties"]["files"]] == [last]


def test_last_years_report_beside_the_report_is_left_alone_where_asked(nianbao: Run) -> None:
    outcome = nianbao("check", str(EXAMPLES / "city-2024.toml"), "--no-previous", "--format", "json")
    (file,) = json.loads(outcome.out)["files"]
    assert (file["previous"], file["findings"]) == (None, [])
    assert nianbao("check", CLEAN, "--no-previous", "--previous", CLEAN).code == 2


def test_standard_input_has_no_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    done = process("check", "-", "--format", "json", stdin=Path("city-2024.toml").read_bytes())
    assert json.loads(done.stdout)["files"][0]["previous"] is None


def test_a_draft_may_have_blanks(nianbao: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "new.toml")
    assert nianbao("new", path, "--agency", "示例市民政局", "--year", "2024").code == 0
    assert nianbao("check", path).code == 1
    assert nianbao("check", path, "--draft").code == 0
    exported = nianbao("export", path, "--draft")
    assert exported.code == 0
    assert "草稿" in exported.out


def test_new_never_overwrites_unasked(nianbao: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    path.write_text("mine", encoding="utf-8")
    assert nianbao("new", str(path), "--year", "2024").code == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert nianbao("new", str(path), "--year", "2024", "--force").code == 0
    assert load_report(path).report.header.year == 2024


def test_next_years_report_carries_what_stays_and_marks_it(nianbao: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "2025.toml")
    outcome = nianbao("new", path, "--from", str(EXAMPLES / "city-2024.toml"))
    report = load_report(Path(path)).report
    assert outcome.code == 0
    assert (report.header.agency, report.header.kind, report.header.year) == ("示例市人民政府", "government", 2025)
    carried = report.edition.row_cells["requests", "carried_over"]  # type: ignore[index] # the section's own name
    assert [report.cells[at] for at in carried] == [118, 5, 0, 0, 1, 1, 125]
    findings = json.loads(nianbao("check", path, "--format", "json", "--select", "C47").out)["files"][0]["findings"]
    assert len(findings) == len(report.header.carried) > 5
    assert all(finding["line"] for finding in findings)


def test_a_report_from_an_older_one_than_last_years_has_its_carried_over_row_blank_and_is_told_so(nianbao: Run, tmp_path: Path) -> None:
    path = tmp_path / "2030.toml"
    outcome = nianbao("new", str(path), "--from", str(EXAMPLES / "city-2024.toml"), "--year", "2030")
    report = load_report(path).report
    assert outcome.code == 0
    assert "city-2024.toml 是 2024 年度的报告，不是上一年度（2029 年度）的：上年结转没有填" in outcome.err
    assert set(report.cells) == {BLANK}
    assert report.header.carried


@pytest.mark.parametrize("year", ["2019", "2023", "2024"])
def test_no_report_is_made_from_one_of_the_same_or_a_later_year(nianbao: Run, tmp_path: Path, year: str) -> None:
    path = tmp_path / "new.toml"
    outcome = nianbao("new", str(path), "--from", str(EXAMPLES / "city-2024.toml"), "--year", year)
    assert outcome.code == 2
    assert f"是 2024 年度的报告，不能由它生成 {year} 年度的" in outcome.err
    assert not path.exists()


def test_a_report_without_a_year_does_not_tell_what_the_next_one_is(nianbao: Run, tmp_path: Path) -> None:
    last = tmp_path / "last.toml"
    last.write_text(Path(CLEAN).read_text(encoding="utf-8").replace("year = 2024", ""), encoding="utf-8")
    assert "请用 --year 给出" in nianbao("new", "--from", str(last)).err
    given = nianbao("new", "--from", str(last), "--year", "2025")
    assert given.code == 0
    assert "没有写年度，无法确定是不是上一年度（2024 年度）的报告" in given.err


def test_export_refuses_to_overwrite_the_report(nianbao: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(Path(CLEAN).read_bytes())
    assert nianbao("export", str(path), "-o", str(path)).code == 2
    assert path.read_bytes() == Path(CLEAN).read_bytes()
    out = tmp_path / "a.txt"
    assert nianbao("export", str(path), "-o", str(out)).code == 0
    assert out.read_text(encoding="utf-8") == nianbao("export", str(path)).out


def test_a_name_with_escape_sequences_reaches_no_terminal(nianbao: Run, tmp_path: Path) -> None:
    hostile = tmp_path / "a\x1b[31m.toml"
    hostile.write_text(Path(WRONG).read_text(encoding="utf-8").replace("示例县青石镇人民政府", "\\u001b]0;x\\u0007镇"), encoding="utf-8")
    for form in ("text", "github"):
        outcome = nianbao("check", str(hostile), "--format", form)
        assert "\x1b" not in outcome.out + outcome.err
    assert "\x1b" not in nianbao("export", str(hostile)).out


def test_a_broken_pipe_is_no_traceback() -> None:
    with subprocess.Popen([sys.executable, "-m", "nianbao", "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()


def test_output_is_utf_8_whatever_the_locale() -> None:
    done = process("check", WRONG, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert "表四“行政复议”" in done.stdout.decode("utf-8")


SEED = Path(CLEAN).read_bytes()


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A report file with a few bytes cut, repeated, replaced or put in."""
    data = bytearray(SEED)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 60))
        piece = draw(
            st.one_of(
                st.binary(max_size=6), st.sampled_from([b"[", b"]", b'"""', b"=", b"\xa3\xac", "，".encode(), b"\x00", b"1e9999", b"\n"])
            )
        )
        data[at : at + length] = piece
    return bytes(data)


@given(mutated(), st.sampled_from(["check", "export"]))
def test_no_damaged_file_makes_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes, command: str) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.toml"
    path.write_bytes(data)
    import contextlib  # noqa: PLC0415 - one test
    import io  # noqa: PLC0415 - one test

    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([command, str(path)])
    assert code in (0, 1, 2)
