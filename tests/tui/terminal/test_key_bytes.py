"""Bytes sent per key at 80×24, over every table and within long paragraphs; independent of the machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pty_terminal import SAMPLE, PtyTerminal, editor_command, editor_environ
from repository import EXAMPLES

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
UNDO, REDO = "\x1a", "\x19"
#: Figures of up to four digits, so that labels, sides of identities and values have their greatest length.
REPORT = EXAMPLES / "city-2024.toml"
#: Moves within the part of a table on the first screen, without scrolling.
ROUND = [DOWN] * 5 + [RIGHT] * 6 + [UP] * 5 + [LEFT] * 6
#: Edits that break and repair the long identities of 表三, and edits of identities already broken.
EDITS = ("7\r", UNDO, REDO, UNDO, "8\r", RIGHT, "9\r", UNDO, UNDO, REDO)


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[PtyTerminal]:
    report = tmp_path / "report.toml"
    shutil.copy(REPORT, report)
    (tmp_path / "first-hint").touch()
    with PtyTerminal(editor_command(report, "--ambiguous-width", "1"), editor_environ(tmp_path)) as terminal:
        terminal.wait_for("总体情况")
        yield terminal


def costs(editor: PtyTerminal, keys: Sequence[str]) -> dict[str, int]:
    """Return the largest number of bytes for each key."""
    found: dict[str, int] = {}
    for key in keys:
        found[key] = max(found.get(key, 0), len(editor.answer(key)))
    return found


@pytest.mark.parametrize("section", ["2", "3", "4"])
def test_a_key_in_a_table_costs_few_bytes(editor: PtyTerminal, section: str) -> None:
    editor.answer(f"\x1b{section}", quiet=0.4)
    moves = costs(editor, ROUND)
    assert max(moves.values()) <= 400, moves
    edits = costs(editor, EDITS)
    assert max(edits.values()) <= 500, edits


@pytest.mark.parametrize("section", ["3", "4"])
def test_a_number_of_five_digits_among_smaller_ones_costs_few_bytes(editor: PtyTerminal, section: str) -> None:
    editor.answer(f"\x1b{section}", quiet=0.4)
    edits = costs(editor, [*"12345\r", UNDO, REDO, UNDO])
    assert max(edits.values()) <= 500, edits


def test_scrolling_a_table_costs_few_bytes(editor: PtyTerminal) -> None:
    editor.answer("\x1b3", quiet=0.4)
    moves = costs(editor, [DOWN] * 24 + [UP] * 24)
    assert max(moves.values()) <= 400, moves


def test_edits_that_scroll_the_table_cost_few_bytes(editor: PtyTerminal) -> None:
    editor.answer("\x1b3", quiet=0.4)
    edits = costs(editor, ["7\r"] * 24)
    assert max(edits.values()) <= 500, edits


def test_writing_at_the_end_and_amid_a_long_paragraph_costs_few_bytes(editor: PtyTerminal) -> None:
    editor.type("\x1b1\x1b[1;5F")
    editor.paste("\n" + SAMPLE * 12)
    editor.read_until_quiet(0.4)
    at_the_end = costs(editor, list("公开，办理。"))
    assert max(at_the_end.values()) <= 400, at_the_end
    costs(editor, [UP] * 11)
    amid = costs(editor, ["公", "开", "，", "办理工作", "\x7f", "\x7f", "\r", "\x7f"])
    assert max(amid.values()) <= 1200, amid
    assert max(costs(editor, [UP, DOWN, LEFT, RIGHT]).values()) <= 400


def test_nothing_is_sent_while_nothing_happens(editor: PtyTerminal) -> None:
    editor.answer("\x1b3", quiet=0.4)
    assert editor.read_once(3.0) == b""
