"""Time to check a thousand reports with distinct agencies in one call, on one processor and on all.

python bench/many_files.py [COUNT]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "city-2024.toml"


def main() -> None:
    """Measure and print both times."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            text = EXAMPLE.read_text(encoding="utf-8").replace("示例市", f"示例{number}市")
            (Path(folder) / f"{number:05}.toml").write_text(text, encoding="utf-8")
        for jobs in ("1", "0"):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "nianbao", "check", folder, "--jobs", jobs], check=True, stderr=subprocess.DEVNULL)
            print(f"{count} files, {'one processor' if jobs == '1' else 'all processors'}: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
