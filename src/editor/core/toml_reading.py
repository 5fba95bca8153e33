"""TOML front matter (toml.io, 1.0), read with the place of every value.

The standard reader says whether it is TOML and what it means; the places come from `value_spans`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from frontmatter.default_handlers import BaseHandler

from editor.core.front_matter_fence import fences
from editor.core.front_matter_fields import Field, FrontMatter, Place
from editor.core.lines import count_endings, line_ends
from editor.core.problems import Problem
from editor.core.value_fields import field_of, unreadable
from editor.core.value_spans import (
    DEEPEST,
    FAILURES,
    Grammar,
    Name,
    Number,
    Source,
    Statement,
    ValueSpan,
    matched,
    read_names,
    read_node,
)


class TomlHandler(BaseHandler):
    """The handler that python-frontmatter leaves out where a third-party parser is missing, on the standard one."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str) -> dict[str, object]:
        return tomllib.loads(fm, parse_float=Number)


_TOML = TomlHandler()
_BASIC = r'"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"'
_LITERAL = r"'[^'\r\n]*'"


def _decoded(name: str) -> str:
    if name[0] == "'" or (name[0] == '"' and "\\" not in name):
        return name[1:-1]
    return str(_TOML.load(f"x = {name}")["x"]) if name[0] == '"' else name


GRAMMAR = Grammar(
    scalar=re.compile(
        # A string of several lines may end in two quotes of its own before the three that close it.
        r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3,5}'
        r"|'''[^']*(?:'(?!'')[^']*)*'{3,5}"
        rf"|{_BASIC}|{_LITERAL}"
        # A blank may stand between a day and a time of day.
        r"|(?:\d{4}-\d\d-\d\d (?=\d\d:))?[^\s,#\[\]{}=\"']+",
        re.DOTALL,
    ),
    name=re.compile(rf"[A-Za-z0-9_-]+|{_BASIC}|{_LITERAL}"),
    gap=re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*"),
    separator="=",
    decode=_decoded,
)
_LONE_CR = re.compile(r"\r(?!\n)")
# 60 KB of `a.a.a...` keep the parser busy for 13 seconds.
_PART = r"(?:[\w-]+|\"[^\"\r\n]*\"|'[^'\r\n]*')[ \t]*"
_TOO_MANY_DOTS = re.compile(rf"(?<![\w-]){_PART}(?:\.[ \t]*{_PART}){{{DEEPEST}}}")


class _AtError(ValueError):
    """What is wrong, and at which code point."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def read_toml(text: str, start: int, end: int) -> FrontMatter:
    """The front matter that a `text` with fences is, its fields between the code points `start` and `end`.

    Never raises: what is no TOML has no fields and a problem with its line.
    """
    try:
        source = _scanned(text, start, end)
        fields = tuple(_fields(source))
    except FAILURES as error:
        problem = _unreadable(text, start, error)
        return FrontMatter(text, "toml", (), (problem,), len(text), problem.message)
    return FrontMatter(text, "toml", fields, (), len(text), "")


def load_value(written: str) -> object:
    """What one value on one line means; None where it is none."""
    try:
        return None if "\n" in written else _TOML.load(f"x = {written}")["x"]
    except FAILURES:
        return None


def take_apart_document(text: str) -> Source:
    """Every value of a TOML file with its place. Raises one of FAILURES where it is none."""
    return _scanned(text, 0, len(text))


def what_is_wrong(text: str, error: Exception, start: int = 0) -> tuple[str, int, int]:
    """What a reader said of TOML that begins at a code point of `text`: the words, a code point and a line from 1.

    The reader's errors name a line in words only.
    """
    at = error.at if isinstance(error, _AtError) else 0
    named = re.search(r"at line (\d+)", str(error)) if isinstance(error, tomllib.TOMLDecodeError) else None
    line = int(named[1]) + count_endings(text[:start]) if named else count_endings(text[:at]) + 1
    return re.sub(r" \(at .*\)$", "", str(error)), at, line


@lru_cache(maxsize=8)
def take_apart(text: str) -> Source:
    """Every value of a TOML front matter with its place. Raises one of FAILURES where it is no TOML."""
    return _scanned(text, *fences(text))


def _unreadable(text: str, start: int, error: Exception) -> Problem:
    return unreadable("TOML", *what_is_wrong(text, error, start))


def _scanned(text: str, start: int, end: int) -> Source:
    lone = _LONE_CR.search(text)
    if lone:
        raise _AtError("a line ends in a carriage return alone, and TOML's lines end in LF or CRLF", lone.start())
    if text.count(".") > DEEPEST and _TOO_MANY_DOTS.search(text, start, end):
        raise _AtError(f"a name has more than {DEEPEST} dots", 0)
    source = Source(text, _TOML.load(text[start:end]))
    _take_in_statements(source, start, end)
    return source


def _take_in_statements(source: Source, at: int, end: int) -> None:
    text = source.text
    section: Place = ()
    counts: dict[Place, int] = {}
    at = matched(GRAMMAR.gap, text, at)
    while at < end:
        start, is_header = at, text[at] == "["
        brackets = 2 if text.startswith("[[", at) else int(is_header)
        names, at = read_names(text, matched(GRAMMAR.gap, text, at + brackets), GRAMMAR)
        if is_header:
            section = place = _header_place(source, names, counts, is_item=brackets == 2)
            at += brackets
        else:
            node = read_node(text, matched(GRAMMAR.gap, text, at + 1), GRAMMAR)
            place, at = source.name(section, names), node.end
            source.add(place, node)
        source.statements.append(Statement(start, at, place, section, is_header, names))
        at = matched(GRAMMAR.gap, text, at)


def _header_place(source: Source, names: tuple[Name, ...], counts: dict[Place, int], *, is_item: bool) -> Place:
    """The table that a header begins: a name that is a list of tables stands for the last of them."""
    place: Place = ()
    for index, name in enumerate(names):
        place = source.name(place, (name,))
        if is_item and index == len(names) - 1:
            counts[place] = counts.get(place, 0) + 1
        if place in counts:
            place = (*place, counts[place] - 1)
    if len(place) > DEEPEST:
        raise ValueError(f"it is nested more than {DEEPEST} levels deep")
    return place


def _fields(source: Source) -> Iterator[Field]:
    firsts: dict[Place, Name] = {}
    for place, name in source.names:
        firsts.setdefault(place, name)
    tables = _tables(source)
    ends = list(line_ends(source.text))
    for key, loaded in source.loaded.items():
        place = (key,)
        node = source.nodes.get(place) or tables[key]
        yield field_of(firsts[place], node, source.value(loaded, place), type(loaded), source.text, ends)


def _tables(source: Source) -> dict[str | int, ValueSpan]:
    """By key, what belongs to its name at its first statement, and on to the last without another's between."""
    tables: dict[str | int, ValueSpan] = {}
    for key, run in groupby(source.statements, lambda statement: statement.place[0]):
        if key not in tables:
            first, *others = run
            starts = [*(name.start for name in first.names[1:]), *(statement.start for statement in others)]
            end = others[-1].end if others else first.end
            tables[key] = ValueSpan(starts[0] if starts else end, end, "{")
    return tables
