"""Cutting a text into top-level chunks, where a cut provably cannot change how either side renders.

A chunk is one or more blocks of lines with the blank lines after them. Two neighbouring blocks stay together whenever
the dialect could read them as one construct: a list and its next item, a quote and the next quote, anything indented, a
definition and its term, all within a fence or an open HTML block. Staying together is always safe; it only costs speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cached_property
from itertools import chain, pairwise
from typing import Final

from editor.core.block_reader import BlockReader, HtmlAhead, HtmlBlock, is_blank
from editor.core.blocks import BREAK, FENCE, HEADING, LIST_ITEM
from editor.core.html_reach import REACH, closing_block, leaves_open
from editor.core.line_source import BEGINNING, CutState, LineSource, Mark
from editor.core.lines import count_endings, has_crlf, widget_units
from editor.core.patterns import when_used

_DEFINITION = re.compile(r" {0,3}[:~][ \t]")
_SHARED = when_used(r" {0,3}\*?\[[^\]]+\]:")
_HTML_OPEN = when_used(r" {0,3}<(?:[!?]|/?[a-zA-Z])")
# A long chunk has a mark about every so many lines, and never two within so many code points.
_LINES_A_MARK = 128
_LEAST_A_MARK = 1024
_HASHED = 64


class ChunkKind(Enum):
    """What a chunk's first line makes of it."""

    # An Enum's own is written in Python, and facts are looked up by it.
    __hash__ = object.__hash__

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


class Chunk:
    """A run of whole lines of the article, line endings included.

    Compared by identity where it matters: a chunk that an edit did not touch is the same object before and after.
    """

    def __init__(self, kind: ChunkKind, text: str, marks: tuple[Mark, ...] = (), *, leaves_open: bool = False) -> None:
        self.kind: Final = kind
        self.text: Final = text
        self.marks: Final = marks
        """Lines within a long chunk from which an edit further on can be read, and what is known of it can be kept."""
        self.leaves_open: Final = leaves_open
        """It opens HTML that nothing within `REACH` lines closes."""

    def __repr__(self) -> str:
        return f"Chunk({self.kind}, {self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Chunk) and self.kind is other.kind and self.text == other.text

    def __hash__(self) -> int:
        # That of a megabyte takes as long as a key may.
        return hash((len(self.text), self.text[:_HASHED]))

    @cached_property
    def parts(self) -> tuple[tuple[CutState, str], ...]:
        """Its text from each mark to the next, with the state at the beginning; all of it where it has no marks."""
        marks = (Mark(0, BEGINNING), *self.marks, Mark(len(self.text), BEGINNING))
        return tuple((mark.state, self.text[mark.at : after.at]) for mark, after in pairwise(marks))

    @cached_property
    def units(self) -> int:
        """UTF-16 units as a text widget counts them: every line ending is one."""
        return widget_units(self.text)

    @cached_property
    def has_plain_units(self) -> bool:
        """Whether every code point is one unit."""
        return self.units == len(self.text) and not has_crlf(self.text)

    @cached_property
    def lines(self) -> int:
        """How many line endings there are in it."""
        return count_endings(self.text)


def cut(source: LineSource) -> Iterator[tuple[Chunk, int]]:
    """The chunks of a text that holds no front matter, each with the index of the line after it.

    A cut depends on nothing before its chunk and on no more than two blocks after it, or `REACH` lines where the chunk
    leaves HTML open. So cutting may start at any chunk and stop at the first end that was one before.
    """
    start = 0
    ahead = HtmlAhead(source.get)
    while source.get(start) is not None:
        reading = _Reading(source, start, ahead)
        end, kind = reading.to_chunk_end()
        yield Chunk(kind, source.text(start, end), tuple(reading.marks), leaves_open=reading.leaves_open), end
        start = end


class _Reading:
    """The reading of one chunk's lines, up to its end.

    `marks` are those it has found or kept; `leaves_open` tells that it opens HTML that nothing within reach closes.
    """

    def __init__(self, source: LineSource, start: int, ahead: HtmlAhead) -> None:
        self._source = source
        self._ahead = ahead
        self._index = start
        self._offset = source.offset(start)
        self._next_mark = start + _LINES_A_MARK
        self._blocks = BlockReader()
        self._html_seen = self._html_until = 0
        self.marks: list[Mark] = []
        self.leaves_open = False

    def to_chunk_end(self) -> tuple[int, ChunkKind]:
        """The line after the chunk, and its kind."""
        self._skip_blank()
        line = self._source.get(self._index)
        if line is None:
            return self._index, ChunkKind.BLANK
        kind = _kind_of(line)
        while True:
            self._read_run()
            self._follow_html()
            self._skip_blank()
            upcoming = self._source.get(self._index)
            if upcoming is None or not (self._index < self._html_until or self._goes_on_with(upcoming)):
                return self._index, kind

    def _read_run(self) -> None:
        """Go past a run of lines that are not blank, or that a fence or open HTML holds."""
        blocks, source = self._blocks, self._source
        while True:
            self._pause()
            if blocks.holds_blank_lines and source.pass_over_without(self._index, blocks.waits_for):
                self._index += 1
                continue
            line = source.get(self._index)
            if line is None or (is_blank(line) and not blocks.holds_blank_lines):
                blocks.end_run()
                return
            blocks.read(self._index, line)
            self._index += 1

    def _pause(self) -> None:
        """Before a line: pass over what is known, or leave a mark where there was none for a while.

        What a definition list goes on with, and what closes HTML, depends on lines further on: there, nothing is known.
        """
        is_mark = self._source.is_mark(self._index)
        if (not is_mark and self._index < self._next_mark) or self._index < self._html_until:
            return
        state = self._blocks.state
        if is_mark and not self._depends_on_more() and (passed := self._source.pass_over(self._index, state)):
            self._ahead.forget()
            begin = self._source.offset(self._index) - self._offset
            self._mark(begin, state)
            for mark in passed:
                self._mark(begin + mark.at, mark.state)
            self._index += 1
        elif self._index >= self._next_mark:
            self._mark(self._source.offset(self._index) - self._offset, state)
        else:
            return
        self._next_mark = self._index + _LINES_A_MARK

    def _depends_on_more(self) -> bool:
        html = self._blocks.html
        return (
            ":" in self._blocks.open_to
            or self._blocks.reads_html
            or (bool(html) and self._index <= html[-1].line + REACH)
        )

    def _mark(self, at: int, state: CutState) -> None:
        if at - (self.marks[-1].at if self.marks else 0) > _LEAST_A_MARK:
            self.marks.append(Mark(at, state))

    def _follow_html(self) -> None:
        """Find out how far the HTML reaches that the last run has opened."""
        html = self._blocks.html
        for number in range(self._html_seen, len(html)):
            if html[number].line >= self._html_until and leaves_open(html[number].text):
                taken: list[HtmlBlock] = []
                if closing_block(self._html_from(number, taken)) is None:
                    self.leaves_open = True
                else:
                    self._html_until = taken[-1].line + 1
        self._html_seen = len(html)

    def _html_from(self, number: int, taken: list[HtmlBlock]) -> Iterator[HtmlBlock]:
        """The blocks of HTML from the one of this number on, those within its reach included; noted in `taken`."""
        html = self._blocks.html
        to_come = self._ahead.blocks(self._index, html[number].line + REACH, self._blocks.state)
        for block in chain(html[number:], to_come):
            taken.append(block)
            yield block

    def _skip_blank(self) -> None:
        self._index = _past_blank(self._source, self._index)

    def _goes_on_with(self, line: str) -> bool:
        """Whether the block that begins with `line`, after blank lines, may be read as part of what came before."""
        open_to = self._blocks.open_to
        if line[0] in " \t" or not line.strip() or _DEFINITION.match(line):
            return True
        if "-" in open_to and LIST_ITEM.match(line.rstrip("\r\n")):
            return True
        if ">" in open_to and line[0] == ">":
            return True
        return ":" in open_to and _leads_to_definition(self._source, self._index)


def _past_blank(source: LineSource, index: int) -> int:
    while (line := source.get(index)) is not None and is_blank(line):
        index += 1
    return index


def _leads_to_definition(source: LineSource, index: int) -> bool:
    """Whether the block is a term: a definition stands in it or opens the block after it."""
    while (line := source.get(index)) is not None and not is_blank(line):
        if _DEFINITION.match(line):
            return True
        index += 1
    line = source.get(_past_blank(source, index))
    return line is not None and _DEFINITION.match(line) is not None


def _kind_of(line: str) -> ChunkKind:
    stripped = line.rstrip("\r\n")
    if stripped.startswith(("    ", "\t")) or FENCE.match(stripped):
        return ChunkKind.CODE
    first = stripped.lstrip(" \t")[0]
    if first == "#":
        return ChunkKind.HEADING if HEADING.match(stripped) else ChunkKind.PARAGRAPH
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
    (BREAK, ChunkKind.RULE),
    (LIST_ITEM, ChunkKind.LIST),
    (_SHARED, ChunkKind.DEFINITIONS),
)
