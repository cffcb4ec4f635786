"""Style of a terminal cell as SGR parameters (ECMA-48), and the shortest sequence from one style to another."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from textual.strip import Strip

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from rich.style import Style

REVERSE = "7"
#: SGR attributes visible on a space: underline, blink, reverse, strike-through, frame, encircle, overline.
_SEEN_ON_BLANKS = frozenset({"4", "5", "6", "9", "21", "51", "52", "53"})
#: Kind of extended colour (indexed, RGB) → number of parameters that follow.
_EXTENDED = {"5": 1, "2": 3}


class CellStyle(NamedTuple):
    """Style of a cell as SGR parameters; an empty colour is the terminal's default."""

    attributes: frozenset[str]
    foreground: str
    background: str


PLAIN = CellStyle(frozenset(), "", "")


@lru_cache(maxsize=1024)
def style_of(style: Style, color_system: ColorSystem) -> CellStyle:
    """Convert a rich style."""
    attributes: set[str] = set()
    foreground = background = ""
    values = iter(Strip.render_ansi(style, color_system).split(";"))
    for value in values:
        if value in ("38", "48"):
            kind = next(values)
            colour = ";".join([value, kind, *(next(values) for _ in range(_EXTENDED[kind]))])
            foreground, background = (colour, background) if value == "38" else (foreground, colour)
        elif value in ("39", "49", "", "0"):
            continue
        elif value[:-1] in ("3", "9"):
            foreground = value
        elif value[:-1] in ("4", "10"):
            background = value
        else:
            attributes.add(value)
    return CellStyle(frozenset(attributes), foreground, background)


@lru_cache(maxsize=1024)
def blank(look: CellStyle) -> CellStyle:
    """Reduce a style to what is visible on a space."""
    if REVERSE in look.attributes:
        return look
    seen = look.attributes & _SEEN_ON_BLANKS
    return CellStyle(seen, look.foreground if seen else "", look.background)


@lru_cache(maxsize=4096)
def change(old: CellStyle, new: CellStyle) -> str:
    """Return the SGR sequence that turns one style into another; dropping an attribute or colour takes a reset."""
    if old == new:
        return ""
    must_drop = old.attributes - new.attributes or (old.foreground and not new.foreground) or (old.background and not new.background)
    parameters = [""] if must_drop else []
    base = PLAIN if must_drop else old
    parameters += sorted(new.attributes - base.attributes)
    parameters += [colour for colour, before in zip(new[1:], base[1:], strict=True) if colour != before]
    return f"\x1b[{';'.join(parameters)}m"
