"""One article edited from the command line: read, every edit made or none, saved once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from editor.cli.complaint import WrongUsage, complain
from editor.core.article import Article
from editor.core.front_matter import FrontMatter, Place, parse_front_matter
from editor.core.tables import Table
from editor.core.text_edit import EditRefused, TextEdit
from editor.storage.article_file import decode, read_article, save_article
from editor.storage.file_bytes import FileTrouble

if TYPE_CHECKING:
    from editor.storage.safekeeping import Safekeeping

Step = Callable[[Article], tuple[TextEdit, ...]]
"""A structured edit, asked of the article as the steps before it left it."""


def add_file(parser: argparse.ArgumentParser) -> None:
    """`FILE`."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the article")


def edit_file(path: Path, steps: Iterable[Step]) -> None:
    """Make all edits in order and save once, keeping the version before; a file left as it is gets no write.

    Raises EditRefused, FileUnreadable, CannotEncode or SaveFailed, each with the file as it was.
    """
    safe = safekeeping()
    file = read_article(path, safe=safe)
    if file.locked:
        raise EditRefused(file.locked, file.locked_line)
    article = Article.from_text(file.text)
    for step in steps:
        if edits := step(article):
            article = article.apply(*edits).after
    text = article.text
    if text != file.text:
        save_article(path, text, file.encoding, file.bom, safe=safe, expected=file.digest)


def safekeeping() -> Safekeeping:
    """Where saves keep earlier versions; one that cannot be kept is told and fails nothing."""
    # Commands that only show, and the window's start, need none of it.
    from editor.storage.safekeeping import Safekeeping  # noqa: PLC0415
    from editor.storage.settings_file import state_folder  # noqa: PLC0415

    return Safekeeping.in_folder(state_folder(), complain)


def written_before(path: Path, place: Place, value: str) -> FrontMatter | None:
    """The front matter of the newest version kept of the file that has exactly this value at this place."""
    seen = set()
    history = safekeeping().history
    for version in history.versions(path):
        try:
            text = decode(history.read(version), path).text
        except FileTrouble:
            continue
        front_matter = parse_front_matter(text)
        if front_matter.text not in seen and front_matter.value_at(place) == value:
            return front_matter
        seen.add(front_matter.text)
    return None


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


def table_option() -> argparse.ArgumentParser:
    """`--table N`, as a parent of the verbs that take it."""
    parser = argparse.ArgumentParser(add_help=False)
    add_table(parser)
    return parser


def add_table(parser: argparse.ArgumentParser) -> None:
    """`--table N`."""
    parser.add_argument("--table", metavar="N", type=int, help="the Nth table instead of the one that lists papers")


def column_named(table: Table, heading: str) -> int:
    """The column, from 0, of that heading. Raises EditRefused."""
    match table.columns.count(heading):
        case 1:
            return table.columns.index(heading)
        case 0:
            known = ", ".join(f"“{column}”" for column in table.columns)
            raise EditRefused(f"The table has no column “{heading}”. Its columns are {known}.", table.line + 1)
        case times:
            message = f"The table has {times} columns “{heading}”. Give each its own heading first."
            raise EditRefused(message, table.line + 1)


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
