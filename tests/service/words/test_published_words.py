"""Sentences about imports: one for each note code, shared by the command line and the editor."""

from __future__ import annotations

import pytest
from nianbao.core.importing.notes import Code, ImportNote
from nianbao.service.words.published_words import NOTES, note_message, note_sentence, place_name
from rule_check import EDITION


def test_each_note_code_has_exactly_one_sentence() -> None:
    assert sorted(NOTES) == sorted(code.value for code in Code)
    assert len(set(NOTES.values())) == len(NOTES)


@pytest.mark.parametrize("code", Code)
def test_a_note_names_its_places_by_their_official_names(code: Code) -> None:
    note = ImportNote(code, 3, ("requests.granted", "review"), "原文")
    sentence = note_sentence(note, EDITION)
    assert sentence.startswith(f"{place_name('requests.granted', EDITION)}、表四：")
    assert sentence.endswith(note_message(note))
    assert "原文" in note_message(note)


def test_what_stands_in_the_source_is_quoted_once() -> None:
    assert note_message(ImportNote(Code.COPIES, text="2024")).count("2024") == 1
    assert note_message(ImportNote(Code.NORMALISED, text="２７")).endswith("“２７”")
