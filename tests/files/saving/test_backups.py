"""Backups of a report's replaced contents in the state directory."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from faulty_disk import SmallDisk
from nianbao.files.saving.atomic_save import SaveNote, atomic_save
from nianbao.files.saving.backups import KEPT, backups_of, keep_backup
from nianbao.files.saving.directories import Places, path_key
from saved_files import NEW, OLD, known


class TestBackups:
    def test_the_last_contents_are_kept_newest_first_and_the_rest_forgotten(self, report: Path, tmp_path: Path) -> None:
        places = Places(tmp_path / "state")
        start = datetime(2025, 1, 10, 9, 30, tzinfo=UTC)
        for number in range(KEPT + 5):
            keep_backup(places, report, f"version {number}".encode(), start + timedelta(minutes=number))
        kept = backups_of(places, report)
        assert [backup.path.read_bytes() for backup in kept] == [f"version {number}".encode() for number in range(KEPT + 4, 4, -1)]
        assert kept[0].replaced == start + timedelta(minutes=KEPT + 4)
        assert (places.backups / path_key(report) / "report.txt").read_text().strip() == str(report.resolve())

    def test_the_same_contents_are_not_kept_twice_in_a_row(self, report: Path, tmp_path: Path) -> None:
        places = Places(tmp_path / "state")
        for minute in range(3):
            keep_backup(places, report, OLD, datetime(2025, 1, 10, 9, minute, tzinfo=UTC))
        assert len(backups_of(places, report)) == 1

    def test_backups_are_for_the_users_eyes_only(self, report: Path, tmp_path: Path) -> None:
        backup = keep_backup(Places(tmp_path / "state"), report, OLD, datetime(2025, 1, 10, tzinfo=UTC))
        assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700

    def test_a_save_succeeds_without_its_backup_and_says_so(self, report: Path) -> None:
        saved = atomic_save(report, NEW, expect=known(report), keep=lambda _replaced: False)
        assert saved.notes == {SaveNote.BACKUP_NOT_KEPT}
        assert report.read_bytes() == NEW

    def test_half_a_backup_is_none(self, report: Path, tmp_path: Path) -> None:
        places = Places(tmp_path / "state")
        keep_backup(places, report, OLD, datetime(2025, 1, 10, tzinfo=UTC))
        with pytest.raises(OSError, match="space"):
            keep_backup(places, report, NEW, datetime(2025, 1, 11, tzinfo=UTC), disk=SmallDisk(10))
        assert [backup.path.read_bytes() for backup in backups_of(places, report)] == [OLD]
