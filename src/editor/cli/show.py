"""`stet show`: what an article holds, for a person or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator

from editor.cli.complaint import printable
from editor.cli.editing import add_file, choose_table, usual_table
from editor.core.article import Article
from editor.core.problems import Problem, Severity
from editor.core.tables import Row, Table
from editor.storage.article_file import FileText, read_article


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE [--json] [--table N]`."""
    add_file(parser)
    parser.add_argument("--json", action="store_true", help="answer as JSON, for programs")
    parser.add_argument("--table", metavar="N", type=int, help="the rows of the Nth table")


def run(arguments: argparse.Namespace) -> str:
    """What the file holds. A file that cannot be edited, or not all of it, is shown with the reason as a problem."""
    file = read_article(arguments.file)
    article = Article.from_text(file.text)
    table = usual_table(article) if arguments.table is None else choose_table(article, arguments.table)
    problems = (*_lock(file), *article.problems)
    if arguments.json:
        return json.dumps(_as_json(article, table, problems), ensure_ascii=False, indent=2) + "\n"
    return "\n".join(_as_text(article, table, problems))


def _lock(file: FileText) -> Iterator[Problem]:
    if file.locked:
        yield Problem("file-locked", Severity.ERROR, file.locked, 0, 0, file.locked_line)


def _as_json(article: Article, table: Table | None, problems: Iterable[Problem]) -> dict[str, object]:
    """Lines and positions count from 1."""
    return {
        "fields": [
            {"key": field.key, "value": field.value, "line": field.line} for field in article.front_matter.fields
        ],
        "rows": [
            {
                "position": position,
                "line": line,
                "cells": [{"column": column, "value": value} for column, value in cells],
            }
            for position, line, cells in _rows(table)
        ],
        "outline": [{"level": at.level, "title": at.title, "line": at.line + 1} for at in article.outline],
        "counts": article.counts._asdict(),
        "problems": [
            {"code": found.code, "severity": found.severity, "message": found.message, "line": found.line}
            for found in problems
        ],
    }


def _rows(table: Table | None) -> Iterator[tuple[int, int, list[tuple[str | None, str]]]]:
    """Each row's position and line, both from 1, and its cells by heading; None for a cell beyond the columns."""
    if table is None:
        return
    columns = table.columns
    for position, row in enumerate(table.rows, start=1):
        yield position, table.line + row.line + 1, list(_cells(columns, row))


def _cells(columns: tuple[str, ...], row: Row) -> Iterator[tuple[str | None, str]]:
    for index, cell in enumerate(row.cells):
        yield columns[index] if index < len(columns) else None, cell.value


def _as_text(article: Article, table: Table | None, problems: Iterable[Problem]) -> Iterator[str]:
    """For a person: a title for each part that is not empty, and under it each thing behind its line in the file."""
    fields = ((field.line, f"{field.key}: {_shown(field.value)}") for field in article.front_matter.fields)
    yield from _part("Fields", fields)
    yield from _part("Rows", _row_lines(table))
    yield from _part("Outline", ((at.line + 1, "  " * (at.level - 1) + at.title) for at in article.outline))
    yield from _part("Problems", ((found.line, f"{found.severity}: {found.message}") for found in problems))
    counts = ", ".join(f"{number} {name}" for name, number in article.counts._asdict().items())
    yield f"Counts\n       {counts}\n"


def _part(title: str, lines: Iterable[tuple[int, str]]) -> Iterator[str]:
    shown = [f"{line or '':>5}  {printable(text)}" for line, text in lines]
    if shown:
        yield "\n".join([title, *shown, ""])


def _row_lines(table: Table | None) -> Iterator[tuple[int, str]]:
    for position, line, cells in _rows(table):
        yield line, f"Row {position}"
        for column, value in cells:
            yield 0, f"  {column or '(no column)'}: {value}"


def _shown(value: object) -> str:
    """A scalar as written, a list or map as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
