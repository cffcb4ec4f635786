"""Reports that the second reader cannot confirm: every command writes them, keeps the previous contents and prints a message."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomlkit
from nianbao.cli.main import main
from nianbao.files.report.report_file import load_report
from nianbao.files.saving.atomic_save import SaveNote
from nianbao.files.saving.backups import backups_of
from nianbao.files.saving.directories import STATE_VARIABLE
from nianbao.service.words.save_words import SECOND_READER
from open_reports import Desk, set_cell

EXAMPLES = Path(__file__).parents[2] / "examples"
DEPARTMENT, CITY, WRONG = (EXAMPLES / f"{name}-2024.toml" for name in ("department", "city", "wrong"))
COMMANDS = {
    "new": ["new", "OUT", "--year", "2024", "--force"],
    "import": ["import", "PAGE", "-o", "OUT", "--force"],
    "import of many": ["import", "PAGE", "-o", "FOLDER", "--force"],
    "sum": ["sum", str(CITY), str(DEPARTMENT), "--agency", "某市人民政府", "-o", "OUT", "--force"],
    "recover": ["recover", "OUT"],
    "recover -o": ["recover", "UNSAVED", "-o", "OUT", "--force"],
    "check --waive": ["check", "OUT", "--waive", "C08", "--reason", "属实", "--no-policy"],
}
BEFORE = {"recover": None, "check --waive": WRONG}
"""Previous contents of the output, by default another report; None for a report with an unfinished journal."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path)
    monkeypatch.setenv(STATE_VARIABLE, str(desk.places.state))
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)
    desk.lay()
    session = desk.begin()
    session.dispatch(set_cell("requests.new_received.natural_person", 14))
    session.close()
    return desk


def refuse(_text: str) -> None:
    raise IndexError


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("note", SECOND_READER)
def test_the_report_is_written_and_the_command_says_what_the_second_reader_found(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, note: SaveNote
) -> None:
    page = desk.folder / "年报.txt"
    assert main(["export", str(DEPARTMENT), "-o", str(page)]) == 0
    out = desk.folder / "年报.toml" if name != "recover" else desk.path
    before = BEFORE.get(name, CITY)
    if before is not None:
        out.write_bytes(before.read_bytes())
    old = out.read_bytes()
    parse = tomlkit.parse
    found = refuse if note is SaveNote.SECOND_READER_REFUSED else lambda text: parse(f"own = 1\n{text}")
    monkeypatch.setattr(tomlkit, "parse", found)
    given = {"OUT": str(out), "PAGE": str(page), "UNSAVED": str(desk.path), "FOLDER": f"{desk.folder}/"}
    capsys.readouterr()
    assert main([given.get(word, word) for word in COMMANDS[name]]) in (0, 1)
    assert out.read_bytes() != old
    assert load_report(out).problems == ()
    kept = backups_of(desk.places, out)
    assert [backup.path.read_bytes() for backup in kept] == [old]
    told = capsys.readouterr().err
    assert SECOND_READER[note].format(name=out) in told
    assert str(kept[0].path) in told


def test_a_report_that_both_read_alike_is_saved_without_a_word_about_it(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(desk.folder / "年报.toml"), "--year", "2024"]) == 0
    assert "tomlkit" not in capsys.readouterr().err
