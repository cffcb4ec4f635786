"""Viewport of a table: scroll position and coordinate conversion. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core.layout import Role

if TYPE_CHECKING:
    from .grid import Box, Grid


@dataclass(frozen=True, slots=True)
class Viewport:
    """Scroll position: the first line shown below the column labels and the first column shown beside the row labels."""

    head: int = 0
    stub_width: int = 0
    top: int = 0
    left: int = 0

    def screen_x(self, x: int) -> int:
        """Convert a table column to a screen column."""
        return x - self.left if x >= self.stub_width else x

    def screen_y(self, y: int) -> int:
        """Convert a table line to a screen line."""
        return y - self.top if y >= self.head else y

    def table_y(self, y: int) -> int:
        """Convert a screen line to a table line."""
        return y if y < self.head else y + self.top

    def showing(self, grid: Grid, box: Box, width: int, height: int) -> Viewport:
        """Return the closest view that contains a box.

        Args:
            grid: The table.
            box: The box to show.
            width: Columns of the screen.
            height: Lines of the screen.
        """
        body = max(height - grid.head, 1)
        beside = max(width - grid.stub_width, 1)
        right = box.x + box.width + 1 - grid.stub_width
        left = max(self.left, right - beside)
        left = max(min(left, box.x - grid.stub_width, grid.width - grid.stub_width - beside), 0)
        return Viewport(grid.head, grid.stub_width, _top(grid, box, self.top, body), left)


def _top(grid: Grid, box: Box, top: int, body: int) -> int:
    first = _block_top(grid, box) if grid.head == 0 else box.y
    if box.bottom - grid.head > top + body:
        top = box.bottom - grid.head - body
    if first - grid.head < top:
        top = max(min(first, box.y) - grid.head, 0) if box.bottom - first <= body else box.y - grid.head
    return max(min(top, grid.height - grid.head - body), 0)


def _block_top(grid: Grid, box: Box) -> int:
    """Return the top line of the labels above a block's first value, which are shown together with it; else the box's own line."""
    above = [other for other in grid.boxes if other.cell.role is Role.CAPTION and other.y <= box.y]
    values_between = any(other.y < box.y and (not above or other.y > above[-1].y) for other in grid.values)
    if values_between:
        return box.y
    return above[-1].y if above else 0
