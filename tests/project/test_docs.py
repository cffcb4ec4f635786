"""The commands in the READMEs run, and what they show is what the program prints."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from repository import ROOT

READMES = ("README.md", "README.zh-CN.md")


def commands(name: str) -> list[tuple[str, int]]:
    """The nianbao commands of the shell blocks with the exit code that a comment gives, 0 without one."""
    found = []
    for block in re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            command, _, comment = line.partition("#")
            if command.startswith("nianbao "):
                code = re.search(r"exit (\d+)", comment)
                found.append((command.strip(), int(code[1]) if code else 0))
    return found


@pytest.mark.parametrize("name", READMES)
def test_the_commands_run_as_shown(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    listed = commands(name)
    assert listed
    for command, code in listed:
        argv = [sys.executable, "-m", *shlex.split(command)]
        done = subprocess.run(argv, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == code, f"{command}\n{done.stderr.decode()}"


@pytest.mark.parametrize("name", READMES)
def test_the_findings_shown_are_printed(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nianbao", "check", "examples/wrong-2024.toml"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    )
    printed = done.stdout.splitlines()
    shown = re.search(r"```text\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    assert [line for line in shown[1].splitlines() if line not in printed] == []


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test"):
        assert f"make {target}" in text
        assert f"\n{target}:" in makefile


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
