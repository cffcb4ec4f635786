"""Failures of the program itself on the command line: the traceback that developers ask for, and the exit code."""

from __future__ import annotations

from ..core.checks.boundary import FAILURES


def trace(error: BaseException) -> None:
    """Print a traceback on stderr where NIANBAO_DEBUG is set."""
    import os  # noqa: PLC0415 - start-up

    if os.environ.get("NIANBAO_DEBUG"):
        import traceback  # noqa: PLC0415 - start-up

        traceback.print_exception(error)


def is_failure(error: BaseException) -> bool:
    """Whether an error goes back to a reader that failed (`UnreadableError` with such a finding), not to what the user gave."""
    from ..files.report.report_file import UnreadableError  # noqa: PLC0415 - start-up

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, UnreadableError):
            return cause.finding.code in FAILURES
        cause = cause.__cause__
    return False
