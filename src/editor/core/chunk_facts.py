"""All that is known of a chunk from its text alone: headings, tables, shared definitions, counts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from editor.core import papers
from editor.core.blocks import BLANK, FENCE, indent_of, may_hold_table, past_fence
from editor.core.chunks import Chunk, ChunkKind
from editor.core.lines import count_endings, line_search, split_lines
from editor.core.problems import Problem
from editor.core.tables import Table, tables_in
from editor.core.text_memory import remembered_by_text

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_HEADING_LINE = line_search(r" {0,3}(?:#{1,6}(?:[ \t\r\n]|$)|(?:=+|-+)[ \t]*(?:[\r\n]|$))")
# Of one that is closed, the opener stands in the text once more.
_FENCE_FIRST = re.compile(r"[ \t\r\n]*(`{3,}|~{3,})")
_FENCE_LINE = re.compile(r" {0,3}(?:```|~~~)")
_LONGEST_LABEL = 1024
# Behind the marks of quotes, list items and other blocks; its label may run over lines.
_DEFINITION = line_search(r"[ \t>*+\-\d.):~]*\[[^\]]{0,999}\] ?:")


class Heading(NamedTuple):
    """A heading by its level from 1 to 6; `line` counts from 0 and `start` in code points, both in the text it was
    read from until moved to the article's."""

    level: int
    title: str
    line: int
    start: int

    def moved(self, by: int, lines: int) -> "Heading":
        """The same heading, `by` code points and `lines` lines further on."""
        return self._replace(start=self.start + by, line=self.line + lines)


class Facts(NamedTuple):
    """What a chunk holds, or a few neighbouring ones together. Offsets and lines are of their text.

    `definitions` are the texts of the chunks that seem to define link references, footnotes or abbreviations.
    """

    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    citations_table: Table | None = None
    definitions: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


_NOTHING = Facts()


def facts_of(chunk: Chunk) -> Facts:
    """What the chunk holds, remembered by its kind and text, or of a long one by its parts."""
    if chunk.kind in (ChunkKind.FRONT_MATTER, ChunkKind.BLANK):
        return _NOTHING
    return _read_long(chunk) if chunk.marks else _read(chunk.kind, chunk.text)


def facts_together(chunks: Iterable[Chunk]) -> Facts:
    """What neighbouring chunks hold, with places in the text of them all."""
    code_points = lines = 0
    headings: list[Heading] = []
    tables: list[Table] = []
    definitions: list[str] = []
    problems: list[Problem] = []
    citations_table = None
    for chunk in chunks:
        facts = facts_of(chunk)
        headings += (each.moved(code_points, lines) for each in facts.headings)
        tables += (each.moved(code_points, lines) for each in facts.tables)
        problems += (each.moved(code_points, lines) for each in facts.problems)
        definitions += facts.definitions
        if facts.citations_table and not citations_table:
            citations_table = facts.citations_table.moved(code_points, lines)
        code_points += len(chunk.text)
        lines += chunk.lines
    return Facts(tuple(headings), tuple(tables), citations_table, tuple(definitions), tuple(problems))


@remembered_by_text
def _read(kind: ChunkKind, text: str) -> Facts:
    return _of_parts(kind, text, [text])


@lru_cache(maxsize=16)
def _read_long(chunk: Chunk) -> Facts:
    return _of_parts(chunk.kind, chunk.text, [text for _, text in chunk.parts])


def _of_parts(kind: ChunkKind, text: str, parts: Sequence[str]) -> Facts:
    """What a chunk of this text holds; of its parts, those that are as they were are remembered."""
    known = [_part(kind, part) for part in parts]
    if kind is ChunkKind.CODE and not (any(map(_may_hold_more, known)) and _goes_on_behind_code(text)):
        return _NOTHING
    tables = tables_in(parts) if any(part.may_hold_table for part in known) else ()
    # The whole chunk, since only the dialect can tell a definition from a line in a comment that looks like one.
    defines = any(part.defines for part in known) or _defines_across(text, parts)
    definitions = text.strip("\r\n") if defines else ""
    return Facts(
        headings=tuple(_headings(parts)) if any(part.may_hold_heading for part in known) else (),
        tables=tables,
        citations_table=papers.citations_table(tables),
        definitions=(definitions,) if definitions else (),
        problems=tuple(chain.from_iterable(table.problems for table in tables)),
    )


class _Part(NamedTuple):
    """What is known of some lines of a chunk whatever stands before them."""

    may_hold_heading: bool
    may_hold_table: bool
    defines: bool


@remembered_by_text
def _part(kind: ChunkKind, text: str) -> _Part:
    return _Part(_may_hold_heading(kind, text), may_hold_table(text), _DEFINITION(text))


def _defines_across(text: str, parts: Sequence[str]) -> bool:
    """Whether a definition's label may begin in one of a text's parts and end in another."""
    starts = accumulate(map(len, parts), initial=0)
    return any(
        part.rfind("[") > part.rfind("]") and _DEFINITION(text[start : start + len(part) + _LONGEST_LABEL])
        for start, part in zip(starts, parts, strict=False)
    )


def _may_hold_more(part: _Part) -> bool:
    return part.may_hold_table or part.defines


def _goes_on_behind_code(text: str) -> bool:
    """Whether something else stands right under the code that a chunk begins with."""
    opener = _FENCE_FIRST.match(text)
    if opener and text.find(opener[1], opener.end()) < 0:
        return False
    lines = [line.rstrip("\r\n") for line in split_lines(text)]
    first = next(number for number, line in enumerate(lines) if not BLANK.match(line))
    if fence := FENCE.match(lines[first]):
        return not all(map(BLANK.match, lines[past_fence(lines, first, fence[1]) :]))
    return not all(BLANK.match(line) or indent_of(line) >= 4 for line in lines)


def _may_hold_heading(kind: ChunkKind, text: str) -> bool:
    return kind in (ChunkKind.HEADING, ChunkKind.PARAGRAPH) and _HEADING_LINE(text)


class _Above(NamedTuple):
    """What the lines before mean for a heading's underline: the last of them, "" where none can be underlined."""

    title: str = ""
    length: int = 0
    in_fence: bool = False


def _headings(parts: Sequence[str]) -> Iterator[Heading]:
    above = _Above()
    code_points = lines = 0
    for text in parts:
        found, above = _headings_below(above, text)
        yield from (heading.moved(code_points, lines) for heading in found)
        code_points += len(text)
        lines += count_endings(text)


@lru_cache(maxsize=4096)
def _headings_below(above: _Above, text: str) -> tuple[tuple[Heading, ...], _Above]:
    """The headings of some lines, and what their last line means for those after them."""
    found: list[Heading] = []
    start = 0
    for number, line in enumerate(split_lines(text)):
        content = line.rstrip("\r\n")
        fenced = above.in_fence
        atx = _ATX.match(content)
        if _FENCE_LINE.match(content):
            fenced = not fenced
        elif not fenced and atx:
            found.append(Heading(len(atx.group(1)), (atx.group(2) or "").strip(), number, start))
        elif not fenced and above.title and "|" not in above.title and (setext := _SETEXT.match(content)):
            level = 1 if setext.group(1)[0] == "=" else 2
            found.append(Heading(level, above.title, number - 1, start - above.length))
        above = _Above("" if fenced or atx else content.strip(" \t"), len(line), fenced)
        start += len(line)
    return tuple(found), above
