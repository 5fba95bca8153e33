"""How the cells of the grid are painted and edited."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QMainWindow,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.ui.cell_editor import CellEditor
from editor.ui.cell_painting import CellPainter
from editor.ui.editor_box import EditorBox, LargeCellEditor
from editor.ui.paper_parts_editor import PaperPartsEditor

_Index = QModelIndex | QPersistentModelIndex
_Hint = QStyledItemDelegate.EndEditHint


class Editing(Enum):
    """In what a cell is edited."""

    IN_CELL = auto()
    LARGE = auto()
    IN_PARTS = auto()


class CellDelegate(CellPainter):
    """Opens editors with everything selected; Return and Tab commit, Escape leaves the cell as it was."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._editing = Editing.IN_CELL

    def edit(self, index: QModelIndex, editing: Editing) -> None:
        """Open an editor other than the one that the view opens by itself."""
        self._editing = editing
        self._view.edit(index)
        self._editing = Editing.IN_CELL

    def finish(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint = _Hint.NoHint) -> None:
        """Commit what is written and close the editor."""
        self.commitData.emit(editor)
        self._close(editor, hint)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        name = f"{heading}, row {index.row() + 1}"
        if self._editing is Editing.IN_CELL:
            editor = CellEditor(parent)
            editor.setAccessibleName(name)
            editor.more_room_asked.connect(lambda: self._give_room(editor))
            return editor
        box = (LargeCellEditor if self._editing is Editing.LARGE else PaperPartsEditor)(_around(parent), name)
        box.finished.connect(lambda hint: self.finish(box, hint))
        box.given_up.connect(lambda: self._close(box, _Hint.RevertModelCache))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, (CellEditor, EditorBox)) and not editor.is_changed:
            editor.show_value(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, (CellEditor, EditorBox)) and editor.is_changed:
            model.setData(index, editor.value())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        if isinstance(editor, CellEditor):
            editor.cover(option.rect)
        elif isinstance(editor, EditorBox):
            place = self._view.viewport().mapTo(_around(self._view), QPoint(option.rect.topLeft()))
            editor.stand_over(QRect(place, option.rect.size()))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, EditorBox):
            return False
        if isinstance(editor, CellEditor) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            hint = _ending_hint(event)
            if hint is not None:
                self.finish(editor, hint)
                return True
        return super().eventFilter(editor, event)

    def _close(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and editor.isAncestorOf(focus):
            # The view asks only the box itself whether it has the focus.
            editor.blockSignals(True)
            self._view.setFocus()
            editor.blockSignals(False)
        self.closeEditor.emit(editor, hint)

    def _give_room(self, editor: CellEditor) -> None:
        """Go on in the large editor with what is written so far."""
        value, is_changed = editor.value(), editor.is_changed
        self.closeEditor.emit(editor, _Hint.RevertModelCache)
        self.edit(self._view.currentIndex(), Editing.LARGE)
        box = self._view.indexWidget(self._view.currentIndex())
        if is_changed and isinstance(box, LargeCellEditor):
            box.write(value)


def _around(view: QWidget) -> QWidget:
    """What a box over the view may reach over: the window, but not its status line and toolbars."""
    window = view.window()
    inside: QWidget | None = window.centralWidget() if isinstance(window, QMainWindow) else None
    return inside or window


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
