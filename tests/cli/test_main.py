"""The command line in general: data on stdout, messages on stderr, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CLEAN, WRONG, Run, process
from hypothesis import given
from hypothesis import strategies as st
from nianbao.cli.main import main
from repository import EXAMPLES


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
def test_each_command_line_ends_with_its_exit_code(nianbao: Run, arguments: list[str], code: int) -> None:
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
    """Return a report file with some bytes deleted, repeated, replaced or inserted."""
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
