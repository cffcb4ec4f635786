"""Modal dialogs: question with answers, notice, form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from .. import words
from ..terminal._textual_compat import PlainTextArea
from ..widgets.line_input import LineInput
from ..widgets.list_pane import Item, ListPane, TextPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from ...core.chinese.width import Ambiguous


FRAME = 2
"""Lines of a dialog's frame."""
MARGIN = 2
"""Lines of the report visible above and below a dialog, in total."""
TALL_ENOUGH = 22
"""Minimum height of the screen in lines for that margin."""
GAP = 1
"""Lines between the text and the answers."""
LEAST_TEXT = 3
"""Minimum number of text lines, regardless of the number of answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer to a question."""

    key: str
    text: str
    act: Callable[[], object] | None = None
    """Called when it is chosen."""


def fit(pane: TextPane, below: int) -> None:
    """Limit the height of a text to the space that a dialog leaves above `below` lines."""
    height = pane.screen.size.height
    margin = MARGIN if height >= TALL_ENOUGH else 0
    pane.styles.max_height = max(height - margin - FRAME - below, 1)


def scroll_subtitle(pane: TextPane, hint: str = "") -> str:
    """Return the border subtitle of a text: the visible lines, unless all are visible, and a hint."""
    first, last, total = pane.shown
    wording = words.lines_shown(first, last, total) if last - first + 1 < total else ""
    return words.plain_title("  ".join(filter(None, [wording, hint])))


class Question(ModalScreen[str | None]):
    """Text with answers to choose from. Returns the answer's key; None on Escape, which must never have an effect."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "refuse", show=False),
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("pagedown", "read(1)", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str, answers: Sequence[Answer], *, ambiguous: Ambiguous = 1) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._answers = answers
        self._ambiguous: Ambiguous = ambiguous

    def compose(self) -> ComposeResult:
        """Lay out the text above the answers."""
        with Vertical(classes="dialog") as frame:
            frame.border_title = words.plain_title(self._title)
            if self._text:
                yield TextPane(self._text, ambiguous=self._ambiguous)
            items = [Item(answer.key, answer.text) for answer in self._answers]
            yield ListPane(items, ambiguous=self._ambiguous, id="answers")

    def on_mount(self) -> None:
        """Focus the answers."""
        self.set_focus(self.query_one("#answers", ListPane))

    def on_resize(self) -> None:
        """Keep the answers visible; the text gets the remaining lines and scrolls."""
        answers = self.query_one("#answers", ListPane)
        room = max(self.size.height - FRAME - GAP - LEAST_TEXT, 1)
        answers.styles.max_height = room
        for pane in self.query(TextPane):
            fit(pane, GAP + min(len(self._answers), room))

    @on(TextPane.Scrolled)
    def _scrolled(self, event: TextPane.Scrolled) -> None:
        event.stop()
        self.query_one(".dialog", Vertical).border_subtitle = scroll_subtitle(event.pane)

    def action_read(self, direction: int) -> None:
        """Scroll the text, or the answers if all of it is visible."""
        for pane in self.query(TextPane):
            first, last, total = pane.shown
            if last - first + 1 < total:
                pane.action_page(direction)
                return
        self.query_one("#answers", ListPane).action_page(direction)

    @on(ListPane.Chosen)
    def _chosen(self, event: ListPane.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def action_refuse(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class Notice(ModalScreen[None]):
    """Text to read and close."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,f1,f10", "close", show=False)]

    def __init__(self, title: str, text: str, *, ambiguous: Ambiguous = 1) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._ambiguous: Ambiguous = ambiguous

    def compose(self) -> ComposeResult:
        """Lay out the text in a frame."""
        with Vertical(classes="dialog") as frame:
            frame.border_title = words.plain_title(self._title)
            frame.border_subtitle = words.CLOSE_HINT
            yield TextPane(self._text, ambiguous=self._ambiguous)

    def on_resize(self) -> None:
        """Give the text the full height."""
        fit(self.query_one(TextPane), 0)

    @on(TextPane.Scrolled)
    def _scrolled(self, event: TextPane.Scrolled) -> None:
        event.stop()
        self.query_one(".dialog", Vertical).border_subtitle = scroll_subtitle(event.pane, words.CLOSE_HINT)

    def action_close(self) -> None:
        """Close the notice."""
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Field:
    """Field of a form."""

    key: str
    label: str
    value: str = ""
    choices: tuple[Answer, ...] = ()
    """Allowed values, if limited; Left and Right select one."""
    is_long: bool = False
    """Whether the value may have several paragraphs."""


class Choice(ListPane):
    """Field with a limited set of values."""


class Form(ModalScreen[dict[str, str] | None]):
    """Form with several fields. Returns the values on Ctrl+S or Enter in the last field, None on Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "refuse", show=False),
        Binding("ctrl+s,alt+s", "accept", show=False, priority=True),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]

    begins_at: str = ""
    """Key of the field focused first; empty for the first field."""

    def __init__(self, title: str, text: str, fields: Sequence[Field], *, ambiguous: Ambiguous = 1) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._fields = fields
        self._ambiguous: Ambiguous = ambiguous

    def compose(self) -> ComposeResult:
        """Lay out the text above the labelled fields."""
        with Vertical(classes="dialog form") as frame:
            frame.border_title = words.plain_title(self._title)
            frame.border_subtitle = words.FORM_HINT
            if self._text:
                pane = TextPane(self._text, ambiguous=self._ambiguous)
                pane.can_focus = False
                yield pane
            for field in self._fields:
                label = TextPane(field.label, ambiguous=self._ambiguous)
                label.can_focus = False
                yield label
                if field.choices:
                    items = [Item(choice.key, choice.text) for choice in field.choices]
                    choice_pane = Choice(items, ambiguous=self._ambiguous, id=f"field-{field.key}")
                    choice_pane.select(field.value)
                    yield choice_pane
                elif field.is_long:
                    yield PlainTextArea(field.value, id=f"field-{field.key}")
                else:
                    yield LineInput(field.value, id=f"field-{field.key}")

    def on_mount(self) -> None:
        """Focus the first field, or the one to correct."""
        self.set_focus(self.query_one(f"#field-{self.begins_at or self._fields[0].key}"))

    @on(Input.Submitted)
    @on(ListPane.Chosen)
    def _next_field(self, event: Input.Submitted | ListPane.Chosen) -> None:
        event.stop()
        if event.control is self.query_one(f"#field-{self._fields[-1].key}"):
            self.action_accept()
        else:
            self.focus_next()

    def action_accept(self) -> None:
        """Close with the values."""
        self.dismiss({field.key: self._value(field) for field in self._fields})

    def _value(self, field: Field) -> str:
        name = f"#field-{field.key}"
        if field.choices:
            return self.query_one(name, Choice).current_key or ""
        if field.is_long:
            return self.query_one(name, PlainTextArea).text
        return self.query_one(name, Input).value

    def action_refuse(self) -> None:
        """Close without changes."""
        self.dismiss(None)
