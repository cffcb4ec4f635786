"""Refusals of the system are classified by kind, and leave the old file intact."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from faulty_disk import CALLS, FaultyDisk, SmallDisk, refusing_at
from nianbao.files.saving.atomic_save import atomic_save, is_unchanged, predict_save_error, read_file
from nianbao.files.saving.errors import FileError, FileErrorKind
from saved_files import NEW, NOBODY, OLD, known, leftovers, trouble_of_saving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """Return a directory of an unprivileged user, and become that user during the test."""
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


class TestWhatTheSystemRefuses:
    def test_a_folder_that_is_gone_is_reported(self, report: Path) -> None:
        assert trouble_of_saving(report.parent / "gone" / "a.toml") is FileErrorKind.FOLDER_MISSING

    def test_a_folder_that_goes_while_saving_is_reported(self, tmp_path: Path) -> None:
        folder = tmp_path / "usb"
        folder.mkdir()

        def pulled(number: int, _call: str) -> None:
            if number == 1:
                folder.rmdir()

        assert trouble_of_saving(folder / "a.toml", FaultyDisk(pulled)) is FileErrorKind.FOLDER_MISSING

    def test_a_path_that_is_a_folder_is_refused(self, tmp_path: Path) -> None:
        assert trouble_of_saving(tmp_path) is FileErrorKind.IS_FOLDER

    def test_a_path_through_a_file_is_refused(self, report: Path) -> None:
        assert trouble_of_saving(report / "a.toml") is FileErrorKind.NOT_A_FOLDER

    def test_a_name_that_is_too_long_is_refused(self, tmp_path: Path) -> None:
        assert trouble_of_saving(tmp_path / ("年" * 100)) is FileErrorKind.NAME_TOO_LONG

    def test_links_that_go_in_a_circle_are_refused(self, tmp_path: Path) -> None:
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

    def test_a_folder_that_takes_no_files_is_reported_and_the_file_stays(self, as_nobody: Path) -> None:
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
        assert predict_save_error(path) is None
        path.write_bytes(OLD)
        assert predict_save_error(path) is None
        path.chmod(0o444)
        for unwritable, kind in (
            (path, FileErrorKind.READ_ONLY_FILE),
            (as_nobody, FileErrorKind.IS_FOLDER),
            (as_nobody / "gone" / "a.toml", FileErrorKind.FOLDER_MISSING),
        ):
            trouble = predict_save_error(unwritable)
            assert trouble is not None
            assert trouble.kind is kind
        as_nobody.chmod(0o555)
        try:
            trouble = predict_save_error(as_nobody / "new.toml")
            assert trouble is not None
            assert trouble.kind is FileErrorKind.NO_PERMISSION
        finally:
            as_nobody.chmod(0o755)

    def test_a_file_that_may_not_be_read_is_reported_with_its_path(self, as_nobody: Path) -> None:
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


@contextlib.contextmanager
def small_file_system(folder: Path) -> Iterator[Path]:
    """Mount a file system of 64 kB; skip the test if that is not permitted."""
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


def test_a_file_in_a_folder_that_cannot_be_entered_is_told_as_a_file_error(as_nobody: Path) -> None:
    path = as_nobody / "shut" / "a.toml"
    path.parent.mkdir()
    path.write_bytes(OLD)
    fingerprint = known(path)
    path.parent.chmod(0)
    try:
        with pytest.raises(FileError) as caught:
            is_unchanged(path, fingerprint)
    finally:
        path.parent.chmod(0o755)
    assert caught.value.kind is FileErrorKind.NO_PERMISSION
