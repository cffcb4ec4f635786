"""Entries of the catalogue agree with the code: the checks of each rule, whether it compares years, and completeness."""

from __future__ import annotations

import ast
import re
import tomllib
from contextlib import suppress
from importlib.util import resolve_name
from pathlib import Path
from typing import TYPE_CHECKING

import nianbao
import pytest
from examined import findings_of
from nianbao.cli.words.edition_words import edition_sentence
from nianbao.core.checks.context import CheckContext
from nianbao.core.checks.finding import Rule
from nianbao.core.checks.run_checks import CHECKS
from nianbao.files.report.report_file import ReportFile, UnreadableError, read_report
from nianbao.service.examine import year_edition
from nianbao.templates import EditionError, load_catalogue, rule_catalogue
from rule_cases import Case, cases, content, previous_of
from rule_check import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGE = Path(nianbao.__path__[0])
ROOMS = ("core", "files", "service", "templates", "cli", "tui")
REQUIRED = {"title", "severity", "message", "clause", "law", "checks", "explain", "example", "mend"}
ENTRY = set(Rule._fields) - {"code"}
BROKEN_FILE = ("F", "C14")
"""Prefixes of the codes reported when reading a file."""


def entries() -> Iterator[tuple[str, dict[str, object]]]:
    for path in (PACKAGE / "templates").glob("rules*.toml"):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).items()


def failing_reports() -> Iterator[tuple[Case, ReportFile]]:
    """Return the [[fail]] cases whose file contains a report, with the result of reading it."""
    for case in cases():
        if case.fails and "source" not in case.data:
            with suppress(UnreadableError):
                yield case, read_report(content(case))


def dotted(check: Callable[..., object]) -> str:
    return f"{check.__module__}.{check.__name__}".removeprefix("nianbao.")


def is_module(name: str) -> bool:
    return (PACKAGE / f"{name.replace('.', '/')}.py").exists()


def test_an_entry_has_all_parts_and_no_others() -> None:
    assert {code: REQUIRED - set(entry) for code, entry in entries() if REQUIRED - set(entry)} == {}
    assert {code: set(entry) - ENTRY for code, entry in entries() if set(entry) - ENTRY} == {}


def test_each_limit_of_a_policy_file_is_one_rules() -> None:
    assert sorted(rule.limit for rule in CATALOGUE.values() if rule.limit) == ["deadlines", "length"]


def test_a_code_given_twice_is_an_error_that_names_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (PACKAGE / "templates").glob("rules*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "rules_residue.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[C90]\ntitle = "x"\n')
    monkeypatch.setattr(rule_catalogue, "HERE", tmp_path)
    with pytest.raises(EditionError) as raised:
        load_catalogue.__wrapped__().rules  # noqa: B018 - read on first use
    sentence = edition_sentence(raised.value)
    assert "C90" in sentence
    assert "rules_residue.toml" in sentence
    assert "rules_waivers.toml" in sentence


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_checks_of_a_rule_exist_and_run(code: str) -> None:
    registered = {dotted(check) for check in CHECKS}
    assert CATALOGUE[code].checks
    for name in CATALOGUE[code].checks:
        assert is_module(name) or name in registered, f"{name} is no module, and not in CHECKS of core/checks/run_checks.py"


def test_every_check_that_runs_is_named_by_a_rule() -> None:
    assert len({dotted(check) for check in CHECKS}) == len(CHECKS)
    assert {dotted(check) for check in CHECKS} <= {name for rule in CATALOGUE.values() for name in rule.checks}


def test_the_checks_named_by_a_rule_are_those_that_report_it() -> None:
    reported: dict[str, set[str]] = {}
    for case, read in failing_reports():
        context = CheckContext(read.report, CATALOGUE, previous_of(case), bool(case.data.get("draft")), year_edition(read.report))
        for check in CHECKS:
            for finding in check(context):
                reported.setdefault(finding.code, set()).add(dotted(check))
    wanted = {code: {name for name in rule.checks if not is_module(name)} for code, rule in CATALOGUE.items()}
    assert reported == {code: names for code, names in wanted.items() if names}


def test_only_reading_a_file_reports_what_is_wrong_in_it() -> None:
    # The boundary reports a file whose reading or checking failed.
    of_files = {"F15"} | {code for code, rule in CATALOGUE.items() if any(name.startswith("files.") for name in rule.checks)}
    assert of_files == {code for code in CATALOGUE if code.startswith(BROKEN_FILE)}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if room == "core" or re.search(r"[CF]\d\d", text):
                yield ".".join(path.relative_to(PACKAGE).with_suffix("").parts), ast.parse(text)


def imported(name: str, module: ast.Module) -> Iterator[str]:
    package = f"nianbao.{name}".rpartition(".")[0]
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield resolve_name("." * node.level + (node.module or ""), package).removeprefix("nianbao.")


def test_a_code_is_written_only_where_its_checks_are() -> None:
    """A code occurs only in the modules of the rule's checks and in modules that these import."""
    trees = dict(modules())
    written = {
        (node.value, name)
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CATALOGUE
    }
    allowed = set()
    for code, rule in CATALOGUE.items():
        for check in rule.checks:
            home = check if check in trees else check.rpartition(".")[0]
            allowed |= {(code, home), *((code, name) for name in imported(home, trees[home]))}
    assert written - allowed == set()


def test_a_rule_compares_years_where_last_years_report_changes_what_it_finds() -> None:
    """Otherwise a valid waiver would be reported as stale whenever last year's report is not available."""
    changed = set()
    for case, read in failing_reports():
        if "previous" in case.data:
            alone, compared = (
                {(finding.code, finding.waiver) for finding in findings_of(read, previous=previous)}
                for previous in (None, previous_of(case))
            )
            changed |= {code for code, _ in alone ^ compared}
    assert changed == {code for code, rule in CATALOGUE.items() if rule.compares_years}
