"""List with a current entry, and scrollable text; the terminal's cursor is on the current entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ...core.chinese.line_break import wrap
from ...core.chinese.width import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.chinese.width import Ambiguous


@dataclass(frozen=True, slots=True)
class Item:
    """Entry of a list."""

    key: str
    """Identifier passed on when the entry is chosen."""
    text: str
    is_heading: bool = False
    """Whether the entry is a heading of those below it, which cannot be selected."""


@dataclass
class EntryMessage(Message):
    """Message about an entry of a list."""

    pane: ListPane
    key: str

    @property
    def control(self) -> ListPane:
        """Sender, for `on` selectors."""
        return self.pane


class ListPane(Widget, can_focus=True):
    """List with one current entry."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list-pane--current", "list-pane--heading"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    items: reactive[tuple[Item, ...]] = reactive(())
    current: reactive[int] = reactive(0)

    class Chosen(EntryMessage):
        """Enter was pressed on an entry."""

    class Moved(EntryMessage):
        """The current entry changed."""

    def __init__(self, items: Sequence[Item] = (), *, ambiguous: Ambiguous = 1, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.ambiguous: Ambiguous = ambiguous
        self._top = 0
        self.set_reactive(ListPane.items, tuple(items))
        self.set_reactive(ListPane.current, self._nearest(0, 1))

    @property
    def current_key(self) -> str | None:
        """Key of the current entry; None in an empty list."""
        if 0 <= self.current < len(self.items) and not self.items[self.current].is_heading:
            return self.items[self.current].key
        return None

    def select(self, key: str) -> None:
        """Make the entry with this key current, if there is one."""
        for position, item in enumerate(self.items):
            if item.key == key and not item.is_heading:
                self.current = position
                return

    def watch_items(self) -> None:
        """Keep the current entry within the list."""
        self.current = self._nearest(min(self.current, len(self.items) - 1), 1)
        self._show_current()
        self.refresh(layout=True)

    def watch_current(self) -> None:
        """Scroll to the current entry and notify the screen."""
        self._show_current()
        key = self.current_key
        if self.is_mounted and key is not None:
            self.post_message(self.Moved(self, key))

    def on_focus(self) -> None:
        """Scroll to the current entry."""
        self._show_current()

    def on_resize(self) -> None:
        """Keep the current entry visible."""
        self._show_current()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - textual's own signature
        """Return one line per entry."""
        return max(len(self.items), 1)

    def _show_current(self) -> None:
        height = self.size.height
        if not height:
            return
        top = self.current
        while top > 0 and self.items[top - 1].is_heading:
            top -= 1
        self._top = max(min(self._top, top, max(len(self.items) - height, 0)), self.current - height + 1, 0)
        self.refresh()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Screen position of the current entry, for the terminal's own cursor."""
        return self.content_region.offset + Offset(0, self.current - self._top)

    def render_line(self, y: int) -> Strip:
        """Paint one entry."""
        position = y + self._top
        width = self.size.width
        if not 0 <= position < len(self.items):
            return Strip.blank(width, self.rich_style)
        item = self.items[position]
        name = "list-pane--heading" if item.is_heading else "list-pane--current" if position == self.current else ""
        style = self.get_component_rich_style(name) if name else self.rich_style
        prefix = "" if item.is_heading else "> " if position == self.current else "  "
        text = shorten(prefix + item.text, width, self.ambiguous)
        return Strip([Segment(text, style)]).adjust_cell_length(width, self.rich_style)

    def _nearest(self, position: int, direction: int) -> int:
        """Return the index of the nearest selectable entry, searching first in the given direction."""
        for step in (direction, -direction):
            at = position
            while 0 <= at < len(self.items):
                if not self.items[at].is_heading:
                    return at
                at += step
        return 0

    def action_move(self, step: int) -> None:
        """Go to the next or previous entry."""
        at = self.current + step
        while 0 <= at < len(self.items) and self.items[at].is_heading:
            at += step
        if 0 <= at < len(self.items):
            self.current = at

    def action_page(self, direction: int) -> None:
        """Move by a screen."""
        step = max(self.size.height - 1, 1) * direction
        self.current = self._nearest(max(min(self.current + step, len(self.items) - 1), 0), direction)

    def action_end(self, direction: int) -> None:
        """Go to the first or last entry."""
        self.current = self._nearest(0 if direction < 0 else len(self.items) - 1, -direction)

    def action_choose(self) -> None:
        """Choose the current entry."""
        key = self.current_key
        if key is not None:
            self.post_message(self.Chosen(self, key))


class TextPane(Widget, can_focus=True):
    """Scrollable read-only text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_by(-1)", show=False),
        Binding("down", "scroll_by(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "scroll_by(-100000)", show=False),
        Binding("end", "scroll_by(100000)", show=False),
        Binding("left", "slide(-8)", show=False),
        Binding("right", "slide(8)", show=False),
    ]

    text: reactive[str] = reactive("", layout=True)

    @dataclass
    class Scrolled(Message):
        """The visible lines or their number changed."""

        pane: TextPane

        @property
        def control(self) -> TextPane:
            """Sender, for `on` selectors."""
            return self.pane

    def __init__(
        self,
        text: str = "",
        *,
        wrapped: bool = True,
        ambiguous: Ambiguous = 1,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.ambiguous: Ambiguous = ambiguous
        self._wrapped = wrapped
        self._top = 0
        self._left = 0
        self.set_reactive(TextPane.text, text)

    def lines(self, width: int) -> list[str]:
        """Return the text as lines, wrapped to the width if wrapping is on."""
        if not self._wrapped:
            return self.text.split("\n")
        return [line for paragraph in self.text.split("\n") for line in wrap(paragraph, width, ambiguous=self.ambiguous)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - textual's own signature
        """Return the number of lines."""
        return len(self.lines(width))

    def on_resize(self) -> None:
        """Keep the scroll position within the text."""
        self.action_scroll_by(0)

    @property
    def shown(self) -> tuple[int, int, int]:
        """First and last visible line, from 1, and the number of lines."""
        total = len(self.lines(self.size.width))
        return self._top + 1, min(self._top + self.size.height, total), total

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        width = self.size.width
        lines = self.lines(width)
        text = lines[y + self._top] if y + self._top < len(lines) else ""
        strip = Strip([Segment(text, self.rich_style)])
        if self._left:
            strip = strip.crop(self._left, None)
        return strip.adjust_cell_length(width, self.rich_style)

    def action_scroll_by(self, step: int) -> None:
        """Scroll by lines."""
        most = max(len(self.lines(self.size.width)) - self.size.height, 0)
        self._top = max(min(self._top + step, most), 0)
        self.refresh()
        self.post_message(self.Scrolled(self))

    def action_page(self, direction: int) -> None:
        """Scroll by screens."""
        self.action_scroll_by(max(self.size.height - 1, 1) * direction)

    def action_slide(self, step: int) -> None:
        """Scroll horizontally; only for unwrapped text."""
        if not self._wrapped:
            self._left = max(self._left + step, 0)
            self.refresh()
