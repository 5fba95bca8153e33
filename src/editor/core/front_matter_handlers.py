"""TOML and JSON front matter, which is shown and not edited, and what other readers would make of YAML.

All reading goes through the handlers of python-frontmatter, on text that was cut out here: its own way of splitting
loses text where an article begins with a rule, and it never writes.
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, time

import yaml
from frontmatter import detect_format
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from editor.core.front_matter_fields import Field, FieldValue, Format, FrontMatter, is_real_day, kind_of
from editor.core.lines import count_endings, line_ends
from editor.core.problems import Problem, Severity


class _Number(str):
    """A number as the string written."""

    __slots__ = ()


class _TomlHandler(BaseHandler):
    """The handler that the package leaves out where the third-party TOML parser is missing, on the standard one."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str) -> dict[str, object]:
        # Only CRLF and LF end a line of TOML, and a lone CR is an error in it.
        return tomllib.loads(fm.replace("\r\n", "\n").replace("\r", "\n"), parse_float=_Number)


_YAML, _JSON, _TOML = YAMLHandler(), JSONHandler(), _TomlHandler()
_FORMATS: dict[BaseHandler, Format] = {_YAML: "yaml", _JSON: "json", _TOML: "toml"}
_LONGEST_CHECK = 16_384
"""Code points. 30 KB of `1:1:1...` is a number in base sixty to YAML, and takes half a second to work out."""

_FAILURES = (yaml.YAMLError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What constructing a value can raise: a bad date, `!!int x`, `!!timestamp x`, an unknown tag, a number without end."""

_SAFE_TAGS = frozenset({"str", "null", "bool", "alias"})
_COLON = re.compile(r"[ \t]*:")
_TAGS = ((bool, "bool"), (int, "int"), (_Number, "float"), (type(None), "null"))
_DEEPEST = 50
"""Levels of nesting: those who write the values out, as JSON say, should not run out of stack."""

_Span = tuple[int, int, int]
"""Where a field's name begins, where its value begins and where that ends, in code points."""

_TOML_LINE = re.compile(
    r"(?:^|(?<=[\r\n]))[ \t]*(?:\[+[ \t]*)?(?P<key>[\w-]+|\"[^\"\r\n]*\"|'[^'\r\n]*')"
    r"[ \t]*[=.\]]+[ \t]*(?P<value>[^\r\n]*)"
)
# 60 KB of `a.a.a...` keep the parser busy for 13 seconds.
_TOO_MANY_DOTS = re.compile(rf"(?:^|(?<=[\r\n]))(?:[^=.\r\n]*\.){{{_DEEPEST}}}")
_UNLOADABLE = "Other programs cannot read the value of “{}” as YAML. Put quotes around it if it is text."


def format_of(text: str) -> Format:
    """The format that a front matter's first line announces."""
    opening = re.split(r"[\r\n]", text, maxsplit=1)[0].rstrip(" \t")
    handler = detect_format(opening, _FORMATS)
    return _FORMATS[handler] if handler else ""


def loading_problems(text: str, fields: tuple[Field, ...]) -> tuple[Problem, ...]:
    """The fields whose values other readers of YAML refuse, and with them often the whole article."""
    if len(text) > _LONGEST_CHECK:
        return ()
    return tuple(
        Problem("front-matter-value", Severity.ERROR, _UNLOADABLE.format(field.key), field.start, field.end, field.line)
        for field in fields
        if field.tag not in _SAFE_TAGS and is_real_day(field.value) is None and _fails_to_load(text, field)
    )


def _fails_to_load(text: str, field: Field) -> bool:
    try:
        # What is written `? key` is no field by itself.
        _YAML.load(text[field.start : field.end] if _COLON.match(text, field.key_end) else "")
    except _FAILURES:
        return True
    return False


def read_only(text: str, start: int, end: int, written_in: Format) -> FrontMatter:
    """Front matter in TOML or JSON, between the code points `start` and `end` for TOML.

    The spans of TOML's fields are those of their lines; JSON's are exact.
    """
    locked = f"Front matter in {written_in.upper()} is shown here and edited in the text."
    try:
        fields = tuple(_toml_fields(text, start, end, locked) if written_in == "toml" else _json_fields(text, locked))
    except _FAILURES as error:
        problem = _unreadable(text, written_in, error)
        return FrontMatter(text, written_in, (), (problem,), len(text), problem.message)
    return FrontMatter(text, written_in, fields, (), len(text), locked)


def _unreadable(text: str, written_in: Format, error: BaseException) -> Problem:
    """TOML's errors name a line in words only, counted after the fence; JSON's have their place."""
    at = error.pos if isinstance(error, json.JSONDecodeError) else 0
    named = re.search(r"at line (\d+)", str(error)) if isinstance(error, tomllib.TOMLDecodeError) else None
    line = int(named[1]) + 1 if named else count_endings(text[:at]) + 1
    said = error.msg if isinstance(error, json.JSONDecodeError) else re.sub(r" \(at .*\)$", "", str(error))
    message = f"The front matter cannot be read as {written_in.upper()}: {said}. Put that right in the text."
    return Problem("front-matter-syntax", Severity.ERROR, message, at, at, line)


def _toml_fields(text: str, start: int, end: int, locked: str) -> Iterator[Field]:
    if _TOO_MANY_DOTS.search(text, start, end):
        raise ValueError(f"a name has more than {_DEEPEST} dots")
    loaded = _TOML.load(text[start:end])
    return _fields(text, loaded, _toml_spans(text, start, end, loaded), locked)


def _json_fields(text: str, locked: str) -> Iterator[Field]:
    loaded: dict[str, object] = _JSON.load(text, parse_float=_Number, parse_int=_Number)
    return _fields(text, loaded, _json_spans(text, loaded), locked)


def _fields(text: str, loaded: dict[str, object], spans: dict[str, _Span], locked: str) -> Iterator[Field]:
    ends = list(line_ends(text))
    for key, value in loaded.items():
        yield _field(text, key, value, spans[key], bisect_right(ends, spans[key][0]) + 1, locked)


def _field(text: str, key: str, loaded: object, span: _Span, line: int, locked: str) -> Field:
    start, value_start, end = span
    value = _as_written(loaded)
    if isinstance(loaded, (int, date, time)) and not isinstance(loaded, bool):
        # No such value can hold a "#", which begins a comment.
        written = text[value_start:end].partition("#")[0].strip()
        value = written if _is_toml_for(written, loaded) else value
    tag = next((tag for kind, tag in _TAGS if isinstance(loaded, kind)), "str")
    return Field(key, value, kind_of(key, value, tag), line, start, end, value_start, end, locked)


def _is_toml_for(written: str, loaded: object) -> bool:
    """Whether the line that was found is the value's own: another may look like it inside a string of several lines."""
    try:
        return _TOML.load(f"x = {written}") == {"x": loaded}
    except _FAILURES:
        return False


def _as_written(loaded: object, depth: int = 0) -> FieldValue:
    if depth > _DEEPEST:
        raise ValueError(f"it is nested more than {_DEEPEST} levels deep")
    match loaded:
        case dict():
            return {str(key): _as_written(value, depth + 1) for key, value in loaded.items()}
        case list():
            return [_as_written(value, depth + 1) for value in loaded]
        case bool():
            return "true" if loaded else "false"
        case None:
            return ""
        case date() | time():
            return loaded.isoformat()
    return str(loaded)


def _toml_spans(text: str, start: int, end: int, loaded: dict[str, object]) -> dict[str, _Span]:
    """Each field from the first line that can be its own, after the one of the field before it, to the line's end."""
    lines: dict[str, list[re.Match[str]]] = {}
    for line in _TOML_LINE.finditer(text, start, end):
        lines.setdefault(line["key"].strip("\"'"), []).append(line)
    places: dict[str, _Span] = {}
    for key in loaded:
        found = next((line for line in lines.get(key, ()) if line.start() >= start), None)
        if found:
            start = found.end()
            value = found["value"].rstrip()
            places[key] = (found.start("key"), found.start("value"), found.start("value") + len(value))
        else:
            places[key] = (start, start, start)
    return places


def _json_spans(text: str, loaded: dict[str, object]) -> dict[str, _Span]:
    """Each field's exact place, walked in step with what was loaded. A key written twice has its last place."""
    places: dict[str, _Span] = {}
    decoder = json.JSONDecoder()
    at = text.index("{") + 1
    while len(places) < len(loaded) or text[at:].lstrip().startswith(","):
        start = text.index('"', at)
        key, after_key = decoder.raw_decode(text, start)
        value_start = _after_blanks(text, text.index(":", after_key) + 1)
        _, at = decoder.raw_decode(text, value_start)
        places[key] = (start, value_start, at)
    return places


def _after_blanks(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())
