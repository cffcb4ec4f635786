"""Where the cursor of a table stands, what is selected, and the keys that move both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var
from textual.widget import Widget

if TYPE_CHECKING:
    from ...core.ids import Address
    from .grid import Box, Grid


class MovingCursor(Widget):
    """A cursor over the values of a grid. What is being typed is taken over before it moves."""

    cursor: var[Address | None] = var(None)
    corner: var[Address | None] = var(None)
    """The other corner of the selection; None where a single cell is selected."""

    @property
    def grid(self) -> Grid:
        """The table at the present width; for the table to define."""
        raise NotImplementedError

    def commit(self) -> None:
        """Take over what was typed; for the table to define."""
        raise NotImplementedError

    @property
    def here(self) -> Address:
        """The cell under the cursor."""
        cursor = self.cursor
        return cursor if cursor is not None else next(iter(self.grid.box_of))

    def selection(self) -> tuple[tuple[Address, ...], ...]:
        """The selected cells row by row; one cell where nothing was selected."""
        return self.grid.between(self.corner or self.here, self.here)

    def is_selected(self, address: Address) -> bool:
        """Whether a cell belongs to a selection of more than one."""
        return self.corner is not None and any(address in row for row in self.selection())

    def action_select_all(self) -> None:
        """Select every cell."""
        addresses = list(self.grid.box_of)
        self.corner = addresses[0]
        self.cursor = addresses[-1]

    # ------------------------------------------------------------ in the order of reading

    def action_below(self) -> None:
        """Go to the cell below; from the last one to the top of the next column or block."""
        self.commit()
        self.corner = None
        if not self._move_vertically(1):
            self._move_linearly(1)

    def action_right_of(self) -> None:
        """Go to the next cell in reading order."""
        self.commit()
        self.corner = None
        self._move_linearly(1)

    def action_left_of(self) -> None:
        """Go to the cell before in reading order."""
        self.commit()
        self.corner = None
        self._move_linearly(-1)

    # ------------------------------------------------------------ by the arrows

    def action_up(self) -> None:
        """Move the cursor."""
        self._step(-1, 0)

    def action_down(self) -> None:
        """Move the cursor."""
        self._step(1, 0)

    def action_left(self) -> None:
        """Move the cursor."""
        self._step(0, -1)

    def action_right(self) -> None:
        """Move the cursor."""
        self._step(0, 1)

    def action_select_up(self) -> None:
        """Extend the selection."""
        self._step(-1, 0, select=True)

    def action_select_down(self) -> None:
        """Extend the selection."""
        self._step(1, 0, select=True)

    def action_select_left(self) -> None:
        """Extend the selection."""
        self._step(0, -1, select=True)

    def action_select_right(self) -> None:
        """Extend the selection."""
        self._step(0, 1, select=True)

    def action_row_start(self) -> None:
        """Go to the first cell of the line."""
        self._go(self.grid.row_of(self.here)[0])

    def action_row_end(self) -> None:
        """Go to the last cell of the line."""
        self._go(self.grid.row_of(self.here)[-1])

    def action_first_cell(self) -> None:
        """Go to the table's first cell."""
        self._go(self.grid.values[0])

    def action_last_cell(self) -> None:
        """Go to the table's last cell."""
        self._go(self.grid.values[-1])

    def action_page_up(self) -> None:
        """Go up by what fits the screen."""
        self._page(-1)

    def action_page_down(self) -> None:
        """Go down by what fits the screen."""
        self._page(1)

    def _page(self, direction: int) -> None:
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
        """To the nearest cell in the line above or below; False at the edge."""
        nearest = self.grid.beyond(self.here, direction)
        if nearest is not None:
            self.cursor = nearest.cell.address
        return nearest is not None

    def _move_linearly(self, direction: int) -> None:
        """To the next or previous cell in reading order; it stays at the table's ends."""
        values = self.grid.values
        position = values.index(self.grid.box_of[self.here]) + direction
        if 0 <= position < len(values):
            self.cursor = values[position].cell.address
