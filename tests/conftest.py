"""Hypothesis profiles: `dev` by default, `ci` in CI, `deep` for a long run (pytest --hypothesis-profile=deep)."""

import os
import tempfile

from hypothesis import HealthCheck, settings

settings.register_profile("dev", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
settings.register_profile("ci", parent=settings.get_profile("dev"), max_examples=60, print_blob=True)
settings.register_profile("deep", parent=settings.get_profile("dev"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

# A developer's own policy must not change what the tests find.
os.environ["NIANBAO_CONFIG"] = tempfile.mkdtemp(prefix="nianbao-config-")
