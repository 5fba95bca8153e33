"""Blocks of cells as other programs copy and paste them: parted by tabs or commas, as Markdown, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from editor.core.line_blocks import LINE_ENDING
from editor.core.table_sorting import number_in
from editor.core.tables import alignments_of, split_row
from editor.core.text_edit import EditRefused

Block = tuple[tuple[str, ...], ...]
"""Texts in rows that are all equally long, a line break in a text as LF."""

MOST_CELLS = 400_000
"""More are refused: what is pasted comes from anywhere, and the window waits for it."""
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_QUOTED = {delimiter: re.compile(rf'"((?:[^"]++|"")*+)"(?=[{delimiter}\r\n]|\Z)') for delimiter in ("\t", ",", ";")}
_PLAIN = {delimiter: re.compile(rf"[^{delimiter}\r\n]*+") for delimiter in ("\t", ",", ";")}
_NEEDS_QUOTES = re.compile(r'[\t\r\n]|""')


def block_of(rows: Iterable[Iterable[str]]) -> Block:
    """Rows filled up with empty texts to the length of the longest. Raises EditRefused where that is too much."""
    found = [tuple(row) for row in rows]
    width = max(map(len, found), default=0)
    if width * len(found) > MOST_CELLS:
        raise too_many_cells()
    return tuple(row + ("",) * (width - len(row)) for row in found)


def too_many_cells() -> EditRefused:
    """The refusal of a block with more than `MOST_CELLS`."""
    return EditRefused(f"What was copied has more than {MOST_CELLS:,} cells: too many to be pasted into a table.")


def repeated(block: Block, rows: int, columns: int) -> Block:
    """The block as often below and beside itself as it fits into a place of that size without a rest; at least once."""
    if not block or not block[0]:
        return block
    down, across = len(block), len(block[0])
    times_down = rows // down if rows % down == 0 else 1
    times_across = columns // across if columns % across == 0 else 1
    return tuple(row * max(times_across, 1) for row in block) * max(times_down, 1)


def block_of_text(text: str) -> Block:
    """The cells of a plain text: rows of a Markdown table, values parted by tabs or by commas, or a cell a line.

    Commas or semicolons part values only where every line has as many, none with a space behind it, as a sentence has
    them, and the lines are not numbers with one in them.
    """
    lines = [line for line in LINE_ENDING.split(text)[::2] if line.strip()]
    if lines and all(line.lstrip().startswith("|") for line in lines):
        return _block_of_markdown(lines)
    if "\t" not in text:
        for delimiter in (",", ";"):
            if _parts_values(text, delimiter):
                return block_of_csv(text, delimiter)
    return block_of_tsv(text)


def block_of_tsv(text: str) -> Block:
    """Cells parted by tabs and lines, as spreadsheets write them.

    They put quotes around a value with a tab, a line break or doubled quotes in it, and around no other: a title that
    stands in quotes keeps them, unless all of several values have some.
    """
    fields = _fields(text, "\t")
    every = sum(map(len, fields)) > 1 and all(quoted is not None for row in fields for _, quoted in row)
    return block_of(
        (quoted if quoted is not None and (every or _NEEDS_QUOTES.search(raw[1:-1])) else raw for raw, quoted in row)
        for row in fields
    )


def block_of_csv(text: str, delimiter: str = ",") -> Block:
    """Cells parted by a delimiter (`,` or `;`) and lines, by RFC 4180; quotes that end nowhere are part of a value."""
    return block_of((raw if quoted is None else quoted for raw, quoted in row) for row in _fields(text, delimiter))


def tsv_of(block: Block) -> str:
    """The cells parted by tabs and lines, with quotes where spreadsheets need them; `<br>` as a line break."""
    return "\n".join("\t".join(_tsv_field(with_line_breaks(value)) for value in row) for row in block)


def html_of(block: Block) -> str:
    """The cells as an HTML table, as spreadsheets and word processors take it; `<br>` stays a line break."""
    rows = ("".join(f"<td>{_html_cell(value)}</td>" for value in row) for row in block)
    return '<meta charset="utf-8"><table>' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def with_line_breaks(value: str) -> str:
    """A cell's value with LF for each `<br>`."""
    return _BREAK.sub("\n", value)


def _tsv_field(value: str) -> str:
    needs = value.startswith('"') or "\t" in value or "\n" in value
    return '"' + value.replace('"', '""') + '"' if needs else value


def _html_cell(value: str) -> str:
    return escape(with_line_breaks(value), quote=False).replace("\n", "<br>")


def _block_of_markdown(lines: Sequence[str]) -> Block:
    rows = [[with_line_breaks(cell.value) for cell in split_row(line)] for line in lines if not alignments_of(line)]
    return block_of(rows)


def _parts_values(text: str, delimiter: str) -> bool:
    """Whether each line has as many values as the others, and no space behind a delimiter or a number around it."""
    rows = _fields(text, delimiter)
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) > 1 or widths == {1}:
        return False
    if any(raw.startswith(" ") for row in rows for raw, _ in row[1:]):
        return False
    return any(number_in(delimiter.join(raw for raw, _ in row)) is None for row in rows)


def _fields(text: str, delimiter: str) -> list[list[tuple[str, str | None]]]:
    """Each field as written and, where it stands in quotes, as meant. A last line ending ends the last row."""
    rows: list[list[tuple[str, str | None]]] = [[]]
    place = 0
    while True:
        found = _QUOTED[delimiter].match(text, place)
        if found:
            rows[-1].append((found[0], LINE_ENDING.sub("\n", found[1].replace('""', '"'))))
        else:
            found = _PLAIN[delimiter].match(text, place)
            rows[-1].append((found[0] if found else "", None))
        place = found.end() if found else place
        if place >= len(text):
            return rows
        if text[place] == delimiter:
            place += 1
            continue
        place += 2 if text.startswith("\r\n", place) else 1
        if place >= len(text):
            return rows
        rows.append([])
