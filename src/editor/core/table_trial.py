"""An edit of a table is tried on the table's text and read again; what would not read back as meant is refused."""

from __future__ import annotations

from collections.abc import Sequence

from editor.core.line_blocks import LINE_ENDING, edited_parts
from editor.core.tables import SPACES, Row, Table, alignments_of, tables_in
from editor.core.text_edit import EditRefused, TextEdit

# Under a line of text other things begin a block than elsewhere, and a table does not know where it stands.
_BEFORE = ("", "text\n")


def source_of(value: str) -> str:
    r"""A value as a cell's source: without white space around it, a line break as `<br>`, a pipe as `\|`."""
    return LINE_ENDING.sub("<br>", value.strip(SPACES + "\r\n")).replace("|", "\\|")


def stop_of(table: Table, index: int) -> int:
    """Where the line after line `index` begins, or the table's text ends."""
    lines = table.lines
    return lines[index + 1].start if index + 1 < len(lines) else len(table.text)


def refusal(table: Table, line: Row, message: str) -> EditRefused:
    """A refusal that leads to that line of the article."""
    return EditRefused(message, table.line + line.line + 1)


def require_column(table: Table, column: int, line: Row | None = None) -> None:
    """Raise EditRefused, which leads to `line` or else to the header, where there is no column of that number."""
    if not 0 <= column < len(table.alignments):
        raise refusal(table, line or table.header, f"The table has no column {column + 1}.")


def is_sound_heading(header: str) -> bool:
    """Whether a changed header cannot itself be taken for the delimiter row of a line above it."""
    return not alignments_of(header)


def reads_as(table: Table, edits: Sequence[TextEdit], lines: Sequence[str]) -> bool:
    """Whether the table's text after the edits, which are in its own offsets, is one table of exactly these lines.

    A changed header or delimiter row has to be one wherever the old one was. A CR may not become the last character:
    with an LF behind the table, which is not known here, it would make one line ending of two.
    """
    parts = edited_parts(table.parts, edits)
    if parts and parts[-1].endswith("\r") and not table.text.endswith("\r"):
        return False
    if list(lines[:2]) == [table.header.source, table.delimiter.source]:
        return any(_is_table(before, parts, lines) for before in _BEFORE)
    return all(_is_table(before, parts, lines) for before in places_of(table))


def places_of(table: Table) -> tuple[str, ...]:
    """What the table may stand under, as far as it matters, and be read as it is."""
    return tuple(before for before in _BEFORE if _is_table(before, table.parts, table.sources))


def begins_table(before: str, header: str, delimiter: str) -> bool:
    """Whether the two lines make a table under what is before them."""
    return _is_table(before, (f"{header}\n{delimiter}",), (header, delimiter))


def _is_table(before: str, parts: Sequence[str], lines: Sequence[str]) -> bool:
    found = tables_in((before, *parts))
    return len(found) == 1 and found[0].text == "".join(parts) and found[0].sources == tuple(lines)
