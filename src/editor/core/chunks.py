"""Cutting a text into top-level chunks, where a cut provably cannot change how either side renders.

A chunk is one or more blocks of lines with the blank lines after them. Two neighbouring blocks stay together whenever
the dialect could read them as one construct: a list and its next item, a quote and the next quote, anything indented, a
definition and its term, all within a fence or an open HTML block. Staying together is always safe; it only costs speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from editor.core.lines import count_endings, split_lines, widget_units

_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_DEFINITION = re.compile(r" {0,3}[:~][ \t]")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SHARED = re.compile(r" {0,3}\*?\[[^\]]+\]:")
_HTML_OPEN = re.compile(r" {0,3}<(?:(!--)|(\?)|(!)|/?([a-zA-Z][a-zA-Z0-9-]*))")

# Python-Markdown treats these as block level (markdown.core.Markdown.block_level_elements, 3.11).
_BLOCK_TAGS = frozenset(
    "address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption figure"
    " footer form frame frameset group h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link listing main"
    " map math menu meta nav noscript object ol optgroup option output p param plaintext pre progress samp script"
    " search section select source style summary tbody td template tfoot th thead title tr track ul video xmp".split()
)
_VOID_TAGS = frozenset("frame hr link meta param source track".split())


class ChunkKind(Enum):
    """What a chunk's first line makes of it."""

    FRONT_MATTER = auto()
    HEADING = auto()
    PARAGRAPH = auto()
    LIST = auto()
    QUOTE = auto()
    CODE = auto()
    HTML = auto()
    RULE = auto()
    DEFINITIONS = auto()
    BLANK = auto()


@dataclass(frozen=True)
class Chunk:
    """A run of whole lines of the article, line endings included.

    Compared by identity where it matters: a chunk that an edit did not touch is the same object before and after.
    """

    kind: ChunkKind
    text: str

    @cached_property
    def units(self) -> int:
        """UTF-16 units as a text widget counts them: every line ending is one."""
        return widget_units(self.text)

    @cached_property
    def lines(self) -> int:
        """How many line endings there are in it."""
        return count_endings(self.text)


class LineSource:
    """Lines read one after the other from an edited text and, as far as needed, from the chunks that follow it.

    `scanned` counts the lines that were looked at: what a keystroke costs.
    """

    def __init__(self, text: str, following: Iterable[Chunk] = ()) -> None:
        self._lines = split_lines(text)
        self._following = iter(following)
        self._chunk_starts = {len(self._lines): 0}
        self._taken = 0
        self.scanned = 0

    def get(self, index: int) -> str | None:
        """The line at `index` from 0, or None beyond the end."""
        while index >= len(self._lines):
            chunk = next(self._following, None)
            if chunk is None:
                return None
            self._lines += split_lines(chunk.text)
            self._taken += 1
            self._chunk_starts[len(self._lines)] = self._taken
        self.scanned = max(self.scanned, index + 1)
        return self._lines[index]

    def text(self, start: int, end: int) -> str:
        """The lines from `start` up to `end` as one text."""
        return "".join(self._lines[start:end])

    def following_taken(self, index: int) -> int | None:
        """How many of the following chunks lie wholly before the line `index`; None where it is inside one."""
        return self._chunk_starts.get(index)


def cut(source: LineSource) -> Iterator[tuple[Chunk, int]]:
    """The chunks of a text that holds no front matter, each with the index of the line after it.

    A cut depends on nothing before its chunk and on no more than two blocks after it, so cutting may start at any
    chunk and stop at the first end that was one before.
    """
    start = 0
    while source.get(start) is not None:
        end, kind = _chunk_end(source, start)
        yield Chunk(kind, source.text(start, end)), end
        start = end


def _chunk_end(source: LineSource, start: int) -> tuple[int, ChunkKind]:
    index = _skip_blank(source, start)
    line = source.get(index)
    if line is None:
        return index, ChunkKind.BLANK
    kind = _kind_of(line)
    open_to = ""
    while True:
        index, markers = _block_end(source, index)
        open_to += markers
        index = _skip_blank(source, index)
        upcoming = source.get(index)
        if upcoming is None or not _belongs_together(source, index, upcoming, open_to):
            return index, kind


def _block_end(source: LineSource, index: int) -> tuple[int, str]:
    """The line after a run of lines that are not blank, or that a fence or open HTML holds.

    With it what a later block could go on with: `-` for a list in the run, `>` a quote, `:` a definition.
    """
    markers = ""
    while (line := source.get(index)) is not None and not _is_blank(line):
        stripped = line.rstrip("\r\n")
        first = stripped.lstrip(" \t")[0]
        if first in "`~" and (fence := _FENCE.match(stripped)):
            index = _fence_end(source, index + 1, fence.group(1))
            continue
        if first == "<" and (html := _HTML_OPEN.match(stripped)):
            index = _html_end(source, index, html)
            continue
        if first == ">":
            markers += ">"
        elif first in ":~" and _DEFINITION.match(stripped):
            markers += ":"
        elif first in "-*+0123456789" and _LIST_ITEM.match(stripped):
            markers += "-"
        index += 1
    return index, markers


def _fence_end(source: LineSource, index: int, opener: str) -> int:
    """The line after the closing fence: CommonMark 0.31, section 4.5. Without one, the end of the text."""
    close = re.compile(r" {0,3}" + re.escape(opener[0]) + "{" + str(len(opener)) + r",}[ \t]*$")
    while (line := source.get(index)) is not None:
        index += 1
        if close.match(line.rstrip("\r\n")):
            break
    return index


def _html_end(source: LineSource, index: int, opening: re.Match[str]) -> int:
    """The line after the one that closes the HTML block opened at `index`; without one, the end of the text."""
    comment, instruction, declaration, tag = opening.groups()
    if comment or instruction or declaration:
        closer = "-->" if comment else "?>" if instruction else ">"
        return _line_after(source, index, closer, opening.end())
    name = tag.lower()
    if name not in _BLOCK_TAGS or name in _VOID_TAGS or opening.group().lstrip(" ").startswith("</"):
        return index + 1
    tags = re.compile(rf"<(/?){name}(?![a-zA-Z0-9-])", re.IGNORECASE)
    depth = 0
    while (line := source.get(index)) is not None:
        index += 1
        for match in tags.finditer(line):
            depth += -1 if match.group(1) else 1
            if depth == 0:
                return index
    return index


def _line_after(source: LineSource, index: int, closer: str, column: int) -> int:
    while (line := source.get(index)) is not None:
        index += 1
        if closer in line[column:]:
            break
        column = 0
    return index


def _is_blank(line: str) -> bool:
    """Spaces and tabs alone: CommonMark 0.31, section 2.1. A no-break space is text."""
    return not line.strip(" \t\r\n")


def _skip_blank(source: LineSource, index: int) -> int:
    while (line := source.get(index)) is not None and _is_blank(line):
        index += 1
    return index


def _belongs_together(source: LineSource, index: int, line: str, open_to: str) -> bool:
    """Whether the block that begins with `line`, after blank lines, may be read as part of what came before."""
    if line[0] in " \t" or _DEFINITION.match(line):
        return True
    if "-" in open_to and _LIST_ITEM.match(line):
        return True
    if ">" in open_to and line[0] == ">":
        return True
    return ":" in open_to and _leads_to_definition(source, index)


def _leads_to_definition(source: LineSource, index: int) -> bool:
    """Whether the block is a term: a definition stands in it or opens the block after it."""
    while (line := source.get(index)) is not None and not _is_blank(line):
        if _DEFINITION.match(line):
            return True
        index += 1
    line = source.get(_skip_blank(source, index))
    return line is not None and _DEFINITION.match(line) is not None


def _kind_of(line: str) -> ChunkKind:
    stripped = line.rstrip("\r\n")
    if stripped.startswith(("    ", "\t")) or _FENCE.match(stripped):
        return ChunkKind.CODE
    first = stripped.lstrip(" \t")[0]
    if first == "#":
        return ChunkKind.HEADING if _HEADING.match(stripped) else ChunkKind.PARAGRAPH
    if first == ">":
        return ChunkKind.QUOTE
    if first == "<":
        return ChunkKind.HTML if _HTML_OPEN.match(stripped) else ChunkKind.PARAGRAPH
    if first in "-*_+0123456789[":
        for pattern, kind in _BY_PATTERN:
            if pattern.match(stripped):
                return kind
    return ChunkKind.PARAGRAPH


_BY_PATTERN = (
    (_RULE, ChunkKind.RULE),
    (_LIST_ITEM, ChunkKind.LIST),
    (_SHARED, ChunkKind.DEFINITIONS),
)
