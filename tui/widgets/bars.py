"""The lines around the pane: whose report it is, the six sections, where the cursor stands, the keys."""

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
    """Lines of text that are painted as they are: never read as markup, cut at the right edge."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--strong", "bar--wrong", "bar--current", "bar--key"}

    def __init__(self, *, ambiguous: Ambiguous = 1, id: str | None = None) -> None:  # noqa: A002 - textual's own name
        super().__init__(id=id)
        self.ambiguous: Ambiguous = ambiguous

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """The pieces of one line as text and component class (empty for the plain style)."""
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
    """Agency, year, edition, file and whether it is saved."""

    title: reactive[str] = reactive("")
    state: reactive[str] = reactive("")

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """The title on the left, the state on the right."""
        room = self.size.width - text_width(self.state, self.ambiguous) - 1
        return ((pad(self.title, max(room, 0), self.ambiguous) + " ", "bar--strong"), (self.state, "bar--strong"))


class SectionBar(Bar):
    """The six sections with their states; the current one with its official heading."""

    entries: reactive[tuple[SectionEntry, ...]] = reactive(())
    current: reactive[int] = reactive(0)

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """All headings where there is room for them, numerals and the current heading where there is not."""
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
    """What is to be known of the place of the cursor, line by line, and the answer to the last key."""

    lines: reactive[tuple[str, ...]] = reactive(())
    message: reactive[str] = reactive("")
    """What the editor has to say; it takes the place of the last lines."""

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """The lines that fit; the message always does."""
        said = self._said()
        first = self.size.height - len(said)
        if said and _y >= first:
            return ((said[_y - first], "bar--strong"),)
        return ((self.lines[_y], ""),) if _y < len(self.lines) else ()

    def _said(self) -> list[str]:
        """The message on as many of the last lines as it needs; what does not fit even so is cut."""
        if not self.message or not self.size:
            return []
        wrapped = wrap(self.message, self.size.width, ambiguous=self.ambiguous)
        room = self.size.height
        return wrapped if len(wrapped) <= room else [*wrapped[: room - 1], "".join(wrapped[room - 1 :])]


class FooterBar(Bar):
    """The keys that matter here."""

    scope: reactive[Scope] = reactive(Scope.MAIN)

    def __init__(self, keymap: Mapping[str, str], *, ambiguous: Ambiguous = 1, id: str | None = None) -> None:  # noqa: A002
        super().__init__(ambiguous=ambiguous, id=id)
        self._keymap = keymap

    def line(self, _y: int) -> Sequence[tuple[str, str]]:
        """At most five keys; the later ones go first where the screen is too narrow."""
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
