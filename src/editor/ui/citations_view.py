"""The table of the citations grid: which keys mean what, what is chosen, and how tall its rows are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from editor.ui.cell_delegate import CellDelegate, Editing
from editor.ui.cell_editor import CellEditor, move_to_end
from editor.ui.cell_links import CellLinks
from editor.ui.column_widths import ColumnWidths
from editor.ui.dragged_header import DraggedHeader
from editor.ui.editor_box import EditorBox
from editor.ui.shown_rows import ShownRows

_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint
_EndHint = QAbstractItemDelegate.EndEditHint
_Move = QAbstractItemView.CursorAction
_Select = QItemSelectionModel.SelectionFlag
_CTRL = Qt.KeyboardModifier.ControlModifier
_GUTTER = 20
_WHEEL_STEP = 20
_STEPS = {_Move.MoveUp: (-1, 0), _Move.MoveDown: (1, 0), _Move.MoveLeft: (0, -1), _Move.MoveRight: (0, 1)}
_NAVIGATION = frozenset(
    (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
)


class CitationsView(QTableView):
    """Shows `ShownRows`. Rows are as tall as their text once they are in sight: measuring 5,000 takes seconds.

    What is chosen is told in rows of the text. The current cell stays the same cell when other rows or columns come
    into view.
    """

    copy_wanted, cut_wanted, paste_wanted = Signal(), Signal(), Signal()
    menu_wanted = Signal(QPoint)
    """The context menu was asked for at a place on the screen, for what is chosen."""

    def __init__(self, rows: ShownRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._keys: dict[str, Callable[[], object]] = {}
        self._measured: set[int] = set()
        self._current_cell: tuple[int, int] | None = None
        self._entry_column: int | None = None
        self._with_ctrl = False
        self._goes = False
        self._delegate = CellDelegate(self)
        self.links = CellLinks(self, self._delegate)
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self.fit_rows)
        self.columns = DraggedHeader(Qt.Orientation.Horizontal, self)
        self.gutter = DraggedHeader(Qt.Orientation.Vertical, self)
        self._set_up_headers()
        self.setItemDelegate(self._delegate)
        self.setModel(rows)
        self._set_up()
        self._widths = ColumnWidths(self, rows)
        self._follow()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Citations")
        self.setEditTriggers(self.EditTrigger.AnyKeyPressed)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(_WHEEL_STEP)
        self.setCornerButtonEnabled(False)

    def _set_up_headers(self) -> None:
        across, down = self.columns, self.gutter
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        across.setAccessibleName("Columns")
        self.setHorizontalHeader(across)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setFixedWidth(_GUTTER)
        down.setHighlightSections(False)
        down.setAccessibleName("Rows")
        self.setVerticalHeader(down)

    def _follow(self) -> None:
        rows = self._rows
        rows.modelAboutToBeReset.connect(self._remember_current)
        rows.modelReset.connect(self._restore_current)
        rows.dataChanged.connect(self._forget_heights)
        for signal in (rows.modelReset, rows.rowsInserted, rows.rowsRemoved, rows.rowsMoved, rows.layoutChanged):
            signal.connect(self.forget_heights)
        self.columns.sectionResized.connect(self.forget_heights)
        self.verticalScrollBar().valueChanged.connect(self.fit_rows)
        self.doubleClicked.connect(self.amend)

    # What is chosen, in rows of the text

    @property
    def current_cell(self) -> tuple[int, int] | None:
        """Row and column of the current cell."""
        index = self.currentIndex()
        return (self._rows.row_in_text(index.row()), index.column()) if index.isValid() else None

    def chosen_cells(self) -> list[tuple[int, int]]:
        """Rows and columns of the cells selected, or else of the current one, in the order shown."""
        current = self.currentIndex()
        places = {
            place
            for each in self._ranges()
            for place in product(range(each.top(), each.bottom() + 1), range(each.left(), each.right() + 1))
        }
        if not places and current.isValid():
            places = {(current.row(), current.column())}
        return [(self._rows.row_in_text(row), column) for row, column in sorted(places)]

    def chosen_rows(self) -> list[int]:
        """The rows with a chosen cell, in the order shown."""
        return list(dict.fromkeys(row for row, _ in self.chosen_cells()))

    def chosen_columns(self) -> list[int]:
        """The columns with a chosen cell."""
        return sorted({column for _, column in self.chosen_cells()})

    def has_only_whole_rows_chosen(self) -> bool:
        """Whether rows are selected, all of them from end to end."""
        last = self._rows.columnCount() - 1
        ranges = self._ranges()
        return bool(ranges) and all(each.left() == 0 and each.right() == last for each in ranges)

    def _ranges(self) -> list[QItemSelectionRange]:
        """What is selected, by the places shown. Asking for each cell of 5,000 rows would take half a second."""
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def select_cells(self, rows: range, columns: range) -> None:
        """Select the cells at these places shown, and make the first of them the current one."""
        first, last = self._rows.index(rows[0], columns[0]), self._rows.index(rows[-1], columns[-1])
        self.go_to(first)
        self.selectionModel().select(QItemSelection(first, last), _Select.ClearAndSelect)

    def select_whole(self, *, rows: bool) -> None:
        """Select the rows, or else the columns, in which something is selected."""
        selected = self.selectionModel().selection() or QItemSelection(self.currentIndex(), self.currentIndex())
        flag = _Select.Rows if rows else _Select.Columns
        self.selectionModel().select(QItemSelection(selected), _Select.ClearAndSelect | flag)

    def go_to(self, index: QModelIndex) -> None:
        """Make a cell the current one and the only one selected, whichever keys the writer holds down for it."""
        self._goes = True
        self.setCurrentIndex(index)
        self._goes = False

    def selectionCommand(self, index: _Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        return _Select.ClearAndSelect if self._goes else super().selectionCommand(index, event)

    def _remember_current(self) -> None:
        self._current_cell = self.current_cell or self._current_cell

    def _restore_current(self) -> None:
        """Where the current cell is not shown now, it may be once other rows are."""
        row, column = self._current_cell or (-1, -1)
        place, last = self._rows.place_of(row), self._rows.columnCount() - 1
        if place >= 0 and last >= 0:
            self.go_to(self._rows.index(place, min(column, last)))

    # Keys and editing

    def set_keys(self, keys: Mapping[str, Callable[[], object]]) -> None:
        """What to do for keys by their portable names, before the table's own meaning of them."""
        self._keys = {QKeySequence(name).toString(): do for name, do in keys.items()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        do = self._keys.get(QKeySequence(event.key() | modifiers.value).toString())
        self._entry_column = None
        if event.key() == Qt.Key.Key_Escape and self.gutter.cancel() | self.columns.cancel():
            return
        if do:
            do()
        elif event.key() in _NAVIGATION and modifiers & _CTRL:
            # Qt would move the current cell and leave the selection behind.
            self._with_ctrl = True
            super().keyPressEvent(QKeyEvent(event.type(), event.key(), modifiers & ~_CTRL))
            self._with_ctrl = False
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if self._with_ctrl and action in _STEPS:
            return self._edge_from(self.currentIndex(), *_STEPS[action])
        return super().moveCursor(action, modifiers | _CTRL if self._with_ctrl else modifiers)

    def _edge_from(self, index: QModelIndex, down: int, across: int) -> QModelIndex:
        """The last cell of the filled ones that follow, or the first after the empty ones: as spreadsheets jump."""

        def beside(cell: QModelIndex) -> QModelIndex:
            return self._rows.index(cell.row() + down, cell.column() + across)

        ahead = beside(index)
        if not ahead.isValid():
            return index
        runs = bool(index.data()) and bool(ahead.data())
        while (beyond := beside(ahead)).isValid() and bool(beyond.data() if runs else not ahead.data()):
            ahead = beyond
        return ahead

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._entry_column = None
        super().mousePressEvent(event)

    def amend(self, index: QModelIndex) -> None:
        """Open a cell's editor with the caret behind its text; typing on a cell replaces it instead."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable and not self._open_editor():
            self.edit(index)
            editor = self._open_editor()
            if isinstance(editor, CellEditor):
                move_to_end(editor)

    def edit_otherwise(self, index: QModelIndex, editing: Editing) -> None:
        """Open a cell's editor with more room, or with a field for each part of a paper's cell."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.finish_editing()
            self._delegate.edit(index, editing)

    def closeEditor(self, editor: QWidget, hint: _EndHint) -> None:
        """Enter goes on below, where Tab left from to come here: values are entered row by row."""
        if hint in (_EndHint.EditNextItem, _EndHint.EditPreviousItem) and self._entry_column is None:
            self._entry_column = self.currentIndex().column()
        if hint is not _EndHint.SubmitModelCache:
            super().closeEditor(editor, hint)
            return
        super().closeEditor(editor, _EndHint.NoHint)
        current = self.currentIndex()
        column = current.column() if self._entry_column is None else self._entry_column
        self._entry_column = None
        below = self._rows.index(current.row() + 1, column)
        self.go_to(below if below.isValid() else self._rows.index(current.row(), column))

    def finish_editing(self) -> None:
        """Commit what is written in a cell editor that is open."""
        if editor := self._open_editor():
            self._delegate.finish(editor)

    def _open_editor(self) -> CellEditor | EditorBox | None:
        # A view takes the editor of a cell for its widget too.
        editor = self.indexWidget(self.currentIndex())
        return editor if isinstance(editor, (CellEditor, EditorBox)) else None

    def copy(self) -> None:
        """The window's command, for what has the focus."""
        self.copy_wanted.emit()

    def cut(self) -> None:
        """The window's command, for what has the focus."""
        self.cut_wanted.emit()

    def paste(self) -> None:
        """The window's command, for what has the focus."""
        self.paste_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        else:
            index = self.indexAt(self.viewport().mapFromGlobal(place))
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.go_to(index)
        self.menu_wanted.emit(place)

    # Heights

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.share()
        self.fit_rows()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_widths"):
            self.forget_heights()

    def forget_heights(self) -> None:
        """Measure the rows in sight anew, and the others when they come into sight."""
        self._measured.clear()
        self._fit_soon.start()

    def _forget_heights(self, first: QModelIndex, last: QModelIndex) -> None:
        self._measured.difference_update(range(first.row(), last.row() + 1))
        self._fit_soon.start()

    def fit_rows(self) -> None:
        """Make the rows in sight as tall as their text."""
        row, bottom = max(self.rowAt(0), 0), self.viewport().height()
        while row < self._rows.rowCount() and self.rowViewportPosition(row) < bottom:
            self._measure(row)
            row += 1

    def _measure(self, row: int) -> None:
        if row not in self._measured:
            self._measured.add(row)
            self.resizeRowToContents(row)

    def scrollTo(self, index: _Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Bring a cell into sight, with the rows above it measured first so that they don't push it out again."""
        row, room = index.row(), self.viewport().height()
        while row >= 0 and room > 0:
            self._measure(row)
            room -= self.rowHeight(row)
            row -= 1
        # Qt lets the scroll bar know of new heights only later.
        self.updateGeometries()
        super().scrollTo(index, hint)
