"""Editors of a cell that need more room than the cell has: boxes that float over the window, with fields in them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QStyledItemDelegate, QVBoxLayout, QWidget

from editor.ui import theme
from editor.ui.cell_editor import CellText, breaks_line, move_to_end

_Hint = QStyledItemDelegate.EndEditHint
_ONLY_LOOKS_AWAY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_CHARACTERS, _LINES_AT_LEAST, _LINES_AT_MOST = 76, 6, 24


def _quiet(text: str) -> QLabel:
    label = QLabel(text, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
    label.setProperty("class", "quiet")
    return label


class EditorBox(QFrame):
    """A box with a caption above its fields and its keys below them.

    Return commits, Escape leaves the cell as it was, and so does the focus when it goes elsewhere in the window.
    """

    finished = Signal(_Hint)
    """What is written is to be committed, and the box closed."""
    given_up = Signal()
    """The box is to be closed with nothing committed."""

    tab_commits = False
    """Whether Tab goes on to the next cell rather than to the next field."""

    def __init__(self, around: QWidget, caption: str, keys: str) -> None:
        """`around` is what it floats over."""
        super().__init__(around)
        self._around = around
        self._fields: tuple[QWidget, ...] = ()
        self.setProperty("class", "box")
        self.setAutoFillBackground(True)
        self.setAccessibleName(caption)
        space = theme.worn().spacing
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(space.medium, space.small, space.medium, space.small)
        self.column.setSpacing(space.small)
        self._caption, self._keys = _quiet(caption), _quiet(keys)

    def lay_out(self, parts: Sequence[QWidget], fields: Sequence[QWidget]) -> None:
        """Put the parts between caption and keys; `fields` are those in them that are written in."""
        for widget in (self._caption, *parts, self._keys):
            self.column.addWidget(widget, int(isinstance(widget, CellText)))
        self._fields = tuple(fields)
        for field in fields:
            field.installEventFilter(self)
        self.setFocusProxy(fields[0])

    # What a delegate asks

    def show_value(self, value: str) -> None:
        """Show a cell's value."""
        raise NotImplementedError

    def value(self) -> str:
        """What is written, as the cell's value."""
        raise NotImplementedError

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed."""
        raise NotImplementedError

    def stand_over(self, cell: QRect) -> None:
        """Stand where the cell is, in coordinates of what is around, and as near to it as the window has room."""
        edge = theme.worn().spacing.small
        room = self._around.rect().adjusted(edge, edge, -edge, -edge)
        size = self.wanted_size(cell.width()).boundedTo(room.size())
        left = min(max(cell.left(), room.left()), room.right() + 1 - size.width())
        top = min(max(cell.top(), room.top()), room.bottom() + 1 - size.height())
        self.setGeometry(left, top, size.width(), size.height())
        self.raise_()

    def wanted_size(self, cell_width: int) -> QSize:
        """How large it would be over a cell of that width."""
        return QSize(max(cell_width, self.sizeHint().width()), self.sizeHint().height())

    # Keys and focus

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._means_end(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._means_end(event):
                self._end(event)
                return True
        elif isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _ONLY_LOOKS_AWAY:
            now = QApplication.focusWidget()
            if now and now is not self and not self.isAncestorOf(now):
                self.finished.emit(_Hint.NoHint)
        return super().eventFilter(field, event)

    def _means_end(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return not breaks_line(event)
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self.tab_commits
        return event.key() == Qt.Key.Key_Escape

    def _end(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.given_up.emit()
            case Qt.Key.Key_Tab:
                self.finished.emit(_Hint.EditNextItem)
            case Qt.Key.Key_Backtab:
                self.finished.emit(_Hint.EditPreviousItem)
            case _:
                self.finished.emit(_Hint.NoHint)


class LargeCellEditor(EditorBox):
    """The whole of a long cell, wrapped at a width that reads well."""

    tab_commits = True

    def __init__(self, around: QWidget, caption: str) -> None:
        super().__init__(around, caption, "Return: done · Shift+Return: new line · Esc: leave it as it was")
        self._text = CellText()
        self._text.setAccessibleName(caption)
        self._text.document().setDocumentMargin(0)
        # Qt takes the margin for a change of the text.
        self._text.document().setModified(False)
        self.lay_out([self._text], [self._text])
        self._text.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._cell = QRect()

    def show_value(self, value: str) -> None:
        self._text.show_value(value)
        move_to_end(self._text)

    def write(self, value: str) -> None:
        """Put a value in place of what is written, as typing would."""
        self._text.write(value)

    def value(self) -> str:
        return self._text.value()

    @property
    def is_changed(self) -> bool:
        return self._text.is_changed

    def stand_over(self, cell: QRect) -> None:
        self._cell = QRect(cell)
        super().stand_over(cell)

    def wanted_size(self, cell_width: int) -> QSize:
        line = self._text.fontMetrics()
        width = max(cell_width, line.averageCharWidth() * _CHARACTERS)
        lines = min(max(ceil(self._text.document().size().height()) + 1, _LINES_AT_LEAST), _LINES_AT_MOST)
        around = self.sizeHint().height() - self._text.sizeHint().height()
        return QSize(width, around + lines * line.lineSpacing())

    def _grow(self) -> None:
        if self.isVisible():
            self.stand_over(self._cell)
