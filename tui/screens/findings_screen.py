"""List of all findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.screen import Screen

from ...core.checks.finding import Finding, Severity
from ...core.ids import PREFACE
from ...service.words.policy_words import POLICY_TITLE, policy_sentences
from .. import words
from ..keys.actions import Scope, bindings
from ..widgets.bars import FooterBar, HeaderBar
from ..widgets.list_pane import Item, ListPane, TextPane
from ..words.finding_words import explanation_of, placed_message_of
from .dialogs import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from ...core.chinese.width import Ambiguous
    from ...core.ids import SectionId
    from ...service.examination import Examination

Answer = tuple[str, Finding]
POLICY: Final = "policy"
"""Key of the list's last entry, the policy in force."""


class FindingsScreen(Screen[Answer | None]):
    """All findings by section. Returns the chosen operation and its finding."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.FINDINGS)

    def __init__(self, examination: Examination, *, ambiguous: Ambiguous, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._examination = examination
        self._policy = tuple(policy_sentences(examination.policy))
        self._ambiguous: Ambiguous = ambiguous
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """Lay out the list above the full message of the current entry."""
        count = self._examination.count
        header = HeaderBar(ambiguous=self._ambiguous)
        header.title = words.FINDINGS_TITLE
        header.state = words.findings_summary(
            self._examination.verdict, count(Severity.ERROR), count(Severity.WARNING), count(Severity.INFO)
        )
        yield header
        yield ListPane(self._items(), ambiguous=self._ambiguous)
        detail = TextPane("", ambiguous=self._ambiguous, id="detail")
        detail.can_focus = False
        yield detail
        footer = FooterBar(self._keymap, ambiguous=self._ambiguous)
        footer.scope = Scope.FINDINGS
        yield footer

    def on_mount(self) -> None:
        """Focus the list."""
        pane = self.query_one(ListPane)
        self.set_focus(pane)
        pane.select(str(most_severe_index(self._examination.findings)))
        self._show_detail()

    def _items(self) -> list[Item]:
        items: list[Item] = []
        heading = None
        for position, finding in enumerate(self._examination.findings):
            title = self._title(finding.section)
            if title != heading:
                heading = title
                items.append(Item("", title, is_heading=True))
            items.append(Item(str(position), words.finding_item(finding.severity.value, placed_message_of(finding))))
        items = items or [Item("", words.no_findings(self._examination.verdict), is_heading=True)]
        if self._policy:
            items += [Item("", POLICY_TITLE, is_heading=True), Item(POLICY, self._policy[0])]
        return items

    def _title(self, section: SectionId | None) -> str:
        edition = self._examination.report.edition
        if section == PREFACE:
            return words.PREFACE_TITLE
        if section is None or section not in edition.section_index:
            return words.WHOLE_REPORT
        return edition.section(section).title

    @property
    def _current(self) -> Finding | None:
        key = self.query_one(ListPane).current_key
        return self._examination.findings[int(key)] if key and key != POLICY else None

    @on(ListPane.Moved)
    def _moved(self, event: ListPane.Moved) -> None:
        event.stop()
        self._show_detail()

    def _show_detail(self) -> None:
        finding = self._current
        about_policy = self.query_one(ListPane).current_key == POLICY
        wording = "\n".join(self._policy) if about_policy else ""
        self.query_one("#detail", TextPane).text = placed_message_of(finding) if finding is not None else wording

    @on(ListPane.Chosen)
    def _chosen(self, event: ListPane.Chosen) -> None:
        event.stop()
        self.action_goto_finding()

    def action_goto_finding(self) -> None:
        """Go to the location of the finding."""
        if (finding := self._current) is not None:
            self.dismiss(("goto", finding))

    def action_explain_finding(self) -> None:
        """Explain the finding."""
        if (finding := self._current) is not None:
            wording = explanation_of(self._examination.report, finding)
            self.app.push_screen(Notice(words.EXPLAIN_TITLE, wording, ambiguous=self._ambiguous))

    def action_repair_finding(self) -> None:
        """Apply a suggested repair of the finding."""
        if (finding := self._current) is not None:
            self.dismiss(("repair", finding))

    def action_judge_finding(self) -> None:
        """Waive the finding, with a reason."""
        if (finding := self._current) is not None:
            self.dismiss(("judge", finding))

    def action_next_section_findings(self) -> None:
        """Go to the first finding of the next section."""
        pane = self.query_one(ListPane)
        items = pane.items
        headings = [position for position, item in enumerate(items) if item.is_heading]
        later = [position for position in headings if position > pane.current] or headings
        if later and later[0] + 1 < len(items):
            pane.current = later[0] + 1

    def action_close_findings(self) -> None:
        """Go back to the report."""
        self.dismiss(None)


def most_severe_index(findings: tuple[Finding, ...]) -> int:
    """Return the index of the entry to start with: the first of the highest severity, or 0 if all are INFO."""
    ranks = [finding.severity.rank for finding in findings]
    return ranks.index(min(ranks)) if ranks and min(ranks) < Severity.INFO.rank else 0
