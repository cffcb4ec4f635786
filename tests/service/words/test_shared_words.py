"""Sentences that both front ends say: file errors and lock owners."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.process import Owner
from nianbao.files.session.lock import UnknownOwner
from nianbao.service.words.file_error_words import FILE_ERRORS, cause, cause_and_remedy
from nianbao.service.words.lock_owner_words import NOBODY, UNKNOWN_OWNER, owner_words


def test_each_kind_of_file_error_has_exactly_one_sentence() -> None:
    assert set(FILE_ERRORS) == set(FileErrorKind)
    assert len(set(FILE_ERRORS.values())) == len(FILE_ERRORS)
    assert all(sentence.endswith("。") for sentence in FILE_ERRORS.values())


@pytest.mark.parametrize("kind", FileErrorKind)
def test_the_cause_is_the_beginning_of_the_sentence(kind: FileErrorKind) -> None:
    error = FileError(kind, Path("report.toml"))
    assert cause_and_remedy(error).startswith(cause(error))
    assert "。" not in cause(error)


def test_only_a_sentence_that_leaves_the_cause_open_has_the_words_of_the_system() -> None:
    io, space = (FileError.of(OSError(number, "as the system says"), Path("x")) for number in (errno.EIO, errno.ENOSPC))
    assert "as the system says" in cause_and_remedy(io)
    assert "as the system says" not in cause_and_remedy(space)


def test_the_holder_of_a_lock_is_named_with_what_is_known() -> None:
    since = "2026-01-09T08:30:00+00:00"
    known = owner_words(Owner("张", "county-pc", 7, since=since, terminal="/dev/pts/3", client="10.0.0.8"))
    assert known.startswith("用户 张（主机 county-pc，终端 /dev/pts/3，来自 10.0.0.8），自 01-")
    assert owner_words(Owner("张", "county-pc", 7, since="早上")) == "用户 张（主机 county-pc），自 早上 起"
    assert owner_words(UnknownOwner(b"mine")) == UNKNOWN_OWNER
    assert owner_words(None) == NOBODY
