"""Markdown tables by the rules of GFM (section 4.10), read without loss and edited one value at a time.

Where the section is silent this follows what GitHub renders: a pipe after a backslash never parts two cells, however
many backslashes there are, and any text right under a row is a row unless it begins another block or is a lone pipe.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import chain, pairwise, takewhile
from typing import NamedTuple, overload

from editor.core.blocks import (
    BLANK,
    BREAK,
    FENCE,
    HEADING,
    LIST_ITEM,
    UNDERLINE,
    html_end,
    indent_of,
    may_hold_table,
    opens_block,
    past_container,
    past_fence,
)
from editor.core.line_blocks import BlockedLines, LineBlock, parts_between
from editor.core.problems import Problem, Severity
from editor.core.text_edit import EditRefused
from editor.core.text_memory import forgotten_with_texts

PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER_CELL = re.compile(r":?+-++:?+")
# GFM's white space within a line; a no-break space is content.
SPACES = " \t\v\f"


class Alignment(StrEnum):
    """What a delimiter cell says of its column: `---`, `:--`, `:-:`, `--:`."""

    NONE = "none"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Cell(NamedTuple):
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


class Rows(Sequence[Row]):
    """The lines of a table from its line `first` on, each made into a Row when it is asked for.

    So a table of 5,000 rows is read in the time that the block of lines takes in which it was edited. `header` and
    `stop` are the table's first line among `lines` and the one after its last, which is by default the last of all.
    """

    def __init__(self, lines: BlockedLines, header: int = 0, stop: int | None = None, first: int = 2) -> None:
        self._lines = lines
        self._header = header
        self._first = header + first
        self._stop = len(lines) if stop is None else stop
        self._start = lines.start_of(header)

    def __len__(self) -> int:
        return self._stop - self._first

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(map(self._row, range(self._first, self._stop)[index]))
        return self._row(range(self._first, self._stop)[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, range(self._first, self._stop))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self.sources)

    @property
    def parts(self) -> tuple[str, ...]:
        """The text of the whole table in the blocks of lines that it was read in, each of which is the same object."""
        blocks = [block.text for block in self._lines.blocks]
        return parts_between(blocks, self._start, self._lines.start_of(self._stop))

    @property
    def all_lines(self) -> "Rows":
        """Every line of the table, the header's and the delimiter row's too."""
        return Rows(self._lines, self._header, self._stop, first=0)

    @property
    def sources(self) -> tuple[str, ...]:
        """The lines as written, which are the same objects as before an edit of another block."""
        return self._lines[self._first : self._stop]

    @property
    def starts(self) -> list[int]:
        """Where each begins, as in its Row."""
        return [start - self._start for start in self._lines.starts_between(self._first, self._stop)]

    def misfits(self, width: int) -> Iterator[tuple[int, int]]:
        """The rows, from 0, that have not `width` cells, and how many they have."""
        for block, begin in zip(self._lines.blocks, self._lines.firsts, strict=False):
            for number, found in _misfits(block, width) if begin < self._stop else ():
                if self._first <= begin + number < self._stop:
                    yield begin + number - self._first, found

    def _row(self, index: int) -> Row:
        line, start = self._lines.placed(index)
        start -= self._start
        return Row(index - self._header, start, start + len(line), line)


class Table(NamedTuple):
    """A table as written. `text` runs from its header line to the end of its last line, line ending included.

    Offsets and lines in `header`, `delimiter` and `rows` count from the beginning of `text`, which lies `start` code
    points and `line` lines into the article. Edits and problems are given in the article's offsets.
    """

    text: str
    header: Row
    delimiter: Row
    alignments: tuple[Alignment, ...]
    rows: Rows
    start: int = 0
    line: int = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """Its text in the blocks of lines in which it was read."""
        return self.rows.parts

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings' values, one a column."""
        return tuple(cell.value for cell in self.header.cells)

    @property
    def lines(self) -> Rows:
        """Every line in order: the header, the delimiter row, the rows."""
        return self.rows.all_lines

    @property
    def sources(self) -> tuple[str, ...]:
        """Every line as written, in that order."""
        return self.lines.sources

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Headings given twice or empty, and rows with too few or too many cells."""
        found = chain(_heading_problems(self), _row_problems(self))
        return tuple(problem.moved(self.start, self.line) for problem in found)

    def value(self, row: int, column: int) -> str:
        """The value at `row` (from 0, -1 the header) and `column` (from 0); "" where a short row has no such cell.

        Raises IndexError where there is no such row.
        """
        return value_in((self.rows[row] if row >= 0 else self.header).source, column)

    def with_only(self, source: str) -> "Table":
        """The table as it would be with this line as its only row, which is to have one."""
        text = self.text[: self.rows[0].start] + source
        return self._replace(text=text, rows=Rows(BlockedLines((text,))))

    def moved(self, by: int, lines: int) -> "Table":
        """The same table, `by` code points and `lines` lines further on in the article."""
        return self._replace(start=self.start + by, line=self.line + lines)


def split_row(line: str) -> tuple[Cell, ...]:
    """The cells of one line without its line ending, in the line's own offsets: the one splitter of rows.

    Pipes part cells, in code spans too, except after a backslash; those at the ends of the line are optional. A blank
    line and a pipe alone have no cells.
    """
    return _cells(line, 0)


@forgotten_with_texts
@lru_cache(maxsize=64)
def find_tables(text: str) -> tuple[Table, ...]:
    """The tables at the top level of a text, not those inside quotes, list items and footnotes, placed in that text.

    A table's header may be the last line of a paragraph. Takes time in proportion to the text, whatever is in it.
    """
    return tables_in((text,)) if may_hold_table(text) else ()


def tables_in(parts: Sequence[str]) -> tuple[Table, ...]:
    """The same of a text given in parts that end with a line; the rows of a part that was read before are known."""
    lines = BlockedLines(parts)
    return tuple(_table(lines, first, stop) for first, stop in _table_lines(lines))


def _cells(line: str, at: int) -> tuple[Cell, ...]:
    bounds = bounds_of(line)
    return tuple(_cell(line, left + 1, right, at) for left, right in pairwise(bounds))


def value_in(line: str, column: int) -> str:
    """The value of one cell of a line, by its column from 0; "" where the line has no such cell."""
    bounds = bounds_of(line)
    if column + 1 >= len(bounds):
        return ""
    return unescaped(line[bounds[column] + 1 : bounds[column + 1]].strip(SPACES))


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
            # A first column may name the rows, and nothing stands over it then.
            if number == 1:
                continue
            message = f"Column {number} of the table has no heading."
            yield Problem("table-heading-empty", Severity.HINT, message, cell.start, cell.end, 1)
        elif times[cell.value] > 1:
            message = f"The heading “{cell.value}” stands over {times[cell.value]} columns: give each its own."
            yield Problem("table-heading-duplicate", Severity.WARNING, message, cell.start, cell.end, 1)


def _row_problems(table: Table) -> Iterator[Problem]:
    width = len(table.alignments)
    for index, found in table.rows.misfits(width):
        number, row = index + 1, table.rows[index]
        if found < width:
            message = f"Row {number} of the table has {found} of {width} cells: end a table with a blank line."
            yield Problem("table-row-short", Severity.HINT, message, row.start, row.end, row.line + 1)
        else:
            message = (
                f"Row {number} of the table has {found} cells, {found - width} more than there are columns, and no "
                "reader sees those: write a pipe that belongs to a cell as \\|."
            )
            cells = row.cells
            start, end = cells[width].start, cells[-1].end
            yield Problem("table-row-surplus", Severity.WARNING, message, start, end, row.line + 1)


@forgotten_with_texts
@lru_cache(maxsize=4096)
def _misfits(block: LineBlock, width: int) -> tuple[tuple[int, int], ...]:
    """The lines of a block that have not `width` cells, and how many they have."""
    widths = enumerate(map(width_of, block.lines))
    return tuple((number, found) for number, found in widths if found != width)


def _table(lines: BlockedLines, first: int, stop: int) -> Table:
    rows = Rows(lines, first, stop)
    header, delimiter = rows.all_lines[:2]
    alignments = alignments_of(delimiter.source)
    return Table("".join(rows.parts), header, delimiter, alignments, rows, lines.start_of(first), first)


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


def _table_lines(lines: BlockedLines) -> Iterator[tuple[int, int]]:
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
                first, index = index, _past_rows(lines, index + 2)
                yield first, index


def _past_rows(lines: BlockedLines, index: int) -> int:
    """The line after a table's last row, which begins at `index` if it has one."""
    while index < len(lines):
        number, within = lines.place_of(index)
        block = lines.blocks[number]
        rows = _leading_rows(block) if not within else sum(1 for _ in takewhile(is_row, block.lines[within:]))
        index += rows
        if within + rows < len(block.lines):
            break
    return index


@forgotten_with_texts
@lru_cache(maxsize=4096)
def _leading_rows(block: LineBlock) -> int:
    """How many lines at a block's beginning are rows where a row stands before them."""
    return sum(1 for _ in takewhile(is_row, block.lines))


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
