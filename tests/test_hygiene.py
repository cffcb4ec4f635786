"""What each entry point loads, and that the layers and the wheel are as docs/architecture.md says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CLEAN = str(ROOT / "examples" / "department-2024.toml")


#: Runs the editor up to the moment at which it begins to check, which is behind its first frame.
FIRST_FRAME = """
import asyncio, contextlib, json, sys
from pathlib import Path
from nianbao.tui.terminal import Profile
from nianbao.tui.app import Editor
from nianbao.tui.options import Options
from nianbao.tui.widgets.bars import StatusPane

class Hurried(Editor):
    def _examine(self):
        shown = bool(self.main and self.main.query_one(StatusPane).lines and self.main.pane.prose.size)
        print(json.dumps([shown, sorted(sys.modules)]))
        self.exit()

async def look():
    async with Hurried(Options(Path(sys.argv[1]), profile=Profile(draws=False))).run_test(size=(80, 24)) as pilot:
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
        "import nianbao.core.checks.run, nianbao.core.editing, nianbao.core.layout, nianbao.core.repair, nianbao.core.text.export",
        "import nianbao.files.report_file",
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
    rooms = ("core.prose", "core.importing", "core.checks.run", "core.text.export", "files.importing", "tui.importing")
    assert [name for name in loaded if name.startswith(tuple(f"nianbao.{room}" for room in rooms))] == []


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
