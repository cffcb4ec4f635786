"""Calling the command line, in this process or as a subprocess."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple, Protocol

from repository import EXAMPLES

CLEAN = str(EXAMPLES / "department-2024.toml")
WRONG = str(EXAMPLES / "wrong-2024.toml")


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, *argv: str) -> Outcome: ...


def process(*argv: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "nianbao", *argv], input=stdin, capture_output=True, check=False, env={**os.environ, **(env or {})}
    )
