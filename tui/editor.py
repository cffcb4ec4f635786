"""State and services shared by all flows: session, report on screen, examination, messages and questions.

No flow is imported here; `app` adds them.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.theme import Theme

from ..core.commands import CommandError
from ..core.policy import NO_POLICY, Policy
from ..files.report import second_reader
from ..files.session.session import Event, JournalGoesOn, JournalStopped, ReportChanged, ReportSaved, Session
from ..service.examination import Examination, examination_of
from ..service.examine import ExamineOptions, as_written
from ..service.policies import policy_for
from ..service.words.file_error_words import cause
from . import words
from .keys.actions import BY_ID, Scope, keys_of
from .screens.dialogs import Answer, Notice, Question
from .screens.main_screen import MainScreen
from .styles import CSS, THEMES
from .terminal import probe
from .terminal._textual_compat import DiffDisplay, TerminalDriver, quiet_crash, restore_terminal
from .widgets.findings_panel import FindingsPanel
from .words.finding_words import placed_message_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..core.checks.finding import Span
    from ..core.commands import Command
    from ..core.ids import Address
    from ..core.report import Report
    from ..service.reports import ReportFile
    from .import_source import ImportSource
    from .keys.actions import Action
    from .options import EditorOptions

HANG_UP_POLL = 2.0
"""Interval in seconds between checks that the terminal is still connected."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The cell from which the user went to a sentence, so that the same key returns to it."""

    span: Span
    cell: Address


class Editor(DiffDisplay, inherit_bindings=False):
    """The application without its actions, which `app.Application` adds."""

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, options: EditorOptions) -> None:
        super().__init__(driver_class=TerminalDriver if options.profile.draws else None)
        self.options = options
        self.session: Session | None = None
        self.main: MainScreen | None = None
        self.previous: Report | None = None
        self.examination: Examination | None = None
        self.file: ReportFile | None = None
        """The report's file as last read or written."""
        self.policy: Policy = NO_POLICY
        """Local policy in force for the report."""
        self.complaints = words.startup_complaints(options.complaints, self.key_of("help"))
        """Messages to show once the report is on screen."""
        self.trail: Trail | None = None
        """The last move between a cell and a sentence."""
        self.source: ImportSource | None = None
        """Document from which the report was imported; None for a report file."""
        self.unnamed = False
        """Whether the report was imported and has not yet been saved under a name."""
        self.exit_code = 0
        self.clipboard_block = ""
        """The last copied cells as tab-separated lines."""
        self._examination_due = False
        for theme in THEMES:
            self.register_theme(Theme(**theme))
        self.theme = words.FIRST_THEME
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_keymap(dict(options.keymap))

    # ------------------------------------------------------------ life cycle

    def on_mount(self) -> None:
        """Install signal handlers and open the report."""
        self.set_class(self.options.profile.ascii_borders, "ascii")
        self.app_resume_signal.subscribe(self, lambda _: self.repaint_everything(), immediate=True)
        if self.options.profile.draws:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGHUP, signal.SIGTERM):
                loop.add_signal_handler(number, self.hang_up, number)
            self.set_interval(HANG_UP_POLL, self._look_for_terminal)
        self.start()

    def start(self) -> None:
        """Open the first report; abstract."""
        raise NotImplementedError

    def first_words(self) -> str:
        """Return the message for a report that has just been opened; abstract."""
        raise NotImplementedError

    def _look_for_terminal(self) -> None:
        if probe.is_hung_up(sys.__stdin__.fileno() if sys.__stdin__ else 0):
            self.hang_up(signal.SIGHUP)

    def hang_up(self, signal_number: int) -> None:
        """Exit immediately: every change is in the journal, and nothing may block on a dead terminal."""
        if self.session is not None:
            self.session.hang_up()
        if signal_number != signal.SIGHUP:
            restore_terminal(self)
        os._exit(128 + signal_number)

    def before_key(self) -> None:
        """Clear the message of the previous key."""
        if self.main is not None and self.screen is self.main:
            self.say("")

    def leave(self, code: int = 0) -> None:
        """Exit with a code."""
        self.exit_code = code
        self.exit(return_code=code)

    def _print_error_renderables(self) -> None:
        quiet_crash(self, self.options.surroundings.places.state)

    # ------------------------------------------------------------ the session

    def begin(self, session: Session, previous: Report | None, source: ImportSource | None = None) -> None:
        """Show a session's report and close the previous session.

        Args:
            session: The session.
            previous: Last year's report, if known.
            source: The document of an import.
        """
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
            state=_state_words(session),
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
        message = self.first_words()
        if message:
            self.say(message)
        if self.options.profile.draws:
            # The command line disabled garbage collection during start-up; freezing exempts the loaded modules.
            gc.freeze()
            gc.enable()
        second_reader.load_in_background()

    def dispatch(self, command: Command) -> bool:
        """Execute a command; return False, with a message, if the report refuses it."""
        if self.session is None:
            return False
        try:
            self.session.dispatch(command)
        except CommandError:
            self.session.keep_draft(None)
            self.say(words.REFUSED)
            return False
        return True

    def keep_draft(self, command: Command | None) -> None:
        """Journal the command that accepting the typed text would give; None discards it."""
        if self.session is not None:
            self.session.keep_draft(command)

    def _on_session(self, event: Event) -> None:
        match event:
            case ReportChanged(after=report):
                if self.main is not None:
                    self.main.report = report
                self._examine_soon()
            case JournalStopped(trouble):
                self.say(words.journal_stopped(cause(trouble)))
            case JournalGoesOn():
                self.say(words.JOURNAL_GOES_ON)
            case ReportSaved():
                self.unnamed = False
                self._take_policy()
                self._take_file()
        self.update_header()

    def _take_policy(self) -> None:
        """Reload the policy after a save: the new location may have another one."""
        policy = self.policy if self.session is None else policy_for(self.session.path, self.options.policy)
        if policy != self.policy:
            self.policy = policy
            self._examine_soon()

    def _take_file(self) -> None:
        """Check the written file again for the problems found in it before."""
        if self.session is not None and self.file is not None and self.file.problems:
            self.file = as_written(self.session.report, self.session.source)
            self._examine_soon()

    def _examine_soon(self) -> None:
        """Schedule one check for all changes of a key, after its frame."""
        self._examination_due = True
        self.when_keys_pause("examine", self.examined)

    def _examine(self) -> None:
        self._examination_due = False
        if self.session is None or self.main is None:
            return
        self.examination = examination_of(self.session.report, ExamineOptions(self.policy, self.previous), self.file)
        self.main.examination = self.examination

    def take_previous(self, previous: Report) -> None:
        """Use this as last year's report from now on."""
        self.previous = previous
        self._examine()

    def examined(self) -> Examination | None:
        """Return the examination of the current report, running pending checks."""
        if self._examination_due:
            self._examine()
        return self.examination

    def update_header(self) -> None:
        """Update agency, file name and save state in the header."""
        session, main = self.session, self.main
        if session is not None and main is not None and main.is_mounted:
            main.show_header(session.report, session.path.name, _state_words(session))

    def key_of(self, action_id: str) -> str:
        """Return the display name of an action's key."""
        keys = keys_of(BY_ID[action_id], self.options.keymap)
        return words.key_name(keys[0]) if keys else words.PALETTE_ONLY

    def say(self, message: str) -> None:
        """Show a message in the status line."""
        if self.main is not None and self.main.is_mounted:
            self.main.say(message)

    def ask(self, title: str, text: str, answers: Sequence[Answer], otherwise: Callable[[], None] | None = None) -> None:
        """Ask a question and run the chosen answer's action; `otherwise` for an answer without one and for Escape."""
        acts = {answer.key: answer.act for answer in answers}

        def answered(key: str | None) -> None:
            act = (None if key is None else acts[key]) or otherwise
            if act is not None:
                act()

        self.push_screen(Question(title, text, answers, ambiguous=self.options.profile.ambiguous), answered)

    def tell(self, title: str, text: str, then: Callable[[], None] | None = None) -> None:
        """Show a notice to read and close; `then` is called when it is closed."""
        notice = Notice(title, text, ambiguous=self.options.profile.ambiguous)
        self.push_screen(notice, None if then is None else lambda _: then())

    async def do(self, action: Action) -> None:
        """Run an action of the registry on its target: the application, the main screen or its table."""
        main = self.main
        if main is None:
            return
        if action.scope is Scope.TABLE and main.table is not None:
            main.set_focus(main.table)
            await self.run_action(action.call, main.table)
        elif action.scope in (Scope.APP, Scope.MAIN):
            await self.run_action(action.call, main)


def _state_words(session: Session) -> str:
    """Return the state of the report's file and journal for the header."""
    wording = words.UNSAVED if session.unsaved else words.SAVED
    return wording if session.journal.trouble is None else f"{wording} {words.NO_JOURNAL}"
