"""The real program in tmux at 80×24: typing, pasting, resizing, stopping and killing; the screen and the saved file."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from nianbao.core.ids import SectionId, parse_address
from nianbao.files.report.report_file import load_report
from nianbao.files.saving.directories import companion_path
from pty_terminal import SAMPLE, editor_environ
from real_world import PROGRAM, Tmux, is_running, journal_report, lock_holder, wait_until
from requirements import missing_program
from tui_support import finished_report

reason = missing_program("tmux", "tmux")
pytestmark = pytest.mark.skipif(reason is not None, reason=str(reason))

OVERVIEW = SectionId("overview")
PARAGRAPHS = f"（一）主动公开。{SAMPLE}\n（二）依申请公开。全年收到申请17件，按期答复。\n（三）监督保障。"

Start = Callable[..., Tmux]


@pytest.fixture
def start(report: Path, state: Path) -> Start:
    """Start the editor on the report, or another command, in its own tmux server."""

    def started(*command: str, **more: str) -> Tmux:
        environ = editor_environ(state, TERM="screen-256color") | more
        return Tmux(command or (*PROGRAM, "edit", str(report)), environ, folder=report.parent)

    return started


def save(tmux: Tmux) -> None:
    tmux.press("C-s")
    tmux.wait_for("已保存到")


def written(tmux: Tmux) -> str:
    """Return the prose on the screen with its lines joined; the pane is between the bars and the status."""
    return "".join(tmux.text().splitlines()[2:19])


def length(text: str) -> int:
    """Return the number of characters as shown by the editor."""
    return sum(not character.isspace() for character in text)


def test_an_input_methods_commits_of_1_to_40_characters_arrive_whole(start: Start, report: Path) -> None:
    with start() as tmux:
        tmux.wait_for("总体情况")
        text = ""
        for number in range(1, 41):
            commit = (SAMPLE[number:] + SAMPLE)[:number]
            tmux.type(commit)
            text += commit
            tmux.wait_for(f"{length(text)}字")
        shown = written(tmux)
        assert shown
        assert text.endswith(shown)
        save(tmux)
    assert load_report(report).report.text(OVERVIEW) == text


def test_a_bracketed_paste_of_paragraphs_arrives_as_paragraphs(start: Start, report: Path) -> None:
    with start() as tmux:
        tmux.wait_for("总体情况")
        tmux.paste(PARAGRAPHS)
        tmux.wait_for(f"{length(PARAGRAPHS)}字")
        lines = tmux.text().splitlines()[2:]
        assert lines[0].startswith("（一）主动公开。根据")
        assert "（二）依申请公开。全年收到申请17件，按期答复。" in lines
        assert "（三）监督保障。" in lines
        save(tmux)
    assert load_report(report).report.text(OVERVIEW) == PARAGRAPHS


def test_a_paste_of_100_kilobytes_arrives_whole(start: Start, report: Path) -> None:
    text = "".join(f"第{number}条。{SAMPLE}\n" for number in range(700))
    assert len(text.encode()) > 100_000
    with start() as tmux:
        tmux.wait_for("总体情况")
        tmux.paste(text)
        tmux.wait_for(f"{length(text)}字")
        tmux.type("终")
        tmux.wait_for(f"{length(text) + 1}字")
        assert "第699条。" in tmux.text()
        save(tmux)
    assert load_report(report).report.text(OVERVIEW) == f"{text}终"


def test_a_block_copied_from_a_spreadsheet_is_shown_and_then_applied(start: Start, report: Path) -> None:
    with start() as tmux:
        tmux.wait_for("总体情况")
        tmux.press("M-3")
        tmux.wait_for("申请人情况")
        tmux.paste("1,005\t２\n3\t4\n")
        tmux.wait_for("粘贴预览")
        assert load_report(report).report == finished_report().with_text(OVERVIEW, "")
        tmux.press("Enter")
        tmux.wait_for("1007│")
        save(tmux)
    saved = load_report(report).report
    assert [saved.cell(parse_address(f"requests.new_received.{column}")) for column in ("natural_person", "enterprise")] == [1005, 2]
    assert [saved.cell(parse_address(f"requests.carried_over.{column}")) for column in ("natural_person", "enterprise")] == [3, 4]


def test_ctrl_z_takes_back_and_the_palette_goes_to_the_shell_and_returns(start: Start, report: Path) -> None:
    with start("env", "PS1=shell% ", "bash", "--norc", "--noprofile", "-i") as tmux:
        tmux.wait_for("shell%")
        tmux.type(" ".join([*PROGRAM, "edit", report.name]))
        tmux.press("Enter")
        tmux.wait_for("总体情况")
        tmux.type("主动公开")
        tmux.wait_for("4字")
        tmux.press("C-z")
        tmux.wait_for("0字")
        tmux.press("C-y")
        tmux.wait_for("已重做")
        tmux.press("End")
        tmux.wait_for(lambda shown: "已重做" not in shown)
        before = tmux.at_rest()
        tmux.press("C-p")
        tmux.wait_for("拼音首字母")
        tmux.type("gq")
        tmux.wait_for(lambda shown: "挂起" in shown and "重绘" not in shown)
        tmux.press("Enter")
        tmux.wait_for("Stopped")
        tmux.type("echo $((6*7))")
        tmux.press("Enter")
        tmux.wait_for("\n42\n")
        tmux.type("fg")
        tmux.press("Enter")
        tmux.wait_for("总体情况")
        assert tmux.at_rest() == before
        tmux.type("好")
        tmux.wait_for("5字")
        save(tmux)
        tmux.press("C-q")
        tmux.wait_for("shell%")
        tmux.type("echo $?-$(stty -a | grep -c ' icanon')")
        tmux.press("Enter")
        tmux.wait_for("\n0-1\n")
    assert load_report(report).report.text(OVERVIEW) == "主动公开好"


def test_a_storm_of_resizes_leaves_the_screen_as_a_repaint_would(start: Start) -> None:
    with start() as tmux:
        tmux.wait_for("总体情况")
        tmux.press("M-3")
        tmux.wait_for("申请人情况")
        before = tmux.at_rest()
        for columns, lines in ((60, 20), (132, 43), (20, 5), (81, 25), (100, 30), (40, 12), (120, 40)) * 3:
            tmux.resize(columns, lines)
        tmux.resize(80, 24)
        tmux.wait_for(lambda shown: shown == before)
        tmux.press("C-l")
        assert tmux.at_rest() == before
        tmux.resize(60, 20)
        tmux.wait_for(lambda shown: "F1 帮助" in shown.splitlines()[-1] and "一、本年新收" in shown)


def test_killed_outright_it_is_recovered_at_the_next_start(start: Start, report: Path, state: Path) -> None:
    untouched = report.read_bytes()
    with start() as tmux:
        tmux.wait_for("总体情况")
        tmux.paste(PARAGRAPHS)
        tmux.wait_for(f"{length(PARAGRAPHS)}字")
        tmux.press("M-4", "5", "Enter")
        tmux.wait_for("│")
        tmux.type("新")
        tmux.at_rest()
        editor = lock_holder(report)
        os.kill(editor, signal.SIGKILL)
        assert tmux.exit_status() == 128 + signal.SIGKILL
        wait_until(lambda: not is_running(editor), "the editor is gone")
    assert report.read_bytes() == untouched
    left = journal_report(state)
    assert left.text(OVERVIEW) == PARAGRAPHS
    assert left.cell(parse_address("review.reconsideration.upheld")) == 5
    with start() as tmux:
        tmux.wait_for("发现上次没有保存的修改")
        tmux.press("Enter")
        tmux.wait_for(lambda shown: "未保存" in shown and f"{length(PARAGRAPHS)}字" in shown)
        save(tmux)
        tmux.press("C-q")
        assert tmux.exit_status() == 0
    assert load_report(report).report == left
    assert not companion_path(report, "lock").exists()
    assert list((state / "journals").iterdir()) == []


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "screen"}, True),
        ({"TERM": "linux"}, True),
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "vt100"}, False),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
    ],
    ids=lambda value: " ".join(value.values()) if isinstance(value, dict) else "",
)
def test_every_kind_of_terminal_shows_the_same_text(start: Start, environ: dict[str, str], *, colours: bool) -> None:
    with start(**environ) as tmux:
        tmux.wait_for("总体情况")
        tmux.press("M-3")
        tmux.wait_for("=  17│")
        shown = tmux.at_rest()
        assert "一、本年新收政府信息公开申请数量     │   14│    3│" in shown
        assert "Ctrl+S 保存" in shown.splitlines()[-1]
        assert bool(re.search(r"\x1b\[(?:\d+;)*[349][0-7](?:;\d+)*m", tmux.text(styled=True))) is colours
        tmux.press("C-q")
        assert tmux.exit_status() == 0


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_show_it_is_refused_in_one_sentence(start: Start, report: Path, term: str) -> None:
    with start(TERM=term) as tmux:
        assert tmux.exit_status() == 2
        shown = "".join(tmux.text().splitlines())
        assert f"TERM={term or '（未设置）'}" in shown
        assert "nianbao check" in shown
    assert not companion_path(report, "lock").exists()
