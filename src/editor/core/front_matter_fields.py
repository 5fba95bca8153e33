"""Front matter as a value: its fields, where each stands, and what kind of thing each holds."""

import datetime as dt
import re
from typing import NamedTuple, TypeAlias

from editor.core.field_kinds import FieldKind
from editor.core.front_matter_fence import Format
from editor.core.problems import Problem

FieldValue: TypeAlias = str | list["FieldValue"] | dict[str, "FieldValue"]
Place: TypeAlias = tuple[str | int, ...]
"""The way to a value: a field's key, then keys of the maps and positions (from 0) in the lists that it lies in."""


class Node(NamedTuple):
    """A value of YAML front matter with its place, and so with those inside it.

    `value`, `tag` and `style` are as in a Field, but the style of a list or map in brackets is "[" or "{". Offsets are
    code points of the article. `start` to `end` is the value as written with its anchor and tag, without which it
    begins at `content_start`; an empty value is a zero-width place, and a block collection ends with its last value.
    `key` is the name that a map gives it ("" in a list), from `key_start` to `key_end` with its quotes. `children` are
    the values of a list or map in order. `locked` is "" or the sentence why neither it nor anything in it can be set.
    `anchor` is the name that an alias could repeat it by, `repeats` the `start` of the value that an alias repeats, or
    -1.
    """

    value: FieldValue
    start: int
    content_start: int
    end: int
    tag: str
    style: str
    locked: str = ""
    key: str = ""
    key_start: int = -1
    key_end: int = -1
    anchor: str = ""
    repeats: int = -1
    children: tuple["Node", ...] = ()


class Field(NamedTuple):
    """One field of the front matter.

    `value` is a scalar as the string written, without its quotes (dates, numbers and yes/no stay text: `1.10` is
    "1.10"), or lists and maps of the same; it is shared, so treat it as frozen. Offsets are code points of the article,
    which the front matter begins; `line` counts from 1. `start` to `end` is the whole field, from its name's first
    character to the end of its value without the line ending; `key_end` ends the name, its quotes included; an empty
    value is a zero-width place. `locked` is "" or the sentence why a form cannot set this value. `tag` is YAML's short
    name for the type that its readers take the value for ("str", "int", "null" ...), `style` how it is written (""
    plain, a quote, "|" or ">", "*" for an alias): both are "" outside YAML, and `node`, the value with the places of
    all that it holds, is None.
    """

    key: str
    value: FieldValue
    kind: FieldKind
    line: int
    start: int
    end: int
    value_start: int
    value_end: int
    locked: str = ""
    key_end: int = 0
    tag: str = ""
    style: str = ""
    node: Node | None = None


class FrontMatter(NamedTuple):
    """The head of an article, with both fences, and the fields read from it.

    `body_start` is the code point just after the closing fence's line ending. `locked` is "" or the sentence why no
    field at all can be edited. Where an article has no front matter, `text` and `format` are empty.
    """

    text: str
    format: Format
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]
    body_start: int
    locked: str

    def field(self, key: str) -> Field | None:
        """The field of that name; of several the last, which is the one that YAML's readers keep."""
        return next((field for field in reversed(self.fields) if field.key == key), None)

    def value_at(self, place: Place) -> FieldValue | None:
        """The value at a place, None where there is none."""
        field = self.field(str(place[0]))
        value: FieldValue | None = field.value if field else None
        for part in place[1:]:
            if isinstance(value, dict):
                value = value.get(str(part))
            elif isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value):
                value = value[part]
            else:
                return None
        return value


_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def is_real_day(value: FieldValue) -> bool | None:
    """Whether a value written YYYY-MM-DD is a day of the calendar; None where it is not written so."""
    day = _DAY.fullmatch(value) if isinstance(value, str) else None
    if not day:
        return None
    try:
        dt.date(*(int(part) for part in day.groups()))
    except ValueError:
        return False
    return True
