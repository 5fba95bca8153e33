"""All that is known of a chunk from its text alone: headings, tables, shared definitions, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from editor.core import papers
from editor.core.chunks import Chunk, ChunkKind
from editor.core.lines import split_lines
from editor.core.problems import Problem
from editor.core.tables import Table, find_tables

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_HEADING_LINE = re.compile(r"[\r\n] {0,3}(?:#{1,6}[ \t]|(?:=+|-+)[ \t]*(?:[\r\n]|$))")
_FENCE_LINE = re.compile(r" {0,3}(?:```|~~~)")
_DEFINITION = re.compile(r"(?:\A|[\r\n]) {0,3}\*?\[[^\]\r\n]+\]:")
_ADDRESS_OR_TAG = re.compile(r"(?<=\])\([^()\s]*|<[^<>\r\n]*>|\w+://\S+")
_WORD = re.compile(r"\w+(?:[’'\-.,/]\w+)*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading by its level from 1 to 6; `line` counts from 0 and `start` in code points, both in the text it was
    read from until moved to the article's."""

    level: int
    title: str
    line: int
    start: int

    def moved(self, by: int, lines: int) -> Heading:
        """The same heading, `by` code points and `lines` lines further on."""
        return replace(self, start=self.start + by, line=self.line + lines)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a chunk holds, or a few neighbouring ones together. Offsets and lines are of their text.

    `definitions` are the texts of the chunks that seem to define link references, footnotes or abbreviations.
    """

    words: int = 0
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    citations_table: Table | None = None
    definitions: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


_NOTHING = Facts()


def facts_of(chunk: Chunk) -> Facts:
    """What the chunk holds, remembered by its kind and text."""
    if chunk.kind in (ChunkKind.FRONT_MATTER, ChunkKind.BLANK):
        return _NOTHING
    return _read(chunk.kind, chunk.text)


def facts_together(chunks: Iterable[Chunk]) -> Facts:
    """What neighbouring chunks hold, with places in the text of them all."""
    words = code_points = lines = 0
    headings: list[Heading] = []
    tables: list[Table] = []
    definitions: list[str] = []
    problems: list[Problem] = []
    citations_table = None
    for chunk in chunks:
        facts = facts_of(chunk)
        words += facts.words
        headings += (each.moved(code_points, lines) for each in facts.headings)
        tables += (each.moved(code_points, lines) for each in facts.tables)
        problems += (each.moved(code_points, lines) for each in facts.problems)
        definitions += facts.definitions
        if facts.citations_table and not citations_table:
            citations_table = facts.citations_table.moved(code_points, lines)
        code_points += len(chunk.text)
        lines += chunk.lines
    return Facts(words, tuple(headings), tuple(tables), citations_table, tuple(definitions), tuple(problems))


@lru_cache(maxsize=32768)
def _read(kind: ChunkKind, text: str) -> Facts:
    words = _count_words(text)
    if kind is ChunkKind.CODE:
        return Facts(words)
    tables = find_tables(text)
    # The whole chunk, since only the dialect can tell a definition from a line in a comment that looks like one.
    definitions = text.strip("\r\n") if _DEFINITION.search(text) else ""
    return Facts(
        words=words,
        headings=_headings(text) if _may_hold_heading(kind, text) else (),
        tables=tables,
        citations_table=papers.citations_table(tables),
        definitions=(definitions,) if definitions else (),
        problems=tuple(chain.from_iterable(table.problems for table in tables)),
    )


def _may_hold_heading(kind: ChunkKind, text: str) -> bool:
    return kind is ChunkKind.HEADING or (kind is ChunkKind.PARAGRAPH and _HEADING_LINE.search(text) is not None)


def _headings(text: str) -> tuple[Heading, ...]:
    found: list[Heading] = []
    start = before_start = 0
    before = ""
    fenced = False
    for number, line in enumerate(split_lines(text)):
        content = line.rstrip("\r\n")
        if _FENCE_LINE.match(content):
            fenced = not fenced
        elif not fenced and (atx := _ATX.match(content)):
            found.append(Heading(len(atx.group(1)), (atx.group(2) or "").strip(), number, start))
        elif not fenced and before and "|" not in before and (setext := _SETEXT.match(content)):
            level = 1 if setext.group(1)[0] == "=" else 2
            found.append(Heading(level, before.strip(), number - 1, before_start))
        before_start = start
        before = "" if fenced or _ATX.match(content) else content.strip(" \t")
        start += len(line)
    return tuple(found)


def _count_words(text: str) -> int:
    """Words as a reader counts them: `don't`, `1,000` and `back-pain` are one, `|`, `---` and an address none."""
    if "](" in text or "<" in text or "://" in text:
        text = _ADDRESS_OR_TAG.sub(" ", text)
    return sum(1 for _ in _WORD.finditer(text))
