"""Generator of docs/keys.md from the action registry: `python -m nianbao.tui.keys.keys_page > docs/keys.md`."""

from __future__ import annotations

import sys

from .. import words
from .actions import Scope, of_scope


def page() -> str:
    """Return the documentation page of all keys."""
    lines = [*words.KEYS_PAGE_HEAD]
    for scope in Scope:
        actions = of_scope(scope)
        if not actions:
            continue
        lines += [f"## {words.SCOPES[scope.value]}", "", *words.KEYS_TABLE_HEAD]
        for action in actions:
            keys = "、".join(f"`{words.key_name(key)}`" for key in action.keys) or words.PALETTE_ONLY
            lines.append(f"| {keys} | {action.title} | {action.help} | `{action.id}` |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
