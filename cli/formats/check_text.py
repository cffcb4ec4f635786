"""Findings as text: by file and section, each with its position and suggested repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.cell_notation import format_cell
from ...core.checks.finding import CellChange, Finding, Severity
from ...core.ids import PREFACE
from ...core.publishing.printable import clean_line
from ...core.report import BLANK, NA
from ...service.words.report_words import SEVERITIES, WHOLE_REPORT
from ...templates import load_catalogue, load_edition
from ..diagnostics import shown_path
from ..words import check_words, common_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...core.edition import Edition
    from ...core.ids import SectionId
    from ...core.report import Cell
    from ...service.check_file import CheckedFile

SHOWN_REPAIRS = 2
"""Maximum number of repairs shown per finding, so that they do not crowd out the next finding."""
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33", Severity.INFO: "36"}


def file_text(file: CheckedFile, *, colour: bool = False) -> str:
    """Return the findings of a file as text; empty if there are none."""
    if not file.findings:
        return ""
    return "".join(clean_line(line).join((indent, "\n")) for indent, line in _plain(file)) if not colour else _coloured(file)


def _coloured(file: CheckedFile) -> str:
    lines = []
    for indent, line in _plain(file):
        text = clean_line(line)
        for severity, code in _COLOURS.items():
            word = f"  {SEVERITIES[severity]} "
            text = text.replace(word, f"  \x1b[{code}m{SEVERITIES[severity]}\x1b[0m ", 1)
        lines.append(f"{indent}{text}\n")
    return "".join(lines)


def _plain(file: CheckedFile) -> Iterator[tuple[str, str]]:
    """Yield lines as (indent, text)."""
    if file.edition is None:
        yield "", common_words.UNREADABLE_LINE.format(path=shown_path(file.path))
        for finding in file.findings:
            yield "    ", _finding(finding)
        return
    edition = load_edition(file.edition)
    agency = file.agency or common_words.NO_AGENCY
    year = common_words.YEAR_OF.format(year=file.year) if file.year else common_words.NO_YEAR_OF
    yield "", common_words.FILE_LINE.format(path=shown_path(file.path), agency=agency, year=year, edition=file.edition)
    if file.policy is not None or file.waived:
        from ...service.words.policy_words import judging_sentences  # noqa: PLC0415 - start-up where there is neither

        for sentence in judging_sentences(file.policy, file.waived):
            yield "  ", sentence
    shown: SectionId | str | None = ""
    for finding in file.findings:
        if finding.section != shown:
            shown = finding.section
            yield "  ", section_title(edition, finding.section)
        yield "    ", _finding(finding)
        for suggestion in _suggestions(edition, finding):
            yield "          ", suggestion


def section_title(edition: Edition, section: SectionId | None) -> str:
    """Return the heading for the findings of a section; None is the whole report."""
    if section is None:
        return WHOLE_REPORT
    if section == PREFACE:
        return common_words.PREFACE
    return edition.section(section).title if section in edition.section_index else section


def _finding(finding: Finding) -> str:
    place = f"{finding.line}:{finding.column}" if finding.line and not finding.file else "-"
    return f"{place:<7} {SEVERITIES[finding.severity]} {finding.code}  {load_catalogue().message(finding)}{_waived(finding)}"


def _waived(finding: Finding) -> str:
    return check_words.WAIVED.format(reason=finding.waived) if finding.waived else ""


def _suggestions(edition: Edition, finding: Finding) -> Iterator[str]:
    for number, changes in enumerate(finding.repairs[:SHOWN_REPAIRS]):
        pattern = common_words.SUGGESTION if number == 0 else common_words.SUGGESTION_OR
        more = len(finding.repairs) - SHOWN_REPAIRS
        last = number == SHOWN_REPAIRS - 1 and more > 0
        text = pattern.format(changes="，".join(change_text(edition, change) for change in changes))
        yield text + (common_words.MORE_SUGGESTIONS.format(count=more) if last else "")


def change_text(edition: Edition, change: CellChange) -> str:
    """Return a cell's change in a repair as text."""
    name = edition.info(change.cell).name
    return common_words.CHANGE.format(cell=name, before=shown_cell(change.before), after=shown_cell(change.after))


def shown_cell(value: Cell) -> str:
    """Return a cell's value for use in a sentence."""
    if value is BLANK:
        return common_words.BLANK_SHOWN
    return common_words.NOTHING_SHOWN if value is NA else format_cell(value)
