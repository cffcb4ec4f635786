"""The command and the editor report identical findings for every report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.cli.main import main
from nianbao.files.importing.source import read_source
from nianbao.files.report.serialize import report_bytes
from nianbao.templates import edition_ids, load_catalogue, load_edition
from nianbao.tui.flows.open_report import open_path
from repository import EXAMPLES, SHARED, needs_shared
from tui_support import editing

if TYPE_CHECKING:
    import pytest
    from nianbao.core.checks.finding import Finding


Said = tuple[str, str, tuple[str, ...], str, str]
"""Code, severity, cells, message, and waiver key, which contains a fingerprint of the passage."""


def said_by_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[Said]]:
    main(["check", str(folder), "--format", "json", "--jobs", "1"])
    files = json.loads(capsys.readouterr().out)["files"]
    return {file["path"]: sorted(map(_of_document, file["findings"])) for file in files}


def _of_document(finding: dict[str, object]) -> Said:
    cells = finding["cells"]
    assert isinstance(cells, list)
    return str(finding["code"]), str(finding["severity"]), tuple(cells), str(finding["message"]), str(finding.get("key", ""))


def _of_editor(finding: Finding) -> Said:
    cells = tuple(map(str, finding.cells))
    return finding.code, finding.severity.value, cells, load_catalogue().message(finding), finding.waiver


async def assert_same(folder: Path, state: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[Said]]:
    """Compare the findings of `check` with those of one editor that opens the directory's reports in turn, and return them."""
    by_command = said_by_command(folder, capsys)
    async with editing(state, None) as stage:
        for path, said in by_command.items():
            open_path(stage.editor, Path(path))
            await stage.settle()
            await stage.settle()
            assert stage.session.path.name == path.rpartition("/")[2]
            examination = stage.editor.examined()
            assert examination is not None
            assert sorted(map(_of_editor, examination.findings)) == said, path
            assert examination.report is stage.report
    return by_command


async def test_editor_and_check_find_the_same_in_the_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, state = tmp_path / "reports", tmp_path / "editor"
    shutil.copytree(EXAMPLES, folder)
    state.mkdir()
    said = await assert_same(folder, state, capsys)
    assert len(said) == len(list(EXAMPLES.glob("*.toml")))
    assert [code for code, *_ in said[str(folder / "city-2024.toml")]] == ["C42", "C42"]


@needs_shared
async def test_editor_and_check_find_the_same_in_every_published_report_that_can_be_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, state = tmp_path / "reports", tmp_path / "editor"
    folder.mkdir()
    state.mkdir()
    editions = tuple(map(load_edition, edition_ids()))
    for source in [*(SHARED / "corpus").glob("*.txt"), *(SHARED / "seeds").glob("*.txt")]:
        imported = read_source(source.name, source.read_bytes(), editions)
        if imported.usable:
            (folder / f"{source.parent.name}-{source.stem}.toml").write_bytes(report_bytes(imported.report))
    said = await assert_same(folder, state, capsys)
    assert len(said) > 40
