"""Where a cell's Markdown is written: wrapped like the cell's text, and as tall as what is written in it."""

from __future__ import annotations

import re
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from editor.ui.undo_keys import is_history_key, plain_context_menu

# How far below the editor's edge its text begins, so that it lies where the cell's lay.
_INSET = 4
_BLOCK_BREAK = "\u2029"
# How a line break is written in a cell. Others that mean the same, such as `<br/>`, are shown as they are written.
_WRITTEN_BREAK = "<br>"
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BREAKS = re.compile("[ \t]*[\r\n\u2028\u2029]+[ \t]*")


class CellText(QPlainTextEdit):
    """A text field for a cell's value, each `<br>` as a line's end. While it has the focus undo and redo are its own.

    Shift+Return or Alt+Return breaks the line; Return itself is left to what is around.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown = ""
        plain_context_menu(self)

    def show_value(self, value: str) -> None:
        """Show a value with all of it selected; it counts as unchanged."""
        self._shown = value
        self.setPlainText(value.replace(_WRITTEN_BREAK, "\n"))
        self.selectAll()

    def write(self, value: str) -> None:
        """Put a value in place of what is written, as typing would, with the caret behind it."""
        self.selectAll()
        self.insertPlainText(value.replace(_WRITTEN_BREAK, "\n"))
        self.document().setModified(True)

    def value(self) -> str:
        """What is written. Empty lines at the end are not meant where none were.

        `toPlainText` would make spaces of no-break spaces.
        """
        written = self.document().toRawText().replace(_BLOCK_BREAK, _WRITTEN_BREAK)
        if not self._shown.endswith(_WRITTEN_BREAK):
            while written.endswith(_WRITTEN_BREAK):
                written = written.removesuffix(_WRITTEN_BREAK)
        return written

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed: a value may hold what no widget can give back."""
        return self.document().isModified()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.means(event):
            event.accept()
            return True
        return super().event(event)

    def means(self, event: QKeyEvent) -> bool:
        """Whether a key that may be a command's is this field's while it has the focus."""
        return is_history_key(event) or breaks_line(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_history_key(event):
            if event.matches(QKeySequence.StandardKey.Undo):
                self.undo()
            else:
                self.redo()
        elif breaks_line(event):
            self.insertPlainText("\n")
        elif event.key() in _RETURN:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selection as it is: Qt would make spaces of no-break spaces."""
        copied = QMimeData()
        copied.setText(self.textCursor().selectedText().replace(_BLOCK_BREAK, "\n"))
        return copied

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text on one line, as a title copied out of a narrow column should come."""
        self.insertPlainText(_BREAKS.sub(" ", source.text().strip()))


class CellEditor(CellText):
    """Lies over the cell that is edited, as tall as what is written in it."""

    more_room_asked = Signal()
    """F2, which opened it, was pressed again, or Ctrl+F2, which opens a larger one at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cell = QRect()
        self.document().setDocumentMargin(0)
        # Qt takes the margin for a change of the text.
        self.document().setModified(False)
        self.setViewportMargins(0, _INSET, 0, 0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def cover(self, cell: QRect) -> None:
        """Lie over a cell, in the parent's coordinates, and reach below it where the text needs that."""
        # A copy, since an option's rectangle lives no longer than the option.
        self._cell = QRect(cell)
        self.setGeometry(self._cell)
        self._fit()

    def _fit(self) -> None:
        text = ceil(self.document().size().height()) * self.fontMetrics().lineSpacing()
        edges = self.height() - self.viewport().height() + _INSET
        room = self._around.height() - self._cell.top()
        self.resize(self._cell.width(), max(self._cell.height(), min(text + edges, room)))

    def means(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_F2 or super().means(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.more_room_asked.emit()
        else:
            super().keyPressEvent(event)


def breaks_line(event: QKeyEvent) -> bool:
    """Whether the key breaks the line rather than ending what is written."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _RETURN and modifiers in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)


def move_to_end(editor: CellText) -> None:
    """Put the caret behind the text with nothing selected, to amend instead of to replace."""
    editor.moveCursor(QTextCursor.MoveOperation.End)
