"""Everything that goes to stderr, the exit codes, and the command line parser in Chinese.

stdout is data, stderr is narration; each is flushed before the other is written, so that they appear in the order in which they were said.
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
"""Up to here what an option does stands under it, not beside it."""
LONGEST_NUMBER = 12

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
"""Findings at or above --fail-on, or an import that lost something."""
EXIT_USAGE = 2
"""Wrong usage, or input that cannot be read."""
EXIT_LOCKED = 3
EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130


def gravest(codes: Iterable[int]) -> int:
    """The exit code of a command over many files: 130, 70, 3, 2, 1, 0 in this order; 0 where there is none."""
    return max(codes, default=EXIT_CLEAN)


class UsageError(Exception):
    """The command line asks for something that cannot be done; the message is for the user."""

    exit_code = EXIT_USAGE


class CannotError(UsageError):
    """A file that cannot be read or written: the command was right, so its help would not help."""


class LockedError(CannotError):
    """The file to be written is open in another editor."""

    exit_code = EXIT_LOCKED


def say(message: str) -> None:
    """One line of narration. The text may hold parts of a report or a file name: it is made safe to print."""
    sys.stdout.flush()
    sys.stderr.write(clean_line(message) + "\n")
    sys.stderr.flush()


def shown_path(path: str) -> str:
    """A path as messages name it; `-` is standard input."""
    return common_words.STDIN_NAME if path == STDIN else path


class StatusLine:
    """How far a long command is, on the last line of a terminal until something is said; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.width = 0

    def show(self, text: str) -> None:
        """Put this in the place of what stood there."""
        if self.shown:
            from ..core.chinese.width import text_width  # noqa: PLC0415 - start-up

            line = clean_line(text)
            width = text_width(line)
            sys.stdout.flush()
            sys.stderr.write("\r" + line + " " * (self.width - width))
            sys.stderr.flush()
            self.width = width

    def clear(self) -> None:
        """Take it away, so that something can be said on its line."""
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
            self.width = 0


class Parser(argparse.ArgumentParser):
    """argparse that speaks Chinese and leaves exiting to `main`."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        self.given = self.add_argument_group(common_words.ARGUMENTS)
        self.choices = self.add_argument_group(common_words.OPTIONS)
        self.choices.add_argument("-h", "--help", action="help", help=common_words.HELP_OPTION)

    def format_help(self) -> str:
        """The help, in lines that the terminal holds, with full-width punctuation."""
        width = _columns()
        self.formatter_class = lambda prog: _Formatter(prog, width)
        text = super().format_help()
        for heading in (common_words.ARGUMENTS, common_words.OPTIONS):
            text = text.replace(f"{heading}:", f"{heading}：")
        return text

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Refuse what is none of an option's choices, naming them as they are typed."""
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(action, common_words.NOT_A_CHOICE.format(found=value, known="、".join(map(str, action.choices))))

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with argparse's complaint in Chinese."""
        raise UsageError(_translated(message))


class _Formatter(argparse.HelpFormatter):
    """argparse's layout with lines broken as Chinese is, by columns."""

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
            named = [_briefly(action) for action in actions if not action.option_strings]
            usage, groups = " ".join([self._prog, f"[{common_words.OPTIONS}]", *named]), []
        super().add_usage(usage, actions, groups, common_words.USAGE if prefix is None else prefix)


def _briefly(argument: argparse.Action) -> str:
    """An argument in the usage of a narrow terminal."""
    return {"?": "[{name}]", "+": "{name} …"}.get(str(argument.nargs), "{name}").format(name=argument.metavar)


def _columns() -> int:
    """The columns that help may take: the terminal's, where there is one, and no more than can be read well."""
    import shutil  # noqa: PLC0415 - start-up

    return min(shutil.get_terminal_size().columns - 2, WIDEST_HELP)


def whole_number(least: int, greatest: int) -> Callable[[str], int]:
    """A type for an option: a whole number within these bounds; anything else is refused with them."""

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
        (r"argument (.*?): (不能是.*)", common_words.OUT_OF_BOUNDS),
    )
)


def _translated(message: str) -> str:
    for pattern, replacement in _COMPLAINTS:
        found = pattern.fullmatch(message)
        if found is not None:
            return found.expand(replacement).replace(", ", "、")
    return message
