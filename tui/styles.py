"""Themes and style sheet. Every state has a mark besides its colour; the first theme uses the terminal's own colours."""

from __future__ import annotations

from typing import TypedDict


class ThemeValues(TypedDict):
    """Arguments of textual's Theme."""

    name: str
    primary: str
    secondary: str
    warning: str
    error: str
    success: str
    accent: str
    foreground: str
    background: str
    surface: str
    panel: str
    dark: bool
    ansi: bool
    variables: dict[str, str]


THEMES: tuple[ThemeValues, ...] = (
    {
        "name": "nianbao",
        "primary": "ansi_blue",
        "secondary": "ansi_cyan",
        "warning": "ansi_yellow",
        "error": "ansi_red",
        "success": "ansi_green",
        "accent": "ansi_cyan",
        "foreground": "ansi_default",
        "background": "ansi_default",
        "surface": "ansi_default",
        "panel": "ansi_default",
        "dark": True,
        "ansi": True,
        "variables": {
            "ansi-background": "ansi_black",
            "ansi-foreground": "ansi_white",
            "border": "ansi_blue",
            "border-blurred": "ansi_default",
            "block-cursor-foreground": "ansi_black",
            "block-cursor-background": "ansi_white",
            "input-cursor-background": "ansi_default",
            "input-cursor-foreground": "ansi_default",
            "input-cursor-text-style": "underline",
            "input-selection-background": "ansi_bright_blue",
            "input-selection-foreground": "ansi_black",
            "screen-selection-background": "ansi_bright_blue",
            "screen-selection-foreground": "ansi_black",
        },
    },
    {
        "name": "nianbao-light",
        "primary": "#1f4e8c",
        "secondary": "#3a6ea5",
        "warning": "#8a5a00",
        "error": "#b00020",
        "success": "#1b6b2f",
        "accent": "#1f4e8c",
        "foreground": "#1c1c1c",
        "background": "#fafafa",
        "surface": "#fafafa",
        "panel": "#e6e6e6",
        "dark": False,
        "ansi": False,
        "variables": {},
    },
    {
        "name": "nianbao-dark",
        "primary": "#7aa2f7",
        "secondary": "#89b4c4",
        "warning": "#e0af68",
        "error": "#f7768e",
        "success": "#9ece6a",
        "accent": "#7dcfff",
        "foreground": "#d0d0d0",
        "background": "#16181d",
        "surface": "#16181d",
        "panel": "#24272e",
        "dark": True,
        "ansi": False,
        "variables": {},
    },
)

DIALOG_WIDTH = 76
"""Width of a dialog in columns, if the screen is wide enough."""

_RULES = """
Screen { background: $background; color: $foreground; }
ModalScreen { background: transparent; align: center middle; }

Bar { height: 1; width: 1fr; }
Bar > .bar--strong { text-style: bold; }
Bar > .bar--wrong { color: $error; }
Bar > .bar--current { text-style: bold reverse; }
Bar > .bar--key { text-style: reverse; }
HeaderBar { text-style: bold; }
StatusPane { height: 4; }
.-short StatusPane { height: 3; }

#body { height: 1fr; }
#panes { width: 1fr; height: 1fr; }
#beside { display: none; width: 36; height: 1fr; padding: 0 0 0 1; }
.-wide #beside { display: block; }

SectionPane { height: 1fr; }
ReportTable { height: 1fr; }
ProseArea { height: 1fr; border: none; padding: 0; background: $background; color: $foreground; }
ProseArea:focus { border: none; }
ProseArea > .text-area--selection { text-style: reverse; background: $background; color: $foreground; }
.-with-table ProseArea { height: 4; display: none; border-top: solid $primary; }
.-with-table ProseArea:focus { border-top: solid $primary; }
.ascii .-with-table ProseArea { border-top: ascii $primary; }
.ascii .-with-table ProseArea:focus { border-top: ascii $primary; }
.-with-table.-with-text ProseArea { display: block; }
.-with-table.-writing ProseArea { display: block; height: 8; }
.-short .-with-table.-writing ProseArea { height: 4; }
#preface { display: none; height: auto; max-height: 5; border-bottom: solid $primary; }
#preface:focus { border-bottom: solid $primary; }
.ascii #preface, .ascii #preface:focus { border-bottom: ascii $primary; }
.-with-preface #preface, .-prefacing #preface { display: block; }
.-short #preface { max-height: 3; }
TextArea { scrollbar-size: 0 0; }

ReportTable > .report-table--header { text-style: bold; }
ReportTable > .report-table--computed { color: $secondary; }
ReportTable > .report-table--doubtful { color: $warning; text-style: bold; }
ReportTable > .report-table--broken { color: $error; text-style: bold underline; }
ReportTable > .report-table--addend { text-style: bold underline; }
ReportTable > .report-table--selected { text-style: reverse; }
ReportTable > .report-table--cursor { text-style: bold reverse; }
ReportTable > .report-table--draft { text-style: bold underline; }

ListPane { height: auto; }
ListPane > .list-pane--current { text-style: reverse; }
ListPane > .list-pane--heading { text-style: bold; }
TextPane { height: auto; }
FindingsScreen ListPane { height: 1fr; }
FindingsScreen #detail { height: 3; }
PreviewScreen TextPane { height: 1fr; }
#beside { height: 1fr; }
#source { display: none; height: 7; border-top: solid $primary; }
.ascii #source { border-top: ascii $primary; }
#source.-shown { display: block; }
.-short #source { height: 5; }
.-tall #source { height: 11; }

.dialog { max-width: 100%; height: auto; max-height: 100%; border: solid $primary; padding: 0 1; background: $background; }
.ascii .dialog { border: ascii $primary; }
.dialog TextPane { max-height: 14; height: auto; }
.dialog ListPane { max-height: 16; height: auto; margin: 1 0 0 0; }
.form { overflow-y: auto; scrollbar-size: 0 0; }
.form ListPane { margin: 0; }
.form PlainTextArea { height: 4; border: none; padding: 0; }
.form Input { margin: 0; }
.palette { width: 78; height: 18; }
.palette ListPane { height: 1fr; margin: 0; }
Notice TextPane { max-height: 20; }
Input, Input.-textual-compact { border: none; height: 1; padding: 0; background: $background; color: $foreground; text-style: underline; }
Input, Input:focus, Input.-textual-compact { border-left: ascii $primary; border-right: ascii $primary; }
.form PlainTextArea, .form PlainTextArea:focus { border-left: ascii $primary; border-right: ascii $primary; }
FindScreen { align: center bottom; }
#find { height: 5; width: 100%; background: $background; border: none; }
"""
CSS = f".dialog {{ width: {DIALOG_WIDTH}; }}\n{_RULES}"
