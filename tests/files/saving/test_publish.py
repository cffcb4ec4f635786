"""`publish`, the only function that writes to a path named by the user: locks, external changes, backups."""

from __future__ import annotations

from pathlib import Path

import pytest
from nianbao.core.report import Header, blank_report
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.atomic_save import ChangedOnDiskError, Expect, read_file
from nianbao.files.saving.backups import backups_of
from nianbao.files.saving.directories import Places
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.publish import Contents, publish
from nianbao.files.session.lock import Lock, LockedByOther, acquire
from nianbao.files.session.surroundings import Surroundings
from nianbao.templates import load_edition

REPORT = report_bytes(blank_report(load_edition("2021"), Header(agency="示例镇人民政府", kind="government", year=2023)))
TEXT = "别人的文字。\n".encode()


class TestPublish:
    """The function itself, called directly."""

    @pytest.fixture
    def around(self, tmp_path: Path) -> Surroundings:
        return Surroundings(Places(tmp_path / "state"))

    @pytest.fixture
    def lock(self, tmp_path: Path, around: Surroundings) -> Lock:
        return acquire(tmp_path / "a.toml", around.places, around.process(around.clock()))

    def test_the_holder_of_the_lock_writes_and_nobody_else(self, tmp_path: Path, around: Surroundings, lock: Lock) -> None:
        path = tmp_path / "a.toml"
        with pytest.raises(LockedByOther):
            publish(path, REPORT, contents=Contents.REPORT, expect=Expect.ABSENT, around=around)
        publish(path, REPORT, contents=Contents.REPORT, expect=Expect.ABSENT, around=around, held=lock)
        assert path.read_bytes() == REPORT
        assert lock.holder() == lock.owner

    def test_a_file_that_was_read_is_replaced_unless_it_changed(self, tmp_path: Path, around: Surroundings) -> None:
        path = tmp_path / "a.toml"
        path.write_bytes(REPORT)
        _data, known = read_file(path)
        done = publish(path, TEXT, contents=Contents.REPORT, expect=known, around=around)
        assert done.backup is not None
        assert done.backup.path.read_bytes() == REPORT
        with pytest.raises(ChangedOnDiskError):
            publish(path, REPORT, contents=Contents.REPORT, expect=known, around=around)
        assert path.read_bytes() == TEXT

    def test_what_is_not_verified_is_not_written(self, tmp_path: Path, around: Surroundings) -> None:
        path = tmp_path / "a.toml"
        with pytest.raises(FileError) as trouble:
            publish(path, REPORT, contents=Contents.REPORT, expect=Expect.ABSENT, around=around, verify=lambda _: False)
        assert trouble.value.kind is FileErrorKind.NOT_VERIFIED
        assert list(tmp_path.iterdir()) == []

    def test_backups_have_the_suffix_of_the_file(self, tmp_path: Path, around: Surroundings) -> None:
        for name, suffix in {"a.txt": ".txt", "b.toml": ".toml", "c": ".bak", f"d.{'长' * 20}": ".bak"}.items():
            (tmp_path / name).write_bytes(TEXT)
            done = publish(tmp_path / name, b"", contents=Contents.EXPORT, expect=Expect.ANYTHING, around=around)
            assert done.backup is not None
            assert done.backup.path.suffix == suffix
            assert backups_of(around.places, tmp_path / name) == [done.backup]
