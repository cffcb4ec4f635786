"""The pages of docs/rules agree with the catalogue, the cases and the program."""

from __future__ import annotations

import pytest
from nianbao.cli.commands.explain import explanation
from nianbao.templates import load_catalogue
from rule_pages import FOLDER, RIGHT, WRONG, pages

WITHOUT_EXAMPLES = ("F01", "F02", "F15")
"""Rules about files without a report, which have no lines to show."""


def test_the_pages_of_the_rules_are_as_they_are_made() -> None:
    """Update them with `python tests/support/rule_pages.py`."""
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*")} == pages()


@pytest.mark.parametrize("code", load_catalogue())
def test_a_page_has_all_of_the_explanation_and_both_examples(code: str) -> None:
    text = (FOLDER / f"{code}.md").read_text("utf-8")
    said = "".join(text.split())
    for line in explanation(load_catalogue()[code]).splitlines():
        assert "".join(line.split()).strip("【】").removeprefix(code) in said
    assert WRONG in text
    assert RIGHT in text or code in WITHOUT_EXAMPLES
