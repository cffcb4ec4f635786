"""Fault injection for one directory, and an editor that uses it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from faulty_disk import FaultyDisk
from nianbao.files.report.serialize import report_bytes
from nianbao.tui.app import Application
from tui_support import Stage, finished_report, options_for


class RefusingFolder(FaultyDisk):
    """Disk that fails to create and write files in one directory while `refuses` is set."""

    def __init__(self, folder: Path, error: int) -> None:
        super().__init__()
        self.folder = folder
        self.error = error
        self.refuses = False

    def create(self, path: Path, mode: int = 0o600) -> int:
        if self.refuses and self.folder in path.parents:
            raise OSError(self.error, os.strerror(self.error))
        return super().create(path, mode)

    def write(self, descriptor: int, data: bytes) -> int:
        if self.refuses and self.folder in Path(f"/proc/self/fd/{descriptor}").readlink().parents:
            raise OSError(self.error, os.strerror(self.error))
        return super().write(descriptor, data)


@asynccontextmanager
async def editing_on(disk: RefusingFolder, folder: Path) -> AsyncIterator[Stage]:
    """Run an editor on a report in that directory; its state is elsewhere."""
    path = disk.folder / "report.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(report_bytes(finished_report()))
    options = options_for(folder, path=path)
    editor = Application(replace(options, surroundings=replace(options.surroundings, disk=disk)))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        yield stage
        if editor.session is not None:
            editor.session.close(discard=True)
