"""What other readers would make of YAML.

All loading goes through the handlers of python-frontmatter, on text that was cut out here: its own way of splitting
loses text where an article begins with a rule, and it never writes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import yaml

from editor.core.front_matter_fields import Field, is_real_day
from editor.core.problems import Problem, Severity

if TYPE_CHECKING:
    from frontmatter.default_handlers import YAMLHandler

_LONGEST_CHECK = 16_384
"""Code points. 30 KB of `1:1:1...` is a number in base sixty to YAML, and takes half a second to work out."""

_FAILURES = (yaml.YAMLError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What constructing a value can raise: a bad date, `!!int x`, `!!timestamp x`, an unknown tag, a number without end."""

_SAFE_TAGS = frozenset({"str", "null", "bool", "alias"})
_COLON = re.compile(r"[ \t]*:")
_UNLOADABLE = "Other programs cannot read the value of “{}” as YAML. Put quotes around it if it is text."


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
        _handler().load(text[field.start : field.end] if _COLON.match(text, field.key_end) else "")
    except _FAILURES:
        return True
    return False


@cache
def _handler() -> YAMLHandler:
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415  # words and days need no trial

    return YAMLHandler()
