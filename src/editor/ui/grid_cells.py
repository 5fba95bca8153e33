"""What is done to the current cell of the citations grid beyond typing into it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from editor.core.papers import ColumnRole, column_roles
from editor.ui.cell_delegate import Editing
from editor.ui.cell_faces import FACE, CellFace
from editor.ui.citations_model import CitationsModel
from editor.ui.citations_view import CitationsView
from editor.ui.outside_links import outside_link


class CellCommands(QObject):
    """Opens the cell's other editors and its links."""

    refused = Signal(str, int)
    """What could not be done: a sentence, and the line from 1 (0: none)."""
    link_activated = Signal(str)
    """An address is to be opened."""

    def __init__(self, model: CitationsModel, view: CitationsView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        view.links.activated.connect(self.link_activated)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What does each command, by its id."""
        return {"edit-large": self.edit_in_large, "edit-parts": self.edit_parts, "open-link": self.open_link}

    def edit_in_large(self) -> None:
        """Open the current cell's editor with more room."""
        self._view.edit_otherwise(self._view.currentIndex(), Editing.LARGE)

    def edit_parts(self) -> None:
        """Open title, authors and year of the current row's paper, each in a field of its own."""
        table, current = self._model.table, self._view.currentIndex()
        if not table or not current.isValid():
            return
        if not self._model.lists_papers:
            self.refused.emit("This table has no column of papers with title, author and year.", 0)
            return
        paper = current.siblingAtColumn(column_roles(table.columns).index(ColumnRole.PAPER))
        self._view.finish_editing()
        self._view.setCurrentIndex(paper)
        self._view.edit_otherwise(paper, Editing.IN_PARTS)

    def open_link(self) -> None:
        """Open the first link of the current cell that may be opened."""
        face = self._view.currentIndex().data(FACE)
        links = filter(outside_link, face.links) if isinstance(face, CellFace) else iter(())
        if address := next(links, ""):
            self.link_activated.emit(address)
        else:
            self.refused.emit("There is no web or mail address in this cell.", 0)
