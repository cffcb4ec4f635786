"""Reads the catalogue of rules (`rules.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache

from ..core.checks.finding import Catalogue, Rule, Severity
from .loader import HERE, Node


@cache
def load_catalogue() -> Catalogue:
    """All rules by code, in the order of the file. Raises EditionError where the file is wrong."""
    catalogue = Catalogue()
    data = tomllib.loads((HERE / "rules.toml").read_text(encoding="utf-8"))
    for code, entry in data.items():
        node = Node(entry, code)
        variants = node.get("variants", dict, {})
        catalogue[code] = Rule(
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
    return catalogue
