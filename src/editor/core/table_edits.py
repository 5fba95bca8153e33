"""Edits of a table, one value or row at a time, that leave every other byte as it was.

Each is tried on the table's text and read again; what would not read back as meant is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from editor.core.tables import (
    LINE_ENDING,
    PIPE,
    SPACES,
    Cell,
    Row,
    Table,
    alignments_of,
    data_line,
    find_tables,
    split_row,
    unescaped,
    width_of,
)
from editor.core.text_edit import EditRefused, TextEdit, apply_edits

_PADDED_PIPE = re.compile(r"[ \t]\||(?<!\\)\|[ \t]")
_BEFORE = ("", "text\n")


def set_cell(table: Table, row: int, column: int, value: str) -> tuple[TextEdit, ...]:
    r"""Write a value at `row` (from 0, -1 the header) and `column` (from 0); no edit where it is there already.

    White space around the value is dropped, a line break in it becomes `<br>`, a pipe `\|`. The cell keeps its
    padding. Cells that a short row lacks are added as far as this one. Where a row has no outer pipe and the value
    needs one to be a cell (an empty one at the end, `# x` at the beginning), it gets one. Raises EditRefused.
    """
    line = _line(table, row)
    _require_column(table, column, line)
    written = _written(value)
    cells = line.cells
    if table.value(row, column) == unescaped(written):
        return ()
    sources = [cell.source for cell in cells] + [""] * (column + 1 - len(cells))
    sources[column] = written
    for edit in _replacements(line, cells[column], written) if column < len(cells) else _extensions(line, sources):
        changed = apply_edits(line.source, (edit.moved(-line.start),))
        if [cell.source for cell in split_row(changed)] == sources and _is_sound_heading(row, changed):
            after = [other.source for other in table.lines]
            after[line.line] = changed
            if _reads_as(table, (edit,), after):
                return (edit.moved(table.start),)
    raise _refusal(table, line, f"“{value}” cannot be written into this cell without changing the table around it.")


def add_row(table: Table, values: Sequence[str], at: int | None = None) -> tuple[TextEdit, ...]:
    """Add a row before row `at` (from 0; None: at the end), written like its neighbours. Missing values are empty.

    Raises EditRefused: more values than columns, no such place, or values that would not read back.
    """
    lines = table.lines
    index = len(lines) if at is None else at + 2
    if not 2 <= index <= len(lines):
        raise EditRefused(f"The table has no place for a row {index - 1}.", table.line + 1)
    above = lines[index - 1]
    width = len(table.alignments)
    if len(values) > width:
        raise _refusal(table, above, f"More values were given ({len(values)}) than the table has columns ({width}).")
    sources = [_written(value) for value in values] + [""] * (width - len(values))
    place = _stop(table, index - 1)
    ending = table.text[above.end : place]
    for written in _lines_like(_model(table, index), sources):
        if ending:
            edit = TextEdit(place, place, written + ending)
        else:
            edit = TextEdit(place, place, table.text[lines[index - 2].end : above.start] + written)
        after = [line.source for line in lines]
        after.insert(index, written)
        if [cell.source for cell in split_row(written)] == sources and _reads_as(table, (edit,), after):
            return (edit.moved(table.start),)
    raise _refusal(table, above, "These values cannot be written as a row of this table.")


def remove_row(table: Table, row: int) -> tuple[TextEdit, ...]:
    """Remove a row (from 0) with its line. Where the file ends without a line ending, it still does.

    Raises EditRefused where there is no such row.
    """
    line = data_line(table, row)
    before, stop = table.lines[row + 1], _stop(table, row + 2)
    edit = TextEdit(before.end, line.end, "") if stop == line.end else TextEdit(line.start, stop, "")
    after = [other.source for other in table.lines]
    del after[row + 2]
    return _sure(table, line, (edit,), after)


def move_row(table: Table, row: int, to: int) -> tuple[TextEdit, ...]:
    """Move a row (from 0) so that it becomes row `to`. Its line goes as it is, with its own line ending.

    A last line without an ending gets the one before it, and the new last line goes without. Raises EditRefused where
    there is no such row or place.
    """
    line = data_line(table, row)
    data_line(table, to)
    if row == to:
        return ()
    lines, text, stop = table.lines, table.text, _stop(table, row + 2)
    place = lines[to + 2].start if to < row else _stop(table, to + 2)
    ending = text[line.end : stop]
    if not ending:
        before = lines[row + 1]
        ending = text[before.end : line.start]
        edits = (TextEdit(place, place, line.source + ending), TextEdit(before.end, stop, ""))
    elif place == lines[-1].end:
        edits = (TextEdit(line.start, stop, ""), TextEdit(place, place, ending + line.source))
    else:
        edits = (TextEdit(line.start, stop, ""), TextEdit(place, place, line.source + ending))
    after = [other.source for other in lines]
    after.insert(to + 2, after.pop(row + 2))
    return _sure(table, line, edits, after)


def new_table(columns: Sequence[str], newline: str) -> str:
    """A header and a delimiter row with no rows, each line ended by `newline`. Raises EditRefused without a column."""
    if not columns:
        raise EditRefused("A table needs at least one column.")
    headings, dashes = (" | ".join(cells) for cells in (map(_written, columns), ["---"] * len(columns)))
    return f"| {headings} |{newline}| {dashes} |{newline}"


def _written(value: str) -> str:
    return LINE_ENDING.sub("<br>", value.strip(SPACES + "\r\n")).replace("|", "\\|")


def _line(table: Table, row: int) -> Row:
    return table.header if row == -1 else data_line(table, row)


def _stop(table: Table, index: int) -> int:
    """Where the line after line `index` begins, or the text ends."""
    lines = table.lines
    return lines[index + 1].start if index + 1 < len(lines) else len(table.text)


def _refusal(table: Table, line: Row, message: str) -> EditRefused:
    return EditRefused(message, table.line + line.line + 1)


def _require_column(table: Table, column: int, line: Row) -> None:
    width = len(table.alignments)
    if not 0 <= column < width:
        raise _refusal(table, line, f"The table has no column {column + 1}.")


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


def _is_sound_heading(row: int, line: str) -> bool:
    """Whether a changed header cannot itself be taken for the delimiter row of a line above it."""
    return row != -1 or not alignments_of(line)


def _reads_as(table: Table, edits: Sequence[TextEdit], lines: Sequence[str]) -> bool:
    """Whether the edited text is one table of exactly these lines.

    Under a line of text other things begin a block than elsewhere, and the table does not know where it stands: a
    changed header has to be one wherever the old one was.
    """
    text = apply_edits(table.text, edits)
    if lines[0] == table.header.source:
        return any(_is_table(before, text, lines) for before in _BEFORE)
    old = [line.source for line in table.lines]
    return all(_is_table(before, text, lines) for before in _BEFORE if _is_table(before, table.text, old))


def _is_table(before: str, text: str, lines: Sequence[str]) -> bool:
    found = find_tables(before + text)
    return len(found) == 1 and found[0].text == text and [line.source for line in found[0].lines] == lines


def _sure(table: Table, line: Row, edits: Sequence[TextEdit], lines: Sequence[str]) -> tuple[TextEdit, ...]:
    if not _reads_as(table, edits, lines):
        raise _refusal(table, line, "This row cannot be taken from its place without changing the table around it.")
    return tuple(edit.moved(table.start) for edit in edits)
