"""What is done to columns of the citations grid: added, renamed, moved, aligned, removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from editor.core import table_columns
from editor.core.tables import Alignment
from editor.ui.citations_view import CitationsView
from editor.ui.heading_editor import HeadingEditor
from editor.ui.shown_rows import ShownRows


class ColumnCommands:
    """Acts on the current cell's column; where there is none, nothing happens."""

    def __init__(self, rows: ShownRows, view: CitationsView) -> None:
        self._rows = rows
        self._model = rows.citations
        self._view = view
        self._heading = HeadingEditor(view)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What does each command, by its id."""
        return {
            "add-column": self.ask_for_new,
            "rename-column": self.ask_for_heading,
            "remove-column": self.remove,
            "column-left": lambda: self.move(-1),
            "column-right": lambda: self.move(1),
            **{f"align-column-{each.value}": partial(self.align, each) for each in Alignment},
        }

    def ask_for_new(self) -> None:
        """Ask for the heading of a new column right of the current one, or at the end; Enter adds it."""
        self._view.finish_editing()
        if self._rows.table is not None and not self._model.read_only:
            cell = self._view.current_cell
            at = cell[1] + 1 if cell else self._rows.columnCount()
            self._heading.open(at, "", "Heading of the new column", partial(self._add, at))

    def _add(self, at: int, heading: str) -> None:
        if self._model.edit("add column", lambda table: table_columns.add_column(table, heading, at)):
            self._go_to(at)

    def ask_for_heading(self, column: int | None = None) -> None:
        """Ask for another heading of a column, from 0, or of the current one; Enter takes it."""
        self._view.finish_editing()
        cell = self._view.current_cell
        at = cell[1] if column is None and cell else column
        if at is not None and self._rows.table is not None and not self._model.read_only:
            heading = self._rows.table.columns[at]
            self._heading.open(at, heading, f"Heading of “{heading}”", partial(self._rename, at))

    def _rename(self, column: int, heading: str) -> None:
        label = f"rename {self._model.heading(column)}"
        self._model.edit(label, lambda table: table_columns.rename_column(table, column, heading))

    def remove(self) -> None:
        """Remove the column with all that stands in it."""
        self._view.finish_editing()
        if cell := self._view.current_cell:
            label = f"remove {self._model.heading(cell[1])}"
            self._model.edit(label, lambda table: table_columns.remove_column(table, cell[1]))

    def move(self, by: int) -> None:
        """Move the column by so many places, to the right where positive; nothing where there is no such place."""
        self._view.finish_editing()
        if (cell := self._view.current_cell) and 0 <= cell[1] + by < self._rows.columnCount():
            self._move(cell[1], cell[1] + by)

    def drop(self, column: int, before: int) -> None:
        """A column was dragged to before another one."""
        to = before - (column < before)
        if to != column:
            self._move(column, to)

    def _move(self, column: int, to: int) -> None:
        label = f"move {self._model.heading(column)}"
        if self._model.edit(label, lambda table: table_columns.move_column(table, column, to)):
            self._go_to(to)

    def align(self, alignment: Alignment) -> None:
        """Align the column by the colons of its delimiter cell."""
        self._view.finish_editing()
        if cell := self._view.current_cell:
            label = f"align {self._model.heading(cell[1])}"
            self._model.edit(label, lambda table: table_columns.set_alignment(table, cell[1], alignment))

    def _go_to(self, column: int) -> None:
        row = max(self._view.currentIndex().row(), 0)
        self._view.go_to(self._rows.index(row, column))
        self._view.setFocus()
