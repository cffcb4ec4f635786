"""Semantic validation of an edition in the user's folder, so that no check, total or message fails on it later.

Built-in editions are validated by the tests instead, to keep start-up fast.
"""

from __future__ import annotations

from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Final

from ..core.totals import total_equations
from .data_files import PREVIOUS, read_node
from .rule_catalogue import load_catalogue
from .toml_node import EditionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ..core.checks.finding import Rule
    from ..core.edition import Edition
    from .toml_node import TomlNode

EQUATION_WORDS: Final = frozenset({"variant", "table", "place", "left", "right", "left_sum", "right_sum", "difference", "total", "sum"})
"""Parameters of a message about an identity (`core.checks.tables.identities`), besides the values of a row's cells by column."""
CHAIN_WORDS: Final = frozenset({"table", "place", "actual", "expected", "previous"})
"""Parameters of a message about two years (`core.checks.tables.year_on_year`)."""
NAMES: Final = frozenset({"line", "left_name", "right_name", "left_list", "right_list", "left_said", "right_said"})
"""Parameters of either kind of message if the edition has no wording of its own (`core.checks.tables.identity_words`)."""
TOTAL_NAMES: Final = frozenset({"total_name", "sum_name"})
"""Additional parameters for an identity that defines a total."""
TOPIC_WORDS: Final = frozenset({"title", "topic"})
"""Parameters of a message about a missing topic (`core.checks.report.sections`)."""


def editions_in(folder: Path) -> Iterator[str]:
    """Yield the names of the editions in the user's folder.

    Raises:
        EditionError: The folder does not exist, a file is not TOML, or its name cannot be used as an edition id.
    """
    if not folder.is_dir():
        raise EditionError("folder", str(folder))
    for path in sorted(folder.glob("*.toml")):
        if not path.name.startswith(".") and _is_edition(path, path.stat().st_mtime_ns if path.exists() else 0):
            if not path.stem.isalnum():
                raise EditionError("file_name", str(path))
            yield path.stem


@lru_cache(maxsize=64)
def _is_edition(path: Path, changed: int) -> bool:  # noqa: ARG001 - read again when the file has changed
    """Return whether a TOML file is meant as an edition; reports and settings may be in the same folder."""
    data = read_node(path).data
    return "report" not in data and ("first_year" in data or isinstance(data.get("section"), list))


def require_valid_edition(edition: Edition, node: TomlNode) -> None:
    """Validate rules, wordings and totals.

    Raises:
        EditionError: A rule is unknown or its messages need parameters not available here, or totals depend on each other in a cycle.
    """
    for child in node.nodes("equation"):
        names = child.strings("left") + child.strings("right")
        chained = any(name.startswith(PREVIOUS) for name in names)
        words = CHAIN_WORDS if chained else EQUATION_WORDS
        of_row = {name for name in names if not name.startswith(PREVIOUS)} if child.get("for_each", str) == "row" else set()
        _require_rule(child, child.get("code", str), words | of_row | NAMES | (frozenset() if chained else TOTAL_NAMES))
        _require_wording(child, words | of_row)
    for section in node.nodes("section"):
        for topic in section.nodes("topics"):
            if "code" in topic.data:
                _require_rule(topic, topic.get("code", str), TOPIC_WORDS)
    try:
        total_equations(edition)
    except ValueError as error:
        raise node.error("circle", "equation", name=str(error)) from error


def _require_rule(node: TomlNode, code: str, words: frozenset[str]) -> None:
    rule = load_catalogue().get(code)
    if rule is None:
        raise node.error("code", "code", found=code)
    unsaid = sorted(_asked(rule) - words)
    if unsaid:
        raise node.error("wording", "code", found=code, names="、".join(unsaid))


def _require_wording(node: TomlNode, words: frozenset[str]) -> None:
    """Check the edition's own messages.

    Raises:
        EditionError: A message is not a valid pattern or needs parameters not available here.
    """
    code, table = node.get("code", str), node.table("wording")
    for variant in table.data:
        pattern = table.get(variant, str)
        try:
            unsaid = sorted(_words([pattern]) - words)
        except ValueError:
            unsaid = [pattern]
        if unsaid:
            raise table.error("wording", variant, found=code, names="、".join(unsaid))


def _asked(rule: Rule) -> set[str]:
    """Return the parameters used in a rule's messages."""
    return _words((rule.message, *rule.variants.values()))


def _words(patterns: Iterable[str]) -> set[str]:
    return {name for pattern in patterns for _, name, _, _ in Formatter().parse(pattern) if name is not None}
