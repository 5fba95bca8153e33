"""References that become rows of the grid, and what tells that something dropped or pasted holds references."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from editor.core.papers import ColumnRole, column_roles
from editor.core.tables import Table
from editor.ui.citations_model import CitationsModel
from editor.ui.grid_rows import RowCommands

if TYPE_CHECKING:
    from editor.core.references.reference import Reference

_SUFFIXES = frozenset({".bib", ".bibtex", ".json", ".nbib", ".ris"})


class ReferenceRows:
    """Adds references to the table shown, if it has papers, or else to the article's, or else to a new one."""

    def __init__(self, model: CitationsModel, rows: RowCommands) -> None:
        self._model = model
        self._rows = rows

    @property
    def table(self) -> Table | None:
        """The table that references become rows of; None: a new one."""
        table = self._model.table
        has_papers = table is not None and ColumnRole.PAPER in column_roles(table.columns)
        return table if has_papers else self._model.article.citations_table

    def add(self, references: Sequence[Reference]) -> None:
        """Add a row for each reference as one step, and go to the first of them."""
        # Loaded already where somebody has read references.
        from editor.core.references.plan import add_references  # noqa: PLC0415

        article, table = self._model.article, self.table
        label = "add reference" if len(references) == 1 else f"add {len(references)} references"
        if table is None:
            added = self._model.edit_article(label, lambda article: add_references(article, None, references))
        else:
            self._model.show_table(table)
            added = self._model.edit(label, lambda table: add_references(article, table, references))
        if added:
            self._rows.go_to(len(table.rows) if table else 0)


def reference_files(mime: QMimeData) -> list[Path]:
    """The files that are dragged, where all of them hold references by their names."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return paths if paths and all(path.suffix.lower() in _SUFFIXES for path in paths) else []


def seems_to_hold_references(text: str) -> bool:
    """Whether a text that was pasted is references and no value of a cell.

    In APA's form only where the first begins with a person's initials: `It was shown by Ng (2001). More.` is prose.
    """
    # Loaded when something is first pasted, since it is slow to load.
    from editor.core.references.recognise import ReferenceFormat, format_of, reading  # noqa: PLC0415
    from editor.core.references.reference import Reference  # noqa: PLC0415

    found = None if "\t" in text else format_of(text)
    if found is None:
        return False
    first = next((item for item in reading(text) if isinstance(item, Reference)), None)
    if first is None:
        return False
    return found is not ReferenceFormat.APA or bool(first.authors and first.authors[0].given)
