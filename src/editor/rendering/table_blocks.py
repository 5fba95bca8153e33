"""Tables as `editor.core.tables` reads them: what the grid calls a table, the page shows as one."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from editor.core.tables import Alignment, Row, Table, find_tables

# Python-Markdown takes both control characters out of every source, so no article can write a place of its own.
_PLACE = "\x02table:{}\x03"
_PLACE_LINE = re.compile(r"\x02table:(\d+)\x03")


class TableBlocks(BlockProcessor):
    """Builds tables: at the top level those found in the exact text, elsewhere those that a block holds."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self._found: list[Table] = []

    def reset(self) -> None:
        """Forget the tables of the text before."""
        self._found.clear()

    def place(self, table: Table) -> str:
        """The line that stands for a table that was found in the exact text."""
        self._found.append(table)
        return _PLACE.format(len(self._found) - 1)

    def test(self, parent: Element, block: str) -> bool:
        """Whether the block is such a line, or is inside a list item, a quote or the like and may hold a table."""
        return _PLACE_LINE.match(block) is not None or (
            "|" in block and parent is not self.parser.root and bool(find_tables(block))
        )

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Build the block's first table, having read what stands before it; what is after it comes next."""
        block = blocks.pop(0)
        if place := _PLACE_LINE.match(block):
            _build(parent, self._found[int(place[1])])
            return
        table = find_tables(block)[0]
        if before := block[: table.start].rstrip("\n"):
            self.parser.parseBlocks(parent, [before])
        _build(parent, table)
        if after := block[table.start + len(table.text) :]:
            blocks.insert(0, after)


def _build(parent: Element, table: Table) -> None:
    """The table in a box that scrolls by itself where the page is too narrow, by keyboard too."""
    box = SubElement(parent, "div", {"class": "table", "role": "group", "aria-label": "Table", "tabindex": "0"})
    element = SubElement(box, "table")
    _build_row(SubElement(element, "thead"), table.header, "th", table.alignments)
    if table.rows:
        body = SubElement(element, "tbody")
        for row in table.rows:
            _build_row(body, row, "td", table.alignments)


def _build_row(parent: Element, row: Row, tag: str, alignments: tuple[Alignment, ...]) -> None:
    """One cell a column, whatever the row has (GFM, section 4.10)."""
    line = SubElement(parent, "tr")
    values = [cell.value for cell in row.cells[: len(alignments)]]
    values += [""] * (len(alignments) - len(values))
    for value, alignment in zip(values, alignments, strict=True):
        cell = SubElement(line, tag)
        cell.text = value
        if tag == "th":
            cell.set("scope", "col")
        if alignment is not Alignment.NONE:
            cell.set("class", f"align-{alignment}")
