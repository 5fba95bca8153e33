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
from itertools import accumulate, chain, pairwise, product

from editor.core.problems import Problem, Severity
from editor.core.text_edit import EditRefused, TextEdit, apply_edits

_LINE_ENDING = re.compile(r"(\r\n|\r|\n)")
_PIPE = re.compile(r"(?<!\\)\|")
_PADDED_PIPE = re.compile(r"[ \t]\||(?<!\\)\|[ \t]")
_DELIMITER_CELL = re.compile(r":?+-++:?+")
_MAYBE_DELIMITER = re.compile(r"(?:\A|[\r\n]) {0,3}+[|:-][ \t\v\f|:-]*+(?=[\r\n]|\Z)")
_BEFORE = ("", "text\n")
# GFM's white space within a line; a no-break space is content.
_SPACES = " \t\v\f"


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


@dataclass(frozen=True, slots=True)
class Row:
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


@lru_cache(maxsize=64)
def find_tables(text: str) -> tuple[Table, ...]:
    """The tables at the top level of a text, not those inside quotes, list items and footnotes, placed in that text.

    A table's header may be the last line of a paragraph. Takes time in proportion to the text, whatever is in it.
    """
    if not _MAYBE_DELIMITER.search(text):
        return ()
    pieces = _LINE_ENDING.split(text)
    lines = pieces[::2]
    lengths = (len(line) + len(ending) for line, ending in zip(lines, (*pieces[1::2], ""), strict=True))
    starts = (0, *accumulate(lengths))
    return tuple(_table(text, lines, starts, first, stop) for first, stop in _table_lines(lines))


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
    if table.value(row, column) == _unescaped(written):
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
    line = _data_line(table, row)
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
    line = _data_line(table, row)
    _data_line(table, to)
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


def surplus(table: Table, row: int) -> tuple[Cell, ...]:
    """The cells of a row (from 0) beyond the table's columns, which no reader of the page sees. Raises EditRefused."""
    return _data_line(table, row).cells[len(table.alignments) :]


def new_table(columns: Sequence[str], newline: str) -> str:
    """A header and a delimiter row with no rows, each line ended by `newline`. Raises EditRefused without a column."""
    if not columns:
        raise EditRefused("A table needs at least one column.")
    headings, dashes = (" | ".join(cells) for cells in (map(_written, columns), ["---"] * len(columns)))
    return f"| {headings} |{newline}| {dashes} |{newline}"


def _cells(line: str, at: int) -> tuple[Cell, ...]:
    bounds = _bounds(line)
    return tuple(_cell(line, left + 1, right, at) for left, right in pairwise(bounds))


def _width(line: str) -> int:
    return len(_bounds(line)) - 1


def _bounds(line: str) -> list[int]:
    """Where the pipes beside cells are, and the ends of the line where one has none: one more than there are cells."""
    pipes = [match.start() for match in _PIPE.finditer(line)]
    first = len(line) - len(line.lstrip(" \t"))
    bounds = [first - 1, *pipes, len(line)]
    if pipes and pipes[0] == first:
        del bounds[0]
    if not line[bounds[-2] + 1 :].strip(_SPACES):
        del bounds[-1]
    return bounds


def _cell(line: str, left: int, right: int, at: int) -> Cell:
    inside = line[left:right]
    source = inside.strip(_SPACES)
    start = left + (len(inside) - len(inside.lstrip(_SPACES)) if source else min(1, len(inside)))
    return Cell(at + start, at + start + len(source), source, _unescaped(source))


def _unescaped(source: str) -> str:
    return source.replace("\\|", "|")


def _written(value: str) -> str:
    return _LINE_ENDING.sub("<br>", value.strip(_SPACES + "\r\n")).replace("|", "\\|")


def _line(table: Table, row: int) -> Row:
    return table.header if row == -1 else _data_line(table, row)


def _data_line(table: Table, row: int) -> Row:
    if not 0 <= row < len(table.rows):
        raise EditRefused(f"The table has no row {row + 1}.", table.line + 1)
    return table.rows[row]


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
    begins_line = not line.source[: cell.start - line.start].strip(_SPACES)
    for tail, head in product(("", " ", " |"), ("", "| ") if begins_line else ("",)):
        yield TextEdit(cell.start, cell.end, head + written + tail)


def _extensions(line: Row, sources: Sequence[str]) -> Iterator[TextEdit]:
    """Ways to write the cells that a short row lacks behind those it has."""
    cells = line.cells
    added = sources[len(cells) :]
    _, closed, pad = _style(line.source)
    place = line.start + len(line.source.rstrip(_SPACES)) if closed else cells[-1].end
    for space in (pad, " "):
        if closed:
            yield TextEdit(place, place, "".join(f"{space}{source}{space}|" for source in added))
        else:
            yield TextEdit(place, place, "".join(f"{space}|{space}{source}" for source in added))


def _style(line: str) -> tuple[bool, bool, str]:
    """Whether a row opens and closes with a pipe, and what stands between its pipes and its cells."""
    inside = line.strip(_SPACES)
    pipes = [match.start() for match in _PIPE.finditer(inside)]
    tight = pipes and not _PADDED_PIPE.search(inside)
    return inside.startswith("|"), bool(pipes) and pipes[-1] == len(inside) - 1, "" if tight else " "


def _model(table: Table, index: int) -> str:
    """The line that a new line `index` is written like: the nearest whole row above or below, else the header."""
    beside = (line for line in table.lines[max(index - 1, 2) : index + 1])
    whole = (line.source for line in beside if _width(line.source) == len(table.alignments))
    return next(whole, table.header.source)


def _lines_like(model: str, sources: Sequence[str]) -> Iterator[str]:
    """Ways to write cells as a line: like the model, then with every pipe and space that there can be."""
    indent = model[: len(model) - len(model.lstrip(" \t"))]
    for opened, closed, pad in (_style(model), (True, True, " ")):
        inside = f"{pad}|{pad}".join(sources)
        yield indent + (f"|{pad}" if opened else "") + inside + (f"{pad}|" if closed else "")


def _is_sound_heading(row: int, line: str) -> bool:
    """Whether a changed header cannot itself be taken for the delimiter row of a line above it."""
    return row != -1 or not _alignments(line)


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
        found = _width(row.source)
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
    alignments = _alignments(lines[first + 1])
    return Table(text[start:end], rows[0], rows[1], alignments, tuple(rows[2:]), start, first)


def _alignments(line: str) -> tuple[Alignment, ...]:
    """What a delimiter row says of each column; nothing where the line is none.

    `- | -` is a list item and dashes alone are a heading's underline: GFM looks for those first.
    """
    if line.strip(_SPACES + "|:-") or _LIST_ITEM.match(line) or _indent(line) > 3 or not ("|" in line or ":" in line):
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


# What else can begin at a line, which is what a table cannot begin with or run on into (GFM sections 4 and 5).
_FENCE = re.compile(r" {0,3}(`{3,}+(?!.*`)|~{3,}+)")
_HEADING = re.compile(r" {0,3}#{1,6}(?![^ \t])")
_UNDERLINE = re.compile(r" {0,3}(?:=++|-++)[ \t]*+\Z")
_BREAK = re.compile(r" {0,3}([-*_])[ \t]*+(?:\1[ \t]*+){2,}+\Z")
_QUOTE = re.compile(r" {0,3}>")
_LIST_ITEM = re.compile(r" {0,3}(?:[-+*]|[0-9]{1,9}[.)])(?![^ \t])")
_INTERRUPTING_ITEM = re.compile(r" {0,3}(?:[-+*]|1[.)])[ \t]++[^ \t]")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]++\]:")
_MARKERS = re.compile(r"(?:[ \t]*+(?:>|(?:[-+*]|[0-9]{1,9}[.)])(?![^ \t])|\[\^[^\]\s]++\]:))*+[ \t]*+")
_OPENERS = frozenset("`~#>-*+_<[0123456789")
_VERBATIM = "script|pre|style|textarea"
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
_ATTRIBUTE = r"""\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""
_BLANK = re.compile(r"\A[ \t]*+\Z")
# Each kind of HTML block: what begins it and what its last line holds; only the last kind cannot interrupt a paragraph.
_HTML = tuple(
    (re.compile(" {0,3}<" + begins, re.IGNORECASE | re.ASCII), re.compile(ends, re.IGNORECASE | re.ASCII))
    for begins, ends in (
        (rf"(?:{_VERBATIM})(?![^\s>])", rf"</(?:{_VERBATIM})>"),
        ("!--", "-->"),
        (r"\?", r"\?>"),
        (r"!\[CDATA\[", r"\]\]>"),
        ("![A-Z]", ">"),
        (rf"/?(?:{_BLOCK_TAGS})(?![^\s/>])", _BLANK.pattern),
        (rf"(?:[A-Z][A-Z0-9-]*+(?:{_ATTRIBUTE})*+\s*+/?|/[A-Z][A-Z0-9-]*+\s*+)>[ \t]*+\Z", _BLANK.pattern),
    )
)


def _table_lines(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """For each table at the top level its first line and the line after its last: one walk, block by block."""
    index = 0
    while index < len(lines):
        line = lines[index]
        if _BLANK.match(line) or _indent(line) > 3 or _HEADING.match(line) or _BREAK.match(line):
            index += 1
        elif fence := _FENCE.match(line):
            index = _past_fence(lines, index, fence[1])
        elif html_end := _html_end(line, in_paragraph=False):
            index = next((at + 1 for at in range(index, len(lines)) if html_end.search(lines[at])), len(lines))
        elif _opens_block(line, in_paragraph=False):
            index = _past_container(lines, index)
        else:
            index, is_table = _past_paragraph(lines, index)
            if is_table:
                first, index = index, index + 2
                while index < len(lines) and _is_row(lines[index]):
                    index += 1
                yield first, index


def _is_row(line: str) -> bool:
    if line[:1] != "|" and (_indent(line) > 3 or _opens_block(line, in_paragraph=False)):
        return False
    return line.strip(_SPACES) not in ("", "|")


def _past_paragraph(lines: Sequence[str], first: int) -> tuple[int, bool]:
    """The line after a paragraph, or, and True, the line of it that is a table's header."""
    for index in range(first, len(lines)):
        line = lines[index]
        if index > first:
            if _BLANK.match(line) or _opens_block(line, in_paragraph=True):
                return index, False
            if _UNDERLINE.match(line):
                return index + 1, False
        if index + 1 < len(lines) and _indent(line) <= 3:
            width = len(_alignments(lines[index + 1]))
            if width and width == _width(line):
                return index, True
    return len(lines), False


def _past_fence(lines: Sequence[str], first: int, fence: str) -> int:
    closing = re.compile(rf" {{0,3}}{fence[0]}{{{len(fence)},}}+[ \t]*+\Z")
    return next((at + 1 for at in range(first + 1, len(lines)) if closing.match(lines[at])), len(lines))


def _past_container(lines: Sequence[str], first: int) -> int:
    """The line after a quote, a list item or a footnote, with the lines that lazily continue its last paragraph."""
    is_quote = _QUOTE.match(lines[first]) is not None
    is_empty = _BLANK.match(lines[first][_end(_LIST_ITEM, lines[first]) :]) is not None
    width = _content_width(lines[first])
    in_paragraph = True
    for index in range(first, len(lines)):
        line = lines[index]
        if index == first or (_QUOTE.match(line) if is_quote else _indent(line) >= width):
            rest = line[_end(_MARKERS, line) :]
            in_paragraph = not _BLANK.match(rest) and not _opens_block(rest, in_paragraph=False)
        elif _BLANK.match(line):
            if is_quote or (is_empty and index == first + 1):
                return index
            in_paragraph = False
        elif not in_paragraph or _opens_block(line, in_paragraph=False):
            return index
    return len(lines)


def _content_width(line: str) -> int:
    """How far a line is to be indented to belong to the list item or footnote that begins here."""
    marker = _end(_LIST_ITEM, line)
    padding = _indent(line[marker:])
    return marker + (padding if padding <= 4 and not _BLANK.match(line[marker:]) else 1) if marker else 4


def _opens_block(line: str, *, in_paragraph: bool) -> bool:
    opener = line.lstrip(" ")[:1]
    if opener not in _OPENERS:
        return False
    if opener == "<":
        return _html_end(line, in_paragraph=in_paragraph) is not None
    items = _INTERRUPTING_ITEM if in_paragraph else _LIST_ITEM
    return any(pattern.match(line) for pattern in (_FENCE, _HEADING, _BREAK, _QUOTE, _NOTE, items))


def _html_end(line: str, *, in_paragraph: bool) -> re.Pattern[str] | None:
    """What the last line of the HTML block that begins at this line holds; None where none begins."""
    kinds = _HTML[:-1] if in_paragraph else _HTML
    return next((ends for begins, ends in kinds if begins.match(line)), None)


def _end(pattern: re.Pattern[str], line: str) -> int:
    found = pattern.match(line)
    return found.end() if found else 0


def _indent(line: str) -> int:
    """Columns of white space before the line's text, with a tab stop at every fourth."""
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))
