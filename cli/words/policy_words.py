"""Sentences about the policy in force for a report, for text output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import check_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...core.policy_effect import PolicyEffect
    from ...service.check_file import CheckedFile

MOST_CODES = 5
"""Maximum number of rule codes named per entry."""


def judged_by(file: CheckedFile) -> Iterator[str]:
    """Yield sentences about the policy in force for a file and its effect, and the number of waived findings."""
    if file.policy is not None:
        yield from policy_sentences(file.policy)
    if file.waived:
        yield check_words.WAIVED_COUNT.format(count=file.waived)


def policy_sentences(effect: PolicyEffect) -> Iterator[str]:
    """Yield the policy's path, the entries that are ignored, and the findings that the others silenced."""
    yield check_words.POLICY_NAMED[effect.origin.value].format(path=effect.path)
    untrusted = "、".join(ignored.entry for ignored in effect.ignored if not ignored.protected)
    if untrusted:
        yield check_words.POLICY_IGNORED.format(entries=untrusted)
    for ignored in effect.ignored:
        if ignored.protected:
            more = " 等" if len(ignored.codes) > MOST_CODES else ""
            yield check_words.POLICY_PROTECTED.format(entry=ignored.entry, codes="、".join(ignored.codes[:MOST_CODES]) + more)
    for entry in dict.fromkeys(silenced.entry for silenced in effect.silenced):
        codes = "、".join(check_words.POLICY_COUNT.format(code=code, count=number) for code, by, number in effect.silenced if by == entry)
        yield check_words.POLICY_SILENCED.format(entry=entry, codes=codes)
