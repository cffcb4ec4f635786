"""Messages about the local policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import words

if TYPE_CHECKING:
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
