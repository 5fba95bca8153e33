"""Tables inside quotes, list items and footnotes, which the page shows and the grid does not open.

A line there begins with marks that are not the table's, and each edit of a table would have to mind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from editor.core.article import Article
from editor.core.blocks import LIST_ITEM, indent_of
from editor.core.chunks import Chunk, ChunkKind, cut
from editor.core.line_source import LineSource
from editor.core.lines import line_ending, split_lines
from editor.core.tables import find_tables

_QUOTE = re.compile(r" {0,3}> ?")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]++\]:[ \t]*")
_KINDS = (ChunkKind.QUOTE, ChunkKind.LIST, ChunkKind.PARAGRAPH, ChunkKind.DEFINITIONS)
# Of a longer chunk nothing is said: it would have to be read anew at each key.
_LONGEST = 65536
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class InnerTable:
    """A table by the article's lines from `line`, which is its heading row, up to `end`, both from 0.

    `inside` names what it stands in, as in "inside a quote".
    """

    line: int
    end: int
    columns: tuple[str, ...]
    inside: str


def inner_tables(article: Article) -> Iterator[InnerTable]:
    """All of an article in order. Reads all of it."""
    line = 0
    for chunk in article.chunks:
        yield from _in_chunk(chunk, line)
        line += chunk.lines


def inner_table_at(article: Article, line: int) -> InnerTable | None:
    """The one that holds a line, from 0."""
    # A row without a pipe would be one only where a table has one column.
    if "|" not in article.slice(article.line_start(line), article.line_start(line + 1)):
        return None
    place = article.chunks.at_line(line)
    found = _in_chunk(article.chunks[place.index], place.before.lines)
    return next((table for table in found if table.line <= line < table.end), None)


def _in_chunk(chunk: Chunk, line: int, depth: int = 0) -> Iterator[InnerTable]:
    """Those of a chunk that begins at a line."""
    if depth < _DEEPEST and chunk.kind in _KINDS and len(chunk.text) <= _LONGEST and "|" in chunk.text:
        for table in _inside(chunk.text, depth):
            yield replace(table, line=line + table.line, end=line + table.end)


@lru_cache(maxsize=256)
def _inside(text: str, depth: int) -> tuple[InnerTable, ...]:
    """Those of a chunk's text, by its own lines."""
    inside, inner = _one_level_in(text)
    if not inside:
        return ()
    found = [InnerTable(each.line, each.line + len(each.lines), each.columns, inside) for each in find_tables(inner)]
    line = 0
    for chunk, _ in cut(LineSource(inner)):
        found += _in_chunk(chunk, line, depth + 1)
        line += chunk.lines
    return tuple(found)


def _one_level_in(text: str) -> tuple[str, str]:
    """What is opened first, "" for nothing, and what is inside, line by line, without the marks of that."""
    inside, width, lines = "", 0, []
    for line in split_lines(text):
        content = line.lstrip(" \t")
        if width and (indent_of(line) >= width or not content.strip()):
            lines.append(" " * max(indent_of(line) - width, 0) + content)
        elif quote := _QUOTE.match(line):
            inside, width = inside or "a quote", 0
            lines.append(line[quote.end() :])
        elif item := LIST_ITEM.match(line):
            padding = indent_of(line[item.end() :].rstrip("\r\n"))
            inside, width = inside or "a list", item.end() + (padding if 1 <= padding <= 4 else 1)
            lines.append(line[item.end() :].lstrip(" \t"))
        elif note := _NOTE.match(line):
            inside, width = inside or "a footnote", 4
            lines.append(line[note.end() :])
        else:
            width = 0
            lines.append(line_ending(line))
    return inside, "".join(lines)
