"""Side panel with the findings of the current section, on wide screens."""

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
    """Read-only list; the interactive list is `FindingsScreen`."""

    text: reactive[str] = reactive("")
    """Overrides `TextPane.text` without layout: the panel's size depends on the screen only."""
    message_of: reactive[Callable[[Finding], str] | None] = reactive(None, repaint=False)

    def __init__(self, *, ambiguous: Ambiguous = 1, id: str | None = None) -> None:  # noqa: A002 - textual's own name
        super().__init__("", ambiguous=ambiguous, id=id)

    def show(self, examination: Examination, section: SectionId) -> None:
        """List the findings of a section."""
        say = self.message_of or (lambda finding: finding.code)
        found = examination.of(section)
        items = [words.finding_item(finding.severity.value, say(finding)) for finding in found]
        self.text = "\n".join([words.panel_title(len(found)), "", *items])
