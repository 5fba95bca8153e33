"""Edits of a table, one value or row at a time, that leave every other byte as it was.

Each is tried on the table's text and read again; what would not read back as meant is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from editor.core.table_trial import is_sound_heading, reads_as, refusal, require_column, source_of, stop_of
from editor.core.tables import (
    PIPE,
    SPACES,
    Cell,
    Row,
    Table,
    data_line,
    is_row,
    split_row,
    unescaped,
    width_of,
)
from editor.core.text_edit import EditRefused, TextEdit, apply_edits

_PADDED_PIPE = re.compile(r"[ \t]\||(?<!\\)\|[ \t]")


def set_cell(table: Table, row: int, column: int, value: str) -> tuple[TextEdit, ...]:
    r"""Write a value at `row` (from 0, -1 the header) and `column` (from 0); no edit where it is there already.

    White space around the value is dropped, a line break in it becomes `<br>`, a pipe `\|`. The cell keeps its
    padding. Cells that a short row lacks are added as far as this one. Where a row has no outer pipe and the value
    needs one to be a cell (an empty one at the end, `# x` at the beginning), it gets one. Raises EditRefused.
    """
    line = _line(table, row)
    require_column(table, column, line)
    written = source_of(value)
    cells = line.cells
    if table.value(row, column) == unescaped(written):
        return ()
    sources = [cell.source for cell in cells] + [""] * (column + 1 - len(cells))
    sources[column] = written
    for edit in _replacements(line, cells[column], written) if column < len(cells) else _extensions(line, sources):
        changed = apply_edits(line.source, (edit.moved(-line.start),))
        if [cell.source for cell in split_row(changed)] == sources and (row != -1 or is_sound_heading(changed)):
            after = list(table.sources)
            after[line.line] = changed
            if reads_as(table, (edit,), after):
                return (edit.moved(table.start),)
    raise refusal(table, line, f"“{value}” cannot be written into this cell without changing the table around it.")


def add_row(table: Table, values: Sequence[str], at: int | None = None) -> tuple[TextEdit, ...]:
    """Add a row before row `at` (from 0; None: at the end), written like its neighbours. Missing values are empty.

    Raises EditRefused: more values than columns, no such place, or values that would not read back.
    """
    return add_rows(table, [values], at)


def add_rows(table: Table, rows: Sequence[Sequence[str]], at: int | None = None) -> tuple[TextEdit, ...]:
    """Add rows, each by its values, as `add_row` does, one below the other. Raises EditRefused."""
    if not rows:
        return ()
    index = len(table.lines) if at is None else at + 2
    lines = list(table.sources)
    for edit, added in ways_to_add(table, rows, at):
        if reads_as(table, (edit,), lines[:index] + added + lines[index:]):
            return (edit.moved(table.start),)
    raise refusal(table, table.lines[index - 1], "These values cannot be written as a row of this table.")


def ways_to_add(table: Table, rows: Sequence[Sequence[str]], at: int | None) -> Iterator[tuple[TextEdit, list[str]]]:
    """Edits, in the table's own offsets, that may add rows before row `at`, with the lines that they write.

    Whether the table then reads as meant is for the caller to see. Raises EditRefused: no such place, or too many
    values.
    """
    lines = table.lines
    index = len(lines) if at is None else at + 2
    if not 2 <= index <= len(lines):
        raise EditRefused(f"The table has no place for a row {index - 1}.", table.line + 1)
    above, width = lines[index - 1], len(table.alignments)
    most = max(map(len, rows), default=0)
    if most > width:
        raise refusal(table, above, f"More values were given ({most}) than the table has columns ({width}).")
    place = stop_of(table, index - 1)
    ending = table.text[above.end : place]
    model = _model(table, index)
    sources = [[source_of(value) for value in row] + [""] * (width - len(row)) for row in rows]
    ways = [[line for line in _lines_like(model, row) if _reads(line, row)] for row in sources]
    for pick in (0, -1) if all(ways) else ():
        written = [lines_of_row[pick] for lines_of_row in ways]
        if ending:
            text = "".join(line + ending for line in written)
        else:
            before = table.text[lines[index - 2].end : above.start]
            text = "".join(before + line for line in written)
        yield TextEdit(place, place, text), written


def remove_row(table: Table, row: int) -> tuple[TextEdit, ...]:
    """Remove a row (from 0) with its line. Where the file ends without a line ending, it still does.

    Raises EditRefused where there is no such row.
    """
    line = data_line(table, row)
    before, stop = table.lines[row + 1], stop_of(table, row + 2)
    edit = TextEdit(before.end, line.end, "") if stop == line.end else TextEdit(line.start, stop, "")
    after = list(table.sources)
    del after[row + 2]
    return _sure(table, line, (edit,), after)


def new_table(columns: Sequence[str], newline: str) -> str:
    """A header and a delimiter row with no rows, each line ended by `newline`. Raises EditRefused without a column."""
    if not columns:
        raise EditRefused("A table needs at least one column.")
    headings, dashes = (" | ".join(cells) for cells in (map(source_of, columns), ["---"] * len(columns)))
    return f"| {headings} |{newline}| {dashes} |{newline}"


def _line(table: Table, row: int) -> Row:
    return table.header if row == -1 else data_line(table, row)


def _replacements(line: Row, cell: Cell, written: str) -> Iterator[TextEdit]:
    """Ways to write a value over a cell, the plainest first. One that makes a cell too many does not read back."""
    begins_line = not line.source[: cell.start - line.start].strip(SPACES)
    for tail, head in product(("", " ", " |"), ("", "| ") if begins_line else ("",)):
        yield TextEdit(cell.start, cell.end, head + written + tail)


def _extensions(line: Row, sources: Sequence[str]) -> Iterator[TextEdit]:
    """Ways to write the cells that a short row lacks behind those it has."""
    cells = line.cells
    added = sources[len(cells) :]
    _, closed, pad = _style(line.source)
    place = line.start + len(line.source.rstrip(SPACES)) if closed else cells[-1].end
    for space in (pad, " "):
        if closed:
            yield TextEdit(place, place, "".join(f"{space}{source}{space}|" for source in added))
        else:
            yield TextEdit(place, place, "".join(f"{space}|{space}{source}" for source in added))


def _style(line: str) -> tuple[bool, bool, str]:
    """Whether a row opens and closes with a pipe, and what stands between its pipes and its cells."""
    inside = line.strip(SPACES)
    pipes = [match.start() for match in PIPE.finditer(inside)]
    tight = pipes and not _PADDED_PIPE.search(inside)
    return inside.startswith("|"), bool(pipes) and pipes[-1] == len(inside) - 1, "" if tight else " "


def _model(table: Table, index: int) -> str:
    """The line that a new line `index` is written like: the nearest whole row above or below, else the header."""
    beside = (line for line in table.lines[max(index - 1, 2) : index + 1])
    whole = (line.source for line in beside if width_of(line.source) == len(table.alignments))
    return next(whole, table.header.source)


def _lines_like(model: str, sources: Sequence[str]) -> Iterator[str]:
    """Ways to write cells as a line: like the model, then with every pipe and space that there can be."""
    indent = model[: len(model) - len(model.lstrip(" \t"))]
    for opened, closed, pad in (_style(model), (True, True, " ")):
        inside = f"{pad}|{pad}".join(sources)
        yield indent + (f"|{pad}" if opened else "") + inside + (f"{pad}|" if closed else "")


def _reads(line: str, sources: Sequence[str]) -> bool:
    return is_row(line) and [cell.source for cell in split_row(line)] == list(sources)


def _sure(table: Table, line: Row, edits: Sequence[TextEdit], lines: Sequence[str]) -> tuple[TextEdit, ...]:
    if not reads_as(table, edits, lines):
        raise refusal(table, line, "This row cannot be taken from its place without changing the table around it.")
    return tuple(edit.moved(table.start) for edit in edits)
