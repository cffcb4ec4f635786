"""The same start for every test: an environment without the developer's settings, Hypothesis profiles, no state left behind."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from example_counts import register_profiles
from hypothesis.internal.detection import is_hypothesis_test
from nianbao.tui.terminal import probe
from requirements import OF_PACKAGE

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

# What a developer has set must not change what the tests find. Done before the test files are imported: some load editions, and
# textual reads its variables when it is imported.
for name in [name for name in os.environ if name.startswith(("NIANBAO_", "TEXTUAL"))]:
    del os.environ[name]
for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "VISUAL", "EDITOR", "SSH_CONNECTION"):
    os.environ.pop(name, None)
os.environ["TERM"] = "xterm-256color"
probe.prepare_environment(os.environ)

register_profiles()
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Draw Hypothesis' examples from the seed of the order too: one number, printed at the end, repeats a run."""
    order = config.getoption("randomly_seed", None)
    if isinstance(order, int) and config.getoption("--hypothesis-seed") is None:
        for item in items:
            if isinstance(item, pytest.Function) and is_hypothesis_test(item.function):
                hypothesis.seed(order)(item.function)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that is skipped for want of a Debian package fails: .ci/run should have installed it."""
    report = yield
    if os.environ.get("CI") and report.skipped and isinstance(report.longrepr, tuple) and OF_PACKAGE in report.longrepr[2]:
        report.outcome = "failed"
        report.longrepr = report.longrepr[2]
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name the seed at the end, as `-q` leaves out the lines at the start."""
    terminalreporter.write_line(f"order and examples: --randomly-seed={config.getoption('randomly_seed', None)}")


@pytest.fixture(scope="session", autouse=True)
def _folders_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A configuration and a state folder of this run, for what a test does not give folders of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NIANBAO_CONFIG", "NIANBAO_STATE"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


SIGNALS = [number for number in signal.valid_signals() if number not in (signal.SIGKILL, signal.SIGSTOP)]


def _process_state() -> dict[str, object]:
    """What all tests of a process share and each must leave as it found it."""
    state: dict[str, object] = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    state["working folder"] = str(Path.cwd())
    state |= {f"handler of {number}": signal.getsignal(number) for number in SIGNALS}
    return state


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """The environment, the working folder and the signal handlers are after a test as they were before it."""
    before = _process_state()
    yield
    after = _process_state()
    assert {name: after.get(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {}


@pytest.fixture
def own_editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of editions of the test's own, beside the official ones. Nothing needs to be cleared: caches are keyed by the file."""
    folder = tmp_path / "editions"
    folder.mkdir()
    monkeypatch.setenv("NIANBAO_TEMPLATES", str(folder))
    return folder
