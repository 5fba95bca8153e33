"""Cells to and from the clipboard, in the forms in which spreadsheets, browsers and editors give and take them.

Calc offers text/html, application/x-libreoffice-tsvc (values with line breaks in quotes) and text/plain (without);
Excel offers HTML and text; browsers HTML. Both spreadsheets offer pictures of the cells too, which nobody wants here.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from editor.core.papers import new_rows
from editor.core.table_clipboard import (
    Block,
    block_of,
    block_of_csv,
    block_of_text,
    block_of_tsv,
    html_of,
    repeated,
    tsv_of,
)
from editor.core.table_selection import write_cells
from editor.core.tables import Table
from editor.core.text_edit import EditRefused, TextEdit
from editor.ui.citations_view import CitationsView
from editor.ui.grid_references import seems_to_hold_references
from editor.ui.shown_rows import ShownRows

OWN_TYPE = "application/x-stet-cells"
"""The cells exactly as written, as JSON: rows of texts."""
_CALC_TYPE = "application/x-libreoffice-tsvc"
_CSV_TYPES = ("text/csv", "text/comma-separated-values", "application/csv")
_TSV_TYPES = (_CALC_TYPE, "text/tab-separated-values")


class GridClipboard:
    """Copies, cuts and pastes blocks of cells. Each paste and each cut is one step."""

    def __init__(self, rows: ShownRows, view: CitationsView, offer_references: Callable[[str], object]) -> None:
        """`offer_references` is called with a text that holds references, which is then not pasted."""
        self._offer_references = offer_references
        self._rows = rows
        self._view = view
        view.copy_wanted.connect(self.copy)
        view.cut_wanted.connect(self.cut)
        view.paste_wanted.connect(self.paste)

    def copy(self) -> None:
        """Put the chosen cells on the clipboard; what lies between cells chosen apart is empty."""
        table, cells = self._rows.table, self._view.chosen_cells()
        if table and cells:
            QGuiApplication.clipboard().setMimeData(mime_of(_chosen_block(table, cells)))

    def cut(self) -> None:
        """Copy the chosen cells and empty them."""
        cells = self._view.chosen_cells()
        if cells and not self._rows.citations.read_only:
            self.copy()
            self._rows.citations.clear_cells(cells, "cut")

    def paste(self) -> None:
        """Write what the clipboard holds from the first chosen cell on, below the last row into new ones.

        One cell fills all that are chosen, a block those that it fits into without a rest. Refused as a whole where
        there are not as many columns.
        """
        cells = self._view.chosen_cells()
        model = self._rows.citations
        if self._rows.table is None or model.read_only:
            return
        if text := references_in(QGuiApplication.clipboard().mimeData()):
            self._offer_references(text)
            return
        try:
            block = block_in(QGuiApplication.clipboard().mimeData())
        except EditRefused as refusal:
            model.refused.emit(refusal.message, 0)
            return
        if not block:
            return
        rows, columns = self._view.chosen_rows(), self._view.chosen_columns()
        if len(cells) == len(rows) * len(columns) > 1:
            block = repeated(block, len(rows), len(columns))
        top = self._rows.place_of(rows[0]) if rows else self._rows.rowCount()
        column = columns[0] if columns else 0
        places = range(top, top + len(block))
        into = [self._rows.row_in_text(place) for place in places if place < self._rows.rowCount()]
        if model.edit(_label(block), lambda table: _pasted(table, into, column, block)):
            self._view.select_cells(places, range(column, column + len(block[0])))


def mime_of(block: Block) -> QMimeData:
    """The cells as our own type, as HTML and as text."""
    mime = QMimeData()
    mime.setData(OWN_TYPE, json.dumps(block).encode())
    mime.setHtml(html_of(block))
    mime.setText(tsv_of(block))
    return mime


def references_in(mime: QMimeData) -> str:
    """The text that a clipboard holds, if it is no spreadsheet's and seems to hold references; else ""."""
    from editor.core.table_from_html import MOST_CHARACTERS  # noqa: PLC0415 - only who pastes needs to read HTML

    has_cells = any(mime.hasFormat(name) for name in (OWN_TYPE, *_TSV_TYPES, *_CSV_TYPES))
    text = "" if has_cells or "<table" in mime.html()[:MOST_CHARACTERS].lower() else mime.text()
    return text if text and seems_to_hold_references(text) else ""


def block_in(mime: QMimeData) -> Block:
    """The cells that a clipboard holds, of all its forms the one that says most; no rows where it has no text.

    Raises EditRefused where it is too large.
    """
    from editor.core.table_from_html import MOST_CHARACTERS, block_of_html  # noqa: PLC0415 - as above

    if (own := _own_block(bytes(mime.data(OWN_TYPE).data()))) is not None:
        return own
    if mime.hasHtml() and (found := block_of_html(mime.html())) is not None:
        return found
    for types, read in ((_TSV_TYPES, block_of_tsv), (_CSV_TYPES, block_of_csv)):
        for name in types:
            if text := _decoded(bytes(mime.data(name).data())):
                return read(text)
    text = mime.text() if mime.hasText() else ""
    if len(text) > MOST_CHARACTERS:
        raise EditRefused(f"What was copied is too long to be pasted into a table: {len(text):,} characters.")
    return block_of_text(text) if text else ()


def _own_block(data: bytes) -> Block | None:
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError):
        return None
    is_block = isinstance(rows, list) and rows and all(isinstance(row, list) and row for row in rows)
    if not is_block or not all(isinstance(value, str) for row in rows for value in row):
        return None
    return block_of(rows)


def _decoded(data: bytes) -> str:
    """A text whose encoding nobody names: Calc's is UTF-16 on some systems and UTF-8 on others, and may end in NUL."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:-1]
    encoding = ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le") if wide else "utf-8-sig"
    return data.decode(encoding, "replace").rstrip("\0")


def _chosen_block(table: Table, cells: list[tuple[int, int]]) -> Block:
    chosen = set(cells)
    rows = dict.fromkeys(row for row, _ in cells)
    columns = sorted({column for _, column in cells})
    return block_of((table.value(row, at) if (row, at) in chosen else "" for at in columns) for row in rows)


def _pasted(table: Table, rows: list[int], column: int, block: Block) -> tuple[TextEdit, ...]:
    """The edits that write a block into these rows from a column on, and what is left of it into new rows."""
    width, room = len(block[0]), len(table.alignments) - column
    if width > room:
        message = f"{_columns(width)} were copied, but from here on there {_are(room)}: nothing was pasted."
        raise EditRefused(message, table.line + 1)
    values = {
        (row, column + at): value for row, line in zip(rows, block, strict=False) for at, value in enumerate(line)
    }
    rest = block[len(rows) :]
    added = [
        (*ready[:column], *line, *ready[column + width :])
        for ready, line in zip(new_rows(table, len(rest)), rest, strict=True)
    ]
    return write_cells(table, values, added)


def _label(block: Block) -> str:
    count = len(block) * len(block[0])
    return "paste cell" if count == 1 else f"paste {count} cells"


def _columns(count: int) -> str:
    return "1 column" if count == 1 else f"{count} columns"


def _are(count: int) -> str:
    return f"is {_columns(count)}" if count == 1 else f"are {_columns(count)}"
