"""Cursor and selection of a table, and the actions that move them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var
from textual.widget import Widget

if TYPE_CHECKING:
    from ...core.ids import Address
    from .grid import Box, Grid


class MovingCursor(Widget):
    """Cell cursor over a grid. A draft is committed before the cursor moves."""

    cursor: var[Address | None] = var(None)
    corner: var[Address | None] = var(None)
    """The opposite corner of the selection; None for a single cell."""

    @property
    def grid(self) -> Grid:
        """The table's geometry at the current width; abstract."""
        raise NotImplementedError

    def commit(self) -> None:
        """Commit the draft; abstract."""
        raise NotImplementedError

    @property
    def here(self) -> Address:
        """The cell under the cursor."""
        cursor = self.cursor
        return cursor if cursor is not None else next(iter(self.grid.box_of))

    def selection(self) -> tuple[tuple[Address, ...], ...]:
        """Return the selected cells row by row; the cell under the cursor if there is no selection."""
        return self.grid.between(self.corner or self.here, self.here)

    def is_selected(self, address: Address) -> bool:
        """Return whether a cell is in a selection of several cells."""
        return self.corner is not None and any(address in row for row in self.selection())

    def action_select_all(self) -> None:
        """Select every cell."""
        addresses = list(self.grid.box_of)
        self.corner = addresses[0]
        self.cursor = addresses[-1]

    # ------------------------------------------------------------ in reading order

    def action_below(self) -> None:
        """Go to the cell below; from the last one to the top of the next column or block."""
        self.commit()
        self.corner = None
        if not self._move_vertically(1):
            self._move_linearly(1)

    def action_next(self, direction: int) -> None:
        """Go to the next or previous cell in reading order."""
        self.commit()
        self.corner = None
        self._move_linearly(direction)

    # ------------------------------------------------------------ by arrow keys

    def action_step(self, down: int, right: int) -> None:
        """Move the cursor by a cell."""
        self._step(down, right)

    def action_select(self, down: int, right: int) -> None:
        """Extend the selection by a cell."""
        self._step(down, right, select=True)

    def action_go_in_row(self, position: int) -> None:
        """Go to a cell of the line by its position; -1 for the last."""
        self._go(self.grid.row_of(self.here)[position])

    def action_go_in_table(self, position: int) -> None:
        """Go to a cell of the table by its position; -1 for the last."""
        self._go(self.grid.values[position])

    def action_page(self, direction: int) -> None:
        """Move by a screen."""
        self.commit()
        self.corner = None
        for _ in range(max(self.size.height - self.grid.head - 1, 1)):
            if not self._move_vertically(direction):
                break

    def _step(self, down: int, right: int, *, select: bool = False) -> None:
        self.commit()
        if select or self.corner:
            self.refresh()
        self.corner = (self.corner or self.here) if select else None
        if down:
            self._move_vertically(down)
        if right:
            row = self.grid.row_of(self.here)
            position = [box.cell.address for box in row].index(self.here) + right
            if 0 <= position < len(row):
                self.cursor = row[position].cell.address

    def _go(self, box: Box) -> None:
        self.commit()
        self.corner = None
        self.cursor = box.cell.address

    def _move_vertically(self, direction: int) -> bool:
        """Move to the nearest cell in the line above or below; return False at the edge."""
        nearest = self.grid.beyond(self.here, direction)
        if nearest is not None:
            self.cursor = nearest.cell.address
        return nearest is not None

    def _move_linearly(self, direction: int) -> None:
        """Move to the next or previous cell in reading order, stopping at the ends of the table."""
        values = self.grid.values
        position = values.index(self.grid.box_of[self.here]) + direction
        if 0 <= position < len(values):
            self.cursor = values[position].cell.address
