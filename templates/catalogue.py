"""Reads the catalogue of rules: `rules.toml` and the files beside it that go by `rules_….toml`, one for each family."""

from __future__ import annotations

from functools import cache

from ..core.checks.finding import Catalogue, Rule, Severity
from .loader import HERE
from .node import EditionError, Node
from .toml_text import loads


@cache
def load_catalogue() -> Catalogue:
    """All rules by code, in order; the files are read on first use, which raises EditionError where one is wrong."""
    return Catalogue(_read_rules)


def _read_rules() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    data: dict[str, object] = {}
    for path in HERE.glob("rules*.toml"):
        data |= loads(path.read_text(encoding="utf-8"))
    for code, entry in sorted(data.items(), key=lambda item: (item[0][0] != "F", item[0])):
        if not isinstance(entry, dict):
            raise EditionError("type", "rules.toml", (code,), wanted="dict")
        node = Node(entry, "rules.toml", (code,))
        variants = node.get("variants", dict, {})
        rules[code] = Rule(
            code=code,
            title=node.get("title", str),
            severity=Severity(node.get("severity", str)),
            message=node.get("message", str),
            clause=node.get("clause", str),
            law=node.get("law", bool),
            explain=node.get("explain", str),
            example=node.get("example", str),
            mend=node.get("mend", str),
            draft=Severity(node.get("draft", str, node.get("severity", str))),
            variants={str(name): str(text) for name, text in variants.items()},
        )
    return rules
