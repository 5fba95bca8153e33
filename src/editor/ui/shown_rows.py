"""The rows of the citations table as the writer wants to see them: all or some, in the text's order or another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QAbstractProxyModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from editor.core.table_search import rows_with
from editor.core.table_sorting import sorted_rows
from editor.core.tables import Table
from editor.ui.citations_model import CitationsModel

_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ViewOrder(NamedTuple):
    """An order in which rows are shown but do not stand in the text."""

    column: int
    descending: bool


class ShownRows(QAbstractProxyModel):
    """Shows a `CitationsModel`'s rows; in the text nothing changes by that.

    What is shown, and in which order, is found when it is asked for and then stays: a row does not leave from under
    the hands of who edits it. A row that is added comes below the one that it follows in the text.
    """

    arranged = Signal()
    """Other rows are shown, or in another order."""

    def __init__(self, model: CitationsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._sought = ""
        self._order: ViewOrder | None = None
        self._rows: list[int] = []
        self._places: dict[int, int] | None = None
        self._followed: list[QPersistentModelIndex] = []
        self._kept: list[tuple[QModelIndex, QPersistentModelIndex]] = []
        self._place_of_new = 0
        self.setSourceModel(model)
        self._rows = list(range(model.rowCount()))
        self._follow()

    @property
    def citations(self) -> CitationsModel:
        """The table itself, rows as in the text."""
        return self._model

    @property
    def table(self) -> Table | None:
        """The table as it is in the article."""
        return self._model.table

    # What is shown

    @property
    def sought(self) -> str:
        """The words that a row had to hold to be shown; "" for all rows."""
        return self._sought

    @property
    def order(self) -> ViewOrder | None:
        """The order that is only shown; None where it is the text's."""
        return self._order

    @property
    def is_as_in_text(self) -> bool:
        """Whether all rows are shown in the text's order."""
        return not self._sought and self._order is None

    def seek(self, sought: str) -> None:
        """Show the rows that hold each word of `sought`; all for ""."""
        if sought.strip() != self._sought:
            self._sought = sought.strip()
            self._arrange()

    def show_in_order(self, order: ViewOrder | None) -> None:
        """Show the rows in an order, or for None in the text's. An order asked for again is found anew."""
        if order or self._order:
            self._order = order
            self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._find_rows()
        self.endResetModel()
        self.arranged.emit()

    def _find_rows(self) -> None:
        table = self._model.table
        rows = list(range(self._model.rowCount()))
        if table and self._order:
            rows = sorted_rows(table, self._order.column, descending=self._order.descending)
        if table and self._sought:
            found = set(rows_with(table, self._sought))
            rows = [row for row in rows if row in found]
        self._set_rows(rows)

    def _set_rows(self, rows: list[int]) -> None:
        self._rows = rows
        self._places = None

    # Rows shown and rows in the text

    def row_in_text(self, place: int) -> int:
        """The table's row, from 0, that is shown at a place; -1 for no place."""
        return self._rows[place] if 0 <= place < len(self._rows) else -1

    def place_of(self, row: int) -> int:
        """Where a row of the table is shown, from 0; -1 where it is not."""
        if self._places is None:
            self._places = {row: place for place, row in enumerate(self._rows)}
        return self._places.get(row, -1)

    def mapToSource(self, index: _Index) -> QModelIndex:
        return self._model.index(self.row_in_text(index.row()), index.column()) if index.isValid() else QModelIndex()

    def mapFromSource(self, index: _Index) -> QModelIndex:
        place = self.place_of(index.row()) if index.isValid() else -1
        return self.createIndex(place, index.column()) if place >= 0 else QModelIndex()

    # What views ask

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        return self.createIndex(row, column) if self.hasIndex(row, column, parent) else QModelIndex()

    def parent(self, index: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        return QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return self._model.columnCount(parent)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical:
            section = self.row_in_text(section)
        return self._model.headerData(section, orientation, role)

    # Following the table

    def _follow(self) -> None:
        model = self._model
        model.dataChanged.connect(self._tell_data)
        model.headerDataChanged.connect(self._tell_headers)
        model.rowsAboutToBeInserted.connect(self._before_insertion)
        model.rowsInserted.connect(self._insert)
        model.rowsAboutToBeRemoved.connect(self._remove)
        model.rowsRemoved.connect(self._close_gap)
        for before, after in (
            (model.rowsAboutToBeMoved, model.rowsMoved),
            (model.layoutAboutToBeChanged, model.layoutChanged),
        ):
            before.connect(self._before_reordering)
            after.connect(self._reorder)
        model.modelAboutToBeReset.connect(self.beginResetModel)
        model.modelReset.connect(self._begin_anew)

    def _tell_data(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        for top, bottom in self._runs(range(first.row(), last.row() + 1)):
            self.dataChanged.emit(self.index(top, first.column()), self.index(bottom, last.column()), roles)

    def _tell_headers(self, orientation: Qt.Orientation, first: int, last: int) -> None:
        if orientation is Qt.Orientation.Horizontal:
            self.headerDataChanged.emit(orientation, first, last)
            return
        for top, bottom in self._runs(range(first, last + 1)):
            self.headerDataChanged.emit(orientation, top, bottom)

    def _runs(self, rows: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The first and last place of each stretch in which these rows of the table are shown."""
        places = sorted(place for row in rows if (place := self.place_of(row)) >= 0)
        ends = [at for at, (one, other) in enumerate(pairwise(places), start=1) if other > one + 1]
        bounds = [0, *ends, len(places)] if places else []
        return ((places[begin], places[end - 1]) for begin, end in pairwise(bounds))

    def _before_insertion(self, _parent: QModelIndex, first: int, last: int) -> None:
        above = self.place_of(first - 1)
        below = self.place_of(first)
        if first == self._model.rowCount() or (above < 0 and below < 0):
            self._place_of_new = len(self._rows)
        else:
            self._place_of_new = above + 1 if above >= 0 else below
        self.beginInsertRows(_NOWHERE, self._place_of_new, self._place_of_new + last - first)

    def _insert(self, _parent: QModelIndex, first: int, last: int) -> None:
        many = last - first + 1
        rows = [row + many if row >= first else row for row in self._rows]
        rows[self._place_of_new : self._place_of_new] = range(first, last + 1)
        self._set_rows(rows)
        self.endInsertRows()

    def _remove(self, _parent: QModelIndex, first: int, last: int) -> None:
        for top, bottom in reversed(list(self._runs(range(first, last + 1)))):
            self.beginRemoveRows(_NOWHERE, top, bottom)
            self._set_rows(self._rows[:top] + self._rows[bottom + 1 :])
            self.endRemoveRows()

    def _close_gap(self, _parent: QModelIndex, first: int, last: int) -> None:
        many = last - first + 1
        self._set_rows([row - many if row > last else row for row in self._rows])

    def _before_reordering(self) -> None:
        self.layoutAboutToBeChanged.emit()
        if not self.is_as_in_text:
            self._followed = [QPersistentModelIndex(self._model.index(row, 0)) for row in self._rows]
        self._kept = [(index, QPersistentModelIndex(self.mapToSource(index))) for index in self.persistentIndexList()]

    def _reorder(self) -> None:
        if not self.is_as_in_text:
            rows = [index.row() for index in self._followed]
            self._set_rows(rows if self._order else sorted(rows))
        before = [index for index, _ in self._kept]
        after = [self.mapFromSource(QModelIndex(index)) for _, index in self._kept]  # type: ignore[call-overload]
        self.changePersistentIndexList(before, after)
        self._followed, self._kept = [], []
        self.layoutChanged.emit()

    def _begin_anew(self) -> None:
        self._order = None
        self._find_rows()
        self.endResetModel()
        self.arranged.emit()
