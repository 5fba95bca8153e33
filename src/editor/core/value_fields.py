"""Fields of TOML and JSON front matter, which have true types: what each holds, and what is in it."""

from __future__ import annotations

from bisect import bisect_right

from editor.core.field_kinds import kind_of
from editor.core.front_matter_fields import Field, FieldValue, Place
from editor.core.problems import Problem, Severity
from editor.core.value_spans import Name, Number, Source, ValueSpan

_TAGS = {bool: "bool", int: "int", Number: "float", type(None): "null"}
_TRIPLE = ('"""', "'''")


def field_of(name: Name, node: ValueSpan, value: FieldValue, loaded: type, text: str, ends: list[int]) -> Field:
    """The field of a name and the value that belongs to it; `ends` are those of the lines of `text`."""
    style = "|" if text.startswith(_TRIPLE, node.start) else ""
    return Field(
        key=name.text,
        value=value,
        kind=kind_of(name.text, value, _TAGS.get(loaded, "str"), style),
        line=bisect_right(ends, name.start) + 1,
        start=name.start,
        end=node.end,
        value_start=node.start,
        value_end=node.end,
        key_end=name.end,
    )


def tags_in(source: Source, place: Place) -> dict[Place, str]:
    """YAML's names for the types of all scalars in the list or map at a place. Raises LookupError for no such place."""
    tags: dict[Place, str] = {}
    waiting = [place]
    while waiting:
        where = waiting.pop()
        loaded = source.at(where)
        if isinstance(loaded, (dict, list)):
            waiting += [(*where, part) for part in source.keys(where)]
        else:
            tags[where] = _TAGS.get(type(loaded), "str")
    return tags


def unreadable(language: str, said: str, at: int, line: int) -> Problem:
    """Front matter that its reader refuses, at a code point and a line from 1."""
    message = f"The front matter cannot be read as {language}: {said}. Put that right in the text."
    return Problem("front-matter-syntax", Severity.ERROR, message, at, at, line)
