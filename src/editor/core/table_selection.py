"""Edits of many rows or cells of a table in one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from editor.core.table_edits import add_row, set_cell
from editor.core.table_trial import reads_as
from editor.core.tables import Row, Table
from editor.core.text_edit import EditRefused, TextEdit, apply_edits


def add_rows(table: Table, rows: Sequence[Sequence[str]]) -> tuple[TextEdit, ...]:
    """Add rows of these values at the end, each as `add_row` would; one edit for all.

    Raises EditRefused, which leads to the table's last line, where any of them cannot be written.
    """
    if not rows:
        return ()
    alone = _alone(table, table.rows[-1]) if table.rows else table
    written = [edit.text.strip("\r\n") for values in rows for edit in add_row(alone, values)]
    above, last = table.lines[-2:]
    if ending := table.text[last.end :]:
        text = "".join(line + ending for line in written)
    else:
        ending = table.text[above.end : last.start]
        text = "".join(ending + line for line in written)
    edit = TextEdit(len(table.text), len(table.text), text)
    if not reads_as(table, (edit,), (*table.sources, *written)):
        raise EditRefused("These rows cannot be written at the end of this table.", table.line + len(table.lines))
    return (edit.moved(table.start),)


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
    edits: list[TextEdit] = []
    sources = list(table.rows.sources)
    for row, places in groupby(sorted(set(cells)), key=lambda cell: cell[0]):
        _require_rows(table, [row])
        emptied = _emptied(_alone(table, table.rows[row]), [column for _, column in places])
        offset = table.start + table.rows[row].start
        sources[row] = apply_edits(sources[row], [edit.moved(-offset) for edit in emptied])
        edits += emptied
    _require_rest(table, [edit.moved(-table.start) for edit in edits], sources)
    return tuple(edits)


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


def _alone(table: Table, row: Row) -> Table:
    """The table as if it had one row, placed so that an edit of that row has the article's offset and line."""
    head = table.text[: table.rows[0].start]
    placed = replace(table, start=table.start + row.start - len(head), line=table.line + row.line - 2)
    return placed.with_only(row.source)


def _emptied(alone: Table, columns: Sequence[int]) -> tuple[TextEdit, ...]:
    """The edits that empty cells of a table's one row. From the right, so that each leaves the next one's place."""
    edits: tuple[TextEdit, ...] = ()
    head = alone.text[: alone.rows[0].start]
    for column in sorted(columns, reverse=True):
        step = set_cell(alone, 0, column, "")
        edits = step + edits
        after = apply_edits(alone.text, [edit.moved(-alone.start) for edit in step])
        alone = alone.with_only(after[len(head) :])
    return edits


def _require_rows(table: Table, rows: Sequence[int]) -> None:
    for row in rows:
        if not 0 <= row < len(table.rows):
            raise EditRefused(f"The table has {len(table.rows)} rows: there is no row {row + 1}.", table.line + 1)


def _require_rest(table: Table, edits: Sequence[TextEdit], sources: Sequence[str]) -> None:
    """Raise EditRefused unless the edited text is one table with the same heading and exactly these rows."""
    if reads_as(table, edits, [table.header.source, table.delimiter.source, *sources]):
        return
    raise EditRefused("This cannot be taken away without changing the table around it.", table.line + 1)
