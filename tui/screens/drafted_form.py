"""Form whose values are journaled while they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input, TextArea

from ..widgets.list_pane import ListPane
from .dialogs import Field, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...core.chinese.width import Ambiguous


class DraftedForm(Form):
    """Form that reports its values on every change, so that they are in the journal before the next key."""

    def __init__(
        self,
        title: str,
        text: str,
        fields: Sequence[Field],
        typed: Callable[[dict[str, str]], None],
        *,
        ambiguous: Ambiguous = 1,
    ) -> None:
        super().__init__(title, text, fields, ambiguous=ambiguous)
        self._typed = typed

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ListPane.Moved)
    def _tell(self, event: Input.Changed | TextArea.Changed | ListPane.Moved) -> None:
        event.stop()
        self._typed({field.key: self._value(field) for field in self._fields})
