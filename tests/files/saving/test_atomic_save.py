"""A save replaces all of the old bytes by all of the new ones or changes nothing, and reports which."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from faulty_disk import FaultyDisk, refusing
from nianbao.files.saving.atomic_save import ChangedOnDiskError, Expect, SaveNote, atomic_save, current_fingerprint, digest_of, is_unchanged
from nianbao.files.saving.directories import companion_path
from nianbao.files.saving.errors import FileError, FileErrorKind
from saved_files import NEW, NOBODY, OLD, known, leftovers, trouble_of_saving


class TestTheFileItself:
    def test_a_new_file_is_written_with_the_users_own_mask(self, tmp_path: Path) -> None:
        path = tmp_path / "new.toml"
        mask = os.umask(0o027)
        try:
            saved = atomic_save(path, NEW, expect=Expect.ABSENT)
        finally:
            os.umask(mask)
        assert path.read_bytes() == NEW
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert saved.notes == frozenset()
        assert saved.fingerprint == known(path)
        assert leftovers(tmp_path) == []

    def test_an_existing_file_keeps_its_mode(self, report: Path) -> None:
        report.chmod(0o604)
        atomic_save(report, NEW, expect=known(report))
        assert report.read_bytes() == NEW
        assert stat.S_IMODE(report.stat().st_mode) == 0o604
        assert leftovers(report.parent) == []

    def test_a_link_stays_a_link_and_the_file_behind_it_changes(self, report: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "links"
        elsewhere.mkdir()
        link = elsewhere / "current.toml"
        link.symlink_to(report)
        saved = atomic_save(link, NEW, expect=known(link))
        assert link.is_symlink()
        assert saved.path == report.resolve()
        assert report.read_bytes() == NEW

    def test_a_link_to_nothing_yet_makes_the_file_it_names(self, tmp_path: Path) -> None:
        link = tmp_path / "link.toml"
        link.symlink_to(tmp_path / "real.toml")
        atomic_save(link, NEW, expect=Expect.ABSENT)
        assert link.is_symlink()
        assert (tmp_path / "real.toml").read_bytes() == NEW

    def test_a_further_name_of_the_file_keeps_the_old_contents_and_is_told_of(self, report: Path, tmp_path: Path) -> None:
        (tmp_path / "twin.toml").hardlink_to(report)
        saved = atomic_save(report, NEW, expect=known(report))
        assert saved.notes == {SaveNote.HARD_LINKS}
        assert (tmp_path / "twin.toml").read_bytes() == OLD

    @pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator may give files to others")
    def test_the_administrator_saves_without_taking_the_file(self, report: Path) -> None:
        os.chown(report, NOBODY, NOBODY)
        report.chmod(0o640)
        assert atomic_save(report, NEW, expect=known(report)).notes == frozenset()
        status = report.stat()
        assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (NOBODY, NOBODY, 0o640)

    @pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator may give files to others")
    def test_where_the_owner_cannot_be_kept_no_other_group_gains_by_it(self, report: Path) -> None:
        os.chown(report, NOBODY, NOBODY)
        report.chmod(0o664)
        saved = atomic_save(report, NEW, expect=known(report), disk=refusing("set_owner", errno.EPERM))
        assert saved.notes == {SaveNote.OWNER_NOT_KEPT}
        assert stat.S_IMODE(report.stat().st_mode) == 0o644

    def test_attributes_of_the_file_are_kept(self, report: Path) -> None:
        if not hasattr(os, "setxattr"):
            pytest.skip("this system has no extended attributes")
        try:
            os.setxattr(report, "user.office", "民政局".encode())
        except OSError as error:
            pytest.skip(f"this file system takes no extended attributes: {error}")
        atomic_save(report, NEW, expect=known(report))
        assert os.getxattr(report, "user.office").decode() == "民政局"

    def test_the_longest_name_a_system_takes_can_be_saved_under(self, tmp_path: Path) -> None:
        path = tmp_path / ("年" * 83 + ".toml")
        atomic_save(path, NEW, expect=Expect.ABSENT)
        atomic_save(path, OLD, expect=known(path))
        assert path.read_bytes() == OLD
        assert len(companion_path(path, "lock").name.encode()) <= 255

    def test_the_fingerprint_of_a_save_is_good_for_the_next(self, report: Path) -> None:
        fingerprint = known(report)
        for contents in (NEW, OLD, NEW, b""):
            fingerprint = atomic_save(report, contents, expect=fingerprint).fingerprint
            assert is_unchanged(report, fingerprint)
        assert report.read_bytes() == b""


class TestSomeoneElseChangedTheFile:
    def test_a_changed_file_is_not_overwritten_and_both_states_are_told(self, report: Path) -> None:
        mine = known(report)
        report.write_bytes(b"theirs")
        assert not is_unchanged(report, mine)
        with pytest.raises(ChangedOnDiskError) as caught:
            atomic_save(report, NEW, expect=mine)
        assert caught.value.expected == mine
        assert caught.value.found == known(report)
        assert report.read_bytes() == b"theirs"
        assert leftovers(report.parent) == []

    def test_a_change_of_equal_length_in_the_same_instant_is_seen(self, report: Path) -> None:
        mine = known(report)
        report.write_bytes(OLD[::-1])
        os.utime(report, ns=(mine.modified, mine.modified))
        with pytest.raises(ChangedOnDiskError):
            atomic_save(report, NEW, expect=mine)

    def test_a_file_written_anew_with_the_same_contents_is_no_conflict(self, report: Path) -> None:
        mine = known(report)
        report.unlink()
        report.write_bytes(OLD)
        assert is_unchanged(report, mine)
        atomic_save(report, NEW, expect=mine)
        assert report.read_bytes() == NEW

    def test_a_removed_file_is_not_brought_back_silently(self, report: Path) -> None:
        mine = known(report)
        report.unlink()
        with pytest.raises(ChangedOnDiskError) as caught:
            atomic_save(report, NEW, expect=mine)
        assert caught.value.found is Expect.ABSENT
        assert not report.exists()

    def test_a_new_report_does_not_take_the_place_of_a_file_that_came_to_be(self, report: Path) -> None:
        with pytest.raises(ChangedOnDiskError) as caught:
            atomic_save(report, NEW, expect=Expect.ABSENT)
        assert caught.value.found == known(report)
        assert report.read_bytes() == OLD

    def test_a_file_that_came_to_be_in_the_last_moment_is_not_replaced(self, tmp_path: Path) -> None:
        path = tmp_path / "new.toml"

        def meanwhile(_number: int, call: str) -> None:
            if call == "link":
                path.write_bytes(b"theirs")

        with pytest.raises(ChangedOnDiskError):
            atomic_save(path, NEW, expect=Expect.ABSENT, disk=FaultyDisk(meanwhile))
        assert path.read_bytes() == b"theirs"
        assert leftovers(tmp_path) == []

    def test_a_change_while_the_backup_is_made_is_seen(self, report: Path) -> None:
        def keep(_replaced: bytes) -> bool:
            report.write_bytes(b"theirs")
            return True

        with pytest.raises(ChangedOnDiskError):
            atomic_save(report, NEW, expect=known(report), keep=keep)
        assert report.read_bytes() == b"theirs"

    def test_the_user_may_decide_to_overwrite(self, report: Path) -> None:
        atomic_save(report, NEW, expect=Expect.ANYTHING)
        assert report.read_bytes() == NEW
        assert current_fingerprint(report.with_name("none.toml")) is Expect.ABSENT


class TestVerification:
    def test_bytes_that_do_not_mean_what_they_should_are_not_saved(self, report: Path) -> None:
        seen: list[bytes] = []

        def verify(data: bytes) -> bool:
            seen.append(data)
            return False

        with pytest.raises(FileError) as caught:
            atomic_save(report, NEW, expect=known(report), verify=verify)
        assert caught.value.kind is FileErrorKind.NOT_VERIFIED
        assert seen == [NEW]
        assert report.read_bytes() == OLD
        assert leftovers(report.parent) == []

    def test_a_disk_that_gives_back_something_else_is_found_out(self, report: Path) -> None:
        class Forgetful(FaultyDisk):
            def write(self, descriptor: int, data: bytes) -> int:
                return super().write(descriptor, b"\0" * len(data))

        assert trouble_of_saving(report, Forgetful()) is FileErrorKind.NOT_VERIFIED
        assert report.read_bytes() == OLD

    def test_a_file_system_that_cannot_wait_for_the_device_is_told_of(self, report: Path) -> None:
        assert atomic_save(report, NEW, expect=known(report), disk=refusing("sync", errno.EINVAL)).notes == {SaveNote.NOT_SYNCED}
        assert atomic_save(report, OLD, expect=known(report), disk=refusing("sync_folder", errno.EIO)).notes == {SaveNote.NOT_SYNCED}
        assert report.read_bytes() == OLD

    def test_a_file_system_without_links_takes_new_files_too(self, tmp_path: Path) -> None:
        path = tmp_path / "new.toml"
        atomic_save(path, NEW, expect=Expect.ABSENT, disk=refusing("link", errno.EPERM))
        assert path.read_bytes() == NEW
        assert leftovers(tmp_path) == []


def test_a_digest_names_contents() -> None:
    assert digest_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_while_it_is_written_nobody_else_may_read_it(report: Path) -> None:
    modes: list[int] = []

    class Watching(FaultyDisk):
        def create(self, path: Path, mode: int = 0o600) -> int:
            modes.append(mode)
            return super().create(path, mode)

    atomic_save(report, NEW, expect=known(report), disk=Watching())
    assert modes == [0o600]
