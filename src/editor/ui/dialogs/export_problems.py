"""What a writer may want to mend before an article is published, each with a way to its line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from editor.publishing.export_problems import ExportProblem
from editor.ui import theme
from editor.ui.wrapped_items import WrappedItems

_LINE = Qt.ItemDataRole.UserRole


class ExportProblems(QWidget):
    """A list that says in its heading how many there are; Enter, a double click or a button lead to the line."""

    line_wanted = Signal(int)
    """A line from 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel()
        self.heading.setProperty("class", "field")
        self.list = _List()
        self.list.setProperty("class", "field")
        self.list.setWordWrap(True)
        self.list.setItemDelegate(WrappedItems(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Problems")
        self.go = QPushButton("&Go to It", autoDefault=False)
        self.heading.setBuddy(self.list)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.worn().spacing.tiny)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addStretch()
        self.list.currentItemChanged.connect(lambda *_: self._allow())
        self.list.itemActivated.connect(lambda _: self._go())
        self.go.clicked.connect(self._go)
        self.count = 0
        """How many there are, told or not."""
        self.show_problems((), 0)
        self.heading.setText("Looking for problems…")

    def show_problems(self, problems: Sequence[ExportProblem], number: int) -> None:
        """Show these, the first of so many; the one that was selected stays so where it is still there."""
        current: QListWidgetItem | None = self.list.currentItem()
        selected = current.text() if current else ""
        self.list.clear()
        for problem in problems:
            item = QListWidgetItem(f"Line {problem.line:,}: {problem.message}" if problem.line else problem.message)
            item.setData(_LINE, problem.line)
            self.list.addItem(item)
            if item.text() == selected:
                self.list.setCurrentItem(item)
        if number > len(problems):
            self.list.addItem(f"And {number - len(problems):,} more.")
        if problems and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.count = number
        self.heading.setText(f"{number:,} &problem{'' if number == 1 else 's'}" if number else "No problems found")
        self.list.setVisible(bool(problems))
        self.go.setVisible(bool(problems))
        self._allow()

    def _allow(self) -> None:
        self.go.setEnabled(self._line > 0)

    @property
    def _line(self) -> int:
        item: QListWidgetItem | None = self.list.currentItem()
        return int(item.data(_LINE) or 0) if item else 0

    def _go(self) -> None:
        if self._line:
            self.line_wanted.emit(self._line)


class _List(QListWidget):
    """Keeps Enter from the dialog, which would export."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
