"""`python -m nianbao`, and the console script."""

from __future__ import annotations

import gc
import sys

ALLOCATIONS = 100_000
"""New objects between two searches for cycles; the interpreter's own number has a report's check search a dozen times."""


def console() -> None:
    """The console script: `nianbao …`.

    Nearly all that a command makes lives as long as it does, so cycles are looked for seldom, and not at all at its end.
    """
    gc.set_threshold(ALLOCATIONS)
    from nianbao.cli.main import main  # noqa: PLC0415 - its modules are the most of what is made

    code = main(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    console()
