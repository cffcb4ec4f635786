"""Texts of the bars around the panes and of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.checks.finding import Rule
    from ...service.section_state import SectionEntry

UNSAVED = "未保存"
SAVED = "已保存"
NEVER_SAVED = "尚未建立文件"
NO_JOURNAL = "日志写不进"
NAMELESS = "（未填机关名称）"

STATE_MARKS: Mapping[str, str] = {"unchecked": " ", "open": "_", "wrong": "!", "doubtful": "?", "clean": "="}
STATE_WORDS: Mapping[str, str] = {"unchecked": "", "open": "未完", "wrong": "有误", "doubtful": "存疑", "clean": "无误"}


def header_title(agency: str, year: int, edition: str, name: str) -> str:
    """Return the title of the header bar."""
    shown_year = f"{year}年" if year else ""
    return f"{agency or NAMELESS}{shown_year}（{edition}版格式）{name}"


def section_tab(entry: SectionEntry, *, whole: bool) -> str:
    """Format a section in the bar: state, numeral and, with `whole`, the heading."""
    state = STATE_MARKS[entry.state.value]
    if not whole:
        return f"{state}{entry.numeral}"
    word = STATE_WORDS[entry.state.value]
    return f"{state}{entry.numeral}、{entry.heading} {word}{f'{entry.problems}处' if entry.problems else ''}"


def cell_line(label: str, value: str) -> str:
    """Format the full official label of a cell with its value."""
    return f"{label}：{value}"


BLANK_WORD = "（未填）"
LEFT_OUT = "…… "
"""Prefix of a label whose outer levels are omitted."""


def identity_line(parts: Sequence[str]) -> str:
    """Format the identities of the current cell."""
    return "勾稽：" + "；".join(parts) if parts else "勾稽：本格不在勾稽关系之中"


def identity_part(place: str, left: str, relation: str, right: str, *, holds: bool | None) -> str:
    """Format an identity with the values of both sides; `holds` is None if a side cannot be computed."""
    verdict = "" if holds is None else f" {_verdict(relation, holds=holds)}"
    return f"{place} {left}{RELATIONS[relation]}{right}{verdict}"


def _verdict(relation: str, *, holds: bool) -> str:
    """Return the verdict on an identity; equalities balance or not, other relations are satisfied or not."""
    if relation == "=":
        return "平" if holds else "不平！"
    return "符合" if holds else "不符！"


RELATIONS: Mapping[str, str] = {"=": " = ", ">=": " ≥ ", "!=": " ≠ "}
UNKNOWN_SUM = "（未填全）"


def parts_of_sum(shown: Sequence[str], zeros: int) -> str:
    """Format the addends of a sum; zeros are only mentioned."""
    if not shown:
        return "0"
    return " + ".join(shown) + ("（其余为0）" if zeros else "")


def total_made_of(total: str, parts: str, made: str, *, holds: bool | None) -> str:
    """Format a total with its addends; `holds` is None if a cell is blank."""
    if holds is None:
        return f"合计 {total}，分项 {parts}（+ 号标出的单元格）"
    return f"{total} = {parts}（+ 号标出的单元格）" if holds else f"{total} ≠ {parts} = {made}（+ 号标出的单元格）"


def sum_made_of(parts: str, made: str) -> str:
    """Format a sum; a single addend stands for itself."""
    return made if parts == made else f"{parts} = {made}"


def whole_identity(place: str, left: str, relation: str, right: str, *, holds: bool | None) -> str:
    """Format an identity with the values of both sides; `holds` is None if it cannot be evaluated yet."""
    verdict = "尚未填全" if holds is None else _verdict(relation, holds=holds)
    return f"{place}：左边 {left}，右边 {right}，应左{RELATIONS[relation].strip()}右：{verdict}"


def all_identities(identities: Sequence[str]) -> str:
    """Format the identities of a cell that is not a total."""
    return "本格不是合计。" + "；".join(identities)


def previous_value(year: int, value: str | None) -> str:
    """Format last year's value of the current cell; None if last year's form has no such cell."""
    return f"（{year}年：{value}）" if value is not None else f"（{year}年报告中没有这一格）"


NO_PREVIOUS = "上年：未指定上年报告（命令“打开去年报告”）"


def prose_line(characters: int, hint: int) -> str:
    """Format the length of a text, with the recommended limit if exceeded."""
    if hint and characters > hint:
        return f"{characters}字（部分地区要求不超过{hint}字）"
    return f"{characters}字"


def prose_place(title: str, line: int, lines: int) -> str:
    """Format the caret's paragraph number."""
    return f"{title} 第{line}段，共{lines}段"


def finding_here(message: str, count: int = 1) -> str:
    """Format the first of `count` findings at the cursor."""
    return f"问题：{message}" if count == 1 else f"问题共{count}处（F10 全部）：{message}"


def with_suggestion(message: str, repairs: Sequence[Sequence[tuple[str, str, str]]]) -> str:
    """Prefix a finding's message with its repair, or with the number of candidates if there are several."""
    if not repairs:
        return message
    if len(repairs) > 1:
        return f"有{len(repairs)}种改法可选。{message}"
    return f"{suggestion(repairs[0])}。{message}"


def suggestion(changes: Sequence[tuple[str, str, str]]) -> str:
    """Format the changes of a repair."""
    listed = "，".join(f"{name}由 {before or BLANK_WORD} 改为 {after or BLANK_WORD}" for name, before, after in changes)
    return f"建议：{listed}"


def explanation_with_repairs(explanation: str, repairs: Sequence[Sequence[tuple[str, str, str]]]) -> str:
    """Insert the suggested repairs into an explanation, after the message and before the general part."""
    head, _, rest = explanation.partition("\n\n")
    said, _, general = rest.partition("\n\n")
    numbered = [repair_question(number, changes) for number, changes in enumerate(repairs, 1)]
    lines = numbered if len(repairs) > 1 else [suggestion(repairs[0])]
    return "\n".join([head, "", said, "", *lines, "", general])


def explanations(explained: Sequence[str]) -> str:
    """Join the explanations of all findings at one location."""
    if len(explained) == 1:
        return explained[0]
    return "\n\n".join([f"此处有{len(explained)}处问题。", *explained])


def in_file(message: str, line: int) -> str:
    """Format a problem of the file itself with its line number."""
    return f"文件第{line}行：{message}"


def explanation_in_file(explanation: str, line: int) -> str:
    """Append to an explanation when a problem of the file itself will disappear."""
    return f"{explanation}\n\n这是文件第{line}行本身的问题：保存之后重新核对；保存后仍在的，请用文本编辑器改这一行。"


def file_problems(count: int, key: str) -> str:
    """Return the message on opening a file with problems of its own."""
    return f"这个文件本身有{count}处问题，{key} 逐条列出，保存后重新核对"


SEVERITY_MARKS: Mapping[str, str] = {"error": "!", "warning": "?", "info": "-"}
FINDINGS_TITLE = "问题清单"
READY = "没有发现问题，可以发布。"
BY_POLICY = "按规则文件没有错误。"
READY_WITH_HINTS = "没有错误，可以发布；以下仅供留意。"
NO_FINDING_HERE = "当前位置没有问题"
NO_REPAIR = "对当前位置没有可以确定的改法"


def findings_summary(verdict: str, errors: int, warnings: int, infos: int) -> str:
    """Return the counts of findings, with the verdict if it is favourable."""
    if not errors + warnings + infos:
        return no_findings(verdict)
    if verdict == "hints":
        return f"{READY_WITH_HINTS}（提示{infos}处）"
    counts = f"错误{errors}处，警告{warnings}处，提示{infos}处"
    return f"{BY_POLICY}（{counts}）" if verdict == "by_policy" else counts


def no_findings(verdict: str) -> str:
    """Return the message for no findings; only the built-in rules allow it to promise that the report can be published."""
    return BY_POLICY if verdict == "by_policy" else READY


def policy_at_start(path: str, ignored: int, key: str) -> str:
    """Return the message about the policy on opening a report."""
    return f"规则文件有{ignored}条没有采用，{key} 列出：{path}" if ignored else f"检查按规则文件 {path}"


def finding_item(severity: str, message: str) -> str:
    """Format a finding in the list."""
    return f"{SEVERITY_MARKS[severity]} {message}"


def explanation(rule: Rule, message: str) -> str:
    """Return the explanation of a finding."""
    parts = [f"{rule.code} {rule.title}", "", message, "", rule.explain, "", f"依据：{rule.clause}"]
    return "\n".join([*parts, f"例：{rule.example}", f"改法：{rule.mend}"])


def repaired(changes: Sequence[tuple[str, str, str]]) -> str:
    """Return the message for an applied repair."""
    listed = "；".join(f"{name} {before or BLANK_WORD}改为{after or BLANK_WORD}" for name, before, after in changes)
    return f"已改（撤销可收回）：{listed}"


def repair_answer(number: int, changes: Sequence[tuple[str, str, str]]) -> str:
    """Format a candidate repair as an answer: its number and values, without the cells, which are named above the answers."""
    return f"改法{number}：" + "，".join(f"{before or BLANK_WORD} → {after or BLANK_WORD}" for _, before, after in changes)


def repair_question(number: int, changes: Sequence[tuple[str, str, str]]) -> str:
    """Format a candidate repair in full."""
    return f"改法{number}：" + "；".join(f"{name}：{before or BLANK_WORD} → {after or BLANK_WORD}" for name, before, after in changes)


REPAIR_TITLE = "采用哪一种改法"
REPAIR_TEXT = "下列改法都能使勾稽关系成立，请对照原始资料选择。"
