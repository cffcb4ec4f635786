"""Locks: they name the owner of a report, are taken over only from a dead process or on request, and end with their owner."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from faulty_disk import FaultyDisk, refusing
from nianbao.files.saving.directories import Places
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.process import Life, Owner, life_of, now, owner_from_plain, this_process
from nianbao.files.session.lock import Lock, LockedByOther, UnknownOwner, acquire
from saved_files import OPEN_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPENER = """
import sys
from pathlib import Path
from nianbao.files.session.lock import LockedByOther, acquire
from nianbao.files.saving.process import now, this_process
from nianbao.files.saving.directories import Places

me = this_process(now())
held = None
for line in sys.stdin:
    path, state = line.rstrip("\\n").split("\\t")
    if held is not None:
        held.release()
        held = None
    if not path:
        print("released", flush=True)
        continue
    try:
        held = acquire(Path(path), Places(Path(state)), me)
        print(f"won {me.pid}", flush=True)
    except LockedByOther as locked:
        print(f"lost {getattr(locked.owner, 'pid', locked.owner)}", flush=True)
"""


class Opener:
    """Another process that opens and closes reports on command."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", OPENER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tell(self, path: Path | str, state: Path | str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{path}\t{state}\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def opener() -> Iterator[Opener]:
    other = Opener()
    yield other
    other.end()


@pytest.fixture
def me() -> Owner:
    return this_process(now())


def lock_files(report: Path) -> list[str]:
    return sorted(path.name for path in report.parent.iterdir() if path != report)


def someone_else(**changes: str | int) -> Owner:
    fields: dict[str, object] = {**this_process(now()).plain(), "user": "李", "host": "another-machine", "pid": 4711, **changes}
    return owner_from_plain(fields)


def leave_lock(report: Path, owner: Owner) -> Path:
    path = report.with_name(f".{report.name}.lock")
    path.write_text(json.dumps({**owner.plain(), "token": "theirs"}), "utf-8")
    return path


def test_the_lock_lies_beside_the_report_and_names_its_holder(report: Path, places: Places, me: Owner) -> None:
    with acquire(report, places, me) as lock:
        assert lock_files(report) == [".民政局 2024.toml.lock"]
        written = owner_from_plain(json.loads(lock.path.read_text("utf-8")))
        assert written == me
        assert (written.pid, written.since) == (os.getpid(), me.since)
        assert lock.holder() == me
    assert lock_files(report) == []


def test_a_second_opener_is_told_who_and_where(report: Path, places: Places, me: Owner) -> None:
    with acquire(report, places, me):
        with pytest.raises(LockedByOther) as caught:
            acquire(report, places, me)
        assert caught.value.owner == me
    acquire(report, places, me).release()


def test_a_link_to_the_report_is_the_same_report(report: Path, places: Places, me: Owner, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(report)
    with acquire(report, places, me), pytest.raises(LockedByOther):
        acquire(link, places, me)


def test_another_process_holds_the_lock_until_it_is_killed(report: Path, places: Places, me: Owner, opener: Opener) -> None:
    opener.tell(report, places.state)
    assert opener.answer() == f"won {opener.process.pid}"
    with pytest.raises(LockedByOther) as caught:
        acquire(report, places, me)
    assert isinstance(caught.value.owner, Owner)
    assert caught.value.owner.pid == opener.process.pid
    # Killed but not yet waited for by its parent: a zombie keeps its process id, and counts as dead.
    opener.process.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, opener.process.pid, os.WEXITED | os.WNOWAIT)
    with acquire(report, places, me) as lock:
        assert lock.holder() == me


def test_a_later_process_of_the_same_number_is_not_the_owner(report: Path, places: Places, me: Owner) -> None:
    if not me.started:
        pytest.skip("this system does not tell when a process started")
    leave_lock(report, replace(me, started="1"))
    with acquire(report, places, me) as lock:
        assert lock.holder() == me


def test_a_lock_from_before_the_machine_started_anew_is_stale(me: Owner) -> None:
    if not me.boot:
        pytest.skip("this system does not tell one start of the machine from another")
    assert life_of(replace(me, boot="another")) is Life.DEAD
    assert life_of(me) is Life.ALIVE
    assert life_of(replace(me, started="", boot="")) is Life.ALIVE


def test_a_lock_of_another_machine_is_taken_only_on_the_users_word(report: Path, places: Places, me: Owner) -> None:
    theirs = someone_else()
    leave_lock(report, theirs)
    assert life_of(theirs) is Life.ELSEWHERE
    with pytest.raises(LockedByOther) as caught:
        acquire(report, places, me)
    assert caught.value.owner == theirs
    with pytest.raises(LockedByOther):
        acquire(report, places, me, take_over=someone_else(pid=4712))
    with acquire(report, places, me, take_over=caught.value.owner) as lock:
        assert lock.holder() == me
    assert lock_files(report) == []


def test_an_owner_whose_lock_was_taken_over_sees_it_and_leaves_the_lock_alone(report: Path, places: Places, me: Owner) -> None:
    lock = acquire(report, places, me)
    path = leave_lock(report, someone_else())
    assert lock.holder() == someone_else(since=me.since)
    lock.release()
    assert path.exists()
    path.unlink()
    assert lock.holder() is None
    lock.release()


def test_a_lock_that_makes_no_sense_belongs_to_a_stranger(report: Path, places: Places, me: Owner) -> None:
    path = report.with_name(f".{report.name}.lock")
    for contents in (b"\xff\xfe", b"[]", b'{"pid": "x"}', b'{"pid": 0, "user": "", "host": ""}', b"somebody"):
        path.write_bytes(contents)
        with pytest.raises(LockedByOther) as caught:
            acquire(report, places, me)
        assert caught.value.owner == UnknownOwner(contents)
    with acquire(report, places, me, take_over=UnknownOwner(b"somebody")) as lock:
        assert lock.holder() == me


def test_an_empty_lock_is_being_made_or_was_left_by_a_killed_program(report: Path, places: Places, me: Owner) -> None:
    path = report.with_name(f".{report.name}.lock")
    path.write_bytes(b"")
    with pytest.raises(LockedByOther):
        acquire(report, places, me)
    minute_ago = time.time() - 60
    os.utime(path, (minute_ago, minute_ago))
    acquire(report, places, me).release()
    assert not path.exists()


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_where_the_folder_takes_no_lock_it_lies_in_the_users_state(report: Path, places: Places, me: Owner, error: int) -> None:
    class ReadOnlyFolder(FaultyDisk):
        def create(self, path: Path, mode: int = 0o600) -> int:
            if path.parent == report.parent:
                raise OSError(error, os.strerror(error))
            return super().create(path, mode)

    with acquire(report, places, me, disk=ReadOnlyFolder()) as lock:
        assert lock.path.parent == places.locks
        assert lock_files(report) == []
        assert lock.holder() == me
        with pytest.raises(LockedByOther):
            acquire(report, places, me)
    assert list(places.locks.iterdir()) == []


def test_where_no_lock_can_be_made_at_all_it_is_said(report: Path, places: Places, me: Owner) -> None:
    with pytest.raises(FileError) as caught:
        acquire(report, places, me, disk=refusing("create", errno.EROFS))
    assert caught.value.kind is FileErrorKind.READ_ONLY_DISK
    with pytest.raises(FileError) as caught:
        acquire(report.parent / "gone" / "a.toml", places, me)
    assert caught.value.kind is FileErrorKind.FOLDER_MISSING


def test_a_file_system_without_links_locks_too(report: Path, places: Places, me: Owner) -> None:
    disk = refusing("link", errno.EPERM)
    with acquire(report, places, me, disk=disk):
        with pytest.raises(LockedByOther):
            acquire(report, places, me, disk=disk)
        assert lock_files(report) == [".民政局 2024.toml.lock"]
    assert lock_files(report) == []


def test_a_lock_that_cannot_be_written_whole_leaves_nothing(report: Path, places: Places, me: Owner) -> None:
    with pytest.raises(FileError):
        acquire(report, places, me, disk=refusing("write", errno.EIO))
    assert lock_files(report) == []


@pytest.mark.parametrize("left", ["free", "stale"])
def test_of_openers_that_race_for_a_report_exactly_one_wins(tmp_path: Path, left: str) -> None:
    openers = [Opener() for _ in range(4)]
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    try:
        for number in range(25):
            report = tmp_path / f"{number}.toml"
            if left == "stale":
                leave_lock(report, replace(this_process(now()), pid=dead.pid, started="1"))
            for opener in openers:
                opener.tell(report, tmp_path / "state")
            answers = [opener.answer() for opener in openers]
            winners = [answer.split()[1] for answer in answers if answer.startswith("won")]
            assert len(winners) == 1, answers
            assert {answer.split()[1] for answer in answers} == {winners[0]}
            for opener in openers:
                opener.tell("", "")
            assert [opener.answer() for opener in openers] == ["released"] * 4
            assert not list(tmp_path.glob(".*"))
    finally:
        for opener in openers:
            opener.end()


def test_a_released_lock_may_be_released_again(report: Path, places: Places, me: Owner) -> None:
    lock: Lock = acquire(report, places, me)
    lock.release()
    other = acquire(report, places, replace(me, user="another"))
    lock.release()
    assert other.path.exists()
    other.release()


def test_trouble_with_the_lock_is_said_of_the_report(report: Path, places: Places, me: Owner) -> None:
    with pytest.raises(FileError) as caught:
        acquire(report, places, me, disk=refusing("create", errno.EROFS))
    assert caught.value.path == report


def test_a_lock_that_cannot_be_removed_is_let_be(report: Path, places: Places, me: Owner) -> None:
    disk = FaultyDisk()
    lock = acquire(report, places, me, disk=disk)
    disk.before = lambda _number, call: OSError(errno.EACCES, "") if call == "remove" else None
    lock.release()
    assert lock.holder() == me


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="needs /proc to count open files")
def test_asking_who_holds_a_lock_leaves_no_file_open(report: Path, places: Places, me: Owner) -> None:
    with acquire(report, places, me) as lock:
        before = len(list(OPEN_FILES.iterdir()))
        for _ in range(50):
            assert lock.holder() == me
            with pytest.raises(LockedByOther):
                acquire(report, places, me)
        assert len(list(OPEN_FILES.iterdir())) == before
