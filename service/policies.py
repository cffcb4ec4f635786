"""Policy in force for a report, as both front ends look it up."""

from __future__ import annotations

from ..files.policy.find_policy import NO_FILE, policy_for

__all__ = ["NO_FILE", "policy_for"]
