"""Failure boundary around checks, readers and files: an exception in one becomes a finding and the others go on.

Only here do core and files catch every exception. KeyboardInterrupt and SystemExit pass through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from .finding import Finding, Severity, params

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..ids import SectionId

    OnFailure = Callable[[Exception], None]

RULE_FAILED: Final = "C91"
"""Rule reported when a check raised an exception and did not finish."""
FILE_FAILED: Final = "F15"
"""Rule reported when a reader, or the check of a file as a whole, raised an exception."""
FAILURES: Final = frozenset({RULE_FAILED, FILE_FAILED})
"""Codes of internal failures. Always errors: no waiver, policy or option applies to them."""

Result = TypeVar("Result")


def attempt(work: Callable[[], Result], instead: Callable[[Exception], Result], passing: tuple[type[Exception], ...] = ()) -> Result:
    """Return the result of `work`. If it raises anything except `passing`, return the result of `instead`."""
    try:
        return work()
    except passing:
        raise
    except Exception as error:  # noqa: BLE001 - a failure of any kind, RecursionError and MemoryError too, must not end the rest
        return instead(error)


def findings_until_failure(work: Callable[[], Iterable[Finding]], instead: Callable[[Exception], Finding]) -> Iterator[Finding]:
    """Yield the findings of `work`. If it raises, yield a finding about the exception instead of the rest."""
    try:
        yield from work()
    except Exception as error:  # noqa: BLE001 - see `attempt`; what was found before the failure is kept
        yield instead(error)


def rule_failed(error: Exception, variant: str = "", *, rules: Iterable[str] = (), section: SectionId | None = None) -> Finding:
    """Return the finding for a failure while a report was checked. `variant` selects the catalogue's message."""
    words = params(variant=variant, rules="、".join(sorted(rules)), kind=type(error).__name__, place=_place(error))
    return Finding(RULE_FAILED, Severity.ERROR, section, params=words)


def file_failed(error: Exception, variant: str) -> Finding:
    """Return the finding for a failure on a whole file. `variant` is `reading` or `checking`."""
    return Finding(FILE_FAILED, Severity.ERROR, params=params(variant=variant, kind=type(error).__name__, place=_place(error)))


def _place(error: Exception) -> str:
    """Return the module and function that raised an exception, without a file path."""
    trace = error.__traceback__
    if trace is None:
        return "?"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}.{trace.tb_frame.f_code.co_name}"
