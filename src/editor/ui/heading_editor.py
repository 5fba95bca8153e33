"""Where a column's heading is written: over its header, or over the place where a new column comes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView

from editor.ui.undo_keys import leave_to_window, plain_context_menu

_NARROWEST = 140


class HeadingEditor(QLineEdit):
    """Enter takes the heading, Escape and leaving it do not: a column is added or renamed only when that is meant."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._header = table.horizontalHeader()
        self._take: Callable[[str], object] = lambda _heading: None
        self.setMaxLength(1_000)
        leave_to_window(self)
        plain_context_menu(self)
        self.hide()

    def open(self, column: int, heading: str, name: str, take: Callable[[str], object]) -> None:
        """Ask for a heading over a column, from 0, or behind the last; `name` says what for."""
        self._take = take
        header, last = self._header, self._header.count() - 1
        left = header.sectionViewportPosition(min(column, last)) if last >= 0 else 0
        if column > last >= 0:
            left += header.sectionSize(last)
        width = max(header.sectionSize(column) if column <= last else 0, _NARROWEST)
        left = max(0, min(left, header.width() - width))
        self.setGeometry(QRect(header.x() + left, header.y(), width, header.height()))
        self.setText(heading)
        self.setPlaceholderText("Heading")
        self.setAccessibleName(name)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self) -> None:
        take, heading = self._take, self.text()
        self._close()
        take(heading)

    def _close(self) -> None:
        self._take = lambda _heading: None
        self.hide()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._taken()
        elif event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason and self.isVisible():
            self._take = lambda _heading: None
            self.hide()
