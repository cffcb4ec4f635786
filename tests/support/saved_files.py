"""Old and new contents of a file to be saved, and the temporary files that a save left beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from faulty_disk import FaultyDisk
from nianbao.files.saving.atomic_save import Expect, Fingerprint, atomic_save, read_file
from nianbao.files.saving.disk import DISK
from nianbao.files.saving.errors import FileError, FileErrorKind

OLD = "本年新收政府信息公开申请数量：十四件。\n".encode()
NEW = "本年新收政府信息公开申请数量：十五件。\n".encode() * 3
NOBODY = 65534
OPEN_FILES = Path("/proc/self/fd")


def known(path: Path) -> Fingerprint:
    return read_file(path)[1]


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".nianbao"))


def trouble_of_saving(path: Path, disk: FaultyDisk | None = None) -> FileErrorKind:
    with pytest.raises(FileError) as caught:
        atomic_save(path, NEW, expect=Expect.ANYTHING, disk=disk or DISK)
    return caught.value.kind
