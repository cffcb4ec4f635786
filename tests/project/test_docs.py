"""User documentation: both languages cover the same ground, commands run as shown, and screens are the program's own."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nianbao.cli.words.common_words import COMMANDS
from repository import ROOT

PAGES = ("README", "docs/tour", "docs/keys", "docs/import", "docs/policy", "docs/similar", "docs/terminals")
"""User documentation: each page is PAGE.md in English and PAGE.zh-CN.md in Chinese."""
READMES = ("README.md", "README.zh-CN.md")
BOTH = [f"{page}{suffix}" for page in PAGES for suffix in (".md", ".zh-CN.md")]

_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"[ \t]*#.*")
PLACEHOLDERS = re.compile(r"(?<![A-Z])(?:ID|NAME|CODE|YEAR|FOLDER|FILE)(?![A-Z])")
"""Words that stand for a name of the reader's choice."""
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [body for marked, body in _BLOCK.findall(text_of(name)) if marked == language]


def code(name: str) -> list[tuple[str, str]]:
    """Return the code blocks of a page with their languages, without comments, which are in the page's language."""
    return [(language, _COMMENT.sub("", body)) for language, body in _BLOCK.findall(text_of(name))]


def heading_levels(name: str) -> list[int]:
    outside = _BLOCK.sub("", text_of(name))
    return [len(marks) for marks in re.findall(r"^(#+) ", outside, re.MULTILINE)]


def commands(name: str) -> list[tuple[str, int]]:
    """Return the nianbao commands of the shell blocks, with the exit code named by a comment, else 0."""
    found = []
    for block in blocks(name, "sh"):
        for line in block.splitlines():
            command, _, comment = line.partition("#")
            if command.startswith("nianbao "):
                exit_code = re.search(r"exit (\d+)", comment)
                found.append((command.strip(), int(exit_code[1]) if exit_code else 0))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_headings_and_code(page: str) -> None:
    english, chinese = f"{page}.md", f"{page}.zh-CN.md"
    assert heading_levels(english) == heading_levels(chinese)
    assert code(english) == code(chinese)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_begins_with_a_link_to_the_other_language(page: str) -> None:
    name = Path(page).name
    english, chinese = (_LINK.findall(text_of(f"{page}{suffix}")) for suffix in (".md", ".zh-CN.md"))
    assert english[0] == f"{name}.zh-CN.md"
    assert chinese[0] == f"{name}.md"


def test_every_page_in_chinese_is_also_in_english_and_tested_here() -> None:
    assert {path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.zh-CN.md"), *(ROOT / "docs").glob("*.zh-CN.md")]} == {
        f"{page}.zh-CN.md" for page in PAGES
    }


@pytest.mark.parametrize("page", PAGES)
def test_chinese_pages_link_to_chinese_pages(page: str) -> None:
    english = [target for target in _LINK.findall(text_of(f"{page}.zh-CN.md"))[1:] if target.endswith(".md")]
    here = (ROOT / page).parent
    assert [target for target in english if (here / target.replace(".md", ".zh-CN.md")).exists()] == []


@pytest.mark.parametrize("name", [name for name in BOTH if commands(name)])
def test_the_commands_run_as_shown(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for block in blocks(name, "toml"):
        if (named := re.match(r"# ([\w.-]+\.toml)\n", block)) is not None:
            (tmp_path / named[1]).write_text(block, encoding="utf-8")
    for command, exit_code in commands(name):
        argv = [sys.executable, "-m", *shlex.split(command)]
        done = subprocess.run(argv, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == exit_code, f"{command}\n{done.stderr.decode()}"


def test_options_named_in_the_text_are_options_of_a_command() -> None:
    written = [code for name in BOTH for code in re.findall(r"`([^`\n]+)`", text_of(name))]
    named = {option for code in written for option in re.findall(r"--[a-z-]+", code)}
    known = {option for command, _ in COMMANDS for option in re.findall(r"--[a-z-]+", _help(command))}
    assert named - known == set()


def _help(command: str) -> str:
    argv = [sys.executable, "-m", "nianbao", command, "--help"]
    return subprocess.run(argv, capture_output=True, check=True, encoding="utf-8").stdout


@pytest.mark.parametrize("name", READMES)
def test_the_readme_has_commands(name: str) -> None:
    assert commands(name)


@pytest.mark.parametrize("name", READMES)
def test_the_screen_shown_is_one_of_the_tutorial(name: str) -> None:
    assert blocks(name, "text")[0] in blocks("docs/tour.md", "text"), f"{name}: copy the screen anew from docs/tour.md"


@pytest.mark.parametrize("name", READMES)
def test_the_findings_shown_are_printed(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nianbao", "check", "examples/wrong-2024.toml"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    )
    printed = done.stdout.splitlines()
    shown = blocks(name, "text")[1]
    assert shown.startswith("examples/wrong-2024.toml")
    assert [line for line in shown.splitlines() if line not in printed] == []


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_are_there(name: str) -> None:
    makefile = text_of("Makefile")
    for target in ("run", "test"):
        assert f"make {target}" in text_of(name)
        assert f"\n{target}:" in makefile


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in _LINK.findall(path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_modules_named_in_documents_exist() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for module in re.findall(r"`((?:core|files|service|templates|cli|tui|tests|bench)/[\w/]+\.py)", path.read_text(encoding="utf-8")):
            assert PLACEHOLDERS.search(module) or (ROOT / module).exists(), f"{path.name}: {module}"


CONTRIBUTING = text_of("CONTRIBUTING.md")
_PATH = re.compile(
    r"(?<![\w/.~-])(?:core|files|service|templates|cli|tui|tests|bench|docs|examples|\.ci)/[\w./-]*\w/?(?![\w*])|\b[A-Za-z]+\.md\b"
)


def test_the_paths_named_for_contributors_exist() -> None:
    named = set(_PATH.findall(CONTRIBUTING))
    assert len(named) > 50
    assert sorted(path for path in named if not PLACEHOLDERS.search(path) and not (ROOT / path).exists()) == []


def test_the_commands_named_for_contributors_exist() -> None:
    makefile, known = text_of("Makefile"), {name for name, _ in COMMANDS}
    targets = set(re.findall(r"\bmake ([a-z]+)", CONTRIBUTING))
    assert {"test", "bench"} <= targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
    written = "\n".join([*re.findall(r"`([^`\n]+)`", CONTRIBUTING), *blocks("CONTRIBUTING.md", "sh")])
    named = set(re.findall(r"\bnianbao ([a-z]+)", written))
    assert named
    assert named - known == set()


def test_the_names_in_modules_named_for_contributors_exist() -> None:
    """`NAME` in `module.py`."""
    named = re.findall(r"`([A-Za-z_]+)`(?: \(.*?\))? (?:in|of)\s+`([\w/]+\.py)`", CONTRIBUTING)
    assert len(named) > 5
    for name, module in named:
        assert re.search(rf"^ *(?:async )?(?:def |class )?{name}\b", text_of(module), re.MULTILINE), f"{module}: {name}"
