"""The field above the citations grid in which rows are sought: those that are found are shown alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.ui.shown_rows import ShownRows
from editor.ui.undo_keys import leave_to_window, plain_context_menu

_WIDTH = 200


class RowFilter(QLineEdit):
    """Shows the rows that hold each word, in any cell and without regard to case and diacritics.

    Enter and Down go to the rows found, Escape shows all rows again.
    """

    left = Signal()
    """The writer goes on in the rows."""

    def __init__(self, rows: ShownRows, parent: QWidget | None = None) -> None:
        super().__init__(parent, placeholderText="Filter rows", clearButtonEnabled=True)
        self._rows = rows
        self.setAccessibleName("Filter rows")
        self.setFixedWidth(_WIDTH)
        self.setProperty("class", "quiet")
        leave_to_window(self)
        plain_context_menu(self)
        self.textChanged.connect(rows.seek)
        rows.arranged.connect(self._follow)

    def open(self) -> None:
        """Be ready to be written in."""
        self.selectAll()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _follow(self) -> None:
        """All rows may be shown again by another way."""
        if not self._rows.sought and self.text().strip():
            self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
