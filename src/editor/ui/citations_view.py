"""The table of the citations grid: how wide its columns are, how tall its rows, and which keys mean what."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from editor.core.papers import ColumnRole, column_roles
from editor.ui.cell_editor import CellDelegate, CellEditor, move_to_end
from editor.ui.citations_model import CitationsModel

_Hint = QAbstractItemView.ScrollHint
# Parts of the width left over by the columns of numbers, which are as wide as their headings.
_PARTS = {ColumnRole.PAPER: 5.0, ColumnRole.INSIGHT: 6.0, ColumnRole.DOI: 2.0, ColumnRole.OTHER: 3.0}
_NARROWEST, _NARROW_AT_MOST, _TEXT_AT_LEAST = 44, 96, 64
_GUTTER = 20
_WHEEL_STEP = 20


class CitationsView(QTableView):
    """Shows a `CitationsModel`. Columns share the width; rows are as tall as their text once they are in sight.

    Only those in sight are measured: measuring 5,000 takes seconds.
    """

    def __init__(self, model: CitationsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: dict[str, Callable[[], object]] = {}
        self._parts: list[float] = []
        self._sharing = False
        self._delegate = CellDelegate(self)
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self.fit_rows)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._model = model
        self._set_up()
        self._set_up_headers()
        for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.rowsMoved, model.layoutChanged):
            signal.connect(self._fit_soon.start)
        model.modelReset.connect(self._begin_columns)
        self.verticalScrollBar().valueChanged.connect(self.fit_rows)
        self.doubleClicked.connect(self.amend)
        self._begin_columns()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Citations")
        self.setEditTriggers(self.EditTrigger.AnyKeyPressed)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(_WHEEL_STEP)
        self.setCornerButtonEnabled(False)

    def _set_up_headers(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        across.setMinimumSectionSize(_NARROWEST)
        across.sectionResized.connect(self._give_way)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setFixedWidth(_GUTTER)
        down.setHighlightSections(False)

    # Keys and editing

    def set_keys(self, keys: Mapping[str, Callable[[], object]]) -> None:
        """What to do for keys by their portable names, before the table's own meaning of them."""
        self._keys = {QKeySequence(name).toString(): do for name, do in keys.items()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        do = self._keys.get(QKeySequence(event.key() | modifiers.value).toString())
        if do:
            do()
        else:
            super().keyPressEvent(event)

    def amend(self, index: QModelIndex) -> None:
        """Open a cell's editor with the caret behind its text; typing on a cell replaces it instead."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
            if editor := self._open_editor():
                move_to_end(editor)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, parted by tabs and lines, as spreadsheets take them."""
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes()):
            lines.setdefault(index.row(), []).append(index.data())
        if lines:
            QGuiApplication.clipboard().setText("\n".join("\t".join(values) for values in lines.values()))

    def finish_editing(self) -> None:
        """Commit what is written in a cell editor that is open."""
        if editor := self._open_editor():
            self._delegate.finish(editor)

    def _open_editor(self) -> CellEditor | None:
        # A view takes the editor of a cell for its widget too.
        editor = self.indexWidget(self.currentIndex())
        return editor if isinstance(editor, CellEditor) else None

    # Columns

    def _begin_columns(self) -> None:
        roles = column_roles(self._model.table.columns) if self._model.table else ()
        self._parts = [_PARTS.get(role, 0.0) for role in roles]
        across = self.horizontalHeader()
        self._sharing = True
        for column, part in enumerate(self._parts):
            if not part:
                across.resizeSection(column, min(max(across.sectionSizeHint(column), _NARROWEST), _NARROW_AT_MOST))
        self._sharing = False
        self._share_width()

    def _share_width(self) -> None:
        """Divide the width that the narrow columns leave: the least that a text needs, then by parts."""
        wide = [column for column, part in enumerate(self._parts) if part]
        if not wide:
            return
        left, parts = self._spare_width(), sum(self._parts)
        self._sharing = True
        for column in wide:
            width = round(left * self._parts[column] / parts)
            self.horizontalHeader().resizeSection(column, _TEXT_AT_LEAST + width)
            left -= width
            parts -= self._parts[column]
        self._sharing = False
        self._fit_soon.start()

    def _spare_width(self) -> int:
        """The pixels that the wide columns share beyond what each needs at least."""
        taken = (_TEXT_AT_LEAST if part else self.columnWidth(column) for column, part in enumerate(self._parts))
        return max(self.viewport().width() - sum(taken), 0)

    def _give_way(self, column: int, _before: int, width: int) -> None:
        """Let the other wide columns share what the writer leaves them by dragging the edge of one."""
        if self._sharing or column >= len(self._parts):
            return
        others = sum(self._parts) - self._parts[column]
        if self._parts[column] and others:
            wanted = max(width - _TEXT_AT_LEAST, 1)
            rest = max(self._spare_width() - wanted, 1)
            self._parts = [part * rest / others for part in self._parts]
            self._parts[column] = wanted
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self.fit_rows()

    # Rows

    def fit_rows(self) -> None:
        """Make the rows in sight as tall as their text."""
        row, bottom = max(self.rowAt(0), 0), self.viewport().height()
        while row < self._model.rowCount() and self.rowViewportPosition(row) < bottom:
            self.resizeRowToContents(row)
            row += 1

    def scrollTo(self, index: QModelIndex | QPersistentModelIndex, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Bring a cell into sight, with the rows above it measured first so that they don't push it out again."""
        row, room = index.row(), self.viewport().height()
        while row >= 0 and room > 0:
            self.resizeRowToContents(row)
            room -= self.rowHeight(row)
            row -= 1
        # Qt lets the scroll bar know of new heights only later.
        self.updateGeometries()
        super().scrollTo(index, hint)
