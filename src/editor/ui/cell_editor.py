"""The editor of one cell of a table: wrapped like the cell's text, and as tall as what is written in it."""

from __future__ import annotations

import re
from math import ceil

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from editor.ui.undo_keys import is_history_key, plain_context_menu

_Index = QModelIndex | QPersistentModelIndex
_Hint = QStyledItemDelegate.EndEditHint
# How far below the editor's edge its text begins, so that it lies where the cell's lay.
_INSET = 4
_BLOCK_BREAK, _LINE_BREAK = "\u2029", "\u2028"
_BREAKS = re.compile("[ \t]*[\r\n\u2028\u2029]+[ \t]*")


class CellEditor(QPlainTextEdit):
    """Where a cell's value is written. While it is open, undo and redo are its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cell = QRect()
        self.document().setDocumentMargin(0)
        # Qt takes the margin for a change of the text.
        self.document().setModified(False)
        self.setViewportMargins(0, _INSET, 0, 0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        plain_context_menu(self)

    def value(self) -> str:
        """What is written, a line break as LF. `toPlainText` would make spaces of no-break spaces."""
        return self.document().toRawText().replace(_BLOCK_BREAK, "\n").replace(_LINE_BREAK, "\n")

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

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_history_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_history_key(event):
            if event.matches(QKeySequence.StandardKey.Undo):
                self.undo()
            else:
                self.redo()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
                self.insertPlainText("\n")
            else:
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


class CellDelegate(QStyledItemDelegate):
    """Opens a `CellEditor` with everything selected; Enter and Tab commit, Escape leaves the cell as it was."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = CellEditor(parent)
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(f"{heading}, row {index.row() + 1}")
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, CellEditor) and not editor.document().isModified():
            editor.setPlainText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Ask for the edit, unless nothing was typed: a value may hold what no widget can give back."""
        if isinstance(editor, CellEditor) and editor.document().isModified():
            model.setData(index, editor.value())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Room for the wrapped text. Qt wraps at the cell's whole width, then adds a style sheet's padding to it."""
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        text = whole.widget.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, whole, whole.widget)
        narrower = QStyleOptionViewItem(option)
        narrower.rect.setWidth(text.width())
        return super().sizeHint(narrower, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        if isinstance(editor, CellEditor):
            editor.cover(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, CellEditor) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            hint = _ending_hint(event)
            if hint is not None:
                self.finish(editor, hint)
                return True
        return super().eventFilter(editor, event)

    def finish(self, editor: CellEditor, hint: QStyledItemDelegate.EndEditHint = _Hint.NoHint) -> None:
        """Commit what is written and close the editor."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)


def move_to_end(editor: CellEditor) -> None:
    """Put the caret behind the text with nothing selected, to amend instead of to replace."""
    editor.moveCursor(QTextCursor.MoveOperation.End)


def _ending_hint(event: QKeyEvent) -> QStyledItemDelegate.EndEditHint | None:
    """What a key that ends the editing asks for next; None for any other key.

    Qt has no hint for the cell below: the view takes the one that it has no use for.
    """
    match event.key():
        case Qt.Key.Key_Tab:
            return _Hint.EditNextItem
        case Qt.Key.Key_Backtab:
            return _Hint.EditPreviousItem
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            return _Hint.SubmitModelCache if plain else None
    return None
