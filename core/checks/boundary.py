"""The boundary around rules, readers and files: what one of them raises becomes a finding, and the others go on.

The only places in core and files that catch every exception. KeyboardInterrupt and SystemExit pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from .finding import Finding, Severity, params

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..ids import SectionId

    OnFailure = Callable[[Exception], None]

RULE_FAILED: Final = "C91"
"""A rule that raised an exception and has not judged the report to the end."""
FILE_FAILED: Final = "F15"
"""A file over which a reader or the check as a whole raised an exception."""
FAILURES: Final = frozenset({RULE_FAILED, FILE_FAILED})
"""Codes of the program's own failures. Always errors: no waiver, policy or option touches them."""

Result = TypeVar("Result")


def attempt(work: Callable[[], Result], instead: Callable[[Exception], Result], passing: tuple[type[Exception], ...] = ()) -> Result:
    """The result of `work`, or of `instead` where it raises anything but the exceptions in `passing`."""
    try:
        return work()
    except passing:
        raise
    except Exception as error:  # noqa: BLE001 - a failure of any kind, RecursionError and MemoryError too, must not end the rest
        return instead(error)


def up_to_failure(work: Callable[[], Iterable[Finding]], instead: Callable[[Exception], Finding]) -> Iterator[Finding]:
    """The findings of `work` up to its end or its failure, which becomes a finding too."""
    try:
        yield from work()
    except Exception as error:  # noqa: BLE001 - see `attempt`; what was found before the failure is kept
        yield instead(error)


def rule_failed(error: Exception, variant: str = "", *, rules: Iterable[str] = (), section: SectionId | None = None) -> Finding:
    """The finding for a failure inside the check of a report; `variant` is one of the catalogue's."""
    words = params(variant=variant, rules="、".join(sorted(rules)), kind=type(error).__name__, place=_place(error))
    return Finding(RULE_FAILED, Severity.ERROR, section, params=words)


def file_failed(error: Exception, variant: str) -> Finding:
    """The finding for a failure over a file as a whole: `variant` is `reading` or `checking`."""
    return Finding(FILE_FAILED, Severity.ERROR, params=params(variant=variant, kind=type(error).__name__, place=_place(error)))


def _place(error: Exception) -> str:
    """Module and function in which an exception was raised, without a path."""
    trace = error.__traceback__
    if trace is None:
        return "?"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}.{trace.tb_frame.f_code.co_name}"
