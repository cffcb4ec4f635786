"""The action registry as the source of keys, palette, help and documentation."""

from __future__ import annotations

import ast
import inspect
import itertools
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import keys_page
import pytest
import tui_support  # noqa: F401 - prepares the environment before textual is imported
from keys_page_words import ENGLISH, PAGES
from nianbao.core.chinese.width import text_width
from nianbao.tui import words
from nianbao.tui.app import function_of
from nianbao.tui.keys import actions
from nianbao.tui.keys.actions import ACTIONS, BY_ID, Action, Scope, bindings, footer, of_scope, search
from nianbao.tui.keys.pinyin import initials
from nianbao.tui.screens.findings_screen import FindingsScreen
from nianbao.tui.screens.help_screen import help_text
from nianbao.tui.screens.main_screen import MainScreen
from nianbao.tui.screens.preview_screen import PreviewScreen
from nianbao.tui.table.report_table import ReportTable
from repository import ROOT
from textual.binding import Binding

#: Handlers of the actions of a scope that name no function.
PLACES = {Scope.MAIN: MainScreen, Scope.TABLE: ReportTable, Scope.FINDINGS: FindingsScreen, Scope.PREVIEW: PreviewScreen}

#: Functions named by the registry, and their modules.
DONE = {action.does for action in ACTIONS if action.does}
FLOWS = sorted({does.partition(":")[0] for does in DONE})

#: Keys that terminals cannot distinguish from others, or use themselves.
FORBIDDEN = {"alt+b", "alt+f", "ctrl+h", "ctrl+i", "ctrl+m", "ctrl+enter", "ctrl+left_square_bracket"}


def test_every_action_is_named_and_explained_once() -> None:
    assert {action.id for action in ACTIONS} == set(words.ACTIONS)
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    for action in ACTIONS:
        assert 2 <= len(action.title) <= 8
        assert action.help.endswith("。")


@pytest.mark.parametrize("action", [action for action in ACTIONS if action.does], ids=lambda action: action.id)
def test_the_function_of_an_action_can_be_called_with_the_editor_alone(action: Action) -> None:
    first, *others = inspect.signature(function_of(action)).parameters.values()
    assert first.name == "editor"
    assert all(parameter.default is not parameter.empty for parameter in others)


@pytest.mark.parametrize("action", [action for action in ACTIONS if not action.does], ids=lambda action: action.id)
def test_an_action_without_a_function_is_a_method_of_its_place(action: Action) -> None:
    name, _, arguments = action.call.partition("(")
    method = getattr(PLACES[action.scope], f"action_{name}")
    inspect.signature(method).bind(None, *ast.literal_eval(f"({arguments.rstrip(')')},)" if arguments else "()"))


@pytest.mark.parametrize("module", FLOWS)
def test_a_function_that_needs_no_more_than_the_editor_has_a_row_or_a_caller(module: str) -> None:
    others = [path.read_text("utf-8") for path in (ROOT / "tui").rglob("*.py") if path != ROOT / "tui" / "flows" / f"{module}.py"]
    for name, function in functions_of(module).items():
        signature = inspect.signature(function)
        needed = [parameter.name for parameter in signature.parameters.values() if parameter.default is parameter.empty]
        if needed == ["editor"] and signature.return_annotation == "None" and f"{module}:{name}" not in DONE:
            assert any(f"{module}.{name}(" in source for source in others), name


@pytest.mark.parametrize("module", FLOWS)
def test_a_function_that_is_called_as_an_action_is_the_one_in_its_row(module: str) -> None:
    for name in functions_of(module).keys() & BY_ID.keys():
        assert BY_ID[name].does == f"{module}:{name}"


def functions_of(module: str) -> dict[str, Callable[..., object]]:
    """Return the public functions that a module of the editor defines."""
    whole = f"nianbao.tui.flows.{module}"
    found = inspect.getmembers(import_module(whole), inspect.isfunction)
    return {name: function for name, function in found if function.__module__ == whole and not name.startswith("_")}


@pytest.mark.parametrize("place", sorted({MainScreen, ReportTable, FindingsScreen, PreviewScreen}, key=str))
def test_a_method_that_a_place_adds_for_a_key_is_an_action(place: type) -> None:
    called = {action.call.partition("(")[0] for action in ACTIONS if not action.does}
    for name in vars(place):
        if name.startswith("action_"):
            assert name.removeprefix("action_") in called


def test_no_key_is_one_that_terminals_confuse() -> None:
    for action in ACTIONS:
        assert not FORBIDDEN & set(action.keys)
        assert not any(key.startswith("ctrl+shift+") for key in action.keys)


@pytest.mark.parametrize("scope", list(Scope))
def test_no_key_has_two_meanings_in_one_place(scope: Scope) -> None:
    keys = [key for action in actions.of_scope(scope) for key in action.keys]
    assert [key for key, uses in Counter(keys).items() if uses > 1] == []


def test_the_outer_scopes_do_not_hide_each_other() -> None:
    outer = [key for scope in (Scope.APP, Scope.MAIN) for action in actions.of_scope(scope) for key in action.keys]
    assert [key for key, uses in Counter(outer).items() if uses > 1] == []


@pytest.mark.parametrize("scope", list(Scope))
def test_every_binding_can_be_changed_by_its_id(scope: Scope) -> None:
    for binding in bindings(scope):
        assert isinstance(binding, Binding)
        assert binding.id in actions.BY_ID


@pytest.mark.parametrize("scope", [Scope.TABLE, Scope.PROSE, Scope.FINDINGS, Scope.PREVIEW])
def test_the_footer_has_at_most_five_keys_that_fit_80_columns(scope: Scope) -> None:
    shown = footer(scope)
    assert 4 <= len(shown) <= 5
    width = sum(len(words.key_name(action.keys[0])) + 2 * len(action.title) + 3 for action in shown)
    assert width <= 80


@pytest.mark.parametrize(("query", "first"), [("bc", "save"), ("保存", "save"), ("cz", "redo"), ("wtqd", "findings"), ("ylfbg", "preview")])
def test_the_palette_finds_actions_by_name_and_by_initials(query: str, first: str) -> None:
    assert search(query)[0].id == first


def test_each_title_has_an_initial_for_each_character() -> None:
    for action in ACTIONS:
        assert len(initials(action.title)) == len(action.title)


def test_characters_without_an_initial_are_left_out() -> None:
    assert initials("保A1！囍") == "ba1"


def test_the_help_page_of_the_table_lists_its_keys_first() -> None:
    text = help_text(Scope.TABLE, {})
    assert text.index("F2") < text.index("Ctrl+S")
    assert "_ 未填" in text


@pytest.mark.parametrize("width", [36, 56, 72])
@pytest.mark.parametrize("scope", [Scope.APP, Scope.FINDINGS, Scope.PREVIEW])
def test_the_help_page_keeps_an_action_and_what_it_does_together_in_any_width(scope: Scope, width: int) -> None:
    lines = help_text(scope, {}, width=width).split("\n")
    assert max(map(text_width, lines)) <= width
    for action in of_scope(scope):
        at = next(at for at, line in enumerate(lines) if line.startswith("  ") and not line.startswith("   ") and action.title in line)
        more = itertools.takewhile(lambda line: line.startswith("    "), lines[at + 1 :])
        assert "".join([lines[at], *map(str.strip, more)]).endswith(action.help)


def test_the_help_page_shows_the_users_own_keys() -> None:
    assert "F9 " in help_text(Scope.APP, {"save": "f9"})


@pytest.mark.parametrize("name", PAGES)
def test_the_documentation_of_keys_is_the_registrys(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == keys_page.page(PAGES[name])


def test_every_action_has_an_english_title_and_description() -> None:
    assert ENGLISH.actions.keys() == BY_ID.keys()
    for title, description in ENGLISH.actions.values():
        assert title[0].isupper()
        assert not title.endswith(".")
        assert description[0].isupper()
        assert description.endswith(".")
    assert ENGLISH.scopes.keys() == words.SCOPES.keys()


def test_chinese_words_stand_in_one_module() -> None:
    for path in sorted((ROOT / "tui").rglob("*.py")):
        if path.parent.name == "words" or path.name == "pinyin.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and not _is_docstring(path, node):
                assert not any("\u4e00" <= character <= "\u9fff" for character in node.value), f"{path}:{node.lineno}"


def _is_docstring(path: Path, node: ast.Constant) -> bool:
    """Return whether a string is a bare statement or a character specific to the rules of numbering or of values."""
    tree = ast.parse(path.read_text("utf-8"))
    bare = {id(child.value) for child in ast.walk(tree) if isinstance(child, ast.Expr)}
    lines = {child.value.lineno for child in ast.walk(tree) if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)}
    return (
        id(node) in bare
        or node.lineno in lines
        or len(str(node.value)) <= 1
        or "一二三" in str(node.value)
        or str(node.value) == "+-−–—./无增减("
    )
