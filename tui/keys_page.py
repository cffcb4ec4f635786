"""docs/keys.md, made from the registry of actions: `python -m nianbao.tui.keys_page > docs/keys.md`."""

from __future__ import annotations

import sys

from . import ui_text
from .actions import Scope, of_scope


def page() -> str:
    """The documentation page of all keys."""
    lines = [*ui_text.KEYS_PAGE_HEAD]
    for scope in Scope:
        actions = of_scope(scope)
        if not actions:
            continue
        lines += [f"## {ui_text.SCOPES[scope.value]}", "", *ui_text.KEYS_TABLE_HEAD]
        for action in actions:
            keys = "、".join(f"`{ui_text.key_name(key)}`" for key in action.keys) or ui_text.PALETTE_ONLY
            lines.append(f"| {keys} | {action.title} | {action.help} | `{action.id}` |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
