"""The findings of the section that is shown, beside it where the screen is wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from .. import words
from .list_pane import TextPane

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.checks.finding import Finding
    from ...core.chinese.width import Ambiguous
    from ...core.ids import SectionId
    from ...service.examination import Examination


class FindingsPanel(TextPane, can_focus=False):
    """Read only: the list with its own keys is a screen."""

    text: reactive[str] = reactive("")
    """Its size is the screen's: unlike other texts it asks for no layout."""
    message_of: reactive[Callable[[Finding], str] | None] = reactive(None, repaint=False)

    def __init__(self, *, ambiguous: Ambiguous = 1, id: str | None = None) -> None:  # noqa: A002 - textual's own name
        super().__init__("", ambiguous=ambiguous, id=id)

    def show(self, examination: Examination, section: SectionId) -> None:
        """Say what was found in a section."""
        say = self.message_of or (lambda finding: finding.code)
        found = examination.of(section)
        items = [words.finding_item(finding.severity.value, say(finding)) for finding in found]
        self.text = "\n".join([words.panel_title(len(found)), "", *items])
