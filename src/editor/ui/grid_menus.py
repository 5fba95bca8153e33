"""The context menus of the citations grid, made of the window's commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from editor.ui.citations_view import CitationsView

_LINE = ""
_SORT = ("sort-up", "sort-down", _LINE, "show-sorted-up", "show-sorted-down", "show-as-in-text")
_ALIGN = ("align-column-none", "align-column-left", "align-column-centre", "align-column-right")
_ROW = (
    *("add-row", "add-row-above", "duplicate-row", "remove-row", _LINE),
    *("row-up", "row-down", _LINE, "renumber", _LINE, "cited-places"),
)
_COLUMN = ("add-column", "rename-column", "remove-column", _LINE, "column-left", "column-right")
_CELLS = ("edit-cell", "edit-large", "edit-parts", "open-link", _LINE, "fill-down", "clear-cells")


class GridMenus:
    """Pops up what can be done to the chosen cells, to a row or to a column."""

    def __init__(self, view: CitationsView) -> None:
        self._view = view

    def show_for_cells(self, place: QPoint) -> None:
        """All that can be done where the current cell is, at a place on the screen."""
        menu = self._menu()
        for title, key, act in (
            ("Cu&t", QKeySequence.StandardKey.Cut, self._view.cut),
            ("&Copy", QKeySequence.StandardKey.Copy, self._view.copy),
            ("&Paste", QKeySequence.StandardKey.Paste, self._view.paste),
        ):
            menu.addAction(f"{title}\t{QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)}", act)
        self._add(menu, (_LINE, *_CELLS, _LINE, *_ROW, _LINE))
        self._add(menu.addMenu("&Sort"), _SORT)
        column = menu.addMenu("Co&lumn")
        self._add(column, _COLUMN)
        self._add(column.addMenu("&Align"), _ALIGN)
        menu.popup(place)

    def show_for_row(self, place: QPoint) -> None:
        """What can be done to the current row."""
        menu = self._menu()
        self._add(menu, _ROW)
        menu.popup(place)

    def show_for_column(self, place: QPoint) -> None:
        """What can be done to the current cell's column."""
        menu = self._menu()
        self._add(menu, (*_COLUMN, _LINE))
        self._add(menu.addMenu("&Align"), _ALIGN)
        self._add(menu, (_LINE, *_SORT))
        menu.popup(place)

    def _menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add(self, menu: QMenu, names: Sequence[str]) -> None:
        known = {action.objectName(): action for action in _actions_around(self._view)}
        for name in names:
            if name == _LINE:
                menu.addSeparator()
            elif name in known:
                menu.addAction(known[name])


def _actions_around(widget: QWidget | None) -> Iterator[QAction]:
    """The commands that the window gave to the widgets around this one."""
    while widget is not None:
        yield from widget.actions()
        widget = widget.parentWidget()
