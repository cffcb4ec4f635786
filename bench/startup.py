"""Start-up time of `nianbao check` on one file beyond a bare interpreter: medians of alternating runs, and the difference.

python bench/startup.py [FILE]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 25


def main() -> None:
    """Run both commands alternately and print the medians."""
    example = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parents[1] / "examples" / "department-2024.toml")
    bare = [sys.executable, "-c", "pass"]
    check = [sys.executable, "-m", "nianbao", "check", example]
    # Bytecode is cached, as in an installation; the first run writes it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(check, check=False, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    times: dict[str, list[float]] = {"bare": [], "check": []}
    for _ in range(ROUNDS):
        for name, command in (("bare", bare), ("check", check)):
            start = time.perf_counter()
            subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            times[name].append((time.perf_counter() - start) * 1000)
    middle = {name: statistics.median(found) for name, found in times.items()}
    print(
        f"python -c pass {middle['bare']:.1f} ms, nianbao check {middle['check']:.1f} ms, difference {middle['check'] - middle['bare']:.1f} ms"
    )


if __name__ == "__main__":
    main()
