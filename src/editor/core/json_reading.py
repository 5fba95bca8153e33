"""JSON front matter, read with the place of every value.

The standard reader says whether it is JSON and what it means; the places come from `value_spans`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from frontmatter.default_handlers import JSONHandler

from editor.core.front_matter_fields import Field, FrontMatter, Place
from editor.core.lines import count_endings, line_ends
from editor.core.problems import Problem, Severity
from editor.core.value_fields import field_of, unreadable
from editor.core.value_spans import FAILURES, Grammar, Name, Number, Source, matched, read_node

_JSON = JSONHandler()


def load(text: str) -> object:
    """What JSON means, its numbers as written. Raises one of FAILURES; NaN and the like are no JSON (RFC 8259)."""
    return _JSON.load(text, parse_float=Number, parse_int=Number, parse_constant=_refuse_constant)


def _refuse_constant(constant: str) -> object:
    raise ValueError(f"{constant} is no number of JSON's")


def _decoded(name: str) -> str:
    return str(json.loads(name, strict=False)) if "\\" in name else name[1:-1]


_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_GRAMMAR = Grammar(
    scalar=re.compile(rf"{_STRING}|[^\s,\[\]{{}}:\"]+", re.DOTALL),
    name=re.compile(_STRING, re.DOTALL),
    gap=re.compile(r"[ \t\r\n]*"),
    separator=":",
    decode=_decoded,
)


def read_json(text: str) -> FrontMatter:
    """The front matter that a `text` in braces is. Never raises: what is no JSON has no fields and a problem."""
    try:
        source = _scanned(text)
        duplicates = sorted(_duplicates(source), key=lambda found: found[1].start)
        fields = tuple(_fields(source, {key: problem.message for key, problem in duplicates}))
    except FAILURES as error:
        problem = _unreadable(text, error)
        return FrontMatter(text, "json", (), (problem,), len(text), problem.message)
    return FrontMatter(text, "json", fields, tuple(problem for _, problem in duplicates), len(text), "")


@lru_cache(maxsize=8)
def take_apart(text: str) -> Source:
    """Every value of a JSON front matter with its place. Raises one of FAILURES where it is no JSON."""
    return _scanned(text)


def _unreadable(text: str, error: Exception) -> Problem:
    at, said = (error.pos, error.msg) if isinstance(error, json.JSONDecodeError) else (0, str(error))
    return unreadable("JSON", said, at, count_endings(text[:at]) + 1)


def _scanned(text: str) -> Source:
    loaded = load(text)
    if not isinstance(loaded, dict):
        raise TypeError("it is no object in braces")
    source = Source(text, loaded)
    source.add((), read_node(text, matched(_GRAMMAR.gap, text, 0), _GRAMMAR))
    return source


def _fields(source: Source, locks: dict[str, str]) -> Iterator[Field]:
    """The fields in the text's order, each of several with one name as well."""
    ends = list(line_ends(source.text))
    for member in source.nodes[()].members:
        (name,), node = member.names, member.value
        loaded = source.loaded[name.text]
        if (name.text,) in source.twice:
            loaded = load(source.text[node.start : node.end])
        found = field_of(name, node, source.value(loaded, (name.text,)), type(loaded), source.text, ends)
        yield found._replace(locked=locks.get(name.text, found.locked))


def _duplicates(source: Source) -> Iterator[tuple[str, Problem]]:
    """A key written twice in one object, at each place after its first, with the name of the field it is part of."""
    writings: dict[Place, list[Name]] = {}
    for place, name in source.names if source.twice else ():
        writings.setdefault(place, []).append(name)
    ends = list(line_ends(source.text))
    for place in source.twice:
        if any(place[:depth] in source.twice for depth in range(1, len(place))):
            continue
        same = writings[place]
        lines = [bisect_right(ends, name.start) + 1 for name in same]
        message = (
            f"“{same[0].text}” is written more than once, on lines {' and '.join(map(str, lines))}. "
            "Keep one of them in the text."
        )
        for name, line in zip(same[1:], lines[1:], strict=True):
            problem = Problem("front-matter-duplicate-key", Severity.ERROR, message, name.start, name.end, line)
            yield str(place[0]), problem
