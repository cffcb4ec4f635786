"""Existing files at the output path of every command: nothing is replaced without --force, and nothing is lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nianbao.cli.main import main
from nianbao.core.report import Header, blank_report
from nianbao.files.report.report_file import load_report
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.backups import backups_of, keep_backup
from nianbao.files.saving.directories import Places, companion_path
from nianbao.files.saving.process import Owner
from nianbao.templates import load_edition
from open_reports import Desk, set_cell
from repository import EXAMPLES

if TYPE_CHECKING:
    from datetime import datetime

    from nianbao.files.saving.backups import Backup

DEPARTMENT, CITY = EXAMPLES / "department-2024.toml", EXAMPLES / "city-2024.toml"
REPORT = report_bytes(blank_report(load_edition("2021"), Header(agency="示例镇人民政府", kind="government", year=2023)))
TEXT = "别人的文字。\n".encode()
COLLEAGUE = Owner(user="李", host="另一台主机", pid=7, since="2025-01-10T09:00:00+08:00")


@dataclass(frozen=True)
class Writer:
    """A command that writes a file, and its requirements."""

    argv: tuple[str, ...]
    suffix: str = ".toml"
    unsaved: bool = False
    """Whether it needs a journal with unsaved changes."""


WRITERS = {
    "export": Writer(("export", str(DEPARTMENT), "-o", "OUT"), ".txt"),
    "export --format": Writer(("export", str(DEPARTMENT), "--format", "text", "-o", "OUT"), ".docx"),
    "new": Writer(("new", "OUT", "--year", "2024")),
    "new --from": Writer(("new", "OUT", "--from", str(DEPARTMENT))),
    "import": Writer(("import", "PAGE", "-o", "OUT")),
    "sum": Writer(("sum", str(CITY), str(DEPARTMENT), "--agency", "某市人民政府", "-o", "OUT")),
    "recover -o": Writer(("recover", "UNSAVED", "-o", "OUT"), unsaved=True),
}
REPORT_WRITERS = [name for name, writer in WRITERS.items() if writer.suffix == ".toml"]


@dataclass(frozen=True)
class Bench:
    """A directory and a state directory for one command."""

    folder: Path
    places: Places
    page: Path
    unsaved: Path

    def out(self, name: str) -> Path:
        """Return the output path of a command, with the suffix that it writes."""
        return self.folder / f"结果{WRITERS[name].suffix}"

    def run(self, name: str, out: Path | str, *more: str) -> int:
        """Run a command and return its exit code."""
        given = {"OUT": str(out), "PAGE": str(self.page), "UNSAVED": str(self.unsaved)}
        return main([*(given.get(word, word) for word in WRITERS[name].argv), *more])

    def kept(self, out: Path) -> list[bytes]:
        """Return the backups of a file."""
        return [backup.path.read_bytes() for backup in backups_of(self.places, out)]

    def left(self) -> list[str]:
        """Return the names in the directory, which must not contain locks or temporary files."""
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "年报.txt"
    assert main(["export", str(DEPARTMENT), "-o", str(path)]) == 0
    return path


@pytest.fixture
def bench(tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)
    desk = Desk(tmp_path)
    desk.lay()
    session = desk.open().begin()
    session.dispatch(set_cell("requests.new_received.natural_person", 14))
    session.close()
    monkeypatch.setenv("NIANBAO_STATE", str(desk.places.state))
    folder = tmp_path / "结果"
    folder.mkdir()
    return Bench(folder, desk.places, page, desk.path)


def open_elsewhere(path: Path) -> None:
    companion_path(path, "lock").write_text(json.dumps({**COLLEAGUE.plain(), "token": "x"}), "utf-8")


@pytest.mark.parametrize("name", WRITERS)
def test_a_free_name_is_written(bench: Bench, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = bench.out(name)
    assert bench.run(name, out) == 0
    assert out.stat().st_size > 0
    assert bench.left() == [out.name]
    assert bench.kept(out) == []
    assert f"已写入 {out}" in capsys.readouterr().err


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_is_replaced_only_by_force_and_is_kept(bench: Bench, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = bench.out(name)
    out.write_bytes(TEXT)
    assert bench.run(name, out) == 2
    assert out.read_bytes() == TEXT
    assert "--force" in capsys.readouterr().err
    assert bench.run(name, out, "--force") == 0
    assert out.read_bytes() != TEXT
    assert bench.kept(out) == [TEXT]
    assert "原来的内容留有备份" in capsys.readouterr().err
    assert bench.left() == [out.name]


@pytest.mark.parametrize("name", WRITERS)
def test_a_report_is_replaced_by_a_report_alone(bench: Bench, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = bench.out(name)
    out.write_bytes(REPORT)
    assert bench.run(name, out) == 2
    assert out.read_bytes() == REPORT
    replaced = name in REPORT_WRITERS
    assert bench.run(name, out, "--force") == (0 if replaced else 2)
    assert (out.read_bytes() == REPORT) is not replaced
    assert bench.kept(out) == ([REPORT] if replaced else [])
    assert ("不会覆盖年报文件" in capsys.readouterr().err) is not replaced


def test_an_export_spares_a_report_whatever_its_name_and_state(bench: Bench) -> None:
    out = bench.folder / "坏.toml"
    out.write_bytes(broken := REPORT + b"\n= [\n")
    assert main(["export", str(DEPARTMENT), "--format", "text", "-o", str(out), "--force"]) == 2
    assert out.read_bytes() == broken
    link = bench.folder / "链接.txt"
    link.symlink_to(out)
    assert main(["export", str(DEPARTMENT), "-o", str(link), "--force"]) == 2
    assert out.read_bytes() == broken


@pytest.mark.parametrize("contents", [None, TEXT])
@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("name", WRITERS)
def test_a_file_open_in_an_editor_is_left_alone(
    bench: Bench, name: str, force: list[str], contents: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    out = bench.out(name)
    if contents is not None:
        out.write_bytes(contents)
    open_elsewhere(out)
    before = bench.left()
    assert bench.run(name, out, *force) == 3
    assert (out.read_bytes() if out.exists() else None) == contents
    assert bench.left() == before
    assert bench.kept(out) == []
    assert "用户 李（主机 另一台主机）" in capsys.readouterr().err


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_changes_while_it_is_replaced_keeps_the_change(bench: Bench, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = bench.out(name)
    out.write_bytes(TEXT)

    def keep(places: Places, report: Path, data: bytes, at: datetime, **_: object) -> Backup:
        out.write_bytes(TEXT + TEXT)
        return keep_backup(places, report, data, at)

    monkeypatch.setattr("nianbao.files.saving.publish.keep_backup", keep)
    assert bench.run(name, out, "--force") == 2
    assert out.read_bytes() == TEXT + TEXT
    assert bench.left() == [out.name]


@pytest.mark.parametrize("name", WRITERS)
def test_where_nothing_may_be_written_nothing_is(bench: Bench, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nianbao.files.saving.atomic_save._may_write", lambda _: False)
    assert bench.run(name, bench.out(name)) == 2
    assert bench.run(name, bench.out(name), "--force") == 2
    assert bench.left() == []


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "import"])
def test_a_folder_is_no_file(bench: Bench, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = bench.out(name)
    out.mkdir()
    assert bench.run(name, out, "--force") == 2
    assert "这是一个文件夹" in capsys.readouterr().err
    assert bench.left() == [out.name]


def test_an_import_goes_into_a_folder(bench: Bench) -> None:
    assert bench.run("import", bench.folder) == 0
    assert bench.left() == ["年报.toml"]
    assert bench.run("import", bench.folder) == 2
    out = bench.folder / "年报.toml"
    before = out.read_bytes()
    assert bench.run("import", bench.folder, "--force", "--agency", "另一个局") == 0
    assert load_report(out).report.header.agency == "另一个局"
    assert bench.kept(out) == [before]
    open_elsewhere(out)
    assert bench.run("import", bench.folder, "--force") == 3
    assert load_report(out).report.header.agency == "另一个局"


@pytest.mark.parametrize("name", WRITERS)
def test_a_missing_folder_is_not_made(bench: Bench, name: str) -> None:
    assert bench.run(name, bench.folder / "没有" / bench.out(name).name) == 2
    assert bench.left() == []


@pytest.mark.parametrize("out", ["结果.docx", "结果.xyz", "年报2024.5", "结果"])
@pytest.mark.parametrize("name", [name for name in WRITERS if name != "export --format"])
def test_a_suffix_that_tells_no_format_is_refused(bench: Bench, name: str, out: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.run(name, bench.folder / out, "--force") == 2
    assert WRITERS[name].suffix in capsys.readouterr().err
    assert bench.left() == []


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("out", ["/dev/null", "/dev/stdout", "/proc/self/fd/1"])
def test_a_device_is_no_file_and_standard_output_has_its_own_name(
    bench: Bench, name: str, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.run(name, out, "--force") == 2
    assert "要写到标准输出，请写 -" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".TXT", ".text"])
def test_a_suffix_counts_in_either_case(bench: Bench, suffix: str) -> None:
    assert bench.run("export", bench.folder / f"结果{suffix}") == 0
    assert bench.run("new", bench.folder / "结果.TOML") == 0


def test_a_backup_that_cannot_be_kept_is_told_of(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    out = bench.out("export")
    out.write_bytes(TEXT)
    bench.places.backups.mkdir(parents=True, exist_ok=True)
    bench.places.backups.rmdir()
    bench.places.backups.write_bytes(b"in the way")
    assert bench.run("export", out, "--force") == 0
    assert "没有能留下备份" in capsys.readouterr().err


def test_a_waiver_keeps_what_it_replaces_and_spares_an_open_report(bench: Bench) -> None:
    path = bench.folder / "年报.toml"
    path.write_bytes(before := (EXAMPLES / "wrong-2024.toml").read_bytes())
    open_elsewhere(path)
    assert main(["check", str(path), "--waive", "C08", "--reason", "属实"]) == 3
    assert path.read_bytes() == before
    companion_path(path, "lock").unlink()
    assert main(["check", str(path), "--waive", "C08", "--reason", "属实"]) == 1
    assert bench.kept(path) == [before]
    waived = path.read_bytes()
    assert main(["check", str(path), "--unwaive", "C08"]) == 1
    assert bench.kept(path) == [waived, before]
    assert bench.left() == ["年报.toml"]


def test_restoring_keeps_what_it_replaces_and_spares_an_open_report(bench: Bench) -> None:
    before = bench.unsaved.read_bytes()
    open_elsewhere(bench.unsaved)
    assert main(["recover", str(bench.unsaved)]) == 3
    assert bench.unsaved.read_bytes() == before
    companion_path(bench.unsaved, "lock").unlink()
    assert main(["recover", str(bench.unsaved)]) == 0
    assert bench.kept(bench.unsaved) == [before]
