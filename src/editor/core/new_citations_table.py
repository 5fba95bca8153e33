"""A citations table for an article that has none."""

from __future__ import annotations

from editor.core.article import Article
from editor.core.papers import COLUMNS, new_row
from editor.core.table_edits import add_row, new_table
from editor.core.tables import find_tables
from editor.core.text_edit import EditRefused, TextEdit, apply_edits


def new_citations_table(article: Article) -> tuple[TextEdit, ...]:
    """Add a citations table with one row, ready to be filled in, at the end of the article.

    Raises EditRefused where it has one, or where what is added at its end is not read as a table.
    """
    if article.citations_table:
        raise EditRefused("The article has a citations table.", article.citations_table.line + 1)
    text = new_table(COLUMNS, article.newline)
    (table,) = find_tables(text)
    text = apply_edits(text, add_row(table, new_row(table)))
    edit = TextEdit(article.length, article.length, _gap(article) + text)
    if not article.apply(edit).after.citations_table:
        message = "A table at the end of this article would not be one: something there, such as a code block, is open."
        raise EditRefused(message, article.line_at(article.length) + 1)
    return (edit,)


def _gap(article: Article) -> str:
    """What is missing to a blank line at the article's end."""
    end = article.slice(max(article.length - 4, 0), article.length).replace("\r\n", "\n").replace("\r", "\n")
    if not end or end.endswith("\n\n"):
        return ""
    return article.newline if end.endswith("\n") else article.newline * 2
