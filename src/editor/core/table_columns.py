"""Edits of a table's columns. Each changes on every line only what has to; rows keep their own style.

A row may have fewer cells than the table has columns: those it lacks are empty, and it stays as short as it can. Cells
beyond the last column stay beyond it. An outer pipe that a line has only because an empty cell stood at its end, in a
table whose delimiter row has none there, goes with that cell.

Each edit is tried on the table's text and read again; what would not read back as meant is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import TypeVar

from editor.core.display_width import display_width
from editor.core.table_edits import set_cell
from editor.core.table_layout import is_laid_out, laid_out
from editor.core.table_lines import LineForm, Piece, form_of, ways_to_write
from editor.core.table_trial import (
    begins_table,
    is_sound_heading,
    places_of,
    reads_as,
    refusal,
    require_column,
    source_of,
)
from editor.core.tables import Alignment, Row, Table, alignments_of, is_row, split_row
from editor.core.text_edit import EditRefused, TextEdit, smallest_edit

_USUAL_DASHES = 3
_COLONS = {
    Alignment.NONE: ("", ""),
    Alignment.LEFT: (":", ""),
    Alignment.CENTRE: (":", ":"),
    Alignment.RIGHT: ("", ":"),
}
_Item = TypeVar("_Item")
Ways = Iterator[LineForm]
"""Forms that a line may take, the one that is liked best first."""


def add_column(
    table: Table, heading: str, at: int | None = None, alignment: Alignment = Alignment.NONE
) -> tuple[TextEdit, ...]:
    """Add a column of empty cells before column `at` (from 0; None: at the end).

    A row that ends before the new column stays as it is. In a table whose pipes stand under each other they still do.
    Raises EditRefused: no such place, or a heading that would not read back.
    """
    width = len(table.alignments)
    at = width if at is None else at
    if not 0 <= at <= width:
        raise refusal(table, table.header, f"The table has no place for a column {at + 1}.")
    alignments = [*table.alignments[:at], alignment, *table.alignments[at:]]
    forms = [form_of(line.source) for line in table.lines]
    title = source_of(heading)
    sources = [title, _delimiter_cell(forms, title, alignment)] + [""] * len(table.rows)
    added = [
        _with_piece(form, at, source) if at < len(form.pieces) or len(form.pieces) >= width else form
        for form, source in zip(forms, sources, strict=True)
    ]
    if is_laid_out(forms, table.alignments):
        added = _fitted(added, at, alignments)
    return _rewritten(table, lambda line: ways_to_write(added[line.line]), alignments)


def remove_column(table: Table, column: int) -> tuple[TextEdit, ...]:
    """Remove a column (from 0) with all its cells.

    A row without a cell in it stays as it is; one that has no other cell keeps an empty one, for else it would end the
    table. Raises EditRefused where there is no such column or no other.
    """
    require_column(table, column)
    if len(table.alignments) == 1:
        raise refusal(table, table.header, "This is the table's only column: remove the table instead.")
    reference = form_of(table.delimiter.source)

    def without(form: LineForm) -> LineForm:
        kept = form.pieces[:column] + form.pieces[column + 1 :]
        return form.with_pieces(kept or (replace(form.pieces[0], source=""),))

    def ways(line: Row) -> Ways:
        form = form_of(line.source)
        if column >= len(form.pieces):
            return iter((form,))
        return _ways(form, reference, without, column == 0, column == len(form.pieces) - 1)

    return _rewritten(table, ways, table.alignments[:column] + table.alignments[column + 1 :])


def move_column(table: Table, column: int, to: int) -> tuple[TextEdit, ...]:
    """Move a column (from 0) so that it becomes column `to`. Its cells go with the white space around them.

    Where a line has no outer pipe, the white space at that end stays in its place. A row whose cell would move beyond
    those it has is filled up as far as that, unless the cell is empty. Raises EditRefused: no such column or place.
    """
    require_column(table, column)
    require_column(table, to)
    if column == to:
        return ()
    width = len(table.alignments)
    reference = form_of(table.delimiter.source)

    def ways(line: Row) -> Ways:
        form = form_of(line.source)
        have = len(form.pieces)
        if have <= min(column, to):
            return iter((form,))
        if have <= max(column, to):
            filled = _filled(form, column, to)
            return iter((form,)) if filled is None else ways_to_write(filled)
        ends = min(column, to) == 0, max(column, to) == have - 1
        return _ways(form, reference, lambda form: _permuted(form, column, to), *ends)

    order = _moved(list(range(width)), column, to)
    return _rewritten(table, ways, [table.alignments[index] for index in order])


def rename_column(table: Table, column: int, heading: str) -> tuple[TextEdit, ...]:
    """Write another heading over a column (from 0). Raises EditRefused."""
    return set_cell(table, -1, column, heading)


def set_alignment(table: Table, column: int, alignment: Alignment) -> tuple[TextEdit, ...]:
    """Align a column (from 0) by the colons of its delimiter cell, which keeps its width where it can.

    Raises EditRefused where there is no such column.
    """
    require_column(table, column)
    form = form_of(table.delimiter.source)
    if table.alignments[column] is alignment:
        return ()
    pieces = list(form.pieces)
    source = _dashes(len(pieces[column].source), alignment)
    pieces[column] = replace(pieces[column], source=source)
    alignments = list(table.alignments)
    alignments[column] = alignment
    aligned = form.with_pieces(pieces)
    return _rewritten(
        table,
        lambda line: ways_to_write(aligned) if line.line == 1 else iter((form_of(line.source),)),
        alignments,
    )


def _with_piece(form: LineForm, at: int, source: str) -> LineForm:
    piece = Piece(form.pad, source, form.pad)
    return form.with_pieces((*form.pieces[:at], piece, *form.pieces[at:]))


def _fitted(forms: list[LineForm], at: int, alignments: Sequence[Alignment]) -> list[LineForm]:
    """The lines with their new cells as wide as the new column, where that leaves all else as it is."""
    fitted = laid_out(forms, alignments)
    kept = [[(form.opened, form.pieces[:at], form.pieces[at + 1 :]) for form in each] for each in (forms, fitted)]
    return fitted if kept[0] == kept[1] else forms


def _delimiter_cell(forms: Sequence[LineForm], heading: str, alignment: Alignment) -> str:
    """A new delimiter cell: as wide as its heading where the others are wider than they have to be."""
    header, delimiter = forms[:2]
    if min(len(source) for source in delimiter.sources) <= _USUAL_DASHES:
        return _dashes(_USUAL_DASHES, alignment)
    beside = 0 if delimiter.pad else 2 * len(header.pad)
    return _dashes(max(display_width(heading) + beside, _USUAL_DASHES), alignment)


def _dashes(width: int, alignment: Alignment) -> str:
    left, right = _COLONS[alignment]
    return left + "-" * max(width - len(left + right), 1) + right


def _filled(form: LineForm, column: int, to: int) -> LineForm | None:
    """A short row with a column moved from or to beyond its end; None where that leaves it as it is."""
    pieces = list(form.pieces)
    if column >= len(pieces):
        return _with_piece(form, to, "")
    if not pieces[column].source:
        return form.with_pieces(pieces[:column] + pieces[column + 1 :]) if len(pieces) > 1 else None
    missing = [Piece(form.pad, "", form.pad) for _ in range(to + 1 - len(pieces))]
    return form.with_pieces(_moved(pieces + missing, column, to))


def _permuted(form: LineForm, column: int, to: int) -> LineForm:
    pieces = form.pieces
    lefts, sources, rights = ([getattr(piece, part) for piece in pieces] for part in ("left", "source", "right"))
    if form.opened or min(column, to) > 0:
        lefts = _moved(lefts, column, to)
    if form.closed or max(column, to) < len(pieces) - 1:
        rights = _moved(rights, column, to)
    moved = zip(lefts, _moved(sources, column, to), rights, strict=True)
    return replace(form, pieces=tuple(Piece(*parts) for parts in moved))


def _moved(items: list[_Item], index: int, to: int) -> list[_Item]:
    rest = items[:index] + items[index + 1 :]
    return rest[:to] + [items[index]] + rest[to:]


def _ways(form: LineForm, reference: LineForm, change: Callable[[LineForm], LineForm], first: bool, last: bool) -> Ways:
    """Ways to write a changed line whose first or last cell the change concerns.

    The first of them leave out an outer pipe that only that cell needed.
    """
    may_open = first and form.opened and not reference.opened and not _reads_same(form.without_opening(), form)
    may_close = last and form.closed and not reference.closed and not _reads_same(form.without_closing(), form)
    for close, open_ in product((True, False), (True, False)):
        if (open_ and not may_open) or (close and not may_close) or not (open_ or close):
            continue
        bare = form.without_opening() if open_ else form
        yield change(bare.without_closing() if close else bare)
    yield from ways_to_write(change(form))


def _reads_same(form: LineForm, as_form: LineForm) -> bool:
    line = form.text
    return is_row(line) and [cell.source for cell in split_row(line)] == as_form.sources


def _rewritten(
    table: Table, ways: Callable[[Row], Ways], alignments: list[Alignment] | tuple[Alignment, ...]
) -> tuple[TextEdit, ...]:
    """The edits that write each line in the first way that reads as it should. Raises EditRefused."""
    after = [*_head(table, ways, tuple(alignments)), *(_row(table, line, ways(line)) for line in table.rows)]
    changes = zip(table.lines, after, strict=True)
    edits = [edit for line, text in changes if (edit := smallest_edit(line.source, text, line.start))]
    if edits and not reads_as(table, edits, after):
        raise _refused(table, table.header)
    return tuple(edit.moved(table.start) for edit in edits)


def _head(table: Table, ways: Callable[[Row], Ways], alignments: tuple[Alignment, ...]) -> tuple[str, str]:
    """The first header and delimiter row that together begin a table wherever the old ones did."""
    places = places_of(table)
    headers = [way.text for way in ways(table.header) if _reads(way)]
    delimiters = [way.text for way in ways(table.delimiter) if alignments_of(way.text) == alignments]
    sound = [header for header in headers if header == table.header.source or is_sound_heading(header)]
    if headers and not sound:
        message = "The heading row would have nothing but dashes and colons and be read as a delimiter row."
        raise refusal(table, table.header, message)
    for header, delimiter in product(sound, delimiters):
        if all(begins_table(before, header, delimiter) for before in places):
            return header, delimiter
    raise _refused(table, table.header)


def _row(table: Table, line: Row, ways: Ways) -> str:
    for way in ways:
        if _reads(way) and is_row(way.text):
            return way.text
    raise _refused(table, line)


def _reads(form: LineForm) -> bool:
    return [cell.source for cell in split_row(form.text)] == form.sources


def _refused(table: Table, line: Row) -> EditRefused:
    return refusal(table, line, "This column cannot be changed without changing the table around it.")
