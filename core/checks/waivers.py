"""Waivers: accepted findings, their keys, and when a waiver goes stale.

A waiver's key consists of the rule, the place and a fingerprint of the evidence: the cells with their values, the parameters of the
message, the sentence. A changed value or word changes the fingerprint, so the waiver no longer matches.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from ..ids import PREFACE
from ..lazy_regex import lazy_pattern
from ..report import Cell, Mark, Report, Text, Waiver, squeeze
from .boundary import RULE_FAILED
from .finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .finding import Catalogue

STALE: Final = "C90"
"""The rule for waivers that match no finding."""
_SEPARATOR: Final = "\x1f"
_ENDS: Final = "。！？；\n"
_KEY: Final = lazy_pattern(r"(?P<code>[A-Z]\d\d)(?: (?P<place>[^@ ]+))?@(?P<mark>[0-9a-f]{8})")


def waivable(finding: Finding) -> bool:
    """Return whether a finding may be waived. Findings about the file itself, about waivers and about failures may not."""
    return not finding.code.startswith("F") and finding.code not in (STALE, RULE_FAILED)


def waiver_key(report: Report, finding: Finding) -> str:
    """Return the key of a finding in this report: `C41 disclosure.regulations.in_force@9f3a2c01`."""
    place = str(finding.cells[0]) if finding.cells else finding.section or ".".join(finding.key)
    start = f"{finding.code} {place}" if place else finding.code
    return f"{start}@{zlib.crc32(_SEPARATOR.join(_evidence(report, finding)).encode('utf-8', errors='surrogatepass')):08x}"


def code_of(key: str) -> str:
    """Return the rule code of a key; empty if the key is malformed."""
    found = _KEY.fullmatch(key)
    return found["code"] if found is not None else ""


def with_waivers(report: Report, catalogue: Catalogue, findings: Iterable[Finding], *, compared: bool) -> Iterator[Finding]:
    """Yield the findings with their keys, waived ones marked, and a finding for each stale waiver.

    Args:
        compared: Whether last year's report was available.
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
            yield finding._replace(waiver=key)
            continue
        used.add(key)
        yield finding._replace(waiver=key, waived=waiver.reason.strip(), severity=Severity.INFO)
    for waiver in report.header.waivers:
        if failed and waiver.key in waivers:
            continue  # The waiver may be for the rule that failed, so it is not known to be stale.
        if waiver.key not in used and (compared or not _compares_years(report, catalogue, code_of(waiver.key))):
            yield _stale(catalogue, waiver)


def _compares_years(report: Report, catalogue: Catalogue, code: str) -> bool:
    """Return whether findings of a rule may depend on last year's report, without which a waiver of the rule cannot be judged stale."""
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
    """Yield the parts of the fingerprint in a fixed order."""
    yield finding.code
    yield from finding.key
    if len(finding.key) > 1 and finding.key[0] == "report":
        yield str(getattr(report.header, finding.key[1], ""))
    # Agency and year are part of every fingerprint, so that a waiver copied into next year's file does not match.
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
    """Return the sentence or sentences that contain these characters."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    # A span that ends with a full stop ends its sentence.
    last = min((at for mark in _ENDS if (at := text.find(mark, max(start, end - 1))) >= 0), default=len(text))
    return text[first : last + 1]


def _written(value: Cell) -> str:
    """Serialize a value with its type, so that 3, 3.0 and the text "3" differ."""
    if isinstance(value, Mark):
        return f"mark {value.value}"
    return f"text {value.raw}" if isinstance(value, Text) else f"{type(value).__name__} {value}"
