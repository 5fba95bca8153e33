"""What is done to rows of the citations grid: added, copied, moved, filled, sorted, numbered, shown otherwise."""

from __future__ import annotations

from collections.abc import Callable

from editor.core import table_edits, table_selection
from editor.core.papers import ColumnRole, column_roles
from editor.core.row_numbers import copies, renumber
from editor.ui.citations_view import CitationsView
from editor.ui.shown_rows import ShownRows, ViewOrder


class RowCommands:
    """Acts on the rows with a chosen cell; what is written in an open cell editor is committed first.

    Where there is nothing to act on, nothing happens.
    """

    def __init__(self, rows: ShownRows, view: CitationsView) -> None:
        self._rows = rows
        self._model = rows.citations
        self._view = view

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What does each command, by its id."""
        return {
            "edit-cell": self.amend,
            "clear-cells": self.clear_or_remove,
            "fill-down": self.fill_down,
            "add-row": self.add_below,
            "add-row-above": self.add_above,
            "duplicate-row": self.duplicate,
            "remove-row": self.remove,
            "row-up": lambda: self.move(-1),
            "row-down": lambda: self.move(1),
            "sort-up": self.sort,
            "sort-down": lambda: self.sort(descending=True),
            "show-sorted-up": lambda: self.show_sorted(descending=False),
            "show-sorted-down": lambda: self.show_sorted(descending=True),
            "show-as-in-text": self.show_as_in_text,
            "renumber": self.renumber,
            "select-row": lambda: self._view.select_whole(rows=True),
            "select-column": lambda: self._view.select_whole(rows=False),
        }

    def go_to(self, row: int) -> None:
        """Make the paper's cell of a row of the text the current one and bring it into sight."""
        table, place = self._rows.table, self._rows.place_of(row)
        if table and place >= 0:
            roles = column_roles(table.columns)
            column = roles.index(ColumnRole.PAPER) if ColumnRole.PAPER in roles else 0
            self._view.go_to(self._rows.index(place, column))

    def amend(self) -> None:
        """Open the current cell's editor."""
        self._view.amend(self._view.currentIndex())

    def clear_or_remove(self) -> None:
        """Remove the rows where whole rows are selected, else empty the cells."""
        if self._view.has_only_whole_rows_chosen():
            self.remove()
        elif cells := self._view.chosen_cells():
            self._model.clear_cells(cells)

    def fill_down(self) -> None:
        """Write the first chosen row's values into the others; into one row alone those of the row shown above."""
        self._view.finish_editing()
        rows, columns = self._view.chosen_rows(), self._view.chosen_columns()
        if len(rows) == 1:
            rows = [self._rows.row_in_text(self._rows.place_of(rows[0]) - 1), *rows]
        if rows and rows[0] >= 0:
            self._model.edit("fill down", lambda table: table_selection.fill_down(table, rows, columns))

    def add_below(self) -> None:
        """Add a row below the current one, or at the end where there is none, and go to its title."""
        self._view.finish_editing()
        cell = self._view.current_cell
        self._add(cell[0] + 1 if cell else self._model.rowCount())

    def add_above(self) -> None:
        """Add a row above the current one, and go to its title."""
        self._view.finish_editing()
        cell = self._view.current_cell
        self._add(cell[0] if cell else 0)

    def _add(self, at: int) -> None:
        if self._model.add_row(at):
            self.go_to(at)
            self._view.setFocus()

    def duplicate(self) -> None:
        """Copy the rows below the last of them, numbered on, and go to the first copy."""
        self._view.finish_editing()
        rows = sorted(self._view.chosen_rows())
        label = "duplicate row" if len(rows) == 1 else f"duplicate {len(rows)} rows"
        at = rows[-1] + 1 if rows else 0
        if rows and self._model.edit(label, lambda table: table_edits.add_rows(table, copies(table, rows), at)):
            self.go_to(at)

    def remove(self) -> None:
        """Remove the rows; the current cell goes to the row that takes their place."""
        self._view.finish_editing()
        if rows := self._view.chosen_rows():
            self._model.remove_rows(sorted(rows))

    def move(self, by: int) -> None:
        """Move the rows together by so many places, down where positive; nothing where there is no such place."""
        self._view.finish_editing()
        rows = sorted(self._view.chosen_rows())
        if rows and rows[0] + by >= 0 and rows[0] + by + len(rows) <= self._model.rowCount():
            self._move(rows, rows[0] + by)

    def drop(self, place: int, before: int) -> None:
        """A row was dragged to before another place; where it is one of several selected whole, all of them come."""
        row = self._rows.row_in_text(place)
        chosen = self._view.chosen_rows() if self._view.has_only_whole_rows_chosen() else []
        rows = sorted(chosen) if row in chosen else [row]
        to = before - sum(each < before for each in rows)
        if to != rows[0] or rows != list(range(rows[0], rows[0] + len(rows))):
            self._move(rows, to)

    def _move(self, rows: list[int], to: int) -> None:
        if not self._rows.is_as_in_text:
            reason = "Rows can be moved only where all of them are shown in the text's order: press Alt+Home."
            self._model.refused.emit(reason, 0)
        elif self._model.move_rows(rows, to):
            self._view.scrollTo(self._view.currentIndex())

    def sort(self, *, descending: bool = False) -> None:
        """Sort the rows in the text by the current cell's column; the current cell goes with its row."""
        self._view.finish_editing()
        if (cell := self._view.current_cell) and self._model.sort_rows(cell[1], descending=descending):
            self._rows.show_in_order(None)
            self._view.scrollTo(self._view.currentIndex())

    def show_sorted(self, *, descending: bool) -> None:
        """Show the rows sorted by the current cell's column; the text stays as it is."""
        self._view.finish_editing()
        if cell := self._view.current_cell:
            self._rows.show_in_order(ViewOrder(cell[1], descending))

    def show_as_in_text(self) -> None:
        """Show all rows in the text's order."""
        self._view.finish_editing()
        self._rows.seek("")
        self._rows.show_in_order(None)

    def renumber(self) -> None:
        """Number the rows from 1 on, in the order in which they stand in the text."""
        self._view.finish_editing()
        self._model.edit("renumber rows", renumber)
