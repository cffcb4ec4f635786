"""The JSON Schema accepts every report that this program writes and rejects what the program rejects."""

from __future__ import annotations

import contextlib
import datetime as dt
import tomllib
from pathlib import Path

import jsonschema
import pytest
from examined import findings_of
from example_counts import examples
from hypothesis import given
from nianbao.core.report import Report
from nianbao.files.report.json_schema import report_schema
from nianbao.files.report.new_document import new_document
from nianbao.files.report.report_file import UnreadableError, read_report
from nianbao.templates import edition_ids, load_edition
from repository import EXAMPLES
from strategies import consistent_reports

SCHEMA = report_schema([load_edition(name) for name in edition_ids()])
CLEAN = (EXAMPLES / "department-2024.toml").read_text(encoding="utf-8")


def problems(text: str) -> list[str]:
    document = tomllib.loads(text)
    found = document["report"].get("published")
    if isinstance(found, dt.date):
        document["report"]["published"] = found.isoformat()
    return [error.message for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(document)]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@examples(20)
@given(consistent_reports())
def test_what_is_written_is_valid(report: Report) -> None:
    assert problems(new_document(report)) == []


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("[cd]*.toml")), ids=lambda path: path.name)
def test_the_examples_are_valid(path: Path) -> None:
    assert problems(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("licences            = [38]", "licences            = [38, 0]"),
        ("licences            = [38]", "licences            = []"),
        ("licences            = [38]", "licences            = [-1]"),
        ("licences            = [38]", "licences            = [3.5]"),
        ("licences            = [38]", 'licences            = ["若干"]'),
        ("year = 2024", 'year = "2024"'),
        ('kind = "department"', 'kind = "局"'),
        ('edition = "2021"', 'edition = "2022"'),
        ("format = 1", "format = 2"),
        ("penalties           = [0] ", "penalty             = [0] "),
        ("coercion            = [0] ", "# coercion "),
        ("[review] ", "[reviews] "),
        ("[other] ", "[mine] "),
        ("[other]                       # 六、其他需要报告的事项\ntext = ", "[other]\ntxt = "),
        ("published = 2025-01-20", 'published = "明年一月"'),
        ("published = 2025-01-20", "published = 20250120"),
        ('edition = "2021"', "edition = 2021"),
        ("regulations         = [0, 0, 0]", "regulations = 5"),
        ("[requests] ", "[[requests]] "),
    ],
)
def test_what_is_wrong_is_refused(before: str, after: str) -> None:
    assert before in CLEAN
    text = CLEAN.replace(before, after, 1)
    assert problems(text)
    with contextlib.suppress(UnreadableError):
        assert findings_of(read_report(text.encode()))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[review] ", "[mine]\nnote = 1\n[review] "),
        ("[review] ", "[requests.mine]\nnote = 1\n[review] "),
        ("published = 2025-01-20\n", ""),
        ("licences            = [38]", "own = 'x'\nlicences = [38]"),
    ],
)
def test_what_is_ones_own_and_what_may_be_left_out_is_accepted(before: str, after: str) -> None:
    assert before in CLEAN
    text = CLEAN.replace(before, after, 1)
    assert problems(text) == []
    assert read_report(text.encode()).problems == ()


def test_a_schema_of_one_edition_asks_for_its_sections_too() -> None:
    validator = jsonschema.Draft7Validator(report_schema([load_edition("2021")]))
    document = tomllib.loads(CLEAN.replace("[review] ", "[reviews] ").replace("published = 2025-01-20\n", ""))
    assert [error.message for error in validator.iter_errors(document)] == ["'review' is a required property"]
