"""Ways to write a value in TOML, the nearest to how it was first. None is checked here: who uses one reads it back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from editor.core.field_kinds import is_prose_key
from editor.core.front_matter_fields import is_real_day
from editor.core.string_pieces import escaped, pieces_of, spliced
from editor.core.toml_reading import load_value
from editor.core.value_edits import Was, is_obvious
from editor.core.value_spans import Number

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# What a literal string cannot hold; a string of several lines has line endings besides.
_NOT_LITERAL = re.compile("['\x00-\x08\x0a-\x1f\x7f]")
_TYPES: tuple[tuple[type, ...], ...] = ((bool,), (int, Number), (dt.date, dt.datetime), (dt.time,))
"""Types that give way to each other: a day may get a time of day, a whole number decimals. `bool` is an `int`."""


def ways_to_write(value: str, was: Was) -> Iterator[str]:
    """Bare where the type stays, in the quotes that it had, and at last in double quotes on one line."""
    if type(was.loaded) is str:
        yield from _as_text(value, was)
    elif was.loaded is None:
        is_day = bool(is_real_day(value)) and not is_prose_key(was.key)
        if is_day or is_obvious(value, was.key):
            yield value
        elif "\n" in value:
            yield _lines(f'"""{was.newline}', value, was.newline)
    elif _group(load_value(value)) == _group(was.loaded):
        yield value
    yield _double_quoted(value)


def key(name: str, was: str) -> str:
    """A key in the quotes of another, where that did not need them; else bare, and in double quotes at last."""
    quote = was[:1] if _BARE_KEY.fullmatch(was[1:-1]) else ""
    if quote == "'" and not _NOT_LITERAL.search(name):
        return f"'{name}'"
    return name if quote not in {"'", '"'} and _BARE_KEY.fullmatch(name) else _double_quoted(name)


def _as_text(value: str, was: Was) -> Iterator[str]:
    text = was.text
    if text.startswith("'''"):
        yield f"{_opening(text, value, was)}{_with_endings(value, was.newline)}'''"
        yield _lines(_opening(text, value, was).replace("'", '"'), value, was.newline)
    elif text.startswith('"""'):
        opening = _opening(text, value, was)
        pieces = pieces_of(text[len(opening) : -3])
        yield opening + spliced(pieces, value, lambda new: _escaped_lines(new, was.newline)) + '"""'
        yield _lines(opening, value, was.newline)
    elif text.startswith("'"):
        if not _NOT_LITERAL.search(value):
            yield f"'{value}'"
    else:
        yield f'"{spliced(pieces_of(text[1:-1]), value, escaped)}"'


def _opening(text: str, value: str, was: Was) -> str:
    """The three quotes with the line ending after them, which is none of the value."""
    if text.startswith(("\r\n", "\n"), 3):
        return text[: text.index("\n") + 1]
    return text[:3] + (was.newline if value.startswith("\n") else "")


def _lines(opening: str, value: str, newline: str) -> str:
    return f'{opening}{_escaped_lines(value, newline)}"""'


def _escaped_lines(value: str, newline: str) -> str:
    """`value` for a string of several lines in double quotes, which stand as they are but where three would meet."""
    lines = [escaped(line).replace('\\"', '"').replace('"""', '""\\"') for line in value.split("\n")]
    text = newline.join(lines)
    return f'{text[:-1]}\\"' if text.endswith('"') and not text.endswith('\\"') else text


def _with_endings(value: str, newline: str) -> str:
    return value.replace("\n", newline)


def _double_quoted(value: str) -> str:
    return f'"{escaped(value)}"'


def _group(loaded: object) -> int | None:
    return next((group for group, types in enumerate(_TYPES) if type(loaded) in types), None)
