"""Real environment of the editor: an OpenSSH server on a loopback port, tmux, and the process table."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from nianbao.files.journal.record_format import read_journal
from nianbao.files.journal.recovery import replay
from nianbao.files.saving.directories import Places, companion_path
from patience import GLANCE, PATIENCE, is_at_work
from requirements import missing_program, program_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nianbao.core.report import Report

PROGRAM = (sys.executable, "-m", "nianbao")


def wait_until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Poll until a condition holds.

    Raises:
        AssertionError: it does not hold in time; `what` names it.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds:.0f} s")
        time.sleep(GLANCE)


# ---------------------------------------------------------------- processes


def lock_holder(report: Path) -> int:
    """Return the process id in a report's lock, waiting for the lock."""
    lock = companion_path(report, "lock")
    wait_until(lock.exists, f"{lock.name} appears")
    return int(json.loads(lock.read_text("utf-8"))["pid"])


def is_running(pid: int) -> bool:
    """Return whether a process exists and is not a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def processes_with(setting: str) -> list[int]:
    """Return the running processes with this `NAME=value` in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if setting.encode() in (folder / "environ").read_bytes().split(b"\0") and is_running(int(folder.name)):
                found.append(int(folder.name))
    return found


def ancestor_named(pid: int, name: str) -> int:
    """Return the nearest ancestor of a process whose program has this name.

    Raises:
        LookupError: there is none.
    """
    while pid > 1:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
        pid = int(stat.rpartition(")")[2].split()[1])
        if Path(f"/proc/{pid}/comm").read_text("utf-8").strip().startswith(name):
            return pid
    raise LookupError(name)


# ---------------------------------------------------------------- ssh


def missing_for_ssh() -> str | None:
    """Return why no SSH server can run here, or None."""
    reason = missing_program("openssh-server", "sshd") or missing_program("openssh-client", "ssh", "ssh-keygen")
    if reason is not None:
        return reason
    if not Path("/proc/self/environ").exists():
        return "needs /proc to see what is left running"
    return None


@dataclass(frozen=True, slots=True)
class SshServer:
    """OpenSSH server on a loopback port, for the current user and a single key."""

    folder: Path
    port: int

    def client(self, command: str) -> list[str]:
        """Return the command line of a client that runs a shell command on a terminal there."""
        options = {
            "IdentityFile": self.folder / "user",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "UserKnownHostsFile": self.folder / "known_hosts",
            "StrictHostKeyChecking": "yes",
            "BatchMode": "yes",
            "ConnectTimeout": "20",
            "LogLevel": "ERROR",
        }
        given = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        user = pwd.getpwuid(os.getuid()).pw_name
        return ["ssh", "-F", "none", *given, "-p", str(self.port), "-tt", f"{user}@127.0.0.1", command]

    def log(self) -> str:
        """Return the server's log."""
        return (self.folder / "log").read_text("utf-8", "replace")


@contextlib.contextmanager
def ssh_server() -> Iterator[SshServer]:
    """Run a server with its own keys in a temporary directory.

    Raises:
        AssertionError: the server does not start.
    """
    program = program_path("sshd")
    assert program is not None
    with tempfile.TemporaryDirectory(prefix="nianbao-ssh-") as name:
        server = SshServer(Path(name), _free_port())
        _write_server_files(server)
        # As root, the server needs its privilege separation directory, usually created by the package's boot script.
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        process = subprocess.Popen([program, "-D", "-f", server.folder / "config", "-E", server.folder / "log"])
        try:
            wait_until(lambda: process.poll() is not None or _answers(server.port), "sshd listens")
            assert process.poll() is None, server.log()
            yield server
        finally:
            process.terminate()
            process.wait()


def _write_server_files(server: SshServer) -> None:
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", server.folder / key], check=True, stdin=subprocess.DEVNULL)
    public = (server.folder / "user.pub").read_text("utf-8")
    (server.folder / "authorized_keys").write_text(public, "utf-8")
    host = (server.folder / "host.pub").read_text("utf-8")
    (server.folder / "known_hosts").write_text(f"[127.0.0.1]:{server.port} {host}", "utf-8")
    settings = {
        "Port": server.port,
        "ListenAddress": "127.0.0.1",
        "HostKey": server.folder / "host",
        "AuthorizedKeysFile": server.folder / "authorized_keys",
        "PidFile": server.folder / "pid",
        "StrictModes": "no",
        "UsePAM": "no",
        "PermitRootLogin": "prohibit-password",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "PrintMotd": "no",
        "PrintLastLog": "no",
    }
    (server.folder / "config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()), "utf-8")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


# ---------------------------------------------------------------- tmux

TMUX_SETTINGS = """\
set -g status off
set -s escape-time 0
"""


class TmuxError(Exception):
    """A tmux command failed."""


class Tmux:
    """A program in the single window of a private tmux server. A context manager: stops the server on exit."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], *, folder: Path, columns: int = 80, lines: int = 24) -> None:
        # A socket's path must be short, and a test's directory may be long.
        self._folder = tempfile.TemporaryDirectory(prefix="nb-")
        settings = Path(self._folder.name) / "conf"
        settings.write_text(TMUX_SETTINGS, "utf-8")
        self._tmux = ["tmux", "-u", "-S", f"{self._folder.name}/s", "-f", str(settings)]
        # tmux passes the environment on, except for TERM.
        program = shlex.join(["env", f"TERM={environ['TERM']}", *command])
        self._environ = {**environ, "TERM": "xterm-256color"}
        # tmux does not always report the exit status; `cat` keeps the last screen.
        self._status = Path(self._folder.name) / "status"
        told = f"{program}; echo $? >{self._status}; exec cat"
        self._run("new-session", "-d", "-x", str(columns), "-y", str(lines), "-c", str(folder), told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(TmuxError):
            self._run("kill-server")
        self._folder.cleanup()

    def _run(self, *arguments: str, data: str | None = None) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments], check=False, capture_output=True, input=data, encoding="utf-8", env=self._environ, timeout=60
        )
        if done.returncode:
            raise TmuxError(done.stderr)
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type characters at once, as an input method commits them."""
        self._run("send-keys", "-l", "--", text)

    def paste(self, text: str) -> None:
        """Paste as tmux does: bracketed if the program has requested it."""
        self._run("load-buffer", "-b", "b", "-", data=text)
        self._run("paste-buffer", "-d", "-p", "-b", "b")

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        self._run("resize-window", "-x", str(columns), "-y", str(lines))

    def text(self, *, styled: bool = False) -> str:
        """Return the screen without trailing spaces."""
        shown = self._run("capture-pane", "-p", *(["-e"] if styled else []))
        return "\n".join(line.rstrip() for line in shown.splitlines())

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = PATIENCE) -> str:
        """Wait until the screen shows a text, and return the screen.

        Raises:
            AssertionError: the text does not appear in time.
        """
        end = time.monotonic() + seconds
        while True:
            shown = self.text()
            if wanted(shown) if callable(wanted) else wanted in shown:
                return shown
            if time.monotonic() > end or self.has_ended():
                raise AssertionError(f"{wanted!r} does not appear:\n{shown}")
            time.sleep(GLANCE)

    def at_rest(self, still: float = 0.3) -> str:
        """Return the screen once it has been unchanged, and its processes idle, for a while."""
        setting = f"NIANBAO_STATE={self._environ['NIANBAO_STATE']}"
        shown, since = self.text(), time.monotonic()
        end = since + PATIENCE
        while time.monotonic() - since < still and time.monotonic() < end:
            time.sleep(GLANCE)
            now = self.text()
            if now != shown or any(map(is_at_work, processes_with(setting))):
                shown, since = now, time.monotonic()
        return shown

    def has_ended(self) -> bool:
        """Return whether the program has ended."""
        return self._status.exists() and self._status.read_text("utf-8").endswith("\n")

    def exit_status(self) -> int:
        """Wait for the end and return the exit status as the shell reports it: the code, or 128 plus the signal."""
        wait_until(self.has_ended, "the program ends")
        return int(self._status.read_text("utf-8"))


# ---------------------------------------------------------------- reports


def journal_report(state: Path) -> Report:
    """Return the report that the only journal restores."""
    (journal,) = Places(state).journals.glob("*.nianbao-journal")
    reading = read_journal(journal)
    assert not reading.torn
    assert not reading.unread
    return replay(reading).report
