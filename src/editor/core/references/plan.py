"""References made rows of an article: what each becomes, which are there already, and the one edit that adds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editor.core.article import Article
from editor.core.new_citations_table import new_table_of
from editor.core.papers import COLUMNS, ColumnRole, column_roles, next_number, number_after, papers
from editor.core.references.as_row import links_titles, paper_cell, reference_of, row_of, style_of
from editor.core.references.duplicates import Duplicate, KnownPublications
from editor.core.references.reference import Reference
from editor.core.table_edits import add_rows
from editor.core.tables import Table
from editor.core.text_edit import EditRefused, TextEdit


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A reference, the paper's cell that it becomes, and what it doubles, if anything."""

    reference: Reference
    paper: str
    duplicate: Duplicate | None


class Plan:
    """What references become in a table, taken one after another; None is the new table of an article without one."""

    def __init__(self, table: Table | None) -> None:
        rows = papers(table) if table else ()
        self._linked = links_titles(rows)
        self._in_table = KnownPublications()
        for paper in rows:
            if (reference := reference_of(paper)).title:
                self._in_table.add(reference, paper.position, in_table=True)
        self.begin_again()

    def begin_again(self) -> None:
        """Forget the references taken."""
        self._taken = KnownPublications()
        self._count = 0

    def take(self, reference: Reference) -> PlannedRow:
        """What the next reference becomes, and which row or earlier reference it doubles."""
        self._count += 1
        duplicate = self._in_table.find(reference) or self._taken.find(reference)
        self._taken.add(reference, self._count, in_table=False)
        return PlannedRow(reference, paper_cell(reference, linked=self._linked), duplicate)


def add_references(article: Article, table: Table | None, references: Sequence[Reference]) -> tuple[TextEdit, ...]:
    """One edit that adds a row for each reference at a table's end; None: of a new table at the article's end.

    Raises EditRefused: a table without a column of papers, rows that would not read back, an article whose end is
    inside something else.
    """
    if not references:
        return ()
    if table is None:
        return new_table_of(article, lambda table: rows_of(table, references))
    if ColumnRole.PAPER not in column_roles(table.columns):
        raise EditRefused(f"This table has no column of papers, such as “{COLUMNS[1]}”.", table.line + 1)
    return add_rows(table, rows_of(table, references))


def rows_of(table: Table, references: Sequence[Reference]) -> list[tuple[str, ...]]:
    """The values of a row for each reference, numbered on from the table's last number."""
    style, number = style_of(table), next_number(table)
    rows: list[tuple[str, ...]] = []
    for reference in references:
        rows.append(row_of(reference, style, number))
        number = number_after(number)
    return rows
