"""Internal failures on the command line: tracebacks for developers, and the distinction from user errors."""

from __future__ import annotations

from ..core.checks.boundary import FAILURES


def trace(error: BaseException) -> None:
    """Print a traceback to stderr if NIANBAO_DEBUG is set."""
    import os  # noqa: PLC0415 - start-up

    if os.environ.get("NIANBAO_DEBUG"):
        import traceback  # noqa: PLC0415 - start-up

        traceback.print_exception(error)


def is_failure(error: BaseException) -> bool:
    """Return whether an error was caused by an internal failure of a reader rather than by the input.

    Such an error is, or was raised from, an `UnreadableError` with a failure code.
    """
    from ..service.reports import UnreadableError  # noqa: PLC0415 - start-up

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, UnreadableError):
            return cause.finding.code in FAILURES
        cause = cause.__cause__
    return False
