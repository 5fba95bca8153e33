"""Cutting a text into top-level chunks, where a cut provably cannot change how either side renders.

A chunk is one or more blocks of lines with the blank lines after them. Two neighbouring blocks stay together whenever
the dialect could read them as one construct: a list and its next item, a quote and the next quote, anything indented, a
definition and its term, all within a fence or an open HTML block. Staying together is always safe; it only costs speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from itertools import pairwise

from editor.core.line_source import CutState, LineSource, Mark
from editor.core.lines import count_endings, widget_units

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
# A long chunk has a mark about every so many lines, and never two within so many code points.
_LINES_A_MARK = 128
_LEAST_A_MARK = 1024
BEGINNING = CutState(("", 0), frozenset())
"""The state of the cutting at a chunk's first line."""


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
    marks: tuple[Mark, ...] = field(default=(), compare=False, repr=False)
    """Lines within a long chunk from which an edit further on can be read, and what is known of it can be kept."""

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
    def lines(self) -> int:
        """How many line endings there are in it."""
        return count_endings(self.text)


def cut(source: LineSource) -> Iterator[tuple[Chunk, int]]:
    """The chunks of a text that holds no front matter, each with the index of the line after it.

    A cut depends on nothing before its chunk and on no more than two blocks after it, so cutting may start at any
    chunk and stop at the first end that was one before.
    """
    start = 0
    while source.get(start) is not None:
        reading = _Reading(source, start)
        end, kind = reading.to_chunk_end()
        yield Chunk(kind, source.text(start, end), tuple(reading.marks)), end
        start = end


class _Reading:
    """The reading of one chunk's lines, up to its end; `marks` are those it has found or kept."""

    def __init__(self, source: LineSource, start: int) -> None:
        self._source = source
        self._index = start
        self._offset = source.offset(start)
        self._next_mark = start + _LINES_A_MARK
        self._open_to: frozenset[str] = frozenset()
        self.marks: list[Mark] = []

    def to_chunk_end(self) -> tuple[int, ChunkKind]:
        """The line after the chunk, and its kind."""
        self._skip_blank()
        line = self._source.get(self._index)
        if line is None:
            return self._index, ChunkKind.BLANK
        kind = _kind_of(line)
        while True:
            self._read_block()
            self._skip_blank()
            upcoming = self._source.get(self._index)
            if upcoming is None or not self._goes_on_with(upcoming):
                return self._index, kind

    def _pause(self, closer: str = "", depth: int = 0) -> None:
        """Before a line: pass over what is known, or leave a mark where there was none for a while.

        What a definition list goes on with depends on lines further on, so nothing is known of one.
        """
        if self._index < self._next_mark and not self._source.is_boundary(self._index):
            return
        state = CutState((closer, depth), self._open_to)
        if ":" not in self._open_to and (passed := self._source.pass_over(self._index, state)):
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

    def _mark(self, at: int, state: CutState) -> None:
        if at - (self.marks[-1].at if self.marks else 0) > _LEAST_A_MARK:
            self.marks.append(Mark(at, state))

    def _read_block(self) -> None:
        """Go past a run of lines that are not blank, or that a fence or open HTML holds."""
        while True:
            self._pause()
            line = self._source.get(self._index)
            if line is None or _is_blank(line):
                return
            stripped = line.rstrip("\r\n")
            first = stripped.lstrip(" \t")[0]
            self._index += 1
            if first in "`~" and (fence := _FENCE.match(stripped)):
                self._read_fence(fence.group(1))
            elif first == "<" and (html := _HTML_OPEN.match(stripped)):
                self._read_html(line, html)
            elif first == ">":
                self._open_to |= {">"}
            elif first in ":~" and _DEFINITION.match(stripped):
                self._open_to |= {":"}
            elif first in "-*+0123456789" and _LIST_ITEM.match(stripped):
                self._open_to |= {"-"}

    def _read_fence(self, opener: str) -> None:
        """Go past the closing fence: CommonMark 0.31, section 4.5. Without one, to the end of the text."""
        close = re.compile(r" {0,3}" + re.escape(opener[0]) + "{" + str(len(opener)) + r",}[ \t]*$")
        while True:
            self._pause(opener)
            is_passed = self._source.pass_over_without(self._index, opener)
            line = self._source.get(self._index)
            if line is None:
                return
            self._index += 1
            if not is_passed and close.match(line.rstrip("\r\n")):
                return

    def _read_html(self, line: str, opening: re.Match[str]) -> None:
        """Go past the line that closes the HTML block just opened; without one, to the end of the text."""
        comment, instruction, declaration, tag = opening.groups()
        if comment or instruction or declaration:
            self._read_up_to("-->" if comment else "?>" if instruction else ">", line[opening.end() :])
            return
        name = tag.lower()
        if name in _BLOCK_TAGS and name not in _VOID_TAGS and not opening.group().lstrip(" ").startswith("</"):
            self._read_element(name, line)

    def _read_element(self, name: str, line: str) -> None:
        tags = re.compile(rf"<(/?){name}(?![a-zA-Z0-9-])", re.IGNORECASE)
        depth = 0
        while True:
            for match in tags.finditer(line):
                depth += -1 if match.group(1) else 1
                if depth == 0:
                    return
            self._pause(name, depth)
            following = self._source.get(self._index)
            if following is None:
                return
            line = following
            self._index += 1

    def _read_up_to(self, closer: str, line: str) -> None:
        while closer not in line:
            self._pause(closer)
            self._source.pass_over_without(self._index, closer)
            following = self._source.get(self._index)
            if following is None:
                return
            line = following
            self._index += 1

    def _skip_blank(self) -> None:
        self._index = _past_blank(self._source, self._index)

    def _goes_on_with(self, line: str) -> bool:
        """Whether the block that begins with `line`, after blank lines, may be read as part of what came before."""
        if line[0] in " \t" or _DEFINITION.match(line):
            return True
        if "-" in self._open_to and _LIST_ITEM.match(line):
            return True
        if ">" in self._open_to and line[0] == ">":
            return True
        return ":" in self._open_to and _leads_to_definition(self._source, self._index)


def _is_blank(line: str) -> bool:
    """Spaces and tabs alone: CommonMark 0.31, section 2.1. A no-break space is text."""
    return not line.strip(" \t\r\n")


def _past_blank(source: LineSource, index: int) -> int:
    while (line := source.get(index)) is not None and _is_blank(line):
        index += 1
    return index


def _leads_to_definition(source: LineSource, index: int) -> bool:
    """Whether the block is a term: a definition stands in it or opens the block after it."""
    while (line := source.get(index)) is not None and not _is_blank(line):
        if _DEFINITION.match(line):
            return True
        index += 1
    line = source.get(_past_blank(source, index))
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
