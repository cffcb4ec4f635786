"""In-memory terminal, and an editor that sends its frames to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyte
import tui_support
from memory_screen import MemoryScreen
from nianbao.tui.app import Application
from nianbao.tui.options import EditorOptions
from nianbao.tui.terminal._textual_compat import _FrameUpdate

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual._compositor import CompositorUpdate


class RecordingEditor(Application):
    """Editor that sends each frame to an in-memory terminal as well."""

    def __init__(self, options: EditorOptions) -> None:
        super().__init__(options)
        self.seen = MemoryScreen(80, 24)
        self.stream = pyte.Stream(self.seen)
        self.sent = 0

    def frame(self, renderable: RenderableType | None) -> RenderableType | CompositorUpdate | None:
        """Encode the frame as a driver would write it."""
        frame = super().frame(renderable)
        if isinstance(frame, _FrameUpdate):
            size = self.size
            if (self.seen.columns, self.seen.lines) != (size.width, size.height):
                self.seen.resize(size.height, size.width)
                self.seen.reset()
            text = frame.render_segments(self.console)
            self.sent += len(text.encode())
            self.stream.feed(text)
        return frame

    def seen_text(self) -> str:
        """Return the terminal's lines without trailing spaces."""
        return display_text(self.seen)


def display_text(screen: pyte.Screen) -> str:
    """Return the lines of an in-memory terminal; pyte stores an empty cell after a wide character."""
    return "\n".join(line.rstrip() for line in screen.display) + "\n"


__all__ = ["RecordingEditor", "display_text", "tui_support"]
