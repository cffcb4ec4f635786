"""The real program over real SSH: the connection is killed in the middle of the work."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nianbao.core.report import SectionId, parse_address
from nianbao.files.opening import open_report
from nianbao.files.places import Places, beside
from nianbao.files.report_writer import report_bytes
from nianbao.files.session import Surroundings
from pty_terminal import PATIENCE, PtyTerminal, editor_environ
from tui_support import finished_report

if TYPE_CHECKING:
    from collections.abc import Iterator

SEARCH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
SSHD = shutil.which("sshd", path=SEARCH)
SSH = shutil.which("ssh")

pytestmark = pytest.mark.skipif(SSHD is None or SSH is None, reason="OpenSSH's sshd or ssh is not installed")


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A server on a loopback port, with keys of its own."""
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    (tmp_path / "authorized").write_text((tmp_path / "user.pub").read_text("ascii"), "ascii")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    config = tmp_path / "sshd_config"
    config.write_text(
        f"Port {number}\nListenAddress 127.0.0.1\nHostKey {tmp_path}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"PermitRootLogin yes\nPasswordAuthentication no\nAuthorizedKeysFile {tmp_path}/authorized\n",
        "ascii",
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    with (tmp_path / "sshd.log").open("wb") as log:
        server = subprocess.Popen([str(SSHD), "-D", "-e", "-f", str(config)], stderr=log)
    try:
        _wait_for_server(number, server, tmp_path / "sshd.log")
        yield number
    finally:
        server.terminate()
        server.wait()


def _wait_for_server(number: int, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.skip(f"sshd does not start here: {log.read_text('utf-8', 'replace').strip()}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(log.read_text("utf-8", "replace"))


def over_ssh(folder: Path, port: int, report: Path) -> PtyTerminal:
    """The editor through `ssh -tt` on a terminal of its own."""
    environ = editor_environ(folder / "state")
    settings = [f"{name}={environ[name]}" for name in ("NIANBAO_STATE", "NIANBAO_CONFIG", "LANG")]
    command = shlex.join(["env", *settings, sys.executable, "-m", "nianbao", "edit", str(report)])
    ssh = [
        str(SSH), "-tt", "-F", "none", "-i", str(folder / "user"), "-p", str(port), "-o", "StrictHostKeyChecking=no",
        "-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR", "127.0.0.1", command,
    ]  # fmt: skip
    return PtyTerminal(ssh, environ)


def editor_process(report: Path) -> int:
    """The process that edits a report."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                arguments = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if os.fsencode(report) in arguments and b"edit" in arguments and arguments[0] == os.fsencode(sys.executable):
                return int(folder.name)
    raise AssertionError("the editor does not run")


def test_a_killed_connection_loses_nothing(tmp_path: Path, port: int) -> None:
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("no /proc on this system")
    state = tmp_path / "state"
    state.mkdir()
    (state / "first-hint").touch()
    report = tmp_path / "report.toml"
    before = report_bytes(finished_report())
    report.write_bytes(before)
    with over_ssh(tmp_path, port, report) as terminal:
        terminal.wait_for("总体情况")
        terminal.type("\x1b3")
        terminal.wait_for("申请人情况")
        terminal.type("31\r")
        terminal.wait_for("31│")
        terminal.type("\x1b1新增一句。")
        terminal.wait_for("新增一句。")
        process = editor_process(report)
        terminal.kill(signal.SIGKILL)
        ended = time.monotonic() + 5
        while Path(f"/proc/{process}").exists() and time.monotonic() < ended:
            time.sleep(0.05)
        assert not Path(f"/proc/{process}").exists(), "the editor outlives the connection"
    assert not beside(report, "lock").exists()
    assert report.read_bytes() == before
    opening = open_report(report, Surroundings(Places(state)))
    opening.close()
    (offer,) = opening.offers
    assert offer.report.cell(parse_address("requests.new_received.natural_person")) == 31
    assert offer.report.text(SectionId("overview")).startswith("新增一句。")
    with over_ssh(tmp_path, port, report) as terminal:
        terminal.wait_for("发现上次没有保存的修改")
        terminal.type("\r")
        terminal.wait_for("新增一句。")
        terminal.type("\x13")
        terminal.wait_for("已保存到")
