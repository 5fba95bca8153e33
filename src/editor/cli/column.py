"""`stet column`: the columns of a table, by their headings."""

from __future__ import annotations

import argparse
from functools import partial

from editor.cli.editing import Step, add_file, choose_table, column_named, edit_file, table_option
from editor.core.article import Article
from editor.core.table_columns import add_column, move_column, remove_column, rename_column, set_alignment
from editor.core.tables import Alignment, Table
from editor.core.text_edit import EditRefused, TextEdit

_ALIGNMENTS = [alignment.value for alignment in Alignment]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE add HEADING [--at N] | remove HEADING | rename HEADING NEW | move HEADING TO | align HEADING HOW`."""
    add_file(parser)
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    heading = argparse.ArgumentParser(add_help=False)
    heading.add_argument("heading", metavar="HEADING", type=str.strip, help="the column's heading")
    parents = [heading, table_option()]

    add = verbs.add_parser("add", parents=parents, help="add a column of empty cells")
    add.add_argument("--at", metavar="N", type=int, help="the position that it is to have, from 1; without it the last")
    add.set_defaults(step=_step_to_add)
    remove = verbs.add_parser("remove", parents=parents, help="remove a column with all its cells")
    remove.set_defaults(step=_step_to_remove)
    rename = verbs.add_parser("rename", parents=parents, help="give a column another heading")
    rename.add_argument("new", metavar="NEW", type=str.strip, help="the new heading")
    rename.set_defaults(step=_step_to_rename)
    move = verbs.add_parser("move", parents=parents, help="move a column to another position")
    move.add_argument("to", metavar="TO", type=int, help="the position that it is to have, from 1")
    move.set_defaults(step=_step_to_move)
    align = verbs.add_parser("align", parents=parents, help="align what a column shows")
    align.add_argument("alignment", metavar="HOW", choices=_ALIGNMENTS, help=", ".join(_ALIGNMENTS))
    align.set_defaults(step=_step_to_align)


def run(arguments: argparse.Namespace) -> str:
    """Make the edit that the verb asks for."""
    edit_file(arguments.file, [arguments.step(arguments)])
    return ""


def _step_to_add(arguments: argparse.Namespace) -> Step:
    return partial(_add, number=arguments.table, heading=arguments.heading, position=arguments.at)


def _step_to_remove(arguments: argparse.Namespace) -> Step:
    return partial(_remove, number=arguments.table, heading=arguments.heading)


def _step_to_rename(arguments: argparse.Namespace) -> Step:
    return partial(_rename, number=arguments.table, heading=arguments.heading, new=arguments.new)


def _step_to_move(arguments: argparse.Namespace) -> Step:
    return partial(_move, number=arguments.table, heading=arguments.heading, to=arguments.to)


def _step_to_align(arguments: argparse.Namespace) -> Step:
    return partial(_align, number=arguments.table, heading=arguments.heading, alignment=Alignment(arguments.alignment))


def _add(article: Article, number: int | None, heading: str, position: int | None) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    at = None if position is None else _place(table, position, len(table.columns) + 1)
    return add_column(table, heading, at)


def _remove(article: Article, number: int | None, heading: str) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    return remove_column(table, column_named(table, heading))


def _rename(article: Article, number: int | None, heading: str, new: str) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    return rename_column(table, column_named(table, heading), new)


def _move(article: Article, number: int | None, heading: str, to: int) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    return move_column(table, column_named(table, heading), _place(table, to, len(table.columns)))


def _align(article: Article, number: int | None, heading: str, alignment: Alignment) -> tuple[TextEdit, ...]:
    table = choose_table(article, number)
    return set_alignment(table, column_named(table, heading), alignment)


def _place(table: Table, position: int, last: int) -> int:
    """The place, from 0, at a position from 1. Raises EditRefused."""
    if 1 <= position <= last:
        return position - 1
    count = "1 column" if len(table.columns) == 1 else f"{len(table.columns)} columns"
    raise EditRefused(f"The table has {count}: there is no place {position}.", table.line + 1)
