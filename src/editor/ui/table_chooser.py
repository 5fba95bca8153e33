"""Which table the grid shows: its name at the head of the pane, and under it a menu of all of the article's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from editor.core.article import Article
from editor.core.inner_tables import inner_tables
from editor.core.tables import Table
from editor.rendering.cell_text import plain_text

_PAPERS = "Citations"
_LONGEST_NAME = 44


class TableChooser(QPushButton):
    """Shows a table's name; the menu is made when it is opened, so that keys in the text cost nothing here."""

    chosen = Signal(object)
    """The writer wants to see this table."""

    def __init__(self, article: Callable[[], Article], parent: QWidget | None = None) -> None:
        super().__init__(_PAPERS, parent)
        self._article = article
        self.last_entries: tuple[QAction, ...] = ()
        """Further commands at the menu's end."""
        self.setAutoDefault(False)
        self.setProperty("class", "section")
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.show_name(None, lists_papers=True)

    def show_name(self, table: Table | None, *, lists_papers: bool) -> None:
        """Show the name of a table; `lists_papers` tells that it is the citations table."""
        name = _PAPERS if lists_papers or table is None else name_of(table)
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(f"Table: {name}")

    def open(self) -> None:
        """Open the menu below the name, and return at once."""
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        article = self._article()
        for entry in _entries(article):
            action = menu.addAction(f"{entry.name}\t{_where(article, entry)}".replace("&", "&&"))
            action.setEnabled(entry.table is not None)
            action.triggered.connect(lambda _checked=False, table=entry.table: self.chosen.emit(table))
        if menu.isEmpty():
            menu.addAction("No tables").setEnabled(False)
        menu.addSeparator()
        menu.addActions(self.last_entries)


def name_of(table: Table) -> str:
    """A table's name by its headings."""
    return _joined(table.columns)


class _Entry(NamedTuple):
    line: int
    name: str
    table: Table | None
    why_not: str = ""


def _entries(article: Article) -> list[_Entry]:
    """An article's tables in order, those without a `table` being for the text alone."""
    papers = article.citations_table
    found = [
        _Entry(table.line, _PAPERS if papers and table.start == papers.start else name_of(table), table)
        for table in article.tables
    ]
    found += [
        _Entry(inner.line, _joined(inner.columns), None, f"inside {inner.inside}") for inner in inner_tables(article)
    ]
    return sorted(found, key=lambda entry: entry.line)


def _where(article: Article, entry: _Entry) -> str:
    """The section and line of a table, or why it is not opened."""
    above = bisect_right([heading.line for heading in article.outline], entry.line)
    section = plain_text(article.outline[above - 1].title) if above else ""
    return ", ".join(part for part in (entry.why_not or section, f"line {entry.line + 1}") if part)


def _joined(columns: Iterable[str]) -> str:
    name = " · ".join(filter(None, map(plain_text, columns))) or "Table without headings"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
