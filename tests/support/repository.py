"""Directories of the repository, and the published reports beside it, which are not part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
EXAMPLES: Final = ROOT / "examples"
SUPPORT: Final = ROOT / "tests" / "support"
SHARED: Final = ROOT / ".." / "shared"
"""Published reports and labels."""

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, the published reports beside the repository")
