"""Markdown tables by the rules of GFM (section 4.10), read without loss and edited one value at a time.

Where the section is silent this follows what GitHub renders: a pipe after a backslash never parts two cells, however
many backslashes there are, and any text right under a row is a row unless it begins another block or is a lone pipe.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from editor.core.blocks import (
    BLANK,
    BREAK,
    FENCE,
    HEADING,
    LIST_ITEM,
    UNDERLINE,
    html_end,
    indent_of,
    opens_block,
    past_container,
    past_fence,
)
from editor.core.problems import Problem, Severity
from editor.core.text_edit import EditRefused

LINE_ENDING = re.compile(r"(\r\n|\r|\n)")
PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER_CELL = re.compile(r":?+-++:?+")
_MAYBE_DELIMITER = re.compile(r"(?:\A|[\r\n]) {0,3}+[|:-][ \t\v\f|:-]*+(?=[\r\n]|\Z)")
# GFM's white space within a line; a no-break space is content.
SPACES = " \t\v\f"


class Alignment(StrEnum):
    """What a delimiter cell says of its column: `---`, `:--`, `:-:`, `--:`."""

    NONE = "none"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    r"""One cell's content without its padding, from `start` up to `end` in code points.

    `value` is `source` with each `\|` read as `|`. An empty cell has no width and lies where a value is to be written:
    one space after its pipe where there is a space.
    """

    start: int
    end: int
    source: str
    value: str


class Row(NamedTuple):
    """One line of a table: `line` from 0 and code points from `start` up to `end` (before the line ending) in its text.

    `source` is the line as written, with indentation and outer pipes. It always has at least one cell.
    """

    line: int
    start: int
    end: int
    source: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells as written, in the table's offsets: perhaps fewer or more than the table has columns.

        Split anew each time, so that a table of 5,000 rows is found in the time it takes to find their lines.
        """
        return _cells(self.source, self.start)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as written. `text` runs from its header line to the end of its last line, line ending included.

    Offsets and lines in `header`, `delimiter` and `rows` count from the beginning of `text`, which lies `start` code
    points and `line` lines into the article. Edits and problems are given in the article's offsets.
    """

    text: str
    header: Row
    delimiter: Row
    alignments: tuple[Alignment, ...]
    rows: tuple[Row, ...]
    start: int = 0
    line: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings' values, one a column."""
        return tuple(cell.value for cell in self.header.cells)

    @property
    def lines(self) -> tuple[Row, ...]:
        """Every line in order: the header, the delimiter row, the rows."""
        return (self.header, self.delimiter, *self.rows)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Headings given twice or empty, and rows with too few or too many cells."""
        found = chain(_heading_problems(self), _row_problems(self))
        return tuple(problem.moved(self.start, self.line) for problem in found)

    def value(self, row: int, column: int) -> str:
        """The value at `row` (from 0, -1 the header) and `column` (from 0); "" where a short row has no such cell.

        Raises IndexError where there is no such row.
        """
        cells = (self.rows[row] if row >= 0 else self.header).cells
        return cells[column].value if column < len(cells) else ""

    def moved(self, by: int, lines: int) -> Table:
        """The same table, `by` code points and `lines` lines further on in the article."""
        return replace(self, start=self.start + by, line=self.line + lines)


def split_row(line: str) -> tuple[Cell, ...]:
    """The cells of one line without its line ending, in the line's own offsets: the one splitter of rows.

    Pipes part cells, in code spans too, except after a backslash; those at the ends of the line are optional. A blank
    line and a pipe alone have no cells.
    """
    return _cells(line, 0)


def may_hold_table(text: str) -> bool:
    """Whether a line looks like a delimiter row: where none does, there is no table."""
    return _MAYBE_DELIMITER.search(text) is not None


@lru_cache(maxsize=64)
def find_tables(text: str) -> tuple[Table, ...]:
    """The tables at the top level of a text, not those inside quotes, list items and footnotes, placed in that text.

    A table's header may be the last line of a paragraph. Takes time in proportion to the text, whatever is in it.
    """
    if not may_hold_table(text):
        return ()
    pieces = LINE_ENDING.split(text)
    lines = pieces[::2]
    lengths = (len(line) + len(ending) for line, ending in zip(lines, (*pieces[1::2], ""), strict=True))
    starts = (0, *accumulate(lengths))
    return tuple(_table(text, lines, starts, first, stop) for first, stop in _table_lines(lines))


def _cells(line: str, at: int) -> tuple[Cell, ...]:
    bounds = bounds_of(line)
    return tuple(_cell(line, left + 1, right, at) for left, right in pairwise(bounds))


@lru_cache(maxsize=16384)
def width_of(line: str) -> int:
    """How many cells a line has."""
    return len(bounds_of(line)) - 1


def bounds_of(line: str) -> list[int]:
    """Where the pipes beside a line's cells are, or the line's ends where it has none: one more than it has cells."""
    pipes = [match.start() for match in PIPE.finditer(line)]
    first = len(line) - len(line.lstrip(" \t"))
    bounds = [first - 1, *pipes, len(line)]
    if pipes and pipes[0] == first:
        del bounds[0]
    if not line[bounds[-2] + 1 :].strip(SPACES):
        del bounds[-1]
    return bounds


def _cell(line: str, left: int, right: int, at: int) -> Cell:
    inside = line[left:right]
    source = inside.strip(SPACES)
    start = left + (len(inside) - len(inside.lstrip(SPACES)) if source else min(1, len(inside)))
    return Cell(at + start, at + start + len(source), source, unescaped(source))


def unescaped(source: str) -> str:
    """A cell's value by its source: each `\\|` read as `|`."""
    return source.replace("\\|", "|")


def data_line(table: Table, row: int) -> Row:
    """The row of that number from 0. Raises EditRefused where there is none."""
    if not 0 <= row < len(table.rows):
        raise EditRefused(f"The table has no row {row + 1}.", table.line + 1)
    return table.rows[row]


def _heading_problems(table: Table) -> Iterator[Problem]:
    times = Counter(table.columns)
    for number, cell in enumerate(table.header.cells, start=1):
        if not cell.value:
            message = f"Column {number} of the table has no heading."
            yield Problem("table-heading-empty", Severity.HINT, message, cell.start, cell.end, 1)
        elif times[cell.value] > 1:
            message = f"The heading “{cell.value}” stands over {times[cell.value]} columns: give each its own."
            yield Problem("table-heading-duplicate", Severity.WARNING, message, cell.start, cell.end, 1)


def _row_problems(table: Table) -> Iterator[Problem]:
    width = len(table.alignments)
    for number, row in enumerate(table.rows, start=1):
        found = width_of(row.source)
        if found < width:
            message = f"Row {number} of the table has {found} of {width} cells: end a table with a blank line."
            yield Problem("table-row-short", Severity.HINT, message, row.start, row.end, row.line + 1)
        elif found > width:
            message = (
                f"Row {number} of the table has {found} cells, {found - width} more than there are columns, and no "
                "reader sees those: write a pipe that belongs to a cell as \\|."
            )
            cells = row.cells
            start, end = cells[width].start, cells[-1].end
            yield Problem("table-row-surplus", Severity.WARNING, message, start, end, row.line + 1)


def _table(text: str, lines: Sequence[str], starts: Sequence[int], first: int, stop: int) -> Table:
    start = starts[first]
    rows = [
        Row(index - first, starts[index] - start, starts[index] - start + len(lines[index]), lines[index])
        for index in range(first, stop)
    ]
    end = starts[stop] if stop < len(lines) else len(text)
    alignments = alignments_of(lines[first + 1])
    return Table(text[start:end], rows[0], rows[1], alignments, tuple(rows[2:]), start, first)


def alignments_of(line: str) -> tuple[Alignment, ...]:
    """What a delimiter row says of each column; nothing where the line is none.

    `- | -` is a list item and dashes alone are a heading's underline: GFM looks for those first.
    """
    if line.strip(SPACES + "|:-") or LIST_ITEM.match(line) or indent_of(line) > 3 or not ("|" in line or ":" in line):
        return ()
    sources = [cell.source for cell in _cells(line, 0)]
    if not all(_DELIMITER_CELL.fullmatch(source) for source in sources):
        return ()
    return tuple(_alignment(source) for source in sources)


def _alignment(source: str) -> Alignment:
    match source.startswith(":"), source.endswith(":"):
        case True, True:
            return Alignment.CENTRE
        case True, False:
            return Alignment.LEFT
        case False, True:
            return Alignment.RIGHT
    return Alignment.NONE


def _table_lines(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """For each table at the top level its first line and the line after its last: one walk, block by block."""
    index = 0
    while index < len(lines):
        line = lines[index]
        if BLANK.match(line) or indent_of(line) > 3 or HEADING.match(line) or BREAK.match(line):
            index += 1
        elif fence := FENCE.match(line):
            index = past_fence(lines, index, fence[1])
        elif last_line := html_end(line, in_paragraph=False):
            index = next((at + 1 for at in range(index, len(lines)) if last_line.search(lines[at])), len(lines))
        elif opens_block(line, in_paragraph=False):
            index = past_container(lines, index)
        else:
            index, is_table = _past_paragraph(lines, index)
            if is_table:
                first, index = index, index + 2
                while index < len(lines) and is_row(lines[index]):
                    index += 1
                yield first, index


def is_row(line: str) -> bool:
    """Whether a line right under a table's delimiter row or one of its rows is its next row."""
    if line[:1] != "|" and (indent_of(line) > 3 or opens_block(line, in_paragraph=False)):
        return False
    return line.strip(SPACES) not in ("", "|")


def _past_paragraph(lines: Sequence[str], first: int) -> tuple[int, bool]:
    """The line after a paragraph, or, and True, the line of it that is a table's header."""
    for index in range(first, len(lines)):
        line = lines[index]
        if index > first:
            if BLANK.match(line) or opens_block(line, in_paragraph=True):
                return index, False
            if UNDERLINE.match(line):
                return index + 1, False
        if index + 1 < len(lines) and indent_of(line) <= 3:
            width = len(alignments_of(lines[index + 1]))
            if width and width == width_of(line):
                return index, True
    return len(lines), False
