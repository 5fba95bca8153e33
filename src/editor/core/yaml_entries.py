"""What a list or map of YAML front matter consists of: its entries, with the lines or the span that are each one's own.

An entry is an item with its dash or a value with its name. In a block, entries stand on lines of their own, but for one
that begins behind the dash of its parent (`- name: a`); in brackets they stand between commas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from editor.core.front_matter_fields import Node
from editor.core.lines import count_endings
from editor.core.text_edit import EditRefused
from editor.core.yaml_places import COLON

_REST_OF_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_TO_DASH = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*[ \t]*(?=-)")
_COMMENT_LINE = re.compile(r"([ \t]*)#[^\r\n]*(?:\r\n|\r|\n)")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_BEHIND_DASHES = re.compile(r" *(?:-[ \t]+)*")
_SEPARATOR = re.compile(r"\s*,\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a block. All are code points of the text.

    `line` begins its first line, `start` is its dash or name, `end` just behind its value, `line_end` behind the
    ending of its last line. `above` begins the first of the comment lines directly above it that are not indented
    deeper than it is, or else its line: they speak of it. `below` ends the last of the comment lines after it that are
    indented deeper: they do too. `is_usual` unless something else stands before it, as in `? key`.
    """

    line: int
    start: int
    end: int
    line_end: int
    above: int
    below: int
    is_behind_dash: bool
    is_usual: bool

    @property
    def column(self) -> int:
        """Blanks before it on its line; where it stands behind a dash, those before its siblings."""
        return self.start - self.line

    @property
    def has_comments_above(self) -> bool:
        """Whether comment lines of its own stand above it."""
        return self.above < self.line


@dataclass(frozen=True, slots=True)
class Span:
    """One entry in brackets, without the comma."""

    start: int
    end: int


def block_entries(text: str, children: tuple[Node, ...], start: int, *, is_map: bool) -> tuple[Entry, ...]:
    """The entries of the block that begins at `start`."""
    entries: list[Entry] = []
    dash = start
    for child in children:
        first = child.key_start if is_map else dash
        end = max(child.end, colon_end(text, child) if is_map else dash + 1)
        entries.append(_entry(text, first, end, entries[-1].below if entries else 0))
        to_dash = _TO_DASH.match(text, entries[-1].line_end)
        dash = to_dash.end() if to_dash else first
    return tuple(entries)


def refuse_unusual(text: str, *entries: Entry) -> None:
    """Raise EditRefused where an entry is not written as a block's usually are."""
    for entry in entries:
        if not entry.is_usual:
            line = count_endings(text[: entry.start]) + 1
            raise EditRefused("This is written in a way that only the text can edit.", line)


def bracket_entries(text: str, children: tuple[Node, ...]) -> tuple[Span, ...]:
    """The entries of a list or map in brackets."""
    return tuple(
        Span(child.key_start, max(child.end, colon_end(text, child)))
        if child.key_start >= 0
        else Span(child.start, child.end)
        for child in children
    )


def colon_end(text: str, child: Node) -> int:
    """Just behind the colon after a value's name, or behind the name where it has none (`{a}`)."""
    colon = COLON.match(text, child.key_end)
    return colon.end() if colon else child.key_end


def is_separator(text: str) -> bool:
    """Whether a text between two entries in brackets is a comma and blanks, and no comment is lost with it."""
    return _SEPARATOR.fullmatch(text) is not None


def line_start(text: str, at: int) -> int:
    """Where the line begins that holds the code point `at`."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _entry(text: str, start: int, end: int, bound: int) -> Entry:
    line = line_start(text, start)
    is_usual = _BEHIND_DASHES.fullmatch(text, line, start) is not None
    rest = _REST_OF_LINE.match(text, end)
    line_end = rest.end() if rest else end
    is_behind_dash = bool(text[line:start].strip(" "))
    above = line if is_behind_dash else _above(text, line, start - line, bound)
    return Entry(line, start, end, line_end, above, _below(text, line_end, start - line), is_behind_dash, is_usual)


def _above(text: str, line: int, column: int, bound: int) -> int:
    above = line
    while above > bound:
        before = line_start(text, above - (2 if text.endswith("\r\n", 0, above) else 1))
        comment = _COMMENT_LINE.fullmatch(text, before, above)
        if before < bound or not comment or len(comment[1]) > column:
            break
        above = before
    return above


def _below(text: str, line_end: int, column: int) -> int:
    below = at = line_end
    while True:
        comment = _COMMENT_LINE.match(text, at)
        blank = None if comment else _BLANK_LINE.match(text, at)
        if comment and len(comment[1]) > column:
            below = at = comment.end()
        elif blank:
            at = blank.end()
        else:
            return below
