"""Writing a command's result to a file, with a sentence for whatever the system refuses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..files.safe_save import Expect, safe_save
from ..files.trouble import FileTrouble, Kind
from . import ui_text
from .diagnostics import CannotError, say

if TYPE_CHECKING:
    from collections.abc import Callable


def write_result(path: str, data: bytes, *, overwrite: bool, verify: Callable[[bytes], bool] | None = None) -> None:
    """Write a file, whole or not at all, and say so. Raises UsageError."""
    target = Path(path)
    if not overwrite and target.exists():
        raise CannotError(ui_text.FILE_EXISTS.format(path=path))
    try:
        safe_save(target, data, expect=Expect.ANYTHING if overwrite else Expect.ABSENT, verify=verify)
    except FileTrouble as trouble:
        raise CannotError(ui_text.CANNOT_WRITE.format(path=path, reason=trouble_text(trouble))) from trouble
    say(ui_text.WRITTEN.format(path=path))


def trouble_text(trouble: FileTrouble) -> str:
    """Why a file could not be written, in a few words."""
    if trouble.kind is Kind.OTHER and trouble.cause is not None and trouble.cause.strerror:
        return f"{ui_text.TROUBLE_OTHER}（{trouble.cause.strerror}）"
    return ui_text.TROUBLES.get(trouble.kind.value, ui_text.TROUBLE_OTHER)
