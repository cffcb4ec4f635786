"""Modules loaded by each entry point, and layers and wheel contents as described in docs/architecture.md."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import grimp
import pytest
from nianbao.files.saving.disk import Disk
from repository import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

CLEAN = str(ROOT / "examples" / "department-2024.toml")


#: Run the editor until it begins to check, which is after its first frame.
FIRST_FRAME = """
import asyncio, contextlib, json, sys
from pathlib import Path
from nianbao.tui.terminal.probe import Profile
from nianbao.tui.app import Application
from nianbao.tui.options import EditorOptions
from nianbao.tui.widgets.bars import StatusPane

class Hurried(Application):
    def _examine(self):
        shown = bool(self.main and self.main.query_one(StatusPane).lines and self.main.pane.prose.size)
        print(json.dumps([shown, sorted(sys.modules)]))
        self.exit()

async def look():
    async with Hurried(EditorOptions(Path(sys.argv[1]), profile=Profile(draws=False))).run_test(size=(80, 24)) as pilot:
        await pilot.pause(1)

asyncio.run(look())
"""


def modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nimport json\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


@pytest.mark.parametrize(
    "code",
    [
        "import nianbao.core.checks.run_checks, nianbao.core.commands, nianbao.core.layout, nianbao.core.repair.suggest, nianbao.core.publishing.official_text",
        "import nianbao.files.report.report_file",
        "import nianbao.cli.main",
    ],
)
def test_core_files_and_cli_load_no_screen(code: str) -> None:
    assert modules_after(code).isdisjoint({"textual", "rich", "docx", "lxml"})


def test_checking_a_file_loads_no_screen_and_no_toml_writer() -> None:
    code = f"from nianbao.cli.main import main\nassert main(['check', {CLEAN!r}]) == 0"
    assert modules_after(code).isdisjoint(
        {"textual", "rich", "tomlkit", "docx", "lxml", "asyncio", "email", "concurrent", "multiprocessing"}
    )


def test_the_first_frame_of_the_editor_waits_for_no_check_and_no_import(tmp_path: Path) -> None:
    report = tmp_path / "report.toml"
    shutil.copy(CLEAN, report)
    environ = os.environ | {"NIANBAO_STATE": str(tmp_path), "NIANBAO_CONFIG": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, str(report)], capture_output=True, text=True, check=True, encoding="utf-8", env=environ
    )
    shown, loaded = json.loads(done.stdout.splitlines()[0])
    assert shown
    rooms = (
        "core.prose",
        "core.importing",
        "core.checks.run_checks",
        "core.publishing.official_text",
        "files.importing",
        "tui.import_source",
    )
    assert [name for name in loaded if name.startswith(("tomlkit", *(f"nianbao.{room}" for room in rooms)))] == []


def test_no_file_imports_itself_by_way_of_others() -> None:
    """Imports for type checking count too: the files of a cycle can only be understood together."""
    graph = grimp.build_graph("nianbao", exclude_type_checking_imports=False, cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imported) > 200
    assert {"nianbao.core.edition"} <= imported["nianbao.core.report"]
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


KEPT = {
    "files/saving/process.py:_boot": "of the machine, which does not change under a process",
    "files/policy/read_policy.py:_policy": "keyed by all that it is made of",
    "templates/rule_catalogue.py:load_catalogue": "the program's own file",
    "templates/editions.py:_read_edition": "keyed by its file, read once a process",
    "templates/validate_edition.py:_is_edition": "keyed by its file and when that changed",
    "tui/terminal/_rich_compat.py:wide": "pure",
    "tui/terminal/cell_style.py:blank": "pure",
    "tui/terminal/cell_style.py:change": "pure",
    "tui/terminal/cell_style.py:style_of": "pure",
    "tui/terminal/cell_buffer.py:_text_cells": "pure",
}
"""Process-wide state outside the pure core, with the reason why no run can be affected by an earlier one."""


def test_nothing_is_kept_from_one_run_to_the_next_unless_it_cannot_change() -> None:
    found = set()
    for floor in ("cli", "files", "templates", "tui"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and any("cache" in _name(one) for one in node.decorator_list):
                    found.add(f"{path.relative_to(ROOT).as_posix()}:{node.name}")
    assert found == set(KEPT)


def _name(decorator: ast.expr) -> str:
    written = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
    return "" if written.endswith("cached_property") else written


def test_core_is_standard_library_only() -> None:
    code = "\n".join(
        f"import nianbao.core.{'.'.join(path.relative_to(ROOT / 'core').with_suffix('').parts)}"
        for path in sorted((ROOT / "core").rglob("*.py"))
        if path.name != "__init__.py"
    )
    loaded = modules_after(code)
    assert {name for name in loaded if name not in sys.stdlib_module_names and not name.startswith(("_", "sitecustomize"))} <= {"nianbao"}


def test_the_wheel_has_one_top_level_name_and_runs_elsewhere(tmp_path: Path) -> None:
    source = tmp_path / "checkout"
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("needs a git checkout to know what belongs to the project")
    for name in tracked.stdout.splitlines():
        origin = ROOT / name
        if origin.is_file() and not name.startswith(("tests/", "examples/", "docs/", "bench/")):
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(origin.read_bytes())
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(source)],
        check=True,
        capture_output=True,
    )
    wheel = next((tmp_path / "dist").glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"nianbao"}
    assert {"nianbao/templates/2021.toml", "nianbao/templates/rules.toml", "nianbao/py.typed"} <= set(names)
    venv.create(tmp_path / "venv", with_pip=False)
    site = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    python = tmp_path / "venv" / "bin" / "python"
    done = subprocess.run(
        [str(python), "-m", "nianbao", "check", "-"], input=Path(CLEAN).read_bytes(), cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


MAY_WRITE = {
    "files/saving/disk.py": "the calls that change the disk, for the modules below that take a `Disk`",
    "files/saving/atomic_save.py": "opens what it reads by descriptor; writes through `Disk`",
    "tui/terminal/_textual_compat.py": "the traceback of a crash, into the state folder",
    "tui/flows/edit_prose.py": "a private draft for $EDITOR, removed when that ends",
    "cli/main.py": "/dev/null in the place of a stdout that nobody reads any more",
}
"""Modules that may call functions that write to the disk, with the reason. All others go through `files/saving/publish.py`."""
MAY_USE_THE_DISK = {
    "files/saving/atomic_save.py": "atomic replacement",
    "files/saving/backups.py": "backups, in the state folder",
    "files/session/lock.py": "lock files",
    "files/journal/journal.py": "journals",
    "files/journal/moved_journals.py": "where journals were moved to, in the state folder",
}
"""Modules that may create or rename files through `Disk`, with the reason."""
MAY_SAVE = {
    "files/saving/atomic_save.py": "defines it",
    "files/saving/publish.py": "the one caller",
}
"""Modules that may name `atomic_save`."""
WRITING_CALLS = {
    *("write_text", "write_bytes", "hardlink_to", "symlink_to"),
    *("os.replace", "os.rename", "os.renames", "os.link", "os.symlink", "os.truncate", "os.mkfifo"),
    *("shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree", "shutil.copyfileobj", "shutil.move"),
    *("tempfile.NamedTemporaryFile", "tempfile.TemporaryFile", "tempfile.SpooledTemporaryFile", "tempfile.TemporaryDirectory"),
    *("tempfile.mkstemp", "tempfile.mkdtemp"),
}
DISK_CALLS = {"create", "open_to_append", "write", "write_all", "truncate", "replace", "link", "point"}
WRITE_FLAGS = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC"}


def writing_calls(tree: ast.AST) -> Iterator[str]:
    """Return the calls in a module that write, or may write, to the disk."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("shutil", "tempfile", "os"):
            yield from (f"{node.module}.{name.name}" for name in node.names if f"{node.module}.{name.name}" in WRITING_CALLS)
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        short = called.rpartition(".")[2]
        if called in WRITING_CALLS or (short in WRITING_CALLS and "." in called):
            yield called
        elif called == "os.open":
            flags = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
            if flags & WRITE_FLAGS:
                yield called
        elif short in ("open", "fdopen") and _opens_to_write(node):
            yield called


def _opens_to_write(call: ast.Call) -> bool:
    given = [*call.args[:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    return any(set(mode) <= set("rwxabt+") and set(mode) & set("wax+") for mode in modes)


def source_modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_only_named_modules_write_to_the_disk() -> None:
    found = {
        name: calls for name, tree in source_modules("core", "templates", "files", "tui", "cli") if (calls := list(writing_calls(tree)))
    }
    assert {name: calls for name, calls in found.items() if name not in MAY_WRITE} == {}


def test_only_named_modules_create_files_through_the_disk() -> None:
    assert set(vars(Disk)) >= DISK_CALLS
    for name, tree in source_modules("core", "templates", "files", "tui", "cli"):
        used = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and node.attr in DISK_CALLS
            and ast.unparse(node.value).rpartition(".")[2].lstrip("_") in ("disk", "DISK")
        }
        assert not used or name in MAY_USE_THE_DISK, (name, used)


def test_only_publish_saves_to_a_path_of_the_users() -> None:
    for name, tree in source_modules("core", "templates", "files", "tui", "cli"):
        named = any(
            (isinstance(node, ast.Name) and node.id == "atomic_save")
            or (isinstance(node, ast.Attribute) and node.attr == "atomic_save")
            or (isinstance(node, ast.ImportFrom) and any(alias.name == "atomic_save" for alias in node.names))
            for node in ast.walk(tree)
        )
        assert not named or name in MAY_SAVE, name


@pytest.mark.parametrize(
    "code",
    [
        "open(path, 'w')",
        "path.open('ab')",
        "open(path, mode='x')",
        "io.open(path, 'r+')",
        "os.open(path, os.O_WRONLY | os.O_CREAT)",
        "Path(name).write_text('')",
        "path.write_bytes(data)",
        "os.replace(one, other)",
        "shutil.copyfile(one, other)",
        "from shutil import move",
        "tempfile.mkstemp()",
    ],
)
def test_a_call_that_writes_is_seen(code: str) -> None:
    assert list(writing_calls(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["open(path)", "path.open('rb')", "archive.open(name)", "os.open(path, os.O_RDONLY)", "text.replace('a', 'b')"]
)
def test_a_call_that_reads_is_let_through(code: str) -> None:
    assert not list(writing_calls(ast.parse(code)))
