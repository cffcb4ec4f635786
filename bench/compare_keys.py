"""Bytes and milliseconds per key at 80×24: the editor, VisiData and sc with the same figures, in one run on one terminal.

    python bench/compare_keys.py [REPORT] [--visidata PROGRAM] [--sc PROGRAM] [--rounds N]

Prints the table of docs/performance.md. Bytes do not depend on the machine (tests/tui/terminal/test_key_bytes.py guards them);
milliseconds do, and are measured up to the last byte of the reply. Programs that are not installed are reported and skipped.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from nianbao.core.ids import SectionId  # noqa: E402
from nianbao.files.report.report_file import load_report  # noqa: E402
from pty_terminal import editor_environ  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.core.report import Report

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
QUIET = 0.2
"""Seconds without output after which a reply is complete."""
PATIENCE = 2.0
"""Timeout in seconds for the first byte of a reply."""
STARTING = 10.0
IDLE_SECONDS = 5.0
AIM = 16.0
"""Target latency in milliseconds for most keys: one frame."""
SENTENCE = "全年主动公开政府信息，办理依申请公开，加强政府信息管理，改进平台建设，落实监督保障。"


@dataclass(frozen=True, slots=True)
class Answer:
    """Output of a program in reply to input."""

    size: int
    first: float
    """Milliseconds from the key to the first byte of output."""
    last: float
    """Milliseconds to the last byte, when everything the key caused is shown."""


class Line:
    """A program under measurement on a pseudo-terminal of 80×24. A context manager: kills the program on exit."""

    def __init__(self, command: Sequence[str], environ: dict[str, str]) -> None:
        self.started = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(command[0], list(command), environ)  # noqa: S606 - the program that is measured
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    def read(self, seconds: float) -> bytes:
        """Read the next chunk, empty on timeout; reply to a cursor position request."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return b""
        if b"\x1b[6n" in data:
            os.write(self._fd, b"\x1b[1;2R")
        return data

    def until(self, wanted: bytes) -> Answer:
        """Read from the start until a text appears and output pauses.

        Raises:
            TimeoutError: the text has not appeared in time.
        """
        data = b""
        end = self.started + STARTING
        while wanted not in plain(data):
            if time.perf_counter() > end:
                raise TimeoutError(plain(data).decode("utf-8", "replace"))
            data += self.read(0.5)
        shown = time.perf_counter()
        while chunk := self.read(0.5):
            data += chunk
        until = 1000 * (shown - self.started)
        return Answer(len(data), until, until)

    def press(self, keys: str) -> Answer:
        """Send keys and read the complete reply."""
        began = time.perf_counter()
        os.write(self._fd, keys.encode())
        size = 0
        times = []
        while chunk := self.read(QUIET if size else PATIENCE):
            times.append(1000 * (time.perf_counter() - began))
            size += len(chunk)
        # A key without a reply counts with the timeout.
        return Answer(size, times[0], times[-1]) if times else Answer(0, 1000 * PATIENCE, 1000 * PATIENCE)

    def cpu(self) -> float:
        """Return the processor time so far in milliseconds; unlike wall time it is independent of other load on the machine."""
        fields = Path(f"/proc/{self._pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def idle(self, seconds: float) -> int:
        """Count the bytes sent during some seconds without input."""
        end = time.perf_counter() + seconds
        size = 0
        while (left := end - time.perf_counter()) > 0:
            size += len(self.read(left))
        return size


def plain(data: bytes) -> bytes:
    """Strip control sequences from output."""
    return re.sub(rb"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78])", b"", data)


@dataclass(slots=True)
class Result:
    """Measurements of one program."""

    program: str
    keys: dict[str, list[Answer]] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    """Processor time in milliseconds for all keys of a kind."""
    idle: int = 0
    start: float = 0.0
    """Milliseconds to the first complete screen."""

    def measure(self, line: Line, what: str, pressed: Sequence[str]) -> None:
        """Press keys one by one and record the replies under a kind."""
        before = line.cpu()
        self.keys.setdefault(what, []).extend(line.press(key) for key in pressed)
        self.cpu[what] = self.cpu.get(what, 0.0) + line.cpu() - before


# ---------------------------------------------------------------- the programs

#: Cursor movements in every direction within the first screen, without scrolling.
WALK = (DOWN, RIGHT, DOWN, RIGHT, UP, LEFT, DOWN, RIGHT, DOWN, LEFT, DOWN, RIGHT, RIGHT, UP, UP, LEFT)
MOVE, EDIT, SCROLL = "cursor move", "cell edit, all its keys", "move that scrolls"
PROSE, PROSE_MIDDLE, CARET = "prose key at the end", "prose key amid a paragraph", "caret move"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Another program and its commands."""

    program: str
    command: tuple[str, ...]
    edits: tuple[str, ...]
    """Keys that enter a value in a cell, one string per cell."""
    shown: bytes
    """Text that identifies its first screen."""


def measure_editor(report: Path, state: Path, rounds: int) -> Result:
    """Measure the editor in table 三 and in prose."""
    result = Result("nianbao")
    command = [sys.executable, "-m", "nianbao", "edit", str(report)]
    with Line(command, editor_environ(state)) as line:
        result.start = line.until("一、总体情况".encode()).last
        line.press("\x1b3")
        for _ in range(rounds):
            result.measure(line, MOVE, WALK)
            result.measure(line, EDIT, ["7\r", "8\r", "9\r"])
            line.press("\x1b[1;5H")
        result.measure(line, SCROLL, [DOWN] * 24)
        line.press("\x1b1")
        line.press("\x1b[1;5F")
        line.press(f"\x1b[200~{SENTENCE * 4}\x1b[201~")
        for _ in range(rounds):
            result.measure(line, PROSE, list("公开工作进展顺利。"))
        for _ in range(3):
            line.press(UP)
        for _ in range(rounds):
            result.measure(line, PROSE_MIDDLE, list("公开工作进展顺利。"))
            result.measure(line, CARET, (UP, DOWN, LEFT, RIGHT))
        line.idle(1.0)
        result.idle = line.idle(IDLE_SECONDS)
    return result


def measure_sheet(sheet: Sheet, environ: dict[str, str], rounds: int) -> Result:
    """Measure a terminal spreadsheet with the same figures."""
    result = Result(sheet.program)
    with Line(sheet.command, environ) as line:
        result.start = line.until(sheet.shown).last
        for _ in range(rounds):
            result.measure(line, MOVE, WALK)
            result.measure(line, EDIT, sheet.edits)
            for _ in range(12):
                line.press(UP)
        result.measure(line, SCROLL, [DOWN] * 24)
        line.idle(1.0)
        result.idle = line.idle(IDLE_SECONDS)
    return result


def bare_start() -> float:
    """Return the median start-up time in milliseconds of an idle interpreter on the same kind of terminal."""
    times = []
    for _ in range(5):
        with Line([sys.executable, "-c", "print('ready', flush=True); input()"], dict(os.environ)) as line:
            times.append(line.until(b"ready").last)
    return statistics.median(times)


# ---------------------------------------------------------------- the figures


def figures_of(report: Report) -> list[list[str]]:
    """Return table 三 as a header line and one line per row: name and values."""
    section = SectionId("requests")
    table = next(entry for entry in report.edition.tables if entry.section == section)
    lines = []
    for _block, row in table.rows():
        positions = report.edition.row_cells[(section, row.id)]
        lines.append([row.name, *(str(report.cells[position]) for position in positions)])
    return [["row", *(f"c{number}" for number in range(1, len(lines[0])))], *lines]


def write_csv(figures: list[list[str]], path: Path) -> Path:
    """Write the figures as CSV for VisiData."""
    path.write_text("".join(",".join(line) + "\n" for line in figures), "utf-8")
    return path


def write_sc(figures: list[list[str]], path: Path) -> Path:
    """Write the figures in sc's format, with the last column as sums."""
    lines = []
    for number, (_, *values) in enumerate(figures[1:]):
        # sc does not handle multi-byte names.
        lines.append(f'leftstring A{number} = "row {number}"')
        lines += [f"let {'BCDEFGHIJ'[place]}{number} = {value}" for place, value in enumerate(values[:-1]) if value.isdigit()]
        lines.append(f"let {'BCDEFGHIJ'[len(values) - 1]}{number} = @sum(B{number}:{'BCDEFGHIJ'[len(values) - 2]}{number})")
    path.write_text("\n".join([*lines, "goto B0"]) + "\n", "utf-8")
    return path


# ---------------------------------------------------------------- output


def print_results(results: Sequence[Result], bare: float) -> None:
    """Print a table of all programs, compared with the editor."""
    print(f"A bare interpreter starts in {bare:.0f} ms here.\n")
    print(
        "| key | program | bytes, median | bytes, most | ms to first byte, median | 95 % | ms to last byte, median | 95 % | ms of processor | bytes against nianbao |"
    )
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for what in dict.fromkeys(key for result in results for key in result.keys):
        own = statistics.median(answer.size for answer in results[0].keys[what])
        for result in results:
            if what in result.keys:
                print(row(what, result, own))
    print("\n| program | first screen, ms | beyond a bare interpreter, ms | idle, bytes in a second |")
    print("| --- | ---: | ---: | ---: |")
    for result in results:
        print(f"| {result.program} | {result.start:.0f} | {result.start - bare:.0f} | {result.idle / IDLE_SECONDS:.0f} |")
    answers = [answer for found in results[0].keys.values() for answer in found]
    begun = sum(answer.first <= AIM for answer in answers) / len(answers)
    done = sum(answer.last <= AIM for answer in answers) / len(answers)
    print(
        f"\nOf {len(answers)} keys of nianbao, {begun:.0%} began to be answered within {AIM:.0f} ms and {done:.0%} were answered in full."
    )


def row(what: str, result: Result, own: float) -> str:
    """Format one line of the table."""
    answers = result.keys[what]
    sizes = [answer.size for answer in answers]
    middle = statistics.median(sizes)
    ratio = f"{middle / own:.1f}×" if own else "–"
    times = " | ".join(f"{value:.1f}" for value in (*spread([one.first for one in answers]), *spread([one.last for one in answers])))
    cpu = result.cpu[what] / len(answers)
    return f"| {what} | {result.program} | {middle:.0f} | {max(sizes)} | {times} | {cpu:.1f} | {ratio} |"


def spread(times: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    ordered = sorted(times)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def main() -> None:
    """Measure the installed programs and print the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("report", nargs="?", type=Path, default=ROOT / "examples" / "city-2024.toml")
    parser.add_argument("--visidata", default="vd")
    parser.add_argument("--sc", default="sc")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = editor_environ(folder) | {"HOME": name}
        report = Path(shutil.copy(args.report, folder / "report.toml"))
        figures = figures_of(load_report(report).report)
        results = [measure_editor(report, folder, args.rounds)]
        csv, sheet = write_csv(figures, folder / "figures.csv"), write_sc(figures, folder / "figures.sc")
        first = figures[1][1].encode()
        others = [
            Sheet("VisiData", (args.visidata, str(csv)), ("e7\r", "e8\r", "e9\r"), first),
            Sheet("sc", (args.sc, str(sheet)), ("=7\r", "=8\r", "=9\r"), first),
        ]
        for other in others:
            if shutil.which(other.command[0]) is None:
                print(f"{other.program} is not installed.")
            else:
                results.append(measure_sheet(other, environ, args.rounds))
        print_results(results, bare_start())


if __name__ == "__main__":
    main()
