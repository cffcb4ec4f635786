"""Programs that single tests need beyond the extra `dev`. Where one is missing they are skipped, with the reason."""

from __future__ import annotations

import os
import shutil
from typing import Final

OF_PACKAGE: Final = "of the Debian package"
"""In the reason of each skip that installing a package would prevent; in CI such a skip is a failure."""


def missing_program(package: str, *programs: str) -> str | None:
    """Why a test that needs the programs of a Debian package cannot run; None where it can."""
    absent = next((program for program in programs if program_path(program) is None), None)
    return None if absent is None else f"needs {absent} {OF_PACKAGE} {package}"


def program_path(program: str) -> str | None:
    """Where a program is, also one that only the administrator has on the path."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/sbin")
