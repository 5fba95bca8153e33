"""Tables as `editor.core.tables` reads them: what the grid calls a table, the page shows as one."""

from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.util import ETX, STX

from editor.core.tables import Alignment, Row, Table, find_tables

# The exact text may hold what Python-Markdown writes its own marks with.
_NO_MARKS = str.maketrans("", "", f"{STX}{ETX}")


class PlacedTable(NamedTuple):
    """A table at the top level, as it was found in the exact text."""

    table: Table

    def build(self, parent: Element, parser: BlockParser) -> None:
        _build(parent, self.table)


class InnerTables(BlockProcessor):
    """Builds the tables inside list items, quotes and the like, which the grid leaves alone."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether the block is not at the top level and holds a table."""
        return "|" in block and parent is not self.parser.root and bool(find_tables(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Build the block's first table, having read what stands before it; what is after it comes next."""
        block = blocks.pop(0)
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
        cell.text = value.translate(_NO_MARKS)
        if tag == "th":
            cell.set("scope", "col")
        if alignment is not Alignment.NONE:
            cell.set("class", f"align-{alignment}")
