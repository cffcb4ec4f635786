"""A save puts all of the new bytes in the place of all of the old ones, or nothing, and says which."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import stat
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from faulty_disk import CALLS, FaultyDisk, SmallDisk, refusing, refusing_at
from nianbao.files.saving.atomic_save import (
    ChangedOnDiskError,
    Expect,
    Fingerprint,
    SaveNote,
    atomic_save,
    digest_of,
    foreseen_trouble,
    look_at,
    read_file,
    still_as,
)
from nianbao.files.saving.backups import KEPT, backups_of, keep_backup
from nianbao.files.saving.directories import Places, beside, path_key, user_places
from nianbao.files.saving.disk import DISK
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.temporary import clear_temporary, temporary_name

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD = "本年新收政府信息公开申请数量：十四件。\n".encode()
NEW = "本年新收政府信息公开申请数量：十五件。\n".encode() * 3
NOBODY = 65534


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "民政局 2024.toml"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder of a user without privileges, while the test is that user."""
    if os.geteuid() != 0:
        with tempfile.TemporaryDirectory() as name:
            yield Path(name)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chown(folder, NOBODY, NOBODY)
        groups = os.getgroups()
        os.setgroups([])
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(0)
            os.setegid(0)
            os.setgroups(groups)


def known(path: Path) -> Fingerprint:
    return read_file(path)[1]


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".nianbao"))


def trouble_of_saving(path: Path, disk: FaultyDisk | None = None) -> FileErrorKind:
    with pytest.raises(FileError) as caught:
        atomic_save(path, NEW, expect=Expect.ANYTHING, disk=disk or DISK)
    return caught.value.kind


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
        assert len(beside(path, "lock").name.encode()) <= 255

    def test_the_fingerprint_of_a_save_is_good_for_the_next(self, report: Path) -> None:
        fingerprint = known(report)
        for contents in (NEW, OLD, NEW, b""):
            fingerprint = atomic_save(report, contents, expect=fingerprint).fingerprint
            assert still_as(report, fingerprint)
        assert report.read_bytes() == b""


class TestSomeoneElseChangedTheFile:
    def test_a_changed_file_is_not_overwritten_and_both_states_are_told(self, report: Path) -> None:
        mine = known(report)
        report.write_bytes(b"theirs")
        assert not still_as(report, mine)
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
        assert still_as(report, mine)
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

    def test_not_even_of_one_that_came_to_be_in_the_last_moment(self, tmp_path: Path) -> None:
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
        assert look_at(report.with_name("none.toml")) is Expect.ABSENT


class TestWhatTheSystemRefuses:
    def test_a_folder_that_is_gone(self, report: Path) -> None:
        assert trouble_of_saving(report.parent / "gone" / "a.toml") is FileErrorKind.FOLDER_MISSING

    def test_a_folder_that_goes_while_saving(self, tmp_path: Path) -> None:
        folder = tmp_path / "usb"
        folder.mkdir()

        def pulled(number: int, _call: str) -> None:
            if number == 1:
                folder.rmdir()

        assert trouble_of_saving(folder / "a.toml", FaultyDisk(pulled)) is FileErrorKind.FOLDER_MISSING

    def test_a_path_that_is_a_folder(self, tmp_path: Path) -> None:
        assert trouble_of_saving(tmp_path) is FileErrorKind.IS_FOLDER

    def test_a_path_through_a_file(self, report: Path) -> None:
        assert trouble_of_saving(report / "a.toml") is FileErrorKind.NOT_A_FOLDER

    def test_a_name_that_is_too_long(self, tmp_path: Path) -> None:
        assert trouble_of_saving(tmp_path / ("年" * 100)) is FileErrorKind.NAME_TOO_LONG

    def test_links_that_go_in_a_circle(self, tmp_path: Path) -> None:
        (tmp_path / "a").symlink_to(tmp_path / "b")
        (tmp_path / "b").symlink_to(tmp_path / "a")
        assert trouble_of_saving(tmp_path / "a") is FileErrorKind.LINK_LOOP

    def test_a_pipe_or_a_socket_is_no_file_and_does_not_hold_the_program(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        assert trouble_of_saving(tmp_path / "pipe") is FileErrorKind.NOT_A_FILE
        for path in (tmp_path / "pipe", Path("/dev/null")):
            with pytest.raises(FileError) as caught:
                read_file(path)
            assert caught.value.kind is FileErrorKind.NOT_A_FILE
        with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(tmp_path):
            server.bind("s")
            with pytest.raises(FileError) as caught:
                read_file(tmp_path / "s")
            assert caught.value.kind is FileErrorKind.NOT_A_FILE

    def test_a_folder_that_takes_no_files(self, as_nobody: Path) -> None:
        folder = as_nobody / "readonly"
        folder.mkdir()
        (folder / "a.toml").write_bytes(OLD)
        folder.chmod(0o555)
        try:
            assert trouble_of_saving(folder / "a.toml") is FileErrorKind.NO_PERMISSION
            assert (folder / "a.toml").read_bytes() == OLD
        finally:
            folder.chmod(0o755)

    def test_a_file_marked_read_only_stays_although_its_folder_would_let_it_be_replaced(self, as_nobody: Path) -> None:
        path = as_nobody / "a.toml"
        path.write_bytes(OLD)
        path.chmod(0o444)
        assert trouble_of_saving(path) is FileErrorKind.READ_ONLY_FILE
        assert path.read_bytes() == OLD

    def test_a_file_of_somebody_else_is_no_matter_of_its_mark(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.toml"
        path.write_bytes(OLD)
        monkeypatch.setattr(os, "access", lambda *_, **__: False)
        monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
        assert trouble_of_saving(path) is FileErrorKind.NO_PERMISSION

    def test_a_disk_that_takes_nothing_is_not_put_down_to_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.toml"
        path.write_bytes(OLD)
        real = os.statvfs(path)
        monkeypatch.setattr(os, "access", lambda *_, **__: False)
        monkeypatch.setattr(os, "statvfs", lambda _path: os.statvfs_result([*real[:8], os.ST_RDONLY, *real[9:]]))
        assert trouble_of_saving(path) is FileErrorKind.READ_ONLY_DISK

    def test_trouble_is_foreseen_without_touching_the_disk(self, as_nobody: Path) -> None:
        path = as_nobody / "a.toml"
        assert foreseen_trouble(path) is None
        path.write_bytes(OLD)
        assert foreseen_trouble(path) is None
        path.chmod(0o444)
        for unwritable, kind in (
            (path, FileErrorKind.READ_ONLY_FILE),
            (as_nobody, FileErrorKind.IS_FOLDER),
            (as_nobody / "gone" / "a.toml", FileErrorKind.FOLDER_MISSING),
        ):
            trouble = foreseen_trouble(unwritable)
            assert trouble is not None
            assert trouble.kind is kind
        as_nobody.chmod(0o555)
        try:
            trouble = foreseen_trouble(as_nobody / "new.toml")
            assert trouble is not None
            assert trouble.kind is FileErrorKind.NO_PERMISSION
        finally:
            as_nobody.chmod(0o755)

    def test_a_file_that_may_not_be_read(self, as_nobody: Path) -> None:
        path = as_nobody / "a.toml"
        path.write_bytes(OLD)
        path.chmod(0)
        with pytest.raises(FileError) as caught:
            read_file(path)
        assert (caught.value.kind, caught.value.path) == (FileErrorKind.NO_PERMISSION, path)

    @pytest.mark.parametrize(
        ("error", "kind"),
        [
            (errno.ENOSPC, FileErrorKind.DISK_FULL),
            (errno.EDQUOT, FileErrorKind.QUOTA),
            (errno.EROFS, FileErrorKind.READ_ONLY_DISK),
            (errno.EIO, FileErrorKind.DISK_FAULT),
            (errno.EFBIG, FileErrorKind.TOO_LARGE),
            (errno.EBADMSG, FileErrorKind.OTHER),
        ],
    )
    @pytest.mark.parametrize("number", range(1, 12))
    def test_any_refusal_at_any_call_is_told_or_does_not_matter(self, report: Path, number: int, error: int, kind: FileErrorKind) -> None:
        disk = refusing_at(number, error)
        told: FileError | None = None
        try:
            atomic_save(report, NEW, expect=known(report), disk=disk)
        except FileError as trouble:
            told = trouble
        assert report.read_bytes() == (OLD if told else NEW)
        assert told is None or (told.kind is kind and told.cause is not None and told.cause.errno == error)
        disk.let_go()
        assert leftovers(report.parent) == []

    def test_every_write_of_a_save_goes_through_the_disk(self, report: Path) -> None:
        disk = FaultyDisk()
        atomic_save(report, NEW, expect=known(report), disk=disk)
        assert disk.calls == ["create", "write", "set_mode", "sync", "close", "replace", "sync_folder"]
        assert set(disk.calls) <= set(CALLS)

    def test_a_disk_that_fills_up_after_any_number_of_bytes_leaves_the_old_file(self, report: Path) -> None:
        for room in range(len(NEW)):
            assert trouble_of_saving(report, SmallDisk(room)) is FileErrorKind.DISK_FULL
            assert report.read_bytes() == OLD
            assert leftovers(report.parent) == []
        atomic_save(report, NEW, expect=known(report), disk=SmallDisk(len(NEW)))
        assert report.read_bytes() == NEW

    def test_a_limit_on_file_size_is_told(self, report: Path) -> None:
        script = (
            "import resource, sys\nfrom pathlib import Path\n"
            "from nianbao.files.saving.atomic_save import Expect, atomic_save\nfrom nianbao.files.saving.errors import FileError\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
            "try:\n    atomic_save(Path(sys.argv[1]), b'x' * 10000, expect=Expect.ANYTHING)\n"
            "except FileError as trouble:\n    print(trouble.kind.value)\n"
        )
        ran = subprocess.run([sys.executable, "-c", script, str(report)], capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == "too_large"
        assert report.read_bytes() == OLD
        assert leftovers(report.parent) == []

    def test_a_full_disk_is_told_on_a_real_one(self, tmp_path: Path) -> None:
        with small_file_system(tmp_path) as folder:
            path = folder / "a.toml"
            path.write_bytes(OLD)
            with pytest.raises(FileError) as caught:
                atomic_save(path, b"x" * 200_000, expect=known(path))
            assert caught.value.kind is FileErrorKind.DISK_FULL
            assert path.read_bytes() == OLD
            assert leftovers(folder) == []
            atomic_save(path, NEW, expect=known(path))
            assert path.read_bytes() == NEW


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


class TestWhatAKilledSaveLeftBehind:
    def test_is_cleared_by_the_next_save_once_its_process_is_gone(self, report: Path) -> None:
        gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
        mine = temporary_name(report)
        theirs = mine.with_name(mine.name.replace(f"-{os.getpid()}-", f"-{gone.stdout.strip()}-"))
        other_report = temporary_name(report.with_name("other.toml"))
        for path in (mine, theirs, other_report):
            path.write_bytes(b"half")
        atomic_save(report, NEW, expect=known(report))
        assert set(leftovers(report.parent)) == {mine.name, other_report.name}

    def test_is_cleared_after_a_day_where_its_process_cannot_be_asked_after(self, report: Path) -> None:
        name = temporary_name(report).name.split("-")
        name[2] = "0" * 8
        elsewhere = report.with_name("-".join(name))
        elsewhere.write_bytes(b"half")
        assert clear_temporary(report, DISK) == 0
        yesterday = time.time() - 25 * 3600
        os.utime(elsewhere, (yesterday, yesterday))
        assert clear_temporary(report, DISK) == 1


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


def test_state_lies_where_the_user_or_the_system_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NIANBAO_STATE", str(tmp_path / "s"))
    assert user_places().journals == tmp_path / "s" / "journals"
    monkeypatch.delenv("NIANBAO_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    if sys.platform == "linux":
        assert user_places().state == tmp_path / "xdg" / "nianbao"
    assert user_places().state.name == "nianbao"


def test_a_digest_names_contents() -> None:
    assert digest_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@contextlib.contextmanager
def small_file_system(folder: Path) -> Iterator[Path]:
    """A file system of 64 kB; skips where none may be mounted."""
    place = folder / "small"
    place.mkdir()
    try:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "nianbao-test", str(place)], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if mounted.returncode:
        pytest.skip(f"no file system may be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
