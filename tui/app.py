"""The editor: one session, one main screen, and what the user asks of them."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.theme import Theme

from ..core.editing import CommandError
from ..core.policy import NO_POLICY, Policy
from ..files.policy_place import policy_for
from ..files.session import Event, JournalGoesOn, JournalStopped, ReportChanged, ReportSaved, Session
from . import blocks, findings, guidance, judging, opening, saving, steps, tables, terminal, trouble_words, ui_text, writing
from ._textual_compat import FrugalDisplay, TerminalDriver, quiet_crash, restore_terminal
from .actions import ACTIONS, BY_ID, Action, Scope, bindings, keys_of
from .catalogue_words import placed_message_of
from .checking import as_written, examine
from .screens.dialogs import Answer, Notice, Question
from .screens.main import MainScreen
from .styles import CSS, THEMES
from .widgets.findings_panel import FindingsPanel
from .widgets.report_table import ReportTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from ..core.editing import Command
    from ..core.report import Report
    from ..files.report_file import ReportFile
    from .examination import Examination
    from .importing import Source
    from .judging import Trail
    from .options import Options

HANG_UP_POLL = 2.0
"""Seconds between looks at whether the terminal is still there."""


class Editor(FrugalDisplay, inherit_bindings=False):
    """The application."""

    CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.APP)
    ENABLE_COMMAND_PALETTE = False
    #: What may be done while a dialog or another screen is open.
    ALWAYS: ClassVar[frozenset[str]] = frozenset({"help", "repaint", "suspend", "theme", "quit"})

    def __init__(self, options: Options) -> None:
        super().__init__(driver_class=TerminalDriver if options.profile.draws else None)
        self.options = options
        self.session: Session | None = None
        self.main: MainScreen | None = None
        self.previous: Report | None = None
        self.examination: Examination | None = None
        self.file: ReportFile | None = None
        """The report's file as it was read or written last."""
        self.policy: Policy = NO_POLICY
        """The local rules in force for the report."""
        self.complaints = ui_text.startup_complaints(options.complaints, self.key_of("help"))
        """What is to be said once the report is on the screen."""
        self.trail: Trail | None = None
        """Where the user last went from a cell to a sentence or back."""
        self.source: Source | None = None
        """The document from which the report was imported."""
        self.unnamed = False
        """Whether the report was imported and has not been saved under a name yet."""
        self.exit_code = 0
        self.clipboard_block = ""
        """The cells that were copied last, tab separated."""
        self._examination_due = False
        for theme in THEMES:
            self.register_theme(Theme(**theme))
        self.theme = ui_text.FIRST_THEME
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_keymap(dict(options.keymap))

    # ------------------------------------------------------------ life

    def on_mount(self) -> None:
        """Watch the line, then open what is to be opened."""
        self.set_class(self.options.profile.ascii_borders, "ascii")
        self.app_resume_signal.subscribe(self, lambda _: self.repaint_everything(), immediate=True)
        if self.options.profile.draws:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGHUP, signal.SIGTERM):
                loop.add_signal_handler(number, self.hang_up, number)
            self.set_interval(HANG_UP_POLL, self._look_for_terminal)
        opening.start(self)

    def _look_for_terminal(self) -> None:
        if terminal.is_hung_up(sys.__stdin__.fileno() if sys.__stdin__ else 0):
            self.hang_up(signal.SIGHUP)

    def hang_up(self, signal_number: int) -> None:
        """Leave at once: every change is in the journal already, and nothing may wait for a dead terminal."""
        if self.session is not None:
            self.session.hang_up()
        if signal_number != signal.SIGHUP:
            restore_terminal(self)
        os._exit(128 + signal_number)

    def before_key(self) -> None:
        """What was said about the last key is read by now."""
        if self.main is not None and self.screen is self.main:
            self.say("")

    def leave(self, code: int = 0) -> None:
        """End the program."""
        self.exit_code = code
        self.exit(return_code=code)

    def _print_error_renderables(self) -> None:
        quiet_crash(self, self.options.surroundings.places.state)

    # ------------------------------------------------------------ the session

    def begin(self, session: Session, previous: Report | None, source: Source | None = None) -> None:
        """Show a session's report, imported from a source where one is given; the one before is closed."""
        if self.session is not None and self.session is not session:
            self.session.listeners.clear()
            self.session.close()
        self.session, self.file = session, session.source
        self.previous = previous
        self.source, self.unnamed = source, source is not None
        self.policy = policy_for(session.path, self.options.policy)
        session.listeners.append(self._on_session)
        main = MainScreen(
            session.report,
            self.dispatch,
            self.keep_draft,
            self.options.keymap,
            ambiguous=self.options.profile.ambiguous,
            ascii_lines=self.options.profile.ascii_borders,
            source=source,
            name=session.path.name,
            state=saving.state_words(session),
        )
        old, self.main = self.main, main
        if old is not None:
            self.pop_screen()
        self.push_screen(main)
        self.call_after_refresh(self._first_look)

    def _first_look(self) -> None:
        if self.main is not None:
            self.main.query_one(FindingsPanel).message_of = placed_message_of
        self._examine()
        self.update_header()
        message = opening.first_words(self)
        if message:
            self.say(message)
        if self.options.profile.draws:
            # The command line stopped the collection of garbage for the start; what was loaded stays.
            gc.freeze()
            gc.enable()

    def dispatch(self, command: Command) -> bool:
        """Change the report; whether the report took the change. A refusal is said in the status line."""
        if self.session is None:
            return False
        try:
            self.session.dispatch(command)
        except CommandError:
            self.session.keep_draft(None)
            self.say(ui_text.REFUSED)
            return False
        return True

    def keep_draft(self, command: Command | None) -> None:
        """Write down what is being typed, as the command that accepting it would give; None gives it up."""
        if self.session is not None:
            self.session.keep_draft(command)

    def _on_session(self, event: Event) -> None:
        match event:
            case ReportChanged(after=report):
                if self.main is not None:
                    self.main.report = report
                self._examine_soon()
            case JournalStopped(trouble):
                self.say(ui_text.journal_stopped(trouble_words.in_one_line(trouble)))
            case JournalGoesOn():
                self.say(ui_text.JOURNAL_GOES_ON)
            case ReportSaved():
                self.unnamed = False
                self._take_policy()
                self._take_file()
        self.update_header()

    def _take_policy(self) -> None:
        """A report saved elsewhere falls under the rules of that place."""
        policy = self.policy if self.session is None else policy_for(self.session.path, self.options.policy)
        if policy != self.policy:
            self.policy = policy
            self._examine_soon()

    def _take_file(self) -> None:
        """What was wrong in the file itself is looked for again in what was written."""
        if self.session is not None and self.file is not None and self.file.problems:
            self.file = as_written(self.session.report, self.session.source)
            self._examine_soon()

    def _examine_soon(self) -> None:
        """Check once for all changes of a key, behind its frame."""
        self._examination_due = True
        self.when_keys_pause("examine", self.examined)

    def _examine(self) -> None:
        self._examination_due = False
        if self.session is None or self.main is None:
            return
        self.examination = examine(self.session.report, self.previous, self.policy, self.file)
        self.main.examination = self.examination

    def take_previous(self, previous: Report) -> None:
        """Compare with this report of last year from now on."""
        self.previous = previous
        self._examine()

    def examined(self) -> Examination | None:
        """What was found in the report as it is now."""
        if self._examination_due:
            self._examine()
        return self.examination

    def update_header(self) -> None:
        """Whose report it is and whether it is saved."""
        session, main = self.session, self.main
        if session is not None and main is not None and main.is_mounted:
            main.show_header(session.report, session.path.name, saving.state_words(session))

    def key_of(self, action_id: str) -> str:
        """The key that an action has, as it is written on the screen."""
        keys = keys_of(BY_ID[action_id], self.options.keymap)
        return ui_text.key_name(keys[0]) if keys else ui_text.PALETTE_ONLY

    def say(self, message: str) -> None:
        """Answer the last key in the status line."""
        if self.main is not None and self.main.is_mounted:
            self.main.say(message)

    def ask(self, title: str, text: str, answers: Sequence[Answer]) -> Question:
        """A question with the terminal's widths."""
        return Question(title, text, answers, ambiguous=self.options.profile.ambiguous)

    def tell(self, title: str, text: str) -> None:
        """Show a text that is to be read and closed."""
        self.push_screen(Notice(title, text, ambiguous=self.options.profile.ambiguous))

    # ------------------------------------------------------------ everywhere

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - textual's own signature
        """Only what makes sense above a dialog is done above one."""
        known = any(entry.id == action and (entry.scope is Scope.APP or entry.on_app) for entry in ACTIONS)
        if known and action not in self.ALWAYS:
            return self.main is not None and self.screen is self.main
        return True

    def action_help(self) -> None:
        """List the keys of the place."""
        guidance.show_help(self)

    def action_palette(self) -> None:
        """Find an action by name."""
        guidance.show_palette(self)

    async def do(self, action: Action) -> None:
        """Do an action of the registry, wherever it lives."""
        await guidance.do(self, action)

    def action_save(self) -> None:
        """Write the report to its file."""
        saving.save(self)

    def action_undo(self) -> None:
        """Take back the last step."""
        if self.main is not None and self.main.cancel_draft():
            return
        steps.undo(self)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        steps.redo(self)

    def action_repaint(self) -> None:
        """Paint the screen anew."""
        self.repaint_everything()

    def action_suspend(self) -> None:
        """Go back to the shell until `fg`."""
        if self._driver is not None and self._driver.can_suspend:
            self.action_suspend_process()
        else:
            self.say(ui_text.CANNOT_SUSPEND)

    def action_theme(self) -> None:
        """Use the next set of colours."""
        names = list(ui_text.THEME_NAMES)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self.say(ui_text.theme_now(self.theme))

    async def action_quit(self) -> None:
        """Leave, asking first where something is not saved."""
        saving.quit_editor(self)

    # ------------------------------------------------------------ findings

    def action_findings(self) -> None:
        """List everything that was found."""
        findings.show_list(self)

    async def action_next_finding(self) -> None:
        """Go to the next finding."""
        await findings.step(self, forward=True)

    async def action_previous_finding(self) -> None:
        """Go to the finding before."""
        await findings.step(self, forward=False)

    def action_explain(self) -> None:
        """Explain the finding at the cursor."""
        findings.explain(self)

    def action_repair(self) -> None:
        """Accept the repair suggested for the place of the cursor."""
        findings.repair_here(self)

    async def action_go_across(self) -> None:
        """Go from a sentence to the cell that it contradicts, or back."""
        await judging.go_across(self)

    def action_put_table_number(self) -> None:
        """Put the table's number into the sentence."""
        judging.put_table_number(self)

    def action_judge(self) -> None:
        """Let a finding stand, with a reason."""
        judging.judge(self)

    # ------------------------------------------------------------ tables

    def action_fill_zero(self) -> None:
        """Fill what is not filled in with 0."""
        tables.fill_zero(self)

    def action_accept_totals(self) -> None:
        """Replace the totals of this table by what their addends make."""
        tables.accept_totals(self)

    @on(ReportTable.BlockCopied)
    def _block_copied(self, event: ReportTable.BlockCopied) -> None:
        event.stop()
        if event.to_file:
            blocks.copy_to_file(self, event.text)
        else:
            blocks.copy_block(self, event.text)

    @on(ReportTable.BlockPasted)
    def _block_pasted(self, event: ReportTable.BlockPasted) -> None:
        event.stop()
        blocks.paste(self, event.address, event.text)

    # ------------------------------------------------------------ beyond the screen

    def action_preview(self) -> None:
        """Show the text that would be published."""
        saving.preview(self)

    def action_export(self) -> None:
        """Write the text that would be published."""
        saving.export(self)

    def action_save_as(self) -> None:
        """Write the report to another file."""
        saving.save_as(self)

    def action_move_journal(self) -> None:
        """Keep the journal in another folder."""
        saving.move_journal(self)

    def action_open(self) -> None:
        """Open another report."""
        opening.ask_open(self)

    def action_new(self) -> None:
        """Start another report."""
        opening.ask_new(self)

    def action_previous_year(self) -> None:
        """Name last year's report."""
        opening.ask_previous(self)

    def action_header(self) -> None:
        """Edit agency, kind, year, title and preface."""
        writing.edit_header(self)

    def action_find(self) -> None:
        """Find and replace in all sections."""
        writing.find(self)

    def action_outline(self) -> None:
        """List the headings of this section's prose."""
        writing.show_outline(self)

    def action_external_editor(self) -> None:
        """Edit this section's prose with another editor."""
        writing.edit_outside(self)

    def action_confirm_carried(self) -> None:
        """Say that a paragraph of last year holds for this year too."""
        writing.confirm_carried(self)
