"""The policy file of a report: the one that was given, the nearest above the report, or the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from nianbao.core.policy import NO_POLICY, Origin
from nianbao.files.policy.find_policy import CONFIG_VARIABLE, NAME, NO_FILE, policy_for, policy_place


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of the user's own policy file, which is not there yet."""
    folder = tmp_path / "config"
    folder.mkdir()
    monkeypatch.setenv(CONFIG_VARIABLE, str(folder))
    return folder / NAME


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "county" / "bureaus" / "report.toml"
    path.parent.mkdir(parents=True)
    return path


def test_the_nearest_file_comes_before_the_users_own(own: Path, report: Path) -> None:
    assert policy_place(report) is None
    own.touch()
    assert policy_place(report) == (own, Origin.USER)
    for folder in (report.parent.parent, report.parent):
        (folder / NAME).touch()
        assert policy_place(report) == (folder / NAME, Origin.FOUND)


def test_the_users_own_file_is_the_users_own_where_it_is_the_nearest_too(own: Path) -> None:
    own.touch()
    assert policy_place(own.with_name("report.toml")) == (own, Origin.USER)


@pytest.mark.usefixtures("own")
def test_a_file_that_was_given_counts_alone_and_none_may_be_asked_for(report: Path, tmp_path: Path) -> None:
    (report.parent / NAME).write_text('[rules]\nC54 = "error"\n', encoding="utf-8")
    given = tmp_path / "given.toml"
    given.write_text('[rules]\nC54 = "off"\n', encoding="utf-8")
    assert policy_for(report).severities == (("C54", "error"),)
    policy = policy_for(report, str(given))
    assert (policy.severities, policy.origin) == ((("C54", None),), Origin.GIVEN)
    assert policy_for(report, NO_FILE) == NO_POLICY


@pytest.mark.usefixtures("own")
def test_of_a_file_with_an_error_no_entry_applies(report: Path) -> None:
    (report.parent / NAME).write_text('[rules]\nC54 = "error"\nZ9 = "off"\n', encoding="utf-8")
    policy = policy_for(report)
    assert policy.severities == ()
    assert [(problem.code, problem.line) for problem in policy.problems] == [("F14", 3)]
