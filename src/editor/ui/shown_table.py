"""Which of an article's tables the grid shows: that of papers, or else the first, until the writer goes to another.

Where there is any table one is shown, so that the grid does not come and go with the caret.
"""

from __future__ import annotations

from collections.abc import Iterable

from editor.core.article import Article, ArticleChange
from editor.core.tables import Table
from editor.core.text_edit import TextEdit


class ShownTable:
    """Follows an article from version to version. A table other than that of papers is known by its place.

    Its place is the beginning of its delimiter row, which hardly any edit touches: text can be written above the
    table, and into its headings, and the place moves along.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._chosen: int | None = None
        self._caret_in: int | None = None
        self._caret_to_come: int | None = None
        self._is_chosen = False
        self.table = article.citations_table or article.first_table
        """The table to show; None where there is none."""

    def follow(self, change: ArticleChange, newest: Article) -> bool:
        """Go on to the article after a change; whether another table is to be shown than before.

        `newest` may already be further on: a buffer tells of its changes one by one.
        """
        self._article = change.after
        self._chosen = _moved(self._chosen, change.edits)
        self._caret_in = _moved(self._caret_in, change.edits)
        is_another = self._settle()
        if self._caret_to_come is None or change.after is not newest:
            return is_another
        return self.put_caret(self._caret_to_come, newest) or is_another

    def put_caret(self, offset: int, newest: Article) -> bool:
        """The caret stands at this code point of the newest article; whether it entered another table, to be shown."""
        if newest is not self._article:
            self._caret_to_come = offset
            return False
        self._caret_to_come = None
        table = newest.table_at(offset)
        was_in, self._caret_in = self._caret_in, _place(table) if table else None
        return table is not None and self._caret_in != was_in and self.choose(table)

    def choose(self, table: Table) -> bool:
        """Show this table of the article; whether it is another than before."""
        before = self.table
        self._chosen = _place(table)
        self._settle()
        return before is None or self.table is None or before.start != self.table.start

    def _settle(self) -> bool:
        """Find the table to be shown; whether it is another than before.

        Where the chosen one is no table now, as while its delimiter row is being written, that of papers stands in.
        """
        papers = self._article.citations_table
        if self._chosen is None and papers is None:
            self._chosen = self._caret_in
        found = self._article.table_at(self._chosen) if self._chosen is not None else None
        if found and papers and found.start == papers.start:
            self._chosen = found = None
        if found:
            self._chosen = _place(found)
        was_chosen, self._is_chosen = self._is_chosen, found is not None
        self.table = found or papers or self._article.first_table
        return was_chosen is not self._is_chosen


def _place(table: Table) -> int:
    return table.start + table.delimiter.start


def _moved(place: int | None, edits: Iterable[TextEdit]) -> int | None:
    """Where a place of the text before these edits, which are in order, is after them."""
    if place is None:
        return None
    moved = place
    for edit in edits:
        if edit.start > place or (edit.start == place and edit.end > place):
            break
        moved += edit.growth if edit.end <= place else min(edit.start + len(edit.text), place) - place
    return moved
