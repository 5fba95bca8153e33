"""Which citations the lines of a chunk hold, and in which state."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from editor.core.chunks import Chunk
from editor.core.citations import Citations, prose_of
from editor.core.lines import count_endings, split_lines
from editor.core.mentions import find_mentions
from editor.core.tables import Table
from editor.ui.line_marks import Mark, Marks

_LONGEST = 16_384
"""Code points of the longest text without a mark in which citations are looked for between two keys."""
_MOST = 1024


class ChunkMarks(NamedTuple):
    """The marks of a chunk's lines: for each text in it that was read its first line, from 0, and marks from there."""

    first_lines: Sequence[int] = ()
    marks: Sequence[Mapping[int, Marks]] = ()

    def of(self, line: int) -> Marks:
        """Those of a line of the chunk."""
        at = bisect_right(self.first_lines, line) - 1
        return self.marks[at].get(line - self.first_lines[at], ()) if at >= 0 else ()


class MentionMarks:
    """Knows the marks of chunks that were read, as these citations judge them."""

    def __init__(self, citations: Citations) -> None:
        self._citations = citations
        self._by_text: dict[tuple[str, bool], Mapping[int, Marks]] = {}
        self._by_chunk: dict[Chunk, ChunkMarks] = {}

    def known_in(self, chunk: Chunk) -> ChunkMarks | None:
        """The marks of a chunk that was read; None for another."""
        return self._by_chunk.get(chunk)

    def read(self, chunk: Chunk, start: int, table: Table | None, *, thorough: bool) -> ChunkMarks | None:
        """The marks of a chunk that begins at `start` of an article with this citations table.

        None where that would take long, unless it is to be `thorough`, as it may be for what the audit has just read.
        """
        texts = list(prose_of(chunk, start, table))
        if not thorough and any(
            len(text) > _LONGEST and (text, in_list) not in self._by_text for _, text, in_list in texts
        ):
            return None
        lines, end, line = [], 0, 0
        for at, _text, _in_list in texts:
            line += count_endings(chunk.text[end:at])
            end = at
            lines.append(line)
        marks = ChunkMarks(lines, [self._of_text(text, in_list) for _, text, in_list in texts])
        if len(self._by_chunk) >= _MOST:
            self._by_chunk.clear()
        self._by_chunk[chunk] = marks
        return marks

    def _of_text(self, text: str, in_list: bool) -> Mapping[int, Marks]:
        known = self._by_text.get((text, in_list))
        if known is None:
            if len(self._by_text) >= _MOST:
                self._by_text.clear()
            known = self._by_text[text, in_list] = self._judged(text, in_list)
        return known

    def _judged(self, text: str, in_list: bool) -> Mapping[int, Marks]:
        found: dict[int, list[Mark]] = defaultdict(list)
        mentions = find_mentions(text, in_list=in_list)
        judged = [(mention, self._citations.judge(mention)) for mention in mentions]
        left = [(mention.start, mention.end, self._citations.state_of(each)) for mention, each in judged if each]
        start = 0
        for number, line in enumerate(split_lines(text)):
            end = start + len(line)
            for first, last, state in left:
                if first < end and last > start:
                    found[number].append(Mark(max(first, start) - start, min(last, end) - start, state))
            left = [each for each in left if each[1] > end]
            if not left:
                break
            start = end
        return {number: tuple(marks) for number, marks in found.items()}
