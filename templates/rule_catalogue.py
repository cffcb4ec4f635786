"""Loading of the rule catalogue: `rules.toml` and one `rules_….toml` beside it for each family of rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..core.checks.finding import Catalogue, Rule, Severity
from .data_files import HERE
from .toml_node import EditionError, TomlNode
from .toml_text import loads

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def load_catalogue() -> Catalogue:
    """Return all rules by code, in order. The files are read on first access, which may raise EditionError."""
    return Catalogue(_read_rules)


def _entries() -> Iterator[tuple[str, TomlNode]]:
    """Yield the entries of all files with their codes.

    Raises:
        EditionError: A code is in two files, or an entry is not a table.
    """
    files: dict[str, str] = {}
    for path in sorted(HERE.glob("rules*.toml")):
        for code, entry in loads(path.read_text(encoding="utf-8")).items():
            if code in files:
                raise EditionError("rule_twice", path.name, (), found=code, other=files[code])
            files[code] = path.name
            if not isinstance(entry, dict):
                raise EditionError("type", path.name, (code,), wanted="dict")
            yield code, TomlNode(entry, path.name, (code,))


def _read_rules() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for code, node in sorted(_entries(), key=lambda entry: (entry[0][0] != "F", entry[0])):
        variants = node.get("variants", dict, {})
        severity = Severity(node.get("severity", str))
        rules[code] = Rule(
            code=code,
            title=node.get("title", str),
            severity=severity,
            message=node.get("message", str),
            clause=node.get("clause", str),
            law=node.get("law", bool),
            explain=node.get("explain", str),
            example=node.get("example", str),
            mend=node.get("mend", str),
            draft=Severity(node.get("draft", str, severity.value)),
            variants={str(name): str(text) for name, text in variants.items()},
            checks=node.strings("checks", None),
            compares_years=node.get("compares_years", bool, False),
            absence=node.get("absence", bool, False),
            anywhere=node.get("anywhere", bool, False),
            limit=node.get("limit", str, ""),
            # Errors are protected by default, so that none is left unprotected by oversight.
            protected=node.get("protected", bool, severity is Severity.ERROR),
        )
    return rules
