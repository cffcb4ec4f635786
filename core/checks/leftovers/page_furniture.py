"""Text not written for this report: instructions of the template, and what a web page puts around an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..finding import Severity
from .examined_text import Leftover
from .phrases import ADVERTISEMENTS, ATTACHMENT, BRACKETED_NOTE, INSTRUCTIONS, MARKUP, PAGE_LABELS, PAGE_LINE, PAGE_NUMBERS, PAGE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined_text import ExaminedText

_BRACKETS = "（(【["
_NOTE_STARTS = frozenset("注备填示参请此根按如若可不没无选必由字0123456789")
"""First characters of a note to the author."""
_FURNITURE = frozenset("发来作编责索主信成文字浏阅访点打关分收朗附当有首已正大纠【[")
"""First characters of a line of page furniture."""
_LONGEST_FURNITURE = 80
"""In characters; longer lines are prose."""


def template_text(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield instructions of the template that were not removed (C63)."""
    plain = passage.plain
    for instruction in filter(plain.__contains__, INSTRUCTIONS):
        at = plain.find(instruction)
        while at >= 0:
            yield Leftover("C63", at, at + len(instruction))
            at = plain.find(instruction, at + len(instruction))
    if _may_hold_a_note(plain):
        for match in re.finditer(BRACKETED_NOTE, plain):
            yield Leftover("C63", *match.span(), "note")


def _may_hold_a_note(plain: str) -> bool:
    for bracket in _BRACKETS:
        at = plain.find(bracket)
        while at >= 0:
            if plain[at + 1 : at + 2] in _NOTE_STARTS:
                return True
            at = plain.find(bracket, at + 1)
    return False


def page_noise(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield remains of a web page: buttons, counters, breadcrumbs, markup, and advertisements injected into hacked pages (C66).

    Consecutive lines of furniture are one finding.
    """
    begun, ended = -1, -1
    for start, end, variant in sorted(_noise(passage.plain)):
        if variant:
            yield Leftover("C66", start, end, variant, (), Severity.ERROR if variant == "advertisement" else None)
            continue
        if begun >= 0 and (start <= ended or not passage.plain[ended:start].strip()):
            ended = max(ended, end)
            continue
        if begun >= 0:
            yield Leftover("C66", begun, ended)
        begun, ended = start, end
    if begun >= 0:
        yield Leftover("C66", begun, ended)


def _noise(plain: str) -> Iterator[tuple[int, int, str]]:
    lowered = plain.lower()
    for name in filter(lowered.__contains__, ADVERTISEMENTS):
        at = lowered.index(name)
        yield at, at + len(name), "advertisement"
    if "&" in plain or "<" in plain:
        for match in re.finditer(MARKUP, plain):
            yield *match.span(), "markup"
            break
    for words, followed in ((PAGE_WORDS, ""), (PAGE_LABELS, ":："), (PAGE_NUMBERS, "0123456789")):
        for word in filter(plain.__contains__, words):
            at = plain.find(word)
            while at >= 0:
                end = at + len(word)
                if not followed or plain[end : end + 2].lstrip()[:1] in tuple(followed):
                    yield at, _line_end(plain, end), ""
                at = plain.find(word, end)
    start = 0
    for line in plain.split("\n"):
        short = 1 < len(line) <= _LONGEST_FURNITURE and line.lstrip(" \t　\xa0•·")[:1] in _FURNITURE
        if short and re.match(PAGE_LINE, line) and not re.match(ATTACHMENT, line):
            kept = line.rstrip()
            yield start + len(line) - len(line.lstrip()), start + len(kept), ""
        start += len(line) + 1


def _line_end(plain: str, at: int) -> int:
    """Return the end of the line if it is short and has no full stop; otherwise `at`."""
    end = plain.find("\n", at, at + _LONGEST_FURNITURE)
    if end < 0 and len(plain) - at <= _LONGEST_FURNITURE:
        end = len(plain)
    return at if end < 0 or "。" in plain[at:end] else end
