"""Inputs of `check`: files, directories, standard input, and files passed by a commit hook."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import CLEAN, WRONG, Run, process
from repository import EXAMPLES, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable


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
    """Parse a list of flat mappings in YAML, which is all that a hook's file contains."""
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
