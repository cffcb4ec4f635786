"""Editor without a screen, to be killed by a test. Arguments: the report's path, the state directory, and a mode.

`save`: for each byte of input, fork an editor that opens and edits the report, prints its process id, waits for a byte and saves; then
print its exit code.
`type`: open the report and print a line after every command, without end.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
import sys
from pathlib import Path

from nianbao.core.commands import SetHeader
from nianbao.files.saving.directories import Places
from nianbao.files.session.open_session import open_report
from nianbao.files.session.surroundings import Surroundings
from open_reports import set_cell, type_text

ANY_TRACER = (0x59616D61, ctypes.c_ulong(-1))


def edit_and_save(path: Path, places: Places, go: int) -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(*ANY_TRACER, 0, 0, 0)
    session = open_report(path, Surroundings(places)).begin()
    session.dispatch(set_cell("requests.new_received.natural_person", 14))
    session.dispatch(type_text(session.report, "新收申请十四件。"))
    session.dispatch(SetHeader("agency", "示例市民政事务局"))
    os.write(1, f"{os.getpid()}\n".encode())
    os.read(go, 1)
    session.save()


def serve(path: Path, places: Places) -> None:
    while os.read(0, 1):
        child = os.fork()
        if child == 0:
            edit_and_save(path, places, 0)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def type_for_ever(path: Path, places: Places) -> None:
    session = open_report(path, Surroundings(places)).begin()
    for number in itertools.count():
        session.dispatch(set_cell("requests.new_received.natural_person", number))
        if number % 50 == 49:
            session.save()
        os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    {"save": serve, "type": type_for_ever}[sys.argv[3]](Path(sys.argv[1]), Places(Path(sys.argv[2])))
