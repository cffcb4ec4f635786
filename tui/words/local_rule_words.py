"""Messages about the local policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...service.examination import Examination


def at_start(examination: Examination, key: str) -> str:
    """Return the message about the policy on opening a report; empty if there is none.

    Args:
        examination: The examination of the report.
        key: Name of the key that opens the list of findings.
    """
    if examination.policy is None:
        return ""
    problem = next((finding for finding in examination.findings if finding.file), None)
    if problem is not None:
        return words.policy_wrong(problem.file, problem.line, key)
    return words.policy_at_start(examination.policy.path, len(examination.policy.ignored), key)


def policy_sentences(examination: Examination) -> Iterator[str]:
    """Iterate over messages about the policy: its path, the ignored entries, and what the others silenced. Empty without a policy."""
    effect = examination.policy
    if effect is None:
        return
    yield words.policy_named(effect.path, effect.origin.value)
    untrusted = [ignored.entry for ignored in effect.ignored if not ignored.protected]
    if untrusted:
        yield words.policy_ignored(untrusted)
    for ignored in effect.ignored:
        if ignored.protected:
            yield words.policy_protected(ignored.entry, ignored.codes)
    for entry in dict.fromkeys(silenced.entry for silenced in effect.silenced):
        yield words.policy_silenced(entry, [(code, number) for code, by, number in effect.silenced if by == entry])
