"""Finding the rows of a table that hold what is sought."""

from __future__ import annotations

from functools import lru_cache

from editor.core.folding import folded_case, without_marks
from editor.core.tables import Table, split_row


def rows_with(table: Table, sought: str) -> list[int]:
    """The rows (from 0) that hold each word of `sought` in some cell, without regard to case and diacritics."""
    words = _plain(sought).split()
    return [row for row, line in enumerate(table.rows.sources) if all(word in _plain_row(line) for word in words)]


def _plain(text: str) -> str:
    return without_marks(folded_case(text))


@lru_cache(maxsize=16384)
def _plain_row(source: str) -> str:
    """Cells on lines of their own, so that no word is found across two."""
    return "\n".join(_plain(cell.value) for cell in split_row(source))
