"""A citations table for an article that has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from editor.core.article import Article
from editor.core.papers import COLUMNS, new_rows
from editor.core.table_edits import add_rows, new_table
from editor.core.tables import Table, find_tables
from editor.core.text_edit import EditRefused, TextEdit, apply_edits


def new_citations_table(article: Article) -> tuple[TextEdit, ...]:
    """Add a citations table with one row, ready to be filled in. Raises EditRefused as `new_table_of` does."""
    return new_table_of(article, lambda table: new_rows(table, 1))


def new_table_of(article: Article, rows: Callable[[Table], Sequence[Sequence[str]]]) -> tuple[TextEdit, ...]:
    """Add a citations table at the end of an article without one, with the rows that `rows` makes for it, empty yet.

    Raises EditRefused where there is one, where the article's end is inside something else, or for rows that would
    not read back.
    """
    if article.citations_table:
        raise EditRefused("The article has a citations table.", article.citations_table.line + 1)
    text = new_table(COLUMNS, article.newline)
    (table,) = find_tables(text)
    text = apply_edits(text, add_rows(table, rows(table)))
    edit = TextEdit(article.length, article.length, _gap(article) + text)
    made = article.apply(edit).after.citations_table
    if made is None or made.text != text:
        message = "A table cannot be put at the end of the article: something there is not closed, code or HTML."
        raise EditRefused(message, article.line_at(article.length) + 1)
    return (edit,)


def _gap(article: Article) -> str:
    """What is missing to a blank line at the article's end."""
    end = article.slice(max(article.length - 4, 0), article.length).replace("\r\n", "\n").replace("\r", "\n")
    if not end or end.endswith("\n\n"):
        return ""
    return article.newline if end.endswith("\n") else article.newline * 2
