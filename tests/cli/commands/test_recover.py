"""`nianbao recover`: list, restore or discard unsaved changes without the editor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from nianbao.cli.main import main
from nianbao.files.journal.record_format import Act
from nianbao.files.journal.recovery import same_contents
from nianbao.files.report.report_file import load_report
from nianbao.files.saving.directories import STATE_VARIABLE, Places
from nianbao.files.saving.process import Owner, now, this_process
from nianbao.files.session.lock import LockedByOther, UnknownOwner, acquire
from nianbao.files.session.open_session import open_report
from nianbao.service.words.lock_owner_words import owner_words
from open_reports import OVERVIEW, Desk, set_cell, started_report, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.core.report import Report

RECEIVED = "requests.new_received.natural_person"


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Terminal:
    """Run `nianbao recover` on a desk."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: Path | str) -> Outcome:
        self.capsys.readouterr()
        code = main(["recover", *map(str, arguments)])
        captured = self.capsys.readouterr()
        return Outcome(code, captured.out, captured.err)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path)
    monkeypatch.setenv(STATE_VARIABLE, str(desk.places.state))
    monkeypatch.chdir(tmp_path)
    return desk


@pytest.fixture
def recover(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)
    return Terminal(capsys)


def left_unsaved(desk: Desk, value: int = 14) -> Report:
    """Make two changes in an editor that dies, and return the resulting report."""
    session = desk.begin()
    session.dispatch(set_cell(RECEIVED, value))
    return session.dispatch(type_text(session.report, f"新收申请{value}件。"))


def held(path: Path) -> Report:
    return load_report(path).report


def held_by(desk: Desk) -> Owner | UnknownOwner:
    """Return how the owner of the report is described to another user."""
    with pytest.raises(LockedByOther) as locked, acquire(desk.path, desk.places, this_process(now())):
        pass
    return locked.value.owner


def test_nothing_unfinished_is_said_and_is_no_data(desk: Desk, recover: Terminal) -> None:
    assert recover() == Outcome(0, "", "没有未保存的修改。\n")
    assert recover("--format", "json") == Outcome(0, '{\n "journals": []\n}\n', "")
    assert recover(desk.path).code == 2


def test_the_list_says_which_report_since_when_how_much_and_how_the_file_stands(desk: Desk, recover: Terminal) -> None:
    desk.lay()
    left_unsaved(desk)
    outcome = recover()
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[0] == str(desk.path)
    assert lines[1].startswith("  2025-01-10 ")
    assert lines[2] == "  没有保存的修改 2 处。报告文件还是打开时的内容。"
    assert lines[3].startswith(f"  日志：{desk.places.journals}")
    assert len(lines) == 4
    assert recover("--list", desk.path).out == outcome.out
    assert recover(desk.folder).out == outcome.out
    assert outcome.err.startswith("共 1 份")


def test_a_script_gets_the_same_as_json(desk: Desk, recover: Terminal) -> None:
    desk.lay()
    left_unsaved(desk)
    (entry,) = json.loads(recover("--format", "json").out)["journals"]
    (reading,) = desk.journals()
    assert entry["path"] == str(desk.path)
    assert entry["journal"] == str(reading.path)
    assert (entry["unsaved"], entry["lost"], entry["file"], entry["editor"]) == (2, 0, "as_opened", "dead")
    assert entry["opened"] < entry["changed"]


def test_a_report_is_restored_in_its_place_and_the_old_contents_are_kept(desk: Desk, recover: Terminal) -> None:
    before = desk.lay()
    report = left_unsaved(desk)
    outcome = recover(desk.path)
    assert (outcome.code, outcome.out) == (0, "")
    assert same_contents(held(desk.path), report)
    assert desk.path.read_bytes().startswith(b"# kept\n")
    assert "已恢复 2 处修改" in outcome.err
    backup = outcome.err.partition("备份：")[2].partition("。\n")[0]
    with open(backup, "rb") as file:  # noqa: PTH123 - as it was printed
        assert file.read() == before
    assert desk.beside() == []
    assert desk.journals() == []


def test_a_report_never_saved_gets_its_file(desk: Desk, recover: Terminal) -> None:
    session = desk.begin_new()
    report = session.dispatch(set_cell(RECEIVED, 14))
    assert "报告还没有存成文件。" in recover().out
    assert recover(desk.path).code == 0
    assert same_contents(held(desk.path), report)


def test_a_copy_leaves_file_and_journal_as_they_are(desk: Desk, recover: Terminal, tmp_path: Path) -> None:
    before = desk.lay()
    report = left_unsaved(desk)
    copy = tmp_path / "copy.toml"
    assert recover(desk.path, "-o", copy).code == 0
    assert same_contents(held(copy), report)
    assert desk.path.read_bytes() == before
    assert len(desk.journals()) == 1
    assert recover(desk.path, "-o", copy).code == 2
    assert recover(desk.path, "-o", copy, "--force").code == 0
    assert recover(desk.path, "-o", desk.path, "--force").code == 2
    assert desk.path.read_bytes() == before


@pytest.mark.parametrize("change", ["changed", "removed", "spoilt"])
def test_a_file_that_is_not_what_the_journal_knows_is_not_overwritten_unasked(
    desk: Desk, recover: Terminal, change: str, tmp_path: Path
) -> None:
    desk.lay()
    report = left_unsaved(desk)
    if change == "changed":
        desk.lay(started_report().with_text(OVERVIEW, "另一位同事写的。"))
    elif change == "removed":
        desk.path.unlink()
    else:
        desk.path.write_bytes(b"spoilt")
    there = desk.path.read_bytes() if desk.path.exists() else None
    listed = recover().out
    expected = {"changed": "被他人改动过", "removed": "已经不在了", "spoilt": "无法读取"}[change]
    assert expected in listed
    outcome = recover(desk.path)
    assert outcome.code == 2
    assert "-o" in outcome.err
    assert (desk.path.read_bytes() if desk.path.exists() else None) == there
    assert len(desk.journals()) == 1
    assert recover(desk.path, "-o", tmp_path / "copy.toml").code == 0
    assert same_contents(held(tmp_path / "copy.toml"), report)
    if change != "spoilt":
        assert recover(desk.path, "--force").code == 0
        assert same_contents(held(desk.path), report)


def test_a_report_that_is_being_edited_is_left_alone(desk: Desk, recover: Terminal, tmp_path: Path) -> None:
    before = desk.lay()
    session = open_report(desk.path, desk.surroundings(dying=False)).begin()
    session.dispatch(set_cell(RECEIVED, 14))
    assert "编辑器还在运行。" in recover().out
    outcome = recover(desk.path)
    assert outcome.code == 3
    assert f"正在编辑器里打开：{owner_words(held_by(desk))}。" in outcome.err
    assert desk.path.read_bytes() == before
    assert recover(desk.path, "--discard").code == 3
    assert recover(desk.path, "-o", tmp_path / "copy.toml").code == 0
    assert same_contents(held(tmp_path / "copy.toml"), session.report)
    session.dispatch(set_cell(RECEIVED, 15))
    session.save()
    session.close()


def test_discarded_changes_are_kept_in_the_archive(desk: Desk, recover: Terminal) -> None:
    before = desk.lay()
    left_unsaved(desk)
    assert recover(desk.path, "--discard").code == 0
    assert recover().out == ""
    assert desk.path.read_bytes() == before
    (archived,) = desk.places.archive.iterdir()
    assert recover(archived).code == 0
    assert held(desk.path).cells.count(14) > 0


def test_of_several_journals_the_newest_is_restored_and_the_rest_is_told(desk: Desk, recover: Terminal) -> None:
    desk.lay()
    left_unsaved(desk, 14)
    session = desk.open().begin()
    session.dispatch(set_cell(RECEIVED, 15))
    assert recover().out.count("没有保存的修改") == 2
    outcome = recover(desk.path)
    assert outcome.code == 0
    assert "另有 1 份" in outcome.err
    assert same_contents(held(desk.path), session.report)


def test_one_journal_may_be_named(desk: Desk, recover: Terminal) -> None:
    desk.lay()
    first = left_unsaved(desk, 14)
    (reading,) = desk.journals()
    desk.open().begin().dispatch(set_cell(RECEIVED, 15))
    assert recover(reading.path).code == 0
    assert same_contents(held(desk.path), first)


def test_what_could_not_be_replayed_is_told_by_the_exit_code(desk: Desk, recover: Terminal) -> None:
    desk.lay()
    session = desk.begin()
    report = session.dispatch(set_cell(RECEIVED, 14))
    session.journal.append(Act.DO, {"do": "Translate"}, 0)
    assert "1 条记录不能恢复" in recover().out
    outcome = recover(desk.path)
    assert outcome.code == 1
    assert same_contents(held(desk.path), report)
    (archived,) = desk.places.archive.iterdir()
    assert str(archived) in outcome.err


def test_a_journal_that_is_none_is_named(desk: Desk, recover: Terminal) -> None:
    desk.places.journals.mkdir(parents=True)
    junk = desk.places.journals / "x.nianbao-journal"
    junk.write_bytes(b"junk\n")
    outcome = recover()
    assert (outcome.code, outcome.out) == (0, "")
    assert str(junk) in outcome.err
    assert recover(junk).code == 2
    assert recover(desk.path / "none.nianbao-journal").code == 2


@pytest.mark.parametrize(
    "arguments", [["--discard"], ["-o", "x.toml"], ["a.toml", "--discard", "-o", "x.toml"], ["--list", "--discard"], [".", "--discard"]]
)
def test_contradictions_are_wrong_usage(desk: Desk, recover: Terminal, arguments: list[str]) -> None:
    outcome = recover(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert not list(desk.folder.glob("x.toml"))


def test_names_that_steer_a_terminal_reach_none(desk: Desk, recover: Terminal) -> None:
    desk.path = desk.path.with_name("a\x1b[31m\nb.toml")
    desk.lay()
    left_unsaved(desk)
    for outcome in (recover(), recover(desk.path, "--discard"), recover(desk.path)):
        assert "\x1b" not in outcome.out + outcome.err


def test_recovering_loads_no_screen(desk: Desk) -> None:
    desk.lay()
    left_unsaved(desk)
    script = (
        "import sys\nfrom nianbao.cli.main import main\n"
        f"assert main(['recover', {str(desk.path)!r}]) == 0\nassert not {{'textual', 'rich'}} & set(sys.modules)"
    )
    environment = {**os.environ, STATE_VARIABLE: str(desk.places.state)}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment, capture_output=True)


class TestAJournalThatWasPutElsewhere:
    """Journal in a directory chosen by the user, because the disk of report and state was full."""

    @pytest.fixture
    def stick(self, tmp_path: Path) -> Path:
        stick = tmp_path / "stick"
        stick.mkdir()
        return stick

    @pytest.fixture
    def report(self, desk: Desk, stick: Path) -> Report:
        """The report in the editor when it died."""
        desk.lay()
        session = desk.begin()
        session.dispatch(set_cell(RECEIVED, 14))
        session.move_journal(stick)
        assert session.journal.path.parent == stick
        return session.dispatch(set_cell(RECEIVED, 15))

    def test_a_journal_put_elsewhere_is_listed_and_restored(self, desk: Desk, recover: Terminal, report: Report, stick: Path) -> None:
        assert str(stick) in recover().out
        assert recover(desk.path).code == 0
        assert same_contents(held(desk.path), report)
        assert list(stick.iterdir()) == []
        assert list(desk.places.journals.iterdir()) == []

    def test_a_journal_put_elsewhere_is_offered_by_the_editor_too(self, desk: Desk, report: Report) -> None:
        (offer,) = desk.open().offers
        assert same_contents(offer.report, report)

    def test_a_journal_put_elsewhere_is_restored_to_another_file_while_the_disk_is_full(
        self, desk: Desk, recover: Terminal, report: Report, tmp_path: Path
    ) -> None:
        assert recover(desk.path, "-o", tmp_path / "copy.toml").code == 0
        assert same_contents(held(tmp_path / "copy.toml"), report)

    @pytest.mark.usefixtures("report")
    def test_a_journal_put_elsewhere_is_missed_where_the_folder_is_out_of_reach(
        self, desk: Desk, recover: Terminal, stick: Path, tmp_path: Path
    ) -> None:
        stick.rename(tmp_path / "unplugged")
        outcome = recover()
        assert outcome.code == 0
        assert f"有日志曾移到 {stick}" in outcome.err
        assert recover(desk.path).code == 2
        assert desk.open().offers == ()
        (tmp_path / "unplugged").rename(stick)
        assert recover(desk.path).code == 0

    @pytest.mark.usefixtures("report")
    def test_a_journal_put_elsewhere_is_no_longer_looked_for_when_it_is_lost_for_good(
        self, desk: Desk, recover: Terminal, stick: Path, tmp_path: Path
    ) -> None:
        stick.rename(tmp_path / "lost")
        assert recover(desk.path, "--discard").code == 0
        assert recover() == Outcome(0, "", "没有未保存的修改。\n")
        assert recover(desk.path, "--discard").code == 2

    @pytest.mark.usefixtures("report")
    def test_a_journal_put_elsewhere_may_be_thrown_away(self, desk: Desk, recover: Terminal, stick: Path) -> None:
        assert recover(desk.path, "--discard").code == 0
        assert list(stick.iterdir()) == []
        desk.open().close()
        assert list(desk.places.journals.iterdir()) == []

    def test_a_journal_is_found_beside_the_report_where_the_state_folder_takes_nothing(
        self, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, recover: Terminal
    ) -> None:
        desk = Desk(tmp_path)
        desk.lay()
        (tmp_path / "file").write_bytes(b"")
        desk.places = Places(tmp_path / "file" / "state")
        monkeypatch.setenv(STATE_VARIABLE, str(desk.places.state))
        session = desk.begin()
        session.move_journal(stick)
        report = session.dispatch(set_cell(RECEIVED, 15))
        assert recover(desk.path).code == 0
        assert same_contents(held(desk.path), report)
        assert desk.beside() == []
