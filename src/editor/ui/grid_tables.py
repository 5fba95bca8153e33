"""Which table the grid shows: the caret's, one chosen from the menu, or a new one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton

from editor.core.inner_tables import InnerTable, inner_table_at
from editor.core.tables import Table
from editor.ui.citations_model import CitationsModel
from editor.ui.citations_view import CitationsView
from editor.ui.grid_rows import RowCommands
from editor.ui.table_chooser import TableChooser

_INNER_PAUSE_MS = 150
"""A list or quote has to be read to know of a table in it, for which no key should wait."""


class TableCommands(QObject):
    """Has the chooser at the pane's head, and the button that begins a citations table where there is none."""

    why_not_changed = Signal()
    """See `why_not`."""

    def __init__(self, model: CitationsModel, view: CitationsView, rows: RowCommands) -> None:
        super().__init__(view)
        self._rows = rows
        self._model = model
        self._view = view
        self._inner: InnerTable | None = None
        self._caret_line = 0
        self._inner_due = QTimer(self, singleShot=True, interval=_INNER_PAUSE_MS)
        self._inner_due.timeout.connect(self._look_for_inner_table)
        self.chooser = TableChooser(lambda: model.article)
        self.chooser.chosen.connect(self._choose)
        self.beginning = QPushButton("New Citations Table")
        self.beginning.clicked.connect(lambda _checked=False: self.add_citations_table())
        for signal in (model.modelReset, model.headerDataChanged):
            signal.connect(self._show_name)
        self._show_name()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What does each command, by its id."""
        return {"choose-table": self.chooser.open, "new-table": self.add_citations_table}

    @property
    def why_not(self) -> str:
        """Why the table with the caret is not shown, as a sentence; "" where there is none such."""
        inside = self._inner.inside if self._inner else ""
        return inside and f"The table at the caret is inside {inside}: it is edited in the text."

    def put_caret(self, offset: int, line: int) -> None:
        """The caret of the text stands at a code point of the article, in a line from 0: a table it enters is shown."""
        self._model.put_caret(offset)
        self._caret_line = line
        self._inner_due.start()

    def add_citations_table(self) -> None:
        """Add a citations table to an article without one, and go to its first title."""
        self._view.finish_editing()
        if self._model.add_citations_table():
            self._go_to_first_row()

    def _choose(self, table: Table) -> None:
        self._view.finish_editing()
        self._model.show_table(table)
        self._go_to_first_row()

    def _go_to_first_row(self) -> None:
        self._rows.go_to(0)
        self._view.setFocus()

    def _show_name(self) -> None:
        self.chooser.show_name(self._model.table, lists_papers=self._model.lists_papers)

    def _look_for_inner_table(self) -> None:
        inner = inner_table_at(self._model.article, self._caret_line)
        if inner != self._inner:
            self._inner = inner
            self.why_not_changed.emit()
