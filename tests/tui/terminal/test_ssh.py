"""Loss of a real SSH connection in every way: nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.report import Report
from nianbao.files.report.report_file import load_report
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.directories import companion_path
from pty_terminal import SAMPLE, PtyTerminal, editor_environ
from real_world import (
    PROGRAM,
    SshServer,
    ancestor_named,
    is_running,
    journal_report,
    lock_holder,
    missing_for_ssh,
    processes_with,
    ssh_server,
    wait_until,
)
from tui_support import finished_report

reason = missing_for_ssh()
pytestmark = pytest.mark.skipif(reason is not None, reason=str(reason))

OVERVIEW = SectionId("overview")
CELL = parse_address("requests.new_received.natural_person")
TOTAL = parse_address("requests.new_received.total")
Drop = Callable[[PtyTerminal, int], None]
GONE_WITHIN = 5
"""Seconds within which an editor must end after its connection is lost."""
RECOVERY = "发现上次没有保存的修改"


@dataclass(frozen=True, slots=True)
class Desk:
    """A report on the remote side of a connection."""

    server: SshServer
    report: Path
    state: Path

    def connect(self, *, hang_up_ignored: bool = False) -> PtyTerminal:
        """Start the editor on the report, through a client on a terminal of its own."""
        settings = [f"NIANBAO_STATE={self.state}", f"NIANBAO_CONFIG={self.state}", "LANG=C.UTF-8"]
        settings += [f"PYTHONPATH={path}" for path in [os.environ.get("PYTHONPATH")] if path]
        command = "exec " + shlex.join(["env", *settings, *PROGRAM, "edit", str(self.report)])
        if hang_up_ignored:
            # nohup detaches the program from its terminal, which is reattached here. The surrounding shell keeps the terminal open meanwhile.
            inner = shlex.quote(f"{command} </dev/tty >/dev/tty 2>/dev/tty")
            command = f"nohup sh -c {inner} </dev/null >/dev/null 2>&1; exit $?"
        return PtyTerminal(self.server.client(command), editor_environ(self.state))

    def leftovers(self) -> list[int]:
        """Return the remote processes that still work on the report."""
        return processes_with(f"NIANBAO_STATE={self.state}")


@pytest.fixture(scope="module")
def server() -> Iterator[SshServer]:
    with ssh_server() as running:
        yield running


@pytest.fixture
def desk(server: SshServer, tmp_path: Path) -> Desk:
    report = tmp_path / "report.toml"
    report.write_bytes(report_bytes(finished_report().with_text(OVERVIEW, "")))
    state = tmp_path / "state"
    state.mkdir()
    (state / "first-hint").touch()
    return Desk(server, report, state)


def write_and_fill(terminal: PtyTerminal) -> None:
    """Type prose and a number, and wait until both are shown."""
    terminal.wait_for("总体情况")
    terminal.type(SAMPLE)
    terminal.wait_for(f"{len(SAMPLE)}字")
    terminal.type("\x1b3")
    terminal.wait_for("申请人情况")
    terminal.type("21\r")
    terminal.wait_for("!  24│")


def kill_the_client(terminal: PtyTerminal, editor: int) -> None:
    terminal.kill(signal.SIGKILL)


def kill_the_servers_end(terminal: PtyTerminal, editor: int) -> None:
    os.kill(ancestor_named(editor, "sshd"), signal.SIGKILL)


def close_the_window(terminal: PtyTerminal, editor: int) -> None:
    terminal.hang_up()


def assert_gone(desk: Desk, editor: int) -> None:
    wait_until(lambda: not is_running(editor), "the editor is gone", GONE_WITHIN)
    assert not companion_path(desk.report, "lock").exists()
    wait_until(lambda: not set(desk.leftovers()), "nothing is left running", GONE_WITHIN)


def assert_everything_is_in(report: Report) -> None:
    assert report.text(OVERVIEW) == SAMPLE
    assert report.cell(CELL) == 21
    assert report.cell(TOTAL) == 24


@pytest.mark.parametrize("ignored", [False, True], ids=["hang-up", "nohup"])
@pytest.mark.parametrize("drop", [kill_the_client, kill_the_servers_end, close_the_window])
def test_a_lost_connection_ends_the_editor_and_the_next_start_offers_the_work(desk: Desk, drop: Drop, *, ignored: bool) -> None:
    untouched = desk.report.read_bytes()
    with desk.connect(hang_up_ignored=ignored) as terminal:
        write_and_fill(terminal)
        editor = lock_holder(desk.report)
        drop(terminal, editor)
        assert_gone(desk, editor)
    assert desk.report.read_bytes() == untouched
    assert_everything_is_in(journal_report(desk.state))
    with desk.connect() as terminal:
        terminal.wait_for(RECOVERY)
        terminal.type("\r")
        terminal.wait_for(lambda shown: RECOVERY not in shown and f"{len(SAMPLE)}字" in shown)
        terminal.type("\x13")
        terminal.wait_for("已保存到")
        terminal.type("\x11")
        assert terminal.wait_for_end() == 0
    assert_everything_is_in(load_report(desk.report).report)
    assert list((desk.state / "journals").iterdir()) == []


def test_what_was_saved_before_the_line_dropped_stays_as_it_was_saved(desk: Desk) -> None:
    with desk.connect() as terminal:
        write_and_fill(terminal)
        terminal.type("\x13")
        terminal.wait_for("已保存到")
        saved = desk.report.read_bytes()
        terminal.type("7\r")
        terminal.wait_for("!   7│")
        editor = lock_holder(desk.report)
        kill_the_client(terminal, editor)
        assert_gone(desk, editor)
    assert desk.report.read_bytes() == saved
    assert_everything_is_in(load_report(desk.report).report)
    recovered = journal_report(desk.state)
    assert recovered.cell(parse_address("requests.carried_over.natural_person")) == 7


def test_a_connection_lost_before_anything_was_typed_leaves_nothing_behind(desk: Desk) -> None:
    with desk.connect() as terminal:
        terminal.wait_for("总体情况")
        editor = lock_holder(desk.report)
        kill_the_client(terminal, editor)
        assert_gone(desk, editor)
    assert list((desk.state / "journals").iterdir()) == []
    assert sorted(path.name for path in desk.report.parent.iterdir()) == ["report.toml", "state"]


def test_what_was_left_can_be_listed_and_restored_without_the_editor(desk: Desk) -> None:
    with desk.connect() as terminal:
        write_and_fill(terminal)
        editor = lock_holder(desk.report)
        kill_the_servers_end(terminal, editor)
        assert_gone(desk, editor)
    environ = editor_environ(desk.state)
    listed = subprocess.run([*PROGRAM, "recover", "--format", "json"], env=environ, capture_output=True, check=True)
    (journal,) = json.loads(listed.stdout)["journals"]
    assert journal["path"] == str(desk.report)
    assert journal["editor"] == "dead"
    assert journal["unsaved"] > 0
    subprocess.run([*PROGRAM, "recover", desk.report], env=environ, capture_output=True, check=True)
    assert_everything_is_in(load_report(desk.report).report)


def test_a_second_connection_is_told_who_has_the_report_open(desk: Desk) -> None:
    with desk.connect() as first:
        first.wait_for("总体情况")
        with desk.connect() as second:
            shown = second.wait_for("127.0.0.1")
            assert "本机" in shown or os.uname().nodename in shown
            second.type("\r")
            assert second.wait_for_end() == 3
        first.type("还在")
        first.wait_for("2字")
