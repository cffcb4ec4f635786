"""Isolation of tests: no developer settings in the environment, Hypothesis profiles, and checks that no state leaks between tests."""

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

# Developer settings must not affect the tests. Removed before test files are imported, because some load editions, and textual reads
# its variables on import.
for name in [name for name in os.environ if name.startswith(("NIANBAO_", "TEXTUAL"))]:
    del os.environ[name]
for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "VISUAL", "EDITOR", "SSH_CONNECTION"):
    os.environ.pop(name, None)
os.environ["TERM"] = "xterm-256color"
probe.prepare_environment(os.environ)

register_profiles()
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Seed Hypothesis with the seed of the random order, so that the one number printed at the end reproduces a run."""
    order = config.getoption("randomly_seed", None)
    if isinstance(order, int) and config.getoption("--hypothesis-seed") is None:
        for item in items:
            if isinstance(item, pytest.Function) and is_hypothesis_test(item.function):
                hypothesis.seed(order)(item.function)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test in CI that is skipped because a Debian package is missing: .ci/run should have installed it."""
    report = yield
    if os.environ.get("CI") and report.skipped and isinstance(report.longrepr, tuple) and OF_PACKAGE in report.longrepr[2]:
        report.outcome = "failed"
        report.longrepr = report.longrepr[2]
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the seed at the end; `-q` omits the header."""
    terminalreporter.write_line(f"order and examples: --randomly-seed={config.getoption('randomly_seed', None)}")


@pytest.fixture(scope="session", autouse=True)
def _folders_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Configuration and state directories of this run, for tests that do not set their own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NIANBAO_CONFIG", "NIANBAO_STATE"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


SIGNALS = [number for number in signal.valid_signals() if number not in (signal.SIGKILL, signal.SIGSTOP)]


def _process_state() -> dict[str, object]:
    """Return the process-wide state that each test must leave unchanged."""
    state: dict[str, object] = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    state["working folder"] = str(Path.cwd())
    state |= {f"handler of {number}": signal.getsignal(number) for number in SIGNALS}
    return state


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Check that a test restores environment, working directory and signal handlers."""
    before = _process_state()
    yield
    after = _process_state()
    assert {name: after.get(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {}


@pytest.fixture
def own_editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Directory of custom editions in addition to the official ones. Caches are keyed by file and need no clearing."""
    folder = tmp_path / "editions"
    folder.mkdir()
    monkeypatch.setenv("NIANBAO_TEMPLATES", str(folder))
    return folder
