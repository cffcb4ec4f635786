"""Temporary files left by a killed save."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from nianbao.files.saving.atomic_save import atomic_save
from nianbao.files.saving.disk import DISK
from nianbao.files.saving.temporary import clear_temporary, temporary_name
from saved_files import NEW, known, leftovers


class TestWhatAKilledSaveLeftBehind:
    def test_a_temporary_file_is_cleared_by_the_next_save_once_its_process_is_gone(self, report: Path) -> None:
        gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
        mine = temporary_name(report)
        theirs = mine.with_name(mine.name.replace(f"-{os.getpid()}-", f"-{gone.stdout.strip()}-"))
        other_report = temporary_name(report.with_name("other.toml"))
        for path in (mine, theirs, other_report):
            path.write_bytes(b"half")
        atomic_save(report, NEW, expect=known(report))
        assert set(leftovers(report.parent)) == {mine.name, other_report.name}

    def test_a_temporary_file_is_cleared_after_a_day_where_its_process_cannot_be_asked_after(self, report: Path) -> None:
        name = temporary_name(report).name.split("-")
        name[2] = "0" * 8
        elsewhere = report.with_name("-".join(name))
        elsewhere.write_bytes(b"half")
        assert clear_temporary(report, DISK) == 0
        yesterday = time.time() - 25 * 3600
        os.utime(elsewhere, (yesterday, yesterday))
        assert clear_temporary(report, DISK) == 1
