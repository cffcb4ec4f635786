"""`nianbao edit`: the editor. textual is not imported until the command runs."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ...tui import words
from ..diagnostics import EXIT_USAGE, Parser, say
from ..policy_options import add_policy_arguments, require_policy

if TYPE_CHECKING:
    import argparse

    from ...tui.terminal.probe import Ambiguous

ABOUT = words.EDIT_ABOUT


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao edit`."""
    parser.given.add_argument("file", nargs="?", type=Path, metavar="FILE", help=words.EDIT_FILE)
    parser.choices.add_argument("--previous", type=Path, metavar="FILE", help=words.EDIT_PREVIOUS)
    add_policy_arguments(parser)
    parser.choices.add_argument("--ambiguous-width", choices=("auto", "1", "2"), default="auto", help=words.EDIT_AMBIGUOUS)
    parser.choices.add_argument("--borders", choices=("unicode", "ascii"), default="unicode", help=words.EDIT_BORDERS)


def run(args: argparse.Namespace) -> int:
    """Run the editor and return the exit code."""
    require_policy(args.policy)
    from ...tui.run_editor import refusal, run_editor  # noqa: PLC0415 - checking a report must not load the screen
    from ...tui.terminal import probe  # noqa: PLC0415 - see above

    complaint = refusal(os.environ, interactive=probe.is_interactive())
    if complaint is not None:
        say(complaint)
        return EXIT_USAGE
    gc.disable()
    probe.prepare_environment(os.environ)
    from ...tui.keys import keymap  # noqa: PLC0415 - it loads textual, which reads the environment

    keys, complaints = keymap.load(keymap.config_file())
    return run_editor(
        args.file,
        previous=args.previous,
        policy=args.policy,
        ambiguous=cast("Ambiguous", args.ambiguous_width),
        ascii_borders=args.borders == "ascii",
        keymap=keys,
        complaints=complaints,
    )
