"""Numbers of Hypothesis examples: profiles, and counts for single tests that scale with the profile."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

USUAL = 60
"""Examples in the profile `dev`."""


def register_profiles() -> None:
    """Register `dev` (the default), `ci` for CI, and `deep` for a long run (HYPOTHESIS_PROFILE=deep, or --hypothesis-profile=deep)."""
    allowed = [HealthCheck.too_slow, HealthCheck.data_too_large]
    settings.register_profile("dev", deadline=None, max_examples=USUAL, suppress_health_check=allowed)
    settings.register_profile("ci", parent=settings.get_profile("dev"), print_blob=True)
    settings.register_profile("deep", parent=settings.get_profile("dev"), max_examples=2000)


def examples(count: int, *, steps: int | None = None) -> settings:
    """Return settings with `count` examples in the profile `dev`, scaled in the others.

    Args:
        count: Number of examples.
        steps: Number of steps per run, for a state machine.
    """
    most = max(1, count * settings().max_examples // USUAL)
    return settings(max_examples=most) if steps is None else settings(max_examples=most, stateful_step_count=steps)
