"""Generator of docs/keys.md and docs/keys.zh-CN.md from the action registry: `python tests/support/keys_page.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keys_page_words import PAGES
from nianbao.tui import words
from nianbao.tui.keys.actions import Scope, of_scope
from repository import ROOT

if TYPE_CHECKING:
    from keys_page_words import PageWords
    from nianbao.tui.keys.actions import Action

FOLDER = ROOT / "docs"


def page(page_words: PageWords) -> str:
    """Return the documentation page of all keys in one language."""
    lines = [page_words.head]
    for scope in Scope:
        actions = of_scope(scope)
        if actions:
            lines += [f"## {page_words.scopes[scope.value]}", "", page_words.table_head]
            lines += [*(_row(action, page_words) for action in actions), ""]
    return "\n".join(lines)


def _row(action: Action, page_words: PageWords) -> str:
    title, description = page_words.actions[action.id]
    keys = page_words.separator.join(f"`{_key_name(key, page_words)}`" for key in action.keys) or page_words.palette_only
    on_screen = [action.title] if page_words.shows_screen_title else []
    return f"| {' | '.join([keys, title, *on_screen, description, f'`{action.id}`'])} |"


def _key_name(key: str, page_words: PageWords) -> str:
    parts = words.key_name(key).split("+")
    return "+".join(page_words.key_names.get(part, part) for part in parts)


if __name__ == "__main__":
    for name, page_words in PAGES.items():
        (FOLDER / name).write_text(page(page_words), encoding="utf-8")
