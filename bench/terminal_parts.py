"""Bytes per key at 80×24 with one part of the terminal layer switched off at a time; the table of docs/terminal-layer.md.

    python bench/terminal_parts.py [REPORT]

Bytes do not depend on the machine.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

UP, DOWN, RIGHT, LEFT, UNDO = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1a"
VARIANTS = {
    "all parts": "",
    "textual's own frames": "compat.DiffDisplay.frame = lambda self, renderable: renderable",
    "no shift of the rest of a line": "compat.can_shift = lambda term: False",
    "no scroll of regions": "compat.can_scroll = lambda term: False",
    "absolute cursor moves": "diff_encoder.move = lambda cursor, x, y: f'\\x1b[{y + 1};{x + 1}H'",
    "each style in full": "diff_encoder.change = lambda old, new: '\\x1b[0m' + whole(PLAIN, new)",
    "frames not held for their key": "compat.DiffDisplay._is_held = lambda self: False",
    "no frame at once behind a key": "compat.DiffDisplay.paint_now = lambda self: None",
}
"""Name of a variant and the statement that switches the part off."""
CHILD = """
import os, sys
from nianbao.tui.terminal import probe
probe.prepare_environment(os.environ)
from nianbao.tui.terminal import _textual_compat as compat, diff_encoder
from nianbao.tui.terminal.cell_style import PLAIN, change as whole
{patch}
from nianbao.cli.main import main
sys.exit(main(["edit", sys.argv[1], "--ambiguous-width", "1"]))
"""


def median_bytes(patch: str, report: Path) -> dict[str, float]:
    """Run the editor with a patch; median bytes of a move, of an edit in 表三 and of a key amid a long paragraph."""
    from pty_terminal import SAMPLE, PtyTerminal, editor_environ  # noqa: PLC0415 - behind the change of sys.path

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "report.toml"
        shutil.copy(report, copy)
        (Path(folder) / "first-hint").touch()
        with PtyTerminal([sys.executable, "-c", CHILD.format(patch=patch), str(copy)], editor_environ(Path(folder))) as editor:
            editor.wait_for("总体情况")
            editor.answer("\x1b3", quiet=0.4)
            moves = [len(editor.answer(key)) for key in [DOWN] * 5 + [RIGHT] * 6 + [UP] * 5 + [LEFT] * 6]
            scrolls = [len(editor.answer(key)) for key in [DOWN] * 30][15:]
            editor.answer("\x1b[1;5H", quiet=0.4)
            edits = [len(editor.answer(key)) for key in ("7\r", UNDO, "8\r", UNDO, "9\r", UNDO)]
            editor.type("\x1b1\x1b[1;5F")
            editor.paste("\n" + SAMPLE * 12)
            editor.read_until_quiet(0.4)
            for _ in range(11):
                editor.answer(UP)
            prose = [len(editor.answer(key)) for key in "公开办理工作"]
    return {
        name: statistics.median(found)
        for name, found in zip(("move", "scroll", "edit", "prose"), (moves, scrolls, edits, prose), strict=True)
    }


def main() -> None:
    """Print one row for each variant."""
    report = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "city-2024.toml"
    print("| Without | move | scroll | edit | prose |\n|---|---|---|---|---|")
    for name, patch in VARIANTS.items():
        found = median_bytes(patch, report)
        print(f"| {name} | {' | '.join(f'{size:.0f}' for size in found.values())} |", flush=True)


if __name__ == "__main__":
    main()
