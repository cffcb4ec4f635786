"""Output per frame: a terminal that receives only the differences shows the whole frame."""

from __future__ import annotations

from collections.abc import Sequence

import pyte
import pytest
from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from memory_screen import MemoryScreen
from nianbao.tui.terminal.cell_buffer import ScreenModel
from nianbao.tui.terminal.cell_style import PLAIN, CellStyle, blank, change, style_of
from nianbao.tui.terminal.diff_encoder import frame_text
from nianbao.tui.terminal.moves import Cursor, Row, can_scroll, can_shift, move, shifts
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

WIDTH, HEIGHT = 24, 8
STYLES = ["", "bold", "reverse", "red", "bold red", "on blue", "underline green", "bold reverse yellow"]
PROSE = "公开，（工作）abc 12 进展。“办理”年度报告—…"

text = st.text(st.sampled_from(PROSE), max_size=WIDTH)
pieces = st.lists(st.tuples(text, st.sampled_from(STYLES)), max_size=3)


class Terminal:
    """In-memory terminal, driven by the editor's model of it."""

    def __init__(self, *, shifting: bool, scrolling: bool | None = None) -> None:
        self.model = ScreenModel(can_shift=shifting, can_scroll=shifting if scrolling is None else scrolling)
        self.model.resize(WIDTH, HEIGHT)
        self.screen = MemoryScreen(WIDTH, HEIGHT)
        self.stream = pyte.Stream(self.screen)

    def put(self, lines: Sequence[Sequence[tuple[str, str]]]) -> None:
        for y, line in enumerate(lines):
            segments = [Segment(words, Style.parse(style)) for words, style in line]
            self.model.put(0, y, [*segments, Segment(" " * WIDTH)], ColorSystem.EIGHT_BIT)

    def show(self, lines: Sequence[Sequence[tuple[str, str]]]) -> int:
        """Show a frame and return the bytes sent."""
        self.put(lines)
        sent = self.model.encode()
        # The terminal's line discipline adds a carriage return to a line feed.
        self.stream.feed(sent.replace("\n", "\r\n"))
        return len(sent.encode())

    def seen(self) -> list[list[tuple[object, ...]]]:
        """Return each cell with its visible attributes."""
        return [[_seen(self.screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]

    def repainted(self) -> list[list[tuple[object, ...]]]:
        """Return what an empty terminal shows after the same frame."""
        other = Terminal(shifting=False)
        other.model._wanted = [list(row) for row in self.model._wanted]
        other.stream.feed(other.model.encode())
        return other.seen()


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    if cell.data == " " and not cell.reverse:
        return (" ", cell.bg, cell.underscore, cell.fg if cell.underscore else "")
    return (cell.data, cell.fg, cell.bg, cell.bold, cell.reverse, cell.underscore)


def wrapped(words: str) -> list[list[tuple[str, str]]]:
    return [[(words[start : start + WIDTH // 2], "")] for start in range(0, len(words), WIDTH // 2)]


@examples(150)
@given(frames=st.lists(st.lists(pieces, min_size=HEIGHT, max_size=HEIGHT), min_size=1, max_size=4), shifting=st.booleans())
def test_differences_show_what_a_full_repaint_shows(frames: list[list[list[tuple[str, str]]]], shifting: bool) -> None:
    terminal = Terminal(shifting=shifting)
    for frame in frames:
        terminal.show(frame)
        assert terminal.seen() == terminal.repainted()


@examples(100)
@given(
    words=st.text(st.sampled_from(PROSE), min_size=30, max_size=70),
    edits=st.lists(st.tuples(st.integers(0, 69), st.sampled_from(["", "年", "报告", "a", "1月—", "\n"])), max_size=6),
)
def test_writing_and_deleting_amid_a_paragraph_shows_what_a_full_repaint_shows(words: str, edits: list[tuple[int, str]]) -> None:
    terminal = Terminal(shifting=True)
    for place, written in edits:
        words = words[:place] + written + words[place + (not written) :]
        lines = [line for paragraph in words.split("\n") for line in wrapped(paragraph) or [[]]]
        terminal.show([*lines, *([[]] * HEIGHT)][:HEIGHT])
        assert terminal.seen() == terminal.repainted()


@examples(100)
@given(rows=st.lists(pieces, min_size=20, max_size=20), tops=st.lists(st.integers(0, 12), max_size=5), head=st.integers(0, 3))
def test_scrolling_under_a_head_shows_what_a_full_repaint_shows(rows: list[list[tuple[str, str]]], tops: list[int], head: int) -> None:
    terminal = Terminal(shifting=True)
    for top in (0, *tops):
        terminal.show([*rows[:head], *rows[head + top :]][:HEIGHT])
        assert terminal.seen() == terminal.repainted()


def test_a_character_amid_a_paragraph_costs_less_than_the_lines_behind_it() -> None:
    words = "本机关依法主动公开政府信息并按期办理申请接受监督" * 4
    costs = {}
    for shifting in (True, False):
        terminal = Terminal(shifting=shifting)
        terminal.show([*wrapped(words), *([[]] * HEIGHT)][:HEIGHT])
        costs[shifting] = terminal.show([*wrapped("年" + words), *([[]] * HEIGHT)][:HEIGHT])
    assert costs[True] <= 20 * HEIGHT < costs[False]


def test_scrolling_by_a_line_costs_that_line() -> None:
    rows = [[(chr(ord("一") + 7 * number) * (WIDTH // 2), "")] for number in range(12)]
    terminal = Terminal(shifting=True)
    terminal.show(rows[:HEIGHT])
    line = len(rows[0][0][0].encode())
    assert terminal.show(rows[1 : HEIGHT + 1]) <= line + 30
    assert terminal.show(rows[:HEIGHT]) <= line + 30


def test_nothing_is_sent_for_the_same_frame_again() -> None:
    terminal = Terminal(shifting=True)
    frame = [[("公开", "bold red")]] * HEIGHT
    assert terminal.show(frame) > 0
    assert terminal.show(frame) == 0


@pytest.mark.parametrize(
    ("style", "look"),
    [
        ("default on default", PLAIN),
        ("bold red on default", CellStyle(frozenset({"1"}), "31", "")),
        ("bright_red on bright_blue", CellStyle(frozenset(), "91", "104")),
        ("color(200) on #102030", CellStyle(frozenset(), "38;5;200", "48;5;17")),
        ("reverse underline", CellStyle(frozenset({"4", "7"}), "", "")),
    ],
)
def test_the_terminals_own_colours_are_no_part_of_a_look(style: str, look: CellStyle) -> None:
    assert style_of(Style.parse(style), ColorSystem.EIGHT_BIT) == look


def test_a_look_is_changed_by_what_is_added_and_dropped_by_a_reset() -> None:
    bold, bold_red = CellStyle(frozenset({"1"}), "", ""), CellStyle(frozenset({"1"}), "31", "")
    assert change(bold, bold_red) == "\x1b[31m"
    assert change(bold_red, bold) == "\x1b[;1m"
    assert change(bold_red, PLAIN) == "\x1b[m"
    assert blank(bold_red) == PLAIN


@pytest.mark.parametrize(
    ("cursor", "place", "sequence"),
    [
        (Cursor(), (0, 0), "\x1b[H"),
        (Cursor(), (0, 4), "\x1b[5H"),
        (Cursor(3, 4), (8, 4), "\x1b[5C"),
        (Cursor(3, 4), (2, 5), "\x1b[B\b"),
        (Cursor(70, 4), (1, 5), "\x1b[6;2H"),
        (Cursor(70, 20), (69, 3), "\x1b[4;70H"),
    ],
)
def test_the_cursor_takes_the_shortest_way(cursor: Cursor, place: tuple[int, int], sequence: str) -> None:
    assert move(cursor, *place) == sequence


@pytest.mark.parametrize(
    ("term", "shifting", "scrolling"),
    [
        ("xterm-256color", True, True),
        ("tmux", True, True),
        ("linux", True, True),
        ("vt220", True, True),
        ("vt100", False, True),
        ("", False, False),
    ],
)
def test_lines_are_shifted_and_scrolled_only_where_the_terminal_is_known_to_do_it(term: str, shifting: bool, scrolling: bool) -> None:
    assert (can_shift(term), can_scroll(term)) == (shifting, scrolling)


def test_no_gap_is_opened_that_is_wider_than_what_moves() -> None:
    """tmux does not clear the part of such a gap that lies behind the moved text."""
    shown = [(character, PLAIN) for character in "abcdefghij" + "klmnopqrst"]
    for distance in range(1, 14):
        wanted = [(" ", PLAIN)] * distance + shown[: len(shown) - distance]
        inserted = [shift for shift in shifts(list(shown), wanted) if shift.sequence.endswith("@")]
        assert bool(inserted) == (2 * distance <= len(shown))


def line_of(words: str) -> list[tuple[str, CellStyle]]:
    """Return a line of the screen: a wide character takes two cells, the second one empty."""
    return [cell for character in words for cell in ([(character, PLAIN)] if character.isascii() else [(character, PLAIN), ("", PLAIN)])]


def sent(shown: list[str], wanted: list[str]) -> str:
    """Return what is sent to change these lines into the others, without shifts and scrolls."""
    rows: list[Row] = [[*line_of(words)] for words in shown]
    return frame_text(rows, [line_of(words) for words in wanted], can_shift=False, can_scroll=False)


@pytest.mark.parametrize(("shown", "wanted"), [("abc\U0001f600defg", "abc12defh"), ("abc12defg", "abc\U0001f600defh")])
def test_a_line_with_a_picture_before_or_after_is_sent_whole(shown: str, wanted: str) -> None:
    assert sent([shown], [wanted]) == f"\x1b[H{wanted}"


def test_after_the_last_column_the_cursor_is_placed_by_row_and_column() -> None:
    assert sent(["abcdefgh"] * 2, ["abcdefgX", "abcdefYh"]) == "\x1b[1;8HX\x1b[2;7HY"


def test_before_the_last_column_the_cursor_moves_on_from_where_it_is() -> None:
    assert sent(["abcdefghij"], ["XbcdefghYj"]) == "\x1b[HX\x1b[7CY"
