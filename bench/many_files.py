"""A thousand copies of an example in one call, on one processor and on all.

python bench/many_files.py [COUNT]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "city-2024.toml"


def main() -> None:
    """Time both and print them."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            shutil.copy(EXAMPLE, Path(folder) / f"{number:05}.toml")
        for jobs in ("1", "0"):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "nianbao", "check", folder, "--jobs", jobs], check=True, stderr=subprocess.DEVNULL)
            print(f"{count} files, {'one processor' if jobs == '1' else 'all processors'}: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
