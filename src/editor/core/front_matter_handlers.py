"""Which language front matter is written in, and what other readers would make of YAML.

All reading goes through the handlers of python-frontmatter, on text that was cut out here: its own way of splitting
loses text where an article begins with a rule, and it never writes.
"""

from __future__ import annotations

import re

import yaml
from frontmatter import detect_format
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from editor.core.front_matter_fields import Field, Format, is_real_day
from editor.core.problems import Problem, Severity

_YAML = YAMLHandler()
_FORMATS: dict[BaseHandler, Format] = {_YAML: "yaml", JSONHandler(): "json"}
_LONGEST_CHECK = 16_384
"""Code points. 30 KB of `1:1:1...` is a number in base sixty to YAML, and takes half a second to work out."""

_FAILURES = (yaml.YAMLError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What constructing a value can raise: a bad date, `!!int x`, `!!timestamp x`, an unknown tag, a number without end."""

_SAFE_TAGS = frozenset({"str", "null", "bool", "alias"})
_COLON = re.compile(r"[ \t]*:")
_UNLOADABLE = "Other programs cannot read the value of “{}” as YAML. Put quotes around it if it is text."


def format_of(text: str) -> Format:
    """The format that a front matter's first line announces."""
    opening = re.split(r"[\r\n]", text, maxsplit=1)[0].rstrip(" \t")
    if opening.startswith("+"):
        # What reads TOML costs more to import than the many articles without it should pay.
        from editor.core.toml_reading import TomlHandler  # noqa: PLC0415

        return "toml" if TomlHandler().detect(opening) else ""
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
