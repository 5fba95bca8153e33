"""The texts in which a chunk is rendered: a long table in pieces, so that a key in one of its rows renders a few."""

from __future__ import annotations

import re
from functools import lru_cache

from editor.core.chunks import Chunk

# Other HTML could reach beyond its row; of these, what is left open ends with its cell (HTML standard, section 13.2.6).
_REACHING_TAG = re.compile(
    r"<(?!(?:/?(?:b|code|del|em|i|ins|kbd|mark|s|small|strong|sub|sup|u)|br[ ]?/?)>|https?://|mailto:)[A-Za-z/!?]",
    re.IGNORECASE,
)


def pieces_of(chunk: Chunk) -> tuple[str, ...]:
    """What is rendered one by one and put together: the first piece, and the rows of each of the others' tables.

    A long table comes as its blocks of rows, each under the table's heading; any other chunk as it is.
    """
    return _pieces_of(chunk) if chunk.marks else (chunk.text,)


@lru_cache(maxsize=16)
def _pieces_of(chunk: Chunk) -> tuple[str, ...]:
    from editor.core.chunk_facts import facts_of  # noqa: PLC0415 - no chunk is as long as that before a window is seen

    tables = facts_of(chunk).tables
    if len(tables) != 1 or tables[0].start or chunk.text[len(tables[0].text) :].strip():
        return (chunk.text,)
    (table,) = tables
    head = table.text[: table.rows[0].start] if table.rows else table.text
    first, *others = table.parts
    pieces = [_under("", first), *(_under(head, part) for part in others)]
    whole = tuple(piece for piece in pieces if piece)
    return whole if len(first) > len(head) and len(whole) == len(pieces) else (chunk.text,)


@lru_cache(maxsize=1024)
def _under(head: str, rows: str) -> str:
    """Rows under their table's heading; "" where they hold what could reach beyond a row."""
    return "" if _REACHING_TAG.search(rows) else head + rows
