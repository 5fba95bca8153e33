"""Fields of TOML and JSON front matter, which have true types: what each holds, and why a form cannot set it."""

from __future__ import annotations

from bisect import bisect_right

from editor.core.front_matter_fields import Field, FieldValue, kind_of
from editor.core.problems import Problem, Severity
from editor.core.value_spans import Name, Number, ValueSpan

_TAGS = {bool: "bool", int: "int", Number: "float", type(None): "null"}
_TRIPLE = ('"""', "'''")


def field_of(name: Name, node: ValueSpan, value: FieldValue, loaded: type, text: str, ends: list[int]) -> Field:
    """The field of a name and the value that belongs to it; `ends` are those of the lines of `text`."""
    style = "|" if text.startswith(_TRIPLE, node.start) else ""
    locked = "" if isinstance(value, str) else f"It is a {'list' if loaded is list else 'map'}. Edit it in the text."
    return Field(
        key=name.text,
        value=value,
        kind=kind_of(name.text, value, _TAGS.get(loaded, "str"), style),
        line=bisect_right(ends, name.start) + 1,
        start=name.start,
        end=node.end,
        value_start=node.start,
        value_end=node.end,
        locked=locked,
        key_end=name.end,
    )


def unreadable(language: str, said: str, at: int, line: int) -> Problem:
    """Front matter that its reader refuses, at a code point and a line from 1."""
    message = f"The front matter cannot be read as {language}: {said}. Put that right in the text."
    return Problem("front-matter-syntax", Severity.ERROR, message, at, at, line)
