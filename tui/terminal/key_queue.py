"""Key queue: keys are handled one at a time, and deferred work runs when they pause."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.widgets import Input, TextArea

from ...core.publishing.printable import clean_prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.dom import DOMNode
    from textual.driver import Driver

LONGEST_KEY = 1.0
"""Seconds after which the next key is taken although the previous one has not been seen to finish."""
LAPS = 2
"""How often a key is followed from its widget up to the application: once after itself, once after the messages it caused."""


class SequentialKeys(App[None]):
    """Application that handles a key, and sends its frame, before it takes the next one.

    textual posts a key to the focused widget's queue and continues with the next one, so that a fast undo or save can overtake the key
    before it.
    """

    def __init__(self, *, driver_class: type[Driver] | None = None, css_path: str | None = None) -> None:
        super().__init__(driver_class=driver_class, css_path=css_path, ansi_color=True)
        self._waiting_keys: deque[events.Key | events.Paste] = deque()
        self._key_number = 0
        self._key_under_way: bool = False
        self._typing_into: DOMNode | None = None
        self._afterwards: dict[str, Callable[[], object]] = {}

    # ------------------------------------------------------------ for the application

    def before_key(self) -> None:
        """Prepare for a key; hook for the application."""

    def paint_now(self) -> None:
        """Send what has changed without waiting for the next tick of the frame timer; hook for the display."""

    def when_keys_pause(self, name: str, work: Callable[[], object]) -> None:
        """Schedule work for after the frame of the current key, when no other key waits. One callback is kept per name."""
        self._afterwards[name] = work
        if not self._key_under_way:
            self.call_later(self._do_afterwards)

    @property
    def has_keys_to_do(self) -> bool:
        """Whether a received key, or work deferred by one, is not finished."""
        return self._key_under_way or bool(self._waiting_keys) or bool(self._afterwards)

    # ------------------------------------------------------------ one key after the other

    async def on_event(self, event: events.Event) -> None:
        """Queue keys and pastes; pass on every other event."""
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event.text = "\t".join(map(clean_prose, event.text.split("\t")))
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._waiting_keys.append(event)
            await self._take_keys()
            return
        await super().on_event(event)

    async def _take_keys(self) -> None:
        while self._waiting_keys and (not self._key_under_way or self._goes_on_typing()):
            event = self._waiting_keys.popleft()
            target: DOMNode = self.focused or self.screen
            self._key_number += 1
            self._typing_into = target if _is_typed(event, target) else None
            self._key_under_way = True
            self.before_key()
            await super().on_event(event)
            if event.is_forwarded:
                self.set_timer(LONGEST_KEY, partial(self._key_done, self._key_number, target))
                self._follow_key(target, self._key_number, target)
            else:
                await self._key_done(self._key_number, target)

    def _goes_on_typing(self) -> bool:
        """Return whether the next key is text for the same text widget, whose own queue keeps the order."""
        target = self._typing_into
        return target is not None and target is self.focused and _is_typed(self._waiting_keys[0], target)

    def _follow_key(self, node: DOMNode, number: int, target: DOMNode, laps: int = LAPS) -> None:
        """Follow a key through the queues from the widget up to the application, where bindings run, and again after what it caused."""
        parent = node.parent
        if parent is not None and node.call_later(self._follow_key, parent, number, target, laps):
            return
        if laps > 1:
            self.call_later(self._follow_key, target, number, target, laps - 1)
        else:
            self.call_later(self._key_done, number, target)

    async def _key_done(self, number: int, target: DOMNode) -> None:
        if number != self._key_number or not self._key_under_way:
            return
        if self.is_running and (self.focused or self.screen) is not target:
            # A pane or dialog has opened: it has no size and no focus before its layout.
            self.screen.call_after_refresh(self._key_really_done, number)
            self.set_timer(LONGEST_KEY, partial(self._key_really_done, number))
        elif not (self.screen_stack and self.screen.call_later(self.call_later, self._key_really_done, number)):
            # After the widgets' messages to the screen, so that their effect is in the same frame.
            await self._key_really_done(number)

    async def _key_really_done(self, number: int) -> None:
        if number == self._key_number and self._key_under_way:
            self._key_under_way = False
            if not self._waiting_keys:
                self.paint_now()
                if self._afterwards:
                    # After keys that have arrived in the meantime.
                    self.call_later(self._do_afterwards)
            await self._take_keys()

    def _do_afterwards(self) -> None:
        if self._afterwards and not self._key_under_way and not self._waiting_keys:
            works, self._afterwards = self._afterwards, {}
            for work in works.values():
                work()
            self.paint_now()


def _is_typed(event: events.Key | events.Paste, target: DOMNode | None) -> bool:
    return isinstance(event, events.Key) and event.is_printable and isinstance(target, TextArea | Input)
