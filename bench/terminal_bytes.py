"""Bytes and milliseconds for each key on a real pseudo-terminal at 80×24: `python bench/terminal_bytes.py [REPORT]`.

Runs the editor and, where they are installed, VisiData (`vd`) and sc (`sc`) on the same figures. Bytes do not depend on the
machine and are guarded in tests/test_terminal_pty.py; times are reported here only.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from typing import TYPE_CHECKING  # noqa: E402

from nianbao.core.layout import value_text  # noqa: E402
from nianbao.files.report_file import load_report  # noqa: E402
from pty_terminal import PtyTerminal, editor_command, editor_environ  # noqa: E402

if TYPE_CHECKING:
    from nianbao.core.report import Report

DOWN, RIGHT, UP = "\x1b[B", "\x1b[C", "\x1b[A"
SENTENCE = "全年主动公开政府信息，办理依申请公开，加强政府信息管理，改进平台建设，落实监督保障。"
IDLE_SECONDS = 5.0


def main() -> None:
    """Measure and print one line for each kind of key."""
    report = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "department-2024.toml"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "report.toml"
        shutil.copy(report, copy)
        print(f"{'program':<10}{'key':<28}{'bytes, median':>14}{'most':>7}{'ms, median':>12}{'95 %':>8}")
        measure_editor(copy, Path(folder))
        figures = Path(folder) / "figures.tsv"
        figures.write_text(table_of(load_report(copy).report), "utf-8")
        measure_others(figures, Path(folder))


def measure_editor(report: Path, folder: Path) -> None:
    """The editor: start, moves, edits, prose, nothing."""
    with PtyTerminal(editor_command(report, "--ambiguous-width", "1"), editor_environ(folder)) as terminal:
        terminal.wait_for("总体情况")
        show("nianbao", "first paint", [len(terminal.received)], [time.monotonic() - terminal.started])
        terminal.read_until_quiet(0.5)
        terminal.type("\x1b3")
        terminal.wait_for("申请人情况")
        terminal.read_until_quiet(0.5)
        keys(terminal, "nianbao", "move in the table", [DOWN, RIGHT, DOWN, RIGHT, UP, DOWN] * 4)
        keys(terminal, "nianbao", "edit, Enter (totals follow)", ["7", "\r", "8", "\r", "9", "\r"] * 3)
        terminal.type("\x1b1")
        terminal.wait_for("总体情况")
        terminal.paste(SENTENCE * 4)
        terminal.read_until_quiet(0.5)
        keys(terminal, "nianbao", "prose, at the end of text", list("公开工作进展顺利。") * 3)
        for _ in range(3):
            terminal.answer(UP)
        keys(terminal, "nianbao", "prose, amid a paragraph", list("公开工作进展顺利。") * 2)
        keys(terminal, "nianbao", "caret move in prose", [UP, DOWN, RIGHT] * 5)
        terminal.read_until_quiet(0.5)
        silence = terminal.read(IDLE_SECONDS)
        show("nianbao", "idle, bytes per second", [round(len(silence) / IDLE_SECONDS)], [])


def measure_others(figures: Path, folder: Path) -> None:
    """Spreadsheets of the terminal on the same figures, as far as they are installed."""
    environ = editor_environ(folder)
    programs = {
        "VisiData": (["vd", str(figures)], ["e7\r", "e8\r", "e9\r"]),
        "sc": (["sc", str(sc_sheet(figures))], ["=7\r", "=8\r", "=9\r"]),
    }
    for name, (command, edits) in programs.items():
        if shutil.which(command[0]) is None:
            print(f"{name:<10}not installed")
            continue
        with PtyTerminal(command, environ) as terminal:
            terminal.read(4.0)
            terminal.read_until_quiet(0.5)
            keys(terminal, name, "move in the table", [DOWN, RIGHT, DOWN, RIGHT, UP, DOWN] * 4)
            keys(terminal, name, "edit one cell", edits * 3)


def keys(terminal: PtyTerminal, program: str, what: str, pressed: list[str]) -> None:
    """Press keys one by one; bytes until quiet, time until the first byte of the last burst."""
    counts, times = [], []
    for key in pressed:
        began = time.monotonic()
        terminal.type(key)
        first = terminal.read_once(1.0)
        times.append(time.monotonic() - began if first else 0.0)
        counts.append(len(first) + len(terminal.read_until_quiet(0.1)) if first else 0)
    show(program, what, counts, times)


def show(program: str, what: str, counts: list[int], times: list[float]) -> None:
    """One line of the result."""
    milliseconds = sorted(1000 * value for value in times)
    middle = f"{statistics.median(milliseconds):.1f}" if milliseconds else ""
    late = f"{milliseconds[int(0.95 * (len(milliseconds) - 1))]:.1f}" if milliseconds else ""
    print(f"{program:<10}{what:<28}{statistics.median(counts):>14.0f}{max(counts):>7}{middle:>12}{late:>8}", flush=True)


def table_of(report: Report) -> str:
    """The largest table of a report as tab separated text."""
    table = max(report.edition.tables, key=lambda entry: sum(1 for _ in entry.rows()))
    lines = []
    for _block, row in table.rows():
        positions = report.edition.row_cells[(table.section, row.id)]
        lines.append("\t".join([row.name, *(value_text(report.cells[position]) for position in positions)]))
    return "\n".join(lines) + "\n"


def sc_sheet(figures: Path) -> Path:
    """The figures in sc's own format."""
    sheet = figures.with_suffix(".sc")
    lines = []
    for number, line in enumerate(figures.read_text("utf-8").splitlines()):
        for place, value in enumerate(line.split("\t")[1:]):
            if value.isdigit():
                lines.append(f"let {chr(ord('A') + place)}{number} = {value}")
    sheet.write_text("\n".join(lines) + "\n", "utf-8")
    return sheet


if __name__ == "__main__":
    main()
