"""Report files: reading, and the position in the file of every problem.

tomllib reads the values; positions are searched only when a message needs one. Writing (`serialize`) edits the original text, so
that comments, order, unknown keys and unchanged lines are kept byte for byte.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, Final, NoReturn

from ...core.checks.boundary import attempt, file_failed
from ...core.ids import PREFACE, SectionId
from ...core.lazy_regex import lazy_pattern
from .parse import ReportParse, decode, parse, problem

if TYPE_CHECKING:
    from pathlib import Path

    from ...core.checks.finding import Finding
    from ...core.report import Report
    from .toml_positions import Key, Positions

MAX_BYTES = 8 * 1024 * 1024
"""Larger files are rejected; the largest known reports are under 200 kB."""

_INDEX: Final = lazy_pattern("[0-9]{1,6}")
"""Key part that is an index into a list."""


def _positions(text: str) -> Positions:
    from .toml_positions import find_positions  # noqa: PLC0415 - start-up; a clean report never asks

    return find_positions(text)


class UnreadableError(Exception):
    """The file cannot be used at all; `finding` says why and where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


@dataclass(frozen=True)
class ReportFile:
    """A report as read, with its text and the problems of the file itself."""

    report: Report
    text: str
    """Text without byte order mark, with the original line ends."""
    problems: tuple[Finding, ...] = ()
    bom: bool = False

    @cached_property
    def positions(self) -> Positions:
        """Positions of keys and values in the text; computed on first use."""
        return _positions(self.text)

    def located(self, finding: Finding) -> Finding:
        """Return the finding with its line and column in the file."""
        if finding.line:
            return finding
        place = self._place(finding)
        return finding if place is None else finding._replace(line=place[0], column=place[1])

    def _place(self, finding: Finding) -> tuple[int, int] | None:
        place = self._own_place(finding)
        return self._where_missing(finding.section) if place is None and finding.section is not None else place

    def _own_place(self, finding: Finding) -> tuple[int, int] | None:
        if finding.key:
            return self.positions.of(tuple(int(part) if _INDEX.fullmatch(part) else part for part in finding.key))
        if finding.span is not None:
            section = finding.span.section
            key: Key = ("report", "preface") if section == PREFACE else (section, "text")
            return self.positions.in_text(key, finding.span.start)
        if finding.cells:
            address = finding.cells[0]
            known = self.report.edition.row_cells.get((address.section, address.row))
            if known is None:
                return self.positions.of((address.section,))
            first = self.report.edition.index[address] - known[0]
            return self.positions.of((address.section, address.row, first))
        if finding.section is not None:
            key = ("report", "preface") if finding.section == PREFACE else (finding.section,)
            return self.positions.of(key)
        return None

    def _where_missing(self, section: SectionId) -> tuple[int, int]:
        """Return line and column after which a missing section belongs."""
        order: list[str] = ["report", *(known.id for known in self.report.edition.sections)]
        before = order[: order.index(section)] if section in order else order[:1]
        for name in reversed(before):
            ends = [end for path, (_, end) in self.positions.values.items() if path[0] == name]
            if ends:
                return self.positions.line_column(max(ends) - 1)[0], 1
        return 1, 1


def read_report(data: bytes) -> ReportFile:
    """Read the bytes of a report file.

    Raises:
        UnreadableError: The bytes are not a report, or reading failed.
    """
    return attempt(lambda: _read(data), _not_read, (UnreadableError,))


def _not_read(error: Exception) -> NoReturn:
    raise UnreadableError(file_failed(error, "reading")) from error


def _read(data: bytes) -> ReportFile:
    text, bom, complaint = decode(data)
    if complaint is not None:
        raise UnreadableError(complaint)
    document, complaint = parse(text)
    if complaint is not None:
        raise UnreadableError(complaint)
    reading = ReportParse(document)
    report = reading.report()
    if report is None:
        unplaced = reading.problems[-1]
        place = _positions(text).of(unplaced.key) if unplaced.key else None
        raise UnreadableError(unplaced._replace(line=place[0], column=place[1]) if place else unplaced)
    return ReportFile(report, text, tuple(reading.problems), bom)


def load_report(path: Path) -> ReportFile:
    """Read a report from a path.

    Raises:
        UnreadableError: The file cannot be read or is not a report.
    """
    return read_report(read_bytes(path))


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Read a file of at most `most` bytes. Raises UnreadableError."""
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > most:
                raise UnreadableError(too_large(status.st_size, most))
            return _bounded(stream, most)
    except FileNotFoundError:
        raise UnreadableError(problem("F01", variant="missing")) from None
    except IsADirectoryError:
        raise UnreadableError(problem("F01", variant="directory")) from None
    except PermissionError:
        raise UnreadableError(problem("F01", variant="permission")) from None
    except (OSError, ValueError) as error:
        variant = "loop" if isinstance(error, OSError) and error.errno == errno.ELOOP else "system"
        reason = errno.errorcode.get(error.errno or 0, "?") if isinstance(error, OSError) else "?"
        raise UnreadableError(problem("F01", variant=variant, reason=reason)) from None


def read_stdin(most: int = MAX_BYTES) -> bytes:
    """Read at most `most` bytes of standard input. Raises UnreadableError if there are more."""
    return _bounded(sys.stdin.buffer, most)


def too_large(size: int, most: int) -> Finding:
    """Return the finding for a file of `size` bytes that exceeds the limit of `most` bytes."""
    return problem("F01", variant="too_large", size=size // 1_000_000, most=most // 1024 // 1024)


def _bounded(stream: BinaryIO, most: int) -> bytes:
    data = stream.read(most + 1)
    if len(data) > most:
        raise UnreadableError(too_large(len(data), most))
    return data
