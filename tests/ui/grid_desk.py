"""A window with a citations grid, as keys and the mouse reach it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from editor.session.text_buffer import TextBuffer
from editor.ui.cell_editor import CellEditor
from editor.ui.citations_grid import CitationsGrid
from editor.ui.citations_view import CitationsView

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
HEAD = "| S.No | Paper | Insight | Citations |\n|---|---|---|---|\n"
ROWS = ["| 1 | A (B, 2001) | x | 5 |", "| 2 | C (D, 2002) | y | - |", "| 3 | E (F, 2003) | z | 7 |"]
LONG = "A sentence that goes on for long enough to wrap into several lines in a column of this width. " * 3


def article(*rows: str) -> str:
    """An article that ends with its table, with no final newline."""
    return "Before.\n\n" + HEAD + "\n".join(rows or ROWS)


class Desk:
    """A window with a grid and the window's own undo and redo, as keys and the mouse reach them."""

    def __init__(self, qtbot: QtBot, text: str) -> None:
        self.buffer = TextBuffer(text)
        self.grid = CitationsGrid(self.buffer)
        self.view = self.grid.findChild(CitationsView)
        self.window = QMainWindow()
        self.window.setCentralWidget(self.grid)
        for keys, do in (
            (["Ctrl+Z"], self.buffer.undo),
            (["Ctrl+Shift+Z", "Ctrl+Y"], self.buffer.redo),
        ):
            action = QAction(self.window)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(do)
            self.window.addAction(action)
        self.window.resize(700, 420)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    @property
    def text(self) -> str:
        return self.buffer.article.text

    @property
    def labels(self) -> list[str]:
        return list(self.buffer.history.labels())

    @property
    def place(self) -> tuple[int, int]:
        return self.view.currentIndex().row(), self.view.currentIndex().column()

    @property
    def editor(self) -> CellEditor | None:
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, CellEditor) else None

    def go(self, row: int, column: int) -> None:
        self.view.setFocus()
        self.view.go_to(self.view.model().index(row, column))

    def select_rows(self, *rows: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.view.clearSelection()
        for row in rows:
            index = self.view.model().index(row, 0)
            self.view.selectionModel().select(index, flags.Select | flags.Rows)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, text: str) -> None:
        for character in text:
            QTest.keyClicks(QApplication.focusWidget(), character)

    def paste(self, text: str) -> None:
        """Press Ctrl+V with a text on the clipboard."""
        copied = QMimeData()
        copied.setText(text)
        QGuiApplication.clipboard().setMimeData(copied)
        self.press(Key.Key_V, CTRL)

    def paste_data(self, data: dict[str, bytes]) -> None:
        """Press Ctrl+V with data on the clipboard, by MIME type."""
        copied = QMimeData()
        for name, content in data.items():
            copied.setData(name, content)
        QGuiApplication.clipboard().setMimeData(copied)
        self.press(Key.Key_V, CTRL)

    def do(self, command: str) -> None:
        """What the window does for a command, by its id."""
        self.grid.handlers()[command]()

    def select(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Select a block of cells, by their places."""
        self.view.setFocus()
        rows, columns = (range(one, other + 1) for one, other in zip(first, last, strict=True))
        self.view.select_cells(rows, columns)

    @property
    def chosen(self) -> list[tuple[int, int]]:
        """Places of the selected cells."""
        return sorted((index.row(), index.column()) for index in self.view.selectedIndexes())

    def button(self, name: str) -> QToolButton:
        return next(button for button in self.grid.findChildren(QToolButton) if button.accessibleName() == name)

    def says(self) -> list[str]:
        return [label.text() for label in self.grid.findChildren(QLabel) if label.isVisible()]
