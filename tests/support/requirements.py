"""What single tests need beyond the repository and the extra `dev`. Where it is missing they are skipped, with the reason."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

SHARED: Final = Path(__file__).parents[2] / ".." / "shared"
"""Published reports and labels, which are not part of the repository."""

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, the published reports beside the repository")

OF_PACKAGE: Final = "of the Debian package"
"""In the reason of each skip that installing a package would prevent; in CI such a skip is a failure."""


def missing_program(package: str, *programs: str) -> str | None:
    """Why a test that needs the programs of a Debian package cannot run; None where it can."""
    absent = next((program for program in programs if program_path(program) is None), None)
    return None if absent is None else f"needs {absent} {OF_PACKAGE} {package}"


def program_path(program: str) -> str | None:
    """Where a program is, also one that only the administrator has on the path."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/sbin")
