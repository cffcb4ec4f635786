"""Messages about a new report: refusals, its year, and what was carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..create_report import first_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..create_report import NewReport, NewReportError

REFUSALS: Final[Mapping[str, str]] = {
    "no_edition": "没有 {year} 年度的格式。现有格式最早用于 {first} 年度。",
    "year_unknown": "{path} 没有写年度，请用 --year 给出新报告的年度。",
    "not_later": "{path} 是 {last} 年度的报告，不能由它生成 {year} 年度的；新报告的年度要晚于 {last}。",
}
CARRIED: Final = "沿用了上年的 {count} 段文字，都作了记号；改过或确认过的，检查时不再提示。"
NOT_LAST_YEAR: Final = "{path} 是 {last} 年度的报告，不是上一年度（{before} 年度）的：上年结转没有填，请按上一年度的报告填写。"
YEAR_NOT_STATED: Final = "{path} 没有写年度，无法确定是不是上一年度（{before} 年度）的报告：上年结转没有填，请自己填写。"
EDITION_CHANGED: Final = "上年用的是 {old} 版格式，今年用 {new} 版；上年独有的表格行没有带过来。"


def refusal_sentence(error: NewReportError, path: str) -> str:
    """Return why no report can be created; `path` is the report to carry over."""
    return REFUSALS[error.refusal.value].format(path=path, year=error.year, last=error.last, first=first_year())


def carried_sentences(made: NewReport, path: str) -> Iterator[str]:
    """Yield what was and was not carried over from the report at `path`."""
    if made.last is None:
        return
    if count := len(made.report.header.carried):
        yield CARRIED.format(count=count)
    yield from not_carried_sentences(made, path)


def not_carried_sentences(made: NewReport, path: str) -> Iterator[str]:
    """Yield what could not be carried over from the report at `path`."""
    if made.last is None:
        return
    if made.previous is None:
        sentence = NOT_LAST_YEAR if made.last.header.year else YEAR_NOT_STATED
        yield sentence.format(path=path, last=made.last.header.year, before=made.year - 1)
    if made.last.edition != made.report.edition:
        yield EDITION_CHANGED.format(old=made.last.edition.id, new=made.report.edition.id)
