"""`stet row`: the rows of a table, by position and by the headings of its columns."""

from __future__ import annotations

import argparse
from functools import partial

from editor.cli import import_references
from editor.cli.editing import Step, add_file, assignment, choose_table, column_named, distinct, edit_file, table_option
from editor.core.article import Article
from editor.core.papers import new_row
from editor.core.table_edits import add_row, remove_row, set_cell
from editor.core.table_order import move_rows
from editor.core.table_sorting import sort_rows
from editor.core.tables import Table
from editor.core.text_edit import EditRefused, TextEdit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE set ROW COLUMN=VALUE... | add COLUMN=VALUE... | remove ROW | import REFS... | ...`."""
    add_file(parser)
    parser.set_defaults(run=_edit)
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    table = table_option()
    row = argparse.ArgumentParser(add_help=False)
    row.add_argument("row", metavar="ROW", type=int, help="its position, from 1; not what its number column says")
    values = argparse.ArgumentParser(add_help=False)
    values.add_argument(
        "values",
        metavar="COLUMN=VALUE",
        nargs="+",
        type=assignment,
        help="a column by its heading, and the new value",
    )

    change = verbs.add_parser("set", parents=[row, values, table], help="change cells of a row")
    change.set_defaults(steps=_steps_to_set)
    add = verbs.add_parser("add", parents=[values, table], help="add a row at the end")
    add.set_defaults(steps=_steps_to_add)
    remove = verbs.add_parser("remove", parents=[row, table], help="remove a row")
    remove.set_defaults(steps=_steps_to_remove)
    move = verbs.add_parser("move", parents=[row, table], help="move a row to another position")
    move.add_argument("to", metavar="TO", type=int, help="the position that it is to have, from 1")
    move.set_defaults(steps=_steps_to_move)
    sort = verbs.add_parser("sort", parents=[table], help="sort the rows by a column, empty cells and - last")
    sort.add_argument("column", metavar="COLUMN", help="its heading")
    sort.add_argument("--descending", action="store_true", help="the greatest first, and Z before A")
    sort.set_defaults(steps=_steps_to_sort)
    added = verbs.add_parser("import", parents=[table], help="add rows for references in other files")
    import_references.add_arguments(added)


def run(arguments: argparse.Namespace) -> str:
    """Make the edits that the verb asks for, and answer as it does."""
    answer: str = arguments.run(arguments)
    return answer


def _edit(arguments: argparse.Namespace) -> str:
    edit_file(arguments.file, arguments.steps(arguments))
    return ""


def _steps_to_set(arguments: argparse.Namespace) -> list[Step]:
    return [
        partial(_set, number=arguments.table, position=arguments.row, column=column, value=value)
        for column, value in distinct(arguments.values).items()
    ]


def _steps_to_add(arguments: argparse.Namespace) -> list[Step]:
    return [partial(_add, number=arguments.table, values=distinct(arguments.values))]


def _steps_to_remove(arguments: argparse.Namespace) -> list[Step]:
    return [partial(_remove, number=arguments.table, position=arguments.row)]


def _steps_to_move(arguments: argparse.Namespace) -> list[Step]:
    return [partial(_move, number=arguments.table, position=arguments.row, to=arguments.to)]


def _steps_to_sort(arguments: argparse.Namespace) -> list[Step]:
    column, descending = arguments.column.strip(), arguments.descending
    return [partial(_sort, number=arguments.table, column=column, descending=descending)]


def _set(article: Article, number: int | None, position: int, column: str, value: str) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    return set_cell(table, _row(table, position), column_named(table, column), value)


def _add(article: Article, number: int | None, values: dict[str, str]) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    cells = list(new_row(table))
    for column, value in values.items():
        cells[column_named(table, column)] = value
    return add_row(table, cells)


def _remove(article: Article, number: int | None, position: int) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    return remove_row(table, _row(table, position))


def _move(article: Article, number: int | None, position: int, to: int) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    return move_rows(table, [_row(table, position)], _row(table, to))


def _sort(article: Article, number: int | None, column: str, *, descending: bool) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    return sort_rows(table, column_named(table, column), descending=descending)


def _row(table: Table, position: int) -> int:
    """The row, from 0, at a position from 1. Raises EditRefused."""
    if 1 <= position <= len(table.rows):
        return position - 1
    count = "1 row" if len(table.rows) == 1 else f"{len(table.rows)} rows"
    raise EditRefused(f"The table has {count}: there is no row {position}.", table.line + 1)
