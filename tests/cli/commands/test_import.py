"""`nianbao import`: files, exit codes, JSON, and protection of existing files."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest
from import_renderers import docx, html_page, pipe_rows
from nianbao.cli.main import main
from nianbao.files.report.report_file import load_report
from pty_terminal import PtyTerminal, editor_environ
from strategies_import import published_report

WHOLE = published_report(random.Random(1))  # noqa: S311 - variety, not secrecy
LOST = "示例市民政局2022年政府信息公开工作年度报告\n一、总体情况\n概况。\n二、主动公开政府信息情况\n规章 | 0 | 0 | 1 |\n"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    chance = random.Random(2)  # noqa: S311 - variety, not secrecy
    (tmp_path / "完整.txt").write_text(pipe_rows(WHOLE, chance), encoding="gb18030")
    (tmp_path / "网页.html").write_text(html_page(WHOLE, chance), encoding="utf-8")
    (tmp_path / "文档.docx").write_bytes(docx(WHOLE, chance))
    (tmp_path / "有缺.txt").write_text(LOST, encoding="utf-8")
    (tmp_path / "无关.txt").write_text("今天天气很好。\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["完整.txt", "网页.html", "文档.docx"])
def test_a_whole_report_is_written_and_ends_with_0(sources: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = sources / "out.toml"
    assert main(["import", str(sources / name), "-o", str(out)]) == 0
    assert load_report(out).report.cells == WHOLE.cells
    assert "全部读出" in capsys.readouterr().err


def test_without_an_output_the_file_goes_to_stdout(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(sources / "有缺.txt")]) == 1
    written = capsys.readouterr()
    assert written.out.startswith("format = 1\n")
    assert "表三" in written.err


def test_json_names_what_was_lost(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(sources / "有缺.txt"), "-o", str(sources / "out.toml"), "--format", "json"]) == 1
    understood = json.loads(capsys.readouterr().out)
    assert understood["edition"] == "2021"
    assert understood["cells"] == 3
    assert "disclosure.normative_documents" in understood["unrecoverable"]
    assert {"requests", "review"} <= set(understood["unrecoverable"])
    assert all(note["code"] and note["message"] for note in understood["notes"])


def test_json_needs_a_file_for_the_report(sources: Path) -> None:
    assert main(["import", str(sources / "有缺.txt"), "--format", "json"]) == 2


def test_nothing_usable_is_2_and_writes_nothing(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = sources / "out.toml"
    assert main(["import", str(sources / "无关.txt"), "-o", str(out), "--format", "json"]) == 2
    assert not out.exists()
    assert json.loads(capsys.readouterr().out)["edition"] is None


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7", b"PK\x03\x04 broken"])
def test_files_of_another_kind_are_refused_with_a_reason(sources: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (sources / "别的").write_bytes(content)
    assert main(["import", str(sources / "别的")]) == 2
    assert "别的" in capsys.readouterr().err
    assert main(["import", str(sources / "没有")]) == 2


def test_an_existing_file_stays_without_force(sources: Path) -> None:
    out = sources / "out.toml"
    out.write_text("原来的", encoding="utf-8")
    assert main(["import", str(sources / "完整.txt"), "-o", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "原来的"
    assert main(["import", str(sources / "完整.txt"), "-o", str(out), "--force"]) == 0
    assert load_report(out).report.cells == WHOLE.cells


def test_many_files_get_one_line_each(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sources / "报告"
    names = [str(sources / name) for name in ("完整.txt", "网页.html", "有缺.txt", "无关.txt")]
    assert main(["import", *names, "-o", f"{folder}/", "--format", "json"]) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["完整.toml", "有缺.toml", "网页.toml"]
    written = capsys.readouterr()
    assert [Path(document["path"]).name for document in json.loads(written.out)["files"]] == [Path(name).name for name in names]
    assert len(written.err.splitlines()) == len(names) + 1
    assert main(["import", *names[:2], "-o", f"{folder}/"]) == 2
    assert main(["import", *names[:2], "-o", f"{folder}/", "--force"]) == 0


def test_several_processes_give_the_same_files(sources: Path) -> None:
    names = [str(sources / name) for name in ("完整.txt", "网页.html", "有缺.txt")]
    assert main(["import", *names, "-o", str(sources / "one") + "/", "--jobs", "1"]) == 1
    assert main(["import", *names, "-o", str(sources / "two") + "/", "--jobs", "2"]) == 1
    for path in (sources / "one").iterdir():
        assert path.read_bytes() == (sources / "two" / path.name).read_bytes()


def test_on_a_terminal_a_bar_stands_under_the_lines_and_goes_away(sources: Path) -> None:
    names = ("完整.txt", "网页.html", "有缺.txt")
    command = [sys.executable, "-m", "nianbao", "import", *(str(sources / name) for name in names), "-o", f"{sources / '报告'}/"]
    with PtyTerminal(command, editor_environ(sources), columns=160) as terminal:
        assert terminal.wait_for_end() == 1
        terminal.read(0.1)
        sent, shown = terminal.received.decode(), [line for line in terminal.lines() if line.strip()]
    assert [f"{done}/{len(names)}" in sent for done in (1, 2, 3)] == [True] * 3
    assert len(shown) == len(names) + 1
    assert not any("正在导入" in line for line in shown)
    assert all(name in line for name, line in zip(names, shown, strict=False))


def test_without_a_terminal_there_is_no_bar(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(sources / "完整.txt"), str(sources / "网页.html"), "-o", str(sources / "报告") + "/"])
    assert "\r" not in capsys.readouterr().err


def test_two_sources_of_one_name_do_not_overwrite_each_other(sources: Path) -> None:
    (sources / "完整.html").write_text(html_page(WHOLE, random.Random(3)), encoding="utf-8")  # noqa: S311 - variety, not secrecy
    folder = sources / "报告"
    assert main(["import", str(sources / "完整.txt"), str(sources / "完整.html"), "-o", f"{folder}/"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["完整.html.toml", "完整.txt.toml"]


def test_agency_and_year_can_be_given(sources: Path) -> None:
    (sources / "无题.txt").write_text("一、总体情况\n概况。\n", encoding="utf-8")
    out = sources / "out.toml"
    main(["import", str(sources / "无题.txt"), "-o", str(out), "--agency", "样例镇人民政府", "--kind", "government", "--year", "2023"])
    header = load_report(out).report.header
    assert (header.agency, header.kind, header.year) == ("样例镇人民政府", "government", 2023)


def test_traditional_prose_is_kept_or_converted(sources: Path) -> None:
    source = sources / "繁體.txt"
    source.write_text("示例市民政局2022年政府信息公開工作年度報告\n一、總體情況\n本年度公開資訊。\n", encoding="utf-8")
    out = sources / "out.toml"
    main(["import", str(source), "-o", str(out)])
    assert load_report(out).report.texts[0] == "本年度公開資訊。"
    main(["import", str(source), "-o", str(out), "--simplify", "--force"])
    assert load_report(out).report.texts[0] == "本年度公开信息。"
