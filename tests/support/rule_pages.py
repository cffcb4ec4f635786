"""Generator of docs/rules from catalogue and cases, a page per rule and an index: `python tests/support/rule_pages.py`.

A page has the parts of `nianbao explain` and two examples from tests/rules/CODE.toml: the first [[fail]] with lines to show, and a
[[pass]] with lines to show, preferably without findings of any rule; for a broken file, the clean report's lines instead. An example
shows the lines that differ from the clean report, those that the findings are about, and the messages as printed.
"""

from __future__ import annotations

import re
import tempfile
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nianbao.cli.commands.explain import parts
from nianbao.cli.words import common_words
from nianbao.files.report.new_document import new_document
from nianbao.service.words.report_words import SEVERITIES
from repository import ROOT
from rule_cases import CHANGES, Case, Table, base_text, cases, changed, content, examine
from rule_check import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from nianbao.core.checks.finding import Finding, Rule

FOLDER = ROOT / "docs" / "rules"
LIST = "README.md"
MOST_ROWS = 4
"""Maximum number of table rows shown because of findings; with more, only the first is shown."""
MOST_LINES = 12
EMPTY, OPENING = 'text = ""', 'text = """'
MOST_MESSAGES = 3
LONG, LONGEST = 60, 160
"""Length from which a line of prose is reduced to its new sentences, and the maximum length shown, in characters."""

MADE = "本页由 `python tests/support/rule_pages.py` 从 `templates/rules*.toml` 和 `tests/rules/` 生成，请勿手工修改。"
LIST_HEAD = f"""\
# 检查规则

每条规则一页：含义、依据、级别、错误和正确的例子、怎样改。`nianbao explain C01` 在命令行显示同样的说明。
依据一栏中，“法规”指法规或统一格式，“惯例”指惯例或常理；规则文件（[policy.md](../policy.md)）可以调整级别。

{MADE}
"""
GROUPS = (("F", "文件"), ("C", "内容"))
TABLE_HEAD = ("| 代码 | 规则 | 级别 | 依据 | 跨年 |", "|---|---|---|---|---|")
BASIS = {True: "法规", False: "惯例"}
YES = "是"
WRONG = "### 错误的写法"
RIGHT = "### 正确的写法"
LAST_YEAR = "上年的报告："
THIS_YEAR = "今年的报告："
DRAFT = "起草时："
SAID = "检查结果："
NOTHING_SAID = "这样写，{code} 不提示。"
SOURCE = "检查：{checks}。全部例子：[{cases}](../../{cases})。"

Key = tuple[str, str]
"""Section and name of a line: ("requests", "granted")."""


class Line(NamedTuple):
    """Line of a report file."""

    key: Key
    prose: bool
    """Whether it is a line within a multi-line text."""
    words: str

    @property
    def named(self) -> bool:
        """Whether it assigns a value to a name."""
        return bool(self.key[1]) and not self.prose


def lines_of(text: str) -> list[Line]:
    """Parse a report file into lines with their section and name."""
    found, section, name, inside = [], "", "", False
    for words in text.split("\n"):
        if inside:
            found.append(Line((section, name), True, words.removesuffix('"""')))
            inside = '"""' not in words
            continue
        if header := re.match(r"\[(\w+)\]", words):
            section, name = header[1], ""
        elif named := re.match(r'("[^"]*"|[\w-]+)\s*=', words):
            name = named[1]
            inside = words.count('"""') == 1
        else:
            name = ""
        found.append(Line((section, name), False, words))
    return found


def written(data: Table) -> tuple[list[Line], list[Line]]:
    """Return the lines of a clean report and of the same report with a case's changes."""
    base = str(data.get("base", "2021"))
    if not set(data) & (CHANGES - {"name", "base", "raw"}):
        return lines_of(base_text(base)), lines_of(content(Case("", fails=False, data=data)).decode())
    return lines_of(new_document(changed({"base": base}))), lines_of(content(Case("", fails=False, data=data)).decode())


class Subject(NamedTuple):
    """Subject of an example, so that the opposite example can show the same lines."""

    rows: frozenset[Key] = frozenset()
    rows_before: frozenset[Key] = frozenset()
    """Rows of last year's report."""
    prose: frozenset[str] = frozenset()
    """Lines of the clean report that were replaced."""


class Example(NamedTuple):
    """A case as shown on a page."""

    last_year: list[str]
    lines: list[str]
    messages: list[str] = []  # noqa: RUF012 - never changed
    clean: bool = True
    """Whether no rule reports anything."""
    draft: bool = False
    subject: Subject = Subject()


def example(case: Case, alike: Subject = Subject()) -> Example:  # noqa: B008 - a constant
    """Return the lines of a case to show: changes from the clean report, lines of its findings, and lines of the subject `alike`."""
    with tempfile.TemporaryDirectory(prefix="nianbao-rule-") as folder:
        everything = examine(case, Path(folder))[1]
    findings = [finding for finding in everything if finding.code == case.code]
    # The temporary directory differs between runs.
    sentences_said = [CATALOGUE.message(finding).replace(f"{folder}/{case.name}/", "") for finding in findings]
    messages = [f"{SEVERITIES[finding.severity]}：{said}" for finding, said in zip(findings, sentences_said, strict=True)]
    about = (messages, not everything, bool(case.data.get("draft")))
    if set(case.data) & {"file", "hex", "source", "policy"}:
        return Example([], str(case.data.get("file", case.data.get("policy", ""))).strip("\n").splitlines()[:MOST_LINES], *about)
    base, lines = written(case.data)
    rows = rows_of(findings)
    places = {finding.line - 1 for finding in findings if finding.line}
    shown = different(base, lines) | {at for at in places if lines[at].key[1]} | positions(lines, alike.rows | rows)
    shown |= {at for at, line in enumerate(lines) if line.prose and line.words in alike.prose}
    clean, before = written(previous) if isinstance(previous := case.data.get("previous"), dict) else ([], [])
    shown_before = different(clean, before) | positions(before, alike.rows_before | rows)
    subject = Subject(
        frozenset(lines[at].key for at in shown if lines[at].named),
        frozenset(before[at].key for at in shown_before if before[at].named),
        frozenset(base[at].words for at in different(lines, base) if base[at].prose),
    )
    known = {sentence for line in base if line.prose for sentence in sentences(line.words)}
    last_year = extract(before, {at for at in shown_before if before[at].words != EMPTY}, known)
    return Example(last_year, extract(lines, shown, known - set(alike.prose)), *about, subject)


def rows_of(findings: Iterable[Finding]) -> frozenset[Key]:
    """Return the rows of findings: all if few, else the first."""
    rows = list(dict.fromkeys((str(address.section), str(address.row)) for finding in findings for address in finding.cells))
    return frozenset(rows if len(rows) <= MOST_ROWS else rows[:1])


def positions(lines: list[Line], keys: Collection[Key]) -> set[int]:
    return {at for at, line in enumerate(lines) if line.named and line.key in keys}


@cache
def cases_of(code: str) -> tuple[Case, ...]:
    return tuple(case for case in cases() if case.code == code)


def different(base: list[Line], lines: list[Line]) -> set[int]:
    """Return the positions of the lines that are not in the clean report."""
    one, other = ([" ".join(line.words.split()) for line in side] for side in (base, lines))
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return {at for tag, _, _, first, last in codes if tag != "equal" for at in range(first, last) if other[at]}


def sentences(words: str) -> list[str]:
    return re.findall(r"[^。；]+[。；]?", words)


def extract(lines: list[Line], shown: Collection[int], known: Collection[str]) -> list[str]:
    """Return selected lines below the headers of their sections, with long prose reduced to its new sentences."""
    found: list[str] = []
    section = ""
    for at in sorted(shown)[:MOST_LINES]:
        line = lines[at]
        if line.words == OPENING:
            continue
        if line.key[0] != section:
            section = line.key[0]
            header = next((other.words for other in lines if other.words.startswith(f"[{section}]")), line.words)
            found += [header] if header != line.words else []
        found.append(shortened(line.words, known) if line.prose else line.words)
    if len(shown) > MOST_LINES:
        found.append("# …")
    return found


def shortened(words: str, known: Collection[str]) -> str:
    new = "".join(sentence for sentence in sentences(words) if sentence not in known) or words
    return (words if len(words) < LONG or new == words else f"……{new}……") if len(new) < LONGEST else f"{new[:LONGEST]}……"


def examples(code: str) -> tuple[Example, Example | None]:
    """Return the wrong and the right example of a rule."""
    failing = [(case, example(case)) for case in cases_of(code) if case.fails]
    case, wrong = next(((case, shown) for case, shown in failing if shown.lines), failing[0])
    replaced = replaced_by(case)
    if replaced or not wrong.lines:
        return wrong, Example([], replaced) if replaced else None
    right = [shown for case in cases_of(code) if not case.fails and (shown := example(case, wrong.subject)).lines]
    return wrong, max(right, key=lambda shown: (bool(shown.last_year) == bool(wrong.last_year), shown.clean), default=None)


def replaced_by(case: Case) -> list[str]:
    """Return the clean report's lines in place of those that a case corrupts in the file itself."""
    if "raw" not in case.data:
        return []
    base, lines = written(case.data)
    return extract(base, different(lines, base), ())


def page(rule: Rule) -> str:
    """Return the page of one rule."""
    wrong, right = examples(rule.code)
    paragraphs = [f"# {rule.code} {rule.title}"]
    for heading, text in parts(rule):
        paragraphs += [f"## {heading}", text]
        if heading == common_words.EXAMPLE:
            paragraphs += [WRONG, *blocks(wrong), SAID, block(wrong.messages[:MOST_MESSAGES], "text")]
            if right is not None:
                paragraphs += [RIGHT, *blocks(right), NOTHING_SAID.format(code=rule.code)]
    checks = "、".join(f"`{name}`" for name in rule.checks)
    paragraphs += ["---", SOURCE.format(checks=checks, cases=f"tests/rules/{rule.code}.toml"), MADE]
    return "\n\n".join(paragraphs) + "\n"


def blocks(shown: Example) -> Iterator[str]:
    if shown.draft:
        yield DRAFT
    if shown.last_year:
        yield LAST_YEAR
        yield block(shown.last_year)
        yield THIS_YEAR
    if shown.lines:
        yield block(shown.lines)


def block(lines: list[str], language: str = "toml") -> str:
    return "\n".join((f"```{language}", *lines, "```"))


def list_of_rules() -> str:
    """Return the index page."""
    lines = [LIST_HEAD]
    for start, title in GROUPS:
        lines += [f"## {title}", "", *TABLE_HEAD]
        for code, rule in CATALOGUE.items():
            if code.startswith(start):
                years = YES if rule.compares_years else ""
                lines.append(f"| [{code}]({code}.md) | {rule.title} | {SEVERITIES[rule.severity]} | {BASIS[rule.law]} | {years} |")
        lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return all pages by file name."""
    return {LIST: list_of_rules(), **{f"{code}.md": page(rule) for code, rule in CATALOGUE.items()}}


def main() -> None:
    """Write the pages and remove those of deleted rules."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
