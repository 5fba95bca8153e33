"""The pane of the citations table: its papers as rows that are edited, added, removed, moved and sorted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from editor.core.papers import COLUMNS, ColumnRole, column_roles
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.citations_model import CitationsModel
from editor.ui.citations_view import CitationsView

_NO_TABLE = (
    "This article has no table of papers. A table in the text with the columns "
    f"“{COLUMNS[1]}” and “{COLUMNS[3]}” is shown here."
)


class CitationsGrid(QWidget):
    """A view of a buffer's citations table. Rows are counted from 0, without the heading.

    Every change is one step of the article's history. Undo and redo are left to the window, except in a cell editor
    that is open.
    """

    refused = Signal(str, int)
    """An edit that could not be made: a sentence, and the line from 1 (0: none)."""
    row_selected = Signal(int)
    """The current row became this one; -1: none."""
    has_table = Signal(bool)
    """Whether the article has a citations table changed."""

    def __init__(self, buffer: TextBuffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reason = ""
        self._had_table = False
        self._model = CitationsModel(buffer, self)
        self._view = CitationsView(self._model, self)
        self._count = QLabel()
        self._count.setProperty("class", "quiet")
        self._notice = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._notice.setProperty("class", "quiet")
        self._add = _button("add-row", "Add a row below", "Ctrl+Return", self.add_row)
        self._remove = _button("remove-row", "Remove the selected rows", "Ctrl+Delete", self.remove_rows)
        self._up = _button("row-up", "Move the row up", "Alt+Up", lambda: self.move_row(-1))
        self._down = _button("row-down", "Move the row down", "Alt+Down", lambda: self.move_row(1))
        self._lay_out()
        self._set_keys()
        self._connect()
        self._show_state()

    # What the window asks

    @property
    def current_row(self) -> int:
        """The row that row commands work on; -1: none."""
        return self._view.currentIndex().row()

    @property
    def shows_table(self) -> bool:
        """Whether the article has a citations table."""
        return self._model.table is not None

    def set_read_only(self, reason: str) -> None:
        """Allow no edits and say why; "" allows them again."""
        if reason:
            self.finish_editing()
        self._reason = reason
        self._model.read_only = bool(reason)
        self._show_state()

    def finish_editing(self) -> None:
        """Commit what is written in a cell editor that is open: before saving, and before anything else is edited."""
        self._view.finish_editing()

    def select_row(self, row: int) -> None:
        """Make the paper's cell in this row the current one and bring it into sight."""
        table = self._model.table
        if table and 0 <= row < self._model.rowCount():
            roles = column_roles(table.columns)
            column = roles.index(ColumnRole.PAPER) if ColumnRole.PAPER in roles else 0
            self._view.setCurrentIndex(self._model.index(row, column))

    def add_row(self) -> None:
        """Add a row below the current one, or at the end where there is none, and go to its title."""
        self.finish_editing()
        at = self.current_row + 1 if self.current_row >= 0 else self._model.rowCount()
        if self._model.add_row(at):
            self.select_row(at)
            self._view.setFocus()

    def remove_rows(self) -> None:
        """Remove every row with a selected cell, or else the current one."""
        self.finish_editing()
        rows = sorted({index.row() for index in self._selected()})
        if rows:
            self._model.remove_rows(rows)

    def move_row(self, by: int) -> None:
        """Move the current row by so many places, down where positive; nothing where there is no such place."""
        self.finish_editing()
        row = self.current_row
        if row >= 0 and 0 <= row + by < self._model.rowCount() and self._model.move_row(row, row + by):
            self._view.scrollTo(self._view.currentIndex())

    def sort_rows(self, *, descending: bool = False) -> None:
        """Sort the rows by the current cell's column; the current cell goes with its row."""
        self.finish_editing()
        current = self._view.currentIndex()
        if current.isValid() and self._model.sort_rows(current.column(), descending=descending):
            self._view.scrollTo(self._view.currentIndex())

    def align_table(self) -> None:
        """Put the pipes of the table's text under each other."""
        self.finish_editing()
        self._model.align()

    # The rest is the pane's own

    def _delete(self) -> None:
        """Remove the rows where whole rows are selected, else empty the cells."""
        selected = self._selected()
        whole = {index.row() for index in self._view.selectionModel().selectedRows()}
        if whole and all(index.row() in whole for index in selected):
            self.remove_rows()
        elif selected:
            self._model.clear_cells([(index.row(), index.column()) for index in selected])

    def _selected(self) -> list[QModelIndex]:
        current = self._view.currentIndex()
        return self._view.selectedIndexes() or ([current] if current.isValid() else [])

    def _amend(self) -> None:
        self._view.amend(self._view.currentIndex())

    def _set_keys(self) -> None:
        self._view.set_keys(
            {
                "Ctrl+C": self._view.copy,
                "Return": self._amend,
                "Enter": self._amend,
                "F2": self._amend,
                "Insert": self.add_row,
                "Ctrl+Return": self.add_row,
                "Ctrl+Enter": self.add_row,
                "Delete": self._delete,
                "Backspace": self._delete,
                "Ctrl+Delete": self.remove_rows,
                "Ctrl+Backspace": self.remove_rows,
                "Alt+Up": lambda: self.move_row(-1),
                "Alt+Down": lambda: self.move_row(1),
                "Alt+Shift+Up": self.sort_rows,
                "Alt+Shift+Down": lambda: self.sort_rows(descending=True),
            }
        )

    def _connect(self) -> None:
        model = self._model
        model.refused.connect(self.refused)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.rowsMoved, model.layoutChanged):
            signal.connect(self._show_state)
        self._view.selectionModel().currentRowChanged.connect(self._current_changed)

    def _current_changed(self, current: QModelIndex) -> None:
        self._show_state()
        self.row_selected.emit(current.row())

    def _show_state(self) -> None:
        rows, row = self._model.rowCount(), self.current_row
        editable = self.shows_table and not self._reason
        self._count.setText(
            {0: "no papers yet", 1: "1 paper"}.get(rows, f"{rows:,} papers") if self.shows_table else ""
        )
        self._notice.setText(self._reason or ("" if self.shows_table else _NO_TABLE))
        self._notice.setVisible(bool(self._notice.text()))
        self._view.setVisible(self.shows_table)
        self._add.setEnabled(editable)
        self._remove.setEnabled(editable and row >= 0)
        self._up.setEnabled(editable and row > 0)
        self._down.setEnabled(editable and 0 <= row < rows - 1)
        if self.shows_table is not self._had_table:
            self._had_table = self.shows_table
            self.has_table.emit(self.shows_table)

    def _lay_out(self) -> None:
        space = theme.worn().spacing
        title = QLabel("Citations")
        title.setProperty("class", "section")
        title.setBuddy(self._view)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.setContentsMargins(0, 0, space.small, 0)
        # The heading's own padding, so that the two share a base line.
        self._count.setContentsMargins(0, space.small, 0, space.tiny)
        for widget in (title, self._count):
            head.addWidget(widget)
        head.addStretch()
        for button in (self._add, self._remove, self._up, self._down):
            head.addWidget(button)
        self._notice.setContentsMargins(space.medium, 0, space.medium, space.small)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self._view, 1)
        self.setProperty("class", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self._view)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def _button(icon: str, title: str, keys: str, do: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme.icon(icon))
    button.setProperty("class", "quiet")
    button.setAccessibleName(title)
    button.setToolTip(f"{title}  {QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}")
    button.clicked.connect(lambda _checked=False: do())
    return button
