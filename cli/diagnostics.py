"""Messages on stderr, exit codes, and the argument parser with Chinese messages.

stdout carries data, stderr messages. Each stream is flushed before the other is written, to keep the order of output.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from ..core.lazy_regex import lazy_pattern
from ..core.publishing.printable import clean_line
from .words import common_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

STDIN = "-"
WIDEST_HELP = 78
NARROW_HELP = 58
"""Up to this width, an option's description is printed below the option instead of beside it."""
LONGEST_NUMBER = 12

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
"""Findings at or above --fail-on, or an import with losses."""
EXIT_USAGE = 2
"""Wrong usage, or unreadable input."""
EXIT_LOCKED = 3
EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130


def worst_exit_code(codes: Iterable[int]) -> int:
    """Return the exit code of a command over many files: the greatest code, 0 if there are none."""
    return max(codes, default=EXIT_CLEAN)


class UsageError(Exception):
    """The command line cannot be carried out. The message is shown to the user."""

    exit_code = EXIT_USAGE


class CannotError(UsageError):
    """A file cannot be read or written. The command line was correct, so that no hint to --help is shown."""


class LockedError(CannotError):
    """The output file is open in another editor."""

    exit_code = EXIT_LOCKED


def say(message: str) -> None:
    """Print one line on stderr, cleaned of control characters: it may contain parts of a report or a file name."""
    sys.stdout.flush()
    sys.stderr.write(clean_line(message) + "\n")
    sys.stderr.flush()


def shown_path(path: str) -> str:
    """Return a path as shown in messages; `-` becomes 标准输入."""
    return common_words.STDIN_NAME if path == STDIN else path


class StatusLine:
    """Progress of a long command on the terminal's last line. Does nothing if stderr is not a terminal."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.width = 0

    def show(self, text: str) -> None:
        """Replace the line by this text."""
        if self.shown:
            from ..core.chinese.width import text_width  # noqa: PLC0415 - start-up

            line = clean_line(text)
            width = text_width(line)
            sys.stdout.flush()
            sys.stderr.write("\r" + line + " " * (self.width - width))
            sys.stderr.flush()
            self.width = width

    def clear(self) -> None:
        """Erase the line before other output."""
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
            self.width = 0


class Parser(argparse.ArgumentParser):
    """Argument parser with Chinese messages that raises UsageError instead of exiting on errors."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        self.given = self.add_argument_group(common_words.ARGUMENTS)
        self.choices = self.add_argument_group(common_words.OPTIONS)
        self.choices.add_argument("-h", "--help", action="help", help=common_words.HELP_OPTION)

    def format_help(self) -> str:
        """Return the help, wrapped to the terminal's width, with full-width punctuation."""
        width = _columns()
        self.formatter_class = lambda prog: _Formatter(prog, width)
        text = super().format_help()
        for heading in (common_words.ARGUMENTS, common_words.OPTIONS):
            text = text.replace(f"{heading}:", f"{heading}：")
        return text

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Reject a value that is not among an option's choices; the message lists the choices as they are typed.

        Raises:
            argparse.ArgumentError: the value is not a choice.
        """
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(action, common_words.NOT_A_CHOICE.format(found=value, known="、".join(map(str, action.choices))))

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with argparse's message in Chinese."""
        raise UsageError(_translated(message))


class _Formatter(argparse.HelpFormatter):
    """argparse's layout with Chinese line breaking and widths in terminal columns."""

    def __init__(self, prog: str, width: int = WIDEST_HELP) -> None:
        super().__init__(prog, max_help_position=28 if width > NARROW_HELP else 6, width=width)

    def _split_lines(self, text: str, width: int) -> list[str]:
        from ..core.chinese.line_break import wrap  # noqa: PLC0415 - start-up

        return [line.strip() for line in wrap(text, width)]

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        if self._width <= NARROW_HELP:
            named = [_usage_name(action) for action in actions if not action.option_strings]
            usage, groups = " ".join([self._prog, f"[{common_words.OPTIONS}]", *named]), []
        super().add_usage(usage, actions, groups, common_words.USAGE if prefix is None else prefix)


def _usage_name(argument: argparse.Action) -> str:
    """Format a positional argument for the usage line of a narrow terminal."""
    return {"?": "[{name}]", "+": "{name} …"}.get(str(argument.nargs), "{name}").format(name=argument.metavar)


def _columns() -> int:
    """Return the width of help texts: the terminal's, limited for readability."""
    import shutil  # noqa: PLC0415 - start-up

    return min(shutil.get_terminal_size().columns - 2, WIDEST_HELP)


def integer_between(least: int, greatest: int) -> Callable[[str], int]:
    """Return an argument type that accepts integers from `least` to `greatest`; the error message names the bounds."""

    def number(written: str) -> int:
        if written.removeprefix("-").isdecimal() and len(written) < LONGEST_NUMBER and least <= int(written) <= greatest:
            return int(written)
        raise argparse.ArgumentTypeError(common_words.WHOLE_NUMBER.format(found=written, least=least, greatest=greatest))

    return number


_COMPLAINTS = tuple(
    (lazy_pattern(pattern), replacement)
    for pattern, replacement in (
        (r"unrecognized arguments: (.*)", common_words.UNKNOWN_ARGUMENTS),
        (r"the following arguments are required: (.*)", common_words.MISSING_ARGUMENTS),
        (r"argument (.*?): expected one argument", common_words.NEEDS_VALUE),
        (r"argument (.*?): expected at least one argument", common_words.NEEDS_VALUE),
        (r"argument (.*?): invalid float value: '(.*)'", common_words.NO_NUMBER),
        (r"argument (.*?): not allowed with argument (.*)", common_words.NOT_TOGETHER),
        (r"argument (.*?): ignored explicit argument (.*)", common_words.TAKES_NO_VALUE),
        (r"argument (.*?): ([^\x00-\x7f].*)", common_words.OUT_OF_BOUNDS),
    )
)


def _translated(message: str) -> str:
    for pattern, replacement in _COMPLAINTS:
        found = pattern.fullmatch(message)
        if found is not None:
            return found.expand(replacement).replace(", ", "、")
    return message
