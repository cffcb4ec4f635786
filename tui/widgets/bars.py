"""Bars around the panes: header, sections, status, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ...core.chinese.line_break import wrap
from ...core.chinese.width import Ambiguous, pad, shorten, text_width
from ...service.section_state import SectionEntry, SectionState
from .. import words
from ..keys.actions import Scope, footer, keys_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Bar(Widget):
    """Widget that paints styled text per line: no markup, truncated at the right edge."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--strong", "bar--wrong", "bar--current", "bar--key"}

    def __init__(self, *, ambiguous: Ambiguous = 1, id: str | None = None) -> None:  # noqa: A002 - textual's own name
        super().__init__(id=id)
        self.ambiguous: Ambiguous = ambiguous

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """Return one line as (text, component class) pairs; an empty class is the plain style."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        width = self.size.width
        segments: list[Segment] = []
        room = width
        for text, name in self.line(y):
            if room <= 0:
                break
            style = self.get_component_rich_style(name) if name else self.rich_style
            shown = shorten(text, room, self.ambiguous)
            segments.append(Segment(shown, style))
            room -= text_width(shown, self.ambiguous)
        return Strip(segments).adjust_cell_length(width, self.rich_style)


class HeaderBar(Bar):
    """Agency, year, edition, file name and save state."""

    title: reactive[str] = reactive("")
    state: reactive[str] = reactive("")

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """Return the title on the left and the state on the right."""
        room = self.size.width - text_width(self.state, self.ambiguous) - 1
        return ((pad(self.title, max(room, 0), self.ambiguous) + " ", "bar--strong"), (self.state, "bar--strong"))


class SectionBar(Bar):
    """The sections with their states; the current one with its official heading."""

    entries: reactive[tuple[SectionEntry, ...]] = reactive(())
    current: reactive[int] = reactive(0)

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """Return all headings if they fit, else all numerals and the current heading."""
        pieces = self._pieces(all_headings=True)
        if self._width_of(pieces) <= self.size.width:
            return pieces
        pieces = self._pieces(all_headings=False)
        excess = self._width_of(pieces) - self.size.width
        if excess > 0 and self.entries:
            text, name = pieces[self.current * 2]
            room = max(text_width(text, self.ambiguous) - excess, 2)
            pieces[self.current * 2] = (shorten(text, room, self.ambiguous), name)
        return pieces

    def _width_of(self, pieces: Sequence[tuple[str, str]]) -> int:
        return sum(text_width(text, self.ambiguous) for text, _ in pieces)

    def _pieces(self, *, all_headings: bool) -> list[tuple[str, str]]:
        pieces = []
        for position, entry in enumerate(self.entries):
            here = position == self.current
            name = "bar--current" if here else "bar--wrong" if entry.state is SectionState.WRONG else ""
            pieces += [(words.section_tab(entry, whole=here or all_headings), name), (" ", "")]
        return pieces[:-1]


class StatusPane(Bar):
    """Details of the cell or paragraph at the cursor, and the message of the last action."""

    lines: reactive[tuple[str, ...]] = reactive(())
    message: reactive[str] = reactive("")
    """Last message of the editor; it covers the bottom lines."""

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """Return a line of details, or of the message, which takes precedence."""
        said = self._said()
        first = self.size.height - len(said)
        if said and _y >= first:
            return ((said[_y - first], "bar--strong"),)
        return ((self.lines[_y], ""),) if _y < len(self.lines) else ()

    def _said(self) -> list[str]:
        """Wrap the message; the last line takes the excess beyond the height of the pane and is truncated."""
        if not self.message or not self.size:
            return []
        wrapped = wrap(self.message, self.size.width, ambiguous=self.ambiguous)
        room = self.size.height
        return wrapped if len(wrapped) <= room else [*wrapped[: room - 1], "".join(wrapped[room - 1 :])]


class FooterBar(Bar):
    """The main keys of the current scope."""

    scope: reactive[Scope] = reactive(Scope.MAIN)

    def __init__(self, keymap: Mapping[str, str], *, ambiguous: Ambiguous = 1, id: str | None = None) -> None:  # noqa: A002
        super().__init__(ambiguous=ambiguous, id=id)
        self._keymap = keymap

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """Return at most five keys; those of lower rank are omitted on a narrow screen."""
        pieces: list[tuple[str, str]] = []
        used = 0
        for action in footer(self.scope):
            keys = keys_of(action, self._keymap)
            if not keys:
                continue
            key, title = words.key_name(keys[0]), f" {action.title}  "
            used += text_width(key + title, self.ambiguous)
            if used - 2 > self.size.width:
                break
            pieces += [(key, "bar--key"), (title, "")]
        return pieces
