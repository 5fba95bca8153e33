"""Edits of many rows or cells of a table in one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from editor.core.table_edits import set_cell, ways_to_add
from editor.core.table_trial import reads_as, require_column, source_of
from editor.core.tables import Row, Table, is_row, split_row, unescaped
from editor.core.text_edit import EditRefused, TextEdit, apply_edits, smallest_edit


def remove_rows(table: Table, rows: Iterable[int]) -> tuple[TextEdit, ...]:
    """Remove rows (from 0) with their lines. Where the file ends without a line ending, it still does.

    Raises EditRefused where there is no such row.
    """
    gone = sorted(set(rows))
    _require_rows(table, gone)
    edits = tuple(_removal(table, first, last) for first, last in _runs(gone))
    kept = set(range(len(table.rows))).difference(gone)
    _require_rest(table, edits, [source for index, source in enumerate(table.rows.sources) if index in kept])
    return tuple(edit.moved(table.start) for edit in edits)


def clear_cells(table: Table, cells: Iterable[tuple[int, int]]) -> tuple[TextEdit, ...]:
    """Empty the cells at these rows and columns, both from 0; a cell that a short row lacks is left so.

    Raises EditRefused where there is no such row or column, or a row without one of its values would not be that row.
    """
    return write_cells(table, dict.fromkeys(cells, ""))


def fill_down(table: Table, rows: Sequence[int], columns: Iterable[int]) -> tuple[TextEdit, ...]:
    """Write what stands in the first of these rows into the others, in these columns, all from 0.

    Raises EditRefused.
    """
    first, *others = rows
    return write_cells(table, {(row, column): table.value(first, column) for column in columns for row in others})


def write_cells(
    table: Table, values: Mapping[tuple[int, int], str], added: Sequence[Sequence[str]] = ()
) -> tuple[TextEdit, ...]:
    """Write values at these rows and columns, both from 0, and add rows at the end, each by its values.

    Each is written as by `set_cell` and `add_row`. Raises EditRefused where there is no such row or column, there are
    more values than columns, or the table would not read back as meant.
    """
    edits: list[TextEdit] = []
    sources = list(table.rows.sources)
    for row, places in groupby(sorted(values), key=lambda place: place[0]):
        _require_rows(table, [row])
        edit, sources[row] = _written(table, table.rows[row], {column: values[row, column] for _, column in places})
        edits += edit
    lines = [table.header.source, table.delimiter.source, *sources]
    additions = [([addition], more) for addition, more in ways_to_add(table, added, None)] if added else [([], [])]
    for addition, more in additions:
        all_edits = [*edits, *addition]
        if reads_as(table, all_edits, lines + more):
            return tuple(edit.moved(table.start) for edit in all_edits)
    raise EditRefused("This cannot be written without changing the table around it.", table.line + 1)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of neighbours."""
    for _, run in groupby(enumerate(rows), key=lambda numbered: numbered[1] - numbered[0]):
        members = [row for _, row in run]
        yield members[0], members[-1]


def _removal(table: Table, first: int, last: int) -> TextEdit:
    """The edit, in the table's own offsets, that takes neighbouring rows away."""
    lines = table.lines
    if last + 1 < len(table.rows):
        return TextEdit(table.rows[first].start, table.rows[last + 1].start, "")
    end = table.rows[last].end
    if end < len(table.text):
        return TextEdit(table.rows[first].start, len(table.text), "")
    return TextEdit(lines[first + 1].end, end, "")


def _written(table: Table, row: Row, values: Mapping[int, str]) -> tuple[list[TextEdit], str]:
    """The edits, in the table's own offsets, that write values by column into a row, and the line they make."""
    cells = row.cells
    sources = [cell.source for cell in cells]
    edits: list[TextEdit] = []
    for column, value in values.items():
        require_column(table, column, row)
        source = source_of(value)
        if column < len(cells) and unescaped(source) != cells[column].value:
            sources[column] = source
            edits.append(TextEdit(cells[column].start, cells[column].end, source))
        elif column >= len(cells) and source:
            return _written_alone(table, row, values)
    line = apply_edits(row.source, [edit.moved(-row.start) for edit in edits])
    if is_row(line) and [cell.source for cell in split_row(line)] == sources:
        return edits, line
    return _written_alone(table, row, values)


def _written_alone(table: Table, row: Row, values: Mapping[int, str]) -> tuple[list[TextEdit], str]:
    """The same for a row that needs pipes or cells besides: value by value, as if it were the table's only row."""
    line = row.source
    placed = table._replace(start=0, line=table.line + row.line - 2)
    for column, value in sorted(values.items(), reverse=True):
        alone = placed.with_only(line)
        line = apply_edits(alone.text, set_cell(alone, 0, column, value))[alone.rows[0].start :]
    edit = smallest_edit(row.source, line, row.start)
    return [edit] if edit else [], line


def _require_rows(table: Table, rows: Sequence[int]) -> None:
    for row in rows:
        if not 0 <= row < len(table.rows):
            raise EditRefused(f"The table has {len(table.rows)} rows: there is no row {row + 1}.", table.line + 1)


def _require_rest(table: Table, edits: Sequence[TextEdit], sources: Sequence[str]) -> None:
    """Raise EditRefused unless the edited text is one table with the same heading and exactly these rows."""
    if reads_as(table, edits, [table.header.source, table.delimiter.source, *sources]):
        return
    raise EditRefused("This cannot be taken away without changing the table around it.", table.line + 1)
