"""Fixture that calls the command line in this process."""

from __future__ import annotations

import pytest
from command_line import Outcome, Run
from nianbao.cli.main import main


@pytest.fixture
def nianbao(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)

    def run(*argv: str) -> Outcome:
        capsys.readouterr()
        code = main(argv)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run
