"""Entry point: select the command, import only its module, and map every outcome to an exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from ..templates import EditionError, require_own_editions
from .diagnostics import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_USAGE, CannotError, Parser, UsageError, say
from .failures import is_failure, trace
from .output import prepare_streams, write
from .words import common_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


class CommandModule(Protocol):
    """Interface of a command's module."""

    ABOUT: str

    def add_arguments(self, parser: Parser) -> None:
        """Add the command's arguments to `parser.given` and `parser.choices`."""

    def run(self, args: argparse.Namespace) -> int:
        """Run the command and return the exit code."""


MODULES = {
    "check": ".commands.check",
    "diff": ".commands.diff",
    "edit": ".commands.edit",
    "explain": ".commands.explain",
    "export": ".commands.export",
    "facts": ".commands.facts",
    "import": ".commands.import_",
    "new": ".commands.new",
    "recover": ".commands.recover",
    "rules": ".commands.rules",
    "schema": ".commands.schema",
    "similar": ".commands.similar",
    "sum": ".commands.sum",
}


def main(argv: Sequence[str]) -> int:
    """Run a command line and return the exit code. Never raises."""
    prepare_streams()
    try:
        return _dispatch(list(argv))
    except UsageError as error:
        say(common_words.ERROR.format(message=error))
        if is_failure(error):
            trace(error)
            return EXIT_INTERNAL
        if argv and argv[0] in MODULES and not isinstance(error, CannotError):
            say(common_words.SEE_HELP.format(command=argv[0]))
        return error.exit_code
    except KeyboardInterrupt:
        say(common_words.INTERRUPTED)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _broken_pipe()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else EXIT_CLEAN
    except EditionError as error:
        from .words.edition_words import edition_sentence  # noqa: PLC0415 - start-up

        say(common_words.ERROR.format(message=edition_sentence(error)))
        return EXIT_USAGE
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback for a user
        return _internal(error)


def _dispatch(argv: list[str]) -> int:
    if not argv:
        if sys.stdin.isatty() and sys.stdout.isatty():
            return _run("edit", [])
        raise UsageError(common_words.NO_COMMAND)
    name, rest = argv[0], argv[1:]
    if name == "help" and rest:
        return _run(rest[0], ["--help"]) if rest[0] in MODULES else _unknown(rest[0])
    if name in ("-h", "--help", "help"):
        write(_overview())
        return EXIT_CLEAN
    if name in ("-V", "--version"):
        from .. import __version__  # noqa: PLC0415 - start-up

        write(f"{common_words.PROGRAM} {__version__}\n")
        return EXIT_CLEAN
    if name.lower().endswith(".toml"):
        return _run("edit", argv)
    if name not in MODULES:
        _unknown(name)
    return _run(name, rest)


def _run(name: str, rest: list[str]) -> int:
    module = cast("CommandModule", import_module(MODULES[name], __package__))
    parser = Parser(f"{common_words.PROGRAM} {name}", module.ABOUT)
    module.add_arguments(parser)
    args = parser.parse_args(rest)
    require_own_editions()
    return module.run(args)


def _unknown(name: str) -> NoReturn:
    """Report an unknown command or option, with the nearest command as a suggestion.

    Raises:
        UsageError: always.
    """
    from ..core.did_you_mean import closest_name  # noqa: PLC0415 - start-up

    message = (common_words.UNKNOWN_OPTION if name.startswith("-") else common_words.UNKNOWN_COMMAND).format(name=name)
    guess = closest_name(name, MODULES)
    raise UsageError(message + (common_words.DID_YOU_MEAN.format(name=guess) if guess else common_words.SEE_COMMANDS))


def _overview() -> str:
    lines = [common_words.ABOUT, "", f"{common_words.USAGE}{common_words.PROGRAM} {common_words.COMMAND} …", ""]
    lines += [f"  {name:<9} {about}" for name, about in common_words.COMMANDS]
    return "\n".join([*lines, "", common_words.HELP_FOOT, ""])


def _broken_pipe() -> int:
    """Redirect stdout to the null device after its reader has closed it (`| head`), so that interpreter exit reports nothing either."""
    import os  # noqa: PLC0415 - start-up

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_FINDINGS


def _internal(error: Exception) -> int:
    trace(error)
    say(common_words.INTERNAL.format(kind=type(error).__name__))
    return EXIT_INTERNAL
