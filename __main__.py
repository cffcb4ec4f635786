"""Entry points: `python -m nianbao` and the console script."""

from __future__ import annotations

import gc
import sys

ALLOCATIONS = 100_000
"""Allocations between two cyclic garbage collections. With the interpreter's default, checking one report triggers a dozen."""


def console() -> None:
    """Run the console script, `nianbao …`.

    Nearly all objects of a command live until it exits, so cyclic garbage is collected rarely, and not at exit.
    """
    gc.set_threshold(ALLOCATIONS)
    from nianbao.cli.main import main  # noqa: PLC0415 - its modules are the most of what is made

    code = main(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    console()
