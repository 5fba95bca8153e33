"""`stet align`: the pipes of a table under each other."""

from __future__ import annotations

import argparse
from functools import partial

from editor.cli.editing import add_file, add_table, choose_table, edit_file
from editor.core.article import Article
from editor.core.table_layout import align_table
from editor.core.text_edit import TextEdit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE [--table N]`."""
    add_file(parser)
    add_table(parser)


def run(arguments: argparse.Namespace) -> str:
    """Align the table."""
    edit_file(arguments.file, [partial(_align, number=arguments.table)])
    return ""


def _align(article: Article, number: int | None) -> tuple[TextEdit, ...]:
    return align_table(choose_table(article, number))
