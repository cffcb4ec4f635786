"""Findings that were looked at and are right as they stand: under which name one is waived, and for how long that holds.

A waiver's key names the rule, the place and a fingerprint of what the finding was about: the cells and their values, the
numbers and words of its message, the sentence. A changed value or word changes the fingerprint, and the waiver no longer holds.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .checks.boundary import RULE_FAILED
from .checks.finding import Finding, Severity
from .ids import PREFACE
from .lazy_regex import lazy_pattern
from .report import Cell, Mark, Report, Text, Waiver, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .checks.finding import Catalogue

STALE: Final = "C90"
"""The rule for waivers that hold for nothing."""
_SEPARATOR: Final = "\x1f"
_ENDS: Final = "。！？；\n"
_KEY: Final = lazy_pattern(r"(?P<code>[A-Z]\d\d)(?: (?P<place>[^@ ]+))?@(?P<mark>[0-9a-f]{8})")


def waivable(finding: Finding) -> bool:
    """Whether a finding may be waived: those about the file itself, about waivers and about failures may not."""
    return not finding.code.startswith("F") and finding.code not in (STALE, RULE_FAILED)


def waiver_key(report: Report, finding: Finding) -> str:
    """The name under which a finding of this report is waived: `C41 disclosure.regulations.in_force@9f3a2c01`."""
    place = str(finding.cells[0]) if finding.cells else finding.section or ".".join(finding.key)
    start = f"{finding.code} {place}" if place else finding.code
    return f"{start}@{zlib.crc32(_SEPARATOR.join(_evidence(report, finding)).encode('utf-8', errors='surrogatepass')):08x}"


def code_of(key: str) -> str:
    """The rule that a key names; empty where it is no key."""
    found = _KEY.fullmatch(key)
    return found["code"] if found is not None else ""


def with_waivers(report: Report, catalogue: Catalogue, findings: Iterable[Finding], *, compared: bool) -> Iterator[Finding]:
    """The findings with their keys, the waived ones marked as such, and one for each waiver that holds for nothing.

    `compared` says whether last year's report was at hand.
    """
    waivers = {waiver.key: waiver for waiver in report.header.waivers if waiver.reason.strip()}
    used: set[str] = set()
    failed = False
    for finding in findings:
        failed = failed or finding.code == RULE_FAILED
        if not waivable(finding):
            yield finding
            continue
        key = waiver_key(report, finding)
        waiver = waivers.get(key)
        if waiver is None:
            yield replace(finding, waiver=key)
            continue
        used.add(key)
        yield replace(finding, waiver=key, waived=waiver.reason.strip(), severity=Severity.INFO)
    for waiver in report.header.waivers:
        if failed and waiver.key in waivers:
            continue  # The rule that failed may be the one that it is about.
        if waiver.key not in used and (compared or not _compares_years(report, catalogue, code_of(waiver.key))):
            yield _stale(catalogue, waiver)


def _compares_years(report: Report, catalogue: Catalogue, code: str) -> bool:
    """Whether findings of a rule may depend on last year's report; without it, a waiver of theirs cannot be called stale."""
    return any(chain.code == code for chain in report.edition.chains) or (code in catalogue and catalogue[code].compares_years)


def _stale(catalogue: Catalogue, waiver: Waiver) -> Finding:
    variant = "gone"
    if not code_of(waiver.key):
        variant = "unsigned"
    elif not waiver.reason.strip():
        variant = "no_reason"
    words = (("variant", variant), ("key", waiver.key), ("reason", waiver.reason.strip()))
    return Finding(STALE, catalogue.severity(STALE), params=words, key=("waivers", waiver.key))


def _evidence(report: Report, finding: Finding) -> Iterator[str]:
    """Everything that a finding rests on, in an order of its own."""
    yield finding.code
    yield from finding.key
    if len(finding.key) > 1 and finding.key[0] == "report":
        yield str(getattr(report.header, finding.key[1], ""))
    # The year and whose report it is belong to every judgement: a waiver copied into next year's file holds for nothing.
    yield report.header.agency
    yield str(report.header.year)
    for address in finding.cells:
        at = report.edition.index.get(address)
        yield f"{address}={'' if at is None else _written(report.cells[at])}"
    yield from (
        f"{name}={_written(value)}" for name, value in (("expected", finding.expected), ("actual", finding.actual)) if value is not None
    )
    yield from (f"{name}:{word}" for name, word in finding.params if name != "wording")
    if finding.span is not None:
        yield squeeze(_sentence(_text(report, finding.span.section), finding.span.start, finding.span.end))
    elif finding.section is not None and not finding.cells:
        yield squeeze(_text(report, finding.section))


def _text(report: Report, section: str) -> str:
    if section == PREFACE:
        return report.header.preface
    position = next((number for number, known in enumerate(report.edition.sections) if known.id == section), None)
    return "" if position is None else report.texts[position]


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence or sentences in which these characters stand."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    # A span that ends with a full stop ends its sentence.
    last = min((at for mark in _ENDS if (at := text.find(mark, max(start, end - 1))) >= 0), default=len(text))
    return text[first : last + 1]


def _written(value: Cell) -> str:
    """A cell's value with its kind, so that 3, 3.0 and the word 3 differ."""
    if isinstance(value, Mark):
        return f"mark {value.value}"
    return f"text {value.raw}" if isinstance(value, Text) else f"{type(value).__name__} {value}"
