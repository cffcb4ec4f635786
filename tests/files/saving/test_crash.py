"""Whenever the editor is killed, the file is intact, old or new, and the journal contains every command that was acknowledged."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from example_counts import examples
from faulty_disk import FaultyDisk, Killed, dying_at
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from nianbao.core.commands import Command, FillBlank, SetHeader
from nianbao.core.history import History
from nianbao.core.ids import SectionId
from nianbao.files.journal.recovery import same_contents
from nianbao.files.report.report_file import load_report, read_report
from nianbao.files.saving.atomic_save import ChangedOnDiskError, Expect, atomic_save, read_file
from open_reports import OVERVIEW, Desk, set_cell, started_report, type_text
from repository import SUPPORT
from requirements import missing_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.core.report import Report
    from nianbao.files.session.session import Session

RECEIVED = "requests.new_received.natural_person"
CASES = ("an existing file", "a new file")


@dataclass
class Lived:
    """Progress of an editor: the reports it showed, and the number of saves."""

    shown: list[Report]
    saved: int = 0


def live(session: Session, lived: Lived) -> Lived:
    """Edit, save, edit, undo, edit, save."""
    commands: list[Command] = [set_cell(RECEIVED, 14), type_text(session.report, "新收申请十四件。"), FillBlank(SectionId("review"))]
    for command in commands:
        lived.shown.append(session.dispatch(command))
    session.save()
    lived.saved += 1
    lived.shown.append(session.dispatch(set_cell(RECEIVED, 15)))
    lived.shown.append(session.undo())
    lived.shown.append(session.dispatch(SetHeader("agency", "示例市民政事务局")))
    session.save()
    lived.saved += 1
    return lived


def examine(desk: Desk, lived: Lived, whole: list[Report], first: bytes | None) -> None:
    """Check what a killed editor left, and continue with it."""
    if desk.path.exists():
        contents = desk.path.read_bytes()
        assert contents == first or any(same_contents(read_report(contents).report, shown) for shown in lived.shown)
    else:
        assert first is None
        assert not lived.saved
        if not desk.journals():
            assert len(lived.shown) == 1
            return
    session = reopened(desk)
    # The command in flight may have reached the journal before its report was shown.
    last = len(lived.shown) - 1
    assert any(same_contents(session.report, report) for report in whole[last : last + 2])
    session.save()
    assert same_contents(load_report(desk.path).report, session.report)
    while session.history.past:
        session.undo()
    assert same_contents(session.report, started_report())
    session.save()
    session.close()
    assert desk.journals() == []
    assert [name for name in desk.beside() if not name.endswith(".tmp")] == []


def reopened(desk: Desk) -> Session:
    opening = desk.open()
    return opening.recover(opening.offers[0]) if opening.offers else opening.begin()


class TestOverAFaultyDisk:
    """Deterministic crashes: the same code on a disk whose process dies at a chosen call, on any machine."""

    @pytest.mark.parametrize("case", CASES)
    def test_an_editor_killed_at_any_call_loses_nothing_that_it_had_shown(self, tmp_path: Path, case: str) -> None:
        whole_life = Desk(tmp_path / "whole")
        whole_life.lay()
        whole = live(whole_life.begin(), Lived([started_report()])).shown
        for number in itertools.count(1):
            desk = Desk(tmp_path / str(number))
            first = desk.lay() if case == CASES[0] else None
            disk = dying_at(number)
            lived = Lived([started_report()])
            try:
                live(desk.begin(disk) if first is not None else desk.begin_new(disk), lived)
            except Killed:
                examine(desk, lived, whole, first)
            else:
                break
            finally:
                disk.let_go()
        assert number > 40, disk.calls

    def test_a_save_killed_at_any_call_leaves_the_old_or_the_new_bytes(self, tmp_path: Path) -> None:
        old, new = b"old" * 5000, b"new" * 7000
        seen: list[bytes] = []
        for number in range(1, 20):
            path = tmp_path / f"{number}.toml"
            path.write_bytes(old)
            disk = dying_at(number)
            with contextlib.suppress(Killed):
                atomic_save(path, new, expect=read_file(path)[1], disk=disk)
            disk.let_go()
            seen.append(path.read_bytes())
        assert set(seen) == {old, new}
        assert seen == sorted(seen, reverse=True)

    def test_a_new_file_appears_whole_or_not_at_all(self, tmp_path: Path) -> None:
        for number in range(1, 20):
            path = tmp_path / f"{number}.toml"
            disk = dying_at(number)
            with contextlib.suppress(Killed):
                atomic_save(path, b"new" * 7000, expect=Expect.ABSENT, disk=disk)
            disk.let_go()
            assert not path.exists() or path.read_bytes() == b"new" * 7000


CHANGING = (
    "openat,write,pwrite64,close,fsync,fdatasync,ftruncate,fchmod,fchown,fsetxattr,rename,renameat,renameat2,link,linkat,unlink,unlinkat,"
    "mkdir,mkdirat,flock"
)
LOOKING = "pread64,lseek,newfstatat,fstat,lstat,stat,statx,fadvise64,getdents64,listxattr,readlink,faccessat2,faccessat,access"


class DoomedEditors:
    """A program that on request forks an editor with unsaved changes that is about to save."""

    def __init__(self, desk: Desk) -> None:
        environment = {**os.environ, "PYTHONPATH": str(SUPPORT)}
        arguments = [
            sys.executable,
            str(SUPPORT / "doomed_editor.py"),
            str(desk.path),
            str(desk.places.state),
            "save",
        ]
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def line(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


def traced_save(editors: DoomedEditors, log: Path, *injection: str) -> tuple[int, list[str]]:
    """Save under strace; return the exit status (-9 if killed) and the names of the system calls."""
    editors.go()
    editor = editors.line()
    arguments = ["strace", "-p", str(editor), "-o", str(log), "-e", f"trace={CHANGING},{LOOKING}", *injection]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        said = strace.stderr.readline()
        if "attached" not in said:
            os.kill(editor, signal.SIGKILL)
            editors.line()
            pytest.skip(f"strace may not attach to a process here: {said.strip()}")
        editors.go()
        status = editors.line()
    return status, re.findall(r"^(\w+)\(", log.read_text(errors="replace"), re.MULTILINE)


class TestRealKills:
    def test_a_save_killed_at_every_system_call(self, tmp_path: Path) -> None:
        reason = missing_program("strace", "strace")
        if reason is not None:
            pytest.skip(reason)
        desk = Desk(tmp_path / "desk")
        log = tmp_path / "log"
        old = desk.lay()
        editors = DoomedEditors(desk)
        try:
            status, calls = traced_save(editors, log)
            assert status == 0
            new = desk.path.read_bytes()
            edited = load_report(desk.path).report
            assert new != old
            assert {"fsync", "rename"} <= {call.removesuffix("2").removesuffix("at") for call in calls}
            outcomes = []
            for call, times in sorted(Counter(calls).items()):
                # Nothing changes between two read-only calls: it is enough to test the first and the last of each kind.
                for number in range(1, times + 1) if call in CHANGING.split(",") else sorted({1, times}):
                    shutil.rmtree(desk.folder)
                    desk = Desk(tmp_path / "desk")
                    desk.lay()
                    status, _ = traced_save(editors, log, "-e", f"inject={call}:signal=KILL:when={number}")
                    assert status == -signal.SIGKILL, (call, number)
                    found = desk.path.read_bytes()
                    assert found in (old, new), (call, number)
                    session = reopened(desk)
                    assert same_contents(session.report, edited), (call, number)
                    session.save()
                    session.close()
                    assert desk.beside() == [], (call, number)
                    outcomes.append(found == new)
        finally:
            editors.end()
        assert True in outcomes
        assert False in outcomes

    def test_every_answered_command_survives_a_kill_at_any_moment(self, tmp_path: Path) -> None:
        chance = random.Random(20250110)  # noqa: S311 - no secret
        for number in range(6):
            desk = Desk(tmp_path / str(number))
            desk.lay()
            environment = {**os.environ, "PYTHONPATH": str(SUPPORT)}
            arguments = [
                sys.executable,
                str(SUPPORT / "doomed_editor.py"),
                str(desk.path),
                str(desk.places.state),
                "type",
            ]
            with subprocess.Popen(arguments, stdout=subprocess.PIPE, env=environment) as editor:
                assert editor.stdout is not None
                for _ in range(chance.randrange(1, 300)):
                    answered = int(editor.stdout.readline())
                editor.kill()
                rest = editor.stdout.read().split(b"\n")
            answered = max([answered, *(int(line) for line in rest[:-1])])
            session = reopened(desk)
            value = session.report.cells[session.report.edition.index[set_cell(RECEIVED, 0).address]]
            assert value in (answered, answered + 1)
            session.close()
            assert not list(desk.path.parent.glob(".*.lock"))


def steps_of(history: History) -> tuple[list[Command], list[Command]]:
    """Return what can be undone and what can be redone."""
    return [step.command for step in history.past], [step.command for step, _after in history.future]


class EditorMachine(RuleBasedStateMachine):
    """State machine: edit, undo, save, change the file externally, be killed at any call. Replaying the journal always gives the last state
    shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.desk = Desk(Path(self.folder.name))
        self.disk = FaultyDisk()

    @initialize(new=st.booleans())
    def begin(self, new: bool) -> None:
        self.new_disk()
        if not new:
            self.desk.lay()
        self.session = self.desk.begin_new(self.disk) if new else self.desk.begin(self.disk)
        self.model = History(started_report())
        self.theirs: bytes | None = None
        self.known = None if new else started_report()
        """Contents of the file as this editor knows them, possibly from before an external change."""

    def new_disk(self) -> None:
        self.disk.let_go()
        self.disk = FaultyDisk()
        self.disk.background = False

    @rule(
        value=st.integers(0, 99),
        address=st.sampled_from([RECEIVED, "requests.granted.enterprise", "review.litigation_direct.upheld"]),
        dies=st.integers(0, 2),
    )
    def fill_cell(self, value: int, address: str, dies: int) -> None:
        self.dispatch(set_cell(address, value), dies)

    @rule(words=st.sampled_from(["年", "，", "受理申请。\n", ""]), dies=st.integers(0, 2))
    def type_words(self, words: str, dies: int) -> None:
        self.dispatch(type_text(self.session.report, words), dies)

    @rule(section=st.sampled_from(["review", "requests"]), dies=st.integers(0, 2))
    def fill_section(self, section: str, dies: int) -> None:
        self.dispatch(FillBlank(SectionId(section)), dies)

    @rule(dies=st.integers(0, 2))
    def undo(self, dies: int) -> None:
        self.change(self.model.undo(), self.session.undo, dies)

    @rule(dies=st.integers(0, 2))
    def redo(self, dies: int) -> None:
        self.change(self.model.redo(), self.session.redo, dies)

    @rule(dies=st.integers(0, 30))
    def save(self, dies: int) -> None:
        old = self.contents()
        try:
            with self.killing(dies):
                self.session.save(overwrite=self.theirs is not None)
        except Killed:
            found = self.contents()
            assert found == old or (found is not None and same_contents(read_report(found).report, self.model.present))
            if found != old:
                self.theirs, self.known = None, self.model.present
            self.reopen([self.model])
            return
        assert same_contents(load_report(self.desk.path).report, self.model.present)
        assert not self.session.unsaved
        self.theirs, self.known = None, self.model.present

    @rule()
    def killed_while_the_user_thinks(self) -> None:
        self.reopen([self.model])

    @rule()
    def leaves_and_comes_back(self) -> None:
        self.session.close()
        self.reopen([self.model])

    @rule(junk=st.binary(min_size=1, max_size=30))
    def loses_power(self, junk: bytes) -> None:
        with self.session.journal.path.open("ab") as file:
            file.write(junk.replace(b"{", b"\0"))
        self.reopen([self.model])

    @precondition(lambda self: self.theirs is None)
    @rule(number=st.integers(0, 3))
    def somebody_else_changes_the_file(self, number: int) -> None:
        before = self.contents()
        self.theirs = self.desk.lay(started_report().with_text(OVERVIEW, f"另一位同事写的第 {number} 稿。"))
        if self.theirs == before:
            self.theirs = None
            return
        with contextlib.suppress(ChangedOnDiskError):
            self.session.save()
            pytest.fail("the file of another was overwritten")
        assert self.contents() == self.theirs

    @invariant()
    def what_is_shown_is_what_the_journal_says(self) -> None:
        assert same_contents(self.session.report, self.model.present)
        assert self.session.journal.trouble is None
        if self.theirs is not None:
            assert self.contents() == self.theirs

    def dispatch(self, command: Command, dies: int) -> None:
        at = self.desk.time.timestamp() + 3
        self.change(self.model.do(command, at), lambda: self.session.dispatch(command), dies)

    def change(self, after: History, act: Callable[[], Report], dies: int) -> None:
        try:
            with self.killing(dies):
                act()
        except Killed:
            self.reopen([self.model, after])
        else:
            self.model = after

    @contextlib.contextmanager
    def killing(self, dies: int) -> Iterator[None]:
        """Die at the call with this number from now on; 0 to survive."""
        start = len(self.disk.calls)

        def before(number: int, _call: str) -> None:
            if dies and number == start + dies:
                raise Killed

        self.disk.before = before
        yield
        self.disk.before = lambda _number, _call: None

    def reopen(self, possible: list[History]) -> None:
        """Continue in another editor, which must find one of these histories."""
        self.new_disk()
        opening = self.desk.open(self.disk)
        self.session = opening.recover(opening.offers[0]) if opening.offers else opening.begin()
        found = [model for model in possible if same_contents(model.present, self.session.report)]
        if not found:
            # Nothing of the user's was lost: the report is as changed externally.
            assert self.theirs is not None
            assert not opening.offers
            assert self.known is not None
            assert any(same_contents(model.present, self.known) for model in possible)
            self.model, self.theirs, self.known = self.session.history, None, self.session.report
            return
        same = [model for model in found if steps_of(model) == steps_of(self.session.history)]
        # If an external change happens to contain everything recoverable, the history starts anew.
        self.model = same[-1] if same else self.session.history
        assert same or not opening.offers

    def contents(self) -> bytes | None:
        return self.desk.path.read_bytes() if self.desk.path.exists() else None

    def teardown(self) -> None:
        self.disk.let_go()
        self.folder.cleanup()


EditorMachine.TestCase.settings = examples(30, steps=25)
TestEditorMachine = EditorMachine.TestCase
