"""Texts of docs/keys.md and docs/keys.zh-CN.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import action_words_en
from nianbao.tui.words import action_words
from nianbao.tui.words.dialog_words import PALETTE_ONLY

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PageWords:
    """Texts of the page in one language."""

    head: str
    """Text above the first table."""
    scopes: Mapping[str, str]
    """Scope → its heading."""
    table_head: str
    actions: Mapping[str, tuple[str, str]]
    """Action id → title and description."""
    palette_only: str
    """Placeholder for the keys of an action available from the palette only."""
    separator: str
    """Separator between the keys of an action."""
    key_names: Mapping[str, str]
    """Key names that differ from those on the screen."""
    shows_screen_title: bool
    """Whether a column shows the title on the screen."""


_KEYS_TOML = """\
```toml
[keys]
save = "shift+f2, ctrl+s"
```
"""

CHINESE = PageWords(
    head=f"""\
# 按键

[English](keys.md)

本页由 `tui/keys/actions.py` 生成：`python tests/support/keys_page.py`。

除了移动光标以及问题清单、预览中的按键，任何操作都可以在“命令”（`Ctrl+P`）中按中文、拼音首字母或标识查找执行。

要改按键，在配置文件夹（Linux 为 `~/.config/nianbao`，可用 `NIANBAO_CONFIG` 指定）里的 `keys.toml` 中，按操作的标识写明按键，
几个按键用逗号隔开。没有写到的操作，按键不变；写错的行不采用，编辑器启动时指出。

{_KEYS_TOML}""",
    scopes=action_words.SCOPES,
    table_head="| 按键 | 操作 | 说明 | 标识 |\n| --- | --- | --- | --- |",
    actions=action_words.ACTIONS,
    palette_only=PALETTE_ONLY,
    separator="、",
    key_names={},
    shows_screen_title=False,
)
ENGLISH = PageWords(
    head=f"""\
# Keys

[中文](keys.zh-CN.md)

This page is generated from `tui/keys/actions.py`: `python tests/support/keys_page.py`.

Apart from cursor movement and the keys of the list of findings and of the preview, every action is also in the command palette
(`Ctrl+P`): type its Chinese name, its pinyin initials or its id.

To change keys, create `keys.toml` in the configuration folder (`~/.config/nianbao` on Linux; `NIANBAO_CONFIG` names another one) with
one line per action: its id and its keys, separated by commas. Actions that are not listed keep their keys. A wrong line is ignored, and
named when the editor starts.

{_KEYS_TOML}""",
    scopes={
        "app": "Everywhere",
        "main": "While editing a report",
        "table": "In a table",
        "prose": "In prose",
        "findings": "In the list of findings",
        "preview": "In the preview",
    },
    table_head="| Keys | Action | On screen | What it does | Id |\n| --- | --- | --- | --- | --- |",
    actions=action_words_en.ACTIONS,
    palette_only="(palette)",
    separator=", ",
    key_names={"回车": "Enter", "退格": "Backspace", "空格": "Space"},
    shows_screen_title=True,
)
PAGES: Mapping[str, PageWords] = {"keys.md": ENGLISH, "keys.zh-CN.md": CHINESE}
"""File name below docs → its texts."""
