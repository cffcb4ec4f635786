"""Run mypy --strict on the package and its tests.

The repository root is the package `nianbao` whatever the directory is called. mypy finds packages by directory name, hence the
symbolic link.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINKS = ROOT / ".mypy_cache" / "packages"


def main() -> int:
    """Create the link, run mypy on the package and on the tests, and return mypy's exit code."""
    LINKS.mkdir(parents=True, exist_ok=True)
    link = LINKS / "nianbao"
    if not link.is_symlink():
        link.symlink_to(ROOT, target_is_directory=True)
    config = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(ROOT / ".mypy_cache")]
    package = subprocess.call([sys.executable, "-m", "mypy", *config, "-p", "nianbao"], cwd=LINKS)
    tests = [str(path) for path in sorted((ROOT / "tests").rglob("*.py"))]
    if not tests:
        return package
    environment_link = ["env", f"MYPYPATH={LINKS}:{ROOT / 'tests' / 'support'}"]
    return subprocess.call([*environment_link, sys.executable, "-m", "mypy", *config, *tests], cwd=LINKS) or package


if __name__ == "__main__":
    sys.exit(main())
