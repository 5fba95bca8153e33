"""Every table that real writers wrote, edited and set back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from editor.core.article import Article
from editor.core.table_columns import add_column, move_column, remove_column
from editor.core.table_edits import set_cell
from editor.core.table_layout import align_table
from editor.core.table_sorting import sort_rows
from editor.core.tables import Table
from editor.core.text_edit import TextEdit, apply_edits

Edit = Callable[[Table], tuple[TextEdit, ...]]
Tables = list[tuple[str, Table]]


def after(text: str, table: Table, edit: Edit) -> tuple[str, Table]:
    """The text after an edit, which must not be refused, and the table as it is in it."""
    changed = apply_edits(text, edit(table))
    return changed, next(each for each in Article.from_text(changed).tables if each.start == table.start)


def there_and_back(text: str, table: Table, there: Edit, back: Edit) -> str:
    return after(*after(text, table, there), back)[0]


def first_and_last_cell(table: Table) -> set[tuple[int, int]]:
    if not table.rows:
        return set()
    return {(0, 0), (len(table.rows) - 1, min(len(table.alignments), len(table.rows[-1].cells)) - 1)}


def columns_of(tables: Tables) -> Iterator[tuple[str, Table, int]]:
    return ((text, table, column) for text, table in tables for column in range(len(table.alignments)))


def test_the_corpus_has_tables(real_tables: Tables) -> None:
    assert len(real_tables) > 25


def test_the_first_and_last_cell_of_every_table_can_be_set_and_set_back(real_tables: Tables) -> None:
    for text, table in real_tables:
        for row, column in first_and_last_cell(table):
            old = table.value(row, column)
            changed, again = after(text, table, lambda table, at=(row, column): set_cell(table, *at, "a | b\nc"))
            assert again.value(row, column) == "a | b<br>c"
            assert apply_edits(changed, set_cell(again, row, column, old)) == text


def test_every_column_can_be_moved_to_the_end_and_back(real_tables: Tables) -> None:
    for text, table, column in columns_of(real_tables):
        last = len(table.alignments) - 1
        there, back = (
            lambda table, way=(column, last): move_column(table, *way),
            lambda table, way=(last, column): move_column(table, *way),
        )
        assert there_and_back(text, table, there, back) == text


def test_a_column_can_be_added_anywhere_and_removed(real_tables: Tables) -> None:
    for text, table, at in columns_of(real_tables):
        there, back = (
            lambda table, at=at: add_column(table, "a | b", at),
            lambda table, at=at: remove_column(table, at),
        )
        assert there_and_back(text, table, there, back) == text


def test_every_table_can_be_aligned_and_then_is(real_tables: Tables) -> None:
    for text, table in real_tables:
        changed, again = after(text, table, align_table)
        assert align_table(again) == ()
        assert [[cell.source for cell in row.cells] for row in again.rows] == [
            [cell.source for cell in row.cells] for row in table.rows
        ]
        assert changed[again.start + len(again.text) :] == text[table.start + len(table.text) :]


def test_every_table_can_be_sorted_by_every_column(real_tables: Tables) -> None:
    for text, table, column in columns_of(real_tables):
        changed, again = after(text, table, lambda table, column=column: sort_rows(table, column))
        assert sorted(row.source for row in again.rows) == sorted(row.source for row in table.rows)
        assert sorted(changed) == sorted(text)
