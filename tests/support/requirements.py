"""Optional requirements of single tests beyond the repository and the extra `dev`; tests are skipped with a reason if one is missing."""

from __future__ import annotations

import os
import shutil
from typing import Final

OF_PACKAGE: Final = "of the Debian package"
"""Part of the skip reason when installing a package would prevent the skip; in CI such a skip is a failure."""


def missing_program(package: str, *programs: str) -> str | None:
    """Return why a test that needs the programs of a Debian package cannot run; None if it can."""
    absent = next((program for program in programs if program_path(program) is None), None)
    return None if absent is None else f"needs {absent} {OF_PACKAGE} {package}"


def program_path(program: str) -> str | None:
    """Find a program, also in directories that only the administrator has in PATH."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/sbin")
