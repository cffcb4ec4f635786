"""The policy in force for a report: one function for both front ends."""

from __future__ import annotations

from ..files.policy.find_policy import NO_FILE, policy_for

__all__ = ["NO_FILE", "policy_for"]
