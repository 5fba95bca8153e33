"""One article edited from the command line: read, every edit made or none, saved once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from editor.cli.complaint import WrongUsage
from editor.core.article import Article
from editor.core.tables import Table
from editor.core.text_edit import EditRefused, TextEdit
from editor.storage.article_file import read_article, save_article

Step = Callable[[Article], tuple[TextEdit, ...]]
"""A structured edit, asked of the article as the steps before it left it."""


def add_file(parser: argparse.ArgumentParser) -> None:
    """`FILE`."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the article")


def edit_file(path: Path, steps: Iterable[Step]) -> None:
    """Make all edits in order and save once; a file that they leave as it is gets no write.

    Raises EditRefused, FileUnreadable, CannotEncode or SaveFailed, each with the file as it was.
    """
    file = read_article(path)
    if file.locked:
        raise EditRefused(file.locked, file.locked_line)
    article = Article.from_text(file.text)
    for step in steps:
        if edits := step(article):
            article = article.apply(*edits).after
    text = article.text
    if text != file.text:
        save_article(path, text, file.encoding, file.bom)


def usual_table(article: Article) -> Table | None:
    """The table that rows are of unless another is asked for: the one that lists papers, or else the only one."""
    return article.citations_table or (article.tables[0] if len(article.tables) == 1 else None)


def choose_table(article: Article, number: int | None) -> Table:
    """The table that `--table` names, from 1; without it the usual one. Raises EditRefused where that is none."""
    tables = article.tables
    if number is not None:
        if 1 <= number <= len(tables):
            return tables[number - 1]
        count = "1 table" if len(tables) == 1 else f"{len(tables)} tables"
        raise EditRefused(f"The article has {count}: there is no table {number}.")
    if table := usual_table(article):
        return table
    if not tables:
        raise EditRefused("The article has no table.")
    choices = ", ".join(f"{at} (line {table.line + 1})" for at, table in enumerate(tables, start=1))
    raise EditRefused(f"None of the tables lists papers. Choose one with --table: {choices}.", tables[0].line + 1)


def assignment(word: str) -> tuple[str, str]:
    """What `NAME=VALUE` sets to what. The first `=` parts them, so a value may hold more of them."""
    name, equals, value = word.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"“{word}” is not of the form NAME=VALUE")
    return name.strip(), value


def distinct(assignments: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What is set to what. Raises WrongUsage for a name given twice: no order tells which value is meant."""
    collected: dict[str, str] = {}
    for name, value in assignments:
        if name in collected:
            raise WrongUsage(f"“{name}” is given twice")
        collected[name] = value
    return collected
